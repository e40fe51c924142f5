//! What Canada Post's event identifiers mean, and its sentences in English and French, which tell more than the
//! identifiers that only group them.

use crate::sources::carrier::finer::{by_phrase, finer};
use crate::tracking::status::Status;

/// The status of an event identifier ("0174" and "174" are one), refined by its sentence.
pub(super) fn status_of(identifier: &str, sentence: &str) -> Status {
    finer(by_identifier(identifier.trim_start_matches('0')), by_phrase(SENTENCES, sentence))
}

fn by_identifier(identifier: &str) -> Status {
    match identifier {
        "20" | "21" => Status::DeliveredSigned,
        "100" | "170" => Status::ArrivedFacility,
        "104" | "105" | "107" | "2300" | "2500" | "2501" => Status::Accepted,
        "156" | "1245" | "1411" | "1412" | "1443" | "1444" | "1483" | "1484" | "1487" | "1493" | "1494" | "2411"
        | "2412" | "4700" | "5201" => Status::Held,
        "159" | "160" | "161" | "162" | "163" => Status::DelayedExternal,
        "167" | "168" | "169" | "181" | "182" | "183" | "184" | "1415" | "1416" | "1417" | "1418" | "1419" | "1420"
        | "1481" | "1482" | "1491" | "1492" | "1495" | "2600" | "2601" | "2802" | "3001" | "4650" => Status::Returning,
        "172" | "173" => Status::AddressIssue,
        "174" | "500" | "1480" | "1490" => Status::OnVehicle,
        "102" | "106" | "113" | "114" | "115" | "116" | "117" | "118" | "120" | "121" | "127" | "130" | "150"
        | "152" | "171" | "175" | "179" | "190" | "198" | "700" | "701" | "710" | "800" | "804" | "810" | "815"
        | "900" | "910" | "1703" | "2101" | "4000" | "4100" | "4202" | "4330" | "4400" | "4450" | "4500" | "4550"
        | "4900" | "4950" | "8901" => Status::InTransit,
        "4310" | "4311" => Status::ArrivedDestinationCountry,
        "4600" => Status::AtLocalFacility,
        "400" | "405" => Status::ArrivedFacility,
        "410" => Status::DepartedFacility,
        "1300" | "1301" | "1302" | "1303" | "3000" | "3002" => Status::LabelCreated,
        "1407" | "1435" | "1436" | "1437" | "1438" | "1479" | "1488" | "1701" | "1705" | "2407" => {
            Status::ReadyForPickup
        }
        "1410" | "1414" | "2410" | "2414" => Status::AttemptNoticeLeft,
        "1405" | "1406" | "1408" | "1409" | "1421" | "1422" | "1423" | "1424" | "1425" | "1426" | "1427" | "1428"
        | "1429" | "1430" | "1431" | "1432" | "1433" | "1434" | "1441" | "1442" | "1461" | "1462" | "1463" | "1465"
        | "1466" | "1467" | "1468" | "1469" | "1471" | "1472" | "1473" | "1475" | "1476" | "1496" | "1498" | "1499"
        | "2001" => Status::Delivered,
        _ => Status::Unknown,
    }
}

/// A summary tells the kind of its newest event, not the identifier.
pub(super) fn status_of_type(kind: &str, sentence: &str) -> Status {
    let by_type = match kind {
        "ATTEMPTED" => Status::AttemptOther,
        "DELIVERED" => Status::Delivered,
        "INDUCTION" => Status::Accepted,
        "OUT" => Status::OnVehicle,
        "SIGNATURE" => Status::DeliveredSigned,
        "TO_APO" | "TO_RETAIL" => Status::ReadyForPickup,
        "INFO" | "VEHICLE_INFO" => Status::InTransit,
        _ => Status::Unknown,
    };
    match (kind, by_phrase(SENTENCES, sentence)) {
        // Induction begins with the sender's data, before the parcel itself is there.
        ("INDUCTION", Some(told @ (Status::LabelCreated | Status::Accepted))) => told,
        (_, told) => finer(by_type, told),
    }
}

const SENTENCES: &[(&str, Status)] = &[
    ("returned to sender", Status::Returning),
    ("return to sender", Status::Returning),
    ("being returned", Status::Returning),
    ("retourné à l'expéditeur", Status::Returning),
    ("retour à l'expéditeur", Status::Returning),
    ("addressing error", Status::AddressIssue),
    ("erreur d'adressage", Status::AddressIssue),
    ("incomplete address", Status::AddressIssue),
    ("incorrect address", Status::AddressIssue),
    ("adresse incomplète", Status::AddressIssue),
    ("moved", Status::RecipientMoved),
    ("déménagé", Status::RecipientMoved),
    ("refused", Status::Refused),
    ("refusé", Status::Refused),
    ("unclaimed", Status::Unclaimed),
    ("non réclamé", Status::Unclaimed),
    ("notice card", Status::AttemptNoticeLeft),
    ("carte d'avis", Status::AttemptNoticeLeft),
    ("avis de livraison laissé", Status::AttemptNoticeLeft),
    ("business closed", Status::AttemptBusinessClosed),
    ("entreprise fermée", Status::AttemptBusinessClosed),
    ("attempted delivery", Status::AttemptOther),
    ("delivery attempted", Status::AttemptOther),
    ("tentative de livraison", Status::AttemptOther),
    ("community mailbox", Status::DeliveredMailbox),
    ("boîte postale communautaire", Status::DeliveredMailbox),
    ("parcel compartment", Status::DeliveredMailbox),
    ("your mailbox", Status::DeliveredMailbox),
    ("front door", Status::DeliveredSafePlace),
    ("side door", Status::DeliveredSafePlace),
    ("back door", Status::DeliveredSafePlace),
    ("porte avant", Status::DeliveredSafePlace),
    ("garage", Status::DeliveredSafePlace),
    ("safe drop", Status::DeliveredSafePlace),
    ("concierge", Status::DeliveredReception),
    ("reception", Status::DeliveredReception),
    ("réception", Status::DeliveredReception),
    ("mail room", Status::DeliveredReception),
    ("mailroom", Status::DeliveredReception),
    ("neighbour", Status::DeliveredNeighbour),
    ("voisin", Status::DeliveredNeighbour),
    ("delivered to recipient at the post office", Status::DeliveredCollected),
    ("picked up at the post office", Status::DeliveredCollected),
    ("signature image", Status::DeliveredSigned),
    ("image de la signature", Status::DeliveredSigned),
    ("successfully delivered", Status::Delivered),
    ("item delivered", Status::Delivered),
    ("livré avec succès", Status::Delivered),
    ("article livré", Status::Delivered),
    ("out for delivery", Status::OnVehicle),
    ("sorti pour livraison", Status::OnVehicle),
    ("en cours de livraison", Status::OnVehicle),
    ("available for pickup", Status::ReadyForPickup),
    ("available for pick-up", Status::ReadyForPickup),
    ("ready for pickup", Status::ReadyForPickup),
    ("peut être ramassé", Status::ReadyForPickup),
    ("prêt à être ramassé", Status::ReadyForPickup),
    ("released by customs", Status::CustomsCleared),
    ("released from customs", Status::CustomsCleared),
    ("cleared customs", Status::CustomsCleared),
    ("customs released", Status::CustomsCleared),
    ("item released", Status::CustomsCleared),
    ("dédouané", Status::CustomsCleared),
    ("held by customs", Status::CustomsHold),
    ("retenu par les douanes", Status::CustomsHold),
    ("customs for review", Status::CustomsStarted),
    ("customs review", Status::CustomsStarted),
    ("reviewed by customs", Status::CustomsStarted),
    ("presented to customs", Status::CustomsStarted),
    ("border services", Status::CustomsStarted),
    ("services frontaliers", Status::CustomsStarted),
    ("weather", Status::Weather),
    ("météo", Status::Weather),
    ("delay", Status::DelayedCarrier),
    ("retard", Status::DelayedCarrier),
    ("held at", Status::Held),
    ("being held", Status::Held),
    ("redirected", Status::Redirected),
    ("forwarded", Status::Redirected),
    ("réexpédié", Status::Redirected),
    ("arrived in a foreign country", Status::ArrivedDestinationCountry),
    ("arrived in canada", Status::ArrivedDestinationCountry),
    ("arrivé au canada", Status::ArrivedDestinationCountry),
    ("left canada", Status::LeftOriginCountry),
    ("has left", Status::LeftOriginCountry),
    ("quitté le canada", Status::LeftOriginCountry),
    ("electronic information submitted", Status::LabelCreated),
    ("order information received", Status::LabelCreated),
    ("information concernant la commande", Status::LabelCreated),
    ("renseignements électroniques", Status::LabelCreated),
    ("picked up by canada post", Status::Accepted),
    ("ramassé par postes canada", Status::Accepted),
    ("accepted at", Status::Accepted),
    ("accepté", Status::Accepted),
    ("shipment received", Status::Accepted),
    ("item mailed", Status::Accepted),
    ("article mis à la poste", Status::Accepted),
    ("departed", Status::DepartedFacility),
    ("article parti", Status::DepartedFacility),
    ("arrived", Status::ArrivedFacility),
    ("article arrivé", Status::ArrivedFacility),
    ("processed", Status::ArrivedFacility),
    ("article traité", Status::ArrivedFacility),
    ("in transit", Status::InTransit),
    ("en route", Status::InTransit),
    ("en transit", Status::InTransit),
];
