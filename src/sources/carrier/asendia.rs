//! Asendia: the customer API of Asendia Sync (`trackingEvents` with `carrierEventDescription`) and the milestones of Asendia
//! USA (`trackingMilestoneEvents`). Built from the public shape: there is no recorded payload. Times carry their offset.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, comma_place, country, keep, refuse};

const CARRIER: &str = "asendia";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let events = list(body, "trackingEvents");
    let own = at(body, "trackingNumber").is_some()
        && events
            .first()
            .is_some_and(|e| at(e, "carrierEventDescription").is_some() || at(e, "locationCountry").is_some());
    own || at(body, "data.0").is_some_and(|parcel| parcel.get("trackingMilestoneEvents").is_some())
        || at(body, "responseStatusCode").is_some()
        || at(body, "responseStatus.responseStatusCode").is_some()
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    if at(body, "trackingEvents").is_some() {
        read_own(body, &mut parsed);
    }
    for (index, parcel) in list(body, "data").iter().enumerate() {
        read_milestones(parcel, index, &mut parsed);
    }
    for path in ["", "responseStatus."] {
        let code = text(body, &format!("{path}responseStatusCode")).filter(|code| code != "200");
        if let Some(code) = code {
            let reason = text(body, &format!("{path}responseStatusMessage")).unwrap_or_default();
            refuse(&mut parsed, format!("{path}responseStatusCode"), format!("{code}: {reason}"));
        }
    }
    parsed
}

fn read_own(body: &Value, parsed: &mut Parsed) {
    let Some(number) = text(body, "trackingNumber") else {
        return refuse(parsed, "trackingNumber", "the answer has no trackingNumber");
    };
    let mut shipment =
        ShipmentDraft { tracking_number: number, carrier: Some(CARRIER.to_owned()), ..ShipmentDraft::default() };
    for (row, event) in list(body, "trackingEvents").iter().enumerate() {
        let scan = Scan {
            id: text(event, "id"),
            code: text(event, "code"),
            text: text(event, "carrierEventDescription").or_else(|| text(event, "description")),
            time: text(event, "time"),
            place: EventPlace {
                city: text(event, "locationName"),
                country: text(event, "locationCountry").map(|code| country(&code)),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        keep(parsed, &mut shipment, format!("trackingEvents[{row}]"), scan.event(status, None));
    }
    add(parsed, shipment);
}

fn read_milestones(parcel: &Value, index: usize, parsed: &mut Parsed) {
    let at_parcel = format!("data[{index}]");
    let Some(number) = text(parcel, "trackingNumberVendor").or_else(|| text(parcel, "customerReferenceNumber")) else {
        return refuse(parsed, at_parcel, "the parcel has no trackingNumberVendor");
    };
    let mut shipment =
        ShipmentDraft { tracking_number: number, carrier: Some(CARRIER.to_owned()), ..ShipmentDraft::default() };
    for (row, event) in list(parcel, "trackingMilestoneEvents").iter().enumerate() {
        let location = text(event, "eventLocation").unwrap_or_default();
        let scan = Scan {
            code: text(event, "eventCode"),
            text: text(event, "eventDescription"),
            time: text(event, "eventOn"),
            place: milestone_place(&location),
            said_place: location,
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of_milestone);
        keep(parsed, &mut shipment, format!("{at_parcel}[{row}]"), scan.event(status, None));
    }
    if shipment.events.is_empty() {
        shipment.status = Some(Status::PendingNoData);
    }
    add(parsed, shipment);
}

/// "Folcroft, PA 19032": city, state and ZIP code; anything else by its commas, or a facility.
fn milestone_place(location: &str) -> EventPlace {
    let tail = location.rsplit_once(',').map(|(city, tail)| (city.trim(), tail.trim()));
    match tail.and_then(|(city, tail)| tail.split_once(' ').map(|(state, zip)| (city, state, zip.trim()))) {
        Some((city, state, zip)) if state.len() == 2 && zip.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            EventPlace {
                city: Some(city.to_owned()),
                region: Some(state.to_owned()),
                postal_code: Some(zip.to_owned()),
                country: Some("US".to_owned()),
                facility: None,
            }
        }
        _ if location.contains(',') => comma_place(location),
        _ => {
            EventPlace { facility: Some(location.to_owned()).filter(|name| !name.is_empty()), ..EventPlace::default() }
        }
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "PENDING" | "CREATED" | "LABEL_PRINTED" => Status::LabelCreated,
        "ACCEPTED" | "PICKED_UP" | "COLLECTED" | "COLLECTION" | "PU" => Status::Accepted,
        "IN_TRANSIT" | "IT" | "TRANSIT" => Status::InTransit,
        "DEPARTED" => Status::DepartedFacility,
        "ARRIVED" | "PROCESSED" => Status::ArrivedFacility,
        "CUSTOMS" => Status::CustomsStarted,
        "CLEARED" => Status::CustomsCleared,
        "OUT_FOR_DELIVERY" | "OFD" | "WITH_COURIER" => Status::OnVehicle,
        "DELIVERED" | "DL" | "DELIVERY_CONFIRMED" => Status::Delivered,
        "READY_FOR_PICKUP" | "PICKUP" | "AT_LOCATION" => Status::ReadyForPickup,
        "ON_HOLD" | "HELD" | "AWAITING" => Status::Held,
        "DELAYED" | "DELAY" => Status::DelayedCarrier,
        "RESCHEDULED" => Status::DeliveryScheduled,
        "DELIVERY_FAILED" | "FAILED" => Status::AttemptOther,
        "UNDELIVERABLE" => Status::Undeliverable,
        "RETURNED" => Status::Returned,
        "RTS" => Status::Returning,
        "DAMAGED" | "DMG" => Status::Damaged,
        "MISROUTED" | "MSR" => Status::Misrouted,
        "LOST" | "LP" => Status::Lost,
        "REFUSED" | "RJ" => Status::Refused,
        "BUSINESS_CLOSED" | "BC" => Status::AttemptBusinessClosed,
        "NOT_AVAILABLE" | "NA" | "NOT_HOME" | "NH" => Status::AttemptNoOneHome,
        "ACCESS_RESTRICTED" | "AR" => Status::AttemptNoAccess,
        "ADDRESS_NOT_FOUND" | "ANF" | "WRONG_ADDRESS" | "IA" => Status::AddressIssue,
        "CUSTOMS_DELAY" | "CD" => Status::CustomsHold,
        "CUSTOMS_DOCS" | "CM" => Status::DocumentsRequired,
        "DUTIES_UNPAID" | "DU" => Status::DutiesUnpaid,
        "WEATHER" | "WE" => Status::Weather,
        "NATURAL_DISASTER" | "ND" => Status::DelayedExternal,
        _ => Status::Unknown,
    }
}

/// Milestones of Asendia USA, `s1` (information received) to `s10` (delivered).
fn status_of_milestone(code: &str) -> Status {
    match code {
        "s1" => Status::LabelCreated,
        "s2" | "s2a" => Status::Accepted,
        "s2b" => Status::ArrivedFacility,
        "s2c" | "s2d" => Status::DepartedFacility,
        "s3" => Status::InTransit,
        "s4" => Status::LeftOriginCountry,
        "s5" => Status::ArrivedDestinationCountry,
        "s6" => Status::CustomsStarted,
        "s7" => Status::CustomsCleared,
        "s8" => Status::AtLocalFacility,
        "s9" => Status::AttemptOther,
        "s10" => Status::Delivered,
        _ => Status::Unknown,
    }
}
