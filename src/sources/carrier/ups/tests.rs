use super::codes::{finer_text, status_of};
use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read, read_text};
use crate::tracking::status::Status;

#[test]
fn a_rest_answer_is_read_whole() {
    let Some(parsed) = read("omniship/track_ups_response.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.service.as_deref(), Some("UPS Express®"));
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::CustomsStarted), Some("092")));
    assert_eq!(shipment.origin.as_ref().map(|place| place.to_text()).as_deref(), Some("Brussels, BE"));
    assert_eq!(shipment.destination.as_ref().map(|place| place.to_text()).as_deref(), Some("CAIRNS, AU"));
    let mut told = lines(&parsed, 0);
    // Two scans of one second stand in the order of their content.
    told[2..4].sort();
    told[4..6].sort();
    assert_eq!(
        told,
        [
            "2024-03-18T11:49:17Z offset info_received.label_created MP | BE",
            "2024-03-18T14:44:03Z offset in_transit.accepted PU | Lummen, BE",
            "2024-03-18T17:16:05Z offset in_transit.customs_cleared DA | ",
            "2024-03-18T17:16:05Z offset in_transit.customs_started RZ | Lummen, BE",
            "2024-03-18T17:36:23Z offset exception.documents_required BB | Lummen, BE",
            "2024-03-18T17:36:23Z offset in_transit.customs_cleared RZ | ",
            "2024-03-18T19:03:06Z offset in_transit.accepted OR | Lummen, BE",
            "2024-03-18T20:23:34Z offset in_transit.customs_started BB | ",
            "2024-03-18T20:23:34Z offset in_transit.customs_started RZ | Lummen, BE",
            "2024-03-18T20:38:29Z offset in_transit.customs_cleared RZ | ",
            "2024-03-18T21:10:00Z offset in_transit.departed_facility DP | Lummen, BE",
            "2024-03-18T23:34:00Z offset in_transit.arrived_facility AR | Koeln, DE",
            "2024-03-19T03:50:00Z offset in_transit.departed_facility DP | Koeln, DE",
            "2024-03-19T15:22:00Z offset in_transit.arrived_facility AR | Shenzhen, CN",
            "2024-03-19T19:20:00Z offset in_transit.departed_facility DP | Shenzhen, CN",
            "2024-03-19T23:07:00Z offset in_transit.arrived_facility AR | Changi, SG",
            "2024-03-20T11:08:38Z offset in_transit.customs_started 092 | ",
        ]
    );
}

#[test]
fn a_sample_full_of_placeholders_tells_what_it_has() {
    let Some(parsed) = read("omniship/track_ups_mi_response.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.tracking_number, "1Z023E2X0214323462");
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::CustomsCleared), Some("SR")));
    assert_eq!((&shipment.estimate, &shipment.proof, &shipment.pickup), (&None, &None, &None));
    assert_eq!(lines(&parsed, 0), ["2024-03-20T11:08:38Z offset in_transit.customs_started 092 | "]);
}

#[test]
fn a_number_without_data_is_pending() {
    let Some(parsed) = read("omniship/track_ups_not_found_response.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.tracking_number, "1Z9912350341235622");
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::PendingNoData), Some("TW0001")));
}

#[test]
fn an_xml_answer_is_read_whole_and_a_rescheduled_date_counts() {
    let Some(parsed) = read("shipit/ups_rescheduled.xml") else { return };
    let shipment = &parsed.shipments[0];
    let day = Some(Expected::Day(jiff::civil::date(2014, 10, 24)));
    let estimate = shipment.estimate.as_ref().unwrap();
    assert_eq!((estimate.earliest, estimate.latest), (day, day), "moved earlier, from the 27th");
    assert_eq!(
        lines(&parsed, 0),
        [
            "2014-10-23T05:38:00Z place in_transit.accepted OR | DAVENPORT, IA, US",
            "2014-10-23T06:10:42 none info_received.label_created MP | US",
            "2014-10-23T07:52:00Z place in_transit.departed_facility DP | DAVENPORT, IA, US",
            "2014-10-23T11:15:00Z place in_transit.arrived_facility AR | HODGKINS, IL, US",
        ]
    );
    let Some(parsed) = read("shipit/ups_delivered.xml") else { return };
    let proof = parsed.shipments[0].proof.as_ref().unwrap();
    assert_eq!(proof.signed_by.as_deref(), Some("HELEN SMITH"));
}

#[test]
fn soap_and_its_errors_are_read_too() {
    let soap = r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://www.ups.com/XMLSchema/XOLTWS/Track/v2.0"
        xmlns:c="c"><e:Body><t:TrackResponse><c:Response><c:ResponseStatus><c:Code>1</c:Code></c:ResponseStatus></c:Response>
        <t:Shipment><t:InquiryNumber><t:Value>1Z1</t:Value></t:InquiryNumber><t:Package><t:TrackingNumber>1Z1</t:TrackingNumber>
        <t:Activity><t:ActivityLocation><t:Address><t:City>ROMA</t:City><t:CountryCode>IT</t:CountryCode></t:Address></t:ActivityLocation>
        <t:Status><t:Type>D</t:Type><t:Description>DELIVERED</t:Description><t:Code>KB</t:Code></t:Status>
        <t:Date>20240131</t:Date><t:Time>101500</t:Time></t:Activity></t:Package></t:Shipment></t:TrackResponse></e:Body></e:Envelope>"#;
    assert_eq!(lines(&read_text(soap), 0), ["2024-01-31T09:15:00Z place delivered.delivered KB | ROMA, IT"]);
    let error = "<TrackResponse><Response><ResponseStatusCode>0</ResponseStatusCode><Error><ErrorCode>151018</ErrorCode>\
        <ErrorDescription>Invalid tracking number</ErrorDescription></Error></Response></TrackResponse>";
    assert_eq!(read_text(error).refused[0].reason, "151018: Invalid tracking number");
    let rest = r#"{"response":{"errors":[{"code":"TV1002","message":"Invalid inquiry number"}]}}"#;
    assert_eq!(read_text(rest).refused[0].reason, "TV1002: Invalid inquiry number");
}

#[test]
fn scans_of_one_second_and_place_stay_apart_by_their_digits() {
    let activity = |digits: &str| {
        format!(
            r#"{{"status":{{"type":"X","code":"RZ","statusCode":"{digits}"}},"date":"20240318","time":"183623","gmtOffset":"+01:00"}}"#
        )
    };
    let body = format!(
        r#"{{"trackResponse":{{"shipment":[{{"package":[{{"trackingNumber":"1Z1","activity":[{},{}]}}]}}]}}}}"#,
        activity("012"),
        activity("014")
    );
    assert_eq!(
        lines(&read_text(&body), 0),
        [
            "2024-03-18T17:36:23Z offset in_transit.customs_started RZ/012 | ",
            "2024-03-18T17:36:23Z offset in_transit.customs_cleared RZ/014 | ",
        ]
    );
}

#[test]
fn an_offset_is_computed_where_only_both_clocks_are_told() {
    let body = r#"{"trackResponse":{"shipment":[{"package":[{"trackingNumber":"1Z1","deliveryDate":[{"type":"SDD","date":"20240401"}],
        "deliveryTime":{"type":"EDW","startTime":"130000","endTime":"170000"},"activity":[{"status":{"type":"I","code":"AR"},
        "date":"20240320","time":"070700","gmtDate":"20240319","gmtTime":"23:07:00"}]}]}]}}"#;
    let parsed = read_text(body);
    assert_eq!(lines(&parsed, 0), ["2024-03-19T23:07:00Z offset in_transit.arrived_facility AR | "]);
    let estimate = parsed.shipments[0].estimate.as_ref().unwrap();
    assert_eq!(estimate.earliest, Some(Expected::Local(jiff::civil::datetime(2024, 4, 1, 13, 0, 0, 0))));
}

#[test]
fn digits_then_letters_then_type_say_what_happened() {
    let table = [
        ("I", "OT", "021", Status::OnVehicle),
        ("I", "DP", "005", Status::DepartedFacility),
        ("D", "KB", "011", Status::Delivered),
        ("MV", "VP", "", Status::Cancelled),
        ("X", "48", "064", Status::Refused),
        ("X", "", "", Status::ExceptionOther),
        ("P", "XD", "038", Status::Accepted),
        ("RS", "", "", Status::Returning),
        ("I", "", "040", Status::ReadyForPickup),
        ("", "ZZ", "999", Status::Unknown),
    ];
    for (kind, letters, digits, status) in table {
        assert_eq!(status_of(kind, letters, digits), status, "{kind} {letters} {digits}");
    }
    assert_eq!(finer_text("ADVERSE WEATHER CONDITIONS CAUSED THIS DELAY"), Some(Status::Weather));
}
