//! DPD of the continent: the parcel life cycle, as SOAP (`getTrackingDataResponse`, DPD Cloud's `getParcelLifeCycle`) and
//! as the website's JSON (`parcellifecycleResponse`). Built from the public shape: there is no recorded payload.
//!
//! The United Kingdom and France have APIs of their own: `dpd_uk`, `dpd_fr`.

use roxmltree::Node;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, at, children, element, list, text, written_time, xml_text};
use crate::sources::{Parsed, ShipmentDraft};
use crate::tracking::status::Status;

use super::scan::{Scan, add, bracketed_place, country, day_first, keep, refuse};

const CARRIER: &str = "dpd";
const HOME: &str = "Europe/Berlin";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => life_cycle(body).is_some() || fault(body).is_some(),
        Payload::Xml(document) => {
            let root = document.root_element();
            result_of(root).is_some() || soap_fault(root).is_some()
        }
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            if let Some(data) = life_cycle(body) {
                read_json(data, &mut parsed);
            }
            if let Some(fault) = fault(body) {
                let parts = ["errorCode", "errorMessage", "errorMsgLong"];
                let words: Vec<String> = parts.into_iter().filter_map(|part| text(fault, part)).collect();
                refuse(&mut parsed, "parcellifecycleResponse", words.join(": "));
            }
        }
        Payload::Xml(document) => {
            let root = document.root_element();
            if let Some(result) = result_of(root) {
                read_xml(root, result, &mut parsed);
            }
            if let Some((code, message)) = soap_fault(root) {
                refuse(&mut parsed, "Fault", format!("{code}: {message}"));
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn life_cycle<'v, 'a>(body: &'v Value<'a>) -> Option<&'v Value<'a>> {
    at(body, "parcellifecycleResponse.parcelLifeCycleData")
        .or_else(|| at(body, "parcelLifeCycleData"))
        .filter(|data| at(data, "statusInfo").is_some() || at(data, "shipmentInfo").is_some())
}

fn fault<'v, 'a>(body: &'v Value<'a>) -> Option<&'v Value<'a>> {
    let response = at(body, "parcellifecycleResponse")?;
    at(response, "errorData").or_else(|| at(response, "error"))
}

fn result_of<'a, 'i>(root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    ["trackingresult", "ParcelLifeCycleData"]
        .into_iter()
        .filter_map(|name| element(root, name))
        .find(|result| children(*result, "statusInfo").next().is_some() || element(*result, "shipmentInfo").is_some())
}

/// DPD's own faults all carry a code that begins `DELICOM_` or a namespace of `dpd.com`.
fn soap_fault(root: Node<'_, '_>) -> Option<(String, String)> {
    let code = element(root, "errorCode").or_else(|| element(root, "ErrorCode"))?;
    let parent = code.parent_element()?;
    let own = parent.tag_name().namespace().is_some_and(|namespace| namespace.contains("dpd.com"));
    let code = code.text().unwrap_or_default().trim().to_owned();
    let message = xml_text(parent, "errorMessage").or_else(|| xml_text(parent, "ErrorMsgLong")).unwrap_or_default();
    (own || code.starts_with("DELICOM_")).then_some((code, message))
}

fn read_json(data: &Value, parsed: &mut Parsed) {
    let current = list(data, "statusInfo").iter().find(|info| flag(info, "isCurrentStatus"));
    let code = current.and_then(|info| text(info, "status"));
    let mut shipment = ShipmentDraft {
        tracking_number: text(data, "shipmentInfo.parcelLabelNumber").unwrap_or_default(),
        carrier: Some(CARRIER.to_owned()),
        service: text(data, "shipmentInfo.productName"),
        status: code.as_deref().map(status_of),
        status_code: code,
        ..ShipmentDraft::default()
    };
    let scans = list(data, "scanInfo.scan");
    for (row, scan) in scans.iter().enumerate() {
        let location = text(scan, "scanData.location").unwrap_or_default();
        let mut place = bracketed_place(&location);
        if place.country.is_none() {
            place.country = text(scan, "scanData.country").map(|code| country(&code)).filter(|code| code.len() == 2);
        }
        let code = text(scan, "scanData.scanType.code").or_else(|| text(scan, "scanData.scanType.name"));
        let status = code.as_deref().map_or(Status::Unknown, status_of_scan);
        let scan = Scan {
            code,
            text: content_of(&scan["scanDescription"]),
            time: text(scan, "date"),
            place,
            said_place: location,
            ..Scan::default()
        };
        let read = scan.time.as_deref().and_then(time_of);
        keep(parsed, &mut shipment, format!("scanInfo.scan[{row}]"), scan.event_reading(read, status, Some(HOME)));
    }
    // The scans are the whole history; the status list is its summary with what is still to come.
    for (row, info) in list(data, "statusInfo").iter().enumerate().filter(|_| scans.is_empty()) {
        if !flag(info, "statusHasBeenReached") {
            continue;
        }
        let location = text(info, "location").unwrap_or_default();
        let code = text(info, "status");
        let status = code.as_deref().map_or(Status::Unknown, status_of);
        let scan = Scan {
            code,
            text: content_of(&info["description"]).or_else(|| text(info, "label")),
            time: text(info, "date").map(|date| match text(info, "time") {
                Some(time) => format!("{date} {time}"),
                None => date,
            }),
            place: bracketed_place(&location),
            said_place: location,
            ..Scan::default()
        };
        let read = scan.time.as_deref().and_then(time_of);
        keep(parsed, &mut shipment, format!("statusInfo[{row}]"), scan.event_reading(read, status, Some(HOME)));
    }
    finish(shipment, parsed);
}

fn flag(info: &Value, name: &str) -> bool {
    match at(info, name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(flag)) => flag == "true",
        _ => false,
    }
}

fn content_of(description: &Value) -> Option<String> {
    let lines: Vec<&str> = list(description, "content").iter().filter_map(Value::as_str).map(str::trim).collect();
    match lines.join(" ") {
        lines if lines.trim().is_empty() => text(description, "content").or_else(|| text(description, "label")),
        lines => Some(lines),
    }
}

fn read_xml(root: Node<'_, '_>, result: Node<'_, '_>, parsed: &mut Parsed) {
    let infos: Vec<Node<'_, '_>> = children(result, "statusInfo").collect();
    let is = |info: Node<'_, '_>, name: &str| xml_text(info, name).as_deref() == Some("true");
    let code = infos.iter().find(|info| is(**info, "isCurrentStatus")).and_then(|info| xml_text(*info, "status"));
    let number = ["parcelLabelNumber", "parcelNumber", "parcelNo"]
        .into_iter()
        .filter_map(|name| element(root, name))
        .find_map(|node| node.text().map(str::trim).filter(|text| !text.is_empty()));
    let service = element(result, "serviceDescription");
    let mut shipment = ShipmentDraft {
        tracking_number: number.unwrap_or_default().to_owned(),
        carrier: Some(CARRIER.to_owned()),
        service: service.and_then(|node| xml_text(node, "content/content")),
        status: code.as_deref().map(status_of),
        status_code: code,
        ..ShipmentDraft::default()
    };
    for (row, info) in infos.into_iter().enumerate().filter(|(_, info)| is(*info, "statusHasBeenReached")) {
        let location = xml_text(info, "location/content").unwrap_or_default();
        let code = xml_text(info, "status");
        let status = code.as_deref().map_or(Status::Unknown, status_of);
        let scan = Scan {
            code,
            text: xml_text(info, "description/content/content").or_else(|| xml_text(info, "label/content")),
            time: xml_text(info, "date/content"),
            place: bracketed_place(&location),
            said_place: location,
            ..Scan::default()
        };
        let read = scan.time.as_deref().and_then(time_of);
        keep(parsed, &mut shipment, format!("statusInfo[{row}]"), scan.event_reading(read, status, Some(HOME)));
    }
    finish(shipment, parsed);
}

/// A SOAP answer need not name the parcel that was asked for; who asked knows it.
fn finish(shipment: ShipmentDraft, parsed: &mut Parsed) {
    if shipment.tracking_number.is_empty() {
        refuse(parsed, "shipmentInfo", "the answer does not name its parcel: the number is the one that was asked for");
    }
    add(parsed, shipment);
}

/// Month first where a meridiem stands ("8/17/2021 7:11:26 PM"), as the English answer writes it; else day first.
fn time_of(text: &str) -> Option<WrittenTime> {
    let meridiem = text.ends_with('M') || text.ends_with('m');
    match meridiem {
        true => written_time(&text.replace(", ", " ")),
        false => day_first(text).or_else(|| written_time(text)),
    }
}

fn status_of(code: &str) -> Status {
    match code {
        "SHIPMENT" | "START_ORDER" | "ORDER_INFORMATION_TRANSMITTED" | "LABEL_CREATED" => Status::LabelCreated,
        "ACCEPTED" | "PickedUp" | "PICKED_UP" | "AT_SENDING_DEPOT" => Status::Accepted,
        "ON_THE_ROAD" | "BetweenDepots" | "IN_TRANSIT" => Status::InTransit,
        "AT_DELIVERY_DEPOT" | "Depot" => Status::AtLocalFacility,
        "OUT_FOR_DELIVERY" | "Courier" => Status::OnVehicle,
        "ParcelShop" | "PARCEL_SHOP" | "AT_PARCELSHOP" | "DELIVERED_BY_DRIVER_TO_DPD_PARCELSHOP" => {
            Status::ReadyForPickup
        }
        "PICKED_UP_BY_CONSIGNEE" | "PICKED_UP_FROM_DPD_PARCELSHOP_BY_CONSIGNEE" => Status::DeliveredCollected,
        // "After an unsuccessful delivery attempt the parcel is back at the recipient depot."
        "DeliveryFailure" | "NOT_DELIVERED" | "ReturningFromDelivery" => Status::AttemptOther,
        "REFUSED" => Status::Refused,
        "DELIVERED" | "Delivered" => Status::Delivered,
        "RETURNED" => Status::Returned,
        _ => Status::Unknown,
    }
}

/// Scan types, written "SC_13", "SCAN_13" or "13".
fn status_of_scan(code: &str) -> Status {
    match code.trim_start_matches(|c: char| !c.is_ascii_digit()) {
        "01" | "02" | "10" => Status::ArrivedFacility,
        "20" => Status::DepartedFacility,
        "05" | "15" => Status::Accepted,
        "03" => Status::OnVehicle,
        "04" => Status::AttemptOther,
        "06" => Status::Returning,
        "08" => Status::Held,
        "13" => Status::Delivered,
        "14" => Status::AttemptOther,
        "23" => Status::ReadyForPickup,
        _ => Status::Unknown,
    }
}
