//! Amazon Shipping: the Selling Partner API's `getTracking` (v1 and v2, with or without `payload`), and the tracking page's
//! JSON, which holds its event history as a text of JSON. Times are instants.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, expected_on, keep, proof, refuse};

const CARRIER: &str = "amazon";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let answer = answer_of(body);
    (at(answer, "trackingId").is_some() && (answer.get("eventHistory").is_some() || at(answer, "summary").is_some()))
        || (at(body, "progressTracker").is_some() && body.get("eventHistory").is_some())
        || is_error(body)
}

fn answer_of<'v, 'a>(body: &'v Value<'a>) -> &'v Value<'a> {
    at(body, "payload").filter(|payload| payload.is_object()).unwrap_or(body)
}

/// `{"errors":[{"code","message","details"}]}` and nothing beside it: no other source of ours has `details` as a text.
fn is_error(body: &Value) -> bool {
    let alone = body.as_object().is_some_and(|fields| fields.sorted().len() == 1);
    alone
        && list(body, "errors").first().is_some_and(|error| {
            error.get("details").is_some_and(Value::is_string)
                && at(error, "message").is_some()
                && at(error, "code").is_some()
        })
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for (index, error) in list(body, "errors").iter().enumerate() {
        let words: Vec<String> =
            ["code", "message", "details"].into_iter().filter_map(|part| text(error, part)).collect();
        refuse(&mut parsed, format!("errors[{index}]"), words.join(": "));
    }
    match at(body, "progressTracker") {
        Some(progress) => read_page(&unfolded(progress), &unfolded(&body["eventHistory"]), &mut parsed),
        None if !is_error(body) => read_answer(answer_of(body), &mut parsed),
        None => {}
    }
    parsed
}

/// A JSON value that stands as text in another.
fn unfolded<'v>(value: &'v Value<'_>) -> Value<'v> {
    let inner = value.as_str().and_then(|inner| Value::read(inner).ok());
    inner.unwrap_or_else(|| value.clone())
}

fn read_answer(answer: &Value, parsed: &mut Parsed) {
    let Some(number) = text(answer, "trackingId") else {
        return refuse(parsed, "trackingId", "the answer has no trackingId");
    };
    let said = text(answer, "summary.status");
    let detail =
        [list(answer, "summary.trackingDetailCodes.forward"), list(answer, "summary.trackingDetailCodes.returns")]
            .concat()
            .iter()
            .filter_map(Value::as_str)
            .map(status_of_detail)
            .find(|status| *status != Status::Unknown);
    let whole = said.as_deref().map(status_of);
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        status: match (whole, detail) {
            // A detail says how the same thing happened; of another milestone it is a step that is past.
            (Some(whole), Some(detail)) if whole.milestone() == detail.milestone() => Some(detail),
            (whole, _) => whole,
        },
        status_code: said,
        estimate: expected_on(text(answer, "promisedDeliveryDate").as_deref()),
        proof: proof(
            text(answer, "summary.proofOfDelivery.receivedBy"),
            text(answer, "summary.proofOfDelivery.deliveryImageURL"),
        ),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(answer, "eventHistory").iter().enumerate() {
        read_event(event, format!("eventHistory[{row}]"), &mut shipment, parsed);
    }
    add(parsed, shipment);
}

fn read_page(progress: &Value, history: &Value, parsed: &mut Parsed) {
    let meta = "summary.metadata";
    let field =
        |name: &str| ["stringValue", "date"].iter().find_map(|kind| text(progress, &format!("{meta}.{name}.{kind}")));
    let number = field("trackingId").or_else(|| text(progress, "trackingId")).unwrap_or_default();
    if number.is_empty() {
        refuse(
            parsed,
            "progressTracker",
            "the answer does not name its parcel: the number is the one that was asked for",
        );
    }
    let said = text(progress, "summary.status");
    let promised = field("promisedDeliveryDate").or_else(|| field("expectedDeliveryDate"));
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        status: said.as_deref().map(status_of),
        status_code: said,
        estimate: expected_on(promised.as_deref()),
        ..ShipmentDraft::default()
    };
    let events = match list(history, "eventHistory") {
        [] => history.as_array().map(Vec::as_slice).unwrap_or_default(),
        events => events,
    };
    for (row, event) in events.iter().enumerate() {
        read_event(event, format!("eventHistory[{row}]"), &mut shipment, parsed);
    }
    add(parsed, shipment);
}

fn read_event(event: &Value, path: String, shipment: &mut ShipmentDraft, parsed: &mut Parsed) {
    let place = EventPlace {
        city: text(event, "location.city"),
        region: text(event, "location.stateOrRegion").or_else(|| text(event, "location.stateProvince")),
        postal_code: text(event, "location.postalCode"),
        country: text(event, "location.countryCode").map(|code| country(&code)),
        facility: None,
    };
    let scan = Scan {
        code: text(event, "eventCode"),
        text: text(event, "eventDescription"),
        time: text(event, "eventTime"),
        place,
        ..Scan::default()
    };
    let returns = text(event, "shipmentType").as_deref() == Some("RETURNS");
    let status = match scan.code.as_deref().map_or(Status::Unknown, status_of) {
        // On its way back to the seller, "Delivered" is the end of the return.
        Status::Delivered if returns => Status::Returned,
        Status::Unknown => Status::Unknown,
        _ if returns => Status::Returning,
        status => status,
    };
    keep(parsed, shipment, path, scan.event(status, None));
}

/// Event codes and summary states of both versions share one list.
fn status_of(code: &str) -> Status {
    match code {
        "ReadyForReceive" | "PreTransit" | "LabelCreated" | "ShipmentCreated" | "CreationConfirmed" => {
            Status::LabelCreated
        }
        "PickupDone" | "PickupCompleted" => Status::Accepted,
        "Received" | "ArrivedAtCarrierFacility" => Status::ArrivedFacility,
        "Departed" => Status::DepartedFacility,
        "InTransit" => Status::InTransit,
        "ArrivedAtLocalFacility" => Status::AtLocalFacility,
        "OutForDelivery" => Status::OnVehicle,
        "AvailableForPickup" | "AwaitingCustomerPickup" => Status::ReadyForPickup,
        "Delivered" => Status::Delivered,
        "DeliveryAttempted" => Status::AttemptOther,
        "Delayed" => Status::DelayedCarrier,
        "Rejected" => Status::Refused,
        "Undeliverable" => Status::Undeliverable,
        "Damaged" => Status::Damaged,
        "Lost" => Status::Lost,
        "Destroyed" => Status::Disposed,
        "PickupCancelled" => Status::Cancelled,
        "ReturnInitiated" => Status::Returning,
        _ => Status::Unknown,
    }
}

/// How a parcel was delivered, or why not (`trackingDetailCodes`).
fn status_of_detail(code: &str) -> Status {
    match code {
        "Signed" | "DeliveredWithOTP" => Status::DeliveredSigned,
        "DeliveredToNeighbor" => Status::DeliveredNeighbour,
        "DeliveredToMailSlot" | "DeliveredToMailRoom" => Status::DeliveredMailbox,
        "DeliveredToReceptionist" => Status::DeliveredReception,
        "DeliveredToBehindWheelieBin"
        | "DeliveredToPorch"
        | "DeliveredToGarage"
        | "DeliveredToGarden"
        | "DeliveredToGreenhouse"
        | "DeliveredToRearDoor"
        | "DeliveredToShed" => Status::DeliveredSafePlace,
        "BusinessClosed" => Status::AttemptBusinessClosed,
        "CustomerUnavailable" | "UnableToContactRecipient" => Status::AttemptNoOneHome,
        "UnableToAccess" => Status::AttemptNoAccess,
        "OtpNotAvailable" => Status::AttemptIdFailed,
        "DeliveryAttempted" => Status::AttemptOther,
        "PaymentNotReady" => Status::PaymentDue,
        "AddressNotFound" => Status::AddressIssue,
        "Damaged" => Status::Damaged,
        "HazmatShipment" => Status::Prohibited,
        "Rejected" | "NotRequired" | "IncorrectItems" | "RejectedByRecipientWithVerification" => Status::Refused,
        "CancelledByRecipient" => Status::Cancelled,
        "ArrivedAtLocalFacility" => Status::AtLocalFacility,
        "Undeliverable" => Status::Undeliverable,
        _ => Status::Unknown,
    }
}
