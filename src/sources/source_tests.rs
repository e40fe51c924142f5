use super::*;
use crate::testing::fixtures;
use proptest::prelude::*;

/// Each fixture folder, and the source that its payloads are of.
const FOLDERS: [(&str, Source); 9] = [
    ("aggregators/easypost", Source::Easypost),
    ("aggregators/aftership", Source::Aftership),
    ("aggregators/shippo", Source::Shippo),
    ("aggregators/seventeentrack", Source::Seventeentrack),
    ("webhooks/easypost", Source::Easypost),
    ("webhooks/go_shopify", Source::Shopify),
    ("webhooks/shopify_python_api", Source::Shopify),
    ("webhooks/woocommerce_docs", Source::Woocommerce),
    ("webhooks/ups_official_docs", Source::Ups),
];

fn payloads() -> Vec<(String, Source, Vec<u8>)> {
    let Some(folder) = fixtures::folder() else { return Vec::new() };
    let mut found = Vec::new();
    for (name, source) in FOLDERS {
        let files = std::fs::read_dir(folder.join(name)).expect("a folder of fixtures");
        for file in
            files.map(|file| file.expect("a file").path()).filter(|path| path.extension().is_some_and(|e| e == "json"))
        {
            found.push((file.display().to_string(), source, std::fs::read(&file).expect("a readable file")));
        }
    }
    found.sort();
    found
}

#[test]
fn every_recorded_payload_is_recognised_and_read_without_a_fault() {
    for (name, source, body) in payloads() {
        let text = decode(&body);
        let payload = Payload::read(&text).expect("well-formed");
        assert_eq!(recognise(&payload), Some(source), "{name}");
        let parsed = parse(None, &body);
        let faults: Vec<_> = parsed.refused.iter().filter(|refusal| !refusal.is_ignored()).collect();
        if name.ends_with("test_invalid_create_3.json") {
            assert_eq!(faults.len(), 1, "an error body under HTTP 200 is refused");
        } else {
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
        let said = parsed.orders.len() + parsed.shipments.len() + parsed.refused.len();
        assert!(said > 0, "{name} says nothing");
        for shipment in &parsed.shipments {
            assert!(shipment.events.is_sorted_by_key(|event| event.sort_instant()), "{name}: events oldest first");
        }
    }
}

#[test]
fn names_and_aliases_read_back() {
    for source in Source::ALL {
        assert_eq!(source.as_str().parse(), Ok(*source));
    }
    for (alias, source) in
        [("17track", Source::Seventeentrack), ("woo", Source::Woocommerce), (" Shopify ", Source::Shopify)]
    {
        assert_eq!(alias.parse(), Ok(source));
    }
    let fault = "nobody".parse::<Source>().expect_err("no source").to_string();
    assert!(fault.contains("shopify") && fault.contains("nobody"), "{fault}");
}

#[test]
fn what_nobody_knows_is_refused_with_what_to_do() {
    for body in [r#"{"foo": 1}"#, "[1, 2]", "hello", "<a/>", r#"{"orders": 3}"#, "[]", "{}"] {
        let parsed = parse(None, body.as_bytes());
        assert_eq!(parsed.refused.len(), 1, "{body}");
        assert!(parsed.refused[0].reason.contains("--source"), "{body}: {:?}", parsed.refused);
    }
    assert!(parse(None, b"").refused[0].reason.contains("empty"));
    assert!(parse(Some(Source::Shopify), br#"{"orders": ["#).refused[0].reason.contains("broken JSON"));
}

#[test]
fn lines_of_json_are_read_one_by_one() {
    let lines = concat!(
        r#"{"order_number":"1","items":[{"title":"Lamp"}]}"#,
        "\n\n",
        r#"{"order_number":"2","#,
        "\n",
        r#"{"order_number":"3","items":[{"title":"Lamp","quantity":"many"}]}"#,
        "\n",
        r#"{"tracking_number":"T1","occurred_at":"2026-05-04T09:30:00+02:00","status":"delivered.delivered"}"#,
        "\n",
    );
    let parsed = parse(Some(Source::Doorstep), lines.as_bytes());
    assert_eq!(parsed.orders.len(), 1);
    assert_eq!(parsed.shipments.len(), 1);
    let at: Vec<&str> = parsed.refused.iter().map(|refusal| refusal.at.as_str()).collect();
    assert_eq!(at, ["line 3", "line 4: items[0].quantity"]);
}

#[test]
fn a_broken_first_line_spoils_only_itself() {
    let lines = "{\"order_number\": }\n{\"order_number\":\"2\",\"items\":[]}\n{\"order_number\":\"3\",\"items\":[]}\n";
    let parsed = parse(Some(Source::Doorstep), lines.as_bytes());
    assert_eq!(parsed.orders.len(), 2);
    assert_eq!(parsed.refused.len(), 1);
    assert_eq!(parsed.refused[0].at, "line 1");
}

#[test]
fn mutated_payloads_never_panic() {
    let payloads = payloads();
    if payloads.is_empty() {
        return;
    }
    let strategy =
        (0..payloads.len(), proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12));
    proptest!(ProptestConfig::with_cases(400), |((which, changes) in strategy)| {
        let (_, source, body) = &payloads[which];
        let mut body = body.clone();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let _ = parse(None, &body);
        let _ = parse(Some(*source), &body);
    });
}

#[test]
fn random_texts_never_panic() {
    let lines = "(order_number,tracking_number,status,event_time,quantity\n)?([\\PC\n,;\"{}\\[\\]<>/&%:0-9-]{0,200})";
    proptest!(ProptestConfig::with_cases(200), |(text in lines)| {
        let _ = parse(None, text.as_bytes());
        for source in Source::ALL {
            let _ = parse(Some(*source), text.as_bytes());
        }
    });
}

/// Values of the wrong kind in the right places: what byte changes rarely make.
#[test]
fn payloads_with_swapped_values_never_panic() {
    let odd = [
        serde_json::json!(null),
        serde_json::json!("x"),
        serde_json::json!(-1e300),
        serde_json::json!([[]]),
        serde_json::json!({"a": 1}),
    ];
    for (_, source, body) in payloads().iter().filter(|(_, _, body)| body.len() < 6_000) {
        let value: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        let mut paths = Vec::new();
        collect_paths(&value, String::new(), &mut paths);
        for (index, path) in paths.iter().enumerate() {
            let mut value = value.clone();
            *value.pointer_mut(path).expect("a path of it") = odd[index % odd.len()].clone();
            let body = value.to_string();
            let _ = parse(None, body.as_bytes());
            let _ = parse(Some(*source), body.as_bytes());
        }
    }
}

fn collect_paths(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect_paths(item, format!("{path}/{index}"), paths));
        }
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| collect_paths(field, format!("{path}/{name}"), paths));
        }
        _ => {}
    }
    paths.push(path);
}

/// Otherwise the order in which sources are tried would decide, and a new source could take another's payloads.
#[test]
fn every_recorded_payload_is_known_by_one_source_alone() {
    let Some(folder) = fixtures::folder() else { return };
    let mut left = ["carriers", "aggregators", "webhooks"].map(|name| folder.join(name)).to_vec();
    let mut read = 0;
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let name = path.display().to_string();
        if name.ends_with(".expected.json") || !(name.ends_with(".json") || name.ends_with(".xml")) {
            continue;
        }
        let body = std::fs::read(&path).expect("a readable file");
        let text = decode(&body);
        let payload = Payload::read(&text).expect("well-formed");
        let known: Vec<Source> = Source::ALL.iter().copied().filter(|source| source.recognises(&payload)).collect();
        assert_eq!(known.len(), 1, "{name}: {known:?}");
        read += 1;
    }
    assert!(read > 80, "only {read} payloads");
}
