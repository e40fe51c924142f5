//! Doorstep's own format as CSV: one row is an order line, a parcel's event, or both; rows of one order or parcel are
//! put together. The columns are in [`Column`], their meaning in `docs/doorstep-format.md`.
//!
//! Comma, semicolon or tab, told from the header; column names in any case, with spaces, hyphens or underscores.
//! Columns of other names are left alone. A row with a fault is refused as a whole, by its line.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::sources::carriers::canonical;
use crate::sources::country::country_code;
use crate::sources::{
    AddressDraft, EstimateDraft, LineItemDraft, OrderDraft, Parsed, Refusal, ShipmentDraft, ShippedItem, sort_events,
};
use crate::tracking::event::{EventPlace, TrackingEvent};

use super::doorstep::{EventFields, a_day, a_quantity, an_amount, an_expected, an_instant};

macro_rules! columns {
    ($($column:ident = $name:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Column { $($column,)* }

        impl Column {
            const NAMES: &'static [&'static str] = &[$($name,)*];
        }
    };
}

columns! {
    OrderNumber = "order_number",
    OrderId = "order_id",
    Email = "email",
    Phone = "phone",
    PlacedAt = "placed_at",
    PaidAt = "paid_at",
    PickedAt = "picked_at",
    PackedAt = "packed_at",
    CancelledAt = "cancelled_at",
    UpdatedAt = "updated_at",
    ShipBy = "ship_by",
    PromisedEarliest = "promised_earliest",
    PromisedLatest = "promised_latest",
    FulfilmentCentre = "fulfilment_centre",
    Locale = "locale",
    Currency = "currency",
    OrderTotal = "order_total",
    ShipToName = "ship_to_name",
    ShipToCompany = "ship_to_company",
    ShipToLine1 = "ship_to_line1",
    ShipToLine2 = "ship_to_line2",
    ShipToCity = "ship_to_city",
    ShipToRegion = "ship_to_region",
    ShipToPostalCode = "ship_to_postal_code",
    ShipToCountry = "ship_to_country",
    LineItemId = "line_item_id",
    Sku = "sku",
    ProductId = "product_id",
    ProductTitle = "product_title",
    Variant = "variant",
    Quantity = "quantity",
    UnitPrice = "unit_price",
    ImageUrl = "image_url",
    NeedsShipping = "needs_shipping",
    TrackingNumber = "tracking_number",
    Carrier = "carrier",
    Service = "service",
    EstimatedEarliest = "estimated_earliest",
    EstimatedLatest = "estimated_latest",
    EventId = "event_id",
    EventTime = "event_time",
    EventTimeZone = "event_time_zone",
    Status = "status",
    StatusCode = "status_code",
    EventText = "event_text",
    EventCity = "event_city",
    EventRegion = "event_region",
    EventPostalCode = "event_postal_code",
    EventCountry = "event_country",
    EventFacility = "event_facility",
}

pub(super) fn recognises(text: &str) -> bool {
    let Some(header) = text.lines().next().filter(|line| !line.starts_with(['{', '['])) else { return false };
    let names: Vec<String> = header.split(char::from(delimiter(header))).map(column_name).collect();
    let has = |name: &str| names.iter().any(|column| column == name);
    let known = names.iter().filter(|name| Column::NAMES.contains(&name.as_str())).count();
    (has("order_number") || has("tracking_number")) && known >= 2
}

pub(super) fn parse(text: &str) -> Parsed {
    let mut table = Table::default();
    let header = text.lines().next().unwrap_or("");
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(header))
        .flexible(true)
        .buffer_capacity(text.len().clamp(1, 8 * 1024))
        .from_reader(text.as_bytes());
    let (columns, width) = match reader.headers() {
        Ok(header) => (places(header), header.len()),
        Err(error) => return refused("line 1", format!("broken CSV: {error}")),
    };
    let has = |column: Column| columns[column as usize].is_some();
    if !has(Column::OrderNumber) && !has(Column::TrackingNumber) {
        return refused("line 1", "there is neither a column order_number nor a column tracking_number".to_owned());
    }
    // One record for all rows: a row is read where it lies, and only what is kept of it becomes a text of its own.
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let row = Row { record: &record, columns: &columns };
                let taken = match record.len() == width {
                    true => table.take(&row),
                    false => Err(row.refused(format!("it has {} fields, the header has {width}", record.len()))),
                };
                if let Err(refusal) = taken {
                    table.refused.push(refusal);
                }
            }
            Ok(false) => return table.finish(),
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                table.refused.extend(refused(&format!("line {line}"), format!("broken CSV: {error}")).refused);
            }
        }
    }
}

/// Where each column stands, if the file has it.
fn places(header: &StringRecord) -> Vec<Option<usize>> {
    let names: Vec<String> = header.iter().map(column_name).collect();
    Column::NAMES.iter().map(|name| names.iter().position(|column| column == name)).collect()
}

fn refused(at: &str, reason: String) -> Parsed {
    Parsed { refused: vec![Refusal { at: at.to_owned(), reason }], ..Parsed::default() }
}

/// The one of comma, semicolon and tab that the header has most of.
fn delimiter(header: &str) -> u8 {
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// "Order Number" and "order-number" are order_number.
fn column_name(written: &str) -> String {
    let written = written.trim().trim_matches('"').trim_start_matches('\u{feff}').trim();
    written.chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() }).collect()
}

struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r [Option<usize>],
}

impl<'r> Row<'r> {
    #[inline]
    fn text(&self, column: Column) -> Option<&'r str> {
        let cell = self.record.get(self.columns[column as usize]?)?;
        // Most cells have nothing around their text, which is dearer to find out letter by letter.
        let is_bare = |edge: Option<&u8>| edge.is_some_and(u8::is_ascii_graphic);
        let text = match is_bare(cell.as_bytes().first()) && is_bare(cell.as_bytes().last()) {
            true => cell,
            false => cell.trim(),
        };
        (!text.is_empty()).then_some(text)
    }

    fn owned(&self, column: Column) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    fn read<T>(&self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Refusal> {
        let at = || format!("{} {}", self.at(), Column::NAMES[column as usize]);
        self.text(column).map(read).transpose().map_err(|reason| Refusal { at: at(), reason })
    }

    fn window(&self, earliest: Column, latest: Column) -> Result<Option<EstimateDraft>, Refusal> {
        let (earliest, latest) = (self.read(earliest, an_expected)?, self.read(latest, an_expected)?);
        Ok((earliest.is_some() || latest.is_some()).then_some(EstimateDraft { earliest, latest }))
    }

    fn at(&self) -> String {
        format!("line {}", self.record.position().map_or(0, csv::Position::line))
    }

    fn refused(&self, reason: String) -> Refusal {
        Refusal { at: self.at(), reason }
    }
}

/// What the rows so far say. Orders and parcels keep the order in which they first appear.
#[derive(Default)]
struct Table {
    orders: Vec<OrderDraft>,
    order_at: HashMap<String, usize>,
    shipments: Vec<ShipmentDraft>,
    /// Several where carriers share a number.
    shipments_at: HashMap<String, Vec<usize>>,
    refused: Vec<Refusal>,
}

impl Table {
    /// Takes a row as a whole, or nothing of it: all that can be refused is read before anything is added.
    fn take(&mut self, row: &Row<'_>) -> Result<(), Refusal> {
        let (number, tracking_number) = (row.text(Column::OrderNumber), row.text(Column::TrackingNumber));
        if number.is_none() && tracking_number.is_none() {
            return Err(row.refused("it has neither an order_number nor a tracking_number".to_owned()));
        }
        let known = number.and_then(|number| self.order_at.get(number).copied());
        let said = |_| OrderRow::read(row, known.map(|at| &self.orders[at]));
        let order = number.map(said).transpose()?;
        let event = event(row)?;
        if event.is_some() && tracking_number.is_none() {
            return Err(row.refused("an event needs a tracking_number".to_owned()));
        }
        let estimate = row.window(Column::EstimatedEarliest, Column::EstimatedLatest)?;
        let line = number.zip(order).and_then(|(number, order)| self.add_order(row, number, known, order));
        if let Some(tracking_number) = tracking_number {
            let shipment = self.shipment(tracking_number, row.text(Column::Carrier));
            add_to_shipment(shipment, row, number, estimate, line, event);
        }
        Ok(())
    }

    /// Fills what was not said yet, adds the line; gives back what of the line would ride in the row's parcel.
    fn add_order(&mut self, row: &Row<'_>, number: &str, known: Option<usize>, said: OrderRow) -> Option<ShippedItem> {
        let at = known.unwrap_or_else(|| {
            self.order_at.insert(number.to_owned(), self.orders.len());
            self.orders.push(OrderDraft { number: number.to_owned(), ..OrderDraft::default() });
            self.orders.len() - 1
        });
        let known = &mut self.orders[at];
        add_new(&mut known.emails, row.text(Column::Email), &[';', ',', ' ']);
        add_new(&mut known.phones, row.text(Column::Phone), &[';', ',']);
        let fill = |known: &mut Option<String>, column: Column| {
            if known.is_none() {
                *known = row.owned(column);
            }
        };
        fill(&mut known.source_id, Column::OrderId);
        fill(&mut known.fulfilment_centre, Column::FulfilmentCentre);
        fill(&mut known.locale, Column::Locale);
        known.currency = known.currency.take().or_else(|| currency(row));
        known.address = known.address.take().or_else(|| address(row));
        known.placed_at = known.placed_at.or(said.placed_at);
        known.paid_at = known.paid_at.or(said.paid_at);
        known.picked_at = known.picked_at.or(said.picked_at);
        known.packed_at = known.packed_at.or(said.packed_at);
        known.cancelled_at = known.cancelled_at.or(said.cancelled_at);
        known.updated_at = known.updated_at.max(said.updated_at);
        known.ship_by = known.ship_by.or(said.ship_by);
        known.promised = known.promised.take().or(said.promised);
        known.total = known.total.or(said.total);
        said.line.map(|line| add_line(&mut known.items, row, line))
    }

    fn shipment(&mut self, tracking_number: &str, carrier: Option<&str>) -> &mut ShipmentDraft {
        let carrier = carrier.map(|name| canonical(name).unwrap_or(name));
        let of_number = match self.shipments_at.get_mut(tracking_number) {
            Some(at) => at,
            None => self.shipments_at.entry(tracking_number.to_owned()).or_default(),
        };
        // A row that does not repeat the carrier means the parcel that is known.
        let same =
            |known: &ShipmentDraft| known.carrier.is_none() || carrier.is_none() || known.carrier.as_deref() == carrier;
        let at = of_number.iter().copied().find(|at| same(&self.shipments[*at])).unwrap_or_else(|| {
            of_number.push(self.shipments.len());
            let tracking_number = tracking_number.to_owned();
            self.shipments.push(ShipmentDraft { tracking_number, ..ShipmentDraft::default() });
            self.shipments.len() - 1
        });
        let known = &mut self.shipments[at];
        known.carrier = known.carrier.take().or_else(|| carrier.map(str::to_owned));
        known
    }

    fn finish(mut self) -> Parsed {
        for shipment in &mut self.shipments {
            sort_events(&mut shipment.events);
        }
        Parsed { orders: self.orders, shipments: self.shipments, refused: self.refused }
    }
}

/// What of a row's order can be written wrongly. Its texts cannot: they are read when they are new.
struct OrderRow {
    placed_at: Option<Timestamp>,
    paid_at: Option<Timestamp>,
    picked_at: Option<Timestamp>,
    packed_at: Option<Timestamp>,
    cancelled_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    ship_by: Option<Date>,
    promised: Option<EstimateDraft>,
    total: Option<i64>,
    line: Option<LineRow>,
}

/// The same of its line.
struct LineRow {
    quantity: i64,
    unit_price: Option<i64>,
    needs_shipping: bool,
}

impl OrderRow {
    /// `known` is what earlier rows said of the order.
    fn read(row: &Row<'_>, known: Option<&OrderDraft>) -> Result<OrderRow, Refusal> {
        let currency = currency(row);
        let currency = currency.as_deref().or_else(|| known?.currency.as_deref());
        Ok(OrderRow {
            placed_at: row.read(Column::PlacedAt, an_instant)?,
            paid_at: row.read(Column::PaidAt, an_instant)?,
            picked_at: row.read(Column::PickedAt, an_instant)?,
            packed_at: row.read(Column::PackedAt, an_instant)?,
            cancelled_at: row.read(Column::CancelledAt, an_instant)?,
            updated_at: row.read(Column::UpdatedAt, an_instant)?,
            ship_by: row.read(Column::ShipBy, a_day)?,
            promised: row.window(Column::PromisedEarliest, Column::PromisedLatest)?,
            total: row.read(Column::OrderTotal, |text| an_amount(text, currency))?,
            line: LineRow::read(row, currency)?,
        })
    }
}

impl LineRow {
    fn read(row: &Row<'_>, currency: Option<&str>) -> Result<Option<LineRow>, Refusal> {
        if [Column::LineItemId, Column::Sku, Column::ProductTitle].into_iter().all(|what| row.text(what).is_none()) {
            return Ok(None);
        }
        let needs_shipping = row.read(Column::NeedsShipping, yes_or_no)?.unwrap_or(true);
        let quantity = row.read(Column::Quantity, a_quantity)?.unwrap_or(1);
        let unit_price = row.read(Column::UnitPrice, |text| an_amount(text, currency))?;
        Ok(Some(LineRow { quantity, unit_price, needs_shipping }))
    }
}

fn yes_or_no(written: &str) -> Result<bool, String> {
    let is = |words: [&str; 4]| words.into_iter().any(|word| written.eq_ignore_ascii_case(word));
    match (is(["true", "yes", "y", "1"]), is(["false", "no", "n", "0"])) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(format!("{written:?} is neither true nor false")),
    }
}

fn currency(row: &Row<'_>) -> Option<String> {
    row.text(Column::Currency).map(str::to_ascii_uppercase)
}

fn address(row: &Row<'_>) -> Option<AddressDraft> {
    let address = AddressDraft {
        name: row.owned(Column::ShipToName),
        company: row.owned(Column::ShipToCompany),
        lines: [Column::ShipToLine1, Column::ShipToLine2].into_iter().filter_map(|line| row.owned(line)).collect(),
        city: row.owned(Column::ShipToCity),
        region: row.owned(Column::ShipToRegion),
        postal_code: row.owned(Column::ShipToPostalCode),
        country: row.text(Column::ShipToCountry).map(country_code),
    };
    (address != AddressDraft::default()).then_some(address)
}

/// Adds each of the texts in a cell that is not there yet.
fn add_new(known: &mut Vec<String>, cell: Option<&str>, separators: &[char]) {
    let Some(cell) = cell else { return };
    for text in cell.split(separators).map(str::trim).filter(|text| !text.is_empty()) {
        if !known.iter().any(|known| known == text) {
            known.push(text.to_owned());
        }
    }
}

/// Adds the row's line to its order's; gives back what of it would ride in the row's parcel.
fn add_line(items: &mut Vec<LineItemDraft>, row: &Row<'_>, line: LineRow) -> ShippedItem {
    let (id, sku, variant) = (row.text(Column::LineItemId), row.text(Column::Sku), row.text(Column::Variant));
    let title = row.text(Column::ProductTitle).or(sku).unwrap_or_default();
    let source_id = id.or(sku).map(str::to_owned).unwrap_or_else(|| {
        // Without an id or SKU a line is known by what it is.
        let same = items.iter().find(|known| known.title == title && known.variant.as_deref() == variant);
        same.map_or_else(|| (items.len() + 1).to_string(), |same| same.source_id.clone())
    });
    // The line is repeated on each row of its parcel's events.
    if !items.iter().any(|known| known.source_id == source_id) {
        items.push(LineItemDraft {
            source_id: source_id.clone(),
            sku: sku.map(str::to_owned),
            product_id: row.owned(Column::ProductId),
            title: title.to_owned(),
            variant: variant.map(str::to_owned),
            quantity: line.quantity,
            unit_price: line.unit_price,
            image: row.owned(Column::ImageUrl),
            needs_shipping: line.needs_shipping,
        });
    }
    ShippedItem { line_item: source_id, quantity: line.quantity }
}

fn add_to_shipment(
    known: &mut ShipmentDraft,
    row: &Row<'_>,
    order_number: Option<&str>,
    estimate: Option<EstimateDraft>,
    item: Option<ShippedItem>,
    event: Option<TrackingEvent>,
) {
    known.service = known.service.take().or_else(|| row.owned(Column::Service));
    known.order_number = known.order_number.take().or_else(|| order_number.map(str::to_owned));
    // Later rows tell later news.
    known.estimate = estimate.or(known.estimate.take());
    if let Some(item) = item
        && !known.items.iter().any(|known| known.line_item == item.line_item)
    {
        known.items.push(item);
    }
    known.events.extend(event);
}

fn event(row: &Row<'_>) -> Result<Option<TrackingEvent>, Refusal> {
    let (status, code) = (row.text(Column::Status), row.text(Column::StatusCode));
    let Some(time) = row.owned(Column::EventTime) else {
        return match status.or(code) {
            Some(status) => Err(row.refused(format!("the status {status:?} has no event_time"))),
            None => Ok(None),
        };
    };
    let fields = EventFields {
        id: row.owned(Column::EventId),
        time,
        time_zone: row.owned(Column::EventTimeZone),
        status: status.map(str::to_owned),
        code: code.map(str::to_owned),
        text: row.owned(Column::EventText),
        place: EventPlace {
            city: row.owned(Column::EventCity),
            region: row.owned(Column::EventRegion),
            postal_code: row.owned(Column::EventPostalCode),
            country: row.text(Column::EventCountry).map(country_code),
            facility: row.owned(Column::EventFacility),
        },
    };
    fields.read(|| row.at()).map(Some)
}
