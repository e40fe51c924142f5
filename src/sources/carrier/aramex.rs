//! Aramex, `TrackShipments`, as SOAP XML (`ShipmentTrackingResponse`) and as JSON, where the results are a list of
//! key and value pairs or a plain map. Built from the public shape: there is no recorded payload.
//!
//! Times are local to the place of the update, unless JSON tells them as `/Date(…)/`. Update codes differ by region and
//! few are published, so the fixed description beside a code speaks first.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, element, list, text, xml_value};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::status::Status;

use super::scan::{Scan, add, comma_place, keep, refuse, untold, wording};

const CARRIER: &str = "aramex";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => {
            body.get("TrackingResults").is_some()
                && (body.get("HasErrors").is_some() || body.get("NonExistingWaybills").is_some())
        }
        Payload::Xml(document) => element(document.root_element(), "ShipmentTrackingResponse").is_some(),
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => read(body, &mut parsed),
        Payload::Xml(document) => {
            if let Some(response) = element(document.root_element(), "ShipmentTrackingResponse") {
                read(&xml_value(response), &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn read(body: &Value, parsed: &mut Parsed) {
    let notifications = match list(body, "Notifications.Notification") {
        [] => list(body, "Notifications"),
        notifications => notifications,
    };
    for (index, note) in notifications.iter().enumerate() {
        let words: Vec<String> = ["Code", "Message"].into_iter().filter_map(|part| text(note, part)).collect();
        refuse(parsed, format!("Notifications[{index}]"), words.join(": "));
    }
    for (number, updates) in results(&body["TrackingResults"]) {
        read_shipment(number, &updates, parsed);
    }
    let missing = match list(body, "NonExistingWaybills.string") {
        [] => at(body, "NonExistingWaybills.string").map(std::slice::from_ref).unwrap_or_default(),
        missing => missing,
    };
    let missing = if missing.is_empty() { list(body, "NonExistingWaybills") } else { missing };
    for number in missing.iter().filter_map(Value::as_str).filter(|number| !number.trim().is_empty()) {
        add(parsed, untold(CARRIER, number.trim().to_owned(), Status::PendingNoData, None));
    }
}

/// The updates by waybill, in whichever of its forms the dictionary is written.
fn results<'a>(value: &Value<'a>) -> Vec<(Option<String>, Vec<Value<'a>>)> {
    let inner = |value: &Value<'a>| match list(value, "TrackingResult") {
        [] => match value {
            Value::Array(updates) => updates.clone(),
            Value::Object(fields) if fields.contains_key("WaybillNumber") => vec![value.clone()],
            _ => Vec::new(),
        },
        updates => updates.to_vec(),
    };
    let pair = |pair: &Value<'a>| pair.get("Key").map(|key| (key.as_str().map(str::to_owned), inner(&pair["Value"])));
    match value {
        Value::Array(pairs) => {
            let flat: Vec<Value> = pairs.iter().filter(|pair| pair.get("WaybillNumber").is_some()).cloned().collect();
            let mut found: Vec<_> = pairs.iter().filter_map(pair).collect();
            if !flat.is_empty() {
                found.push((None, flat));
            }
            found
        }
        Value::Object(fields) => fields
            .sorted()
            .into_iter()
            .flat_map(|(name, value)| match name.starts_with("KeyValueOf") {
                true => match value {
                    Value::Array(pairs) => pairs.iter().filter_map(pair).collect(),
                    one => pair(one).into_iter().collect::<Vec<_>>(),
                },
                false => vec![(Some(name.to_owned()), inner(value))],
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn read_shipment(key: Option<String>, updates: &[Value], parsed: &mut Parsed) {
    let Some(number) = key.or_else(|| updates.iter().find_map(|update| text(update, "WaybillNumber"))) else {
        return refuse(parsed, "TrackingResults", "the result has no waybill number");
    };
    let at_shipment = format!("TrackingResults.{number}");
    let mut shipment =
        ShipmentDraft { tracking_number: number, carrier: Some(CARRIER.to_owned()), ..ShipmentDraft::default() };
    for (row, update) in updates.iter().enumerate() {
        let location = text(update, "UpdateLocation").unwrap_or_default();
        let scan = Scan {
            code: text(update, "UpdateCode"),
            text: text(update, "UpdateDescription"),
            time: text(update, "UpdateDateTime"),
            place: comma_place(&location),
            said_place: location,
            ..Scan::default()
        };
        let status = match scan.text.as_deref().map(status_of_sentence) {
            None | Some(Status::Unknown) => scan.code.as_deref().map_or(Status::Unknown, status_of),
            Some(status) => status,
        };
        keep(parsed, &mut shipment, format!("{at_shipment}[{row}]"), scan.event(status, None));
    }
    if updates.is_empty() {
        shipment.status = Some(Status::PendingNoData);
    }
    add(parsed, shipment);
}

/// The codes that mean one thing wherever they are published.
fn status_of(code: &str) -> Status {
    match code {
        "SH003" => Status::OnVehicle,
        "SH005" => Status::Delivered,
        _ => Status::Unknown,
    }
}

fn status_of_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "record created" | "shipment created" | "shipment information received" | "label created" => {
            Status::LabelCreated
        }
        "picked up from shipper" | "shipment picked up" | "picked up" | "received at origin facility" | "collected" => {
            Status::Accepted
        }
        "received at operations facility"
        | "arrived at facility"
        | "shipment received at facility"
        | "arrived at sorting facility" => Status::ArrivedFacility,
        "departed operations facility – in transit"
        | "departed operations facility - in transit"
        | "departed from origin facility"
        | "departed facility" => Status::DepartedFacility,
        "in transit" | "shipment in transit" | "forwarded" => Status::InTransit,
        "shipment received at destination warehouse"
        | "received at destination facility"
        | "at destination facility" => Status::AtLocalFacility,
        "departed origin country" => Status::LeftOriginCountry,
        "arrived at destination country" => Status::ArrivedDestinationCountry,
        "under processing at customs" | "in customs" | "customs clearance in progress" | "under clearance" => {
            Status::CustomsStarted
        }
        "cleared customs" | "released from customs" | "shipment cleared customs" => Status::CustomsCleared,
        "held by customs" | "customs hold" => Status::CustomsHold,
        "out for delivery" | "shipment out for delivery" => Status::OnVehicle,
        "delivered" | "shipment delivered" => Status::Delivered,
        "collected by consignee" | "picked up by consignee" => Status::DeliveredCollected,
        "available for pickup" | "ready for collection" | "held for pick up" => Status::ReadyForPickup,
        "attempted delivery" | "delivery attempted" | "delivery attempt failed" => Status::AttemptOther,
        "customer not available" | "consignee not available" | "attempted delivery - customer not available" => {
            Status::AttemptNoOneHome
        }
        "delivery scheduled" | "delivery rescheduled" => Status::DeliveryScheduled,
        "delayed" | "shipment delayed" => Status::DelayedCarrier,
        "incorrect address" | "address incomplete" => Status::AddressIssue,
        "refused" | "shipment refused" | "delivery refused" => Status::Refused,
        "damaged" => Status::Damaged,
        "lost" => Status::Lost,
        "on hold" | "held at facility" => Status::Held,
        "cancelled" | "shipment cancelled" => Status::Cancelled,
        "return to origin" | "returned to origin" | "shipment being returned" | "returning to shipper" => {
            Status::Returning
        }
        "returned to shipper" => Status::Returned,
        _ => Status::Unknown,
    }
}
