//! `[catalogue]` of `brand.toml`: where what the shop sells is read from, and what its merchant says of kinds of goods.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::section::Section;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogueOptions {
    /// Address of a feed: Shopify, WooCommerce or Google Merchant, whichever its shape says.
    pub feed: Option<String>,
    pub every_hours: u16,
    /// Currency of prices that name none.
    pub currency: Option<String>,
    /// Kinds that are used up: offered again once they arrived.
    pub consumables: Vec<String>,
    /// Kind → kinds that go with it.
    pub accessories: BTreeMap<String, Vec<String>>,
}

impl Default for CatalogueOptions {
    fn default() -> Self {
        CatalogueOptions {
            feed: None,
            every_hours: 6,
            currency: None,
            consumables: Vec::new(),
            accessories: BTreeMap::new(),
        }
    }
}

pub(super) fn catalogue(section: Section) -> CatalogueOptions {
    let otherwise = CatalogueOptions::default();
    let options = CatalogueOptions {
        feed: feed(&section),
        every_hours: section.number("every_hours", 1..=24 * 7, otherwise.every_hours),
        currency: currency(&section),
        consumables: section.texts("consumables"),
        accessories: section.section("accessories").lists().into_iter().collect(),
    };
    section.done();
    options
}

/// Whether it may be asked is decided when it is: a name may come to lead into a private network. Plain http leads nowhere
/// but to this machine, and there only in tests.
fn feed(section: &Section) -> Option<String> {
    let text = section.text("feed")?;
    let rest = text.strip_prefix("https://").or_else(|| {
        let rest = text.strip_prefix("http://")?;
        ["127.0.0.1:", "[::1]:"].iter().any(|this| rest.starts_with(this)).then_some(rest)
    });
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let is_plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    if host.is_some_and(|host| !host.is_empty() && !host.contains('@')) && is_plain {
        return Some(text);
    }
    section.fault("feed", format!("is {text:?}; write a full address that begins with https://"));
    None
}

fn currency(section: &Section) -> Option<String> {
    let text = section.text("currency")?;
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(text.to_ascii_uppercase());
    }
    section.fault("currency", format!("is {text:?}; write three letters, as \"EUR\""));
    None
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const LEAST: &str = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\n";

    #[test]
    fn feed_and_kinds_are_read() {
        let text = format!(
            "{LEAST}[catalogue]\nfeed = \"https://shop.example/products.json?limit=250\"\nevery_hours = 2\ncurrency = \"eur\"\n\
             consumables = [\"Coffee\"]\n[catalogue.accessories]\nLighting = [\"Bulbs\", \"Shades\"]\n"
        );
        let read = read(&text).unwrap().catalogue;
        assert_eq!((read.every_hours, read.currency.as_deref()), (2, Some("EUR")));
        assert_eq!(read.feed.as_deref(), Some("https://shop.example/products.json?limit=250"));
        assert_eq!(read.accessories["Lighting"], ["Bulbs", "Shades"]);
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<CatalogueOptions>(&json).unwrap(), read);
    }

    #[test]
    fn what_cannot_be_fetched_is_named() {
        for feed in [
            "http://shop.example/feed",
            "ftp://shop.example",
            "https://",
            "https://me@shop.example/",
            "http://127.0.0.1.evil.example/",
        ] {
            let faults = read(&format!("{LEAST}[catalogue]\nfeed = \"{feed}\"\n")).expect_err(feed);
            assert_eq!(faults.iter().map(|fault| fault.place.as_str()).collect::<Vec<_>>(), ["catalogue.feed"]);
        }
        let faults = read(&format!("{LEAST}[catalogue]\ncurrency = \"euro\"\n[catalogue.accessories]\nLamp = \"x\"\n"));
        let places: Vec<String> = faults.expect_err("both").into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, ["catalogue.currency", "catalogue.accessories.Lamp"]);
    }
}
