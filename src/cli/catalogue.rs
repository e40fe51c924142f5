//! `catalogue`: what a shop sells, read from its exports, and the merchant's word on what is recommended.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::clock::Clock;
use crate::orders::BrandId;
use crate::orders::recommendation::Rule;
use crate::sources::catalogue::{Assumed, ProductDraft, parse};
use crate::store::catalogue::{CameBy, Imported};
use crate::store::{Store, StoreError, Urgency, baskets, catalogue};

use super::{Problem, named, say, settings};

#[derive(Debug, Subcommand)]
pub enum Catalogue {
    /// Read products from exports: Shopify (JSON, CSV), WooCommerce (JSON), Google Merchant (XML, TSV), DummyJSON, book lists
    Import(Import),
    /// Say that a product comes first, is never shown, or neither
    Rule(Ruling),
}

#[derive(Debug, Args)]
pub struct Import {
    /// Brand that sells them, by its slug
    #[arg(long, value_name = "SLUG")]
    brand: String,
    /// Currency of prices that name none, as EUR; without it the brand's own, else they are left out
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<String>,
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Ruling {
    #[arg(long, value_name = "SLUG")]
    brand: String,
    #[arg(value_enum)]
    word: Word,
    /// Id of the product in the catalogue
    #[arg(value_name = "PRODUCT")]
    product: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Pin,
    Ban,
    None,
}

/// Products written in one transaction, and orders counted in one.
const TOGETHER: usize = 200;

pub async fn run(asked: Catalogue) -> Result<(), Problem> {
    match asked {
        Catalogue::Import(asked) => import(asked).await,
        Catalogue::Rule(asked) => rule(asked).await,
    }
}

fn currency(text: &str) -> Result<String, String> {
    match text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        true => Ok(text.to_ascii_uppercase()),
        false => Err("a currency is three letters, as EUR".to_owned()),
    }
}

async fn import(asked: Import) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?;
    let shop = brand.brand.links.shop.as_deref().map(|shop| shop.trim_end_matches('/').to_owned());
    let currency = asked.currency.or_else(|| brand.brand.catalogue.currency.clone());
    let assumed = Assumed { currency, shop };
    let (mut new, mut known, mut refused) = (0, 0, 0);
    for path in &asked.files {
        let body = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let parsed = parse(&body, &assumed);
        for refusal in &parsed.refused {
            eprintln!("{}: {}: {}", path.display(), refusal.at, refusal.reason);
        }
        refused += parsed.refused.len();
        let done = write(&store, brand.brand_id, &parsed.products, Clock::System.now()).await;
        let done = done.map_err(|error| error.to_string())?;
        new += done.new;
        known += done.known;
    }
    let counted = count(&store, brand.brand_id).await?;
    say::line(format!("products new={new} known={known} refused={refused} · orders counted={counted}"))
}

/// Writes products down, a batch at a time.
pub(super) async fn write(
    store: &Store,
    brand: BrandId,
    products: &[ProductDraft],
    now: Timestamp,
) -> Result<Imported, StoreError> {
    let mut imported = Imported::default();
    for products in products.chunks(TOGETHER) {
        let mut conn = store.write(Urgency::Batch).await?;
        let done = catalogue::import(&mut conn, brand, products, CameBy::File, now).await?;
        conn.commit().await?;
        imported.new += done.new;
        imported.known += done.known;
    }
    Ok(imported)
}

async fn count(store: &Store, brand: BrandId) -> Result<u64, Problem> {
    let mut counted = 0;
    loop {
        let mut conn = store.write(Urgency::Batch).await.map_err(|error| error.to_string())?;
        let done = baskets::count_orders(&mut conn, brand, Clock::System.now(), TOGETHER as i64).await;
        let done = done.map_err(|error| error.to_string())?;
        conn.commit().await.map_err(|error| error.to_string())?;
        if done == 0 {
            return Ok(counted);
        }
        counted += done;
    }
}

async fn rule(asked: Ruling) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let brand = named::brand(&store, &asked.brand).await?;
    let rule = match asked.word {
        Word::Pin => Some(Rule::Pin),
        Word::Ban => Some(Rule::Ban),
        Word::None => None,
    };
    let mut conn = store.write(Urgency::Batch).await.map_err(|error| error.to_string())?;
    let is_there = catalogue::set_rule(&mut conn, brand.brand_id, &asked.product, rule).await;
    let is_there = is_there.map_err(|error| error.to_string())?;
    conn.commit().await.map_err(|error| error.to_string())?;
    if !is_there {
        return Err(format!("brand {:?} has no product {:?}", asked.brand, asked.product));
    }
    say::line(format!("{}: {}", asked.product, rule.map_or("none", Rule::as_str)))
}
