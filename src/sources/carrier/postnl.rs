//! PostNL: the shipping status API (`CurrentStatus`, `CompleteStatus`) and the tracking page's JSON (`colli`). Built from
//! the public shape: there is no recorded payload. API times are local, day first; texts are Dutch or English.

use crate::sources::json::{Fields, Value};
use crate::sources::reading::{Payload, at, list, text, written_time};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, day_first, expected_day, keep, known, proof, refuse, untold, window, wording};

const CARRIER: &str = "postnl";
const HOME: &str = "Europe/Amsterdam";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    ["CurrentStatus", "CompleteStatus"].iter().any(|name| body.get(name).is_some_and(Value::is_object))
        || at(body, "colli").and_then(Value::as_object).is_some_and(|colli| {
            colli
                .sorted()
                .into_iter()
                .any(|(_, parcel)| at(parcel, "barcode").is_some() || at(parcel, "statusPhase").is_some())
        })
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for name in ["CurrentStatus", "CompleteStatus"] {
        let Some(answer) = body.get(name) else { continue };
        let shipments = [list(answer, "Shipment"), list(answer, "Shipments.Shipment"), list(answer, "Shipments")];
        let shipments = shipments.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        for (index, shipment) in shipments.iter().enumerate() {
            read_shipment(shipment, format!("{name}.Shipment[{index}]"), &mut parsed);
        }
        // Warnings stand beside the shipments or within them; both say why a number tells nothing.
        for (index, warning) in [list(answer, "Warnings"), list(body, "Warnings")].concat().iter().enumerate() {
            let words: Vec<String> =
                ["Code", "Message", "Description"].into_iter().filter_map(|part| text(warning, part)).collect();
            refuse(&mut parsed, format!("{name}.Warnings[{index}]"), words.join(": "));
        }
        if shipments.is_empty() && parsed.refused.is_empty() {
            refuse(&mut parsed, name, "the answer tells of no shipment");
        }
    }
    for (barcode, parcel) in at(body, "colli").and_then(Value::as_object).into_iter().flat_map(Fields::sorted) {
        read_page(barcode, parcel, &mut parsed);
    }
    parsed
}

fn read_shipment(body: &Value, at_shipment: String, parsed: &mut Parsed) {
    let Some(number) = text(body, "Barcode").or_else(|| text(body, "MainBarcode")) else {
        return refuse(parsed, at_shipment, "the shipment has no barcode");
    };
    let code = text(body, "Status.StatusCode");
    if code.is_none() && at(body, "Event").is_none() && at(body, "OldStatus").is_none() {
        return add(parsed, untold(CARRIER, number, Status::PendingNoData, None));
    }
    let ends = (text(body, "Expectation.ETAFrom"), text(body, "Expectation.ETATo"));
    let planned = text(body, "DeliveryDate").filter(|day| written_time(day).is_some());
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(body, "ProductDescription"),
        status: code.as_deref().map(status_of),
        status_code: code,
        estimate: window(ends.0.as_deref(), ends.1.as_deref()).or_else(|| expected_day(planned.as_deref())),
        proof: proof(text(body, "Signature.SignedBy"), None),
        origin: address(body, "02"),
        destination: address(body, "01"),
        ..ShipmentDraft::default()
    };
    let mut statuses: Vec<&Value> = ["OldStatus", "OldStatuses"].iter().flat_map(|name| list(body, name)).collect();
    statuses.extend(at(body, "Status"));
    let events = list(body, "Event");
    for (row, event) in events.iter().enumerate() {
        let scan = Scan {
            code: text(event, "Code"),
            text: text(event, "Description"),
            time: text(event, "TimeStamp"),
            place: EventPlace { facility: text(event, "LocationCode"), ..EventPlace::default() },
            ..Scan::default()
        };
        // A status changes by the event of the same second, and its codes are public where the event's are not.
        let beside = statuses.iter().find(|status| text(status, "TimeStamp") == scan.time);
        let status = scan.text.as_deref().map_or(Status::Unknown, status_of_sentence);
        let status = match (status, beside.and_then(|status| text(status, "StatusCode"))) {
            (Status::Unknown, Some(code)) => status_of(&code),
            (status, _) => status,
        };
        let read = scan.time.as_deref().and_then(time_of);
        let event = scan.event_reading(read, status, Some(HOME));
        keep(parsed, &mut shipment, format!("{at_shipment}.Event[{row}]"), event);
    }
    for (row, status) in statuses.into_iter().enumerate().filter(|_| events.is_empty()) {
        let scan = Scan {
            code: text(status, "StatusCode"),
            text: text(status, "StatusDescription").or_else(|| text(status, "PhaseDescription")),
            time: text(status, "TimeStamp"),
            ..Scan::default()
        };
        let told = scan.code.as_deref().map_or(Status::Unknown, status_of);
        let read = scan.time.as_deref().and_then(time_of);
        let event = scan.event_reading(read, told, Some(HOME));
        keep(parsed, &mut shipment, format!("{at_shipment}.Status[{row}]"), event);
    }
    add(parsed, shipment);
}

fn time_of(text: &str) -> Option<crate::sources::reading::WrittenTime> {
    day_first(text).or_else(|| written_time(text))
}

fn address(body: &Value, kind: &str) -> Option<EventPlace> {
    let addresses = [list(body, "Address"), list(body, "Addresses")].concat();
    let address = addresses.iter().find(|address| text(address, "AddressType").as_deref() == Some(kind))?;
    known(EventPlace {
        city: text(address, "City"),
        region: text(address, "Region"),
        postal_code: text(address, "Zipcode"),
        country: text(address, "CountryCode").map(|code| country(&code)),
        facility: None,
    })
}

fn read_page(barcode: &str, parcel: &Value, parsed: &mut Parsed) {
    let phase = text(parcel, "statusPhase.message");
    let ends = (text(parcel, "eta.start"), text(parcel, "eta.end"));
    let mut shipment = ShipmentDraft {
        tracking_number: text(parcel, "barcode").unwrap_or_else(|| barcode.to_owned()),
        carrier: Some(CARRIER.to_owned()),
        status: phase.as_deref().map(status_of_sentence),
        status_code: phase,
        estimate: window(ends.0.as_deref(), ends.1.as_deref()),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(parcel, "observations").iter().enumerate() {
        let scan = Scan {
            code: text(event, "observationCode"),
            text: text(event, "description"),
            time: text(event, "observationDate"),
            ..Scan::default()
        };
        let status = scan.text.as_deref().map_or(Status::Unknown, status_of_sentence);
        let event = scan.event(status, Some(HOME));
        keep(parsed, &mut shipment, format!("colli.{barcode}.observations[{row}]"), event);
    }
    add(parsed, shipment);
}

/// Status codes of the shipping status API.
fn status_of(code: &str) -> Status {
    match code {
        "1" => Status::LabelCreated,
        "2" | "3" => Status::Accepted,
        "4" => Status::PickupFailed,
        "5" | "6" => Status::ArrivedFacility,
        "7" => Status::OnVehicle,
        "8" => Status::AttemptOther,
        "9" | "20" => Status::CustomsStarted,
        "11" => Status::Delivered,
        "12" => Status::ReadyForPickup,
        "13" => Status::AwaitingHandover,
        "14" => Status::Cancelled,
        "15" | "16" | "17" => Status::DelayedCarrier,
        "18" => Status::Lost,
        "19" => Status::RejectedByCarrier,
        "21" => Status::Held,
        "22" => Status::DeliveredCollected,
        _ => Status::Unknown,
    }
}

fn status_of_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "zending voorgemeld"
        | "de zending is aangemeld"
        | "zending is aangemeld"
        | "zending is voorgemeld, maar nog niet ontvangen"
        | "de zending is aangekondigd bij postnl"
        | "the shipment has been pre-announced"
        | "shipment expected, but not yet arrived or processed at postnl" => Status::LabelCreated,
        "zending in ontvangst genomen"
        | "zending is ontvangen door postnl"
        | "zending afgehaald"
        | "de zending is ontvangen door postnl"
        | "shipment received by postnl" => Status::Accepted,
        "zending niet afgehaald" => Status::PickupFailed,
        "zending gesorteerd" | "zending is gesorteerd" | "de zending is gesorteerd" | "shipment sorted" => {
            Status::ArrivedFacility
        }
        "zending onderweg" | "onderweg" | "zending is onderweg" => Status::InTransit,
        "zending in distributieproces"
        | "bezorger is onderweg"
        | "de bezorger is onderweg"
        | "zending is onderweg naar de bezorger"
        | "driver is en route" => Status::OnVehicle,
        "zending bij douane" | "zending in inklaringsproces" | "shipment at customs" => Status::CustomsStarted,
        "zending ingeklaard" | "shipment cleared by customs" => Status::CustomsCleared,
        "zending afgeleverd"
        | "zending bezorgd"
        | "zending is bezorgd"
        | "de zending is bezorgd"
        | "pakket is bezorgd"
        | "bezorgd"
        | "afgeleverd"
        | "shipment delivered" => Status::Delivered,
        "zending is afgeleverd bij de buren" | "zending bezorgd bij buren" | "bezorgd bij de buren" => {
            Status::DeliveredNeighbour
        }
        "zending bezorgd in de brievenbus" | "bezorgd in de brievenbus" => Status::DeliveredMailbox,
        "zending beschikbaar op afhaallocatie"
        | "zending ligt klaar op afhaallocatie"
        | "zending ligt klaar bij postnl-punt" => Status::ReadyForPickup,
        "zending afgehaald van postkantoor" | "zending is afgehaald" | "zending opgehaald door geadresseerde" => {
            Status::DeliveredCollected
        }
        "zending niet afgeleverd" | "zending kon niet worden bezorgd" => Status::AttemptOther,
        "niet thuis" | "zending niet bezorgd: niemand thuis" => Status::AttemptNoOneHome,
        "zending geweigerd" => Status::Refused,
        "zending retour afzender" | "zending gaat retour afzender" => Status::Returning,
        "zending is retour afzender bezorgd" => Status::Returned,
        "manco collectie" | "manco sortering" | "manco distributie" => Status::DelayedCarrier,
        "definitief manco" => Status::Lost,
        "zending afgekeurd" => Status::RejectedByCarrier,
        "zending in voorraad" => Status::Held,
        _ => Status::Unknown,
    }
}
