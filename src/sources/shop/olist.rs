//! Olist's published order files (Brazil, 2016–2018): CSV tables that belong together.
//!
//! The data names no contact, no carrier and no tracking number. An order's parcel therefore gets the number `OL` and
//! the first 16 hexadecimal digits of the order's id in upper case, and the carrier `olist`; sellers ship apart, but
//! the table gives one handover and one delivery an order, so that it is one parcel. Times are written without a zone
//! and read as America/Sao_Paulo.

use std::collections::HashMap;
use std::sync::LazyLock;

use csv::{ByteRecord, Reader, StringRecord};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

use crate::sources::reading::{Payload, minor_units};
use crate::sources::{
    AddressDraft, EstimateDraft, Expected, LineItemDraft, OrderDraft, Parsed, Refusal, ShipmentDraft, ShippedItem,
};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent, ZoneCertainty};
use crate::tracking::status::Status;

const ZONE: &str = "America/Sao_Paulo";

/// The texts of the tables. Only `orders` must be there; an absent table is an empty text.
#[derive(Debug, Clone, Copy, Default)]
pub struct OlistFiles<'a> {
    pub orders: &'a str,
    pub items: &'a str,
    pub customers: &'a str,
    pub sellers: &'a str,
    pub payments: &'a str,
    pub products: &'a str,
}

impl OlistFiles<'_> {
    /// The file names as published, in the order of the fields.
    pub const NAMES: [&'static str; 6] = [
        "olist_orders_dataset.csv",
        "olist_order_items_dataset.csv",
        "olist_customers_dataset.csv",
        "olist_sellers_dataset.csv",
        "olist_order_payments_dataset.csv",
        "olist_products_dataset.csv",
    ];
}

/// One order, and its parcel once there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct OlistOrder {
    pub order: OrderDraft,
    pub shipment: Option<ShipmentDraft>,
}

/// Reads all orders at once. [`OlistOrders`] gives them one by one.
pub fn read_orders(files: OlistFiles<'_>) -> Parsed {
    let mut orders = OlistOrders::new(files);
    let mut parsed = Parsed { refused: std::mem::take(&mut orders.refused), ..Parsed::default() };
    for read in orders {
        match read {
            Ok(read) => {
                parsed.orders.push(read.order);
                parsed.shipments.extend(read.shipment);
            }
            Err(refusal) => parsed.refused.push(refusal),
        }
    }
    parsed
}

pub fn recognises(payload: &Payload<'_>) -> bool {
    matches!(payload, Payload::Text(text) if text.trim_start_matches('"').starts_with("order_id") && text.contains("order_purchase_timestamp"))
}

/// The orders table alone: orders without items, places or prices.
pub fn parse(payload: &Payload<'_>) -> Parsed {
    match payload {
        Payload::Text(orders) if recognises(payload) => read_orders(OlistFiles { orders, ..OlistFiles::default() }),
        _ => {
            let reason = format!("no table of orders; give the folder that holds {}", OlistFiles::NAMES.join(", "));
            Parsed { refused: vec![Refusal { at: "payload".to_owned(), reason }], ..Parsed::default() }
        }
    }
}

#[derive(Debug, Clone)]
struct Place {
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
}

#[derive(Debug, Clone)]
struct Item {
    position: String,
    product_id: String,
    seller_id: String,
    ship_by: Option<Date>,
    price: Option<i64>,
}

/// Orders as the orders table lists them, joined with what the other tables say of them.
pub struct OlistOrders<'a> {
    rows: Reader<&'a [u8]>,
    /// The last row read: its memory serves the next one.
    row: ByteRecord,
    columns: Result<Columns, Refusal>,
    items: HashMap<String, Vec<Item>>,
    customers: HashMap<String, Place>,
    sellers: HashMap<String, Place>,
    totals: HashMap<String, i64>,
    categories: HashMap<String, String>,
    /// Rows of the other tables that could not be read.
    pub refused: Vec<Refusal>,
    finished: bool,
}

struct Columns([usize; 8]);

const COLUMNS: [&str; 8] = [
    "order_id",
    "customer_id",
    "order_status",
    "order_purchase_timestamp",
    "order_approved_at",
    "order_delivered_carrier_date",
    "order_delivered_customer_date",
    "order_estimated_delivery_date",
];

impl<'a> OlistOrders<'a> {
    pub fn new(files: OlistFiles<'a>) -> Self {
        let mut refused = Vec::new();
        let mut reader = reader(files.orders);
        let columns = columns(&mut reader, COLUMNS, "orders").map(Columns);
        let items = items(files.items, &mut refused);
        let mut totals: HashMap<String, i64> = HashMap::new();
        each_row(files.payments, ["order_id", "payment_value"], "payments", &mut refused, |[order, value]| {
            let total = totals.entry(order.to_owned()).or_default();
            *total = total.checked_add(minor_units(value, "BRL")?)?;
            Some(())
        });
        let customers = places(files.customers, "customer", &mut refused);
        let sellers = places(files.sellers, "seller", &mut refused);
        let mut categories = HashMap::new();
        let names = ["product_id", "product_category_name"];
        each_row(files.products, names, "products", &mut refused, |[product, category]| {
            categories.insert(product.to_owned(), category.replace('_', " "));
            Some(())
        });
        OlistOrders {
            rows: reader,
            row: ByteRecord::new(),
            columns,
            items,
            customers,
            sellers,
            totals,
            categories,
            refused,
            finished: false,
        }
    }

    fn order(&mut self, row: &StringRecord, columns: [usize; 8]) -> Result<OlistOrder, String> {
        let field = |index: usize| row.get(columns[index]).map(str::trim).unwrap_or("");
        let [id, customer_id, state, purchase, approved, handed_over, delivered, promised] = std::array::from_fn(field);
        if id.is_empty() {
            return Err("the order has no id".to_owned());
        }
        let placed_at = instant(purchase).ok_or_else(|| format!("{purchase:?} is no purchase time"))?;
        let items = self.items.remove(id).unwrap_or_default();
        let customer = self.customers.get(customer_id);
        let cancelled = matches!(state, "canceled" | "cancelled" | "unavailable");
        let order = OrderDraft {
            number: id.to_owned(),
            source_id: Some(id.to_owned()),
            placed_at: Some(placed_at),
            paid_at: instant(approved),
            // The table gives no time for it: it was known at the latest of the times it does give.
            cancelled_at: cancelled.then(|| instant(approved).unwrap_or(placed_at)),
            ship_by: items.iter().filter_map(|item| item.ship_by).max(),
            promised: local(promised)
                .map(|day| EstimateDraft { earliest: None, latest: Some(Expected::Day(day.date())) }),
            currency: Some("BRL".to_owned()),
            total: self.totals.get(id).copied(),
            address: customer.map(|place| AddressDraft {
                city: place.city.clone(),
                region: place.state.clone(),
                postal_code: place.zip.clone(),
                country: Some("BR".to_owned()),
                ..AddressDraft::default()
            }),
            items: items.iter().map(|item| self.line_item(item)).collect(),
            ..OrderDraft::default()
        };
        let seller = items.iter().find_map(|item| self.sellers.get(&item.seller_id));
        let scans = [
            (handed_over, "order_delivered_carrier_date", Status::Accepted, seller),
            (delivered, "order_delivered_customer_date", Status::Delivered, customer),
        ];
        let mut events = Vec::new();
        for (written, code, status, place) in scans {
            if written.is_empty() {
                continue;
            }
            let local = local(written).ok_or_else(|| format!("{written:?} is no time ({code})"))?;
            events.push(scan(written, local, code, status, place));
        }
        crate::sources::sort_events(&mut events);
        let shipment = (!events.is_empty()).then(|| ShipmentDraft {
            tracking_number: format!("OL{}", id.chars().take(16).collect::<String>().to_ascii_uppercase()),
            carrier: Some("olist".to_owned()),
            order_number: Some(id.to_owned()),
            order_source_id: Some(id.to_owned()),
            origin: seller.map(event_place),
            destination: customer.map(event_place),
            items: items.iter().map(|item| ShippedItem { line_item: item.position.clone(), quantity: 1 }).collect(),
            events,
            ..ShipmentDraft::default()
        });
        Ok(OlistOrder { order, shipment })
    }

    fn line_item(&self, item: &Item) -> LineItemDraft {
        LineItemDraft {
            source_id: item.position.clone(),
            sku: Some(item.product_id.clone()),
            product_id: Some(item.product_id.clone()),
            // The names of the products were taken out of the data; their category is left.
            title: self
                .categories
                .get(&item.product_id)
                .filter(|name| !name.is_empty())
                .cloned()
                .unwrap_or_else(|| item.product_id.clone()),
            quantity: 1,
            unit_price: item.price,
            needs_shipping: true,
            ..LineItemDraft::default()
        }
    }
}

impl Iterator for OlistOrders<'_> {
    type Item = Result<OlistOrder, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let columns = match &self.columns {
            Ok(columns) => columns.0,
            Err(refusal) if !self.finished => {
                self.finished = true;
                return Some(Err(refusal.clone()));
            }
            Err(_) => return None,
        };
        let mut row = std::mem::take(&mut self.row);
        match self.rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(broken(&error, "orders"))),
        }
        let line = row.position().map_or(0, csv::Position::line);
        let row = StringRecord::from_byte_record_lossy(row);
        let read = self.order(&row, columns);
        self.row = row.into_byte_record();
        Some(read.map_err(|reason| Refusal { at: format!("orders line {line}"), reason }))
    }
}

fn scan(written: &str, local: DateTime, code: &str, status: Status, place: Option<&Place>) -> TrackingEvent {
    let place = place.map(event_place).unwrap_or_default();
    let text = match status {
        Status::Delivered => "Delivered to the customer",
        _ => "Handed over to the carrier",
    };
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: Some(code.to_owned()),
            text: text.to_owned(),
            time: written.to_owned(),
            place: place.to_text(),
        },
        status,
        time: EventTime::in_zone(local, ZONE, ZoneCertainty::Assumed),
        place,
    }
}

fn event_place(place: &Place) -> EventPlace {
    EventPlace {
        city: place.city.clone(),
        region: place.state.clone(),
        postal_code: place.zip.clone(),
        country: Some("BR".to_owned()),
        facility: None,
    }
}

fn local(written: &str) -> Option<DateTime> {
    // One form all through the table, millions of times: no need to try others.
    written.parse().ok()
}

fn instant(written: &str) -> Option<Timestamp> {
    static SAO_PAULO: LazyLock<Option<TimeZone>> = LazyLock::new(|| TimeZone::get(ZONE).ok());
    SAO_PAULO.as_ref()?.to_ambiguous_timestamp(local(written)?).compatible().ok()
}

fn reader(table: &str) -> Reader<&[u8]> {
    let table = table.trim_start_matches('\u{feff}');
    csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes())
}

fn columns<const N: usize>(reader: &mut Reader<&[u8]>, names: [&str; N], table: &str) -> Result<[usize; N], Refusal> {
    let header = reader.headers().map_err(|error| broken(&error, table))?;
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = header
            .iter()
            .position(|column| column.trim() == name)
            .ok_or_else(|| Refusal { at: format!("{table} line 1"), reason: format!("there is no column {name:?}") })?;
    }
    Ok(places)
}

fn broken(error: &csv::Error, table: &str) -> Refusal {
    let line = error.position().map_or(1, csv::Position::line);
    Refusal { at: format!("{table} line {line}"), reason: format!("broken CSV: {error}") }
}

/// Hands each row's named columns to `take`, which says `None` to a row it cannot use.
fn each_row<const N: usize>(
    text: &str,
    names: [&str; N],
    table: &str,
    refused: &mut Vec<Refusal>,
    mut take: impl FnMut([&str; N]) -> Option<()>,
) {
    if text.trim().is_empty() {
        return;
    }
    let mut reader = reader(text);
    let columns = match columns(&mut reader, names, table) {
        Ok(columns) => columns,
        Err(refusal) => return refused.push(refusal),
    };
    let mut row = ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                refused.push(broken(&error, table));
                continue;
            }
        }
        let field = |index: usize| row.get(columns[index]).and_then(|field| std::str::from_utf8(field).ok());
        let fields: [&str; N] = std::array::from_fn(|index| field(index).map(str::trim).unwrap_or(""));
        if take(fields).is_none() {
            let line = row.position().map_or(0, csv::Position::line);
            let reason = "a number in it cannot be read".to_owned();
            refused.push(Refusal { at: format!("{table} line {line}"), reason });
        }
    }
}

fn items(text: &str, refused: &mut Vec<Refusal>) -> HashMap<String, Vec<Item>> {
    let mut items: HashMap<String, Vec<Item>> = HashMap::new();
    let names = ["order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price"];
    each_row(text, names, "items", refused, |[order, position, product, seller, ship_by, price]| {
        items.entry(order.to_owned()).or_default().push(Item {
            position: position.to_owned(),
            product_id: product.to_owned(),
            seller_id: seller.to_owned(),
            ship_by: local(ship_by).map(|time| time.date()),
            price: Some(minor_units(price, "BRL")?),
        });
        Some(())
    });
    items
}

fn places(text: &str, of: &str, refused: &mut Vec<Refusal>) -> HashMap<String, Place> {
    let mut places = HashMap::new();
    let names = [format!("{of}_id"), format!("{of}_zip_code_prefix"), format!("{of}_city"), format!("{of}_state")];
    let names = names.each_ref().map(String::as_str);
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    each_row(text, names, &format!("{of}s"), refused, |[id, zip, city, state]| {
        // The first five of eight digits; spreadsheets dropped leading noughts.
        let zip = some(zip).map(|zip| format!("{zip:0>5}"));
        places.insert(id.to_owned(), Place { city: some(city).map(|city| title_case(&city)), state: some(state), zip });
        Some(())
    });
    places
}

/// "sao bernardo do campo" as it is written in an address; the little words stay small.
fn title_case(name: &str) -> String {
    let word = |word: &str| match word {
        "da" | "das" | "de" | "do" | "dos" | "e" => word.to_owned(),
        word => {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    };
    name.split_whitespace().map(word).collect::<Vec<String>>().join(" ")
}
