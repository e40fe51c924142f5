//! Codes and one-time links: what a message opens, once and for its browser alone.

use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::testing::{TestApp, an_order};

use super::{ADA, tell_of_ada, with_adas_order};

#[tokio::test]
async fn the_code_opens_the_orders_of_its_contact_with_the_full_address() {
    let app = with_adas_order().await;
    app.tell(an_order("#1002").with_email(ADA).with_title("Rug")).await;
    app.tell(an_order("#1003").with_email("bob@example.com").with_title("Vase")).await;
    let mut browser = app.browser();
    browser.find(ADA).await;
    let code = app.mail().await[0].code();
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let page = browser.enter_code(&spaced).await;
    assert_eq!((page.status, page.kind()), (StatusCode::OK, "orders"));
    assert!(page.body.contains("/tracking/orders/1001") && page.body.contains("Rug"));
    assert!(!page.body.contains("1003") && !page.body.contains("Vase"));
    let order = browser.get("/tracking/orders/1001").await;
    assert!(order.body.contains("Lindenallee 17") && order.body.contains("10115"));
    assert_eq!(browser.get("/tracking/orders/1003").await.status, StatusCode::NOT_FOUND);
    app.advance(SignedDuration::from_hours(24));
    assert_eq!(browser.get("/tracking/orders").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn five_wrong_codes_end_it_and_the_right_one_comes_too_late() {
    let app = with_adas_order().await;
    let mut browser = app.browser();
    browser.find(ADA).await;
    let code = app.mail().await[0].code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut said = Vec::new();
    for _ in 0..5 {
        let page = browser.enter_code(wrong).await;
        assert_eq!(page.kind(), "code");
        said.push(page.alert().unwrap());
    }
    let late = browser.enter_code(&code).await;
    assert_eq!(late.kind(), "code");
    assert_ne!(late.alert().unwrap(), said[0]);
    // Nobody is locked out: a new code opens.
    app.advance(SignedDuration::from_secs(1));
    browser.find(ADA).await;
    assert_eq!(browser.enter_code(&app.mail().await[0].code()).await.kind(), "orders");
}

#[tokio::test]
async fn a_code_for_a_stranger_fails_like_a_wrong_one() {
    let app = with_adas_order().await;
    let (mut known, mut unknown) = (app.browser(), app.browser());
    known.find("ada@example.com").await;
    unknown.find("eve@example.com").await;
    let code = app.mail().await[0].code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..6 {
        let plain = |body: String| body.replace("ada@", "eve@");
        let one = known.enter_code(wrong).await.plain();
        let other = unknown.enter_code(wrong).await.plain();
        assert_eq!((one.0, one.1, plain(one.2)), (other.0, other.1, plain(other.2)));
    }
}

#[tokio::test]
async fn a_code_is_bound_to_its_browser_and_its_ten_minutes() {
    let app = with_adas_order().await;
    let (mut ada, mut eve) = (app.browser(), app.browser());
    ada.find(ADA).await;
    let code = app.mail().await[0].code();
    assert_eq!(eve.enter_code(&code).await.kind(), "lookup");
    eve.find("eve@example.com").await;
    assert_eq!(eve.enter_code(&code).await.kind(), "code");
    app.advance(SignedDuration::from_mins(10));
    assert_eq!(ada.enter_code(&code).await.kind(), "code");
    ada.find(ADA).await;
    let fresh = app.mail().await[0].code();
    assert_eq!(ada.enter_code(&fresh).await.kind(), "orders");
    assert_ne!(ada.enter_code(&fresh).await.kind(), "orders");
}

#[tokio::test]
async fn a_one_time_link_asks_for_a_press_and_opens_once() {
    let app = with_adas_order().await;
    app.browser().find(ADA).await;
    let link = app.mail().await[0].link();
    let token = link.rsplit('/').next().unwrap();
    // A mail scanner looks as often as it likes.
    for _ in 0..3 {
        let page = app.browser().get(&link).await;
        assert_eq!((page.status, page.headers.get("set-cookie")), (StatusCode::OK, None));
        assert!(page.body.contains("/tracking/api/use_link"));
    }
    let mut browser = app.browser();
    assert_eq!(browser.submit("/tracking/api/use_link", &[("token", token)]).await.kind(), "orders");
    let again = app.browser().submit("/tracking/api/use_link", &[("token", token)]).await;
    assert_eq!((again.status, again.kind()), (StatusCode::NOT_FOUND, "error"));
    assert_eq!(app.browser().get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_one_time_link_opens_for_ten_minutes_at_its_own_brand() {
    let app = with_adas_order().await;
    app.browser().find(ADA).await;
    let link = app.mail().await[0].link();
    assert_eq!(app.browser().at("volt.localhost").get(&link).await.status, StatusCode::NOT_FOUND);
    app.advance(SignedDuration::from_mins(10));
    assert_eq!(app.browser().get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_address_gets_three_messages_and_then_one_an_hour_and_nobody_is_told() {
    let app = with_adas_order().await;
    let mut pages = Vec::new();
    for _ in 0..5 {
        pages.push(app.browser().find(ADA).await.plain());
    }
    assert_eq!(app.mail().await.len(), 3);
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
    app.advance(SignedDuration::from_hours(1));
    app.browser().find(ADA).await;
    app.browser().find(ADA).await;
    assert_eq!(app.mail().await.len(), 4);
}

#[tokio::test]
async fn one_place_sends_five_messages_and_then_one_a_minute() {
    let app = TestApp::new().await;
    for number in 0..8 {
        app.tell(an_order(&format!("#20{number}")).with_email(&format!("shopper{number}@example.com"))).await;
    }
    for number in 0..7 {
        let page = app.browser().from_ip("203.0.113.7").find(&format!("shopper{number}@example.com")).await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "code"));
    }
    assert_eq!(app.mail().await.len(), 5);
    app.advance(SignedDuration::from_mins(1));
    app.browser().from_ip("203.0.113.7").find("shopper7@example.com").await;
    assert_eq!(app.mail().await.len(), 6);
}

#[tokio::test]
async fn past_an_order_numbers_guesses_a_code_goes_to_its_own_contact() {
    let app = TestApp::new().await;
    tell_of_ada(&app).await;
    for _ in 0..10 {
        assert_eq!(app.browser().prove("1001", "eve@example.com").await.kind(), "proof");
    }
    let guessed = app.browser().prove("1001", "eve@example.com").await;
    assert_eq!(guessed.kind(), "code");
    assert_eq!(app.mail().await[0].to, ADA);
    // The shopper is not locked out, and what does not exist is answered alike.
    app.advance(SignedDuration::from_secs(1));
    let mut ada = app.browser();
    assert_eq!(ada.prove("1001", ADA).await.kind(), "code");
    assert_eq!(ada.enter_code(&app.mail().await[0].code()).await.kind(), "orders");
    for _ in 0..10 {
        app.browser().prove("1002", "eve@example.com").await;
    }
    assert_eq!(app.browser().prove("1002", "eve@example.com").await.plain(), guessed.plain());
}
