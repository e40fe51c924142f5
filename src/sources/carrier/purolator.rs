//! Purolator, tracking service (`TrackPackagesByPinResponse`, `TrackPackagesByReferenceResponse`). Built from the public
//! shape: there is no recorded payload. Times are local to the depot.
//!
//! A scan's type is coarse ("Undeliverable" holds good news too), so its fixed description decides first, in English or
//! French, and the type only where the description is not known.

use roxmltree::Node;

use crate::sources::reading::{Payload, children, date_and_clock, element, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, expected_day, keep, proof, refuse, untold, wording};

const CARRIER: &str = "purolator";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    response(document.root_element()).is_some()
}

fn response<'a, 'i>(root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    ["TrackPackagesByPinResponse", "TrackPackagesByReferenceResponse"].into_iter().find_map(|name| element(root, name))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    let Some(response) = response(document.root_element()) else { return parsed };
    for (index, error) in errors_of(response).into_iter().enumerate() {
        refuse(&mut parsed, format!("Errors[{index}]"), format!("{}: {}", error.0, error.1));
    }
    let list = element(response, "TrackingInformationList");
    for (index, info) in list.into_iter().flat_map(|list| children(list, "TrackingInformation")).enumerate() {
        read_package(info, index, &mut parsed);
    }
    parsed
}

fn errors_of(node: Node<'_, '_>) -> Vec<(String, String)> {
    let errors = children(node, "ResponseInformation").next().and_then(|info| element(info, "Errors"));
    let read = |error: Node<'_, '_>| {
        let part = |name: &str| xml_text(error, name).unwrap_or_default();
        (part("Code"), part("Description"))
    };
    errors.into_iter().flat_map(|errors| children(errors, "Error")).map(read).collect()
}

fn read_package(info: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_info = format!("TrackingInformation[{index}]");
    let Some(number) = xml_text(info, "PIN/Value") else {
        return refuse(parsed, at_info, "the package has no PIN");
    };
    let scans: Vec<Node<'_, '_>> = element(info, "Scans").into_iter().flat_map(|s| children(s, "Scan")).collect();
    if scans.is_empty() {
        let code = errors_of(info).into_iter().next().map(|error| error.0);
        let status = if code.is_some() { Status::TrackerError } else { Status::PendingNoData };
        return add(parsed, untold(CARRIER, number, status, code));
    }
    let mut shipment =
        ShipmentDraft { tracking_number: number, carrier: Some(CARRIER.to_owned()), ..ShipmentDraft::default() };
    for (row, scan) in scans.into_iter().enumerate() {
        let kind = xml_text(scan, "ScanType");
        let said = xml_text(scan, "Description");
        let place = xml_text(scan, "Depot/Name").map(|name| place_of(&name)).unwrap_or_default();
        let zone = place.region.as_deref().and_then(zone_of);
        let (date, clock) = (xml_text(scan, "ScanDate"), xml_text(scan, "ScanTime"));
        let read = date_and_clock(date.as_deref(), clock.as_deref());
        let time = date.map(|date| [Some(date), clock].into_iter().flatten().collect::<Vec<_>>().join(" "));
        let status = status_of(kind.as_deref().unwrap_or_default(), said.as_deref().unwrap_or_default());
        if kind.as_deref() == Some("Delivery") {
            let name = xml_text(scan, "ScanDetails/DeliverySignature").or_else(|| xml_text(scan, "DeliverySignature"));
            shipment.proof = proof(name, None).or(shipment.proof);
        }
        let expected = xml_text(scan, "ScanDetails/ExpectedDeliveryDate");
        shipment.estimate = expected_day(expected.as_deref()).or(shipment.estimate);
        let scan = Scan { code: kind, text: said, time, place, ..Scan::default() };
        keep(parsed, &mut shipment, format!("{at_info}.Scan[{row}]"), scan.event_reading(read, status, zone));
    }
    add(parsed, shipment);
}

/// "MONTREAL SORT CTR/CTR TRIE, PQ": the depot and its province.
fn place_of(name: &str) -> EventPlace {
    match name.rsplit_once(',') {
        Some((depot, province)) if zone_of(province.trim()).is_some() => EventPlace {
            facility: Some(depot.trim().to_owned()),
            region: Some(province.trim().to_owned()),
            country: Some("CA".to_owned()),
            ..EventPlace::default()
        },
        _ => EventPlace { facility: Some(name.to_owned()), ..EventPlace::default() },
    }
}

/// The zone in which most of a province lives.
fn zone_of(province: &str) -> Option<&'static str> {
    Some(match province {
        "BC" => "America/Vancouver",
        "YT" => "America/Whitehorse",
        "AB" | "NT" => "America/Edmonton",
        "SK" => "America/Regina",
        "MB" => "America/Winnipeg",
        "ON" | "QC" | "PQ" => "America/Toronto",
        "NB" | "NS" | "PE" => "America/Halifax",
        "NL" | "NF" => "America/St_Johns",
        _ => return None,
    })
}

fn status_of(kind: &str, said: &str) -> Status {
    match (status_of_sentence(said), kind) {
        (Status::Unknown, "ProofOfPickUp") => Status::Accepted,
        (Status::Unknown, "OnDelivery") => Status::OnVehicle,
        (Status::Unknown, "Delivery") => Status::Delivered,
        (Status::Unknown, "Other") => Status::InTransit,
        (Status::Unknown, "Undeliverable") => Status::ExceptionOther,
        (status, _) => status,
    }
}

fn status_of_sentence(said: &str) -> Status {
    let said = wording(said);
    match said.trim_end_matches(" -").trim_end_matches(" at") {
        "shipper created a label"
        | "shipment created"
        | "shipment created - interim manifest received"
        | "shipment created - final manifest received"
        | "new tracking number assigned"
        | "label information electronically submitted"
        | "l'expéditeur a créé une étiquette"
        | "envoi créé" => Status::LabelCreated,
        "picked up by purolator" | "received by purolator for processing" | "ramassé par purolator" => {
            Status::Accepted
        }
        "arrived at sort facility" | "arrivé au centre de tri" => Status::ArrivedFacility,
        "departed sort facility" | "a quitté le centre de tri" => Status::DepartedFacility,
        "shipment in transit"
        | "envoi en transit"
        | "transferring to shipping centre - please wait for further instructions" => Status::InTransit,
        "shipment redirected" | "resolution complete - shipment redirected" | "envoi réacheminé" => {
            Status::Redirected
        }
        "on vehicle for delivery" | "à bord du véhicule pour livraison" => Status::OnVehicle,
        "shipment delivered" | "envoi livré" => Status::Delivered,
        "delivered to customer by locker" | "package removed from locker" => Status::DeliveredCollected,
        "shipment delivered to the receiver's neighbour" => Status::DeliveredNeighbour,
        "available for pickup for 5 business days from arrival date at the counter"
        | "item held for pickup at locker"
        | "item available for receiver to pick up at post office"
        | "receiver advised they will pick up shipment"
        | "shipment available for pickup. unable to contact customer"
        | "receiver contacted. shipment available for pickup"
        | "receiver contacted, no answer. shipment available for pickup"
        | "shipper contacted. shipment available for pickup"
        | "envoi disponible pour le ramassage au point de service"
        | "envoi disponible pour le ramassage" => Status::ReadyForPickup,
        "shipment unclaimed - to be returned to sender"
        | "shipment undeliverable - returned to sender"
        | "unable to deliver - item returned to sender"
        | "unable to deliver - item returned to shipper"
        | "returned to sender. shipment no longer available for pickup"
        | "envoi retourné à l'expéditeur" => Status::Returning,
        "delivery delayed due to weather event"
        | "delivery delayed due to weather"
        | "livraison retardée en raison des conditions météo" => Status::Weather,
        "shipment refused by receiver" | "refused by receiver" | "envoi refusé par le destinataire" => Status::Refused,
        "attempted delivery - receiver not available" | "receiver not available" | "destinataire absent" => {
            Status::AttemptNoOneHome
        }
        "attempted delivery - business closed" | "business closed" | "entreprise fermée" => {
            Status::AttemptBusinessClosed
        }
        "incorrect address" | "incomplete address" | "adresse incorrecte" | "adresse incomplète" => {
            Status::AddressIssue
        }
        "shipment damaged" | "envoi endommagé" => Status::Damaged,
        "held at customs" | "retenu aux douanes" => Status::CustomsHold,
        "cleared customs" | "dédouané" => Status::CustomsCleared,
        _ => Status::Unknown,
    }
}
