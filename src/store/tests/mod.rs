//! The store's one suite, run on SQLite and on PostgreSQL. The names are the rules.

mod access;
mod changes;
mod commerce;
mod estimates;
mod feedback;
mod full_disk;
mod inbox;
mod incidents;
mod limits;
mod readers;
mod schema;
mod secrets;
mod telling;
mod whole_order;

use crate::store::orders::{self, OrderRecord, ShipmentRecord};
use crate::testing::TestApp;
use crate::tracking::summary::Summary;

/// Meadow's order of that key.
async fn order(app: &TestApp, key: &str) -> Option<OrderRecord> {
    let mut conn = app.reading().await;
    orders::order(&mut conn, app.store.vault(), app.brand(), key).await.expect("orders can be read")
}

/// The parcel that answers to a number.
async fn parcel(app: &TestApp, number: &str) -> ShipmentRecord {
    let mut conn = app.reading().await;
    let found = orders::shipment_by_number(&mut conn, app.store.vault(), app.brand(), number).await;
    found.expect("parcels can be read").expect("there is such a parcel")
}

async fn summary(app: &TestApp, number: &str) -> Summary {
    parcel(app, number).await.summary.expect("it was folded")
}
