//! What never leaves the house: a person's data in counts, errors and addresses; and no byte soup brings it down.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};

use crate::testing::{TestApp, an_order};

const CANARY: &str = "canary-ada@example.com";

/// Everything that is logged while it lives, on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || log.clone());
        tracing::subscriber::set_default(subscriber.finish())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).to_lowercase()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_counts_and_errors_hold_nobodys_data() {
    let log = Log::default();
    let _logging = log.start();
    let app = TestApp::new().await;
    app.tell(an_order("#CANARY77").with_email(CANARY)).await;
    let mut browser = app.browser();
    browser.find(CANARY).await;
    browser.prove("CANARY77", CANARY).await;
    browser.get("/tracking/orders/CANARY77").await;
    let mut seen = Vec::new();
    for path in [
        "/tracking/canary-ada@example.com",
        "/tracking/orders/canary-ada",
        "/tracking/l/canary-ada",
        "/tracking/parcels/CANARY77",
        "/hooks/doorstep/canary-ada",
        "/canary-ada",
    ] {
        seen.push(app.browser().get(path).await.plain_headers().into_iter().map(|(_, value)| value).collect());
    }
    seen.push(app.browser().from_ip("127.0.0.1").get("/metrics").await.body);
    assert!(seen.last().unwrap().contains("doorstep_requests_total"), "{seen:?}");
    // A store that fails is logged with its cause, and the cause holds nobody's data.
    app.plain_sql("DROP TABLE contacts").await;
    let failed = app.browser().find(CANARY).await;
    assert_eq!((failed.status.as_u16(), failed.kind()), (500, "error"));
    assert!(!failed.body.contains("contacts"), "the cause is shown: {}", failed.body);
    seen.push(log.text());
    assert!(log.text().contains("answered") && log.text().contains("no such table"), "{}", log.text());
    for text in &seen {
        assert!(!text.to_lowercase().contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn no_address_ever_holds_what_was_typed() {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email(CANARY)).await;
    for fields in [
        [("q", CANARY), ("proof", "")],
        [("q", "1001"), ("proof", CANARY)],
        [("q", "1002"), ("proof", CANARY)],
        [("q", "<canary>"), ("proof", "")],
    ] {
        let page = app.browser().post("/tracking/api/find_order", &fields).await;
        assert!(!page.location().unwrap().contains("canary"), "{fields:?}");
        for cookie in page.headers.get_all("set-cookie") {
            assert!(!cookie.to_str().unwrap().contains("canary"));
        }
    }
}

#[tokio::test]
async fn metrics_answer_this_machine_or_the_token() {
    let app = TestApp::new().await;
    assert_eq!(app.browser().from_ip("127.0.0.1").get("/metrics").await.status, 200);
    assert_eq!(app.browser().from_ip("203.0.113.9").get("/metrics").await.status, 401);
    let proxied =
        app.browser().from_ip("127.0.0.1").with_header("x-forwarded-for", "203.0.113.9").get("/metrics").await;
    assert_eq!(proxied.status, 401);
    let app = TestApp::with_settings(&[("DOORSTEP_METRICS_TOKEN", "secret")]).await;
    assert_eq!(app.browser().from_ip("127.0.0.1").get("/metrics").await.status, 401);
    let mut told = app.browser().from_ip("203.0.113.9").with_header("authorization", "Bearer secret");
    assert_eq!(told.get("/metrics").await.status, 200);
}

/// Bytes that look random and are the same at every run.
struct Soup(u64);

impl Soup {
    fn byte(&mut self) -> u8 {
        // Knuth's MMIX generator.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    fn bytes(&mut self, most: u8) -> Vec<u8> {
        let length = usize::from(self.byte() % most);
        (0..length).map(|_| self.byte()).collect()
    }

    /// As it may stand in an address: some of it as percent signs.
    fn address(&mut self, most: u8) -> String {
        let bytes = self.bytes(most);
        let written = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'&' | b'=' | b';' | b'%' | b'{' | b'}' | b'+' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02x}"),
        };
        bytes.into_iter().map(written).collect()
    }

    fn header(&mut self, most: u8) -> HeaderValue {
        let bytes: Vec<u8> = self.bytes(most).into_iter().filter(|byte| *byte >= 32 && *byte != 127).collect();
        HeaderValue::from_bytes(&bytes).expect("control bytes are taken out")
    }
}

#[tokio::test]
async fn byte_soup_is_answered_and_never_by_an_error_of_ours() {
    let app = TestApp::with_settings(&[("DOORSTEP_LIMITS", "relaxed")]).await;
    let mut soup = Soup(20_261_106);
    let places = [
        "/tracking/orders/",
        "/tracking/parcels/",
        "/tracking/l/",
        "/tracking/cal/",
        "/tracking/",
        "/",
        "/tracking/api/",
        "/tracking?q=",
        "/tracking?step=code&lang=",
        "/hooks/doorstep/",
        "/hooks/",
        "/api/v1/orders/",
        "/tracking/assets/",
        "/tracking/brand/",
    ];
    for round in 0..420 {
        let path = format!("{}{}", places[round % places.len()], soup.address(60));
        let Ok(uri) = path.parse::<axum::http::Uri>() else { continue };
        let method = [Method::GET, Method::POST, Method::PUT, Method::HEAD][round % 4].clone();
        let mut request = Request::builder().method(method).uri(uri).header(header::HOST, "localhost:3000");
        request =
            request.header("sec-fetch-site", "same-origin").header("content-type", "application/x-www-form-urlencoded");
        for name in
            ["cookie", "accept-language", "accept-encoding", "x-forwarded-for", "authorization", "accept", "referer"]
        {
            request = request.header(name, soup.header(80));
        }
        let cookie = format!(
            "doorstep={}; doorstep_step={}; doorstep_lang={}",
            soup.address(60),
            soup.address(60),
            soup.address(9)
        );
        request = request.header("cookie", cookie);
        let body = soup.bytes(200);
        let response = app.send(request.body(Body::from(body)).unwrap()).await;
        assert!(response.status().as_u16() < 500, "{path}: {}", response.status());
    }
}

#[tokio::test]
async fn byte_soup_in_a_form_is_answered_with_a_page() {
    let app = TestApp::with_settings(&[("DOORSTEP_LIMITS", "relaxed")]).await;
    let mut soup = Soup(7);
    for function in ["find_order", "enter_code", "use_link", "forget", "read_order", "read_parcel", "read_orders"] {
        for round in 0..25 {
            let mut body = soup.bytes(250);
            for name in [&b"&q="[..], b"&proof=", b"&code=", b"&token=", b"&order_number=", b"&tracking_number="] {
                body.extend_from_slice(name);
                body.extend(soup.bytes(if round % 2 == 0 { 20 } else { 250 }));
            }
            let mut browser = app.browser();
            let request = browser
                .request(Method::POST, &format!("/tracking/api/{function}"))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(body));
            let page = browser.send(request.unwrap()).await;
            assert!(page.status.as_u16() < 500, "{function} {round}: {}", page.status);
        }
    }
}
