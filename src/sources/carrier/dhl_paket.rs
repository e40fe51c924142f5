//! DHL Paket (Parcel DE Tracking): nested `<data>` elements whose attributes tell everything, in German or English. Built
//! from the API's documented shape, for no recorded answer was at hand.

use roxmltree::Node;

use crate::sources::reading::{Payload, WrittenTime, clock, plain, written_time};
use crate::sources::{EstimateDraft, Expected, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::finer::{by_phrase, finer, signer, told_apart};
use super::scan::{Scan, add, country, estimate, joined, known, proof, refuse, untold};

pub(super) const CARRIER: &str = "dhl_paket";
const HOME: &str = "Europe/Berlin";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    let root = document.root_element();
    root.tag_name().name() == "data"
        && (root.has_attribute("request-id") || pieces(root).next().is_some())
        && root.attribute("name").is_some_and(|name| name.starts_with("piece") || name.contains("shipment"))
}

/// An attribute, trimmed; `None` where it is missing or empty.
fn told(node: Node<'_, '_>, name: &str) -> Option<String> {
    let value = node.attribute(name)?.trim();
    (!value.is_empty() && !value.eq_ignore_ascii_case("null")).then(|| value.to_owned())
}

fn named<'a, 'i: 'a>(node: Node<'a, 'i>, names: &'a [&'a str]) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    node.descendants().filter(move |node| node.attribute("name").is_some_and(|name| names.contains(&name)))
}

fn pieces<'a, 'i: 'a>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    named(root, &["piece-shipment", "pieceshipment", "piece-status-public"])
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    let root = document.root_element();
    let mut index = 0;
    for piece in pieces(root) {
        read_piece(piece, &format!("piece[{index}]"), &mut parsed);
        index += 1;
    }
    if index == 0 {
        let words = [told(root, "code"), told(root, "error")].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let words = if words.is_empty() { "DHL answered neither a shipment nor an error".to_owned() } else { words };
        refuse(&mut parsed, "data", words);
    }
    parsed
}

fn read_piece(piece: Node<'_, '_>, path: &str, parsed: &mut Parsed) {
    let number = ["piece-code", "searched-piece-code", "piece-identifier"].iter().find_map(|name| told(piece, name));
    let Some(number) = number else {
        return refuse(parsed, path, "the piece has no piece-code");
    };
    let events: Vec<Node<'_, '_>> = named(piece, &["piece-event", "pieceevent"]).collect();
    if let Some(code) = told(piece, "error-status").filter(|code| code.as_str() != "0") {
        return add(parsed, untold(CARRIER, number, status_of_error(&code), Some(code)));
    }
    let flag = |name: &str| told(piece, name).is_some_and(|flag| flag == "1" || flag.eq_ignore_ascii_case("true"));
    let status_code = told(piece, "ice").or_else(|| told(piece, "standard-event-code"));
    let sentence = told(piece, "status").or_else(|| told(piece, "short-status"));
    let said = status_of(
        told(piece, "ice").as_deref(),
        told(piece, "standard-event-code").as_deref(),
        sentence.as_deref(),
        flag("ruecksendung"),
    );
    let told_now = status_code.is_some() || sentence.is_some();
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: told(piece, "product-name").map(|name| plain(&name)),
        unique_id: told(piece, "piece-id"),
        status: told_now.then_some(said),
        status_code: status_code.or(sentence),
        estimate: estimated(piece),
        proof: proof(signer(told(piece, "pan-recipient-name")).filter(|_| flag("delivery-event-flag")), None),
        origin: told(piece, "origin-country").and_then(|code| known(in_country(&code))),
        destination: destination(piece),
        ..ShipmentDraft::default()
    };
    let mut scans = Vec::new();
    for (index, event) in events.into_iter().enumerate() {
        match read_event(event) {
            Ok(scan) => scans.push(scan),
            Err(reason) => refuse(parsed, format!("{path}/event[{index}]"), reason),
        }
    }
    // A public answer without a list still tells the newest event.
    if scans.is_empty() && told(piece, "status-timestamp").is_some() {
        let scan = Scan {
            code: told(piece, "ice").or_else(|| told(piece, "standard-event-code")),
            text: told(piece, "status"),
            time: told(piece, "status-timestamp"),
            ..Scan::default()
        };
        match scan.event(said, Some(HOME)) {
            Ok(event) => scans.push((event, String::new())),
            Err(reason) => refuse(parsed, path, reason),
        }
    }
    draft.events = told_apart(scans);
    add(parsed, draft);
}

fn read_event(event: Node<'_, '_>) -> Result<(crate::tracking::event::TrackingEvent, String), String> {
    let sentence = ["event-text", "event-status", "event-short-status"].iter().find_map(|name| told(event, name));
    let (ice, standard) = (told(event, "ice"), told(event, "standard-event-code"));
    let back = told(event, "ruecksendung").is_some_and(|flag| flag.eq_ignore_ascii_case("true"));
    let status = status_of(ice.as_deref(), standard.as_deref(), sentence.as_deref(), back);
    let (city, said_country) = (told(event, "event-location"), told(event, "event-country"));
    let beside = [told(event, "ric"), standard.clone()].into_iter().flatten().collect::<Vec<_>>().join("/");
    let scan = Scan {
        id: None,
        code: ice.or(standard),
        text: sentence.map(|words| plain(&words)),
        time: told(event, "event-timestamp"),
        said_place: joined([city.clone(), said_country.clone()]).unwrap_or_default(),
        place: EventPlace { city, country: said_country.as_deref().map(country), ..EventPlace::default() },
    };
    scan.event(status, Some(HOME)).map(|event| (event, beside))
}

fn in_country(code: &str) -> EventPlace {
    EventPlace { country: Some(country(code)), ..EventPlace::default() }
}

fn destination(piece: Node<'_, '_>) -> Option<EventPlace> {
    known(EventPlace {
        city: told(piece, "recipient-city").or_else(|| told(piece, "pan-recipient-city")),
        postal_code: told(piece, "pan-recipient-postalcode"),
        country: told(piece, "dest-country").as_deref().map(country),
        ..EventPlace::default()
    })
}

fn estimated(piece: Node<'_, '_>) -> Option<EstimateDraft> {
    let (from, to) = (told(piece, "delivery-timeframe-from"), told(piece, "delivery-timeframe-to"));
    let read = |text: &Option<String>| text.as_deref().and_then(written_time).map(WrittenTime::without_placeholder);
    if let Some(day) = told(piece, "delivery-date").as_deref().and_then(written_time).map(WrittenTime::date) {
        let at = |text: &Option<String>| Some(Expected::Local(day.to_datetime(text.as_deref().and_then(clock)?)));
        return estimate(at(&from), at(&to)).or_else(|| estimate(Some(Expected::Day(day)), Some(Expected::Day(day))));
    }
    estimate(read(&from).map(WrittenTime::expected), read(&to).map(WrittenTime::expected))
}

/// The international coded event, else DHL's standard code, else the sentence; the sentence refines what is generic.
fn status_of(ice: Option<&str>, standard: Option<&str>, sentence: Option<&str>, returning: bool) -> Status {
    let by_ice = ice.and_then(status_of_ice);
    let by_standard = standard.and_then(status_of_standard);
    // "Loaded" and "sorted" are said of line hauls and of the delivery van; the standard code tells which.
    let by_code = match (by_ice, by_standard) {
        (Some(Status::DepartedFacility | Status::ArrivedFacility), Some(Status::OnVehicle)) => Status::OnVehicle,
        (Some(status), _) | (None, Some(status)) => status,
        (None, None) => Status::Unknown,
    };
    match finer(by_code, sentence.and_then(status_of_sentence)) {
        Status::Delivered if returning => Status::Returned,
        Status::InTransit | Status::ArrivedFacility | Status::DepartedFacility if returning => Status::Returning,
        status => status,
    }
}

pub(super) fn status_of_ice(code: &str) -> Option<Status> {
    Some(match code.to_ascii_uppercase().as_str() {
        "CANCL" => Status::Cancelled,
        "CNRFC" | "HLDCC" => Status::ReadyForPickup,
        "DLVRD" => Status::Delivered,
        "DLVRF" => Status::Refused,
        "DMGDS" => Status::Damaged,
        "DSPSD" => Status::Disposed,
        "LDEXC" => Status::DelayedCarrier,
        "LDTMV" => Status::DepartedFacility,
        "MSRTD" => Status::Misrouted,
        "MVTEX" => Status::ExceptionOther,
        "NTDEL" => Status::AttemptOther,
        "PARCV" => Status::LabelCreated,
        "PCKDU" | "SHRCU" => Status::Accepted,
        "RETRN" => Status::Returning,
        "SRTED" | "ULFMV" => Status::ArrivedFacility,
        _ => return None,
    })
}

fn status_of_standard(code: &str) -> Option<Status> {
    Some(match code {
        "AA" => Status::ArrivedFacility,
        "AE" | "ES" => Status::Accepted,
        "EE" => Status::AtLocalFacility,
        "NB" => Status::InTransit,
        "PO" => Status::OnVehicle,
        "VA" => Status::LabelCreated,
        "ZF" => Status::ReadyForPickup,
        "ZN" => Status::AttemptOther,
        "ZO" => Status::CustomsStarted,
        "ZU" => Status::Delivered,
        _ => return None,
    })
}

/// What DHL says of a number it has nothing to tell of.
fn status_of_error(code: &str) -> Status {
    match code {
        "100" | "200" => Status::PendingNoData,
        "41" | "45" | "59" => Status::PendingInvalidNumber,
        _ => Status::TrackerError,
    }
}

/// DHL's sentences in German and English.
pub(super) fn status_of_sentence(sentence: &str) -> Option<Status> {
    by_phrase(SENTENCES, sentence)
}

const SENTENCES: &[(&str, Status)] = &[
    ("an den absender zugestellt", Status::Returned),
    ("rücksendung", Status::Returning),
    ("zurück an den absender", Status::Returning),
    ("an den absender zurück", Status::Returning),
    ("zurückgesandt", Status::Returning),
    ("returned to the sender", Status::Returning),
    ("returned to sender", Status::Returning),
    ("being returned", Status::Returning),
    ("annahme verweigert", Status::Refused),
    ("annahme der sendung verweigert", Status::Refused),
    ("refused", Status::Refused),
    ("nicht angetroffen", Status::AttemptNoOneHome),
    ("was not present", Status::AttemptNoOneHome),
    ("not at home", Status::AttemptNoOneHome),
    ("firma geschlossen", Status::AttemptBusinessClosed),
    ("konnte nicht zugestellt", Status::AttemptOther),
    ("nicht zugestellt werden", Status::AttemptOther),
    ("could not be delivered", Status::AttemptOther),
    ("unsuccessful delivery", Status::AttemptOther),
    ("delivery attempt", Status::AttemptOther),
    ("zustellversuch", Status::AttemptOther),
    ("unter der angegebenen anschrift nicht", Status::AddressIssue),
    ("adresse ist unvollständig", Status::AddressIssue),
    ("address is incomplete", Status::AddressIssue),
    ("beschädigt", Status::Damaged),
    ("damaged", Status::Damaged),
    ("nicht abgeholt", Status::Unclaimed),
    ("not collected", Status::Unclaimed),
    ("nachbarn", Status::DeliveredNeighbour),
    ("neighbor", Status::DeliveredNeighbour),
    ("neighbour", Status::DeliveredNeighbour),
    ("wunschort", Status::DeliveredSafePlace),
    ("ablageort", Status::DeliveredSafePlace),
    ("drop-off location", Status::DeliveredSafePlace),
    ("in den briefkasten", Status::DeliveredMailbox),
    ("mailbox", Status::DeliveredMailbox),
    ("aus der packstation abgeholt", Status::DeliveredCollected),
    ("in der filiale abgeholt", Status::DeliveredCollected),
    ("hat die sendung abgeholt", Status::DeliveredCollected),
    ("has picked up the shipment", Status::DeliveredCollected),
    ("picked up by the recipient", Status::DeliveredCollected),
    ("zugestellt", Status::Delivered),
    ("successfully delivered", Status::Delivered),
    ("has been delivered", Status::Delivered),
    ("zustellfahrzeug", Status::OnVehicle),
    ("delivery vehicle", Status::OnVehicle),
    ("out for delivery", Status::OnVehicle),
    ("in zustellung", Status::OnVehicle),
    ("liegt zur abholung bereit", Status::ReadyForPickup),
    ("zur abholung", Status::ReadyForPickup),
    ("abholbereit", Status::ReadyForPickup),
    ("abgeholt werden", Status::ReadyForPickup),
    ("ready for pick", Status::ReadyForPickup),
    ("available for pick", Status::ReadyForPickup),
    ("ready for collection", Status::ReadyForPickup),
    ("zollabfertigung abgeschlossen", Status::CustomsCleared),
    ("customs clearance has been completed", Status::CustomsCleared),
    ("cleared customs", Status::CustomsCleared),
    ("zoll", Status::CustomsStarted),
    ("customs", Status::CustomsStarted),
    ("elektronisch angekündigt", Status::LabelCreated),
    ("elektronisch an dhl", Status::LabelCreated),
    ("electronically", Status::LabelCreated),
    ("instruction data", Status::LabelCreated),
    ("auftragsdaten", Status::LabelCreated),
    ("im zielland", Status::ArrivedDestinationCountry),
    ("arrived in the destination country", Status::ArrivedDestinationCountry),
    ("arrived in the recipient country", Status::ArrivedDestinationCountry),
    ("ins zielland", Status::LeftOriginCountry),
    ("to the destination country", Status::LeftOriginCountry),
    ("export-paketzentrum", Status::ArrivedFacility),
    ("zustellbasis", Status::AtLocalFacility),
    ("delivery base", Status::AtLocalFacility),
    ("delivery depot", Status::AtLocalFacility),
    ("im ziel-paketzentrum", Status::AtLocalFacility),
    ("region des empfängers", Status::AtLocalFacility),
    ("region of recipient", Status::AtLocalFacility),
    ("recipient's region", Status::AtLocalFacility),
    ("destination parcel center", Status::AtLocalFacility),
    ("im start-paketzentrum", Status::ArrivedFacility),
    ("parcel center", Status::ArrivedFacility),
    ("paketzentrum", Status::ArrivedFacility),
    ("eingeliefert", Status::Accepted),
    ("in der filiale abgegeben", Status::Accepted),
    ("abgeholt", Status::Accepted),
    ("handed over", Status::Accepted),
    ("picked up", Status::Accepted),
    ("posted by the sender", Status::Accepted),
    ("verzögert", Status::DelayedCarrier),
    ("delayed", Status::DelayedCarrier),
    ("umgeleitet", Status::Redirected),
    ("nachgesandt", Status::Redirected),
    ("redirected", Status::Redirected),
    ("forwarded", Status::Redirected),
    ("auf dem weg", Status::InTransit),
];

#[cfg(test)]
#[path = "dhl_paket_tests.rs"]
mod tests;
