//! What may stand beside an order, read by keys: a few rows an item, whatever the store holds.
//!
//! What is shown of it is decided in `orders::recommendation`.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::orders::BrandId;
use crate::orders::recommendation::{
    Because, Candidate, Counts, LEAST_OF_KIND, LEAST_TOGETHER, MOST_OTHER_KINDS, Rule,
};

use super::orders::LineItemRecord;
use super::{Conn, Result, fetch_all, fetch_optional};

/// Bought items that are asked about, partners of each that are looked at, and kinds of them that are asked about.
const MOST_ITEMS: usize = 10;
const MOST_PARTNERS: i64 = 12;
const MOST_KINDS: usize = 3;

/// Products of a shopper's other orders that are left out.
const MOST_HAD: i64 = 100;

/// The order on whose page it is, and what its merchant says of kinds.
pub struct Beside<'a> {
    pub order: Uuid,
    pub items: &'a [LineItemRecord],
    /// Everything is there: what is used up may be offered again.
    pub has_arrived: bool,
    pub consumables: &'a [String],
    pub accessories: &'a BTreeMap<String, Vec<String>>,
}

/// What may be shown beside an order, and the products that the shopper has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    pub offered: Vec<Candidate>,
    pub bought: BTreeSet<String>,
    /// Kinds of what this order holds, with the title of an item of each.
    kinds: BTreeMap<String, String>,
}

type OwnRow = (String, String, Option<String>, bool, Option<String>);
type PinRow = (String, Option<String>, bool);
type OfferRow = (String, Option<String>, bool, Option<String>, i64);
type PartnerRow = (String, Option<String>, bool, Option<String>, i64, i64, i64, Option<i64>);
type KindRow = (String, String, bool, Option<String>, i64, i64, i64, i64, Option<i64>);

/// What rests on the products themselves: the merchant's pins and kinds, what is bought again, and what is bought together.
pub async fn candidates(conn: &mut Conn, brand: BrandId, beside: &Beside<'_>) -> Result<Candidates> {
    let mut found = Candidates::default();
    own_products(conn, brand, beside, &mut found).await?;
    let had = fetch_all!(
        conn,
        (String,),
        "SELECT product_keys.product_id FROM contacts own
         JOIN contacts ON contacts.brand_id = own.brand_id AND contacts.blind_index = own.blind_index
         JOIN line_items ON line_items.brand_id = contacts.brand_id AND line_items.order_id = contacts.order_id
         JOIN product_keys ON product_keys.brand_id = line_items.brand_id
            AND product_keys.item_key IN (line_items.product_id, line_items.sku)
         WHERE own.brand_id = $1 AND own.order_id = $2 LIMIT $3",
        brand.0,
        beside.order,
        MOST_HAD,
    )?;
    found.bought.extend(had.into_iter().map(|(product,)| product));
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
        because: Because::Pin,
    }));
    let mut asked = BTreeSet::new();
    for item in beside.items {
        if let Some(key) = key_of(item).filter(|key| asked.len() < MOST_ITEMS && asked.insert((*key).to_owned())) {
            found.offered.extend(partners(conn, brand, key, &item.title).await?);
        }
    }
    accessories(conn, brand, beside, &mut found).await?;
    Ok(found)
}

/// What counting and asking know an item by. `None` for one that the shop gave no name.
fn key_of(item: &LineItemRecord) -> Option<&str> {
    item.product_id.as_deref().or(item.sku.as_deref()).filter(|key| !key.is_empty())
}

/// The products that the order holds. An item is the same product by its id and by its SKU.
async fn own_products(conn: &mut Conn, brand: BrandId, beside: &Beside<'_>, found: &mut Candidates) -> Result<()> {
    let own = fetch_all!(
        conn,
        OwnRow,
        "SELECT line_items.title, products.product_id, products.kind, products.is_available, rule FROM line_items
         JOIN product_keys ON product_keys.brand_id = line_items.brand_id
            AND product_keys.item_key IN (line_items.product_id, line_items.sku)
         JOIN products ON products.brand_id = product_keys.brand_id AND products.product_id = product_keys.product_id
         LEFT JOIN product_rules ON product_rules.brand_id = products.brand_id AND product_rules.product_id = products.product_id
         WHERE line_items.brand_id = $1 AND line_items.order_id = $2 ORDER BY position",
        brand.0,
        beside.order,
    )?;
    for (title, product, kind, is_available, rule) in own {
        let is_consumed = kind.as_ref().is_some_and(|kind| beside.consumables.contains(kind));
        if beside.has_arrived && is_consumed {
            found.offered.push(Candidate {
                product: product.clone(),
                kind: kind.clone(),
                is_available,
                rule: rule.as_deref().and_then(Rule::read),
                because: Because::Again,
            });
        }
        found.bought.insert(product);
        if let Some(kind) = kind {
            found.kinds.entry(kind).or_insert(title);
        }
    }
    Ok(())
}

fn count(orders: i64) -> u64 {
    u64::try_from(orders).unwrap_or(0)
}

async fn partners(conn: &mut Conn, brand: BrandId, key: &str, title: &str) -> Result<Vec<Candidate>> {
    let rows = fetch_all!(
        conn,
        PartnerRow,
        "SELECT products.product_id, kind, is_available, rule, product_pairs.orders, bought.orders, partner.orders,
            (SELECT orders FROM product_counts WHERE brand_id = $1 AND item_key = '')
         FROM product_pairs
         JOIN product_counts bought ON bought.brand_id = product_pairs.brand_id AND bought.item_key = product_pairs.item_key
         JOIN product_counts partner ON partner.brand_id = product_pairs.brand_id AND partner.item_key = product_pairs.other_key
         JOIN product_keys ON product_keys.brand_id = product_pairs.brand_id AND product_keys.item_key = product_pairs.other_key
         JOIN products ON products.brand_id = product_keys.brand_id AND products.product_id = product_keys.product_id
         LEFT JOIN product_rules ON product_rules.brand_id = products.brand_id AND product_rules.product_id = products.product_id
         WHERE product_pairs.brand_id = $1 AND product_pairs.item_key = $2 AND product_pairs.orders >= $3
         ORDER BY product_pairs.orders DESC, product_pairs.other_key LIMIT $4",
        brand.0,
        key,
        i64::try_from(LEAST_TOGETHER).unwrap_or(2),
        MOST_PARTNERS,
    )?;
    let candidate = |(product, kind, is_available, rule, together, bought, partner, all): PartnerRow| Candidate {
        product,
        kind,
        is_available,
        rule: rule.as_deref().and_then(Rule::read),
        because: Because::Together {
            title: title.to_owned(),
            counts: Counts {
                together: count(together),
                with_bought: count(bought),
                with_candidate: count(partner),
                all: count(all.unwrap_or(0)),
            },
        },
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// The best sellers of the kinds that the merchant names as going with what was bought.
async fn accessories(conn: &mut Conn, brand: BrandId, beside: &Beside<'_>, found: &mut Candidates) -> Result<()> {
    let named: Vec<(&String, &String)> = found
        .kinds
        .iter()
        .flat_map(|(kind, title)| beside.accessories.get(kind).into_iter().flatten().map(move |other| (other, title)))
        .take(MOST_ITEMS)
        .collect();
    let mut offered = Vec::new();
    for (kind, title) in named {
        let rows = fetch_all!(
            conn,
            OfferRow,
            "SELECT products.product_id, products.kind, is_available, rule, kind_leaders.sold FROM kind_leaders
             JOIN products ON products.brand_id = kind_leaders.brand_id AND products.product_id = kind_leaders.product_id
             LEFT JOIN product_rules ON product_rules.brand_id = products.brand_id AND product_rules.product_id = products.product_id
             WHERE kind_leaders.brand_id = $1 AND kind_leaders.kind = $2",
            brand.0,
            kind.as_str(),
        )?;
        offered.extend(rows.into_iter().map(|(product, kind, is_available, rule, sold)| Candidate {
            product,
            kind,
            is_available,
            rule: rule.as_deref().and_then(Rule::read),
            because: Because::Accessory { title: title.clone(), sold: count(sold) },
        }));
    }
    found.offered.extend(offered);
    Ok(())
}

/// Adds what rests on kinds alone, for an order whose own products bring up too little.
pub async fn add_by_kind(conn: &mut Conn, brand: BrandId, found: &mut Candidates) -> Result<()> {
    for (kind, title) in found.kinds.iter().take(MOST_KINDS) {
        // The joins are written in the order in which SQLite is to take them: a few kinds, then the leaders of each.
        let rows = fetch_all!(
            conn,
            KindRow,
            "SELECT products.product_id, pairs.other_kind, is_available, rule, pairs.orders, own.orders, other.orders,
                kind_leaders.sold, (SELECT orders FROM product_counts WHERE brand_id = $1 AND item_key = '')
             FROM (SELECT other_kind, orders FROM kind_pairs WHERE brand_id = $1 AND kind = $2 AND orders >= $3
                   ORDER BY orders DESC, other_kind LIMIT $4) pairs
             CROSS JOIN kind_counts own CROSS JOIN kind_counts other CROSS JOIN kind_leaders CROSS JOIN products
             LEFT JOIN product_rules ON product_rules.brand_id = products.brand_id AND product_rules.product_id = products.product_id
             WHERE own.brand_id = $1 AND own.kind = $2 AND other.brand_id = $1 AND other.kind = pairs.other_kind
                AND kind_leaders.brand_id = $1 AND kind_leaders.kind = pairs.other_kind
                AND products.brand_id = $1 AND products.product_id = kind_leaders.product_id",
            brand.0,
            kind.as_str(),
            i64::try_from(LEAST_OF_KIND).unwrap_or(i64::MAX),
            i64::try_from(MOST_OTHER_KINDS).unwrap_or(i64::MAX),
        )?;
        found.offered.extend(rows.into_iter().map(
            |(product, other, is_available, rule, together, own, others, sold, all)| {
                let counts = Counts {
                    together: count(together),
                    with_bought: count(own),
                    with_candidate: count(others),
                    all: count(all.unwrap_or(0)),
                };
                let because = Because::Kind {
                    title: title.clone(),
                    counts,
                    is_same: other == *kind,
                    sold: count(sold),
                    sold_of_kind: counts.with_candidate,
                };
                Candidate {
                    product,
                    kind: Some(other),
                    is_available,
                    rule: rule.as_deref().and_then(Rule::read),
                    because,
                }
            },
        ));
    }
    Ok(())
}

/// The contact that an order is its shopper's by, as a blind index: the email, which stays the same where a phone comes and
/// goes; the smallest of several, so that it is always the same.
pub async fn shopper_of(conn: &mut Conn, brand: BrandId, order: Uuid) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(
        conn,
        (Vec<u8>,),
        "SELECT blind_index FROM contacts WHERE brand_id = $1 AND order_id = $2 ORDER BY kind, blind_index LIMIT 1",
        brand.0,
        order,
    )?;
    Ok(row.map(|(index,)| index))
}
