//! WooCommerce: orders (one, a list, a batch answer, as pushed), with the tracking numbers that its usual plugins keep
//! in an order's meta data. Times are read from the `_gmt` fields, which are UTC without saying so.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::sources::country::country_code;
use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, list, plain, text, written_time};
use crate::sources::{
    AddressDraft, LineItemDraft, OrderDraft, Parsed, Refusal, ShipmentDraft, ShippedItem, carrier_id,
};

use super::{add_new, first_text, rounded_minor_units};

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        // The ping that WooCommerce sends when a webhook is saved.
        Payload::Text(text) => text.starts_with("webhook_id="),
        Payload::Json(value) => {
            let batch = ["create", "update", "delete"].into_iter().find_map(|name| value.get(name)?.item(0));
            [Some(value), value.item(0), batch].into_iter().flatten().any(|value| {
                is_order(value) || is_other_resource(value) || value.get("webhook_id").is_some() || is_error(value)
            })
        }
        Payload::Xml(_) => false,
    }
}

fn is_order(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    has("line_items") && (has("order_key") || has("date_created_gmt") || has("shipping_lines") && has("billing"))
}

fn is_other_resource(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    has("date_created_gmt")
        && (has("delivery_url") || has("permalink") || has("discount_type") || has("is_paying_customer"))
}

fn is_error(value: &Value) -> bool {
    text(value, "code").is_some_and(|code| code.starts_with("woocommerce_") || code.starts_with("rest_"))
        && value.get("message").is_some()
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let mut refuse = |at: &str, reason: String| parsed.refused.push(Refusal { at: at.to_owned(), reason });
    match payload {
        Payload::Json(value) if is_error(value) => {
            let reason = text(value, "message").unwrap_or_default();
            refuse("code", format!("WooCommerce answered with an error: {reason}"));
        }
        Payload::Json(value) => read_any(value, "", &mut parsed),
        Payload::Text(text) if text.starts_with("webhook_id=") => {
            refuse("payload", format!("{}WooCommerce tries out a new webhook", Refusal::IGNORED));
        }
        _ => refuse("payload", "WooCommerce writes JSON, and this is none".to_owned()),
    }
    parsed
}

fn read_any(value: &Value, at: &str, parsed: &mut Parsed) {
    if let Value::Array(orders) = value {
        for (index, order) in orders.iter().enumerate() {
            read_any(order, &format!("{at}[{index}]"), parsed);
        }
    } else if is_order(value) {
        read_order(value, at, parsed);
    } else if value.get("create").is_some() || value.get("update").is_some() {
        // What a batch deleted is gone: it says nothing of an order.
        for name in ["create", "update"] {
            for (index, order) in list(value, name).iter().enumerate() {
                read_any(order, &format!("{name}[{index}]"), parsed);
            }
        }
    } else {
        let reason = format!("{}this WooCommerce payload is no order", Refusal::IGNORED);
        parsed.refused.push(Refusal { at: if at.is_empty() { "payload".to_owned() } else { at.to_owned() }, reason });
    }
}

fn read_order(value: &Value, at: &str, parsed: &mut Parsed) {
    let Some(number) = first_text(value, &["number", "id"]) else {
        let reason = "the order has no number".to_owned();
        parsed.refused.push(Refusal { at: at.to_owned(), reason });
        return;
    };
    let currency = text(value, "currency");
    let state = text(value, "status").unwrap_or_default();
    let state = state.strip_prefix("wc-").unwrap_or(&state);
    let updated_at = utc(value, "date_modified");
    let mut order = OrderDraft {
        number,
        source_id: text(value, "id"),
        placed_at: utc(value, "date_created"),
        paid_at: utc(value, "date_paid"),
        // "Completed" is the shop's word for "packed and handed over".
        packed_at: utc(value, "date_completed"),
        cancelled_at: updated_at.filter(|_| state == "cancelled"),
        updated_at,
        locale: meta(value, "wpml_language").or_else(|| meta(value, "_wpml_language")),
        total: text(value, "total").and_then(|total| rounded_minor_units(&total, currency.as_deref().unwrap_or(""))),
        address: address(value, "shipping").or_else(|| address(value, "billing")),
        ..OrderDraft::default()
    };
    add_new(&mut order.emails, [text(value, "billing.email"), text(value, "shipping.email")]);
    add_new(&mut order.phones, [text(value, "billing.phone"), text(value, "shipping.phone")]);
    for (index, item) in list(value, "line_items").iter().enumerate() {
        let unit_price = unit_price(item, currency.as_deref().unwrap_or(""));
        if unit_price.is_none() && first_text(item, &["price", "total"]).is_some() {
            let at = format!("{at}.line_items[{index}].price");
            parsed.refused.push(Refusal { at, reason: "it is no amount of money".to_owned() });
        }
        order.items.push(line_item(item, index, unit_price));
    }
    read_trackings(value, &order, at, parsed);
    order.currency = currency;
    parsed.orders.push(order);
}

/// The `_gmt` field as UTC. The plain field is the shop's local time, whose zone nobody tells.
fn utc(value: &Value, name: &str) -> Option<Timestamp> {
    match written_time(&text(value, &format!("{name}_gmt"))?)? {
        WrittenTime::Local(local) => Offset::UTC.to_timestamp(local).ok(),
        written => written.instant(),
    }
}

fn address(value: &Value, name: &str) -> Option<AddressDraft> {
    let field = |field: &str| text(value, &format!("{name}.{field}"));
    let full_name = [field("first_name"), field("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let address = AddressDraft {
        name: (!full_name.is_empty()).then_some(full_name),
        company: field("company"),
        lines: [field("address_1"), field("address_2")].into_iter().flatten().collect(),
        city: field("city"),
        region: field("state"),
        postal_code: field("postcode"),
        country: field("country").map(|country| country_code(&country)),
    };
    // Orders of downloads alone carry a shipping address of empty fields.
    (!address.lines.is_empty() || address.city.is_some() || address.postal_code.is_some()).then_some(address)
}

/// `price` is what remains after discounts, divided by the quantity: often not a whole number of cents.
fn unit_price(item: &Value, currency: &str) -> Option<i64> {
    let quantity = item.get("quantity").and_then(Value::as_i64).filter(|quantity| *quantity > 0).unwrap_or(1);
    let from_total = || Some(rounded_minor_units(&text(item, "total")?, currency)? / quantity);
    text(item, "price").and_then(|price| rounded_minor_units(&price, currency)).or_else(from_total)
}

fn line_item(item: &Value, index: usize, unit_price: Option<i64>) -> LineItemDraft {
    let options: Vec<String> = list(item, "meta_data")
        .iter()
        .filter(|meta| text(meta, "key").is_some_and(|key| !key.starts_with('_')))
        .filter_map(|meta| first_text(meta, &["display_value", "value"]))
        .map(|value| plain(&value))
        .collect();
    let varies = item.get("variation_id").and_then(Value::as_i64).is_some_and(|id| id != 0);
    LineItemDraft {
        source_id: text(item, "id").unwrap_or_else(|| (index + 1).to_string()),
        sku: text(item, "sku"),
        product_id: text(item, "product_id").filter(|id| id != "0"),
        title: text(item, "name").map(|name| plain(&name)).unwrap_or_default(),
        variant: (varies && !options.is_empty()).then(|| options.join(", ")),
        quantity: item.get("quantity").and_then(Value::as_i64).unwrap_or(1),
        unit_price,
        image: text(item, "image.src"),
        needs_shipping: !item.get("virtual").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// Meta data whose value is a list of parcels, written as such or as JSON in a text.
const LISTS: [&str; 5] = [
    "_wc_shipment_tracking_items",
    "wc_connect_labels",
    "_aftership_tracking_items",
    "_parcel_panel_shipments",
    "_shipment_trackings",
];

/// Meta data of one parcel: number and carrier, each under its own key.
const PAIRS: [(&str, &str); 5] = [
    ("_tracking_number", "_tracking_provider"),
    ("tracking_number", "tracking_provider"),
    ("ywot_tracking_code", "ywot_carrier_name"),
    ("_wcst_order_trackno", "_wcst_order_trackname"),
    ("_aftership_tracking_number", "_aftership_tracking_provider_name"),
];

fn read_trackings(value: &Value, order: &OrderDraft, at: &str, parsed: &mut Parsed) {
    for meta in list(value, "meta_data") {
        let Some(key) = text(meta, "key").filter(|key| LISTS.contains(&key.as_str())) else { continue };
        let items = match meta.get("value") {
            Some(Value::String(written)) if written.trim().is_empty() => continue,
            Some(Value::String(written)) => match Value::read(written) {
                Ok(items) => items,
                Err(error) => {
                    let reason = format!("the text is no JSON: {error}");
                    parsed.refused.push(Refusal { at: format!("{at}.meta_data.{key}"), reason });
                    continue;
                }
            },
            Some(items) => items.clone(),
            None => continue,
        };
        let items = match items {
            Value::Array(items) => items,
            // PHP writes a list whose first item was removed as an object.
            Value::Object(items) if !items.contains_key("tracking_number") => {
                items.sorted().into_iter().map(|(_, item)| item.clone()).collect()
            }
            item => vec![item],
        };
        items.iter().for_each(|item| read_tracking(item, order, parsed));
    }
    for item in list(value, "shipment_trackings").iter().chain(list(value, "shipments")) {
        read_tracking(item, order, parsed);
    }
    for (number, carrier) in PAIRS {
        if let Some(number) = meta(value, number) {
            push_shipment(number, meta(value, carrier), Vec::new(), order, parsed);
        }
    }
}

fn read_tracking(item: &Value, order: &OrderDraft, parsed: &mut Parsed) {
    // A label that was refunded or failed never goes anywhere.
    let void = text(item, "status").is_some_and(|status| status == "PURCHASE_ERROR")
        || item.get("refund").is_some_and(Value::is_object);
    let Some(number) = first_text(item, &["tracking_number", "tracking", "tracking_id_number"]).filter(|_| !void)
    else {
        return;
    };
    let carrier = first_text(
        item,
        &[
            "custom_tracking_provider",
            "tracking_provider",
            "carrier_id",
            "formatted_tracking_provider",
            "shipping_provider",
            "slug",
        ],
    );
    let items = list(item, "products_list")
        .iter()
        .filter_map(|product| {
            let line = first_text(product, &["item_id", "line_item_id"]).or_else(|| {
                let product_id = text(product, "product")?;
                let line = order.items.iter().find(|line| line.product_id.as_deref() == Some(&product_id))?;
                Some(line.source_id.clone())
            })?;
            let quantity = first_text(product, &["qty", "quantity"]).and_then(|quantity| quantity.parse().ok());
            Some(ShippedItem { line_item: line, quantity: quantity.unwrap_or(1) })
        })
        .collect();
    push_shipment(number, carrier, items, order, parsed);
}

fn push_shipment(
    number: String,
    carrier: Option<String>,
    items: Vec<ShippedItem>,
    order: &OrderDraft,
    parsed: &mut Parsed,
) {
    let known = parsed
        .shipments
        .iter()
        .any(|known| known.tracking_number == number && known.order_number.as_deref() == Some(&order.number));
    if !known {
        parsed.shipments.push(ShipmentDraft {
            tracking_number: number,
            carrier: carrier.map(|name| carrier_id(&name)),
            order_number: Some(order.number.clone()),
            order_source_id: order.source_id.clone(),
            items,
            ..ShipmentDraft::default()
        });
    }
}

fn meta(value: &Value, key: &str) -> Option<String> {
    let found = list(value, "meta_data").iter().find(|meta| meta.get("key").and_then(Value::as_str) == Some(key))?;
    text(found, "value")
}
