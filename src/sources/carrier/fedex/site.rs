//! The JSON behind FedEx' own tracking page: `TrackPackagesResponse.packageList`, and its later form `output.packages`.

use crate::sources::json::Value;
use crate::sources::reading::{date_and_clock, list, offset, plain, text};
use crate::sources::{EstimateDraft, Parsed, ShipmentDraft};
use crate::tracking::event::EventPlace;
use crate::tracking::status::Status;

use super::codes::status_of;
use super::{CARRIER, FedexScan, by, day_or_time, keep_all, words};
use crate::sources::carrier::finer::signer;
use crate::sources::carrier::scan::{add, comma_place, country, estimate, known, proof, refuse, untold};

pub(super) fn read(body: &Value, parsed: &mut Parsed) {
    let packages = [("TrackPackagesResponse", "packageList"), ("output", "packages")];
    for (parent, child) in packages {
        for (index, package) in list(body, &format!("{parent}.{child}")).iter().enumerate() {
            read_package(package, &format!("{parent}.{child}[{index}]"), parsed);
        }
    }
    if body.get("TrackPackagesResponse").is_some() && list(body, "TrackPackagesResponse.packageList").is_empty() {
        for (index, error) in list(body, "TrackPackagesResponse.errorList").iter().enumerate() {
            let reason = words([text(error, "code"), text(error, "message")]);
            refuse(parsed, format!("TrackPackagesResponse.errorList[{index}]"), reason);
        }
    }
}

fn read_package(package: &Value, path: &str, parsed: &mut Parsed) {
    let Some(number) = text(package, "trackingNbr").or_else(|| text(package, "displayTrackingNbr")) else {
        return refuse(parsed, path, "the package has no trackingNbr");
    };
    let status_code = text(package, "keyStatusCD").or_else(|| text(package, "statusBarCD"));
    // The page's list always has one element, empty where there are no scans.
    let events =
        list(package, "scanEventList").iter().filter(|scan| text(scan, "statusCD").or(text(scan, "date")).is_some());
    let events: Vec<&Value> = events.collect();
    if events.is_empty() && status_code.is_none() {
        let code = text(package, "trackErrCD").or_else(|| text(package, "errorList.0.code"));
        return add(parsed, untold(CARRIER, number, Status::PendingNoData, code));
    }
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(package, "serviceDesc").map(|service| plain(&service)),
        unique_id: text(package, "trackingQualifier"),
        status: status_code
            .as_deref()
            .map(|code| status_of(code, "", &text(package, "exceptionReason").unwrap_or_default())),
        status_code,
        estimate: estimated(package),
        proof: proof(signer(text(package, "receivedByNm")), None),
        origin: address(package, "origin").or_else(|| address(package, "shipper")),
        destination: address(package, "dest").or_else(|| address(package, "recipient")),
        ..ShipmentDraft::default()
    };
    keep_all(events.into_iter().map(scan), &format!("{path}.scanEventList"), &mut draft, parsed);
    add(parsed, draft);
}

fn scan(event: &Value) -> FedexScan {
    let (date, time) = (text(event, "date"), text(event, "time"));
    let offset = text(event, "gmtOffset").as_deref().and_then(offset);
    let said_place = text(event, "scanLocation").unwrap_or_default();
    FedexScan {
        event: text(event, "statusCD"),
        exception_text: text(event, "scanDetails").map(|details| plain(&details)),
        text: text(event, "status"),
        read: date_and_clock(date.as_deref(), time.as_deref()).map(|read| read.with_offset(offset)),
        time: Some([date, time].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|time| !time.is_empty()),
        place: comma_place(&said_place),
        said_place,
        ..FedexScan::default()
    }
}

fn address(package: &Value, who: &str) -> Option<EventPlace> {
    let field = |field: &str| text(package, &format!("{who}{field}"));
    known(EventPlace {
        city: field("City"),
        region: field("StateCD"),
        postal_code: field("Zip"),
        country: field("CntryCD").as_deref().map(country),
        facility: None,
    })
}

fn estimated(package: &Value) -> Option<EstimateDraft> {
    let end = |path: &str| day_or_time(text(package, path).as_deref());
    estimate(end("estDelTimeWindow.estDelTmWindowStart"), end("estDelTimeWindow.estDelTmWindowEnd"))
        .or_else(|| by(text(package, "estDeliveryDt").as_deref()))
        .or_else(|| by(text(package, "apptDeliveryDt").as_deref()))
        .or_else(|| by(text(package, "standardTransitDate.stdTransitDate").as_deref()))
}
