//! An export's orders and shipments as parcels: what a store would hold of them.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::orders::number::OrderNumber;
use crate::places;
use crate::sources::{OrderDraft, Parsed, ShipmentDraft, sort_events};
use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::incident::IncidentFacts;
use crate::tracking::progress::OrderSteps;
use crate::tracking::summary::Claims;

use super::super::calendar::Calendar;
use super::super::estimate::Journey;
use super::super::estimate::known::{Known, at_destination};

/// One parcel of an export, with what its order tells.
pub struct AuditParcel {
    pub name: String,
    pub order: OrderDraft,
    pub claims: Claims,
    pub events: Vec<TrackingEvent>,
    pub journey: Journey,
    pub surroundings: IncidentFacts,
}

impl AuditParcel {
    pub fn steps(&self) -> OrderSteps {
        OrderSteps {
            placed_at: self.order.placed_at,
            paid_at: self.order.paid_at,
            picked_at: self.order.picked_at,
            packed_at: self.order.packed_at,
            cancelled_at: self.order.cancelled_at,
        }
    }
}

/// Collects drafts of any number of files; the order in which they come says nothing.
#[derive(Default)]
pub struct Gathered {
    orders: HashMap<String, OrderDraft>,
    ids: HashMap<String, String>,
    shipments: BTreeMap<String, ShipmentDraft>,
    claims: HashMap<String, Claims>,
}

impl Gathered {
    pub fn add(&mut self, parsed: Parsed) {
        for order in parsed.orders {
            let Ok(number) = order.number.parse::<OrderNumber>() else { continue };
            if let Some(id) = &order.source_id {
                self.ids.insert(id.clone(), number.key().to_owned());
            }
            let newest = |known: &OrderDraft| known.updated_at <= order.updated_at;
            if self.orders.get(number.key()).is_none_or(newest) {
                self.orders.insert(number.key().to_owned(), order);
            }
        }
        for shipment in parsed.shipments {
            self.add_shipment(shipment);
        }
    }

    fn add_shipment(&mut self, shipment: ShipmentDraft) {
        let number =
            [Some(shipment.tracking_number.clone()), shipment.unique_id.clone(), shipment.fulfilment_id.clone()];
        let Some(key) = number.into_iter().flatten().find(|name| !name.trim().is_empty()) else { return };
        let claims = self.claims.entry(key.clone()).or_default();
        if let Some((estimate, newest)) = shipment.estimate.as_ref().zip(shipment.events.last()) {
            claims.hear(estimate, newest.sort_instant());
        }
        claims.status = shipment.status.or(claims.status);
        claims.origin = shipment.origin.clone().or(claims.origin.take());
        claims.destination = shipment.destination.clone().or(claims.destination.take());
        match self.shipments.get_mut(&key) {
            None => {
                self.shipments.insert(key, shipment);
            }
            Some(known) => {
                known.events.extend(shipment.events);
                known.carrier = known.carrier.take().or(shipment.carrier);
                known.service = known.service.take().or(shipment.service);
                known.order_number = known.order_number.take().or(shipment.order_number);
                known.order_source_id = known.order_source_id.take().or(shipment.order_source_id);
            }
        }
    }

    /// All parcels of which anything was scanned, and how many orders have none.
    pub fn parcels(mut self) -> (Vec<AuditParcel>, usize) {
        let mut sent = std::collections::HashSet::new();
        let mut parcels = Vec::with_capacity(self.shipments.len());
        for (name, mut shipment) in std::mem::take(&mut self.shipments) {
            sort_events(&mut shipment.events);
            let number = shipment.order_number.as_deref().and_then(|number| number.parse::<OrderNumber>().ok());
            let by_id = shipment.order_source_id.as_ref().and_then(|id| self.ids.get(id)).cloned();
            let key = number.map(|number| number.key().to_owned()).or(by_id);
            let order = key.as_ref().and_then(|key| self.orders.get(key)).cloned().unwrap_or_default();
            sent.extend(key);
            if shipment.events.is_empty() {
                continue;
            }
            let claims = self.claims.remove(&name).unwrap_or_default();
            parcels.push(parcel(name, order, shipment, claims));
        }
        let unsent = self.orders.keys().filter(|key| !sent.contains(*key)).count();
        (parcels, unsent)
    }
}

fn parcel(name: String, order: OrderDraft, shipment: ShipmentDraft, claims: Claims) -> AuditParcel {
    let address = order.address.clone().unwrap_or_default();
    let place = EventPlace {
        city: address.city.clone(),
        region: address.region.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
        ..EventPlace::default()
    };
    let told = claims.destination.as_ref();
    let zone = told.and_then(places::time_zone).or_else(|| places::time_zone(&place));
    let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let country = address.country.clone().or_else(|| told.and_then(|place| place.country.clone()));
    let told_at = shipment.events.first().map_or(Timestamp::UNIX_EPOCH, TrackingEvent::sort_instant);
    let journey = Known {
        id: &name,
        carrier: shipment.carrier.as_deref(),
        service: shipment.service.as_deref(),
        claims: &claims,
        sent_from: order.fulfilment_centre.as_deref(),
        country: country.as_deref(),
        region: address.region.as_deref(),
        zone: &zone,
        placed_at: order.placed_at,
        ship_by: order.ship_by,
        promised: order.promised.as_ref(),
        told_at,
    }
    .journey();
    let surroundings = IncidentFacts {
        calendar: Calendar::of_country(country.as_deref().unwrap_or_default()),
        zone: zone.clone(),
        pickup_until: None,
        told_at: Some(told_at),
    };
    AuditParcel { name, order, claims, events: at_destination(&shipment.events, &zone), journey, surroundings }
}
