//! What commands name: a source by `--source`, a brand by `--brand`.

use std::str::FromStr;

use crate::sources::source::{NotASource, Source};
use crate::store::Store;
use crate::store::brands::{self, Published};

use super::Problem;

/// A source, or `None` for `auto`: told by the payload's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceName(pub Option<Source>);

impl FromStr for SourceName {
    type Err = NotASource;

    fn from_str(name: &str) -> Result<Self, NotASource> {
        match name.trim().eq_ignore_ascii_case("auto") {
            true => Ok(SourceName(None)),
            false => name.parse().map(|source| SourceName(Some(source))),
        }
    }
}

/// The brand as published; a name that is not there is answered with those that are.
pub async fn brand(store: &Store, slug: &str) -> Result<Published, Problem> {
    let mut conn = store.read().await.map_err(|error| error.to_string())?;
    let mut all = brands::all(&mut conn).await.map_err(|error| error.to_string())?;
    if let Some(index) = all.iter().position(|published| published.brand.slug == slug) {
        return Ok(all.swap_remove(index));
    }
    if all.is_empty() {
        return Err(format!(
            "there is no brand {slug:?}: the store holds none yet; publish it with `doorstep brand import brands/{slug}`"
        ));
    }
    let known: Vec<&str> = all.iter().map(|published| published.brand.slug.as_str()).collect();
    Err(format!(
        "there is no brand {slug:?}: the store holds {}; publish another with `doorstep brand import DIR`",
        known.join(", ")
    ))
}
