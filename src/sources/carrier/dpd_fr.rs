//! DPD France, e-station tracing (`GetShipmentTraceResponse` of cargonet.software). Built from the public shape: there is
//! no recorded payload. Its status numbers are not public, so the sentence beside each is read. Times are French.

use roxmltree::Node;

use crate::sources::reading::{Payload, children, element, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, keep, known, refuse, wording};

const CARRIER: &str = "dpd";
const HOME: &str = "Europe/Paris";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    let root = document.root_element();
    traces(root).is_some() || (root.tag_name().name() == "Error" && xml_text(root, "ErrorId").is_some())
}

fn traces<'a, 'i>(root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    root.descendants().find(|node| {
        let name = node.tag_name().name();
        node.is_element() && name.starts_with("GetShipmentTrace") && name.ends_with("Response")
    })
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    let root = document.root_element();
    match traces(root) {
        Some(response) => {
            let shipments = response.descendants().filter(|node| children(*node, "ShipmentNumber").next().is_some());
            let mut count = 0;
            for shipment in shipments {
                read_shipment(shipment, count, &mut parsed);
                count += 1;
            }
            if count == 0 {
                refuse(&mut parsed, response.tag_name().name(), "the answer names no shipment");
            }
        }
        None => {
            let words: Vec<String> =
                ["ErrorId", "ErrorMessage"].into_iter().filter_map(|part| xml_text(root, part)).collect();
            refuse(&mut parsed, "Error", words.join(": "));
        }
    }
    parsed
}

fn read_shipment(node: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_shipment = format!("shipment[{index}]");
    let Some(number) = xml_text(node, "ShipmentNumber") else {
        return refuse(parsed, at_shipment, "the shipment has no number");
    };
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        destination: known(EventPlace {
            postal_code: xml_text(node, "DestinationZipcode"),
            country: xml_text(node, "DestinationCountry").map(|code| country(&code)),
            ..EventPlace::default()
        }),
        ..ShipmentDraft::default()
    };
    let list = element(node, "Traces");
    for (row, trace) in list.into_iter().flat_map(|list| children(list, "clsTrace")).enumerate() {
        let time = xml_text(trace, "ScanDate").map(|date| {
            // Some answers repeat a midnight behind the date.
            let date = date.split('T').next().unwrap_or_default().to_owned();
            match xml_text(trace, "ScanTime") {
                Some(time) => format!("{date} {time}"),
                None => date,
            }
        });
        let scan = Scan {
            code: xml_text(trace, "StatusNumber"),
            text: xml_text(trace, "StatusDescription"),
            time,
            place: EventPlace { facility: xml_text(trace, "CenterName"), ..EventPlace::default() },
            ..Scan::default()
        };
        let status = scan.text.as_deref().map_or(Status::Unknown, status_of);
        keep(parsed, &mut shipment, format!("{at_shipment}.clsTrace[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn status_of(said: &str) -> Status {
    match wording(said).as_str() {
        "préparation du colis chez l'expéditeur" | "données du colis reçues" | "shipment data received" => {
            Status::LabelCreated
        }
        "picked up by driver" | "pris en charge" | "colis pris en charge" | "prise en charge de votre colis" => {
            Status::Accepted
        }
        "colis en transit" | "en transit" | "in transit" | "en cours d'acheminement" => Status::InTransit,
        "arrivée au centre de tri" | "colis arrivé en agence" | "tri effectué dans l'agence de départ" => {
            Status::ArrivedFacility
        }
        "tri effectué dans l'agence de distribution" | "colis arrivé dans l'agence de distribution" => {
            Status::AtLocalFacility
        }
        "en cours de livraison" | "colis en cours de livraison" | "out for delivery" => Status::OnVehicle,
        "delivered to recipient" | "livré" | "colis livré" | "livraison effectuée" | "delivered" => {
            Status::Delivered
        }
        "livré au voisin" | "colis livré chez un voisin" => Status::DeliveredNeighbour,
        "colis livré en relais pickup" | "colis disponible en relais pickup" | "disponible en point relais" => {
            Status::ReadyForPickup
        }
        "colis retiré en relais pickup" | "colis retiré par le destinataire" => Status::DeliveredCollected,
        "destinataire absent" | "absent, avis de passage déposé" | "recipient absent" => Status::AttemptNoOneHome,
        "colis refusé par le destinataire" | "refusé par le destinataire" | "refused by recipient" => Status::Refused,
        "adresse incomplète ou erronée" | "adresse erronée" => Status::AddressIssue,
        "colis avarié" => Status::Damaged,
        "retour à l'expéditeur" | "colis en retour vers l'expéditeur" | "returned to sender" => Status::Returning,
        _ => Status::Unknown,
    }
}
