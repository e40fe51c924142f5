//! Landmark Global, `Track.php` (`TrackResponse` with a `Result`, which UPS' and USPS' elements of that name lack). Built
//! from the public shape: there is no recorded payload. Times are local to the place, and nobody names its zone.

use roxmltree::Node;

use crate::sources::reading::{Payload, children, element, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::status::Status;

use super::scan::{Scan, add, comma_place, expected_on, keep, refuse, squeezed};

const CARRIER: &str = "landmark";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    let root = document.root_element();
    let result = children(root, "Result").next();
    root.tag_name().name() == "TrackResponse"
        && (result.is_some_and(|result| element(result, "Packages").is_some() || element(result, "Success").is_some())
            || children(root, "Errors").any(|errors| element(errors, "ErrorCode").is_some()))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    let root = document.root_element();
    let errors = root.descendants().filter(|node| node.is_element() && node.tag_name().name() == "Error");
    for (index, error) in errors.enumerate() {
        let words: Vec<String> =
            ["ErrorCode", "ErrorMessage"].into_iter().filter_map(|part| xml_text(error, part)).collect();
        refuse(&mut parsed, format!("Errors[{index}]"), squeezed(&words.join(": ")));
    }
    let packages = element(root, "Packages");
    for (index, package) in packages.into_iter().flat_map(|list| children(list, "Package")).enumerate() {
        read_package(root, package, index, &mut parsed);
    }
    parsed
}

fn read_package(root: Node<'_, '_>, package: Node<'_, '_>, index: usize, parsed: &mut Parsed) {
    let at_package = format!("Packages[{index}]");
    let own = xml_text(package, "LandmarkTrackingNumber");
    let Some(number) = own.or_else(|| xml_text(package, "TrackingNumber")) else {
        return refuse(parsed, at_package, "the package has no tracking number");
    };
    let detail = |name: &str| element(root, "ShipmentDetails").and_then(|details| xml_text(details, name));
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: detail("ShippingMethod"),
        estimate: expected_on(xml_text(package, "ExpectedDelivery").or_else(|| detail("ExpectedDelivery")).as_deref()),
        ..ShipmentDraft::default()
    };
    let events = element(package, "Events");
    for (row, event) in events.into_iter().flat_map(|events| children(events, "Event")).enumerate() {
        let location = xml_text(event, "Location").unwrap_or_default();
        let scan = Scan {
            code: xml_text(event, "EventCode"),
            text: xml_text(event, "Status"),
            time: xml_text(event, "DateTime"),
            place: comma_place(&location),
            said_place: location,
            ..Scan::default()
        };
        let status = scan.code.as_deref().map_or(Status::Unknown, status_of);
        keep(parsed, &mut shipment, format!("{at_package}.Events[{row}]"), scan.event(status, None));
    }
    if shipment.events.is_empty() {
        shipment.status = Some(Status::PendingNoData);
    }
    add(parsed, shipment);
}

fn status_of(code: &str) -> Status {
    match code {
        "50" | "60" | "100" => Status::LabelCreated,
        "75" | "80" => Status::Accepted,
        "90" => Status::PaymentDue,
        "125" => Status::CustomsCleared,
        "135" => Status::CustomsHold,
        "150" => Status::LeftOriginCountry,
        "155" => Status::ArrivedDestinationCountry,
        "200" | "225" => Status::ArrivedFacility,
        "250" | "275" => Status::InTransit,
        "300" => Status::OnVehicle,
        "400" => Status::AttemptOther,
        "410" => Status::ReadyForPickup,
        "450" => Status::Redirected,
        "500" | "510" => Status::Delivered,
        "900" => Status::Undeliverable,
        _ => Status::Unknown,
    }
}
