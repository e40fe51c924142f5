//! Incidents and what shoppers asked for because of them: opened and resolved by the fold, found by the index of due checks.
//!
//! Which rule fires when is decided in `tracking::incident`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::brand::Brand;
use crate::orders::{BrandId, ShipmentId};
use crate::tracking::incident::{self, Incident, IncidentKind, Level, OpenIncident, PastSilence, Rules, Usually};
use crate::tracking::summary::Summary;
use crate::tracking::way_out::{AnswerState, Request, WayOut};

use super::seal::Vault;
use super::{Conn, Result, StoreError, execute, fetch_all, fetch_optional, instant, micros};

/// A parcel whose fold fails is left alone for so long.
const PUT_OFF: SignedDuration = SignedDuration::from_hours(1);

/// What the fold needs to know of a brand, as it is kept beside its published version.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FoldSettings {
    /// ISO 3166 country that an order without a destination is sent to.
    pub region: Option<String>,
    /// IANA zone of days whose place is unknown.
    pub time_zone: Option<String>,
    pub incidents: Rules,
}

impl FoldSettings {
    pub fn of(brand: &Brand) -> FoldSettings {
        FoldSettings {
            region: Some(brand.region.clone()),
            time_zone: Some(brand.time_zone.clone()),
            incidents: brand.incidents.rules.clone(),
        }
    }

    pub(super) fn read(text: &str) -> Result<FoldSettings> {
        serde_json::from_str(text).map_err(|error| StoreError::Broken(error.to_string()))
    }
}

/// Keeps a brand's settings. Where they differ from before, its parcels are all looked at again.
pub(super) async fn keep_settings(conn: &mut Conn, brand: BrandId, settings: &FoldSettings) -> Result<()> {
    let text = serde_json::to_string(settings).map_err(|error| StoreError::Broken(error.to_string()))?;
    let changed = execute!(
        conn,
        "UPDATE brands SET fold_settings = $2 WHERE brand_id = $1 AND fold_settings <> $2",
        brand.0,
        text,
    )?;
    if changed > 0 {
        execute!(conn, "UPDATE summaries SET check_at = 0 WHERE brand_id = $1", brand.0)?;
    }
    Ok(())
}

/// An incident as it is kept, open or resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRecord {
    pub kind: String,
    pub cause: String,
    pub level: String,
    pub began_at: Timestamp,
    pub opened_at: Timestamp,
    pub shown_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub usually: Option<Usually>,
}

#[derive(sqlx::FromRow)]
struct IncidentRow {
    kind: String,
    cause_key: String,
    level: String,
    began_at: i64,
    opened_at: i64,
    shown_at: Option<i64>,
    resolved_at: Option<i64>,
    usual_days: Option<i64>,
    usual_share: Option<i64>,
}

/// All incidents that a parcel ever had, oldest first.
pub async fn incidents_of(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Vec<IncidentRecord>> {
    let rows = fetch_all!(
        conn,
        IncidentRow,
        "SELECT kind, cause_key, level, began_at, opened_at, shown_at, resolved_at, usual_days, usual_share FROM incidents
         WHERE brand_id = $1 AND shipment_id = $2 ORDER BY opened_at, kind, cause_key",
        brand.0,
        shipment.0,
    )?;
    let read = |row: IncidentRow| IncidentRecord {
        kind: row.kind,
        cause: row.cause_key,
        level: row.level,
        began_at: instant(row.began_at),
        opened_at: instant(row.opened_at),
        shown_at: row.shown_at.map(instant),
        resolved_at: row.resolved_at.map(instant),
        usually: row.usual_days.zip(row.usual_share).map(|(days, share)| Usually { days, share }),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Opens what is due and was not open, resolves what is due no longer. Gives what the shopper is to be told, worst first.
///
/// A cause that comes back (a late scan said otherwise for a while) opens its old row again: it never fires twice.
pub(super) async fn keep(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    carrier: Option<&str>,
    summary: &Summary,
    due: &[Incident],
    now: Timestamp,
) -> Result<Vec<OpenIncident>> {
    let known = incidents_of(conn, brand, shipment).await?;
    for gone in known.iter().filter(|known| known.resolved_at.is_none() && !due.iter().any(|due| is_same(known, due))) {
        execute!(
            conn,
            "UPDATE incidents SET resolved_at = $5, moved_at = $6
             WHERE brand_id = $1 AND shipment_id = $2 AND kind = $3 AND cause_key = $4",
            brand.0,
            shipment.0,
            gone.kind.as_str(),
            gone.cause.as_str(),
            micros(now),
            incident::goes_well(summary).then(|| micros(now)),
        )?;
    }
    let mut told = Vec::new();
    for found in due {
        let before = known.iter().find(|known| is_same(known, found));
        let opened_at = before.map_or(now, |before| before.opened_at);
        let is_told = found.level >= Level::Tell;
        let shown_at = before.and_then(|before| before.shown_at).or(is_told.then_some(now));
        let spot = incident::spot_of(found.kind, summary, carrier);
        // Said once, when it is first told: a page that changes its mind about the usual case calms nobody.
        let usually = match (before.filter(|before| before.shown_at.is_some()), &spot) {
            (Some(before), _) => before.usually,
            (None, Some(spot)) if is_told => usual_end(conn, brand, found.kind, spot, opened_at, now).await?,
            (None, _) => None,
        };
        let holds = before.is_some_and(|before| {
            before.level == found.level.as_str() && before.resolved_at.is_none() && before.shown_at == shown_at
        });
        if !holds {
            execute!(
                conn,
                "INSERT INTO incidents (brand_id, shipment_id, kind, cause_key, level, began_at, opened_at, shown_at, spot,
                    usual_days, usual_share) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT (brand_id, shipment_id, kind, cause_key) DO UPDATE SET level = excluded.level,
                    shown_at = excluded.shown_at, usual_days = excluded.usual_days, usual_share = excluded.usual_share,
                    resolved_at = NULL, moved_at = NULL",
                brand.0,
                shipment.0,
                found.kind.as_str(),
                found.cause.as_str(),
                found.level.as_str(),
                micros(found.began_at),
                micros(opened_at),
                shown_at.map(micros),
                spot,
                usually.map(|usually| usually.days),
                usually.map(|usually| usually.share),
            )?;
        }
        if is_told {
            told.push(OpenIncident {
                kind: found.kind,
                level: found.level,
                cause: found.cause.clone(),
                began_at: found.began_at,
                opened_at,
                usually,
                request: None,
            });
        }
    }
    if !told.is_empty() {
        let requests = requests_of(conn, brand, shipment).await?;
        for incident in &mut told {
            let own =
                requests.iter().find(|(kind, cause, _)| *kind == incident.kind.as_str() && *cause == incident.cause);
            incident.request = own.map(|(_, _, request)| *request);
        }
    }
    Ok(told)
}

/// Silences of the past that speak for a new one.
const MOST_REMEMBERED: i64 = 300;

/// How silences at this spot ended before.
async fn usual_end(
    conn: &mut Conn,
    brand: BrandId,
    kind: IncidentKind,
    spot: &str,
    opened_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Usually>> {
    let rows = fetch_all!(
        conn,
        (i64, Option<i64>),
        "SELECT opened_at, moved_at FROM incidents WHERE brand_id = $1 AND kind = $2 AND spot = $3
         ORDER BY opened_at DESC LIMIT $4",
        brand.0,
        kind.as_str(),
        spot,
        MOST_REMEMBERED,
    )?;
    let past: Vec<PastSilence> = rows
        .into_iter()
        .map(|(opened_at, moved_at)| PastSilence { opened_at: instant(opened_at), moved_at: moved_at.map(instant) })
        .collect();
    Ok(incident::usually(&past, now.duration_since(opened_at), now))
}

fn is_same(known: &IncidentRecord, incident: &Incident) -> bool {
    known.kind == incident.kind.as_str() && known.cause == incident.cause
}

type RequestRow = (String, String, String, String, String);

/// What the shopper asked for, by kind and cause.
async fn requests_of(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Vec<(String, String, Request)>> {
    let rows = fetch_all!(
        conn,
        RequestRow,
        "SELECT kind, cause_key, action, state, answer_by FROM incident_answers WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    rows.into_iter()
        .map(|(kind, cause, action, state, answer_by)| {
            let unreadable = || StoreError::Broken(format!("{action:?}, {state:?} or {answer_by:?} is not known here"));
            let request = Request {
                way_out: WayOut::read(&action).ok_or_else(unreadable)?,
                state: AnswerState::read(&state).ok_or_else(unreadable)?,
                answer_by: answer_by.parse().map_err(|_| unreadable())?,
            };
            Ok((kind, cause, request))
        })
        .collect()
}

/// The incident that a request is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub brand: BrandId,
    pub shipment: ShipmentId,
    pub kind: IncidentKind,
    pub cause: &'a str,
}

/// Keeps a request, once an incident: asking again changes nothing. True when it is the first.
pub async fn keep_request(
    conn: &mut Conn,
    vault: &Vault,
    about: About<'_>,
    request: &Request,
    text: &str,
    now: Timestamp,
) -> Result<bool> {
    let kept = execute!(
        conn,
        "INSERT INTO incident_answers (brand_id, shipment_id, kind, cause_key, action, sealed, state, answer_by, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         ON CONFLICT (brand_id, shipment_id, kind, cause_key) DO NOTHING",
        about.brand.0,
        about.shipment.0,
        about.kind.as_str(),
        about.cause,
        request.way_out.as_str(),
        vault.seal(b"incident answer", about.shipment.0.as_bytes(), text.as_bytes()),
        request.state.as_str(),
        request.answer_by.to_string(),
        micros(now),
    )?;
    Ok(kept > 0)
}

/// Whether any parcel is due to be looked at: asked before a write is begun for it.
pub async fn has_due(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT check_at FROM summaries WHERE check_at <= $1 ORDER BY check_at LIMIT 1",
        micros(now),
    )?;
    Ok(row.is_some())
}

/// Claims up to `most` parcels that are due, longest first. The fold that follows in the same transaction says when next.
pub async fn claim_due(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<(BrandId, ShipmentId)>> {
    let sql = if conn.is_postgres() {
        "UPDATE summaries SET check_at = NULL WHERE (brand_id, shipment_id) IN (SELECT brand_id, shipment_id FROM summaries
            WHERE check_at <= $1 ORDER BY check_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING brand_id, shipment_id"
    } else {
        "UPDATE summaries SET check_at = NULL WHERE (brand_id, shipment_id) IN (SELECT brand_id, shipment_id FROM summaries
            WHERE check_at <= $1 ORDER BY check_at LIMIT $2) RETURNING brand_id, shipment_id"
    };
    let rows = fetch_all!(conn, (Uuid, Uuid), sql, micros(now), most)?;
    Ok(rows.into_iter().map(|(brand, shipment)| (BrandId(brand), ShipmentId(shipment))).collect())
}

/// Leaves a parcel alone for a while: it must not hold up the others.
pub async fn put_off(conn: &mut Conn, brand: BrandId, shipment: ShipmentId, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE summaries SET check_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
        micros(now + PUT_OFF),
    )?;
    Ok(())
}
