//! How the embedded store lends the connections it is read with.

use futures_util::FutureExt;

use crate::store::{Conn, Result, StoreError, fetch_optional};
use crate::testing::TestApp;

/// More than there are connections.
const MANY: usize = 12;

async fn count_to(conn: &mut Conn, most: i64) -> Result<Option<i64>> {
    let sql = "WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < $1)
               SELECT MAX(number) FROM counted";
    let counted = fetch_optional!(conn, (i64,), sql, most)?;
    Ok(counted.map(|(number,)| number))
}

#[tokio::test]
async fn a_statement_that_nobody_waits_for_any_more_stands_in_nobodys_way() {
    let app = TestApp::new().await;
    for _ in 0..MANY {
        let mut conn = app.reading().await;
        assert!(count_to(&mut conn, 200_000).now_or_never().is_none(), "it takes longer than to ask");
    }
    for number in 1..MANY as i64 {
        let mut conn = app.reading().await;
        assert_eq!(count_to(&mut conn, number).await.unwrap(), Some(number));
    }
}

#[tokio::test]
async fn a_statement_that_failed_leaves_the_connection_good() {
    let app = TestApp::new().await;
    for _ in 0..MANY {
        let mut conn = app.reading().await;
        let failed = fetch_optional!(conn, (i64,), "SELECT number FROM nowhere");
        assert!(matches!(failed.map_err(StoreError::from), Err(StoreError::Broken(_))));
        assert_eq!(count_to(&mut conn, 3).await.unwrap(), Some(3));
    }
}

#[tokio::test]
async fn whoever_finds_no_connection_free_waits_for_the_next() {
    let app = TestApp::new().await;
    let mut lent = Vec::new();
    for _ in 0..8 {
        lent.push(app.reading().await);
    }
    assert!(app.store.read().now_or_never().is_none());
    lent.pop();
    assert_eq!(count_to(&mut app.reading().await, 3).await.unwrap(), Some(3));
}

#[tokio::test]
async fn a_closed_store_cannot_be_read() {
    let app = TestApp::new().await;
    drop(app.reading().await);
    app.store.close().await;
    assert!(matches!(app.store.read().await, Err(StoreError::Unavailable(_))));
}
