//! Feeds and pictures from a server on this machine: what is taken over, and what a failure leaves as it was.

use std::io::Cursor;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use image::{DynamicImage, ImageFormat};
use jiff::SignedDuration;
use tokio::net::TcpListener;

use crate::jobs::outside::Outside;
use crate::jobs::{feeds, pictures};
use crate::sources::catalogue::ProductDraft;
use crate::store::catalogue::{self, CameBy};
use crate::testing::TestApp;

type Answer = Arc<Mutex<(StatusCode, Vec<u8>)>>;

/// A shop's server that says the same to everyone, until it is told to say something else.
async fn a_shop(body: impl Into<Vec<u8>>) -> (String, Answer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let answer: Answer = Arc::new(Mutex::new((StatusCode::OK, body.into())));
    let router = Router::new().fallback(say).with_state(Arc::clone(&answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, answer)
}

async fn say(State(answer): State<Answer>) -> Response {
    let (status, body) = answer.lock().unwrap().clone();
    (status, [(header::LOCATION, "https://evil.example/")], body).into_response()
}

async fn with_feed(feed: &str) -> (TestApp, Outside) {
    let feed = Some(feed.to_owned());
    let app = TestApp::with(&[], |brand| {
        if brand.slug == "meadow" {
            brand.catalogue.feed.clone_from(&feed);
            brand.catalogue.currency = Some("EUR".to_owned());
        }
    })
    .await;
    (app, Outside::new(true, Duration::from_secs(5)).unwrap())
}

const FEED: &str = r#"{"products":[
    {"id":1,"title":"Lamp","handle":"lamp","product_type":"Lighting","variants":[{"id":11,"sku":"LAMP","price":"19.90"}]},
    {"id":2,"title":"Rug","handle":"rug","product_type":"Floor","variants":[{"id":21,"sku":"RUG","price":"99.00"}]}]}"#;

#[tokio::test]
async fn a_feed_is_taken_over_on_its_schedule_and_a_failure_keeps_what_was_known() {
    let (base, answer) = a_shop(FEED).await;
    let (app, outside) = with_feed(&format!("{base}/products.json")).await;
    assert_eq!(feeds::once(&app, &outside).await.unwrap(), 1);
    assert_eq!(feeds::once(&app, &outside).await.unwrap(), 0, "not before its time");
    assert_eq!(app.count("SELECT COUNT(*) FROM products WHERE is_available = TRUE AND currency = 'EUR'").await, 2);
    for broken in [
        (StatusCode::INTERNAL_SERVER_ERROR, FEED.as_bytes().to_vec()),
        (StatusCode::FOUND, Vec::new()),
        (StatusCode::OK, b"<html>sorry</html>".to_vec()),
        (StatusCode::OK, br#"{"products":[]}"#.to_vec()),
    ] {
        *answer.lock().unwrap() = broken;
        app.advance(SignedDuration::from_hours(7));
        assert_eq!(feeds::once(&app, &outside).await.unwrap(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM products WHERE is_available = TRUE").await, 2);
    }
    assert_eq!(app.count("SELECT failures FROM catalogue_feeds").await, 4);
    let one = r#"id	title	link	price	availability
1	Lamp	https://meadow.example/lamp	21.90 EUR	in stock
"#;
    *answer.lock().unwrap() = (StatusCode::OK, one.as_bytes().to_vec());
    app.advance(SignedDuration::from_hours(7));
    assert_eq!(feeds::once(&app, &outside).await.unwrap(), 1);
    assert_eq!(app.count("SELECT price FROM products WHERE product_id = '1'").await, 2_190);
    assert_eq!(app.count("SELECT COUNT(*) FROM products WHERE is_available = FALSE").await, 1, "the rug is gone");
    assert_eq!(app.count("SELECT failures FROM catalogue_feeds").await, 0);
}

#[tokio::test]
async fn a_feed_on_this_machine_is_fetched_in_tests_only() {
    let (base, _answer) = a_shop(FEED).await;
    let (app, _) = with_feed(&format!("{base}/products.json")).await;
    let outside = Outside::new(false, Duration::from_secs(5)).unwrap();
    assert_eq!(feeds::once(&app, &outside).await.unwrap(), 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM products").await, 0);
}

#[tokio::test]
async fn a_picture_that_a_page_asks_for_is_fetched_made_small_and_shown_from_here() {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(900, 300).write_to(&mut file, ImageFormat::Png).unwrap();
    let (base, answer) = a_shop(file.into_inner()).await;
    let (app, outside) = with_feed("https://unused.example/").await;
    let product = |id: &str| ProductDraft {
        id: id.to_owned(),
        title: id.to_owned(),
        image: Some(format!("{base}/{id}.png")),
        is_available: true,
        ..ProductDraft::default()
    };
    let mut conn = app.writing().await;
    let products = [product("lamp/1"), product("broken")];
    catalogue::import(&mut conn, app.brand(), &products, CameBy::File, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(pictures::once(&app, &outside).await.unwrap(), 0, "nobody asked for one");
    let mut browser = app.browser();
    let first = browser.get("/tracking/i/lamp%2F1").await;
    let kind = |page: &crate::testing::Page, name: header::HeaderName| page.headers[name].to_str().unwrap().to_owned();
    assert_eq!((first.status, kind(&first, header::CONTENT_TYPE).as_str()), (StatusCode::OK, "image/svg+xml"));
    assert_eq!(pictures::once(&app, &outside).await.unwrap(), 1);
    let second = browser.get("/tracking/i/lamp%2F1").await;
    assert_eq!(kind(&second, header::CONTENT_TYPE), "image/jpeg");
    assert_eq!(kind(&second, header::CACHE_CONTROL), "public, max-age=300");
    let mut conn = app.reading().await;
    let shown = catalogue::product(&mut conn, app.brand(), "lamp/1").await.unwrap().unwrap();
    drop(conn);
    let named = browser.get(&format!("/tracking/i/lamp%2F1?v={}", shown.fingerprint.unwrap())).await;
    assert_eq!(kind(&named, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(browser.get("/tracking/i/nothing").await.status, StatusCode::NOT_FOUND);
    *answer.lock().unwrap() = (StatusCode::OK, b"<svg onload=alert(1)>".to_vec());
    browser.get("/tracking/i/broken").await;
    assert_eq!(pictures::once(&app, &outside).await.unwrap(), 1);
    let still = browser.get("/tracking/i/broken").await;
    assert_eq!(kind(&still, header::CONTENT_TYPE), "image/svg+xml", "a placeholder, not the file");
    assert!(!still.body.contains("onload"));
}
