//! LaserShip (now OnTrac of the East), the tracking page's JSON. Every time stands twice, local and UTC: their difference is
//! the offset.

use jiff::tz::Offset;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, at, list, text, written_time};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, expected_day, keep, known, proof, refuse};

const CARRIER: &str = "lasership";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let parcel = at(body, "OrderNumber").is_some() && at(body, "Pieces").is_some() && body.get("Events").is_some();
    parcel || (at(body, "Error").is_some() && at(body, "ErrorMessage").is_some() && body.get("OrderNumber").is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    if let Some(reason) = text(body, "ErrorMessage") {
        refuse(&mut parsed, "ErrorMessage", reason);
    }
    let pieces = list(body, "Pieces");
    for (index, piece) in pieces.iter().enumerate() {
        let Some(number) = text(piece, "TrackingNumber") else {
            refuse(&mut parsed, format!("Pieces[{index}]"), "the piece has no TrackingNumber");
            continue;
        };
        read_piece(body, piece, number, &mut parsed);
    }
    parsed
}

fn read_piece(body: &Value, piece: &Value, number: String, parsed: &mut Parsed) {
    let code = text(piece, "EventType");
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "ServiceCode").or_else(|| text(body, "Service")),
        status: code.as_deref().map(status_of),
        status_code: code,
        estimate: expected_day(text(body, "EstimatedDeliveryDate").as_deref()),
        origin: known(place_of(&body["Origin"])),
        destination: known(place_of(&body["Destination"])),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(body, "Events").iter().enumerate() {
        let scan = Scan {
            code: text(event, "EventType"),
            text: text(event, "EventShortText").or_else(|| text(event, "EventLabel")),
            time: text(event, "DateTime"),
            place: place_of(event),
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        if scan.code.as_deref() == Some("Delivered") {
            // The first signature is a code of where it was left, unless it is a name.
            let name = text(event, "Signature").filter(|name| !name.bytes().all(|byte| byte.is_ascii_digit()));
            shipment.proof = proof(name.or_else(|| text(event, "Signature2")), None);
        }
        let utc = text(event, "UTCDateTime").and_then(|time| written_time(&time));
        let read = scan.time.as_deref().and_then(written_time).map(|local| zoned(local, utc));
        let event = scan.event_reading(read, status, None);
        keep(parsed, &mut shipment, format!("Events[{row}]"), event);
    }
    add(parsed, shipment);
}

/// The local time with the offset that its UTC twin proves; without one that fits a time zone, as it is.
fn zoned(local: WrittenTime, utc: Option<WrittenTime>) -> WrittenTime {
    let (WrittenTime::Local(wall), Some(WrittenTime::Local(utc))) = (local, utc) else { return local };
    let seconds = wall.duration_since(utc).as_secs();
    if seconds % 900 != 0 || !(-14 * 3600..=14 * 3600).contains(&seconds) {
        return local;
    }
    let offset = i32::try_from(seconds).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    offset.map_or(local, |offset| WrittenTime::Instant(wall, offset))
}

fn place_of(value: &Value) -> EventPlace {
    EventPlace {
        city: text(value, "City"),
        region: text(value, "State"),
        postal_code: text(value, "PostalCode"),
        country: text(value, "Country").map(|code| country(&code)),
        facility: text(value, "Location"),
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "OrderCreated" | "OrderReceived" | "Created" => Status::LabelCreated,
        "PickedUp" | "Received" | "OriginScan" | "Origin" => Status::Accepted,
        "Arrived" | "ArrivedAtFacility" => Status::ArrivedFacility,
        "Departed" | "DepartedFacility" => Status::DepartedFacility,
        "InTransit" | "Transit" => Status::InTransit,
        "AtLocalFacility" | "DestinationScan" => Status::AtLocalFacility,
        "OutForDelivery" => Status::OnVehicle,
        "Delivered" | "Released" => Status::Delivered,
        "DeliveryAttempted" | "Attempted" | "AttemptedDelivery" | "NotDelivered" => Status::AttemptOther,
        "DeliveryExpected" | "ReDeliveryScheduled" => Status::DeliveryScheduled,
        "Delayed" | "DeliveryDelayed" | "Delay" => Status::DelayedCarrier,
        "Damaged" => Status::Damaged,
        "Refused" => Status::Refused,
        "Lost" | "Missing" => Status::Lost,
        "ReturnToSender" | "ReturningToSender" | "Returning" => Status::Returning,
        "Returned" | "ReturnedToSender" => Status::Returned,
        "Cancelled" | "Canceled" => Status::Cancelled,
        _ => Status::Unknown,
    }
}
