//! Products in JSON: Shopify's, WooCommerce's, DummyJSON's.

use crate::sources::json::Value;

use super::super::Refusal;
use super::super::reading::{at, list, text};
use super::{Assumed, ParsedCatalogue, ProductDraft, is_available, price, web_address};

pub(super) fn products(value: &Value, assumed: &Assumed) -> ParsedCatalogue {
    let mut parsed = ParsedCatalogue::default();
    let (listed, path) = match value {
        Value::Array(listed) => (listed.as_slice(), ""),
        Value::Object(_) if value.get("products").is_some() => (list(value, "products"), "products"),
        one => (std::slice::from_ref(one), ""),
    };
    for (position, product) in listed.iter().enumerate() {
        let place = || format!("{path}[{position}]");
        if !product.is_object() {
            parsed.refused.push(Refusal { at: place(), reason: "this is no product".to_owned() });
            continue;
        }
        let draft = if product.get("variants").is_some() || product.get("handle").is_some() {
            shopify(product, assumed)
        } else if product.get("stock_status").is_some() || product.get("permalink").is_some() {
            woocommerce(product, assumed)
        } else {
            dummyjson(product, assumed)
        };
        parsed.take(place, draft);
    }
    parsed
}

/// A list of things with a title and a price, or one that is named products.
pub(super) fn recognises(value: &Value) -> bool {
    let is_product = |product: &Value| {
        let has = |name: &str| product.get(name).is_some();
        (has("title") || has("name"))
            && (has("price") || has("variants") || has("permalink"))
            && !has("line_items")
            && !has("tracking_number")
    };
    match value {
        Value::Array(listed) => listed.first().is_some_and(is_product),
        Value::Object(_) => list(value, "products").first().is_some_and(|product| product.get("title").is_some()),
        _ => false,
    }
}

fn field(value: &Value, path: &str) -> String {
    text(value, path).unwrap_or_default()
}

fn shopify(product: &Value, assumed: &Assumed) -> ProductDraft {
    let variants = list(product, "variants");
    let sells = |variant: &Value| match variant.get("available").and_then(Value::as_bool) {
        Some(available) => available,
        None => {
            let is_counted = text(variant, "inventory_management").is_some();
            let goes_on = text(variant, "inventory_policy").as_deref() == Some("continue");
            !is_counted || goes_on || variant.get("inventory_quantity").and_then(Value::as_i64) > Some(0)
        }
    };
    let is_on_sale = text(product, "status").is_none_or(|status| status == "active");
    let handle = text(product, "handle").zip(assumed.shop.as_ref());
    ProductDraft {
        id: field(product, "id"),
        title: field(product, "title"),
        link: handle.map(|(handle, shop)| format!("{shop}/products/{handle}")),
        image: web_address(text(product, "image.src").or_else(|| text(product, "images.0.src"))),
        price: variants.first().and_then(|variant| price(&field(variant, "price"), assumed)),
        is_available: is_on_sale && (variants.is_empty() || variants.iter().any(sells)),
        kind: text(product, "product_type"),
        keys: variants.iter().flat_map(|variant| [field(variant, "id"), field(variant, "sku")]).collect(),
    }
}

fn woocommerce(product: &Value, assumed: &Assumed) -> ProductDraft {
    let is_public = text(product, "status").is_none_or(|status| status == "publish");
    let variations = list(product, "variations").iter().filter_map(|id| id.as_i64().map(|id| id.to_string()));
    ProductDraft {
        id: field(product, "id"),
        title: field(product, "name"),
        link: web_address(text(product, "permalink")),
        image: web_address(text(product, "images.0.src")),
        price: price(&field(product, "price"), assumed),
        is_available: is_public && is_available(&field(product, "stock_status")),
        kind: text(product, "categories.0.name"),
        keys: std::iter::once(field(product, "sku")).chain(variations).collect(),
    }
}

fn dummyjson(product: &Value, assumed: &Assumed) -> ProductDraft {
    let has_stock = at(product, "stock").and_then(Value::as_i64).is_none_or(|stock| stock > 0);
    ProductDraft {
        id: field(product, "id"),
        title: field(product, "title"),
        link: web_address(text(product, "link").or_else(|| text(product, "url"))),
        image: web_address(text(product, "thumbnail").or_else(|| text(product, "image"))),
        price: price(&field(product, "price"), assumed),
        is_available: has_stock && is_available(&field(product, "availabilityStatus")),
        kind: text(product, "category"),
        keys: vec![field(product, "sku")],
    }
}
