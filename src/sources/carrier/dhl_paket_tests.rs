use super::status_of;
use crate::sources::carrier::recorded_north::{lines, read_text};
use crate::tracking::status::Status;

#[test]
fn a_piece_is_read_whole_in_german_time() {
    let body = r#"<?xml version="1.0" encoding="UTF-8"?><data name="piece-shipment-list" request-id="1" code="0">
        <data name="piece-shipment" error-status="0" piece-id="3b048653" piece-code="00340434161094027318" ice="DLVRD" ric="OTHER"
          status="Die Sendung wurde erfolgreich zugestellt." delivery-event-flag="1" standard-event-code="ZU" ruecksendung="false"
          product-name="DHL PAKET" dest-country="DE" pan-recipient-name="Max Beispiel">
        <data name="piece-event-list"><data name="piece-event" event-timestamp="17.03.2016 11:10" ice="PARCV" ric="XXXXX"
          event-status="Die Sendung wurde elektronisch angekündigt." event-location="" event-country="Deutschland" standard-event-code="VA"/>
        <data name="piece-event" event-timestamp="18.03.2016 08:40" ice="SRTED" event-status="Die Sendung wurde in das Zustellfahrzeug geladen."
          event-location="Bonn" event-country="Deutschland" standard-event-code="PO"/>
        <data name="piece-event" event-timestamp="18.03.2016 10:02" ice="DLVRD" event-status="Die Sendung wurde erfolgreich zugestellt."
          event-location="Bonn" event-country="Deutschland" standard-event-code="ZU"/></data></data></data>"#;
    let parsed = read_text(body);
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
