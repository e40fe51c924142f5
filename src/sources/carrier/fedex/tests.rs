use super::codes::status_of;
use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read, read_text};
use crate::tracking::status::Status;

#[test]
fn a_reply_is_read_whole_and_a_pickup_told_by_its_day_stands_behind_the_label() {
    let Some(parsed) = read("active_shipping/fedex__tracking_response_delivered_at_door.xml") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.unique_id.as_deref(), Some("12013~403934084723025~FDEG"));
    assert_eq!((shipment.status, shipment.proof.as_ref()), (Some(Status::Delivered), None));
    assert_eq!(
        lines(&parsed, 0),
        [
            "2014-01-03T20:03:00Z offset info_received.label_created OC | US",
            "2014-01-03 none in_transit.accepted PU | CAMBRIDGE, OH, US",
            "2014-01-04T05:43:00Z offset in_transit.arrived_facility AR | GROVE CITY, OH, US",
            "2014-01-04T19:30:17Z offset in_transit.departed_facility DP | GROVE CITY, OH, US",
            "2014-01-08T04:14:00Z offset in_transit.arrived_facility AR | TROUTDALE, OR, US",
            "2014-01-08T05:54:07Z offset in_transit.departed_facility DP | TROUTDALE, OR, US",
            "2014-01-08T10:15:57Z offset in_transit.in_transit IT | PASCO, WA, US",
            "2014-01-08T13:46:00Z offset in_transit.arrived_facility AR | SPOKANE, WA, US",
            "2014-01-08T14:33:00Z offset out_for_delivery.on_vehicle OD | SPOKANE, WA, US",
            "2014-01-08T20:53:10Z offset delivered.delivered DL | Spokane, WA, US",
        ]
    );
}

#[test]
fn the_sites_answer_is_read_whole() {
    let Some(parsed) = read("sauladam_shipment_tracker/Fedex__fedex_shipment.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.service.as_deref(), Some("FedEx Ground"));
    assert_eq!(shipment.unique_id.as_deref(), Some("12018~746965179400~FDEG"));
    assert_eq!(shipment.estimate.as_ref().and_then(|e| e.latest), Some(Expected::Day(jiff::civil::date(2018, 10, 19))));
    assert_eq!(shipment.proof, None, "\"Signature not required\" signed nothing");
    assert_eq!(
        lines(&parsed, 0),
        [
            "2018-10-18T18:56:00Z offset info_received.label_created OC | ",
            "2018-10-18 none in_transit.accepted PU | CONKLIN, NY",
            "2018-10-18T22:30:00Z offset in_transit.arrived_facility AR | CONKLIN, NY",
            "2018-10-19T00:06:48Z offset in_transit.departed_facility DP | CONKLIN, NY",
            "2018-10-19T04:17:00Z offset in_transit.arrived_facility AR | LEWISBERRY, PA",
            "2018-10-19T06:22:45Z offset in_transit.departed_facility DP | LEWISBERRY, PA",
            "2018-10-19T11:10:00Z offset in_transit.arrived_facility AR | NEW CASTLE, DE",
            "2018-10-19T11:19:00Z offset out_for_delivery.on_vehicle OD | NEW CASTLE, DE",
            "2018-10-19T15:41:04Z offset delivered.delivered DL | Wilmington, DE",
        ]
    );
}

#[test]
fn a_rest_answer_is_read_whole_and_scans_of_one_second_stay_apart() {
    let Some(parsed) = read("omniship/track_fedex_response.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::Delivered), Some("DL")));
    assert_eq!(shipment.proof.as_ref().and_then(|proof| proof.signed_by.as_deref()), Some("Reciever"));
    let estimate = shipment.estimate.as_ref().unwrap();
    assert_eq!(estimate.earliest, Some(Expected::Local(jiff::civil::datetime(2024, 8, 14, 15, 18, 10, 0))));
    assert_eq!(shipment.events.len(), 4);
    for line in lines(&parsed, 0) {
        assert!(line.starts_with("2024-08-12T20:18:10Z offset in_transit.accepted PU/"), "{line}");
    }
}

#[test]
fn one_number_with_two_shipments_is_two_told_apart_by_their_unique_ids() {
    let result = |id: &str, code: &str| {
        format!(
            r#"{{"trackingNumberInfo":{{"trackingNumber":"77","trackingNumberUniqueId":"{id}"}},"latestStatusDetail":{{"code":"{code}"}},
            "scanEvents":[{{"date":"2024-01-31T10:00:00-05:00","eventType":"{code}","eventDescription":"x"}}]}}"#
        )
    };
    let body = format!(
        r#"{{"output":{{"completeTrackResults":[{{"trackingNumber":"77","trackResults":[{},{}]}}]}}}}"#,
        result("1~77~FX", "DL"),
        result("2~77~FX", "HP")
    );
    let shipments = read_text(&body).shipments;
    let told: Vec<_> = shipments.iter().map(|shipment| (shipment.unique_id.as_deref(), shipment.status)).collect();
    assert_eq!(
        told,
        [(Some("1~77~FX"), Some(Status::Delivered)), (Some("2~77~FX"), Some(Status::ReadyForPickup))],
        "HP is ready for pickup here, and on hold at DHL Express"
    );
}

#[test]
fn a_verbatim_repeat_is_one_event() {
    let scan = r#"{"date":"2024-01-31T10:00:00-05:00","eventType":"AR","derivedStatusCode":"IT"}"#;
    let body = format!(
        r#"{{"output":{{"completeTrackResults":[{{"trackingNumber":"77","trackResults":[{{"trackingNumberInfo":
        {{"trackingNumber":"77"}},"scanEvents":[{scan},{scan}]}}]}}]}}}}"#
    );
    assert_eq!(read_text(&body).shipments[0].events.len(), 1);
}

#[test]
fn an_error_is_a_parcel_without_data_or_a_refusal() {
    for (file, status) in [
        ("not_found", Status::PendingNoData),
        ("invalid_tracking_number", Status::PendingInvalidNumber),
        ("failure_code_9045", Status::TrackerError),
    ] {
        let Some(parsed) = read(&format!("active_shipping/fedex__tracking_response_{file}.xml")) else { return };
        assert_eq!(parsed.shipments[0].status, Some(status), "{file}");
    }
    let Some(parsed) = read("active_shipping/fedex__tracking_response_unable_to_process.xml") else { return };
    assert!(parsed.shipments.is_empty() && parsed.refused[0].reason.starts_with("6330"));
    let rest = r#"{"output":{"completeTrackResults":[{"trackingNumber":"77","trackResults":[{"trackingNumberInfo":
        {"trackingNumber":"77"},"error":{"code":"TRACKING.TRACKINGNUMBER.NOTFOUND","message":"…"}}]}]}}"#;
    assert_eq!(read_text(rest).shipments[0].status, Some(Status::PendingNoData));
    let denied = r#"{"transactionId":"1","errors":[{"code":"NOT.AUTHORIZED.ERROR","message":"…"}]}"#;
    assert_eq!(read_text(denied).refused.len(), 1);
}

#[test]
fn an_exception_code_refines_an_exception_and_nothing_else() {
    let table = [
        ("SE", "07", "", Status::Refused),
        ("DE", "08", "", Status::AttemptNoOneHome),
        ("DE", "A03", "", Status::AddressIssue),
        ("SE", "002", "", Status::ExceptionOther),
        ("DY", "", "Local weather delay - Delivery not attempted", Status::Weather),
        ("SE", "", "International shipment release - Import", Status::CustomsCleared),
        ("CD", "55", "", Status::CustomsHold),
        ("DL", "02", "Left at front door.", Status::DeliveredSafePlace),
        ("AR", "07", "Refused by recipient", Status::ArrivedFacility),
        ("HL", "", "", Status::ReadyForPickup),
        ("ZZ", "", "", Status::Unknown),
    ];
    for (event, code, text, status) in table {
        assert_eq!(status_of(event, code, text), status, "{event} {code} {text}");
    }
}
