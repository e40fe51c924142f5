//! Parcels of which too little is heard: looked at when a rule says so, found by index.

use crate::orders::{BrandId, ShipmentId};
use crate::store::{StoreError, Urgency, incidents, ingest};
use crate::web::app::App;

const TOGETHER: i64 = 200;

/// Looks at what is due. Gives how many.
pub async fn once(app: &App) -> Result<usize, StoreError> {
    let mut conn = app.store.read().await?;
    if !incidents::has_due(&mut conn, app.now()).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let due = incidents::claim_due(&mut conn, app.now(), TOGETHER).await?;
    match look_at_all(app, conn, &due).await {
        Ok(()) => {}
        Err(StoreError::Unavailable(cause)) => return Err(StoreError::Unavailable(cause)),
        Err(error) => {
            tracing::warn!(%error, "parcels could not be looked at together; one by one now");
            for (brand, shipment) in &due {
                look_at_alone(app, *brand, *shipment).await?;
            }
        }
    }
    Ok(due.len())
}

async fn look_at_all(app: &App, mut conn: crate::store::Conn, due: &[(BrandId, ShipmentId)]) -> Result<(), StoreError> {
    ingest::refold_all(&mut conn, due, app.now()).await?;
    conn.commit().await
}

async fn look_at_alone(app: &App, brand: BrandId, shipment: ShipmentId) -> Result<(), StoreError> {
    let mut conn = app.store.write(Urgency::Batch).await?;
    match ingest::refold(&mut conn, brand, &[shipment], app.now()).await {
        Ok(_) => conn.commit().await,
        Err(error) => {
            tracing::error!(%error, shipment = %shipment.0, "a parcel could not be looked at");
            drop(conn);
            let mut conn = app.store.write(Urgency::Batch).await?;
            incidents::put_off(&mut conn, brand, shipment, app.now()).await?;
            conn.commit().await
        }
    }
}
