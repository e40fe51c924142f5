//! The whole values that payloads are read as: those of `documented_payloads`, and those recorded.

use super::documented_payloads::DOCUMENTED;
use super::recorded::{claimed_by, recorded, told_by};

const RECORDED: &[(&str, &str, &str)] = &[
    (
        "royal_mail",
        "royal_mail_tracking_php/royalmail_events_0.json",
        r#"royal_mail 090367574000000FE1E1B
  id: 090367574000000FE1E1B
  estimate: 2021-01-01 to 2021-01-01
  signed by: Elliot
refused mailPieces[0].events[0]: no time can be read from "UNPARSABLE DATE" (EVNMI Forwarded - Mis-sort)
"#,
    ),
    (
        "royal_mail",
        "royal_mail_tracking_php/royalmail_events_1.json",
        r#"royal_mail 090367574000000FE1E1B
"#,
    ),
    (
        "royal_mail",
        "royal_mail_tracking_php/royalmail_events_2.json",
        r#"royal_mail 090367574000000FE1E1B = exception.misrouted
  code: EVNMI
  service: Special Delivery Guaranteed
  id: 090367574000000FE1E1B
  estimate: 2017-02-20T07:00:00Z to 2017-02-20T10:00:00Z
  signed by: Elliot
  from: ////GB
  to: ////GB
  2016-10-20T09:04:00Z offset | exception.misrouted | EVNMI | Forwarded - Mis-sort | Stafford DO////
"#,
    ),
    (
        "australia_post",
        "auspost_zendesk/auspost_track.json",
        r#"australia_post ajlajsdlj = delivered.delivered
  code: Delivered
  service: Express Post Platinum
  2014-07-04T02:11:32Z offset | delivered.delivered | - | Delivered | /PORT MELBOURNE/VIC//AU
  2014-08-08T05:46:22Z offset | attempt_failed.notice_left | - | Attempted delivery - being carded to Australia Post outlet | /MELTON/VIC//AU
  2014-08-08T05:46:58Z offset | in_transit.in_transit | - | In transit | /MELTON/VIC//AU
  2014-08-15T03:59:55Z offset | available_for_pickup.ready | - | Awaiting Collection at CITY PARCEL DELIVERY | /PORT MELBOURNE/VIC//AU
  2014-09-16T23:30:41Z offset | in_transit.arrived_facility | - | Processed through Australia Post facility | /SUNSHINE WEST/VIC//AU
australia_post 7BJ1000634011427 = pending.invalid_number
  code: ESB-10001
australia_post 7BJ1000634 = pending.invalid_number
  code: ESB-10001
"#,
    ),
    (
        "gls",
        "sauladam_shipment_tracker/GLS__delivered.json",
        r#"gls 50346007538 = delivered.delivered
  code: DELIVERED
  service: BusinessSmallParcel
  signed by: TANGER(2760236908)
  2016-01-05T13:19:14Z zoned | info_received.label_created | 0.100 | Die Paketdaten wurden im GLS IT-System erfasst; das Paket wurde noch nicht an GLS übergeben. | /Bornheim///DE
  2016-01-05T17:57:40Z zoned | in_transit.accepted | 0.0 | Das Paket wurde an das GLS System übergeben. | /Bornheim///DE
  2016-01-06T18:28:58Z zoned | in_transit.arrived_facility | 2.0 | Das Paket ist im GLS Standort eingetroffen. | /Neuenstein///DE
  2016-01-06T18:30:41Z zoned | in_transit.departed_facility | 1.0 | Das Paket hat den GLS Standort verlassen. | /Neuenstein///DE
  2016-01-06T18:30:41Z zoned | in_transit.arrived_facility | 2.0 | Das Paket ist im GLS Standort eingetroffen. | /Neuenstein///DE
  2016-01-07T06:18:57Z zoned | in_transit.arrived_facility | 2.0 | Das Paket ist im GLS Standort eingetroffen. | /Bernau OT Schönow///DE
  2016-01-07T06:24:34Z zoned | out_for_delivery.on_vehicle | 11.0 | Das Paket wurde auf das GLS Zustellfahrzeug verladen und ist für die Zustellung im Laufe des Tages vorgesehen. | /Bernau OT Schönow///DE
  2016-01-07T12:22:00Z zoned | attempt_failed.notice_left | 90.132 | Der Empfänger wurde mittels Benachrichtigungskarte über den Zustell-/Abholversuch informiert. | /Bernau OT Schönow///DE
  2016-01-07T12:23:41Z zoned | attempt_failed.no_one_home | 4.40 | Das Paket konnte nicht zugestellt werden, da der Empfänger nicht angetroffen wurde. | /Bernau OT Schönow///DE
  2016-01-07T12:23:41Z zoned | attempt_failed.notice_left | 90.132 | Der Empfänger wurde mittels Benachrichtigungskarte über den Zustell-/Abholversuch informiert. | /Bernau OT Schönow///DE
  2016-01-07T12:41:04Z zoned | available_for_pickup.ready | 3.124 | Das Paket wurde im GLS PaketShop zugestellt (siehe Sendungsinformationen) | /Bernau OT Schönow///DE
  2016-01-07T13:04:10Z zoned | available_for_pickup.ready | 2.124 | Das Paket ist im GLS PaketShop eingetroffen. | /Bernau OT Schönow///DE
  2016-01-08T17:09:21Z zoned | delivered.delivered | 3.0 | Das Paket wurde beim Empfänger zugestellt. | /Bernau OT Schönow///DE
"#,
    ),
    (
        "gls",
        "sauladam_shipment_tracker/GLS__in_transit.json",
        r#"gls 32631986451 = in_transit.in_transit
  code: INTRANSIT
  service: EuroBusinessSmallParcel
  2018-11-14T09:26:36Z zoned | info_received.label_created | 0.100 | Die Paketdaten wurden im GLS IT-System erfasst; das Paket wurde noch nicht an GLS übergeben. | /San Juan de Mozarrifar///ES
  2018-11-14T18:29:38Z zoned | in_transit.accepted | 0.0 | Das Paket wurde an GLS übergeben. | /San Juan de Mozarrifar///ES
  2018-11-14T18:29:38Z zoned | in_transit.arrived_facility | 2.29 | Das Paket ist im Paketzentrum eingetroffen. | /San Juan de Mozarrifar///ES
  2018-11-14T23:56:43Z zoned | in_transit.departed_facility | 1.0 | Das Paket hat das Paketzentrum verlassen. | /Santa Perpètua de Mogoda///ES
  2018-11-15T23:00:48Z zoned | in_transit.arrived_facility | 2.0 | Das Paket ist im Paketzentrum eingetroffen. | /Neuenstein///DE
  2018-11-15T23:00:49Z zoned | in_transit.arrived_facility | 2.106 | Das Paket ist im Paketzentrum eingetroffen; das Paket wurde manuell sortiert. | /Neuenstein///DE
  2018-11-16T05:45:13Z zoned | in_transit.arrived_facility | 2.0 | Das Paket ist im Paketzentrum eingetroffen. | /Erding///DE
  2018-11-16T05:49:33Z zoned | out_for_delivery.on_vehicle | 11.0 | Das Paket wird voraussichtlich im Laufe des Tages zugestellt. | /Erding///DE
  2018-11-16T12:56:34Z zoned | delivered.delivered | 3.0 | Das Paket wurde erfolgreich zugestellt. | /Erding///DE
  2018-11-16T17:55:35Z zoned | in_transit.departed_facility | 1.0 | Das Paket hat das Paketzentrum verlassen. | /Neuenstein///DE
"#,
    ),
    (
        "lasership",
        "shipit/lasership_delivered.json",
        r#"lasership LA40305346
  estimate: 2014-03-04 to 2014-03-04
  from: /Breinigsville/PA/18031/US
  to: /New York/NY/10001/US
  2014-03-04T03:36:12Z offset | info_received.label_created | OrderReceived | Ship Request Received | ////US
  2014-03-04T09:44:08Z offset | in_transit.arrived_facility | Arrived | Arrived at Facility | /East Rutherford/NJ/07073/US
  2014-03-04T14:38:32Z offset | out_for_delivery.on_vehicle | OutForDelivery | Out for Delivery: ETA 8pm or prior | /New York/NY/10001/US
  2014-03-04T15:45:34Z offset | delivered.delivered | - | Delivered | /New York/NY/10001-2828/US
"#,
    ),
    (
        "lasership",
        "shipit/lasership_enroute.json",
        r#"lasership 1LS72264319420039910
  estimate: 2015-09-23 to 2015-09-23
  from: /LOCKBOURNE/OH/43194-9304/US
  to: /JACKSONVILLE/FL/32216-4702/US
  2015-09-20T04:07:51Z offset | info_received.label_created | OrderCreated | Ship Request Received | ////US
  2015-09-20T18:42:14Z offset | in_transit.accepted | Received | Origin Scan | /GROVEPORT/OH/43125/US
"#,
    ),
    (
        "amazon",
        "omniship/json_track_arrived_amazon_response.json",
        r#"amazon 23AA47DE2B3B6 = delivered.delivered
  code: Delivered
  estimate: ? to 2019-03-22T03:00:00Z
  2019-03-19T12:36:03Z offset | info_received.label_created | - | ReadyForReceive | ////
  2019-03-19T18:49:41Z offset | in_transit.accepted | - | PickupDone | ////
  2019-03-19T19:19:02Z offset | in_transit.arrived_facility | - | Received | /Bethpage/NY/11714/US
  2019-03-19T19:54:49Z offset | in_transit.arrived_facility | - | Received | /Bethpage/NY/11714/US
  2019-03-19T23:14:08Z offset | in_transit.departed_facility | - | Departed | /Bethpage/NY/11714/US
  2019-03-20T02:47:54Z offset | in_transit.arrived_facility | - | Received | /Teterboro/New Jersey/07608/US
  2019-03-20T09:53:01Z offset | in_transit.departed_facility | - | Departed | /Teterboro/New Jersey/07608/US
  2019-03-20T19:52:06Z offset | in_transit.arrived_facility | - | Received | /Ashland/VA/23005/US
  2019-03-20T22:10:27Z offset | in_transit.departed_facility | - | Departed | /Ashland/VA/23005/US
  2019-03-21T03:27:05Z offset | in_transit.arrived_facility | - | Received | /Richmond/VA/23222/US
  2019-03-21T12:59:47Z offset | out_for_delivery.on_vehicle | - | OutForDelivery | /Richmond/VA/23222/US
  2019-03-21T14:29:51Z offset | delivered.delivered | - | Delivered | ////
"#,
    ),
    (
        "pitney_bowes",
        "omniship/track_pitney_bowes_response.json",
        r#"pitney_bowes 4205690192023903406069000000000285 = info_received.label_created
  code: Manifest
  service: Parcel Return Service
  2024-07-24T19:20:26Z offset | info_received.label_created | LC | Label created | /Olympia/WA/98501-6202/US
"#,
    ),
];

pub(super) fn payloads() -> impl Iterator<Item = &'static str> {
    DOCUMENTED.iter().map(|(_, payload, _)| *payload)
}

#[test]
fn documented_payloads_are_read_whole_and_by_one_parser() {
    for (name, payload, value) in DOCUMENTED {
        assert_eq!(claimed_by(payload), [*name], "{payload}");
        assert_eq!(&told_by(name, payload), value, "{payload}");
    }
}

#[test]
fn recorded_payloads_are_read_whole() {
    for (name, file, value) in RECORDED {
        let Some(payload) = recorded(file) else { return };
        assert_eq!(&told_by(name, &payload), value, "{file}");
    }
}
