//! Pictures of products as we show them, and which are yet to be fetched.

use jiff::Timestamp;

use crate::orders::BrandId;

use super::{Conn, Result, execute, fetch_all, fetch_optional, micros};

/// What is known of a product's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// As it goes out, and its fingerprint.
    Shown(Vec<u8>, String),
    /// Asked for, and yet to be fetched or not to be had.
    Awaited,
    /// Where the shop has it: nobody asked for it yet.
    At(String),
    /// The product has none, or there is no such product.
    None,
}

type Row = (Option<String>, Option<String>, Option<Vec<u8>>, Option<String>);

pub async fn of_product(conn: &mut Conn, brand: BrandId, product: &str) -> Result<Picture> {
    let row = fetch_optional!(
        conn,
        Row,
        "SELECT image, address, picture, fingerprint FROM products
         LEFT JOIN product_pictures pictures ON pictures.brand_id = products.brand_id AND pictures.product_id = products.product_id
         WHERE products.brand_id = $1 AND products.product_id = $2",
        brand.0,
        product,
    )?;
    let Some((Some(image), address, picture, fingerprint)) = row else { return Ok(Picture::None) };
    Ok(match picture.zip(fingerprint) {
        // The address changed: the new picture is to be fetched, the old one may hang until then.
        Some(_) if address.as_ref() != Some(&image) => Picture::At(image),
        Some((picture, fingerprint)) => Picture::Shown(picture, fingerprint),
        None if address.as_ref() == Some(&image) => Picture::Awaited,
        None => Picture::At(image),
    })
}

/// Asks for a product's picture; once is enough.
pub async fn ask_for(conn: &mut Conn, brand: BrandId, product: &str, address: &str, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "INSERT INTO product_pictures (brand_id, product_id, address, next_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (brand_id, product_id) DO UPDATE SET address = excluded.address, picture = NULL, fingerprint = NULL,
            next_at = excluded.next_at, failures = 0
         WHERE product_pictures.address <> excluded.address",
        brand.0,
        product,
        address,
        micros(now),
    )?;
    Ok(())
}

/// A picture to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    pub product_id: String,
    pub address: String,
    pub failures: i64,
}

pub async fn has_due(conn: &mut Conn, brand: BrandId, now: Timestamp) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (String,),
        "SELECT product_id FROM product_pictures WHERE brand_id = $1 AND next_at IS NOT NULL AND next_at <= $2 LIMIT 1",
        brand.0,
        micros(now),
    )?;
    Ok(row.is_some())
}

/// Takes the turn to fetch some that are due, and puts the next off to `again_at`: whoever fetches them may die.
pub async fn claim(
    conn: &mut Conn,
    brand: BrandId,
    now: Timestamp,
    again_at: Timestamp,
    most: i64,
) -> Result<Vec<Due>> {
    let sql = if conn.is_postgres() {
        "SELECT product_id, address, failures FROM product_pictures
         WHERE brand_id = $1 AND next_at IS NOT NULL AND next_at <= $2 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED"
    } else {
        "SELECT product_id, address, failures FROM product_pictures
         WHERE brand_id = $1 AND next_at IS NOT NULL AND next_at <= $2 ORDER BY next_at LIMIT $3"
    };
    let due = fetch_all!(conn, Due, sql, brand.0, micros(now), most)?;
    for picture in &due {
        execute!(
            conn,
            "UPDATE product_pictures SET next_at = $3 WHERE brand_id = $1 AND product_id = $2",
            brand.0,
            picture.product_id.as_str(),
            micros(again_at),
        )?;
    }
    Ok(due)
}

/// Keeps a picture as it is to be shown, unless another is wanted by now.
pub async fn keep(conn: &mut Conn, brand: BrandId, due: &Due, picture: &[u8], fingerprint: &str) -> Result<()> {
    execute!(
        conn,
        "UPDATE product_pictures SET picture = $4, fingerprint = $5, next_at = NULL, failures = 0
         WHERE brand_id = $1 AND product_id = $2 AND address = $3",
        brand.0,
        due.product_id.as_str(),
        due.address.as_str(),
        picture,
        fingerprint,
    )?;
    Ok(())
}

/// Writes down that a picture was not to be had; without `again_at` it is not asked for any more.
pub async fn failed(conn: &mut Conn, brand: BrandId, due: &Due, again_at: Option<Timestamp>) -> Result<()> {
    execute!(
        conn,
        "UPDATE product_pictures SET failures = failures + 1, next_at = $4
         WHERE brand_id = $1 AND product_id = $2 AND address = $3",
        brand.0,
        due.product_id.as_str(),
        due.address.as_str(),
        again_at.map(micros),
    )?;
    Ok(())
}
