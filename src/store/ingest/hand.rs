//! The parcels that a transaction works on: picked up together, told of and folded in memory, put down together.
//!
//! A delivery costs the store a share of a dozen statements instead of a dozen of its own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::{BrandId, ShipmentId};
use crate::tracking::estimate::history::History;
use crate::tracking::event::TrackingEvent;

use super::super::incidents::FoldSettings;
use super::super::rows::{execute_among, fetch_among, insert_rows};
use super::super::{Conn, Result, StoreError, estimates, execute, fetch_all, fetch_optional, micros};
use super::events::{self, NewEvent};
use super::parcel::{COLUMNS, OrderColumns, Parcel, ParcelRow};
use super::take_turns;

/// Parcels of one brand.
pub(super) struct Hand {
    pub brand: BrandId,
    pub now: Timestamp,
    pub settings: FoldSettings,
    pub history: Arc<History>,
    parcels: Vec<Parcel>,
    /// Numbers of which every parcel is in hand, or that nobody told of before.
    reached: HashSet<String>,
    /// Keys of orders that it is this transaction's turn to tell of.
    orders: HashSet<String>,
    touched_orders: BTreeSet<Uuid>,
    /// Since when nothing else could be done on this thread.
    busy_since: Instant,
}

/// Pages are written by the threads that fold: none waits for longer than this.
const BUSY_FOR: Duration = Duration::from_millis(1);

/// A parcel's place in the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

impl Hand {
    pub(super) async fn open(conn: &mut Conn, brand: BrandId, now: Timestamp) -> Result<Hand> {
        let row = fetch_optional!(
            conn,
            (String, i64),
            "SELECT fold_settings, learnt FROM brands WHERE brand_id = $1",
            brand.0
        )?;
        let (settings, learnt) = row.unwrap_or_else(|| ("{}".to_owned(), 0));
        Ok(Hand {
            brand,
            now,
            settings: FoldSettings::read(&settings)?,
            history: estimates::history(conn, brand, learnt).await?,
            parcels: Vec::new(),
            reached: HashSet::new(),
            orders: HashSet::new(),
            touched_orders: BTreeSet::new(),
            busy_since: Instant::now(),
        })
    }

    /// Lets others go on between two parcels of a long row.
    pub(super) async fn make_way(&mut self) {
        if self.busy_since.elapsed() > BUSY_FOR {
            tokio::task::yield_now().await;
            self.busy_since = Instant::now();
        }
    }

    pub(super) fn parcel(&self, Place(at): Place) -> &Parcel {
        &self.parcels[at]
    }

    pub(super) fn parcel_mut(&mut self, Place(at): Place) -> &mut Parcel {
        &mut self.parcels[at]
    }

    /// The parcel with what the fold takes from its brand.
    pub(super) fn parcel_and_brand(&mut self, Place(at): Place) -> (&mut Parcel, &FoldSettings, &History) {
        (&mut self.parcels[at], &self.settings, &self.history)
    }

    pub(super) fn add(&mut self, parcel: Parcel) -> Place {
        self.parcels.push(parcel);
        Place(self.parcels.len() - 1)
    }

    /// The parcels that had a number, newest first.
    pub(super) fn with_number(&self, number: &str) -> Vec<Place> {
        self.places(|parcel| parcel.description.tracking_number == number)
    }

    pub(super) fn of_fulfilment(&self, fulfilment: &str) -> Vec<Place> {
        self.places(|parcel| parcel.description.fulfilment_id.as_deref() == Some(fulfilment))
    }

    fn places(&self, is_meant: impl Fn(&Parcel) -> bool) -> Vec<Place> {
        let mut places: Vec<usize> = (0..self.parcels.len()).filter(|at| is_meant(&self.parcels[*at])).collect();
        places.sort_by_key(|at| std::cmp::Reverse((self.parcels[*at].created_at, self.parcels[*at].id.0)));
        places.into_iter().map(Place).collect()
    }

    /// On PostgreSQL whoever tells of these orders waits.
    pub(super) async fn turn_to_orders(&mut self, conn: &mut Conn, keys: &[&str]) -> Result<()> {
        let new: BTreeSet<&str> = keys.iter().copied().filter(|key| !self.orders.contains(*key)).collect();
        let new: Vec<&str> = new.into_iter().collect();
        take_turns(conn, self.brand, "order", &new).await?;
        self.orders.extend(new.into_iter().map(str::to_owned));
        Ok(())
    }

    /// Picks up every parcel that had one of these numbers. On PostgreSQL whoever tells of the same ones waits.
    pub(super) async fn reach(&mut self, conn: &mut Conn, numbers: &[&str]) -> Result<()> {
        let new: BTreeSet<&str> = numbers.iter().copied().filter(|number| !self.reached.contains(*number)).collect();
        let new: Vec<&str> = new.into_iter().collect();
        if new.is_empty() {
            return Ok(());
        }
        take_turns(conn, self.brand, "parcel", &new).await?;
        self.reached.extend(new.iter().map(|number| (*number).to_owned()));
        // Parcels without a number have nothing in common.
        let numbered: Vec<&str> = new.into_iter().filter(|number| !number.is_empty()).collect();
        if conn.is_postgres() {
            fetch_among!(
                conn,
                (Uuid,),
                "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND tracking_number IN ",
                [self.brand.0],
                &numbered,
                " ORDER BY shipment_id FOR UPDATE"
            );
        }
        let rows =
            fetch_among!(conn, ParcelRow, format!("{COLUMNS} tracking_number IN "), [self.brand.0], &numbered, "");
        self.take_up(conn, rows).await
    }

    /// Picks up these parcels, each once.
    pub(super) async fn pick_up(&mut self, conn: &mut Conn, shipments: &[Uuid]) -> Result<()> {
        let in_hand: HashSet<Uuid> = self.parcels.iter().map(|parcel| parcel.id.0).collect();
        let new: BTreeSet<Uuid> = shipments.iter().copied().filter(|shipment| !in_hand.contains(shipment)).collect();
        let shipments: Vec<Uuid> = new.into_iter().collect();
        if conn.is_postgres() {
            fetch_among!(
                conn,
                (Uuid,),
                "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND shipment_id IN ",
                [self.brand.0],
                &shipments,
                " ORDER BY shipment_id FOR UPDATE"
            );
        }
        let rows = fetch_among!(
            conn,
            ParcelRow,
            format!("{COLUMNS} shipments.shipment_id IN "),
            [self.brand.0],
            &shipments,
            ""
        );
        self.take_up(conn, rows).await
    }

    async fn take_up(&mut self, conn: &mut Conn, rows: Vec<ParcelRow>) -> Result<()> {
        let in_hand: HashSet<Uuid> = self.parcels.iter().map(|parcel| parcel.id.0).collect();
        let rows: Vec<ParcelRow> = rows.into_iter().filter(|row| !in_hand.contains(&row.shipment_id)).collect();
        let shipments: Vec<Uuid> = rows.iter().map(|row| row.shipment_id).collect();
        let mut told: HashMap<ShipmentId, Vec<(events::Kept, TrackingEvent)>> = HashMap::new();
        for (shipment, kept, event) in events::events_among(conn, self.brand, &shipments).await? {
            told.entry(shipment).or_default().push((kept, event));
        }
        let mut ledgers = estimates::revisions_among(conn, self.brand, &shipments).await?;
        for row in rows {
            let shipment = ShipmentId(row.shipment_id);
            let told = told.remove(&shipment).unwrap_or_default();
            self.parcels.push(Parcel::read(row, told, ledgers.remove(&shipment).unwrap_or_default())?);
        }
        Ok(())
    }

    /// Where a parcel of that id lies.
    pub(super) fn place_of(&self, shipment: ShipmentId) -> Option<Place> {
        self.parcels.iter().position(|parcel| parcel.id == shipment).map(Place)
    }

    /// The parcel was found to be of that order.
    pub(super) async fn join_order(&mut self, conn: &mut Conn, at: Place, order: Uuid) -> Result<()> {
        #[derive(sqlx::FromRow)]
        struct Row {
            #[sqlx(flatten)]
            order: OrderColumns,
            estimate: Option<String>,
        }
        let row = fetch_optional!(
            conn,
            Row,
            "SELECT destination_country, destination_region, fulfilment_centre, placed_at, paid_at, picked_at, packed_at, cancelled_at,
                promised_earliest, promised_latest, ship_by, estimate FROM orders WHERE brand_id = $1 AND order_id = $2",
            self.brand.0,
            order,
        )?;
        let row = row.ok_or_else(|| StoreError::Broken("an order vanished while it was written".to_owned()))?;
        let parcel = self.parcel_mut(at);
        parcel.description.order_id = Some(order);
        parcel.order = row.order;
        parcel.ledger.goes_on_from(row.estimate.as_deref())
    }

    /// The page of a parcel, and of its order where it has one, would differ now.
    pub(super) fn touch(&mut self, at: Place) {
        let parcel = self.parcel_mut(at);
        parcel.pending.is_touched = true;
        if let Some(order) = parcel.description.order_id {
            self.touched_orders.insert(order);
        }
    }

    /// Writes down all that changed.
    pub(super) async fn put_down(self, conn: &mut Conn) -> Result<()> {
        let Hand { brand, now, parcels, touched_orders, .. } = self;
        write_descriptions(conn, brand, &parcels, now).await?;
        let new_events: Vec<NewEvent<'_>> = parcels.iter().flat_map(Parcel::new_events).collect();
        events::insert(conn, brand, &new_events, now).await?;
        write_summaries(conn, brand, &parcels, now).await?;
        let ledgers: Vec<_> = parcels.iter().map(|parcel| (parcel.id, &parcel.ledger)).collect();
        estimates::write_kept(conn, brand, &ledgers).await?;
        let orders: Vec<Uuid> = touched_orders.into_iter().collect();
        execute_among!(
            conn,
            "UPDATE orders SET version = version + 1, changed_at = $2 WHERE brand_id = $1 AND order_id IN ",
            [brand.0, micros(now)],
            &orders
        );
        Ok(())
    }
}

async fn write_descriptions(conn: &mut Conn, brand: BrandId, parcels: &[Parcel], now: Timestamp) -> Result<()> {
    let now = micros(now);
    let described: Vec<(&Parcel, String)> = parcels
        .iter()
        .filter(|parcel| parcel.is_new || parcel.pending.is_described)
        .map(|parcel| serde_json::to_string(&parcel.claims).map(|claims| (parcel, claims)))
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| StoreError::Broken(error.to_string()))?;
    insert_rows!(
        conn,
        "INSERT INTO shipments (brand_id, shipment_id, order_id, order_key, tracking_number, carrier, service, unique_id, fulfilment_id,
            order_source_id, source, claimed_status, claims, proof, pickup, checked_at, changed_at, created_at)",
        &described,
        |row| [
            brand.0,
            row.0.id.0,
            row.0.description.order_id,
            row.0.description.order_key.as_deref(),
            row.0.description.tracking_number.as_str(),
            row.0.description.carrier.as_deref(),
            row.0.description.service.as_deref(),
            row.0.description.unique_id.as_deref(),
            row.0.description.fulfilment_id.as_deref(),
            row.0.description.order_source_id.as_deref(),
            row.0.pending.told_by.as_deref().unwrap_or_default(),
            row.0.claims.status.map(|status| status.to_string()),
            row.1.as_str(),
            row.0.description.proof.as_deref(),
            row.0.description.pickup.as_deref(),
            now,
            now,
            row.0.created_at,
        ],
        "ON CONFLICT (brand_id, shipment_id) DO UPDATE SET order_id = excluded.order_id, order_key = excluded.order_key,
            tracking_number = excluded.tracking_number, carrier = excluded.carrier, service = excluded.service,
            unique_id = excluded.unique_id, claims = excluded.claims, proof = excluded.proof, pickup = excluded.pickup,
            claimed_status = excluded.claimed_status, checked_at = excluded.checked_at, version = shipments.version + 1,
            changed_at = excluded.changed_at"
    );
    let others = |is_told: bool, is_touched: bool| -> Vec<Uuid> {
        let is_meant = |parcel: &&Parcel| {
            !parcel.is_new
                && !parcel.pending.is_described
                && parcel.pending.told_by.is_some() == is_told
                && parcel.pending.is_touched == is_touched
        };
        parcels.iter().filter(is_meant).map(|parcel| parcel.id.0).collect()
    };
    execute_among!(
        conn,
        "UPDATE shipments SET checked_at = $2 WHERE brand_id = $1 AND shipment_id IN ",
        [brand.0, now],
        &others(true, false)
    );
    // A version that is written is told, so it is not written where nothing differs.
    execute_among!(
        conn,
        "UPDATE shipments SET checked_at = $2, version = version + 1, changed_at = $2 WHERE brand_id = $1 AND shipment_id IN ",
        [brand.0, now],
        &others(true, true)
    );
    execute_among!(
        conn,
        "UPDATE shipments SET version = version + 1, changed_at = $2 WHERE brand_id = $1 AND shipment_id IN ",
        [brand.0, now],
        &others(false, true)
    );
    Ok(())
}

async fn write_summaries(conn: &mut Conn, brand: BrandId, parcels: &[Parcel], now: Timestamp) -> Result<()> {
    let changed: Vec<_> =
        parcels.iter().filter_map(|parcel| Some((parcel, parcel.pending.summary.as_ref()?))).collect();
    insert_rows!(
        conn,
        "INSERT INTO summaries (brand_id, shipment_id, status, delivered_at, last_event_at, document, folded_at, check_at)",
        &changed,
        |row| [
            brand.0,
            row.0.id.0,
            row.1.progress.status.to_string(),
            row.1.progress.delivered_at.map(|time| micros(time.sort_instant())),
            row.1.events.last().map(|shown| micros(shown.update.time.sort_instant())),
            row.0.document.as_deref(),
            micros(now),
            row.0.check_at,
        ],
        "ON CONFLICT (brand_id, shipment_id) DO UPDATE SET status = excluded.status, delivered_at = excluded.delivered_at,
            last_event_at = excluded.last_event_at, document = excluded.document, folded_at = excluded.folded_at,
            check_at = excluded.check_at"
    );
    let moved = parcels.iter().filter(|parcel| parcel.pending.summary.is_none() && parcel.pending.is_check_moved);
    for parcel in moved {
        execute!(
            conn,
            "UPDATE summaries SET check_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
            brand.0,
            parcel.id.0,
            parcel.check_at,
        )?;
    }
    Ok(())
}

/// Parcels of a fulfilment, as a shop names it, and those that have no number but this id of a carrier's.
pub(super) async fn shipments_named(
    conn: &mut Conn,
    brand: BrandId,
    fulfilment: Option<&str>,
    unique_id: Option<&str>,
) -> Result<Vec<Uuid>> {
    let rows = fetch_all!(
        conn,
        (Uuid,),
        "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND fulfilment_id = $2
         UNION SELECT shipment_id FROM shipments WHERE brand_id = $1 AND tracking_number = '' AND unique_id = $3",
        brand.0,
        fulfilment,
        unique_id,
    )?;
    Ok(rows.into_iter().map(|(shipment,)| shipment).collect())
}
