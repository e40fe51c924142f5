//! DHL's Shipment Tracking Unified API (`shipments` with an `id`): one answer for Express, eCommerce, Paket and the
//! others. Its five status codes are coarse; the sentences of each division, which DHL fixes, tell the rest.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, at, list, plain, text, written_time};
use crate::sources::{EstimateDraft, Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::finer::{by_phrase, finer, signer, told_apart};
use super::scan::{Scan, add, country, joined, known, pickup, proof, refuse, window};
use super::{dhl_express, dhl_paket};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let shipment = list(body, "shipments").first();
    shipment.is_some_and(|shipment| {
        at(shipment, "id").is_some()
            && (at(shipment, "service").is_some()
                || at(shipment, "status.statusCode").is_some()
                || at(shipment, "events.0.statusCode").is_some())
    }) || is_problem(body)
}

fn is_problem(body: &Value) -> bool {
    at(body, "title").is_some()
        && at(body, "status").is_some()
        && text(body, "detail").is_some_and(|detail| detail.to_lowercase().contains("shipment"))
        && at(body, "instance").is_none()
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for (index, shipment) in list(body, "shipments").iter().enumerate() {
        read_shipment(shipment, &format!("shipments[{index}]"), &mut parsed);
    }
    if list(body, "shipments").is_empty() && is_problem(body) {
        let words = ["status", "title", "detail"].iter().filter_map(|field| text(body, field));
        refuse(&mut parsed, "detail", words.collect::<Vec<_>>().join(": "));
    }
    parsed
}

fn carrier_of(service: &str) -> String {
    match service {
        "express" => dhl_express::CARRIER.to_owned(),
        "parcel-de" | "post-de" => dhl_paket::CARRIER.to_owned(),
        "freight" => "DHL Freight".to_owned(),
        "dgf" => "DHL Global Forwarding".to_owned(),
        "sameday" => "DHL Same Day".to_owned(),
        "svb" => "DHL Saloodo".to_owned(),
        // "ecommerce", "ecommerce-apac", "ecommerce-europe", "parcel-nl", "parcel-pl", "parcel-uk", …
        _ => "dhl_ecommerce".to_owned(),
    }
}

fn read_shipment(shipment: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(shipment, "id") else {
        return refuse(parsed, path, "the shipment has no id");
    };
    let service = text(shipment, "service").unwrap_or_default();
    let now = at(shipment, "status").unwrap_or(&Value::Null);
    let status_code = text(now, "statusCode");
    let proof_of = |field: &str| text(shipment, &format!("details.proofOfDelivery.{field}"));
    let signed =
        proof_of("signed.name").or_else(|| joined_name(proof_of("signed.givenName"), proof_of("signed.familyName")));
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(carrier_of(&service)),
        service: text(shipment, "details.product.productName").map(|name| plain(&name)),
        status: status_code.as_ref().map(|_| status_of(&service, now)),
        status_code,
        estimate: estimated(shipment),
        proof: proof(signer(signed), proof_of("signatureUrl").or_else(|| proof_of("documentUrl"))),
        pickup: service_point(shipment),
        origin: address(shipment, "origin"),
        destination: address(shipment, "destination"),
        ..ShipmentDraft::default()
    };
    let events = list(shipment, "events");
    // The short form of the answer tells the newest event only, as the status.
    let events = if events.is_empty() && at(now, "timestamp").is_some() { std::slice::from_ref(now) } else { events };
    let mut told = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let place = address(event, "location");
        let time = text(event, "timestamp");
        let read = time.as_deref().and_then(written_time).map(WrittenTime::without_placeholder);
        let status = status_of(&service, event);
        let (code, detail) = (text(event, "statusCode"), text(event, "statusDetailed"));
        let words = sentence(event);
        let said = at(event, "location.address");
        let said =
            ["addressLocality", "postalCode", "countryCode"].map(|field| said.and_then(|said| text(said, field)));
        // The sentence is what tells one "transit" from the next in the same second.
        let beside = detail.or_else(|| words.clone()).unwrap_or_default();
        let scan = Scan {
            id: None,
            code,
            text: words,
            time,
            place: place.unwrap_or_default(),
            said_place: joined(said).unwrap_or_default(),
        };
        match scan.event_reading(read, status, None) {
            Ok(event) => told.push((event, beside)),
            Err(reason) => refuse(parsed, format!("{path}.events[{index}]"), reason),
        }
    }
    draft.events = told_apart(told);
    add(parsed, draft);
}

fn joined_name(given: Option<String>, family: Option<String>) -> Option<String> {
    let name = [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// The sentence of an event: `description` where there is one, else `status`, which then holds it.
fn sentence(event: &Value) -> Option<String> {
    text(event, "description").or_else(|| text(event, "status")).map(|words| plain(&words))
}

/// The coarse code, refined by the division's own code or sentence.
fn status_of(service: &str, event: &Value) -> Status {
    let coarse = match text(event, "statusCode").as_deref() {
        Some("pre-transit") => Status::LabelCreated,
        Some("transit") => Status::InTransit,
        Some("delivered") => Status::Delivered,
        Some("failure") => Status::Undeliverable,
        _ => Status::Unknown,
    };
    let parts = ["statusDetailed", "status", "description", "remark"].map(|field| text(event, field));
    let said = || parts.iter().flatten();
    let by_code = |said: &String| match service {
        "express" => Some(dhl_express::codes::status_of(said, "")).filter(|status| *status != Status::Unknown),
        _ => dhl_paket::status_of_ice(said),
    };
    let by_sentence = |said: &String| match service {
        "express" => {
            let code = dhl_express::codes::code_of_sentence(said)?;
            Some(dhl_express::codes::status_of(code, said))
        }
        "parcel-de" | "post-de" => dhl_paket::status_of_sentence(said),
        _ => by_phrase(PHRASES, said).or_else(|| dhl_paket::status_of_sentence(said)),
    };
    finer(coarse, said().find_map(by_code).or_else(|| said().find_map(by_sentence)))
}

/// The sentences of DHL eCommerce and the parcel divisions outside Germany.
const PHRASES: &[(&str, Status)] = &[
    ("out for delivery", Status::OnVehicle),
    ("with delivery courier", Status::OnVehicle),
    ("tendered to delivery service provider", Status::HandedToLastMile),
    ("tendered to", Status::HandedToLastMile),
    ("arrival at post office", Status::AtLocalFacility),
    ("arrived usps sort facility", Status::HandedToLastMile),
    ("arrived at destination", Status::AtLocalFacility),
    ("arrival destination dhl ecommerce", Status::AtLocalFacility),
    ("sorting complete", Status::AtLocalFacility),
    ("package received at dhl ecommerce", Status::ArrivedFacility),
    ("received at dhl", Status::ArrivedFacility),
    ("arrival", Status::ArrivedFacility),
    ("arrived", Status::ArrivedFacility),
    ("depart", Status::DepartedFacility),
    ("processed", Status::ArrivedFacility),
    ("picked up", Status::Accepted),
    ("label created", Status::LabelCreated),
    ("electronic notification received", Status::LabelCreated),
    ("en route to dhl ecommerce", Status::AwaitingHandover),
    ("dhl ecommerce awaiting", Status::AwaitingHandover),
    ("customs clearance in process", Status::CustomsStarted),
    ("clearance processing complete", Status::CustomsCleared),
    ("customs cleared", Status::CustomsCleared),
    ("cleared customs", Status::CustomsCleared),
    ("held in customs", Status::CustomsHold),
    ("notice left", Status::AttemptNoticeLeft),
    ("attempted delivery", Status::AttemptOther),
    ("delivery attempted", Status::AttemptOther),
    ("refused", Status::Refused),
    ("insufficient address", Status::AddressIssue),
    ("undeliverable as addressed", Status::Undeliverable),
    ("return to sender", Status::Returning),
    ("returned to sender", Status::Returning),
    ("being returned", Status::Returning),
    ("damaged", Status::Damaged),
    ("unclaimed", Status::Unclaimed),
    ("available for pickup", Status::ReadyForPickup),
    ("ready for pick", Status::ReadyForPickup),
    ("ready for collection", Status::ReadyForPickup),
    ("delayed", Status::DelayedCarrier),
];

fn address(value: &Value, path: &str) -> Option<EventPlace> {
    let field = |name: &str| text(value, &format!("{path}.address.{name}"));
    // "BONN, GERMANY" and "LEIPZIG - GERMANY": the country stands beside in its own field.
    let city = field("addressLocality").map(|city| plain(&city));
    known(EventPlace {
        city,
        region: field("addressRegion"),
        postal_code: field("postalCode"),
        country: field("countryCode").as_deref().map(country),
        facility: None,
    })
}

fn service_point(shipment: &Value) -> Option<PickupDraft> {
    let point = at(shipment, "destination.servicePoint")?;
    pickup(PickupDraft { name: text(point, "label"), ..PickupDraft::default() })
}

fn estimated(shipment: &Value) -> Option<EstimateDraft> {
    let frame = |end: &str| text(shipment, &format!("estimatedDeliveryTimeFrame.{end}"));
    window(frame("estimatedFrom").as_deref(), frame("estimatedThrough").as_deref())
        .or_else(|| super::scan::expected_on(text(shipment, "estimatedTimeOfDelivery").as_deref()))
}

#[cfg(test)]
#[path = "dhl_unified_tests.rs"]
mod tests;
