//! What sources said, written down: orders, shipments, events, and the fold, all in the transaction of the caller.

mod estimate;
mod events;
mod fold;
mod hand;
mod orders;
mod parcel;
mod shipments;

use std::borrow::Cow;
use std::collections::BTreeSet;

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
pub use fold::{OrderFacts, order_facts, promised, refold, refold_all, touch_shipment};
pub use orders::touch_order;

use hand::Hand;
use orders::apply_order;
use shipments::{apply_shipment, number_of, order_key_of};

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
    // A shop mostly tells of orders alone.
    if parsed.shipments.is_empty() {
        return Ok(applied);
    }
    let mut hand = Hand::open(conn, teller.brand, teller.now).await?;
    applied.add(apply_shipments(conn, &mut hand, teller, parsed).await?);
    hand.put_down(conn).await?;
    Ok(applied)
}

/// The same for payloads of one brand that tell of no order, in as few statements as they share.
pub async fn apply_together(conn: &mut Conn, told: &[(Teller<'_>, &Parsed)]) -> Result<Vec<Applied>> {
    let Some((first, _)) = told.first() else { return Ok(Vec::new()) };
    let mut hand = Hand::open(conn, first.brand, first.now).await?;
    let drafts = || told.iter().flat_map(|(_, parsed)| &parsed.shipments);
    let orders: Vec<String> = drafts().filter_map(order_key_of).collect();
    hand.turn_to_orders(conn, &orders.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let numbers: Vec<String> = drafts().filter_map(|draft| number_of(draft).ok()).collect();
    hand.reach(conn, &numbers.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let mut applied = Vec::with_capacity(told.len());
    for (teller, parsed) in told {
        let mut one = apply_shipments(conn, &mut hand, teller, parsed).await?;
        one.refused.splice(..0, parsed.refused.iter().cloned());
        applied.push(one);
    }
    hand.put_down(conn).await?;
    Ok(applied)
}

async fn apply_shipments(conn: &mut Conn, hand: &mut Hand, teller: &Teller<'_>, parsed: &Parsed) -> Result<Applied> {
    let mut applied = Applied::default();
    for (position, shipment) in parsed.shipments.iter().enumerate() {
        for shipment in told_apart(shipment) {
            match apply_shipment(conn, hand, teller, &shipment).await? {
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
pub(super) async fn take_turns(conn: &mut Conn, brand: BrandId, kind: &str, keys: &[&str]) -> Result<()> {
    if !conn.is_postgres() || keys.is_empty() {
        return Ok(());
    }
    let number = |key: &&str| {
        let digest = super::seal::sha256(format!("{brand} {kind} {key}").as_bytes());
        digest.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
    };
    // All in one order: nobody waits for somebody who waits for them.
    let numbers: BTreeSet<i64> = keys.iter().map(number).collect();
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    super::fetch_all!(
        conn,
        (i64,),
        "SELECT COUNT(pg_advisory_xact_lock(number)) FROM UNNEST(string_to_array($1, ',')::BIGINT[]) AS turns (number)",
        numbers.join(","),
    )?;
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
