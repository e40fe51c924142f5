//! Australia Post and StarTrack, shipping and tracking API (`/shipping/v1/track`). It has no event codes: its fixed
//! descriptions stand for them. Times carry the offset of Melbourne.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, bracketed_place, country, keep, refuse, squeezed, untold, wording};

const CARRIER: &str = "australia_post";
const HOME: &str = "Australia/Melbourne";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    at(body, "tracking_results.0.tracking_id").is_some() || is_error(body)
}

/// `{"errors":[{"code":"51101","name":"TOO_MANY_AP_TRACKING_IDS","message":…}]}` and nothing beside it.
fn is_error(body: &Value) -> bool {
    let Some(error) = at(body, "errors.0") else { return false };
    let digits = text(error, "code").is_some_and(|code| code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()));
    digits && at(error, "name").is_some() && body.as_object().is_some_and(|fields| fields.sorted().len() == 1)
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for (index, result) in list(body, "tracking_results").iter().enumerate() {
        read_result(result, index, &mut parsed);
    }
    for (index, error) in list(body, "errors").iter().enumerate() {
        refuse(&mut parsed, format!("errors[{index}]"), error_words(error));
    }
    parsed
}

fn error_words(error: &Value) -> String {
    ["code", "name", "message"].into_iter().filter_map(|part| text(error, part)).collect::<Vec<_>>().join(": ")
}

fn read_result(result: &Value, index: usize, parsed: &mut Parsed) {
    let number = text(result, "tracking_id");
    if let Some(error) = at(result, "errors.0") {
        let Some(number) = number else {
            return refuse(parsed, format!("tracking_results[{index}]"), error_words(error));
        };
        let code = text(error, "code");
        let status = match code.as_deref() {
            Some("ESB-10001") => Status::PendingInvalidNumber,
            Some("ESB-10002") => Status::PendingNoData,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(CARRIER, number, status, code));
    }
    // A consignment holds its articles one level deeper.
    let items: Vec<&Value> = list(result, "trackable_items")
        .iter()
        .flat_map(|item| match list(item, "items") {
            [] => std::slice::from_ref(item),
            inner => inner,
        })
        .collect();
    let alone = items.len() == 1;
    for (row, item) in items.iter().enumerate() {
        let own = text(item, "article_id");
        let Some(number) = (if alone { number.clone().or(own) } else { own.or(number.clone()) }) else {
            refuse(parsed, format!("tracking_results[{index}]"), "the article has no number");
            continue;
        };
        // "Unknown" says nothing of the whole: the events do.
        let said = text(item, "status").or_else(|| text(result, "status")).filter(|said| said != "Unknown");
        let mut shipment = ShipmentDraft {
            tracking_number: number,
            carrier: Some(CARRIER.to_owned()),
            service: text(item, "product_type"),
            status: said.as_deref().map(status_of),
            status_code: said,
            ..ShipmentDraft::default()
        };
        for (line, event) in list(item, "events").iter().enumerate() {
            let path = format!("tracking_results[{index}].trackable_items[{row}].events[{line}]");
            let description = text(event, "description");
            let location = text(event, "location");
            let scan = Scan {
                text: description.clone(),
                time: text(event, "date"),
                place: location.as_deref().map(place_of).unwrap_or_default(),
                said_place: location.unwrap_or_default(),
                ..Scan::default()
            };
            let status = description.as_deref().map_or(Status::Unknown, status_of);
            keep(parsed, &mut shipment, path, scan.event(status, Some(HOME)));
        }
        add(parsed, shipment);
    }
    if items.is_empty() {
        match number {
            Some(number) => {
                let said = text(result, "status");
                let status = said.as_deref().map_or(Status::PendingNoData, status_of);
                add(parsed, untold(CARRIER, number, status, said));
            }
            None => refuse(parsed, format!("tracking_results[{index}]"), "the result tells of no article"),
        }
    }
}

/// "SUNSHINE WEST VIC", "CHICAGO (US)", "NZ".
fn place_of(location: &str) -> EventPlace {
    let location = squeezed(location);
    match location.rsplit_once(' ') {
        Some((city, state @ ("ACT" | "NSW" | "NT" | "QLD" | "SA" | "TAS" | "VIC" | "WA"))) => EventPlace {
            city: Some(city.to_owned()),
            region: Some(state.to_owned()),
            country: Some("AU".to_owned()),
            ..EventPlace::default()
        },
        None if location.len() == 2 && location.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            EventPlace { country: Some(country(&location)), ..EventPlace::default() }
        }
        _ => bracketed_place(&location),
    }
}

fn status_of(said: &str) -> Status {
    let said = wording(said);
    match said.as_str() {
        "shipping information received by australia post"
        | "shipping information approved by australia post"
        | "manifested"
        | "created"
        | "initiated"
        | "sealed"
        | "label created" => Status::LabelCreated,
        "received by australia post"
        | "received item from sender (outbound)"
        | "received from sender"
        | "picked up"
        | "lodged at post office"
        | "accepted at post office" => Status::Accepted,
        "processed through australia post facility"
        | "item processed at facility"
        | "processed at facility"
        | "processed at export facility"
        | "arrived at facility"
        | "arrived at processing facility"
        | "item processed" => Status::ArrivedFacility,
        "despatch parcels from export facility" | "departed facility" | "item departed facility" => {
            Status::DepartedFacility
        }
        "in transit" | "processed by air carrier" | "cleared and awaiting international departure" => Status::InTransit,
        "departed australia" => Status::LeftOriginCountry,
        "arrived awaiting clearance (inbound)" | "item is in customs" | "held by customs" => Status::CustomsStarted,
        "item cleared by customs" | "cleared customs" => Status::CustomsCleared,
        "arrived at delivery facility" | "arrived at delivery depot" => Status::AtLocalFacility,
        "onboard for delivery" | "on board for delivery" | "with driver for delivery" => Status::OnVehicle,
        "delivered" | "delivered in full" => Status::Delivered,
        "delivered - left in a safe place" | "delivered - left in safe place" | "delivered in a safe place" => {
            Status::DeliveredSafePlace
        }
        "delivered - signature received" | "delivered to customer - signature received" => Status::DeliveredSigned,
        "delivered - in letterbox" | "delivered to letterbox" | "delivered - letterbox" => Status::DeliveredMailbox,
        "delivered to neighbour" | "delivered - to neighbour" => Status::DeliveredNeighbour,
        "delivered - to reception" | "delivered to reception" => Status::DeliveredReception,
        "delivered in part" | "partially delivered" => Status::DeliveredPartial,
        "collected by customer" | "collected" => Status::DeliveredCollected,
        "ready for pickup" | "ready for collection" => Status::ReadyForPickup,
        "unsuccessful delivery" => Status::AttemptOther,
        "to be re-delivered" => Status::DeliveryScheduled,
        "possible delay" => Status::DelayedCarrier,
        "held by courier" => Status::Held,
        "article damaged" => Status::Damaged,
        "cannot be delivered" => Status::Undeliverable,
        "cancelled" => Status::Cancelled,
        "redirected" => Status::Redirected,
        "return to sender" | "returning to sender" => Status::Returning,
        "returned to sender" => Status::Returned,
        // What follows names a place, so only the beginning is fixed.
        _ if said.starts_with("in transit to next facility") => Status::InTransit,
        _ if said.starts_with("awaiting collection") => Status::ReadyForPickup,
        _ if said.starts_with("attempted delivery") && said.contains("carded") => Status::AttemptNoticeLeft,
        _ if said.starts_with("attempted delivery") => Status::AttemptOther,
        _ if said.starts_with("arrived in ") => Status::ArrivedDestinationCountry,
        _ => Status::Unknown,
    }
}
