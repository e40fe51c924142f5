//! A parcel in hand: all that the store has of it, changed in memory by what is told and by the fold.
//!
//! It is picked up and put down with others by `hand`; nothing here speaks SQL but the list of its columns.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::ShipmentId;
use crate::sources::ShipmentDraft;
use crate::tracking::estimate::ledger::Revision;
use crate::tracking::event::{Fingerprint, TrackingEvent};
use crate::tracking::summary::{Claims, Summary};

use super::super::estimates::{EstimateColumns, Kept};
use super::super::{Result, StoreError};
use super::events::{self, NewEvent};
use super::fold::FactsRow;
use super::{Counts, PARSER_VERSION, Teller};

/// All that stands beside a parcel's events, its ledger and its items, up to the condition.
pub(super) const COLUMNS: &str = "SELECT shipments.shipment_id, shipments.order_id, shipments.order_key, tracking_number, carrier, service,
        unique_id, fulfilment_id, order_source_id, claims, proof, pickup, shipments.created_at,
        destination_country, destination_region, fulfilment_centre,
        placed_at, paid_at, picked_at, packed_at, cancelled_at, promised_earliest, promised_latest, ship_by,
        summaries.document, summaries.check_at,
        (SELECT COUNT(*) FROM incidents WHERE incidents.brand_id = shipments.brand_id AND incidents.shipment_id = shipments.shipment_id) AS incidents,
        lane, journey, walked, ended, forecasts, is_learnt, learn_at, orders.estimate AS before_shipping
     FROM shipments
        LEFT JOIN summaries ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
        LEFT JOIN estimates ON estimates.brand_id = shipments.brand_id AND estimates.shipment_id = shipments.shipment_id
        LEFT JOIN orders ON orders.brand_id = shipments.brand_id AND orders.order_id = shipments.order_id
     WHERE shipments.brand_id = $1 AND ";

#[derive(sqlx::FromRow)]
pub(super) struct ParcelRow {
    pub shipment_id: Uuid,
    #[sqlx(flatten)]
    description: Description,
    claims: String,
    created_at: i64,
    #[sqlx(flatten)]
    order: OrderColumns,
    document: Option<String>,
    check_at: Option<i64>,
    incidents: i64,
    #[sqlx(flatten)]
    estimate: EstimateColumns,
}

/// What was said of a shipment as a whole, besides its claims.
#[derive(Debug, Clone, Default, PartialEq, sqlx::FromRow)]
pub(super) struct Description {
    pub order_id: Option<Uuid>,
    pub order_key: Option<String>,
    pub tracking_number: String,
    pub carrier: Option<String>,
    pub service: Option<String>,
    pub unique_id: Option<String>,
    pub fulfilment_id: Option<String>,
    pub order_source_id: Option<String>,
    pub proof: Option<Vec<u8>>,
    pub pickup: Option<Vec<u8>>,
}

/// What the fold takes from the parcel's order.
#[derive(Default, sqlx::FromRow)]
pub(super) struct OrderColumns {
    pub destination_country: Option<String>,
    pub destination_region: Option<String>,
    pub fulfilment_centre: Option<String>,
    #[sqlx(flatten)]
    pub facts: FactsRow,
}

pub(super) struct Parcel {
    pub id: ShipmentId,
    pub is_new: bool,
    pub description: Description,
    pub claims: Claims,
    pub created_at: i64,
    pub order: OrderColumns,
    pub events: Vec<TrackingEvent>,
    pub ledger: Kept,
    pub document: Option<String>,
    pub check_at: Option<i64>,
    pub has_incidents: bool,
    /// By the key of each event: which parser read it.
    read_by: HashMap<Vec<u8>, i64>,
    pub pending: Pending,
}

/// What the store does not have yet.
#[derive(Default)]
pub(super) struct Pending {
    /// The source that told of it last.
    pub told_by: Option<String>,
    pub is_described: bool,
    /// The page would differ.
    pub is_touched: bool,
    pub summary: Option<Summary>,
    pub is_check_moved: bool,
    events: Vec<(usize, Fingerprint, String)>,
}

impl Parcel {
    pub(super) fn read(
        row: ParcelRow,
        told: Vec<(events::Kept, TrackingEvent)>,
        stored: Vec<Revision>,
    ) -> Result<Parcel> {
        let (kept, events): (Vec<_>, Vec<_>) = told.into_iter().unzip();
        Ok(Parcel {
            id: ShipmentId(row.shipment_id),
            is_new: false,
            description: row.description,
            claims: serde_json::from_str(&row.claims).map_err(|error| StoreError::Broken(error.to_string()))?,
            created_at: row.created_at,
            order: row.order,
            events,
            ledger: Kept::read(row.estimate, stored)?,
            document: row.document,
            check_at: row.check_at,
            has_incidents: row.incidents > 0,
            read_by: kept.into_iter().map(|kept| (kept.key, kept.parser_version)).collect(),
            pending: Pending::default(),
        })
    }

    /// One that nobody has told of yet.
    pub(super) fn of(draft: &ShipmentDraft, id: ShipmentId, number: &str, created_at: i64) -> Result<Parcel> {
        Ok(Parcel {
            id,
            is_new: true,
            description: Description {
                tracking_number: number.to_owned(),
                unique_id: draft.unique_id.clone(),
                fulfilment_id: draft.fulfilment_id.clone(),
                order_source_id: draft.order_source_id.clone(),
                ..Description::default()
            },
            claims: Claims::default(),
            created_at,
            order: OrderColumns::default(),
            events: Vec::new(),
            ledger: Kept::read(EstimateColumns::default(), Vec::new())?,
            document: None,
            check_at: None,
            has_incidents: false,
            read_by: HashMap::new(),
            pending: Pending::default(),
        })
    }

    pub(super) fn has_heard(&self, event: &TrackingEvent) -> bool {
        let fingerprint = event.fingerprint();
        self.events.iter().any(|known| known.fingerprint() == fingerprint)
    }

    /// Takes in what is told of it. Gives the known events of which today's parser makes something new.
    pub(super) fn hear<'e>(
        &mut self,
        teller: &Teller<'_>,
        told: &'e [TrackingEvent],
    ) -> (Counts, Vec<(&'e TrackingEvent, Fingerprint)>) {
        let (mut counts, mut reread) = (Counts::default(), Vec::new());
        for event in told {
            let fingerprint = event.fingerprint();
            let known = self.read_by.insert(fingerprint.0.to_vec(), PARSER_VERSION);
            counts.count(known.is_none());
            match known {
                None => {
                    self.pending.events.push((self.events.len(), fingerprint, teller.source.to_owned()));
                    self.events.push(event.clone());
                }
                Some(version) if version < PARSER_VERSION => {
                    let kept = self.events.iter_mut().filter(|kept| kept.fingerprint() == fingerprint);
                    for kept in kept {
                        (kept.status, kept.time, kept.place) = (event.status, event.time, event.place.clone());
                    }
                    reread.push((event, fingerprint));
                }
                Some(_) => {}
            }
        }
        (counts, reread)
    }

    pub(super) fn new_events(&self) -> impl Iterator<Item = NewEvent<'_>> {
        self.pending.events.iter().map(|(at, fingerprint, source)| NewEvent {
            shipment: self.id,
            source,
            event: &self.events[*at],
            fingerprint: *fingerprint,
        })
    }

    pub(super) fn told_at(&self) -> Timestamp {
        super::super::instant(self.created_at)
    }
}
