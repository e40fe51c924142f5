//! What a brand may choose: how an order is found, and what proves it.

use axum::http::StatusCode;

use crate::brand::LookupPolicy;
use crate::testing::TestApp;
use crate::testing::builders::UPS;

use super::{ADA, tell_of_ada};

async fn with_policy(lookup: LookupPolicy) -> TestApp {
    let app = TestApp::with_brands(|brand| brand.policies.lookup = lookup).await;
    tell_of_ada(&app).await;
    app
}

#[tokio::test]
async fn under_summary_the_number_alone_shows_stage_and_day_only() {
    let app = with_policy(LookupPolicy::Summary).await;
    let mut browser = app.browser();
    let page = browser.find("#1001").await;
    assert_eq!((page.status, page.kind()), (StatusCode::OK, "order"));
    assert!(page.body.contains("2026-11-09"), "{}", page.body);
    for hidden in ["LAMP-1", "Reading lamp", "Berlin", "Lovelace", UPS, ADA, "data-part=\"event\""] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
    assert_eq!(app.browser().find("#1002").await.kind(), "proof");
    // With the proof the same browser sees more.
    let page = browser.prove("1001", ADA).await;
    assert!(page.body.contains("Reading lamp"));
}

#[tokio::test]
async fn under_link_only_nothing_but_a_link_opens_an_order() {
    let app = with_policy(LookupPolicy::LinkOnly).await;
    for (q, proof) in
        [("1001", ADA), ("1001", ""), ("1002", ADA), (ADA, ""), ("030 901820", ""), ("eve@example.com", "")]
    {
        let page = app.browser().prove(q, proof).await;
        assert_eq!((page.status, page.kind()), (StatusCode::OK, "lookup"), "{q} {proof}");
        assert!(page.alert().is_some(), "{q}");
    }
    assert!(app.mail().await.is_empty());
    assert_eq!(app.browser().find(UPS).await.kind(), "parcel");
}

#[tokio::test]
async fn under_code_always_a_proof_is_not_enough() {
    let app = with_policy(LookupPolicy::CodeAlways).await;
    let mut ada = app.browser();
    let asked = ada.prove("1001", ADA).await;
    assert_eq!(asked.kind(), "code");
    let missing = app.browser().prove("1002", ADA).await;
    assert_eq!(asked.plain(), missing.plain());
    let sent = app.mail().await;
    assert_eq!(sent.len(), 1);
    assert_eq!(ada.enter_code(&sent[0].code()).await.kind(), "orders");
    assert!(ada.get("/tracking/orders/1001").await.body.contains("Lindenallee"));
}

#[tokio::test]
async fn a_postcode_proves_only_where_the_brand_says_so() {
    let strict = with_policy(LookupPolicy::Proof).await;
    assert_eq!(strict.browser().prove("1001", "10115").await.kind(), "proof");
    let lenient = TestApp::with_brands(|brand| brand.policies.postcode_proof = true).await;
    tell_of_ada(&lenient).await;
    assert_eq!(lenient.browser().prove("1001", " 10 115 ").await.kind(), "order");
    for wrong in ["10116", "", "1011", "eve@example.com"] {
        assert_ne!(lenient.browser().prove("1001", wrong).await.kind(), "order", "{wrong}");
    }
    let wrong = lenient.browser().prove("1001", "10116").await;
    let missing = lenient.browser().prove("1002", "10116").await;
    assert_eq!(wrong.body.replace("1001", "1002"), missing.body);
}
