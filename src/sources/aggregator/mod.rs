//! Aggregators: services that track many carriers and tell it in their own words. One file a service.
//!
//! Here: what their payloads have in common. The code tables stand in each service's own file.

pub mod aftership;
pub mod easypost;
pub mod karrio;
pub mod seventeentrack;
pub mod shipengine;
pub mod shippo;
pub mod ups_alert;

use std::collections::HashMap;

use jiff::civil::Time;

use crate::sources::json::Value;
use crate::tracking::event::{EventPlace, EventTime, Identity, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

use super::country::country_code;
use super::reading::{self, WrittenTime};
use super::{Expected, Parsed, Refusal, ShipmentDraft, sort_events};

/// The finer of a coarse status and its detail, both by one service.
///
/// The detail wins, but for two cases: one that says less than the status (unknown, or plainly "in transit"), and one
/// of a movement ("arrived at facility") under a status that movement cannot undo (returning, delivered, failed).
pub(super) fn finer(status: Status, detail: Status) -> Status {
    let moving = |status: Status| {
        matches!(
            status.milestone(),
            Milestone::Pending | Milestone::InfoReceived | Milestone::InTransit | Milestone::Unknown
        )
    };
    let says_less = matches!(detail.milestone(), Milestone::Unknown) || detail == Status::InTransit;
    if says_less && status.milestone() != Milestone::Unknown {
        return status;
    }
    if detail.milestone() == Milestone::Unknown {
        return if status == Status::Unknown { detail } else { status };
    }
    if detail.milestone() == Milestone::InTransit && !moving(status) {
        return status;
    }
    detail
}

/// The codes of one event, coarse to fine, as one text ("in_transit/departed_facility/DP").
pub(super) fn joined_code(parts: &[Option<&str>]) -> Option<String> {
    let mut said: Vec<&str> = parts.iter().copied().flatten().collect();
    said.dedup();
    (!said.is_empty()).then(|| said.join("/"))
}

/// Text fields of an object, joined by commas as they stand: the raw place of an event.
pub(super) fn raw_place(value: &Value, fields: &[&str]) -> String {
    fields.iter().filter_map(|field| reading::text(value, field)).collect::<Vec<_>>().join(", ")
}

/// A place from fields named in the order city, region, postal code, country. An empty name skips that part.
pub(super) fn place(value: &Value, fields: [&str; 4]) -> EventPlace {
    let [city, region, postal_code, country] = fields.map(|field| match field {
        "" => None,
        field => reading::text(value, field),
    });
    EventPlace { city, region, postal_code, country: country.map(|country| country_code(&country)), facility: None }
}

/// An address that a page may show: https, or none.
pub(super) fn https(address: Option<String>) -> Option<String> {
    address.filter(|address| address.starts_with("https://"))
}

pub(super) fn some_place(place: EventPlace) -> Option<EventPlace> {
    (!place.is_empty()).then_some(place)
}

/// Midnight sharp is what these services write for a day whose time they were not told.
pub(super) fn midnight_is_a_day(time: WrittenTime) -> WrittenTime {
    match time {
        WrittenTime::Instant(local, _) | WrittenTime::Local(local) if local.time() == Time::midnight() => {
            WrittenTime::Day(local.date())
        }
        time => time,
    }
}

/// As an expected arrival, midnight sharp being a day.
pub(super) fn expected(value: &Value, path: &str) -> Option<Expected> {
    let time = reading::written_time(&reading::text(value, path)?)?;
    Some(midnight_is_a_day(time).expected())
}

/// The time of an event, or a refusal when there is none that could be read.
pub(super) fn event_time(
    written: Option<&str>,
    read: impl Fn(WrittenTime) -> EventTime,
    at: &str,
) -> Result<EventTime, Refusal> {
    let refused = |reason: String| Refusal { at: at.to_owned(), reason };
    let written = written.ok_or_else(|| refused("the event has no time".to_owned()))?;
    reading::written_time(written).map(read).ok_or_else(|| refused(format!("{written:?} is no time")))
}

/// Events in order, none lost: these services' codes are coarse, so two scans in one second at one place may carry the
/// same code. The later-listed one then takes its text into its code, so that it is not mistaken for a repeat.
pub(super) fn settle_events(shipment: &mut ShipmentDraft) {
    let events = &mut shipment.events;
    let mut seen: HashMap<Identity<'_>, usize> = HashMap::with_capacity(events.len());
    let mut alike = Vec::new();
    for (position, event) in events.iter().enumerate() {
        let first = *seen.entry(event.identity()).or_insert(position);
        if first < position && events[first].said.text != event.said.text {
            alike.push(position);
        }
    }
    alike.into_iter().for_each(|position| distinguish(&mut events[position]));
    sort_events(&mut shipment.events);
}

fn distinguish(event: &mut TrackingEvent) {
    let said = &mut event.said;
    said.code = match said.code.take() {
        Some(code) => Some(format!("{code}/{}", said.text)),
        None => Some(said.text.clone()),
    };
}

/// A tracking number, or a refusal of the whole object.
pub(super) fn tracking_number(value: &Value, path: &str, at: &str) -> Result<String, Refusal> {
    reading::text(value, path).ok_or_else(|| Refusal {
        at: format!("{at}{}{path}", if at.is_empty() { "" } else { "." }),
        reason: "there is no tracking number".to_owned(),
    })
}

/// A payload of one refusal.
pub(super) fn refused(at: &str, reason: impl Into<String>) -> Parsed {
    Parsed { refused: vec![Refusal { at: at.to_owned(), reason: reason.into() }], ..Parsed::default() }
}

/// A payload of a kind that says nothing of an order or a parcel: see [`Refusal::is_ignored`].
pub(super) fn ignored(what: &str) -> Parsed {
    refused("payload", format!("{}{what} says nothing of an order or a parcel", Refusal::IGNORED))
}

/// Refuses all but a JSON payload, naming the service.
pub(super) fn json<'p, 'a>(payload: &'p reading::Payload<'a>, vendor: &str) -> Result<&'p Value<'a>, Parsed> {
    match payload {
        reading::Payload::Json(value) => Ok(value),
        _ => Err(refused("payload", format!("{vendor} writes JSON, and this is none"))),
    }
}

#[cfg(test)]
mod table {
    //! The checked-in vocabulary table, read beside the fixtures.

    use crate::tracking::status::Status;

    /// Each value of a vendor with the status it must have; `None` when the table is missing (said loudly).
    pub fn rows(vendor: &str) -> Option<Vec<(String, Status)>> {
        let path = crate::testing::fixtures::folder()?.join("../vocabulary/status_map.csv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("SKIPPED: no vocabulary table at {}", path.display());
            return None;
        };
        let rows: Vec<_> = text
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split(',');
                let (of, value, status) = (fields.next()?, fields.next()?, fields.next()?);
                (of == vendor).then(|| (value.to_owned(), status.parse().expect("a status of the vocabulary")))
            })
            .collect();
        assert!(!rows.is_empty(), "no rows for {vendor}");
        Some(rows)
    }
}

#[cfg(test)]
mod payloads;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_vocabulary_is_read_as_it_says() {
        type Table = fn(&str) -> Status;
        let tables: [(&str, Table); 9] = [
            ("aftership", aftership::status),
            ("easypost", |row| match row.split_once(':') {
                Some(("detail", code)) => easypost::status_of_detail(code),
                Some((_, code)) => easypost::status(code),
                None => panic!("{row} is neither status nor detail"),
            }),
            ("shippo", shippo::status),
            ("17track", seventeentrack::status),
            ("karrio", karrio::status),
            ("shopify", crate::sources::shop::shopify::status),
            ("shipengine", shipengine::status),
            ("shipengine_detail", shipengine::status_of_detail),
            ("shopify", |code| crate::sources::shop::shopify::status(&code.to_ascii_lowercase())),
        ];
        for (vendor, status) in tables {
            for (code, want) in table::rows(vendor).unwrap_or_default() {
                assert_eq!(status(&code), want, "{vendor} {code}");
            }
            assert_eq!(status("detail:NO_SUCH_CODE"), Status::Unknown, "{vendor}");
        }
    }

    #[test]
    fn detail_refines_and_never_hides_what_the_status_says() {
        let cases = [
            (Status::InTransit, Status::DepartedFacility, Status::DepartedFacility),
            (Status::LabelCreated, Status::InTransit, Status::LabelCreated),
            (Status::Returning, Status::ArrivedFacility, Status::Returning),
            (Status::Delivered, Status::InTransit, Status::Delivered),
            (Status::Delivered, Status::ReadyForPickup, Status::ReadyForPickup),
            (Status::Undeliverable, Status::Refused, Status::Refused),
            (Status::OnVehicle, Status::Unknown, Status::OnVehicle),
            (Status::Unknown, Status::InTransit, Status::InTransit),
            (Status::Unknown, Status::Unknown, Status::Unknown),
            (Status::TrackerError, Status::Unknown, Status::TrackerError),
            (Status::InTransit, Status::Unknown, Status::InTransit),
        ];
        for (status, detail, want) in cases {
            assert_eq!(finer(status, detail), want, "{status} with {detail}");
        }
    }
}
