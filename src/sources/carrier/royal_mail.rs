//! Royal Mail, tracking API v2 (`/mailpieces/v2/…/events`, `…/summary`, `…/signature`). Events carry their offset; a time
//! without one is British.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text, written_time};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, estimate, expected_day, keep, known, proof, refuse, untold};

const CARRIER: &str = "royal_mail";
const HOME: &str = "Europe/London";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    list(body, "mailPieces").first().is_some_and(|piece| at(piece, "mailPieceId").is_some())
        || (at(body, "httpCode").is_some() && at(body, "errors.0.errorCode").is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for (index, piece) in list(body, "mailPieces").iter().enumerate() {
        read_piece(piece, index, &mut parsed);
    }
    for (index, error) in list(body, "errors").iter().enumerate() {
        refuse(&mut parsed, format!("errors[{index}]"), error_words(error));
    }
    parsed
}

fn error_words(error: &Value) -> String {
    let parts = ["errorCode", "errorDescription", "errorCause"];
    parts.into_iter().filter_map(|part| text(error, part)).collect::<Vec<_>>().join(": ")
}

fn read_piece(piece: &Value, index: usize, parsed: &mut Parsed) {
    let Some(number) = text(piece, "mailPieceId") else {
        return refuse(parsed, format!("mailPieces[{index}]"), "the mail piece has no mailPieceId");
    };
    if let Some(error) = at(piece, "error") {
        let code = text(error, "errorCode");
        let status = match code.as_deref() {
            // "Barcode reference isn't recognised"
            Some("E1142") => Status::PendingInvalidNumber,
            // "Barcode reference is recognised, but tracking isn't available yet"
            Some("E1308" | "E1307") => Status::PendingNoData,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(CARRIER, number, status, code));
    }
    let status_code = text(piece, "summary.lastEventCode");
    let status = match &status_code {
        Some(code) => Some(status_of(code)),
        None => text(piece, "summary.statusCategory").map(|category| status_of_category(&category)),
    };
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(piece, "summary.productName"),
        unique_id: text(piece, "summary.uniqueItemId"),
        status,
        status_code: status_code.or_else(|| text(piece, "summary.statusCategory")),
        estimate: estimated(piece),
        proof: proof(text(piece, "signature.recipientName"), None),
        origin: country_of(piece, "summary.originCountryCode"),
        destination: country_of(piece, "summary.destinationCountryCode"),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(piece, "events").iter().enumerate() {
        let fields = ["eventCode", "eventName", "eventDateTime", "locationName"];
        read_event(event, fields, format!("mailPieces[{index}].events[{row}]"), &mut shipment, parsed);
    }
    // The summary alone tells the last event only.
    if at(piece, "events").is_none() && at(piece, "summary.lastEventCode").is_some() {
        let fields = ["lastEventCode", "lastEventName", "lastEventDateTime", "lastEventLocationName"];
        read_event(&piece["summary"], fields, format!("mailPieces[{index}].summary"), &mut shipment, parsed);
    }
    add(parsed, shipment);
}

fn read_event(event: &Value, fields: [&str; 4], place: String, shipment: &mut ShipmentDraft, parsed: &mut Parsed) {
    let [code, name, time, location] = fields.map(|field| text(event, field));
    let status = code.as_deref().map_or(Status::Unknown, status_of);
    let scan = Scan {
        code,
        text: name,
        time,
        place: EventPlace { facility: location, ..EventPlace::default() },
        ..Scan::default()
    };
    keep(parsed, shipment, place, scan.event(status, Some(HOME)));
}

fn country_of(piece: &Value, path: &str) -> Option<EventPlace> {
    known(EventPlace { country: text(piece, path).map(|code| country(&code)), ..EventPlace::default() })
}

/// A day, or the window of that day ("08:00:00+01:00") where both its ends can be read.
fn estimated(piece: &Value) -> Option<EstimateDraft> {
    let day = text(piece, "estimatedDelivery.date")?;
    let end = |path: &str| {
        let time = text(piece, path)?;
        Some(written_time(&format!("{day}T{time}"))?.expected())
    };
    let ends = (end("estimatedDelivery.startOfEstimatedWindow"), end("estimatedDelivery.endOfEstimatedWindow"));
    match ends {
        (Some(earliest), Some(latest)) => estimate(Some(earliest), Some(latest)),
        _ => expected_day(Some(&day)),
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "EVAIP" | "EVAIE" => Status::LabelCreated,
        "EVOAC" | "EVPPA" => Status::Accepted,
        "EVBAH" | "EVDAC" | "EVDAV" | "EVIAV" | "EVIMC" | "EVORI" => Status::ArrivedFacility,
        "EVODO" => Status::DepartedFacility,
        "EVOCO" => Status::AtLocalFacility,
        "EVGMI" | "EVIPI" | "EVNMI" => Status::Misrouted,
        "EVGPD" => Status::OnVehicle,
        "EVKAA" | "EVNAA" => Status::AttemptNoAccess,
        "EVKAI" => Status::AddressIssue,
        "EVKGA" | "EVNGA" => Status::RecipientMoved,
        "EVKLC" => Status::ReadyForPickup,
        "EVKNA" | "EVNDA" => Status::AttemptNoOneHome,
        "EVKSU" | "EVNDN" | "EVKNR" => Status::AttemptOther,
        "EVKRF" | "EVNRF" => Status::Refused,
        "EVKOP" | "EVKSP" => Status::Delivered,
        "EVKDN" => Status::DeliveredNeighbour,
        "EVKSF" => Status::DeliveredSafePlace,
        "EVNOC" | "EVPLC" => Status::DeliveredCollected,
        "EVNKS" | "EVNRT" => Status::Held,
        "EVNAR" | "EVNSR" | "ASRXS" | "RFRXS" | "RORXS" | "RSRXS" => Status::DeliveryScheduled,
        "RNRXS" | "RPRXS" => Status::Redirected,
        "EVRTS" => Status::Returned,
        _ => Status::Unknown,
    }
}

fn status_of_category(category: &str) -> Status {
    match category {
        "IN TRANSIT" => Status::InTransit,
        "DELIVERED" => Status::Delivered,
        _ => Status::Unknown,
    }
}
