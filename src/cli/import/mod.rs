//! `import`: orders, shipments, trackings and products from files of any source into the store.
//!
//! Which files are meant is told in `files`. What they say is read in `sources` and written down by `store::ingest`.

pub(super) mod files;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::json;

use crate::clock::Clock;
use crate::sources::catalogue::{self, Assumed};
use crate::sources::shop::olist::OlistOrders;
use crate::sources::source::{Source, parse};
use crate::sources::{OrderDraft, Parsed, Refusal, ShipmentDraft};
use crate::store::brands::Published;
use crate::store::catalogue::Imported;
use crate::store::ingest::{Applied, Counts, Teller, apply};
use crate::store::{Store, StoreError, Urgency};

use super::named::{self, SourceName};
use super::{Problem, catalogue as products, say, settings};
use files::Input;

/// Drafts written in one transaction: a shopper's own write waits for one of these at most.
const TOGETHER: usize = 200;

#[derive(Debug, Args)]
pub struct Import {
    /// Brand whose orders they are, by its slug
    #[arg(long, value_name = "SLUG")]
    brand: String,
    /// Who wrote the files; `auto` tells by their shape
    #[arg(long, default_value = "auto")]
    source: Wrote,
    /// Print the counts and what was refused as JSON
    #[arg(long)]
    json: bool,
    /// Files, or folders of them (JSON, NDJSON, CSV, XML; for Olist the folder of its tables)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Who wrote the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrote {
    /// Told by their shape.
    Anyone,
    Source(Source),
    /// A shop's list of what it sells.
    Catalogue,
}

/// Names of lists of products; which of them it is shows in its shape.
const CATALOGUES: [&str; 7] =
    ["catalogue", "products", "dummyjson", "books", "google_merchant", "shopify_products", "woocommerce_products"];

impl FromStr for Wrote {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let plain = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        if CATALOGUES.contains(&plain.as_str()) {
            return Ok(Wrote::Catalogue);
        }
        match name.parse() {
            Ok(SourceName(None)) => Ok(Wrote::Anyone),
            Ok(SourceName(Some(source))) => Ok(Wrote::Source(source)),
            Err(not) => Err(format!("{not}; for products {}", CATALOGUES.join(", "))),
        }
    }
}

impl Wrote {
    fn source(self) -> Option<Source> {
        match self {
            Wrote::Source(source) => Some(source),
            Wrote::Anyone | Wrote::Catalogue => None,
        }
    }
}

pub async fn run(asked: Import) -> Result<(), Problem> {
    let inputs = files::inputs(&asked.files, asked.source.source())?;
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?;
    let mut import = Importer::new(&store, &brand, Clock::System, say::progress(0));
    for input in &inputs {
        import.read(input, asked.source).await?;
    }
    import.bar.finish_and_clear();
    let report = import.report;
    store.close().await;
    if asked.json { say::json(&report.for_machines()) } else { say::line(report.to_line()) }
}

/// One part that was not taken, for a person to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Refused {
    file: String,
    at: String,
    reason: String,
}

#[derive(Debug, Default)]
struct Report {
    orders: Counts,
    shipments: Counts,
    events: Counts,
    products: Imported,
    refused: Vec<Refused>,
}

impl Report {
    fn add(&mut self, applied: &Applied) {
        for (mine, theirs) in [
            (&mut self.orders, applied.orders),
            (&mut self.shipments, applied.shipments),
            (&mut self.events, applied.events),
        ] {
            mine.new += theirs.new;
            mine.known += theirs.known;
        }
    }

    fn to_line(&self) -> String {
        let products = match self.products {
            Imported { new: 0, known: 0 } => String::new(),
            Imported { new, known } => format!(" · products new={new} known={known}"),
        };
        format!(
            "orders new={} known={} refused={} · shipments new={} known={} · events new={} known={}{products}",
            self.orders.new,
            self.orders.known,
            self.refused.len(),
            self.shipments.new,
            self.shipments.known,
            self.events.new,
            self.events.known,
        )
    }

    fn for_machines(&self) -> serde_json::Value {
        json!({
            "orders": { "new": self.orders.new, "known": self.orders.known, "refused": self.refused.len() },
            "shipments": { "new": self.shipments.new, "known": self.shipments.known },
            "events": { "new": self.events.new, "known": self.events.known },
            "products": { "new": self.products.new, "known": self.products.known },
            "refused": self.refused,
        })
    }
}

/// Where a draft stands in its file, and the draft as a payload of its own.
type Placed = (String, Parsed);

struct Importer<'a> {
    store: &'a Store,
    brand: &'a Published,
    clock: Clock,
    bar: ProgressBar,
    report: Report,
}

impl<'a> Importer<'a> {
    fn new(store: &'a Store, brand: &'a Published, clock: Clock, bar: ProgressBar) -> Self {
        Importer { store, brand, clock, bar, report: Report::default() }
    }

    async fn read(&mut self, input: &Input, wrote: Wrote) -> Result<(), Problem> {
        match input {
            Input::File(path) => {
                let body = files::read(path)?;
                let is_unknown = wrote == Wrote::Anyone && files::who_wrote(&body).is_none();
                if wrote == Wrote::Catalogue || (is_unknown && catalogue::recognises(&body)) {
                    return self.read_catalogue(path, &body).await;
                }
                let source = wrote.source();
                let wrote = source.or_else(|| files::who_wrote(&body)).unwrap_or(Source::Doorstep);
                let parsed = parse(source, &body);
                self.bar.inc_length((parsed.orders.len() + parsed.shipments.len()) as u64);
                self.take(path, wrote, parsed).await
            }
            Input::Olist(folder) => self.read_olist(folder).await,
        }
    }

    async fn read_catalogue(&mut self, path: &Path, body: &[u8]) -> Result<(), Problem> {
        let brand = &self.brand.brand;
        let shop = brand.links.shop.as_deref().map(|shop| shop.trim_end_matches('/').to_owned());
        let parsed = catalogue::parse(body, &Assumed { currency: brand.catalogue.currency.clone(), shop });
        for refusal in parsed.refused {
            self.refuse(path, refusal);
        }
        let written = products::write(self.store, self.brand.brand_id, &parsed.products, self.clock.now()).await;
        let written = written.map_err(|error| ended_early(path, &error))?;
        self.report.products.new += written.new;
        self.report.products.known += written.known;
        Ok(())
    }

    /// Olist's tables hold a hundred thousand orders: they are written as they are read.
    async fn read_olist(&mut self, folder: &Path) -> Result<(), Problem> {
        let tables = files::OlistTables::read(folder)?;
        // An order and its parcel a line, but for the few orders that were never sent.
        self.bar.inc_length(2 * tables.order_lines());
        let mut orders = OlistOrders::new(tables.as_files());
        let refused = std::mem::take(&mut orders.refused);
        self.take(folder, Source::Olist, Parsed { refused, ..Parsed::default() }).await?;
        loop {
            let mut parsed = Parsed::default();
            for read in orders.by_ref().take(TOGETHER / 2) {
                match read {
                    Ok(read) => {
                        parsed.orders.push(read.order);
                        parsed.shipments.extend(read.shipment);
                    }
                    Err(refusal) => parsed.refused.push(refusal),
                }
            }
            if parsed == Parsed::default() {
                return Ok(());
            }
            self.take(folder, Source::Olist, parsed).await?;
        }
    }

    /// Writes down what one file says, a batch at a time.
    async fn take(&mut self, file: &Path, source: Source, parsed: Parsed) -> Result<(), Problem> {
        self.bar.set_message(file.display().to_string());
        for refusal in parsed.refused {
            self.refuse(file, refusal);
        }
        let orders = parsed.orders.into_iter().enumerate().map(placed_order);
        let shipments = parsed.shipments.into_iter().enumerate().map(placed_shipment);
        let mut drafts = orders.chain(shipments);
        loop {
            let batch: Vec<Placed> = drafts.by_ref().take(TOGETHER).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.write(file, source, &batch).await?;
            self.bar.inc(batch.len() as u64);
        }
    }

    async fn write(&mut self, file: &Path, source: Source, batch: &[Placed]) -> Result<(), Problem> {
        let began = Instant::now();
        match self.write_together(source, batch).await {
            Ok(applied) => self.note(file, applied),
            // One that the store cannot hold must not take the others with it.
            Err(StoreError::Broken(_)) => {
                for draft in batch {
                    match self.write_together(source, std::slice::from_ref(draft)).await {
                        Ok(applied) => self.note(file, applied),
                        Err(StoreError::Broken(reason)) => {
                            let reason = format!("the store cannot hold it: {reason}");
                            self.refuse(file, Refusal { at: draft.0.clone(), reason });
                        }
                        Err(error) => return Err(ended_early(file, &error)),
                    }
                }
            }
            Err(error) => return Err(ended_early(file, &error)),
        }
        // Other processes write between our batches only if we leave them the time.
        tokio::time::sleep(began.elapsed() / 10).await;
        Ok(())
    }

    async fn write_together(&self, source: Source, batch: &[Placed]) -> Result<Applied, StoreError> {
        let teller = Teller {
            vault: self.store.vault(),
            brand: self.brand.brand_id,
            region: Some(&self.brand.brand.region),
            source: source.as_str(),
            now: self.clock.now(),
        };
        let mut conn = self.store.write(Urgency::Batch).await?;
        let mut all = Applied::default();
        for (at, draft) in batch {
            let mut applied = apply(&mut conn, &teller, draft).await?;
            for refusal in &mut applied.refused {
                refusal.at.clone_from(at);
            }
            all.add(applied);
        }
        conn.commit().await?;
        Ok(all)
    }

    fn note(&mut self, file: &Path, mut applied: Applied) {
        for refusal in std::mem::take(&mut applied.refused) {
            self.refuse(file, refusal);
        }
        self.report.add(&applied);
    }

    fn refuse(&mut self, file: &Path, refusal: Refusal) {
        let file = file.display().to_string();
        let is_ignored = refusal.is_ignored();
        self.bar.suspend(|| match is_ignored {
            true => eprintln!("{file}: {}: {}", refusal.at, refusal.reason),
            false => eprintln!("{file}: {}: refused: {}", refusal.at, refusal.reason),
        });
        if !is_ignored {
            self.report.refused.push(Refused { file, at: refusal.at, reason: refusal.reason });
        }
    }
}

fn placed_order((index, order): (usize, OrderDraft)) -> Placed {
    (format!("orders[{index}] ({})", order.number), Parsed { orders: vec![order], ..Parsed::default() })
}

fn placed_shipment((index, shipment): (usize, ShipmentDraft)) -> Placed {
    let at = format!("shipments[{index}] ({})", shipment.tracking_number);
    (at, Parsed { shipments: vec![shipment], ..Parsed::default() })
}

fn ended_early(file: &Path, error: &StoreError) -> Problem {
    format!("{}: {error}; what came before is kept, and running it again adds only the rest", file.display())
}
