use super::codes::status_of;
use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read, read_text};
use crate::tracking::status::Status;

#[test]
fn a_detail_is_read_whole_and_its_zones_are_the_places_own() {
    let Some(parsed) = read("shipit/canada_post_departed.xml") else { return };
    let shipment = &parsed.shipments[0];
    assert_eq!(shipment.service.as_deref(), Some("Expedited Parcels"));
    assert_eq!(shipment.origin.as_ref().map(|place| place.to_text()).as_deref(), Some("WINNIPEG, MB, CA"));
    assert_eq!(shipment.destination.as_ref().and_then(|place| place.postal_code.as_deref()), Some("X1A0A1"));
    assert_eq!(
        lines(&parsed, 0),
        [
            "2016-03-07T21:03:11Z place in_transit.accepted 2300 | WINNIPEG, MB, CA",
            "2016-03-07T21:38:34Z place info_received.label_created 3000 | WINNIPEG, MB, CA",
            "2016-03-07T23:46:51Z place in_transit.arrived_facility 0100 | WINNIPEG, MB, CA",
            "2016-03-07T23:51:01Z place in_transit.arrived_facility 0100 | WINNIPEG, MB, CA",
            "2016-03-08T16:13:29Z place in_transit.arrived_facility 0405 | REGINA, SK, CA",
            "2016-03-08T16:35:55Z place in_transit.departed_facility 0410 | REGINA, SK, CA",
        ]
    );
    // "MST" and "PST" are written in September, and one zone is empty.
    let Some(parsed) = read("shipit/canada_post_delivered.xml") else { return };
    assert_eq!(
        [lines(&parsed, 0)[0].as_str(), lines(&parsed, 0)[6].as_str()],
        [
            "2015-09-21T20:49:14Z place info_received.label_created 3000 | RICHMOND, BC, CA",
            "2015-09-23T17:59:59Z place delivered.delivered 1496 | CALGARY, AB, CA",
        ]
    );
}

#[test]
fn french_and_english_are_one_and_a_changed_date_counts() {
    let Some(english) = read("active_shipping/canadapost_pws__tracking_details_en.xml") else { return };
    let Some(french) = read("active_shipping/canadapost_pws__tracking_details_fr.xml") else { return };
    assert_eq!(lines(&english, 0), lines(&french, 0));
    assert_eq!(lines(&english, 0).len(), 10);
    let shipment = &french.shipments[0];
    assert_eq!(shipment.estimate.as_ref().and_then(|e| e.latest), Some(Expected::Day(jiff::civil::date(2011, 2, 11))));
    assert_eq!(shipment.proof.as_ref().and_then(|proof| proof.signed_by.as_deref()), Some("HETU"));
    assert_eq!(shipment.events[5].said.text, "Erreur d'adressage du client; tentative de correction. Délai possible");
}

#[test]
fn a_summary_and_an_error_are_read() {
    let body = r#"  <?xml version="1.0" encoding="UTF-8"?><tracking-summary xmlns="http://www.canadapost.ca/ws/track"><pin-summary>
        <pin>7023210039414604</pin><origin-postal-id>K1G</origin-postal-id><destination-postal-id>K0J</destination-postal-id>
        <destination-province>ON</destination-province><service-name>Expedited</service-name>
        <expected-delivery-date>2011-04-05</expected-delivery-date><event-date-time>20110404:172456</event-date-time>
        <event-description>Order information received by Canada Post</event-description><event-type>INDUCTION</event-type>
        <event-location>OTTAWA</event-location></pin-summary></tracking-summary>"#;
    let parsed = read_text(body);
    let shipment = &parsed.shipments[0];
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::LabelCreated), Some("INDUCTION")));
    assert_eq!(shipment.events[0].time.local, jiff::civil::datetime(2011, 4, 4, 17, 24, 56, 0));
    let Some(error) = read("active_shipping/canadapost_pws__tracking_details_en_error.xml") else { return };
    assert_eq!(error.refused[0].reason, "004: No Pin History");
}

#[test]
fn a_midnight_is_a_day() {
    let body = "<tracking-detail><pin>1</pin><significant-events><occurrence><event-identifier>3000</event-identifier>\
        <event-date>2024-01-31</event-date><event-time>00:00:00</event-time><event-province>ON</event-province></occurrence>\
        </significant-events></tracking-detail>";
    assert_eq!(lines(&read_text(body), 0), ["2024-01-31 none info_received.label_created 3000 | ON, CA"]);
}

#[test]
fn an_identifier_says_what_happened_and_its_sentence_says_more_only_where_it_may() {
    let table = [
        ("0174", "", Status::OnVehicle),
        ("174", "Item successfully delivered", Status::OnVehicle),
        ("1408", "Item delivered to recipient's community mailbox", Status::DeliveredMailbox),
        ("1422", "Item delivered at or in side door", Status::DeliveredSafePlace),
        ("0700", "International item released from customs", Status::CustomsCleared),
        ("1415", "", Status::Returning),
        ("1407", "", Status::ReadyForPickup),
        ("9999", "", Status::Unknown),
        ("9999", "Article sorti pour livraison", Status::OnVehicle),
    ];
    for (identifier, sentence, status) in table {
        assert_eq!(status_of(identifier, sentence), status, "{identifier} {sentence}");
    }
}
