//! From the inbox into orders, shipments and events. What cannot be parsed stays there with its error.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::task::yield_now;

use crate::orders::BrandId;
use crate::sources::source::{self, Source};
use crate::sources::{Parsed, Refusal};
use crate::store::inbox::{self, Waiting};
use crate::store::ingest::{Applied, Teller, apply, apply_together};
use crate::store::seal::Vault;
use crate::store::{Conn, StoreError, Urgency};
use crate::web::app::App;

/// Deliveries claimed at once.
const TOGETHER: i64 = 200;

/// Deliveries written in one transaction. Those that are just coming in wait for the one writer of an embedded store; of a
/// server's nobody waits, and each statement's way there and back is dear.
const MOST_WRITTEN: usize = 64;
const MOST_WRITTEN_EMBEDDED: usize = 16;

/// How long a transaction may go on in which deliveries are written one after the other, and how long while somebody waits.
const LONGEST: Duration = Duration::from_millis(50);
const LONGEST_AWAITED: Duration = Duration::from_millis(3);

/// A delivery, and what it says or why nothing can be read of it.
struct Read {
    delivery: Waiting,
    said: Result<Parsed, String>,
}

impl Read {
    /// What it says, where it can be written in the same breath as others: orders are looked up by all that is told of them.
    fn of_parcels(&self) -> Option<&Parsed> {
        self.said.as_ref().ok().filter(|parsed| parsed.orders.is_empty())
    }
}

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
    let claimed = waiting.len();
    let mut read = Vec::with_capacity(claimed);
    for delivery in waiting {
        read.push(Read { said: self::read(&delivery), delivery });
        // Pages are written by the same threads.
        yield_now().await;
    }
    read.sort_by_key(|read| read.delivery.brand.0);
    let most = if app.store.is_embedded() { MOST_WRITTEN_EMBEDDED } else { MOST_WRITTEN };
    let mut rest = read.as_slice();
    while let Some(first) = rest.first() {
        let brand = first.delivery.brand;
        let joins = |read: &&Read| read.delivery.brand == brand && read.of_parcels().is_some();
        let together = rest.iter().take(most).take_while(joins).count();
        let alone = rest.iter().take_while(|read| read.of_parcels().is_none()).count();
        let written = match together {
            0 => write_some(app, &rest[..alone]).await,
            _ => write_together(app, &rest[..together]).await.map(|()| together),
        };
        let ended = match written {
            Ok(ended) => ended,
            Err(error) => {
                tracing::warn!(%error, "a batch could not be written as one; one by one now");
                let failed = together.max(alone);
                for read in &rest[..failed] {
                    write_alone(app, read).await?;
                }
                failed
            }
        };
        rest = &rest[ended..];
    }
    Ok(claimed)
}

/// Writes these, all of one brand's parcels, in one transaction and few statements.
async fn write_together(app: &App, together: &[Read]) -> Result<(), StoreError> {
    let desk = desk(app);
    let told: Vec<_> =
        together.iter().filter_map(|read| Some((desk.teller(&read.delivery), read.of_parcels()?))).collect();
    let mut conn = app.store.write(Urgency::Batch).await?;
    let applied = apply_together(&mut conn, &told).await?;
    let mut done = Vec::with_capacity(together.len());
    let mut events = 0;
    for (read, applied) in together.iter().zip(applied) {
        events += applied.events.new;
        match note(&applied) {
            None => done.push(read.delivery.inbox_id),
            Some(note) => inbox::done(&mut conn, read.delivery.inbox_id, Some(&note), desk.now).await?,
        }
    }
    inbox::all_done(&mut conn, &done, desk.now).await?;
    conn.commit().await?;
    metrics::counter!("doorstep_events_total").increment(events);
    Ok(())
}

/// Writes the first of these in one transaction, for as long as one may take. Gives how many.
async fn write_some(app: &App, waiting: &[Read]) -> Result<usize, StoreError> {
    let desk = desk(app);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let began = Instant::now();
    let mut written = 0;
    for read in waiting {
        write_read(&desk, &mut conn, &read.delivery, &read.said).await?;
        written += 1;
        if began.elapsed() > if app.store.is_awaited() { LONGEST_AWAITED } else { LONGEST } {
            break;
        }
    }
    conn.commit().await?;
    Ok(written)
}

/// A delivery that the store refuses must not hold up the others.
async fn write_alone(app: &App, read: &Read) -> Result<(), StoreError> {
    let mut conn = app.store.write(Urgency::Batch).await?;
    match write_read(&desk(app), &mut conn, &read.delivery, &read.said).await {
        Ok(_) => conn.commit().await,
        Err(error) => {
            drop(conn);
            let mut conn = app.store.write(Urgency::Batch).await?;
            inbox::put_off(&mut conn, &read.delivery, &error.to_string(), app.now()).await?;
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

impl Desk<'_> {
    fn teller<'t>(&'t self, delivery: &'t Waiting) -> Teller<'t> {
        Teller {
            vault: self.vault,
            brand: delivery.brand,
            region: self.regions.get(&delivery.brand).map(String::as_str),
            source: &delivery.source,
            now: self.now,
        }
    }
}

/// Parses and writes one delivery, and says in the inbox what came of it.
pub async fn write(desk: &Desk<'_>, conn: &mut Conn, delivery: &Waiting) -> Result<Written, StoreError> {
    write_read(desk, conn, delivery, &read(delivery)).await
}

async fn write_read(
    desk: &Desk<'_>,
    conn: &mut Conn,
    delivery: &Waiting,
    said: &Result<Parsed, String>,
) -> Result<Written, StoreError> {
    let parsed = match said {
        Ok(parsed) => parsed,
        Err(reason) => {
            inbox::dead(conn, delivery.inbox_id, reason, desk.now).await?;
            metrics::counter!("doorstep_dead_letters_total", "source" => delivery.source.clone()).increment(1);
            return Ok(Written::Dead(reason.clone()));
        }
    };
    let applied = apply(conn, &desk.teller(delivery), parsed).await?;
    inbox::done(conn, delivery.inbox_id, note(&applied).as_deref(), desk.now).await?;
    metrics::counter!("doorstep_events_total").increment(applied.events.new);
    Ok(Written::Read(applied))
}

/// What could not be read of a delivery.
fn note(applied: &Applied) -> Option<String> {
    (!applied.refused.is_empty()).then(|| reasons(&applied.refused))
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
