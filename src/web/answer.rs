//! Answers in a brand's look: pages in the encoding a browser takes, errors with our words and a next step.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::portal::pages::{ErrorView, render_error, render_error_without_brand};
use crate::store::StoreError;

use super::app::KeptPage;
use super::views::Exposure;
use super::visit::{Encoding, Visit, in_ascii};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Below this a page is sent as it is: the header would cost more than compression saves.
const WORTH_COMPRESSING: usize = 512;

pub fn gzip(text: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(text.len() / 3), flate2::Compression::new(6));
    let written = encoder.write_all(text).and_then(|()| encoder.finish());
    written.expect("writing to memory does not fail").into()
}

pub fn brotli(text: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(text.len() / 3);
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    brotli::BrotliCompress(&mut &text[..], &mut out, &parameters).expect("writing to memory does not fail");
    out.into()
}

/// A page in all encodings, to be kept.
pub fn kept(html: String, valid_until: Timestamp, exposure: Option<Exposure>) -> KeptPage {
    KeptPage { gzip: gzip(html.as_bytes()), brotli: brotli(html.as_bytes()), html: html.into(), valid_until, exposure }
}

pub fn kept_page(page: &KeptPage, encoding: Encoding) -> Response {
    match encoding {
        Encoding::Identity => html_bytes(StatusCode::OK, page.html.clone(), Encoding::Identity),
        Encoding::Gzip => html_bytes(StatusCode::OK, page.gzip.clone(), Encoding::Gzip),
        Encoding::Brotli => html_bytes(StatusCode::OK, page.brotli.clone(), Encoding::Brotli),
    }
}

/// A page made for this request alone.
pub fn page(status: StatusCode, html: String, encoding: Encoding) -> Response {
    match encoding {
        Encoding::Gzip if html.len() > WORTH_COMPRESSING => html_bytes(status, gzip(html.as_bytes()), encoding),
        Encoding::Brotli if html.len() > WORTH_COMPRESSING => html_bytes(status, brotli(html.as_bytes()), encoding),
        _ => html_bytes(status, html.into(), Encoding::Identity),
    }
}

fn html_bytes(status: StatusCode, body: Bytes, encoding: Encoding) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HTML);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    match encoding {
        Encoding::Identity => {}
        Encoding::Gzip => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Encoding::Brotli => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
    }
    response
}

/// An error page in the brand's look.
pub fn error(visit: &Visit, status: StatusCode) -> Response {
    let html = render_error(&visit.context(), &ErrorView { status: status.as_u16(), wait_minutes: 1 });
    page(status, html, visit.encoding)
}

/// An error where no brand is known.
pub fn error_without_brand(status: StatusCode, text: &str) -> Response {
    page(status, render_error_without_brand(status.as_u16(), text), Encoding::Identity)
}

/// The store failed: it is said in the log, and the shopper is told to come back.
pub fn store_failed(visit: &Visit, cause: &StoreError) -> Response {
    tracing::error!(error = %cause, "a page could not be read from the store");
    match cause {
        StoreError::Unavailable(_) => with_retry(error(visit, StatusCode::SERVICE_UNAVAILABLE), 5),
        StoreError::Schema(_) | StoreError::Broken(_) => error(visit, StatusCode::INTERNAL_SERVER_ERROR),
    }
}

pub fn with_retry(mut response: Response, seconds: i64) -> Response {
    if let Ok(value) = HeaderValue::from_str(&seconds.max(1).to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

pub fn see_other(location: &str) -> Response {
    match HeaderValue::from_str(&in_ascii(location)) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
