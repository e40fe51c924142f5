//! DPD and DPD Local of the United Kingdom: the XML of the tracking service (`trackingdetails`) and the JSON of the
//! tracking page (`parcelevents`). Built from the public shape: there is no recorded payload. Times are British.

use roxmltree::Node;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, children, element, list, text, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, expected_on, keep, proof, refuse, wording};

const CARRIER: &str = "dpd";
const HOME: &str = "Europe/London";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => {
            at(body, "data.0").is_some_and(|event| at(event, "eventText").is_some() && at(event, "eventDate").is_some())
                || at(body, "data.parcelCode").is_some()
        }
        Payload::Xml(document) => element(document.root_element(), "trackingdetail")
            .is_some_and(|detail| element(detail, "trackingevents").is_some() || error_of(detail).is_some()),
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => read_json(body, &mut parsed),
        Payload::Xml(document) => {
            let details = document.descendants().filter(|n| n.is_element() && n.tag_name().name() == "trackingdetail");
            for (index, detail) in details.enumerate() {
                read_detail(detail, index, &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn read_json(body: &Value, parsed: &mut Parsed) {
    let parcel = at(body, "data.parcelCode").is_some();
    let number = ["data.parcelNumber", "data.parcelCode", "data.0.parcelCode"].into_iter().find_map(|p| text(body, p));
    // A parcel code is the number, an asterisk, and the page's own id.
    let number = number.map(|code| code.split('*').next().unwrap_or_default().to_owned());
    if number.is_none() {
        refuse(parsed, "data", "the answer does not name its parcel: the number is the one that was asked for");
    }
    let said = text(body, "data.parcelStatus");
    let mut shipment = ShipmentDraft {
        tracking_number: number.unwrap_or_default(),
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "data.productDescription"),
        status: said.as_deref().map(|said| status_of(None, Some(said))),
        status_code: said,
        estimate: expected_on(text(body, "data.estimatedDeliveryDate").as_deref()),
        ..ShipmentDraft::default()
    };
    let events = if parcel { list(body, "data.parcelEvents") } else { list(body, "data") };
    for (row, event) in events.iter().enumerate() {
        let scan = Scan {
            code: text(event, "eventCode"),
            text: text(event, "eventText"),
            time: text(event, "eventDate"),
            place: EventPlace { facility: text(event, "eventLocation"), ..EventPlace::default() },
            ..Scan::default()
        };
        let status = status_of(scan.code.as_deref(), scan.text.as_deref());
        keep(parsed, &mut shipment, format!("data[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn error_of(detail: Node<'_, '_>) -> Option<String> {
    xml_text(detail, "error").or_else(|| xml_text(detail, "errormessage"))
}

fn read_detail(detail: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_detail = format!("trackingdetail[{index}]");
    let names = ["parcelnumber", "trackingnumber", "consignmentnumber"];
    let Some(number) = names.into_iter().find_map(|name| xml_text(detail, name)) else {
        let reason = error_of(detail).unwrap_or_else(|| "the parcel has no number".to_owned());
        return refuse(parsed, at_detail, reason);
    };
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: xml_text(detail, "servicedescription").or_else(|| xml_text(detail, "service")),
        estimate: expected_on(xml_text(detail, "estimateddeliverydate").as_deref()),
        proof: proof(xml_text(detail, "podname"), None),
        ..ShipmentDraft::default()
    };
    if let Some(reason) = error_of(detail) {
        shipment.status = Some(Status::TrackerError);
        shipment.status_code = Some(reason);
    }
    let events = element(detail, "trackingevents");
    for (row, event) in events.into_iter().flat_map(|events| children(events, "trackingevent")).enumerate() {
        let scan = Scan {
            code: xml_text(event, "code"),
            text: xml_text(event, "description"),
            time: xml_text(event, "date"),
            place: EventPlace { facility: xml_text(event, "locality"), ..EventPlace::default() },
            ..Scan::default()
        };
        let status = status_of(scan.code.as_deref(), scan.text.as_deref());
        keep(parsed, &mut shipment, format!("{at_detail}.trackingevent[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn status_of(code: Option<&str>, said: Option<&str>) -> Status {
    match code.unwrap_or_default() {
        "000" => Status::LabelCreated,
        "001" => Status::Delivered,
        "004" => Status::AtLocalFacility,
        "009" => Status::InTransit,
        "015" => Status::OnVehicle,
        // The other numbers are not public; the sentence beside each is.
        _ => said.map_or(Status::Unknown, status_of_sentence),
    }
}

fn status_of_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "we're expecting your parcel" | "order details received" | "we have received your order details" => {
            Status::LabelCreated
        }
        "we have your parcel" | "parcel collected" | "collected" | "your parcel has been collected" => Status::Accepted,
        "your parcel is at our national sort hub" | "at our hub" | "parcel at hub" => Status::ArrivedFacility,
        "your parcel has left our hub and is on its way to your local depot" | "in transit" => Status::InTransit,
        "your parcel is at your local depot" | "at your local depot" | "parcel at delivery depot" => {
            Status::AtLocalFacility
        }
        "out for delivery" | "your parcel is out for delivery" | "your parcel is on the vehicle for delivery" => {
            Status::OnVehicle
        }
        "delivered" | "your parcel has been delivered" => Status::Delivered,
        "delivered to neighbour" | "delivered to your neighbour" => Status::DeliveredNeighbour,
        "delivered to safe place" | "left in a safe place" | "delivered to your safe place" => {
            Status::DeliveredSafePlace
        }
        "delivered to pickup" | "ready to collect" | "your parcel is ready for collection" => Status::ReadyForPickup,
        "collected from pickup" | "collected by consignee" => Status::DeliveredCollected,
        "card left" | "calling card left" => Status::AttemptNoticeLeft,
        "refused" | "delivery refused" => Status::Refused,
        "returned to sender" => Status::Returned,
        _ => Status::Unknown,
    }
}
