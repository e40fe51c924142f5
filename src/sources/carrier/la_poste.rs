//! La Poste, Suivi v2 (`shipment.event`), which tells letters, Colissimo and Chronopost alike. Built from the public shape:
//! there is no recorded payload. Times carry their offset; one without is French.
//!
//! `colissimo` and this file read the same JSON; the product says whose parcel it is.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, expected_on, joined, keep, known, pickup, refuse, untold};

const HOME: &str = "Europe/Paris";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    answers(body).first().is_some_and(|answer| is_answer(answer) && carrier_of(answer) != "colissimo")
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    read_all(body, &mut parsed);
    parsed
}

/// One answer, or a list of them where several numbers were asked for.
pub(super) fn answers<'v, 'a>(body: &'v Value<'a>) -> &'v [Value<'a>] {
    match body {
        Value::Array(answers) => answers,
        answer => std::slice::from_ref(answer),
    }
}

pub(super) fn is_answer(answer: &Value) -> bool {
    at(answer, "returnCode").is_some()
        && (at(answer, "shipment.idShip").is_some()
            || at(answer, "idShip").is_some()
            || at(answer, "returnMessage").is_some())
}

pub(super) fn carrier_of(answer: &Value) -> &'static str {
    let product = text(answer, "shipment.product").unwrap_or_default().to_lowercase();
    match product.as_str() {
        "chronopost" => "chronopost",
        _ if product.starts_with("colissimo") => "colissimo",
        _ => "la_poste",
    }
}

pub(super) fn read_all(body: &Value, parsed: &mut Parsed) {
    for (index, answer) in answers(body).iter().enumerate() {
        read_answer(answer, index, parsed);
    }
}

fn read_answer(answer: &Value, index: usize, parsed: &mut Parsed) {
    let carrier = carrier_of(answer);
    let code = text(answer, "returnCode");
    let number = text(answer, "shipment.idShip").or_else(|| text(answer, "idShip"));
    let Some(number) = number else {
        let reason = text(answer, "returnMessage").unwrap_or_else(|| "the answer has no idShip".to_owned());
        return refuse(parsed, format!("[{index}]"), format!("{}: {reason}", code.unwrap_or_default()));
    };
    if at(answer, "shipment.event").is_none() && !matches!(code.as_deref(), Some("200" | "207")) {
        let status = match code.as_deref() {
            Some("400") => Status::PendingInvalidNumber,
            Some("404") => Status::PendingNoData,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(carrier, number, status, code));
    }
    let body = &answer["shipment"];
    let side = |path: &str| {
        let code = text(body, path).map(|code| country(&code));
        known(EventPlace { country: code, ..EventPlace::default() })
    };
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(carrier.to_owned()),
        service: text(body, "product"),
        estimate: expected_on(text(body, "estimDate").as_deref()),
        pickup: removal_point(body),
        origin: side("contextData.originCountry"),
        destination: side("contextData.arrivalCountry"),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(body, "event").iter().enumerate() {
        let scan = Scan {
            code: text(event, "code"),
            text: text(event, "label"),
            time: text(event, "date"),
            place: EventPlace { country: text(event, "country").map(|code| country(&code)), ..EventPlace::default() },
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        keep(parsed, &mut shipment, format!("[{index}].shipment.event[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn removal_point(body: &Value) -> Option<PickupDraft> {
    let point = at(body, "contextData.removalPoint")?;
    pickup(PickupDraft {
        name: text(point, "name"),
        address: joined([text(point, "address"), text(point, "zipcode"), text(point, "city")]),
        ..PickupDraft::default()
    })
}

fn status_of(code: &str) -> Status {
    match code {
        "DR1" | "DR2" => Status::LabelCreated,
        "PC1" | "PC2" => Status::Accepted,
        "ET1" | "ET2" | "ET4" => Status::InTransit,
        "ET3" => Status::ArrivedDestinationCountry,
        "EP1" => Status::AtLocalFacility,
        "DO1" => Status::CustomsStarted,
        "DO2" => Status::CustomsCleared,
        "DO3" => Status::CustomsHold,
        "PB1" => Status::ExceptionOther,
        "PB2" => Status::Resolved,
        "MD2" => Status::OnVehicle,
        "ND1" => Status::Undeliverable,
        "AG1" => Status::ReadyForPickup,
        "RE1" => Status::Returning,
        "DI0" | "DI1" | "DI3" => Status::Delivered,
        "DI2" => Status::Returned,
        _ => Status::Unknown,
    }
}
