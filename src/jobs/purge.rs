//! Forgetting: what has run out, and what a brand keeps no longer.

use jiff::SignedDuration;

use crate::store::{StoreError, Urgency, access, changes, inbox, limits, messages, orders};
use crate::web::app::App;

/// Parsed deliveries are kept for replay this long.
const INBOX_IS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
const MESSAGES_ARE_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Orders forgotten in one transaction.
const ORDERS_TOGETHER: i64 = 100;

/// Forgets what is due, each kind in a transaction of its own: a shopper never waits for all of it.
pub async fn once(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let mut conn = app.store.write(Urgency::Batch).await?;
    access::trim(&mut conn, now).await?;
    limits::trim(&mut conn, now).await?;
    conn.commit().await?;
    let mut conn = app.store.write(Urgency::Batch).await?;
    inbox::trim(&mut conn, now - INBOX_IS_KEPT).await?;
    messages::trim(&mut conn, now - MESSAGES_ARE_KEPT).await?;
    changes::trim(&mut conn).await?;
    conn.commit().await?;
    for live in app.brands().all() {
        let kept = SignedDuration::from_hours(24 * i64::from(live.brand.policies.retention_days));
        loop {
            let mut conn = app.store.write(Urgency::Batch).await?;
            let gone = orders::forget_before(&mut conn, live.id, now - kept, ORDERS_TOGETHER).await?;
            conn.commit().await?;
            if gone == 0 {
                break;
            }
        }
    }
    Ok(())
}
