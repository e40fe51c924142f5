//! Pushes signed deliveries at a running server, one event each over many parcels, and says what was accepted how fast:
//! `cargo bench --bench deliver -- URL SECRET COUNT CONNECTIONS [ACCEPTED_FILE]`.
//!
//! It pushes as fast as the server takes them. With DELIVER_RATE in the environment it pushes so many a second, and a
//! delivery that had to wait for its turn has taken longer by that.
//!
//! With a file, the ids of all deliveries that got their 2xx are written to it: a server that is killed meanwhile must
//! have every one of them.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use doorstep::sources::source::Source;
use doorstep::sources::verify::sign;
use jiff::Timestamp;

const PARCELS: usize = 20_000;

fn main() {
    // cargo bench adds its own flags.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [url, secret, count, connections, rest @ ..] = arguments.as_slice() else {
        println!(
            "deliver: no server named (cargo bench --bench deliver -- URL SECRET COUNT CONNECTIONS [ACCEPTED_FILE])"
        );
        return;
    };
    let (count, connections) = (count.parse().expect("COUNT"), connections.parse().expect("CONNECTIONS"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("threads");
    runtime.block_on(deliver(url.clone(), secret.clone(), count, connections, rest.first().cloned()));
}

struct Outcome {
    took: Vec<Duration>,
    accepted: Vec<String>,
    refused: usize,
}

async fn deliver(url: String, secret: String, count: usize, connections: usize, file: Option<String>) {
    doorstep::jobs::outside::install_crypto();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().expect("a client");
    let next = Arc::new(AtomicUsize::new(0));
    let run = Timestamp::now().as_microsecond();
    let rate: Option<f64> =
        std::env::var("DELIVER_RATE").ok().map(|rate| rate.parse().expect("DELIVER_RATE is a number"));
    let began = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (client, url, secret, next) = (client.clone(), url.clone(), secret.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut outcome = Outcome { took: Vec::new(), accepted: Vec::new(), refused: 0 };
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return outcome;
                    }
                    let due = rate.map(|rate| began + Duration::from_secs_f64(number as f64 / rate));
                    if let Some(due) = due {
                        tokio::time::sleep_until(due.into()).await;
                    }
                    push(&client, &url, &secret, (run, number), due, &mut outcome).await;
                }
            })
        })
        .collect();
    let mut all = Outcome { took: Vec::new(), accepted: Vec::new(), refused: 0 };
    for task in tasks {
        let outcome = task.await.expect("a task that pushes does not panic");
        all.took.extend(outcome.took);
        all.accepted.extend(outcome.accepted);
        all.refused += outcome.refused;
    }
    let elapsed = began.elapsed().as_secs_f64();
    all.took.sort();
    let at = |share: f64| {
        let index = (all.took.len() as f64 * share) as usize;
        all.took.get(index.min(all.took.len().saturating_sub(1))).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    };
    println!(
        "accepted {} of {count} in {elapsed:.1} s: {:.0}/s, p50 {:.1} ms, p99 {:.1} ms; refused or lost {}",
        all.accepted.len(),
        all.accepted.len() as f64 / elapsed,
        at(0.5),
        at(0.99),
        all.refused
    );
    if let Some(file) = file {
        let mut file = std::fs::File::create(file).expect("a file to write to");
        file.write_all((all.accepted.join("\n") + "\n").as_bytes()).expect("a file that takes it");
    }
}

async fn push(
    client: &reqwest::Client,
    url: &str,
    secret: &str,
    (run, number): (i64, usize),
    due: Option<Instant>,
    outcome: &mut Outcome,
) {
    let id = format!("bench-{run}-{number}");
    let minute = number / PARCELS % 60;
    let body = format!(
        r#"{{"shipments":[{{"tracking_number":"BENCH{:06}","carrier":"ups","events":[{{"id":"{id}","occurred_at":"2026-11-20T10:{minute:02}:00Z","status":"in_transit.arrived_facility","code":"AR","place":{{"city":"Chicago","country":"US"}}}}]}}]}}"#,
        number % PARCELS
    );
    let headers =
        sign(Source::Doorstep, secret, &id, Timestamp::now(), body.as_bytes()).expect("our own source can be signed");
    let mut request = client.post(url).body(body);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let began = due.unwrap_or_else(Instant::now);
    match request.send().await {
        Ok(response) if response.status().is_success() => {
            outcome.took.push(began.elapsed());
            outcome.accepted.push(id);
        }
        Ok(_) | Err(_) => outcome.refused += 1,
    }
}
