//! Who saw recommendations or would have, what they followed, and what they bought then.
//!
//! What of it is credited is decided in `orders::attribution`.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::orders::attribution::{CREDITED_FOR, Followed, Known, Purchase, Seen};
use crate::orders::{BrandId, OrderId};

use super::{Conn, Result, execute, fetch_all, fetch_optional, instant, micros};

/// A visit to a page on which recommendations stood, or would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub brand: BrandId,
    pub order: OrderId,
    /// Keyed hash of the session's own.
    pub session: Vec<u8>,
    /// In the brand's time zone.
    pub day: Date,
    pub is_held_out: bool,
    pub at: Timestamp,
}

/// Writes visits down, each once.
pub async fn keep_views(conn: &mut Conn, views: &[View]) -> Result<()> {
    for view in views {
        execute!(
            conn,
            "INSERT INTO recommendation_views (brand_id, order_id, session, day, is_held_out, viewed_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (brand_id, order_id, session, day) DO NOTHING",
            view.brand.0,
            view.order.0,
            view.session.as_slice(),
            view.day.to_string(),
            view.is_held_out,
            micros(view.at),
        )?;
    }
    Ok(())
}

/// Counts a click on a recommended product; `from` is the order on whose page it stood, where that is known. Of a day's
/// clicks from one page the first is kept: what was bought after it stays its own when the shopper comes again.
pub async fn keep_click(
    conn: &mut Conn,
    brand: BrandId,
    product: &str,
    from: Option<OrderId>,
    day: Date,
    now: Timestamp,
) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO recommendation_clicks (brand_id, product_id, day, clicks) VALUES ($1, $2, $3, 1)
         ON CONFLICT (brand_id, product_id, day) DO UPDATE SET clicks = recommendation_clicks.clicks + 1",
        brand.0,
        product,
        day.to_string(),
    )?;
    if let Some(order) = from {
        execute!(
            conn,
            "INSERT INTO recommendation_follows (brand_id, order_id, product_id, day, followed_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (brand_id, order_id, product_id, day) DO NOTHING",
            brand.0,
            order.0,
            product,
            day.to_string(),
            micros(now),
        )?;
    }
    Ok(())
}

type PurchaseRow = (Uuid, Vec<u8>, Uuid, i64, Option<i64>, Option<String>);

/// All that is known of a brand since an instant, which is `day` there.
pub async fn known(conn: &mut Conn, brand: BrandId, since: Timestamp, day: Date) -> Result<Known> {
    let seen = fetch_all!(
        conn,
        (Vec<u8>, bool, i64),
        "SELECT (SELECT blind_index FROM contacts WHERE contacts.brand_id = views.brand_id AND contacts.order_id = views.order_id
                 ORDER BY kind, blind_index LIMIT 1), is_held_out, viewed_at
         FROM recommendation_views views
         WHERE brand_id = $1 AND viewed_at >= $2
            AND EXISTS (SELECT 1 FROM contacts WHERE contacts.brand_id = views.brand_id AND contacts.order_id = views.order_id)",
        brand.0,
        micros(since),
    )?;
    let followed = fetch_all!(
        conn,
        (Uuid, i64),
        "SELECT order_id, followed_at FROM recommendation_follows WHERE brand_id = $1 AND followed_at >= $2",
        brand.0,
        micros(since),
    )?;
    let clicks = fetch_optional!(
        conn,
        (i64,),
        "SELECT CAST(COALESCE(SUM(clicks), 0) AS BIGINT) FROM recommendation_clicks WHERE brand_id = $1 AND day >= $2",
        brand.0,
        day.to_string(),
    )?;
    let purchases = fetch_all!(
        conn,
        PurchaseRow,
        "SELECT DISTINCT looked.order_id,
            (SELECT blind_index FROM contacts WHERE contacts.brand_id = orders.brand_id AND contacts.order_id = looked.order_id
             ORDER BY kind, blind_index LIMIT 1),
            orders.order_id, COALESCE(placed_at, created_at), total, currency
         FROM (SELECT order_id, viewed_at AS at FROM recommendation_views WHERE brand_id = $1 AND viewed_at >= $2
               UNION SELECT order_id, followed_at FROM recommendation_follows WHERE brand_id = $1 AND followed_at >= $2) looked
         JOIN contacts own ON own.brand_id = $1 AND own.order_id = looked.order_id
         JOIN contacts ON contacts.brand_id = own.brand_id AND contacts.blind_index = own.blind_index
         JOIN orders ON orders.brand_id = contacts.brand_id AND orders.order_id = contacts.order_id
         WHERE orders.order_id <> looked.order_id AND cancelled_at IS NULL
            AND COALESCE(placed_at, created_at) > looked.at AND COALESCE(placed_at, created_at) <= looked.at + $3",
        brand.0,
        micros(since),
        i64::try_from(CREDITED_FOR.as_micros()).unwrap_or(i64::MAX),
    )?;
    Ok(Known {
        seen: seen
            .into_iter()
            .map(|(shopper, is_held_out, at)| Seen { shopper, is_held_out, at: instant(at) })
            .collect(),
        followed: followed.into_iter().map(|(from, at)| Followed { from, at: instant(at) }).collect(),
        clicks: clicks.map_or(0, |(clicks,)| u64::try_from(clicks).unwrap_or(0)),
        purchases: purchases
            .into_iter()
            .map(|(from, shopper, order, placed_at, total, currency)| Purchase {
                from,
                shopper,
                order,
                placed_at: instant(placed_at),
                total: total.zip(currency),
            })
            .collect(),
    })
}
