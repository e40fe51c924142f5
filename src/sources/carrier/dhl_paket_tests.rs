use super::status_of;
use crate::sources::carrier::recorded_north::{lines, read_text};
use crate::sources::samples;
use crate::tracking::status::Status;

#[test]
fn a_piece_is_read_whole_in_german_time() {
    let parsed = read_text(samples::DHL_PAKET);
    let shipment = &parsed.shipments[0];
    assert_eq!((shipment.status, shipment.status_code.as_deref()), (Some(Status::Delivered), Some("DLVRD")));
    assert_eq!(shipment.service.as_deref(), Some("DHL PAKET"));
    let told = lines(&parsed, 0);
    assert!(told[0].starts_with("2016-03-17T10:10:00Z") && told[0].ends_with("info_received.label_created PARCV | DE"));
    assert_eq!(told[1], "2016-03-18T07:40:00Z place out_for_delivery.on_vehicle SRTED | Bonn, DE");
    assert_eq!(told[2], "2016-03-18T09:02:00Z place delivered.delivered DLVRD | Bonn, DE");
}

#[test]
fn a_piece_without_data_is_pending_and_an_error_is_a_refusal() {
    let nothing = r#"<data name="piece-shipment-list" request-id="1" code="0"><data name="piece-shipment" error-status="100"
        piece-code="00340434161094027318" status="Keine Daten gefunden"/></data>"#;
    assert_eq!(read_text(nothing).shipments[0].status, Some(Status::PendingNoData));
    let denied = r#"<data name="piece-shipment-list" request-id="1" code="5" error="Login failed"/>"#;
    assert_eq!(read_text(denied).refused[0].reason, "5: Login failed");
}

#[test]
fn a_sentence_says_more_only_where_the_code_is_generic() {
    let status = |ice: &str, sentence: &str| status_of(Some(ice), None, Some(sentence), false);
    assert_eq!(status("NTDEL", "Der Empfänger wurde nicht angetroffen."), Status::AttemptNoOneHome);
    assert_eq!(status("HLDCC", "Die Sendung wurde zugestellt."), Status::ReadyForPickup);
    assert_eq!(status("XXXXX", ""), Status::Unknown);
    assert_eq!(status_of(Some("DLVRD"), None, None, true), Status::Returned);
}
