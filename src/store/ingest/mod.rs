//! What sources said, written down: orders, shipments, events, and the fold, all in the transaction of the caller.

mod estimate;
mod events;
mod fold;
mod orders;
mod shipments;

use std::borrow::Cow;

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::{BrandId, ShipmentId};
use crate::sources::{Parsed, Refusal, ShipmentDraft};
use crate::tracking::event::TrackingEvent;
use crate::tracking::scans::splits;

use super::seal::Vault;
use super::{Conn, Result};

pub use estimate::estimate_order;
pub use events::{events_for, unknown_codes};
pub use fold::{OrderFacts, order_facts, promised, refold, touch_shipment};
pub use orders::touch_order;

use orders::apply_order;
use shipments::apply_shipment;

/// Raised whenever a parser comes to read the same payload otherwise: replay then replaces what was derived.
pub const PARSER_VERSION: i64 = 1;

/// How many of each were new, and how many the store knew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: u64,
    pub known: u64,
}

impl Counts {
    fn count(&mut self, is_new: bool) {
        if is_new { self.new += 1 } else { self.known += 1 }
    }
}

/// What came of one payload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    pub orders: Counts,
    pub shipments: Counts,
    pub events: Counts,
    pub refused: Vec<Refusal>,
    /// Shipments whose page would differ now.
    pub changed: Vec<ShipmentId>,
}

impl Applied {
    pub fn add(&mut self, other: Applied) {
        for (mine, theirs) in
            [(&mut self.orders, other.orders), (&mut self.shipments, other.shipments), (&mut self.events, other.events)]
        {
            mine.new += theirs.new;
            mine.known += theirs.known;
        }
        self.refused.extend(other.refused);
        self.changed.extend(other.changed);
    }
}

/// Whose store is written to, by what, when.
pub struct Teller<'a> {
    pub vault: &'a Vault,
    pub brand: BrandId,
    /// Country in which phone numbers without a prefix are dialled.
    pub region: Option<&'a str>,
    pub source: &'a str,
    pub now: Timestamp,
}

/// Writes down everything one payload says. Telling it again changes nothing.
pub async fn apply(conn: &mut Conn, teller: &Teller<'_>, parsed: &Parsed) -> Result<Applied> {
    let mut applied = Applied { refused: parsed.refused.clone(), ..Applied::default() };
    for (position, order) in parsed.orders.iter().enumerate() {
        match apply_order(conn, teller, order).await? {
            Ok(is_new) => applied.orders.count(is_new),
            Err(reason) => applied.refused.push(Refusal { at: format!("orders[{position}]"), reason }),
        }
    }
    for (position, shipment) in parsed.shipments.iter().enumerate() {
        for shipment in told_apart(shipment) {
            match apply_shipment(conn, teller, &shipment).await? {
                Ok(parcels) => {
                    for told in parcels {
                        applied.shipments.count(told.is_new);
                        applied.events.new += told.events.new;
                        applied.events.known += told.events.known;
                        applied.changed.extend(told.changed);
                    }
                }
                Err(reason) => applied.refused.push(Refusal { at: format!("shipments[{position}]"), reason }),
            }
        }
    }
    Ok(applied)
}

/// One draft for each parcel that its events tell of, oldest first: a carrier that reused a number tells the histories of
/// both. What is said of the whole is said of the newest.
fn told_apart(draft: &ShipmentDraft) -> Vec<Cow<'_, ShipmentDraft>> {
    let parcels = if draft.unique_id.is_none() { splits(&draft.events) } else { Vec::new() };
    let Some((newest, earlier)) = parcels.split_last().filter(|(_, earlier)| !earlier.is_empty()) else {
        return vec![Cow::Borrowed(draft)];
    };
    let events = |parcel: &[&TrackingEvent]| parcel.iter().map(|event| (*event).clone()).collect::<Vec<_>>();
    let mut drafts: Vec<Cow<'_, ShipmentDraft>> = earlier
        .iter()
        .map(|parcel| {
            Cow::Owned(ShipmentDraft {
                tracking_number: draft.tracking_number.clone(),
                carrier: draft.carrier.clone(),
                events: events(parcel),
                ..ShipmentDraft::default()
            })
        })
        .collect();
    drafts.push(Cow::Owned(ShipmentDraft { events: events(newest), ..draft.clone() }));
    drafts
}

/// On PostgreSQL those who tell of one thing take turns until their transaction ends: two that both found it missing would
/// write it twice, and an order and its parcel would miss each other. SQLite has one writer anyway.
pub(super) async fn take_turns(conn: &mut Conn, brand: BrandId, kind: &str, key: &str) -> Result<()> {
    if conn.is_postgres() {
        let digest = super::seal::sha256(format!("{brand} {kind} {key}").as_bytes());
        let number = digest.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes));
        super::execute!(conn, "SELECT pg_advisory_xact_lock($1)", number)?;
    }
    Ok(())
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A fresh id that sorts by time.
pub fn new_id(now: Timestamp) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let random: [u8; 10] = super::seal::random_bytes();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
