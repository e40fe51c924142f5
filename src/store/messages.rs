//! Messages on their way out: kept sealed until they are sent, tried again with patience, then set aside with the cause.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::orders::BrandId;

use super::ingest::new_id;
use super::seal::Vault;
use super::{Conn, Result, StoreError, execute, fetch_all, instant, micros};

const MOST_ATTEMPTS: i64 = 8;

/// A mail or a text, ready to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMessage {
    /// `email` or `sms`.
    pub channel: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Puts a message into the outbox. `None` leaves a row of the same work that is never sent, so that asking for a stranger's
/// orders costs what asking for one's own does.
pub async fn enqueue(
    conn: &mut Conn,
    vault: &Vault,
    brand: BrandId,
    message: &OutgoingMessage,
    is_real: bool,
    now: Timestamp,
) -> Result<()> {
    let id = new_id(now);
    let plain = serde_json::to_vec(message).map_err(|error| StoreError::Broken(error.to_string()))?;
    execute!(
        conn,
        "INSERT INTO outgoing_messages (brand_id, message_id, channel, sealed, state, next_attempt_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
        brand.0,
        id,
        message.channel.as_str(),
        vault.seal(b"message", id.as_bytes(), &plain),
        if is_real { "waiting" } else { "dropped" },
        micros(now),
    )?;
    Ok(())
}

/// A message that is due.
#[derive(Debug, Clone)]
pub struct DueMessage {
    pub brand: BrandId,
    pub message_id: Uuid,
    pub attempts: i64,
    pub message: OutgoingMessage,
}

/// Claims due messages: each is put off before it is tried, so that no other process sends it as well.
pub async fn claim(conn: &mut Conn, vault: &Vault, now: Timestamp, most: i64) -> Result<Vec<DueMessage>> {
    let sql = if conn.is_postgres() {
        "UPDATE outgoing_messages SET attempts = attempts + 1, next_attempt_at = $2 WHERE (brand_id, message_id) IN (
            SELECT brand_id, message_id FROM outgoing_messages WHERE state = 'waiting' AND next_attempt_at <= $1
            ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING brand_id, message_id, attempts, sealed"
    } else {
        "UPDATE outgoing_messages SET attempts = attempts + 1, next_attempt_at = $2 WHERE (brand_id, message_id) IN (
            SELECT brand_id, message_id FROM outgoing_messages WHERE state = 'waiting' AND next_attempt_at <= $1
            ORDER BY next_attempt_at LIMIT $3) RETURNING brand_id, message_id, attempts, sealed"
    };
    let later = micros(now + SignedDuration::from_mins(2));
    let rows = fetch_all!(conn, (Uuid, Uuid, i64, Vec<u8>), sql, micros(now), later, most)?;
    let mut due = Vec::with_capacity(rows.len());
    for (brand, id, attempts, sealed) in rows {
        match read_sealed(vault, id, &sealed) {
            Some(message) => due.push(DueMessage { brand: BrandId(brand), message_id: id, attempts, message }),
            None => finish(conn, BrandId(brand), id, Err("sealed with a key that is gone"), now).await?,
        }
    }
    Ok(due)
}

/// Whether any message is due: asked before a write is begun for it.
pub async fn has_due(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = super::fetch_optional!(
        conn,
        (i64,),
        "SELECT next_attempt_at FROM outgoing_messages WHERE state = 'waiting' AND next_attempt_at <= $1
         ORDER BY next_attempt_at LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

fn read_sealed(vault: &Vault, id: Uuid, sealed: &[u8]) -> Option<OutgoingMessage> {
    serde_json::from_slice(&vault.open(b"message", id.as_bytes(), sealed)?).ok()
}

/// Ends a message: sent, or never to be sent.
pub async fn finish(
    conn: &mut Conn,
    brand: BrandId,
    message: Uuid,
    outcome: std::result::Result<(), &str>,
    now: Timestamp,
) -> Result<()> {
    let (state, error) = match outcome {
        Ok(()) => ("sent", None),
        Err(error) => ("dead", Some(error)),
    };
    execute!(
        conn,
        "UPDATE outgoing_messages SET state = $3, error = $4, done_at = $5 WHERE brand_id = $1 AND message_id = $2",
        brand.0,
        message,
        state,
        error,
        micros(now),
    )?;
    Ok(())
}

/// Puts a failed message off: twice as long each time, and aside after the eighth.
pub async fn put_off(conn: &mut Conn, due: &DueMessage, error: &str, now: Timestamp) -> Result<()> {
    if due.attempts >= MOST_ATTEMPTS {
        return finish(conn, due.brand, due.message_id, Err(error), now).await;
    }
    let wait = SignedDuration::from_secs(15 << due.attempts.clamp(0, 10));
    execute!(
        conn,
        "UPDATE outgoing_messages SET next_attempt_at = $3, error = $4 WHERE brand_id = $1 AND message_id = $2",
        due.brand.0,
        due.message_id,
        micros(now + wait),
        error,
    )?;
    Ok(())
}

/// The newest messages that were sent or wait to be, newest first: for the demo's mailbox.
pub async fn recent(conn: &mut Conn, vault: &Vault, most: i64) -> Result<Vec<(Timestamp, OutgoingMessage)>> {
    let rows = fetch_all!(
        conn,
        (Uuid, Vec<u8>, i64),
        "SELECT message_id, sealed, created_at FROM outgoing_messages WHERE state <> 'dropped' ORDER BY created_at DESC, message_id DESC LIMIT $1",
        most,
    )?;
    let read = |(id, sealed, at): (Uuid, Vec<u8>, i64)| Some((instant(at), read_sealed(vault, id, &sealed)?));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Forgets messages that are done.
pub async fn trim(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    Ok(execute!(
        conn,
        "DELETE FROM outgoing_messages WHERE created_at < $1 AND state IN ('sent', 'dead', 'dropped')",
        micros(before)
    )?)
}
