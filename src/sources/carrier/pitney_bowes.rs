//! Pitney Bowes, Shipping API tracking (`scanDetailsList`, `currentStatus`). An event's date, time and offset stand in
//! three fields; older answers leave the offset out.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, date_and_clock, list, offset, text};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, estimate, keep, known, proof, refuse};

const CARRIER: &str = "pitney_bowes";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    body.get("trackingNumber").is_some()
        && (body.get("scanDetailsList").is_some()
            || (body.get("packageCount").is_some() && body.get("currentStatus").is_some()))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    let Some(number) = text(body, "trackingNumber") else {
        refuse(&mut parsed, "trackingNumber", "the answer has no trackingNumber");
        return parsed;
    };
    let code = text(body, "status");
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "serviceName"),
        status: code.as_deref().map(status_of_package),
        status_code: code,
        estimate: estimated(body),
        proof: proof(text(body, "signedBy"), text(body, "deliveryProofUrl")),
        origin: known(address(&body["senderAddress"])),
        destination: known(address(&body["destinationAddress"])),
        ..ShipmentDraft::default()
    };
    let scans = list(body, "scanDetailsList");
    for (row, scan) in scans.iter().enumerate() {
        read_scan(scan, format!("scanDetailsList[{row}]"), &mut shipment, &mut parsed);
    }
    if let (true, Some(current)) = (scans.is_empty(), at(body, "currentStatus")) {
        read_scan(current, "currentStatus".to_owned(), &mut shipment, &mut parsed);
    }
    add(&mut parsed, shipment);
    parsed
}

fn read_scan(scan: &Value, path: String, shipment: &mut ShipmentDraft, parsed: &mut Parsed) {
    let [date, clock, zone] = ["eventDate", "eventTime", "eventTimeOffset"].map(|field| text(scan, field));
    let read = date_and_clock(date.as_deref(), clock.as_deref());
    let read = read.map(|read| read.with_offset(zone.as_deref().and_then(offset)));
    let standard = text(scan, "standardizedEventCode").or_else(|| text(scan, "l1Code"));
    let code = standard.clone().or_else(|| text(scan, "scanType"));
    let package = text(scan, "packageStatus");
    let said = ["standardizedEventDescription", "scanDescription", "l1Description"];
    let event = Scan {
        code,
        text: said.into_iter().find_map(|field| text(scan, field)),
        time: date.map(|date| [Some(date), clock, zone].into_iter().flatten().collect::<Vec<_>>().join(" ")),
        place: EventPlace {
            city: text(scan, "eventCity"),
            region: text(scan, "eventStateOrProvince").or_else(|| text(scan, "eventState")),
            postal_code: text(scan, "postalCode"),
            country: text(scan, "country").map(|code| country(&code)),
            facility: text(scan, "locationUnit"),
        },
        ..Scan::default()
    };
    // The package status is the coarse state after the scan, for the codes of which the meaning is not public.
    let status = match standard.as_deref().map_or(Status::Unknown, status_of) {
        Status::Unknown => package.as_deref().map_or(Status::Unknown, status_of_package),
        status => status,
    };
    keep(parsed, shipment, path, event.event_reading(read, status, None));
}

fn address(value: &Value) -> EventPlace {
    EventPlace {
        city: text(value, "city"),
        region: text(value, "stateOrProvince"),
        postal_code: text(value, "postalCode"),
        country: text(value, "country").map(|code| country(&code)),
        facility: None,
    }
}

fn estimated(body: &Value) -> Option<EstimateDraft> {
    let part = |name: &str| text(body, &format!("estimatedDelivery{name}"));
    let read = date_and_clock(part("Date").as_deref(), part("Time").as_deref())?;
    let read = read.with_offset(part("TimeOffset").as_deref().and_then(offset)).without_placeholder();
    match read.expected() {
        day @ crate::sources::Expected::Day(_) => estimate(Some(day), Some(day)),
        time => estimate(None, Some(time)),
    }
}

fn status_of_package(code: &str) -> Status {
    match code {
        "Manifest" | "PreShipment" => Status::LabelCreated,
        "Accepted" | "PickedUp" => Status::Accepted,
        "InTransit" | "Processed" => Status::InTransit,
        "OutForDelivery" => Status::OnVehicle,
        "AvailableForPickup" | "PickupReady" => Status::ReadyForPickup,
        "Delivered" => Status::Delivered,
        "DeliveryAttempt" | "AttemptedDelivery" => Status::AttemptOther,
        "Undeliverable" => Status::Undeliverable,
        "Exception" => Status::ExceptionOther,
        "ReturnToSender" | "Returned" => Status::Returning,
        "Cancelled" | "Voided" => Status::Cancelled,
        _ => Status::Unknown,
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "LC" => Status::LabelCreated,
        _ => Status::Unknown,
    }
}
