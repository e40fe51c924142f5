//! InPost, ShipX tracking (`/v1/tracking/{number}`). Built from the public shape: there is no recorded payload. Times carry
//! their offset; one without is Polish.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, expected_on, joined, keep, pickup, refuse};

const CARRIER: &str = "inpost";
const HOME: &str = "Europe/Warsaw";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let tracked = |body: &Value| {
        at(body, "tracking_number").is_some()
            && (body.get("custom_attributes").is_some() || body.get("expected_flow").is_some() || is_detail(body))
            && body.get("tracking_details").is_some()
    };
    match body {
        Value::Array(many) => many.first().is_some_and(tracked),
        body => tracked(body) || is_error(body),
    }
}

/// Aggregators write `tracking_details` too; the origin status is InPost's alone.
fn is_detail(body: &Value) -> bool {
    list(body, "tracking_details").first().is_some_and(|detail| detail.get("origin_status").is_some())
}

fn is_error(body: &Value) -> bool {
    at(body, "status").is_some_and(Value::is_number)
        && body.get("details").is_some()
        && at(body, "message").is_some()
        && matches!(
            text(body, "error").as_deref(),
            Some("resource_not_found" | "validation_failed" | "token_invalid" | "unauthorized" | "access_forbidden")
        )
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    if is_error(body) {
        let words: Vec<String> = ["error", "message"].into_iter().filter_map(|part| text(body, part)).collect();
        refuse(&mut parsed, "error", words.join(": "));
        return parsed;
    }
    let many = match body {
        Value::Array(many) => many.as_slice(),
        one => std::slice::from_ref(one),
    };
    for (index, body) in many.iter().enumerate() {
        read_shipment(body, index, &mut parsed);
    }
    parsed
}

fn read_shipment(body: &Value, index: usize, parsed: &mut Parsed) {
    let Some(number) = text(body, "tracking_number") else {
        return refuse(parsed, format!("[{index}]"), "the parcel has no tracking_number");
    };
    let code = text(body, "status");
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "service").or_else(|| text(body, "type")),
        status: code.as_deref().map(status_of),
        status_code: code,
        estimate: expected_on(text(body, "expected_delivery_date").as_deref()),
        pickup: machine(body),
        ..ShipmentDraft::default()
    };
    for (row, detail) in list(body, "tracking_details").iter().enumerate() {
        let scan = Scan {
            code: text(detail, "status"),
            text: text(detail, "description").or_else(|| text(detail, "title")),
            time: text(detail, "datetime"),
            place: EventPlace {
                facility: text(detail, "agency").or_else(|| text(detail, "location")),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        let event = scan.event(status, Some(HOME));
        keep(parsed, &mut shipment, format!("tracking_details[{row}]"), event);
    }
    add(parsed, shipment);
}

/// The locker or point that the parcel goes to.
fn machine(body: &Value) -> Option<PickupDraft> {
    let detail = &body["custom_attributes"]["target_machine_detail"];
    pickup(PickupDraft {
        name: text(detail, "name").or_else(|| text(body, "custom_attributes.target_machine_id")),
        address: joined([text(detail, "address.line1"), text(detail, "address.line2")]),
        hours: text(detail, "opening_hours"),
        ..PickupDraft::default()
    })
}

fn status_of(code: &str) -> Status {
    match code {
        "created" | "offers_prepared" | "offer_selected" | "confirmed" => Status::LabelCreated,
        "dispatched_by_sender" | "dispatched_by_sender_to_pok" => Status::AwaitingHandover,
        "collected_from_sender" | "taken_by_courier" | "taken_by_courier_from_pok" => Status::Accepted,
        "adopted_at_source_branch" | "adopted_at_sorting_center" => Status::ArrivedFacility,
        "sent_from_source_branch" | "sent_from_sorting_center" => Status::DepartedFacility,
        "adopted_at_target_branch" => Status::AtLocalFacility,
        "unstack_from_customer_service_point"
        | "unstack_from_box_machine"
        | "taken_by_courier_from_customer_service_point" => Status::InTransit,
        "redirect_to_box"
        | "readdressed"
        | "permanently_redirected_to_box_machine"
        | "permanently_redirected_to_customer_service_point" => Status::Redirected,
        "canceled_redirect_to_box" => Status::InTransit,
        "out_for_delivery" | "out_for_delivery_to_address" => Status::OnVehicle,
        "pickup_reminder_sent_address" => Status::RecipientContacted,
        "ready_to_pickup"
        | "ready_to_pickup_from_pok"
        | "ready_to_pickup_from_pok_registered"
        | "ready_to_pickup_from_branch"
        | "pickup_reminder_sent"
        | "stack_in_customer_service_point"
        | "stack_in_box_machine" => Status::ReadyForPickup,
        "delivered" => Status::Delivered,
        "avizo" | "courier_avizo_in_customer_service_point" => Status::AttemptNoticeLeft,
        "undelivered_lack_of_access_letterbox" => Status::AttemptNoAccess,
        "undelivered" => Status::AttemptOther,
        "undelivered_wrong_address"
        | "undelivered_incomplete_address"
        | "undelivered_unknown_receiver"
        | "undelivered_no_mailbox" => Status::AddressIssue,
        "undelivered_not_live_address" => Status::RecipientMoved,
        "undelivered_cod_cash_receiver" => Status::PaymentDue,
        "pickup_time_expired"
        | "stack_parcel_pickup_time_expired"
        | "stack_parcel_in_box_machine_pickup_time_expired" => Status::Unclaimed,
        "rejected_by_receiver" => Status::Refused,
        "oversized" => Status::RejectedByCarrier,
        "delay_in_delivery" => Status::DelayedCarrier,
        "missing" => Status::Lost,
        "claimed" | "other" => Status::ExceptionOther,
        "returned_to_sender" => Status::Returning,
        "return_pickup_confirmation_to_sender" => Status::Returned,
        "canceled" | "cancelled" => Status::Cancelled,
        _ => Status::Unknown,
    }
}
