//! What a full disk does to the embedded store.

use crate::store::{Handle, Urgency, execute};
use crate::testing::TestApp;

#[tokio::test]
async fn a_transaction_that_sqlite_ended_by_itself_does_not_stop_the_next() {
    let app = TestApp::new().await;
    let mut conn = app.store.write(Urgency::Shopper).await.unwrap();
    // As SQLite does by itself when there is no room left.
    let Handle::Sqlite(connection) = conn.handle() else { panic!("the embedded store is SQLite") };
    sqlx::query("ROLLBACK").execute(connection).await.unwrap();
    conn.commit().await.expect_err("there is nothing to commit");
    let mut conn = app.store.write(Urgency::Shopper).await.expect("the next write begins anew");
    execute!(conn, "INSERT INTO settings (name, value) VALUES ('after', $1)", vec![1_u8]).unwrap();
    conn.commit().await.expect("it is kept");
}
