//! What the two shops offer beside an order: their own goods, and what their merchants put first.

use jiff::Timestamp;

use crate::orders::BrandId;
use crate::orders::recommendation::Rule;
use crate::sources::catalogue::ProductDraft;
use crate::store::catalogue::CameBy;
use crate::store::{Conn, StoreError, catalogue};

use super::goods::{self, Product};

struct Offer {
    goods: &'static [&'static Product],
    pinned: [&'static Product; 2],
    currency: &'static str,
}

fn offer_of(slug: &str) -> Option<Offer> {
    match slug {
        "meadow" => Some(Offer { goods: &goods::MEADOW, pinned: [&goods::CANDLES, &goods::HERB_KIT], currency: "EUR" }),
        "volt" => Some(Offer { goods: &goods::VOLT, pinned: [&goods::CABLE, &goods::CHARGER], currency: "USD" }),
        _ => None,
    }
}

/// Writes down what a brand of the demo sells.
pub(super) async fn fill(conn: &mut Conn, brand: BrandId, slug: &str, now: Timestamp) -> Result<(), StoreError> {
    let Some(offer) = offer_of(slug) else { return Ok(()) };
    let products: Vec<ProductDraft> = offer.goods.iter().map(|product| draft(product, offer.currency)).collect();
    catalogue::import(conn, brand, &products, CameBy::File, now).await?;
    for product in offer.pinned {
        catalogue::set_rule(conn, brand, product.sku, Some(Rule::Pin)).await?;
    }
    Ok(())
}

fn draft(product: &Product, currency: &str) -> ProductDraft {
    ProductDraft {
        id: product.sku.to_owned(),
        title: product.title.to_owned(),
        price: Some((product.price, currency.to_owned())),
        is_available: true,
        // The second part of a number is the shelf: "MD-GAR-003".
        kind: product.sku.split('-').nth(1).map(str::to_owned),
        ..ProductDraft::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_shop_puts_first_only_what_it_sells() {
        for slug in ["meadow", "volt"] {
            let offer = offer_of(slug).unwrap();
            let skus: BTreeSet<&str> = offer.goods.iter().map(|product| product.sku).collect();
            assert_eq!(skus.len(), offer.goods.len());
            assert!(offer.pinned.iter().all(|product| skus.contains(product.sku)));
        }
    }
}
