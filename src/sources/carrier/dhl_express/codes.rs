//! What DHL Express' event codes mean, and the sentences DHL writes for them where it leaves the code out.

use crate::sources::carrier::finer::finer;
use crate::sources::carrier::scan::wording;
use crate::tracking::status::Status;

pub(in crate::sources::carrier) fn status_of(code: &str, sentence: &str) -> Status {
    finer(by_code(code), finer_sentence(sentence))
}

fn by_code(code: &str) -> Status {
    match code {
        "AD" => Status::DeliveryScheduled,
        "AF" => Status::ArrivedFacility,
        "AR" => Status::AtLocalFacility,
        "BA" => Status::AddressIssue,
        "BL" => Status::CustomsStarted,
        "BN" => Status::CustomsStarted,
        "BR" => Status::CustomsStarted,
        "CA" => Status::AttemptBusinessClosed,
        "CC" => Status::ReadyForPickup,
        "CD" => Status::CustomsHold,
        "CM" => Status::RecipientMoved,
        "CR" => Status::CustomsCleared,
        "CS" => Status::ActionRequired,
        "CU" => Status::InTransit,
        "DD" => Status::DeliveredDamaged,
        "DF" => Status::DepartedFacility,
        "DM" => Status::Damaged,
        "DS" => Status::Disposed,
        "ES" => Status::CustomsStarted,
        "FD" => Status::HandedToLastMile,
        "HP" => Status::Held,
        "IA" => Status::InTransit,
        "IC" => Status::CustomsStarted,
        "MC" => Status::Misrouted,
        "MD" => Status::DeliveryScheduled,
        "MS" => Status::Misrouted,
        "NA" => Status::DelayedCarrier,
        "ND" => Status::AttemptOther,
        "NH" => Status::AttemptNoOneHome,
        "OH" => Status::Held,
        "OK" => Status::Delivered,
        "PD" => Status::DeliveredPartial,
        "PL" => Status::ArrivedFacility,
        "PO" => Status::DepartedFacility,
        "PU" => Status::Accepted,
        "RD" => Status::Refused,
        "RR" => Status::CustomsStarted,
        "RT" => Status::Returning,
        "RW" => Status::InTransit,
        "SA" => Status::Accepted,
        "SC" => Status::InTransit,
        "SI" => Status::CustomsStarted,
        "SM" => Status::InTransit,
        "SS" => Status::Held,
        "ST" => Status::Held,
        "TD" => Status::DelayedCarrier,
        "TI" => Status::ExceptionOther,
        "TP" => Status::HandedToLastMile,
        "TR" => Status::InTransit,
        "TT" => Status::Resolved,
        "UD" => Status::CustomsHold,
        "WC" => Status::OnVehicle,
        "WX" => Status::Weather,
        _ => Status::Unknown,
    }
}

fn finer_sentence(sentence: &str) -> Option<Status> {
    let sentence = wording(sentence);
    match () {
        () if sentence.starts_with("delivered - signed for by") => Some(Status::DeliveredSigned),
        () if sentence.starts_with("delivered - not signed") => Some(Status::Delivered),
        () => None,
    }
}

/// The code of one of DHL's sentences; a place's name may follow each.
pub(in crate::sources::carrier) fn code_of_sentence(sentence: &str) -> Option<&'static str> {
    const SENTENCES: &[(&str, &str)] = &[
        ("delivered - signed for by", "OK"),
        ("delivered - not signed", "OK"),
        ("partial delivery", "PD"),
        ("delivered", "OK"),
        ("with delivery courier", "WC"),
        ("shipment is out with courier for delivery", "WC"),
        ("arrived at delivery facility", "AR"),
        ("arrived at sort facility", "AF"),
        ("arrived at dhl sort facility", "AF"),
        ("arrived at dhl delivery facility", "AR"),
        ("arrived at service center", "AR"),
        ("departed facility", "DF"),
        ("departed from", "DF"),
        ("processed at", "PL"),
        ("processed for clearance at", "IC"),
        ("transferred through", "TR"),
        ("in transit", "TR"),
        ("clearance processing complete", "CR"),
        ("released by customs", "CR"),
        ("customs clearance status updated", "RR"),
        ("customs status updated", "RR"),
        ("clearance event", "CD"),
        ("clearance delay", "CD"),
        ("uncontrollable clearance delay", "UD"),
        ("broker notified", "BN"),
        ("shipment picked up", "PU"),
        ("shipment information received", "SA"),
        ("shipment accepted", "SA"),
        ("shipment on hold", "OH"),
        ("delivery attempted; recipient not home", "NH"),
        ("delivery attempted; premises closed", "CA"),
        ("delivery attempted; recipient refused", "RD"),
        ("recipient refused delivery", "RD"),
        ("delivery not accepted", "RD"),
        ("consignee refused", "RD"),
        ("address information needed", "BA"),
        ("awaiting collection", "CC"),
        ("scheduled for delivery as agreed", "AD"),
        ("delivery arranged", "AD"),
        ("scheduled for delivery", "MD"),
        ("recipient moved", "CM"),
        ("forwarded for delivery", "FD"),
        ("forwarded to third party", "TP"),
        ("returned to shipper", "RT"),
        ("return to shipper", "RT"),
        ("weather delay", "WX"),
        ("further consignee information needed", "BA"),
        ("please contact dhl", "CS"),
    ];
    let sentence = wording(sentence);
    SENTENCES.iter().find(|(known, _)| sentence.starts_with(known)).map(|(_, code)| *code)
}

/// A product by its global code; the code itself where it is none of the usual ones.
pub(super) fn product(code: String) -> String {
    let name = match code.as_str() {
        "D" | "P" => "Express Worldwide",
        "U" => "Express Worldwide EU",
        "K" | "E" => "Express 9:00",
        "L" | "M" => "Express 10:30",
        "T" | "Y" => "Express 12:00",
        "N" => "Express Domestic",
        "H" | "W" => "Economy Select",
        "X" => "Express Envelope",
        "B" => "Express Breakbulk",
        "J" => "Jumbo Box",
        _ => return code,
    };
    name.to_owned()
}
