//! Pictures of products, as we made them: no browser asks another house for one.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::store::pictures::{self, Picture};
use crate::store::{StoreError, Urgency};

use super::answer;
use super::app::App;
use super::visit::{Visit, form_pairs};

/// An address that names the picture's fingerprint never shows another.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_WHILE: &str = "public, max-age=300";
const A_MOMENT: &str = "public, max-age=10";

/// Stands where a picture is not there yet: a quiet square that fits light and dark pages.
const PLACEHOLDER: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 256 256\" width=\"256\" height=\"256\">\
     <rect width=\"256\" height=\"256\" fill=\"#808080\" fill-opacity=\".14\"/>\
     <path d=\"M76 172l36-44 26 30 18-20 28 34z\" fill=\"#808080\" fill-opacity=\".35\"/>\
     <circle cx=\"164\" cy=\"100\" r=\"13\" fill=\"#808080\" fill-opacity=\".35\"/></svg>";

/// A product's picture. One that is not there yet is asked for and shown by a placeholder meanwhile: no page waits for it.
pub async fn picture(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    Path(product): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let named = form_pairs(query.as_bytes()).find(|(name, _)| name == "v").map(|(_, value)| value);
    match find(&app, &visit, &product).await {
        Ok(Picture::Shown(picture, fingerprint)) => {
            let keep = if named.as_ref() == Some(&fingerprint) { FOR_EVER } else { A_WHILE };
            bytes(picture.into(), "image/jpeg", keep)
        }
        Ok(Picture::Awaited | Picture::At(_)) => {
            bytes(Bytes::from_static(PLACEHOLDER.as_bytes()), "image/svg+xml", A_MOMENT)
        }
        Ok(Picture::None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn find(app: &App, visit: &Visit, product: &str) -> Result<Picture, StoreError> {
    let brand = visit.live.id;
    let mut conn = app.store.read().await?;
    let found = pictures::of_product(&mut conn, brand, product).await?;
    drop(conn);
    if let Picture::At(address) = &found {
        let mut conn = app.store.write(Urgency::Shopper).await?;
        pictures::ask_for(&mut conn, brand, product, address, app.now()).await?;
        conn.commit().await?;
    }
    Ok(found)
}

fn bytes(body: Bytes, kind: &'static str, keep: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
