//! Products in tables: Shopify's CSV, Google Merchant feeds in TSV, and the book lists of Oscar, which have no heading.

use csv::{ReaderBuilder, StringRecord};

use super::super::Refusal;
use super::{Assumed, ParsedCatalogue, ProductDraft, is_available, last_kind, price, web_address};

pub(super) fn products(text: &str, assumed: &Assumed) -> ParsedCatalogue {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') { b'\t' } else { b',' };
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(delimiter == b',')
        .from_reader(text.as_bytes());
    let mut parsed = ParsedCatalogue::default();
    let mut heading: Option<Vec<String>> = None;
    for (position, row) in rows.records().enumerate() {
        let line = position + 1;
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                parsed.refused.push(Refusal { at: format!("line {line}"), reason: error.to_string() });
                continue;
            }
        };
        match &heading {
            None if position == 0 && is_heading(&row) => heading = Some(row.iter().map(plain).collect()),
            None => parsed.take(|| format!("line {line}"), book(&row, assumed)),
            Some(names) => {
                let field = |name: &str| {
                    let column = names.iter().position(|found| found == name)?;
                    row.get(column).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
                };
                if names.iter().any(|name| name == "handle") {
                    shopify(&mut parsed, line, field, assumed);
                } else {
                    parsed.take(|| format!("line {line}"), merchant(field, assumed));
                }
            }
        }
    }
    parsed
}

/// Columns that only products have, or a book list: nine columns, a book's number in the third, a price in the eighth.
pub(super) fn recognises(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') { b'\t' } else { b',' };
    let mut rows =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let Some(Ok(row)) = rows.records().next() else { return false };
    let names: Vec<String> = row.iter().map(plain).collect();
    let has = |name: &str| names.iter().any(|found| found == name);
    let is_shopify = has("handle") && has("title");
    let is_merchant = has("id") && has("title") && (has("price") || has("link"));
    let is_book = row.len() == 9
        && row[2].len() >= 8
        && row[2].bytes().all(|byte| byte.is_ascii_alphanumeric())
        && row[7].trim().parse::<f64>().is_ok();
    is_shopify || is_merchant || is_book
}

fn plain(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase().replace(' ', "_")
}

fn is_heading(row: &StringRecord) -> bool {
    row.iter().any(|name| matches!(plain(name).as_str(), "id" | "handle" | "title"))
}

/// The first line of a handle tells the product, each further one another variant or picture of it.
fn shopify(parsed: &mut ParsedCatalogue, line: usize, field: impl Fn(&str) -> Option<String>, assumed: &Assumed) {
    let Some(handle) = field("handle") else {
        parsed.refused.push(Refusal { at: format!("line {line}"), reason: "a product needs a handle".to_owned() });
        return;
    };
    let is_counted = field("variant_inventory_tracker").is_some();
    let goes_on = field("variant_inventory_policy").as_deref() == Some("continue");
    let count = field("variant_inventory_qty").and_then(|count| count.parse::<i64>().ok());
    let sells = !is_counted || goes_on || count.is_none_or(|count| count > 0);
    if let Some(known) = parsed.products.iter_mut().rev().take(1).find(|known| known.id == handle) {
        let Some(sku) = field("variant_sku") else { return };
        known.keys.push(sku);
        known.is_available |= sells;
        return;
    }
    let is_on_sale = field("status").is_none_or(|status| status == "active");
    let draft = ProductDraft {
        title: field("title").unwrap_or_default(),
        link: assumed.shop.as_ref().map(|shop| format!("{shop}/products/{handle}")),
        image: web_address(field("image_src")),
        price: field("variant_price").and_then(|text| price(&text, assumed)),
        is_available: is_on_sale && sells,
        kind: field("type").or_else(|| field("product_category").and_then(|path| last_kind(&path))),
        keys: field("variant_sku").into_iter().collect(),
        id: handle,
    };
    parsed.take(|| format!("line {line}"), draft);
}

fn merchant(field: impl Fn(&str) -> Option<String>, assumed: &Assumed) -> ProductDraft {
    ProductDraft {
        id: field("id").unwrap_or_default(),
        title: field("title").unwrap_or_default(),
        link: web_address(field("link")),
        image: web_address(field("image_link")),
        price: field("sale_price").or_else(|| field("price")).and_then(|text| price(&text, assumed)),
        is_available: field("availability").is_none_or(|text| is_available(&text)),
        kind: field("product_type").or_else(|| field("google_product_category")).and_then(|path| last_kind(&path)),
        keys: [field("mpn"), field("gtin")].into_iter().flatten().collect(),
    }
}

/// Class, category, UPC, title, description, partner, partner's SKU, price, stock.
fn book(row: &StringRecord, assumed: &Assumed) -> ProductDraft {
    let field = |column: usize| row.get(column).unwrap_or_default().trim();
    ProductDraft {
        id: field(2).to_owned(),
        title: field(3).to_owned(),
        link: None,
        image: None,
        price: price(field(7), assumed),
        is_available: field(8).parse::<i64>().is_ok_and(|stock| stock > 0),
        kind: last_kind(field(1)),
        keys: vec![field(6).to_owned()],
    }
}
