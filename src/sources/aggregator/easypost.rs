//! EasyPost: trackers (one, or a page of them), and the events it pushes with a tracker as their result.
//!
//! Times are UTC by its documentation; midnight sharp is a day without a time.

use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, list, text};
use crate::sources::{EstimateDraft, Expected, Parsed, ProofDraft, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{
    event_time, finer, ignored, joined_code, json, midnight_is_a_day, place, raw_place, refused, settle_events,
    some_place, tracking_number,
};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let object = value.get("object").and_then(Value::as_str).unwrap_or("");
    let described = value.get("id").and_then(Value::as_str).is_some_and(|id| id.starts_with("evt_"));
    matches!(object, "Tracker" | "Event")
        || described
        || is_page(value, "trackers", "trk_")
        || is_page(value, "events", "evt_")
        || reading::at(value, "tracker.tracking_code").is_some()
        || (value.get("tracking_code").is_some() && value.get("tracking_details").is_some())
}

fn is_page(value: &Value, name: &str, id_prefix: &str) -> bool {
    let Some(items) = value.get(name).and_then(Value::as_array) else { return false };
    let known = |item: &Value| {
        let id = item.get("id").and_then(Value::as_str).unwrap_or("");
        id.starts_with(id_prefix) || item.get("tracking_code").is_some()
    };
    items.first().map_or(value.get("has_more").is_some(), known)
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "EasyPost") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    if let Some(error) = reading::at(value, "error") {
        let reason = text(error, "message").or_else(|| text(error, "code")).unwrap_or_else(|| error.to_string());
        return refused("error", format!("EasyPost answered with an error: {reason}"));
    }
    let mut parsed = Parsed::default();
    match value {
        Value::Array(trackers) => read_each(trackers, "", &mut parsed),
        value if value.get("trackers").is_some() => read_each(list(value, "trackers"), "trackers", &mut parsed),
        value if reading::at(value, "result.tracking_code").is_some() => {
            read_into(&value["result"], "result", &mut parsed)
        }
        value if reading::at(value, "tracker.tracking_code").is_some() => {
            read_into(&value["tracker"], "tracker", &mut parsed);
        }
        value if value.get("events").is_some() || text(value, "object").as_deref() == Some("Event") => {
            return ignored("an EasyPost event without a tracker");
        }
        value => read_into(value, "", &mut parsed),
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
    let (code, detail) = (text(tracker, "status"), text(tracker, "status_detail"));
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(tracker, "tracking_code", at)?,
        carrier: text(tracker, "carrier").map(|name| carrier_id(&name)),
        service: text(tracker, "carrier_detail.service"),
        status: code.as_deref().map(|code| combined(code, detail.as_deref())),
        status_code: joined_code(&[code.as_deref(), detail.as_deref()]),
        estimate: estimate(tracker),
        proof: text(tracker, "signed_by").map(|name| ProofDraft { signed_by: Some(name), photo: None }),
        origin: end_place(tracker, "origin"),
        destination: end_place(tracker, "destination"),
        ..ShipmentDraft::default()
    };
    for (index, told) in list(tracker, "tracking_details").iter().enumerate() {
        let at = format!("{at}{}tracking_details[{index}]", if at.is_empty() { "" } else { "." });
        match tracking_event(told, &at) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn tracking_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let (code, detail) = (text(told, "status"), text(told, "status_detail"));
    let fine_detail = detail.as_deref().filter(|detail| *detail != "unknown");
    let location = told.get("tracking_location").unwrap_or(&Value::Null);
    let place = place(location, ["city", "state", "zip", "country"]);
    let written = text(told, "datetime");
    let time = event_time(written.as_deref(), |time| midnight_is_a_day(time).event_time(&place, None), at)?;
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: joined_code(&[code.as_deref(), fine_detail, text(told, "carrier_code").as_deref()]),
            text: text(told, "message").or_else(|| text(told, "description")).unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: raw_place(location, &["city", "state", "zip", "country"]),
        },
        status: code.as_deref().map_or(Status::Unknown, |code| combined(code, detail.as_deref())),
        time,
        place,
    })
}

/// The carrier's local day (and time) where it is told, else the day or instant of the tracker.
fn estimate(tracker: &Value) -> Option<EstimateDraft> {
    let local_day = text(tracker, "carrier_detail.est_delivery_date_local").and_then(|day| reading::written_time(&day));
    let local_time = text(tracker, "carrier_detail.est_delivery_time_local").and_then(|time| time.parse().ok());
    let when = match (local_day, local_time) {
        (Some(day), Some(time)) => Expected::Local(day.date().to_datetime(time)),
        (Some(day), None) => Expected::Day(day.date()),
        (None, _) => super::expected(tracker, "est_delivery_date")?,
    };
    Some(EstimateDraft { earliest: None, latest: Some(when) })
}

fn end_place(tracker: &Value, end: &str) -> Option<EventPlace> {
    let known = reading::at(tracker, &format!("carrier_detail.{end}_tracking_location"))
        .and_then(|location| some_place(place(location, ["city", "state", "zip", "country"])));
    known.or_else(|| {
        let written = text(tracker, &format!("carrier_detail.{end}_location"))?;
        Some(EventPlace { facility: Some(written), ..EventPlace::default() })
    })
}

fn combined(code: &str, detail: Option<&str>) -> Status {
    finer(status(code), detail.map_or(Status::Unknown, status_of_detail))
}

/// `status` of a tracker or scan.
pub fn status(code: &str) -> Status {
    match code {
        "unknown" => Status::Unknown,
        "error" => Status::TrackerError,
        "pre_transit" => Status::LabelCreated,
        "in_transit" => Status::InTransit,
        "out_for_delivery" => Status::OnVehicle,
        "available_for_pickup" => Status::ReadyForPickup,
        "delivered" => Status::Delivered,
        "failure" => Status::Undeliverable,
        "return_to_sender" => Status::Returning,
        "cancelled" => Status::Cancelled,
        _ => Status::Unknown,
    }
}

/// `status_detail` of a tracker or scan.
pub fn status_of_detail(code: &str) -> Status {
    match code {
        "unknown" => Status::Unknown,
        "label_created" => Status::LabelCreated,
        "awaiting_information" => Status::DocumentsRequired,
        "in_transit" | "status_update" => Status::InTransit,
        "received_at_origin_facility" => Status::Accepted,
        "arrived_at_facility" => Status::ArrivedFacility,
        "departed_facility" | "departed_origin_facility" => Status::DepartedFacility,
        "received_at_destination_facility" => Status::AtLocalFacility,
        "transferred_to_destination_carrier" => Status::HandedToLastMile,
        "address_correction" => Status::AddressCorrected,
        "out_for_delivery" => Status::OnVehicle,
        "arrived_at_pickup_location" => Status::ReadyForPickup,
        "arrived_at_destination" => Status::Delivered,
        "failure" => Status::Undeliverable,
        "delivery_exception" => Status::AttemptOther,
        "transit_exception" => Status::ExceptionOther,
        "delayed" => Status::DelayedCarrier,
        "weather_delay" => Status::Weather,
        "held" => Status::Held,
        "missorted" => Status::Misrouted,
        "damaged" => Status::Damaged,
        "lost" => Status::Lost,
        "refused" => Status::Refused,
        "return" => Status::Returning,
        "cancelled" => Status::Cancelled,
        "expired" => Status::Expired,
        _ => Status::Unknown,
    }
}
