//! Grants, codes and one-time links as the store keeps them.

use jiff::SignedDuration;

use crate::access::grant::{ProvedBy, Scope, Subject};
use crate::orders::OrderId;
use crate::store::access::{
    CodeAnswer, add_challenge, add_grant, add_one_time_link, grants_for, one_time_link_is_open, revoke, revoke_links,
    slide, trim, try_code, use_one_time_link,
};
use crate::testing::{TestApp, an_order, on_both_databases};

on_both_databases!(
    a_grant_belongs_to_one_browser_of_one_brand,
    a_wider_grant_moves_all_under_a_fresh_reference,
    an_order_grant_slides_and_a_contact_grant_does_not_last,
    a_revoked_grant_is_gone_at_once,
    revoking_links_closes_what_they_opened_and_nothing_else,
    a_code_opens_once,
    a_code_takes_five_tries_and_ten_minutes,
    a_new_code_replaces_only_that_browsers_own,
    a_one_time_link_opens_once_and_for_ten_minutes,
    what_has_run_out_is_forgotten,
);

async fn an_order_id(app: &TestApp, number: &str) -> OrderId {
    app.tell(an_order(number).with_email("ada@example.com")).await;
    super::order(app, number.trim_start_matches('#')).await.unwrap().order_id
}

async fn give(app: &TestApp, old: Option<&[u8]>, new: &[u8], subject: Subject, proved_by: ProvedBy) {
    let mut conn = app.writing().await;
    add_grant(&mut conn, app.brand(), old, new, &subject, proved_by, app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

async fn scopes(app: &TestApp, session: &[u8]) -> Vec<Scope> {
    let mut conn = app.reading().await;
    let grants = grants_for(&mut conn, app.brand(), session, app.now()).await.unwrap();
    let mut scopes: Vec<Scope> = grants.into_iter().map(|grant| grant.scope).collect();
    scopes.sort();
    scopes
}

async fn a_grant_belongs_to_one_browser_of_one_brand(app: TestApp) {
    let order = an_order_id(&app, "#1001").await;
    give(&app, None, b"one", Subject::Order(order), ProvedBy::Proof).await;
    assert_eq!(scopes(&app, b"one").await, [Scope::Town]);
    assert_eq!(scopes(&app, b"other").await, []);
    let mut conn = app.reading().await;
    let at_volt = grants_for(&mut conn, app.brand_of("volt"), b"one", app.now()).await.unwrap();
    assert_eq!(at_volt, []);
}

async fn a_wider_grant_moves_all_under_a_fresh_reference(app: TestApp) {
    let (first, second) = (an_order_id(&app, "#1001").await, an_order_id(&app, "#1002").await);
    give(&app, None, b"one", Subject::Order(first), ProvedBy::Number).await;
    give(&app, Some(b"one"), b"two", Subject::Order(second), ProvedBy::Proof).await;
    assert_eq!(scopes(&app, b"one").await, []);
    assert_eq!(scopes(&app, b"two").await, [Scope::Summary, Scope::Town]);
    // The same order proved better: the weaker grant is replaced.
    give(&app, Some(b"two"), b"three", Subject::Order(first), ProvedBy::Proof).await;
    assert_eq!(scopes(&app, b"three").await, [Scope::Town, Scope::Town]);
    give(&app, Some(b"three"), b"four", Subject::Contact(b"index".to_vec()), ProvedBy::Code).await;
    assert_eq!(scopes(&app, b"four").await, [Scope::Town, Scope::Town, Scope::Full]);
    // Proved again in the same way, it is still one.
    give(&app, Some(b"four"), b"five", Subject::Contact(b"index".to_vec()), ProvedBy::Code).await;
    assert_eq!(scopes(&app, b"five").await, [Scope::Town, Scope::Town, Scope::Full]);
}

async fn an_order_grant_slides_and_a_contact_grant_does_not_last(app: TestApp) {
    let order = an_order_id(&app, "#1001").await;
    give(&app, None, b"one", Subject::Order(order), ProvedBy::Proof).await;
    give(&app, Some(b"one"), b"two", Subject::Contact(b"index".to_vec()), ProvedBy::Code).await;
    app.advance(SignedDuration::from_hours(24));
    assert_eq!(scopes(&app, b"two").await, [Scope::Town]);
    app.advance(SignedDuration::from_hours(28 * 24));
    let mut conn = app.writing().await;
    slide(&mut conn, app.brand(), b"two", order, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(SignedDuration::from_hours(29 * 24));
    assert_eq!(scopes(&app, b"two").await, [Scope::Town]);
    app.advance(SignedDuration::from_hours(24));
    assert_eq!(scopes(&app, b"two").await, []);
}

async fn a_revoked_grant_is_gone_at_once(app: TestApp) {
    let order = an_order_id(&app, "#1001").await;
    give(&app, None, b"one", Subject::Order(order), ProvedBy::Proof).await;
    give(&app, None, b"two", Subject::Order(order), ProvedBy::Proof).await;
    let mut conn = app.writing().await;
    assert_eq!(revoke(&mut conn, app.brand(), b"one", app.now()).await.unwrap(), 1);
    conn.commit().await.unwrap();
    assert_eq!(scopes(&app, b"one").await, []);
    assert_eq!(scopes(&app, b"two").await, [Scope::Town]);
    // It does not come back with a new proof of something else.
    let other = an_order_id(&app, "#1002").await;
    give(&app, Some(b"one"), b"three", Subject::Order(other), ProvedBy::Number).await;
    assert_eq!(scopes(&app, b"three").await, [Scope::Summary]);
}

async fn revoking_links_closes_what_they_opened_and_nothing_else(app: TestApp) {
    let (order, other) = (an_order_id(&app, "#1001").await, an_order_id(&app, "#1002").await);
    give(&app, None, b"by link", Subject::Order(order), ProvedBy::MessageLink).await;
    give(&app, None, b"by proof", Subject::Order(order), ProvedBy::Proof).await;
    give(&app, None, b"of another", Subject::Order(other), ProvedBy::MessageLink).await;
    let mut conn = app.writing().await;
    assert!(revoke_links(&mut conn, app.brand(), "1001").await.unwrap());
    assert!(!revoke_links(&mut conn, app.brand(), "404").await.unwrap());
    conn.commit().await.unwrap();
    assert_eq!(scopes(&app, b"by link").await, []);
    assert_eq!(scopes(&app, b"by proof").await, [Scope::Town]);
    assert_eq!(scopes(&app, b"of another").await, [Scope::Town]);
    assert_eq!(super::order(&app, "1001").await.unwrap().link_epoch, 1);
}

async fn challenge(app: &TestApp, browser: &[u8], code: &[u8]) {
    let mut conn = app.writing().await;
    add_challenge(&mut conn, app.brand(), browser, code, b"index", app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

async fn enter(app: &TestApp, browser: &[u8], code: &[u8]) -> CodeAnswer {
    let mut conn = app.writing().await;
    let answer = try_code(&mut conn, app.brand(), browser, app.now(), |kept| kept == code).await.unwrap();
    conn.commit().await.unwrap();
    answer
}

fn right() -> CodeAnswer {
    CodeAnswer::Right { contact_index: b"index".to_vec() }
}

async fn a_code_opens_once(app: TestApp) {
    challenge(&app, b"browser", b"123456").await;
    assert_eq!(enter(&app, b"another browser", b"123456").await, CodeAnswer::Over);
    assert_eq!(enter(&app, b"browser", b"000000").await, CodeAnswer::Wrong);
    assert_eq!(enter(&app, b"browser", b"123456").await, right());
    assert_eq!(enter(&app, b"browser", b"123456").await, CodeAnswer::Over);
}

async fn a_code_takes_five_tries_and_ten_minutes(app: TestApp) {
    challenge(&app, b"browser", b"123456").await;
    for _ in 0..5 {
        assert_eq!(enter(&app, b"browser", b"000000").await, CodeAnswer::Wrong);
    }
    assert_eq!(enter(&app, b"browser", b"123456").await, CodeAnswer::Over);
    challenge(&app, b"other", b"123456").await;
    for _ in 0..4 {
        assert_eq!(enter(&app, b"other", b"000000").await, CodeAnswer::Wrong);
    }
    assert_eq!(enter(&app, b"other", b"123456").await, right());
    challenge(&app, b"late", b"123456").await;
    app.advance(SignedDuration::from_mins(10));
    assert_eq!(enter(&app, b"late", b"123456").await, CodeAnswer::Over);
}

async fn a_new_code_replaces_only_that_browsers_own(app: TestApp) {
    challenge(&app, b"one", b"111111").await;
    challenge(&app, b"two", b"222222").await;
    for _ in 0..5 {
        enter(&app, b"one", b"000000").await;
    }
    challenge(&app, b"one", b"333333").await;
    assert_eq!(enter(&app, b"one", b"111111").await, CodeAnswer::Wrong);
    assert_eq!(enter(&app, b"one", b"333333").await, right());
    assert_eq!(enter(&app, b"two", b"222222").await, right());
}

async fn a_one_time_link_opens_once_and_for_ten_minutes(app: TestApp) {
    let mut conn = app.writing().await;
    let (brand, volt) = (app.brand(), app.brand_of("volt"));
    add_one_time_link(&mut conn, brand, b"link", b"index", app.now()).await.unwrap();
    add_one_time_link(&mut conn, brand, b"late", b"index", app.now()).await.unwrap();
    assert!(one_time_link_is_open(&mut conn, brand, b"link", app.now()).await.unwrap());
    assert!(one_time_link_is_open(&mut conn, brand, b"link", app.now()).await.unwrap());
    assert!(!one_time_link_is_open(&mut conn, volt, b"link", app.now()).await.unwrap());
    assert_eq!(use_one_time_link(&mut conn, volt, b"link", app.now()).await.unwrap(), None);
    assert_eq!(use_one_time_link(&mut conn, brand, b"link", app.now()).await.unwrap(), Some(b"index".to_vec()));
    assert_eq!(use_one_time_link(&mut conn, brand, b"link", app.now()).await.unwrap(), None);
    app.advance(SignedDuration::from_mins(10));
    assert!(!one_time_link_is_open(&mut conn, brand, b"late", app.now()).await.unwrap());
    assert_eq!(use_one_time_link(&mut conn, brand, b"late", app.now()).await.unwrap(), None);
}

async fn what_has_run_out_is_forgotten(app: TestApp) {
    let order = an_order_id(&app, "#1001").await;
    give(&app, None, b"one", Subject::Order(order), ProvedBy::Proof).await;
    give(&app, None, b"two", Subject::Contact(b"index".to_vec()), ProvedBy::Code).await;
    challenge(&app, b"browser", b"123456").await;
    app.advance(SignedDuration::from_hours(25));
    let mut conn = app.writing().await;
    assert_eq!(trim(&mut conn, app.now()).await.unwrap(), 2);
    conn.commit().await.unwrap();
    assert_eq!(scopes(&app, b"one").await, [Scope::Town]);
}
