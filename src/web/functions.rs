//! Calling the server functions: limits and checks that hold for all of them, then Leptos.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use jiff::SignedDuration;

use crate::portal::api::Call;
use crate::store::limits::{self, Limit, Verdict};
use crate::store::{StoreError, Urgency};

use super::answer;
use super::app::App;
use super::visit::{Visit, limit_subject, text};

/// Marks an answer that a program asked for: it is not dressed as a page. Never leaves the house.
pub const ANSWERS_A_PROGRAM: HeaderName = HeaderName::from_static("x-doorstep-value");

const MOST_FORM_BYTES: usize = 64 * 1024;

/// Forms that one address may send.
const LOOKUPS: Limit = Limit { bucket: "ip", burst: 30, every: SignedDuration::from_secs(2) };

pub async fn call(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    Path(function): Path<String>,
    request: Request<Body>,
) -> Response {
    match over_limit(&app, &visit).await {
        Ok(None) => {}
        Ok(Some(wait)) => {
            let seconds = wait.as_secs() + 1;
            return answer::with_retry(answer::error(&visit, StatusCode::TOO_MANY_REQUESTS), seconds);
        }
        Err(error) => return answer::store_failed(&visit, &error),
    }
    let (mut parts, body) = request.into_parts();
    let is_form = text(&parts.headers, header::CONTENT_TYPE)
        .is_some_and(|kind| kind.trim().starts_with("application/x-www-form-urlencoded"));
    let is_empty = text(&parts.headers, header::CONTENT_LENGTH) == Some("0");
    if !is_form && !is_empty {
        return answer::error(&visit, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = match Limited::new(body, MOST_FORM_BYTES).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            return answer::error(&visit, StatusCode::PAYLOAD_TOO_LARGE);
        }
        Err(_) => return answer::error(&visit, StatusCode::BAD_REQUEST),
    };
    // The functions' own prefix is fixed when compiled; the brand's base path is not.
    let Ok(uri) = format!("/tracking/api/{function}").parse() else {
        return answer::error(&visit, StatusCode::NOT_FOUND);
    };
    parts.uri = uri;
    let is_json = text(&parts.headers, header::ACCEPT)
        .is_some_and(|accepts| accepts.contains("application/json") && !accepts.contains("text/html"));
    // Leptos would send an error to wherever the Referer says: where to go next is ours to say.
    parts.headers.remove(header::REFERER);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let context = Call { app: Arc::clone(&app), visit: visit.clone(), is_json };
    let request = Request::from_parts(parts, Body::from(readable(&body)));
    let mut response =
        leptos_axum::handle_server_fns_with_context(move || leptos::prelude::provide_context(context.clone()), request)
            .await
            .into_response();
    // A function that is not there, or fields that cannot be what they should.
    if response.status() == StatusCode::BAD_REQUEST && !response.headers().contains_key(header::CONTENT_TYPE) {
        return answer::error(&visit, StatusCode::NOT_FOUND);
    }
    if is_json {
        response.headers_mut().insert(ANSWERS_A_PROGRAM, HeaderValue::from_static("1"));
    }
    response
}

/// Fields that a form may send several times.
const LISTS: [&str; 1] = ["reasons"];

/// The form as the functions read it: always UTF-8, and a repeated field as `name[0]`, `name[1]`, ….
fn readable(form: &[u8]) -> String {
    let mut pairs: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut counts = [0; LISTS.len()];
    for (name, value) in super::visit::form_pairs(form) {
        let list = LISTS.iter().position(|list| name.split('[').next() == Some(list));
        let name = match list {
            Some(list) => {
                counts[list] += 1;
                format!("{}[{}]", LISTS[list], counts[list] - 1)
            }
            // A field that comes again, or whose name has a structure of its own, is no field of ours.
            None if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => continue,
            None if !seen.insert(name.clone()) => continue,
            None => name,
        };
        pairs.push(format!("{name}={}", super::visit::percent_encoded(&value)));
    }
    pairs.join("&")
}

async fn over_limit(app: &App, visit: &Visit) -> Result<Option<SignedDuration>, StoreError> {
    if app.config.relaxed_limits {
        return Ok(None);
    }
    let subject = app.store.vault().blind_index(b"ip", &limit_subject(visit.ip));
    let mut conn = app.store.write(Urgency::Shopper).await?;
    let verdict = limits::count(&mut conn, visit.live.id, LOOKUPS, &subject, app.now()).await?;
    conn.commit().await?;
    Ok(match verdict {
        Verdict::Within => None,
        Verdict::Over(wait) => Some(wait),
    })
}
