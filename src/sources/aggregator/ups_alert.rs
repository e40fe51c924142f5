//! UPS Track Alert: one scan a push. UPS' tracking answers are read by `carrier::ups`.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::sources::carrier::ups::codes::status_of;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, WrittenTime, clock, text, written_time};
use crate::sources::{EstimateDraft, Expected, Parsed, ProofDraft, Refusal, ShipmentDraft};
use crate::tracking::event::{EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

use super::{json, place, raw_place, refused, tracking_number};

const PLACE: [&str; 4] = ["city", "stateProvince", "postalCode", "country"];

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let pushed = |value: &Value| value.get("activityStatus").is_some() && value.get("trackingNumber").is_some();
    pushed(value) || value.item(0).is_some_and(pushed)
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "UPS Track Alert") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    if let Some(reason) = text(value, "response.errors.0.message") {
        return refused("response.errors[0]", format!("UPS answered with an error: {reason}"));
    }
    let mut parsed = Parsed::default();
    let pushes = match value {
        Value::Array(pushes) => pushes.as_slice(),
        push => std::slice::from_ref(push),
    };
    for (index, push) in pushes.iter().enumerate() {
        let at = if value.is_array() { format!("[{index}]") } else { String::new() };
        match shipment(push, &at) {
            Ok(shipment) => parsed.shipments.push(shipment),
            Err(refusal) => parsed.refused.push(refusal),
        }
    }
    parsed
}

fn shipment(push: &Value, at: &str) -> Result<ShipmentDraft, Refusal> {
    let location = push.get("activityLocation").unwrap_or(&Value::Null);
    let (kind, code) = (text(push, "activityStatus.type"), text(push, "activityStatus.code"));
    // UPS' own example writes the digits as a number, whose leading nought made it octal: 021 became 17.
    let digits = push.get("activityStatus").and_then(|status| status.get("descriptionCode")).and_then(Value::as_str);
    let status = status(kind.as_deref().unwrap_or(""), code.as_deref().unwrap_or(""), digits.unwrap_or("").trim());
    let date = text(push, "localActivityDate").or_else(|| text(push, "gmtActivityDate"));
    let clock = text(push, "localActivityTime").or_else(|| text(push, "gmtActivityTime"));
    let place = place(location, PLACE);
    let time = moment(push).ok_or_else(|| Refusal {
        at: format!("{at}{}localActivityDate", if at.is_empty() { "" } else { "." }),
        reason: format!("{:?} is no time", date.as_deref().unwrap_or("")),
    })?;
    let time = match time {
        Moment::At(local, offset) => EventTime::with_offset(local, offset),
        Moment::Local(local) => WrittenTime::Local(local).event_time(&place, None),
        Moment::Day(day) => day.event_time(&place, None),
    };
    let event = TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: code.clone().or(kind),
            text: text(push, "activityStatus.description").unwrap_or_default(),
            time: format!("{} {}", date.unwrap_or_default(), clock.unwrap_or_default()).trim().to_owned(),
            place: raw_place(location, &PLACE),
        },
        status,
        time,
        place,
    };
    let delivered = status.milestone() == Milestone::Delivered;
    Ok(ShipmentDraft {
        tracking_number: tracking_number(push, "trackingNumber", at)?,
        carrier: Some("ups".to_owned()),
        estimate: if delivered { None } else { estimate(push) },
        // `deliveryPhoto` is a picture in the message itself, and a proof's photo is an address.
        proof: text(push, "receivedBy").map(|name| ProofDraft { signed_by: Some(name), photo: None }),
        events: vec![event],
        ..ShipmentDraft::default()
    })
}

enum Moment {
    At(DateTime, Offset),
    Local(DateTime),
    Day(WrittenTime),
}

/// The local time; its offset is what lies between it and the GMT time, else the one told (`-04.00`).
fn moment(push: &Value) -> Option<Moment> {
    let local = date_and_time(push, "localActivityDate", "localActivityTime");
    let gmt = date_and_time(push, "gmtActivityDate", "gmtActivityTime");
    match (local, gmt) {
        (Some(local), Some(gmt)) => {
            let seconds = local.duration_since(gmt).as_secs();
            let offset = i32::try_from(seconds).ok().filter(|seconds| seconds.abs() <= 14 * 3600);
            Some(match offset.and_then(|seconds| Offset::from_seconds(seconds).ok()) {
                Some(offset) => Moment::At(local, offset),
                None => Moment::At(gmt, Offset::UTC),
            })
        }
        (Some(local), None) => Some(match told_offset(push) {
            Some(offset) => Moment::At(local, offset),
            None => Moment::Local(local),
        }),
        (None, Some(gmt)) => Some(Moment::At(gmt, Offset::UTC)),
        (None, None) => written_time(&text(push, "localActivityDate")?).map(Moment::Day),
    }
}

/// Written with a full stop ("-04.00").
fn told_offset(push: &Value) -> Option<Offset> {
    reading::offset(&text(push, "gmtOffset")?.replace('.', ":"))
}

fn date_and_time(push: &Value, date: &str, time: &str) -> Option<DateTime> {
    let day = written_time(&text(push, date)?)?.date();
    Some(day.to_datetime(clock(&text(push, time)?)?))
}

/// The day, and the window of that day where one is told, in the destination's local time.
fn estimate(push: &Value) -> Option<EstimateDraft> {
    let day = written_time(&text(push, "scheduledDeliveryDate")?)?.date();
    let edge = |name: &str| {
        reading::text(push, name).and_then(|time| clock(&time)).map(|time| Expected::Local(day.to_datetime(time)))
    };
    let latest = edge("deliveryEndTime").unwrap_or(Expected::Day(day));
    Some(EstimateDraft { earliest: edge("deliveryStartTime"), latest: Some(latest) })
}

/// As in UPS' answers; only a push has the type `U`, for a delivery that was moved to another day or hour.
fn status(kind: &str, code: &str, digits: &str) -> Status {
    match status_of(kind, code, digits) {
        Status::Unknown if kind == "U" => Status::DeliveryScheduled,
        status => status,
    }
}
