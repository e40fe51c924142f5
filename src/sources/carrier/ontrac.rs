//! OnTrac, web service V7 (`OnTracTrackingResult`), as XML and as JSON made of it. Built from the public specification:
//! there is no recorded payload. Times are local to the facility, whose city and state stand beside them.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text, written_time, xml_value};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, expected_day, keep, known, proof, refuse, untold};

const CARRIER: &str = "ontrac";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => result_of(body).is_some(),
        Payload::Xml(document) => {
            matches!(document.root_element().tag_name().name(), "OnTracTrackingResult" | "OnTracUpdateResponse")
        }
        Payload::Text(_) => false,
    }
}

fn result_of<'v, 'a>(body: &'v Value<'a>) -> Option<&'v Value<'a>> {
    at(body, "OnTracTrackingResult").or_else(|| at(body, "OnTracUpdateResponse")).or_else(|| {
        let first = shipments_of(body).first()?;
        (at(first, "Tracking").is_some() && (at(first, "Exp_Del_Date").is_some() || at(first, "Events").is_some()))
            .then_some(body)
    })
}

fn shipments_of<'v, 'a>(result: &'v Value<'a>) -> &'v [Value<'a>] {
    match list(result, "Shipments.Shipment") {
        [] => list(result, "Shipments"),
        shipments => shipments,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            if let Some(result) = result_of(body) {
                read(result, &mut parsed);
            }
        }
        // The XML is a plain tree without attributes, so that one reader serves both.
        Payload::Xml(document) => read(&xml_value(document.root_element()), &mut parsed),
        Payload::Text(_) => {}
    }
    parsed
}

fn read(result: &Value, parsed: &mut Parsed) {
    if let Some(error) = text(result, "Error") {
        refuse(parsed, "Error", error);
    }
    for (index, body) in shipments_of(result).iter().enumerate() {
        let at_shipment = format!("Shipments[{index}]");
        let error = text(body, "Error");
        let Some(number) = text(body, "Tracking") else {
            refuse(parsed, at_shipment, error.unwrap_or_else(|| "the shipment has no Tracking".to_owned()));
            continue;
        };
        if let Some(error) = error {
            let status = match error.to_lowercase().as_str() {
                "invalid tracking number" | "invalid tracking string" => Status::PendingInvalidNumber,
                "tracking number not found" | "no tracking information" => Status::PendingNoData,
                _ => Status::TrackerError,
            };
            add(parsed, untold(CARRIER, number, status, Some(error)));
            continue;
        }
        read_shipment(body, number, &at_shipment, parsed);
    }
}

fn read_shipment(body: &Value, number: String, at_shipment: &str, parsed: &mut Parsed) {
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "Service").map(|code| service_of(&code)),
        estimate: expected_day(text(body, "Exp_Del_Date").as_deref()),
        proof: proof(text(body, "POD"), text(body, "Vpod")),
        destination: known(place_of(body, None)),
        ..ShipmentDraft::default()
    };
    let mut events = list(body, "Events.Event");
    if events.is_empty() {
        events = list(body, "Events");
    }
    for (row, event) in events.iter().enumerate() {
        let scan = Scan {
            code: text(event, "Status"),
            text: text(event, "Description"),
            time: text(event, "EventTime"),
            place: place_of(event, text(event, "Facility")),
            ..Scan::default()
        };
        let status = match (&scan.code, &scan.text) {
            (Some(code), _) => status_of(code),
            (None, Some(said)) => status_of_sentence(said),
            (None, None) => Status::Unknown,
        };
        let event = scan.event(status, None);
        keep(parsed, &mut shipment, format!("{at_shipment}.Events[{row}]"), event);
    }
    // "Delivered" is told of the whole; the events tell how.
    if text(body, "Delivered").as_deref() == Some("true")
        || at(body, "Delivered").and_then(Value::as_bool) == Some(true)
    {
        let newest = events.iter().filter(|event| text(event, "EventTime").and_then(|t| written_time(&t)).is_some());
        let code = newest.filter_map(|event| text(event, "Status")).find(|code| is_delivery(status_of(code)));
        shipment.status = Some(code.as_deref().map_or(Status::Delivered, status_of));
        shipment.status_code = code;
    }
    add(parsed, shipment);
}

fn is_delivery(status: Status) -> bool {
    status.milestone() == crate::tracking::status::Milestone::Delivered
}

fn place_of(value: &Value, facility: Option<String>) -> EventPlace {
    let region = text(value, "State");
    EventPlace {
        city: text(value, "City"),
        country: region.is_some().then(|| "US".to_owned()),
        region,
        postal_code: text(value, "Zip"),
        facility,
    }
}

fn service_of(code: &str) -> String {
    match code {
        "C" => "OnTrac Ground".to_owned(),
        "S" => "Sunrise".to_owned(),
        "G" => "Gold".to_owned(),
        "H" => "Palletized Freight".to_owned(),
        other => other.to_owned(),
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "XX" | "OE" | "OO" => Status::LabelCreated,
        "PU" => Status::Accepted,
        "OS" => Status::InTransit,
        "RD" => Status::ArrivedFacility,
        "PS" => Status::AtLocalFacility,
        "OD" | "SD" => Status::OnVehicle,
        "CL" | "OK" | "DW" => Status::Delivered,
        "CK" => Status::DeliveredCodPaid,
        "DN" => Status::DeliveredNeighbour,
        "DD" => Status::DeliveredDamaged,
        "DM" => Status::DeliveredPartial,
        "HP" => Status::ReadyForPickup,
        "NH" => Status::AttemptNoOneHome,
        "CO" | "HO" => Status::AttemptBusinessClosed,
        "AN" | "UG" => Status::AttemptNoAccess,
        "AI" | "UA" | "WA" | "WD" => Status::AddressIssue,
        "CA" => Status::AddressCorrected,
        "MC" => Status::Misrouted,
        "MR" | "MS" | "UM" => Status::Misrouted,
        "CR" | "DR" => Status::Refused,
        "DC" | "UD" => Status::Damaged,
        "DI" => Status::DeliveryScheduled,
        "BW" | "LW" => Status::Weather,
        "LR" => Status::DelayedExternal,
        "LM" | "RB" => Status::DelayedCarrier,
        "HW" => Status::Held,
        "DG" | "UC" => Status::Prohibited,
        "IP" => Status::RejectedByCarrier,
        "UN" | "UO" | "LC" => Status::Undeliverable,
        "RS" => Status::Returning,
        _ => Status::Unknown,
    }
}

/// For answers that keep the description alone.
fn status_of_sentence(said: &str) -> Status {
    match said.to_uppercase().trim_end_matches('.') {
        "DATA ENTRY" | "ORDER INFORMATION CREATED" | "SHIPPING INFORMATION TRANSMITTED" => Status::LabelCreated,
        "PICKED UP FROM SHIPPER" | "THE PACKAGE WAS PICKED UP" => Status::Accepted,
        "PACKAGE RECEIVED AT FACILITY" | "PACKAGED RECEIVED AT THE FACILITY" => Status::ArrivedFacility,
        "PACKAGE SCANNED AT DELIVERY FACILITY" => Status::AtLocalFacility,
        "IN TRANSIT" | "PACKAGE EN ROUTE" => Status::InTransit,
        "OUT FOR DELIVERY" | "OUT FOR DELIVERY SOON" => Status::OnVehicle,
        "DELIVERED" => Status::Delivered,
        "DELIVERED TO NEIGHBOR" => Status::DeliveredNeighbour,
        _ => Status::Unknown,
    }
}
