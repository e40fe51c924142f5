//! From all events of a shipment to its summary, and to the pages that would differ now.

use std::collections::BTreeMap;

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
use crate::tracking::summary::{Summary, summarise};

use super::super::incidents::{self, FoldSettings};
use super::super::{Conn, Result, StoreError, execute, fetch_optional, instant, micros};
use super::estimate::Foretelling;
use super::hand::{Hand, Place};
use super::parcel::Parcel;
use super::touch_order;

/// What the fold needs to know of the order a shipment belongs to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrderFacts {
    pub steps: OrderSteps,
    pub promised: Option<EstimateDraft>,
    pub ship_by: Option<Date>,
}

#[derive(Default, sqlx::FromRow)]
pub(super) struct FactsRow {
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
    fn read(&self) -> OrderFacts {
        OrderFacts {
            steps: OrderSteps {
                placed_at: self.placed_at.map(instant),
                paid_at: self.paid_at.map(instant),
                picked_at: self.picked_at.map(instant),
                packed_at: self.packed_at.map(instant),
                cancelled_at: self.cancelled_at.map(instant),
            },
            promised: promised(self.promised_earliest.as_deref(), self.promised_latest.as_deref()),
            ship_by: self.ship_by.as_deref().and_then(|day| day.parse().ok()),
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
    Ok(row.as_ref().map_or_else(OrderFacts::default, FactsRow::read))
}

/// A promise as the store keeps it. `None` where neither end is known.
pub fn promised(earliest: Option<&str>, latest: Option<&str>) -> Option<EstimateDraft> {
    let day = |text: Option<&str>| text.and_then(|text| text.parse().ok()).map(Expected::Day);
    let draft = EstimateDraft { earliest: day(earliest), latest: day(latest) };
    (draft.earliest.is_some() || draft.latest.is_some()).then_some(draft)
}

/// Folds parcels of any brands anew. Gives how many pages would differ.
pub async fn refold_all(conn: &mut Conn, parcels: &[(BrandId, ShipmentId)], now: Timestamp) -> Result<usize> {
    let mut by_brand: BTreeMap<Uuid, Vec<ShipmentId>> = BTreeMap::new();
    for (brand, shipment) in parcels {
        by_brand.entry(brand.0).or_default().push(*shipment);
    }
    let mut changed = 0;
    for (brand, shipments) in by_brand {
        changed += refold(conn, BrandId(brand), &shipments, now).await?;
    }
    Ok(changed)
}

/// Folds all events of these parcels anew and keeps their summaries with their incidents. Gives how many pages would differ.
pub async fn refold(conn: &mut Conn, brand: BrandId, shipments: &[ShipmentId], now: Timestamp) -> Result<usize> {
    let mut hand = Hand::open(conn, brand, now).await?;
    let ids: Vec<Uuid> = shipments.iter().map(|shipment| shipment.0).collect();
    hand.pick_up(conn, &ids).await?;
    let mut changed = 0;
    for shipment in shipments {
        // It may have been forgotten meanwhile.
        if let Some(at) = hand.place_of(*shipment) {
            changed += usize::from(fold(conn, &mut hand, at).await?);
        }
    }
    hand.put_down(conn).await?;
    Ok(changed)
}

/// Folds a parcel in hand. True when the page would differ.
pub(super) async fn fold(conn: &mut Conn, hand: &mut Hand, at: Place) -> Result<bool> {
    hand.make_way().await;
    let (brand, now) = (hand.brand, hand.now);
    let (parcel, settings, history) = hand.parcel_and_brand(at);
    let facts = parcel.order.facts.read();
    let mut summary = summarise(&parcel.events, &parcel.claims, facts.promised.as_ref(), &facts.steps, now);
    let surroundings = surroundings(parcel, settings);
    let foretelling = foretell(parcel, &facts, &surroundings);
    let ledger = foretelling.up_to(now, &parcel.events, history, &parcel.ledger);
    parcel.ledger.take(&ledger, now)?;
    summary.foretell(&ledger, facts.promised.as_ref());
    let due = incident::due(&summary, &surroundings, &settings.incidents, now);
    let check_at = incident::next_check(&summary, &surroundings, &settings.incidents, now);
    let check_at = check_at.into_iter().chain(next_day(&summary, &parcel.events, &surroundings, now)).min();
    if parcel.has_incidents || !due.is_empty() {
        let carrier = parcel.description.carrier.as_deref();
        summary.incidents = incidents::keep(conn, brand, parcel.id, carrier, &summary, &due, now).await?;
        parcel.has_incidents = true;
    }
    if let Some(until) = summary.hidden_until {
        super::super::changes::schedule_refold(conn, brand, parcel.id, until).await?;
    }
    let changed = keep_summary(parcel, summary, check_at.map(micros))?;
    if changed {
        hand.touch(at);
    }
    Ok(changed)
}

/// True when it differs from what was kept.
fn keep_summary(parcel: &mut Parcel, summary: Summary, check_at: Option<i64>) -> Result<bool> {
    let document = serde_json::to_string(&summary).map_err(|error| StoreError::Broken(error.to_string()))?;
    let is_new = parcel.document.as_ref() != Some(&document);
    parcel.pending.is_check_moved |= parcel.check_at != check_at;
    parcel.check_at = check_at;
    if is_new {
        parcel.document = Some(document);
        parcel.pending.summary = Some(summary);
    }
    Ok(is_new)
}

/// All that is known of a parcel but its events.
fn foretell(parcel: &Parcel, facts: &OrderFacts, surroundings: &IncidentFacts) -> Foretelling {
    let known = Known {
        id: &parcel.id.0.to_string(),
        carrier: parcel.description.carrier.as_deref(),
        service: parcel.description.service.as_deref(),
        claims: &parcel.claims,
        sent_from: parcel.order.fulfilment_centre.as_deref(),
        country: parcel.order.destination_country.as_deref(),
        region: parcel.order.destination_region.as_deref(),
        zone: &surroundings.zone,
        placed_at: facts.steps.placed_at,
        ship_by: facts.ship_by,
        promised: facts.promised.as_ref(),
        told_at: parcel.told_at(),
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
fn surroundings(parcel: &Parcel, settings: &FoldSettings) -> IncidentFacts {
    let ordered = EventPlace {
        region: parcel.order.destination_region.clone(),
        country: parcel.order.destination_country.clone(),
        ..EventPlace::default()
    };
    let told = parcel.claims.destination.as_ref();
    let country = ordered.country.as_deref().or(told.and_then(|place| place.country.as_deref()));
    IncidentFacts {
        calendar: Calendar::of_country(country.or(settings.region.as_deref()).unwrap_or_default()),
        zone: zone_of(told, &ordered, settings),
        pickup_until: parcel.claims.pickup_until,
        told_at: Some(parcel.told_at()),
    }
}

/// The zone by whose days the shopper counts.
pub(super) fn zone_of(told: Option<&EventPlace>, ordered: &EventPlace, settings: &FoldSettings) -> TimeZone {
    let zone = told.and_then(places::time_zone).or_else(|| places::time_zone(ordered));
    let zone = zone.or(settings.time_zone.as_deref()).and_then(|name| TimeZone::get(name).ok());
    zone.unwrap_or(TimeZone::UTC)
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
