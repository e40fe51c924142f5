//! Estimates as they are kept: what each brand learnt, the ledger of every parcel, and what is still to be learnt.
//!
//! What is foretold is decided in `tracking::estimate`. Folds only read what was learnt, from a copy in the process that is
//! read again when the brand's number differs. Lessons are learnt apart from them, together, by one process at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::orders::{BrandId, OrderId};
use crate::tracking::estimate::Journey;
use crate::tracking::estimate::calibration::Scored;
use crate::tracking::estimate::history::{Forecast, History};
use crate::tracking::estimate::known::instant;
use crate::tracking::estimate::ledger::{End, Revision, Walked};
use crate::tracking::estimate::lessons::{self, Lesson};
use crate::tracking::summary::Window;

use super::{Conn, Result, Store, StoreError, Urgency, execute, fetch_all, fetch_optional, micros};

mod ledger;

pub use ledger::revisions_of;
pub(super) use ledger::{Kept, revisions_among, write_kept};

/// What brands learnt, each under the number that its row had then.
#[derive(Default)]
pub struct Histories(RwLock<HashMap<BrandId, (i64, Arc<History>)>>);

impl Histories {
    fn get(&self, brand: BrandId, learnt: i64) -> Option<Arc<History>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&brand).filter(|(number, _)| *number == learnt).map(|(_, history)| Arc::clone(history))
    }

    fn keep(&self, brand: BrandId, learnt: i64, history: Arc<History>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(brand, (learnt, history));
    }
}

/// What a brand learnt, of which the caller has just read the number `learnt`.
pub(super) async fn history(conn: &mut Conn, brand: BrandId, learnt: i64) -> Result<Arc<History>> {
    if let Some(known) = conn.histories.get(brand, learnt) {
        return Ok(known);
    }
    let rows =
        fetch_all!(conn, (String, String), "SELECT key, document FROM lane_statistics WHERE brand_id = $1", brand.0)?;
    let read = History::from_rows(rows.iter().map(|(key, document)| (key.as_str(), document.as_str())));
    let history = Arc::new(read.unwrap_or_else(|error| {
        // Parcels are folded all the same: their carriers' dates do not depend on it.
        tracing::error!(%error, brand = %brand.0, "what was learnt cannot be read; `doorstep rebuild` learns it anew");
        History::default()
    }));
    conn.histories.keep(brand, learnt, Arc::clone(&history));
    Ok(history)
}

/// The columns of a parcel's estimate, as the fold reads them beside the parcel's own.
#[derive(Debug, Default, sqlx::FromRow)]
pub(super) struct EstimateColumns {
    lane: Option<String>,
    journey: Option<String>,
    walked: Option<String>,
    ended: Option<String>,
    forecasts: Option<String>,
    is_learnt: Option<bool>,
    learn_at: Option<i64>,
    pub before_shipping: Option<String>,
}

/// What is told of an order of which no parcel exists yet; a parcel's ledger goes on from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BeforeShipping {
    pub window: Option<Window>,
    pub revisions: Vec<Revision>,
    pub walked: Walked,
}

impl BeforeShipping {
    pub(super) fn read(text: &str) -> Result<BeforeShipping> {
        read_json(text)
    }
}

/// The destination's clock read as UTC: half a day sooner or later is all the same to what is learnt.
fn ripe_at(lesson: Lesson) -> Timestamp {
    lesson.ripe_at().map_or(Timestamp::MIN, |ripe| instant(ripe, &TimeZone::UTC))
}

/// Keeps what is told of an order. True when that is news.
pub(super) async fn keep_before_shipping(
    conn: &mut Conn,
    brand: BrandId,
    order: OrderId,
    known: Option<&str>,
    told: &BeforeShipping,
    look_again: Option<Timestamp>,
) -> Result<bool> {
    if let Some(due) = look_again {
        execute!(
            conn,
            "INSERT INTO jobs (brand_id, kind, subject, run_at) VALUES ($1, 'estimate', $2, $3)
             ON CONFLICT (brand_id, kind, subject) DO UPDATE SET run_at = excluded.run_at",
            brand.0,
            order.0,
            micros(due),
        )?;
    }
    let text = json(told)?;
    if known == Some(text.as_str()) {
        return Ok(false);
    }
    execute!(conn, "UPDATE orders SET estimate = $3 WHERE brand_id = $1 AND order_id = $2", brand.0, order.0, text,)?;
    Ok(true)
}

/// Whether the window of any order without a parcel is over: asked before a write is begun for it.
pub async fn has_orders(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT run_at FROM jobs WHERE kind = 'estimate' AND run_at <= $1 LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

/// Claims such orders: they are taken off the list when the transaction commits.
pub async fn claim_orders(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<(BrandId, OrderId)>> {
    let sql = if conn.is_postgres() {
        "DELETE FROM jobs WHERE (brand_id, kind, subject) IN (SELECT brand_id, kind, subject FROM jobs
            WHERE kind = 'estimate' AND run_at <= $1 ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING brand_id, subject"
    } else {
        "DELETE FROM jobs WHERE (brand_id, kind, subject) IN (SELECT brand_id, kind, subject FROM jobs
            WHERE kind = 'estimate' AND run_at <= $1 ORDER BY run_at LIMIT $2) RETURNING brand_id, subject"
    };
    let rows = fetch_all!(conn, (Uuid, Uuid), sql, micros(now), most)?;
    Ok(rows.into_iter().map(|(brand, order)| (BrandId(brand), OrderId(order))).collect())
}

type ScoredRow = (Uuid, Uuid, String, String, Option<String>, String, String, i64);

/// The windows of parcels that have come, a page of parcels at a time, each ledger in its order. Windows that only took the
/// place of one that had passed are left out: they are given to those that are late. `None` for the mark: that was the last.
pub async fn scored(
    conn: &mut Conn,
    after: Option<(Uuid, Uuid)>,
    most: i64,
) -> Result<(Vec<Scored>, Option<(Uuid, Uuid)>)> {
    let (brand, shipment) = after.unwrap_or_default();
    let parcels = fetch_all!(
        conn,
        (Uuid, Uuid),
        "SELECT brand_id, shipment_id FROM estimates WHERE brand_id > $1 OR (brand_id = $1 AND shipment_id > $2)
         ORDER BY brand_id, shipment_id LIMIT $3",
        brand,
        shipment,
        most,
    )?;
    let Some((to_brand, to_shipment)) = parcels.last().copied() else { return Ok((Vec::new(), None)) };
    let rows = fetch_all!(
        conn,
        ScoredRow,
        "SELECT estimates.brand_id, estimates.shipment_id, lane, basis, stage, earliest, latest, error_days
         FROM estimates JOIN estimate_revisions ON estimate_revisions.brand_id = estimates.brand_id
            AND estimate_revisions.shipment_id = estimates.shipment_id
         WHERE (estimates.brand_id > $1 OR (estimates.brand_id = $1 AND estimates.shipment_id > $2))
            AND (estimates.brand_id < $3 OR (estimates.brand_id = $3 AND estimates.shipment_id <= $4))
            AND error_days IS NOT NULL AND NOT is_overdue AND cause NOT LIKE 'overdue:%'
         ORDER BY estimates.brand_id, estimates.shipment_id, position",
        brand,
        shipment,
        to_brand,
        to_shipment,
    )?;
    let read = |(_, shipment, lane, basis, stage, earliest, latest, error_days): ScoredRow| {
        let day = |text: String| text.parse().map_err(|_| StoreError::Broken(format!("{text:?} is no day")));
        Ok(Scored {
            parcel: shipment.as_u128(),
            lane,
            basis: stage.unwrap_or_else(|| basis.replace("merchant_", "")),
            earliest: day(earliest)?,
            latest: day(latest)?,
            error_days: i32::try_from(error_days).unwrap_or(i32::MAX),
        })
    };
    Ok((rows.into_iter().map(read).collect::<Result<_>>()?, Some((to_brand, to_shipment))))
}

/// Parcels learnt from in one transaction.
const TOGETHER: i64 = 500;

/// Whether anything is to be learnt: asked before a write is begun for it.
pub async fn has_lessons(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    Ok(next_group(conn, now).await?.is_some())
}

async fn next_group(conn: &mut Conn, now: Timestamp) -> Result<Option<(i64, Uuid)>> {
    Ok(fetch_optional!(
        conn,
        (i64, Uuid),
        "SELECT learn_at, brand_id FROM estimates WHERE learn_at <= $1 ORDER BY learn_at, brand_id LIMIT 1",
        micros(now),
    )?)
}

type LessonRow = (Uuid, String, Option<String>, String, i64);

struct Pupil {
    shipment: Uuid,
    journey: Journey,
    end: Option<End>,
    forecasts: Vec<Forecast>,
    is_learnt: bool,
}

/// Learns from parcels that are due, in the order in which things happened. Gives from how many.
///
/// On PostgreSQL one process learns for a brand at a time; it begins with what the others learnt. Nobody else writes what
/// was learnt, and whoever reads it sees the number that it was written with.
pub async fn learn_some(store: &Store, now: Timestamp) -> Result<usize> {
    let mut conn = store.write(Urgency::Batch).await?;
    let Some((_, brand)) = next_group(&mut conn, now).await? else { return Ok(0) };
    let brand = BrandId(brand);
    super::ingest::take_turns(&mut conn, brand, "lessons", &[""]).await?;
    // Another process may have learnt them while this one waited for its turn.
    let Some((learn_at, of)) = next_group(&mut conn, now).await? else { return Ok(0) };
    if of != brand.0 {
        return Ok(1);
    }
    let (mut pupils, horizon) = pupils(&mut conn, brand, learn_at).await?;
    if pupils.is_empty() {
        return Ok(0);
    }
    let learnt = fetch_optional!(conn, (i64,), "SELECT learnt FROM brands WHERE brand_id = $1", brand.0)?;
    let learnt = learnt.map_or(0, |(learnt,)| learnt);
    let mut history = History::clone(history(&mut conn, brand, learnt).await?.as_ref());
    learn(&mut history, &mut pupils, horizon, now);
    for pupil in &pupils {
        let next = lessons::next(&pupil.journey, pupil.end, &lessons::told(&pupil.forecasts));
        let next = next.filter(|_| !pupil.is_learnt);
        // What happened after the newest of this batch keeps its place among those that are due.
        let due = next.map(|next| micros(ripe_at(next)).max(learn_at));
        execute!(
            conn,
            "UPDATE estimates SET forecasts = $3, is_learnt = $4, learn_at = $5, lesson_at = $6 WHERE brand_id = $1 AND shipment_id = $2",
            brand.0,
            pupil.shipment,
            if pupil.is_learnt { "[]".to_owned() } else { json(&pupil.forecasts)? },
            pupil.is_learnt,
            due,
            next.map_or(0, |next| next.at().seconds()),
        )?;
    }
    for (key, document) in history.take_changed_rows() {
        execute!(
            conn,
            "INSERT INTO lane_statistics (brand_id, key, document) VALUES ($1, $2, $3)
             ON CONFLICT (brand_id, key) DO UPDATE SET document = excluded.document",
            brand.0,
            key,
            document,
        )?;
    }
    execute!(conn, "UPDATE brands SET learnt = $2 WHERE brand_id = $1", brand.0, learnt + 1)?;
    conn.commit().await?;
    store.histories.keep(brand, learnt + 1, Arc::new(history));
    Ok(pupils.len())
}

/// The parcels whose next lessons lie first in time, and until when those of all others are known to lie later.
async fn pupils(conn: &mut Conn, brand: BrandId, learn_at: i64) -> Result<(Vec<Pupil>, i64)> {
    // One that is being folded right now has its turn the next time: whoever folds holds several, in another order.
    let sql = if conn.is_postgres() {
        "SELECT shipment_id, journey, ended, forecasts, lesson_at FROM estimates WHERE learn_at = $1 AND brand_id = $2
         ORDER BY lesson_at LIMIT $3 FOR UPDATE SKIP LOCKED"
    } else {
        "SELECT shipment_id, journey, ended, forecasts, lesson_at FROM estimates WHERE learn_at = $1 AND brand_id = $2
         ORDER BY lesson_at LIMIT $3"
    };
    let rows = fetch_all!(conn, LessonRow, sql, learn_at, brand.0, TOGETHER)?;
    let is_all = i64::try_from(rows.len()).unwrap_or(TOGETHER) < TOGETHER;
    let horizon = rows.last().filter(|_| !is_all).map_or(i64::MAX, |(.., lesson_at)| *lesson_at);
    let pupil = |(shipment, journey, ended, forecasts, _): LessonRow| {
        Ok(Pupil {
            shipment,
            journey: read_json(&journey)?,
            end: ended.as_deref().map(read_json).transpose()?,
            forecasts: read_json(&forecasts)?,
            is_learnt: false,
        })
    };
    Ok((rows.into_iter().map(pupil).collect::<Result<_>>()?, horizon))
}

fn learn(history: &mut History, pupils: &mut [Pupil], horizon: i64, now: Timestamp) {
    let next = |pupil: &Pupil| {
        let lesson = lessons::next(&pupil.journey, pupil.end, &lessons::told(&pupil.forecasts));
        lesson.filter(|lesson| lesson.at().seconds() <= horizon && ripe_at(*lesson) <= now)
    };
    let order = |position: usize, pupil: &Pupil, lesson: Lesson| {
        let is_end = matches!(lesson, Lesson::Ended(_));
        (lesson.at().seconds(), is_end, pupil.journey.parcel.hash, position)
    };
    let waiting = pupils.iter().enumerate().filter_map(|(at, pupil)| Some(order(at, pupil, next(pupil)?)));
    let mut waiting: BTreeSet<_> = waiting.collect();
    while let Some((.., position)) = waiting.pop_first() {
        let pupil = &mut pupils[position];
        let Some(lesson) = next(pupil) else { continue };
        lessons::learn(history, &pupil.journey, lesson, &mut pupil.forecasts);
        if matches!(lesson, Lesson::Ended(_)) {
            pupil.is_learnt = true;
        } else if let Some(lesson) = next(pupil) {
            waiting.insert(order(position, pupil, lesson));
        }
    }
}

/// Forgets all that was learnt, so that it is learnt again from the parcels that are kept, from the first on.
pub async fn unlearn(conn: &mut Conn) -> Result<()> {
    execute!(conn, "DELETE FROM lane_statistics")?;
    execute!(conn, "UPDATE brands SET learnt = learnt + 1")?;
    execute!(conn, "UPDATE estimates SET forecasts = '[]', is_learnt = $1, learn_at = 0, lesson_at = 0", false)?;
    Ok(())
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(error.to_string()))
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Broken(error.to_string()))
}

/// A variant by the name it has in JSON.
fn word<T: Serialize>(value: &T) -> Result<String> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

fn read_word<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_value(text.into()).map_err(|error| StoreError::Broken(error.to_string()))
}
