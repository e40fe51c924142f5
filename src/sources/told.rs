//! What a payload is read as, in a form that a test can hold whole: JSON without what is absent.

use serde_json::{Value, json};

use super::source::{Source, parse};
use super::{Parsed, ShipmentDraft};

/// Reads the payload as this source and as whichever recognises it: both must agree.
pub fn told(source: Source, body: &str) -> Value {
    let parsed = parse(Some(source), body.as_bytes());
    assert_eq!(parsed, parse(None, body.as_bytes()), "recognised as {source}");
    as_json(&parsed)
}

pub fn as_json(parsed: &Parsed) -> Value {
    let mut value = json!({
        "orders": parsed.orders,
        "shipments": parsed.shipments.iter().map(shipment).collect::<Vec<_>>(),
        "refused": parsed.refused.iter().map(|refusal| format!("{}: {}", refusal.at, refusal.reason)).collect::<Vec<_>>(),
    });
    prune(&mut value);
    value
}

fn shipment(shipment: &ShipmentDraft) -> Value {
    let events: Vec<Value> = shipment
        .events
        .iter()
        .map(|event| {
            json!([
                format!("{} {}", event.time.to_text(), event.time.zone.as_str()),
                event.status,
                event.said.code,
                event.said.text,
                event.place.to_text(),
            ])
        })
        .collect();
    let mut value = json!(shipment);
    value["events"] = json!(events);
    value
}

fn prune(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().filter(|item| !item.is_array()).for_each(prune),
        Value::Object(fields) => {
            fields.values_mut().for_each(prune);
            fields.retain(|_, field| match field {
                Value::Null => false,
                Value::Array(items) => !items.is_empty(),
                Value::Object(fields) => !fields.is_empty(),
                _ => true,
            });
        }
        _ => {}
    }
}
