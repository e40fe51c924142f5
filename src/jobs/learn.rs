//! Orders whose window is over are foretold anew, and parcels that set out or arrived are learnt from.

use crate::store::{StoreError, Urgency, estimates, ingest};
use crate::web::app::App;

const TOGETHER: i64 = 200;

/// Does what is due. Gives how much.
pub async fn once(app: &App) -> Result<usize, StoreError> {
    Ok(look_at_orders(app).await? + learn(app).await?)
}

async fn look_at_orders(app: &App) -> Result<usize, StoreError> {
    let now = app.now();
    let mut conn = app.store.read().await?;
    if !estimates::has_orders(&mut conn, now).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let due = estimates::claim_orders(&mut conn, now, TOGETHER).await?;
    for (brand, order) in &due {
        if ingest::estimate_order(&mut conn, *brand, *order, now).await? {
            ingest::touch_order(&mut conn, *brand, *order, now).await?;
        }
    }
    conn.commit().await?;
    Ok(due.len())
}

async fn learn(app: &App) -> Result<usize, StoreError> {
    let mut conn = app.store.read().await?;
    let is_due = estimates::has_lessons(&mut conn, app.now()).await?;
    drop(conn);
    if is_due { estimates::learn_some(&app.store, app.now()).await } else { Ok(0) }
}
