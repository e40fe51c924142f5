//! Every recorded answer of UPS, FedEx, USPS, DHL and Canada Post: known by exactly its own parser, no code left unknown
//! that is not listed here, and no damage to a payload that makes a parser panic.

use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;

use crate::sources::Parsed;
use crate::sources::reading::{Payload, decode};
use crate::testing::fixtures;
use crate::tracking::event::TrackingEvent;
use crate::tracking::status::Status;

use super::{canada_post, dhl_express, dhl_paket, dhl_unified, fedex, ups, usps};

type Parser = (&'static str, fn(&Payload<'_>) -> bool, fn(&Payload<'_>) -> Parsed);

const PARSERS: [Parser; 7] = [
    ("canada_post", canada_post::recognises, canada_post::parse),
    ("dhl_express", dhl_express::recognises, dhl_express::parse),
    ("dhl_paket", dhl_paket::recognises, dhl_paket::parse),
    ("dhl_unified", dhl_unified::recognises, dhl_unified::parse),
    ("fedex", fedex::recognises, fedex::parse),
    ("ups", ups::recognises, ups::parse),
    ("usps", usps::recognises, usps::parse),
];

/// Which parser a recorded file is meant for, by the name its collector gave it; `None` for the other carriers'.
fn owner(name: &str) -> Option<&'static str> {
    const OWNERS: [(&str, &str); 11] = [
        ("canada_post", "canada_post"),
        ("canadapost", "canada_post"),
        ("dhlexpress", "dhl_express"),
        ("dhl_", "dhl_express"),
        ("fedex", "fedex"),
        ("track_fedex", "fedex"),
        ("track_ups_", "ups"),
        ("track_usps_", "usps"),
        ("ups_", "ups"),
        ("usps_", "usps"),
        ("usps__", "usps"),
    ];
    let name = name.to_lowercase();
    OWNERS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, owner)| *owner)
}

type Recorded = (String, &'static str, Vec<u8>);

fn recorded() -> Vec<Recorded> {
    static RECORDED: LazyLock<Vec<Recorded>> = LazyLock::new(read_recorded);
    RECORDED.clone()
}

fn read_recorded() -> Vec<Recorded> {
    let Some(folder) = fixtures::folder() else { return Vec::new() };
    let mut found = Vec::new();
    for set in ["active_shipping", "omniship", "sauladam_shipment_tracker", "shipit"] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder.join("carriers").join(set)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if let Some(owner) = owner(&name).filter(|_| !name.contains(".expected.")) {
                found.push((format!("{set}/{name}"), owner, std::fs::read(&file).unwrap()));
            }
        }
    }
    assert!(found.len() > 30, "only {} recorded answers", found.len());
    found
}

/// One recorded answer as its own parser reads it; `None` where the recordings are missing.
pub(super) fn read(name: &str) -> Option<Parsed> {
    let (_, owner, body) = recorded().into_iter().find(|(file, ..)| file == name)?;
    let text = decode(&body);
    let payload = Payload::read(&text).unwrap();
    Some(PARSERS.iter().find(|parser| parser.0 == owner).unwrap().2(&payload))
}

/// A payload written in a test, as the one parser that knows it reads it.
pub(super) fn read_text(body: &str) -> Parsed {
    let payload = Payload::read(body).unwrap();
    let known: Vec<&Parser> = PARSERS.iter().filter(|parser| parser.1(&payload)).collect();
    assert_eq!(known.len(), 1, "known by {:?}", known.iter().map(|parser| parser.0).collect::<Vec<_>>());
    known[0].2(&payload)
}

/// Every event as one line: time, how sure its zone is, status, code, place.
pub(super) fn lines(parsed: &Parsed, shipment: usize) -> Vec<String> {
    let line = |event: &TrackingEvent| {
        let code = event.said.code.as_deref().unwrap_or("-");
        let zone = event.time.zone.as_str();
        format!("{} {zone} {} {code} | {}", event.time.to_text(), event.status, event.place.to_text())
    };
    parsed.shipments[shipment].events.iter().map(line).collect()
}

#[test]
fn a_recorded_answer_is_known_by_its_own_parser_alone_and_tells_something() {
    for (name, owner, body) in recorded() {
        let text = decode(&body);
        let payload = Payload::read(&text).unwrap();
        let known: Vec<&str> = PARSERS.iter().filter(|parser| parser.1(&payload)).map(|parser| parser.0).collect();
        assert_eq!(known, [owner], "{name}");
        let parser = PARSERS.iter().find(|parser| parser.0 == owner).unwrap();
        let parsed = parser.2(&payload);
        assert!(!parsed.shipments.is_empty() || !parsed.refused.is_empty(), "{name} tells nothing");
        for shipment in &parsed.shipments {
            assert!(!shipment.tracking_number.is_empty(), "{name}");
            // A scan told with its day alone goes where it fits that day.
            let timed = shipment.events.iter().filter(|event| event.time.time_known);
            assert!(timed.map(TrackingEvent::sort_instant).is_sorted(), "{name}: oldest first");
        }
    }
}

#[test]
fn no_recorded_code_is_unknown() {
    for (name, owner, body) in recorded() {
        let text = decode(&body);
        let payload = Payload::read(&text).unwrap();
        let parser = PARSERS.iter().find(|parser| parser.0 == owner).unwrap();
        for shipment in parser.2(&payload).shipments {
            assert_ne!(shipment.status, Some(Status::Unknown), "{name}: {:?}", shipment.status_code);
            for event in shipment.events {
                assert_ne!(event.status, Status::Unknown, "{name}: {:?}", event.said);
            }
        }
    }
}

#[test]
fn the_same_answer_read_twice_is_the_same() {
    for (name, owner, body) in recorded() {
        let text = decode(&body);
        let payload = Payload::read(&text).unwrap();
        let parser = PARSERS.iter().find(|parser| parser.0 == owner).unwrap();
        assert_eq!(parser.2(&payload), parser.2(&payload), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_to_an_answer_makes_a_parser_panic(
        which in 0usize..1000,
        damage in proptest::collection::vec((0.0f64..1.0, any::<u8>(), 0usize..4), 1..12),
    ) {
        let all = recorded();
        if all.is_empty() {
            return Ok(());
        }
        let (_, _, mut body) = all[which % all.len()].clone();
        for (at, byte, how) in damage {
            let at = (at * body.len() as f64) as usize % body.len().max(1);
            match how {
                // Digits and letters in place of others keep the syntax whole and spoil what it says.
                0 if body[at].is_ascii_digit() => body[at] = b'0' + byte % 10,
                1 if body[at].is_ascii_alphabetic() => body[at] = b'A' + byte % 26,
                2 if body[at].is_ascii_alphanumeric() => body[at] = b'-',
                3 => body[at] = byte,
                _ => {}
            }
        }
        let text = decode(&body);
        if let Ok(payload) = Payload::read(&text) {
            for parser in PARSERS {
                if parser.1(&payload) {
                    parser.2(&payload);
                }
            }
        }
    }

    #[test]
    fn no_value_in_the_place_of_another_makes_a_parser_panic(
        which in 0usize..1000, at in 0usize..2000, value in 0usize..8,
    ) {
        let values = ["null", "{}", "[]", "\"\"", "\"null\"", "[{}]", "17", "\"é\u{2028}<\""];
        let all: Vec<_> = recorded().into_iter().filter(|(name, ..)| name.ends_with(".json")).collect();
        if all.is_empty() {
            return Ok(());
        }
        let (_, _, body) = &all[which % all.len()];
        let mut json: serde_json::Value = serde_json::from_str(&decode(body)).unwrap();
        let mut left = at;
        replace(&mut json, &mut left, &serde_json::from_str(values[value]).unwrap());
        let text = json.to_string();
        let payload = Payload::read(&text).unwrap();
        for parser in PARSERS {
            parser.1(&payload);
            parser.2(&payload);
        }
    }
}

/// Replaces the value that stands at the place `left`, counted through the tree.
fn replace(json: &mut serde_json::Value, left: &mut usize, by: &serde_json::Value) {
    if *left == 0 {
        *left = usize::MAX;
        *json = by.clone();
        return;
    }
    *left -= usize::from(*left != usize::MAX);
    match json {
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| replace(item, left, by)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, left, by)),
        _ => {}
    }
}
