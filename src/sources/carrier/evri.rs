//! Evri (once Hermes UK), the tracking page's JSON (`results[].trackingEvents`), and Hermes Germany, whose API of its own
//! (`shipmentinfo`) writes four-digit codes. Built from the public shape: there is no recorded payload.
//!
//! Evri's stage code is how far the parcel is, its point code where the scan was made; the point is the finer of the two.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, expected_day, keep, known, proof, refuse, untold, window, wording};

const CARRIER: &str = "evri";
const HOME: &str = "Europe/London";
const HERMES_HOME: &str = "Europe/Berlin";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let stage = |parcel: &Value| {
        list(parcel, "trackingEvents")
            .first()
            .is_some_and(|e| at(e, "trackingStage").is_some() || at(e, "trackingPoint").is_some())
    };
    list(body, "results").first().is_some_and(stage)
        || stage(body)
        || list(body, "shipmentinfo").first().is_some_and(|parcel| at(parcel, "shipmentID").is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    let results = match list(body, "results") {
        [] if at(body, "trackingEvents").is_some() => std::slice::from_ref(body),
        results => results,
    };
    for (index, parcel) in results.iter().enumerate() {
        read_parcel(parcel, index, &mut parsed);
    }
    for (index, parcel) in list(body, "shipmentinfo").iter().enumerate() {
        read_hermes(parcel, index, &mut parsed);
    }
    parsed
}

fn read_parcel(parcel: &Value, index: usize, parsed: &mut Parsed) {
    let numbers = [
        "barcode",
        "barcodeNumber",
        "trackingNumber",
        "parcelBarcode",
        "parcelIdentifiers.0.barcode",
        "uniqueId",
        "urn",
    ];
    let number = numbers.into_iter().find_map(|name| text(parcel, name));
    if number.is_none() {
        let reason = "the answer does not name its parcel: the number is the one that was asked for";
        refuse(parsed, format!("results[{index}]"), reason);
    }
    let returns = at(parcel, "returnParcel").and_then(Value::as_bool) == Some(true);
    let mut shipment = ShipmentDraft {
        tracking_number: number.unwrap_or_default(),
        carrier: Some(CARRIER.to_owned()),
        unique_id: text(parcel, "urn").or_else(|| text(parcel, "uniqueId")),
        proof: proof(text(parcel, "proofOfDelivery.signedBy"), text(parcel, "proofOfDelivery.imageUrl")),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(parcel, "trackingEvents").iter().enumerate() {
        let stage = text(event, "trackingStage.trackingStageCode");
        let point = text(event, "trackingPoint.trackingPointCode");
        let scan = Scan {
            text: text(event, "trackingPoint.description").or_else(|| text(event, "trackingStage.description")),
            time: text(event, "dateTime"),
            place: EventPlace {
                facility: text(event, "location.name").or_else(|| text(event, "depotName")),
                ..EventPlace::default()
            },
            code: match (&stage, &point) {
                (Some(stage), Some(point)) => Some(format!("{stage}/{point}")),
                (stage, point) => stage.clone().or_else(|| point.clone()),
            },
            ..Scan::default()
        };
        let status = match point.as_deref().map_or(Status::Unknown, status_of_point) {
            Status::Unknown => stage.as_deref().map_or(Status::Unknown, status_of_stage),
            status => status,
        };
        let status = match status {
            Status::Delivered if returns => Status::Returned,
            status => status,
        };
        let path = format!("results[{index}].trackingEvents[{row}]");
        let ends = (text(event, "eta.from"), text(event, "eta.to"));
        shipment.estimate = window(ends.0.as_deref(), ends.1.as_deref()).or(shipment.estimate);
        keep(parsed, &mut shipment, path, scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn read_hermes(parcel: &Value, index: usize, parsed: &mut Parsed) {
    let at_parcel = format!("shipmentinfo[{index}]");
    let Some(number) = text(parcel, "shipmentID") else {
        return refuse(parsed, at_parcel, "the shipment has no shipmentID");
    };
    if let Some(code) = text(parcel, "result.code").filter(|_| at(parcel, "status").is_none()) {
        let status = match code.as_str() {
            "e001" => Status::PendingNoData,
            "e002" | "e003" => Status::PendingInvalidNumber,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(CARRIER, number, status, Some(code)));
    }
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        estimate: forecast(parcel),
        destination: known(EventPlace {
            city: text(parcel, "receiverAddress.city"),
            postal_code: text(parcel, "receiverAddress.zipCode"),
            country: text(parcel, "receiverAddress.countryCode").map(|code| country(&code)),
            ..EventPlace::default()
        }),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(parcel, "status").iter().enumerate() {
        let scan = Scan {
            code: text(event, "code"),
            text: text(event, "description"),
            time: text(event, "timestamp"),
            place: EventPlace {
                city: text(event, "scanningUnit.city"),
                country: text(event, "scanningUnit.countryCode").map(|code| country(&code)),
                facility: text(event, "scanningUnit.name"),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status =
            status_of_hermes(scan.code.as_deref().unwrap_or_default(), scan.text.as_deref().unwrap_or_default());
        keep(parsed, &mut shipment, format!("{at_parcel}.status[{row}]"), scan.event(status, Some(HERMES_HOME)));
    }
    add(parsed, shipment);
}

fn forecast(parcel: &Value) -> Option<EstimateDraft> {
    let day = text(parcel, "deliveryForecast.date")?;
    let end = |end: &str| text(parcel, &format!("deliveryForecast.timeSlot.{end}")).map(|time| format!("{day} {time}"));
    window(end("from").as_deref(), end("to").as_deref()).or_else(|| expected_day(Some(&day)))
}

fn status_of_stage(code: &str) -> Status {
    match code {
        "0" | "1" => Status::LabelCreated,
        "2" => Status::Accepted,
        "3" => Status::InTransit,
        "4" => Status::AtLocalFacility,
        "4_COURIER" => Status::OnVehicle,
        "4_SHOP" | "4_LOCKER" => Status::ReadyForPickup,
        "5" | "5_COURIER" => Status::Delivered,
        "5_SHOP" | "5_LOCKER" => Status::DeliveredCollected,
        "6" | "6_INFO" => Status::ExceptionOther,
        "6_ACTION" => Status::ActionRequired,
        "A" => Status::Returning,
        _ => Status::Unknown,
    }
}

fn status_of_point(code: &str) -> Status {
    match code {
        "EXPECTED" => Status::LabelCreated,
        "COLLECTED_FROM_PARCELSHOP" => Status::Accepted,
        "PROCESSING_HUB" | "PROCESSING_DEPOT" => Status::ArrivedFacility,
        "LOCAL_DEPOT_INBOUND" => Status::AtLocalFacility,
        "COURIER_DELIVERY" => Status::OnVehicle,
        "DELAY_FIX_NWD" => Status::DelayedCarrier,
        _ => Status::Unknown,
    }
}

/// Codes of Hermes Germany. Few are public; the sentence beside each is.
fn status_of_hermes(code: &str, said: &str) -> Status {
    match code {
        "0000" => Status::LabelCreated,
        "2000" => Status::ArrivedFacility,
        "3000" => Status::OnVehicle,
        "3500" => Status::Delivered,
        _ => status_of_hermes_sentence(said),
    }
}

fn status_of_hermes_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "die sendung wurde hermes elektronisch angekündigt"
        | "the shipment has been notified to hermes electronically" => Status::LabelCreated,
        "die sendung hat das lager des auftraggebers verlassen" | "die sendung wurde hermes übergeben" => {
            Status::Accepted
        }
        "die sendung ist im hermes verteilzentrum eingetroffen"
        | "die sendung wurde im hermes verteilzentrum sortiert"
        | "the shipment has arrived at the hermes distribution center" => Status::ArrivedFacility,
        "die sendung ist in der region des empfängers eingetroffen"
        | "die sendung ist in der zustellbasis eingetroffen" => Status::AtLocalFacility,
        "die sendung befindet sich in der zustellung"
        | "die sendung ist auf zustelltour gegangen. die zustellung erfolgt voraussichtlich heute"
        | "the shipment has gone out on a delivery route. delivery is expected today" => Status::OnVehicle,
        "die sendung wurde zugestellt" | "the shipment has been delivered" => Status::Delivered,
        "die sendung wurde beim nachbarn zugestellt" => Status::DeliveredNeighbour,
        "die sendung liegt im paketshop zur abholung bereit" => Status::ReadyForPickup,
        "die sendung wurde vom empfänger im paketshop abgeholt" => Status::DeliveredCollected,
        "der empfänger wurde nicht angetroffen" => Status::AttemptNoOneHome,
        "die annahme der sendung wurde verweigert" => Status::Refused,
        "die sendung wird an den absender zurückgesandt" => Status::Returning,
        _ => Status::Unknown,
    }
}
