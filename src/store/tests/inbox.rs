//! The inbox and the outbox: kept once, claimed once, tried again with patience, never lost.

use jiff::SignedDuration;
use uuid::Uuid;

use crate::store::inbox::{self, Delivery, MOST_ATTEMPTS, Waiting};
use crate::store::messages::{self, DueMessage, OutgoingMessage};
use crate::testing::{TestApp, on_both_databases};

on_both_databases!(
    a_repeated_delivery_is_kept_once,
    a_claimed_delivery_is_claimed_by_nobody_else,
    a_claim_whose_process_died_comes_back,
    a_delivery_that_fails_is_put_off_longer_each_time_and_then_set_aside,
    what_is_replayed_comes_oldest_first_in_pages,
    only_what_was_read_is_forgotten,
    a_message_is_claimed_once_and_ends_as_sent,
    a_message_that_fails_is_tried_eight_times,
    a_dropped_message_is_never_sent_and_never_shown,
);

fn delivery(app: &TestApp, source: &str, key: &str) -> Delivery {
    Delivery {
        brand: app.brand(),
        source: source.to_owned(),
        delivery_key: key.to_owned(),
        headers: vec![("a".to_owned(), "b".to_owned())],
        body: key.as_bytes().to_vec(),
    }
}

async fn append(app: &TestApp, source: &str, key: &str) -> bool {
    let mut conn = app.writing().await;
    let sealed = inbox::seal(app.store.vault(), delivery(app, source, key), app.now()).unwrap();
    let is_new = inbox::append(&mut conn, &[sealed], app.now()).await.unwrap();
    conn.commit().await.unwrap();
    is_new[0]
}

async fn claim(app: &TestApp) -> Vec<Waiting> {
    let mut conn = app.writing().await;
    let claimed = inbox::claim(&mut conn, app.store.vault(), app.now(), 100).await.unwrap();
    conn.commit().await.unwrap();
    claimed
}

async fn put_off(app: &TestApp, waiting: &Waiting) {
    let mut conn = app.writing().await;
    inbox::put_off(&mut conn, waiting, "the store was full", app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

async fn depth(app: &TestApp) -> (i64, i64) {
    inbox::depth(&mut app.reading().await).await.unwrap()
}

async fn a_repeated_delivery_is_kept_once(app: TestApp) {
    assert!(append(&app, "shopify", "d1").await);
    assert!(!append(&app, "shopify", "d1").await);
    assert!(append(&app, "shopify", "d2").await);
    assert!(append(&app, "easypost", "d1").await);
    assert_eq!(depth(&app).await, (3, 0));
    let listed = inbox::list(&mut app.reading().await, Some("waiting"), 10).await.unwrap();
    assert_eq!(listed.len(), 3);
    let shown = inbox::show(&mut app.reading().await, app.store.vault(), listed[0].inbox_id).await.unwrap().unwrap();
    assert_eq!((shown.1.as_slice(), shown.2.len()), (&br#"[["a","b"]]"#[..], 2));
}

async fn a_claimed_delivery_is_claimed_by_nobody_else(app: TestApp) {
    append(&app, "shopify", "d1").await;
    assert!(inbox::has_due(&mut app.reading().await, app.now()).await.unwrap());
    let claimed = claim(&app).await;
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].body.as_deref(), claimed[0].attempts), (Some(&b"d1"[..]), 1));
    assert!(!inbox::has_due(&mut app.reading().await, app.now()).await.unwrap());
    assert!(claim(&app).await.is_empty());
    let mut conn = app.writing().await;
    inbox::done(&mut conn, claimed[0].inbox_id, None, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(SignedDuration::from_hours(24));
    assert!(claim(&app).await.is_empty());
}

async fn a_claim_whose_process_died_comes_back(app: TestApp) {
    append(&app, "shopify", "d1").await;
    assert_eq!(claim(&app).await.len(), 1);
    app.advance(SignedDuration::from_secs(61));
    let again = claim(&app).await;
    assert_eq!(again[0].attempts, 2);
}

async fn a_delivery_that_fails_is_put_off_longer_each_time_and_then_set_aside(app: TestApp) {
    append(&app, "shopify", "d1").await;
    let mut waits = Vec::new();
    for attempt in 1..=MOST_ATTEMPTS {
        let began = app.now();
        let claimed = loop {
            match claim(&app).await.pop() {
                Some(claimed) => break claimed,
                None => app.advance(SignedDuration::from_secs(1)),
            }
        };
        waits.push(app.now().duration_since(began));
        assert_eq!(claimed.attempts, attempt);
        put_off(&app, &claimed).await;
    }
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
    assert_eq!(depth(&app).await, (0, 1));
    app.advance(SignedDuration::from_hours(24));
    assert!(claim(&app).await.is_empty());
    let set_aside = inbox::list(&mut app.reading().await, Some("dead"), 10).await.unwrap();
    assert_eq!(set_aside[0].error.as_deref(), Some("the store was full"));
}

async fn what_is_replayed_comes_oldest_first_in_pages(app: TestApp) {
    for key in ["a", "b", "c", "d", "e"] {
        append(&app, if key == "c" { "easypost" } else { "shopify" }, key).await;
        app.advance(SignedDuration::from_secs(1));
    }
    let failed = claim(&app).await.into_iter().find(|waiting| waiting.body.as_deref() == Some(b"d")).unwrap();
    let mut conn = app.writing().await;
    inbox::dead(&mut conn, failed.inbox_id, "unreadable", app.now()).await.unwrap();
    conn.commit().await.unwrap();
    let vault = app.store.vault();
    let mut conn = app.reading().await;
    let mut read = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let page = inbox::page(&mut conn, vault, after, None, false, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.inbox_id;
        read.extend(page.into_iter().filter_map(|waiting| waiting.body));
    }
    assert_eq!(read.concat(), b"abcde");
    let of_one = inbox::page(&mut conn, vault, Uuid::nil(), Some("easypost"), false, 9).await.unwrap();
    assert_eq!(of_one.len(), 1);
    let failed_only = inbox::page(&mut conn, vault, Uuid::nil(), None, true, 9).await.unwrap();
    assert_eq!(failed_only.iter().filter_map(|waiting| waiting.body.as_deref()).collect::<Vec<_>>(), [b"d"]);
}

async fn only_what_was_read_is_forgotten(app: TestApp) {
    for key in ["read", "dead", "waiting"] {
        append(&app, "shopify", key).await;
    }
    let claimed = claim(&app).await;
    let id = |key: &str| claimed.iter().find(|w| w.body.as_deref() == Some(key.as_bytes())).unwrap().inbox_id;
    let mut conn = app.writing().await;
    inbox::done(&mut conn, id("read"), None, app.now()).await.unwrap();
    inbox::dead(&mut conn, id("dead"), "unreadable", app.now()).await.unwrap();
    app.advance(SignedDuration::from_hours(24 * 400));
    assert_eq!(inbox::trim(&mut conn, app.now()).await.unwrap(), 1);
    conn.commit().await.unwrap();
    assert_eq!(depth(&app).await, (1, 1));
}

fn message(to: &str) -> OutgoingMessage {
    OutgoingMessage {
        channel: "email".to_owned(),
        to: to.to_owned(),
        subject: "s".to_owned(),
        text: "t".to_owned(),
        html: String::new(),
    }
}

async fn enqueue(app: &TestApp, to: &str, is_real: bool) {
    let mut conn = app.writing().await;
    let vault = app.store.vault();
    messages::enqueue(&mut conn, vault, app.brand(), &message(to), is_real, app.now()).await.unwrap();
    conn.commit().await.unwrap();
}

async fn claim_messages(app: &TestApp) -> Vec<DueMessage> {
    let mut conn = app.writing().await;
    let claimed = messages::claim(&mut conn, app.store.vault(), app.now(), 10).await.unwrap();
    conn.commit().await.unwrap();
    claimed
}

async fn a_message_is_claimed_once_and_ends_as_sent(app: TestApp) {
    enqueue(&app, "ada@example.com", true).await;
    let claimed = claim_messages(&app).await;
    assert_eq!(claimed[0].message, message("ada@example.com"));
    assert!(claim_messages(&app).await.is_empty());
    let mut conn = app.writing().await;
    messages::finish(&mut conn, claimed[0].brand, claimed[0].message_id, Ok(()), app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(SignedDuration::from_hours(1));
    assert!(!messages::has_due(&mut app.reading().await, app.now()).await.unwrap());
    let recent = messages::recent(&mut app.reading().await, app.store.vault(), 10).await.unwrap();
    assert_eq!(recent.len(), 1);
}

async fn a_message_that_fails_is_tried_eight_times(app: TestApp) {
    enqueue(&app, "ada@example.com", true).await;
    let mut tries = 0;
    for _ in 0..20 {
        for due in claim_messages(&app).await {
            tries += 1;
            let mut conn = app.writing().await;
            messages::put_off(&mut conn, &due, "the mail server could not take it now", app.now()).await.unwrap();
            conn.commit().await.unwrap();
        }
        app.advance(SignedDuration::from_hours(8));
    }
    assert_eq!(tries, 8);
    assert_eq!(app.count("SELECT COUNT(*) FROM outgoing_messages WHERE state = 'dead'").await, 1);
}

async fn a_dropped_message_is_never_sent_and_never_shown(app: TestApp) {
    enqueue(&app, "nobody@example.com", false).await;
    assert!(claim_messages(&app).await.is_empty());
    assert!(messages::recent(&mut app.reading().await, app.store.vault(), 10).await.unwrap().is_empty());
}
