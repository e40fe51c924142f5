//! Payloads of shops, and the whole of what each is read as.

use serde_json::{Value, json};

use crate::sources::Parsed;
use crate::sources::samples;
use crate::sources::shop::olist::{OlistFiles, read_orders};
use crate::sources::source::{Source, parse};
use crate::sources::told::{as_json, told};
use crate::testing::fixtures;

fn fixture(name: &str) -> Option<String> {
    Some(std::fs::read_to_string(fixtures::folder()?.join(name)).expect("a fixture"))
}

fn line(id: &str, sku: &str, variant: &str) -> Value {
    json!({"source_id": id, "sku": sku, "product_id": "632910392", "title": "IPod Nano - 8gb", "variant": variant,
        "quantity": 1, "unit_price": 19900, "needs_shipping": true})
}

#[test]
fn shopify_order_with_a_fulfilment() {
    let Some(body) = fixture("webhooks/shopify_python_api/order.json") else { return };
    let want = json!({
        "orders": [{
            "number": "#1001",
            "source_id": "450789469",
            "placed_at": "2008-01-10T16:00:00Z",
            "updated_at": "2008-01-10T16:00:00Z",
            "emails": ["bob.norman@hostmail.com"],
            "phones": ["555-625-1199"],
            "currency": "USD",
            "total": 40994,
            "address": {"name": "Bob Norman", "lines": ["Chestnut Street 92"], "city": "Louisville", "region": "KY", "postal_code": "40202", "country": "US"},
            "items": [line("466157049", "IPOD2008GREEN", "green"), line("518995019", "IPOD2008RED", "red"), line("703073504", "IPOD2008BLACK", "black")],
        }],
        "shipments": [{
            "tracking_number": "1Z2345",
            "order_number": "#1001",
            "order_source_id": "450789469",
            "fulfilment_id": "255858046",
            "items": [{"line_item": "466157049", "quantity": 1}],
        }],
    });
    assert_eq!(told(Source::Shopify, &body), want);
    // A webhook carries the order bare.
    let bare = serde_json::from_str::<Value>(&body).expect("JSON")["order"].to_string();
    assert_eq!(told(Source::Shopify, &bare), want);
}

#[test]
fn shopify_fulfilment_of_two_parcels_and_its_event() {
    let body = r##"{"id":77,"order_id":45,"name":"#1001-F2","status":"success","created_at":"2026-05-04T10:00:00+02:00",
        "tracking_company":"UPS®","shipment_status":"out_for_delivery","tracking_number":"1Z1","tracking_numbers":["1Z1","1Z2"],
        "tracking_urls":[],"line_items":[{"id":1,"quantity":2}]}"##;
    let parcel = |number: &str| {
        json!({"tracking_number": number, "carrier": "ups", "order_number": "#1001", "order_source_id": "45", "fulfilment_id": "77",
            "status": "out_for_delivery.on_vehicle", "status_code": "out_for_delivery", "items": [{"line_item": "1", "quantity": 2}]})
    };
    assert_eq!(told(Source::Shopify, body), json!({"shipments": [parcel("1Z1"), parcel("1Z2")]}));
    let event = r#"{"id":9,"fulfillment_id":77,"order_id":45,"status":"delivered","message":"At the door","happened_at":"2026-05-05T10:00:00-05:00",
        "city":"Chicago","province":"IL","country":"US","zip":"60601","estimated_delivery_at":"2026-05-05T12:00:00-05:00"}"#;
    assert_eq!(
        told(Source::Shopify, event),
        json!({"shipments": [{
            "tracking_number": "",
            "order_source_id": "45",
            "fulfilment_id": "77",
            "estimate": {"latest": "2026-05-05T17:00:00Z"},
            "events": [["2026-05-05T15:00:00Z offset", "delivered.delivered", "delivered", "At the door", "Chicago, IL, US"]],
        }]})
    );
}

#[test]
fn shopify_graphql_answer() {
    let body = r##"{"data":{"orders":{"edges":[{"node":{"id":"gid://shopify/Order/45","name":"#1002","email":"a@b.example","phone":null,
        "createdAt":"2026-05-04T08:00:00Z","updatedAt":"2026-05-05T08:00:00Z","cancelledAt":null,"currencyCode":"JPY","customerLocale":"ja-JP",
        "totalPriceSet":{"shopMoney":{"amount":"1200.0","currencyCode":"JPY"}},"displayFulfillmentStatus":"FULFILLED",
        "shippingAddress":{"firstName":"A","lastName":"B","address1":"1-1","city":"Tokyo","provinceCode":"JP-13","zip":"100","countryCodeV2":"JP"},
        "lineItems":{"nodes":[{"id":"gid://shopify/LineItem/1","title":"Gift card","quantity":1,"requiresShipping":false,"originalUnitPriceSet":{"shopMoney":{"amount":"1200"}}}]},
        "fulfillments":[{"id":"gid://shopify/Fulfillment/7","status":"SUCCESS","displayStatus":"IN_TRANSIT","estimatedDeliveryAt":"2026-05-07T00:00:00Z",
            "trackingInfo":[{"number":"400000000000","company":"Yamato (EN)","url":"x"}],
            "fulfillmentLineItems":{"edges":[{"node":{"quantity":1,"lineItem":{"id":"gid://shopify/LineItem/1"}}}]},
            "events":{"nodes":[{"id":"gid://shopify/FulfillmentEvent/3","status":"IN_TRANSIT","happenedAt":"2026-05-05T01:00:00Z","message":null,"city":"Tokyo","country":"JP"}]}}]}}]}}}"##;
    assert_eq!(
        told(Source::Shopify, body),
        json!({
            "orders": [{
                "number": "#1002",
                "source_id": "45",
                "placed_at": "2026-05-04T08:00:00Z",
                "updated_at": "2026-05-05T08:00:00Z",
                "emails": ["a@b.example"],
                "locale": "ja-JP",
                "currency": "JPY",
                "total": 1200,
                "address": {"name": "A B", "lines": ["1-1"], "city": "Tokyo", "region": "JP-13", "postal_code": "100", "country": "JP"},
                "items": [{"source_id": "1", "title": "Gift card", "quantity": 1, "unit_price": 1200, "needs_shipping": false}],
            }],
            "shipments": [{
                "tracking_number": "400000000000",
                "carrier": "yamato",
                "order_number": "#1002",
                "order_source_id": "45",
                "fulfilment_id": "7",
                "status": "in_transit.in_transit",
                "status_code": "IN_TRANSIT",
                "estimate": {"latest": "2026-05-07T00:00:00Z"},
                "items": [{"line_item": "1", "quantity": 1}],
                "events": [["2026-05-05T01:00:00Z offset", "in_transit.in_transit", "IN_TRANSIT", "IN_TRANSIT", "Tokyo, JP"]],
            }],
        })
    );
}

#[test]
fn shopify_says_what_it_cannot_read_and_ignores_what_is_not_ours() {
    let body = r##"{"orders":[{"id":1,"line_items":[],"financial_status":"paid"},{"id":2,"name":"#2","order_number":2,"currency":"USD","total_price":"ten","line_items":[]}]}"##;
    let told_orders = told(Source::Shopify, body);
    assert_eq!(told_orders["orders"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        told_orders["refused"],
        json!([
            "orders[0]: the order has no name and no number",
            "orders[1].total_price: \"ten\" is no amount of money"
        ])
    );
    for name in ["product.json", "refund.json"] {
        let Some(body) = fixture(&format!("webhooks/shopify_python_api/{name}")) else { return };
        let parsed = parse(None, body.as_bytes());
        assert!(parsed.refused.len() == 1 && parsed.refused[0].is_ignored(), "{name}");
    }
    assert!(
        told(Source::Shopify, r#"{"errors":"Not Found","order":{}}"#)["refused"][0]
            .as_str()
            .is_some_and(|r| r.contains("Not Found"))
    );
}

#[test]
fn woocommerce_order_with_tracking_plugins() {
    let body = r#"{"id":727,"number":"727-A","order_key":"wc_order_1","status":"cancelled","currency":"EUR","date_created_gmt":"2026-05-04T08:00:00",
        "date_modified_gmt":"2026-05-05T08:00:00","date_paid_gmt":null,"date_completed_gmt":"2026-05-04T18:00:00","total":"10.00",
        "billing":{"first_name":"Ann","last_name":"","address_1":"Weg 1","city":"Ulm","postcode":"89073","country":"DE","email":"ann@x.example","phone":"+49 731 1"},
        "shipping":{"first_name":"","last_name":"","address_1":"","city":"","postcode":"","country":""},
        "meta_data":[
            {"key":"_wc_shipment_tracking_items","value":[{"tracking_provider":"","custom_tracking_provider":"DHL","tracking_number":"00340","date_shipped":"1714816800","products_list":[{"product":"93","qty":"2"}]}]},
            {"key":"_aftership_tracking_items","value":"[{\"slug\":\"gls\",\"tracking_number\":\"GLS1\"}]"},
            {"key":"_tracking_number","value":"00340"},{"key":"_tracking_provider","value":"dhl"},
            {"key":"wc_connect_labels","value":"{broken"}],
        "line_items":[{"id":315,"name":"Woo &ndash; <b>Lamp</b>","product_id":93,"variation_id":0,"quantity":3,"total":"10.00","price":3.3333333333,"sku":"L","image":{"src":"https://shop.example/l.png"}}]}"#;
    assert_eq!(
        told(Source::Woocommerce, body),
        json!({
            "orders": [{
                "number": "727-A",
                "source_id": "727",
                "placed_at": "2026-05-04T08:00:00Z",
                "packed_at": "2026-05-04T18:00:00Z",
                "cancelled_at": "2026-05-05T08:00:00Z",
                "updated_at": "2026-05-05T08:00:00Z",
                "emails": ["ann@x.example"],
                "phones": ["+49 731 1"],
                "currency": "EUR",
                "total": 1000,
                "address": {"name": "Ann", "lines": ["Weg 1"], "city": "Ulm", "postal_code": "89073", "country": "DE"},
                "items": [{"source_id": "315", "sku": "L", "product_id": "93", "title": "Woo – Lamp", "quantity": 3, "unit_price": 333,
                    "image": "https://shop.example/l.png", "needs_shipping": true}],
            }],
            "shipments": [
                {"tracking_number": "00340", "carrier": "dhl", "order_number": "727-A", "order_source_id": "727", "items": [{"line_item": "315", "quantity": 2}]},
                {"tracking_number": "GLS1", "carrier": "gls", "order_number": "727-A", "order_source_id": "727"},
            ],
            "refused": [".meta_data.wc_connect_labels: the text is no JSON: key must be a string at line 1 column 2"],
        })
    );
    let batch = fixture("webhooks/woocommerce_docs/wp-api-v3_orders_6.json");
    assert!(batch.is_none_or(|body| parse(None, body.as_bytes()).orders.len() == 3));
    assert!(parse(None, b"webhook_id=12").refused[0].is_ignored());
}

#[test]
fn doorstep_envelope_with_an_order_and_its_parcel() {
    assert_eq!(
        told(Source::Doorstep, samples::DOORSTEP_JSON),
        json!({
            "orders": [{
                "number": "#7",
                "source_id": "o7",
                "placed_at": "2026-05-04T07:30:00Z",
                "ship_by": "2026-05-05",
                "promised": {"earliest": "2026-05-07", "latest": "2026-05-08"},
                "fulfilment_centre": "Ulm",
                "emails": ["a@b.example"],
                "phones": ["+49 1"],
                "locale": "de-DE",
                "currency": "EUR",
                "total": 5990,
                "address": {"name": "A", "lines": ["Weg 1"], "city": "Ulm", "postal_code": "89073", "country": "DE"},
                "items": [{"source_id": "1", "sku": "L", "title": "Lamp", "quantity": 1, "unit_price": 5990, "image": "https://x.example/l.png", "needs_shipping": true}],
            }],
            "shipments": [{
                "tracking_number": "00340",
                "carrier": "dhl",
                "service": "Paket",
                "order_number": "#7",
                "order_source_id": "o7",
                "estimate": {"latest": "2026-05-08"},
                "proof": {"signed_by": "A"},
                "pickup": {"name": "Kiosk", "until": "2026-05-12", "code": "42"},
                "origin": {"city": "Ulm", "country": "DE"},
                "items": [{"line_item": "1", "quantity": 1}],
                "events": [
                    ["2026-05-04 none", "unknown.unknown", "XY", "", ""],
                    ["2026-05-04T16:00:00Z offset", "in_transit.accepted", "AA", "", ""],
                    ["2026-05-05T06:00:00Z offset", "available_for_pickup.ready", "available_for_pickup", "At the kiosk", "Ulm, DE"],
                ],
            }],
            "refused": [
                "data.shipments[0].events[2].status: \"shipped\" is no status; write one such as in_transit.arrived_facility, or a raw code as code",
                "data.shipments[0].events[3]: \"soon\" is no time of an event",
            ],
        })
    );
}

#[test]
fn doorstep_csv_puts_rows_together_and_refuses_by_line() {
    assert_eq!(
        told(Source::Doorstep, samples::DOORSTEP_CSV),
        json!({
            "orders": [{
                "number": "1001",
                "placed_at": "2026-05-04T07:30:00Z",
                "emails": ["a@b.example"],
                "currency": "EUR",
                "items": [
                    {"source_id": "L", "sku": "L", "title": "Lamp; big", "quantity": 1, "unit_price": 5990, "needs_shipping": true},
                    {"source_id": "B", "sku": "B", "title": "Bulb", "quantity": 2, "unit_price": 450, "needs_shipping": true},
                ],
            }],
            "shipments": [{
                "tracking_number": "1Z1",
                "carrier": "ups",
                "order_number": "1001",
                "items": [{"line_item": "L", "quantity": 1}],
                "events": [
                    ["2026-05-04T16:00:00Z offset", "in_transit.accepted", "in_transit.accepted", "", "Ulm, DE"],
                    ["2026-05-05T16:00:00Z offset", "delivered.delivered", "delivered", "", "Ulm, DE"],
                ],
            }],
            "refused": [
                "line 5 placed_at: \"yesterday\" is no time with its offset, such as 2026-05-04T09:30:00+02:00",
                "line 6: it has neither an order_number nor a tracking_number",
                "line 7: an event needs a tracking_number",
                "line 8 quantity: \"some\" is no quantity, such as 2",
                "line 9: it has 3 fields, the header has 14",
                "line 10: the status \"delivered\" has no event_time",
            ],
        })
    );
    let no_key = parse(Some(Source::Doorstep), b"name,age\nx,1\n");
    assert_eq!(no_key.refused[0].at, "line 1");
}

fn olist() -> Option<Parsed> {
    let folder = fixtures::folder()?.join("datasets/olist");
    let texts = OlistFiles::NAMES.map(|name| std::fs::read_to_string(folder.join(name)).expect("a table"));
    let [orders, items, customers, sellers, payments, products] = texts.each_ref().map(String::as_str);
    Some(read_orders(OlistFiles { orders, items, customers, sellers, payments, products }))
}

#[test]
fn olist_orders_are_read_all() {
    let Some(parsed) = olist() else { return };
    assert!(parsed.refused.is_empty(), "{:?}", parsed.refused.first());
    assert_eq!(parsed.orders.len(), 5984);
    let numbers: std::collections::HashSet<&str> =
        parsed.shipments.iter().map(|s| s.tracking_number.as_str()).collect();
    assert_eq!(numbers.len(), parsed.shipments.len(), "each parcel has a number of its own");
    assert!(parsed.shipments.iter().all(|shipment| shipment.order_number.is_some() && !shipment.events.is_empty()));
}

#[test]
fn olist_order_joined_from_its_tables() {
    let parsed = read_orders(OlistFiles {
        orders: "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n\
            c58cff333993bb6b7161d7ec1350eef3,c1,delivered,2018-03-27 18:00:43,2018-03-29 03:28:47,2018-03-29 21:48:48,2018-04-06 02:32:49,2018-04-18 00:00:00\n\
            d58cff333993bb6b7161d7ec1350eef3,c1,unavailable,2018-01-27 18:00:43,2018-01-29 03:28:47,,,2018-04-18 00:00:00\n\
            e58cff333993bb6b7161d7ec1350eef3,c1,delivered,not yet,,,,\n",
        items: "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n\
            c58cff333993bb6b7161d7ec1350eef3,1,p1,s1,2018-03-30 10:10:18,48.9,12.79\n\
            c58cff333993bb6b7161d7ec1350eef3,2,p1,s1,2018-03-30 10:10:18,free,12.79\n",
        customers: "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,9790,sao bernardo do campo,SP\n",
        sellers: "seller_id,seller_zip_code_prefix,seller_city,seller_state\ns1,62016,sobral,CE\n",
        payments: "order_id,payment_sequential,payment_type,payment_installments,payment_value\nc58cff333993bb6b7161d7ec1350eef3,1,card,1,40.00\nc58cff333993bb6b7161d7ec1350eef3,2,voucher,1,21.69\n",
        products: "product_id,product_category_name\np1,esporte_lazer\n",
    });
    let address = json!({"city": "Sao Bernardo do Campo", "region": "SP", "postal_code": "09790", "country": "BR"});
    assert_eq!(
        as_json(&parsed),
        json!({
            "orders": [
                {
                    "number": "c58cff333993bb6b7161d7ec1350eef3",
                    "source_id": "c58cff333993bb6b7161d7ec1350eef3",
                    "placed_at": "2018-03-27T21:00:43Z",
                    "paid_at": "2018-03-29T06:28:47Z",
                    "ship_by": "2018-03-30",
                    "promised": {"latest": "2018-04-18"},
                    "currency": "BRL",
                    "total": 6169,
                    "address": address,
                    "items": [{"source_id": "1", "sku": "p1", "product_id": "p1", "title": "esporte lazer", "quantity": 1, "unit_price": 4890, "needs_shipping": true}],
                },
                {
                    "number": "d58cff333993bb6b7161d7ec1350eef3",
                    "source_id": "d58cff333993bb6b7161d7ec1350eef3",
                    // Brazil kept summer time in January 2018.
                    "placed_at": "2018-01-27T20:00:43Z",
                    "paid_at": "2018-01-29T05:28:47Z",
                    "cancelled_at": "2018-01-29T05:28:47Z",
                    "promised": {"latest": "2018-04-18"},
                    "currency": "BRL",
                    "address": address,
                },
            ],
            "shipments": [{
                "tracking_number": "OLC58CFF333993BB6B",
                "carrier": "olist",
                "order_number": "c58cff333993bb6b7161d7ec1350eef3",
                "order_source_id": "c58cff333993bb6b7161d7ec1350eef3",
                "origin": {"city": "Sobral", "region": "CE", "postal_code": "62016", "country": "BR"},
                "destination": address,
                "items": [{"line_item": "1", "quantity": 1}],
                "events": [
                    ["2018-03-30T00:48:48Z assumed", "in_transit.accepted", "order_delivered_carrier_date", "Handed over to the carrier", "Sobral, CE, BR"],
                    ["2018-04-06T05:32:49Z assumed", "delivered.delivered", "order_delivered_customer_date", "Delivered to the customer", "Sao Bernardo do Campo, SP, BR"],
                ],
            }],
            "refused": [
                "items line 3: a number in it cannot be read",
                "orders line 4: \"not yet\" is no purchase time",
            ],
        })
    );
}
