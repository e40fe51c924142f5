//! Nothing that was kept outlives what it was made of: pages, grants, streams and calendar entries follow the store.

use axum::http::StatusCode;
use futures_util::StreamExt;

use crate::access::link::LinkScope;
use crate::store::access::revoke_links;
use crate::store::changes::Change;
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, an_order, in_time};
use crate::web::links::minted;
use crate::web::serve::heed_changes;

use super::{ADA, with_adas_order};

/// Starts what heeds the store's changes, and returns once it does.
async fn heeding(app: &TestApp) {
    let mut changes = app.changes.subscribe();
    tokio::spawn(heed_changes(app.shared()));
    in_time("the watch", async { while changes.recv().await.unwrap() != Change::Everything {} }).await;
}

#[tokio::test]
async fn a_kept_page_is_dropped_when_its_order_changes() {
    let app = with_adas_order().await;
    heeding(&app).await;
    let mut browser = app.browser();
    browser.prove("1001", ADA).await;
    let before = browser.get("/tracking/orders/1001").await;
    assert_eq!(browser.get("/tracking/orders/1001").await.body, before.body);
    app.tell(a_shipment(UPS).out_for_delivery()).await;
    in_time("the new page", async {
        while !browser.get("/tracking/orders/1001").await.body.contains("out_for_delivery.on_vehicle") {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_grant_is_seen_though_it_was_kept() {
    let app = with_adas_order().await;
    let live = app.brands().by_slug("meadow").unwrap();
    let (number, scope) = ("1001".parse().unwrap(), LinkScope::Read);
    let url = minted(&app.store, live.id, &live.brand, &number, scope, app.now()).await.unwrap().unwrap().url;
    heeding(&app).await;
    let mut browser = app.browser();
    browser.get(url.strip_prefix("http://localhost:3000").unwrap()).await;
    assert_eq!(browser.get("/tracking/orders/1001").await.status, StatusCode::OK);
    let mut conn = app.writing().await;
    revoke_links(&mut conn, app.brand(), "1001").await.unwrap();
    conn.commit().await.unwrap();
    in_time("the refusal", async {
        while browser.get("/tracking/orders/1001").await.status != StatusCode::NOT_FOUND {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_kept_page_is_nobody_elses() {
    let app = with_adas_order().await;
    let (mut by_proof, mut by_code) = (app.browser(), app.browser());
    by_proof.prove("1001", ADA).await;
    by_code.find(ADA).await;
    by_code.enter_code(&app.mail().await[0].code()).await;
    for _ in 0..2 {
        assert!(by_code.get("/tracking/orders/1001").await.body.contains("Lindenallee"));
        assert!(!by_proof.get("/tracking/orders/1001").await.body.contains("Lindenallee"));
        assert_eq!(app.browser().get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
    }
    // What one typed into the address is not kept for another.
    by_proof.get("/tracking/orders/1001?q=mine1001").await;
    assert!(!by_proof.get("/tracking/orders/1001").await.body.contains("mine1001"));
}

#[tokio::test]
async fn an_open_page_is_told_when_it_would_differ() {
    let app = with_adas_order().await;
    app.tell(an_order("#1002").with_email("bob@example.com").with_shipment(a_shipment("1Z999AA10123456784"))).await;
    heeding(&app).await;
    let mut browser = app.browser();
    browser.prove("1001", ADA).await;
    let response = browser.open("/tracking/orders/1001/events").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    app.tell(a_shipment("1Z999AA10123456784").delivered()).await;
    app.tell(a_shipment(UPS).delivered()).await;
    let told = in_time("the event", stream.next()).await.unwrap().unwrap();
    let told = String::from_utf8(told.to_vec()).unwrap();
    assert!(told.contains("event: changed"), "{told}");
    // Only the own order's change was told, and once.
    let page = browser.get("/tracking/orders/1001").await;
    assert!(page.body.contains("data-status=\"delivered.delivered\""), "{}", page.body);
}

#[tokio::test]
async fn a_stream_ends_when_its_browser_is_forgotten() {
    let app = with_adas_order().await;
    heeding(&app).await;
    let mut browser = app.browser();
    browser.prove("1001", ADA).await;
    let mut stream = browser.open("/tracking/orders/1001/events").await.into_body().into_data_stream();
    browser.submit("/tracking/api/forget", &[]).await;
    in_time("the end", async { while stream.next().await.is_some() {} }).await;
    assert_eq!(app.browser().get("/tracking/orders/1001/events").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_calendar_entry_moves_with_the_window_and_shows_nothing_else() {
    let app = with_adas_order().await;
    let mut browser = app.browser();
    let page = browser.prove("1001", ADA).await;
    let start = page.body.find("/tracking/cal/").expect("the page offers the entry");
    let path = page.body[start..].split('"').next().unwrap().to_owned();
    let entry = app.browser().get(&path).await;
    assert_eq!(entry.status, StatusCode::OK);
    assert_eq!(entry.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(entry.body.contains("DTSTART;VALUE=DATE:20261109\r\n") && entry.body.contains("DTEND;VALUE=DATE:20261110"));
    for hidden in ["1001", "Lovelace", "Berlin", "lamp", UPS, ADA] {
        assert!(!entry.body.contains(hidden), "{hidden}");
    }
    app.tell(a_shipment(UPS).expected("2026-11-12")).await;
    let moved = app.browser().get(&path).await;
    assert!(moved.body.contains("DTSTART;VALUE=DATE:20261112"));
    let line = |body: &str, name: &str| {
        body.lines().find(|line| line.starts_with(name)).map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(line(&moved.body, "UID"), line(&entry.body, "UID"));
    assert_ne!(line(&moved.body, "SEQUENCE"), line(&entry.body, "SEQUENCE"));
    let (token, _) = path.rsplit_once('.').unwrap();
    let cut = format!("{}.ics", &token[..token.len() - 2]);
    assert_eq!(app.browser().get(&cut).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.browser().at("volt.localhost").get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_newly_published_brand_answers_at_once() {
    let app = TestApp::new().await;
    heeding(&app).await;
    let mut brand = crate::brand::demo::brands().remove(0);
    brand.hosts.push("new.example".to_owned());
    let mut conn = app.writing().await;
    crate::store::brands::publish(&mut conn, &brand, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    in_time("the new host", async {
        while app.browser().at("new.example").get("/tracking").await.status != StatusCode::OK {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
