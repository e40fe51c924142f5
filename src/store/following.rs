//! Who follows which parcel: registrations with aggregators, and polls. Both are claimed by putting them off first.
//!
//! Whom to ask and when is decided in `jobs::register` and `jobs::poll`.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::orders::{BrandId, OrderId, ShipmentId};

use super::{Conn, Result, execute, fetch_all, fetch_optional, instant, micros};

/// A claim that nobody ended (the process died) comes up again after this long.
const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(5);

/// Shoppers' visits have one parcel asked for at most this often.
const ASKED_AT_MOST_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What was checked within this time is fresh enough for a visit.
const STALE_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// A parcel as far as following it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub brand: BrandId,
    pub shipment: ShipmentId,
    pub number: String,
    pub carrier: Option<String>,
    /// Who told of it first.
    pub source: String,
    /// As its fold says; `None` where it was not folded yet.
    pub status: Option<String>,
    pub last_event_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct ParcelRow {
    brand_id: Uuid,
    shipment_id: Uuid,
    tracking_number: String,
    carrier: Option<String>,
    source: String,
    status: Option<String>,
    last_event_at: Option<i64>,
    created_at: i64,
}

impl From<ParcelRow> for Parcel {
    fn from(row: ParcelRow) -> Parcel {
        Parcel {
            brand: BrandId(row.brand_id),
            shipment: ShipmentId(row.shipment_id),
            number: row.tracking_number,
            carrier: row.carrier,
            source: row.source,
            status: row.status,
            last_event_at: row.last_event_at.map(instant),
            created_at: instant(row.created_at),
        }
    }
}

pub async fn parcel(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Option<Parcel>> {
    let row = fetch_optional!(
        conn,
        ParcelRow,
        "SELECT shipments.brand_id, shipments.shipment_id, tracking_number, carrier, source, status, last_event_at, created_at
         FROM shipments LEFT JOIN summaries
            ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         WHERE shipments.brand_id = $1 AND shipments.shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    Ok(row.map(Parcel::from))
}

/// The parcels that bear a number, newest first.
pub async fn parcels_numbered(conn: &mut Conn, brand: BrandId, number: &str) -> Result<Vec<Parcel>> {
    let rows = fetch_all!(
        conn,
        ParcelRow,
        "SELECT shipments.brand_id, shipments.shipment_id, tracking_number, carrier, source, status, last_event_at, created_at
         FROM shipments LEFT JOIN summaries
            ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         WHERE shipments.brand_id = $1 AND tracking_number = $2 ORDER BY created_at DESC, shipments.shipment_id DESC",
        brand.0,
        number,
    )?;
    Ok(rows.into_iter().map(Parcel::from).collect())
}

/// Lists a page of a brand's parcels, in the order of their keys after `after`, to be decided about anew: those that changed
/// since and have not ended. Gives where the next page begins.
pub async fn list_page(
    conn: &mut Conn,
    brand: BrandId,
    after: ShipmentId,
    changed_since: Timestamp,
    most: i64,
) -> Result<Option<ShipmentId>> {
    let page = fetch_all!(
        conn,
        (Uuid,),
        "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND shipment_id > $2 ORDER BY shipment_id LIMIT $3",
        brand.0,
        after.0,
        most,
    )?;
    let Some((last,)) = page.last() else { return Ok(None) };
    execute!(
        conn,
        "INSERT INTO unfollowed (brand_id, shipment_id)
         SELECT shipments.brand_id, shipments.shipment_id FROM shipments LEFT JOIN summaries
            ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         WHERE shipments.brand_id = $1 AND shipments.shipment_id > $2 AND shipments.shipment_id <= $3
            AND tracking_number <> '' AND changed_at >= $4 AND (status IS NULL OR status NOT LIKE 'delivered.%')
         ON CONFLICT (brand_id, shipment_id) DO NOTHING",
        brand.0,
        after.0,
        last,
        micros(changed_since),
    )?;
    Ok(Some(ShipmentId(*last)))
}

/// Whether any parcel waits to be decided about: asked before a write is begun for it.
pub async fn has_unfollowed(conn: &mut Conn) -> Result<bool> {
    Ok(fetch_optional!(conn, (Uuid,), "SELECT shipment_id FROM unfollowed LIMIT 1")?.is_some())
}

/// Takes up to `most` parcels off the list of those to be decided about.
pub async fn take_unfollowed(conn: &mut Conn, most: i64) -> Result<Vec<(BrandId, ShipmentId)>> {
    let sql = if conn.is_postgres() {
        "DELETE FROM unfollowed WHERE (brand_id, shipment_id) IN
            (SELECT brand_id, shipment_id FROM unfollowed LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING brand_id, shipment_id"
    } else {
        "DELETE FROM unfollowed WHERE (brand_id, shipment_id) IN
            (SELECT brand_id, shipment_id FROM unfollowed LIMIT $1) RETURNING brand_id, shipment_id"
    };
    let rows = fetch_all!(conn, (Uuid, Uuid), sql, most)?;
    Ok(rows.into_iter().map(|(brand, shipment)| (BrandId(brand), ShipmentId(shipment))).collect())
}

/// Has a parcel's number registered at `due`. What was registered under the same number stays so; what was set aside is
/// tried anew.
pub async fn want_registered(conn: &mut Conn, parcel: &Parcel, aggregator: &str, due: Timestamp) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO registrations (brand_id, shipment_id, aggregator, number, next_attempt_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (brand_id, shipment_id) DO UPDATE SET aggregator = excluded.aggregator, number = excluded.number,
            state = 'waiting', attempts = 0, next_attempt_at = excluded.next_attempt_at, error = NULL, registered_at = NULL
            WHERE registrations.number <> excluded.number OR registrations.aggregator <> excluded.aggregator
               OR registrations.state = 'dead'",
        parcel.brand.0,
        parcel.shipment.0,
        aggregator,
        parcel.number.as_str(),
        micros(due),
    )?;
    Ok(())
}

/// A registration that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRegistration {
    pub brand: BrandId,
    pub shipment: ShipmentId,
    pub aggregator: String,
    pub number: String,
    /// This one counted.
    pub attempts: i64,
}

pub async fn has_due_registrations(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT next_attempt_at FROM registrations WHERE state = 'waiting' AND next_attempt_at <= $1
         ORDER BY next_attempt_at LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

pub async fn claim_registrations(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<DueRegistration>> {
    let sql = if conn.is_postgres() {
        "UPDATE registrations SET attempts = attempts + 1, next_attempt_at = $2 WHERE (brand_id, shipment_id) IN (
            SELECT brand_id, shipment_id FROM registrations WHERE state = 'waiting' AND next_attempt_at <= $1
            ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING brand_id, shipment_id, aggregator, number, attempts"
    } else {
        "UPDATE registrations SET attempts = attempts + 1, next_attempt_at = $2 WHERE (brand_id, shipment_id) IN (
            SELECT brand_id, shipment_id FROM registrations WHERE state = 'waiting' AND next_attempt_at <= $1
            ORDER BY next_attempt_at LIMIT $3) RETURNING brand_id, shipment_id, aggregator, number, attempts"
    };
    let rows = fetch_all!(conn, (Uuid, Uuid, String, String, i64), sql, micros(now), micros(now + CLAIM_LASTS), most)?;
    let due = |(brand, shipment, aggregator, number, attempts): (Uuid, Uuid, String, String, i64)| DueRegistration {
        brand: BrandId(brand),
        shipment: ShipmentId(shipment),
        aggregator,
        number,
        attempts,
    };
    Ok(rows.into_iter().map(due).collect())
}

/// How a registration stands after an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Registered(Timestamp),
    /// Tried again then. `counts`: whether the attempt was one.
    Waiting {
        until: Timestamp,
        why: String,
        counts: bool,
    },
    Dead(String),
}

/// Notes how a registration stands, unless its number changed meanwhile.
pub async fn note_registration(conn: &mut Conn, due: &DueRegistration, standing: &Standing) -> Result<()> {
    let (state, attempts, next, error, registered_at) = match standing {
        Standing::Registered(at) => ("registered", due.attempts, *at, None, Some(*at)),
        Standing::Waiting { until, why, counts } => {
            ("waiting", due.attempts - i64::from(!counts), *until, Some(why.as_str()), None)
        }
        Standing::Dead(why) => ("dead", due.attempts, Timestamp::UNIX_EPOCH, Some(why.as_str()), None),
    };
    execute!(
        conn,
        "UPDATE registrations SET state = $5, attempts = $6, next_attempt_at = $7, error = $8, registered_at = $9
         WHERE brand_id = $1 AND shipment_id = $2 AND number = $3 AND aggregator = $4",
        due.brand.0,
        due.shipment.0,
        due.number.as_str(),
        due.aggregator.as_str(),
        state,
        attempts,
        micros(next),
        error,
        registered_at.map(micros),
    )?;
    Ok(())
}

/// Has a source asked for a parcel at `due`, unless it is asked already.
pub async fn want_polled(conn: &mut Conn, parcel: &Parcel, source: &str, due: Timestamp) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO polls (brand_id, shipment_id, source, next_poll_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (brand_id, shipment_id) DO UPDATE SET source = excluded.source, next_poll_at = excluded.next_poll_at,
            not_before = 0, failures = 0, error = NULL
            WHERE polls.source <> excluded.source OR polls.next_poll_at IS NULL",
        parcel.brand.0,
        parcel.shipment.0,
        source,
        micros(due),
    )?;
    Ok(())
}

/// Ends all asking for a parcel.
pub async fn end_polls(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<()> {
    execute!(
        conn,
        "UPDATE polls SET next_poll_at = NULL WHERE brand_id = $1 AND shipment_id = $2 AND next_poll_at IS NOT NULL",
        brand.0,
        shipment.0,
    )?;
    Ok(())
}

/// How many parcels a source is to be asked for now, counted up to `most`.
pub async fn count_due_polls(conn: &mut Conn, brand: BrandId, source: &str, now: Timestamp, most: i64) -> Result<i64> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM (SELECT failures FROM polls WHERE brand_id = $1 AND source = $2 AND next_poll_at <= $3 LIMIT $4) AS due",
        brand.0,
        source,
        micros(now),
        most,
    )?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Claims the parcels that a source is to be asked for, longest due first, with how often it failed for each.
pub async fn claim_polls(
    conn: &mut Conn,
    brand: BrandId,
    source: &str,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(ShipmentId, i64)>> {
    let sql = if conn.is_postgres() {
        "UPDATE polls SET next_poll_at = $4 WHERE brand_id = $1 AND shipment_id IN (
            SELECT shipment_id FROM polls WHERE brand_id = $1 AND source = $2 AND next_poll_at <= $3
            ORDER BY next_poll_at LIMIT $5 FOR UPDATE SKIP LOCKED) RETURNING shipment_id, failures"
    } else {
        "UPDATE polls SET next_poll_at = $4 WHERE brand_id = $1 AND shipment_id IN (
            SELECT shipment_id FROM polls WHERE brand_id = $1 AND source = $2 AND next_poll_at <= $3
            ORDER BY next_poll_at LIMIT $5) RETURNING shipment_id, failures"
    };
    let rows = fetch_all!(conn, (Uuid, i64), sql, brand.0, source, micros(now), micros(now + CLAIM_LASTS), most)?;
    Ok(rows.into_iter().map(|(shipment, failures)| (ShipmentId(shipment), failures)).collect())
}

/// What came of asking for a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollOutcome {
    /// `None`: it is not asked for again.
    pub next: Option<Timestamp>,
    /// The source is to be left alone until then, whoever opens the page.
    pub not_before: Option<Timestamp>,
    pub failures: i64,
    pub error: Option<String>,
    /// The source answered: what the page says was checked now.
    pub answered_at: Option<Timestamp>,
}

pub async fn note_poll(conn: &mut Conn, brand: BrandId, shipment: ShipmentId, outcome: &PollOutcome) -> Result<()> {
    execute!(
        conn,
        "UPDATE polls SET next_poll_at = $3, not_before = $4, failures = $5, error = $6, polled_at = COALESCE($7, polled_at)
         WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
        outcome.next.map(micros),
        outcome.not_before.map_or(0, micros),
        outcome.failures,
        outcome.error.as_deref(),
        outcome.answered_at.map(micros),
    )?;
    if let Some(at) = outcome.answered_at {
        execute!(
            conn,
            "UPDATE shipments SET checked_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
            brand.0,
            shipment.0,
            micros(at),
        )?;
    }
    Ok(())
}

/// Whose parcels a shopper looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Looked {
    Order(OrderId),
    Parcel(ShipmentId),
}

/// Whether [`ask_now`] would do anything: asked before a write is begun for it.
pub async fn is_stale(conn: &mut Conn, brand: BrandId, looked: Looked, now: Timestamp) -> Result<bool> {
    let (sql, id) = match looked {
        Looked::Order(order) => (
            "SELECT polls.failures FROM polls
             JOIN shipments ON shipments.brand_id = polls.brand_id AND shipments.shipment_id = polls.shipment_id
             WHERE polls.brand_id = $1 AND order_id = $2 AND next_poll_at > $3 AND (asked_at IS NULL OR asked_at <= $4)
                AND (checked_at IS NULL OR checked_at <= $5) LIMIT 1",
            order.0,
        ),
        Looked::Parcel(shipment) => (
            "SELECT polls.failures FROM polls
             JOIN shipments ON shipments.brand_id = polls.brand_id AND shipments.shipment_id = polls.shipment_id
             WHERE polls.brand_id = $1 AND polls.shipment_id = $2 AND next_poll_at > $3
                AND (asked_at IS NULL OR asked_at <= $4) AND (checked_at IS NULL OR checked_at <= $5) LIMIT 1",
            shipment.0,
        ),
    };
    let asked_before = micros(now - ASKED_AT_MOST_EVERY);
    let checked_before = micros(now - STALE_AFTER);
    Ok(fetch_optional!(conn, (i64,), sql, brand.0, id, micros(now), asked_before, checked_before)?.is_some())
}

/// A shopper looks: what is stale there and still moves is asked for now, before what merely came due. At most once in five
/// minutes a parcel, and not while its source wants to be left alone. Gives how many.
pub async fn ask_now(conn: &mut Conn, brand: BrandId, looked: Looked, now: Timestamp) -> Result<u64> {
    let (sql, id) = match looked {
        Looked::Order(order) => (
            "UPDATE polls SET next_poll_at = not_before, asked_at = $3 WHERE brand_id = $1 AND next_poll_at > $3
            AND (asked_at IS NULL OR asked_at <= $4) AND shipment_id IN (SELECT shipment_id FROM shipments
                WHERE brand_id = $1 AND order_id = $2 AND (checked_at IS NULL OR checked_at <= $5))",
            order.0,
        ),
        Looked::Parcel(shipment) => (
            "UPDATE polls SET next_poll_at = not_before, asked_at = $3 WHERE brand_id = $1 AND next_poll_at > $3
            AND (asked_at IS NULL OR asked_at <= $4) AND shipment_id IN (SELECT shipment_id FROM shipments
                WHERE brand_id = $1 AND shipment_id = $2 AND (checked_at IS NULL OR checked_at <= $5))",
            shipment.0,
        ),
    };
    let asked =
        execute!(conn, sql, brand.0, id, micros(now), micros(now - ASKED_AT_MOST_EVERY), micros(now - STALE_AFTER),)?;
    Ok(asked)
}
