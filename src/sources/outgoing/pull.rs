//! Asking for one number: the tokens and tracking requests of UPS, FedEx, USPS and DHL, and EasyPost and 17TRACK as pull.
//!
//! Shapes after each API's reference: UPS Tracking v1, FedEx Track v1, USPS Tracking v3, DHL Shipment Tracking (Unified),
//! EasyPost Trackers v2, 17TRACK v2.2.

use jiff::SignedDuration;
use serde_json::json;

use crate::sources::json::Value;
use crate::sources::reading::{list, text};
use crate::sources::source::{self, Source};
use crate::sources::{Parsed, carriers};

use super::register::{Aggregator, Registration};
use super::{Account, Answer, Body, Request, basic, names, reason};

/// Who can be asked for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pull {
    Ups,
    Fedex,
    Usps,
    Dhl,
    Easypost,
    Seventeentrack,
}

/// What lets us in for a while.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub lasts: SignedDuration,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Parcels(Parsed),
    /// The number is not known there, or not yet: no fault of anyone's.
    Nothing,
    /// It has to be registered there before it can be asked for.
    NotRegistered,
    /// The API is well, but says no to this number, for this reason.
    Refused(String),
    /// What came cannot be what this API answers.
    Garbage(String),
}

impl Pull {
    pub const ALL: [Pull; 6] = [Pull::Ups, Pull::Fedex, Pull::Usps, Pull::Dhl, Pull::Easypost, Pull::Seventeentrack];

    /// As it stands in settings and in the store: the name of its source.
    pub const fn as_str(self) -> &'static str {
        self.source().as_str()
    }

    /// Whose parser reads the answers.
    pub const fn source(self) -> Source {
        match self {
            Pull::Ups => Source::Ups,
            Pull::Fedex => Source::Fedex,
            Pull::Usps => Source::Usps,
            Pull::Dhl => Source::DhlUnified,
            Pull::Easypost => Source::Easypost,
            Pull::Seventeentrack => Source::Seventeentrack,
        }
    }

    pub fn of_source(name: &str) -> Option<Pull> {
        let source: Source = name.parse().ok()?;
        Pull::ALL.into_iter().find(|pull| pull.source() == source)
    }

    /// Whether it is asked for parcels of this carrier; aggregators are asked for any.
    pub fn follows(self, carrier: Option<&str>) -> bool {
        let id = carrier.map(|carrier| carriers::canonical(carrier).unwrap_or(carrier));
        match self {
            Pull::Ups => id == Some("ups"),
            Pull::Fedex => id == Some("fedex"),
            Pull::Usps => id == Some("usps"),
            Pull::Dhl => id.is_some_and(|id| id == "dhl" || id.starts_with("dhl_")),
            Pull::Easypost | Pull::Seventeentrack => true,
        }
    }

    /// Requests an hour that an account is good for by default, as far as each API says.
    pub const fn per_hour(self) -> u32 {
        match self {
            Pull::Ups | Pull::Fedex => 6_000,
            // 60 an hour for a new account; 250 a day.
            Pull::Usps => 60,
            Pull::Dhl => 10,
            Pull::Easypost => 12_000,
            // Three a second.
            Pull::Seventeentrack => 9_000,
        }
    }

    /// The request for a token, where the API wants one (OAuth 2, client credentials).
    pub fn token_request(self, account: &Account) -> Option<Request> {
        let grant = ("grant_type", "client_credentials".to_owned());
        let id = ("client_id", account.user.clone());
        let secret = ("client_secret", account.secret.clone());
        match self {
            Pull::Ups => Some(
                Request::post("/security/v1/oauth/token", Body::Form(vec![grant]))
                    .with_header("authorization", account.basic())
                    .with_header("x-merchant-id", account.user.clone()),
            ),
            Pull::Fedex => Some(Request::post("/oauth/token", Body::Form(vec![grant, id, secret]))),
            Pull::Usps => Some(Request::post("/oauth2/v3/token", Body::Form(vec![grant, id, secret]))),
            Pull::Dhl | Pull::Easypost | Pull::Seventeentrack => None,
        }
    }

    /// The request for what is known of a number. `token` is there where [`Pull::token_request`] is.
    pub fn tracking(self, account: &Account, token: Option<&Token>, number: &str, carrier: Option<&str>) -> Request {
        let bearer = format!("Bearer {}", token.map_or("", |token| token.text.as_str()));
        let encoded = carriers::percent_encoded(number);
        match self {
            Pull::Ups => Request::get(format!("/api/track/v1/details/{encoded}?locale=en_US"))
                .with_header("authorization", bearer)
                .with_header("transId", format!("doorstep-{number}"))
                .with_header("transactionSrc", "doorstep"),
            Pull::Fedex => {
                let asked = json!({ "trackingNumberInfo": { "trackingNumber": number } });
                let body = json!({ "includeDetailedScans": true, "trackingInfo": [asked] });
                Request::post("/track/v1/trackingnumbers", Body::Json(body))
                    .with_header("authorization", bearer)
                    .with_header("x-locale", "en_US")
            }
            Pull::Usps => Request::get(format!("/tracking/v3/tracking/{encoded}?expand=DETAIL"))
                .with_header("authorization", bearer),
            Pull::Dhl => Request::get(format!("/track/shipments?trackingNumber={encoded}&language=en"))
                .with_header("dhl-api-key", account.key()),
            Pull::Easypost => {
                let named = carrier.and_then(|carrier| names::name_at(Aggregator::Easypost, carrier));
                let carrier = named.map(|name| format!("&carrier={}", carriers::percent_encoded(&name)));
                let path = format!("/v2/trackers?tracking_code={encoded}{}", carrier.unwrap_or_default());
                Request::get(path).with_header("authorization", basic(account.key(), ""))
            }
            Pull::Seventeentrack => {
                let mut asked = json!({ "number": number });
                let named = carrier.and_then(|carrier| names::name_at(Aggregator::Seventeentrack, carrier));
                if let Some(carrier) = named.and_then(|name| name.parse::<u64>().ok()) {
                    asked["carrier"] = carrier.into();
                }
                Request::post("/track/v2.2/gettrackinfo", Body::Json(vec![asked].into()))
                    .with_header("17token", account.key())
            }
        }
    }

    /// The request that registers a number first, where [`Told::NotRegistered`] can be answered.
    pub fn registration(self, account: &Account, number: &str, carrier: Option<&str>) -> Option<Request> {
        self.aggregator()?.registration(account.key(), number, carrier).ok()
    }

    fn aggregator(self) -> Option<Aggregator> {
        match self {
            Pull::Easypost => Some(Aggregator::Easypost),
            Pull::Seventeentrack => Some(Aggregator::Seventeentrack),
            Pull::Ups | Pull::Fedex | Pull::Usps | Pull::Dhl => None,
        }
    }

    /// What the answer to that registration says. EasyPost's already holds what is known.
    pub fn read_registration(self, number: &str, answer: &Answer) -> Told {
        match self.aggregator().map(|aggregator| aggregator.read(answer)) {
            Some(Registration::Done) if self == Pull::Easypost => self.read(number, answer),
            Some(Registration::Done | Registration::Already) => Told::Nothing,
            Some(Registration::Never(why)) => Told::Refused(why),
            Some(Registration::Later(why)) => Told::Garbage(why),
            None => Told::Refused("it cannot be registered there".to_owned()),
        }
    }

    /// What an answer to [`Pull::tracking`] says of the number. Only answers that are no server's fault come here: 2xx, 400,
    /// 404 and their like.
    pub fn read(self, number: &str, answer: &Answer) -> Told {
        let body = answer.json();
        if answer.status == 404 || body.as_ref().is_some_and(|body| self.knows_nothing(body)) {
            return Told::Nothing;
        }
        if body.as_ref().is_some_and(|body| self.is_unregistered(body)) {
            return Told::NotRegistered;
        }
        if !answer.is_success() {
            return Told::Refused(reason(answer.status, body.as_ref().and_then(said)));
        }
        let Some(mut named) = body.clone() else {
            return Told::Garbage("answered with something that is no JSON".to_owned());
        };
        self.fill_in_number(number, &mut named);
        let parsed = about(number, source::parse(Some(self.source()), named.to_string().as_bytes()));
        if !parsed.shipments.is_empty() {
            return Told::Parcels(parsed);
        }
        match parsed.refused.iter().find(|refusal| !refusal.is_ignored()) {
            Some(refusal) if self.is_error(body.as_ref()) => {
                Told::Refused(reason(answer.status, Some(refusal.reason.clone())))
            }
            Some(refusal) => Told::Garbage(reason(answer.status, Some(format!("{} cannot be read", refusal.at)))),
            None => Told::Nothing,
        }
    }

    /// Names the number asked for where an answer leaves it out: the parsers attribute nothing to a parcel without one.
    fn fill_in_number<'a>(self, number: &'a str, body: &mut Value<'a>) {
        let (items, name) = match self {
            Pull::Ups => {
                (body.get_mut("trackResponse").and_then(|response| response.get_mut("shipment")), "inquiryNumber")
            }
            Pull::Fedex => {
                (body.get_mut("output").and_then(|output| output.get_mut("completeTrackResults")), "trackingNumber")
            }
            Pull::Usps if body.get("trackingEvents").is_some() => (Some(body), "trackingNumber"),
            Pull::Dhl => (body.get_mut("shipments"), "id"),
            Pull::Usps | Pull::Easypost | Pull::Seventeentrack => return,
        };
        let items = match items {
            Some(Value::Array(items)) => items.as_mut_slice(),
            Some(item @ Value::Object(_)) => std::slice::from_mut(item),
            _ => return,
        };
        for item in items {
            if text(item, name).is_none()
                && let Value::Object(fields) = item
            {
                fields.insert(name, Value::String(number.into()));
            }
        }
    }

    /// Answers that say, one way or other, that there is nothing to say.
    fn knows_nothing(self, body: &Value) -> bool {
        let any = |path: &str, name: &str, codes: &[&str]| {
            list(body, path).iter().filter_map(|part| text(part, name)).any(|code| codes.contains(&code.as_str()))
        };
        match self {
            // TW0001: tracking information not found; TV1002: not a number of theirs.
            Pull::Ups => {
                let codes = ["TW0001", "TV1002", "151018", "151044"];
                any("trackResponse.shipment.0.warnings", "code", &codes) || any("response.errors", "code", &codes)
            }
            Pull::Fedex => {
                let results = list(body, "output.completeTrackResults.0.trackResults");
                let is_missing = |result: &Value| {
                    text(result, "error.code").is_some_and(|code| code.contains("NOTFOUND") || code.contains("INVALID"))
                };
                (!results.is_empty() && results.iter().all(is_missing))
                    || any("errors", "code", &["TRACKING.TRACKINGNUMBER.NOTFOUND", "TRACKING.DATA.NOTFOUND"])
            }
            Pull::Usps | Pull::Dhl | Pull::Easypost => false,
            Pull::Seventeentrack => any("data.rejected", "error.code", &["-18019909"]),
        }
    }

    fn is_unregistered(self, body: &Value) -> bool {
        match self {
            Pull::Easypost => body.get("trackers").and_then(Value::as_array).is_some_and(Vec::is_empty),
            Pull::Seventeentrack => list(body, "data.rejected")
                .iter()
                .any(|rejected| text(rejected, "error.code").as_deref() == Some("-18019902")),
            Pull::Ups | Pull::Fedex | Pull::Usps | Pull::Dhl => false,
        }
    }

    /// An error body under a status of success.
    fn is_error(self, body: Option<&Value>) -> bool {
        let Some(body) = body else { return false };
        match self {
            Pull::Fedex => !list(body, "output.completeTrackResults").is_empty() || said(body).is_some(),
            _ => said(body).is_some() || !list(body, "data.rejected").is_empty(),
        }
    }
}

/// Where APIs say what is wrong.
fn said(body: &Value) -> Option<String> {
    ["response.errors.0.message", "errors.0.message", "error.message", "data.errors.0.message", "detail", "title"]
        .into_iter()
        .find_map(|place| text(body, place))
}

/// Reads the answer to a request for a token. `None` for anything else.
pub fn read_token(answer: &Answer) -> Option<Token> {
    let body = answer.json().filter(|_| answer.is_success())?;
    let token = text(&body, "access_token")?;
    // UPS writes the seconds as text.
    let seconds = text(&body, "expires_in").and_then(|seconds| seconds.parse().ok()).unwrap_or(600);
    Some(Token { text: token, lasts: SignedDuration::from_secs(seconds) })
}

/// What is said of the number that was asked for. An answer that does not name it, or names one number only, is about it;
/// of several parcels only those that bear it are.
fn about(number: &str, mut parsed: Parsed) -> Parsed {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_uppercase()).collect()
    };
    let asked = plain(number);
    if parsed.shipments.iter().any(|shipment| plain(&shipment.tracking_number) == asked) {
        parsed.shipments.retain(|shipment| {
            let told = plain(&shipment.tracking_number);
            told == asked || told.is_empty()
        });
    } else if parsed.shipments.len() > 1 {
        parsed.shipments.retain(|shipment| shipment.tracking_number.trim().is_empty());
    }
    for shipment in &mut parsed.shipments {
        number.clone_into(&mut shipment.tracking_number);
    }
    // We asked for a parcel: whatever else an answer holds is not ours to take.
    parsed.orders.clear();
    parsed
}

#[cfg(test)]
#[path = "pull_tests.rs"]
mod tests;
