//! DHL Express: MyDHL REST (`shipmentTrackingNumber`), the XML `TrackingResponse` with its `AWBInfo`, and the JSON behind
//! DHL's old site (`airwaybill`), which tells no codes but DHL's fixed sentences. What codes mean stands in
//! `dhl_express/codes.rs`.

pub(super) mod codes;

use crate::sources::json::Value;
use crate::sources::reading::{
    self, Payload, WrittenTime, at, clock, date_and_clock, element, list, plain, text, written_time,
};
use crate::sources::{EstimateDraft, Expected, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use self::codes::{code_of_sentence, product, status_of};
use super::finer::signer;
use super::scan::{Scan, add, country, estimate, joined, keep, known, proof, refuse, squeezed, untold};

pub(super) const CARRIER: &str = "dhl_express";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => {
            at(body, "shipments.0.shipmentTrackingNumber").is_some()
                || text(body, "results.0.type").as_deref() == Some("airwaybill")
                || text(body, "instance").is_some_and(|instance| instance.contains("/expressapi/"))
        }
        Payload::Xml(document) => {
            let root = document.root_element();
            ["AWBInfo", "ShipmentTrackingErrorResponse"].iter().any(|name| element(root, name).is_some())
                || (root.tag_name().name() == "TrackingResponse" && element(root, "ActionStatus").is_some())
        }
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            for (index, shipment) in list(body, "shipments").iter().enumerate() {
                read_shipment(shipment, &format!("shipments[{index}]"), &mut parsed);
            }
            for (index, result) in list(body, "results").iter().enumerate() {
                read_site(result, &format!("results[{index}]"), &mut parsed);
            }
            if at(body, "instance").is_some() {
                read_problem(body, &mut parsed);
            }
        }
        Payload::Xml(document) => read_xml(document.root_element(), &mut parsed),
        Payload::Text(_) => {}
    }
    parsed
}

fn read_problem(body: &Value, parsed: &mut Parsed) {
    let words = ["status", "title", "detail"].iter().filter_map(|field| text(body, field));
    refuse(parsed, "detail", words.collect::<Vec<_>>().join(": "));
}

fn read_shipment(shipment: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(shipment, "shipmentTrackingNumber") else {
        return refuse(parsed, path, "the shipment has no shipmentTrackingNumber");
    };
    let events = list(shipment, "events");
    if events.is_empty() && text(shipment, "status").is_some_and(|status| !status.eq_ignore_ascii_case("success")) {
        let status = text(shipment, "status").unwrap_or_default();
        return add(parsed, untold(CARRIER, number, status_of_action(&status), Some(status)));
    }
    let signed =
        events.iter().filter(|event| is_delivery(text(event, "typeCode"))).find_map(|event| text(event, "signedBy"));
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(shipment, "productCode").map(product),
        estimate: estimated(text(shipment, "estimatedDeliveryDate"), text(shipment, "estimatedDeliveryTime")),
        proof: proof(signer(signed), None),
        origin: party(shipment, "shipperDetails"),
        destination: party(shipment, "receiverDetails"),
        ..ShipmentDraft::default()
    };
    for (index, event) in events.iter().enumerate() {
        let area = at(event, "serviceArea").unwrap_or(&Value::Null);
        let area = area.item(0).unwrap_or(area);
        let said_place = joined([text(area, "code"), text(area, "description")]).unwrap_or_default();
        let place = text(area, "description").map(|area| service_area(&area)).unwrap_or_default();
        let offset = ["GMTOffset", "gmtOffset"].iter().find_map(|field| text(event, field));
        let event = read_event(Told {
            code: text(event, "typeCode"),
            text: text(event, "description"),
            date: text(event, "date"),
            time: text(event, "time"),
            offset: offset.as_deref().and_then(reading::offset),
            place,
            said_place,
        });
        keep(parsed, &mut draft, format!("{path}.events[{index}]"), event);
    }
    add(parsed, draft);
}

struct Told {
    code: Option<String>,
    text: Option<String>,
    date: Option<String>,
    time: Option<String>,
    offset: Option<jiff::tz::Offset>,
    place: EventPlace,
    said_place: String,
}

fn read_event(told: Told) -> Result<crate::tracking::event::TrackingEvent, String> {
    let read = date_and_clock(told.date.as_deref(), told.time.as_deref());
    let read = read.map(|read| read.with_offset(told.offset).without_placeholder());
    let words = told.text.as_deref().map(plain);
    let status = status_of(told.code.as_deref().unwrap_or(""), words.as_deref().unwrap_or(""));
    let time = Some([told.date, told.time].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let scan = Scan {
        id: None,
        code: told.code,
        text: words,
        time: time.filter(|time| !time.is_empty()),
        place: told.place,
        said_place: told.said_place,
    };
    scan.event_reading(read, status, None)
}

fn is_delivery(code: Option<String>) -> bool {
    matches!(code.as_deref(), Some("OK" | "PD" | "DD" | "DL"))
}

fn party(shipment: &Value, path: &str) -> Option<EventPlace> {
    let field = |name: &str| text(shipment, &format!("{path}.postalAddress.{name}"));
    let told = known(EventPlace {
        city: field("cityName"),
        region: field("provinceCode").or_else(|| field("countyName")),
        postal_code: field("postalCode"),
        country: field("countryCode").as_deref().map(country),
        facility: None,
    });
    told.or_else(|| text(shipment, &format!("{path}.serviceArea.0.description")).map(|area| service_area(&area)))
}

fn estimated(written: Option<String>, time: Option<String>) -> Option<EstimateDraft> {
    let read = written_time(written.as_deref()?)?.without_placeholder();
    let time = time.as_deref().and_then(clock).map(|time| Expected::Local(read.date().to_datetime(time)));
    match (read, time) {
        (WrittenTime::Day(day), None) => estimate(Some(Expected::Day(day)), Some(Expected::Day(day))),
        (_, Some(time)) => estimate(None, Some(time)),
        (read, None) => estimate(None, Some(read.expected())),
    }
}

/// "WOODSIDE,NY-USA", "LONDON-HEATHROW - UNITED KINGDOM", "HONG KONG-HKG", "SAN FRANCISCO, CA - USA".
fn service_area(description: &str) -> EventPlace {
    let description = squeezed(description);
    let split = description.rsplit_once('-').map(|(city, last)| (city.trim(), last.trim()));
    let named = split.and_then(|(city, last)| Some((city, country_named(last)?)));
    let (city, country) = match named {
        Some((city, country)) => (city, Some(country)),
        None => (description.as_str(), None),
    };
    // "ROTTERDAM - DEN HAAG" is the area of Rotterdam.
    let city = city.split_once(" - ").map_or(city, |(city, _)| city.trim());
    let (city, region) = match city.rsplit_once(',') {
        Some((city, region)) if region.trim().len() == 2 => (city.trim(), Some(region.trim().to_owned())),
        _ => (city, None),
    };
    let city = Some(city.to_owned()).filter(|city| !city.is_empty());
    EventPlace { city, region, country, ..EventPlace::default() }
}

/// The code of a country by its name or three letters; `None` for what is none. "NETHERLANDS, THE" is how DHL writes it.
fn country_named(name: &str) -> Option<String> {
    let name = name.trim_end_matches(", THE");
    let by_scan = country(name);
    if by_scan.len() == 2 && name.len() != 2 {
        return Some(by_scan);
    }
    let code = crate::sources::country::country_code(name);
    (code.len() == 2).then_some(code)
}

fn read_xml(root: roxmltree::Node<'_, '_>, parsed: &mut Parsed) {
    let bills = root.descendants().filter(|node| node.is_element() && node.tag_name().name() == "AWBInfo");
    let mut told = 0;
    for (index, bill) in bills.enumerate() {
        told += 1;
        read_bill(&reading::xml_value(bill), &format!("AWBInfo[{index}]"), parsed);
    }
    if told == 0 {
        let condition = element(root, "Condition").map(reading::xml_value).unwrap_or(Value::Null);
        let parts = [text(&condition, "ConditionCode"), text(&condition, "ConditionData")];
        let words = parts.into_iter().flatten().map(|part| squeezed(&part)).collect::<Vec<_>>().join(": ");
        let words = if words.is_empty() { "DHL answered an error without words".to_owned() } else { words };
        refuse(parsed, "Response/Status/Condition", words);
    }
}

fn read_bill(bill: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(bill, "AWBNumber").or_else(|| text(bill, "TrackedBy.LPNumber")) else {
        return refuse(parsed, path, "the waybill has no AWBNumber");
    };
    let action = text(bill, "Status.ActionStatus").unwrap_or_default();
    let Some(info) = at(bill, "ShipmentInfo") else {
        let code =
            text(bill, "Status.Condition.ConditionCode").or(Some(action.clone()).filter(|code| !code.is_empty()));
        return add(parsed, untold(CARRIER, number, status_of_action(&action), code));
    };
    let events = list(info, "ShipmentEvent");
    let code = |event: &Value| text(event, "ServiceEvent.EventCode");
    let signed = events.iter().filter(|event| is_delivery(code(event))).find_map(|event| text(event, "Signatory"));
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(info, "GlobalProductCode").map(product),
        estimate: xml_estimate(info),
        proof: proof(signer(signed), None),
        origin: xml_party(info, "Shipper", "OriginServiceArea"),
        destination: xml_party(info, "Consignee", "DestinationServiceArea"),
        ..ShipmentDraft::default()
    };
    for (index, event) in events.iter().enumerate() {
        let area = text(event, "ServiceArea.Description").map(|area| squeezed(&area));
        let event = read_event(Told {
            code: code(event),
            text: text(event, "ServiceEvent.Description"),
            date: text(event, "Date"),
            time: text(event, "Time"),
            offset: text(event, "GMTOffset").as_deref().and_then(reading::offset),
            place: area.as_deref().map(service_area).unwrap_or_default(),
            said_place: joined([text(event, "ServiceArea.ServiceAreaCode"), area]).unwrap_or_default(),
        });
        keep(parsed, &mut draft, format!("{path}/ShipmentInfo/ShipmentEvent[{index}]"), event);
    }
    add(parsed, draft);
}

fn status_of_action(action: &str) -> Status {
    let action = action.to_ascii_lowercase();
    match () {
        () if action.contains("no shipment") || action.contains("not found") => Status::PendingNoData,
        () if action.contains("invalid") => Status::PendingInvalidNumber,
        // Known, and not yet scanned.
        () if action == "success" => Status::PendingNoData,
        () => Status::TrackerError,
    }
}

fn xml_party(info: &Value, who: &str, area: &str) -> Option<EventPlace> {
    let field = |name: &str| text(info, &format!("{who}.{name}"));
    let told = known(EventPlace {
        city: field("City"),
        region: field("DivisionCode").or_else(|| field("StateOrProvinceCode")),
        postal_code: field("PostalCode"),
        country: field("CountryCode").as_deref().map(country),
        facility: None,
    });
    told.or_else(|| text(info, &format!("{area}.Description")).map(|area| service_area(&area)))
}

/// "2019-02-04 23:59:00 GMT-08:00": the end of that day at the destination.
fn xml_estimate(info: &Value) -> Option<EstimateDraft> {
    let written = text(info, "EstDlvyDate")?;
    let mut parts = written.split_whitespace();
    let (date, time) = (parts.next(), parts.next());
    let offset = parts.next().and_then(reading::offset);
    match date_and_clock(date, time).or_else(|| written_time(&written))?.without_placeholder().with_offset(offset) {
        WrittenTime::Day(day) => estimate(Some(Expected::Day(day)), Some(Expected::Day(day))),
        read => estimate(None, Some(read.expected())),
    }
}

fn read_site(result: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(result, "id") else {
        return refuse(parsed, path, "the result has no id");
    };
    let status_code = text(result, "delivery.status");
    let delivered = status_code.as_deref() == Some("delivered");
    let area = |field: &str| text(result, &format!("{field}.value")).map(|area| service_area(&area));
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        status: delivered.then_some(Status::Delivered),
        status_code,
        estimate: estimated(text(result, "edd.date"), None),
        proof: proof(signer(text(result, "signature.signatory").filter(|_| delivered)), None),
        origin: area("origin"),
        destination: area("destination"),
        ..ShipmentDraft::default()
    };
    for (index, checkpoint) in list(result, "checkpoints").iter().enumerate() {
        let words = text(checkpoint, "description").map(|words| plain(&words)).unwrap_or_default();
        let said_place = text(checkpoint, "location").unwrap_or_default();
        let (date, time) = (text(checkpoint, "date"), text(checkpoint, "time"));
        let read = date_and_clock(date.as_deref(), time.as_deref());
        let time = Some([date, time].into_iter().flatten().collect::<Vec<_>>().join(" "));
        let mut place = service_area(&said_place);
        if let (None, Some(destination)) = (&place.country, &draft.destination) {
            let same = |a: &Option<String>, b: &Option<String>| a.is_some() && squeezed_lower(a) == squeezed_lower(b);
            // The delivery tells its city alone, and it is the destination's.
            if same(&place.city, &destination.city) {
                place = EventPlace { city: place.city, ..destination.clone() };
            }
        }
        let scan = Scan {
            id: None,
            code: None,
            time: time.filter(|time| !time.is_empty()),
            place,
            said_place,
            text: Some(words.clone()),
        };
        let status = status_of(code_of_sentence(&words).unwrap_or(""), &words);
        keep(parsed, &mut draft, format!("{path}.checkpoints[{index}]"), scan.event_reading(read, status, None));
    }
    add(parsed, draft);
}

fn squeezed_lower(text: &Option<String>) -> Option<String> {
    text.as_deref().map(|text| squeezed(text).to_lowercase())
}

#[cfg(test)]
mod tests;
