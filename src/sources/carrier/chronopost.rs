//! Chronopost, SOAP tracking (`trackSkybill`, `trackSkybillV2`). Built from the public shape: there is no recorded payload.
//! Times carry their offset; one without is French.

use roxmltree::Node;

use crate::sources::reading::{Payload, children, element, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, keep, proof, refuse, untold, wording};

const CARRIER: &str = "chronopost";
const HOME: &str = "Europe/Paris";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    answers(document.root_element()).next().is_some()
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    for (index, answer) in answers(document.root_element()).enumerate() {
        read_answer(answer, index, &mut parsed);
    }
    parsed
}

fn answers<'a, 'i: 'a>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    let ours = |node: &Node<'_, '_>| {
        let name = node.tag_name().name();
        name.starts_with("trackSkybill") && name.ends_with("Response")
    };
    root.descendants().filter(|node| node.is_element()).filter(ours).filter_map(|node| element(node, "return"))
}

fn read_answer(answer: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_answer = format!("return[{index}]");
    let number = element(answer, "skybillNumber").and_then(|node| node.text()).map(str::trim).map(str::to_owned);
    let error = xml_text(answer, "errorCode").filter(|code| code != "0");
    let list = ["listEventInfoComp", "listEvents"].into_iter().find_map(|name| element(answer, name));
    let events: Vec<Node<'_, '_>> = list.into_iter().flat_map(|list| children(list, "events")).collect();
    let number = match (number.filter(|number| !number.is_empty()), error) {
        (Some(number), Some(code)) => return add(parsed, untold(CARRIER, number, Status::TrackerError, Some(code))),
        (Some(number), None) if events.is_empty() => {
            return add(parsed, untold(CARRIER, number, Status::PendingNoData, None));
        }
        (Some(number), None) => number,
        (None, code) => {
            let reason = xml_text(answer, "errorMessage").unwrap_or_else(|| "the answer has no number".to_owned());
            return refuse(parsed, at_answer, format!("{}: {reason}", code.unwrap_or_default()));
        }
    };
    let mut shipment =
        ShipmentDraft { tracking_number: number, carrier: Some(CARRIER.to_owned()), ..ShipmentDraft::default() };
    for (row, event) in events.into_iter().enumerate() {
        let scan = Scan {
            code: xml_text(event, "code"),
            text: xml_text(event, "eventLabel"),
            time: xml_text(event, "eventDate"),
            place: EventPlace {
                facility: xml_text(event, "officeLabel"),
                postal_code: xml_text(event, "zipCode"),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        if let Some(name) = consignee(event) {
            shipment.proof = proof(Some(name), None);
        }
        let status = status_of(scan.code.as_deref().unwrap_or_default(), scan.text.as_deref().unwrap_or_default());
        keep(parsed, &mut shipment, format!("{at_answer}.events[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn consignee(event: Node<'_, '_>) -> Option<String> {
    children(event, "infoCompList")
        .find(|info| {
            let name = xml_text(*info, "name").map(|name| wording(&name)).unwrap_or_default();
            matches!(name.as_str(), "consignee's name" | "nom du destinataire" | "nom du réceptionnaire")
        })
        .and_then(|info| xml_text(info, "value"))
}

fn status_of(code: &str, said: &str) -> Status {
    match code {
        "DC" => Status::LabelCreated,
        "DB" | "DY" | "PC" => Status::Accepted,
        "SC" | "TR" => Status::ArrivedFacility,
        "TS" => Status::InTransit,
        "SD" => Status::AtLocalFacility,
        "TA" => Status::OnVehicle,
        "D" | "D1" | "D2" | "D3" | "D4" | "D5" | "D6" | "D7" => Status::Delivered,
        // Partner networks reuse the other codes; the label beside each is from one list.
        _ => status_of_label(said),
    }
}

fn status_of_label(said: &str) -> Status {
    match wording(said).as_str() {
        "shipment in preparation to be shipped"
        | "envoi en cours de préparation chez l'expéditeur"
        | "colis en cours de préparation chez l'expéditeur" => Status::LabelCreated,
        "shipment handed over by shipper"
        | "parcel registered by the post office"
        | "envoi déposé par l'expéditeur"
        | "envoi pris en charge"
        | "colis pris en charge par chronopost" => Status::Accepted,
        "sorted at departure location" | "tri effectué dans l'agence de départ" | "trié au départ" => {
            Status::ArrivedFacility
        }
        "shipment in transit" | "envoi en transit" | "en cours d'acheminement" => Status::InTransit,
        "sorted at delivery location"
        | "tri effectué dans l'agence de distribution"
        | "envoi trié dans l'agence de distribution" => Status::AtLocalFacility,
        "shipment in delivery to the consignee" | "envoi en cours de livraison" | "en cours de livraison" => {
            Status::OnVehicle
        }
        "delivered" | "livraison effectuée" | "envoi livré" | "colis livré au destinataire" => Status::Delivered,
        "delivered to the neighbour" | "livré au voisin" | "livraison effectuée au voisin" => {
            Status::DeliveredNeighbour
        }
        "delivered to the guard or reception" | "livré au gardien" | "livraison effectuée au gardien" => {
            Status::DeliveredReception
        }
        "delivered in the mailbox" | "livré dans la boîte aux lettres" => Status::DeliveredMailbox,
        "shipment available at the pickup point"
        | "parcel available at the pickup point"
        | "colis disponible en point relais"
        | "colis à disposition en point relais"
        | "colis disponible dans le point de retrait"
        | "envoi disponible au bureau de poste" => Status::ReadyForPickup,
        "colis retiré au point relais" | "envoi remis au destinataire au bureau de poste" => {
            Status::DeliveredCollected
        }
        "consignee absent"
        | "recipient absent"
        | "destinataire absent"
        | "destinataire absent : avis de passage déposé" => Status::AttemptNoOneHome,
        "avis de passage" | "avis de passage déposé" => Status::AttemptNoticeLeft,
        "delivery refused"
        | "refused by the consignee"
        | "refusé par le destinataire"
        | "envoi refusé par le destinataire" => Status::Refused,
        "incomplete address" | "adresse incomplète" | "adresse incorrecte" => Status::AddressIssue,
        "shipment in customs clearance" | "en cours de dédouanement" => Status::CustomsStarted,
        "customs cleared" | "dédouanement effectué" | "envoi dédouané" => Status::CustomsCleared,
        "damaged shipment" | "envoi avarié" => Status::Damaged,
        "return to sender" | "retour à l'expéditeur" | "envoi en retour à l'expéditeur" => Status::Returning,
        "returned to sender" | "envoi retourné à l'expéditeur" => Status::Returned,
        _ => Status::Unknown,
    }
}
