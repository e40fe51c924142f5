//! Webhooks: verified on the raw bytes, kept durably, then answered. What they mean is read afterwards, by the jobs.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use tokio::sync::{mpsc, oneshot};

use crate::sources::source::Source;
use crate::sources::verify::{Delivery, Keys, Verdict, verify};
use crate::store::ingest::hex;
use crate::store::{Store, StoreError, Urgency, inbox, seal};

use super::answer;
use super::app::App;

pub const MOST_BYTES: usize = 256 * 1024;

/// Deliveries that share one flush to disk.
const MOST_TOGETHER: usize = 256;

/// Deliveries that wait to be written; more are told to come back.
const MOST_WAITING: usize = 4_096;

const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

type Written = Result<bool, StoreError>;
type Waiting = (inbox::Sealed, oneshot::Sender<Written>);

/// The way into the inbox: many deliveries, one transaction.
#[derive(Clone)]
pub struct Doorman(mpsc::Sender<Waiting>);

impl Doorman {
    /// Starts the task that writes. It ends when the last sender is gone.
    pub fn start(store: Store, clock: crate::clock::Clock) -> Doorman {
        let (sender, mut receiver) = mpsc::channel::<Waiting>(MOST_WAITING);
        tokio::spawn(async move {
            let mut together = Vec::with_capacity(MOST_TOGETHER);
            while receiver.recv_many(&mut together, MOST_TOGETHER).await > 0 {
                write_together(&store, &clock, &mut together).await;
            }
        });
        Doorman(sender)
    }

    async fn keep(&self, delivery: inbox::Sealed) -> Written {
        let full = || StoreError::Unavailable("too many deliveries wait to be written".to_owned());
        let (tell, told) = oneshot::channel();
        self.0.try_send((delivery, tell)).map_err(|_| full())?;
        match tokio::time::timeout(WRITE_TIMEOUT, told).await {
            Ok(Ok(written)) => written,
            Ok(Err(_)) | Err(_) => Err(StoreError::Unavailable("a delivery was not written in time".to_owned())),
        }
    }
}

async fn write_together(store: &Store, clock: &crate::clock::Clock, together: &mut Vec<Waiting>) {
    let (deliveries, tellers): (Vec<_>, Vec<_>) = together.drain(..).unzip();
    let written = write_all(store, clock, &deliveries).await;
    for (position, tell) in tellers.into_iter().enumerate() {
        let answer = match &written {
            Ok(written) => Ok(written.get(position).copied().unwrap_or(false)),
            // Told to all that came together: their senders try again, whatever it was.
            Err(StoreError::Unavailable(cause)) => Err(StoreError::Unavailable(cause.clone())),
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        };
        // Whoever hung up gets no answer; the delivery is kept all the same.
        tell.send(answer).ok();
    }
}

async fn write_all(
    store: &Store,
    clock: &crate::clock::Clock,
    deliveries: &[inbox::Sealed],
) -> Result<Vec<bool>, StoreError> {
    let mut conn = store.write(Urgency::Shopper).await?;
    let written = inbox::append(&mut conn, deliveries, clock.now()).await?;
    conn.commit().await?;
    Ok(written)
}

pub async fn receive(
    State(app): State<Arc<App>>,
    Path((source, slug)): Path<(String, String)>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, MOST_BYTES).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too_large");
        }
        Err(_) => return refuse(StatusCode::BAD_REQUEST, "unreadable"),
    };
    let headers: Vec<(String, String)> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let known = source.parse::<Source>().ok().zip(app.brands().by_slug(&slug));
    // A source or brand that is not there is answered like one that is not set up.
    let Some((source, live)) = known else { return refuse(StatusCode::UNAUTHORIZED, "unknown") };
    let delivery = Delivery { headers: &headers, query: parts.uri.query(), body: &body };
    let mut keys = Keys { secrets: app.config.hook_secrets(&slug, &source.to_string()), public_keys: Vec::new() };
    if !keys.secrets.is_empty() && source == Source::Shipengine {
        keys.public_keys = app.key_sets.of(&slug);
    }
    let mut verdict = verify(source, &delivery, &keys, app.now());
    if let Verdict::NeedsKey(id) = &verdict
        && let Some(url) = app.config.hook_secrets(&slug, &source.to_string()).first()
    {
        keys.public_keys = app.key_sets.fetch(&slug, url, id).await;
        verdict = verify(source, &delivery, &keys, app.now());
    }
    let delivery_id = match verdict {
        Verdict::Verified { delivery_id } => delivery_id,
        Verdict::Refused(reason) => return refuse(StatusCode::UNAUTHORIZED, reason.as_str()),
        Verdict::NeedsKey(_) => return refuse(StatusCode::UNAUTHORIZED, "unknown_key"),
    };
    let delivery = inbox::Delivery {
        brand: live.id,
        source: source.to_string(),
        delivery_key: delivery_key(source, delivery_id, &body),
        headers: headers.into_iter().filter(|(name, _)| !is_secret(name)).collect(),
        body: body.to_vec(),
    };
    let kept = match inbox::seal(app.store.vault(), delivery, app.now()) {
        Ok(sealed) => app.doorman.keep(sealed).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(is_new) => {
            metrics::counter!("doorstep_deliveries_total", "outcome" => if is_new { "kept" } else { "repeat" })
                .increment(1);
            app.work.notify_one();
            StatusCode::ACCEPTED.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a delivery could not be kept");
            answer::with_retry(refuse(StatusCode::SERVICE_UNAVAILABLE, "store"), 10)
        }
    }
}

/// What makes a repeat one: the vendor's id of the delivery, else the body.
fn delivery_key(source: Source, delivery_id: Option<String>, body: &[u8]) -> String {
    match (source, delivery_id) {
        // WooCommerce makes its id of the webhook and the second: two orders of one second share it.
        (Source::Woocommerce, _) | (_, None) => hex(&seal::sha256(body)),
        (_, Some(id)) => id,
    }
}

/// Headers that are the secret itself.
fn is_secret(name: &str) -> bool {
    matches!(name, "authorization" | "credential" | "x-event-id" | "cookie")
}

fn refuse(status: StatusCode, reason: &'static str) -> Response {
    metrics::counter!("doorstep_deliveries_refused_total", "reason" => reason).increment(1);
    status.into_response()
}
