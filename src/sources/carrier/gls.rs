//! GLS: the group's Track And Trace API v1 (`parcels`), ShipIT (`UnitDetail`, `UnitItems`) and the website's JSON
//! (`tuStatus`), German or English. Only the website's is recorded; the others are built from their public shape.
//!
//! The website tells its event numbers apart from the history (`progressBar.evtNos`), in the same order.

use crate::sources::json::Value;
use crate::sources::reading::{Payload, at, list, text};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::scan::{Scan, add, country, estimate, keep, known, proof, refuse, untold, window, wording};

const CARRIER: &str = "gls";
/// Events carry the country of their place; what has none is told from the group's home.
const HOME: &str = "Europe/Berlin";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(body) = payload else { return false };
    let unit = at(body, "tuStatus.0").is_some_and(|unit| at(unit, "tuNo").is_some());
    let parcel = at(body, "parcels.0").is_some_and(|parcel| {
        at(parcel, "requested").is_some() && (at(parcel, "unitno").is_some() || at(parcel, "errorCode").is_some())
    });
    let shipit = at(body, "UnitDetail.TrackID").is_some()
        || list(body, "UnitItems").first().is_some_and(|item| at(item, "TrackID").is_some());
    unit || parcel || shipit || (at(body, "exceptionText").is_some() && at(body, "lastError").is_some())
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Json(body) = payload else { return parsed };
    for (index, unit) in list(body, "tuStatus").iter().enumerate() {
        read_unit(unit, index, &mut parsed);
    }
    let parcels = list(body, "parcels");
    for (index, parcel) in parcels.iter().enumerate() {
        read_parcel(parcel, parcels, index, &mut parsed);
    }
    let details = [list(body, "UnitDetail"), list(body, "UnitItems")].concat();
    for (index, detail) in details.iter().enumerate() {
        read_shipit(detail, index, &mut parsed);
    }
    if let Some(reason) = text(body, "exceptionText") {
        let code = text(body, "lastError").unwrap_or_default();
        refuse(&mut parsed, "exceptionText", format!("{code}: {reason}"));
    }
    parsed
}

fn read_parcel(parcel: &Value, all: &[Value], index: usize, parsed: &mut Parsed) {
    let at_parcel = format!("parcels[{index}]");
    let requested = text(parcel, "requested");
    let unit = text(parcel, "unitno");
    // One notification card can stand for several parcels: then only the unit number tells them apart.
    let shared = all.iter().filter(|other| text(other, "requested") == requested).count() > 1;
    let number = if shared { unit.clone().or(requested) } else { requested.or(unit.clone()) };
    let Some(number) = number else { return refuse(parsed, at_parcel, "the parcel has no number") };
    if let Some(code) = text(parcel, "errorCode") {
        let status = match code.as_str() {
            "E_404_01" | "E_404_02" => Status::PendingNoData,
            "E_400_01" => Status::PendingInvalidNumber,
            _ => Status::TrackerError,
        };
        return add(parsed, untold(CARRIER, number, status, Some(code)));
    }
    let said = text(parcel, "status");
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        unique_id: unit,
        status: said.as_deref().and_then(status_of_parcel),
        status_code: said,
        ..ShipmentDraft::default()
    };
    for (row, event) in list(parcel, "events").iter().enumerate() {
        let scan = Scan {
            code: text(event, "code"),
            text: text(event, "description"),
            time: text(event, "eventDateTime"),
            place: EventPlace {
                city: text(event, "city"),
                postal_code: text(event, "postalCode"),
                country: text(event, "country").map(|code| country(&code)),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status = status_of_event(scan.code.as_deref(), scan.text.as_deref());
        keep(parsed, &mut shipment, format!("{at_parcel}.events[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn read_shipit(detail: &Value, index: usize, parsed: &mut Parsed) {
    let at_unit = format!("Unit[{index}]");
    let track_id = text(detail, "TrackID");
    let Some(number) = text(detail, "ParcelNumber").or_else(|| track_id.clone()) else {
        return refuse(parsed, at_unit, "the unit has neither ParcelNumber nor TrackID");
    };
    let said = text(detail, "Status");
    let address = |path: &str| {
        known(EventPlace {
            city: text(detail, &format!("{path}.City")),
            region: None,
            postal_code: text(detail, &format!("{path}.ZIPCode")),
            country: text(detail, &format!("{path}.CountryCode")).map(|code| country(&code)),
            facility: None,
        })
    };
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(detail, "Product"),
        unique_id: track_id,
        status: said.as_deref().map(status_of_shipit),
        status_code: said,
        proof: proof(text(detail, "Signature"), None),
        origin: address("Shipper.AlternativeShipperAddress"),
        destination: address("Consignee.Address"),
        ..ShipmentDraft::default()
    };
    for (row, event) in list(detail, "History").iter().enumerate() {
        let scan = Scan {
            code: text(event, "StatusCode"),
            text: text(event, "Description"),
            time: text(event, "Date"),
            place: EventPlace {
                facility: text(event, "Location"),
                country: text(event, "Country").map(|code| country(&code)),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        // Six codes cover every scan; the sentence beside one is finer.
        let status = match scan.text.as_deref().map_or(Status::Unknown, status_of_sentence) {
            Status::Unknown => scan.code.as_deref().map_or(Status::Unknown, status_of_shipit),
            status => status,
        };
        keep(parsed, &mut shipment, format!("{at_unit}.History[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn status_of_shipit(code: &str) -> Status {
    match code {
        "DATA_RECEIVED" => Status::LabelCreated,
        "PICKUP" => Status::Accepted,
        "HUB" => Status::ArrivedFacility,
        "IN_DELIVERY" => Status::OnVehicle,
        "DELIVERED" => Status::Delivered,
        "CANCELLED" => Status::Cancelled,
        _ => Status::Unknown,
    }
}

fn read_unit(unit: &Value, index: usize, parsed: &mut Parsed) {
    let at_unit = format!("tuStatus[{index}]");
    let Some(number) = text(unit, "tuNo") else { return refuse(parsed, at_unit, "the unit has no tuNo") };
    let said = text(unit, "progressBar.statusInfo");
    let returns = at(unit, "progressBar.retourFlag").and_then(Value::as_bool) == Some(true);
    let status = said.as_deref().and_then(status_of_parcel).map(|status| match (returns, status) {
        (true, Status::Delivered) => Status::Returned,
        (true, _) => Status::Returning,
        (false, status) => status,
    });
    let mut shipment = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: info(unit, "PRODUCT"),
        status,
        status_code: said,
        estimate: arrival(unit),
        // "true" tells that there is a signature, not whose.
        proof: proof(text(unit, "signature.value").filter(|name| !matches!(name.as_str(), "true" | "false")), None),
        ..ShipmentDraft::default()
    };
    let history = list(unit, "history");
    let numbers = list(unit, "progressBar.evtNos");
    let paired = numbers.len() == history.len();
    for (row, event) in history.iter().enumerate() {
        let date = text(event, "date");
        let time = text(event, "time");
        let scan = Scan {
            code: paired.then(|| numbers[row].as_str().map(str::to_owned)).flatten(),
            text: text(event, "evtDscr"),
            time: date.map(|date| [date, time.unwrap_or_default()].join(" ").trim_end().to_owned()),
            place: EventPlace {
                city: text(event, "address.city"),
                country: text(event, "address.countryCode").map(|code| country(&code)),
                ..EventPlace::default()
            },
            ..Scan::default()
        };
        let status = status_of_event(scan.code.as_deref(), scan.text.as_deref());
        keep(parsed, &mut shipment, format!("{at_unit}.history[{row}]"), scan.event(status, Some(HOME)));
    }
    add(parsed, shipment);
}

fn info(unit: &Value, kind: &str) -> Option<String> {
    list(unit, "infos").iter().find(|info| text(info, "type").as_deref() == Some(kind)).and_then(|i| text(i, "value"))
}

/// "16.11.2018 14:00 - 15:30", or a day alone. Hours without their day tell nothing that can be kept.
fn arrival(unit: &Value) -> Option<EstimateDraft> {
    let value = text(unit, "arrivalTime.value")?;
    let (day, hours) = value.split_once(' ').unwrap_or((&value, ""));
    match hours.split_once('-') {
        Some((from, to)) => window(Some(&format!("{day} {}", from.trim())), Some(&format!("{day} {}", to.trim()))),
        None => {
            let day = window(Some(day), None)?.earliest;
            estimate(day, day)
        }
    }
}

/// `None` for "FINAL", which tells only that the history is closed.
fn status_of_parcel(code: &str) -> Option<Status> {
    Some(match code {
        "PLANNEDPICKUP" | "INPICKUP" => Status::AwaitingHandover,
        "NOTPICKEDUP" => Status::PickupFailed,
        "PREADVICE" => Status::LabelCreated,
        "INTRANSIT" => Status::InTransit,
        "INWAREHOUSE" => Status::AtLocalFacility,
        "INDELIVERY" => Status::OnVehicle,
        "DELIVEREDPS" => Status::ReadyForPickup,
        "DELIVERED" => Status::Delivered,
        "NOTDELIVERED" => Status::AttemptOther,
        "CANCELED" | "CANCELLED" => Status::Cancelled,
        "FINAL" => return None,
        _ => Status::Unknown,
    })
}

fn status_of_event(code: Option<&str>, said: Option<&str>) -> Status {
    match code.unwrap_or_default() {
        "0.0" | "INTIAL.NORMAL" => Status::Accepted,
        "0.100" | "INTIAL.PREADVICE" => Status::LabelCreated,
        "INTIAL.E48_DATA" => Status::AwaitingHandover,
        "1.0" => Status::DepartedFacility,
        "2.0" | "2.29" | "2.106" => Status::ArrivedFacility,
        "11.0" => Status::OnVehicle,
        "3.0" | "DELIVD.NORMAL" | "DELIVD.POD" | "DELIVD.NO POD" => Status::Delivered,
        "2.124" | "3.124" | "DELIVD.PARCELSHOP" => Status::ReadyForPickup,
        "4.40" => Status::AttemptNoOneHome,
        "90.132" => Status::AttemptNoticeLeft,
        // Hundreds of further numbers are not public; the sentence beside each is.
        _ => said.map_or(Status::Unknown, status_of_sentence),
    }
}

fn status_of_sentence(said: &str) -> Status {
    match wording(said).as_str() {
        "die paketdaten wurden im gls it-system erfasst; das paket wurde noch nicht an gls übergeben"
        | "the parcel data was entered into the gls it system; the parcel was not yet handed over to gls"
        | "the parcel data was entered into the gls it system" => Status::LabelCreated,
        "das paket wurde vom versender zur abholung durch gls bereitgestellt"
        | "the parcel was provided by the sender for collection by gls" => Status::AwaitingHandover,
        "das paket wurde an gls übergeben"
        | "das paket wurde an das gls system übergeben"
        | "das paket wurde von gls abgeholt"
        | "the parcel was handed over to gls"
        | "the parcel has been picked up by gls" => Status::Accepted,
        "das paket hat das paketzentrum verlassen"
        | "das paket hat den gls standort verlassen"
        | "the parcel has left the parcel center"
        | "the parcel has left the parcel centre" => Status::DepartedFacility,
        "das paket ist im paketzentrum eingetroffen"
        | "das paket ist im paketzentrum eingetroffen; das paket wurde manuell sortiert"
        | "das paket ist im gls standort eingetroffen"
        | "the parcel has reached the parcel center"
        | "the parcel has reached the parcel centre"
        | "the parcel has reached the parcel center and was sorted manually" => Status::ArrivedFacility,
        "das paket wird voraussichtlich im laufe des tages zugestellt"
        | "das paket wurde auf das gls zustellfahrzeug verladen und ist für die zustellung im laufe des tages vorgesehen"
        | "the parcel is expected to be delivered during the day"
        | "the parcel has been loaded onto the delivery vehicle"
        | "the parcel is out for delivery" => Status::OnVehicle,
        "das paket wurde erfolgreich zugestellt"
        | "das paket wurde zugestellt"
        | "das paket wurde beim empfänger zugestellt"
        | "the parcel has been delivered"
        | "the parcel has been delivered successfully" => Status::Delivered,
        "das paket wurde beim nachbarn zugestellt"
        | "the parcel has been delivered at the neighbour's (see signature)" => Status::DeliveredNeighbour,
        "das paket wurde am abstellort abgestellt"
        | "das paket wurde an einem vereinbarten ort abgestellt"
        | "the parcel was deposited at the agreed place" => Status::DeliveredSafePlace,
        "das paket wurde in den briefkasten eingelegt" => Status::DeliveredMailbox,
        "das paket wurde vom empfänger im gls paketshop abgeholt"
        | "das paket wurde im paketshop abgeholt"
        | "the parcel was picked up at the parcelshop by the consignee" => Status::DeliveredCollected,
        "das paket ist im gls paketshop eingetroffen"
        | "das paket wurde im gls paketshop zugestellt (siehe sendungsinformationen)"
        | "das paket wurde im paketshop zugestellt (siehe paketshop information)"
        | "the parcel has been delivered at the parcelshop (see parcelshop information)"
        | "the parcel has reached the parcelshop" => Status::ReadyForPickup,
        "das paket konnte nicht zugestellt werden, da der empfänger nicht angetroffen wurde"
        | "the parcel could not be delivered as the consignee was absent" => Status::AttemptNoOneHome,
        "der empfänger wurde mittels benachrichtigungskarte über den zustell-/abholversuch informiert"
        | "the consignee was informed by notification card about the delivery/pickup attempt" => {
            Status::AttemptNoticeLeft
        }
        "das paket konnte nicht zugestellt werden, da die annahme verweigert wurde"
        | "die annahme des pakets wurde verweigert" => Status::Refused,
        "das paket konnte nicht zugestellt werden, da die adresse nicht korrekt ist" => Status::AddressIssue,
        "das paket wird an den versender zurückgeschickt"
        | "das paket befindet sich auf dem rückweg zum versender"
        | "the parcel is being returned to the sender" => Status::Returning,
        "das paket wurde an den versender zurückgegeben" => Status::Returned,
        "das paket ist beschädigt" => Status::Damaged,
        "das paket wurde storniert" | "the parcel was cancelled" => Status::Cancelled,
        _ => Status::Unknown,
    }
}
