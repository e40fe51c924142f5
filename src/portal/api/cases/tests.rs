//! A shopper turns to the shop, with nothing but forms and links.

use axum::http::StatusCode;

use crate::orders::aftercare::CaseState;
use crate::store::cases;
use crate::testing::builders::UPS;
use crate::testing::{Browser, Page, TestApp, a_shipment, an_order};
use crate::tracking::status::Status;

const OPEN: &str = "/tracking/api/open_case";
const ORDER: &str = "/tracking/orders/1001";

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

async fn id_of_the_parcel(app: &TestApp) -> String {
    let mut conn = app.reading().await;
    let found = crate::store::feedback::rated(&mut conn, app.brand(), UPS).await.unwrap();
    found.unwrap().shipment.to_string()
}

fn questions(page: &Page) -> Vec<&str> {
    page.body.split("data-question=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn answers_are_of_this_order_and_fit_where_it_is() {
    let app = TestApp::new().await;
    let under_way = a_shipment(UPS).in_transit().expected("2026-11-10");
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(under_way)).await;
    let mut browser = ada(&app).await;
    let page = browser.get(ORDER).await;
    assert_eq!(questions(&page), ["where", "when", "address", "nobody_home"]);
    let answer = page.body.split("id=\"question-when\"").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(answer.contains("Expected:") && answer.contains("November 10"), "{answer}");
    let address = page.body.split("id=\"question-address\"").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(address.contains("Berlin") && address.contains("before it goes out"), "{address}");
    assert!(!address.contains("Lindenallee"), "no more than the page shows itself");
    app.tell(a_shipment(UPS).out_for_delivery().of_order("1001")).await;
    let page = browser.get(&format!("{ORDER}?rating=9")).await;
    assert!(page.body.contains("the address cannot be changed any more"));
    app.tell(a_shipment(UPS).delivered().of_order("1001")).await;
    let page = browser.get(&format!("{ORDER}?rating=9")).await;
    assert_eq!(questions(&page), ["not_received", "where", "damaged", "missing", "return"]);
    assert!(!page.body.contains("style=\""));
}

#[tokio::test]
async fn who_sees_a_summary_or_only_a_parcel_is_given_no_facts_and_opens_no_case() {
    let app = TestApp::with_brands(|brand| brand.policies.lookup = crate::brand::LookupPolicy::Summary).await;
    app.tell(an_order("#1001").with_shipment(a_shipment(UPS).delivered())).await;
    let mut browser = app.browser();
    let page = browser.find("1001").await;
    assert_eq!((page.kind(), page.count("data-question")), ("order", 0));
    let fields = [("order_number", "1001"), ("cause", "where")];
    assert_eq!(browser.post(OPEN, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&format!("/tracking/parcels/{UPS}")).await.count("data-question"), 0);
}

#[tokio::test]
async fn a_message_opens_one_case_however_often_it_is_sent_and_the_page_shows_it() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let fields = [("order_number", "1001"), ("cause", "missing"), ("text", "The shade <script>alert(1)</script>")];
    let answer = browser.post(OPEN, &fields).await;
    assert_eq!(answer.location().as_deref(), Some("/tracking/orders/1001#contact"));
    browser.post(OPEN, &fields).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM cases").await, 1);
    assert_eq!(app.count("SELECT SUM(inquiries) FROM help_counts").await, 1);
    let page = browser.get(ORDER).await;
    assert_eq!((page.count("data-part=\"case\""), page.count("<script>")), (1, 0));
    assert!(page.body.contains("Something is missing") && page.body.contains("You hear from us by"));
    let mail = app.mail().await;
    let told: Vec<_> = mail.iter().filter(|mail| mail.to == "hello@meadow.example").collect();
    assert_eq!(told.len(), 1, "the shop is told once");
    assert!(told[0].text.contains("#1001") && told[0].text.contains("Last update: "), "{}", told[0].text);
    let mut conn = app.reading().await;
    let listed = cases::list(&mut conn, app.store.vault(), Some(app.brand()), false, 10).await.unwrap();
    assert_eq!(listed[0].text, "The shade <script>alert(1)</script>");
}

#[tokio::test]
async fn another_text_changes_the_case_and_its_end_is_shown() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let of = |text| [("order_number", "1001"), ("cause", "return"), ("text", text)];
    browser.post(OPEN, &of("first")).await;
    browser.post(OPEN, &of("second")).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM cases").await, 1);
    let mut conn = app.writing().await;
    let order = crate::store::orders::order(&mut conn, app.store.vault(), app.brand(), "1001").await.unwrap().unwrap();
    let listed = cases::list(&mut conn, app.store.vault(), None, false, 10).await.unwrap();
    assert_eq!(listed[0].text, "second");
    let about = cases::About {
        brand: app.brand(),
        order: order.order_id,
        shipment: None,
        cause: crate::orders::aftercare::Cause::Return,
    };
    assert!(cases::close(&mut conn, &about, CaseState::Done, app.now()).await.unwrap());
    assert!(!cases::close(&mut conn, &about, CaseState::Done, app.now()).await.unwrap());
    conn.commit().await.unwrap();
    app.kept.heed(&crate::store::changes::Change::Order(app.brand(), order.order_id));
    assert!(browser.get(ORDER).await.body.contains("Answered:"));
}

#[tokio::test]
async fn it_says_delivered_but_is_not_here_shows_the_proof_then_opens_a_case() {
    let app = delivered().await;
    let mut browser = ada(&app).await;
    let page = browser.get(ORDER).await;
    let part = page.body.split("data-part=\"not-received\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(part.contains("data-part=\"fact\"") && part.contains("Leipzig"), "{part}");
    assert!(part.contains("Look at the door"));
    let shipment = id_of_the_parcel(&app).await;
    let fields = [("order_number", "1001"), ("shipment", shipment.as_str()), ("cause", "not_received")];
    let answer = browser.post(OPEN, &fields).await;
    assert_eq!(answer.location().unwrap(), format!("{ORDER}#not-received-{shipment}"));
    browser.post(OPEN, &fields).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM cases WHERE cause = 'not_received'").await, 1);
    let page = browser.get(ORDER).await;
    let part = page.body.split("data-part=\"not-received\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(part.contains("We have your message") && !part.contains("<form"), "{part}");
}

#[tokio::test]
async fn what_is_on_its_way_or_anothers_opens_no_case() {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).in_transit())).await;
    app.tell(an_order("#1002").with_email("eve@example.com")).await;
    let shipment = id_of_the_parcel(&app).await;
    let missing = [("order_number", "1001"), ("shipment", shipment.as_str()), ("cause", "not_received")];
    assert_eq!(ada(&app).await.post(OPEN, &missing).await.status, StatusCode::NOT_FOUND);
    let mut eve = app.browser();
    eve.prove("1002", "eve@example.com").await;
    for fields in [
        [("order_number", "1001"), ("shipment", ""), ("cause", "where")],
        [("order_number", "1002"), ("shipment", shipment.as_str()), ("cause", "where")],
        [("order_number", "1002"), ("shipment", ""), ("cause", "rating")],
        [("order_number", "1002"), ("shipment", ""), ("cause", "soup")],
    ] {
        assert_eq!(eve.post(OPEN, &fields).await.status, StatusCode::NOT_FOUND, "{fields:?}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM cases").await, 0);
}

#[tokio::test]
async fn the_shops_own_contact_page_is_handed_everything_and_counted() {
    let contact = |brand: &mut crate::brand::Brand| {
        brand.links.contact = Some("https://meadow.example/contact?from=tracking".to_owned());
    };
    let app = TestApp::with_brands(contact).await;
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).in_transit())).await;
    let mut browser = ada(&app).await;
    let page = browser.get(ORDER).await;
    assert!(page.body.contains("href=\"/tracking/orders/1001/contact?about=where\""));
    assert_eq!(page.count("data-part=\"case-form\""), 0, "one contact action");
    let target = browser.get(&format!("{ORDER}/contact?about=where")).await.location().unwrap();
    assert!(target.starts_with("https://meadow.example/contact?from=tracking&order=%231001"), "{target}");
    assert!(target.contains(&format!("parcel={UPS}")) && target.contains("about=where"), "{target}");
    assert!(!target.contains("ada"), "nothing of whom: {target}");
    assert_eq!(app.count("SELECT inquiries FROM help_counts WHERE cause = 'where'").await, 1);
    assert_eq!(app.browser().get(&format!("{ORDER}/contact")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn openings_are_counted_by_cause_and_are_no_inquiries() {
    let app = delivered().await;
    let opened = "/tracking/api/help_opened";
    assert_eq!(app.browser().post(opened, &[("cause", "where")]).await.status, StatusCode::NOT_FOUND);
    let mut browser = ada(&app).await;
    assert_eq!(browser.post(opened, &[("cause", "where")]).await.status, StatusCode::NO_CONTENT);
    browser.post(opened, &[("cause", "where")]).await;
    assert_eq!(browser.post(opened, &[("cause", "<b>")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.count("SELECT openings FROM help_counts").await, 2);
    assert_eq!(app.count("SELECT inquiries FROM help_counts").await, 0);
    let counted = app.browser().from_ip("127.0.0.1").get("/metrics").await.body;
    assert!(counted.contains("doorstep_help_opened_total{cause=\"where\"}"));
}

#[tokio::test]
async fn a_mail_carries_order_parcel_and_last_update() {
    let app = delivered().await;
    let page = ada(&app).await.get(ORDER).await;
    let href = page.body.split("href=\"mailto:").nth(1).unwrap().split('"').next().unwrap();
    assert!(href.contains("hello@meadow.example?subject=Order%20%231001&amp;body="), "{href}");
    assert!(href.contains(UPS) && href.contains("Last%20update"), "{href}");
}

#[tokio::test]
async fn a_failed_parcel_is_not_said_to_be_delivered() {
    let app = TestApp::new().await;
    let lost = a_shipment(UPS).in_transit().then(Status::Lost);
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(lost)).await;
    assert_eq!(ada(&app).await.get(ORDER).await.count("data-part=\"not-received\""), 0);
}
