//! The demo's world: two brands and their orders, every status somewhere among them.
//!
//! Who ordered what is told in `meadow` and `volt`, how a parcel came to where it is in `story`; here it is put into a store.

mod buttons;
mod catalogue;
mod goods;
mod lanes;
mod meadow;
mod people;
mod phrases;
mod story;
#[cfg(test)]
mod tests;
mod volt;
mod world;

pub use buttons::Button;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::brand::{Brand, demo::brands};
use crate::orders::BrandId;
use crate::sources::Parsed;
use crate::store::ingest::{Teller, apply};
use crate::store::{Conn, Store, StoreError, Urgency, brands as published, demo as rows, orders};
use crate::web::app::App;

use world::{DemoOrder, DemoParcel};

/// What the demo's events say they come from.
const SOURCE: &str = "demo";

const STEP_EVERY: Duration = Duration::from_secs(6);
/// So many steps a parcel that arrived stays where it is, for whoever watches.
const RESTS_FOR: u32 = 4;

fn orders_of(slug: &str) -> Vec<DemoOrder> {
    match slug {
        "meadow" => meadow::orders(),
        "volt" => volt::orders(),
        _ => Vec::new(),
    }
}

#[derive(Serialize)]
struct Sample<'a> {
    brand: &'a str,
    host: &'a str,
    order_number: &'a str,
    email: &'a str,
    phone: &'a str,
    parcels: Vec<SampleParcel<'a>>,
    moving: bool,
}

#[derive(Serialize)]
struct SampleParcel<'a> {
    tracking_number: &'a str,
    status: String,
}

/// One JSON line an order, the same at every call.
pub fn samples() -> Vec<String> {
    brands().iter().flat_map(samples_of).collect()
}

fn samples_of(brand: &Brand) -> Vec<String> {
    let host = brand.hosts.first().map_or("localhost", String::as_str);
    let line = |order: &DemoOrder| {
        let parcel =
            |parcel: &DemoParcel| SampleParcel { tracking_number: parcel.number, status: parcel.status.to_string() };
        let sample = Sample {
            brand: &brand.slug,
            host,
            order_number: order.number,
            email: order.person.email,
            phone: order.person.phone,
            parcels: order.parcels.iter().map(parcel).collect(),
            moving: order.is_moving,
        };
        serde_json::to_string(&sample).expect("a sample is plain data")
    };
    orders_of(&brand.slug).iter().map(line).collect()
}

/// Fills an empty store with the demo's brands and orders; a filled one is left as it is.
pub async fn fill(store: &Store, port: u16, now: Timestamp) -> Result<(), StoreError> {
    for brand in brands() {
        let brand = brand.on_port(port);
        let mut conn = store.write(Urgency::Batch).await?;
        let (id, _, _) = published::publish(&mut conn, &brand, now).await?;
        if !rows::holds_orders(&mut conn, id).await? {
            let told = told(&orders_of(&brand.slug), now);
            let applied = apply(&mut conn, &teller(store, id, &brand, now), &told).await?;
            if let Some(refused) = applied.refused.first() {
                return Err(StoreError::Broken(format!(
                    "the demo's {} {}: {}",
                    brand.slug, refused.at, refused.reason
                )));
            }
            catalogue::fill(&mut conn, id, &brand.slug, now).await?;
        }
        conn.commit().await?;
    }
    Ok(())
}

fn told(orders: &[DemoOrder], now: Timestamp) -> Parsed {
    Parsed {
        orders: orders.iter().map(|order| order.draft(now)).collect(),
        shipments: orders.iter().flat_map(|order| order.shipments(now)).collect(),
        refused: Vec::new(),
    }
}

fn teller<'a>(store: &'a Store, id: BrandId, brand: &'a Brand, now: Timestamp) -> Teller<'a> {
    Teller { vault: store.vault(), brand: id, region: Some(&brand.region), source: SOURCE, now }
}

/// Says on stdout where to look first.
pub fn print_what_to_try(port: u16) {
    let first = &meadow::orders()[0];
    let code = people::CLARA.email;
    let number = first.parcels[0].number;
    println!(
        "
Doorstep's demo is at   http://localhost:{port}/tracking

  Look up an order      {order} with {email}
  See all her orders    type {code} alone; the code is in http://localhost:{port}/dev/mail
  Follow one parcel     {number}
  Watch one move        http://localhost:{port}/tracking, order {moving} with {mover}
  Break a parcel        http://localhost:{port}/dev/parcels, and watch its page follow
  The second brand      http://volt.localhost:{port}/tracking, order {volt} with {volt_email}

`doorstep demo --samples` lists every order. Ctrl-C ends it.
",
        order = first.number,
        email = first.person.email,
        moving = meadow::MOVING,
        mover = people::FELIX.email,
        volt = volt::orders()[0].number,
        volt_email = volt::orders()[0].person.email,
    );
}

/// Advances the moving order every few seconds, for as long as the process lives.
pub async fn move_the_moving(app: Arc<App>) {
    let Some(live) = app.brands().by_slug("meadow") else { return };
    let Some(order) = meadow::orders().into_iter().find(|order| order.is_moving) else { return };
    let mut ticks = tokio::time::interval(STEP_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // The first tick is now, and what was just filled should be seen as the samples tell it.
    ticks.tick().await;
    let mut rested = 0;
    loop {
        ticks.tick().await;
        match step(&app.store, live.id, &live.brand, &order, rested < RESTS_FOR, app.now()).await {
            Ok(Moved::On) => rested = 0,
            Ok(Moved::Rests) => rested += 1,
            Ok(Moved::Gone) => return,
            Err(error) => tracing::warn!(%error, "the moving parcel stands still"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    On,
    Rests,
    /// Somebody took the order out of the store.
    Gone,
}

/// Tells the next event of the moving order's journey; after the last one the parcel rests, or sets out anew.
async fn step(
    store: &Store,
    id: BrandId,
    brand: &Brand,
    order: &DemoOrder,
    may_rest: bool,
    now: Timestamp,
) -> Result<Moved, StoreError> {
    let Some(parcel) = order.parcels.first() else { return Ok(Moved::Gone) };
    let journey = parcel.whole_journey();
    let mut conn = store.write(Urgency::Batch).await?;
    let Some(known) = orders::shipment_by_number(&mut conn, store.vault(), id, parcel.number).await? else {
        return Ok(Moved::Gone);
    };
    let told = known.summary.as_ref().map_or(0, |summary| summary.events.len());
    let is_at_the_end = told >= journey.len() || known.summary.is_some_and(|summary| summary.progress.is_final());
    if is_at_the_end && may_rest {
        return Ok(Moved::Rests);
    }
    let next = if is_at_the_end {
        rows::forget_events(&mut conn, id, known.shipment_id).await?;
        journey.first()
    } else {
        journey.get(told)
    };
    let Some(next) = next else { return Ok(Moved::Rests) };
    let shipment = order.shipment_at(parcel, vec![parcel.event(order.person, next, now)], now);
    apply(&mut conn, &teller(store, id, brand, now), &Parsed { shipments: vec![shipment], ..Parsed::default() })
        .await?;
    conn.commit().await?;
    Ok(Moved::On)
}

/// A parcel of any brand, as the back room's list shows it.
pub struct Listed {
    pub order_number: Option<String>,
    pub order_key: Option<String>,
    pub tracking_number: String,
    pub carrier: Option<String>,
    pub status: String,
}

/// Every parcel of a brand that has a number, in the order of its orders.
pub async fn parcels(store: &Store, brand: BrandId) -> Result<Vec<Listed>, StoreError> {
    let mut conn = store.read().await?;
    rows::parcels(&mut conn, brand).await
}

/// Does to a parcel what the button says, by telling an event of it. False when there is no such parcel.
pub async fn press(app: &App, tracking_number: &str, button: Button) -> Result<bool, StoreError> {
    let now = app.now();
    for live in app.brands().all() {
        let mut conn = app.store.write(Urgency::Batch).await?;
        if press_in(&mut conn, &app.store, live.id, &live.brand, tracking_number, button, now).await? {
            conn.commit().await?;
            return Ok(true);
        }
    }
    Ok(false)
}

async fn press_in(
    conn: &mut Conn,
    store: &Store,
    id: BrandId,
    brand: &Brand,
    tracking_number: &str,
    button: Button,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let known = orders::shipment_by_number(conn, store.vault(), id, tracking_number).await?;
    let Some(known) = known else { return Ok(false) };
    let claims = orders::claims(conn, id, known.shipment_id).await?;
    if let Some(shipment) = buttons::telling(&known, &claims, button, now) {
        let parsed = Parsed { shipments: vec![shipment], ..Parsed::default() };
        apply(conn, &teller(store, id, brand, now), &parsed).await?;
    }
    Ok(true)
}
