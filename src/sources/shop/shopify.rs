//! Shopify: orders (one, a list, bare as pushed), fulfilments, fulfilment events; REST and GraphQL answers.
//!
//! A parcel is a tracking number of a fulfilment; a fulfilment without one is nothing to track yet. A fulfilment event
//! names neither number, only the fulfilment's id. Products, refunds and the like say nothing to us.

use crate::sources::country::country_code;
use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, list, minor_units, plain, text, written_time};
use crate::sources::{
    AddressDraft, EstimateDraft, LineItemDraft, OrderDraft, Parsed, Refusal, ShipmentDraft, ShippedItem, carrier_id,
    sort_events,
};
use crate::tracking::event::{EventPlace, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

use super::{add_new, first_instant, first_text};

pub fn recognises(payload: &Payload<'_>) -> bool {
    let Payload::Json(value) = payload else { return false };
    let wrapped = WRAPPED.iter().chain(&IGNORED).any(|name| value.get(name).is_some_and(Value::is_object));
    let first = ["orders", "fulfillments", "fulfillment_events"].into_iter().find_map(|name| value.get(name)?.item(0));
    let bare = |value: &Value| is_order(value) || is_fulfilment(value) || is_fulfilment_event(value);
    let graph = ["order", "orders", "node", "fulfillment"].iter().any(|name| {
        reading::at(value, &format!("data.{name}"))
            .is_some_and(|found| found.is_object() && found.get("slug").is_none())
    });
    wrapped
        || bare(value)
        || first.is_some_and(bare)
        || value.item(0).is_some_and(bare)
        || graph
        || is_ignored_bare(value)
}

const WRAPPED: [&str; 3] = ["order", "fulfillment", "fulfillment_event"];
/// What Shopify also sends and says nothing of an order's way.
const IGNORED: [&str; 6] = ["product", "refund", "fulfillment_order", "webhook", "customer", "shop"];

fn is_order(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    (has("line_items") && (has("order_number") || has("financial_status") || has("fulfillment_status") && has("name")))
        || (has("lineItems") && (has("displayFulfillmentStatus") || has("name")))
}

fn is_fulfilment(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    (has("order_id") && has("tracking_numbers")) || (has("trackingInfo") && has("status"))
}

fn is_fulfilment_event(value: &Value) -> bool {
    value.get("fulfillment_id").is_some() && (value.get("happened_at").is_some() || value.get("status").is_some())
}

/// A lone line item, shipping line, product or refund, as webhooks and samples carry them.
fn is_ignored_bare(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    (has("fulfillable_quantity") && has("fulfillment_service"))
        || (has("discounted_price") && has("carrier_identifier"))
        || has("refund_line_items")
        || (has("body_html") && has("variants"))
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let Payload::Json(value) = payload else {
        let reason = "Shopify writes JSON, and this is none".to_owned();
        return Parsed { refused: vec![Refusal { at: "payload".to_owned(), reason }], ..Parsed::default() };
    };
    let mut parsed = Parsed::default();
    if let Some(errors) = reading::at(value, "errors") {
        let reason = match errors {
            Value::String(reason) => reason.clone().into_owned(),
            Value::Array(listed) => {
                listed.first().and_then(|error| text(error, "message")).unwrap_or_else(|| errors.to_string())
            }
            errors => errors.to_string(),
        };
        let reason = format!("Shopify answered with an error: {reason}");
        parsed.refused.push(Refusal { at: "errors".to_owned(), reason });
    }
    read_any(value, "", &mut parsed);
    parsed
}

fn read_any(value: &Value, at: &str, parsed: &mut Parsed) {
    let under = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    if let Value::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            read_any(item, &format!("{at}[{index}]"), parsed);
        }
    } else if is_order(value) {
        read_order(value, at, parsed);
    } else if is_fulfilment(value) {
        read_fulfilment(value, None, at, parsed);
    } else if is_fulfilment_event(value) {
        read_fulfilment_event(value, at, parsed);
    } else if let Some(name) =
        ["data", "node"].into_iter().chain(WRAPPED).find(|name| value.get(name).is_some_and(Value::is_object))
    {
        match name {
            "order" => read_order(&value[name], &under(name), parsed),
            _ => read_any(&value[name], &under(name), parsed),
        }
    } else if let Some(name) =
        ["orders", "fulfillments", "fulfillment_events"].into_iter().find(|name| value.get(name).is_some())
    {
        for (index, item) in nodes(value, name).into_iter().enumerate() {
            let at = format!("{}[{index}]", under(name));
            match name {
                "orders" => read_order(item, &at, parsed),
                "fulfillments" => read_fulfilment(item, None, &at, parsed),
                _ => read_fulfilment_event(item, &at, parsed),
            }
        }
    } else if parsed.refused.is_empty() {
        let what = IGNORED.into_iter().find(|name| value.get(name).is_some()).unwrap_or("payload");
        let reason = format!("{}Shopify's {what} says nothing of an order's way", Refusal::IGNORED);
        parsed.refused.push(Refusal { at: if at.is_empty() { "payload".to_owned() } else { at.to_owned() }, reason });
    }
}

/// The items of a list, or of a GraphQL connection (`nodes`, or `edges` of a `node` each).
fn nodes<'v, 'a>(value: &'v Value<'a>, name: &str) -> Vec<&'v Value<'a>> {
    match value.get(name) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(connection) if connection.get("nodes").is_some() => list(connection, "nodes").iter().collect(),
        Some(connection) => list(connection, "edges").iter().filter_map(|edge| edge.get("node")).collect(),
        None => Vec::new(),
    }
}

fn read_order(value: &Value, at: &str, parsed: &mut Parsed) {
    let numbered = || first_text(value, &["order_number", "number"]).map(|number| format!("#{number}"));
    let Some(number) = text(value, "name").or_else(numbered) else {
        let reason = "the order has no name and no number".to_owned();
        parsed.refused.push(Refusal { at: at.to_owned(), reason });
        return;
    };
    let currency = first_text(value, &["currency", "currencyCode", "presentment_currency"]);
    let amount = |value: &Value, paths: &[&str], field: &str, refused: &mut Vec<Refusal>| {
        let written = first_text(value, paths)?;
        let minor = minor_units(&written, currency.as_deref().unwrap_or(""));
        if minor.is_none() {
            refused.push(Refusal { at: format!("{at}.{field}"), reason: format!("{written:?} is no amount of money") });
        }
        minor
    };
    let mut order = OrderDraft {
        source_id: first_text(value, &["id", "legacyResourceId"]).map(|id| plain_id(&id)),
        placed_at: first_instant(value, &["created_at", "createdAt", "processed_at", "processedAt"]),
        paid_at: paid_at(value),
        cancelled_at: first_instant(value, &["cancelled_at", "cancelledAt"]),
        updated_at: first_instant(value, &["updated_at", "updatedAt"]),
        locale: first_text(value, &["customer_locale", "customerLocale"]),
        total: amount(
            value,
            &["total_price", "totalPriceSet.shopMoney.amount", "totalPrice"],
            "total_price",
            &mut parsed.refused,
        ),
        address: ["shipping_address", "shippingAddress", "billing_address", "billingAddress"]
            .into_iter()
            .find_map(|name| reading::at(value, name))
            .map(address),
        number,
        ..OrderDraft::default()
    };
    add_new(
        &mut order.emails,
        ["email", "contact_email", "customer.email", "customer.defaultEmailAddress.emailAddress"]
            .map(|path| text(value, path)),
    );
    let phones = [
        "phone",
        "customer.phone",
        "customer.defaultPhoneNumber.phoneNumber",
        "shipping_address.phone",
        "shippingAddress.phone",
        "billing_address.phone",
        "billingAddress.phone",
    ];
    add_new(&mut order.phones, phones.map(|path| text(value, path)));
    let items = if value.get("lineItems").is_some() { nodes(value, "lineItems") } else { nodes(value, "line_items") };
    for (index, item) in items.into_iter().enumerate() {
        let price = ["price", "originalUnitPriceSet.shopMoney.amount", "discountedUnitPriceSet.shopMoney.amount"];
        let unit_price = amount(item, &price, &format!("line_items[{index}].price"), &mut parsed.refused);
        order.items.push(line_item(item, index, unit_price));
    }
    for (index, fulfilment) in nodes(value, "fulfillments").into_iter().enumerate() {
        read_fulfilment(fulfilment, Some(&order), &format!("{at}.fulfillments[{index}]"), parsed);
    }
    order.currency = currency;
    parsed.orders.push(order);
}

/// The first payment that went through, where the payload carries its transactions.
fn paid_at(value: &Value) -> Option<jiff::Timestamp> {
    let paid = |transaction: &&Value| {
        let is = |field: &str, words: [&str; 2]| {
            text(transaction, field).is_some_and(|word| words.contains(&word.to_ascii_lowercase().as_str()))
        };
        is("kind", ["sale", "capture"]) && is("status", ["success", "completed"])
    };
    let transactions = nodes(value, "transactions");
    transactions
        .into_iter()
        .filter(paid)
        .filter_map(|paid| first_instant(paid, &["processed_at", "created_at", "processedAt", "createdAt"]))
        .min()
}

/// "gid://shopify/Order/450789469" is 450789469.
fn plain_id(id: &str) -> String {
    let id = id.rsplit('/').next().unwrap_or(id);
    id.split('?').next().unwrap_or(id).to_owned()
}

fn address(value: &Value) -> AddressDraft {
    let full_name = || {
        let names = [first_text(value, &["first_name", "firstName"]), first_text(value, &["last_name", "lastName"])];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some(name)
    };
    AddressDraft {
        name: text(value, "name").or_else(full_name),
        company: text(value, "company"),
        lines: [text(value, "address1"), text(value, "address2")].into_iter().flatten().collect(),
        city: text(value, "city"),
        region: first_text(value, &["province_code", "provinceCode", "province"]),
        postal_code: text(value, "zip"),
        country: first_text(value, &["country_code", "countryCodeV2", "countryCode", "country"])
            .map(|c| country_code(&c)),
    }
}

fn line_item(item: &Value, index: usize, unit_price: Option<i64>) -> LineItemDraft {
    let ships = ["requires_shipping", "requiresShipping"].into_iter().find_map(|name| item.get(name)?.as_bool());
    let gift_card = ["gift_card", "isGiftCard"].into_iter().find_map(|name| item.get(name)?.as_bool());
    LineItemDraft {
        source_id: text(item, "id").map_or_else(|| (index + 1).to_string(), |id| plain_id(&id)),
        sku: text(item, "sku"),
        product_id: first_text(item, &["product_id", "product.id"]).map(|id| plain_id(&id)),
        title: first_text(item, &["title", "name"]).map(|title| plain(&title)).unwrap_or_default(),
        variant: first_text(item, &["variant_title", "variantTitle"]).filter(|variant| variant != "Default Title"),
        quantity: item.get("quantity").and_then(Value::as_i64).unwrap_or(1),
        unit_price,
        image: first_text(item, &["image.url", "image.src", "image.originalSrc"]),
        needs_shipping: ships.unwrap_or(true) && !gift_card.unwrap_or(false),
    }
}

/// One shipment a tracking number. With several numbers Shopify does not say which item rides in which parcel: every
/// one of them is given all, so that nothing of the fulfilment is shown as still to ship.
fn read_fulfilment(value: &Value, order: Option<&OrderDraft>, at: &str, parsed: &mut Parsed) {
    let numbers = tracking_numbers(value);
    let fulfilment_id = text(value, "id").map(|id| plain_id(&id));
    let cancelled = text(value, "status").filter(|status| status.eq_ignore_ascii_case("cancelled"));
    let state = first_text(value, &["shipment_status", "displayStatus"]).filter(|state| !is_paperwork(state));
    let status_code = cancelled.or(state);
    let mut events = Vec::new();
    for (index, told) in nodes(value, "events").into_iter().enumerate() {
        match fulfilment_event(told, &format!("{at}.events[{index}]")) {
            Ok(event) => events.push(event),
            Err(refusal) => parsed.refused.push(refusal),
        }
    }
    sort_events(&mut events);
    let estimate = ["estimated_delivery_at", "estimatedDeliveryAt"].into_iter().find_map(|name| estimate(value, name));
    for (number, company) in numbers {
        parsed.shipments.push(ShipmentDraft {
            tracking_number: number,
            carrier: company.map(|name| carrier_id(&name)),
            order_number: order.map(|order| order.number.clone()).or_else(|| order_number_of(value)),
            order_source_id: order
                .and_then(|order| order.source_id.clone())
                .or_else(|| first_text(value, &["order_id", "order.id"]).map(|id| plain_id(&id))),
            fulfilment_id: fulfilment_id.clone(),
            status: status_code.as_deref().map(status),
            status_code: status_code.clone(),
            estimate: estimate.clone(),
            origin: reading::at(value, "origin_address").map(place).filter(|place| !place.is_empty()),
            items: shipped_items(value),
            events: events.clone(),
            ..ShipmentDraft::default()
        });
    }
}

/// What a display status says of the shop's paperwork alone, and not of the parcel.
fn is_paperwork(state: &str) -> bool {
    matches!(state, "FULFILLED" | "MARKED_AS_FULFILLED" | "SUBMITTED")
}

/// Each number once, with the company that carries it.
fn tracking_numbers(value: &Value) -> Vec<(String, Option<String>)> {
    let company =
        first_text(value, &["tracking_company", "tracking_info.company"]).filter(|name| name != "null-company");
    let listed = list_of_texts(value, "tracking_numbers")
        .into_iter()
        .chain(first_text(value, &["tracking_number", "tracking_info.number"]));
    let plain = listed.map(|number| (number, company.clone()));
    let graph =
        list(value, "trackingInfo").iter().filter_map(|info| Some((text(info, "number")?, text(info, "company"))));
    let mut numbers: Vec<(String, Option<String>)> = Vec::new();
    for (number, company) in plain.chain(graph) {
        if !numbers.iter().any(|(known, _)| *known == number) {
            numbers.push((number, company));
        }
    }
    numbers
}

fn list_of_texts(value: &Value, name: &str) -> Vec<String> {
    let items = value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned))
        .collect()
}

/// A fulfilment's own name is its order's and a position: "#1001.1", later "#1001-F1".
fn order_number_of(value: &Value) -> Option<String> {
    if let Some(number) = text(value, "order.name") {
        return Some(number);
    }
    let name = text(value, "name")?;
    let (number, position) = name.rsplit_once("-F").or_else(|| name.rsplit_once('.'))?;
    (!number.is_empty() && position.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.to_owned())
}

fn shipped_items(value: &Value) -> Vec<ShippedItem> {
    let plain = nodes(value, "line_items").into_iter().filter_map(|item| Some((text(item, "id")?, item)));
    let graph =
        nodes(value, "fulfillmentLineItems").into_iter().filter_map(|item| Some((text(item, "lineItem.id")?, item)));
    plain
        .chain(graph)
        .map(|(id, item)| ShippedItem {
            line_item: plain_id(&id),
            quantity: item.get("quantity").and_then(Value::as_i64).unwrap_or(1),
        })
        .collect()
}

fn read_fulfilment_event(value: &Value, at: &str, parsed: &mut Parsed) {
    match fulfilment_event(value, at) {
        Ok(event) => parsed.shipments.push(ShipmentDraft {
            order_source_id: text(value, "order_id").map(|id| plain_id(&id)),
            fulfilment_id: text(value, "fulfillment_id").map(|id| plain_id(&id)),
            estimate: estimate(value, "estimated_delivery_at"),
            events: vec![event],
            ..ShipmentDraft::default()
        }),
        Err(refusal) => parsed.refused.push(refusal),
    }
}

fn fulfilment_event(value: &Value, at: &str) -> Result<TrackingEvent, Refusal> {
    let refused = |reason: &str| Refusal { at: at.to_owned(), reason: reason.to_owned() };
    let place = place(value);
    let written = first_text(value, &["happened_at", "happenedAt", "created_at", "createdAt"])
        .ok_or_else(|| refused("the fulfilment event has no time"))?;
    let time = written_time(&written).ok_or_else(|| refused(&format!("{written:?} is no time")))?;
    let code = text(value, "status");
    Ok(TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: text(value, "id").map(|id| plain_id(&id)),
            text: text(value, "message").or_else(|| code.clone()).unwrap_or_default(),
            time: written,
            place: super::super::aggregator::raw_place(value, &["city", "province", "zip", "country"]),
            code: code.clone(),
        },
        status: code.as_deref().map_or(Status::Unknown, status),
        time: time.event_time(&place, None),
        place,
    })
}

fn place(value: &Value) -> EventPlace {
    EventPlace {
        city: text(value, "city"),
        region: first_text(value, &["province_code", "provinceCode", "province"]),
        postal_code: text(value, "zip"),
        country: first_text(value, &["country_code", "countryCode", "country"]).map(|country| country_code(&country)),
        facility: None,
    }
}

fn estimate(value: &Value, name: &str) -> Option<EstimateDraft> {
    let time = written_time(&text(value, name)?)?;
    Some(EstimateDraft { earliest: None, latest: Some(time.expected()) })
}

/// `shipment_status`, `displayStatus` or an event's `status`: lower case in REST, upper case in GraphQL.
pub fn status(code: &str) -> Status {
    match code.to_ascii_uppercase().as_str() {
        "LABEL_PURCHASED" | "LABEL_PRINTED" | "CONFIRMED" => Status::LabelCreated,
        "CARRIER_PICKED_UP" => Status::Accepted,
        "IN_TRANSIT" => Status::InTransit,
        "DELAYED" => Status::DelayedCarrier,
        "OUT_FOR_DELIVERY" => Status::OnVehicle,
        "READY_FOR_PICKUP" | "READY_FOR_RECIPIENT_PICKUP" => Status::ReadyForPickup,
        "PICKED_UP" => Status::DeliveredCollected,
        "ATTEMPTED_DELIVERY" => Status::AttemptOther,
        "DELIVERED" => Status::Delivered,
        "FAILURE" => Status::Undeliverable,
        "BUYER_ACTION_REQUIRED" => Status::ActionRequired,
        "RETURNING_TO_SENDER" => Status::Returning,
        // Of a whole fulfilment, not of its events.
        "CANCELLED" | "CANCELED" => Status::Cancelled,
        "NOT_DELIVERED" => Status::Undeliverable,
        _ => Status::Unknown,
    }
}
