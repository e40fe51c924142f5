//! Webhooks: verified, kept before they are answered, read afterwards, each once.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use ring::hmac;

use crate::jobs::ingest;
use crate::testing::app::HOOK_SECRET;
use crate::testing::builders::UPS;
use crate::testing::{Page, TestApp};

const BODY: &str = r##"{"order_number":"#1001","email":"ada@example.com","items":[{"id":"1","title":"Lamp"}],
    "shipments":[{"tracking_number":"1Z5R89390357567127","carrier":"UPS",
    "events":[{"occurred_at":"2026-11-05T18:00:00+01:00","status":"in_transit.accepted"}]}]}"##;

struct Push<'a> {
    id: &'a str,
    body: &'a [u8],
    secret: &'a str,
    /// Seconds before now.
    age: i64,
    to: &'a str,
}

impl<'a> Push<'a> {
    fn of(body: &'a [u8]) -> Push<'a> {
        Push { id: "msg_1", body, secret: HOOK_SECRET, age: 0, to: "/hooks/doorstep/meadow" }
    }

    async fn send(&self, app: &TestApp) -> Page {
        let time = (app.now().as_second() - self.age).to_string();
        let key = STANDARD.decode(self.secret.trim_start_matches("whsec_")).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let message = [self.id.as_bytes(), b".", time.as_bytes(), b".", self.body].concat();
        let signature = format!("v1,{}", STANDARD.encode(hmac::sign(&key, &message)));
        let mut browser = app.browser().at("10.0.0.1");
        let request = browser
            .request(Method::POST, self.to)
            .header("webhook-id", self.id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", signature)
            .body(Body::from(self.body.to_vec()));
        browser.send(request.unwrap()).await
    }
}

async fn kept(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM inbox").await
}

#[tokio::test]
async fn twenty_copies_at_once_become_one_event() {
    let app = TestApp::new().await;
    let push = Push::of(BODY.as_bytes());
    let sent = futures_util::future::join_all((0..20).map(|_| push.send(&app))).await;
    assert!(sent.iter().all(|page| page.status == StatusCode::ACCEPTED), "{sent:?}");
    assert_eq!(kept(&app).await, 1);
    assert_eq!(ingest::once(&app).await.unwrap(), 1);
    assert_eq!(ingest::once(&app).await.unwrap(), 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 1);
    assert_eq!(app.browser().prove("1001", "ada@example.com").await.kind(), "order");
    assert_eq!(app.browser().find(UPS).await.kind(), "parcel");
    // The same said in another delivery adds nothing either.
    let again = Push { id: "msg_2", ..Push::of(BODY.as_bytes()) };
    assert_eq!(again.send(&app).await.status, StatusCode::ACCEPTED);
    assert_eq!(ingest::once(&app).await.unwrap(), 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM tracking_events").await, 1);
}

#[tokio::test]
async fn what_is_not_rightly_signed_is_refused_and_not_kept() {
    let app = TestApp::new().await;
    let body = BODY.as_bytes();
    let other = "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcw==";
    let wrong = [
        Push { secret: other, ..Push::of(body) },
        Push { age: 301, ..Push::of(body) },
        Push { age: -301, ..Push::of(body) },
        Push { to: "/hooks/doorstep/volt", ..Push::of(body) },
        Push { to: "/hooks/doorstep/no-such-brand", ..Push::of(body) },
        Push { to: "/hooks/no-such-source/meadow", ..Push::of(body) },
        Push { to: "/hooks/shopify/meadow", ..Push::of(body) },
        Push { to: "/hooks/dhl_unified/meadow", ..Push::of(body) },
    ];
    for (position, push) in wrong.iter().enumerate() {
        let page = push.send(&app).await;
        assert_eq!((page.status, page.body.as_str()), (StatusCode::UNAUTHORIZED, ""), "{position}");
    }
    let mut browser = app.browser();
    let unsigned = browser.request(Method::POST, "/hooks/doorstep/meadow").body(Body::from(BODY)).unwrap();
    assert_eq!(browser.send(unsigned).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.get("/hooks/doorstep/meadow").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(kept(&app).await, 0);
    for age in [300, -300] {
        assert_eq!(Push { age, ..Push::of(body) }.send(&app).await.status, StatusCode::ACCEPTED);
    }
}

#[tokio::test]
async fn what_is_noted_of_a_bad_delivery_names_nobody() {
    let app = TestApp::new().await;
    let bodies = [
        r#"{"order_number":"canary@example.com"}"#,
        r#"{"order_number":"1","email":{"a":"canary@example.com"},"placed_at":"canary@example.com"}"#,
        r#"{"tracking_number":"canary@example.com","events":[{"occurred_at":"canary@example.com"}]}"#,
        r#"{"order_number":"2","items":[{"title":"x","quantity":"canary@example.com"}]} canary@example.com"#,
    ];
    for (position, body) in bodies.iter().enumerate() {
        let id = format!("msg_{position}");
        let page = Push { id: &id, ..Push::of(body.as_bytes()) }.send(&app).await;
        assert_eq!(page.status, StatusCode::ACCEPTED);
    }
    ingest::once(&app).await.unwrap();
    assert!(app.count("SELECT COUNT(*) FROM inbox WHERE error IS NOT NULL").await >= 3);
    assert_eq!(app.count("SELECT COUNT(*) FROM inbox WHERE error LIKE '%canary%'").await, 0);
}

#[tokio::test]
async fn a_delivery_may_have_256_kibibytes_and_no_more() {
    let app = TestApp::new().await;
    let large = vec![b' '; 257 * 1024];
    assert_eq!(Push::of(&large).send(&app).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(kept(&app).await, 0);
    let mut whole = BODY.as_bytes().to_vec();
    whole.resize(256 * 1024, b' ');
    assert_eq!(Push::of(&whole).send(&app).await.status, StatusCode::ACCEPTED);
    assert_eq!(ingest::once(&app).await.unwrap(), 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM orders").await, 1);
}

#[tokio::test]
async fn what_is_rightly_signed_and_unreadable_is_kept_and_set_aside() {
    let app = TestApp::new().await;
    let bodies: [&[u8]; 4] = [b"{\"order_number\":", b"", b"\xff\xfe\x00soup", b"{\"order_number\":{\"a\":[1]}}"];
    for (position, body) in bodies.iter().enumerate() {
        let id = format!("msg_{position}");
        let page = Push { id: &id, ..Push::of(body) }.send(&app).await;
        assert!(page.status.is_success(), "{}", page.status);
    }
    ingest::once(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM inbox WHERE state = 'dead' AND error <> ''").await, 4);
    // It stands in nobody's way, and waits for somebody to look at it.
    assert_eq!(Push::of(BODY.as_bytes()).send(&app).await.status, StatusCode::ACCEPTED);
    let good = Push { id: "msg_good", ..Push::of(BODY.as_bytes()) };
    assert_eq!(good.send(&app).await.status, StatusCode::ACCEPTED);
    ingest::once(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM orders").await, 1);
    app.advance(SignedDuration::from_hours(24 * 365));
    crate::jobs::purge::once(&app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM inbox WHERE state = 'dead'").await, 4);
}
