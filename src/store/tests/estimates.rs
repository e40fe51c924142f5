//! What is foretold: one ledger for one set of events, learnt from parcels that came, by whichever process.

use jiff::{SignedDuration, Timestamp};

use crate::jobs;
use crate::sources::Parsed;
use crate::store::estimates::{learn_some, revisions_of, unlearn};
use crate::store::seal::Keys;
use crate::store::{Store, Urgency, fetch_all};
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_event, an_order, on_both_databases};
use crate::tracking::estimate::ledger::{Reason, Revision};
use crate::tracking::incident::IncidentKind;
use crate::tracking::status::Status;
use crate::tracking::summary::Basis;

use super::{order, parcel, summary};

on_both_databases!(
    without_parcels_that_came_nothing_is_foretold,
    what_parcels_did_foretells_an_order_before_and_after_it_is_shipped,
    any_order_of_tellings_gives_one_ledger_and_repeats_add_nothing,
    a_window_that_passes_is_said_to_have_passed_and_gets_a_new_one,
    a_missed_window_learnt_from_others_is_staffs_to_watch,
    another_process_knows_what_one_has_learnt,
    learning_anew_from_what_is_kept_learns_the_same,
    a_day_after_the_delivery_the_ledger_is_closed_and_scored,
    what_is_forgotten_leaves_no_ledger,
    the_page_says_on_what_a_window_rests_and_how_it_moved,
);

fn day(days: i64, hour: i64) -> Timestamp {
    "2026-09-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(days * 24 + hour)
}

/// An order of a past day that came two to four days after it was handed over.
fn a_past_order(number: i64) -> Parsed {
    let (placed, handed_over) = (day(number, 9), day(number + 1, 17));
    let mut order = an_order(&format!("#{}", 5000 + number));
    order.draft().placed_at = Some(placed);
    let shipment = a_shipment(&format!("1Z5R89390357{number:06}"))
        .with(an_event(Status::LabelCreated, &day(number, 12).to_string()))
        .with(an_event(Status::Accepted, &handed_over.to_string()))
        .with(an_event(Status::Delivered, &day(number + 3 + number % 3, 14).to_string()));
    order.with_shipment(shipment).into()
}

/// Forty parcels have come, and were learnt from.
async fn learn_from_the_past(app: &TestApp) {
    for number in 0..40 {
        app.tell(a_past_order(number)).await;
    }
    app.advance(SignedDuration::from_mins(6));
    while jobs::learn::once(app).await.unwrap() > 0 {}
}

async fn ledger(app: &TestApp, number: &str) -> Vec<Revision> {
    let shipment = parcel(app, number).await.shipment_id;
    revisions_of(&mut app.reading().await, app.brand(), shipment).await.unwrap()
}

async fn rows(app: &TestApp) -> Vec<(String, String)> {
    let mut conn = app.reading().await;
    fetch_all!(conn, (String, String), "SELECT key, document FROM lane_statistics ORDER BY key").unwrap()
}

async fn without_parcels_that_came_nothing_is_foretold(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit())).await;
    assert_eq!(summary(&app, UPS).await.window, None);
    assert_eq!(ledger(&app, UPS).await, []);
    app.tell(an_order("#1002")).await;
    assert_eq!(order(&app, "1002").await.unwrap().expected(), None);
}

async fn what_parcels_did_foretells_an_order_before_and_after_it_is_shipped(app: TestApp) {
    learn_from_the_past(&app).await;
    app.tell(an_order("#1001").promised("2026-11-20")).await;
    let before = order(&app, "1001").await.unwrap().expected().unwrap();
    assert_eq!((before.basis, before.confidence, before.moved_later), (Basis::History, Some(80), false));
    assert!(before.latest.to_string().as_str() < "2026-11-20", "{before:?}");
    app.tell(an_order("#1001").promised("2026-11-20").with_shipment(a_shipment(UPS).in_transit())).await;
    let summary = summary(&app, UPS).await;
    let after = summary.window.unwrap();
    assert_eq!(after.basis, Basis::History);
    assert!(after.latest.to_string().as_str() < "2026-11-14", "{after:?}");
    let said = ledger(&app, UPS).await;
    assert_eq!(said[0].reason, Reason::Ordered);
    assert_eq!(said[0].estimate.latest, before.latest);
    assert_eq!(summary.moves.len(), said.len());
}

async fn any_order_of_tellings_gives_one_ledger_and_repeats_add_nothing(app: TestApp) {
    learn_from_the_past(&app).await;
    let events = [
        an_event(Status::LabelCreated, "2026-11-04T12:00:00Z"),
        an_event(Status::Accepted, "2026-11-04T18:00:00Z"),
        an_event(Status::CustomsHold, "2026-11-05T08:00:00Z"),
        an_event(Status::AttemptNoOneHome, "2026-11-05T15:00:00Z"),
        an_event(Status::AttemptNoOneHome, "2026-11-06T09:00:00Z"),
    ];
    let mut expected: Option<(Vec<Revision>, _)> = None;
    let orders = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [3, 4, 0, 2, 1], [1, 0, 2, 4, 3]];
    for (position, sequence) in orders.into_iter().enumerate() {
        let number = format!("1Z5R8939035756{position:04}");
        let key = format!("#{}", 2000 + position);
        let has_order_first = position % 2 == 0;
        if has_order_first {
            app.tell(an_order(&key)).await;
        }
        for index in sequence {
            for _ in 0..2 {
                app.tell(a_shipment(&number).with(events[index].clone()).of_order(&key)).await;
            }
        }
        if !has_order_first {
            app.tell(an_order(&key)).await;
        }
        let one = (ledger(&app, &number).await, summary(&app, &number).await.window);
        assert!(one.0.len() >= 2, "{one:#?}");
        let expected = expected.get_or_insert_with(|| one.clone());
        assert_eq!(&one, expected, "{sequence:?}");
    }
}

async fn a_window_that_passes_is_said_to_have_passed_and_gets_a_new_one(app: TestApp) {
    learn_from_the_past(&app).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit().expected("2026-11-07"))).await;
    let said = summary(&app, UPS).await.window.unwrap();
    assert_eq!((said.basis, said.latest.to_string().as_str()), (Basis::Carrier, "2026-11-07"));
    app.advance(SignedDuration::from_hours(48));
    while jobs::incidents::once(&app).await.unwrap() > 0 {}
    let summary = summary(&app, UPS).await;
    let window = summary.window.unwrap();
    assert!(window.latest.to_string().as_str() >= "2026-11-08", "{window:?}");
    assert_eq!(window.missed.unwrap().latest.to_string(), "2026-11-07");
    assert_eq!(window.missed.unwrap().basis, Basis::Carrier);
    assert!(summary.incidents.iter().any(|incident| incident.kind == IncidentKind::WindowMissed));
    assert_eq!(ledger(&app, UPS).await.last().unwrap().reason, Reason::Overdue);
}

async fn a_missed_window_learnt_from_others_is_staffs_to_watch(app: TestApp) {
    learn_from_the_past(&app).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit())).await;
    let first = summary(&app, UPS).await.window.unwrap();
    app.advance(SignedDuration::from_hours(24 * 12));
    while jobs::incidents::once(&app).await.unwrap() > 0 {}
    let summary = summary(&app, UPS).await;
    let window = summary.window.unwrap();
    assert!(window.latest > first.latest && window.missed.is_some(), "{window:?}");
    assert!(summary.incidents.iter().all(|incident| incident.kind != IncidentKind::WindowMissed));
    let watched = "SELECT COUNT(*) FROM incidents WHERE kind = 'window_missed' AND level = 'watch'";
    assert_eq!(app.count(watched).await, 1);
}

async fn another_process_knows_what_one_has_learnt(app: TestApp) {
    let other = Store::open(app.url(), Keys::read(app.keys()).unwrap()).await.unwrap();
    other.check().await.unwrap();
    for number in 0..40 {
        app.tell(a_past_order(number)).await;
    }
    app.advance(SignedDuration::from_mins(6));
    // Both learn, each a part of it: none is learnt twice, none is lost.
    let (here, there) = tokio::join!(learn_some(&app.store, app.now()), learn_some(&other, app.now()));
    here.unwrap();
    there.unwrap();
    while learn_some(&other, app.now()).await.unwrap() > 0 {}
    let learnt = rows(&app).await;
    let all = learnt.iter().find(|(key, _)| key == "purchase|all").unwrap();
    assert!(all.1.contains("\"arrived\":40"), "{}", all.1);
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit())).await;
    assert_eq!(summary(&app, UPS).await.window.unwrap().basis, Basis::History);
    other.close().await;
}

async fn learning_anew_from_what_is_kept_learns_the_same(app: TestApp) {
    learn_from_the_past(&app).await;
    let learnt = rows(&app).await;
    assert!(learnt.len() > 4);
    let mut conn = app.store.write(Urgency::Batch).await.unwrap();
    unlearn(&mut conn).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(rows(&app).await, []);
    while learn_some(&app.store, app.now()).await.unwrap() > 0 {}
    assert_eq!(rows(&app).await, learnt);
}

async fn a_day_after_the_delivery_the_ledger_is_closed_and_scored(app: TestApp) {
    learn_from_the_past(&app).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit())).await;
    app.tell(a_shipment(UPS).with(an_event(Status::Delivered, "2026-11-06T10:00:00Z"))).await;
    let scored = ledger(&app, UPS).await;
    assert!(scored.iter().all(|revision| revision.error_days.is_some()));
    assert_eq!(summary(&app, UPS).await.window, None);
    app.advance(SignedDuration::from_hours(40));
    while learn_some(&app.store, app.now()).await.unwrap() > 0 {}
    app.tell(a_shipment(UPS).with(an_event(Status::ArrivedFacility, "2026-11-05T12:00:00Z"))).await;
    assert_eq!(ledger(&app, UPS).await, scored);
    assert_eq!(app.count("SELECT COUNT(*) FROM estimates WHERE learn_at IS NOT NULL").await, 0);
}

async fn what_is_forgotten_leaves_no_ledger(app: TestApp) {
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).in_transit().expected("2026-11-09"))).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM estimate_revisions").await, 1);
    let mut conn = app.writing().await;
    let later = app.now() + SignedDuration::from_hours(24);
    crate::store::orders::forget_before(&mut conn, app.brand(), later, 10).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM estimate_revisions").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM estimates").await, 0);
}

async fn the_page_says_on_what_a_window_rests_and_how_it_moved(app: TestApp) {
    learn_from_the_past(&app).await;
    app.tell(an_order("#1001").with_email("ada@example.com")).await;
    let mut browser = app.browser();
    browser.prove("1001", "ada@example.com").await;
    let before = browser.get("/tracking/orders/1001").await.body;
    let window = order(&app, "1001").await.unwrap().expected().unwrap();
    assert!(before.contains("8 in 10 arrive in this window"), "{before}");
    assert!(before.contains(&format!("datetime=\"{}\"", window.latest)), "{before}");
    let held = a_shipment(UPS).in_transit().with(an_event(Status::CustomsHold, "2026-11-06T11:00:00Z"));
    let told = an_order("#1001").with_email("ada@example.com").with_shipment(held.expected("2026-11-12"));
    app.tell(told).await;
    app.kept.heed(&crate::store::changes::Change::Everything);
    let after = browser.get("/tracking/orders/1001").await.body;
    assert!(after.contains("As UPS says."), "{after}");
    assert!(after.contains("data-part=\"eta-moves\"") && after.contains("first estimate"), "{after}");
    assert!(after.contains("held at customs"), "{after}");
}
