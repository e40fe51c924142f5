//! Google Merchant feeds in XML: RSS 2.0 and Atom.

use roxmltree::{Document, Node};

use super::{Assumed, ParsedCatalogue, ProductDraft, is_available, last_kind, price, web_address};

pub(super) fn products(document: &Document<'_>, assumed: &Assumed) -> ParsedCatalogue {
    let mut parsed = ParsedCatalogue::default();
    let items = document.descendants().filter(|node| matches!(node.tag_name().name(), "item" | "entry"));
    for (position, item) in items.enumerate() {
        let draft = ProductDraft {
            id: field(item, "id").unwrap_or_default(),
            title: field(item, "title").unwrap_or_default(),
            link: web_address(field(item, "link")),
            image: web_address(field(item, "image_link")),
            price: field(item, "sale_price").or_else(|| field(item, "price")).and_then(|text| price(&text, assumed)),
            is_available: field(item, "availability").is_none_or(|text| is_available(&text)),
            kind: field(item, "product_type")
                .or_else(|| field(item, "google_product_category"))
                .and_then(|path| last_kind(&path)),
            keys: [field(item, "mpn"), field(item, "gtin")].into_iter().flatten().collect(),
        };
        parsed.take(|| format!("item {}", position + 1), draft);
    }
    parsed
}

pub(super) fn recognises(document: &Document<'_>) -> bool {
    let mut items = document.descendants().filter(|node| matches!(node.tag_name().name(), "item" | "entry"));
    items.next().is_some_and(|item| field(item, "id").is_some() && field(item, "price").is_some())
}

/// A feed's own element before one of the same name of RSS or Atom, whose link stands in an attribute.
fn field(item: Node<'_, '_>, name: &str) -> Option<String> {
    let named = || item.children().filter(move |node| node.tag_name().name() == name);
    let own = named().find(|node| node.tag_name().namespace().is_some_and(|space| space.contains("base.google.com")));
    let node = own.or_else(|| named().next())?;
    let text = node.text().or_else(|| node.attribute("href"))?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
