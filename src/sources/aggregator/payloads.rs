//! Payloads of aggregators, and the whole of what each is read as.

use serde_json::json;

use crate::sources::samples;
use crate::sources::source::Source;
use crate::sources::told::told;
use crate::testing::fixtures;

fn fixture(name: &str) -> Option<String> {
    Some(std::fs::read_to_string(fixtures::folder()?.join(name)).expect("a fixture"))
}

#[test]
fn easypost_event() {
    let Some(body) = fixture("webhooks/easypost/event-body.json") else { return };
    assert_eq!(
        told(Source::Easypost, &body),
        json!({"shipments": [{
            "tracking_number": "1",
            "carrier": "fedex",
            "service": "FEDEX_GROUND",
            "status": "in_transit.arrived_facility",
            "status_code": "in_transit/arrived_at_facility",
            "estimate": {"latest": "2024-08-05"},
            "origin": {"city": "ORLANDO", "region": "FL", "country": "US", "postal_code": "32809"},
            "destination": {"facility": "BROOKLYN HGTS NY US"},
            "events": [
                ["2024-07-31T15:00:00Z offset", "info_received.label_created", "pre_transit/label_created/OC", "Shipment information sent to FedEx", "US"],
                ["2024-07-31T19:27:00Z offset", "in_transit.arrived_facility", "in_transit/arrived_at_facility/PU", "Picked up", "ORLANDO, FL, US"],
                ["2024-07-31T22:35:00Z offset", "in_transit.arrived_facility", "in_transit/arrived_at_facility/AR", "Arrived at FedEx location", "ORLANDO, FL, US"],
                ["2024-08-01T14:42:13Z offset", "in_transit.departed_facility", "in_transit/departed_facility/DP", "Departed FedEx location", "ORLANDO, FL, US"],
                ["2024-08-02T02:46:19Z offset", "in_transit.in_transit", "in_transit/IT", "On the way", "KENLY, NC, US"],
                ["2024-08-02T18:35:20Z offset", "in_transit.in_transit", "in_transit/IT", "On the way", "EDISON TWP, NJ, US"],
                ["2024-08-02T18:50:00Z offset", "in_transit.arrived_facility", "in_transit/arrived_at_facility/AR", "Arrived at FedEx location", "EDISON, NJ, US"],
            ],
        }]})
    );
}

#[test]
fn easypost_error_and_same_second_pair() {
    assert_eq!(
        told(Source::Easypost, r#"{"object":"Tracker","error":{"code":"TRACKER.CREATE.ERROR","message":"Not found"}}"#),
        json!({"refused": ["error: EasyPost answered with an error: Not found"]})
    );
    let body = r#"{"object":"Tracker","tracking_code":"X1","status":"return_to_sender","status_detail":"arrived_at_facility",
        "tracking_details":[
            {"status":"in_transit","message":"Arrived","datetime":"2024-05-01T10:00:00Z"},
            {"status":"in_transit","message":"Departed","datetime":"2024-05-01T10:00:00Z"},
            {"status":"in_transit","message":"Departed","datetime":"2024-05-01T10:00:00Z"},
            {"status":"pre_transit","message":"Label","datetime":"2024-05-01T00:00:00Z"},
            {"status":"teleported","message":"?","datetime":"2024-05-02T00:00:01Z"},
            {"status":"delivered","message":"no time"},
            {"status":"delivered","message":"bad","datetime":"yesterday"}]}"#;
    assert_eq!(
        told(Source::Easypost, body),
        json!({
            "shipments": [{
                "tracking_number": "X1",
                "status": "returning.in_progress",
                "status_code": "return_to_sender/arrived_at_facility",
                "events": [
                    ["2024-05-01 none", "info_received.label_created", "pre_transit", "Label", ""],
                    ["2024-05-01T10:00:00Z offset", "in_transit.in_transit", "in_transit", "Arrived", ""],
                    ["2024-05-01T10:00:00Z offset", "in_transit.in_transit", "in_transit/Departed", "Departed", ""],
                    ["2024-05-02T00:00:01Z offset", "unknown.unknown", "teleported", "?", ""],
                ],
            }],
            "refused": [
                "tracking_details[5]: the event has no time",
                "tracking_details[6]: \"yesterday\" is no time",
            ],
        })
    );
}

#[test]
fn aftership_push_of_the_dated_versions() {
    let body = r#"{"event":"tracking_update","event_id":"e","msg":{"id":"t","tracking_number":"LV1","slug":"usps","tag":"Exception",
        "subtag":"Exception_004","order_number":"1001","order_id":"55","origin_country_region":"CHN","destination_country_region":"USA",
        "destination_state":"NY","destination_city":"New York","signed_by":null,
        "courier_estimated_delivery_date":{"estimated_delivery_date":"2026-05-07","estimated_delivery_date_min":"2026-05-05","estimated_delivery_date_max":null},
        "checkpoints":[
            {"checkpoint_time":"2026-05-02T08:00:00","city":"Shenzhen","country_region":"CHN","message":"Held","tag":"Exception","subtag":"Exception_004","raw_tag":null},
            {"checkpoint_time":"2026-05-01T08:00:00+08:00","city":null,"location":"SHENZHEN","country_region":"CHN","message":"Picked up","tag":"InTransit","subtag":"InTransit_002"},
            {"checkpoint_time":"2026-05-03","message":"New","tag":"InTransit","subtag":"InTransit_999"}]},"ts":1}"#;
    assert_eq!(
        told(Source::Aftership, body),
        json!({"shipments": [{
            "tracking_number": "LV1",
            "carrier": "usps",
            "order_number": "1001",
            "order_source_id": "55",
            "status": "exception.customs_hold",
            "status_code": "Exception_004",
            "estimate": {"earliest": "2026-05-05", "latest": "2026-05-07"},
            "origin": {"country": "CN"},
            "destination": {"city": "New York", "region": "NY", "country": "US"},
            "events": [
                ["2026-05-01T00:00:00Z offset", "in_transit.accepted", "InTransit_002", "Picked up", "CN"],
                ["2026-05-02T00:00:00Z place", "exception.customs_hold", "Exception_004", "Held", "Shenzhen, CN"],
                ["2026-05-03 none", "in_transit.in_transit", "InTransit_999", "New", ""],
            ],
        }]})
    );
    assert_eq!(
        told(Source::Aftership, r#"{"meta":{"code":4004,"message":"Tracking does not exist."},"data":{}}"#),
        json!({"refused": ["meta.code: AfterShip answered with error 4004: Tracking does not exist."]})
    );
}

#[test]
fn shippo_answer_of_a_delivered_parcel() {
    let Some(body) = fixture("aggregators/shippo/test_create_1.json") else { return };
    let told = told(Source::Shippo, &body);
    let shipment = &told["shipments"][0];
    assert_eq!(shipment["carrier"], "usps");
    assert_eq!(shipment["status"], "delivered.delivered");
    assert_eq!(shipment["estimate"], json!({"latest": "2016-12-08"}));
    let events = shipment["events"].as_array().expect("events");
    assert_eq!(events.len(), 11, "the latest status stands in the history too: {events:?}");
    // Midnight sharp is a day: it stands at noon, among that day's scans.
    assert_eq!(
        events[1],
        json!([
            "2016-12-07 none",
            "unknown.unknown",
            "UNKNOWN",
            "The USPS has received the electronic shipment information and is awaiting the item.",
            ""
        ])
    );
    assert_eq!(
        events[10],
        json!([
            "2016-12-08T15:19:00Z offset",
            "delivered.delivered",
            "DELIVERED",
            "Your shipment has been delivered at the destination mailbox.",
            "Berkeley, CA, US"
        ])
    );
}

#[test]
fn shippo_push_with_substatus() {
    let body = r#"{"event":"track_updated","test":false,"data":{"carrier":"usps","tracking_number":"92","eta":"2026-05-07T18:00:00Z",
        "servicelevel":{"token":"usps_priority","name":"Priority Mail"},"address_to":{"city":"Chicago","state":"IL","zip":"60611","country":"US"},
        "tracking_status":{"status":"TRANSIT","status_date":"2026-05-05T12:04:00Z","status_details":"Your shipment has departed.",
            "substatus":{"code":"package_departed","text":"Package has departed.","action_required":false},
            "location":{"city":"Las Vegas","state":"NV","zip":"89101","country":"US"}},
        "tracking_history":[{"status":"PRE_TRANSIT","status_date":"2026-05-04T12:00:00Z","status_details":"Label","substatus":{"code":"information_received","text":""},"location":null}]}}"#;
    assert_eq!(
        told(Source::Shippo, body),
        json!({"shipments": [{
            "tracking_number": "92",
            "carrier": "usps",
            "service": "Priority Mail",
            "status": "in_transit.departed_facility",
            "status_code": "TRANSIT/package_departed",
            "estimate": {"latest": "2026-05-07T18:00:00Z"},
            "destination": {"city": "Chicago", "region": "IL", "postal_code": "60611", "country": "US"},
            "events": [
                ["2026-05-04T12:00:00Z offset", "info_received.label_created", "PRE_TRANSIT/information_received", "Label", ""],
                ["2026-05-05T12:04:00Z offset", "in_transit.departed_facility", "TRANSIT/package_departed", "Your shipment has departed.", "Las Vegas, NV, US"],
            ],
        }]})
    );
    assert_eq!(
        told(Source::Shippo, r#"{"carrier": ["Invalid value specified for provider 'X'"]}"#),
        json!({"refused": ["payload: Shippo answered with an error: carrier: Invalid value specified for provider 'X'"]})
    );
}

#[test]
fn shipengine_push_with_both_clocks() {
    assert_eq!(
        told(Source::Shipengine, samples::SHIPENGINE),
        json!({"shipments": [{
            "tracking_number": "94",
            "status": "delivered.neighbour",
            "status_code": "DE/DELIVERED_TO_NEIGHBOUR",
            "carrier": "usps",
            "estimate": {"latest": "2026-05-06"},
            "proof": {"signed_by": "J. DOE", "photo": "https://pod.example/1.png"},
            "events": [
                ["2026-05-05T08:00:00Z offset", "in_transit.in_transit", "IT/ZZ", "?", ""],
                ["2026-05-06T13:00:00Z place", "out_for_delivery.on_vehicle", "IT/OUT_FOR_DELIVERY/OF", "Out for Delivery", "AUSTIN, TX, US"],
                ["2026-05-06T16:10:00Z offset", "delivered.neighbour", "DE/DELIVERED_TO_NEIGHBOUR/01", "Delivered to neighbour", "AUSTIN, TX, US"],
            ],
        }]})
    );
    assert_eq!(
        told(Source::Shipengine, r#"{"request_id":"r","errors":[{"message":"Tracking number not found"}]}"#),
        json!({"refused": ["errors[0]: ShipEngine answered with an error: Tracking number not found"]})
    );
}

#[test]
fn seventeentrack_push() {
    let body = r#"{"event":"TRACKING_UPDATED","data":{"number":"RR1","carrier":3011,"track_info":{
        "shipping_info":{"shipper_address":{"country":"CN"},"recipient_address":{"country":"US","state":"CA","city":"LOS ANGELES"}},
        "latest_status":{"status":"Exception","sub_status":"Exception_Returning"},
        "time_metrics":{"estimated_delivery_date":{"source":"Official","from":"2026-05-06T00:00:00-07:00","to":"2026-05-08T00:00:00-07:00"}},
        "misc_info":{"service_type":"ePacket"},
        "tracking":{"providers":[{"provider":{"key":3011,"name":"China Post"},"events":[
            {"time_iso":"2026-05-03T10:00:00+08:00","time_utc":"2026-05-03T02:00:00Z","time_raw":{"date":"2026-05-03","time":"10:00:00","timezone":null},"description":"Departed","location":"SHANGHAI","stage":"Departure","sub_status":"InTransit_Departure","address":{"country":"CN","city":null}},
            {"time_iso":"2026-05-02T00:00:00+08:00","time_raw":{"date":"2026-05-02","time":null,"timezone":null},"description":"Accepted","location":"","stage":"PickedUp","sub_status":null,"address":{"country":null}},
            {"time_iso":"2026-05-04T09:00:00","time_raw":{"date":"2026-05-04","time":"09:00:00","timezone":null},"description":"At sea","location":"","stage":null,"sub_status":"InTransit_Other","address":{}}]}]}}}}"#;
    assert_eq!(
        told(Source::Seventeentrack, body),
        json!({"shipments": [{
            "tracking_number": "RR1",
            "carrier": "china_post",
            "service": "ePacket",
            "status": "returning.in_progress",
            "status_code": "Exception_Returning",
            "estimate": {"earliest": "2026-05-06", "latest": "2026-05-08"},
            "origin": {"country": "CN"},
            "destination": {"country": "US", "region": "CA", "city": "LOS ANGELES"},
            "events": [
                ["2026-05-02 none", "in_transit.accepted", "PickedUp", "Accepted", ""],
                ["2026-05-03T02:00:00Z offset", "in_transit.left_origin_country", "InTransit_Departure", "Departed", "CN"],
                ["2026-05-04T09:00:00 none", "in_transit.in_transit", "InTransit_Other", "At sea", ""],
            ],
        }]})
    );
}

#[test]
fn seventeentrack_answers_with_what_it_refuses() {
    let body = r#"{"code":0,"data":{"accepted":[{"origin":1,"number":"RR1","carrier":21051}],
        "rejected":[{"number":"1","error":{"code":-18010012,"message":"The format of '1' is invalid."}}]}}"#;
    assert_eq!(
        told(Source::Seventeentrack, body),
        json!({
            "shipments": [{"tracking_number": "RR1", "carrier": "usps"}],
            "refused": ["data.rejected[0]: 1: The format of '1' is invalid."],
        })
    );
    assert_eq!(
        told(
            Source::Seventeentrack,
            r#"{"code":-18010002,"data":{"errors":[{"code":-18010002,"message":"Invalid security key."}]}}"#
        ),
        json!({"refused": ["data.errors[0]: 17TRACK answered with an error: Invalid security key."]})
    );
}

#[test]
fn karrio_push() {
    assert_eq!(
        told(Source::Karrio, samples::KARRIO),
        json!({"shipments": [{
            "tracking_number": "1Z12345E6605272234",
            "carrier": "ups",
            "order_number": "1001",
            "status": "in_transit.in_transit",
            "status_code": "in_transit",
            "estimate": {"latest": "2026-05-07"},
            "destination": {"country": "US"},
            "events": [
                ["2026-05-04 none", "unknown.unknown", "MP", "Label", ""],
                ["2026-05-05T20:15:00 none", "unknown.unknown", "DP", "Departed", "Roland"],
                ["2026-05-06T13:15:00Z place", "out_for_delivery.on_vehicle", "out_for_delivery/OT", "Out for Delivery", "CHICAGO, IL, US"],
            ],
        }]})
    );
}

#[test]
fn ups_track_alert() {
    let Some(body) = fixture(
        "webhooks/ups_official_docs/UPSTrackAlert_webhooks_TrackingEvent_post_requestBody_content_application_json_examples_1.json",
    ) else {
        return;
    };
    assert_eq!(
        told(Source::Ups, &body),
        json!({"shipments": [{
            "tracking_number": "1Z204W4R0308071865",
            "carrier": "ups",
            "estimate": {"latest": "2024-04-23"},
            "events": [["2024-04-23T13:15:19Z offset", "out_for_delivery.on_vehicle", "OT", "Out for Delivery", "Charlotte, NC, US"]],
        }]})
    );
    let delivered = r#"{"trackingNumber":"1Z204W4R0308071865","localActivityDate":"20240423","localActivityTime":"095004",
        "activityLocation":{"city":"CHARLOTTE","stateProvince":"NC","postalCode":"28209","country":"US"},
        "activityStatus":{"type":"D","code":"FS","description":"Delivered","descriptionCode":"011"},"scheduledDeliveryDate":"20191014",
        "gmtOffset":"-04.00","actualDeliveryDate":"20240423","actualDeliveryTime":"095004","receivedBy":"John"}"#;
    assert_eq!(
        told(Source::Ups, delivered),
        json!({"shipments": [{
            "tracking_number": "1Z204W4R0308071865",
            "carrier": "ups",
            "proof": {"signed_by": "John"},
            "events": [["2024-04-23T13:50:04Z offset", "delivered.delivered", "FS", "Delivered", "CHARLOTTE, NC, US"]],
        }]})
    );
}
