//! Live change of an open order page, as server-sent events: `event: changed` when the page would differ.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use crate::store::changes::Change;

use super::answer;
use super::app::App;
use super::load;
use super::visit::Visit;

/// Open pages that one process keeps up to date; the others are told to reload by hand.
const MOST_OPEN: usize = 4_000;

/// Every so often a browser connects anew, so that an ended grant ends the stream, too.
const LONGEST: Duration = Duration::from_secs(15 * 60);

static OPEN: AtomicUsize = AtomicUsize::new(0);

/// Counts an open stream for as long as it lives.
struct Opened;

impl Opened {
    fn new() -> Option<Opened> {
        let others = OPEN.fetch_add(1, Ordering::AcqRel);
        // Dropping counts down again.
        let opened = Opened;
        (others < MOST_OPEN).then_some(opened)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::AcqRel);
    }
}

pub async fn events(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Response {
    // Listening starts before the grant is checked: nothing is missed in between.
    let changes = app.changes.subscribe();
    let granted = match load::granted(&app, &visit, &number).await {
        Ok(Some(granted)) => granted,
        Ok(None) => return answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => return answer::store_failed(&visit, &error),
    };
    let Some(opened) = Opened::new() else {
        return answer::with_retry(answer::error(&visit, StatusCode::SERVICE_UNAVAILABLE), 60);
    };
    let order = granted.order;
    let ends = tokio::time::Instant::now() + LONGEST;
    let session = visit.session.map(|hash| hash.to_vec());
    let stream = stream::unfold((changes, opened), move |(mut changes, opened)| {
        let session = session.clone();
        async move {
            loop {
                match tokio::time::timeout_at(ends, changes.recv()).await {
                    Ok(Ok(Change::Order(_, changed))) if changed == order => break,
                    Ok(Ok(Change::Everything) | Err(RecvError::Lagged(_))) => break,
                    // What this browser may see has changed: it asks again, and is refused if that is so.
                    Ok(Ok(Change::Grants(_, hash))) if Some(&hash) == session.as_ref() => return None,
                    Ok(Ok(_)) => {}
                    Ok(Err(RecvError::Closed)) | Err(_) => return None,
                }
            }
            Some((Ok::<Event, Infallible>(Event::default().event("changed").data("1")), (changes, opened)))
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}
