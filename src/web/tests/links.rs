//! Message links: minted with the brand's key, opened to a clean address, revoked with the order's epoch.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::Value;

use crate::store::access::revoke_links;
use crate::testing::app::API_KEY;
use crate::testing::{Page, TestApp, an_order};

use super::{ADA, with_adas_order};

async fn mint(app: &TestApp, number: &str, key: Option<&str>, body: &str) -> Page {
    let mut browser = app.browser().at("10.0.0.1");
    let mut request = browser.request(Method::POST, &format!("/api/v1/orders/{number}/link"));
    if let Some(key) = key {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    browser.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// Path of a fresh link to #1001.
async fn link(app: &TestApp) -> String {
    let minted = mint(app, "1001", Some(API_KEY), "").await;
    assert_eq!(minted.status, StatusCode::CREATED, "{}", minted.body);
    let minted: Value = serde_json::from_str(&minted.body).unwrap();
    let url = minted["url"].as_str().unwrap();
    url.strip_prefix("http://localhost:3000").expect("the brand's own origin").to_owned()
}

#[tokio::test]
async fn a_link_opens_its_order_under_a_clean_address() {
    let app = with_adas_order().await;
    let path = link(&app).await;
    // It may be used again and again.
    for _ in 0..2 {
        let mut browser = app.browser();
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location().as_deref(), Some("/tracking/orders/1001"));
        let page = browser.get("/tracking/orders/1001").await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "order"));
        assert!(!page.body.contains("Lindenallee"));
        assert!(!page.body.contains(path.rsplit('/').next().unwrap()));
    }
}

#[tokio::test]
async fn a_link_that_opens_nothing_does_not_say_why() {
    let app = with_adas_order().await;
    app.tell_brand("volt", an_order("#1001").with_email(ADA)).await;
    let missing = app.browser().get("/tracking/l/x").await;
    assert_eq!((missing.status, missing.kind()), (StatusCode::NOT_FOUND, "error"));
    let whole = link(&app).await;
    let token = whole.rsplit('/').next().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
    let same = |page: &Page, path: &str| {
        // The page's language links name its own address: it is as long as that is.
        let of = |page: &Page, path: &str| {
            let headers = page.plain_headers().into_iter().filter(|(name, _)| name != "content-length");
            (page.status, headers.collect::<Vec<_>>(), page.body.replace(path, "PATH"))
        };
        assert_eq!(of(page, path), of(&missing, "/tracking/l/x"), "{path}");
    };
    for index in 0..bytes.len() {
        let mut tampered = bytes.clone();
        tampered[index] ^= 1;
        let path = format!("/tracking/l/{}", URL_SAFE_NO_PAD.encode(tampered));
        same(&app.browser().get(&path).await, &path);
    }
    assert_eq!(app.browser().at("volt.localhost").get(&whole).await.status, StatusCode::NOT_FOUND);
    app.advance(SignedDuration::from_hours(21 * 24) - SignedDuration::from_secs(1));
    assert_eq!(app.browser().get(&whole).await.status, StatusCode::SEE_OTHER);
    app.advance(SignedDuration::from_secs(1));
    same(&app.browser().get(&whole).await, &whole);
}

#[tokio::test]
async fn a_revoked_link_and_what_it_opened_are_closed() {
    let app = with_adas_order().await;
    let path = link(&app).await;
    let mut browser = app.browser();
    browser.get(&path).await;
    let mut conn = app.writing().await;
    assert!(revoke_links(&mut conn, app.brand(), "1001").await.unwrap());
    conn.commit().await.unwrap();
    app.kept.heed(&crate::store::changes::Change::Everything);
    assert_eq!(app.browser().get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/tracking/orders/1001").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.browser().get(&link(&app).await).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_corrected_address_closes_the_link_that_went_to_the_wrong_one() {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email("wrong@example.com")).await;
    let path = link(&app).await;
    app.tell(an_order("#1001").with_email(ADA)).await;
    assert_eq!(app.browser().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn links_are_minted_with_the_brands_key_alone() {
    let app = with_adas_order().await;
    for key in [None, Some(""), Some("wrong"), Some("meadow-api-key-of-the-test")] {
        let refused = mint(&app, "1001", key, "").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{key:?}");
        assert!(!refused.body.contains("/l/"));
    }
    assert_eq!(mint(&app, "1001", Some(API_KEY), "{\"brand\":\"volt\"}").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(mint(&app, "404", Some(API_KEY), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(mint(&app, "1001", Some(API_KEY), "{").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(mint(&app, "1001", Some(API_KEY), "{\"scope\":\"all\"}").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(mint(&app, "%231001", Some(API_KEY), "{\"scope\":\"rate\"}").await.status, StatusCode::CREATED);
}
