//! What every request passes: whose host, from whose page, how large, how often; and what every answer carries.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use jiff::SignedDuration;

use crate::testing::builders::UPS;
use crate::testing::{Browser, Page, TestApp};

use super::{ADA, with_adas_order};

const FORM: &str = "application/x-www-form-urlencoded";

async fn post_with(browser: &mut Browser<'_>, headers: &[(&str, &str)]) -> Page {
    let mut request = browser.request(Method::POST, "/tracking/api/find_order").header(header::CONTENT_TYPE, FORM);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::from("q=1001")).unwrap()).await
}

#[tokio::test]
async fn a_form_counts_only_from_our_own_pages() {
    let app = TestApp::new().await;
    let refused: [&[(&str, &str)]; 7] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("referer", "http://localhost:3000/tracking")],
    ];
    for headers in refused {
        let page = post_with(&mut app.browser(), headers).await;
        assert_eq!((page.status, page.kind()), (StatusCode::FORBIDDEN, "error"), "{headers:?}");
    }
    let accepted: [&[(&str, &str)]; 2] = [&[("sec-fetch-site", "same-origin")], &[("origin", "http://localhost:3000")]];
    for headers in accepted {
        assert_eq!(post_with(&mut app.browser(), headers).await.status, StatusCode::SEE_OTHER, "{headers:?}");
    }
}

#[tokio::test]
async fn nothing_that_changes_anything_answers_get() {
    let app = with_adas_order().await;
    for function in ["find_order", "enter_code", "use_link", "forget", "read_order", "read_orders", "read_parcel"] {
        let page = app.browser().get(&format!("/tracking/api/{function}?q=1001&proof={ADA}")).await;
        assert_eq!((page.status, page.kind()), (StatusCode::METHOD_NOT_ALLOWED, "error"), "{function}");
        assert!(page.headers.get("set-cookie").is_none());
    }
    let no_such = app.browser().post("/tracking/api/no_such_function", &[]).await;
    assert_eq!((no_such.status, no_such.kind()), (StatusCode::NOT_FOUND, "error"));
}

#[tokio::test]
async fn a_host_of_no_brand_is_misdirected() {
    let app = TestApp::new().await;
    for host in ["evil.example", "", "localhost.evil.example", "127.0.0.2:3000"] {
        let page = app.browser().at(host).get("/tracking").await;
        assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:3000", "volt.localhost:3000"] {
        assert_eq!(app.browser().at(host).get("/tracking").await.status, StatusCode::OK, "{host}");
    }
    for path in ["/healthz", "/readyz", "/metrics", "/dev/mail.json"] {
        assert_eq!(app.browser().at("10.0.0.9").from_ip("127.0.0.1").get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_a_next_step() {
    let app = TestApp::new().await;
    let paths =
        ["/", "/track", "/tracking/no/such", "/tracking/parcels/1Z404", "/tracking/cal/x.ics", "/tracking/cal/x"];
    for path in paths.into_iter().chain(["/tracking/l/x", "/tracking/assets/x.css", "/tracking/brand/x.css"]) {
        let page = app.browser().get(path).await;
        assert_eq!((page.status, page.kind()), (StatusCode::NOT_FOUND, "error"), "{path}");
        assert!(page.body.contains("href=\"/tracking\""), "{path}");
    }
    assert_eq!(app.browser().get("/tracking/").await.kind(), "lookup");
}

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let large = "x".repeat(70 * 1024);
    let page = browser.post("/tracking/api/find_order", &[("q", &large)]).await;
    assert_eq!((page.status, page.kind()), (StatusCode::PAYLOAD_TOO_LARGE, "error"));
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x"] {
        let request = browser
            .request(Method::POST, "/tracking/api/find_order")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind);
        let page = browser.send(request.body(Body::from("{\"q\":\"1001\"}")).unwrap()).await;
        assert_eq!((page.status, page.kind()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "error"), "{kind}");
    }
}

#[tokio::test]
async fn an_address_may_ask_thirty_times_and_is_told_when_to_come_back() {
    let app = TestApp::new().await;
    let ask = async |ip: &str| app.browser().from_ip(ip).post("/tracking/api/find_order", &[("q", "1001")]).await;
    for _ in 0..30 {
        assert_eq!(ask("2001:db8:1:2::1").await.status, StatusCode::SEE_OTHER);
    }
    let page = ask("2001:db8:1:2::1").await;
    assert_eq!((page.status, page.kind()), (StatusCode::TOO_MANY_REQUESTS, "error"));
    let wait: i64 = page.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3).contains(&wait), "{wait}");
    // The household counts as one, its neighbour does not.
    assert_eq!(ask("2001:db8:1:2:ffff::9").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("2001:db8:1:3::1").await.status, StatusCode::SEE_OTHER);
    app.advance(SignedDuration::from_secs(wait));
    assert_eq!(ask("2001:db8:1:2::1").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_forwarded_address_counts_only_from_a_configured_proxy() {
    let behind = TestApp::with_settings(&[("DOORSTEP_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let open = TestApp::new().await;
    for (app, expected) in [(&behind, StatusCode::SEE_OTHER), (&open, StatusCode::TOO_MANY_REQUESTS)] {
        let mut last = StatusCode::OK;
        for number in 0..31 {
            let forwarded = format!("203.0.113.{number}");
            let mut browser = app.browser().from_ip("10.1.1.1").with_header("x-forwarded-for", &forwarded);
            last = browser.post("/tracking/api/find_order", &[("q", "1001")]).await.status;
        }
        assert_eq!(last, expected);
    }
}

#[tokio::test]
async fn relaxed_limits_refuse_nobody() {
    let app = TestApp::with_settings(&[("DOORSTEP_LIMITS", "relaxed")]).await;
    for _ in 0..40 {
        let page = app.browser().from_ip("203.0.113.1").post("/tracking/api/find_order", &[("q", "1001")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
}

/// One page of every kind, and every kind of error.
async fn every_page(app: &TestApp) -> Vec<Page> {
    let mut ada = app.browser();
    let mut pages = vec![
        ada.get("/tracking?q=1001").await,
        ada.get("/tracking?lang=de").await,
        ada.find("1001").await,
        ada.find("<script>alert(1)</script>").await,
        ada.find(ADA).await,
    ];
    let mail = app.mail().await[0].clone();
    pages.push(app.browser().get(&mail.link()).await);
    pages.push(ada.enter_code(&mail.code()).await);
    for path in ["/tracking/orders/1001", "/tracking/no/such", "/elsewhere", &format!("/tracking/parcels/{UPS}")] {
        pages.push(ada.get(path).await);
    }
    pages.push(ada.post("/tracking", &[]).await);
    pages.push(post_with(&mut app.browser(), &[]).await);
    pages.push(app.browser().at("evil.example").get("/tracking").await);
    pages
}

#[tokio::test]
async fn every_page_carries_the_headers_that_protect_it() {
    let app = with_adas_order().await;
    let pages = every_page(&app).await;
    let kinds: std::collections::BTreeSet<&str> = pages.iter().map(Page::kind).collect();
    assert_eq!(kinds, ["code", "error", "lookup", "order", "orders", "parcel", "proof"].into());
    for page in &pages {
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'"] {
            assert!(policy.contains(part), "{part}");
        }
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    }
}

#[tokio::test]
async fn no_page_has_anything_inline_or_from_elsewhere() {
    let app = with_adas_order().await;
    for page in every_page(&app).await {
        let body = page.body.to_lowercase();
        for part in
            [" style=", "<style", "<script>", " onclick=", " onload=", " onsubmit=", "javascript:", "src=\"http"]
        {
            assert!(!body.contains(part), "{part} in {body}");
        }
        for tag in body.split("<script").skip(1) {
            let (attributes, rest) = tag.split_once('>').unwrap();
            assert!(attributes.contains("src=\"/tracking/assets/") && rest.starts_with("</script>"), "{tag}");
        }
        for link in body.split("<link").skip(1) {
            assert!(!link.split('>').next().unwrap().contains("href=\"http"), "{link}");
        }
    }
}

#[tokio::test]
async fn cookies_are_as_strict_as_their_host_allows() {
    let secured = async |own_host: bool| {
        let app = TestApp::with_brands(|brand| {
            brand.origin = brand.origin.replace("http://", "https://");
            brand.own_host = own_host;
        })
        .await;
        super::tell_of_ada(&app).await;
        let page = app.browser().post("/tracking/api/find_order", &[("q", "1001"), ("proof", ADA)]).await;
        assert_eq!(page.header("strict-transport-security"), Some("max-age=31536000"));
        page.header("set-cookie").unwrap().to_owned()
    };
    let own = secured(true).await;
    assert!(own.starts_with("__Host-doorstep=") && own.contains("; Path=/;"), "{own}");
    let shared = secured(false).await;
    assert!(shared.starts_with("__Secure-doorstep=") && shared.contains("; Path=/tracking;"), "{shared}");
    for cookie in [own, shared] {
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
}

#[tokio::test]
async fn the_language_is_the_one_picked_then_the_browsers() {
    let app = TestApp::new().await;
    let mut browser = app.browser().with_header("accept-language", "de-AT,de;q=0.9,en;q=0.5");
    assert!(browser.get("/tracking").await.body.contains("<html lang=\"de\""));
    assert!(browser.get("/tracking?lang=en").await.body.contains("<html lang=\"en\""));
    assert!(browser.get("/tracking").await.body.contains("<html lang=\"en\""));
    assert!(app.browser().get("/tracking?lang=xx").await.body.contains("<html lang=\"en\""));
}

#[tokio::test]
async fn a_head_is_answered_like_its_get_without_a_body() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let request = browser.request(Method::HEAD, "/tracking").body(Body::empty()).unwrap();
    let page = browser.send(request).await;
    assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, ""));
    let compressed = app.browser().with_header("accept-encoding", "gzip, br").get("/tracking").await;
    assert_eq!(compressed.header("content-encoding"), Some("br"));
}
