//! What changed in the store, whoever changed it: this process, another one, or plain SQL.
//!
//! SQLite is watched by `PRAGMA data_version` and the table `changes` that triggers fill; PostgreSQL tells by NOTIFY.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::orders::{BrandId, OrderId, ShipmentId};

use super::readers::Readers;
use super::{Conn, Database, Result, Store, execute, fetch_all, micros};

/// How soon a change made elsewhere is noticed on SQLite.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Rows of `changes` that are kept for slow readers.
const KEPT_CHANGES: i64 = 20_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Order(BrandId, OrderId),
    Shipment(BrandId, ShipmentId),
    /// The grants of one browser, by the hash of its reference.
    Grants(BrandId, Vec<u8>),
    Brand(BrandId),
    /// There is something to do.
    Job,
    /// Something may have been missed: nothing that was kept can be trusted.
    Everything,
}

/// Tells every change until the store is closed. Never ends by an error: it says `Everything` and goes on.
pub async fn watch(store: &Store, tell: &broadcast::Sender<Change>) {
    loop {
        let ended = match &store.database {
            Database::Sqlite { readers, .. } => watch_sqlite(readers, tell).await,
            Database::Postgres(pool) => watch_postgres(pool, tell).await,
        };
        if store.is_closed() {
            return;
        }
        if let Err(error) = ended {
            tracing::warn!(%error, "lost sight of the store's changes, looking again");
        }
        // Nobody listening is fine: a page that is not open needs no telling.
        tell.send(Change::Everything).ok();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

type ChangeRow = (i64, String, Uuid, Vec<u8>);

async fn watch_sqlite(readers: &Arc<Readers>, tell: &broadcast::Sender<Change>) -> Result<()> {
    let mut connection = readers.lend().await?;
    let (mut seen,): (i64,) =
        sqlx::query_as("SELECT COALESCE(MAX(seq), 0) FROM changes").fetch_one(&mut *connection).await?;
    // What changed before this was told to nobody.
    tell.send(Change::Everything).ok();
    let mut version: i64 = 0;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if readers.is_closed() {
            return Ok(());
        }
        let (now,): (i64,) = sqlx::query_as("PRAGMA data_version").fetch_one(&mut *connection).await?;
        if now == version {
            continue;
        }
        version = now;
        let rows: Vec<ChangeRow> =
            sqlx::query_as("SELECT seq, topic, brand_id, subject FROM changes WHERE seq > $1 ORDER BY seq")
                .bind(seen)
                .fetch_all(&mut *connection)
                .await?;
        for (seq, topic, brand, subject) in rows {
            seen = seq;
            if let Some(change) = read_change(&topic, brand, subject) {
                tell.send(change).ok();
            }
        }
    }
}

async fn watch_postgres(pool: &sqlx::PgPool, tell: &broadcast::Sender<Change>) -> Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen("doorstep_changed").await?;
    tell.send(Change::Everything).ok();
    loop {
        match listener.try_recv().await? {
            Some(notice) => {
                if let Some(change) = read_notice(notice.payload()) {
                    tell.send(change).ok();
                }
            }
            // The connection was lost and made anew: what was told in between is gone.
            None => {
                tell.send(Change::Everything).ok();
            }
        }
    }
}

fn read_change(topic: &str, brand: Uuid, subject: Vec<u8>) -> Option<Change> {
    let brand = BrandId(brand);
    match topic {
        "order" => Uuid::from_slice(&subject).ok().map(|id| Change::Order(brand, OrderId(id))),
        "shipment" => Uuid::from_slice(&subject).ok().map(|id| Change::Shipment(brand, ShipmentId(id))),
        "grants" => Some(Change::Grants(brand, subject)),
        "brand" => Some(Change::Brand(brand)),
        "job" => Some(Change::Job),
        _ => None,
    }
}

/// Reads "topic brand subject", ids as UUIDs and hashes as hexadecimal digits.
fn read_notice(payload: &str) -> Option<Change> {
    let mut parts = payload.split(' ');
    let (topic, brand, subject) = (parts.next()?, parts.next()?, parts.next()?);
    let subject = match Uuid::parse_str(subject) {
        Ok(id) if subject.contains('-') => id.as_bytes().to_vec(),
        _ => unhex(subject)?,
    };
    read_change(topic, Uuid::parse_str(brand).ok()?, subject)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// Has a shipment folded again at `due`.
pub async fn schedule_refold(conn: &mut Conn, brand: BrandId, shipment: ShipmentId, due: Timestamp) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO jobs (brand_id, kind, subject, run_at) VALUES ($1, 'refold', $2, $3)
         ON CONFLICT (brand_id, kind, subject) DO NOTHING",
        brand.0,
        shipment.0,
        micros(due),
    )?;
    Ok(())
}

/// Whether any shipment is due to be folded: asked before a write is begun for it.
pub async fn has_refolds(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = super::fetch_optional!(
        conn,
        (i64,),
        "SELECT run_at FROM jobs WHERE kind = 'refold' AND run_at <= $1 LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

/// Claims up to `most` shipments that are due to be folded: they are taken off the list when the transaction commits.
pub async fn claim_refolds(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<(BrandId, ShipmentId)>> {
    let sql = if conn.is_postgres() {
        "DELETE FROM jobs WHERE (brand_id, kind, subject) IN (SELECT brand_id, kind, subject FROM jobs
            WHERE kind = 'refold' AND run_at <= $1 ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING brand_id, subject"
    } else {
        "DELETE FROM jobs WHERE (brand_id, kind, subject) IN (SELECT brand_id, kind, subject FROM jobs
            WHERE kind = 'refold' AND run_at <= $1 ORDER BY run_at LIMIT $2) RETURNING brand_id, subject"
    };
    let rows = fetch_all!(conn, (Uuid, Uuid), sql, micros(now), most)?;
    Ok(rows.into_iter().map(|(brand, shipment)| (BrandId(brand), ShipmentId(shipment))).collect())
}

/// Forgets old rows of `changes`.
pub async fn trim(conn: &mut Conn) -> Result<()> {
    execute!(conn, "DELETE FROM changes WHERE seq <= (SELECT COALESCE(MAX(seq), 0) FROM changes) - $1", KEPT_CHANGES)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_reads_back_as_the_change_it_tells() {
        let (brand, order) = (Uuid::from_u128(7), Uuid::from_u128(9));
        assert_eq!(read_notice(&format!("order {brand} {order}")), Some(Change::Order(BrandId(brand), OrderId(order))));
        let hash = vec![0xab; 32];
        let told = read_notice(&format!("grants {brand} {}", super::super::ingest::hex(&hash)));
        assert_eq!(told, Some(Change::Grants(BrandId(brand), hash)));
        assert_eq!(read_notice("soup"), None);
    }
}
