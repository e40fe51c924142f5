//! `normalise`: what a payload means, as JSON, without a store.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::sources::source::parse;
use crate::sources::{EstimateDraft, Expected, Parsed, PickupDraft, ProofDraft, ShipmentDraft};
use crate::tracking::event::TrackingEvent;
use crate::tracking::progress::{OrderSteps, progress};

use super::named::SourceName;
use super::{Problem, say};

#[derive(Debug, Args)]
pub struct Normalise {
    /// Who wrote the payload; `auto` tells by its shape
    #[arg(long, default_value = "auto")]
    source: SourceName,
    /// The payload; standard input without it
    file: Option<PathBuf>,
}

pub fn run(asked: &Normalise) -> Result<(), Problem> {
    let body = read(asked.file.as_deref())?;
    say::json(&meaning(&parse(asked.source.0, &body)))
}

fn read(file: Option<&Path>) -> Result<Vec<u8>, Problem> {
    match file {
        Some(path) if path != Path::new("-") => {
            std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
        }
        _ => {
            let mut body = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut body);
            read.map_err(|error| format!("standard input cannot be read: {error}"))?;
            Ok(body)
        }
    }
}

/// The payload's meaning in the form that is promised to other programs. What is not said is `null`.
fn meaning(parsed: &Parsed) -> Value {
    let shipments: Vec<Value> = parsed.shipments.iter().map(shipment).collect();
    json!({ "shipments": shipments, "orders": parsed.orders, "refused": parsed.refused })
}

fn shipment(draft: &ShipmentDraft) -> Value {
    let status = draft.status.unwrap_or_else(|| progress(&draft.events, &OrderSteps::default()).status);
    json!({
        "tracking_number": said(&draft.tracking_number),
        "carrier": draft.carrier,
        "status": status.to_string(),
        "estimate": draft.estimate.as_ref().and_then(estimate),
        "proof": draft.proof.as_ref().filter(|proof| **proof != ProofDraft::default()),
        "pickup": draft.pickup.as_ref().filter(|pickup| **pickup != PickupDraft::default()),
        "events": draft.events.iter().map(event).collect::<Vec<Value>>(),
    })
}

fn estimate(draft: &EstimateDraft) -> Option<Value> {
    let text = |expected: &Option<Expected>| {
        expected.map(|expected| match expected {
            Expected::Instant(instant) => instant.to_string(),
            Expected::Local(local) => local.to_string(),
            Expected::Day(day) => day.to_string(),
        })
    };
    let (earliest, latest) = (text(&draft.earliest), text(&draft.latest));
    (earliest.is_some() || latest.is_some()).then(|| json!({ "earliest": earliest, "latest": latest }))
}

fn event(event: &TrackingEvent) -> Value {
    let place = event.place.to_text();
    json!({
        "occurred_at": event.time.to_text(),
        "zone": event.time.zone.as_str(),
        "status": event.status.to_string(),
        "code": event.said.code,
        "text": said(&event.said.text),
        "place": said(if place.is_empty() { &event.said.place } else { &place }),
    })
}

fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARCEL: &str = r#"{"tracking_number": "1Z999AA10123456784", "carrier": "ups",
        "estimate": {"earliest": "2026-03-04", "latest": "2026-03-05"},
        "events": [
            {"occurred_at": "2026-03-02T09:30:00+01:00", "status": "in_transit.departed_facility", "code": "DP", "text": "Departed",
             "place": {"city": "Köln", "country": "DE"}},
            {"occurred_at": "2026-03-01T18:00:00+01:00", "status": "info_received.label_created", "text": "Label created"}
        ]}"#;

    #[test]
    fn a_payload_is_told_in_the_promised_form() {
        let told = meaning(&parse(None, PARCEL.as_bytes()));
        assert_eq!(told["refused"], json!([]));
        assert_eq!(told["orders"], json!([]));
        let shipment = &told["shipments"][0];
        assert_eq!(shipment["tracking_number"], "1Z999AA10123456784");
        assert_eq!(shipment["carrier"], "ups");
        assert_eq!(shipment["status"], shipment["events"][1]["status"]);
        assert_eq!(shipment["estimate"], json!({ "earliest": "2026-03-04", "latest": "2026-03-05" }));
        assert_eq!(shipment["proof"], Value::Null);
        assert_eq!(shipment["pickup"], Value::Null);
        let departed = &shipment["events"][1];
        assert_eq!(departed["occurred_at"], "2026-03-02T08:30:00Z");
        assert_eq!(departed["zone"], "offset");
        assert_eq!(departed["code"], "DP");
        assert_eq!(departed["place"], "Köln, DE");
        assert_eq!(shipment["events"][0]["place"], Value::Null);
    }

    #[test]
    fn a_broken_payload_is_refused_with_its_place() {
        let told = meaning(&parse(None, b"{\"tracking_number\": "));
        assert_eq!(told["shipments"], json!([]));
        assert!(told["refused"][0]["at"].as_str().unwrap().starts_with("line 1"));
    }
}
