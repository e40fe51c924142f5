//! `TrackReply` of FedEx' web services: version 5 and before tell a status in two elements, later ones in `StatusDetail`.

use crate::sources::json::Value;
use crate::sources::reading::{at, list, plain, text, written_time, xml_value};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;

use super::codes::{status_of, status_of_error};
use super::{CARRIER, FedexScan, by, day_or_time, keep_all, place, words};
use crate::sources::carrier::finer::signer;
use crate::sources::carrier::scan::{add, estimate, known, proof, refuse, untold};

pub(super) fn read(reply: roxmltree::Node<'_, '_>, parsed: &mut Parsed) {
    let reply = xml_value(reply);
    let mut told = 0;
    for (index, details) in list(&reply, "TrackDetails").iter().enumerate() {
        told += 1;
        read_details(details, &format!("TrackReply/TrackDetails[{index}]"), parsed);
    }
    for (index, completed) in list(&reply, "CompletedTrackDetails").iter().enumerate() {
        let path = format!("TrackReply/CompletedTrackDetails[{index}]");
        let all = list(completed, "TrackDetails");
        for (row, details) in all.iter().enumerate() {
            read_details(details, &format!("{path}/TrackDetails[{row}]"), parsed);
        }
        told += all.len();
        if all.is_empty() {
            refuse_notification(completed, &path, parsed);
            told += 1;
        }
    }
    if told == 0 {
        refuse_notification(&reply, "TrackReply", parsed);
    }
}

fn refuse_notification(node: &Value, path: &str, parsed: &mut Parsed) {
    let notification = list(node, "Notifications").first().unwrap_or(&Value::Null);
    refuse(parsed, format!("{path}/Notifications"), words([text(notification, "Code"), text(notification, "Message")]));
}

fn read_details(details: &Value, path: &str, parsed: &mut Parsed) {
    let notification = at(details, "Notification").or_else(|| at(details, "Notifications")).unwrap_or(&Value::Null);
    let notification = notification.item(0).unwrap_or(notification);
    let Some(number) = text(details, "TrackingNumber") else {
        return refuse(parsed, path, words([text(notification, "Code"), text(notification, "Message")]));
    };
    let failed = matches!(text(notification, "Severity").as_deref(), Some("ERROR" | "FAILURE"));
    if failed && list(details, "Events").is_empty() {
        let code = text(notification, "Code");
        return add(parsed, untold(CARRIER, number, status_of_error(code.as_deref()), code));
    }
    let first = |paths: &[&str]| paths.iter().find_map(|path| text(details, path));
    let status_code = first(&["StatusDetail.Code", "StatusCode"]);
    let reason = first(&["StatusDetail.AncillaryDetails.Reason", "StatusDetail.AncillaryDetails.0.Reason"]);
    let reason_text = first(&[
        "StatusDetail.AncillaryDetails.ReasonDescription",
        "StatusDetail.AncillaryDetails.0.ReasonDescription",
    ]);
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: first(&["Service.Description", "ServiceInfo", "ServiceType"]).map(|service| plain(&service)),
        unique_id: text(details, "TrackingNumberUniqueIdentifier"),
        status: status_code
            .as_deref()
            .map(|code| status_of(code, &reason.unwrap_or_default(), &reason_text.unwrap_or_default())),
        status_code,
        estimate: estimated(details),
        proof: proof(signer(text(details, "DeliverySignatureName")), None),
        origin: address(details, &["OriginLocationAddress", "ShipperAddress"]),
        destination: address(details, &["DestinationAddress", "LastUpdatedDestinationAddress"]),
        ..ShipmentDraft::default()
    };
    let scans = list(details, "Events").iter().map(scan);
    keep_all(scans, &format!("{path}/Events"), &mut draft, parsed);
    add(parsed, draft);
}

fn scan(event: &Value) -> FedexScan {
    let time = text(event, "Timestamp");
    let (place, said_place) = place(at(event, "Address"));
    FedexScan {
        event: text(event, "EventType"),
        derived: None,
        exception: text(event, "StatusExceptionCode"),
        exception_text: text(event, "StatusExceptionDescription"),
        text: text(event, "EventDescription"),
        read: time.as_deref().and_then(written_time),
        time,
        place,
        said_place,
    }
}

fn address(details: &Value, paths: &[&str]) -> Option<EventPlace> {
    paths.iter().find_map(|path| known(place(at(details, path)).0))
}

fn estimated(details: &Value) -> Option<EstimateDraft> {
    let dated = |kind: &str| {
        let dates = list(details, "DatesOrTimes");
        let found = dates.iter().find(|date| text(date, "Type").as_deref() == Some(kind))?;
        by(text(found, "DateOrTimestamp").as_deref())
    };
    let window = |path: &str| {
        let end = |end: &str| day_or_time(text(details, &format!("{path}.{end}")).as_deref());
        estimate(end("Begins"), end("Ends"))
    };
    window("EstimatedDeliveryTimeWindow")
        .or_else(|| by(text(details, "EstimatedDeliveryTimestamp").as_deref()))
        .or_else(|| dated("ESTIMATED_DELIVERY"))
        .or_else(|| by(text(details, "AppointmentDeliveryTimestamp").as_deref()))
        .or_else(|| by(text(details, "CommitmentTimestamp").as_deref()))
        .or_else(|| dated("COMMITMENT"))
}
