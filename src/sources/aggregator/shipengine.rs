//! ShipEngine (and ShipStation's API of the same shape): a tracking answer, and the `API_TRACK` push.
//!
//! `occurred_at` is UTC, `carrier_occurred_at` the wall-clock of the place: together they give the offset.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::places;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, WrittenTime, list, text, written_time};
use crate::sources::{EstimateDraft, Parsed, ProofDraft, Refusal, ShipmentDraft, carrier_id};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

use super::{
    event_time, expected, finer, https, ignored, joined_code, json, midnight_is_a_day, place, raw_place, refused,
    settle_events, tracking_number,
};

const PLACE: [&str; 4] = ["city_locality", "state_province", "postal_code", "country_code"];

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let has = |name: &str| value.get(name).is_some();
    let answer = has("tracking_number") && (has("status_code") || has("carrier_status_code")) && has("events");
    let pushed = has("resource_type") && (has("data") || has("resource_url"));
    let error = has("request_id") && has("errors");
    answer || pushed || error
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let value = match json(payload, "ShipEngine") {
        Ok(value) => value,
        Err(parsed) => return parsed,
    };
    if let [first, ..] = list(value, "errors") {
        let reason = text(first, "message").unwrap_or_else(|| first.to_string());
        return refused("errors[0]", format!("ShipEngine answered with an error: {reason}"));
    }
    let mut parsed = Parsed::default();
    let (at, tracking) = match value.get("data") {
        Some(tracking) => ("data", tracking),
        None => ("", value),
    };
    match tracking {
        Value::Array(trackings) => {
            for (index, tracking) in trackings.iter().enumerate() {
                read_into(tracking, &format!("{at}[{index}]"), &mut parsed);
            }
        }
        tracking if tracking.get("tracking_number").is_none() && value.get("resource_type").is_some() => {
            return ignored("a ShipEngine event without a tracking");
        }
        tracking => read_into(tracking, at, &mut parsed),
    }
    // A push names the carrier in the address it is about (`…/v1/tracking?carrier_code=usps&…`) and not always elsewhere.
    let in_address = || {
        let address = text(value, "resource_url")?;
        let name = address.split_once('?')?.1.split('&').find_map(|pair| pair.strip_prefix("carrier_code="))?;
        Some(carrier_id(name))
    };
    if let [shipment] = parsed.shipments.as_mut_slice()
        && shipment.carrier.is_none()
    {
        shipment.carrier = in_address();
    }
    parsed
}

fn read_into(tracking: &Value, at: &str, parsed: &mut Parsed) {
    match tracking_shipment(tracking, at, &mut parsed.refused) {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn tracking_shipment(tracking: &Value, at: &str, refusals: &mut Vec<Refusal>) -> Result<ShipmentDraft, Refusal> {
    let mut shipment = ShipmentDraft {
        tracking_number: tracking_number(tracking, "tracking_number", at)?,
        carrier: text(tracking, "carrier_code").map(|name| carrier_id(&name)),
        service: text(tracking, "service_name").or_else(|| text(tracking, "service_code")),
        status: text(tracking, "status_code").map(|_| combined(tracking)),
        status_code: joined_code(&[
            text(tracking, "status_code").as_deref(),
            text(tracking, "status_detail_code").as_deref(),
        ]),
        estimate: expected(tracking, "estimated_delivery_date")
            .map(|day| EstimateDraft { earliest: None, latest: Some(day) }),
        proof: proof(list(tracking, "events")),
        ..ShipmentDraft::default()
    };
    for (index, told) in list(tracking, "events").iter().enumerate() {
        let at = format!("{at}{}events[{index}]", if at.is_empty() { "" } else { "." });
        match track_event(told, &at) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    settle_events(&mut shipment);
    Ok(shipment)
}

fn proof(events: &[Value]) -> Option<ProofDraft> {
    let proof = ProofDraft {
        signed_by: events.iter().find(|told| is_delivered(told)).and_then(|told| text(told, "signer")),
        photo: events.iter().find_map(|told| https(text(told, "proof_of_delivery_url"))),
    };
    (proof != ProofDraft::default()).then_some(proof)
}

fn is_delivered(told: &Value) -> bool {
    combined(told).milestone() == Milestone::Delivered
}

fn track_event(told: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let mut place = place(told, PLACE);
    place.facility = text(told, "company_name");
    let written = text(told, "occurred_at").or_else(|| text(told, "carrier_occurred_at"));
    let local = text(told, "carrier_occurred_at").and_then(|text| written_time(&text)).and_then(wall_clock);
    let time = event_time(written.as_deref(), |time| when(time, local, &place), at)?;
    let codes = ["status_code", "status_detail_code", "event_code", "carrier_status_code"].map(|name| text(told, name));
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: joined_code(&codes.each_ref().map(Option::as_deref)),
            text: text(told, "description").or_else(|| text(told, "carrier_status_description")).unwrap_or_default(),
            time: written.unwrap_or_default(),
            place: raw_place(told, &PLACE),
        },
        status: combined(told),
        time,
        place,
    })
}

fn wall_clock(time: WrittenTime) -> Option<DateTime> {
    match time {
        WrittenTime::Instant(local, _) | WrittenTime::Local(local) => Some(local),
        WrittenTime::Day(_) => None,
    }
}

/// Equal wall-clocks in both fields mean that ShipEngine knew no zone and stamped `Z` on the local time: then the
/// place's own zone is right where it is known.
fn when(time: WrittenTime, local: Option<DateTime>, place: &EventPlace) -> EventTime {
    if let (Some(instant), Some(local)) = (time.instant(), local) {
        if wall_clock(time) == Some(local) && places::time_zone(place).is_some() {
            return WrittenTime::Local(local).event_time(place, None);
        }
        if let Some(offset) = offset_between(instant, local) {
            return EventTime::with_offset(local, offset);
        }
    }
    midnight_is_a_day(time).event_time(place, None)
}

/// Offsets stand on quarters of an hour and within 14 hours; anything else is a mistake of one of the two times.
fn offset_between(instant: Timestamp, local: DateTime) -> Option<Offset> {
    let seconds = Offset::UTC.to_timestamp(local).ok()?.duration_since(instant).as_secs();
    let plausible = seconds != 0 && seconds % 900 == 0 && seconds.abs() <= 14 * 3600;
    plausible.then(|| i32::try_from(seconds).ok().and_then(|seconds| Offset::from_seconds(seconds).ok()))?
}

fn combined(told: &Value) -> Status {
    let coarse = text(told, "status_code").map_or(Status::Unknown, |code| status(&code));
    let detail = reading::text(told, "status_detail_code").map_or(Status::Unknown, |code| status_of_detail(&code));
    finer(coarse, detail)
}

/// `status_code`.
pub fn status(code: &str) -> Status {
    match code {
        "UN" => Status::Unknown,
        "NY" => Status::LabelCreated,
        "AC" => Status::Accepted,
        "IT" => Status::InTransit,
        "AT" => Status::AttemptOther,
        "DE" => Status::Delivered,
        "EX" => Status::ExceptionOther,
        "SP" => Status::ReadyForPickup,
        _ => Status::Unknown,
    }
}

/// `status_detail_code`.
pub fn status_of_detail(code: &str) -> Status {
    match code {
        "CARRIER_STATUS_NOT_MAPPED" => Status::Unknown,
        "SHIPMENT_CREATED" | "ELEC_ADVICE_RECD_BY_CARRIER" => Status::LabelCreated,
        "AWAITING_PICKUP_DROP_OFF" | "NOT_YET_RECEIVED_BY_CARRIER" => Status::AwaitingHandover,
        "PICKUP_FAILED" => Status::PickupFailed,
        "DROPPED_OFF" | "PICKED_UP" | "RECEIVED_BY_CARRIER" | "RECD_BY_CARRIER_NO_ELEC_ADVICE" => Status::Accepted,
        "CUSTOMS_CLEARED" => Status::CustomsCleared,
        "CUSTOMS_PROCESSING" => Status::CustomsStarted,
        "HUB_SCAN_OUT" => Status::DepartedFacility,
        "HUB_SCAN_IN" | "HUB_PROCESSING" => Status::ArrivedFacility,
        "IN_TRANSIT"
        | "INFORMATION"
        | "PARCEL_OVER_LABELLED"
        | "PARCEL_UPDATE_NOTIFICATION"
        | "PARCEL_REPACKED"
        | "SUB_CONTRACTOR_EVENT" => Status::InTransit,
        "SUB_CONTRACTOR_RECEIVED" => Status::HandedToLastMile,
        "RECEIVED_LOCAL_DELIVERY_DEPOT" => Status::AtLocalFacility,
        "PARCEL_REDIRECTED" | "PARCEL_REDIRECTED_BY_CARRIER" => Status::Redirected,
        "DELIVERY_SCHEDULED" | "DELIVERY_RESCHEDULED" | "DELIVERY_ARRANGED_WITH_RECIPIENT" => Status::DeliveryScheduled,
        "OUT_FOR_DELIVERY" => Status::OnVehicle,
        "ATTEMPTED_DELIVERY" => Status::AttemptOther,
        "ATTEMPTED_DELIVERY_FINAL" => Status::AttemptFinal,
        "CUSTOMER_CARDED" => Status::AttemptNoticeLeft,
        "COD_AMOUNT_NOT_PAID" => Status::PaymentDue,
        "CUSTOMER_IDENTIFICATION_FAILED" => Status::AttemptIdFailed,
        "NO_ACCESS_TO_RECIPIENTS_ADDRESS" => Status::AttemptNoAccess,
        "AWAITING_COLLECTION_FROM_PICKUP_POINT"
        | "COLLECT_AT_LOCAL_PO"
        | "CUSTOMER_TO_COLLECT_FROM_CARRIER"
        | "DELIVERED_TO_PICKUP_POINT" => Status::ReadyForPickup,
        "DELIVERED" | "PROOF_OF_DELIVERY" | "POST_TRANSIT_STATUS" => Status::Delivered,
        "DELIVERED_TO_RECEPTION" => Status::DeliveredReception,
        "DELIVERED_DAMAGED" => Status::DeliveredDamaged,
        "DELIVERED_IN_PART" => Status::DeliveredPartial,
        "DELIVERED_SPECIFIED_SAFE_PLACE" | "DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION" => Status::DeliveredSafePlace,
        "DELIVERED_TO_NEIGHBOUR" => Status::DeliveredNeighbour,
        "DELIVERED_TO_PO_BOX" => Status::DeliveredMailbox,
        "PARCEL_COLLECTED_FROM_PICKUP_POINT" => Status::DeliveredCollected,
        "COD_AMOUNT_PAID" => Status::DeliveredCodPaid,
        "PARCEL_DAMAGED" => Status::Damaged,
        "ADDRESS_QUERY" => Status::AddressIssue,
        "CARRIER_DELAYS" => Status::DelayedCarrier,
        "DELAYED_NOT_CARRIER" => Status::DelayedExternal,
        "HELD_BY_CARRIER" => Status::Held,
        "HELD_BY_CARRIER_FOR_CLEARANCE_PRE_PROCESSING" | "HELD_BY_CUSTOMS" => Status::CustomsHold,
        "INCORRECT_DECLARATION" => Status::DocumentsRequired,
        "DUTY_NOT_PAID" => Status::DutiesUnpaid,
        "MISROUTED" => Status::Misrouted,
        "CUSTOMER_MOVED" => Status::RecipientMoved,
        "HAZARDOUS_PROHIBITED" => Status::Prohibited,
        "NOT_COLLECTED_FROM_PICKUP_POINT" => Status::Unclaimed,
        "NOT_DELIVERED" | "NOT_DELIVERED_ADDRESSEE_DECEASED" => Status::Undeliverable,
        "PARCEL_DISPOSED" => Status::Disposed,
        "PARCEL_LOST" => Status::Lost,
        "PARCEL_OUTSIDE_OF_SERVICE_CAPABILITY" => Status::RejectedByCarrier,
        "REFUSED_BY_CUSTOMER" => Status::Refused,
        "UNSPECIFIED_EXCEPTION" => Status::ExceptionOther,
        "RETURN_TO_SENDER" => Status::Returning,
        "UNDELIVERABLE_RETURNED_TO_SENDER" => Status::Returned,
        "CANCELLED" => Status::Cancelled,
        "TRACKING_EXPIRED" => Status::Expired,
        _ => Status::Unknown,
    }
}
