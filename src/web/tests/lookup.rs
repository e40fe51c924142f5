//! Finding an order: each row of the table of what may be typed and what it answers.

use axum::http::StatusCode;

use crate::testing::builders::UPS;
use crate::testing::{Page, TestApp, a_shipment, an_order};
use crate::tracking::status::Status;

use super::{ADA, with_adas_order};

/// Posts a form with a fresh browser; gives the answer itself and the page it leads to.
async fn asked(app: &TestApp, fields: &[(&str, &str)]) -> (Page, Page) {
    let mut browser = app.browser();
    let answer = browser.post("/tracking/api/find_order", fields).await;
    let next = answer.location().unwrap_or_else(|| panic!("{answer:?} leads nowhere"));
    (answer.clone(), browser.get(&next).await)
}

/// Both as everybody sees them, the typed texts taken out.
fn alike((answer, page): &(Page, Page), typed: &[&str]) -> impl PartialEq + std::fmt::Debug + use<> {
    let without = |page: &Page| {
        let (status, headers, body) = page.plain();
        let body = typed.iter().fold(body, |body, typed| body.replace(typed, "TYPED"));
        (status, headers, body)
    };
    (without(answer), without(page))
}

#[tokio::test]
async fn order_number_and_matching_email_or_phone_open_the_order() {
    let app = with_adas_order().await;
    for (q, proof) in [("#1001", ADA), (" 1001 ", "Ada@EXAMPLE.com "), ("1001", "030 901820"), ("1001", "+4930901820")]
    {
        let mut browser = app.browser();
        let answer = browser.post("/tracking/api/find_order", &[("q", q), ("proof", proof)]).await;
        assert_eq!(
            (answer.status, answer.location().as_deref()),
            (StatusCode::SEE_OTHER, Some("/tracking/orders/1001"))
        );
        let page = browser.get("/tracking/orders/1001").await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "order"), "{q} {proof}");
        assert!(page.body.contains(&format!("data-shipment=\"{UPS}\" data-status=\"in_transit.departed_facility\"")));
        assert!(page.body.contains("LAMP-1") && page.body.contains("Reading lamp"));
    }
    let page = app.browser().find("1001 ada@example.com").await;
    assert_eq!(page.kind(), "order");
}

#[tokio::test]
async fn numbers_in_any_script_and_with_slashes_lead_to_their_pages() {
    let app = with_adas_order().await;
    app.tell(an_order("Größe-7").with_email(ADA).with_shipment(a_shipment("AB/12.34_56").delivered())).await;
    let page = app.browser().prove("größe 7", ADA).await;
    assert_eq!((page.status, page.kind()), (StatusCode::OK, "order"), "{}", page.body);
    assert_eq!(app.browser().get("/tracking/parcels/AB%2F12.34_56").await.kind(), "parcel");
    assert_eq!(app.browser().find("AB/12.34_56").await.kind(), "parcel");
}

#[tokio::test]
async fn a_field_that_comes_again_or_in_pieces_counts_once() {
    let app = with_adas_order().await;
    let fields = [("q", "1001"), ("q", "1002"), ("proof", ADA), ("proof[a]", "x"), ("q[]", "x"), ("", "x")];
    let page = app.browser().submit("/tracking/api/find_order", &fields).await;
    assert_eq!((page.status, page.kind()), (StatusCode::OK, "order"));
}

#[tokio::test]
async fn a_proof_shows_the_town_and_the_end_of_the_postcode_only() {
    let app = with_adas_order().await;
    let page = app.browser().prove("1001", ADA).await;
    assert!(page.body.contains("Berlin") && page.body.contains("…15"), "{}", page.body);
    for hidden in ["Lindenallee", "Lovelace", "10115", ADA, "901820"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn a_wrong_proof_and_an_order_that_is_not_there_are_one() {
    let app = with_adas_order().await;
    let wrong = asked(&app, &[("q", "1001"), ("proof", "eve@example.com")]).await;
    let missing = asked(&app, &[("q", "1002"), ("proof", "eve@example.com")]).await;
    assert_eq!(wrong.1.kind(), "proof");
    assert!(wrong.1.alert().is_some());
    assert_eq!(alike(&wrong, &["1001", "1002"]), alike(&missing, &["1001", "1002"]));
    // What is no contact at all is answered in the same way.
    for proof in ["no contact", "<script>", "12"] {
        let unreadable = asked(&app, &[("q", "1001"), ("proof", proof)]).await;
        assert_eq!(alike(&unreadable, &["1001", "1002"]), alike(&missing, &["1001", "1002"]), "{proof}");
    }
}

#[tokio::test]
async fn an_order_number_alone_asks_for_the_proof_whether_or_not_it_exists() {
    let app = with_adas_order().await;
    let known = asked(&app, &[("q", "1001")]).await;
    let unknown = asked(&app, &[("q", "1002")]).await;
    assert_eq!((known.1.kind(), known.1.alert()), ("proof", None));
    assert_eq!(alike(&known, &["1001", "1002"]), alike(&unknown, &["1001", "1002"]));
    assert!(app.mail().await.is_empty());
}

#[tokio::test]
async fn an_email_alone_is_answered_alike_and_only_a_known_one_is_written_to() {
    let app = with_adas_order().await;
    let (known_as, unknown_as) = ("ada@example.com", "eve@example.com");
    let known = asked(&app, &[("q", known_as)]).await;
    let unknown = asked(&app, &[("q", unknown_as)]).await;
    assert_eq!(known.1.kind(), "code");
    assert_eq!(alike(&known, &[known_as, unknown_as]), alike(&unknown, &[known_as, unknown_as]));
    let sent = app.mail().await;
    assert_eq!(sent.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [ADA]);
}

#[tokio::test]
async fn a_phone_alone_is_answered_alike_and_only_a_known_one_is_written_to() {
    let app = with_adas_order().await;
    let (known_as, unknown_as) = ("030 901820", "030 901821");
    let known = asked(&app, &[("q", known_as)]).await;
    let unknown = asked(&app, &[("q", unknown_as)]).await;
    assert_eq!(known.1.kind(), "code");
    assert_eq!(alike(&known, &[known_as, unknown_as]), alike(&unknown, &[known_as, unknown_as]));
    let sent = app.mail().await;
    assert_eq!(sent.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["+4930901820"]);
}

#[tokio::test]
async fn a_tracking_number_opens_the_parcel_and_shows_nobodys_things() {
    let app = with_adas_order().await;
    for q in [UPS, "1z 5r8 939 0357567127", &UPS.to_lowercase()] {
        let page = app.browser().find(q).await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "parcel"), "{q}");
        assert!(page.body.contains("data-status=\"in_transit.departed_facility\""));
        let hidden = ["Lovelace", "Lindenallee", "Berlin", "10115", "LAMP-1", "Reading lamp", "1001", ADA, "901820"];
        for hidden in hidden {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
        assert_eq!(page.count("data-part=\"event\""), 3);
    }
    let page = app.browser().find("1Z5R89390357567128").await;
    assert_ne!(page.kind(), "parcel");
}

#[tokio::test]
async fn a_parcel_at_a_counter_is_to_be_collected_not_out_for_delivery() {
    let app = with_adas_order().await;
    app.tell(a_shipment("AB12345678").out_for_delivery()).await;
    let page = app.browser().get("/tracking/parcels/AB12345678?lang=en").await;
    assert!(page.body.contains("Out for delivery"), "{}", page.body);
    app.tell(a_shipment("AB12345678").out_for_delivery().then(Status::ReadyForPickup)).await;
    let page = app.browser().get("/tracking/parcels/AB12345678?lang=en").await;
    let steps = page.body.split("data-part=\"progress\"").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(steps.contains("Ready to collect") && !steps.contains("Out for delivery"), "{steps}");
}

#[tokio::test]
async fn an_order_that_is_not_this_browsers_is_as_good_as_missing() {
    let app = with_adas_order().await;
    app.tell(an_order("#1002").with_email("bob@example.com").with_shipment(a_shipment("1Z9").delivered())).await;
    let mut ada = app.browser();
    ada.prove("1001", ADA).await;
    let mut stranger = app.browser();
    for path in ["", "/events"] {
        let of = |number: &str| format!("/tracking/orders/{number}{path}");
        for browser in [&mut ada, &mut stranger] {
            let others = browser.get(&of("1002")).await;
            let missing = browser.get(&of("1003")).await;
            assert_eq!((others.status, others.kind()), (StatusCode::NOT_FOUND, "error"));
            let plain = |page: &Page, number: &str| {
                let (status, headers, body) = page.plain();
                (status, headers, body.replace(number, "NUMBER"))
            };
            assert_eq!(plain(&others, "1002"), plain(&missing, "1003"));
        }
    }
    assert_eq!(ada.get("/tracking/orders/1001").await.status, StatusCode::OK);
    assert_eq!(stranger.get("/tracking/orders").await.status, StatusCode::NOT_FOUND);
    // Nor does the other brand know this browser or this order.
    let mut at_volt = app.browser().at("volt.localhost");
    for (name, value) in ada.cookies() {
        at_volt.set_cookie(name, value);
    }
    assert_eq!(at_volt.get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_box_is_filled_from_the_address_and_nothing_of_it_is_markup() {
    let app = TestApp::new().await;
    let page = app.browser().get("/tracking?q=%231001").await;
    assert_eq!((page.status, page.kind()), (StatusCode::OK, "lookup"));
    assert!(page.body.contains("value=\"#1001\""), "{}", page.body);
    let hostile = app.browser().get("/tracking?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!hostile.body.contains("<script>alert"), "{}", hostile.body);
}

#[tokio::test]
async fn what_cannot_be_used_stays_in_the_box_with_a_word_about_it() {
    let app = TestApp::new().await;
    for q in ["", "   ", "<script>", "a@b"] {
        let page = app.browser().find(q).await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "lookup"), "{q}");
        assert!(page.alert().is_some(), "{q}");
    }
    let page = app.browser().find(&"9".repeat(301)).await;
    assert!(page.alert().is_some());
}

#[tokio::test]
async fn an_address_with_a_slip_in_it_gets_a_hint_from_its_text_alone() {
    let app = TestApp::new().await;
    let page = app.browser().find("ada@gmial.com").await;
    assert_eq!(page.kind(), "code");
    assert!(page.body.contains("ada@gmail.com"), "{}", page.body);
}

#[tokio::test]
async fn a_reference_is_made_anew_with_every_proof() {
    let app = with_adas_order().await;
    app.tell(an_order("#1002").with_email(ADA)).await;
    let mut browser = app.browser();
    browser.prove("1001", ADA).await;
    let before = browser.cookies().clone();
    browser.prove("1002", ADA).await;
    assert_ne!(browser.cookies()["doorstep"], before["doorstep"]);
    assert_eq!(browser.get("/tracking/orders/1001").await.status, StatusCode::OK);
    // Whoever holds the old one holds nothing, as soon as the change is heard of.
    let mut thief = app.browser();
    thief.set_cookie("doorstep", &before["doorstep"]);
    app.kept.heed(&crate::store::changes::Change::Everything);
    assert_eq!(thief.get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_browser_that_asks_to_be_forgotten_is() {
    let app = with_adas_order().await;
    let mut browser = app.browser();
    browser.prove("1001", ADA).await;
    let kept = browser.cookies().clone();
    assert_eq!(browser.submit("/tracking/api/forget", &[]).await.kind(), "lookup");
    assert!(!browser.cookies().contains_key("doorstep"));
    browser.set_cookie("doorstep", &kept["doorstep"]);
    app.kept.heed(&crate::store::changes::Change::Everything);
    assert_eq!(browser.get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_that_asks_for_values_gets_them_under_the_same_rules() {
    let app = with_adas_order().await;
    let mut browser = app.browser().with_header("accept", "application/json");
    let read = browser.post("/tracking/api/read_order", &[("order_number", "1001")]).await;
    assert_eq!(read.status, StatusCode::NOT_FOUND);
    let answer = browser.post("/tracking/api/find_order", &[("q", "1001"), ("proof", ADA)]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "{\"next\":\"/tracking/orders/1001\"}"));
    let read = browser.post("/tracking/api/read_order", &[("order_number", "1001")]).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.body.contains("\"order_number\":\"#1001\"") && !read.body.contains("Lindenallee"));
    let parcel = app.browser().with_header("accept", "application/json");
    let mut parcel = parcel;
    let read = parcel.post("/tracking/api/read_parcel", &[("tracking_number", UPS)]).await;
    assert!(read.status == StatusCode::OK && !read.body.contains("Reading lamp"), "{}", read.body);
    assert_eq!(parcel.post("/tracking/api/read_orders", &[]).await.status, StatusCode::NOT_FOUND);
}
