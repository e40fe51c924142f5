//! Doorstep's own format as CSV: one row is an order line, a parcel's event, or both; rows of one order or parcel are
//! put together. The columns are in [`Column`], their meaning in `docs/doorstep-format.md`.
//!
//! Comma, semicolon or tab, told from the header; column names in any case, with spaces, hyphens or underscores.
//! Columns of other names are left alone. A row with a fault is refused as a whole, by its line.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use crate::sources::country::country_code;
use crate::sources::{
    AddressDraft, EstimateDraft, LineItemDraft, OrderDraft, Parsed, Refusal, ShipmentDraft, ShippedItem, carrier_id,
    sort_events,
};
use crate::tracking::event::{EventPlace, TrackingEvent};

use super::add_new;
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
    let columns: Vec<Option<usize>> = match reader.headers() {
        Ok(header) => {
            let names: Vec<String> = header.iter().map(column_name).collect();
            Column::NAMES.iter().map(|name| names.iter().position(|column| column == name)).collect()
        }
        Err(error) => return refused("line 1", format!("broken CSV: {error}")),
    };
    let has = |column: Column| columns[column as usize].is_some();
    if !has(Column::OrderNumber) && !has(Column::TrackingNumber) {
        return refused("line 1", "there is neither a column order_number nor a column tracking_number".to_owned());
    }
    let width = reader.headers().map_or(0, StringRecord::len);
    for record in reader.into_records() {
        match record {
            Ok(record) => {
                let at = format!("line {}", record.position().map_or(0, csv::Position::line));
                let row = Row { record: &record, columns: &columns, at: &at };
                let taken = match record.len() == width {
                    true => table.take(&row),
                    false => Err(row.refused(format!("it has {} fields, the header has {width}", record.len()))),
                };
                table.refused.extend(taken.err());
            }
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                table.refused.extend(refused(&format!("line {line}"), format!("broken CSV: {error}")).refused);
            }
        }
    }
    table.finish()
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
    at: &'r str,
}

impl Row<'_> {
    fn text(&self, column: Column) -> Option<String> {
        let text = self.record.get(self.columns[column as usize]?)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn read<T>(&self, column: Column, read: impl Fn(&str, &str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
        let at = || format!("{} {}", self.at, Column::NAMES[column as usize]);
        self.text(column).map(|text| read(&text, &at())).transpose()
    }

    fn window(&self, earliest: Column, latest: Column) -> Result<Option<EstimateDraft>, Refusal> {
        let (earliest, latest) = (self.read(earliest, an_expected)?, self.read(latest, an_expected)?);
        Ok((earliest.is_some() || latest.is_some()).then_some(EstimateDraft { earliest, latest }))
    }

    fn refused(&self, reason: String) -> Refusal {
        Refusal { at: self.at.to_owned(), reason }
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
    /// Takes a row as a whole, or nothing of it.
    fn take(&mut self, row: &Row<'_>) -> Result<(), Refusal> {
        let number = row.text(Column::OrderNumber);
        let tracking_number = row.text(Column::TrackingNumber);
        if number.is_none() && tracking_number.is_none() {
            return Err(row.refused("it has neither an order_number nor a tracking_number".to_owned()));
        }
        let currency = row.text(Column::Currency).map(|currency| currency.to_ascii_uppercase()).or_else(|| {
            let known = self.orders.get(*self.order_at.get(number.as_ref()?)?)?;
            known.currency.clone()
        });
        let order = number.clone().map(|number| order(row, number, currency.clone())).transpose()?;
        let item = match &order {
            Some(_) => line_item(row, currency.as_deref())?,
            None => None,
        };
        let event = event(row)?;
        if event.is_some() && tracking_number.is_none() {
            return Err(row.refused("an event needs a tracking_number".to_owned()));
        }
        let shipment = tracking_number.map(|tracking_number| shipment(row, tracking_number, number)).transpose()?;
        let line = order.and_then(|order| self.add_order(order, item));
        if let Some(shipment) = shipment {
            self.add_shipment(shipment, line, event);
        }
        Ok(())
    }

    /// Fills what was not said yet, adds the line; gives back what of the line would ride in the row's parcel.
    fn add_order(&mut self, order: OrderDraft, item: Option<LineItemDraft>) -> Option<ShippedItem> {
        let at = *self.order_at.entry(order.number.clone()).or_insert_with(|| {
            self.orders.push(OrderDraft { number: order.number.clone(), ..OrderDraft::default() });
            self.orders.len() - 1
        });
        let known = &mut self.orders[at];
        add_new(&mut known.emails, order.emails.into_iter().map(Some));
        add_new(&mut known.phones, order.phones.into_iter().map(Some));
        fn fill<T>(known: &mut Option<T>, said: Option<T>) {
            if known.is_none() {
                *known = said;
            }
        }
        fill(&mut known.source_id, order.source_id);
        fill(&mut known.placed_at, order.placed_at);
        fill(&mut known.paid_at, order.paid_at);
        fill(&mut known.picked_at, order.picked_at);
        fill(&mut known.packed_at, order.packed_at);
        fill(&mut known.cancelled_at, order.cancelled_at);
        known.updated_at = known.updated_at.max(order.updated_at);
        fill(&mut known.ship_by, order.ship_by);
        fill(&mut known.promised, order.promised);
        fill(&mut known.fulfilment_centre, order.fulfilment_centre);
        fill(&mut known.locale, order.locale);
        fill(&mut known.currency, order.currency);
        fill(&mut known.total, order.total);
        fill(&mut known.address, order.address);
        let mut item = item?;
        if item.source_id.is_empty() {
            // Without an id or SKU a line is known by what it is.
            let same = known.items.iter().find(|known| known.title == item.title && known.variant == item.variant);
            item.source_id = same.map_or_else(|| (known.items.len() + 1).to_string(), |same| same.source_id.clone());
        }
        let shipped = ShippedItem { line_item: item.source_id.clone(), quantity: item.quantity };
        // The line is repeated on each row of its parcel's events.
        if !known.items.iter().any(|known| known.source_id == item.source_id) {
            known.items.push(item);
        }
        Some(shipped)
    }

    fn add_shipment(&mut self, shipment: ShipmentDraft, item: Option<ShippedItem>, event: Option<TrackingEvent>) {
        let of_number = self.shipments_at.entry(shipment.tracking_number.clone()).or_default();
        // A row that does not repeat the carrier means the parcel that is known.
        let same = |known: &ShipmentDraft| {
            known.carrier == shipment.carrier || known.carrier.is_none() || shipment.carrier.is_none()
        };
        let at = match of_number.iter().copied().find(|at| same(&self.shipments[*at])) {
            Some(at) => at,
            None => {
                of_number.push(self.shipments.len());
                self.shipments.push(shipment.clone());
                self.shipments.len() - 1
            }
        };
        let known = &mut self.shipments[at];
        known.carrier = known.carrier.take().or(shipment.carrier);
        known.service = known.service.take().or(shipment.service);
        known.order_number = known.order_number.take().or(shipment.order_number);
        // Later rows tell later news.
        known.estimate = shipment.estimate.or(known.estimate.take());
        if let Some(item) = item
            && !known.items.iter().any(|known| known.line_item == item.line_item)
        {
            known.items.push(item);
        }
        known.events.extend(event);
    }

    fn finish(mut self) -> Parsed {
        for shipment in &mut self.shipments {
            sort_events(&mut shipment.events);
        }
        Parsed { orders: self.orders, shipments: self.shipments, refused: self.refused }
    }
}

fn order(row: &Row<'_>, number: String, currency: Option<String>) -> Result<OrderDraft, Refusal> {
    let split = |text: Option<String>, separators: &[char]| -> Vec<String> {
        let text = text.unwrap_or_default();
        text.split(separators).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let address = AddressDraft {
        name: row.text(Column::ShipToName),
        company: row.text(Column::ShipToCompany),
        lines: [Column::ShipToLine1, Column::ShipToLine2].into_iter().filter_map(|line| row.text(line)).collect(),
        city: row.text(Column::ShipToCity),
        region: row.text(Column::ShipToRegion),
        postal_code: row.text(Column::ShipToPostalCode),
        country: row.text(Column::ShipToCountry).map(|country| country_code(&country)),
    };
    Ok(OrderDraft {
        number,
        source_id: row.text(Column::OrderId),
        placed_at: row.read(Column::PlacedAt, an_instant)?,
        paid_at: row.read(Column::PaidAt, an_instant)?,
        picked_at: row.read(Column::PickedAt, an_instant)?,
        packed_at: row.read(Column::PackedAt, an_instant)?,
        cancelled_at: row.read(Column::CancelledAt, an_instant)?,
        updated_at: row.read(Column::UpdatedAt, an_instant)?,
        ship_by: row.read(Column::ShipBy, a_day)?,
        promised: row.window(Column::PromisedEarliest, Column::PromisedLatest)?,
        fulfilment_centre: row.text(Column::FulfilmentCentre),
        emails: split(row.text(Column::Email), &[';', ',', ' ']),
        phones: split(row.text(Column::Phone), &[';', ',']),
        locale: row.text(Column::Locale),
        total: row.read(Column::OrderTotal, |text, at| an_amount(text, currency.as_deref(), at))?,
        currency,
        address: (address != AddressDraft::default()).then_some(address),
        items: Vec::new(),
    })
}

fn line_item(row: &Row<'_>, currency: Option<&str>) -> Result<Option<LineItemDraft>, Refusal> {
    let (id, sku, title) = (row.text(Column::LineItemId), row.text(Column::Sku), row.text(Column::ProductTitle));
    if id.is_none() && sku.is_none() && title.is_none() {
        return Ok(None);
    }
    let needs_shipping = row.read(Column::NeedsShipping, |text, at| match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Ok(true),
        "false" | "no" | "n" | "0" => Ok(false),
        _ => Err(Refusal { at: at.to_owned(), reason: format!("{text:?} is neither true nor false") }),
    })?;
    Ok(Some(LineItemDraft {
        source_id: id.or_else(|| sku.clone()).unwrap_or_default(),
        title: title.or_else(|| sku.clone()).unwrap_or_default(),
        sku,
        product_id: row.text(Column::ProductId),
        variant: row.text(Column::Variant),
        quantity: row.read(Column::Quantity, a_quantity)?.unwrap_or(1),
        unit_price: row.read(Column::UnitPrice, |text, at| an_amount(text, currency, at))?,
        image: row.text(Column::ImageUrl),
        needs_shipping: needs_shipping.unwrap_or(true),
    }))
}

fn shipment(row: &Row<'_>, tracking_number: String, order_number: Option<String>) -> Result<ShipmentDraft, Refusal> {
    Ok(ShipmentDraft {
        tracking_number,
        carrier: row.text(Column::Carrier).map(|name| carrier_id(&name)),
        service: row.text(Column::Service),
        order_number,
        estimate: row.window(Column::EstimatedEarliest, Column::EstimatedLatest)?,
        ..ShipmentDraft::default()
    })
}

fn event(row: &Row<'_>) -> Result<Option<TrackingEvent>, Refusal> {
    let (time, status, code) = (row.text(Column::EventTime), row.text(Column::Status), row.text(Column::StatusCode));
    let Some(time) = time else {
        return match status.or(code) {
            Some(status) => Err(row.refused(format!("the status {status:?} has no event_time"))),
            None => Ok(None),
        };
    };
    let fields = EventFields {
        id: row.text(Column::EventId),
        time,
        time_zone: row.text(Column::EventTimeZone),
        status,
        code,
        text: row.text(Column::EventText),
        place: EventPlace {
            city: row.text(Column::EventCity),
            region: row.text(Column::EventRegion),
            postal_code: row.text(Column::EventPostalCode),
            country: row.text(Column::EventCountry).map(|country| country_code(&country)),
            facility: row.text(Column::EventFacility),
        },
    };
    fields.read(row.at).map(Some)
}
