//! What only the demo asks of the store: a list of all parcels, and a parcel that sets out anew.

use crate::demo::Listed;
use crate::orders::{BrandId, ShipmentId};
use crate::tracking::status::Status;

use super::{Conn, Result, execute, fetch_all, fetch_optional};

pub async fn holds_orders(conn: &mut Conn, brand: BrandId) -> Result<bool> {
    let row = fetch_optional!(conn, (i64,), "SELECT version FROM orders WHERE brand_id = $1 LIMIT 1", brand.0)?;
    Ok(row.is_some())
}

type ParcelRow = (Option<String>, Option<String>, String, Option<String>, Option<String>);

/// Every parcel that has a number, by its order.
pub async fn parcels(conn: &mut Conn, brand: BrandId) -> Result<Vec<Listed>> {
    let rows = fetch_all!(
        conn,
        ParcelRow,
        "SELECT order_number, orders.order_key, tracking_number, carrier, status FROM shipments
         LEFT JOIN orders ON orders.brand_id = shipments.brand_id AND orders.order_id = shipments.order_id
         LEFT JOIN summaries ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         WHERE shipments.brand_id = $1 AND tracking_number <> '' ORDER BY orders.order_key, tracking_number",
        brand.0,
    )?;
    let listed = |(order_number, order_key, tracking_number, carrier, status): ParcelRow| Listed {
        order_number,
        order_key,
        tracking_number,
        carrier,
        status: status.unwrap_or_else(|| Status::PendingNoData.to_string()),
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Forgets a parcel's events, so that its journey can be told from the start. Whoever calls tells the first one.
pub async fn forget_events(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<()> {
    execute!(conn, "DELETE FROM tracking_events WHERE brand_id = $1 AND shipment_id = $2", brand.0, shipment.0)?;
    Ok(())
}
