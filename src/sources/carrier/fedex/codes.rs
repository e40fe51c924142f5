//! What FedEx' codes mean: the type of a scan, refined by its exception code, or by FedEx' own words for the exception.

use crate::sources::carrier::finer::{by_phrase, finer};
use crate::tracking::status::{Milestone, Status};

/// The status of a scan type and the exception told with it.
pub(super) fn status_of(event: &str, exception: &str, exception_text: &str) -> Status {
    let by_event = by_event(event);
    // An exception code or text refines the scans that say "an exception", "a delay", "clearance" or "delivered" only.
    match by_event {
        Status::ExceptionOther | Status::AttemptOther | Status::DelayedCarrier | Status::CustomsHold => {
            let told = by_exception(exception).or_else(|| by_phrase(PHRASES, exception_text));
            told.filter(|told| told.milestone() != Milestone::Delivered).unwrap_or(by_event)
        }
        Status::Delivered => {
            let told = by_exception(exception).or_else(|| by_phrase(DELIVERED, exception_text));
            finer(by_event, told)
        }
        _ => by_event,
    }
}

fn by_event(event: &str) -> Status {
    match event {
        "AA" => Status::ArrivedFacility,
        "AC" => Status::HandedToLastMile,
        "AD" => Status::OnVehicle,
        "AF" => Status::AtLocalFacility,
        "AO" => Status::InTransit,
        "AP" => Status::AwaitingHandover,
        "AR" => Status::ArrivedFacility,
        "AS" => Status::AddressCorrected,
        "AX" => Status::HandedToLastMile,
        "CA" => Status::Cancelled,
        "CC" => Status::CustomsCleared,
        "CD" => Status::CustomsHold,
        "CH" => Status::Redirected,
        "CP" => Status::CustomsStarted,
        "DD" => Status::DelayedCarrier,
        "DE" => Status::AttemptOther,
        "DL" => Status::Delivered,
        "DP" => Status::DepartedFacility,
        "DR" => Status::PickupFailed,
        "DS" => Status::InTransit,
        "DY" => Status::DelayedCarrier,
        "EA" => Status::InTransit,
        "ED" => Status::OnVehicle,
        "EO" => Status::InTransit,
        "EP" => Status::AwaitingHandover,
        "FD" => Status::AtLocalFacility,
        "HA" => Status::Redirected,
        "HL" => Status::ReadyForPickup,
        "HP" => Status::ReadyForPickup,
        "IN" => Status::LabelCreated,
        "IT" => Status::InTransit,
        "IX" => Status::InTransit,
        "LC" => Status::Cancelled,
        "LO" => Status::DepartedFacility,
        "OC" => Status::LabelCreated,
        "OD" => Status::OnVehicle,
        "OF" => Status::ArrivedFacility,
        "OW" => Status::InTransit,
        "OX" => Status::InTransit,
        "PD" => Status::DelayedCarrier,
        "PF" => Status::InTransit,
        "PL" => Status::InTransit,
        "PM" => Status::InTransit,
        "PU" => Status::Accepted,
        "PX" => Status::Accepted,
        "PY" => Status::DelayedCarrier,
        "RC" => Status::InTransit,
        "RD" => Status::Expired,
        "RG" => Status::LabelCreated,
        "RM" => Status::Redirected,
        "RP" => Status::LabelCreated,
        "RR" => Status::Redirected,
        "RS" => Status::Returning,
        "SE" => Status::ExceptionOther,
        "SF" => Status::ArrivedFacility,
        "SP" => Status::InTransit,
        "TR" => Status::InTransit,
        _ => Status::Unknown,
    }
}

/// Exception codes come as two digits ("07"), three ("007") or with a letter ("A07").
fn by_exception(code: &str) -> Option<Status> {
    let digits = code.strip_prefix('A').unwrap_or(code);
    let digits = if digits.len() == 3 { digits.strip_prefix('0').unwrap_or(digits) } else { digits };
    Some(match digits {
        "01" => Status::DelayedCarrier,
        "02" => Status::DeliveredSafePlace,
        "03" | "05" => Status::AddressIssue,
        "04" => Status::DeliveredNeighbour,
        "06" => Status::AddressCorrected,
        "07" => Status::Refused,
        "08" => Status::AttemptNoOneHome,
        "09" => Status::DeliveredDamaged,
        "10" => Status::Damaged,
        "11" => Status::AttemptBusinessClosed,
        "12" | "18" | "28" => Status::Misrouted,
        "14" => Status::Returning,
        "15" => Status::DelayedExternal,
        "17" => Status::DeliveryScheduled,
        "19" | "20" => Status::Prohibited,
        "22" | "23" | "31" | "32" | "33" => Status::DelayedCarrier,
        "24" => Status::DelayedExternal,
        "29" => Status::Redirected,
        "30" => Status::AttemptBusinessClosed,
        "36" => Status::Held,
        "37" => Status::Damaged,
        "42" => Status::AttemptBusinessClosed,
        "43" => Status::Weather,
        "46" => Status::AttemptNoOneHome,
        "50" => Status::DocumentsRequired,
        "55" | "63" => Status::CustomsHold,
        "58" => Status::ActionRequired,
        "59" => Status::ReadyForPickup,
        "65" => Status::CustomsCleared,
        "72" => Status::CustomsStarted,
        "84" => Status::DelayedExternal,
        "85" => Status::DelayedCarrier,
        "91" => Status::RejectedByCarrier,
        "93" | "94" => Status::PaymentDue,
        _ => return None,
    })
}

/// FedEx' own words for an exception, where its code is not among the published ones.
const PHRASES: &[(&str, Status)] = &[
    ("refused by recipient", Status::Refused),
    ("shipment refused", Status::Refused),
    ("refused", Status::Refused),
    ("returned to shipper", Status::Returning),
    ("return to shipper", Status::Returning),
    ("returning package to shipper", Status::Returning),
    ("being returned", Status::Returning),
    ("customer not available or business closed", Status::AttemptNoOneHome),
    ("recipient not in", Status::AttemptNoOneHome),
    ("customer not available", Status::AttemptNoOneHome),
    ("business closed", Status::AttemptBusinessClosed),
    ("closed on holiday", Status::AttemptBusinessClosed),
    ("no access to delivery location", Status::AttemptNoAccess),
    ("unable to access", Status::AttemptNoAccess),
    ("adult signature", Status::AttemptIdFailed),
    ("recipient relocated", Status::RecipientMoved),
    ("recipient moved", Status::RecipientMoved),
    ("incorrect address", Status::AddressIssue),
    ("address corrected", Status::AddressCorrected),
    ("unable to locate address", Status::AddressIssue),
    ("additional address information", Status::AddressIssue),
    ("future delivery requested", Status::DeliveryScheduled),
    ("delivery rescheduled", Status::DeliveryScheduled),
    ("weather", Status::Weather),
    ("natural disaster", Status::DelayedExternal),
    ("delay beyond our control", Status::DelayedExternal),
    ("international shipment release", Status::CustomsCleared),
    ("package available for clearance", Status::CustomsStarted),
    ("clearance in progress", Status::CustomsStarted),
    ("in clearance process", Status::CustomsStarted),
    ("regulatory agency", Status::CustomsHold),
    ("clearance delay", Status::CustomsHold),
    ("held in customs", Status::CustomsHold),
    ("missing paperwork", Status::DocumentsRequired),
    ("improper or missing paperwork", Status::DocumentsRequired),
    ("incomplete documentation", Status::DocumentsRequired),
    ("payment of duties", Status::DutiesUnpaid),
    ("duties and taxes", Status::DutiesUnpaid),
    ("unable to collect payment", Status::PaymentDue),
    ("damaged, delivery not completed", Status::Damaged),
    ("damaged", Status::Damaged),
    ("incorrectly sorted", Status::Misrouted),
    ("wrong route", Status::Misrouted),
    ("misrouted", Status::Misrouted),
    ("missorted", Status::Misrouted),
    ("package not due for delivery", Status::DeliveryScheduled),
    ("held at fedex location", Status::ReadyForPickup),
    ("ready for recipient pickup", Status::ReadyForPickup),
    ("mechanical", Status::DelayedCarrier),
    ("delay", Status::DelayedCarrier),
    ("unable to deliver", Status::Undeliverable),
];

const DELIVERED: &[(&str, Status)] = &[
    ("damaged", Status::DeliveredDamaged),
    ("left with neighbor", Status::DeliveredNeighbour),
    ("left at front door", Status::DeliveredSafePlace),
    ("left at back door", Status::DeliveredSafePlace),
    ("left at side door", Status::DeliveredSafePlace),
    ("left at garage", Status::DeliveredSafePlace),
    ("left on porch", Status::DeliveredSafePlace),
    ("release authorized", Status::DeliveredSafePlace),
];

/// What FedEx says of a number it has nothing to tell of.
pub(super) fn status_of_error(code: Option<&str>) -> Status {
    match code {
        Some("9040" | "9041" | "TRACKING.TRACKINGNUMBER.NOTFOUND" | "TRACKING.DATA.NOTFOUND" | "NOT.FOUND.ERROR") => {
            Status::PendingNoData
        }
        Some(
            "6035"
            | "9030"
            | "TRACKING.TRACKINGNUMBER.INVALID"
            | "TRACKING.TRACKINGNUMBER.EMPTY"
            | "INVALID.TRACKING.NUMBER"
            | "TRACKINGNUMBER.INVALID",
        ) => Status::PendingInvalidNumber,
        _ => Status::TrackerError,
    }
}
