//! What is foretold of a parcel in the fold, and of an order of which no parcel exists yet.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::orders::{BrandId, OrderId};
use crate::tracking::estimate::Journey;
use crate::tracking::estimate::history::{CONFIDENCE, History};
use crate::tracking::estimate::known::{Known, at_destination, moment, start_of};
use crate::tracking::estimate::ledger::{End, Ledger, ledger};
use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::scans::visible;
use crate::tracking::summary::{Claims, Missed, Window};

use super::super::estimates::{self, BeforeShipping, Kept};
use super::super::incidents::FoldSettings;
use super::super::{Conn, Result, fetch_optional, instant};
use super::fold::{order_facts, zone_of};

/// All that is known of a parcel but its events.
pub(super) struct Foretelling {
    pub journey: Journey,
    /// The destination's.
    pub zone: TimeZone,
    pub cancelled_at: Option<Timestamp>,
}

impl Foretelling {
    /// The parcel's ledger, gone on from what was kept.
    pub(super) fn up_to(&self, now: Timestamp, events: &[TrackingEvent], history: &History, kept: &Kept) -> Ledger {
        let base = Journey { is_over: self.cancelled_at.is_some() || kept.is_closed(), ..self.journey.clone() };
        let events = at_destination(&visible(events, now), &self.zone);
        let said = kept.said();
        let mut ledger = ledger(history, &base, &events, said, moment(now, &self.zone), CONFIDENCE);
        if kept.is_closed() {
            ledger.revisions = said.0.to_vec();
        }
        if let (None, Some(cancelled)) = (ledger.end, self.cancelled_at) {
            ledger.end = Some(End { at: moment(cancelled, &self.zone), arrived: false });
        }
        ledger
    }
}

#[derive(sqlx::FromRow)]
struct OrderRow {
    created_at: i64,
    destination_country: Option<String>,
    destination_region: Option<String>,
    fulfilment_centre: Option<String>,
    estimate: Option<String>,
    parcels: i64,
    fold_settings: Option<String>,
    learnt: Option<i64>,
}

/// Foretells an order of which no parcel exists yet. True when its page would differ.
pub async fn estimate_order(conn: &mut Conn, brand: BrandId, order: OrderId, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        OrderRow,
        "SELECT orders.created_at, destination_country, destination_region, fulfilment_centre, estimate, fold_settings, learnt,
            (SELECT COUNT(*) FROM shipments WHERE shipments.brand_id = orders.brand_id AND shipments.order_id = orders.order_id) AS parcels
         FROM orders LEFT JOIN brands ON brands.brand_id = orders.brand_id WHERE orders.brand_id = $1 AND order_id = $2",
        brand.0,
        order.0,
    )?;
    // Its parcels tell it from then on.
    let Some(row) = row.filter(|row| row.parcels == 0) else { return Ok(false) };
    let facts = order_facts(conn, brand, order).await?;
    let settings = row.fold_settings.as_deref().map(FoldSettings::read).transpose()?.unwrap_or_default();
    let (country, region) = (row.destination_country.as_deref(), row.destination_region.as_deref());
    let ordered =
        EventPlace { country: country.map(str::to_owned), region: region.map(str::to_owned), ..EventPlace::default() };
    let zone = zone_of(None, &ordered, &settings);
    let known = Known {
        id: &order.0.to_string(),
        carrier: None,
        service: None,
        claims: &Claims::default(),
        sent_from: row.fulfilment_centre.as_deref(),
        country,
        region,
        zone: &zone,
        placed_at: facts.steps.placed_at,
        ship_by: facts.ship_by,
        promised: facts.promised.as_ref(),
        told_at: instant(row.created_at),
    };
    let base = Journey { is_over: facts.steps.cancelled_at.is_some(), ..known.journey() };
    let before = row.estimate.as_deref().map(BeforeShipping::read).transpose()?.unwrap_or_default();
    let history = estimates::history(conn, brand, row.learnt.unwrap_or(0)).await?;
    let said = (before.revisions.as_slice(), &before.walked);
    let ledger = ledger(&history, &base, &[], said, moment(now, &zone), CONFIDENCE);
    let promised = facts.promised.as_ref();
    let window = ledger
        .present()
        .map(|present| Window { missed: ledger.missed().map(Missed::of), ..Window::of(&present.estimate, promised) });
    let over = window.and_then(|window| window.latest.tomorrow().ok()).map(|day| start_of(day, &zone));
    let told = BeforeShipping { window, revisions: ledger.revisions, walked: ledger.walked };
    let look_again = over.filter(|over| *over > now);
    estimates::keep_before_shipping(conn, brand, order, row.estimate.as_deref(), &told, look_again).await
}
