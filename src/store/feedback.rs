//! What shoppers said of their deliveries: one row a parcel.
//!
//! What an answer may be, and for how long, is decided in `orders::feedback`.

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::aftercare::UpdatesOpinion;
use crate::orders::feedback::{EDITABLE_FOR, Feedback, FeedbackGiven, Rating, Reason};
use crate::orders::satisfaction::{Answered, Asked};
use crate::orders::{BrandId, OrderId, ShipmentId, feedback};
use crate::tracking::estimate::lane::Lane;
use crate::tracking::status::Status;
use crate::tracking::summary::{Claims, Summary, window};

use super::columns::Columns;
use super::ingest::{promised, touch_shipment};
use super::seal::Vault;
use super::{Conn, Result, StoreError, execute, fetch_all, fetch_optional, instant, micros};

/// What came of giving an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Saved,
    /// The first answer is too old to be changed.
    Closed,
}

/// How an answer came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The form on the page.
    Page,
    /// A message's link with the rating in it.
    Link,
    Program,
}

impl Via {
    const fn as_str(self) -> &'static str {
        match self {
            Via::Page => "page",
            Via::Link => "link",
            Via::Program => "program",
        }
    }
}

/// A parcel that somebody wants to rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    pub shipment: ShipmentId,
    pub order: OrderId,
    pub order_key: String,
    /// `None` while nothing is known of it.
    pub status: Option<Status>,
}

type RatedRow = (Uuid, Uuid, String, Option<String>);

macro_rules! rated {
    ($which:literal) => {
        concat!(
            "SELECT shipments.shipment_id, orders.order_id, orders.order_key, summaries.status FROM shipments
             JOIN orders ON orders.brand_id = shipments.brand_id AND orders.order_id = shipments.order_id
             LEFT JOIN summaries ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
             WHERE shipments.brand_id = $1 AND ",
            $which,
            " ORDER BY shipments.created_at DESC, shipments.shipment_id DESC LIMIT 1"
        )
    };
}

/// The parcel of that id, or the newest of that tracking number.
pub async fn rated(conn: &mut Conn, brand: BrandId, named: &str) -> Result<Option<Rated>> {
    let row = match Uuid::try_parse(named) {
        Ok(id) => fetch_optional!(conn, RatedRow, rated!("shipments.shipment_id = $2"), brand.0, id)?,
        Err(_) => fetch_optional!(conn, RatedRow, rated!("shipments.tracking_number = $2"), brand.0, named)?,
    };
    Ok(row.map(|(shipment, order, order_key, status)| Rated {
        shipment: ShipmentId(shipment),
        order: OrderId(order),
        order_key,
        status: status.and_then(|status| status.parse().ok()),
    }))
}

/// Keeps an answer in place of the one before, if that may still be changed.
pub async fn give(
    conn: &mut Conn,
    vault: &Vault,
    brand: BrandId,
    shipment: ShipmentId,
    given: &Feedback,
    via: Via,
    now: Timestamp,
) -> Result<Kept> {
    let reasons = serde_json::to_string(&given.reasons).map_err(|error| StoreError::Broken(error.to_string()))?;
    let comment =
        given.comment.as_ref().map(|comment| vault.seal(b"comment", shipment.0.as_bytes(), comment.as_bytes()));
    let oldest_open = now.checked_sub(EDITABLE_FOR).unwrap_or(Timestamp::MIN);
    let written = execute!(
        conn,
        "INSERT INTO feedback (brand_id, shipment_id, rating, reasons, comment, via, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         ON CONFLICT (brand_id, shipment_id) DO UPDATE SET rating = excluded.rating, reasons = excluded.reasons,
            comment = excluded.comment, via = excluded.via, changed_at = excluded.changed_at,
            updates = CASE WHEN excluded.rating <= 2 THEN NULL ELSE feedback.updates END
         WHERE feedback.created_at > $8",
        brand.0,
        shipment.0,
        i64::from(given.rating.stars()),
        reasons,
        comment,
        via.as_str(),
        micros(now),
        micros(oldest_open),
    )?;
    if written == 0 {
        return Ok(Kept::Closed);
    }
    touch_shipment(conn, brand, shipment, now).await?;
    Ok(Kept::Saved)
}

/// Keeps what is thought of the updates, beside an answer that is no complaint. False where there is none.
pub async fn say_of_updates(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    opinion: UpdatesOpinion,
    now: Timestamp,
) -> Result<bool> {
    let oldest_open = now.checked_sub(EDITABLE_FOR).unwrap_or(Timestamp::MIN);
    let written = execute!(
        conn,
        "UPDATE feedback SET updates = $3 WHERE brand_id = $1 AND shipment_id = $2 AND rating > 2 AND created_at > $4",
        brand.0,
        shipment.0,
        opinion.as_str(),
        micros(oldest_open),
    )?;
    if written > 0 {
        touch_shipment(conn, brand, shipment, now).await?;
    }
    Ok(written > 0)
}

/// An answer's columns, where there is one.
pub(super) struct FeedbackColumns {
    rating: Option<i64>,
    reasons: Option<String>,
    comment: Option<Vec<u8>>,
    given_at: Option<i64>,
    given_changed_at: Option<i64>,
    updates: Option<String>,
    photo_at: Option<i64>,
}

impl FeedbackColumns {
    pub(super) fn of(columns: &mut impl Columns) -> Result<FeedbackColumns> {
        Ok(FeedbackColumns {
            rating: columns.number()?,
            reasons: columns.text()?,
            comment: columns.bytes()?,
            given_at: columns.number()?,
            given_changed_at: columns.number()?,
            updates: columns.text()?,
            photo_at: columns.number()?,
        })
    }

    /// `None` without an answer. A comment whose key is gone is left out: the rest of the answer still stands.
    pub(super) fn read(self, vault: &Vault, shipment: Uuid) -> Option<FeedbackGiven> {
        let opened = self.comment.and_then(|sealed| vault.open(b"comment", shipment.as_bytes(), &sealed));
        let created_at = instant(self.given_at?);
        Some(FeedbackGiven {
            feedback: Feedback {
                rating: Rating::new(self.rating?)?,
                reasons: reasons(self.reasons.as_deref().unwrap_or_default()),
                comment: opened.and_then(|plain| String::from_utf8(plain).ok()),
            },
            created_at,
            changed_at: self.given_changed_at.map_or(created_at, instant),
            updates: self.updates.as_deref().and_then(UpdatesOpinion::read),
            photo_at: self.photo_at.map(instant),
        })
    }
}

/// What another version wrote and this one does not know is passed over.
fn reasons(listed: &str) -> Vec<Reason> {
    let texts: Vec<String> = serde_json::from_str(listed).unwrap_or_default();
    texts.iter().filter_map(|text| Reason::read(text)).collect()
}

/// Where a report's next page of parcels begins.
pub type After = (Uuid, Uuid);

#[derive(sqlx::FromRow)]
struct AskedRow {
    brand_id: Uuid,
    shipment_id: Uuid,
    slug: String,
    status: String,
    carrier: Option<String>,
    claims: String,
    document: String,
    promised_earliest: Option<String>,
    promised_latest: Option<String>,
    rating: Option<i64>,
    reasons: Option<String>,
    given_at: Option<i64>,
    updates: Option<String>,
    destination_country: Option<String>,
}

/// Parcels of all brands that can be rated, in the order of their keys, after `after`; with where the next page begins.
pub async fn asked(conn: &mut Conn, after: Option<After>, most: i64) -> Result<(Vec<Asked>, Option<After>)> {
    let (brand, shipment) = after.unwrap_or_default();
    let rows = fetch_all!(
        conn,
        AskedRow,
        "SELECT shipments.brand_id, shipments.shipment_id, brands.slug, summaries.status, shipments.carrier, shipments.claims,
            summaries.document, orders.promised_earliest, orders.promised_latest,
            feedback.rating, feedback.reasons, feedback.created_at AS given_at, feedback.updates, orders.destination_country
         FROM shipments JOIN brands ON brands.brand_id = shipments.brand_id
         JOIN orders ON orders.brand_id = shipments.brand_id AND orders.order_id = shipments.order_id
         JOIN summaries ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         LEFT JOIN feedback ON feedback.brand_id = shipments.brand_id AND feedback.shipment_id = shipments.shipment_id
         WHERE (shipments.brand_id, shipments.shipment_id) > ($1, $2)
         ORDER BY shipments.brand_id, shipments.shipment_id LIMIT $3",
        brand,
        shipment,
        most,
    )?;
    let next = rows.last().map(|row| (row.brand_id, row.shipment_id));
    let mut asked = Vec::new();
    for row in rows {
        asked.extend(row.read()?);
    }
    Ok((asked, next))
}

impl AskedRow {
    fn read(self) -> Result<Option<Asked>> {
        let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
        let has_ended = self.status.parse().is_ok_and(|status| feedback::ended(status).is_some());
        if !has_ended && self.rating.is_none() {
            return Ok(None);
        }
        let summary: Summary = serde_json::from_str(&self.document).map_err(broken)?;
        let claims: Claims = serde_json::from_str(&self.claims).map_err(broken)?;
        let promised = promised(self.promised_earliest.as_deref(), self.promised_latest.as_deref());
        let expected = window(claims.estimate.as_ref(), promised.as_ref());
        let arrived = summary.progress.delivered_at.map(|time| time.local.date());
        let answer = self.rating.and_then(Rating::new).zip(self.given_at).map(|(rating, given_at)| Answered {
            rating,
            reasons: reasons(self.reasons.as_deref().unwrap_or_default()),
            created_at: instant(given_at),
            updates: self.updates.as_deref().and_then(UpdatesOpinion::read),
        });
        let began = summary.events.first().and_then(|shown| shown.update.place.country.clone());
        let lane = Lane {
            origin: claims.origin.as_ref().and_then(|place| place.country.clone()).or(began),
            destination: self
                .destination_country
                .or_else(|| claims.destination.as_ref().and_then(|place| place.country.clone())),
            ..Lane::default()
        };
        Ok(Some(Asked {
            brand: self.slug,
            carrier: self.carrier,
            lane: lane.label(),
            kept: expected.zip(arrived).map(|(expected, arrived)| arrived <= expected.latest),
            answer,
        }))
    }
}
