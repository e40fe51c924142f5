//! From the inbox into orders, shipments and events. What cannot be parsed stays there with its error.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::orders::BrandId;
use crate::sources::source::{self, Source};
use crate::sources::{Parsed, Refusal};
use crate::store::inbox::{self, Waiting};
use crate::store::ingest::{Applied, Teller, apply};
use crate::store::seal::Vault;
use crate::store::{Conn, StoreError, Urgency};
use crate::web::app::App;

/// Deliveries claimed at once.
const TOGETHER: i64 = 200;

/// How long a transaction may go on, and how long while somebody waits for it: deliveries that are just coming in wait for
/// their place in the inbox.
const LONGEST: Duration = Duration::from_millis(50);
const LONGEST_AWAITED: Duration = Duration::from_millis(3);

/// Batches under way at once where the database takes many writers.
pub const AT_ONCE: usize = 4;

/// Works on what is due. Gives how many deliveries were ended, well or badly.
pub async fn once(app: &App) -> Result<usize, StoreError> {
    let mut conn = app.store.read().await?;
    if !inbox::has_due(&mut conn, app.now()).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let waiting = inbox::claim(&mut conn, app.store.vault(), app.now(), TOGETHER).await?;
    conn.commit().await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut rest = waiting.as_slice();
    while !rest.is_empty() {
        match write_some(app, rest).await {
            Ok(written) => rest = &rest[written..],
            Err(error) => {
                tracing::warn!(%error, "a batch could not be written as one; one by one now");
                for delivery in rest {
                    write_alone(app, delivery).await?;
                }
                rest = &[];
            }
        }
    }
    Ok(waiting.len())
}

/// Writes the first of these in one transaction, for as long as one may take. Gives how many.
async fn write_some(app: &App, waiting: &[Waiting]) -> Result<usize, StoreError> {
    let desk = desk(app);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let began = Instant::now();
    let mut written = 0;
    for delivery in waiting {
        write(&desk, &mut conn, delivery).await?;
        written += 1;
        if began.elapsed() > if app.store.is_awaited() { LONGEST_AWAITED } else { LONGEST } {
            break;
        }
    }
    conn.commit().await?;
    Ok(written)
}

/// A delivery that the store refuses must not hold up the others.
async fn write_alone(app: &App, delivery: &Waiting) -> Result<(), StoreError> {
    let mut conn = app.store.write(Urgency::Batch).await?;
    match write(&desk(app), &mut conn, delivery).await {
        Ok(_) => conn.commit().await,
        Err(error) => {
            drop(conn);
            let mut conn = app.store.write(Urgency::Batch).await?;
            inbox::put_off(&mut conn, delivery, &error.to_string(), app.now()).await?;
            conn.commit().await
        }
    }
}

/// What reading a delivery needs besides the delivery.
pub struct Desk<'a> {
    pub vault: &'a Vault,
    /// Country of each brand, in which phone numbers without a prefix are dialled.
    pub regions: HashMap<BrandId, String>,
    pub now: Timestamp,
}

fn desk(app: &App) -> Desk<'_> {
    let regions = app.brands().all().iter().map(|live| (live.id, live.brand.region.clone())).collect();
    Desk { vault: app.store.vault(), regions, now: app.now() }
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Read, at least in part.
    Read(Applied),
    /// Nothing could be read of it, for this reason: it is a dead letter now.
    Dead(String),
}

/// Parses and writes one delivery, and says in the inbox what came of it.
pub async fn write(desk: &Desk<'_>, conn: &mut Conn, delivery: &Waiting) -> Result<Written, StoreError> {
    let parsed = match read(delivery) {
        Ok(parsed) => parsed,
        Err(reason) => {
            inbox::dead(conn, delivery.inbox_id, &reason, desk.now).await?;
            metrics::counter!("doorstep_dead_letters_total", "source" => delivery.source.clone()).increment(1);
            return Ok(Written::Dead(reason));
        }
    };
    let teller = Teller {
        vault: desk.vault,
        brand: delivery.brand,
        region: desk.regions.get(&delivery.brand).map(String::as_str),
        source: &delivery.source,
        now: desk.now,
    };
    let applied = apply(conn, &teller, &parsed).await?;
    let note = (!applied.refused.is_empty()).then(|| reasons(&applied.refused));
    inbox::done(conn, delivery.inbox_id, note.as_deref(), desk.now).await?;
    metrics::counter!("doorstep_events_total").increment(applied.events.new);
    Ok(Written::Read(applied))
}

fn read(delivery: &Waiting) -> Result<Parsed, String> {
    let body = delivery.body.as_ref().ok_or("it was sealed with a key that is gone")?;
    let source: Source = delivery.source.parse().map_err(|_| "its source is not known to this version")?;
    let parsed = source::parse(Some(source), body);
    if is_unreadable(&parsed) { Err(reasons(&parsed.refused)) } else { Ok(parsed) }
}

/// Nothing could be read of it, and something should have been.
fn is_unreadable(parsed: &Parsed) -> bool {
    parsed.orders.is_empty()
        && parsed.shipments.is_empty()
        && parsed.refused.iter().any(|refusal| !refusal.is_ignored())
}

fn reasons(refused: &[Refusal]) -> String {
    let said: Vec<String> =
        refused.iter().take(5).map(|refusal| format!("{}: {}", refusal.at, refusal.reason)).collect();
    let more = refused.len().saturating_sub(said.len());
    let said = without_contacts(&said.join("; "));
    if more == 0 { said } else { format!("{said}; and {more} more") }
}

/// A reason may quote what was sent, and lies unsealed in the store.
fn without_contacts(reason: &str) -> String {
    let words: Vec<&str> = reason.split(' ').map(|word| if word.contains('@') { "…" } else { word }).collect();
    words.join(" ")
}
