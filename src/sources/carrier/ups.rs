//! UPS and UPS Mail Innovations: the REST Track API (`trackResponse`), and the older Track answers in XML, SOAP and JSON
//! (`TrackResponse`). What its codes mean stands in `ups/codes.rs`.

pub(in crate::sources) mod codes;

use crate::sources::json::Value;
use crate::sources::reading::{self, Payload, WrittenTime, at, clock, date_and_clock, element, list, plain, text};
use crate::sources::{EstimateDraft, Expected, Parsed, PickupDraft, ShipmentDraft};
use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::status::Status;

use self::codes::{finer_text, status_of};
use super::finer::{finer, signer, told_apart};
use super::scan::{Scan, add, country, estimate, joined, known, pickup, proof, refuse, untold};

const CARRIER: &str = "ups";

pub fn recognises(payload: &Payload<'_>) -> bool {
    match payload {
        Payload::Json(body) => {
            at(body, "trackResponse.shipment").is_some()
                || at(body, "TrackResponse.Shipment").is_some()
                || at(body, "TrackResponse.Response.ResponseStatusCode").is_some()
                || at(body, "response.errors.0.code").is_some()
                || at(body, "Fault.detail.Errors.ErrorDetail").is_some()
        }
        Payload::Xml(document) => track_response(document).is_some(),
        Payload::Text(_) => false,
    }
}

/// The `TrackResponse` that is UPS': USPS answers under the same name, with other children.
fn track_response<'a, 'i>(document: &'a roxmltree::Document<'i>) -> Option<roxmltree::Node<'a, 'i>> {
    let response = element(document.root_element(), "TrackResponse")?;
    reading::children(response, "Response").next().map(|_| response)
}

pub fn parse(payload: &Payload<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    match payload {
        Payload::Json(body) => {
            for (index, shipment) in list(body, "trackResponse.shipment").iter().enumerate() {
                read_shipment(shipment, &format!("trackResponse.shipment[{index}]"), &mut parsed);
            }
            if let Some(response) = at(body, "TrackResponse") {
                read_old_response(response, &mut parsed);
            }
            for (index, error) in list(body, "response.errors").iter().enumerate() {
                refuse(&mut parsed, format!("response.errors[{index}]"), error_words(error, "code", "message"));
            }
            for (index, error) in list(body, "Fault.detail.Errors.ErrorDetail").iter().enumerate() {
                let words = error_words(error, "PrimaryErrorCode.Code", "PrimaryErrorCode.Description");
                refuse(&mut parsed, format!("Fault.detail.Errors.ErrorDetail[{index}]"), words);
            }
        }
        Payload::Xml(document) => {
            if let Some(response) = track_response(document) {
                read_old_response(&reading::xml_value(response), &mut parsed);
            }
        }
        Payload::Text(_) => {}
    }
    parsed
}

fn error_words(error: &Value, code: &str, message: &str) -> String {
    let words = [text(error, code), text(error, message)].into_iter().flatten().collect::<Vec<_>>().join(": ");
    if words.is_empty() { "UPS answered an error without words".to_owned() } else { words }
}

/// One activity in the words of either format.
struct Activity {
    kind: Option<String>,
    code: Option<String>,
    status_code: Option<String>,
    text: Option<String>,
    date: Option<String>,
    time: Option<String>,
    offset: Option<jiff::tz::Offset>,
    place: EventPlace,
    said_place: String,
}

impl Activity {
    fn status(&self) -> Status {
        let (kind, code, status_code) = (self.kind.as_deref(), self.code.as_deref(), self.status_code.as_deref());
        let by_code = status_of(kind.unwrap_or(""), code.unwrap_or(""), status_code.unwrap_or(""));
        finer(by_code, self.text.as_deref().and_then(finer_text))
    }

    fn event(self) -> Result<(TrackingEvent, String), String> {
        let status = self.status();
        let beside = self.status_code.clone().unwrap_or_default();
        let read = date_and_clock(self.date.as_deref(), self.time.as_deref());
        let read = read.map(|read| read.with_offset(self.offset).without_placeholder());
        let scan = Scan {
            id: None,
            code: self.code.or(self.status_code).or(self.kind),
            text: self.text.map(|text| plain(&text)),
            time: joined_time(self.date, self.time),
            place: self.place,
            said_place: self.said_place,
        };
        scan.event_reading(read, status, None).map(|event| (event, beside))
    }
}

fn joined_time(date: Option<String>, time: Option<String>) -> Option<String> {
    let said = [date, time].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

fn keep_all(activities: impl Iterator<Item = Activity>, at: &str, shipment: &mut ShipmentDraft, parsed: &mut Parsed) {
    let mut told = Vec::new();
    for (index, activity) in activities.enumerate() {
        match activity.event() {
            Ok(event) => told.push(event),
            Err(reason) => refuse(parsed, format!("{at}[{index}]"), reason),
        }
    }
    shipment.events = told_apart(told);
}

fn read_shipment(shipment: &Value, path: &str, parsed: &mut Parsed) {
    let asked = text(shipment, "inquiryNumber");
    let packages = list(shipment, "package");
    if packages.is_empty() {
        let warning = list(shipment, "warnings").first().unwrap_or(&Value::Null);
        let code = text(warning, "code");
        return match asked {
            Some(number) => add(parsed, untold(CARRIER, number, status_of_error(code.as_deref()), code)),
            None => refuse(parsed, path, error_words(warning, "code", "message")),
        };
    }
    for (index, package) in packages.iter().enumerate() {
        let path = format!("{path}.package[{index}]");
        // The documentation's own sample has the word "string" where the number belongs.
        let number = text(package, "trackingNumber").filter(|number| number.bytes().any(|byte| byte.is_ascii_digit()));
        let Some(number) = number.or_else(|| asked.clone()) else {
            refuse(parsed, path, "the package has no trackingNumber");
            continue;
        };
        let current = at(package, "currentStatus").unwrap_or(&Value::Null);
        let (status, status_code) = current_status(current);
        let mut draft = ShipmentDraft {
            tracking_number: number,
            carrier: Some(CARRIER.to_owned()),
            service: text(package, "service.description").map(|service| plain(&service)),
            status,
            status_code,
            estimate: estimated(package),
            proof: proof(signer(text(package, "deliveryInformation.receivedBy")), None),
            pickup: access_point(package),
            origin: address_of(package, "ORIGIN"),
            destination: address_of(package, "DESTINATION"),
            ..ShipmentDraft::default()
        };
        let activities = list(package, "activity").iter().map(activity);
        keep_all(activities, &format!("{path}.activity"), &mut draft, parsed);
        add(parsed, draft);
    }
}

/// `currentStatus` writes the three-digit code as `code`, and as `statusCode` where `code` has the letters.
fn current_status(current: &Value) -> (Option<Status>, Option<String>) {
    let code = text(current, "code").or_else(|| text(current, "statusCode"));
    let Some(code) = code else { return (None, None) };
    let numeric = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let (letters, digits) = match numeric {
        true => (String::new(), code.clone()),
        false => (code.clone(), text(current, "statusCode").unwrap_or_default()),
    };
    let status = status_of(&text(current, "type").unwrap_or_default(), &letters, &digits);
    let words = text(current, "description");
    (Some(finer(status, words.as_deref().and_then(finer_text))), Some(code))
}

fn activity(activity: &Value) -> Activity {
    let (date, time) = (text(activity, "date"), text(activity, "time"));
    let (place, said_place) = place(at(activity, "location.address"), ["city", "stateProvince", "postalCode"]);
    let said_place = match said_place.is_empty() {
        true => text(activity, "location.slic").unwrap_or_default(),
        false => said_place,
    };
    Activity {
        kind: text(activity, "status.type"),
        code: text(activity, "status.code"),
        status_code: text(activity, "status.statusCode"),
        text: text(activity, "status.description"),
        offset: text(activity, "gmtOffset").as_deref().and_then(reading::offset).or_else(|| gmt_offset(activity)),
        date,
        time,
        place,
        said_place,
    }
}

/// The offset between the two clocks an activity tells, where it does not tell the offset itself.
fn gmt_offset(activity: &Value) -> Option<jiff::tz::Offset> {
    let gmt = date_and_clock(text(activity, "gmtDate").as_deref(), text(activity, "gmtTime").as_deref())?;
    let local = date_and_clock(text(activity, "date").as_deref(), text(activity, "time").as_deref())?;
    let (WrittenTime::Local(gmt), WrittenTime::Local(local)) = (gmt, local) else { return None };
    let seconds = local.duration_since(gmt).as_secs();
    let quarters = (seconds + 450).div_euclid(900);
    let seconds = i32::try_from(quarters * 900).ok().filter(|seconds| seconds.abs() <= 14 * 3600)?;
    jiff::tz::Offset::from_seconds(seconds).ok()
}

/// The place, and the same as UPS writes it. `fields` names city, state and postal code.
fn place(address: Option<&Value>, fields: [&str; 3]) -> (EventPlace, String) {
    let Some(address) = address else { return (EventPlace::default(), String::new()) };
    let [city, region, postal_code] = fields.map(|field| text(address, field));
    let said_country = ["countryCode", "CountryCode", "country", "Country"].iter().find_map(|name| text(address, name));
    let said = joined([city.clone(), region.clone(), postal_code.clone(), said_country.clone()]);
    let place = EventPlace { city, region, postal_code, country: said_country.as_deref().map(country), facility: None };
    (place, said.unwrap_or_default())
}

fn address_of(package: &Value, kind: &str) -> Option<EventPlace> {
    let found =
        list(package, "packageAddress").iter().find(|address| text(address, "type").as_deref() == Some(kind))?;
    known(place(at(found, "address"), ["city", "stateProvince", "postalCode"]).0)
}

fn access_point(package: &Value) -> Option<PickupDraft> {
    let point = list(package, "packageAddress")
        .iter()
        .find(|address| text(address, "type").is_some_and(|kind| kind.contains("ACCESS") || kind.contains("PICKUP")));
    let point = point.unwrap_or(&Value::Null);
    let lines = ["addressLine1", "addressLine2", "city", "stateProvince", "postalCode", "countryCode"];
    pickup(PickupDraft {
        name: text(point, "name"),
        address: joined(lines.map(|line| text(point, &format!("address.{line}")))),
        hours: None,
        until: text(package, "accessPointInformation.pickupByDate")
            .as_deref()
            .and_then(reading::written_time)
            .map(WrittenTime::date),
        code: None,
    })
}

/// A rescheduled date takes the place of the scheduled one; the delivered one is no estimate.
fn estimated(package: &Value) -> Option<EstimateDraft> {
    let dated = |kind: &str| {
        let dates = list(package, "deliveryDate");
        let found = dates.iter().find(|date| text(date, "type").as_deref() == Some(kind))?;
        text(found, "date").as_deref().and_then(reading::written_time).map(WrittenTime::date)
    };
    let day = dated("RDD").or_else(|| dated("SDD"))?;
    let time = |field: &str| {
        let time = text(package, &format!("deliveryTime.{field}")).as_deref().and_then(clock)?;
        Some(Expected::Local(day.to_datetime(time)))
    };
    let all_day = || estimate(Some(Expected::Day(day)), Some(Expected::Day(day)));
    match text(package, "deliveryTime.type").as_deref() {
        Some("EDW" | "CDW" | "IDW") => estimate(time("startTime"), time("endTime")).or_else(all_day),
        Some("CMT") => estimate(None, time("endTime")).or_else(all_day),
        _ => all_day(),
    }
}

/// The answers before REST: the same tree in XML, SOAP and JSON.
fn read_old_response(response: &Value, parsed: &mut Parsed) {
    let shipments = list(response, "Shipment");
    if text(response, "Response.ResponseStatusCode").as_deref() == Some("0") || shipments.is_empty() {
        let errors = list(response, "Response.Error");
        for (index, error) in errors.iter().enumerate() {
            let words = error_words(error, "ErrorCode", "ErrorDescription");
            refuse(parsed, format!("TrackResponse/Response/Error[{index}]"), words);
        }
        if errors.is_empty() && shipments.is_empty() {
            refuse(parsed, "TrackResponse", "the answer tells neither a shipment nor an error");
        }
    }
    for (index, shipment) in shipments.iter().enumerate() {
        read_old_shipment(shipment, &format!("TrackResponse/Shipment[{index}]"), parsed);
    }
}

fn read_old_shipment(shipment: &Value, path: &str, parsed: &mut Parsed) {
    let own = text(shipment, "ShipmentIdentificationNumber").or_else(|| text(shipment, "InquiryNumber.Value"));
    // Freight and some Mail Innovations answers tell their activities without a package.
    let packages = match list(shipment, "Package") {
        [] => std::slice::from_ref(shipment),
        packages => packages,
    };
    for (index, package) in packages.iter().enumerate() {
        let path = format!("{path}/Package[{index}]");
        let Some(number) = text(package, "TrackingNumber").or_else(|| own.clone()) else {
            refuse(parsed, path, "the package has no TrackingNumber");
            continue;
        };
        let activities = list(package, "Activity");
        let signed = activities.iter().find_map(|activity| text(activity, "ActivityLocation.SignedForByName"));
        let mut draft = ShipmentDraft {
            tracking_number: number,
            carrier: Some(CARRIER.to_owned()),
            service: text(shipment, "Service.Description").map(|service| plain(&service)),
            estimate: old_estimate(shipment, package),
            proof: proof(signer(signed), None),
            origin: old_address(shipment, "Shipper.Address"),
            destination: old_address(shipment, "ShipTo.Address"),
            ..ShipmentDraft::default()
        };
        let read = activities.iter().map(old_activity);
        keep_all(read, &format!("{path}/Activity"), &mut draft, parsed);
        add(parsed, draft);
    }
}

fn old_address(shipment: &Value, path: &str) -> Option<EventPlace> {
    known(place(at(shipment, path), ["City", "StateProvinceCode", "PostalCode"]).0)
}

fn old_activity(activity: &Value) -> Activity {
    let address = at(activity, "ActivityLocation.Address").or_else(|| at(activity, "ActivityLocation"));
    let (place, said_place) = place(address, ["City", "StateProvinceCode", "PostalCode"]);
    Activity {
        kind: text(activity, "Status.StatusType.Code").or_else(|| text(activity, "Status.Type")),
        code: text(activity, "Status.StatusCode.Code").or_else(|| text(activity, "Status.Code")),
        status_code: None,
        text: ["Status.StatusType.Description", "Status.Description", "Description"]
            .iter()
            .find_map(|path| text(activity, path)),
        date: text(activity, "Date"),
        time: text(activity, "Time"),
        offset: text(activity, "GMTOffset").as_deref().and_then(reading::offset),
        place,
        said_place,
    }
}

fn old_estimate(shipment: &Value, package: &Value) -> Option<EstimateDraft> {
    let rescheduled = date_and_clock(
        text(package, "RescheduledDeliveryDate").as_deref(),
        text(package, "RescheduledDeliveryTime").as_deref(),
    );
    let detail = |word: &str| {
        let details = list(package, "DeliveryDetail").iter().chain(list(shipment, "DeliveryDetail"));
        let mut found =
            details.filter(|detail| text(detail, "Type.Description").is_some_and(|kind| kind.starts_with(word)));
        found.find_map(|detail| date_and_clock(text(detail, "Date").as_deref(), text(detail, "Time").as_deref()))
    };
    let scheduled = date_and_clock(
        text(shipment, "ScheduledDeliveryDate").as_deref(),
        text(shipment, "ScheduledDeliveryTime").as_deref(),
    );
    match rescheduled.or_else(|| detail("Resched")).or(scheduled).or_else(|| detail("Sched"))?.without_placeholder() {
        WrittenTime::Local(local) => estimate(None, Some(Expected::Local(local))),
        read => estimate(Some(Expected::Day(read.date())), Some(Expected::Day(read.date()))),
    }
}

/// What UPS says of a number it has nothing to tell of.
fn status_of_error(code: Option<&str>) -> Status {
    match code {
        // "Tracking Information Not Found"; "No tracking information available"
        Some("TW0001" | "TV1003" | "151044" | "151045" | "151062") => Status::PendingNoData,
        // "Invalid inquiry number"; "Invalid tracking number"
        Some("TV1002" | "151018" | "151019") => Status::PendingInvalidNumber,
        _ => Status::TrackerError,
    }
}

#[cfg(test)]
mod tests;
