//! A shopper asks for something because of trouble, with nothing but a form.

use axum::http::StatusCode;

use crate::testing::builders::UPS;
use crate::testing::{Browser, Page, TestApp, a_shipment, an_order};
use crate::tracking::status::Status;

const ANSWER: &str = "/tracking/api/answer_incident";
const FORM: &str = "data-part=\"incident-answer\"";
const PAGE: &str = "/tracking/orders/1001";

async fn with_trouble(status: Status) -> TestApp {
    let app = TestApp::new().await;
    let parcel = a_shipment(UPS).in_transit().then(status);
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(parcel)).await;
    app
}

async fn ada(app: &TestApp) -> Browser<'_> {
    let mut browser = app.browser();
    assert_eq!(browser.prove("1001", "ada@example.com").await.kind(), "order");
    browser
}

/// The form's fields as the page fills them in, with a text.
fn filled_in(page: &Page, text: &str) -> Vec<(String, String)> {
    let form = page.body.split(FORM).nth(1).and_then(|rest| rest.split("</form>").next()).expect("there is a form");
    let value = |name: &str| {
        let rest = form.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field is there");
        (name.to_owned(), rest.split('"').next().expect("it ends").to_owned())
    };
    let mut fields: Vec<_> = ["order_number", "shipment", "kind", "cause", "action"].map(value).to_vec();
    fields.push(("text".to_owned(), text.to_owned()));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn rows(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM incident_answers").await
}

#[tokio::test]
async fn a_wrong_address_is_corrected_once_and_the_shop_is_told() {
    let app = with_trouble(Status::AddressIssue).await;
    let mut browser = ada(&app).await;
    let page = browser.get(PAGE).await;
    assert_eq!((page.count(FORM), page.count("data-level=\"act\"")), (1, 1));
    let fields = filled_in(&page, "Lindenallee 71");
    for _ in 0..2 {
        let answer = browser.post(ANSWER, &borrowed(&fields)).await;
        assert_eq!((answer.status, answer.location().as_deref()), (StatusCode::SEE_OTHER, Some(PAGE)));
    }
    assert_eq!(rows(&app).await, 1);
    let page = browser.get(PAGE).await;
    assert_eq!((page.count(FORM), page.count("data-part=\"incident-request\"")), (0, 1));
    assert!(page.body.contains("data-state=\"open\"") && page.body.contains("We have your request"));
    assert!(!page.body.contains("Lindenallee 71"));
    assert_eq!(app.count("SELECT COUNT(*) FROM outgoing_messages WHERE state = 'waiting'").await, 1);
}

#[tokio::test]
async fn a_request_without_its_text_is_none() {
    let app = with_trouble(Status::AddressIssue).await;
    let mut browser = ada(&app).await;
    let fields = filled_in(&browser.get(PAGE).await, "  ");
    assert_eq!(browser.post(ANSWER, &borrowed(&fields)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn strangers_and_what_the_brand_does_not_offer_are_not_there() {
    let app = with_trouble(Status::AddressIssue).await;
    let fields = filled_in(&ada(&app).await.get(PAGE).await, "Lindenallee 71");
    assert_eq!(app.browser().post(ANSWER, &borrowed(&fields)).await.status, StatusCode::NOT_FOUND);
    let mut asked = fields.clone();
    asked[4].1 = "refund".to_owned();
    assert_eq!(ada(&app).await.post(ANSWER, &borrowed(&asked)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn trouble_that_is_over_needs_no_request() {
    let app = with_trouble(Status::AddressIssue).await;
    let mut browser = ada(&app).await;
    let fields = filled_in(&browser.get(PAGE).await, "Lindenallee 71");
    app.tell(a_shipment(UPS).in_transit().then(Status::AddressIssue).then(Status::OnVehicle)).await;
    assert_eq!(browser.post(ANSWER, &borrowed(&fields)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn a_parcels_own_page_tells_the_trouble_and_offers_nothing() {
    let app = with_trouble(Status::AddressIssue).await;
    let page = app.browser().get(&format!("/tracking/parcels/{UPS}")).await;
    assert_eq!((page.count("data-part=\"incident\""), page.count(FORM)), (1, 0));
}
