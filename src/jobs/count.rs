//! Which products are bought together: orders that came in, counted once each.

use crate::store::{StoreError, Urgency, baskets, catalogue};
use crate::web::app::App;

const TOGETHER: i64 = 200;

/// Counts some orders of every brand that has a catalogue. Gives how many.
pub async fn once(app: &App) -> Result<usize, StoreError> {
    let now = app.now();
    let mut done = 0;
    for live in app.brands().all() {
        let mut conn = app.store.read().await?;
        let is_due = catalogue::has_products(&mut conn, live.id).await?
            && baskets::has_uncounted(&mut conn, live.id, now).await?;
        drop(conn);
        if is_due {
            let mut conn = app.store.write(Urgency::Batch).await?;
            done += baskets::count_orders(&mut conn, live.id, now, TOGETHER).await?;
            conn.commit().await?;
        }
    }
    Ok(usize::try_from(done).unwrap_or(usize::MAX))
}
