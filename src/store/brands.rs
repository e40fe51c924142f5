//! Brands as published: immutable versions, the newest answers.

use jiff::Timestamp;
use uuid::Uuid;

use crate::brand::Brand;
use crate::orders::BrandId;

use super::incidents::{FoldSettings, keep_settings};
use super::{Conn, Result, StoreError, execute, fetch_all, fetch_optional, ingest, micros, seal};

/// A brand at its published version.
#[derive(Debug, Clone)]
pub struct Published {
    pub brand_id: BrandId,
    pub version: i64,
    pub brand: Brand,
}

/// Every brand at its published version.
pub async fn all(conn: &mut Conn) -> Result<Vec<Published>> {
    let rows = fetch_all!(
        conn,
        (Uuid, i64, String),
        "SELECT brands.brand_id, brands.version, document FROM brands
         JOIN brand_versions ON brand_versions.brand_id = brands.brand_id AND brand_versions.version = brands.version
         ORDER BY slug",
    )?;
    rows.into_iter()
        .map(|(brand_id, version, document)| {
            let brand = serde_json::from_str(&document).map_err(|error| StoreError::Broken(error.to_string()))?;
            Ok(Published { brand_id: BrandId(brand_id), version, brand })
        })
        .collect()
}

pub async fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Published>> {
    Ok(all(conn).await?.into_iter().find(|published| published.brand.slug == slug))
}

/// Publishes a brand as a new version if it differs from the published one. Gives the version and whether it is new.
pub async fn publish(conn: &mut Conn, brand: &Brand, now: Timestamp) -> Result<(BrandId, i64, bool)> {
    let document = serde_json::to_string(brand).map_err(|error| StoreError::Broken(error.to_string()))?;
    let hash = ingest::hex(&seal::sha256(document.as_bytes()));
    let known = fetch_optional!(
        conn,
        (Uuid, i64, String),
        "SELECT brands.brand_id, brands.version, hash FROM brands
         JOIN brand_versions ON brand_versions.brand_id = brands.brand_id AND brand_versions.version = brands.version
         WHERE slug = $1",
        brand.slug.as_str(),
    )?;
    let (brand_id, version) = match known {
        Some((brand_id, version, same)) if same == hash => return Ok((BrandId(brand_id), version, false)),
        Some((brand_id, version, _)) => (brand_id, version + 1),
        None => (ingest::new_id(now), 1),
    };
    execute!(
        conn,
        "INSERT INTO brand_versions (brand_id, version, hash, document, published_at) VALUES ($1, $2, $3, $4, $5)",
        brand_id,
        version,
        hash,
        document,
        micros(now),
    )?;
    execute!(
        conn,
        "INSERT INTO brands (brand_id, slug, version, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (brand_id) DO UPDATE SET version = excluded.version",
        brand_id,
        brand.slug.as_str(),
        version,
        micros(now),
    )?;
    keep_settings(conn, BrandId(brand_id), &FoldSettings::of(brand)).await?;
    Ok((BrandId(brand_id), version, true))
}
