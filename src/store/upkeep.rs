//! What whoever runs the store asks it as a whole: every shipment, page by page, and which pages a run has changed.

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::{BrandId, ShipmentId};

use super::{Conn, Result, fetch_all, micros};

/// Shipments of all brands that follow `after` in the order of their keys; begin with `None`.
pub async fn shipments_after(
    conn: &mut Conn,
    after: Option<(BrandId, ShipmentId)>,
    most: i64,
) -> Result<Vec<(BrandId, ShipmentId)>> {
    let (brand, shipment) = after.map_or((Uuid::nil(), Uuid::nil()), |(brand, shipment)| (brand.0, shipment.0));
    let rows = fetch_all!(
        conn,
        (Uuid, Uuid),
        "SELECT brand_id, shipment_id FROM shipments WHERE (brand_id, shipment_id) > ($1, $2)
         ORDER BY brand_id, shipment_id LIMIT $3",
        brand,
        shipment,
        most,
    )?;
    Ok(rows.into_iter().map(|(brand, shipment)| (BrandId(brand), ShipmentId(shipment))).collect())
}

/// Pages that differ since a run: the brand's slug and the number, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedPages {
    pub orders: Vec<(String, String)>,
    pub parcels: Vec<(String, String)>,
}

/// Pages that the run of exactly that instant has changed, and nobody has since.
pub async fn pages_changed_at(conn: &mut Conn, run: Timestamp) -> Result<ChangedPages> {
    let orders = fetch_all!(
        conn,
        (String, String),
        "SELECT slug, order_number FROM orders JOIN brands ON brands.brand_id = orders.brand_id
         WHERE changed_at = $1 ORDER BY slug, order_number",
        micros(run),
    )?;
    let parcels = fetch_all!(
        conn,
        (String, String),
        "SELECT slug, tracking_number FROM shipments JOIN brands ON brands.brand_id = shipments.brand_id
         WHERE changed_at = $1 AND tracking_number <> '' ORDER BY slug, tracking_number",
        micros(run),
    )?;
    Ok(ChangedPages { orders, parcels })
}
