//! A photo of the damage, as a browser sends it.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};

use crate::store::cases;
use crate::store::feedback::rated;
use crate::testing::builders::UPS;
use crate::testing::{Browser, Page, TestApp, a_shipment, an_order};

const ORDER: &str = "/tracking/orders/1001";
const BOUNDARY: &str = "----doorstep";

async fn rated_badly() -> TestApp {
    let app = TestApp::new().await;
    app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).delivered())).await;
    let mut browser = ada(&app).await;
    let fields = [("shipment", UPS), ("rating", "1"), ("reasons", "damaged"), ("comment", "Wet through")];
    browser.post("/tracking/api/give_feedback", &fields).await;
    app
}

async fn ada(app: &TestApp) -> Browser<'_> {
    let mut browser = app.browser();
    assert_eq!(browser.prove("1001", "ada@example.com").await.kind(), "order");
    browser
}

async fn send(browser: &mut Browser<'_>, file: &[u8]) -> Page {
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"box.jpg\"\r\ncontent-type: image/jpeg\r\n\r\n"
    );
    let body = [head.as_bytes(), file, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
    let request = browser
        .request(Method::POST, &format!("/tracking/photos/{UPS}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

/// A JPEG that says in a comment where it was taken.
fn photograph() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(64, 48, image::Rgb([90, 60, 30]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    let plain = bytes.into_inner();
    [&plain[..2], &b"\xff\xfe\x00\x11at 52.5N 13.4E"[..], &plain[2..]].concat()
}

async fn kept(app: &TestApp) -> Option<Vec<u8>> {
    let mut conn = app.reading().await;
    let shipment = rated(&mut conn, app.brand(), UPS).await.unwrap().unwrap().shipment;
    cases::photo(&mut conn, app.store.vault(), app.brand(), shipment).await.unwrap()
}

#[tokio::test]
async fn a_photo_is_kept_sealed_and_without_what_the_camera_wrote() {
    let app = rated_badly().await;
    let mut browser = ada(&app).await;
    let page = browser.get(ORDER).await;
    assert_eq!(page.count("enctype=\"multipart/form-data\""), 1);
    let sent = photograph();
    let answer = send(&mut browser, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().unwrap().starts_with("/tracking/orders/1001#photo-"));
    let kept = kept(&app).await.expect("it is kept");
    assert!(sent.windows(5).any(|part| part == b"52.5N") && !kept.windows(5).any(|part| part == b"52.5N"));
    assert_eq!(image::guess_format(&kept).unwrap(), image::ImageFormat::Jpeg);
    let mut conn = app.reading().await;
    let row = crate::store::fetch_optional!(conn, (Vec<u8>,), "SELECT sealed FROM damage_photos").unwrap();
    assert!(!row.unwrap().0.windows(4).any(|part| part == b"JFIF"), "at rest it is sealed");
    assert!(browser.get(ORDER).await.body.contains("We have your photo."));
    send(&mut browser, &sent).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM damage_photos").await, 1);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_in_words_and_nothing_is_lost() {
    let app = rated_badly().await;
    let mut browser = ada(&app).await;
    let mut large = photograph();
    large.resize(30_000_000, 0);
    for (file, words) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "cannot read this as a photo"),
        (photograph()[..200].to_vec(), "cannot read this as a photo"),
        (large, "too big"),
        (Vec::new(), "choose a photo first"),
    ] {
        let answer = send(&mut browser, &file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{words}");
        let page = browser.get(answer.location().unwrap().split('#').next().unwrap()).await;
        assert!(page.alert().unwrap().contains(words), "{:?}", page.alert());
        assert!(page.body.contains("Wet through</textarea>"), "what was said of it stands");
        assert_eq!(page.count("data-part=\"photo\""), 1, "and it can be tried again");
    }
    assert_eq!(kept(&app).await, None);
    assert_eq!(browser.get(ORDER).await.alert(), None, "the plain page says nothing of it");
}

#[tokio::test]
async fn anothers_parcel_an_unrated_one_and_another_site_are_refused() {
    let app = rated_badly().await;
    assert_eq!(send(&mut app.browser(), &photograph()).await.status, StatusCode::NOT_FOUND);
    let mut elsewhere = ada(&app).await.with_header("origin", "https://evil.example");
    let request = elsewhere
        .request(Method::POST, &format!("/tracking/photos/{UPS}"))
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(format!("--{BOUNDARY}--\r\n")))
        .unwrap();
    assert_eq!(elsewhere.send(request).await.status, StatusCode::FORBIDDEN);
    app.plain_sql("DELETE FROM feedback").await;
    assert_eq!(send(&mut ada(&app).await, &photograph()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&app).await, None);
}
