//! What USPS' event codes mean, and its fixed event names, which say more than the codes for "delivered", "notice left"
//! and "alert".

use crate::sources::carrier::finer::{by_phrase, finer};
use crate::tracking::status::Status;

/// The status of an event code, refined by the event's name where the code is generic or not published.
pub(super) fn status_of(code: &str, name: &str) -> Status {
    let by_code = by_code(code);
    // "In Transit, Arriving Late" comes under the code of "In Transit to Next Facility".
    finer(by_code, by_phrase(NAMES, name))
}

fn by_code(code: &str) -> Status {
    match code {
        "01" | "I0" => Status::Delivered,
        "02" | "52" | "54" | "55" => Status::AttemptNoticeLeft,
        "03" | "19" | "43" | "AD" | "OA" | "PA" | "TM" | "UA" => Status::Accepted,
        "04" => Status::Refused,
        "05" | "11" | "28" => Status::Undeliverable,
        "06" => Status::Redirected,
        "07" | "PC" => Status::AtLocalFacility,
        "08" | "15" => Status::Misrouted,
        "09" | "29" | "44" => Status::Returning,
        "10" | "41" | "A1" | "AA" | "U1" => Status::ArrivedFacility,
        "14" | "16" => Status::ReadyForPickup,
        "17" | "42" | "83" => Status::HandedToLastMile,
        "21" | "22" | "25" | "26" => Status::AddressIssue,
        "23" | "24" => Status::RecipientMoved,
        "27" | "31" => Status::Unclaimed,
        "30" | "53" => Status::AttemptNoAccess,
        "51" => Status::AttemptBusinessClosed,
        "56" => Status::AttemptNoOneHome,
        "71" => Status::DeliveryScheduled,
        "80" => Status::Accepted,
        "81" => Status::ArrivedFacility,
        "82" => Status::DepartedFacility,
        "89" | "GX" | "MA" | "NP" => Status::LabelCreated,
        "DX" | "GC" | "NT" => Status::InTransit,
        "EF" | "L1" | "SF" | "T1" => Status::DepartedFacility,
        "OF" => Status::OnVehicle,
        _ => Status::Unknown,
    }
}

/// The category of a whole piece.
pub(super) fn status_of_category(category: &str) -> Status {
    match category.to_ascii_lowercase().as_str() {
        "pre-shipment" => Status::LabelCreated,
        "accepted" => Status::Accepted,
        "in transit" | "in-transit" => Status::InTransit,
        "out for delivery" => Status::OnVehicle,
        "available for pickup" => Status::ReadyForPickup,
        "delivery attempt" | "delivery attempted" => Status::AttemptOther,
        "delivered" => Status::Delivered,
        "delivered to agent" => Status::HandedToLastMile,
        "alert" => Status::ExceptionOther,
        "return to sender" | "returned to sender" => Status::Returning,
        _ => Status::Unknown,
    }
}

/// What USPS says of a number it has nothing to tell of.
pub(super) fn status_of_error(code: &str) -> Status {
    match code {
        // "could not locate the tracking information for your request"; "A status update is not yet available"
        "-2147219302" | "-2147219284" | "150001" | "404" => Status::PendingNoData,
        // "The tracking number may be incorrect"
        "-2147219283" | "150002" | "-2147219301" => Status::PendingInvalidNumber,
        _ => Status::TrackerError,
    }
}

const NAMES: &[(&str, Status)] = &[
    ("delivered to agent", Status::HandedToLastMile),
    ("delivered, to original sender", Status::Returned),
    ("delivered, in/at mailbox", Status::DeliveredMailbox),
    ("delivered, po box", Status::DeliveredMailbox),
    ("delivered, parcel locker", Status::DeliveredMailbox),
    ("delivered, front desk", Status::DeliveredReception),
    ("delivered, to mail room", Status::DeliveredReception),
    ("delivered, mail room", Status::DeliveredReception),
    ("delivered, neighbor", Status::DeliveredNeighbour),
    ("delivered, front door", Status::DeliveredSafePlace),
    ("delivered, garage", Status::DeliveredSafePlace),
    ("delivered, individual picked up", Status::DeliveredCollected),
    ("delivered, picked up", Status::DeliveredCollected),
    ("delivered, to agent", Status::Delivered),
    ("delivered, left with individual", Status::Delivered),
    ("delivery attempt", Status::AttemptOther),
    ("notice left (business closed)", Status::AttemptBusinessClosed),
    ("notice left (no authorized recipient", Status::AttemptNoticeLeft),
    ("notice left", Status::AttemptNoticeLeft),
    ("no access to delivery location", Status::AttemptNoAccess),
    ("animal interference", Status::AttemptNoAccess),
    ("addressee not available", Status::AttemptNoOneHome),
    ("missed delivery", Status::AttemptOther),
    ("business closed", Status::AttemptBusinessClosed),
    ("local weather delay", Status::Weather),
    ("weather delay", Status::Weather),
    ("natural disaster", Status::DelayedExternal),
    ("arriving late", Status::DelayedCarrier),
    ("delayed", Status::DelayedCarrier),
    ("rescheduled", Status::DeliveryScheduled),
    ("being held", Status::Held),
    ("held at post office", Status::Held),
    ("held at delivery facility", Status::Held),
    ("held in customs", Status::CustomsHold),
    ("inbound into customs", Status::CustomsStarted),
    ("inbound out of customs", Status::CustomsCleared),
    ("customs clearance processing complete", Status::CustomsCleared),
    ("customs clearance", Status::CustomsStarted),
    ("into customs", Status::CustomsStarted),
    ("out of customs", Status::CustomsCleared),
    ("processed through isc", Status::ArrivedFacility),
    ("undeliverable as addressed", Status::Undeliverable),
    ("insufficient address", Status::AddressIssue),
    ("no such number", Status::AddressIssue),
    ("addressee unknown", Status::AddressIssue),
    ("vacant", Status::AddressIssue),
    ("moved, left no address", Status::RecipientMoved),
    ("forward expired", Status::RecipientMoved),
    ("unclaimed", Status::Unclaimed),
    ("refused", Status::Refused),
    ("returned to sender", Status::Returning),
    ("return to sender", Status::Returning),
    ("forwarded", Status::Redirected),
    ("redirected", Status::Redirected),
    ("missent", Status::Misrouted),
    ("package research case", Status::ExceptionOther),
    ("available for pickup", Status::ReadyForPickup),
    ("ready for pickup", Status::ReadyForPickup),
    ("out for delivery", Status::OnVehicle),
    ("tendered to military agent", Status::HandedToLastMile),
    ("tendered to", Status::HandedToLastMile),
    ("handoff to shipping partner", Status::HandedToLastMile),
    ("electronic shipping info received", Status::LabelCreated),
    ("shipping label created", Status::LabelCreated),
    ("pre-shipment", Status::LabelCreated),
    ("preparing shipment", Status::LabelCreated),
    ("usps in possession", Status::Accepted),
    ("picked up", Status::Accepted),
    ("acceptance", Status::Accepted),
    ("accepted", Status::Accepted),
    ("origin post", Status::InTransit),
    ("in transit", Status::InTransit),
    ("sorting complete", Status::AtLocalFacility),
    ("arrived at post office", Status::AtLocalFacility),
    ("arrival at post office", Status::AtLocalFacility),
    ("arrival at unit", Status::AtLocalFacility),
    ("arriv", Status::ArrivedFacility),
    ("processed", Status::ArrivedFacility),
    ("depart", Status::DepartedFacility),
    ("dispatched", Status::DepartedFacility),
    ("delivered", Status::Delivered),
];
