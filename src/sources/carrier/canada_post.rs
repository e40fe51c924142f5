//! Canada Post: `tracking-detail` and `tracking-summary` of the tracking web service, in English and French. What its
//! codes mean stands in `canada_post/codes.rs`.

mod codes;

use crate::places;
use crate::sources::json::Value;
use crate::sources::reading::{
    Payload, WrittenTime, at, clock, date_and_clock, element, list, plain, text, written_time, xml_value,
};
use crate::sources::{EstimateDraft, Expected, Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::{EventPlace, EventTime, ZoneCertainty};
use crate::tracking::status::Status;

use self::codes::{status_of, status_of_type};
use super::finer::signer;
use super::scan::{Scan, add, estimate, joined, keep, known, pickup, proof, refuse, squeezed};

const CARRIER: &str = "canada_post";

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Xml(document) = payload else { return false };
    let root = document.root_element();
    let ours = root.tag_name().namespace().is_some_and(|namespace| namespace.contains("canadapost.ca"));
    match root.tag_name().name() {
        "tracking-detail" | "tracking-summary" => true,
        "messages" => ours,
        _ => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Payload::Xml(document) = payload else { return parsed };
    let root = document.root_element();
    let value = xml_value(root);
    match root.tag_name().name() {
        "tracking-detail" => read_detail(&value, &mut parsed),
        "tracking-summary" => {
            for (index, summary) in list(&value, "pin-summary").iter().chain(list(&value, "dnc-summary")).enumerate() {
                read_summary(summary, &format!("tracking-summary/pin-summary[{index}]"), &mut parsed);
            }
        }
        _ => {}
    }
    if element(root, "message").is_some() && parsed.shipments.is_empty() {
        for (index, message) in list(&value, "message").iter().enumerate() {
            let words = [text(message, "code"), text(message, "description")];
            let words = words.into_iter().flatten().collect::<Vec<_>>().join(": ");
            refuse(&mut parsed, format!("messages/message[{index}]"), words);
        }
    }
    parsed
}

fn read_detail(detail: &Value, parsed: &mut Parsed) {
    let Some(number) = text(detail, "pin") else {
        return refuse(parsed, "tracking-detail", "the answer has no pin");
    };
    let occurrences = list(detail, "significant-events.occurrence");
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(detail, "service-name").map(|name| plain(&name)),
        // A changed date, earlier or later, takes the place of the first one.
        estimate: day(text(detail, "changed-expected-date")).or_else(|| day(text(detail, "expected-delivery-date"))),
        proof: proof(signer(signatory(occurrences)), None),
        pickup: retail_point(occurrences),
        origin: origin(occurrences),
        destination: text(detail, "destination-postal-id").and_then(destination),
        ..ShipmentDraft::default()
    };
    if occurrences.is_empty() {
        draft.status = Some(Status::PendingNoData);
    }
    for (index, occurrence) in occurrences.iter().enumerate() {
        let field = |name: &str| text(occurrence, name);
        let place = site(field("event-site"), field("event-province"), field("event-retail-name"));
        let (date, time) = (field("event-date"), field("event-time"));
        let read = date_and_clock(date.as_deref(), time.as_deref());
        let words = field("event-description").map(|words| plain(&words));
        let code = field("event-identifier");
        let status = status_of(code.as_deref().unwrap_or(""), words.as_deref().unwrap_or(""));
        let scan = Scan {
            id: None,
            code,
            text: words,
            time: joined_time(date, time),
            said_place: joined([field("event-site"), field("event-province")]).unwrap_or_default(),
            place,
        };
        let path = format!("tracking-detail/significant-events/occurrence[{index}]");
        let event = match read {
            Some(read) => {
                let time = event_time(read, &scan.place, field("event-time-zone").as_deref());
                Ok(scan.event_at(time, status))
            }
            None => scan.event_reading(None, status, None),
        };
        keep(parsed, &mut draft, path, event);
    }
    add(parsed, draft);
}

fn joined_time(date: Option<String>, time: Option<String>) -> Option<String> {
    let said = [date, time].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

/// The clock is the site's own, while the zone written beside it is empty, of another province, or winter's in summer:
/// so the site's zone counts, then its province's, and the written one only where there is neither.
fn event_time(read: WrittenTime, place: &EventPlace, label: Option<&str>) -> EventTime {
    let WrittenTime::Local(local) = read.without_placeholder() else { return EventTime::day(read.date()) };
    let of_place = places::time_zone(place).or_else(|| place.region.as_deref().and_then(zone_of_province));
    match (of_place, label.and_then(zone_of_label)) {
        (Some(zone), _) => EventTime::in_zone(local, zone, ZoneCertainty::Place),
        (None, Some(zone)) => EventTime::in_zone(local, zone, ZoneCertainty::Assumed),
        (None, None) => EventTime::unzoned(local),
    }
}

/// The zone in which nearly all of a province lives.
fn zone_of_province(province: &str) -> Option<&'static str> {
    Some(match province {
        "AB" => "America/Edmonton",
        "BC" => "America/Vancouver",
        "MB" => "America/Winnipeg",
        "NB" => "America/Moncton",
        "NL" | "NF" => "America/St_Johns",
        "NS" => "America/Halifax",
        "NT" => "America/Yellowknife",
        "NU" => "America/Iqaluit",
        "ON" => "America/Toronto",
        "PE" => "America/Halifax",
        "QC" | "PQ" => "America/Toronto",
        "SK" => "America/Regina",
        "YT" => "America/Whitehorse",
        _ => return None,
    })
}

/// Canada Post writes the name of standard time all year round.
fn zone_of_label(label: &str) -> Option<&'static str> {
    Some(match label {
        "AST" | "ADT" => "America/Halifax",
        "CST" | "CDT" => "America/Winnipeg",
        "CSTNO" => "America/Regina",
        "EST" | "EDT" => "America/Toronto",
        "MST" | "MDT" => "America/Edmonton",
        "MSTNO" => "America/Dawson_Creek",
        "NST" | "NDT" => "America/St_Johns",
        "PST" | "PDT" => "America/Vancouver",
        _ => return None,
    })
}

fn site(city: Option<String>, province: Option<String>, facility: Option<String>) -> EventPlace {
    let canadian = province.as_deref().and_then(zone_of_province).is_some();
    EventPlace {
        city: city.map(|city| squeezed(&city)),
        country: canadian.then(|| "CA".to_owned()),
        region: province,
        facility: facility.map(|name| squeezed(&name)),
        postal_code: None,
    }
}

fn signatory(occurrences: &[Value]) -> Option<String> {
    occurrences.iter().find_map(|occurrence| text(occurrence, "signatory-name"))
}

fn retail_point(occurrences: &[Value]) -> Option<PickupDraft> {
    let newest = occurrences.first()?;
    let code = text(newest, "event-identifier").unwrap_or_default();
    let words = text(newest, "event-description").unwrap_or_default();
    if status_of(&code, &words) != Status::ReadyForPickup {
        return None;
    }
    let address = joined([text(newest, "event-site"), text(newest, "event-province")]);
    pickup(PickupDraft { name: text(newest, "event-retail-name"), address, ..PickupDraft::default() })
}

/// Where the sender gave the order or the parcel to Canada Post, which is the only origin a detail tells.
fn origin(occurrences: &[Value]) -> Option<EventPlace> {
    let first = occurrences
        .iter()
        .rev()
        .find(|occurrence| matches!(text(occurrence, "event-identifier").as_deref(), Some("3000" | "3002" | "2300")))?;
    known(site(text(first, "event-site"), text(first, "event-province"), None))
}

/// A Canadian postal code ("G1K4M7"), a ZIP code, or whatever else is written there.
fn destination(code: String) -> Option<EventPlace> {
    let shape: String = code
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            if c.is_ascii_alphabetic() {
                'A'
            } else if c.is_ascii_digit() {
                '9'
            } else {
                '?'
            }
        })
        .collect();
    let country = matches!(shape.as_str(), "A9A9A9" | "A9A").then(|| "CA".to_owned());
    known(EventPlace { postal_code: Some(code), country, ..EventPlace::default() })
}

fn day(written: Option<String>) -> Option<EstimateDraft> {
    let day = Expected::Day(written_time(written.as_deref()?)?.date());
    estimate(Some(day), Some(day))
}

fn read_summary(summary: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(summary, "pin") else {
        return refuse(parsed, path, "the summary has no pin");
    };
    let words = text(summary, "event-description").map(|words| plain(&words));
    let kind = text(summary, "event-type");
    let status = status_of_type(kind.as_deref().unwrap_or(""), words.as_deref().unwrap_or(""));
    let postal = |name: &str| text(summary, name).and_then(destination);
    let mut to = postal("destination-postal-id").unwrap_or_default();
    to.region = text(summary, "destination-province");
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(summary, "service-name").map(|name| plain(&name)),
        status: (kind.is_some() || words.is_some()).then_some(status),
        status_code: kind.clone().or_else(|| words.clone()),
        estimate: day(text(summary, "changed-expected-date")).or_else(|| day(text(summary, "expected-delivery-date"))),
        proof: proof(signer(text(summary, "signatory-name")), None),
        origin: postal("origin-postal-id"),
        destination: known(to),
        ..ShipmentDraft::default()
    };
    if at(summary, "event-date-time").is_some() {
        let written = text(summary, "event-date-time").unwrap_or_default();
        // "20110404:172456"
        let read = written.split_once(':').and_then(|(date, time)| match (written_time(date)?, clock(time)) {
            (read, Some(time)) => Some(WrittenTime::Local(read.date().to_datetime(time))),
            (read, None) => Some(read),
        });
        let read = read.or_else(|| written_time(&written));
        let location = text(summary, "event-location");
        let scan = Scan {
            id: None,
            code: kind,
            text: words,
            time: Some(written),
            said_place: location.clone().unwrap_or_default(),
            place: site(location, None, None),
        };
        let time = read.map(|read| event_time(read, &scan.place, None));
        let event = match time {
            Some(time) => Ok(scan.event_at(time, status)),
            None => scan.event_reading(None, status, None),
        };
        keep(parsed, &mut draft, format!("{path}/event-date-time"), event);
    }
    add(parsed, draft);
}

#[cfg(test)]
mod tests;
