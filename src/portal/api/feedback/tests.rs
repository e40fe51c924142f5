//! A shopper rates a delivery, with nothing but forms and links.

use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::testing::builders::UPS;
use crate::testing::{Browser, TestApp, a_shipment, an_order};
use crate::tracking::status::Status;

const GIVE: &str = "/tracking/api/give_feedback";
const FORM: &str = "data-part=\"feedback\"";

async fn delivered() -> TestApp {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).delivered())).await;
    app
}

async fn ada(app: &TestApp) -> Browser<'_> {
    let mut browser = app.browser();
    assert_eq!(browser.prove("1001", "ada@example.com").await.kind(), "order");
    browser
}

async fn rows(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM feedback").await
}

#[tokio::test]
async fn a_delivered_parcel_is_rated_and_the_answer_can_be_changed() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let page = browser.get("/tracking/orders/1001").await;
    assert_eq!((page.count(FORM), page.count("name=\"rating\"")), (1, 5));
    assert!(!page.body.contains("style=\""));
    let fields = [
        ("shipment", UPS),
        ("rating", "2"),
        ("reasons", "late"),
        ("reasons", "damaged"),
        ("comment", "The box\r\nwas wet"),
    ];
    let answer = browser.post(GIVE, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().unwrap().starts_with("/tracking/orders/1001#feedback-"));
    let page = browser.get("/tracking/orders/1001").await;
    assert!(page.body.contains("We are sorry"));
    assert_eq!(page.count(FORM), 1);
    for ticked in ["late", "damaged"] {
        assert!(page.body.contains(&format!("value=\"{ticked}\" checked")), "{ticked} is kept");
    }
    assert!(page.body.contains("The box\nwas wet</textarea>"));
    let page = browser.submit(GIVE, &[("shipment", UPS), ("rating", "5"), ("reasons", "kind")]).await;
    assert!(page.body.contains("https://meadow.example/review"));
    assert!(!page.body.contains("was wet"));
    assert_eq!(rows(&app).await, 1);
}

#[tokio::test]
async fn anothers_parcel_and_no_parcel_are_the_same() {
    let app = delivered().await;
    let mut stranger = app.browser();
    let given = |shipment| [("shipment", shipment), ("rating", "1")];
    assert_eq!(stranger.post(GIVE, &given(UPS)).await.status, StatusCode::NOT_FOUND);
    app.tell(an_order("#1002").with_email("eve@example.com")).await;
    let mut eve = app.browser();
    eve.prove("1002", "eve@example.com").await;
    let at_others = eve.post(GIVE, &given(UPS)).await;
    let at_none = eve.post(GIVE, &given("1Z999AA10123456784")).await;
    assert_eq!(at_others.status, StatusCode::NOT_FOUND);
    assert_eq!(at_others.plain(), at_none.plain());
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn who_sees_a_summary_is_not_asked() {
    let app = TestApp::with_brands(|brand| brand.policies.lookup = crate::brand::LookupPolicy::Summary).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).delivered())).await;
    let mut browser = app.browser();
    let page = browser.find("1001").await;
    assert_eq!((page.kind(), page.count(FORM)), ("order", 0));
    assert_eq!(browser.post(GIVE, &[("shipment", UPS), ("rating", "1")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_parcel_under_way_is_not_rated() {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).out_for_delivery())).await;
    let mut browser = ada(&app).await;
    assert_eq!(browser.get("/tracking/orders/1001").await.count(FORM), 0);
    assert_eq!(browser.post(GIVE, &[("shipment", UPS), ("rating", "5")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_delivery_that_failed_is_rated_too() {
    let app = TestApp::new().await;
    let lost = a_shipment(UPS).in_transit().then(Status::Lost);
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(lost)).await;
    let page = ada(&app).await.get("/tracking/orders/1001").await;
    assert!(page.body.contains("How is this delivery going for you?"));
}

#[tokio::test]
async fn without_a_rating_the_form_comes_back_with_what_was_written() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let fields = [("shipment", UPS), ("reasons", "late"), ("comment", "Half a story")];
    let page = browser.submit(GIVE, &fields).await;
    assert_eq!(page.alert().as_deref(), Some("Please choose a rating."));
    assert!(page.body.contains("Half a story</textarea>"));
    assert!(page.body.contains("value=\"late\" checked"));
    let page = browser.submit(GIVE, &[("shipment", UPS), ("rating", "3"), ("comment", &"x".repeat(1_001))]).await;
    assert!(page.alert().unwrap().contains("1000 characters"));
    assert_eq!(rows(&app).await, 0);
    assert_eq!(browser.get("/tracking/orders/1001").await.alert(), None, "the plain page says nothing of it");
}

#[tokio::test]
async fn markup_in_a_comment_is_inert() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let comment = "</textarea><script>alert(1)</script>\"' onload=x &amp;";
    let page = browser.submit(GIVE, &[("shipment", UPS), ("rating", "4"), ("comment", comment)]).await;
    assert_eq!(page.count("<script>"), 0);
    assert_eq!(page.count("</textarea>"), page.count("<textarea"));
    assert!(page.body.contains("&lt;script&gt;alert(1)"));
    assert!(page.body.contains("&amp;amp;"), "it reads back as it was typed");
}

#[tokio::test]
async fn a_program_gets_values() {
    let app = delivered().await;
    let mut browser = ada(&app).await.with_header("accept", "application/json");
    let taken = browser.post(GIVE, &[("shipment", UPS), ("rating", "4"), ("reasons[0]", "quick")]).await;
    assert_eq!((taken.status, taken.location()), (StatusCode::OK, None));
    assert!(taken.body.contains("/tracking/orders/1001"));
    let missing = browser.post(GIVE, &[("shipment", UPS)]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.advance(SignedDuration::from_hours(15 * 24));
    let mut later = ada(&app).await.with_header("accept", "application/json");
    let closed = later.post(GIVE, &[("shipment", UPS), ("rating", "1")]).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT rating FROM feedback").await, 4);
}

#[tokio::test]
async fn a_closed_answer_stands_and_says_so() {
    let app = delivered().await;
    ada(&app).await.post(GIVE, &[("shipment", UPS), ("rating", "4")]).await;
    app.advance(SignedDuration::from_hours(14 * 24));
    let page = ada(&app).await.get("/tracking/orders/1001").await;
    assert_eq!(page.count(FORM), 0);
    assert!(page.body.contains("The time for changes is over"));
}

#[tokio::test]
async fn a_messages_link_fills_the_rating_in_and_keeps_nothing() {
    let app = delivered().await;
    let live = app.brands().by_slug("meadow").unwrap();
    let scope = crate::access::link::LinkScope::Rate;
    let number = "1001".parse().unwrap();
    let minted = crate::web::links::minted(&app.store, live.id, &live.brand, &number, scope, app.now()).await;
    let url = minted.unwrap().unwrap().url;
    let path = url.strip_prefix(&live.brand.origin).unwrap();
    let mut browser = app.browser();
    let opened = browser.get(&format!("{path}?rating=4")).await;
    assert_eq!(opened.location().as_deref(), Some("/tracking/orders/1001?rating=4#feedback"));
    let page = browser.get("/tracking/orders/1001?rating=4").await;
    assert!(page.body.contains("id=\"feedback\""));
    assert!(page.body.contains("value=\"4\" checked"));
    assert_eq!(rows(&app).await, 0);
    browser.post(GIVE, &[("shipment", UPS), ("rating", "4"), ("via", "link")]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM feedback WHERE via = 'link'").await, 1);
    for nonsense in ["6", "%3Cscript%3E", ""] {
        let opened = app.browser().get(&format!("{path}?rating={nonsense}")).await;
        assert_eq!(opened.location().as_deref(), Some("/tracking/orders/1001"));
    }
}

#[tokio::test]
async fn a_bad_rating_is_a_case_for_as_long_as_it_stays_one() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let page = browser.submit(GIVE, &[("shipment", UPS), ("rating", "1"), ("comment", "Wet")]).await;
    assert!(page.body.contains("Your answer is with our team. You hear from us by"));
    assert_eq!(page.count("enctype=\"multipart/form-data\""), 1, "a photo may say more");
    browser.post(GIVE, &[("shipment", UPS), ("rating", "2"), ("comment", "Wet")]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM cases WHERE state = 'open'").await, 1);
    let page = browser.submit(GIVE, &[("shipment", UPS), ("rating", "5")]).await;
    assert!(!page.body.contains("Your answer is with our team"));
    assert_eq!(page.count("enctype=\"multipart/form-data\""), 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM cases WHERE state = 'withdrawn'").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM help_counts").await, 0, "it is no inquiry");
}

const UPDATES: &str = "/tracking/api/rate_updates";

/// Parcels get random ids: one that is asked, or is not, comes soon.
async fn with_a_parcel_that_is_asked(asked: bool) -> (TestApp, String) {
    let app = TestApp::new().await;
    for number in 0..200_u32 {
        let parcel = format!("PARCEL{number:04}X");
        let order = an_order(&format!("#{}", 2_000 + number)).with_email("ada@example.com");
        app.tell(order.with_shipment(a_shipment(&parcel).delivered())).await;
        let mut conn = app.reading().await;
        let found = crate::store::feedback::rated(&mut conn, app.brand(), &parcel).await.unwrap().unwrap();
        drop(conn);
        if crate::orders::aftercare::is_asked_about_updates(found.shipment) == asked {
            app.tell(a_shipment(&parcel).delivered().of_order(&found.order_key)).await;
            return (app, parcel);
        }
    }
    unreachable!("one in five is asked");
}

#[tokio::test]
async fn one_in_five_is_asked_about_the_updates_with_one_tap_and_never_after_a_bad_rating() {
    let (app, parcel) = with_a_parcel_that_is_asked(true).await;
    let parcel = parcel.as_str();
    let mut conn = app.reading().await;
    let found = crate::store::feedback::rated(&mut conn, app.brand(), parcel).await.unwrap().unwrap();
    drop(conn);
    let mut browser = app.browser();
    browser.prove(&found.order_key, "ada@example.com").await;
    let tap = [("shipment", parcel), ("opinion", "too_many")];
    assert_eq!(browser.post(UPDATES, &tap).await.status, StatusCode::NOT_FOUND, "not before it is rated");
    let asks = "data-part=\"updates-opinion\"";
    assert_eq!(browser.submit(GIVE, &[("shipment", parcel), ("rating", "2")]).await.count(asks), 0);
    assert_eq!(browser.post(UPDATES, &tap).await.status, StatusCode::NOT_FOUND, "nor after a bad rating");
    let page = browser.submit(GIVE, &[("shipment", parcel), ("rating", "4")]).await;
    assert_eq!((page.count(asks), page.count("name=\"opinion\"")), (1, 3));
    let page = browser.submit(UPDATES, &tap).await;
    assert!(page.body.contains("Noted: Too many"));
    assert_eq!(app.count("SELECT COUNT(*) FROM feedback WHERE updates = 'too_many'").await, 1);
    browser.post(GIVE, &[("shipment", parcel), ("rating", "1")]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM feedback WHERE updates IS NOT NULL").await, 0);
    assert_eq!(app.browser().post(UPDATES, &tap).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_not_drawn_is_not_asked_about_the_updates() {
    let (app, parcel) = with_a_parcel_that_is_asked(false).await;
    let parcel = parcel.as_str();
    let mut conn = app.reading().await;
    let found = crate::store::feedback::rated(&mut conn, app.brand(), parcel).await.unwrap().unwrap();
    drop(conn);
    let mut browser = app.browser();
    browser.prove(&found.order_key, "ada@example.com").await;
    let page = browser.submit(GIVE, &[("shipment", parcel), ("rating", "5")]).await;
    assert_eq!(page.count("data-part=\"updates-opinion\""), 0);
    let tap = [("shipment", parcel), ("opinion", "right")];
    assert_eq!(browser.post(UPDATES, &tap).await.status, StatusCode::NOT_FOUND);
}
