//! What every page is given beside its own view: the brand, the words, the language, the names of its files.

use std::sync::Arc;

use super::shell::Frame;
use crate::brand::Brand;
use crate::portal::components::stencils::Stencils;
use crate::tracking::wording::{Arg, Locale, Speaker};

/// Names of the built files, as they are served under `<base>/assets/`.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// `doorstep.<hash>.css`
    pub stylesheet: String,
    /// `None` when there is no browser build: the pages are whole without it.
    pub browser_build: Option<BrowserBuild>,
}

/// Only pages with something to make better name these; `boot` loads the other two after the first paint.
#[derive(Debug, Clone, Default)]
pub struct BrowserBuild {
    /// `boot.<hash>.js`
    pub boot: String,
    /// `doorstep.<hash>.js`
    pub glue: String,
    /// `doorstep.<hash>.wasm`
    pub wasm: String,
}

#[derive(Clone)]
pub struct PageContext {
    pub brand: Arc<Brand>,
    /// The page's language in the brand's voice.
    pub words: Arc<Speaker>,
    /// What surrounds its pages.
    pub(super) frame: Arc<Frame>,
    /// What repeats on them.
    pub(in crate::portal) stencils: Arc<Stencils>,
    /// Path and query of this page without `lang`, for the language links.
    pub here: String,
    /// This browser holds a grant, so it is offered to be forgotten.
    pub has_grant: bool,
}

impl PageContext {
    /// The pages of a brand in one language, of whoever has no grant. `brand_stylesheet` is the name of the brand's style
    /// sheet under `<base>/brand/`: `<hash>.css`.
    pub fn new(brand: Arc<Brand>, words: Arc<Speaker>, assets: &Assets, brand_stylesheet: &str) -> PageContext {
        let bare = PageContext {
            brand,
            words,
            frame: Arc::default(),
            stencils: Arc::default(),
            here: String::new(),
            has_grant: false,
        };
        let (frame, stencils) = (Frame::of(&bare, assets, brand_stylesheet), Stencils::of(&bare));
        PageContext { frame: Arc::new(frame), stencils: Arc::new(stencils), ..bare }
    }

    /// The same for one visit. `here` is the page's path and query without `lang`, for the language links.
    pub fn at(&self, here: &str, has_grant: bool) -> PageContext {
        PageContext { here: here.to_owned(), has_grant, ..self.clone() }
    }

    pub fn locale(&self) -> Locale {
        self.words.locale()
    }

    pub fn say<'a>(&'a self, id: &'a str) -> &'a str {
        self.words.text(id)
    }

    pub fn say_with(&self, id: &str, values: &[(&str, Arg)]) -> String {
        self.words.say(id, values)
    }

    /// A path under the brand's base path: `path("/orders")`.
    pub fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.brand.base_path)
    }

    /// The lookup page: the base path itself, or `/` on the root of a host.
    pub fn home(&self) -> String {
        if self.brand.base_path.is_empty() { "/".to_owned() } else { self.brand.base_path.clone() }
    }

    /// This page's path and query, up to the language it is to have.
    pub(super) fn here_up_to_language(&self) -> String {
        let sign = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{sign}", self.here)
    }
}

/// What happened to what the shopper just did.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It did not work: said at once (`role="alert"`).
    Error,
    /// It worked, or this is how it goes on (`role="status"`).
    Info,
}
