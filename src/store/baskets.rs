//! What orders hold together, counted from the store's own orders, each once: products, pairs of them, and their kinds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::orders::BrandId;
use crate::orders::recommendation::MOST_LEADERS;
use crate::sources::catalogue::ProductDraft;

use super::{Conn, Result, execute, fetch_all, fetch_optional, micros};

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

/// What is added to the counts.
#[derive(Default)]
struct Added<'a> {
    singles: BTreeMap<&'a str, i64>,
    pairs: BTreeMap<(&'a str, &'a str), i64>,
    kinds: BTreeMap<&'a str, i64>,
    kind_pairs: BTreeMap<(&'a str, &'a str), i64>,
}

/// A product and its kind.
type Known = (String, Option<String>);

async fn add_counts(
    conn: &mut Conn,
    brand: BrandId,
    baskets: impl Iterator<Item = &BTreeSet<String>> + Clone,
) -> Result<()> {
    let mut products: BTreeMap<&str, Known> = BTreeMap::new();
    for key in baskets.clone().flatten().map(String::as_str).collect::<BTreeSet<&str>>() {
        let known = fetch_optional!(
            conn,
            Known,
            "SELECT products.product_id, kind FROM product_keys
             JOIN products ON products.brand_id = product_keys.brand_id AND products.product_id = product_keys.product_id
             WHERE product_keys.brand_id = $1 AND item_key = $2",
            brand.0,
            key,
        )?;
        products.extend(known.map(|known| (key, known)));
    }
    let mut added = Added::default();
    for basket in baskets.filter(|basket| !basket.is_empty()) {
        added.basket(basket, &products);
    }
    write_counts(conn, brand, &added).await?;
    let mut sold: BTreeMap<&str, i64> = BTreeMap::new();
    for (key, (product, _)) in &products {
        *sold.entry(product).or_default() += added.singles.get(key).copied().unwrap_or(0);
    }
    for (product, orders) in sold {
        execute!(
            conn,
            "UPDATE products SET sold = sold + $3 WHERE brand_id = $1 AND product_id = $2",
            brand.0,
            product,
            orders
        )?;
    }
    rank(conn, brand, added.kinds.keys().copied()).await
}

impl<'a> Added<'a> {
    fn basket(&mut self, basket: &'a BTreeSet<String>, products: &'a BTreeMap<&str, Known>) {
        let kind_of = |key: &str| products.get(key).and_then(|(_, kind)| kind.as_deref());
        let is_paired = basket.len() <= MOST_PAIRED;
        let (mut kinds, mut kind_pairs) = (BTreeSet::new(), BTreeSet::new());
        *self.singles.entry("").or_default() += 1;
        for key in basket {
            *self.singles.entry(key).or_default() += 1;
            kinds.extend(kind_of(key));
            for other in basket.iter().filter(|other| *other != key && is_paired) {
                *self.pairs.entry((key, other)).or_default() += 1;
                kind_pairs.extend(kind_of(key).zip(kind_of(other)));
            }
        }
        for kind in kinds {
            *self.kinds.entry(kind).or_default() += 1;
        }
        for pair in kind_pairs {
            *self.kind_pairs.entry(pair).or_default() += 1;
        }
    }
}

async fn write_counts(conn: &mut Conn, brand: BrandId, added: &Added<'_>) -> Result<()> {
    for (key, orders) in &added.singles {
        execute!(
            conn,
            "INSERT INTO product_counts (brand_id, item_key, orders) VALUES ($1, $2, $3)
             ON CONFLICT (brand_id, item_key) DO UPDATE SET orders = product_counts.orders + excluded.orders",
            brand.0,
            *key,
            *orders,
        )?;
    }
    for ((key, other), orders) in &added.pairs {
        execute!(
            conn,
            "INSERT INTO product_pairs (brand_id, item_key, other_key, orders) VALUES ($1, $2, $3, $4)
             ON CONFLICT (brand_id, item_key, other_key) DO UPDATE SET orders = product_pairs.orders + excluded.orders",
            brand.0,
            *key,
            *other,
            *orders,
        )?;
    }
    for (kind, orders) in &added.kinds {
        execute!(
            conn,
            "INSERT INTO kind_counts (brand_id, kind, orders) VALUES ($1, $2, $3)
             ON CONFLICT (brand_id, kind) DO UPDATE SET orders = kind_counts.orders + excluded.orders",
            brand.0,
            *kind,
            *orders,
        )?;
    }
    for ((kind, other), orders) in &added.kind_pairs {
        execute!(
            conn,
            "INSERT INTO kind_pairs (brand_id, kind, other_kind, orders) VALUES ($1, $2, $3, $4)
             ON CONFLICT (brand_id, kind, other_kind) DO UPDATE SET orders = kind_pairs.orders + excluded.orders",
            brand.0,
            *kind,
            *other,
            *orders,
        )?;
    }
    Ok(())
}

/// How often a product that is new here was sold before, by the names that orders had for it.
pub(super) async fn count_sold(conn: &mut Conn, brand: BrandId, product: &ProductDraft) -> Result<()> {
    let mut sold = 0;
    for key in std::iter::once(&product.id).chain(&product.keys) {
        let counted = fetch_optional!(
            conn,
            (i64,),
            "SELECT orders FROM product_counts WHERE brand_id = $1 AND item_key = $2",
            brand.0,
            key.as_str(),
        )?;
        sold += counted.map_or(0, |(orders,)| orders);
    }
    if sold > 0 {
        execute!(
            conn,
            "UPDATE products SET sold = $3 WHERE brand_id = $1 AND product_id = $2",
            brand.0,
            product.id.as_str(),
            sold
        )?;
    }
    Ok(())
}

/// Writes down which products of these kinds sell best, of those to be had.
pub(super) async fn rank(conn: &mut Conn, brand: BrandId, kinds: impl Iterator<Item = &str>) -> Result<()> {
    for kind in kinds {
        let leaders = fetch_all!(
            conn,
            (String, i64),
            "SELECT product_id, sold FROM products WHERE brand_id = $1 AND kind = $2 AND is_available = TRUE
             ORDER BY sold DESC, product_id LIMIT $3",
            brand.0,
            kind,
            i64::try_from(MOST_LEADERS).unwrap_or(i64::MAX),
        )?;
        execute!(conn, "DELETE FROM kind_leaders WHERE brand_id = $1 AND kind = $2", brand.0, kind)?;
        for (place, (product, sold)) in (1_i64..).zip(leaders) {
            execute!(
                conn,
                "INSERT INTO kind_leaders (brand_id, kind, place, product_id, sold) VALUES ($1, $2, $3, $4, $5)",
                brand.0,
                kind,
                place,
                product,
                sold,
            )?;
        }
    }
    Ok(())
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
