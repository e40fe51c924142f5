//! AfterShip: a tracking alone, in an answer (`meta`, `data`), in a list, or pushed (`event`, `msg`); the shapes of v4
//! and of the dated versions since 2023.
//!
//! A checkpoint's time carries an offset only where AfterShip knew one; else it is the local time of its place.

use crate::sources::country::country_code;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, list, text};
use crate::sources::{EstimateDraft, Parsed, PickupDraft, ProofDraft, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{
    event_time, expected, finer, https, ignored, joined_code, json, place, raw_place, refused, settle_events,
    some_place, tracking_number,
};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let answer = reading::at(value, "meta.code").is_some() && value.get("data").is_some();
    let pushed = value.get("msg").is_some() && value.get("event").is_some();
    answer || pushed || is_tracking(value) || value.get("tracking").is_some_and(is_tracking)
}

fn is_tracking(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    has("tracking_number") && has("slug") && (has("tag") || has("checkpoints") || has("subtag"))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "AfterShip") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    if let Some(code) = reading::at(value, "meta.code").and_then(Value::as_i64).filter(|code| *code >= 300) {
        let reason = text(value, "meta.message").or_else(|| text(value, "meta.type")).unwrap_or_default();
        return refused("meta.code", format!("AfterShip answered with error {code}: {reason}"));
    }
    let mut parsed = Parsed::default();
    let body = ["data", "msg"].into_iter().find_map(|name| value.get(name).map(|body| (name, body)));
    let (at, body) = body.unwrap_or(("", value));
    let lists = ["trackings", "direct_trackings"];
    let named_list = lists.into_iter().find(|name| body.get(name).is_some());
    match (body, named_list) {
        (Value::Array(trackings), _) => read_each(trackings, at, &mut parsed),
        (body, Some(name)) => read_each(list(body, name), name, &mut parsed),
        (body, None) if body.get("tracking").is_some_and(Value::is_object) => {
            read_into(&body["tracking"], "tracking", &mut parsed);
        }
        (body, None) if body.get("tracking_number").is_some() || body.get("slug").is_some() => {
            read_into(body, at, &mut parsed);
        }
        _ => return ignored("an AfterShip answer without a tracking"),
    }
    parsed
}

fn read_each(trackings: &[Value], name: &str, parsed: &mut Parsed) {
    for (index, tracking) in trackings.iter().enumerate() {
        read_into(tracking, &format!("{name}[{index}]"), parsed);
    }
}

fn read_into(tracking: &Value, at: &str, parsed: &mut Parsed) {
    match tracking_shipment(tracking, at, &mut parsed.refused) {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn tracking_shipment(tracking: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let (tag, subtag) = (text(tracking, "tag"), text(tracking, "subtag"));
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(tracking, "tracking_number", at)?,
        carrier: text(tracking, "slug").map(|slug| carrier_id(&slug)),
        service: text(tracking, "shipment_type").or_else(|| text(tracking, "service_type_name")),
        order_number: text(tracking, "order_number"),
        order_source_id: text(tracking, "order_id"),
        status: tag.as_deref().map(|tag| combined(tag, subtag.as_deref())),
        status_code: subtag.or(tag),
        estimate: estimate(tracking),
        proof: proof(tracking),
        pickup: pickup(tracking),
        origin: end_place(tracking, "origin"),
        destination: end_place(tracking, "destination"),
        ..ShipmentDraft::default()
    };
    // The answer to "last checkpoint" has one, not a list.
    let (name, checkpoints) = match list(tracking, "checkpoints") {
        [] => ("checkpoint", list(tracking, "checkpoint")),
        checkpoints => ("checkpoints", checkpoints),
    };
    for (index, checkpoint) in checkpoints.iter().enumerate() {
        let at = format!("{at}{}{name}[{index}]", if at.is_empty() { "" } else { "." });
        match checkpoint_event(checkpoint, &at) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn checkpoint_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let (tag, subtag) = (text(told, "tag"), text(told, "subtag"));
    let place = checkpoint_place(told);
    let written = text(told, "checkpoint_time");
    let time = event_time(written.as_deref(), |time| time.event_time(&place, None), at)?;
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: joined_code(&[subtag.as_deref().or(tag.as_deref()), text(told, "raw_tag").as_deref()]),
            text: text(told, "message").or_else(|| text(told, "subtag_message")).unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: raw_place(told, &["location", "city", "state", "zip", "country_name"]),
        },
        status: combined(tag.as_deref().unwrap_or(""), subtag.as_deref()),
        time,
        place,
    })
}

fn checkpoint_place(told: &Value) -> EventPlace {
    let country = ["country_iso3", "country_region", "country_region_name", "country_name"];
    let mut place = place(told, ["city", "state", "zip", ""]);
    place.country = country.into_iter().find_map(|name| text(told, name)).map(|country| country_code(&country));
    if place.city.is_none() {
        place.facility = text(told, "location");
    }
    place
}

fn end_place(tracking: &Value, end: &str) -> Option<EventPlace> {
    let field = |name: &str| text(tracking, &format!("{end}_{name}"));
    let country = field("country_iso3")
        .or_else(|| field("country_region"))
        .or_else(|| text(tracking, &format!("courier_{end}_country_iso3")))
        .or_else(|| text(tracking, &format!("courier_{end}_country_region")));
    some_place(EventPlace {
        city: field("city"),
        region: field("state"),
        postal_code: field("postal_code"),
        country: country.map(|country| country_code(&country)),
        facility: field("raw_location"),
    })
}

/// The carrier's date first, then the one AfterShip predicts.
fn estimate(tracking: &Value) -> Option<EstimateDraft> {
    let windows = [
        "courier_estimated_delivery_date",
        "latest_estimated_delivery",
        "aftership_estimated_delivery_date",
        "custom_estimated_delivery_date",
        "first_estimated_delivery",
    ];
    let window = |name: &str| {
        let first =
            |suffixes: [&str; 2]| suffixes.iter().find_map(|field| expected(tracking, &format!("{name}.{field}")));
        let day = first(["estimated_delivery_date", "datetime"]);
        let earliest = first(["estimated_delivery_date_min", "datetime_min"]);
        let latest = first(["estimated_delivery_date_max", "datetime_max"]).or(day);
        (earliest.is_some() || latest.is_some()).then_some(EstimateDraft { earliest, latest })
    };
    let flat =
        || expected(tracking, "expected_delivery").map(|day| EstimateDraft { earliest: None, latest: Some(day) });
    windows.into_iter().find_map(window).or_else(flat)
}

fn proof(tracking: &Value) -> Option<ProofDraft> {
    let photo = list(tracking, "proof_of_delivery").iter().find_map(|proof| https(text(proof, "url")));
    let proof = ProofDraft { signed_by: text(tracking, "signed_by"), photo };
    (proof != ProofDraft::default()).then_some(proof)
}

fn pickup(tracking: &Value) -> Option<PickupDraft> {
    let name = text(tracking, "pickup_location")?;
    Some(PickupDraft { name: Some(name), hours: None, ..PickupDraft::default() })
}

fn combined(tag: &str, subtag: Option<&str>) -> Status {
    finer(status(tag), subtag.map_or(Status::Unknown, status))
}

/// A `tag` or `subtag`.
pub fn status(code: &str) -> Status {
    match code {
        "Pending" | "Pending_001" => Status::PendingNoData,
        "InfoReceived" | "InfoReceived_001" => Status::LabelCreated,
        "InTransit" | "InTransit_001" => Status::InTransit,
        "InTransit_002" => Status::Accepted,
        "InTransit_003" => Status::ArrivedFacility,
        "InTransit_004" => Status::ArrivedDestinationCountry,
        "InTransit_005" => Status::CustomsCleared,
        "InTransit_006" => Status::CustomsStarted,
        "InTransit_007" => Status::DepartedFacility,
        "InTransit_008" => Status::Resolved,
        "InTransit_009" => Status::Redirected,
        "OutForDelivery" | "OutForDelivery_001" => Status::OnVehicle,
        "OutForDelivery_002" | "AvailableForPickup" | "AvailableForPickup_001" => Status::ReadyForPickup,
        "OutForDelivery_003" => Status::RecipientContacted,
        "OutForDelivery_004" => Status::Appointment,
        "AttemptFail" | "AttemptFail_001" => Status::AttemptOther,
        "AttemptFail_002" => Status::AttemptNoOneHome,
        "AttemptFail_003" => Status::AttemptBusinessClosed,
        "Delivered" | "Delivered_001" => Status::Delivered,
        "Delivered_002" => Status::DeliveredCollected,
        "Delivered_003" => Status::DeliveredSigned,
        "Delivered_004" => Status::DeliveredCodPaid,
        "Delivered_005" => Status::DeliveredNeighbour,
        "Exception" | "Exception_001" => Status::ExceptionOther,
        "Exception_002" => Status::RecipientMoved,
        "Exception_003" => Status::Refused,
        "Exception_004" => Status::CustomsHold,
        "Exception_005" | "Exception_019" => Status::DelayedExternal,
        "Exception_006" => Status::PaymentDue,
        "Exception_007" => Status::AddressIssue,
        "Exception_008" => Status::Unclaimed,
        "Exception_009" => Status::RejectedByCarrier,
        "Exception_010" => Status::Returning,
        "Exception_011" => Status::Returned,
        "Exception_012" => Status::Damaged,
        "Exception_013" => Status::Lost,
        "Exception_016" => Status::DelayedCarrier,
        "Exception_017" => Status::Weather,
        "Exception_018" => Status::DocumentsRequired,
        "Exception_020" => Status::Cancelled,
        "Exception_021" => Status::Disposed,
        "Expired" | "Expired_001" => Status::Expired,
        _ => Status::Unknown,
    }
}
