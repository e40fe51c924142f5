//! Limits: so many at once, then one every so often, counted alike by every replica.

use jiff::SignedDuration;

use crate::store::limits::{Limit, Verdict, count, trim};
use crate::testing::{TestApp, on_both_databases};

on_both_databases!(
    so_many_at_once_and_then_one_every_so_often,
    asking_over_the_limit_makes_nobody_wait_longer,
    subjects_buckets_and_brands_are_counted_apart,
    who_is_within_every_limit_again_is_forgotten,
    replicas_that_count_at_once_let_no_more_through,
);

const LIMIT: Limit = Limit { bucket: "test", burst: 3, every: SignedDuration::from_secs(60) };

async fn ask(app: &TestApp, limit: Limit, subject: &[u8]) -> Verdict {
    let mut conn = app.writing().await;
    let verdict = count(&mut conn, app.brand(), limit, subject, app.now()).await.unwrap();
    conn.commit().await.unwrap();
    verdict
}

async fn so_many_at_once_and_then_one_every_so_often(app: TestApp) {
    for _ in 0..3 {
        assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Within);
    }
    assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Over(SignedDuration::from_secs(60)));
    app.advance(SignedDuration::from_secs(59));
    assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Over(SignedDuration::from_secs(1)));
    app.advance(SignedDuration::from_secs(1));
    assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Within);
    assert!(matches!(ask(&app, LIMIT, b"ada").await, Verdict::Over(_)));
    app.advance(SignedDuration::from_secs(180));
    for _ in 0..3 {
        assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Within);
    }
    assert!(matches!(ask(&app, LIMIT, b"ada").await, Verdict::Over(_)));
}

async fn asking_over_the_limit_makes_nobody_wait_longer(app: TestApp) {
    for _ in 0..10 {
        ask(&app, LIMIT, b"ada").await;
    }
    assert_eq!(ask(&app, LIMIT, b"ada").await, Verdict::Over(SignedDuration::from_secs(60)));
}

async fn subjects_buckets_and_brands_are_counted_apart(app: TestApp) {
    for _ in 0..3 {
        ask(&app, LIMIT, b"ada").await;
    }
    assert_eq!(ask(&app, LIMIT, b"bob").await, Verdict::Within);
    assert_eq!(ask(&app, Limit { bucket: "other", ..LIMIT }, b"ada").await, Verdict::Within);
    let mut conn = app.writing().await;
    let volt = count(&mut conn, app.brand_of("volt"), LIMIT, b"ada", app.now()).await.unwrap();
    assert_eq!(volt, Verdict::Within);
}

async fn who_is_within_every_limit_again_is_forgotten(app: TestApp) {
    ask(&app, LIMIT, b"ada").await;
    let rows = "SELECT COUNT(*) FROM limits";
    app.advance(SignedDuration::from_secs(30));
    let mut conn = app.writing().await;
    assert_eq!(trim(&mut conn, app.now()).await.unwrap(), 0);
    app.advance(SignedDuration::from_secs(31));
    assert_eq!(trim(&mut conn, app.now()).await.unwrap(), 1);
    conn.commit().await.unwrap();
    assert_eq!(app.count(rows).await, 0);
}

async fn replicas_that_count_at_once_let_no_more_through(app: TestApp) {
    let asking: Vec<_> = (0..12)
        .map(|_| {
            let app = app.shared();
            tokio::spawn(async move {
                let brand = app.brands().by_slug("meadow").unwrap().id;
                let mut conn = app.store.write(crate::store::Urgency::Shopper).await.unwrap();
                let verdict = count(&mut conn, brand, LIMIT, b"ada", app.now()).await.unwrap();
                conn.commit().await.unwrap();
                verdict
            })
        })
        .collect();
    let mut within = 0;
    for asked in asking {
        within += usize::from(asked.await.unwrap() == Verdict::Within);
    }
    assert_eq!(within, 3);
}
