//! USPS: the v3 Tracking API in JSON and the Web Tools `TrackResponse` in XML. What its codes mean stands in
//! `usps/codes.rs`.

mod codes;

use jiff::tz::Offset;

use crate::sources::json::Value;
use crate::sources::reading::{
    self, Payload, WrittenTime, at, clock, date_and_clock, element, list, plain, text, written_time,
};
use crate::sources::{EstimateDraft, Expected, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use self::codes::{status_of, status_of_category, status_of_error};
use super::scan::{Scan, add, country, estimate, joined, keep, known, proof, refuse, untold};

const CARRIER: &str = "usps";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => pieces(body).iter().any(is_piece) || is_error(body),
        Payload::Xml(document) => {
            let root = document.root_element();
            let response = element(root, "TrackResponse");
            response.is_some_and(|response| reading::children(response, "TrackInfo").next().is_some())
                || is_xml_error(root)
        }
        Payload::Text(_) => false,
    }
}

/// One piece, or the list of several that the API answers to several numbers.
fn pieces<'v, 'a>(body: &'v Value<'a>) -> &'v [Value<'a>] {
    match body {
        Value::Array(pieces) => pieces,
        one => std::slice::from_ref(one),
    }
}

fn is_piece(piece: &Value) -> bool {
    at(piece, "trackingNumber").is_some()
        && (at(piece, "uniqueMailPieceID").is_some()
            || at(piece, "mailClass").is_some()
            || at(piece, "trackingEvents.0.eventCode").is_some()
            || at(piece, "trackingEvents.0.eventType").is_some()
            || (at(piece, "statusCategory").is_some() && at(piece, "statusSummary").is_some()))
}

fn is_error(body: &Value) -> bool {
    text(body, "apiVersion").is_some_and(|version| version.contains("tracking")) && at(body, "error").is_some()
}

fn is_xml_error(root: roxmltree::Node<'_, '_>) -> bool {
    let child = |name| reading::children(root, name).next().is_some();
    root.tag_name().name() == "Error" && child("Number") && child("Description")
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            for (index, piece) in pieces(body).iter().enumerate() {
                match is_piece(piece) {
                    true => read_piece(piece, &format!("[{index}]"), &mut parsed),
                    false => read_error(piece, &mut parsed),
                }
            }
        }
        Payload::Xml(document) => {
            let root = document.root_element();
            if is_xml_error(root) {
                let words = error_words(&reading::xml_value(root), "Number", "Description");
                refuse(&mut parsed, "Error", words);
            } else if let Some(response) = element(root, "TrackResponse") {
                for (index, info) in reading::children(response, "TrackInfo").enumerate() {
                    read_info(info, &format!("TrackResponse/TrackInfo[{index}]"), &mut parsed);
                }
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn error_words(error: &Value, code: &str, message: &str) -> String {
    let words = [text(error, code), text(error, message).map(|message| plain(&message))];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(": ");
    if words.is_empty() { "USPS answered an error without words".to_owned() } else { words }
}

/// An error names no piece in the number's own field; some answers repeat the number beside it.
fn read_error(body: &Value, parsed: &mut Parsed) {
    let code = text(body, "error.errors.0.code").or_else(|| text(body, "error.code"));
    match text(body, "trackingNumber") {
        Some(number) => add(parsed, untold(CARRIER, number, status_of_error(code.as_deref().unwrap_or("")), code)),
        None => refuse(parsed, "error", error_words(body, "error.code", "error.message")),
    }
}

fn read_piece(piece: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(piece, "trackingNumber") else { return };
    let events = list(piece, "trackingEvents");
    if let (true, Some(code)) = (events.is_empty(), text(piece, "error.code")) {
        return add(parsed, untold(CARRIER, number, status_of_error(&code), Some(code)));
    }
    let latest = events.first().unwrap_or(&Value::Null);
    let (status, status_code) = overall(
        text(latest, "eventCode"),
        text(latest, "eventType").or_else(|| text(piece, "status")),
        text(piece, "statusCategory"),
    );
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(piece, "mailClass").or_else(|| text(piece, "services.0")).map(|service| plain(&service)),
        unique_id: text(piece, "uniqueMailPieceID"),
        status,
        status_code,
        estimate: estimated(piece),
        proof: proof(events.iter().find_map(recipient), None),
        origin: end_of_way(["originCity", "originState", "originZIP", "originCountry"].map(|name| text(piece, name))),
        destination: end_of_way(
            ["destinationCity", "destinationState", "destinationZIP", "destinationCountryCode"]
                .map(|name| text(piece, name)),
        ),
        ..ShipmentDraft::default()
    };
    for (index, event) in events.iter().enumerate() {
        let time = text(event, "eventTimestamp");
        let read = time.as_deref().and_then(written_time).map(|read| match read {
            // The clock of `eventTimestamp` is the place's own, whatever zone is written after it.
            WrittenTime::Instant(local, _) => WrittenTime::Local(local),
            read => read,
        });
        let fields = ["eventCity", "eventState", "eventZIP", "eventCountry"].map(|name| text(event, name));
        let (place, said_place) = place(fields);
        let (code, words) = (text(event, "eventCode"), text(event, "eventType"));
        let status = status_of(code.as_deref().unwrap_or(""), words.as_deref().unwrap_or(""));
        let read = read.map(|read| {
            let offset = text(event, "GMTOffset").as_deref().and_then(reading::offset);
            let offset = offset.or_else(|| offset_between(read, text(event, "GMTTimestamp").as_deref()));
            read.with_offset(offset).without_placeholder()
        });
        let text = words.map(|words| plain(&words));
        let scan = Scan { id: None, code, text, time, place, said_place };
        let event = scan.event_reading(read, status, None);
        keep(parsed, &mut draft, format!("{path}.trackingEvents[{index}]"), event);
    }
    add(parsed, draft);
}

/// The offset between an event's own clock and `GMTTimestamp`, whose time of day is right while its day may not be:
/// it is not rolled over when the event's evening is Greenwich's next morning.
fn offset_between(local: WrittenTime, gmt: Option<&str>) -> Option<Offset> {
    let (WrittenTime::Local(local), WrittenTime::Instant(gmt, _) | WrittenTime::Local(gmt)) =
        (local, written_time(gmt?)?)
    else {
        return None;
    };
    let of_day = |time: jiff::civil::DateTime| i32::from(time.hour()) * 60 + i32::from(time.minute());
    // Whole quarters of an hour, for USPS cuts one clock's seconds and not the other's; from -11:45 to +12:00.
    let minutes = (of_day(local) - of_day(gmt) + 7).div_euclid(15) * 15;
    let minutes = (minutes + 705).rem_euclid(1440) - 705;
    Offset::from_seconds(minutes * 60).ok()
}

/// What the newest event says of the whole, else the category.
fn overall(code: Option<String>, words: Option<String>, category: Option<String>) -> (Option<Status>, Option<String>) {
    let by_event = match (&code, &words) {
        (None, None) => Status::Unknown,
        (code, words) => status_of(code.as_deref().unwrap_or(""), words.as_deref().unwrap_or("")),
    };
    match (by_event, &category) {
        (Status::Unknown, Some(said)) => (Some(status_of_category(said)), category),
        (Status::Unknown, None) => (code.as_ref().map(|_| Status::Unknown), code),
        (status, _) => (Some(status), code.or(words)),
    }
}

fn recipient(event: &Value) -> Option<String> {
    let delivered = text(event, "eventCode").as_deref() == Some("01");
    text(event, "name").filter(|_| delivered)
}

/// City, state, ZIP code and country. A blank country is the United States, where anything else is told.
fn place(fields: [Option<String>; 4]) -> (EventPlace, String) {
    let said = joined(fields.clone());
    let [city, region, postal_code, said_country] = fields;
    let domestic = region.is_some() || postal_code.is_some();
    // "OAK CREEK WI DISTRIBUTION CENTER" stands where the city belongs.
    let is_facility =
        city.as_deref().is_some_and(|city| ["CENTER", "FACILITY", "ANNEX"].iter().any(|word| city.ends_with(word)));
    let country = said_country.as_deref().map(country).or_else(|| (domestic || is_facility).then(|| "US".to_owned()));
    let (city, facility) = if is_facility && region.is_none() { (None, city) } else { (city, None) };
    let (city, region) = match (&facility, &region) {
        (Some(name), None) => from_facility(name).map_or((city, region), |(city, state)| (Some(city), Some(state))),
        _ => (city, region),
    };
    (EventPlace { city, region, postal_code, country, facility }, said.unwrap_or_default())
}

/// "OAK CREEK WI DISTRIBUTION CENTER" is in Oak Creek, Wisconsin: the two letters before what kind of building it is.
fn from_facility(name: &str) -> Option<(String, String)> {
    const STATES: &str = " AL AK AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ \
        NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY ";
    let words: Vec<&str> = name.split_whitespace().collect();
    let found = words.iter().rposition(|word| word.len() == 2 && STATES.contains(&format!(" {word} ")))?;
    (found > 0 && found + 1 < words.len()).then(|| (words[..found].join(" "), words[found].to_owned()))
}

fn end_of_way(fields: [Option<String>; 4]) -> Option<EventPlace> {
    known(place(fields).0)
}

/// A guaranteed date is a promise, a predicted one is the newest guess, an expected one the first: the newest counts.
fn estimated(piece: &Value) -> Option<EstimateDraft> {
    let field = |name: &str| text(piece, name).or_else(|| text(piece, &format!("deliveryDateExpectation.{name}")));
    let predicted = field("predictedDeliveryDate").or_else(|| field("predictedDeliveryTimestamp"));
    let day = predicted
        .or_else(|| field("expectedDeliveryDate"))
        .or_else(|| field("expectedDeliveryTimestamp"))
        .or_else(|| field("expectedDeliveryTimeStamp"))
        .or_else(|| field("guaranteedDeliveryDate"));
    let start = field("predictedDeliveryWindowStartTime");
    let end = field("predictedDeliveryWindowEndTime");
    window(day.as_deref(), start.as_deref(), end.as_deref().or(field("expectedDeliveryTime").as_deref()))
}

fn window(day: Option<&str>, start: Option<&str>, end: Option<&str>) -> Option<EstimateDraft> {
    let read = written_time(day?)?.without_placeholder();
    let on = |time: Option<&str>| time.and_then(clock).map(|time| Expected::Local(read.date().to_datetime(time)));
    let day = Expected::Day(read.date());
    match (on(start), on(end), read) {
        (None, None, WrittenTime::Day(_)) => estimate(Some(day), Some(day)),
        (None, None, time) => estimate(None, Some(time.expected())),
        (earliest, latest, _) => estimate(earliest, latest),
    }
}

fn read_info(info: roxmltree::Node<'_, '_>, path: &str, parsed: &mut Parsed) {
    let number = info.attribute("ID").map(str::trim).filter(|number| !number.is_empty());
    let value = reading::xml_value(info);
    let Some(number) = number else {
        return refuse(parsed, path, error_words(&value, "Error.Number", "Error.Description"));
    };
    if at(&value, "Error").is_some() {
        let code = text(&value, "Error.Number");
        let status = status_of_error(code.as_deref().unwrap_or(""));
        return add(parsed, untold(CARRIER, number.to_owned(), status, code));
    }
    // Without the revised request's fields, summary and details are bare sentences.
    let events: Vec<&Value> = list(&value, "TrackSummary").iter().chain(list(&value, "TrackDetail")).collect();
    let latest = events.first().copied().unwrap_or(&Value::Null);
    let (status, status_code) = overall(
        text(latest, "EventCode"),
        text(latest, "Event").or_else(|| text(&value, "Status")),
        text(&value, "StatusCategory"),
    );
    let estimated = ["PredictedDeliveryDate", "ExpectedDeliveryDate", "GuaranteedDeliveryDate"];
    let service = reading::children(info, "Class").chain(reading::children(info, "Service")).find_map(all_text);
    let mut draft = ShipmentDraft {
        tracking_number: number.to_owned(),
        carrier: Some(CARRIER.to_owned()),
        service: service.map(|service| plain(&service)),
        unique_id: text(&value, "MPSUFFIX"),
        status,
        status_code,
        estimate: estimated.iter().find_map(|name| window(text(&value, name).as_deref(), None, None)),
        proof: proof(
            events.iter().find_map(|event| {
                let delivered = text(event, "EventCode").as_deref() == Some("01");
                text(event, "Name").filter(|_| delivered)
            }),
            None,
        ),
        origin: end_of_way(
            ["OriginCity", "OriginState", "OriginZip", "OriginCountryCode"].map(|name| text(&value, name)),
        ),
        destination: end_of_way(
            ["DestinationCity", "DestinationState", "DestinationZip", "DestinationCountryCode"]
                .map(|name| text(&value, name)),
        ),
        ..ShipmentDraft::default()
    };
    for (index, event) in events.into_iter().enumerate() {
        let (date, time) = (text(event, "EventDate"), text(event, "EventTime"));
        let read = date_and_clock(date.as_deref(), time.as_deref());
        let (place, said_place) =
            place(["EventCity", "EventState", "EventZIPCode", "EventCountry"].map(|name| text(event, name)));
        let (code, words) = (text(event, "EventCode"), text(event, "Event"));
        let status = status_of(code.as_deref().unwrap_or(""), words.as_deref().unwrap_or(""));
        let time =
            Some([date, time].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|time| !time.is_empty());
        let scan = Scan { id: None, code, text: words.map(|words| plain(&words)), time, place, said_place };
        keep(parsed, &mut draft, format!("{path}/event[{index}]"), scan.event_reading(read, status, None));
    }
    add(parsed, draft);
}

/// The text of an element whose name may have markup in it, as elements or as escaped text.
fn all_text(node: roxmltree::Node<'_, '_>) -> Option<String> {
    let text: String = node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
