//! `replay` and `rebuild`: what is kept, read or folded once more by this version's rules.

use clap::Args;
use jiff::Timestamp;
use uuid::Uuid;

use crate::clock::Clock;
use crate::jobs::ingest::{Desk, Written, write};
use crate::sources::source::Source;
use crate::store::estimates::{learn_some, unlearn};
use crate::store::inbox::{self, Waiting};
use crate::store::ingest::{Applied, refold_all};
use crate::store::upkeep::{ChangedPages, pages_changed_at, shipments_after};
use crate::store::{Store, StoreError, Urgency, brands};

use super::named::SourceName;
use super::{Problem, say, settings};

/// Deliveries read in one transaction.
const DELIVERIES: i64 = 200;
/// Shipments folded in one transaction.
const SHIPMENTS: i64 = 500;

#[derive(Debug, Args)]
pub struct Replay {
    /// Only dead letters: deliveries of which nothing could be read
    #[arg(long)]
    failed: bool,
    /// Only deliveries of this source; `auto` means all
    #[arg(long, default_value = "auto")]
    source: SourceName,
}

/// What became of all deliveries.
#[derive(Default)]
struct Replayed {
    read: u64,
    dead: u64,
    applied: Applied,
}

pub async fn replay(asked: Replay) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let replayed = replay_all(&store, &asked, Clock::System.now()).await;
    store.close().await;
    let (replayed, changed) =
        replayed.map_err(|error| format!("{error}; running it again begins anew and adds nothing twice"))?;
    print(&replayed, &changed)
}

/// Reads every delivery again. `now` marks the run: pages that it changes are known by it.
async fn replay_all(store: &Store, asked: &Replay, now: Timestamp) -> Result<(Replayed, ChangedPages), StoreError> {
    let desk = desk(store, now).await?;
    let source = asked.source.0.map(Source::as_str);
    let bar = say::progress(0);
    let mut replayed = Replayed::default();
    let mut after = Uuid::nil();
    loop {
        let mut conn = store.read().await?;
        let page = inbox::page(&mut conn, store.vault(), after, source, asked.failed, DELIVERIES).await?;
        drop(conn);
        let Some(last) = page.last() else { break };
        after = last.inbox_id;
        bar.inc_length(page.len() as u64);
        let told = read_again(store, &desk, &page, &mut replayed).await?;
        bar.suspend(|| told.iter().for_each(|line| eprintln!("{line}")));
        bar.inc(page.len() as u64);
    }
    bar.finish_and_clear();
    let mut conn = store.read().await?;
    let changed = pages_changed_at(&mut conn, now).await?;
    Ok((replayed, changed))
}

fn print(replayed: &Replayed, changed: &ChangedPages) -> Result<(), Problem> {
    for (slug, number) in &changed.orders {
        say::line(format!("changed: order {number} of {slug}"))?;
    }
    for (slug, number) in &changed.parcels {
        say::line(format!("changed: parcel {number} of {slug}"))?;
    }
    let Applied { orders, shipments, events, refused, .. } = &replayed.applied;
    let refused = refused.iter().filter(|refusal| !refusal.is_ignored()).count();
    say::line(format!(
        "deliveries read={} dead={} · orders new={} known={} refused={refused} · shipments new={} known={} · \
         events new={} known={} · pages changed={}",
        replayed.read,
        replayed.dead,
        orders.new,
        orders.known,
        shipments.new,
        shipments.known,
        events.new,
        events.known,
        changed.orders.len() + changed.parcels.len(),
    ))
}

async fn desk(store: &Store, now: Timestamp) -> Result<Desk<'_>, StoreError> {
    let mut conn = store.read().await?;
    let all = brands::all(&mut conn).await?;
    let regions = all.into_iter().map(|published| (published.brand_id, published.brand.region)).collect();
    Ok(Desk { vault: store.vault(), regions, now })
}

/// Reads a page of deliveries again, together or, where the store refuses one, each by itself. Gives what to tell.
async fn read_again(
    store: &Store,
    desk: &Desk<'_>,
    page: &[Waiting],
    replayed: &mut Replayed,
) -> Result<Vec<String>, StoreError> {
    match write_together(store, desk, page).await {
        Ok(written) => return Ok(note(page, written, replayed)),
        Err(StoreError::Broken(_)) => {}
        Err(error) => return Err(error),
    }
    let mut told = Vec::new();
    for delivery in page {
        let alone = std::slice::from_ref(delivery);
        match write_together(store, desk, alone).await {
            Ok(written) => told.extend(note(alone, written, replayed)),
            Err(StoreError::Broken(reason)) => told.extend(note(alone, vec![Written::Dead(reason)], replayed)),
            Err(error) => return Err(error),
        }
    }
    Ok(told)
}

async fn write_together(store: &Store, desk: &Desk<'_>, page: &[Waiting]) -> Result<Vec<Written>, StoreError> {
    let mut conn = store.write(Urgency::Batch).await?;
    let mut written = Vec::with_capacity(page.len());
    for delivery in page {
        written.push(write(desk, &mut conn, delivery).await?);
    }
    conn.commit().await?;
    Ok(written)
}

fn note(page: &[Waiting], written: Vec<Written>, replayed: &mut Replayed) -> Vec<String> {
    let mut told = Vec::new();
    for (delivery, written) in page.iter().zip(written) {
        match written {
            Written::Read(applied) => {
                replayed.read += 1;
                replayed.applied.add(applied);
            }
            Written::Dead(reason) => {
                replayed.dead += 1;
                told.push(format!("{} ({}): {reason}", delivery.inbox_id, delivery.source));
            }
        }
    }
    told
}

pub async fn rebuild() -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let rebuilt = rebuild_all(&store, Clock::System.now()).await.map_err(|error| error.to_string());
    store.close().await;
    let (folded, changed) = rebuilt?;
    say::line(format!("shipments folded={folded} changed={changed}"))
}

/// Folds every shipment anew, and learns anew from all of them, in the order in which things happened. Gives how many there are and how many pages would differ.
async fn rebuild_all(store: &Store, now: Timestamp) -> Result<(u64, u64), StoreError> {
    let bar = say::progress(0);
    let (mut folded, mut changed) = (0, 0);
    let mut after = None;
    loop {
        let mut conn = store.write(Urgency::Batch).await?;
        let page = shipments_after(&mut conn, after, SHIPMENTS).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        bar.inc_length(page.len() as u64);
        changed += refold_all(&mut conn, &page, now).await? as u64;
        folded += page.len() as u64;
        conn.commit().await?;
        bar.inc(page.len() as u64);
    }
    let mut conn = store.write(Urgency::Batch).await?;
    unlearn(&mut conn).await?;
    conn.commit().await?;
    while learn_some(store, now).await? > 0 {}
    bar.finish_and_clear();
    Ok((folded, changed))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use crate::cli::testing::{Folder, store_with_a_brand};
    use crate::store::inbox::{Delivery, append, list, seal};
    use crate::store::ingest::Counts;

    use super::*;

    const PARCEL: &str = r#"{"tracking_number": "1Z999AA10123456784", "carrier": "ups", "events": [
        {"occurred_at": "2026-03-02T09:30:00Z", "status": "in_transit.accepted", "code": "PU", "text": "Picked up"}]}"#;

    /// Minutes after half past nine on the day of the parcel's one scan.
    fn minute(minutes: i64) -> Timestamp {
        "2026-03-02T09:30:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
    }

    const ALL: Replay = Replay { failed: false, source: SourceName(None) };

    async fn store_with_deliveries(folder: &Folder, bodies: &[&str]) -> Store {
        let (store, brand) = store_with_a_brand(folder).await;
        let mut conn = store.write(Urgency::Batch).await.unwrap();
        for (index, body) in bodies.iter().enumerate() {
            let delivery = Delivery {
                brand: brand.brand_id,
                source: "doorstep".to_owned(),
                delivery_key: index.to_string(),
                headers: Vec::new(),
                body: body.as_bytes().to_vec(),
            };
            let sealed = seal(store.vault(), delivery, minute(1)).unwrap();
            append(&mut conn, &[sealed], minute(1)).await.unwrap();
        }
        conn.commit().await.unwrap();
        store
    }

    #[tokio::test]
    async fn a_replay_adds_nothing_twice_and_names_the_pages_it_changes() {
        let folder = Folder::new("replay");
        let store = store_with_deliveries(&folder, &[PARCEL, "{\"tracking_number\":"]).await;
        let (first, changed) = replay_all(&store, &ALL, minute(2)).await.unwrap();
        assert_eq!((first.read, first.dead), (1, 1));
        assert_eq!(first.applied.events, Counts { new: 1, known: 0 });
        assert_eq!(changed.parcels, [("shop".to_owned(), "1Z999AA10123456784".to_owned())]);
        let (second, changed) = replay_all(&store, &ALL, minute(3)).await.unwrap();
        assert_eq!(second.applied.events, Counts { new: 0, known: 1 });
        assert_eq!(changed, ChangedPages::default());
        let failed = Replay { failed: true, ..ALL };
        let (third, _) = replay_all(&store, &failed, minute(4)).await.unwrap();
        assert_eq!((third.read, third.dead), (0, 1));
        let mut conn = store.read().await.unwrap();
        assert_eq!(list(&mut conn, Some("dead"), 10).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn folding_again_what_is_folded_changes_nothing() {
        let folder = Folder::new("rebuild");
        let store = store_with_deliveries(&folder, &[PARCEL]).await;
        replay_all(&store, &ALL, minute(2)).await.unwrap();
        assert_eq!(rebuild_all(&store, minute(3)).await.unwrap(), (1, 0));
    }
}
