//! Raw deliveries: kept before they are answered, parsed afterwards, and never thrown away for being unreadable.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::orders::BrandId;

use super::ingest::new_id;
use super::rows::{execute_among, insertion, pieces};
use super::seal::Vault;
use super::{Conn, Result, StoreError, both, execute, fetch_all, fetch_optional, instant, micros};

pub const MOST_ATTEMPTS: i64 = 8;

/// One delivery as it came: headers by lower-case name, the body to the byte.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub brand: BrandId,
    pub source: String,
    /// The vendor's id of the delivery, else the hash of the body: what makes a repeat one.
    pub delivery_key: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A delivery as its row holds it, sealed before a transaction is begun for it.
pub struct Sealed {
    brand: BrandId,
    source: String,
    delivery_key: String,
    inbox_id: Uuid,
    headers: Vec<u8>,
    body: Vec<u8>,
}

pub fn seal(vault: &Vault, delivery: Delivery, now: Timestamp) -> Result<Sealed> {
    let id = new_id(now);
    let headers = serde_json::to_vec(&delivery.headers).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(Sealed {
        brand: delivery.brand,
        source: delivery.source,
        delivery_key: delivery.delivery_key,
        inbox_id: id,
        headers: vault.seal(b"inbox headers", id.as_bytes(), &headers),
        body: vault.seal(b"inbox body", id.as_bytes(), &delivery.body),
    })
}

/// Keeps deliveries. Gives for each whether it is new: false where it was there already.
pub async fn append(conn: &mut Conn, deliveries: &[Sealed], now: Timestamp) -> Result<Vec<bool>> {
    let mut new: HashSet<Uuid> = HashSet::with_capacity(deliveries.len());
    for piece in pieces(deliveries) {
        let sql = insertion(
            conn,
            "INSERT INTO inbox (brand_id, source, delivery_key, inbox_id, headers, body, next_attempt_at, received_at)",
            (8, piece.len()),
            "ON CONFLICT (brand_id, source, delivery_key) DO NOTHING RETURNING inbox_id",
        );
        let kept: Vec<(Uuid,)> = both!(conn, |c| {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql.as_str()));
            for row in piece {
                query = query.bind(row.brand.0).bind(row.source.as_str()).bind(row.delivery_key.as_str());
                query = query.bind(row.inbox_id).bind(row.headers.as_slice()).bind(row.body.as_slice());
                query = query.bind(micros(now)).bind(micros(now));
            }
            query.fetch_all(&mut *c).await
        })?;
        new.extend(kept.into_iter().map(|(id,)| id));
    }
    Ok(deliveries.iter().map(|delivery| new.contains(&delivery.inbox_id)).collect())
}

/// A delivery that waits to be parsed.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub brand: BrandId,
    pub inbox_id: Uuid,
    pub source: String,
    pub attempts: i64,
    /// `None` when it was sealed with a key that is gone.
    pub body: Option<Vec<u8>>,
}

type WaitingRow = (Uuid, Uuid, String, i64, Vec<u8>);

/// Claims deliveries that are due. The claim counts as an attempt and puts the row off, so that a process that dies with
/// it leaves it to the next one.
pub async fn claim(conn: &mut Conn, vault: &Vault, now: Timestamp, most: i64) -> Result<Vec<Waiting>> {
    let sql = if conn.is_postgres() {
        "UPDATE inbox SET attempts = attempts + 1, next_attempt_at = $2 WHERE inbox_id IN (SELECT inbox_id FROM inbox
            WHERE state = 'waiting' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING brand_id, inbox_id, source, attempts, body"
    } else {
        "UPDATE inbox SET attempts = attempts + 1, next_attempt_at = $2 WHERE inbox_id IN (SELECT inbox_id FROM inbox
            WHERE state = 'waiting' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3)
         RETURNING brand_id, inbox_id, source, attempts, body"
    };
    let later = micros(now + SignedDuration::from_mins(1));
    let rows = fetch_all!(conn, WaitingRow, sql, micros(now), later, most)?;
    let mut waiting: Vec<Waiting> = rows.into_iter().map(|row| read_waiting(vault, row)).collect();
    waiting.sort_by_key(|waiting| waiting.inbox_id);
    Ok(waiting)
}

/// Whether any delivery is due: asked before a write is begun for it.
pub async fn has_due(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        // In order, so that the index is read: a table of which half waits would be searched from its beginning, past all that is done.
        "SELECT next_attempt_at FROM inbox WHERE state = 'waiting' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

fn read_waiting(vault: &Vault, (brand, inbox_id, source, attempts, body): WaitingRow) -> Waiting {
    let body = vault.open(b"inbox body", inbox_id.as_bytes(), &body);
    Waiting { brand: BrandId(brand), inbox_id, source, attempts, body }
}

/// Parsed: it stays for replay until retention ends it. `note` says what could not be read of it.
pub async fn done(conn: &mut Conn, inbox_id: Uuid, note: Option<&str>, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE inbox SET state = 'done', error = $2, done_at = $3 WHERE inbox_id = $1",
        inbox_id,
        note,
        micros(now)
    )?;
    Ok(())
}

/// The same for those that were read without a note.
pub async fn all_done(conn: &mut Conn, deliveries: &[Uuid], now: Timestamp) -> Result<()> {
    execute_among!(
        conn,
        "UPDATE inbox SET state = 'done', error = NULL, done_at = $1 WHERE inbox_id IN ",
        [micros(now)],
        deliveries
    );
    Ok(())
}

/// It cannot be parsed: shown by `doorstep inbox`, replayable after a fix.
pub async fn dead(conn: &mut Conn, inbox_id: Uuid, error: &str, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE inbox SET state = 'dead', error = $2, done_at = $3 WHERE inbox_id = $1",
        inbox_id,
        error,
        micros(now)
    )?;
    Ok(())
}

/// The store failed while it was written down: later again, longer each time.
pub async fn put_off(conn: &mut Conn, waiting: &Waiting, error: &str, now: Timestamp) -> Result<()> {
    if waiting.attempts >= MOST_ATTEMPTS {
        return dead(conn, waiting.inbox_id, error, now).await;
    }
    let wait = SignedDuration::from_secs(2 << waiting.attempts.clamp(0, 12));
    execute!(
        conn,
        "UPDATE inbox SET next_attempt_at = $2, error = $3 WHERE inbox_id = $1",
        waiting.inbox_id,
        micros(now + wait),
        error,
    )?;
    Ok(())
}

/// Deliveries after `after` for replay, oldest first, a page at a time.
pub async fn page(
    conn: &mut Conn,
    vault: &Vault,
    after: Uuid,
    source: Option<&str>,
    failed_only: bool,
    most: i64,
) -> Result<Vec<Waiting>> {
    let rows = fetch_all!(
        conn,
        WaitingRow,
        "SELECT brand_id, inbox_id, source, attempts, body FROM inbox
         WHERE inbox_id > $1 AND source = COALESCE($2, source) AND ($3 = 0 OR state = 'dead') ORDER BY inbox_id LIMIT $4",
        after,
        source,
        i64::from(failed_only),
        most,
    )?;
    Ok(rows.into_iter().map(|row| read_waiting(vault, row)).collect())
}

/// A row of the inbox for a person: no body.
#[derive(Debug, Clone)]
pub struct Listed {
    pub inbox_id: Uuid,
    pub source: String,
    pub state: String,
    pub attempts: i64,
    pub error: Option<String>,
    pub received_at: Timestamp,
}

type ListedRow = (Uuid, String, String, i64, Option<String>, i64);

/// The newest deliveries, of one state or of all.
pub async fn list(conn: &mut Conn, state: Option<&str>, most: i64) -> Result<Vec<Listed>> {
    let rows = fetch_all!(
        conn,
        ListedRow,
        "SELECT inbox_id, source, state, attempts, error, received_at FROM inbox WHERE state = COALESCE($1, state)
         ORDER BY received_at DESC LIMIT $2",
        state,
        most,
    )?;
    Ok(rows
        .into_iter()
        .map(|(inbox_id, source, state, attempts, error, received_at)| Listed {
            inbox_id,
            source,
            state,
            attempts,
            error,
            received_at: instant(received_at),
        })
        .collect())
}

/// One delivery as it came, for a person with the keys.
pub async fn show(conn: &mut Conn, vault: &Vault, inbox_id: Uuid) -> Result<Option<(Listed, Vec<u8>, Vec<u8>)>> {
    let row =
        fetch_optional!(conn, (Vec<u8>, Vec<u8>), "SELECT headers, body FROM inbox WHERE inbox_id = $1", inbox_id)?;
    let Some((headers, body)) = row else { return Ok(None) };
    let listed = fetch_all!(
        conn,
        ListedRow,
        "SELECT inbox_id, source, state, attempts, error, received_at FROM inbox WHERE inbox_id = $1",
        inbox_id
    )?;
    let gone = || StoreError::Broken("the delivery was sealed with a key that is gone".to_owned());
    let headers = vault.open(b"inbox headers", inbox_id.as_bytes(), &headers).ok_or_else(gone)?;
    let body = vault.open(b"inbox body", inbox_id.as_bytes(), &body).ok_or_else(gone)?;
    let listed = listed.into_iter().next().map(|(inbox_id, source, state, attempts, error, received_at)| Listed {
        inbox_id,
        source,
        state,
        attempts,
        error,
        received_at: instant(received_at),
    });
    Ok(listed.map(|listed| (listed, headers, body)))
}

/// How many deliveries wait, and how many are set aside.
pub async fn depth(conn: &mut Conn) -> Result<(i64, i64)> {
    let waiting = fetch_optional!(conn, (i64,), "SELECT COUNT(*) FROM inbox WHERE state = 'waiting'")?;
    let dead = fetch_optional!(conn, (i64,), "SELECT COUNT(*) FROM inbox WHERE state = 'dead'")?;
    Ok((waiting.map_or(0, |(count,)| count), dead.map_or(0, |(count,)| count)))
}

/// Forgets deliveries that were parsed before `before`; what failed stays until somebody looked at it.
pub async fn trim(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    Ok(execute!(conn, "DELETE FROM inbox WHERE state = 'done' AND received_at < $1", micros(before))?)
}
