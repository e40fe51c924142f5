//! bpost: the tracking info of the Shipping Manager (`itemTracking` XML) and the tracking page's JSON (`items`). Built from
//! the public shape: there is no recorded payload. XML times carry their offset; the page's are Belgian.

use roxmltree::Node;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, children, element, list, text, xml_text};
use crate::sources::{Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{
    Scan, add, country, expected_day, expected_on, joined, keep, known, pickup, proof, refuse, window, wording,
};

const CARRIER: &str = "bpost";
const HOME: &str = "Europe/Brussels";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => at(body, "items.0").is_some_and(is_item),
        Payload::Xml(document) => {
            let root = document.root_element();
            let own = root.tag_name().namespace().is_some_and(|name| name.contains("schema.post.be"));
            match root.tag_name().name() {
                "itemTracking" | "trackingInfo" => own || element(root, "stateInfo").is_some(),
                "systemException" | "businessException" => own,
                _ => false,
            }
        }
        Payload::Text(_) => false,
    }
}

fn is_item(item: &Value) -> bool {
    at(item, "itemCode").is_some() && (at(item, "events").is_some() || at(item, "activeStep").is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            for (index, item) in list(body, "items").iter().enumerate() {
                read_page(item, index, &mut parsed);
            }
        }
        Payload::Xml(document) => {
            let root = document.root_element();
            if root.tag_name().name().ends_with("Exception") {
                let reason = xml_text(root, "message").map(|message| super::scan::squeezed(&message));
                let code = xml_text(root, "code").map(|code| format!("{code}: ")).unwrap_or_default();
                refuse(&mut parsed, root.tag_name().name(), format!("{code}{}", reason.unwrap_or_default()));
            }
            let items = document.descendants().filter(|node| node.is_element() && is_tracking(*node));
            for (index, item) in items.enumerate() {
                read_item(item, index, &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn is_tracking(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "itemTracking" || children(node, "stateInfo").next().is_some()
}

fn read_item(item: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_item = format!("itemTracking[{index}]");
    let Some(number) = xml_text(item, "itemCode") else {
        return refuse(parsed, at_item, "the item has no itemCode");
    };
    let requested = xml_text(item, "requestedDeliveryTime").or_else(|| xml_text(item, "expectedDeliveryTime"));
    let range = element(item, "expectedDeliveryTimeRange");
    let range =
        range.and_then(|range| window(xml_text(range, "time1").as_deref(), xml_text(range, "time2").as_deref()));
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        estimate: range
            .or_else(|| expected_on(requested.as_deref()))
            .or_else(|| expected_day(xml_text(item, "deliveryTime").as_deref())),
        proof: proof(xml_text(item, "signature/name").or_else(|| xml_text(item, "signedBy")), None),
        pickup: element(item, "pickupPoint").and_then(pickup_point),
        origin: address(item, "sender/address"),
        destination: address(item, "addressee/address"),
        ..ShipmentDraft::default()
    };
    for (row, state) in children(item, "stateInfo").enumerate() {
        let scan = Scan {
            code: xml_text(state, "stateCode"),
            text: xml_text(state, "stateDescription"),
            time: xml_text(state, "time"),
            place: EventPlace { facility: xml_text(state, "location"), ..EventPlace::default() },
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        keep(parsed, &mut shipment, format!("{at_item}.stateInfo[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn address(item: Node<'_, '_>, path: &str) -> Option<EventPlace> {
    let part = |name: &str| xml_text(item, &format!("{path}/{name}"));
    known(EventPlace {
        city: part("city"),
        region: None,
        postal_code: part("postalCode"),
        country: part("countryCode").map(|code| country(&code)),
        facility: None,
    })
}

fn pickup_point(point: Node<'_, '_>) -> Option<PickupDraft> {
    let street = [xml_text(point, "streetName"), xml_text(point, "houseNumber")];
    let street = street.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let city = [xml_text(point, "postalCode"), xml_text(point, "city")].into_iter().flatten().collect::<Vec<_>>();
    pickup(PickupDraft {
        name: xml_text(point, "name"),
        address: joined([Some(street).filter(|s| !s.is_empty()), Some(city.join(" ")).filter(|s| !s.is_empty())]),
        ..PickupDraft::default()
    })
}

fn read_page(item: &Value, index: usize, parsed: &mut Parsed) {
    let at_item = format!("items[{index}]");
    let Some(number) = text(item, "itemCode") else { return refuse(parsed, at_item, "the item has no itemCode") };
    let step = text(item, "activeStep.name");
    let range = ["expectedDeliveryTimeRange", "actualDeliveryTimeRange"].into_iter().find_map(|name| {
        let day = text(item, &format!("{name}.day"))?;
        let end = |end: &str| text(item, &format!("{name}.{end}")).map(|time| format!("{day} {time}"));
        window(end("time1").as_deref(), end("time2").as_deref()).or_else(|| expected_day(Some(&day)))
    });
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(item, "productCategory").or_else(|| text(item, "product")),
        status: step.as_deref().map(status_of_step),
        status_code: step,
        estimate: range,
        proof: proof(text(item, "signature.name").or_else(|| text(item, "signedBy")), None),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(item, "events").iter().enumerate() {
        let said = ["EN", "FR", "NL", "DE"].iter().find_map(|l| text(event, &format!("key.{l}.description")));
        let time = match (text(event, "date"), text(event, "time")) {
            (Some(date), Some(time)) => Some(format!("{date} {time}")),
            (date, _) => date,
        };
        let place = ["EN", "FR", "NL", "DE"].iter().find_map(|l| text(event, &format!("location.{l}.name")));
        let scan = Scan {
            code: text(event, "stateCode"),
            text: said.or_else(|| text(event, "description")),
            time,
            place: EventPlace {
                facility: place.or_else(|| text(event, "location.locationName")),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status = match (&scan.code, &scan.text) {
            (Some(code), _) => status_of(code),
            (None, Some(said)) => status_of_sentence(said),
            (None, None) => Status::Unknown,
        };
        keep(parsed, &mut shipment, format!("{at_item}.events[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn status_of_step(step: &str) -> Status {
    match step {
        "announced" | "preparation" | "prepare" => Status::LabelCreated,
        "processing" | "in_transit" => Status::InTransit,
        "out_for_delivery" | "on_the_way" => Status::OnVehicle,
        "available_in_pickup_point" | "ready_for_pickup" => Status::ReadyForPickup,
        "delivered" => Status::Delivered,
        "returned" => Status::Returning,
        _ => Status::Unknown,
    }
}

/// State codes: the letter is the stage (T sorted, L bound to a round, U distributed, …), the digits its kind.
fn status_of(code: &str) -> Status {
    match code {
        "A00" | "N00" => Status::LabelCreated,
        "T00" | "R00" | "R01" | "R02" | "R03" | "R04" | "R05" => Status::ArrivedFacility,
        "L00" => Status::OnVehicle,
        "U00" | "U01" | "U02" | "U03" | "U04" | "U05" | "U06" | "U07" | "U08" => Status::Delivered,
        "N74" | "R13" => Status::ReadyForPickup,
        "B04" => Status::AttemptNoOneHome,
        "B03" | "B23" => Status::Refused,
        "B05" | "B08" => Status::Damaged,
        "B06" | "B07" | "B09" | "B10" => Status::AddressIssue,
        "B00" | "B01" | "B02" => Status::CustomsHold,
        "B11" | "B12" | "B13" | "B18" | "B24" | "B28" => Status::Held,
        "C00" | "I03" | "I10" | "I11" | "I12" | "I18" | "I19" | "I58" | "I61" | "I66" | "I67" | "I68" | "I72"
        | "I88" => Status::Held,
        "N14" => Status::InTransit,
        "N01" | "N02" => Status::AttemptNoOneHome,
        "N03" => Status::AttemptBusinessClosed,
        "R11" | "R12" | "T03" | "S00" => Status::AttemptOther,
        "N04" | "N05" | "N06" | "N07" | "N08" | "N10" | "N11" | "N12" | "N13" | "N16" | "N28" | "N32" | "N91"
        | "N92" | "N93" | "N94" | "N95" | "N96" | "P00" => Status::DelayedCarrier,
        _ => Status::Unknown,
    }
}

fn status_of_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "parcel information received by bpost"
        | "item information received"
        | "aankondiging van zending ontvangen"
        | "annonce de l'envoi reçue" => Status::LabelCreated,
        "parcel received by bpost" | "item accepted" | "zending ontvangen" | "envoi reçu" => Status::Accepted,
        "sorted" | "parcel sorted" | "zending gesorteerd" | "envoi trié" | "confirmation of preparation" => {
            Status::ArrivedFacility
        }
        "item is out for delivery" | "out for delivery" | "zending is onderweg" | "envoi en cours de distribution" => {
            Status::OnVehicle
        }
        "item delivered" | "parcel delivered" | "delivered" | "zending bezorgd" | "envoi distribué" => {
            Status::Delivered
        }
        "item available in pick-up point"
        | "zending beschikbaar in afhaalpunt"
        | "envoi disponible au point d'enlèvement" => Status::ReadyForPickup,
        "item presented to customs" | "aangeboden bij de douane" => Status::CustomsStarted,
        "customs cleared" => Status::CustomsCleared,
        "departure to country of destination" => Status::LeftOriginCountry,
        "arrival in the country of destination" => Status::ArrivedDestinationCountry,
        _ => Status::Unknown,
    }
}
