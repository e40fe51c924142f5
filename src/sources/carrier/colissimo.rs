//! Colissimo: parcels told by La Poste's Suivi v2, and the older SOAP tracking service (`trackResponse`), which tells the
//! last event alone. Built from the public shape: there is no recorded payload. Times are French.

use roxmltree::Node;

use crate::sources::reading::{Payload, element, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::la_poste;
use super::scan::{Scan, add, country, keep, known, refuse, untold};

const CARRIER: &str = "colissimo";
const HOME: &str = "Europe/Paris";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => la_poste::answers(body)
            .first()
            .is_some_and(|answer| la_poste::is_answer(answer) && la_poste::carrier_of(answer) == CARRIER),
        Payload::Xml(document) => answer_of(document.root_element()).is_some(),
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => la_poste::read_all(body, &mut parsed),
        Payload::Xml(document) => {
            if let Some(answer) = answer_of(document.root_element()) {
                read_last(answer, &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn answer_of<'a, 'i>(root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    element(element(root, "trackResponse")?, "return").filter(|answer| xml_text(*answer, "errorCode").is_some())
}

fn read_last(answer: Node<'_, '_>, parsed: &mut Parsed) {
    let error = xml_text(answer, "errorCode").filter(|code| code != "0");
    let number = xml_text(answer, "skybillNumber");
    let Some(number) = number else {
        let reason = xml_text(answer, "errorMessage").unwrap_or_else(|| "the answer has no skybillNumber".to_owned());
        return refuse(parsed, "return", format!("{}: {reason}", error.unwrap_or_default()));
    };
    if let Some(error) = error {
        let status = match error.as_str() {
            "101" => Status::PendingInvalidNumber,
            "105" => Status::PendingNoData,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(CARRIER, number, status, Some(error)));
    }
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        destination: known(EventPlace {
            city: xml_text(answer, "recipientCity"),
            postal_code: xml_text(answer, "recipientZipCode"),
            country: xml_text(answer, "recipientCountryCode").map(|code| country(&code)),
            ..EventPlace::default()
        }),
        ..ShipmentDraft::default()
    };
    let scan = Scan {
        code: xml_text(answer, "eventCode"),
        text: xml_text(answer, "eventLibelle"),
        time: xml_text(answer, "eventDate"),
        place: EventPlace { facility: xml_text(answer, "eventSite"), ..EventPlace::default() },
        ..Scan::default()
    };
    let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
    keep(parsed, &mut shipment, "return", scan.event(status, Some(HOME)));
    add(parsed, shipment);
}

fn status_of(code: &str) -> Status {
    match code {
        "COMCFM" | "PCHMQT" => Status::LabelCreated,
        "PCHCFM" | "DEPGUI" => Status::Accepted,
        "AARCFM" => Status::AtLocalFacility,
        "AARDVY" => Status::Misrouted,
        "MLVCFM" => Status::OnVehicle,
        "LIVCFM" => Status::Delivered,
        "LIVGAR" => Status::DeliveredReception,
        "LIVRTI" => Status::DeliveredNeighbour,
        "LIVREO" => Status::Returned,
        "RENNRV" => Status::AttemptNoOneHome,
        "RENAIN" => Status::AddressIssue,
        "RENAVA" => Status::Returning,
        "RENAVI" | "MLVARS" => Status::ReadyForPickup,
        _ => Status::Unknown,
    }
}
