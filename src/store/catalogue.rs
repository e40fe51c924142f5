//! What a shop sells: products as its exports and feed tell them, what line items may call them, the merchant's word.
//!
//! What is bought together is counted in `baskets` and read in `recommendations`.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::orders::BrandId;
use crate::orders::recommendation::Rule;
use crate::sources::catalogue::ProductDraft;

use super::{Conn, Result, baskets, execute, fetch_all, fetch_optional, micros};

/// How many products an import brought, and how many were known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub new: u64,
    pub known: u64,
}

/// Where products come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameBy {
    File,
    /// The brand's feed: what it names no longer is no longer sold.
    Feed,
}

/// Writes products down; those known by their id are replaced.
pub async fn import(
    conn: &mut Conn,
    brand: BrandId,
    products: &[ProductDraft],
    came_by: CameBy,
    now: Timestamp,
) -> Result<Imported> {
    let mut imported = Imported::default();
    let mut kinds = BTreeSet::new();
    for product in products {
        let known = fetch_optional!(
            conn,
            (Option<String>,),
            "SELECT kind FROM products WHERE brand_id = $1 AND product_id = $2",
            brand.0,
            product.id.as_str(),
        )?;
        let is_new = known.is_none();
        match &known {
            Some(_) => imported.known += 1,
            None => imported.new += 1,
        }
        kinds.extend(known.and_then(|(kind,)| kind));
        kinds.extend(product.kind.clone());
        let (price, currency) = product.price.clone().unzip();
        execute!(
            conn,
            "INSERT INTO products (brand_id, product_id, title, link, image, price, currency, kind, is_available, changed_at, is_fed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (brand_id, product_id) DO UPDATE SET title = excluded.title, link = excluded.link,
                image = excluded.image, price = excluded.price, currency = excluded.currency, kind = excluded.kind,
                is_available = excluded.is_available, changed_at = excluded.changed_at, is_fed = excluded.is_fed",
            brand.0,
            product.id.as_str(),
            product.title.as_str(),
            product.link.as_deref(),
            product.image.as_deref(),
            price,
            currency,
            product.kind.as_deref(),
            product.is_available,
            micros(now),
            came_by == CameBy::Feed,
        )?;
        for key in std::iter::once(&product.id).chain(&product.keys) {
            execute!(
                conn,
                "INSERT INTO product_keys (brand_id, item_key, product_id) VALUES ($1, $2, $3)
                 ON CONFLICT (brand_id, item_key) DO UPDATE SET product_id = excluded.product_id",
                brand.0,
                key.as_str(),
                product.id.as_str(),
            )?;
        }
        if is_new {
            baskets::count_sold(conn, brand, product).await?;
        }
    }
    baskets::rank(conn, brand, kinds.iter().map(String::as_str)).await?;
    tell_changed(conn, brand).await?;
    Ok(imported)
}

/// Every process that serves the brand hears of it, as of a new version of the brand: what stands beside its orders is kept.
async fn tell_changed(conn: &mut Conn, brand: BrandId) -> Result<()> {
    execute!(conn, "UPDATE brands SET version = version WHERE brand_id = $1", brand.0)?;
    Ok(())
}

/// What the feed named before `since` and not again has left the shop: it is kept, as no longer to be had. Gives how many.
pub async fn end_absent(conn: &mut Conn, brand: BrandId, since: Timestamp) -> Result<u64> {
    let kinds = fetch_all!(
        conn,
        (Option<String>,),
        "SELECT DISTINCT kind FROM products WHERE brand_id = $1 AND is_fed AND is_available AND changed_at < $2",
        brand.0,
        micros(since),
    )?;
    let gone = execute!(
        conn,
        "UPDATE products SET is_available = FALSE WHERE brand_id = $1 AND is_fed AND is_available AND changed_at < $2",
        brand.0,
        micros(since),
    )?;
    baskets::rank(conn, brand, kinds.iter().filter_map(|(kind,)| kind.as_deref())).await?;
    tell_changed(conn, brand).await?;
    Ok(gone)
}

/// Takes the turn to fetch a brand's feed, if it is due, and puts the next off to `again_at`: whoever fetches it may die. An
/// address that changed is due at once.
pub async fn claim_feed(
    conn: &mut Conn,
    brand: BrandId,
    address: &str,
    now: Timestamp,
    again_at: Timestamp,
) -> Result<bool> {
    let claimed = execute!(
        conn,
        "INSERT INTO catalogue_feeds (brand_id, address, next_at) VALUES ($1, $2, $4)
         ON CONFLICT (brand_id) DO UPDATE SET address = excluded.address, next_at = excluded.next_at,
            failures = CASE WHEN catalogue_feeds.address = excluded.address THEN catalogue_feeds.failures ELSE 0 END
         WHERE catalogue_feeds.next_at <= $3 OR catalogue_feeds.address <> excluded.address",
        brand.0,
        address,
        micros(now),
        micros(again_at),
    )?;
    Ok(claimed > 0)
}

/// Whether a brand's feed is due: asked before a write is begun for it.
pub async fn is_feed_due(conn: &mut Conn, brand: BrandId, address: &str, now: Timestamp) -> Result<bool> {
    let resting = fetch_optional!(
        conn,
        (i64,),
        "SELECT next_at FROM catalogue_feeds WHERE brand_id = $1 AND address = $2 AND next_at > $3",
        brand.0,
        address,
        micros(now),
    )?;
    Ok(resting.is_none())
}

/// Writes down that the feed was taken over.
pub async fn feed_taken(conn: &mut Conn, brand: BrandId, now: Timestamp, next_at: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE catalogue_feeds SET fetched_at = $2, next_at = $3, failures = 0 WHERE brand_id = $1",
        brand.0,
        micros(now),
        micros(next_at),
    )?;
    Ok(())
}

/// Writes down that the feed could not be taken over. Gives how often in a row.
pub async fn feed_failed(conn: &mut Conn, brand: BrandId) -> Result<i64> {
    execute!(conn, "UPDATE catalogue_feeds SET failures = failures + 1 WHERE brand_id = $1", brand.0)?;
    let row = fetch_optional!(conn, (i64,), "SELECT failures FROM catalogue_feeds WHERE brand_id = $1", brand.0)?;
    Ok(row.map_or(1, |(failures,)| failures))
}

/// When the feed is fetched next.
pub async fn put_off_feed(conn: &mut Conn, brand: BrandId, next_at: Timestamp) -> Result<()> {
    execute!(conn, "UPDATE catalogue_feeds SET next_at = $2 WHERE brand_id = $1", brand.0, micros(next_at))?;
    Ok(())
}

/// Keeps the merchant's word on a product; `None` takes it back. False when there is no such product.
pub async fn set_rule(conn: &mut Conn, brand: BrandId, product: &str, rule: Option<Rule>) -> Result<bool> {
    if self::product(conn, brand, product).await?.is_none() {
        return Ok(false);
    }
    execute!(conn, "DELETE FROM product_rules WHERE brand_id = $1 AND product_id = $2", brand.0, product)?;
    if let Some(rule) = rule {
        execute!(
            conn,
            "INSERT INTO product_rules (brand_id, product_id, rule) VALUES ($1, $2, $3)",
            brand.0,
            product,
            rule.as_str()
        )?;
    }
    tell_changed(conn, brand).await?;
    Ok(true)
}

/// A product as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProductRecord {
    pub product_id: String,
    pub title: String,
    pub link: Option<String>,
    pub price: Option<i64>,
    pub currency: Option<String>,
    pub image: Option<String>,
    /// Fingerprint of its picture as we show it, once there is one.
    pub fingerprint: Option<String>,
}

pub async fn product(conn: &mut Conn, brand: BrandId, product: &str) -> Result<Option<ProductRecord>> {
    Ok(fetch_optional!(
        conn,
        ProductRecord,
        "SELECT products.product_id, title, link, price, currency, image, fingerprint FROM products
         LEFT JOIN product_pictures pictures ON pictures.brand_id = products.brand_id
            AND pictures.product_id = products.product_id AND pictures.address = products.image
         WHERE products.brand_id = $1 AND products.product_id = $2",
        brand.0,
        product,
    )?)
}

/// Whether a brand has a catalogue: without one its orders need no counting.
pub async fn has_products(conn: &mut Conn, brand: BrandId) -> Result<bool> {
    let row = fetch_optional!(conn, (String,), "SELECT product_id FROM products WHERE brand_id = $1 LIMIT 1", brand.0)?;
    Ok(row.is_some())
}
