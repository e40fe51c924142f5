//! Shipments whose events another system wrote, and those whose time has come: folded again.

use crate::store::{StoreError, Urgency, changes, ingest};
use crate::web::app::App;

const TOGETHER: i64 = 200;

/// Folds what is due. Gives how many.
pub async fn once(app: &App) -> Result<usize, StoreError> {
    let now = app.now();
    let mut conn = app.store.read().await?;
    if !changes::has_refolds(&mut conn, now).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let due = changes::claim_refolds(&mut conn, now, TOGETHER).await?;
    ingest::refold_all(&mut conn, &due, now).await?;
    conn.commit().await?;
    Ok(due.len())
}
