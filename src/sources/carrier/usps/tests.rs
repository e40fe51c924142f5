use super::codes::status_of;
use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read, read_text};
use crate::tracking::event::ZoneCertainty;
use crate::tracking::status::Status;

#[test]
fn a_v3_answer_is_read_whole() {
    let Some(parsed) = read("omniship/track_usps_arrived_response.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.tracking_number, "9261290289104185136058");
    assert_eq!(shipment.service.as_deref(), Some("Parcel Select"));
    assert_eq!(shipment.unique_id.as_deref(), Some("301474508"));
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::DeliveredMailbox), Some("01")));
    assert_eq!(
        lines(&parsed, 0),
        [
            "2024-11-19T09:27:00 none info_received.label_created GX | ",
            "2024-11-19T21:24:00Z offset in_transit.arrived_facility 81 | NIAGARA FALLS, NY, US",
            "2024-11-21T17:01:00 none in_transit.accepted 80 | ",
            "2024-11-22T05:28:00Z offset in_transit.arrived_facility 81 | GLENDALE HEIGHTS, IL, US",
            "2024-11-22T13:43:00Z offset in_transit.departed_facility 82 | GLENDALE HEIGHTS, IL, US",
            "2024-11-22T22:20:00Z offset in_transit.arrived_facility A1 | OAK CREEK, WI, US",
            "2024-11-22T23:22:00Z offset in_transit.accepted AD | OAK CREEK, WI, US",
            "2024-11-23T09:41:00Z offset in_transit.arrived_facility A1 | MILWAUKEE, WI, US",
            "2024-11-23T10:10:00Z offset in_transit.departed_facility T1 | OAK CREEK, WI, US",
            "2024-11-23T10:35:00Z offset in_transit.arrived_facility A1 | MILWAUKEE, WI, US",
            "2024-11-23T12:07:00Z offset in_transit.departed_facility T1 | MILWAUKEE, WI, US",
            "2024-11-23T12:22:00Z offset in_transit.arrived_facility A1 | MILWAUKEE, WI, US",
            "2024-11-23T14:17:00Z offset in_transit.at_local_facility 07 | MILWAUKEE, WI, US",
            "2024-11-23T14:28:00Z offset out_for_delivery.on_vehicle OF | MILWAUKEE, WI, US",
            "2024-11-23T19:10:00Z offset delivered.mailbox 01 | MILWAUKEE, WI, US",
        ]
    );
}

#[test]
fn a_gmt_day_that_was_not_rolled_over_is_not_believed() {
    let event = |more: &str| {
        let body = format!(
            r#"{{"trackingNumber":"92001","mailClass":"Ground","trackingEvents":[{{"eventCode":"81","eventType":"Arrived",
            "eventTimestamp":"2024-11-21T23:28:00","GMTTimestamp":"2024-11-21T05:28:33Z"{more},"eventCity":"GLENDALE HEIGHTS",
            "eventState":"IL","eventZIP":"60139"}}]}}"#
        );
        let parsed = read_text(&body);
        parsed.shipments[0].events[0].clone()
    };
    for more in [r#","GMTOffset":"-06:00""#, ""] {
        let event = event(more);
        assert_eq!(event.time.to_text(), "2024-11-22T05:28:00Z");
        assert_eq!(event.time.zone, ZoneCertainty::Offset);
    }
}

#[test]
fn an_xml_answer_is_read_whole_and_its_markup_dropped() {
    let Some(parsed) = read("shipit/usps_delivered.xml") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.service.as_deref(), Some("First-Class Package Service"));
    let day = Expected::Day(jiff::civil::date(2014, 2, 13));
    assert_eq!(shipment.estimate.as_ref().and_then(|estimate| estimate.latest), Some(day));
    assert_eq!(
        lines(&parsed, 0)[..3],
        [
            "2014-02-10 none info_received.label_created MA | ",
            "2014-02-10 none in_transit.departed_facility EF | CITY OF INDUSTRY, CA, US",
            "2014-02-10T19:31:00Z place in_transit.accepted 03 | POMONA, CA, US",
        ]
    );
    assert_eq!(lines(&parsed, 0)[8], "2014-02-13T18:24:00Z place delivered.delivered 01 | CHICAGO, IL, US");
}

#[test]
fn an_event_without_a_time_is_named_and_not_lost_in_silence() {
    let Some(parsed) = read("active_shipping/usps__tracking_response_alt.xml") else { return };
    assert_eq!(parsed.shipments[0].events.len(), 1);
    assert_eq!(parsed.shipments[0].events[0].place.country.as_deref(), Some("CA"));
    assert_eq!(parsed.refused.len(), 1);
    assert!(parsed.refused[0].reason.contains("NP"), "{:?}", parsed.refused);
}

#[test]
fn an_error_under_200_is_a_refusal_or_a_parcel_without_data() {
    let Some(failure) = read("active_shipping/usps__tracking_response_failure.xml") else { return };
    assert_eq!(failure.shipments[0].status, Some(Status::PendingNoData));
    let Some(broken) = read("active_shipping/usps__invalid_xml_tracking_response_error.xml") else { return };
    assert!(broken.shipments.is_empty() && broken.refused[0].reason.contains("-2147219067"));
    let Some(unknown) = read("omniship/track_usps_not_found_response.json") else { return };
    assert!(unknown.shipments.is_empty() && !unknown.refused[0].reason.contains('<'));
}

#[test]
fn a_predicted_window_is_the_newest_estimate() {
    let body = r#"{"trackingNumber":"92001","mailClass":"Ground","trackingEvents":[],"deliveryDateExpectation":
        {"expectedDeliveryDate":"2025-03-05","predictedDeliveryDate":"2025-03-04","predictedDeliveryWindowStartTime":"13:15",
        "predictedDeliveryWindowEndTime":"17:15"}}"#;
    let estimate = read_text(body).shipments[0].estimate.clone().unwrap();
    assert_eq!(estimate.earliest, Some(Expected::Local(jiff::civil::datetime(2025, 3, 4, 13, 15, 0, 0))));
    assert_eq!(estimate.latest, Some(Expected::Local(jiff::civil::datetime(2025, 3, 4, 17, 15, 0, 0))));
}

#[test]
fn a_code_says_what_happened_and_a_name_says_more_only_where_it_may() {
    let table = [
        ("01", "Delivered, Front Desk/Reception/Mail Room", Status::DeliveredReception),
        ("01", "Delivered, To Original Sender", Status::Returned),
        ("01", "Refused", Status::Delivered),
        ("02", "", Status::AttemptNoticeLeft),
        ("04", "Delivered", Status::Refused),
        ("09", "", Status::Returning),
        ("14", "", Status::ReadyForPickup),
        ("23", "", Status::RecipientMoved),
        ("51", "", Status::AttemptBusinessClosed),
        ("NT", "In Transit, Arriving Late", Status::DelayedCarrier),
        ("NT", "In Transit to Next Facility", Status::InTransit),
        ("", "Inbound Into Customs", Status::CustomsStarted),
        ("59", "Delivery Exception, Animal Interference", Status::AttemptNoAccess),
        ("ZZ", "", Status::Unknown),
        ("ZZ", "Something new", Status::Unknown),
    ];
    for (code, name, status) in table {
        assert_eq!(status_of(code, name), status, "{code} {name}");
    }
}
