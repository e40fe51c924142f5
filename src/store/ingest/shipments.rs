//! A shipment as a source tells it: which one it is, what is said of the whole, and what rides in it.

use uuid::Uuid;

use crate::orders::number::{OrderNumber, TrackingNumber};
use crate::orders::{BrandId, OrderId, ShipmentId};
use crate::sources::{ShipmentDraft, ShippedItem};
use crate::tracking::event::TrackingEvent;
use crate::tracking::scans::starts_new_shipment;
use crate::tracking::summary::Claims;

use super::super::{Conn, Result, StoreError, execute, fetch_all, fetch_optional, micros};
use super::events::{events_for, write_events};
use super::fold::{refold_told, touch_shipment};
use super::{Counts, Teller, new_id, touch_order};

/// What became of one shipment of a payload.
pub(super) struct Told {
    pub is_new: bool,
    pub events: Counts,
    pub changed: Option<ShipmentId>,
}

pub(super) async fn apply_shipment(
    conn: &mut Conn,
    teller: &Teller<'_>,
    draft: &ShipmentDraft,
) -> Result<std::result::Result<Vec<Told>, String>> {
    let number = match (draft.tracking_number.trim(), &draft.unique_id, &draft.fulfilment_id) {
        ("", None, None) => return Ok(Err("the shipment has no tracking number".to_owned())),
        // A shop may ship without tracking, and may tell of a fulfilment by its own id alone.
        ("", ..) => String::new(),
        (text, ..) => match text.parse::<TrackingNumber>() {
            Ok(number) => number.to_string(),
            Err(_) => return Ok(Err(format!("{text:?} cannot be a tracking number"))),
        },
    };
    let order_key = match draft.order_number.as_deref().map(str::parse::<OrderNumber>) {
        Some(Ok(number)) => Some(number.key().to_owned()),
        Some(Err(_)) | None => None,
    };
    // The order first, as `apply` does: whoever tells of both takes both in the same turn.
    if let Some(key) = &order_key {
        super::take_turns(conn, teller.brand, "order", key).await?;
    }
    super::take_turns(conn, teller.brand, "parcel", &number).await?;
    let mut known = find_shipments(conn, teller, draft, &number).await?;
    let is_new = known.is_empty();
    if is_new {
        known.push(insert_shipment(conn, teller, draft, &number, order_key.as_deref()).await?);
    }
    let mut told = Vec::with_capacity(known.len());
    for shipment in known {
        lock_shipment(conn, teller.brand, shipment).await?;
        let known = match is_new {
            true => Description::of_new(draft, order_key.as_deref()),
            false => description_of(conn, teller.brand, shipment).await?,
        };
        let described = describe_shipment(conn, teller, shipment, draft, order_key.as_deref(), known).await?;
        write_shipped_items(conn, teller, shipment, &draft.items).await?;
        let events = write_events(conn, teller, shipment, &draft.events).await?;
        let folded = refold_told(conn, teller.brand, shipment, described, teller.now).await?;
        let changed = is_new || described || folded;
        told.push(Told { is_new, events, changed: changed.then_some(shipment) });
    }
    Ok(Ok(told))
}

/// The shipments that the draft tells of. Several only where a shop tells of a whole fulfilment by its id.
async fn find_shipments(
    conn: &mut Conn,
    teller: &Teller<'_>,
    draft: &ShipmentDraft,
    number: &str,
) -> Result<Vec<ShipmentId>> {
    if !number.is_empty() || draft.unique_id.is_some() {
        let found = find_shipment(conn, teller, draft, number).await?;
        if found.is_some() {
            return Ok(found.into_iter().collect());
        }
    }
    let Some(fulfilment) = &draft.fulfilment_id else { return Ok(Vec::new()) };
    let of_fulfilment = fetch_all!(
        conn,
        (Uuid, String),
        "SELECT shipment_id, tracking_number FROM shipments WHERE brand_id = $1 AND fulfilment_id = $2 ORDER BY shipment_id",
        teller.brand.0,
        fulfilment.as_str(),
    )?;
    if number.is_empty() {
        return Ok(of_fulfilment.into_iter().map(|(shipment, _)| ShipmentId(shipment)).collect());
    }
    // Told of before it had a number: now it has one.
    let Some((unnumbered, _)) = of_fulfilment.into_iter().find(|(_, known)| known.is_empty()) else {
        return Ok(Vec::new());
    };
    execute!(
        conn,
        "UPDATE shipments SET tracking_number = $3 WHERE brand_id = $1 AND shipment_id = $2",
        teller.brand.0,
        unnumbered,
        number,
    )?;
    touch_shipment(conn, teller.brand, ShipmentId(unnumbered), teller.now).await?;
    Ok(vec![ShipmentId(unnumbered)])
}

type KnownShipmentRow = (Uuid, Option<String>);

/// The shipment that the draft tells of: the newest with that number, unless the draft clearly begins another one.
async fn find_shipment(
    conn: &mut Conn,
    teller: &Teller<'_>,
    draft: &ShipmentDraft,
    number: &str,
) -> Result<Option<ShipmentId>> {
    let known = fetch_all!(
        conn,
        KnownShipmentRow,
        "SELECT shipment_id, unique_id FROM shipments WHERE brand_id = $1 AND tracking_number = $2 ORDER BY created_at DESC, shipment_id DESC",
        teller.brand.0,
        number,
    )?;
    if let Some(unique_id) = &draft.unique_id {
        let same = known.iter().find(|(_, known_id)| known_id.as_ref() == Some(unique_id));
        if let Some((id, _)) = same {
            return Ok(Some(ShipmentId(*id)));
        }
        if number.is_empty() {
            return Ok(None);
        }
        // Another unique id under the same number is another parcel, one without an id may be this one.
        let unnamed = known.iter().find(|(_, known_id)| known_id.is_none());
        let Some((id, _)) = unnamed else { return Ok(None) };
        return Ok(Some(ShipmentId(*id)));
    }
    let Some((newest, _)) = known.first() else { return Ok(None) };
    let newest = ShipmentId(*newest);
    let Some(first) = draft.events.first() else { return Ok(Some(newest)) };
    let told = events_for(conn, teller.brand, newest).await?;
    if told.iter().any(|event| event.fingerprint() == first.fingerprint()) {
        return Ok(Some(newest));
    }
    // An earlier parcel's history, told once more, is still that parcel's.
    for (id, _) in known.iter().skip(1) {
        let earlier = events_for(conn, teller.brand, ShipmentId(*id)).await?;
        if earlier.iter().any(|event| event.fingerprint() == first.fingerprint()) {
            return Ok(Some(ShipmentId(*id)));
        }
    }
    let mut earlier: Vec<&TrackingEvent> = told.iter().collect();
    earlier.sort_by_key(|event| event.sort_instant());
    let begins_another = !earlier.is_empty() && starts_new_shipment(&earlier, first);
    Ok((!begins_another).then_some(newest))
}

async fn insert_shipment(
    conn: &mut Conn,
    teller: &Teller<'_>,
    draft: &ShipmentDraft,
    number: &str,
    order_key: Option<&str>,
) -> Result<ShipmentId> {
    let shipment = ShipmentId(new_id(teller.now));
    // The newest answers to a number, also where two parcels that had it are told of in one breath.
    execute!(
        conn,
        "INSERT INTO shipments (brand_id, shipment_id, order_key, tracking_number, unique_id, fulfilment_id, order_source_id, source, changed_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, COALESCE((SELECT MAX(created_at) + 1 FROM shipments
            WHERE brand_id = $1 AND tracking_number = $4 AND created_at >= $9), $9))",
        teller.brand.0,
        shipment.0,
        order_key,
        number,
        draft.unique_id.as_deref(),
        draft.fulfilment_id.as_deref(),
        draft.order_source_id.as_deref(),
        teller.source,
        micros(teller.now),
    )?;
    Ok(shipment)
}

/// On PostgreSQL two tellers of one shipment take turns; SQLite has one writer anyway.
async fn lock_shipment(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<()> {
    if conn.is_postgres() {
        fetch_optional!(
            conn,
            (i64,),
            "SELECT version FROM shipments WHERE brand_id = $1 AND shipment_id = $2 FOR UPDATE",
            brand.0,
            shipment.0,
        )?;
    }
    Ok(())
}

/// What was said of a shipment as a whole.
#[derive(Default, sqlx::FromRow)]
struct Description {
    order_id: Option<Uuid>,
    order_key: Option<String>,
    carrier: Option<String>,
    service: Option<String>,
    unique_id: Option<String>,
    claims: String,
    proof: Option<Vec<u8>>,
    pickup: Option<Vec<u8>>,
}

impl Description {
    /// As `insert_shipment` has just written it.
    fn of_new(draft: &ShipmentDraft, order_key: Option<&str>) -> Description {
        Description {
            order_key: order_key.map(str::to_owned),
            unique_id: draft.unique_id.clone(),
            claims: "{}".to_owned(),
            ..Description::default()
        }
    }
}

async fn description_of(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Description> {
    fetch_optional!(
        conn,
        Description,
        "SELECT order_id, order_key, carrier, service, unique_id, claims, proof, pickup FROM shipments WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?
    .ok_or_else(|| StoreError::Broken("a shipment vanished while it was written".to_owned()))
}

/// Writes what the draft says of the shipment as a whole. True when that is news.
async fn describe_shipment(
    conn: &mut Conn,
    teller: &Teller<'_>,
    shipment: ShipmentId,
    draft: &ShipmentDraft,
    order_key: Option<&str>,
    known: Description,
) -> Result<bool> {
    let Description { order_id, order_key: known_key, carrier, service, unique_id, claims: claims_text, proof, pickup } =
        known;
    let known: Claims = serde_json::from_str(&claims_text).map_err(|error| StoreError::Broken(error.to_string()))?;
    let mut claims = Claims {
        status: draft.status.or(known.status),
        estimate: known.estimate.clone(),
        estimates: known.estimates.clone(),
        origin: draft.origin.clone().or_else(|| known.origin.clone()),
        destination: draft.destination.clone().or_else(|| known.destination.clone()),
        pickup_until: draft.pickup.as_ref().map_or(known.pickup_until, |pickup| pickup.until),
    };
    if let Some(estimate) = &draft.estimate {
        match draft.events.last() {
            Some(newest) => claims.hear(estimate, newest.sort_instant().min(teller.now)),
            None if known.estimate.as_ref() == Some(estimate) => {}
            None => claims.hear(estimate, teller.now),
        }
    }
    let order_key = known_key.clone().or_else(|| order_key.map(str::to_owned));
    let new_order_id = match order_id {
        Some(known) => Some(known),
        None => find_order(conn, teller, order_key.as_deref(), draft.order_source_id.as_deref()).await?,
    };
    let sealed = |kind: &[u8], fresh: Option<Vec<u8>>, known: Option<Vec<u8>>| -> (Option<Vec<u8>>, bool) {
        let before = known.as_ref().and_then(|sealed| teller.vault.open(kind, shipment.0.as_bytes(), sealed));
        match fresh {
            Some(plain) if before.as_ref() != Some(&plain) => {
                (Some(teller.vault.seal(kind, shipment.0.as_bytes(), &plain)), true)
            }
            _ => (known, false),
        }
    };
    let json =
        |value: Option<serde_json::Result<Vec<u8>>>| value.transpose().map_err(|e| StoreError::Broken(e.to_string()));
    let (proof, proof_is_news) = sealed(b"proof", json(draft.proof.as_ref().map(serde_json::to_vec))?, proof);
    let (pickup, pickup_is_news) = sealed(b"pickup", json(draft.pickup.as_ref().map(serde_json::to_vec))?, pickup);
    let new_carrier = draft.carrier.clone().or_else(|| carrier.clone());
    let new_service = draft.service.clone().or_else(|| service.clone());
    let new_unique_id = unique_id.clone().or_else(|| draft.unique_id.clone());
    let is_news = claims != known
        || new_order_id != order_id
        || order_key != known_key
        || new_carrier != carrier
        || new_service != service
        || new_unique_id != unique_id
        || proof_is_news
        || pickup_is_news;
    let claims_text = serde_json::to_string(&claims).map_err(|error| StoreError::Broken(error.to_string()))?;
    // A version that is written is told, also where it stays the same.
    let sql = if is_news {
        "UPDATE shipments SET order_id = $3, order_key = $4, carrier = $5, service = $6, unique_id = $7, claims = $8, proof = $9, pickup = $10,
            claimed_status = $11, checked_at = $12, version = version + 1, changed_at = $12 WHERE brand_id = $1 AND shipment_id = $2"
    } else {
        "UPDATE shipments SET order_id = $3, order_key = $4, carrier = $5, service = $6, unique_id = $7, claims = $8, proof = $9, pickup = $10,
            claimed_status = $11, checked_at = $12 WHERE brand_id = $1 AND shipment_id = $2"
    };
    execute!(
        conn,
        sql,
        teller.brand.0,
        shipment.0,
        new_order_id,
        order_key,
        new_carrier,
        new_service,
        new_unique_id,
        claims_text,
        proof,
        pickup,
        claims.status.map(|status| status.to_string()),
        micros(teller.now),
    )?;
    if let Some(order) = new_order_id.filter(|_| is_news) {
        touch_order(conn, teller.brand, OrderId(order), teller.now).await?;
    }
    Ok(is_news)
}

/// The order that a shipment says it belongs to: by the number shoppers read, else by the shop's own id.
async fn find_order(
    conn: &mut Conn,
    teller: &Teller<'_>,
    order_key: Option<&str>,
    source_id: Option<&str>,
) -> Result<Option<Uuid>> {
    let by_key = match order_key {
        Some(key) => fetch_optional!(
            conn,
            (Uuid,),
            "SELECT order_id FROM orders WHERE brand_id = $1 AND order_key = $2",
            teller.brand.0,
            key,
        )?,
        None => None,
    };
    let found = match (by_key, source_id) {
        (None, Some(source_id)) => fetch_optional!(
            conn,
            (Uuid,),
            "SELECT order_id FROM orders WHERE brand_id = $1 AND source_id = $2",
            teller.brand.0,
            source_id,
        )?,
        (found, _) => found,
    };
    Ok(found.map(|(order,)| order))
}

async fn write_shipped_items(
    conn: &mut Conn,
    teller: &Teller<'_>,
    shipment: ShipmentId,
    items: &[ShippedItem],
) -> Result<()> {
    for item in items {
        execute!(
            conn,
            "INSERT INTO shipment_items (brand_id, shipment_id, line_item_id, quantity) VALUES ($1, $2, $3, $4)
             ON CONFLICT (brand_id, shipment_id, line_item_id) DO UPDATE SET quantity = excluded.quantity",
            teller.brand.0,
            shipment.0,
            item.line_item.as_str(),
            item.quantity,
        )?;
    }
    Ok(())
}
