//! From all events of a shipment to its summary, and to the pages that would differ now.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::orders::{BrandId, OrderId, ShipmentId};
use crate::places;
use crate::sources::{EstimateDraft, Expected};
use crate::tracking::calendar::Calendar;
use crate::tracking::estimate::known::{Known, start_of};
use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::incident::{self, IncidentFacts};
use crate::tracking::progress::OrderSteps;
use crate::tracking::summary::{Claims, Summary, summarise};

use super::super::estimates::{self, EstimateColumns, Kept};
use super::super::incidents::{self, FoldSettings};
use super::super::{Conn, Result, StoreError, execute, fetch_optional, instant, micros};
use super::estimate::Foretelling;
use super::events::events_for;
use super::touch_order;

/// What the fold needs to know of the order a shipment belongs to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrderFacts {
    pub steps: OrderSteps,
    pub promised: Option<EstimateDraft>,
    pub ship_by: Option<Date>,
}

#[derive(Default, sqlx::FromRow)]
struct FactsRow {
    placed_at: Option<i64>,
    paid_at: Option<i64>,
    picked_at: Option<i64>,
    packed_at: Option<i64>,
    cancelled_at: Option<i64>,
    promised_earliest: Option<String>,
    promised_latest: Option<String>,
    ship_by: Option<String>,
}

impl FactsRow {
    fn read(self) -> OrderFacts {
        OrderFacts {
            steps: OrderSteps {
                placed_at: self.placed_at.map(instant),
                paid_at: self.paid_at.map(instant),
                picked_at: self.picked_at.map(instant),
                packed_at: self.packed_at.map(instant),
                cancelled_at: self.cancelled_at.map(instant),
            },
            promised: promised(self.promised_earliest.as_deref(), self.promised_latest.as_deref()),
            ship_by: self.ship_by.and_then(|day| day.parse().ok()),
        }
    }
}

pub async fn order_facts(conn: &mut Conn, brand: BrandId, order: OrderId) -> Result<OrderFacts> {
    let row = fetch_optional!(
        conn,
        FactsRow,
        "SELECT placed_at, paid_at, picked_at, packed_at, cancelled_at, promised_earliest, promised_latest, ship_by
         FROM orders WHERE brand_id = $1 AND order_id = $2",
        brand.0,
        order.0,
    )?;
    Ok(row.map_or_else(OrderFacts::default, FactsRow::read))
}

/// A promise as the store keeps it. `None` where neither end is known.
pub fn promised(earliest: Option<&str>, latest: Option<&str>) -> Option<EstimateDraft> {
    let day = |text: Option<&str>| text.and_then(|text| text.parse().ok()).map(Expected::Day);
    let draft = EstimateDraft { earliest: day(earliest), latest: day(latest) };
    (draft.earliest.is_some() || draft.latest.is_some()).then_some(draft)
}

#[derive(sqlx::FromRow)]
struct RefoldRow {
    order_id: Option<Uuid>,
    claims: String,
    carrier: Option<String>,
    created_at: i64,
    fold_settings: Option<String>,
    destination_country: Option<String>,
    destination_region: Option<String>,
    service: Option<String>,
    fulfilment_centre: Option<String>,
    learnt: Option<i64>,
    incidents: i64,
    document: Option<String>,
    check_at: Option<i64>,
    #[sqlx(flatten)]
    facts: FactsRow,
    #[sqlx(flatten)]
    estimate: EstimateColumns,
}

/// Folds all events of a shipment anew and keeps the summary with its incidents. True when the page would differ.
pub async fn refold(conn: &mut Conn, brand: BrandId, shipment: ShipmentId, now: Timestamp) -> Result<bool> {
    refold_told(conn, brand, shipment, false, now).await
}

/// The same, where it may have been said in this transaction that the page differs.
pub(super) async fn refold_told(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    is_touched: bool,
    now: Timestamp,
) -> Result<bool> {
    // All that stands beside the events in one statement: a batch of deliveries is so many of these.
    let row = fetch_optional!(
        conn,
        RefoldRow,
        "SELECT shipments.order_id, claims, carrier, shipments.created_at, fold_settings, destination_country, destination_region,
            service, fulfilment_centre, placed_at, paid_at, picked_at, packed_at, cancelled_at, promised_earliest, promised_latest, ship_by,
            summaries.document, summaries.check_at,
            (SELECT COUNT(*) FROM incidents WHERE incidents.brand_id = shipments.brand_id AND incidents.shipment_id = shipments.shipment_id) AS incidents,
            learnt, lane, journey, walked, ended, forecasts, is_learnt, learn_at, orders.estimate AS before_shipping
         FROM shipments LEFT JOIN brands ON brands.brand_id = shipments.brand_id
            LEFT JOIN summaries ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
            LEFT JOIN estimates ON estimates.brand_id = shipments.brand_id AND estimates.shipment_id = shipments.shipment_id
            LEFT JOIN orders ON orders.brand_id = shipments.brand_id AND orders.order_id = shipments.order_id
         WHERE shipments.brand_id = $1 AND shipments.shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    let Some(mut row) = row else { return Ok(false) };
    let order_id = row.order_id;
    let claims: Claims = serde_json::from_str(&row.claims).map_err(|error| StoreError::Broken(error.to_string()))?;
    let facts = std::mem::take(&mut row.facts).read();
    let kept_summary = row.document.take().map(|document| (document, row.check_at));
    let events = events_for(conn, brand, shipment).await?;
    let mut summary = summarise(&events, &claims, facts.promised.as_ref(), &facts.steps, now);
    let settings = row.fold_settings.as_deref().map(FoldSettings::read).transpose()?.unwrap_or_default();
    let surroundings = surroundings(&row, &claims, &settings);
    let kept = Kept::read(conn, brand, shipment, std::mem::take(&mut row.estimate)).await?;
    let history = estimates::history(conn, brand, row.learnt.unwrap_or(0)).await?;
    let ledger = foretell(&row, &claims, &facts, &surroundings, shipment).up_to(now, &events, &history, &kept);
    kept.update(conn, brand, shipment, &ledger, now).await?;
    summary.foretell(&ledger, facts.promised.as_ref());
    let due = incident::due(&summary, &surroundings, &settings.incidents, now);
    let check_at = incident::next_check(&summary, &surroundings, &settings.incidents, now);
    let check_at = check_at.into_iter().chain(next_day(&summary, &events, &surroundings, now)).min();
    if row.incidents > 0 || !due.is_empty() {
        summary.incidents = incidents::keep(conn, brand, shipment, row.carrier.as_deref(), &summary, &due, now).await?;
    }
    let changed = write_summary(conn, brand, shipment, &summary, kept_summary, check_at, now).await?;
    if changed && !is_touched {
        touch(conn, brand, shipment, order_id, now).await?;
    }
    if let Some(until) = summary.hidden_until {
        super::super::changes::schedule_refold(conn, brand, shipment, until).await?;
    }
    Ok(changed)
}

/// All that is known of a parcel but its events.
fn foretell(
    row: &RefoldRow,
    claims: &Claims,
    facts: &OrderFacts,
    surroundings: &IncidentFacts,
    shipment: ShipmentId,
) -> Foretelling {
    let known = Known {
        id: &shipment.0.to_string(),
        carrier: row.carrier.as_deref(),
        service: row.service.as_deref(),
        claims,
        sent_from: row.fulfilment_centre.as_deref(),
        country: row.destination_country.as_deref(),
        region: row.destination_region.as_deref(),
        zone: &surroundings.zone,
        placed_at: facts.steps.placed_at,
        ship_by: facts.ship_by,
        promised: facts.promised.as_ref(),
        told_at: instant(row.created_at),
    };
    Foretelling { journey: known.journey(), zone: surroundings.zone.clone(), cancelled_at: facts.steps.cancelled_at }
}

/// When the window is over, or an event begins to count that is told ahead of its time.
fn next_day(
    summary: &Summary,
    events: &[TrackingEvent],
    surroundings: &IncidentFacts,
    now: Timestamp,
) -> Option<Timestamp> {
    let over = summary.window.and_then(|window| window.latest.tomorrow().ok());
    let over = over.map(|day| start_of(day, &surroundings.zone));
    let ahead = events.iter().map(TrackingEvent::sort_instant);
    ahead.chain(over).filter(|at| *at > now).min()
}

/// Where the parcel goes, as far as the rules of incidents ask: the order's own destination before what carriers say.
fn surroundings(row: &RefoldRow, claims: &Claims, settings: &FoldSettings) -> IncidentFacts {
    let ordered = EventPlace {
        region: row.destination_region.clone(),
        country: row.destination_country.clone(),
        ..EventPlace::default()
    };
    let told = claims.destination.as_ref();
    let country = ordered.country.as_deref().or(told.and_then(|place| place.country.as_deref()));
    IncidentFacts {
        calendar: Calendar::of_country(country.or(settings.region.as_deref()).unwrap_or_default()),
        zone: zone_of(told, &ordered, settings),
        pickup_until: claims.pickup_until,
        told_at: Some(instant(row.created_at)),
    }
}

/// The zone by whose days the shopper counts.
pub(super) fn zone_of(told: Option<&EventPlace>, ordered: &EventPlace, settings: &FoldSettings) -> TimeZone {
    let zone = told.and_then(places::time_zone).or_else(|| places::time_zone(ordered));
    let zone = zone.or(settings.time_zone.as_deref()).and_then(|name| TimeZone::get(name).ok());
    zone.unwrap_or(TimeZone::UTC)
}

async fn write_summary(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    summary: &Summary,
    known: Option<(String, Option<i64>)>,
    check_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool> {
    let document = serde_json::to_string(summary).map_err(|error| StoreError::Broken(error.to_string()))?;
    let check_at = check_at.map(micros);
    if let Some((known, known_check_at)) = known
        && known == document
    {
        if known_check_at != check_at {
            execute!(
                conn,
                "UPDATE summaries SET check_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
                brand.0,
                shipment.0,
                check_at,
            )?;
        }
        return Ok(false);
    }
    let delivered_at = summary.progress.delivered_at.map(|time| micros(time.sort_instant()));
    let last_event_at = summary.events.last().map(|shown| micros(shown.event.time.sort_instant()));
    execute!(
        conn,
        "INSERT INTO summaries (brand_id, shipment_id, status, delivered_at, last_event_at, document, folded_at, check_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (brand_id, shipment_id) DO UPDATE SET status = excluded.status, delivered_at = excluded.delivered_at,
            last_event_at = excluded.last_event_at, document = excluded.document, folded_at = excluded.folded_at,
            check_at = excluded.check_at",
        brand.0,
        shipment.0,
        summary.progress.status.to_string(),
        delivered_at,
        last_event_at,
        document,
        micros(now),
        check_at,
    )?;
    Ok(true)
}

/// Says that the page of a shipment, and of its order where it has one, would differ now.
async fn touch(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    order: Option<Uuid>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        conn,
        "UPDATE shipments SET version = version + 1, changed_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
        micros(now),
    )?;
    match order {
        Some(order) => touch_order(conn, brand, OrderId(order), now).await,
        None => Ok(()),
    }
}

/// Says that the page of a shipment, and of its order, would differ now.
pub async fn touch_shipment(conn: &mut Conn, brand: BrandId, shipment: ShipmentId, now: Timestamp) -> Result<()> {
    let order = fetch_optional!(
        conn,
        (Option<Uuid>,),
        "SELECT order_id FROM shipments WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    touch(conn, brand, shipment, order.and_then(|(order,)| order), now).await
}
