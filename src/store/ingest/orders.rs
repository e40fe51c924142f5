//! An order as a shop tells it, written down: the order itself, its items, and whom it may be shown to.

use uuid::Uuid;

use crate::orders::contact::Contact;
use crate::orders::number::OrderNumber;
use crate::orders::{BrandId, OrderId, ShipmentId};
use crate::sources::{Expected, OrderDraft};

use super::super::{Conn, Result, StoreError, execute, fetch_all, fetch_optional, micros};
use super::estimate::estimate_order;
use super::fold::{order_facts, refold};
use super::{Teller, new_id};
use jiff::Timestamp;

type OrderKeyRow = (Uuid, Option<i64>);

/// `Ok(Ok(true))` for a new order; the inner error is a reason for a person.
pub(super) async fn apply_order(
    conn: &mut Conn,
    teller: &Teller<'_>,
    draft: &OrderDraft,
) -> Result<std::result::Result<bool, String>> {
    let Ok(number) = draft.number.parse::<OrderNumber>() else {
        return Ok(Err(format!("{:?} cannot be an order number", draft.number)));
    };
    super::take_turns(conn, teller.brand, "order", &[number.key()]).await?;
    let known = fetch_optional!(
        conn,
        OrderKeyRow,
        "SELECT order_id, source_updated_at FROM orders WHERE brand_id = $1 AND order_key = $2",
        teller.brand.0,
        number.key(),
    )?;
    let updated_at = draft.updated_at.map(micros);
    if let Some((_, Some(newer))) = known
        && updated_at.is_some_and(|told| told < newer)
    {
        // Webhooks overtake each other: an older telling says nothing new.
        return Ok(Ok(false));
    }
    let order = OrderId(known.map_or_else(|| new_id(teller.now), |(id, _)| id));
    let before = order_digest(conn, teller, order).await?;
    write_order(conn, teller, order, &number, draft).await?;
    write_line_items(conn, teller, order, draft).await?;
    write_contacts(conn, teller, order, draft).await?;
    if known.is_none() {
        adopt_waiting_shipments(conn, teller, order, &number, draft.source_id.as_deref()).await?;
        estimate_order(conn, teller.brand, order, teller.now).await?;
    } else if before != order_digest(conn, teller, order).await? {
        refold_order(conn, teller, order).await?;
        estimate_order(conn, teller.brand, order, teller.now).await?;
        touch_order(conn, teller.brand, order, teller.now).await?;
    }
    Ok(Ok(known.is_none()))
}

/// All that an order's page shows of the order itself, for telling whether a telling changed anything.
async fn order_digest(conn: &mut Conn, teller: &Teller<'_>, order: OrderId) -> Result<Vec<String>> {
    let steps = order_facts(conn, teller.brand, order).await?;
    let items = fetch_all!(
        conn,
        (String, i64, String, Option<String>, Option<String>, Option<i64>, bool),
        "SELECT line_item_id, quantity, title, variant, sku, unit_price, needs_shipping FROM line_items
         WHERE brand_id = $1 AND order_id = $2 ORDER BY position, line_item_id",
        teller.brand.0,
        order.0,
    )?;
    let contacts = fetch_all!(
        conn,
        (Vec<u8>,),
        "SELECT blind_index FROM contacts WHERE brand_id = $1 AND order_id = $2 ORDER BY blind_index",
        teller.brand.0,
        order.0,
    )?;
    let (address, paid) = match fetch_optional!(
        conn,
        (Option<Vec<u8>>, Option<String>, Option<i64>, Option<String>),
        "SELECT address, currency, total, locale FROM orders WHERE brand_id = $1 AND order_id = $2",
        teller.brand.0,
        order.0,
    )? {
        Some((sealed, currency, total, locale)) => {
            let address = sealed.and_then(|sealed| teller.vault.open(b"address", order.0.as_bytes(), &sealed));
            (address, format!("{currency:?} {total:?} {locale:?}"))
        }
        None => (None, String::new()),
    };
    Ok(vec![format!("{steps:?}"), format!("{items:?}"), format!("{contacts:?}"), format!("{address:?}"), paid])
}

async fn write_order(
    conn: &mut Conn,
    teller: &Teller<'_>,
    order: OrderId,
    number: &OrderNumber,
    draft: &OrderDraft,
) -> Result<()> {
    let address = draft
        .address
        .as_ref()
        .map(|address| serde_json::to_vec(address).map_err(|error| StoreError::Broken(error.to_string())))
        .transpose()?
        .map(|plain| teller.vault.seal(b"address", order.0.as_bytes(), &plain));
    let promised = draft.promised.as_ref();
    let day = |expected: Option<&Expected>| expected.map(|expected| expected.day().to_string());
    execute!(
        conn,
        "INSERT INTO orders (brand_id, order_id, order_number, order_key, source, source_id, placed_at, paid_at, picked_at, packed_at,
            cancelled_at, source_updated_at, ship_by, promised_earliest, promised_latest, fulfilment_centre, locale, currency, total,
            address, destination_country, destination_region, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $23)
         ON CONFLICT (brand_id, order_id) DO UPDATE SET
            placed_at = COALESCE(excluded.placed_at, orders.placed_at), paid_at = COALESCE(excluded.paid_at, orders.paid_at),
            picked_at = COALESCE(excluded.picked_at, orders.picked_at), packed_at = COALESCE(excluded.packed_at, orders.packed_at),
            cancelled_at = COALESCE(excluded.cancelled_at, orders.cancelled_at),
            source_updated_at = COALESCE(excluded.source_updated_at, orders.source_updated_at),
            ship_by = COALESCE(excluded.ship_by, orders.ship_by),
            promised_earliest = COALESCE(excluded.promised_earliest, orders.promised_earliest),
            promised_latest = COALESCE(excluded.promised_latest, orders.promised_latest),
            fulfilment_centre = COALESCE(excluded.fulfilment_centre, orders.fulfilment_centre),
            locale = COALESCE(excluded.locale, orders.locale), currency = COALESCE(excluded.currency, orders.currency),
            total = COALESCE(excluded.total, orders.total), address = COALESCE(excluded.address, orders.address),
            destination_country = COALESCE(excluded.destination_country, orders.destination_country),
            destination_region = COALESCE(excluded.destination_region, orders.destination_region)",
        teller.brand.0,
        order.0,
        draft.number.trim(),
        number.key(),
        teller.source,
        draft.source_id.as_deref(),
        draft.placed_at.map(micros),
        draft.paid_at.map(micros),
        draft.picked_at.map(micros),
        draft.packed_at.map(micros),
        draft.cancelled_at.map(micros),
        draft.updated_at.map(micros),
        draft.ship_by.map(|day| day.to_string()),
        day(promised.and_then(|promised| promised.earliest.as_ref())),
        day(promised.and_then(|promised| promised.latest.as_ref())),
        draft.fulfilment_centre.as_deref(),
        draft.locale.as_deref(),
        draft.currency.as_deref(),
        draft.total,
        address.as_deref(),
        draft.address.as_ref().and_then(|address| address.country.as_deref()),
        draft.address.as_ref().and_then(|address| address.region.as_deref()),
        micros(teller.now),
    )?;
    Ok(())
}

async fn write_line_items(conn: &mut Conn, teller: &Teller<'_>, order: OrderId, draft: &OrderDraft) -> Result<()> {
    if draft.items.is_empty() {
        return Ok(());
    }
    execute!(conn, "DELETE FROM line_items WHERE brand_id = $1 AND order_id = $2", teller.brand.0, order.0)?;
    for (position, item) in draft.items.iter().enumerate() {
        execute!(
            conn,
            "INSERT INTO line_items (brand_id, order_id, line_item_id, position, sku, product_id, title, variant, quantity, unit_price, image, needs_shipping)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (brand_id, order_id, line_item_id) DO UPDATE SET quantity = line_items.quantity + excluded.quantity",
            teller.brand.0,
            order.0,
            item.source_id.as_str(),
            i64::try_from(position).unwrap_or(i64::MAX),
            item.sku.as_deref(),
            item.product_id.as_deref(),
            item.title.as_str(),
            item.variant.as_deref(),
            item.quantity,
            item.unit_price,
            item.image.as_deref(),
            item.needs_shipping,
        )?;
    }
    Ok(())
}

async fn write_contacts(conn: &mut Conn, teller: &Teller<'_>, order: OrderId, draft: &OrderDraft) -> Result<()> {
    let country = draft.address.as_ref().and_then(|address| address.country.as_deref()).or(teller.region);
    let emails = draft.emails.iter().filter_map(|text| Contact::email(text));
    let phones = draft.phones.iter().filter_map(|text| Contact::phone(text, country));
    let contacts: Vec<Contact> = emails.chain(phones).collect();
    if contacts.is_empty() {
        return Ok(());
    }
    let mut kept = Vec::with_capacity(contacts.len());
    for contact in &contacts {
        let index = teller.vault.blind_index(b"contact", contact.as_str().as_bytes());
        let sealed = teller.vault.seal(b"contact", order.0.as_bytes(), contact.as_str().as_bytes());
        execute!(
            conn,
            "INSERT INTO contacts (brand_id, order_id, kind, blind_index, sealed) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (brand_id, order_id, kind, blind_index) DO NOTHING",
            teller.brand.0,
            order.0,
            contact.kind(),
            index.as_slice(),
            sealed,
        )?;
        kept.push(index);
    }
    // A corrected address replaces the wrong one: whoever holds the wrong one must not see the order any longer.
    let all = fetch_all!(
        conn,
        (Vec<u8>,),
        "SELECT blind_index FROM contacts WHERE brand_id = $1 AND order_id = $2",
        teller.brand.0,
        order.0,
    )?;
    for (gone,) in all.into_iter().filter(|(index,)| !kept.contains(index)) {
        execute!(
            conn,
            "DELETE FROM contacts WHERE brand_id = $1 AND order_id = $2 AND blind_index = $3",
            teller.brand.0,
            order.0,
            gone,
        )?;
    }
    Ok(())
}

async fn adopt_waiting_shipments(
    conn: &mut Conn,
    teller: &Teller<'_>,
    order: OrderId,
    number: &OrderNumber,
    source_id: Option<&str>,
) -> Result<()> {
    let waiting = fetch_all!(
        conn,
        (Uuid,),
        "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_key = $2 AND order_id IS NULL
         UNION SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_source_id = $3 AND order_id IS NULL",
        teller.brand.0,
        number.key(),
        source_id,
    )?;
    for (shipment,) in &waiting {
        execute!(
            conn,
            "UPDATE shipments SET order_id = $3, version = version + 1, changed_at = $4 WHERE brand_id = $1 AND shipment_id = $2",
            teller.brand.0,
            shipment,
            order.0,
            micros(teller.now),
        )?;
    }
    let adopted: Vec<ShipmentId> = waiting.into_iter().map(|(shipment,)| ShipmentId(shipment)).collect();
    refold(conn, teller.brand, &adopted, teller.now).await?;
    Ok(())
}

pub(super) async fn refold_order(conn: &mut Conn, teller: &Teller<'_>, order: OrderId) -> Result<()> {
    let shipments = fetch_all!(
        conn,
        (Uuid,),
        "SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2",
        teller.brand.0,
        order.0,
    )?;
    let shipments: Vec<ShipmentId> = shipments.into_iter().map(|(shipment,)| ShipmentId(shipment)).collect();
    refold(conn, teller.brand, &shipments, teller.now).await?;
    Ok(())
}

pub async fn touch_order(conn: &mut Conn, brand: BrandId, order: OrderId, now: Timestamp) -> Result<()> {
    execute!(
        conn,
        "UPDATE orders SET version = version + 1, changed_at = $3 WHERE brand_id = $1 AND order_id = $2",
        brand.0,
        order.0,
        micros(now),
    )?;
    Ok(())
}
