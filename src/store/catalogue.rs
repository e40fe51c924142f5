//! What a shop sells, and which of it is bought together: counted from the store's own orders, each once.
//!
//! What is recommended is decided in `orders::recommendation`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::orders::BrandId;
use crate::orders::recommendation::{Candidate, Counts, LEAST_TOGETHER, Rule};
use crate::sources::catalogue::ProductDraft;

use super::orders::LineItemRecord;
use super::{Conn, Result, execute, fetch_all, fetch_optional, micros};

/// How many products an import brought, and how many were known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub new: u64,
    pub known: u64,
}

/// Writes products down; those known by their id are replaced.
pub async fn import(conn: &mut Conn, brand: BrandId, products: &[ProductDraft], now: Timestamp) -> Result<Imported> {
    let mut imported = Imported::default();
    for product in products {
        let known = fetch_optional!(
            conn,
            (String,),
            "SELECT title FROM products WHERE brand_id = $1 AND product_id = $2",
            brand.0,
            product.id.as_str(),
        )?;
        if known.is_some() {
            imported.known += 1
        } else {
            imported.new += 1
        }
        let (price, currency) = product.price.clone().unzip();
        execute!(
            conn,
            "INSERT INTO products (brand_id, product_id, title, link, image, price, currency, kind, is_available, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (brand_id, product_id) DO UPDATE SET title = excluded.title, link = excluded.link,
                image = excluded.image, price = excluded.price, currency = excluded.currency, kind = excluded.kind,
                is_available = excluded.is_available, changed_at = excluded.changed_at",
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
    }
    Ok(imported)
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
}

pub async fn product(conn: &mut Conn, brand: BrandId, product: &str) -> Result<Option<ProductRecord>> {
    Ok(fetch_optional!(
        conn,
        ProductRecord,
        "SELECT product_id, title, link, price, currency FROM products WHERE brand_id = $1 AND product_id = $2",
        brand.0,
        product,
    )?)
}

/// What counting and asking know an item by. `None` for one that the shop gave no name.
fn key_of(item: &LineItemRecord) -> Option<&str> {
    item.product_id.as_deref().or(item.sku.as_deref()).filter(|key| !key.is_empty())
}

/// Bought items that are asked about, and partners of each that are looked at.
const MOST_ITEMS: usize = 10;
const MOST_PARTNERS: i64 = 50;

/// What may be shown beside an order: its items' partners and the merchant's pins, and the products it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    pub offered: Vec<Candidate>,
    pub bought: BTreeSet<String>,
}

type PartnerRow = (String, Option<String>, bool, Option<String>, i64, i64, i64);
type PinRow = (String, Option<String>, bool);

pub async fn candidates(conn: &mut Conn, brand: BrandId, items: &[LineItemRecord]) -> Result<Candidates> {
    let mut found = Candidates::default();
    let pins = fetch_all!(
        conn,
        PinRow,
        "SELECT products.product_id, kind, is_available FROM product_rules
         JOIN products ON products.brand_id = product_rules.brand_id AND products.product_id = product_rules.product_id
         WHERE product_rules.brand_id = $1 AND rule = 'pin' ORDER BY products.product_id LIMIT $2",
        brand.0,
        MOST_PARTNERS,
    )?;
    found.offered.extend(pins.into_iter().map(|(product, kind, is_available)| Candidate {
        product,
        kind,
        is_available,
        rule: Some(Rule::Pin),
        because: None,
    }));
    let total = fetch_optional!(
        conn,
        (i64,),
        "SELECT orders FROM product_counts WHERE brand_id = $1 AND item_key = ''",
        brand.0,
    )?;
    let all = total.map_or(0, |(orders,)| count(orders));
    if all == 0 && found.offered.is_empty() {
        return Ok(found);
    }
    let mut asked = BTreeSet::new();
    for item in items {
        // An item is the same product by its id and by its SKU.
        for key in item.product_id.iter().chain(&item.sku) {
            let product = fetch_optional!(
                conn,
                (String,),
                "SELECT product_id FROM product_keys WHERE brand_id = $1 AND item_key = $2",
                brand.0,
                key.as_str(),
            )?;
            found.bought.extend(product.map(|(product,)| product));
        }
        let Some(key) = key_of(item).filter(|key| asked.len() < MOST_ITEMS && asked.insert((*key).to_owned())) else {
            continue;
        };
        found.offered.extend(partners(conn, brand, key, &item.title, all).await?);
    }
    Ok(found)
}

fn count(orders: i64) -> u64 {
    u64::try_from(orders).unwrap_or(0)
}

async fn partners(conn: &mut Conn, brand: BrandId, key: &str, title: &str, all: u64) -> Result<Vec<Candidate>> {
    let rows = fetch_all!(
        conn,
        PartnerRow,
        "SELECT products.product_id, kind, is_available, rule, product_pairs.orders, bought.orders, partner.orders
         FROM product_pairs
         JOIN product_counts bought ON bought.brand_id = product_pairs.brand_id AND bought.item_key = product_pairs.item_key
         JOIN product_counts partner ON partner.brand_id = product_pairs.brand_id AND partner.item_key = product_pairs.other_key
         JOIN product_keys ON product_keys.brand_id = product_pairs.brand_id AND product_keys.item_key = product_pairs.other_key
         JOIN products ON products.brand_id = product_keys.brand_id AND products.product_id = product_keys.product_id
         LEFT JOIN product_rules ON product_rules.brand_id = products.brand_id AND product_rules.product_id = products.product_id
         WHERE product_pairs.brand_id = $1 AND product_pairs.item_key = $2 AND product_pairs.orders >= $3
         ORDER BY product_pairs.orders DESC, products.product_id LIMIT $4",
        brand.0,
        key,
        i64::try_from(LEAST_TOGETHER).unwrap_or(2),
        MOST_PARTNERS,
    )?;
    let candidate = |(product, kind, is_available, rule, together, bought, partner): PartnerRow| Candidate {
        product,
        kind,
        is_available,
        rule: rule.as_deref().and_then(Rule::read),
        because: Some((
            title.to_owned(),
            Counts { together: count(together), with_bought: count(bought), with_candidate: count(partner), all },
        )),
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// An order's id may be older than its commit: what is this young waits.
const SETTLES_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// Items of one order that are paired: a bulk order says little, and pairs grow by the square.
const MOST_PAIRED: usize = 12;

/// Counts the next orders of a brand, each once. Gives how many.
pub async fn count_orders(conn: &mut Conn, brand: BrandId, now: Timestamp, most: i64) -> Result<u64> {
    execute!(
        conn,
        "INSERT INTO product_marks (brand_id, order_id) VALUES ($1, $2) ON CONFLICT (brand_id) DO NOTHING",
        brand.0,
        Uuid::nil(),
    )?;
    // Only one process counts a brand's orders at a time.
    let mark = if conn.is_postgres() {
        "SELECT order_id FROM product_marks WHERE brand_id = $1 FOR UPDATE"
    } else {
        "SELECT order_id FROM product_marks WHERE brand_id = $1"
    };
    let mark = fetch_optional!(conn, (Uuid,), mark, brand.0)?.map_or(Uuid::nil(), |(order,)| order);
    let orders = fetch_all!(
        conn,
        (Uuid,),
        "SELECT order_id FROM orders WHERE brand_id = $1 AND order_id > $2 AND created_at <= $3 ORDER BY order_id LIMIT $4",
        brand.0,
        mark,
        micros(now - SETTLES_AFTER),
        most,
    )?;
    let Some((last,)) = orders.last().copied() else { return Ok(0) };
    let items = fetch_all!(
        conn,
        (Uuid, Option<String>, Option<String>),
        "SELECT order_id, product_id, sku FROM line_items WHERE brand_id = $1 AND order_id > $2 AND order_id <= $3",
        brand.0,
        mark,
        last,
    )?;
    let mut baskets: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    let counted: BTreeSet<Uuid> = orders.iter().map(|(order,)| *order).collect();
    for (order, product, sku) in items.into_iter().filter(|(order, _, _)| counted.contains(order)) {
        let key = product.or(sku).filter(|key| !key.is_empty());
        baskets.entry(order).or_default().extend(key);
    }
    add_counts(conn, brand, baskets.values()).await?;
    execute!(conn, "UPDATE product_marks SET order_id = $2 WHERE brand_id = $1", brand.0, last)?;
    Ok(orders.len() as u64)
}

async fn add_counts(conn: &mut Conn, brand: BrandId, baskets: impl Iterator<Item = &BTreeSet<String>>) -> Result<()> {
    let mut singles: BTreeMap<&str, i64> = BTreeMap::new();
    let mut pairs: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for basket in baskets.filter(|basket| !basket.is_empty()) {
        *singles.entry("").or_default() += 1;
        for key in basket {
            *singles.entry(key).or_default() += 1;
            for other in basket.iter().filter(|other| *other != key && basket.len() <= MOST_PAIRED) {
                *pairs.entry((key, other)).or_default() += 1;
            }
        }
    }
    for (key, orders) in singles {
        execute!(
            conn,
            "INSERT INTO product_counts (brand_id, item_key, orders) VALUES ($1, $2, $3)
             ON CONFLICT (brand_id, item_key) DO UPDATE SET orders = product_counts.orders + excluded.orders",
            brand.0,
            key,
            orders,
        )?;
    }
    for ((key, other), orders) in pairs {
        execute!(
            conn,
            "INSERT INTO product_pairs (brand_id, item_key, other_key, orders) VALUES ($1, $2, $3, $4)
             ON CONFLICT (brand_id, item_key, other_key) DO UPDATE SET orders = product_pairs.orders + excluded.orders",
            brand.0,
            key,
            other,
            orders,
        )?;
    }
    Ok(())
}

/// Whether a brand has a catalogue: without one its orders need no counting.
pub async fn has_products(conn: &mut Conn, brand: BrandId) -> Result<bool> {
    let row = fetch_optional!(conn, (String,), "SELECT product_id FROM products WHERE brand_id = $1 LIMIT 1", brand.0)?;
    Ok(row.is_some())
}

/// Whether orders wait to be counted: asked before a write is begun for it.
pub async fn has_uncounted(conn: &mut Conn, brand: BrandId, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (Uuid,),
        "SELECT order_id FROM orders WHERE brand_id = $1 AND created_at <= $2
            AND order_id > COALESCE((SELECT order_id FROM product_marks WHERE brand_id = $1), $3) LIMIT 1",
        brand.0,
        micros(now - SETTLES_AFTER),
        Uuid::nil(),
    )?;
    Ok(row.is_some())
}

pub async fn count_click(conn: &mut Conn, brand: BrandId, product: &str, day: Date) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO recommendation_clicks (brand_id, product_id, day, clicks) VALUES ($1, $2, $3, 1)
         ON CONFLICT (brand_id, product_id, day) DO UPDATE SET clicks = recommendation_clicks.clicks + 1",
        brand.0,
        product,
        day.to_string(),
    )?;
    Ok(())
}

/// The contact that an order is its shopper's by, as a blind index; the smallest, so that it is always the same.
pub async fn shopper_of(conn: &mut Conn, brand: BrandId, order: Uuid) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(
        conn,
        (Vec<u8>,),
        "SELECT blind_index FROM contacts WHERE brand_id = $1 AND order_id = $2 ORDER BY blind_index LIMIT 1",
        brand.0,
        order,
    )?;
    Ok(row.map(|(index,)| index))
}
