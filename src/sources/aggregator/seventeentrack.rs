//! 17TRACK: the v2 push (`TRACKING_UPDATED`), answers to `register` and `gettrackinfo`, the older v1 push with
//! one-letter fields, and the package lists of its account pages.
//!
//! v1 and the lists give events no code at all, only text: their status is unknown, except where they say the state
//! of the whole parcel.

use crate::sources::country::country_code;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, WrittenTime, list, text, written_time};
use crate::sources::{EstimateDraft, Parsed, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{
    event_time, expected, finer, ignored, json, midnight_is_a_day, place, raw_place, refused, settle_events,
    some_place, tracking_number,
};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let pushed = text(value, "event").is_some_and(|event| event.starts_with("TRACKING_"));
    let answer = value.get("code").is_some() && reading::at(value, "data").is_some_and(is_answer);
    let item = value.get("track_info").is_some() && value.get("number").is_some();
    let account = value.get("Json").is_some() && (value.get("pageInfo").is_some() || value.get("Code").is_some());
    pushed || answer || item || account
}

fn is_answer(data: &Value) -> bool {
    ["accepted", "rejected", "errors"].iter().any(|name| data.get(name).is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "17TRACK") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    let mut parsed = Parsed::default();
    match value {
        Value::Array(items) => read_each(items, "", &mut parsed),
        value if value.get("Json").is_some() => return account_page(value),
        value if value.get("code").is_some() => answer(value, &mut parsed),
        value if value.get("data").is_some() => read_into(&value["data"], "data", &mut parsed),
        value => read_into(value, "", &mut parsed),
    }
    parsed
}

/// `{"code":0,"data":{"accepted":[…],"rejected":[…]}}`; an error under HTTP 200 has another code or `errors`.
fn answer(value: &Value, parsed: &mut Parsed) {
    let errors = list(value, "data.errors");
    if errors.is_empty() && text(value, "code").is_some_and(|code| code != "0") {
        let reason = text(value, "message").or_else(|| text(value, "msg")).or_else(|| text(value, "code"));
        parsed.refused.extend(refused("code", error_reason(&reason.unwrap_or_default())).refused);
    }
    for (index, error) in errors.iter().enumerate() {
        let reason = error_reason(&text(error, "message").unwrap_or_else(|| error.to_string()));
        parsed.refused.push(Refusal { at: format!("data.errors[{index}]"), reason });
    }
    for (index, rejected) in list(value, "data.rejected").iter().enumerate() {
        let number = text(rejected, "number").unwrap_or_default();
        let reason = text(rejected, "error.message").unwrap_or_else(|| "rejected".to_owned());
        parsed.refused.push(Refusal { at: format!("data.rejected[{index}]"), reason: format!("{number}: {reason}") });
    }
    read_each(list(value, "data.accepted"), "data.accepted", parsed);
}

fn error_reason(reason: &str) -> String {
    format!("17TRACK answered with an error: {reason}")
}

fn read_each(items: &[Value], name: &str, parsed: &mut Parsed) {
    for (index, item) in items.iter().enumerate() {
        read_into(item, &format!("{name}[{index}]"), parsed);
    }
}

fn read_into(item: &Value, at: &str, parsed: &mut Parsed) {
    let read = match item.get("track") {
        Some(track) => old_shipment(item, track, at, &mut parsed.refused),
        None => shipment(item, at, &mut parsed.refused),
    };
    match read {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn shipment(item: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let info = item.get("track_info").unwrap_or(&Value::Null);
    let (code, detail) = (text(info, "latest_status.status"), text(info, "latest_status.sub_status"));
    let end = |name: &str| {
        let address = reading::at(info, &format!("shipping_info.{name}"))?;
        some_place(place(address, ["city", "state", "postal_code", "country"]))
    };
    let window = |edge: &str| expected(info, &format!("time_metrics.estimated_delivery_date.{edge}"));
    let (earliest, latest) = (window("from"), window("to"));
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(item, "number", at)?,
        carrier: carrier(item, info),
        service: text(info, "misc_info.service_type"),
        status: code.as_deref().map(|code| combined(code, detail.as_deref())),
        status_code: detail.or(code),
        estimate: (earliest.is_some() || latest.is_some())
            .then_some(EstimateDraft { earliest, latest: latest.or(earliest) }),
        origin: end("shipper_address"),
        destination: end("recipient_address"),
        ..ShipmentDraft::default()
    };
    for (provider_index, provider) in list(info, "tracking.providers").iter().enumerate() {
        for (index, told) in list(provider, "events").iter().enumerate() {
            let at = format!("{at}{}track_info.tracking.providers[{provider_index}].events[{index}]", dot(at));
            match provider_event(told, &at) {
                Ok(event) => shipment.events.push(event),
                Err(refusal) => refusals.push(refusal),
            }
        }
    }
    if shipment.events.is_empty()
        && let Some(told) = reading::at(info, "latest_event")
    {
        match provider_event(told, &format!("{at}{}track_info.latest_event", dot(at))) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn dot(at: &str) -> &'static str {
    if at.is_empty() { "" } else { "." }
}

/// The provider's name; 17TRACK's own carrier number where no provider is named.
fn carrier(item: &Value, info: &Value) -> Option<String> {
    let name =
        text(info, "tracking.providers.0.provider.name").or_else(|| text(info, "tracking.providers.0.provider.alias"));
    let number = || text(item, "carrier").filter(|number| number != "0").map(|number| carrier_id(&number));
    name.map(|name| carrier_id(&name)).or_else(number)
}

fn provider_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let place = event_place(told);
    let written = ["time_iso", "time_utc", "time_raw.date"].into_iter().find_map(|name| text(told, name));
    let time = event_time(written.as_deref(), |time| when(told, time, &place), at)?;
    let (sub_status, stage) = (text(told, "sub_status"), text(told, "stage"));
    let raw_time = match text(told, "time_raw.date") {
        // The carrier's own words: 17TRACK may learn the zone later and rewrite the rest.
        Some(date) => format!("{date} {}", text(told, "time_raw.time").unwrap_or_default()),
        None => written.unwrap_or_default(),
    };
    Ok(TrackingEvent {
        status: combined(stage.as_deref().unwrap_or(""), sub_status.as_deref()),
        said: SaidByCarrier {
            vendor_event_id: None,
            code: sub_status.or(stage),
            text: text(told, "description")
                .or_else(|| text(told, "description_translation.description"))
                .unwrap_or_default(),
            time: raw_time.trim().to_owned(),
            place: text(told, "location").unwrap_or_else(|| raw_place(told, &["address.city", "address.country"])),
        },
        time,
        place,
    })
}

fn event_place(told: &Value) -> EventPlace {
    let address = told.get("address").unwrap_or(&Value::Null);
    let mut place = place(address, ["city", "state", "postal_code", "country"]);
    if place.city.is_none() {
        place.facility = text(told, "location");
    }
    place
}

/// No time of day in the carrier's own words makes it a day, whatever the ISO text pretends.
fn when(told: &Value, time: WrittenTime, place: &EventPlace) -> EventTime {
    let raw_date = text(told, "time_raw.date").and_then(|date| written_time(&date));
    match raw_date {
        Some(date) if text(told, "time_raw.time").is_none() => EventTime::day(date.date()),
        _ => time.event_time(place, None),
    }
}

fn old_shipment(item: &Value, track: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let state = text(track, "e");
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(item, "number", at)?,
        carrier: text(item, "carrier")
            .or_else(|| text(track, "w1"))
            .filter(|number| number != "0")
            .map(|n| carrier_id(&n)),
        status: state.as_deref().map(old_status),
        status_code: state,
        ..ShipmentDraft::default()
    };
    for name in ["z1", "z2", "z9"] {
        for (index, told) in list(track, name).iter().enumerate() {
            match old_event(told, &format!("{at}{}track.{name}[{index}]", dot(at))) {
                Ok(event) => shipment.events.push(event),
                Err(refusal) => refusals.push(refusal),
            }
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

/// `a` time, `c` and `d` place, `z` text.
fn old_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let (city, country) = (text(told, "c"), text(told, "d"));
    let place = EventPlace { city, country: country.map(|country| country_code(&country)), ..EventPlace::default() };
    let written = text(told, "a");
    let time = event_time(written.as_deref(), |time| midnight_is_a_day(time).event_time(&place, None), at)?;
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: None,
            text: text(told, "z").unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: raw_place(told, &["c", "d"]),
        },
        status: Status::Unknown,
        time,
        place,
    })
}

fn account_page(value: &Value) -> Parsed {
    if !value["Json"].is_array() {
        return match text(value, "Code").filter(|code| code != "0") {
            Some(code) => refused("Code", error_reason(&code)),
            None => ignored("a 17TRACK summary"),
        };
    }
    let mut parsed = Parsed::default();
    for (index, item) in list(value, "Json").iter().enumerate() {
        match account_shipment(item, &format!("Json[{index}]"), &mut parsed.refused) {
            Ok(shipment) => parsed.shipments.push(shipment),
            Err(refusal) => parsed.refused.push(refusal),
        }
    }
    parsed
}

fn account_shipment(item: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let state = text(item, "FTrackStateType").or_else(|| text(item, "FPackageState"));
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(item, "FTrackNo", at)?,
        carrier: text(item, "FFirstCarrier").filter(|number| number != "0").map(|number| carrier_id(&number)),
        status: state.as_deref().map(old_status),
        status_code: state,
        ..ShipmentDraft::default()
    };
    // The last event is JSON written into a text.
    if let Some(written) = text(item, "FLastEvent") {
        let at = format!("{at}.FLastEvent");
        let read = Value::read(&written)
            .map_err(|error| Refusal { at: at.clone(), reason: format!("broken JSON: {error}") })
            .and_then(|told| old_event(&told, &at));
        match read {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    Ok(shipment)
}

fn combined(coarse: &str, detail: Option<&str>) -> Status {
    finer(status(coarse), detail.map_or(Status::Unknown, status))
}

/// A `status`, `sub_status` or `stage` of v2.
pub fn status(code: &str) -> Status {
    match code {
        "NotFound" | "NotFound_Other" => Status::PendingNoData,
        "NotFound_InvalidCode" => Status::PendingInvalidNumber,
        "InfoReceived" => Status::LabelCreated,
        "InTransit" | "InTransit_Other" => Status::InTransit,
        // The second of each pair is the milestone's name in `stage`.
        "InTransit_PickedUp" | "PickedUp" => Status::Accepted,
        "InTransit_Departure" | "Departure" => Status::LeftOriginCountry,
        "InTransit_Arrival" | "Arrival" => Status::ArrivedDestinationCountry,
        "InTransit_CustomsProcessing" => Status::CustomsStarted,
        "InTransit_CustomsReleased" => Status::CustomsCleared,
        "InTransit_CustomsRequiringInformation" => Status::DocumentsRequired,
        "Expired" | "Expired_Other" => Status::Expired,
        "AvailableForPickup" | "AvailableForPickup_Other" => Status::ReadyForPickup,
        "OutForDelivery" | "OutForDelivery_Other" => Status::OnVehicle,
        "DeliveryFailure" | "DeliveryFailure_Other" | "DeliveryFailure_Security" => Status::AttemptOther,
        "DeliveryFailure_NoBody" => Status::AttemptNoOneHome,
        "DeliveryFailure_Rejected" | "Exception_Rejected" => Status::Refused,
        "DeliveryFailure_InvalidAddress" | "Exception_NoBody" => Status::AddressIssue,
        "Delivered" | "Delivered_Other" => Status::Delivered,
        "Exception" | "Exception_Other" => Status::ExceptionOther,
        "Exception_Returning" | "Returning" => Status::Returning,
        "Exception_Returned" | "Returned" => Status::Returned,
        "Exception_Security" => Status::CustomsHold,
        "Exception_Damage" => Status::Damaged,
        "Exception_Delayed" => Status::DelayedExternal,
        "Exception_Lost" => Status::Lost,
        "Exception_Destroyed" => Status::Disposed,
        "Exception_Cancel" => Status::Cancelled,
        _ => Status::Unknown,
    }
}

/// The package states of v1, which are numbers.
fn old_status(state: &str) -> Status {
    match state {
        "0" => Status::PendingNoData,
        "10" => Status::InTransit,
        "20" => Status::Expired,
        "30" => Status::ReadyForPickup,
        "35" => Status::AttemptOther,
        "40" => Status::Delivered,
        "50" => Status::ExceptionOther,
        _ => Status::Unknown,
    }
}
