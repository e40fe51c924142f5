//! A shipment as a source tells it: which one it is, what is said of the whole, and what rides in it.

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::ShipmentId;
use crate::orders::number::{OrderNumber, TrackingNumber};
use crate::sources::{ShipmentDraft, ShippedItem};
use crate::tracking::event::TrackingEvent;
use crate::tracking::scans::starts_new_shipment;
use crate::tracking::summary::Claims;

use super::super::{Conn, Result, StoreError, execute, fetch_optional, micros};
use super::events::replace_derived;
use super::fold::fold;
use super::hand::{Hand, Place, shipments_named};
use super::parcel::{Description, Parcel};
use super::{Counts, Teller, new_id};

/// What became of one shipment of a payload.
pub(super) struct Told {
    pub is_new: bool,
    pub events: Counts,
    pub changed: Option<ShipmentId>,
}

/// The number that a shipment goes by: empty where a shop ships without tracking, and tells of a fulfilment by its id alone.
pub(super) fn number_of(draft: &ShipmentDraft) -> std::result::Result<String, String> {
    match (draft.tracking_number.trim(), &draft.unique_id, &draft.fulfilment_id) {
        ("", None, None) => Err("the shipment has no tracking number".to_owned()),
        ("", ..) => Ok(String::new()),
        (text, ..) => match text.parse::<TrackingNumber>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(format!("{text:?} cannot be a tracking number")),
        },
    }
}

/// The key of the order that a shipment names, if it can be one.
pub(super) fn order_key_of(draft: &ShipmentDraft) -> Option<String> {
    let number = draft.order_number.as_deref()?.parse::<OrderNumber>().ok()?;
    Some(number.key().to_owned())
}

pub(super) async fn apply_shipment(
    conn: &mut Conn,
    hand: &mut Hand,
    teller: &Teller<'_>,
    draft: &ShipmentDraft,
) -> Result<std::result::Result<Vec<Told>, String>> {
    let number = match number_of(draft) {
        Ok(number) => number,
        Err(reason) => return Ok(Err(reason)),
    };
    let order_key = order_key_of(draft);
    // The order first, as `apply` does: whoever tells of both takes both in the same turn.
    if let Some(key) = &order_key {
        hand.turn_to_orders(conn, &[key]).await?;
    }
    hand.reach(conn, &[&number]).await?;
    let mut known = find_shipments(conn, hand, draft, &number).await?;
    let is_new = known.is_empty();
    if is_new {
        known.push(begin_shipment(hand, draft, &number)?);
    }
    let mut told = Vec::with_capacity(known.len());
    for at in known {
        hand.parcel_mut(at).pending.told_by = Some(teller.source.to_owned());
        let described = describe_shipment(conn, hand, teller, at, draft, order_key.as_deref()).await?;
        let shipment = hand.parcel(at).id;
        write_shipped_items(conn, teller, shipment, &draft.items).await?;
        let (events, reread) = hand.parcel_mut(at).hear(teller, &draft.events);
        for (event, fingerprint) in reread {
            replace_derived(conn, teller.brand, shipment, event, fingerprint).await?;
        }
        let folded = fold(conn, hand, at).await?;
        let changed = is_new || described || folded;
        told.push(Told { is_new, events, changed: changed.then_some(shipment) });
    }
    Ok(Ok(told))
}

/// The shipments that the draft tells of. Several only where a shop tells of a whole fulfilment by its id.
async fn find_shipments(conn: &mut Conn, hand: &mut Hand, draft: &ShipmentDraft, number: &str) -> Result<Vec<Place>> {
    let (fulfilment, unique_id) = (draft.fulfilment_id.as_deref(), draft.unique_id.as_deref());
    if fulfilment.is_some() || (number.is_empty() && unique_id.is_some()) {
        let named = shipments_named(conn, hand.brand, fulfilment, unique_id).await?;
        hand.pick_up(conn, &named).await?;
    }
    if !number.is_empty() || unique_id.is_some() {
        let found = find_shipment(hand, draft, number);
        if found.is_some() {
            return Ok(found.into_iter().collect());
        }
    }
    let Some(fulfilment) = fulfilment else { return Ok(Vec::new()) };
    let of_fulfilment = hand.of_fulfilment(fulfilment);
    if number.is_empty() {
        return Ok(of_fulfilment);
    }
    // Told of before it had a number: now it has one.
    let is_unnumbered = |at: &Place| hand.parcel(*at).description.tracking_number.is_empty();
    let Some(unnumbered) = of_fulfilment.into_iter().find(is_unnumbered) else { return Ok(Vec::new()) };
    let parcel = hand.parcel_mut(unnumbered);
    parcel.description.tracking_number = number.to_owned();
    parcel.pending.is_described = true;
    hand.touch(unnumbered);
    Ok(vec![unnumbered])
}

/// The shipment that the draft tells of: the newest with that number, unless the draft clearly begins another one.
fn find_shipment(hand: &Hand, draft: &ShipmentDraft, number: &str) -> Option<Place> {
    let known = hand.with_number(number);
    if let Some(unique_id) = &draft.unique_id {
        let named = |at: &Place| hand.parcel(*at).description.unique_id.as_ref();
        let same = known.iter().find(|at| named(at) == Some(unique_id));
        // Another unique id under the same number is another parcel, one without an id may be this one.
        let unnamed = known.iter().find(|at| named(at).is_none()).filter(|_| !number.is_empty());
        return same.or(unnamed).copied();
    }
    let newest = *known.first()?;
    let Some(first) = draft.events.first() else { return Some(newest) };
    // An earlier parcel's history, told once more, is still that parcel's.
    if let Some(same) = known.iter().find(|at| hand.parcel(**at).has_heard(first)) {
        return Some(*same);
    }
    let mut earlier: Vec<&TrackingEvent> = hand.parcel(newest).events.iter().collect();
    earlier.sort_by_key(|event| event.sort_instant());
    let begins_another = !earlier.is_empty() && starts_new_shipment(&earlier, first);
    (!begins_another).then_some(newest)
}

/// One that nobody told of before. The newest answers to a number, also where two parcels that had it are told of in one breath.
fn begin_shipment(hand: &mut Hand, draft: &ShipmentDraft, number: &str) -> Result<Place> {
    let now = micros(hand.now);
    let newest = hand.with_number(number).first().map(|at| hand.parcel(*at).created_at);
    let created_at = newest.map_or(now, |newest| now.max(newest + 1));
    let id = ShipmentId(new_id(hand.now));
    let mut parcel = Parcel::of(draft, id, number, created_at)?;
    parcel.pending.is_described = true;
    Ok(hand.add(parcel))
}

/// Takes in what the draft says of the shipment as a whole. True when that is news.
async fn describe_shipment(
    conn: &mut Conn,
    hand: &mut Hand,
    teller: &Teller<'_>,
    at: Place,
    draft: &ShipmentDraft,
    order_key: Option<&str>,
) -> Result<bool> {
    let known = hand.parcel(at).description.clone();
    let order_key = known.order_key.clone().or_else(|| order_key.map(str::to_owned));
    if known.order_id.is_none()
        && let Some(order) = find_order(conn, teller, order_key.as_deref(), draft.order_source_id.as_deref()).await?
    {
        hand.join_order(conn, at, order).await?;
    }
    let parcel = hand.parcel_mut(at);
    let claims = claims_with(&parcel.claims, draft, teller.now);
    let id = parcel.id;
    let sealed = |kind: &[u8], fresh: Option<Vec<u8>>, known: &Option<Vec<u8>>| -> Option<Vec<u8>> {
        let before = known.as_ref().and_then(|sealed| teller.vault.open(kind, id.0.as_bytes(), sealed));
        match fresh {
            Some(plain) if before.as_ref() != Some(&plain) => Some(teller.vault.seal(kind, id.0.as_bytes(), &plain)),
            _ => known.clone(),
        }
    };
    let json =
        |value: Option<serde_json::Result<Vec<u8>>>| value.transpose().map_err(|e| StoreError::Broken(e.to_string()));
    let description = Description {
        order_key,
        carrier: draft.carrier.clone().or_else(|| known.carrier.clone()),
        service: draft.service.clone().or_else(|| known.service.clone()),
        unique_id: known.unique_id.clone().or_else(|| draft.unique_id.clone()),
        proof: sealed(b"proof", json(draft.proof.as_ref().map(serde_json::to_vec))?, &known.proof),
        pickup: sealed(b"pickup", json(draft.pickup.as_ref().map(serde_json::to_vec))?, &known.pickup),
        ..parcel.description.clone()
    };
    let is_news = claims != parcel.claims || description != known;
    (parcel.claims, parcel.description) = (claims, description);
    if is_news {
        parcel.pending.is_described = true;
        hand.touch(at);
    }
    Ok(is_news)
}

/// What sources say of the whole shipment, once this one was heard too.
fn claims_with(known: &Claims, draft: &ShipmentDraft, now: Timestamp) -> Claims {
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
            Some(newest) => claims.hear(estimate, newest.sort_instant().min(now)),
            None if known.estimate.as_ref() == Some(estimate) => {}
            None => claims.hear(estimate, now),
        }
    }
    claims
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
