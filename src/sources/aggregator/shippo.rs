//! Shippo: a tracking (answer), a list of them, and the `track_updated` push.
//!
//! Times are UTC by its documentation; midnight sharp is a day without a time.

use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, list, text};
use crate::sources::{EstimateDraft, Parsed, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{
    event_time, expected, finer, ignored, joined_code, json, midnight_is_a_day, place, raw_place, refused,
    settle_events, some_place, tracking_number,
};

const PLACE: [&str; 4] = ["city", "state", "zip", "country"];

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let first_result = value.get("results").and_then(|results| results.item(0));
    is_tracking(value)
        || first_result.is_some_and(is_tracking)
        || (text(value, "event").is_some_and(|event| event.starts_with("track_") || event.starts_with("transaction_"))
            && value.get("data").is_some())
        || refused_fields(value).is_some()
}

fn is_tracking(value: &Value) -> bool {
    value.get("tracking_number").is_some()
        && (value.get("tracking_history").is_some() || value.get("tracking_status").is_some_and(Value::is_object))
}

/// What Shippo answers to a wrong request: field names with lists of complaints, and nothing else.
fn refused_fields(value: &Value) -> Option<String> {
    let fields = value.as_object().filter(|fields| !fields.is_empty())?;
    let fields = fields.sorted();
    let complaints: Vec<String> = fields
        .iter()
        .map(|(field, complaints)| {
            let complaint = complaints.as_array()?.first()?.as_str()?;
            Some(format!("{field}: {complaint}"))
        })
        .collect::<Option<_>>()?;
    let known = ["carrier", "tracking_number", "metadata", "non_field_errors", "__all__"];
    fields.iter().all(|(field, _)| known.contains(field)).then(|| complaints.join("; "))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "Shippo") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    if let Some(complaints) = refused_fields(value) {
        return refused("payload", format!("Shippo answered with an error: {complaints}"));
    }
    if let Some(detail) = text(value, "detail").filter(|_| value.get("tracking_number").is_none()) {
        return refused("detail", format!("Shippo answered with an error: {detail}"));
    }
    let mut parsed = Parsed::default();
    match value {
        Value::Array(trackings) => read_each(trackings, "", &mut parsed),
        value if value.get("results").is_some() => read_each(list(value, "results"), "results", &mut parsed),
        value if value.get("data").is_some() => {
            if !is_tracking(&value["data"]) {
                return ignored("a Shippo event without a tracking");
            }
            read_into(&value["data"], "data", &mut parsed);
        }
        value => read_into(value, "", &mut parsed),
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
    let latest = reading::at(tracking, "tracking_status");
    let end = |name: &str| reading::at(tracking, name).and_then(|address| some_place(place(address, PLACE)));
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(tracking, "tracking_number", at)?,
        carrier: text(tracking, "carrier").map(|name| carrier_id(&name)),
        service: text(tracking, "servicelevel.name"),
        status: latest.map(combined),
        status_code: latest.and_then(code),
        estimate: expected(tracking, "eta").map(|day| EstimateDraft { earliest: None, latest: Some(day) }),
        origin: end("address_from"),
        destination: end("address_to"),
        ..ShipmentDraft::default()
    };
    // The latest status stands in the history too, as a rule: a verbatim repeat is dropped.
    let told = list(tracking, "tracking_history")
        .iter()
        .enumerate()
        .map(|(index, told)| (format!("tracking_history[{index}]"), told))
        .chain(latest.map(|told| ("tracking_status".to_owned(), told)));
    for (name, told) in told {
        match history_event(told, &format!("{at}{}{name}", if at.is_empty() { "" } else { "." })) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn history_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let location = told.get("location").unwrap_or(&Value::Null);
    let place: EventPlace = place(location, PLACE);
    let written = text(told, "status_date");
    let time = event_time(written.as_deref(), |time| midnight_is_a_day(time).event_time(&place, None), at)?;
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: code(told),
            text: text(told, "status_details").or_else(|| text(told, "substatus.text")).unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: raw_place(location, &PLACE),
        },
        status: combined(told),
        time,
        place,
    })
}

/// The substatus is an object since 2018-02-08, and a plain code in older answers.
fn substatus(told: &Value) -> Option<String> {
    text(told, "substatus.code").or_else(|| text(told, "substatus"))
}

fn code(told: &Value) -> Option<String> {
    joined_code(&[text(told, "status").as_deref(), substatus(told).as_deref()])
}

fn combined(told: &Value) -> Status {
    let coarse = text(told, "status").map_or(Status::Unknown, |code| status(&code));
    finer(coarse, substatus(told).map_or(Status::Unknown, |code| status(&code)))
}

/// A `status` (upper case) or a `substatus.code` (lower case).
pub fn status(code: &str) -> Status {
    match code {
        "UNKNOWN" | "other" => Status::Unknown,
        "PRE_TRANSIT" | "information_received" => Status::LabelCreated,
        "TRANSIT" | "package_processed" | "package_processing" => Status::InTransit,
        "DELIVERED" | "delivered" => Status::Delivered,
        "RETURNED" | "return_to_sender" => Status::Returning,
        "FAILURE" | "package_undeliverable" => Status::Undeliverable,
        "package_accepted" => Status::Accepted,
        "package_arrived" => Status::ArrivedFacility,
        "package_departed" => Status::DepartedFacility,
        "package_forwarded" => Status::Redirected,
        "delivery_scheduled" | "delivery_rescheduled" => Status::DeliveryScheduled,
        "out_for_delivery" => Status::OnVehicle,
        "pickup_available" => Status::ReadyForPickup,
        "delivery_attempted" => Status::AttemptOther,
        "notice_left" | "reschedule_delivery" => Status::AttemptNoticeLeft,
        "location_inaccessible" => Status::AttemptNoAccess,
        "address_issue" => Status::AddressIssue,
        "contact_carrier" | "package_held" => Status::Held,
        "delayed" => Status::DelayedCarrier,
        "package_damaged" => Status::Damaged,
        "package_lost" => Status::Lost,
        "package_disposed" => Status::Disposed,
        "package_unclaimed" => Status::Unclaimed,
        _ => Status::Unknown,
    }
}
