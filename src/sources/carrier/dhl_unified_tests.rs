use crate::sources::Expected;
use crate::sources::carrier::recorded_north::{lines, read_text};
use crate::sources::samples;
use crate::tracking::status::Status;

#[test]
fn a_parcel_answer_is_read_with_its_windows_and_proof() {
    let parsed = read_text(samples::DHL_UNIFIED);
    let shipment = &parsed.shipments[0];
    assert_eq!((shipment.carrier.as_deref(), shipment.status), (Some("dhl_paket"), Some(Status::Delivered)));
    let proof = shipment.proof.as_ref().unwrap();
    assert_eq!(
        (proof.signed_by.as_deref(), proof.photo.as_deref()),
        (Some("Frau Beispiel"), Some("https://example.org/s.png"))
    );
    let latest = shipment.estimate.as_ref().and_then(|estimate| estimate.latest);
    assert_eq!(latest, Some(Expected::Instant("2024-01-31T10:00:00Z".parse().unwrap())));
    assert_eq!(
        lines(&parsed, 0),
        [
            "2024-01-28T19:00:00Z offset unknown.unknown unknown | ",
            "2024-01-29T19:00:00Z offset info_received.label_created pre-transit | ",
            "2024-01-30T19:00:00Z offset in_transit.arrived_facility transit | ",
            "2024-01-31T06:00:00.1234567Z offset out_for_delivery.on_vehicle transit | ",
            "2024-01-31T09:00:00Z offset delivered.neighbour delivered | Bonn, DE",
        ]
    );
}

#[test]
fn one_answer_tells_parcels_of_several_divisions() {
    let shipment = |service: &str, status: &str| {
        format!(
            r#"{{"id":"1","service":"{service}","status":{{"timestamp":"2024-01-31T10:00:00","statusCode":"transit",
            "status":"{status}","location":{{"address":{{"addressLocality":"Lyon","countryCode":"FR"}}}}}}}}"#
        )
    };
    let body = format!(
        r#"{{"shipments":[{},{},{}]}}"#,
        shipment("express", "WC"),
        shipment("ecommerce", "OUT FOR DELIVERY"),
        shipment("express", "Shipment on hold")
    );
    let parsed = read_text(&body);
    let told: Vec<_> = parsed.shipments.iter().map(|s| (s.carrier.as_deref().unwrap(), s.events[0].status)).collect();
    assert_eq!(
        told,
        [("dhl_express", Status::OnVehicle), ("dhl_ecommerce", Status::OnVehicle), ("dhl_express", Status::Held)]
    );
}

#[test]
fn nothing_found_is_a_refusal() {
    let body = r#"{"title":"No result found","status":404,"detail":"No shipment with given tracking number found."}"#;
    assert_eq!(
        read_text(body).refused[0].reason,
        "404: No result found: No shipment with given tracking number found."
    );
}
