use super::codes::status_of;
use super::service_area;
use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read, read_text};
use crate::tracking::status::Status;

#[test]
fn an_xml_answer_is_read_whole_and_its_day_ends_at_the_destination() {
    let Some(parsed) = read("shipit/dhl_eta.xml") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.service.as_deref(), Some("Express Worldwide"));
    let estimate = shipment.estimate.as_ref().unwrap();
    assert_eq!(estimate.latest, Some(Expected::Instant("2019-02-05T07:59:00Z".parse().unwrap())));
    assert_eq!(
        lines(&parsed, 0),
        [
            "2019-01-30T07:12:43Z place in_transit.accepted PU | HONG KONG, HK",
            "2019-01-30T12:42:43Z place in_transit.arrived_facility AF | HONG KONG, HK",
            "2019-01-30T17:51:03Z place in_transit.arrived_facility PL | HONG KONG, HK",
            "2019-01-30T18:24:58Z place in_transit.departed_facility DF | HONG KONG, HK",
            "2019-01-31T02:39:00Z place in_transit.customs_started RR | LOS ANGELES GATEWAY, CA, US",
        ]
    );
    let Some(parsed) = read("shipit/dhl_delivered.xml") else { return };
    assert_eq!(lines(&parsed, 0).len(), 14);
    assert_eq!(lines(&parsed, 0)[13], "2015-10-01T17:44:37Z place delivered.signed OK | WOODSIDE, NY, US");
    assert_eq!(parsed.shipments[0].proof.as_ref().and_then(|proof| proof.signed_by.as_deref()), Some("ATL FD"));
}

#[test]
fn the_sites_sentences_are_read_as_codes() {
    let Some(parsed) = read("sauladam_shipment_tracker/DHLExpress__delivered.json") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!((shipment.status, shipment.events.len()), (Some(Status::Delivered), 16));
    assert_eq!(shipment.proof.as_ref().and_then(|proof| proof.signed_by.as_deref()), Some("SDA"));
    let told: Vec<String> = shipment.events.iter().map(|event| event.status.to_string()).collect();
    assert_eq!(told[0], "in_transit.accepted");
    assert_eq!(told[13..], ["in_transit.at_local_facility", "out_for_delivery.on_vehicle", "delivered.signed"]);
    assert_eq!(shipment.events[15].time.to_text(), "2017-05-26T21:23:00Z");
    let Some(moving) = read("sauladam_shipment_tracker/DHLExpress__in_transit.json") else { return };
    assert_eq!((moving.shipments[0].status, moving.shipments[0].proof.as_ref()), (None, None));
}

#[test]
fn a_rest_answer_is_read_with_its_offsets() {
    let body = r#"{"shipments":[{"shipmentTrackingNumber":"7777777770","status":"Success","productCode":"N",
        "shipperDetails":{"postalAddress":{"cityName":"PRAGUE","countryCode":"CZ"}},"receiverDetails":{"serviceArea":[
        {"code":"LGA","description":"WOODSIDE,NY-USA"}]},"estimatedDeliveryDate":"2024-02-02","events":[
        {"date":"2024-01-31","time":"19:45:00","GMTOffset":"+01:00","typeCode":"HP","description":"Shipment on hold",
        "serviceArea":[{"code":"PRG","description":"PRAGUE-CZECH REPUBLIC"}]},
        {"date":"2024-02-01","time":"10:00:00","typeCode":"OK","description":"Delivered","signedBy":"DOE"}]}]}"#;
    let parsed = read_text(body);
    assert_eq!(lines(&parsed, 0)[0], "2024-01-31T18:45:00Z offset exception.held HP | PRAGUE, CZ");
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.destination.as_ref().map(|place| place.to_text()).as_deref(), Some("WOODSIDE, NY, US"));
    assert_eq!(shipment.proof.as_ref().and_then(|proof| proof.signed_by.as_deref()), Some("DOE"));
    let missing = r#"{"instance":"/expressapi/shipments/1/tracking","title":"No Shipment Found","detail":"1001: No data","status":"404"}"#;
    assert_eq!(read_text(missing).refused.len(), 1);
    let xml = r#"<req:TrackingResponse xmlns:req="http://www.dhl.com"><AWBInfo><AWBNumber>123</AWBNumber><Status>
        <ActionStatus>No Shipments Found</ActionStatus></Status></AWBInfo></req:TrackingResponse>"#;
    assert_eq!(read_text(xml).shipments[0].status, Some(Status::PendingNoData));
}

#[test]
fn a_service_area_is_a_city_and_its_country() {
    for (written, read) in [
        ("LONDON-HEATHROW - UNITED KINGDOM", "LONDON-HEATHROW, GB"),
        ("WOODSIDE,NY-USA", "WOODSIDE, NY, US"),
        ("HONG KONG-HKG", "HONG KONG, HK"),
        ("ROTTERDAM - DEN HAAG - NETHERLANDS, THE", "ROTTERDAM, NL"),
        ("SAN FRANCISCO, CA - San Francisco - USA", "SAN FRANCISCO, CA, US"),
        ("San Francisco      ", "San Francisco"),
    ] {
        assert_eq!(service_area(written).to_text(), read);
    }
}

#[test]
fn an_unlisted_code_is_unknown() {
    assert_eq!(status_of("ZZ", ""), Status::Unknown);
    assert_eq!(status_of("HP", "Delivered - Signed for by"), Status::Held, "the code wins");
    assert_eq!(status_of("CC", ""), Status::ReadyForPickup);
}
