//! What the pages read: an order with its parcels, a parcel by its number, a contact's orders. Never a carrier.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::orders::aftercare::Case;
use crate::orders::feedback::FeedbackGiven;
use crate::orders::{BrandId, OrderId, ShipmentId};
use crate::sources::{AddressDraft, EstimateDraft, PickupDraft, ProofDraft};
use crate::tracking::progress::OrderSteps;
use crate::tracking::summary::{Claims, Summary, Window, window};

use super::cases::cases;
use super::columns::{Columns, from_columns, present};
use super::estimates::BeforeShipping;
use super::feedback::FeedbackColumns;
use super::ingest::{OrderFacts, promised};
use super::seal::Vault;
use super::{Conn, Result, StoreError, fetch_all, fetch_optional, instant};

/// An order as it is kept, with everything its page may show.
#[derive(Debug, Clone)]
pub struct OrderRecord {
    pub order_id: OrderId,
    pub order_number: String,
    pub order_key: String,
    pub version: i64,
    pub link_epoch: i64,
    pub facts: OrderFacts,
    pub currency: Option<String>,
    pub total: Option<i64>,
    pub locale: Option<String>,
    pub address: Option<AddressDraft>,
    pub destination_country: Option<String>,
    /// What is told while no parcel exists.
    pub estimate: Option<Window>,
    pub items: Vec<LineItemRecord>,
    pub shipments: Vec<ShipmentRecord>,
    /// What the shopper turned to the shop with, of the order as a whole.
    pub cases: Vec<Case>,
}

impl OrderRecord {
    pub fn steps(&self) -> &OrderSteps {
        &self.facts.steps
    }

    pub fn promised(&self) -> Option<&EstimateDraft> {
        self.facts.promised.as_ref()
    }

    /// When it should come, while no parcel exists: as foretold, else as promised.
    pub fn expected(&self) -> Option<Window> {
        self.estimate.filter(|_| self.shipments.is_empty()).or_else(|| window(None, self.promised()))
    }

    pub fn ship_by(&self) -> Option<Date> {
        self.facts.ship_by
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItemRecord {
    pub line_item_id: String,
    pub sku: Option<String>,
    pub product_id: Option<String>,
    pub title: String,
    pub variant: Option<String>,
    pub quantity: i64,
    pub unit_price: Option<i64>,
    pub needs_shipping: bool,
}

/// A parcel as it is kept.
#[derive(Debug, Clone)]
pub struct ShipmentRecord {
    pub shipment_id: ShipmentId,
    pub order_id: Option<OrderId>,
    pub tracking_number: String,
    pub carrier: Option<String>,
    pub service: Option<String>,
    pub proof: Option<ProofDraft>,
    pub pickup: Option<PickupDraft>,
    pub checked_at: Option<Timestamp>,
    pub version: i64,
    /// `None` only for a shipment that was written by another system and not folded yet.
    pub summary: Option<Summary>,
    /// Which line items ride in it, and how many of each.
    pub items: Vec<(String, i64)>,
    /// What the shopper said of it; read with its order only.
    pub feedback: Option<FeedbackGiven>,
    /// What the shopper turned to the shop with because of it; read with its order only.
    pub cases: Vec<Case>,
}

struct OrderRow {
    order_id: Uuid,
    order_number: String,
    order_key: String,
    version: i64,
    link_epoch: i64,
    placed_at: Option<i64>,
    paid_at: Option<i64>,
    picked_at: Option<i64>,
    packed_at: Option<i64>,
    cancelled_at: Option<i64>,
    promised_earliest: Option<String>,
    promised_latest: Option<String>,
    ship_by: Option<String>,
    currency: Option<String>,
    total: Option<i64>,
    locale: Option<String>,
    address: Option<Vec<u8>>,
    destination_country: Option<String>,
    estimate: Option<String>,
    cases: Option<String>,
    line_items: Option<Vec<LineItemColumns>>,
}

impl OrderRow {
    fn read(columns: &mut impl Columns) -> Result<OrderRow> {
        Ok(OrderRow {
            order_id: present(columns.id()?)?,
            order_number: present(columns.text()?)?,
            order_key: present(columns.text()?)?,
            version: present(columns.number()?)?,
            link_epoch: present(columns.number()?)?,
            placed_at: columns.number()?,
            paid_at: columns.number()?,
            picked_at: columns.number()?,
            packed_at: columns.number()?,
            cancelled_at: columns.number()?,
            promised_earliest: columns.text()?,
            promised_latest: columns.text()?,
            ship_by: columns.text()?,
            currency: columns.text()?,
            total: columns.number()?,
            locale: columns.text()?,
            address: columns.bytes()?,
            destination_country: columns.text()?,
            estimate: columns.text()?,
            cases: columns.text()?,
            line_items: columns.json()?,
        })
    }
}

struct ShipmentRow {
    shipment_id: Uuid,
    order_id: Option<Uuid>,
    tracking_number: String,
    carrier: Option<String>,
    service: Option<String>,
    proof: Option<Vec<u8>>,
    pickup: Option<Vec<u8>>,
    checked_at: Option<i64>,
    version: i64,
    summary: Option<Summary>,
}

from_columns!(ShipmentRow);

impl ShipmentRow {
    fn read(columns: &mut impl Columns) -> Result<ShipmentRow> {
        let shipment_id = present(columns.id()?)?;
        ShipmentRow::read_on(shipment_id, columns)
    }

    /// What comes after its id.
    fn read_on(shipment_id: Uuid, columns: &mut impl Columns) -> Result<ShipmentRow> {
        Ok(ShipmentRow {
            shipment_id,
            order_id: columns.id()?,
            tracking_number: present(columns.text()?)?,
            carrier: columns.text()?,
            service: columns.text()?,
            proof: columns.bytes()?,
            pickup: columns.bytes()?,
            checked_at: columns.number()?,
            version: present(columns.number()?)?,
            summary: columns.json()?,
        })
    }
}

/// A parcel with what is read beside it for its order's page.
struct OrderedShipmentRow {
    /// When it became known.
    known_at: Option<i64>,
    shipment: ShipmentRow,
    feedback: FeedbackColumns,
    cases: Option<String>,
    riding: Option<String>,
}

/// An order beside one of its parcels: it comes once for each, and once alone while there is none.
struct OrderedRow {
    order: OrderRow,
    parcel: Option<OrderedShipmentRow>,
}

from_columns!(OrderedRow);

impl OrderedRow {
    fn read(columns: &mut impl Columns) -> Result<OrderedRow> {
        let order = OrderRow::read(columns)?;
        let known_at = columns.number()?;
        let Some(shipment_id) = columns.id()? else { return Ok(OrderedRow { order, parcel: None }) };
        let parcel = OrderedShipmentRow {
            known_at,
            shipment: ShipmentRow::read_on(shipment_id, columns)?,
            feedback: FeedbackColumns::of(columns)?,
            cases: columns.text()?,
            riding: columns.text()?,
        };
        Ok(OrderedRow { order, parcel: Some(parcel) })
    }
}

/// As the page's statement lists them, in this order.
type LineItemColumns = (i64, String, Option<String>, Option<String>, String, Option<String>, i64, Option<i64>, u8);

/// The order of that key, as a bare id and version.
pub async fn order_key(conn: &mut Conn, brand: BrandId, key: &str) -> Result<Option<(OrderId, i64)>> {
    let row = fetch_optional!(
        conn,
        (Uuid, i64),
        "SELECT order_id, version FROM orders WHERE brand_id = $1 AND order_key = $2",
        brand.0,
        key,
    )?;
    Ok(row.map(|(id, version)| (OrderId(id), version)))
}

/// All that an order's page shows, read at once: what is asked costs less than the way to the database and back.
/// Its columns are those of [`OrderedRow`], in that order. The databases differ in what they call a list and its rows.
/// Nothing is sorted in it: SQLite makes a table for each list that it sorts, which takes longer than to read all of an order.
macro_rules! whole_order {
    ($list:literal, $row:literal) => {
        concat!(
            "SELECT orders.order_id, order_number, orders.order_key, orders.version, link_epoch, placed_at, paid_at,
                picked_at, packed_at, cancelled_at, promised_earliest, promised_latest, ship_by, currency, total, locale, address,
                destination_country, estimate,
                (SELECT string_agg(cause || ' ' || state || ' ' || answer_by, ',') FROM cases
                 WHERE cases.brand_id = orders.brand_id AND subject_id = orders.order_id),
                (SELECT CAST(", $list, "(", $row, "(position, line_item_id, sku, product_id, title, variant, quantity, unit_price,
                    CASE WHEN needs_shipping THEN 1 ELSE 0 END)) AS TEXT) FROM line_items
                 WHERE line_items.brand_id = orders.brand_id AND line_items.order_id = orders.order_id),
                shipments.created_at, shipments.shipment_id, shipments.order_id, tracking_number, carrier, service, proof, pickup, checked_at, shipments.version, document,
                rating, reasons, comment, feedback.created_at, feedback.changed_at, feedback.updates, feedback.photo_at,
                (SELECT string_agg(cause || ' ' || state || ' ' || answer_by, ',') FROM cases
                 WHERE cases.brand_id = shipments.brand_id AND subject_id = shipments.shipment_id),
                (SELECT string_agg(quantity || ' ' || line_item_id, '\n') FROM shipment_items
                 WHERE shipment_items.brand_id = shipments.brand_id
                    AND shipment_items.shipment_id = shipments.shipment_id)
             FROM orders
             LEFT JOIN shipments ON shipments.brand_id = orders.brand_id AND shipments.order_id = orders.order_id
             LEFT JOIN summaries
                ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
             LEFT JOIN feedback ON feedback.brand_id = shipments.brand_id AND feedback.shipment_id = shipments.shipment_id
             WHERE orders.brand_id = $1 AND orders.order_key = $2"
        )
    };
}

const WHOLE_ORDER_OF_SQLITE: &str = whole_order!("json_group_array", "json_array");
const WHOLE_ORDER_OF_POSTGRES: &str = whole_order!("json_agg", "json_build_array");

/// The order of that key with everything its page may show.
pub async fn order(conn: &mut Conn, vault: &Vault, brand: BrandId, key: &str) -> Result<Option<OrderRecord>> {
    let sql = if conn.is_postgres() { WHOLE_ORDER_OF_POSTGRES } else { WHOLE_ORDER_OF_SQLITE };
    let mut rows = match conn.read_in_place(sql, (brand.0, key), |row| OrderedRow::read(row))? {
        Some(rows) => rows,
        None => fetch_all!(conn, OrderedRow, sql, brand.0, key)?,
    };
    // Parcels told of in one breath stand by their numbers, in every store alike.
    rows.sort_by(|left, right| {
        let place = |row: &OrderedRow| {
            let parcel = row.parcel.as_ref()?;
            Some((parcel.known_at, parcel.shipment.tracking_number.clone(), parcel.shipment.shipment_id))
        };
        place(left).cmp(&place(right))
    });
    let mut rows = rows.into_iter();
    let Some(OrderedRow { order, parcel }) = rows.next() else { return Ok(None) };
    let parcels = std::iter::once(parcel).chain(rows.map(|row| row.parcel)).flatten();
    let shipments = parcels.map(|row| ordered_shipment_from_row(vault, row)).collect::<Result<Vec<_>>>()?;
    order_from_row(vault, order, shipments).map(Some)
}

fn ordered_shipment_from_row(vault: &Vault, row: OrderedShipmentRow) -> Result<ShipmentRecord> {
    let shipment = shipment_from_row(vault, row.shipment)?;
    Ok(ShipmentRecord {
        items: riding(row.riding.as_deref()),
        feedback: row.feedback.read(vault, shipment.shipment_id.0),
        cases: cases(row.cases.as_deref()),
        ..shipment
    })
}

fn order_from_row(vault: &Vault, row: OrderRow, shipments: Vec<ShipmentRecord>) -> Result<OrderRecord> {
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    let address = row
        .address
        .as_deref()
        .and_then(|sealed| vault.open(b"address", row.order_id.as_bytes(), sealed))
        .map(|plain| serde_json::from_slice(&plain).map_err(broken))
        .transpose()?;
    // Once there is a parcel, that tells it.
    let estimate = row.estimate.as_deref().filter(|_| shipments.is_empty());
    let estimate = estimate.map(BeforeShipping::read).transpose()?.and_then(|before| before.window);
    Ok(OrderRecord {
        order_id: OrderId(row.order_id),
        order_number: row.order_number,
        order_key: row.order_key,
        version: row.version,
        link_epoch: row.link_epoch,
        facts: OrderFacts {
            steps: OrderSteps {
                placed_at: row.placed_at.map(instant),
                paid_at: row.paid_at.map(instant),
                picked_at: row.picked_at.map(instant),
                packed_at: row.packed_at.map(instant),
                cancelled_at: row.cancelled_at.map(instant),
            },
            promised: promised(row.promised_earliest.as_deref(), row.promised_latest.as_deref()),
            ship_by: row.ship_by.and_then(|day| day.parse().ok()),
        },
        currency: row.currency,
        total: row.total,
        locale: row.locale,
        address,
        destination_country: row.destination_country,
        estimate,
        items: line_items(row.line_items.unwrap_or_default()),
        shipments,
        cases: cases(row.cases.as_deref()),
    })
}

fn line_items(mut listed: Vec<LineItemColumns>) -> Vec<LineItemRecord> {
    listed.sort_by(|(position, id, ..), (other_position, other, ..)| (position, id).cmp(&(other_position, other)));
    let items = listed.into_iter().map(|columns| {
        let (_, line_item_id, sku, product_id, title, variant, quantity, unit_price, needs_shipping) = columns;
        let needs_shipping = needs_shipping != 0;
        LineItemRecord { line_item_id, sku, product_id, title, variant, quantity, unit_price, needs_shipping }
    });
    items.collect()
}

/// Which line items ride in a parcel, from a line each: how many of it, then its id.
fn riding(lines: Option<&str>) -> Vec<(String, i64)> {
    let lines = lines.unwrap_or_default().lines().filter_map(|line| line.split_once(' '));
    let mut riding: Vec<(String, i64)> =
        lines.filter_map(|(many, id)| Some((id.to_owned(), many.parse().ok()?))).collect();
    riding.sort_unstable();
    riding
}

/// The newest parcel with that number: carriers reuse numbers, and the newest answers.
pub async fn shipment_by_number(
    conn: &mut Conn,
    vault: &Vault,
    brand: BrandId,
    number: &str,
) -> Result<Option<ShipmentRecord>> {
    let row = fetch_optional!(
        conn,
        ShipmentRow,
        "SELECT shipments.shipment_id, order_id, tracking_number, carrier, service, proof, pickup, checked_at, version, document
         FROM shipments LEFT JOIN summaries
            ON summaries.brand_id = shipments.brand_id AND summaries.shipment_id = shipments.shipment_id
         WHERE shipments.brand_id = $1 AND tracking_number = $2 ORDER BY created_at DESC, shipments.shipment_id DESC LIMIT 1",
        brand.0,
        number,
    )?;
    row.map(|row| shipment_from_row(vault, row)).transpose()
}

fn shipment_from_row(vault: &Vault, row: ShipmentRow) -> Result<ShipmentRecord> {
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    let id = row.shipment_id.as_bytes();
    let open = |kind: &[u8], sealed: Option<Vec<u8>>| sealed.and_then(|sealed| vault.open(kind, id, &sealed));
    let proof = open(b"proof", row.proof).map(|plain| serde_json::from_slice(&plain).map_err(broken)).transpose()?;
    let pickup = open(b"pickup", row.pickup).map(|plain| serde_json::from_slice(&plain).map_err(broken)).transpose()?;
    Ok(ShipmentRecord {
        shipment_id: ShipmentId(row.shipment_id),
        order_id: row.order_id.map(OrderId),
        tracking_number: row.tracking_number,
        carrier: row.carrier,
        service: row.service,
        proof,
        pickup,
        checked_at: row.checked_at.map(instant),
        version: row.version,
        summary: row.summary,
        items: Vec::new(),
        feedback: None,
        cases: Vec::new(),
    })
}

/// The keys of a contact's orders, newest first.
pub async fn order_keys_of_contact(
    conn: &mut Conn,
    brand: BrandId,
    contact_index: &[u8],
    most: i64,
) -> Result<Vec<String>> {
    let rows = fetch_all!(
        conn,
        (String, i64),
        "SELECT DISTINCT orders.order_key, COALESCE(orders.placed_at, orders.created_at) AS newest FROM contacts
         JOIN orders ON orders.brand_id = contacts.brand_id AND orders.order_id = contacts.order_id
         WHERE contacts.brand_id = $1 AND contacts.blind_index = $2 ORDER BY newest DESC LIMIT $3",
        brand.0,
        contact_index,
        most,
    )?;
    Ok(rows.into_iter().map(|(key, _)| key).collect())
}

/// Every order of a contact.
pub async fn order_ids_of_contact(conn: &mut Conn, brand: BrandId, contact_index: &[u8]) -> Result<Vec<OrderId>> {
    let rows = fetch_all!(
        conn,
        (Uuid,),
        "SELECT DISTINCT order_id FROM contacts WHERE brand_id = $1 AND blind_index = $2",
        brand.0,
        contact_index,
    )?;
    Ok(rows.into_iter().map(|(order,)| OrderId(order)).collect())
}

/// What sources say of a parcel as a whole. No page reads it: what follows from it is in the summary.
pub async fn claims(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Claims> {
    let row = fetch_optional!(
        conn,
        (String,),
        "SELECT claims FROM shipments WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    row.map_or_else(|| Ok(Claims::default()), |(claims,)| serde_json::from_str(&claims).map_err(broken))
}

/// Whether a parcel of that number is known: public by design.
pub async fn parcel_exists(conn: &mut Conn, brand: BrandId, number: &str) -> Result<bool> {
    let row = fetch_optional!(
        conn,
        (i64,),
        "SELECT version FROM shipments WHERE brand_id = $1 AND tracking_number = $2 LIMIT 1",
        brand.0,
        number,
    )?;
    Ok(row.is_some())
}

/// The key of an order by its id.
pub async fn key_of(conn: &mut Conn, brand: BrandId, order: OrderId) -> Result<Option<String>> {
    let row = fetch_optional!(
        conn,
        (String,),
        "SELECT order_key FROM orders WHERE brand_id = $1 AND order_id = $2",
        brand.0,
        order.0,
    )?;
    Ok(row.map(|(key,)| key))
}

/// Forgets up to `most` orders of a brand without news since `before`, with all that hangs on them. Gives how many.
pub async fn forget_before(conn: &mut Conn, brand: BrandId, before: Timestamp, most: i64) -> Result<usize> {
    let old = fetch_all!(
        conn,
        (Uuid,),
        "SELECT order_id FROM orders WHERE brand_id = $1 AND changed_at < $2 ORDER BY changed_at LIMIT $3",
        brand.0,
        super::micros(before),
        most,
    )?;
    for (order,) in &old {
        for sql in [
            "DELETE FROM tracking_events WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM summaries WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM estimates WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM estimate_revisions WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM feedback WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM damage_photos WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM cases WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM shipment_items WHERE brand_id = $1 AND shipment_id IN (SELECT shipment_id FROM shipments WHERE brand_id = $1 AND order_id = $2)",
            "DELETE FROM shipments WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM access_grants WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM recommendation_views WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM recommendation_follows WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM contacts WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM line_items WHERE brand_id = $1 AND order_id = $2",
            "DELETE FROM orders WHERE brand_id = $1 AND order_id = $2",
        ] {
            super::execute!(conn, sql, brand.0, order)?;
        }
    }
    Ok(old.len())
}
