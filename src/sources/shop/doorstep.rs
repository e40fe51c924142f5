//! Doorstep's own format, for shops without any of the others: JSON, NDJSON and CSV.
//!
//! `docs/doorstep-format.md` describes it for people; in short, a payload is a **record** or several:
//!
//! - an order: `order_number`, `id`, `placed_at`, `paid_at`, `picked_at`, `packed_at`, `cancelled_at`, `updated_at`,
//!   `ship_by`, `promised {earliest, latest}`, `fulfilment_centre`, `emails` or `email`, `phones` or `phone`, `locale`,
//!   `currency`, `total`, `address {name, company, lines, city, region, postal_code, country}`,
//!   `items [{id, sku, product_id, title, variant, quantity, unit_price, image, needs_shipping}]`, `shipments`
//! - a shipment: `tracking_number`, `carrier`, `service`, `unique_id`, `order_number`, `status`, `status_code`,
//!   `estimate {earliest, latest}`, `proof {signed_by, photo}`, `pickup {name, address, hours, until, code}`, `origin`,
//!   `destination`, `items [{id, quantity}]`, `events`
//! - an event: `tracking_number` and `carrier` (where it stands alone), `id`, `occurred_at`, `time_zone`, `status`,
//!   `code`, `text`, `place {city, region, postal_code, country, facility}`
//!
//! JSON: a record, a list of records, `{"orders": […], "shipments": […], "events": […]}`, or one of these as `data` of
//! an envelope `{"type", "timestamp", "data"}`, signed under the Standard Webhooks specification. NDJSON: one a line.
//! CSV: see `doorstep_csv`.
//!
//! A record that cannot be read as meant is refused with its place and reason and nothing of it is taken; of a shipment
//! with a bad event, the event alone.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::sources::country::country_code;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, WrittenTime, list, minor_units, text, written_time};
use crate::sources::{
    AddressDraft, EstimateDraft, Expected, LineItemDraft, OrderDraft, Parsed, PickupDraft, ProofDraft, Refusal,
    ShipmentDraft, ShippedItem, carrier_id, sort_events,
};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent, ZoneCertainty};
use crate::tracking::status::{Milestone, Status};

use super::{add_new, doorstep_csv};

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(value) => is_ours(value),
        Payload::Text(text) => doorstep_csv::recognises(text),
        Payload::Xml(_) => false,
    }
}

fn is_ours(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    let listed = ["orders", "shipments", "events"].into_iter().find_map(|name| value.get(name)?.item(0));
    let enveloped = || {
        let kind = text(value, "type").unwrap_or_default();
        ["order.", "shipment.", "event.", "batch."].iter().any(|prefix| kind.starts_with(prefix)) && has("data")
    };
    let order = has("order_number")
        && !has("line_items")
        && ["items", "placed_at", "email", "emails"].iter().any(|name| has(name));
    let event = has("tracking_number") && has("occurred_at") && has("status");
    let shipment = has("tracking_number")
        && ["events", "carrier", "order_number"].iter().any(|name| has(name))
        && !["status_code", "slug", "tracking_history", "object_type", "carrier_id", "tracking_numbers"]
            .iter()
            .any(|name| has(name));
    order || event || shipment || listed.is_some_and(is_ours) || value.item(0).is_some_and(is_ours) || enveloped()
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    match payload {
        Payload::Json(value) => {
            let mut parsed = Parsed::default();
            read_any(value, "", &mut parsed);
            parsed
        }
        Payload::Text(text) => doorstep_csv::parse(text),
        Payload::Xml(_) => {
            let reason = "Doorstep's own format is JSON, NDJSON or CSV, and this is XML".to_owned();
            Parsed { refused: vec![Refusal { at: "payload".to_owned(), reason }], ..Parsed::default() }
        }
    }
}

fn read_any(value: &Value, at: &str, parsed: &mut Parsed) {
    let has = |name: &str| value.get(name).is_some();
    match value {
        Value::Array(records) => {
            for (index, record) in records.iter().enumerate() {
                read_any(record, &format!("{at}[{index}]"), parsed);
            }
        }
        Value::Object(_) if has("data") => read_any(&value["data"], &under(at, "data"), parsed),
        Value::Object(_) if !has("order_number") && !has("tracking_number") && has_lists(value) => {
            for name in ["orders", "shipments", "events"] {
                for (index, record) in list(value, name).iter().enumerate() {
                    read_any(record, &format!("{}[{index}]", under(at, name)), parsed);
                }
            }
        }
        Value::Object(_) if has("occurred_at") => read_event(value, at, parsed),
        Value::Object(_) if has("tracking_number") => read_shipment(value, None, at, parsed),
        Value::Object(_) if has("order_number") => read_order(value, at, parsed),
        _ => {
            let reason = "a record needs an order_number or a tracking_number".to_owned();
            parsed
                .refused
                .push(Refusal { at: if at.is_empty() { "payload".to_owned() } else { at.to_owned() }, reason });
        }
    }
}

fn has_lists(value: &Value) -> bool {
    ["orders", "shipments", "events"].iter().any(|name| value.get(name).is_some())
}

fn under(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

fn read_order(value: &Value, at: &str, parsed: &mut Parsed) {
    match order(value, at) {
        Ok(order) => {
            for (index, shipment) in list(value, "shipments").iter().enumerate() {
                read_shipment(shipment, Some(&order), &format!("{}[{index}]", under(at, "shipments")), parsed);
            }
            parsed.orders.push(order);
        }
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn read_shipment(value: &Value, order: Option<&OrderDraft>, at: &str, parsed: &mut Parsed) {
    match shipment(value, order, at, &mut parsed.refused) {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

/// An event that stands alone is a shipment of one event.
fn read_event(value: &Value, at: &str, parsed: &mut Parsed) {
    let read = event(value, at).and_then(|event| {
        Ok(ShipmentDraft {
            tracking_number: needed(value, "tracking_number", at)?,
            carrier: text(value, "carrier").map(|name| carrier_id(&name)),
            order_number: text(value, "order_number"),
            events: vec![event],
            ..ShipmentDraft::default()
        })
    });
    match read {
        Ok(shipment) => parsed.shipments.push(shipment),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn order(value: &Value, at: &str) -> Result<OrderDraft, Refusal> {
    let currency = text(value, "currency").map(|currency| currency.to_ascii_uppercase());
    let mut order = OrderDraft {
        number: needed(value, "order_number", at)?,
        source_id: text(value, "id"),
        placed_at: read(value, "placed_at", at, an_instant)?,
        paid_at: read(value, "paid_at", at, an_instant)?,
        picked_at: read(value, "picked_at", at, an_instant)?,
        packed_at: read(value, "packed_at", at, an_instant)?,
        cancelled_at: read(value, "cancelled_at", at, an_instant)?,
        updated_at: read(value, "updated_at", at, an_instant)?,
        ship_by: read(value, "ship_by", at, a_day)?,
        promised: estimate(value, "promised", at)?,
        fulfilment_centre: text(value, "fulfilment_centre"),
        locale: text(value, "locale"),
        total: read(value, "total", at, |written| an_amount(written, currency.as_deref()))?,
        address: reading::at(value, "address").map(address),
        ..OrderDraft::default()
    };
    add_new(&mut order.emails, texts(value, "emails").into_iter().map(Some).chain([text(value, "email")]));
    add_new(&mut order.phones, texts(value, "phones").into_iter().map(Some).chain([text(value, "phone")]));
    for (index, item) in list(value, "items").iter().enumerate() {
        let at = format!("{}[{index}]", under(at, "items"));
        order.items.push(LineItemDraft {
            source_id: text(item, "id").or_else(|| text(item, "sku")).unwrap_or_else(|| (index + 1).to_string()),
            sku: text(item, "sku"),
            product_id: text(item, "product_id"),
            title: needed(item, "title", &at)?,
            variant: text(item, "variant"),
            quantity: read(item, "quantity", &at, a_quantity)?.unwrap_or(1),
            unit_price: read(item, "unit_price", &at, |written| an_amount(written, currency.as_deref()))?,
            image: text(item, "image"),
            needs_shipping: item.get("needs_shipping").and_then(Value::as_bool).unwrap_or(true),
        });
    }
    order.currency = currency;
    Ok(order)
}

fn shipment(
    value: &Value,
    order: Option<&OrderDraft>,
    at: &str,
    refusals: &mut Vec<Refusal>,
) -> Result<ShipmentDraft, Refusal> {
    let pickup = reading::at(value, "pickup").map(|pickup| -> Result<PickupDraft, Refusal> {
        let at = under(at, "pickup");
        Ok(PickupDraft {
            name: text(pickup, "name"),
            address: text(pickup, "address"),
            hours: text(pickup, "hours"),
            until: read(pickup, "until", &at, a_day)?,
            code: text(pickup, "code"),
        })
    });
    let status = read(value, "status", at, known_status)?;
    let mut shipment = ShipmentDraft {
        tracking_number: needed(value, "tracking_number", at)?,
        carrier: text(value, "carrier").map(|name| carrier_id(&name)),
        service: text(value, "service"),
        unique_id: text(value, "unique_id"),
        order_number: order.map(|order| order.number.clone()).or_else(|| text(value, "order_number")),
        order_source_id: order.and_then(|order| order.source_id.clone()),
        status,
        status_code: text(value, "status_code").or_else(|| text(value, "status")),
        estimate: estimate(value, "estimate", at)?,
        proof: reading::at(value, "proof")
            .map(|proof| ProofDraft { signed_by: text(proof, "signed_by"), photo: text(proof, "photo") }),
        pickup: pickup.transpose()?,
        origin: place(value, "origin"),
        destination: place(value, "destination"),
        ..ShipmentDraft::default()
    };
    for (index, item) in list(value, "items").iter().enumerate() {
        let at = format!("{}[{index}]", under(at, "items"));
        let line_item = text(item, "id").or_else(|| text(item, "sku"));
        let reason =
            || Refusal { at: at.clone(), reason: "an item needs the id or the sku of its order line".to_owned() };
        shipment.items.push(ShippedItem {
            line_item: line_item.ok_or_else(reason)?,
            quantity: read(item, "quantity", &at, a_quantity)?.unwrap_or(1),
        });
    }
    for (index, told) in list(value, "events").iter().enumerate() {
        match event(told, &format!("{}[{index}]", under(at, "events"))) {
            Ok(event) => shipment.events.push(event),
            Err(refusal) => refusals.push(refusal),
        }
    }
    sort_events(&mut shipment.events);
    Ok(shipment)
}

fn event(value: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let place = place(value, "place").unwrap_or_default();
    let said = EventFields {
        id: text(value, "id"),
        time: needed(value, "occurred_at", at)?,
        time_zone: text(value, "time_zone"),
        status: text(value, "status"),
        code: text(value, "code"),
        text: text(value, "text"),
        place,
    };
    said.read(|| at.to_owned())
}

/// An event's fields as written, in JSON or in CSV.
pub(super) struct EventFields {
    pub id: Option<String>,
    pub time: String,
    pub time_zone: Option<String>,
    pub status: Option<String>,
    pub code: Option<String>,
    pub text: Option<String>,
    pub place: EventPlace,
}

impl EventFields {
    /// `at` says where they stand, should one be refused.
    pub fn read(self, at: impl Fn() -> String) -> Result<TrackingEvent, Refusal> {
        let status = match &self.status {
            Some(written) => known_status(written).map_err(|reason| Refusal { at: under(&at(), "status"), reason })?,
            // A raw code alone is kept and counted, never guessed at.
            None => Status::Unknown,
        };
        let refused = |reason: String| Refusal { at: at(), reason };
        let written =
            written_time(&self.time).ok_or_else(|| refused(format!("{:?} is no time of an event", self.time)))?;
        let time = match (written, self.time_zone.as_deref()) {
            (WrittenTime::Local(local), Some(zone)) => {
                let time = EventTime::in_zone(local, zone, ZoneCertainty::Offset);
                if time.zone == ZoneCertainty::None {
                    return Err(refused(format!("{zone:?} is no IANA time zone, such as Europe/Berlin")));
                }
                time
            }
            (written, _) => written.event_time(&self.place, None),
        };
        Ok(TrackingEvent {
            said: SaidByCarrier {
                vendor_event_id: self.id,
                code: self.code.or(self.status),
                text: self.text.unwrap_or_default(),
                time: self.time,
                place: self.place.to_text(),
            },
            status,
            time,
            place: self.place,
        })
    }
}

/// `milestone.detail`, or a milestone alone for its plainest detail.
fn known_status(written: &str) -> Result<Status, String> {
    let plain = || {
        Milestone::ALL.into_iter().find(|milestone| milestone.as_str() == written).map(|milestone| match milestone {
            Milestone::Pending => Status::PendingNoData,
            Milestone::InfoReceived => Status::LabelCreated,
            Milestone::InTransit => Status::InTransit,
            Milestone::OutForDelivery => Status::OnVehicle,
            Milestone::AvailableForPickup => Status::ReadyForPickup,
            Milestone::AttemptFailed => Status::AttemptOther,
            Milestone::Delivered => Status::Delivered,
            Milestone::Exception => Status::ExceptionOther,
            Milestone::Returning => Status::Returning,
            Milestone::Returned => Status::Returned,
            Milestone::Cancelled => Status::Cancelled,
            Milestone::Expired => Status::Expired,
            Milestone::Unknown => Status::Unknown,
        })
    };
    let status = if written.contains('.') { written.parse().ok() } else { plain() };
    status.ok_or_else(|| {
        format!("{written:?} is no status; write one such as in_transit.arrived_facility, or a raw code as code")
    })
}

fn needed(value: &Value, name: &str, at: &str) -> Result<String, Refusal> {
    text(value, name).ok_or_else(|| Refusal { at: under(at, name), reason: format!("there is no {name}") })
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    let items = value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// The text at a path, as a value; what it cannot be is refused where it stands.
fn read<T>(
    value: &Value,
    path: &str,
    at: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Refusal> {
    let Some(written) = text(value, path) else { return Ok(None) };
    read(&written).map(Some).map_err(|reason| Refusal { at: under(at, path), reason })
}

fn estimate(value: &Value, name: &str, at: &str) -> Result<Option<EstimateDraft>, Refusal> {
    let edge = |edge: &str| read(value, &format!("{name}.{edge}"), at, an_expected);
    let (earliest, latest) = (edge("earliest")?, edge("latest")?);
    Ok((earliest.is_some() || latest.is_some()).then_some(EstimateDraft { earliest, latest }))
}

/// This and the next ones say in words what a text is not, for the person who wrote it.
pub(super) fn an_instant(written: &str) -> Result<Timestamp, String> {
    written_time(written)
        .and_then(WrittenTime::instant)
        .ok_or_else(|| format!("{written:?} is no time with its offset, such as 2026-05-04T09:30:00+02:00"))
}

pub(super) fn a_day(written: &str) -> Result<Date, String> {
    written_time(written).map(WrittenTime::date).ok_or_else(|| format!("{written:?} is no date, such as 2026-05-04"))
}

pub(super) fn an_expected(written: &str) -> Result<Expected, String> {
    written_time(written).map(WrittenTime::expected).ok_or_else(|| format!("{written:?} is neither a date nor a time"))
}

pub(super) fn an_amount(written: &str, currency: Option<&str>) -> Result<i64, String> {
    let currency = currency.ok_or_else(|| "an amount of money needs the order's currency".to_owned())?;
    minor_units(written, currency).ok_or_else(|| format!("{written:?} is no amount of {currency}, such as 59.90"))
}

pub(super) fn a_quantity(written: &str) -> Result<i64, String> {
    let quantity = written.parse().ok().filter(|quantity| *quantity >= 0);
    quantity.ok_or_else(|| format!("{written:?} is no quantity, such as 2"))
}

fn address(value: &Value) -> AddressDraft {
    let numbered = ["line1", "line2", "line3"].into_iter().filter_map(|name| text(value, name));
    AddressDraft {
        name: text(value, "name"),
        company: text(value, "company"),
        lines: texts(value, "lines").into_iter().chain(numbered).collect(),
        city: text(value, "city"),
        region: text(value, "region"),
        postal_code: text(value, "postal_code"),
        country: text(value, "country").map(|country| country_code(&country)),
    }
}

/// A place as an object; a place as one text has only that text.
fn place(value: &Value, name: &str) -> Option<EventPlace> {
    let place = match reading::at(value, name)? {
        Value::String(written) => EventPlace { facility: Some(written.trim().to_owned()), ..EventPlace::default() },
        place => EventPlace {
            city: text(place, "city"),
            region: text(place, "region"),
            postal_code: text(place, "postal_code"),
            country: text(place, "country").map(|country| country_code(&country)),
            facility: text(place, "facility"),
        },
    };
    (!place.is_empty()).then_some(place)
}
