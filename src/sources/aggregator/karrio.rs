//! Karrio: a tracker, a page of them, and the pushes `tracker_created` and `tracker_updated`.
//!
//! Events carry the carrier's own code; Karrio's status of an event is there since 2024. Without it, the event's
//! status is unknown, and the tracker's stands beside it.

use jiff::civil::DateTime;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, clock, list, text};
use crate::sources::{EstimateDraft, Parsed, ProofDraft, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{
    event_time, expected, https, ignored, joined_code, json, refused, settle_events, some_place, tracking_number,
};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let pushed = text(value, "type").is_some_and(|name| name.starts_with("tracker_") || name.starts_with("tracker."));
    let first = value.get("results").and_then(|results| results.item(0));
    (pushed && value.get("data").is_some()) || is_tracker(value) || first.is_some_and(is_tracker)
}

fn is_tracker(value: &Value) -> bool {
    let object = value.get("object_type").and_then(Value::as_str);
    let has = |name: &str| value.get(name).is_some();
    has("tracking_number") && (object == Some("tracker") || (has("carrier_name") && has("carrier_id") && has("events")))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "Karrio") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    let mut parsed = Parsed::default();
    match value {
        Value::Array(trackers) => read_each(trackers, "", &mut parsed),
        value if value.get("results").is_some() => read_each(list(value, "results"), "results", &mut parsed),
        value if value.get("data").is_some() => {
            if value["data"].get("tracking_number").is_none() {
                return ignored("a Karrio event without a tracker");
            }
            read_into(&value["data"], "data", &mut parsed);
        }
        value if value.get("tracking_number").is_some() => read_into(value, "", &mut parsed),
        value => match ["errors", "messages"].into_iter().find_map(|name| list(value, name).first()) {
            Some(error) => {
                let reason = text(error, "message").unwrap_or_else(|| error.to_string());
                return refused("errors[0]", format!("Karrio answered with an error: {reason}"));
            }
            None => read_into(value, "", &mut parsed),
        },
    }
    parsed
}

fn read_each(trackers: &[Value], name: &str, parsed: &mut Parsed) {
    for (index, tracker) in trackers.iter().enumerate() {
        read_into(tracker, &format!("{name}[{index}]"), parsed);
    }
}

fn read_into(tracker: &Value, at: &str, parsed: &mut Parsed) {
    match tracker_shipment(tracker, at, &mut parsed.refused) {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn tracker_shipment(tracker: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let code = text(tracker, "status");
    let end = |name: &str| {
        let country = text(tracker, &format!("info.shipment_{name}_country"));
        let postal_code = text(tracker, &format!("info.shipment_{name}_postal_code"));
        some_place(EventPlace { country, postal_code, ..EventPlace::default() })
    };
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(tracker, "tracking_number", at)?,
        // `carrier_id` is the merchant's own name for the account, not the carrier.
        carrier: text(tracker, "carrier_name").map(|name| carrier_id(&name)),
        service: text(tracker, "info.shipment_service"),
        order_number: text(tracker, "info.order_id"),
        status: code.as_deref().map(status),
        status_code: code,
        estimate: expected(tracker, "estimated_delivery")
            .or_else(|| expected(tracker, "info.expected_delivery"))
            .map(|day| EstimateDraft { earliest: None, latest: Some(day) }),
        proof: proof(tracker),
        origin: end("origin"),
        destination: end("destination"),
        ..ShipmentDraft::default()
    };
    for (index, told) in list(tracker, "events").iter().enumerate() {
        let at = format!("{at}{}events[{index}]", if at.is_empty() { "" } else { "." });
        match tracker_event(told, &at) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn proof(tracker: &Value) -> Option<ProofDraft> {
    let photo = ["delivery_image_url", "signature_image_url", "images.delivery_image", "images.signature_image"];
    let proof = ProofDraft {
        signed_by: text(tracker, "info.signed_by"),
        photo: photo.into_iter().find_map(|name| https(text(tracker, name))),
    };
    (proof != ProofDraft::default()).then_some(proof)
}

fn tracker_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let location = text(told, "location");
    let place = EventPlace { facility: location.clone(), ..EventPlace::default() };
    let (timestamp, date, time) = (text(told, "timestamp"), text(told, "date"), text(told, "time"));
    let written = match (&timestamp, &date) {
        (Some(timestamp), _) => Some(timestamp.clone()),
        (None, Some(date)) => Some(format!("{date} {}", time.as_deref().unwrap_or("")).trim().to_owned()),
        (None, None) => None,
    };
    let first = timestamp.or(date);
    let when = event_time(first.as_deref(), |day| event_moment(day, time.as_deref(), &place), at)?;
    let (code, carrier_code) = (text(told, "status"), text(told, "code"));
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: joined_code(&[code.as_deref(), carrier_code.as_deref()]),
            text: text(told, "description").unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: location.unwrap_or_default(),
        },
        status: code.as_deref().map_or(Status::Unknown, status),
        time: when,
        place,
    })
}

/// A day and its wall-clock, which stand in two fields ("2024-05-01", "10:15 AM").
fn event_moment(day: WrittenTime, time: Option<&str>, place: &EventPlace) -> EventTime {
    match (day, time.and_then(clock)) {
        (WrittenTime::Day(date), Some(time)) => {
            WrittenTime::Local(DateTime::from_parts(date, time)).event_time(place, None)
        }
        (day, _) => day.event_time(place, None),
    }
}

/// `status` of a tracker or event.
pub fn status(code: &str) -> Status {
    match code {
        "pending" => Status::LabelCreated,
        "picked_up" => Status::Accepted,
        "unknown" => Status::Unknown,
        "on_hold" => Status::Held,
        "cancelled" => Status::Cancelled,
        "delivered" => Status::Delivered,
        "in_transit" => Status::InTransit,
        "delivery_delayed" => Status::DelayedCarrier,
        "out_for_delivery" => Status::OnVehicle,
        "ready_for_pickup" => Status::ReadyForPickup,
        "delivery_failed" => Status::AttemptOther,
        "return_to_sender" => Status::Returning,
        _ => Status::Unknown,
    }
}
