//! The ledger of each parcel: as the store has it, as it is to be, and what differs.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::orders::{BrandId, ShipmentId};
use crate::tracking::calendar::Moment;
use crate::tracking::estimate::evidence::Stage;
use crate::tracking::estimate::known::learnt_at;
use crate::tracking::estimate::ledger::{Ledger, Revision, Walked};
use crate::tracking::estimate::lessons;
use crate::tracking::estimate::{Basis, Estimate, Journey};

use super::super::rows::{fetch_among, insert_rows};
use super::super::{Conn, Result, StoreError, execute, micros};
use super::{BeforeShipping, EstimateColumns, json, read_json, read_word, ripe_at, word};

/// As much of a forecast as tells what was learnt already.
#[derive(Deserialize)]
struct Told {
    stage: Stage,
    since: Moment,
}

/// A parcel's ledger: as the store has it, and as it is to be.
pub(in crate::store) struct Kept {
    columns: EstimateColumns,
    before: Option<BeforeShipping>,
    /// The ledger's own, without what was said of the order before.
    revisions: Vec<Revision>,
    walked: Walked,
    lesson_at: i64,
    is_changed: bool,
    stored: Vec<Revision>,
}

impl Kept {
    pub(in crate::store) fn read(columns: EstimateColumns, stored: Vec<Revision>) -> Result<Kept> {
        let walked: Walked = columns.walked.as_deref().map(read_json).transpose()?.unwrap_or_default();
        let before = columns.before_shipping.as_deref().map(BeforeShipping::read).transpose()?;
        Ok(Kept { columns, before, revisions: stored.clone(), walked, lesson_at: 0, is_changed: false, stored })
    }

    /// The end was learnt: nothing more is said of the way there.
    pub(in crate::store) fn is_closed(&self) -> bool {
        self.columns.is_learnt == Some(true)
    }

    /// What to go on from: the ledger so far, or what was said of the order.
    pub(in crate::store) fn said(&self) -> (&[Revision], &Walked) {
        match self.before.as_ref().filter(|_| self.walked == Walked::default()) {
            Some(before) => (&before.revisions, &before.walked),
            None => (&self.revisions, &self.walked),
        }
    }

    /// The parcel was found to be of an order, of which something was said before.
    pub(in crate::store) fn goes_on_from(&mut self, before_shipping: Option<&str>) -> Result<()> {
        self.before = before_shipping.map(BeforeShipping::read).transpose()?;
        Ok(())
    }

    /// Takes what was foretold now in the place of what was kept.
    pub(in crate::store) fn take(&mut self, ledger: &Ledger, now: Timestamp) -> Result<()> {
        self.revisions.clone_from(&ledger.revisions);
        self.walked.clone_from(&ledger.walked);
        let told: Vec<Told> = self.columns.forecasts.as_deref().map(read_json).transpose()?.unwrap_or_default();
        let told: Vec<(Stage, Moment)> = told.into_iter().map(|told| (told.stage, told.since)).collect();
        let lesson = lessons::next(&ledger.journey, ledger.end, &told).filter(|_| !self.is_closed());
        let due = lesson.map(|lesson| micros(ripe_at(lesson).max(learnt_at(now))));
        let known = &mut self.columns;
        // What waits already does not wait longer because something more was heard.
        let learn_at = due.map(|due| known.learn_at.map_or(due, |known| known.min(due)));
        let lane = lane_of(&ledger.journey);
        let (journey, walked) = (json(&ledger.journey)?, json(&ledger.walked)?);
        let ended = ledger.end.as_ref().map(json).transpose()?;
        let is_same = known.lane.as_ref() == Some(&lane)
            && known.journey.as_ref() == Some(&journey)
            && known.walked.as_ref() == Some(&walked)
            && known.ended == ended
            && known.learn_at == learn_at;
        if !is_same {
            (known.lane, known.journey, known.walked) = (Some(lane), Some(journey), Some(walked));
            (known.ended, known.learn_at) = (ended, learn_at);
            self.lesson_at = lesson.map_or(0, |lesson| lesson.at().seconds());
            self.is_changed = true;
        }
        Ok(())
    }
}

/// Writes what differs from what the store has.
pub(in crate::store) async fn write_kept(
    conn: &mut Conn,
    brand: BrandId,
    parcels: &[(ShipmentId, &Kept)],
) -> Result<()> {
    write_revisions(conn, brand, parcels).await?;
    let changed: Vec<&(ShipmentId, &Kept)> = parcels.iter().filter(|(_, kept)| kept.is_changed).collect();
    insert_rows!(
        conn,
        "INSERT INTO estimates (brand_id, shipment_id, lane, journey, walked, ended, learn_at, lesson_at)",
        &changed,
        |parcel| [
            brand.0,
            parcel.0.0,
            parcel.1.columns.lane.as_deref(),
            parcel.1.columns.journey.as_deref(),
            parcel.1.columns.walked.as_deref(),
            parcel.1.columns.ended.as_deref(),
            parcel.1.columns.learn_at,
            parcel.1.lesson_at,
        ],
        "ON CONFLICT (brand_id, shipment_id) DO UPDATE SET lane = excluded.lane, journey = excluded.journey,
            walked = excluded.walked, ended = excluded.ended, learn_at = excluded.learn_at, lesson_at = excluded.lesson_at"
    );
    Ok(())
}

/// As `estimate report` groups parcels: "ups US-CA→US-NY".
fn lane_of(journey: &Journey) -> String {
    let lane = &journey.parcel.lane;
    match &lane.carrier {
        Some(carrier) => format!("{carrier} {}", lane.label()),
        None => lane.label(),
    }
}

#[derive(sqlx::FromRow)]
struct RevisionRow {
    shipment_id: Uuid,
    made_at: String,
    cause: String,
    reason: String,
    earliest: String,
    latest: String,
    most_likely: String,
    confidence: i64,
    basis: String,
    level: Option<String>,
    stage: Option<String>,
    samples: Option<i64>,
    is_overdue: bool,
    error_days: Option<i64>,
}

/// The ledgers of these parcels, each oldest first.
pub(in crate::store) async fn revisions_among(
    conn: &mut Conn,
    brand: BrandId,
    shipments: &[Uuid],
) -> Result<HashMap<ShipmentId, Vec<Revision>>> {
    let rows = fetch_among!(
        conn,
        RevisionRow,
        "SELECT shipment_id, made_at, cause, reason, earliest, latest, most_likely, confidence, basis, level, stage, samples,
            is_overdue, error_days FROM estimate_revisions WHERE brand_id = $1 AND shipment_id IN ",
        [brand.0],
        shipments,
        " ORDER BY shipment_id, position"
    );
    let mut ledgers: HashMap<ShipmentId, Vec<Revision>> = HashMap::new();
    for row in rows {
        ledgers.entry(ShipmentId(row.shipment_id)).or_default().push(revision_from_row(row)?);
    }
    Ok(ledgers)
}

/// The ledger of a parcel, oldest first.
pub async fn revisions_of(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Vec<Revision>> {
    Ok(revisions_among(conn, brand, &[shipment.0]).await?.remove(&shipment).unwrap_or_default())
}

fn revision_from_row(row: RevisionRow) -> Result<Revision> {
    let unreadable = |what: &str| StoreError::Broken(format!("{what:?} cannot be read in a ledger"));
    let day = |text: &str| text.parse().map_err(|_| unreadable(text));
    let basis = match (row.basis.as_str(), row.level, row.stage, row.samples) {
        ("carrier", ..) => Basis::Carrier,
        ("merchant_promise", ..) => Basis::MerchantPromise,
        ("lane", Some(level), Some(stage), Some(samples)) => Basis::Lane {
            level: read_word(&level)?,
            stage: read_word(&stage)?,
            samples: usize::try_from(samples).unwrap_or(0),
        },
        (other, ..) => return Err(unreadable(other)),
    };
    Ok(Revision {
        at: row.made_at.parse().map_err(|_| unreadable(&row.made_at))?,
        cause: row.cause,
        reason: read_word(&row.reason)?,
        estimate: Estimate {
            earliest: day(&row.earliest)?,
            latest: day(&row.latest)?,
            most_likely: day(&row.most_likely)?,
            confidence: row.confidence as f32 / 100.0,
            basis,
            is_overdue: row.is_overdue,
        },
        error_days: row.error_days.and_then(|days| i32::try_from(days).ok()),
    })
}

/// A revision as its row holds it.
struct WrittenRevision<'a> {
    shipment: ShipmentId,
    position: usize,
    revision: &'a Revision,
    reason: String,
    basis: &'static str,
    level: Option<String>,
    stage: Option<String>,
    samples: Option<i64>,
}

impl<'a> WrittenRevision<'a> {
    fn of(shipment: ShipmentId, position: usize, revision: &'a Revision) -> Result<WrittenRevision<'a>> {
        let (basis, level, stage, samples) = match revision.estimate.basis {
            Basis::Carrier => ("carrier", None, None, None),
            Basis::MerchantPromise => ("merchant_promise", None, None, None),
            Basis::Lane { level, stage, samples } => {
                ("lane", Some(word(&level)?), Some(word(&stage)?), i64::try_from(samples).ok())
            }
        };
        let reason = word(&revision.reason)?;
        Ok(WrittenRevision { shipment, position, revision, reason, basis, level, stage, samples })
    }
}

async fn write_revisions(conn: &mut Conn, brand: BrandId, parcels: &[(ShipmentId, &Kept)]) -> Result<()> {
    let mut written = Vec::new();
    for (shipment, kept) in parcels {
        let new = kept.revisions.iter().enumerate().filter(|(position, new)| kept.stored.get(*position) != Some(new));
        for (position, revision) in new {
            written.push(WrittenRevision::of(*shipment, position, revision)?);
        }
        if kept.stored.len() > kept.revisions.len() {
            execute!(
                conn,
                "DELETE FROM estimate_revisions WHERE brand_id = $1 AND shipment_id = $2 AND position >= $3",
                brand.0,
                shipment.0,
                i64::try_from(kept.revisions.len()).unwrap_or(i64::MAX),
            )?;
        }
    }
    insert_rows!(
        conn,
        "INSERT INTO estimate_revisions (brand_id, shipment_id, position, made_at, cause, reason, earliest, latest, most_likely,
            confidence, basis, level, stage, samples, is_overdue, error_days, kept)",
        &written,
        |row| [
            brand.0,
            row.shipment.0,
            i64::try_from(row.position).unwrap_or(i64::MAX),
            row.revision.at.to_string(),
            row.revision.cause.as_str(),
            row.reason.as_str(),
            row.revision.estimate.earliest.to_string(),
            row.revision.estimate.latest.to_string(),
            row.revision.estimate.most_likely.to_string(),
            (row.revision.estimate.confidence * 100.0).round() as i64,
            row.basis,
            row.level.as_deref(),
            row.stage.as_deref(),
            row.samples,
            row.revision.estimate.is_overdue,
            row.revision.error_days.map(i64::from),
            row.revision.error_days.map(|days| days == 0),
        ],
        "ON CONFLICT (brand_id, shipment_id, position) DO UPDATE SET made_at = excluded.made_at, cause = excluded.cause,
            reason = excluded.reason, earliest = excluded.earliest, latest = excluded.latest,
            most_likely = excluded.most_likely, confidence = excluded.confidence, basis = excluded.basis,
            level = excluded.level, stage = excluded.stage, samples = excluded.samples, is_overdue = excluded.is_overdue,
            error_days = excluded.error_days, kept = excluded.kept"
    );
    Ok(())
}
