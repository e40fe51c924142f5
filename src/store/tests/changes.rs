//! Whoever changes the store, all who keep pages or grants are told.

use tokio::sync::broadcast;

use crate::access::grant::{ProvedBy, Subject};
use crate::jobs::refold;
use crate::store::access::{add_grant, revoke};
use crate::store::changes::{Change, trim, watch};
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_order, in_time, on_both_databases};
use crate::tracking::status::Status;

use super::{order, summary};

on_both_databases!(
    a_change_of_an_order_is_told,
    a_revoked_grant_is_told,
    an_event_inserted_by_plain_sql_is_told_and_folded,
    a_published_brand_is_told,
    only_old_changes_are_forgotten,
);

/// Listens, and returns once the watch is at work.
async fn listen(app: &TestApp) -> broadcast::Receiver<Change> {
    let mut changes = app.changes.subscribe();
    let watched = app.shared();
    tokio::spawn(async move { watch(&watched.store, &watched.changes).await });
    // Before it began, something may have been missed: it says so.
    until(&mut changes, &Change::Everything).await;
    changes
}

async fn until(changes: &mut broadcast::Receiver<Change>, awaited: &Change) {
    let what = format!("{awaited:?}");
    in_time(&what, async { while changes.recv().await.expect("somebody tells") != *awaited {} }).await;
}

async fn a_change_of_an_order_is_told(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).labelled())).await;
    let id = order(&app, "1001").await.unwrap().order_id;
    let mut changes = listen(&app).await;
    app.tell(a_shipment(UPS).in_transit()).await;
    until(&mut changes, &Change::Order(app.brand(), id)).await;
}

async fn a_revoked_grant_is_told(app: TestApp) {
    app.tell(an_order("#1001")).await;
    let subject = Subject::Order(order(&app, "1001").await.unwrap().order_id);
    let hash = [7_u8; 32];
    let mut conn = app.writing().await;
    add_grant(&mut conn, app.brand(), None, &hash, &subject, ProvedBy::Proof, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    let mut changes = listen(&app).await;
    let mut conn = app.writing().await;
    revoke(&mut conn, app.brand(), &hash, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    until(&mut changes, &Change::Grants(app.brand(), hash.to_vec())).await;
}

/// The documented way in for other systems: four columns, and nothing of ours in between.
async fn an_event_inserted_by_plain_sql_is_told_and_folded(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit())).await;
    let before = order(&app, "1001").await.unwrap().version;
    let mut changes = listen(&app).await;
    app.plain_sql(
        "INSERT INTO tracking_events (brand_id, shipment_id, status, occurred_at)
         SELECT brand_id, shipment_id, 'delivered.delivered', 1793962800000000 FROM shipments",
    )
    .await;
    until(&mut changes, &Change::Job).await;
    assert_eq!(refold::once(&app).await.unwrap(), 1);
    let id = order(&app, "1001").await.unwrap().order_id;
    until(&mut changes, &Change::Order(app.brand(), id)).await;
    let folded = summary(&app, UPS).await;
    assert_eq!(folded.progress.status, Status::Delivered);
    assert_eq!(folded.events.last().unwrap().update.time.to_text(), "2026-11-06T11:00:00Z");
    assert!(order(&app, "1001").await.unwrap().version > before);
    assert_eq!(refold::once(&app).await.unwrap(), 0);
    // Two of the same are two: nobody said that they are one.
    app.plain_sql(
        "INSERT INTO tracking_events (brand_id, shipment_id, status, occurred_at)
         SELECT brand_id, shipment_id, 'no.such_status', 1793962800000000 FROM shipments",
    )
    .await;
    assert_eq!(refold::once(&app).await.unwrap(), 1);
    assert_eq!(summary(&app, UPS).await.progress.status, Status::Delivered);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 5);
}

async fn a_published_brand_is_told(app: TestApp) {
    let mut changes = listen(&app).await;
    let mut brand = crate::brand::demo::brands().remove(0);
    brand.name = "Meadow & Sons".to_owned();
    let mut conn = app.writing().await;
    let (id, version, is_new) = crate::store::brands::publish(&mut conn, &brand, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!((version, is_new), (2, true));
    until(&mut changes, &Change::Brand(id)).await;
    let mut conn = app.writing().await;
    let again = crate::store::brands::publish(&mut conn, &brand, app.now()).await.unwrap();
    assert_eq!(again, (id, 2, false));
}

async fn only_old_changes_are_forgotten(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).delivered())).await;
    let rows = "SELECT COUNT(*) FROM changes";
    let before = app.count(rows).await;
    let mut conn = app.writing().await;
    trim(&mut conn).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(app.count(rows).await, before);
}
