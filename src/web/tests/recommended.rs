//! What stands beside an order and what comes of it: when it is shown and to whom, where a click leads, and what is credited.

use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::orders::attribution::report;
use crate::orders::recommendation::Rule;
use crate::sources::catalogue::ProductDraft;
use crate::store::attribution;
use crate::store::catalogue::{self, CameBy};
use crate::testing::builders::UPS;
use crate::testing::{Browser, TestApp, a_shipment, an_order};
use crate::tracking::status::Status;
use crate::web::views;

const PART: &str = "data-part=\"recommendations\"";

fn product(id: &str, link: Option<&str>) -> ProductDraft {
    ProductDraft {
        id: id.to_owned(),
        title: format!("<b>{id}</b>"),
        link: link.map(str::to_owned),
        price: Some((1_250, "EUR".to_owned())),
        is_available: true,
        ..ProductDraft::default()
    }
}

/// The lamp was bought with the shade in two of five orders, with the rug in one.
async fn shop(holdout: &str) -> TestApp {
    let app = TestApp::with_settings(&[("DOORSTEP_HOLDOUT_PERCENT", holdout)]).await;
    let shade = ProductDraft { keys: vec!["SHADE-1".to_owned()], ..product("shade/1", None) };
    let lamp = ProductDraft { keys: vec!["LAMP-1".to_owned()], ..product("lamp", None) };
    let rug = product("RUG-1", Some("https://meadow.example/rug?x=1"));
    let elsewhere = product("elsewhere", Some("https://evil.example/"));
    let mut conn = app.writing().await;
    catalogue::import(&mut conn, app.brand(), &[shade, lamp, rug, elsewhere], CameBy::File, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    for (number, skus) in [
        ("1", &["LAMP-1", "SHADE-1"][..]),
        ("2", &["LAMP-1", "SHADE-1", "RUG-1"]),
        ("3", &["CUP"]),
        ("4", &["CUP"]),
        ("5", &["CUP"]),
        ("6", &["CUP"]),
    ] {
        let mut order = an_order(number);
        let lamp = order.draft().items.remove(0);
        for sku in skus {
            let item = crate::sources::LineItemDraft {
                source_id: (*sku).to_owned(),
                sku: Some((*sku).to_owned()),
                ..lamp.clone()
            };
            order.draft().items.push(item);
        }
        app.tell(order).await;
    }
    app.advance(SignedDuration::from_mins(2));
    assert_eq!(crate::jobs::count::once(&app).await.unwrap(), 6);
    assert_eq!(crate::jobs::count::once(&app).await.unwrap(), 0);
    app
}

async fn ada_with<'a>(app: &'a TestApp, parcel: crate::testing::builders::ShipmentBuilder) -> Browser<'a> {
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(parcel)).await;
    let mut browser = app.browser();
    browser.prove("1001", "ada@example.com").await;
    browser
}

#[tokio::test]
async fn what_was_bought_together_twice_is_shown_and_clicks_are_counted() {
    let app = shop("0").await;
    let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
    let page = browser.get("/tracking/orders/1001").await;
    assert_eq!((page.count(PART), page.count("data-product=")), (1, 1));
    assert!(page.body.contains("&lt;b&gt;shade/1"), "a feed's markup is inert");
    assert!(page.body.contains("href=\"/tracking/c/shade%2F1?order=1001\""));
    let clicked = browser.get("/tracking/c/shade%2F1").await;
    assert_eq!(clicked.status, StatusCode::FOUND);
    let location = clicked.location().unwrap();
    assert!(location.starts_with("https://meadow.example/?utm_source=doorstep&"), "{location}");
    assert_eq!(app.count("SELECT clicks FROM recommendation_clicks").await, 1);
}

#[tokio::test]
async fn a_click_leads_nowhere_but_to_the_shop() {
    let app = shop("0").await;
    let mut browser = app.browser();
    let rug = browser.get("/tracking/c/RUG-1?url=https://evil.example/").await.location().unwrap();
    assert!(rug.starts_with("https://meadow.example/rug?x=1&utm_source="));
    for gone in ["elsewhere", "soup", "https%3A%2F%2Fevil.example"] {
        assert_eq!(browser.get(&format!("/tracking/c/{gone}")).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_clicks").await, 1);
}

#[tokio::test]
async fn trouble_silences_them_and_its_end_brings_them_back() {
    let app = shop("0").await;
    let held = a_shipment(UPS).in_transit().then(Status::CustomsHold);
    let mut browser = ada_with(&app, held.clone()).await;
    assert_eq!(browser.get("/tracking/orders/1001").await.count(PART), 0);
    app.tell(held.then(Status::CustomsCleared).then(Status::OnVehicle).then(Status::Delivered).of_order("1001")).await;
    assert_eq!(browser.get("/tracking/orders/1001?rating=9").await.count(PART), 1);
}

#[tokio::test]
async fn the_holdout_sees_none() {
    let app = shop("100").await;
    let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
    assert_eq!(browser.get("/tracking/orders/1001").await.count(PART), 0);
}

#[tokio::test]
async fn the_merchants_word_comes_first() {
    let app = shop("0").await;
    let mut conn = app.writing().await;
    let brand = app.brand();
    assert!(catalogue::set_rule(&mut conn, brand, "shade/1", Some(Rule::Ban)).await.unwrap());
    assert!(catalogue::set_rule(&mut conn, brand, "RUG-1", Some(Rule::Pin)).await.unwrap());
    assert!(!catalogue::set_rule(&mut conn, brand, "soup", Some(Rule::Pin)).await.unwrap());
    conn.commit().await.unwrap();
    let page = ada_with(&app, a_shipment(UPS).delivered()).await.get("/tracking/orders/1001").await;
    assert!(page.body.contains("data-product=\"RUG-1\""));
    assert_eq!(page.count("data-product="), 1);
}

#[tokio::test]
async fn a_visit_counts_once_whether_the_page_was_kept_or_not() {
    let app = shop("0").await;
    let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
    for _ in 0..3 {
        browser.get("/tracking/orders/1001").await;
    }
    views::flush(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_views WHERE is_held_out = FALSE").await, 1);
    app.advance(SignedDuration::from_hours(1));
    browser.get("/tracking/orders/1001").await;
    views::flush(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_views").await, 1, "once a day and session");
    let mut another = app.browser();
    another.prove("1001", "ada@example.com").await;
    another.get("/tracking/orders/1001").await;
    let mut ahead = app.browser().with_header("sec-purpose", "prefetch");
    ahead.prove("1001", "ada@example.com").await;
    ahead.get("/tracking/orders/1001").await;
    views::flush(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_views").await, 2);
}

#[tokio::test]
async fn nothing_to_show_is_no_view_and_the_holdout_is_counted_apart() {
    let app = shop("100").await;
    let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
    browser.get("/tracking/orders/1001").await;
    views::flush(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_views WHERE is_held_out = TRUE").await, 1);
    let app = shop("0").await;
    let mut browser = ada_with(&app, a_shipment(UPS).in_transit().then(Status::CustomsHold)).await;
    browser.get("/tracking/orders/1001").await;
    views::flush(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_views").await, 0);
}

#[tokio::test]
async fn a_click_is_credited_to_the_order_it_came_from_and_to_no_other() {
    let app = shop("0").await;
    let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
    app.tell(an_order("#1002").with_email("bob@example.com")).await;
    browser.get("/tracking/c/shade%2F1?order=1001").await;
    browser.get("/tracking/c/shade%2F1").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_follows").await, 1);
    browser.get("/tracking/c/shade%2F1?order=1002").await;
    app.browser().get("/tracking/c/shade%2F1?order=1001").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_follows").await, 1);
    assert_eq!(app.count("SELECT clicks FROM recommendation_clicks").await, 4);
    app.advance(SignedDuration::from_hours(24));
    let mut order = an_order("#1003").with_email("ADA@example.com");
    order.draft().placed_at = Some(app.now());
    app.tell(order).await;
    let mut conn = app.reading().await;
    let since = app.now() - SignedDuration::from_hours(24 * 90);
    let known = attribution::known(&mut conn, app.brand(), since, "2026-08-01".parse().unwrap()).await.unwrap();
    let told = report("meadow", &known);
    assert_eq!((told.clicks, told.orders, told.revenue["EUR"]), (4, 1, 5_990));
}

#[tokio::test]
async fn the_holdout_is_the_same_shopper_with_every_order() {
    let app = shop("50").await;
    let mut groups = std::collections::BTreeSet::new();
    for shopper in 0..8 {
        let email = format!("shopper{shopper}@example.com");
        let mut seen = Vec::new();
        for number in 0..2 {
            let key = format!("{}", 2_000 + shopper * 10 + number);
            let parcel = a_shipment(&format!("PARCEL{key}")).delivered();
            let order = an_order(&key).with_email(&email);
            // A phone that comes and goes makes nobody another shopper.
            let order = if number == 0 { order } else { order.with_phone(&format!("+49 30 9018{key}")) };
            app.tell(order.with_shipment(parcel)).await;
            let mut browser = app.browser();
            browser.prove(&key, &email).await;
            for _ in 0..2 {
                seen.push(browser.get(&format!("/tracking/orders/{key}")).await.count(PART));
            }
        }
        assert!(seen.iter().all(|count| *count == seen[0]), "{email}: {seen:?}");
        groups.insert(seen[0]);
    }
    assert_eq!(groups.len(), 2, "some see them and some do not");
}
