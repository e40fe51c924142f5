//! How many megabytes a second each source's parser reads, on one core: one line a source, over all its recorded
//! payloads (`DOORSTEP_FIXTURES`), each read as it came; over the documented ones of its tests where none is recorded.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doorstep::sources::reading::{Payload, decode};
use doorstep::sources::shop::olist::{OlistFiles, OlistOrders};
use doorstep::sources::source::{Source, parse, recognise};

#[path = "../src/sources/carrier/documented_payloads.rs"]
mod documented_payloads;
#[path = "../src/sources/samples.rs"]
mod samples;

/// As in the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The payloads of each source, whole files.
type Payloads = BTreeMap<&'static str, (Source, Vec<Vec<u8>>)>;

fn payloads(folder: &Path) -> Payloads {
    let mut found = Payloads::new();
    for (source, body) in recorded(folder) {
        found.entry(source.as_str()).or_insert((source, Vec::new())).1.push(body);
    }
    let recorded: Vec<&str> = found.keys().copied().collect();
    let csv = file_of(samples::DOORSTEP_CSV);
    let by_hand = [
        (Source::Shipengine, samples::SHIPENGINE),
        (Source::Karrio, samples::KARRIO),
        (Source::Doorstep, samples::DOORSTEP_JSON),
        (Source::Doorstep, csv.as_str()),
        (Source::DhlPaket, samples::DHL_PAKET),
        (Source::DhlUnified, samples::DHL_UNIFIED),
    ];
    let carriers = documented_payloads::DOCUMENTED
        .iter()
        .map(|(name, payload, _)| (name.parse::<Source>().expect("a source of that name"), *payload));
    for (source, payload) in carriers.chain(by_hand) {
        if !recorded.contains(&source.as_str()) {
            found.entry(source.as_str()).or_insert((source, Vec::new())).1.push(payload.as_bytes().to_vec());
        }
    }
    found
}

/// CSV comes as files of many orders: the rows below the header a hundred times, of other orders and parcels each time.
fn file_of(csv: &str) -> String {
    let (header, rows) = csv.split_once('\n').expect("a header");
    let of_others = |time: usize| rows.replace("100", &format!("{time}00")).replace("1Z", &format!("{time}Z"));
    std::iter::once(format!("{header}\n")).chain((1..=100).map(of_others)).collect()
}

/// Every payload under carriers, aggregators and webhooks, with the source that recognises it.
fn recorded(folder: &Path) -> Vec<(Source, Vec<u8>)> {
    let mut left: Vec<PathBuf> = ["carriers", "aggregators", "webhooks"].map(|name| folder.join(name)).to_vec();
    let mut found = Vec::new();
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
        let source = recognise(&Payload::read(&decode(&body)).expect("well-formed")).expect("a source that knows it");
        found.push((name, source, body));
    }
    found.sort();
    found.into_iter().map(|(_, source, body)| (source, body)).collect()
}

fn parsers(criterion: &mut Criterion) {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    let folder = std::env::var_os("DOORSTEP_FIXTURES").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: no fixtures folder at {} (set DOORSTEP_FIXTURES)", folder.display());
        return;
    }
    let mut group = criterion.benchmark_group("parser");
    for (name, (source, bodies)) in payloads(&folder) {
        let bytes: usize = bodies.iter().map(Vec::len).sum();
        group.throughput(Throughput::BytesDecimal(bytes as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for body in &bodies {
                    black_box(parse(Some(source), black_box(body)));
                }
            });
        });
    }
    let texts = OlistFiles::NAMES
        .map(|name| std::fs::read_to_string(folder.join("datasets/olist").join(name)).expect("a table of Olist's"));
    let [orders, items, customers, sellers, payments, products] = texts.each_ref().map(String::as_str);
    let files = OlistFiles { orders, items, customers, sellers, payments, products };
    group.throughput(Throughput::BytesDecimal(texts.iter().map(|text| text.len() as u64).sum()));
    // As the import does: one order after the other.
    group.bench_function("olist", |bencher| bencher.iter(|| OlistOrders::new(black_box(files)).map(black_box).count()));
    group.finish();
}

criterion_group!(benches, parsers);
criterion_main!(benches);
