//! The built files and the brands' own: read once, kept in memory, served with names that carry their hash.

use std::collections::HashMap;
use std::path::Path as FilePath;
use std::sync::OnceLock;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::portal::pages::{Assets, BrowserBuild};

use super::answer;
use super::visit::{Encoding, Visit};

/// A name with a hash in it never changes what it names.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

struct File {
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
    kind: &'static str,
}

static FILES: OnceLock<HashMap<String, File>> = OnceLock::new();

/// Reads the built files. The error says what to do.
pub fn read(site_root: &FilePath) -> Result<Assets, String> {
    let folder = site_root.join("pkg");
    let manifest = ["assets.json", "pkg/assets.json"].map(|name| site_root.join(name));
    let found = manifest.iter().find(|path| path.is_file());
    let missing = || format!("the built files are not in {}: run `make build` first", site_root.display());
    let text =
        std::fs::read_to_string(found.ok_or_else(missing)?).map_err(|error| format!("{}: {error}", missing()))?;
    let names: HashMap<String, String> = serde_json::from_str(&text).map_err(|error| {
        format!("{}/assets.json cannot be read ({error}): run `make build` again", site_root.display())
    })?;
    let mut files = HashMap::new();
    for built in names.values() {
        let path = folder.join(built);
        let plain = std::fs::read(&path)
            .map_err(|error| format!("{} cannot be read ({error}): run `make build` again", path.display()))?;
        // A file that does not shrink has no smaller twin beside it.
        let beside = |suffix: &str| std::fs::read(folder.join(format!("{built}.{suffix}"))).ok().map(Bytes::from);
        let file = File { plain: plain.into(), gzip: beside("gz"), brotli: beside("br"), kind: kind_of(built) };
        files.insert(built.clone(), file);
    }
    FILES.get_or_init(|| files);
    let name = |plain: &str| names.get(plain).cloned();
    let browser_build = name("boot.js").zip(name("doorstep.js")).zip(name("doorstep.wasm"));
    Ok(Assets {
        stylesheet: name("doorstep.css").ok_or_else(missing)?,
        browser_build: browser_build.map(|((boot, glue), wasm)| BrowserBuild { boot, glue, wasm }),
    })
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

pub async fn asset(Extension(visit): Extension<Visit>, Path(name): Path<String>) -> Response {
    let Some(file) = FILES.get().and_then(|files| files.get(&name)) else {
        return answer::error(&visit, StatusCode::NOT_FOUND);
    };
    match (visit.encoding, &file.brotli, &file.gzip) {
        (Encoding::Brotli, Some(brotli), _) => bytes(brotli.clone(), file.kind, Some("br")),
        (Encoding::Gzip | Encoding::Brotli, _, Some(gzip)) => bytes(gzip.clone(), file.kind, Some("gzip")),
        _ => bytes(file.plain.clone(), file.kind, None),
    }
}

/// A brand's style sheet and pictures.
pub async fn brand_file(Extension(visit): Extension<Visit>, Path(name): Path<String>) -> Response {
    if name == visit.live.stylesheet_name {
        return bytes(Bytes::from(visit.live.stylesheet.clone()), "text/css; charset=utf-8", None);
    }
    match visit.live.picture(&name) {
        Some(picture) => bytes(Bytes::from(picture.svg.clone()), "image/svg+xml", None),
        None => answer::error(&visit, StatusCode::NOT_FOUND),
    }
}

fn bytes(body: Bytes, kind: &'static str, encoding: Option<&'static str>) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
