//! Photos of damage: taken in, bounded, written anew and sealed. What cannot be taken is said at the form it came from.

use std::sync::Arc;

use axum::Extension;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::SignedDuration;
use tokio::sync::Semaphore;

use crate::orders::feedback::MOST_PHOTO_BYTES;
use crate::pictures::{self, Picture, Refused};
use crate::store::feedback::Rated;
use crate::store::limits::{self, Limit, Verdict};
use crate::store::{StoreError, Urgency, cases};

use super::app::App;
use super::visit::{Step, Visit, limit_subject};
use super::{answer, load};

/// Bytes that are read, and thrown away, of a file that is too big: a browser listens to an answer only after sending.
pub const MOST_SENT_BYTES: usize = 64_000_000;

/// Pixels of the longer side of what is kept: enough to see a dent.
const LONGEST_SIDE: u32 = 1_600;

/// Photos that one address may send.
const PHOTOS: Limit = Limit { bucket: "photos", burst: 12, every: SignedDuration::from_mins(2) };

/// Pictures decoded at once: each may take a quarter of a gigabyte.
static DECODING: Semaphore = Semaphore::const_new(1);

/// Why a photo is not taken; each is said in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Untaken {
    Missing,
    TooBig,
    Unreadable,
}

pub async fn receive(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    Path(shipment): Path<String>,
    form: Multipart,
) -> Response {
    match take(&app, &visit, &shipment, form).await {
        Ok(response) => response,
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn take(app: &App, visit: &Visit, named: &str, form: Multipart) -> Result<Response, StoreError> {
    let Some(rated) = load::rateable(app, visit, named).await? else {
        return Ok(answer::error(visit, StatusCode::NOT_FOUND));
    };
    if !is_within(app, visit).await? {
        return Ok(answer::with_retry(answer::error(visit, StatusCode::TOO_MANY_REQUESTS), 120));
    }
    let picture = match file_of(form).await {
        Ok(Ok(bytes)) => rewritten(bytes).await,
        Ok(Err(untaken)) => Err(untaken),
        // The form broke off: there is nobody left to tell.
        Err(_) => return Ok(answer::error(visit, StatusCode::BAD_REQUEST)),
    };
    let picture = match picture {
        Ok(picture) => picture,
        Err(untaken) => return Ok(said(app, visit, &rated, untaken)),
    };
    let mut conn = app.store.write(Urgency::Shopper).await?;
    let vault = app.store.vault();
    let kept = cases::keep_photo(&mut conn, vault, visit.live.id, rated.shipment, &picture, app.now()).await?;
    conn.commit().await?;
    if !kept {
        return Ok(answer::error(visit, StatusCode::NOT_FOUND));
    }
    app.kept.heed(&crate::store::changes::Change::Order(visit.live.id, rated.order));
    Ok(with_cookie(answer::see_other(&form_of(visit, &rated, "")), visit.without_step_cookie()))
}

async fn is_within(app: &App, visit: &Visit) -> Result<bool, StoreError> {
    if app.config.relaxed_limits {
        return Ok(true);
    }
    let subject = app.store.vault().blind_index(PHOTOS.bucket.as_bytes(), &limit_subject(visit.ip));
    let mut conn = app.store.write(Urgency::Shopper).await?;
    let verdict = limits::count(&mut conn, visit.live.id, PHOTOS, &subject, app.now()).await?;
    conn.commit().await?;
    Ok(verdict == Verdict::Within)
}

/// The bytes of the field `photo`. What its name and type say is not looked at.
async fn file_of(mut form: Multipart) -> Result<Result<Vec<u8>, Untaken>, MultipartError> {
    let (mut bytes, mut sent) = (Vec::new(), 0);
    while let Some(mut field) = form.next_field().await? {
        let is_photo = field.name() == Some("photo");
        while let Some(chunk) = field.chunk().await? {
            sent += chunk.len();
            if sent > MOST_SENT_BYTES {
                return Ok(Err(Untaken::TooBig));
            }
            if is_photo && bytes.len() <= MOST_PHOTO_BYTES {
                bytes.extend_from_slice(&chunk);
            }
        }
    }
    Ok(match bytes.len() {
        0 => Err(Untaken::Missing),
        length if length > MOST_PHOTO_BYTES => Err(Untaken::TooBig),
        _ => Ok(bytes),
    })
}

async fn rewritten(bytes: Vec<u8>) -> Result<Picture, Untaken> {
    let _turn = DECODING.acquire().await.expect("nobody closes it");
    let done = tokio::task::spawn_blocking(move || pictures::reencode(&bytes, LONGEST_SIDE)).await;
    match done {
        Ok(Ok(picture)) => Ok(picture),
        Ok(Err(Refused::TooLarge)) => Err(Untaken::TooBig),
        Ok(Err(Refused::NotAPicture | Refused::Broken)) => Err(Untaken::Unreadable),
        // A decoder that gave up in its own way could not read it, either.
        Err(error) => {
            tracing::warn!(%error, "a picture could not be decoded");
            Err(Untaken::Unreadable)
        }
    }
}

fn said(app: &App, visit: &Visit, rated: &Rated, untaken: Untaken) -> Response {
    let words = visit.words();
    let megabytes = i64::try_from(MOST_PHOTO_BYTES / 1_000_000).unwrap_or(i64::MAX);
    let message = match untaken {
        Untaken::Missing => words.text("feedback-photo-missing").to_owned(),
        Untaken::TooBig => words.say("feedback-photo-too-big", &[("megabytes", megabytes.into())]),
        Untaken::Unreadable => words.text("feedback-photo-unreadable").to_owned(),
    };
    let step = Step::Photo { shipment: rated.shipment.to_string(), message };
    let back = answer::see_other(&form_of(visit, rated, "?step=photo"));
    with_cookie(back, visit.step_cookie(app.store.vault(), &step))
}

fn form_of(visit: &Visit, rated: &Rated, query: &str) -> String {
    let base = &visit.live.brand.base_path;
    format!("{base}/orders/{}{query}#photo-{}", rated.order_key, rated.shipment)
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests;
