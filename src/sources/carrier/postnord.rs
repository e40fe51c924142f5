//! PostNord, Track & Trace of Sweden, Denmark, Norway and Finland (`TrackingInformationResponse`, versions 1 to 7). Built
//! from the public shape: there is no recorded payload.
//!
//! An event's status is the item's as of then (`eventStatus`, older versions `status`); its own codes are numbers of which
//! the meaning is not public.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, expected_on, joined, keep, known, pickup, proof, refuse, untold};

const CARRIER: &str = "postnord";
/// The first three share their clock; an event in Finland carries its country.
const HOME: &str = "Europe/Stockholm";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    answer(body).is_some()
}

fn answer<'v, 'a>(body: &'v Value<'a>) -> Option<&'v Value<'a>> {
    let wrapped = ["TrackingInformationResponse", "trackingInformationResponse"].iter().find_map(|name| body.get(name));
    wrapped.or_else(|| {
        let bare = list(body, "shipments").first()?;
        let items = list(bare, "items").first()?;
        (at(items, "itemId").is_some() && at(bare, "shipmentId").is_some()).then_some(body)
    })
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    let Some(answer) = answer(body) else { return parsed };
    for (index, shipment) in list(answer, "shipments").iter().enumerate() {
        read_shipment(shipment, index, &mut parsed);
    }
    for (index, fault) in list(answer, "compositeFault.faults").iter().enumerate() {
        let words: Vec<String> =
            ["faultCode", "explanationText"].into_iter().filter_map(|part| text(fault, part)).collect();
        refuse(&mut parsed, format!("compositeFault.faults[{index}]"), words.join(": "));
    }
    if parsed.shipments.is_empty() && parsed.refused.is_empty() {
        refuse(&mut parsed, "shipments", "the answer tells of no shipment");
    }
    parsed
}

fn read_shipment(body: &Value, index: usize, parsed: &mut Parsed) {
    let at_shipment = format!("shipments[{index}]");
    let items = list(body, "items");
    if items.is_empty() {
        let Some(number) = text(body, "shipmentId") else {
            return refuse(parsed, at_shipment, "the shipment has neither number nor items");
        };
        let code = text(body, "status");
        let status = code.as_deref().map_or(Status::PendingNoData, status_of);
        return add(parsed, untold(CARRIER, number, status, code));
    }
    for (row, item) in items.iter().enumerate() {
        let at_item = format!("{at_shipment}.items[{row}]");
        let Some(number) = text(item, "itemId").or_else(|| text(body, "shipmentId")) else {
            refuse(parsed, at_item, "the item has no itemId");
            continue;
        };
        let code = code_of(item, "status").or_else(|| code_of(body, "status"));
        let eta = ["estimatedTimeOfArrival", "estimatedTimeOfDelivery"];
        let eta = eta.iter().find_map(|name| text(item, name).or_else(|| text(body, name)));
        let mut shipment = ShipmentDraft {
            tracking_number: number,
            carrier: Some(CARRIER.to_owned()),
            service: text(body, "service.name"),
            status: code.as_deref().map(status_of),
            status_code: code,
            estimate: expected_on(eta.as_deref()),
            proof: proof(text(item, "acceptor.name").or_else(|| text(item, "acceptor")), None),
            pickup: delivery_point(body),
            origin: party(body, "consignor"),
            destination: party(body, "consignee"),
            ..ShipmentDraft::default()
        };
        for (line, event) in list(item, "events").iter().enumerate() {
            let scan = Scan {
                code: code_of(event, "eventCode").or_else(|| code_of(event, "eventStatus")),
                text: text(event, "eventDescription"),
                time: text(event, "eventTime"),
                place: place_of(&event["location"]),
                ..Scan::default()
            };
            let told = code_of(event, "eventStatus").or_else(|| code_of(event, "status"));
            let status = match told.as_deref().map(status_of) {
                // Some answers write the status where the number of the event belongs.
                None | Some(Status::Unknown) => scan.code.as_deref().map_or(Status::Unknown, status_of),
                Some(status) => status,
            };
            keep(parsed, &mut shipment, format!("{at_item}.events[{line}]"), scan.event(status, Some(HOME)));
        }
        add(parsed, shipment);
    }
}

/// A status is a word, or in newer versions an object with its `code`.
fn code_of(value: &Value, path: &str) -> Option<String> {
    text(value, path).or_else(|| text(value, &format!("{path}.code")))
}

fn place_of(location: &Value) -> EventPlace {
    let name = text(location, "displayName").or_else(|| text(location, "name"));
    let code = text(location, "countryCode").or_else(|| text(location, "country"));
    let city = text(location, "city");
    EventPlace {
        facility: name.filter(|name| Some(name) != city.as_ref()),
        city,
        region: None,
        postal_code: text(location, "postcode").or_else(|| text(location, "postCode")),
        country: code.map(|code| country(&code)),
    }
}

fn party(body: &Value, name: &str) -> Option<EventPlace> {
    let address = &body[name]["address"];
    known(EventPlace {
        city: text(address, "city"),
        region: None,
        postal_code: text(address, "postCode").or_else(|| text(address, "postcode")),
        country: text(address, "countryCode").or_else(|| text(address, "country")).map(|code| country(&code)),
        facility: None,
    })
}

fn delivery_point(body: &Value) -> Option<PickupDraft> {
    let point = at(body, "destinationDeliveryPoint").or_else(|| at(body, "deliveryPoint"))?;
    pickup(PickupDraft {
        name: text(point, "displayName").or_else(|| text(point, "name")),
        address: joined([text(point, "address.street1"), text(point, "address.postCode"), text(point, "address.city")]),
        hours: text(point, "openingHour"),
        ..PickupDraft::default()
    })
}

fn status_of(code: &str) -> Status {
    match code {
        "CREATED" | "INFORMED" => Status::LabelCreated,
        "COLLECTED" => Status::Accepted,
        "EN_ROUTE" | "IN_TRANSIT" => Status::InTransit,
        "DELAYED" | "EXPECTED_DELAY" => Status::DelayedCarrier,
        "AVAILABLE_FOR_DELIVERY" | "AVAILABLE_FOR_DELIVERY_PAR_LOC" | "ARRIVED_AT_DELIVERY_POINT" => {
            Status::ReadyForPickup
        }
        "DELIVERED" => Status::Delivered,
        "DELIVERY_IMPOSSIBLE" => Status::Undeliverable,
        "DELIVERY_REFUSED" => Status::Refused,
        "RETURNED" => Status::Returning,
        "STOPPED" => Status::Held,
        _ => Status::Unknown,
    }
}
