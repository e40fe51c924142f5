//! Tests of the carriers' parsers as one: each payload is known by exactly one of them, and none panics on what is broken.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::sources::reading::{Payload, decode};
use crate::sources::{EstimateDraft, Expected, Parsed};
use crate::testing::fixtures;
use crate::tracking::event::{EventPlace, ZoneCertainty};

type Recognises = fn(&Payload<'_>) -> bool;
type Parses = fn(&Payload<'_>) -> Parsed;

macro_rules! parsers {
    ($($name:ident),* $(,)?) => {
        [$((stringify!($name), super::$name::recognises as Recognises, super::$name::parse as Parses)),*]
    };
}

pub(super) const PARSERS: [(&str, Recognises, Parses); 22] = parsers!(
    amazon,
    aramex,
    asendia,
    australia_post,
    bpost,
    chronopost,
    colissimo,
    dpd,
    dpd_fr,
    dpd_uk,
    evri,
    gls,
    inpost,
    la_poste,
    landmark,
    lasership,
    ontrac,
    pitney_bowes,
    postnl,
    postnord,
    purolator,
    royal_mail,
);

/// The parsers that claim a payload.
pub(super) fn claimed_by(text: &str) -> Vec<&'static str> {
    let Ok(payload) = Payload::read(text) else { return Vec::new() };
    PARSERS.iter().filter(|parser| parser.1(&payload)).map(|parser| parser.0).collect()
}

/// What the one parser of that name makes of a payload, every field of it, a line each.
pub(super) fn told_by(name: &str, text: &str) -> String {
    let payload = Payload::read(text).expect("the payload's syntax is sound");
    let parser = PARSERS.iter().find(|parser| parser.0 == name).expect("a parser of that name");
    told(&parser.2(&payload))
}

fn told(parsed: &Parsed) -> String {
    assert!(parsed.orders.is_empty(), "a carrier tells of no order");
    let mut lines = String::new();
    for shipment in &parsed.shipments {
        let carrier = shipment.carrier.as_deref().unwrap_or("?");
        write!(lines, "{} {}", carrier, shipment.tracking_number).expect("a String takes all");
        if let Some(status) = shipment.status {
            write!(lines, " = {status}").expect("a String takes all");
        }
        lines.push('\n');
        let extras = [
            ("code", shipment.status_code.clone()),
            ("service", shipment.service.clone()),
            ("id", shipment.unique_id.clone()),
            ("order", shipment.order_number.clone()),
            ("estimate", shipment.estimate.as_ref().map(window)),
            ("signed by", shipment.proof.as_ref().and_then(|proof| proof.signed_by.clone())),
            ("photo", shipment.proof.as_ref().and_then(|proof| proof.photo.clone())),
            ("pickup", shipment.pickup.as_ref().map(|pickup| format!("{pickup:?}"))),
            ("from", shipment.origin.as_ref().map(place)),
            ("to", shipment.destination.as_ref().map(place)),
        ];
        for (name, value) in extras.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            writeln!(lines, "  {name}: {value}").expect("a String takes all");
        }
        for event in &shipment.events {
            let code = event.said.code.as_deref().filter(|code| *code != event.said.text).unwrap_or("-");
            // How well the gazetteer knows a small town is no business of these tests.
            let zone = match event.time.zone {
                ZoneCertainty::Place | ZoneCertainty::Assumed => "zoned",
                zone => zone.as_str(),
            };
            let time = format!("{} {zone}", event.time.to_text());
            let at = place(&event.place);
            let said = &event.said.text;
            writeln!(lines, "  {time} | {} | {code} | {said} | {at}", event.status).expect("a String takes all");
        }
    }
    for refusal in &parsed.refused {
        writeln!(lines, "refused {}: {}", refusal.at, refusal.reason).expect("a String takes all");
    }
    lines
}

fn window(estimate: &EstimateDraft) -> String {
    let end = |end: Option<Expected>| match end {
        Some(Expected::Instant(instant)) => instant.to_string(),
        Some(Expected::Local(local)) => local.to_string(),
        Some(Expected::Day(day)) => day.to_string(),
        None => "?".to_owned(),
    };
    format!("{} to {}", end(estimate.earliest), end(estimate.latest))
}

fn place(place: &EventPlace) -> String {
    [&place.facility, &place.city, &place.region, &place.postal_code, &place.country]
        .into_iter()
        .map(|part| part.as_deref().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("/")
}

const RECORDED: [(&str, &str); 11] = [
    ("royal_mail_tracking_php/royalmail_events_0.json", "royal_mail"),
    ("royal_mail_tracking_php/royalmail_events_1.json", "royal_mail"),
    ("royal_mail_tracking_php/royalmail_events_2.json", "royal_mail"),
    ("auspost_zendesk/auspost_track.json", "australia_post"),
    ("sauladam_shipment_tracker/GLS__delivered.json", "gls"),
    ("sauladam_shipment_tracker/GLS__in_transit.json", "gls"),
    ("shipit/lasership_delivered.json", "lasership"),
    ("shipit/lasership_enroute.json", "lasership"),
    ("omniship/json_track_arrived_amazon_response.json", "amazon"),
    ("omniship/json_track_shipped_amazon_response.json", "amazon"),
    ("omniship/track_pitney_bowes_response.json", "pitney_bowes"),
];

pub(super) fn recorded(file: &str) -> Option<String> {
    let bytes = std::fs::read(fixtures::folder()?.join("carriers").join(file)).expect("the fixture can be read");
    Some(decode(&bytes).into_owned())
}

#[test]
fn each_recorded_payload_is_known_by_its_own_parser_alone() {
    for (file, name) in RECORDED {
        let Some(text) = recorded(file) else { return };
        assert_eq!(claimed_by(&text), [name], "{file}");
    }
}

#[test]
fn payloads_of_other_sources_are_claimed_by_none() {
    let Some(root) = fixtures::folder() else { return };
    let ours: Vec<_> = RECORDED.iter().map(|(file, _)| root.join("carriers").join(file)).collect();
    let mut folders = vec![root.join("carriers"), root.join("aggregators"), root.join("webhooks")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.to_string_lossy();
            if ours.contains(&path) || name.ends_with(".expected.json") || name.ends_with(".tsv") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("the fixture can be read");
            assert_eq!(claimed_by(&decode(&bytes)), Vec::<&str>::new(), "{name}");
        }
    }
}

#[test]
fn the_order_of_a_list_tells_nothing() {
    for text in samples() {
        let Ok(mut body) = serde_json::from_str::<serde_json::Value>(text.trim()) else { continue };
        let [name] = claimed_by(&text)[..] else { continue };
        let before = events_told(&told_by(name, &text));
        reverse(&mut body);
        assert_eq!(events_told(&told_by(name, &body.to_string())), before, "{text}");
    }
}

fn events_told(told: &str) -> Vec<String> {
    let mut events: Vec<String> =
        told.lines().filter(|line| line.matches(" | ").count() >= 4).map(str::to_owned).collect();
    events.sort();
    events
}

fn reverse(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(values) => {
            values.reverse();
            values.iter_mut().for_each(reverse);
        }
        serde_json::Value::Object(fields) => fields.values_mut().for_each(reverse),
        _ => {}
    }
}

#[test]
fn a_repeat_is_told_once() {
    for text in samples() {
        let Ok(mut body) = serde_json::from_str::<serde_json::Value>(text.trim()) else { continue };
        let [name] = claimed_by(&text)[..] else { continue };
        let before = events_told(&told_by(name, &text));
        for list in ["trackingEvents", "events", "eventHistory", "tracking_details", "scanDetailsList", "Events"] {
            repeat(&mut body, list);
        }
        assert_eq!(events_told(&told_by(name, &body.to_string())), before, "{text}");
    }
}

/// Doubles every list of events of that name.
fn repeat(value: &mut serde_json::Value, list: &str) {
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(|value| repeat(value, list)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    serde_json::Value::Array(values) if name == list => values.extend(values.clone()),
                    value => repeat(value, list),
                }
            }
        }
        _ => {}
    }
}

/// Every parser, on a payload of whatever shape: a wrong guess of the caller must not end the program.
fn parse_with_all(text: &str) {
    let Ok(payload) = Payload::read(text) else { return };
    for (_, recognises, parse) in PARSERS {
        recognises(&payload);
        parse(&payload);
    }
}

fn samples() -> Vec<String> {
    let recorded = RECORDED.iter().filter_map(|(file, _)| recorded(file));
    recorded.chain(super::documented::payloads().map(str::to_owned)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn broken_payloads_end_no_parser(sample in 0usize..1000, cuts in prop::collection::vec((0.0f64..1.0, ".{0,6}"), 1..6)) {
        let samples = samples();
        let mut text: Vec<char> = samples[sample % samples.len()].chars().collect();
        for (place, patch) in cuts {
            let start = (place * text.len() as f64) as usize;
            let end = (start + patch.chars().count()).min(text.len());
            text.splice(start..end, patch.chars());
        }
        parse_with_all(&text.into_iter().collect::<String>());
    }

    #[test]
    fn swapped_values_end_no_parser(sample in 0usize..1000, at in 0usize..400, kind in 0usize..8) {
        let samples = samples();
        if let Ok(mut body) = serde_json::from_str::<serde_json::Value>(samples[sample % samples.len()].trim()) {
            let mut left = at;
            swap(&mut body, &mut left, kind);
            parse_with_all(&body.to_string());
        }
    }
}

/// Puts a value of another kind where the `left`-th value stands.
fn swap(value: &mut serde_json::Value, left: &mut usize, kind: usize) {
    if *left == 0 {
        let strange =
            ["null", "{}", "[]", "true", "-1", "\"null\"", "\"0001-01-01T00:00:00\"", "\"/Date(-62135596800000)/\""];
        *value = serde_json::from_str(strange[kind]).expect("sound JSON");
        *left = usize::MAX;
        return;
    }
    *left = left.saturating_sub(1);
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(|value| swap(value, left, kind)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|value| swap(value, left, kind)),
        _ => {}
    }
}
