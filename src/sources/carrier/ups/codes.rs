//! What UPS' codes mean: the type of an activity, its letters, and its three digits; and UPS' fixed sentences.

use crate::sources::carrier::finer::by_phrase;
use crate::tracking::status::Status;

/// The status of an activity. The digits that say what went on win, then the letters, then the digits that only say how
/// far the package is, then the type.
pub(in crate::sources) fn status_of(kind: &str, letters: &str, digits: &str) -> Status {
    match (letters, digits) {
        // The digits say "cleared"; the sentence is "UPS has received the information needed to submit your package".
        ("BB", "014") => Status::CustomsStarted,
        _ => telling_digits(digits)
            .or_else(|| by_letters(letters))
            .or_else(|| broad_digits(digits))
            .unwrap_or_else(|| by_type(kind)),
    }
}

fn by_type(kind: &str) -> Status {
    match kind {
        "D" => Status::Delivered,
        "I" => Status::InTransit,
        "M" => Status::LabelCreated,
        "MV" => Status::Cancelled,
        "O" => Status::OnVehicle,
        "P" => Status::Accepted,
        "RS" => Status::Returning,
        "W" => Status::Held,
        "X" => Status::ExceptionOther,
        _ => Status::Unknown,
    }
}

fn by_letters(letters: &str) -> Option<Status> {
    Some(match letters {
        "AR" => Status::ArrivedFacility,
        "DP" => Status::DepartedFacility,
        "DS" => Status::AtLocalFacility,
        "EP" | "EX" => Status::LeftOriginCountry,
        "IP" | "IM" => Status::ArrivedDestinationCountry,
        "LC" => Status::ArrivedFacility,
        "MP" => Status::LabelCreated,
        "MV" | "VP" => Status::Cancelled,
        "OF" | "OT" | "OD" => Status::OnVehicle,
        "OR" | "PU" | "XD" => Status::Accepted,
        "RS" => Status::Returning,
        "SR" => Status::CustomsCleared,
        "YP" => Status::AtLocalFacility,
        _ => return None,
    })
}

fn telling_digits(digits: &str) -> Option<Status> {
    Some(match digits {
        "006" => Status::OnVehicle,
        "007" => Status::Cancelled,
        "012" => Status::CustomsStarted,
        "014" => Status::CustomsCleared,
        "016" => Status::Held,
        "017" => Status::ReadyForPickup,
        "018" => Status::Redirected,
        "019" | "020" => Status::DeliveryScheduled,
        "021" => Status::OnVehicle,
        "022" | "023" => Status::AttemptOther,
        "024" => Status::AttemptFinal,
        "025" => Status::HandedToLastMile,
        "026" => Status::Delivered,
        "027" | "028" => Status::Redirected,
        "029" => Status::ActionRequired,
        "030" => Status::ExceptionOther,
        "032" => Status::Weather,
        "033" | "035" | "036" | "037" => Status::Returning,
        "034" => Status::Returned,
        "039" => Status::HandedToLastMile,
        "040" => Status::ReadyForPickup,
        "041" | "042" | "056" => Status::InTransit,
        "043" => Status::Cancelled,
        "044" | "045" => Status::AwaitingHandover,
        "049" => Status::ActionRequired,
        "050" => Status::AddressIssue,
        "051" | "052" | "053" => Status::Weather,
        "054" | "063" => Status::Redirected,
        "055" => Status::DeliveryScheduled,
        "057" => Status::Redirected,
        "058" => Status::DocumentsRequired,
        "059" => Status::Damaged,
        "060" => Status::AttemptOther,
        "061" => Status::AttemptIdFailed,
        "062" => Status::PaymentDue,
        "064" => Status::Refused,
        "065" => Status::PickupFailed,
        "066" => Status::AttemptOther,
        "067" => Status::Returned,
        "068" => Status::Lost,
        "069" => Status::Unclaimed,
        "092" => Status::CustomsStarted,
        _ => return None,
    })
}

fn broad_digits(digits: &str) -> Option<Status> {
    Some(match digits {
        "003" => Status::LabelCreated,
        "005" | "010" => Status::InTransit,
        "011" => Status::Delivered,
        "013" => Status::ExceptionOther,
        "038" => Status::Accepted,
        "046" | "047" | "048" => Status::DelayedCarrier,
        "071" => Status::AtLocalFacility,
        "072" => Status::OnVehicle,
        _ => return None,
    })
}

/// UPS' own sentences, for the codes that only say "exception" or "in transit".
pub(super) fn finer_text(text: &str) -> Option<Status> {
    by_phrase(PHRASES, text)
}

const PHRASES: &[(&str, Status)] = &[
    ("billing information voided", Status::Cancelled),
    ("returned to sender", Status::Returning),
    ("returned to the sender", Status::Returning),
    ("being returned", Status::Returning),
    ("will be returned", Status::Returning),
    ("return to sender", Status::Returning),
    ("released by the government agency", Status::CustomsCleared),
    ("released by the customs agency", Status::CustomsCleared),
    ("released by the clearing agency", Status::CustomsCleared),
    ("cleared customs", Status::CustomsCleared),
    ("has cleared", Status::CustomsCleared),
    ("pending release from a government agency", Status::CustomsStarted),
    ("clearing agency awaiting final release", Status::CustomsStarted),
    ("to obtain clearance information", Status::DocumentsRequired),
    ("missing commercial invoice", Status::DocumentsRequired),
    ("additional information is required for clearance", Status::DocumentsRequired),
    ("held in customs", Status::CustomsHold),
    ("held by customs", Status::CustomsHold),
    ("duties or taxes are due", Status::DutiesUnpaid),
    ("import charges are due", Status::DutiesUnpaid),
    ("was refused", Status::Refused),
    ("refused the delivery", Status::Refused),
    ("refused delivery", Status::Refused),
    ("receiver has moved", Status::RecipientMoved),
    ("customer has moved", Status::RecipientMoved),
    ("business is closed", Status::AttemptBusinessClosed),
    ("business was closed", Status::AttemptBusinessClosed),
    ("customer was not available", Status::AttemptNoOneHome),
    ("receiver was not available", Status::AttemptNoOneHome),
    ("receiver was unavailable", Status::AttemptNoOneHome),
    ("not available on the", Status::AttemptNoOneHome),
    ("final attempt", Status::AttemptFinal),
    ("unable to gain access", Status::AttemptNoAccess),
    ("adverse weather", Status::Weather),
    ("severe weather", Status::Weather),
    ("weather conditions", Status::Weather),
    ("natural disaster", Status::DelayedExternal),
    ("emergency situation", Status::DelayedExternal),
    ("address has been corrected", Status::AddressCorrected),
    ("corrected the address", Status::AddressCorrected),
    ("address is incorrect", Status::AddressIssue),
    ("incorrect street", Status::AddressIssue),
    ("street number is incorrect", Status::AddressIssue),
    ("apartment number is either missing or incorrect", Status::AddressIssue),
    ("need additional address", Status::AddressIssue),
    ("incorrectly sorted", Status::Misrouted),
    ("missorted", Status::Misrouted),
    ("incorrect routing", Status::Misrouted),
    ("damage", Status::Damaged),
    ("unable to locate", Status::Lost),
    ("late train", Status::DelayedCarrier),
    ("late trailer", Status::DelayedCarrier),
    ("mechanical failure", Status::DelayedCarrier),
    ("has been delayed", Status::DelayedCarrier),
    ("late flight", Status::DelayedCarrier),
    ("held for future delivery", Status::DeliveryScheduled),
    ("delivery has been rescheduled", Status::DeliveryScheduled),
    ("delivery change", Status::Redirected),
    ("address change", Status::Redirected),
    ("awaiting customer pickup", Status::ReadyForPickup),
    ("available for pickup", Status::ReadyForPickup),
    ("on vehicle for delivery", Status::OnVehicle),
    ("out for delivery", Status::OnVehicle),
    ("loaded on delivery vehicle", Status::OnVehicle),
    ("tendered to", Status::HandedToLastMile),
    ("transferred to post office", Status::HandedToLastMile),
    ("transferred to local post office", Status::HandedToLastMile),
    ("destination scan", Status::AtLocalFacility),
    ("departure scan", Status::DepartedFacility),
    ("departed from facility", Status::DepartedFacility),
    ("arrival scan", Status::ArrivedFacility),
    ("arrived at facility", Status::ArrivedFacility),
    ("unload scan", Status::ArrivedFacility),
    ("warehouse scan", Status::ArrivedFacility),
    ("export scan", Status::LeftOriginCountry),
    ("import scan", Status::ArrivedDestinationCountry),
    ("origin scan", Status::Accepted),
    ("pickup scan", Status::Accepted),
];
