//! What shoppers turned to the shop with, photos of damage, and how often answers were opened.
//!
//! Which causes there are is said in `orders::aftercare`; a page reads its cases with its order.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::orders::aftercare::{Case, CaseState, Cause};
use crate::orders::{BrandId, OrderId, ShipmentId};
use crate::pictures::Picture;

use super::ingest::{touch_order, touch_shipment};
use super::seal::Vault;
use super::{Conn, Result, execute, fetch_all, fetch_optional, instant, micros};

/// What a case is about: a parcel of an order, or the order as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    pub brand: BrandId,
    pub order: OrderId,
    pub shipment: Option<ShipmentId>,
    pub cause: Cause,
}

impl About {
    fn subject(&self) -> Uuid {
        self.shipment.map_or(self.order.0, |shipment| shipment.0)
    }
}

/// What came of turning to the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// There was no such case, or it was closed.
    Anew,
    /// It was open, and something else is written now.
    Changed,
    /// It was open and says the same: sent twice.
    AsBefore,
}

/// Opens a case, or changes what an open one says.
pub async fn open(
    conn: &mut Conn,
    vault: &Vault,
    about: &About,
    text: &str,
    answer_by: Date,
    now: Timestamp,
) -> Result<Opened> {
    let subject = about.subject();
    let known = fetch_optional!(
        conn,
        (String, Vec<u8>),
        "SELECT state, sealed FROM cases WHERE brand_id = $1 AND subject_id = $2 AND cause = $3",
        about.brand.0,
        subject,
        about.cause.as_str(),
    )?;
    let opened = match known.filter(|(state, _)| state == CaseState::Open.as_str()) {
        None => Opened::Anew,
        Some((_, sealed)) => match vault.open(b"case", subject.as_bytes(), &sealed) {
            // Pressing the button again, with nothing written, takes nothing back.
            Some(before) if text.is_empty() || before == text.as_bytes() => return Ok(Opened::AsBefore),
            _ => Opened::Changed,
        },
    };
    execute!(
        conn,
        "INSERT INTO cases (brand_id, subject_id, cause, order_id, sealed, state, answer_by, opened_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $7)
         ON CONFLICT (brand_id, subject_id, cause) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at,
            answer_by = CASE WHEN cases.state = 'open' THEN cases.answer_by ELSE excluded.answer_by END,
            opened_at = CASE WHEN cases.state = 'open' THEN cases.opened_at ELSE excluded.opened_at END,
            state = 'open'",
        about.brand.0,
        subject,
        about.cause.as_str(),
        about.order.0,
        vault.seal(b"case", subject.as_bytes(), text.as_bytes()),
        answer_by.to_string(),
        micros(now),
    )?;
    touch(conn, about, now).await?;
    Ok(opened)
}

/// Ends an open case. False when there is none.
pub async fn close(conn: &mut Conn, about: &About, state: CaseState, now: Timestamp) -> Result<bool> {
    let closed = execute!(
        conn,
        "UPDATE cases SET state = $4, changed_at = $5 WHERE brand_id = $1 AND subject_id = $2 AND cause = $3 AND state = 'open'",
        about.brand.0,
        about.subject(),
        about.cause.as_str(),
        state.as_str(),
        micros(now),
    )?;
    if closed > 0 {
        touch(conn, about, now).await?;
    }
    Ok(closed > 0)
}

/// The page shows it: kept pages are dropped, open ones follow.
async fn touch(conn: &mut Conn, about: &About, now: Timestamp) -> Result<()> {
    match about.shipment {
        Some(shipment) => touch_shipment(conn, about.brand, shipment, now).await,
        None => touch_order(conn, about.brand, about.order, now).await,
    }
}

/// Cases as a page's query brings them along; what another version wrote and this one does not know is passed over.
pub(super) fn cases(listed: Option<&str>) -> Vec<Case> {
    let read = |entry: &str| {
        let mut parts = entry.split(' ');
        Some(Case {
            cause: Cause::read(parts.next()?)?,
            state: CaseState::read(parts.next()?)?,
            answer_by: parts.next()?.parse().ok()?,
        })
    };
    let mut cases: Vec<Case> = listed.unwrap_or_default().split(',').filter_map(read).collect();
    cases.sort_by_key(|case| case.cause);
    cases
}

/// A case with what was written, for the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    pub brand: String,
    pub order_number: String,
    /// `None` when it is about the order as a whole.
    pub tracking_number: Option<String>,
    pub cause: String,
    pub state: String,
    pub text: String,
    pub answer_by: String,
    pub opened_at: Timestamp,
    pub has_photo: bool,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    slug: String,
    subject_id: Uuid,
    order_number: String,
    tracking_number: Option<String>,
    cause: String,
    state: String,
    sealed: Vec<u8>,
    answer_by: String,
    opened_at: i64,
    photo_at: Option<i64>,
}

/// Up to `most` cases, oldest first: of one brand or of all, open ones or all.
pub async fn list(
    conn: &mut Conn,
    vault: &Vault,
    brand: Option<BrandId>,
    closed_too: bool,
    most: i64,
) -> Result<Vec<CaseRecord>> {
    let rows = fetch_all!(
        conn,
        CaseRow,
        "SELECT brands.slug, cases.subject_id, orders.order_number, shipments.tracking_number, cases.cause, cases.state, cases.sealed,
            cases.answer_by, cases.opened_at, damage_photos.created_at AS photo_at
         FROM cases JOIN brands ON brands.brand_id = cases.brand_id
         JOIN orders ON orders.brand_id = cases.brand_id AND orders.order_id = cases.order_id
         LEFT JOIN shipments ON shipments.brand_id = cases.brand_id AND shipments.shipment_id = cases.subject_id
         LEFT JOIN damage_photos ON damage_photos.brand_id = cases.brand_id AND damage_photos.shipment_id = cases.subject_id
         WHERE cases.brand_id = COALESCE($1, cases.brand_id) AND (cases.state = 'open' OR $2 = 1)
         ORDER BY cases.opened_at, cases.subject_id, cases.cause LIMIT $3",
        brand.map(|brand| brand.0),
        i64::from(closed_too),
        most,
    )?;
    let read = |row: CaseRow| {
        let opened = vault.open(b"case", row.subject_id.as_bytes(), &row.sealed);
        CaseRecord {
            brand: row.slug,
            order_number: row.order_number,
            tracking_number: row.tracking_number,
            cause: row.cause,
            state: row.state,
            // What no key opens any longer is said to be so, not left out: somebody waits for an answer.
            text: opened
                .map_or_else(|| "(cannot be opened)".to_owned(), |plain| String::from_utf8_lossy(&plain).into()),
            answer_by: row.answer_by,
            opened_at: instant(row.opened_at),
            has_photo: row.photo_at.is_some(),
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps a photo of the damage in place of the one before. False when nobody has rated the parcel.
pub async fn keep_photo(
    conn: &mut Conn,
    vault: &Vault,
    brand: BrandId,
    shipment: ShipmentId,
    photo: &Picture,
    now: Timestamp,
) -> Result<bool> {
    let rated = execute!(
        conn,
        "UPDATE feedback SET photo_at = $3 WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
        micros(now),
    )?;
    if rated == 0 {
        return Ok(false);
    }
    execute!(
        conn,
        "INSERT INTO damage_photos (brand_id, shipment_id, sealed, width, height, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (brand_id, shipment_id) DO UPDATE SET sealed = excluded.sealed, width = excluded.width,
            height = excluded.height, created_at = excluded.created_at",
        brand.0,
        shipment.0,
        vault.seal(b"damage photo", shipment.0.as_bytes(), &photo.jpeg),
        i64::from(photo.width),
        i64::from(photo.height),
        micros(now),
    )?;
    touch_shipment(conn, brand, shipment, now).await?;
    Ok(true)
}

/// The photo of a parcel's damage, as JPEG. `None` when there is none, or no key opens it.
pub async fn photo(conn: &mut Conn, vault: &Vault, brand: BrandId, shipment: ShipmentId) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(
        conn,
        (Vec<u8>,),
        "SELECT sealed FROM damage_photos WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    Ok(row.and_then(|(sealed,)| vault.open(b"damage photo", shipment.0.as_bytes(), &sealed)))
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// An answer on the page was opened.
    Opened,
    /// Somebody turned to the shop.
    Inquired,
}

pub async fn count(conn: &mut Conn, brand: BrandId, day: Date, cause: Cause, asked: Asked) -> Result<()> {
    let (openings, inquiries) = match asked {
        Asked::Opened => (1_i64, 0_i64),
        Asked::Inquired => (0, 1),
    };
    execute!(
        conn,
        "INSERT INTO help_counts (brand_id, day, cause, openings, inquiries) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (brand_id, day, cause) DO UPDATE SET openings = help_counts.openings + excluded.openings,
            inquiries = help_counts.inquiries + excluded.inquiries",
        brand.0,
        day.to_string(),
        cause.as_str(),
        openings,
        inquiries,
    )?;
    Ok(())
}

/// All days of one brand and cause together: openings, inquiries.
pub type Counted = (String, String, i64, i64);

/// What was counted, by brand and cause.
pub async fn counts(conn: &mut Conn) -> Result<Vec<Counted>> {
    Ok(fetch_all!(
        conn,
        Counted,
        "SELECT brands.slug, help_counts.cause, CAST(SUM(openings) AS BIGINT), CAST(SUM(inquiries) AS BIGINT)
         FROM help_counts JOIN brands ON brands.brand_id = help_counts.brand_id
         GROUP BY brands.slug, help_counts.cause ORDER BY brands.slug, help_counts.cause",
    )?)
}

/// Orders of each brand that the store holds, by slug.
pub async fn orders_by_brand(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    Ok(fetch_all!(
        conn,
        (String, i64),
        "SELECT brands.slug, COUNT(orders.order_id) FROM brands LEFT JOIN orders ON orders.brand_id = brands.brand_id
         GROUP BY brands.slug ORDER BY brands.slug",
    )?)
}
