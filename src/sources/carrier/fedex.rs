//! FedEx: the REST Track API (`completeTrackResults`), the web services' `TrackReply` (versions 3 to 20, SOAP or bare) and
//! the JSON behind its site (`TrackPackagesResponse`). What its codes mean stands in `fedex/codes.rs`.

mod codes;
mod reply;
mod site;

use crate::sources::json::Value;
use crate::sources::reading::{Payload, WrittenTime, at, element, list, plain, text, written_time};
use crate::sources::{EstimateDraft, Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::status::Status;

use self::codes::{status_of, status_of_error};
use super::finer::{signer, told_apart};
use super::scan::{Scan, add, country, estimate, joined, known, pickup, proof, refuse, untold};

const CARRIER: &str = "fedex";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => {
            at(body, "output.completeTrackResults").is_some()
                || at(body, "TrackPackagesResponse").is_some()
                || at(body, "output.packages.0.trackingNbr").is_some()
                || (at(body, "transactionId").is_some() && at(body, "errors.0.code").is_some())
        }
        Payload::Xml(document) => element(document.root_element(), "TrackReply").is_some(),
        Payload::Text(_) => false,
    }
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            for (index, complete) in list(body, "output.completeTrackResults").iter().enumerate() {
                let asked = text(complete, "trackingNumber");
                for (row, result) in list(complete, "trackResults").iter().enumerate() {
                    let path = format!("output.completeTrackResults[{index}].trackResults[{row}]");
                    read_result(result, asked.as_deref(), &path, &mut parsed);
                }
            }
            site::read(body, &mut parsed);
            for (index, error) in list(body, "errors").iter().enumerate() {
                refuse(&mut parsed, format!("errors[{index}]"), words([text(error, "code"), text(error, "message")]));
            }
        }
        Payload::Xml(document) => {
            if let Some(reply) = element(document.root_element(), "TrackReply") {
                reply::read(reply, &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn words(parts: [Option<String>; 2]) -> String {
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
    if words.is_empty() { "FedEx answered an error without words".to_owned() } else { words }
}

/// One scan in the words of any of the formats.
#[derive(Default)]
struct FedexScan {
    event: Option<String>,
    derived: Option<String>,
    exception: Option<String>,
    exception_text: Option<String>,
    text: Option<String>,
    time: Option<String>,
    read: Option<WrittenTime>,
    place: EventPlace,
    said_place: String,
}

impl FedexScan {
    fn status(&self) -> Status {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let reason = (part(&self.exception), part(&self.exception_text));
        match status_of(&part(&self.event), &reason.0, &reason.1) {
            Status::Unknown => status_of(&part(&self.derived), &reason.0, &reason.1),
            known => known,
        }
    }

    fn event(self) -> Result<(TrackingEvent, String), String> {
        let status = self.status();
        let beside = [&self.derived, &self.exception].into_iter().flatten().cloned().collect::<Vec<_>>().join("/");
        let scan = Scan {
            id: None,
            code: self.event.or(self.derived),
            text: self.text.or(self.exception_text).map(|text| plain(&text)),
            time: self.time,
            place: self.place,
            said_place: self.said_place,
        };
        scan.event_reading(self.read.map(WrittenTime::without_placeholder), status, None).map(|event| (event, beside))
    }
}

fn keep_all(scans: impl Iterator<Item = FedexScan>, at: &str, shipment: &mut ShipmentDraft, parsed: &mut Parsed) {
    let mut told = Vec::new();
    for (index, scan) in scans.enumerate() {
        match scan.event() {
            Ok(event) => told.push(event),
            Err(reason) => refuse(parsed, format!("{at}[{index}]"), reason),
        }
    }
    shipment.events = told_apart(told);
}

fn read_result(result: &Value, asked: Option<&str>, path: &str, parsed: &mut Parsed) {
    let number = text(result, "trackingNumberInfo.trackingNumber").or_else(|| asked.map(str::to_owned));
    let error_code = text(result, "error.code");
    let Some(number) = number else {
        return refuse(parsed, path, words([error_code, text(result, "error.message")]));
    };
    let latest = at(result, "latestStatusDetail").unwrap_or(&Value::Null);
    if error_code.is_some() && list(result, "scanEvents").is_empty() && latest.is_null() {
        return add(parsed, untold(CARRIER, number, status_of_error(error_code.as_deref()), error_code));
    }
    let status_code = ["code", "derivedStatusCode", "derivedCode"].iter().find_map(|field| text(latest, field));
    let reason = ["exceptionCode", "ancillaryDetails.0.reason"].iter().find_map(|field| text(latest, field));
    let reason_text =
        ["exceptionDescription", "ancillaryDetails.0.reasonDescription"].iter().find_map(|field| text(latest, field));
    let mut draft = ShipmentDraft {
        tracking_number: number,
        carrier: Some(CARRIER.to_owned()),
        service: text(result, "serviceDetail.description").map(|service| plain(&service)),
        unique_id: text(result, "trackingNumberInfo.trackingNumberUniqueId"),
        status: status_code
            .as_deref()
            .map(|code| status_of(code, &reason.unwrap_or_default(), &reason_text.unwrap_or_default())),
        status_code,
        estimate: estimated(result),
        proof: proof(
            signer(text(result, "deliveryDetails.signedByName"))
                .or_else(|| signer(text(result, "deliveryDetails.receivedByName"))),
            None,
        ),
        pickup: held_at(result),
        origin: located(result, "originLocation").or_else(|| party(result, "shipperInformation")),
        destination: located(result, "destinationLocation").or_else(|| party(result, "recipientInformation")),
        ..ShipmentDraft::default()
    };
    let scans = list(result, "scanEvents").iter().map(scan);
    keep_all(scans, &format!("{path}.scanEvents"), &mut draft, parsed);
    add(parsed, draft);
}

fn scan(event: &Value) -> FedexScan {
    let time = text(event, "date");
    let (place, said_place) = place(at(event, "scanLocation"));
    FedexScan {
        event: text(event, "eventType"),
        derived: text(event, "derivedStatusCode"),
        exception: text(event, "exceptionCode"),
        exception_text: text(event, "exceptionDescription"),
        text: text(event, "eventDescription").or_else(|| text(event, "derivedStatus")),
        read: time.as_deref().and_then(written_time),
        time,
        place,
        said_place,
    }
}

/// Both formats write an address by these names, their first letters apart; street lines are no part of an event.
fn place(address: Option<&Value>) -> (EventPlace, String) {
    let Some(address) = address else { return (EventPlace::default(), String::new()) };
    let field = |small: &str, large: &str| text(address, small).or_else(|| text(address, large));
    let city = field("city", "City");
    let region = field("stateOrProvinceCode", "StateOrProvinceCode");
    let postal_code = field("postalCode", "PostalCode");
    let said_country = field("countryCode", "CountryCode");
    let said = joined([city.clone(), region.clone(), postal_code.clone(), said_country.clone()]);
    let country = said_country.or_else(|| field("countryName", "CountryName")).as_deref().map(country);
    (EventPlace { city, region, postal_code, country, facility: None }, said.unwrap_or_default())
}

fn located(result: &Value, path: &str) -> Option<EventPlace> {
    known(place(at(result, &format!("{path}.locationContactAndAddress.address"))).0)
}

fn party(result: &Value, path: &str) -> Option<EventPlace> {
    known(place(at(result, &format!("{path}.address"))).0)
}

fn held_at(result: &Value) -> Option<PickupDraft> {
    let location = at(result, "holdAtLocation.locationContactAndAddress")?;
    let address = |line: &str| text(location, &format!("address.{line}"));
    pickup(PickupDraft {
        name: ["contact.companyName", "contact.personName"].iter().find_map(|field| text(location, field)),
        address: joined([
            address("streetLines.0"),
            address("streetLines.1"),
            address("city"),
            address("stateOrProvinceCode"),
            address("postalCode"),
            address("countryCode"),
        ]),
        hours: None,
        until: None,
        code: None,
    })
}

/// FedEx tells several dates; its live estimate is the best, the commitment next, the standard transit time last.
fn estimated(result: &Value) -> Option<EstimateDraft> {
    let window = |path: &str| {
        let end = |end: &str| day_or_time(text(result, &format!("{path}.window.{end}")).as_deref());
        estimate(end("begins"), end("ends"))
    };
    let dated = |kind: &str| {
        let dates = list(result, "dateAndTimes");
        let found = dates.iter().find(|date| text(date, "type").as_deref() == Some(kind))?;
        by(text(found, "dateTime").as_deref())
    };
    window("estimatedDeliveryTimeWindow")
        .or_else(|| dated("ESTIMATED_DELIVERY"))
        .or_else(|| dated("APPOINTMENT_DELIVERY"))
        .or_else(|| dated("COMMITMENT"))
        .or_else(|| window("standardTransitTimeWindow"))
}

/// A written end of a window; midnight stands for the day, with an offset or without.
fn day_or_time(written: Option<&str>) -> Option<crate::sources::Expected> {
    let read = written_time(written?)?;
    let midnight = match read {
        WrittenTime::Instant(local, _) | WrittenTime::Local(local) => local.time() == jiff::civil::Time::midnight(),
        WrittenTime::Day(_) => true,
    };
    Some(if midnight { crate::sources::Expected::Day(read.date()) } else { read.expected() })
}

/// "By" one written day or time.
fn by(written: Option<&str>) -> Option<EstimateDraft> {
    match day_or_time(written)? {
        day @ crate::sources::Expected::Day(_) => estimate(Some(day), Some(day)),
        time => estimate(None, Some(time)),
    }
}

#[cfg(test)]
mod tests;
