//! Registering a tracking number with an aggregator, so that it tells us of it from then on.
//!
//! Shapes after each API's reference: EasyPost v2 (Trackers), 17TRACK v2.2 (register), AfterShip 2025-07 (trackings),
//! Shippo (tracks), Karrio v1 (trackers).

use serde_json::json;

use crate::sources::json::Value;
use crate::sources::reading::{list, text};

use super::{Answer, Body, Request, basic, names, reason};

/// Who follows parcels for a brand and pushes what happens to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregator {
    Easypost,
    Seventeentrack,
    Aftership,
    Shippo,
    Karrio,
}

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    Done,
    /// It was there before, which is as good.
    Already,
    /// It may work later.
    Later(String),
    /// It never will, as it stands.
    Never(String),
}

impl Aggregator {
    pub const ALL: [Aggregator; 5] = [
        Aggregator::Easypost,
        Aggregator::Seventeentrack,
        Aggregator::Aftership,
        Aggregator::Shippo,
        Aggregator::Karrio,
    ];

    /// As it stands in settings and in the store: the name of its source.
    pub const fn as_str(self) -> &'static str {
        match self {
            Aggregator::Easypost => "easypost",
            Aggregator::Seventeentrack => "seventeentrack",
            Aggregator::Aftership => "aftership",
            Aggregator::Shippo => "shippo",
            Aggregator::Karrio => "karrio",
        }
    }

    pub fn named(name: &str) -> Option<Aggregator> {
        let name = name.trim().to_ascii_lowercase();
        let name = if name == "17track" { "seventeentrack" } else { name.as_str() };
        Aggregator::ALL.into_iter().find(|aggregator| aggregator.as_str() == name)
    }

    pub const fn default_url(self) -> &'static str {
        match self {
            Aggregator::Easypost => "https://api.easypost.com",
            Aggregator::Seventeentrack => "https://api.17track.net",
            Aggregator::Aftership => "https://api.aftership.com",
            Aggregator::Shippo => "https://api.goshippo.com",
            Aggregator::Karrio => "https://api.karrio.io",
        }
    }

    /// The request that registers a number. `carrier` is an id of `sources::carriers`, or a name as a shop wrote it.
    ///
    /// # Errors
    /// Why the aggregator could not be asked: Shippo and Karrio find out no carrier by themselves.
    pub fn registration(self, key: &str, number: &str, carrier: Option<&str>) -> Result<Request, String> {
        let named = carrier.and_then(|carrier| names::name_at(self, carrier));
        let needed = || {
            let named = named.clone();
            named.ok_or_else(|| match carrier {
                Some(carrier) => format!("{} knows no carrier {carrier:?}", self.as_str()),
                None => format!("{} needs a carrier, and none is known for the number", self.as_str()),
            })
        };
        Ok(match self {
            Aggregator::Easypost => {
                let mut tracker = json!({ "tracking_code": number });
                if let Some(carrier) = named {
                    tracker["carrier"] = carrier.into();
                }
                Request::post("/v2/trackers", Body::Json(json!({ "tracker": tracker })))
                    .with_header("authorization", basic(key, ""))
            }
            Aggregator::Seventeentrack => {
                let mut item = json!({ "number": number });
                if let Some(carrier) = named.and_then(|carrier| carrier.parse::<u64>().ok()) {
                    item["carrier"] = carrier.into();
                }
                Request::post("/track/v2.2/register", Body::Json(vec![item].into())).with_header("17token", key)
            }
            Aggregator::Aftership => {
                let mut tracking = json!({ "tracking_number": number });
                if let Some(carrier) = named {
                    tracking["slug"] = carrier.into();
                }
                Request::post("/tracking/2025-07/trackings", Body::Json(tracking)).with_header("as-api-key", key)
            }
            Aggregator::Shippo => {
                let track = json!({ "carrier": needed()?, "tracking_number": number });
                Request::post("/tracks/", Body::Json(track)).with_header("authorization", format!("ShippoToken {key}"))
            }
            // Without `pending_pickup` a label that no carrier scanned yet would be refused.
            Aggregator::Karrio => {
                let tracker = json!({ "tracking_number": number, "carrier_name": needed()? });
                Request::post("/v1/trackers?pending_pickup=true", Body::Json(tracker))
                    .with_header("authorization", format!("Token {key}"))
            }
        })
    }

    /// What the answer to a registration says.
    pub fn read(self, answer: &Answer) -> Registration {
        let body = answer.json();
        let said = body.as_ref().and_then(|body| message(self, body));
        match answer.status {
            200..300 => match (self, body) {
                (_, None) => Registration::Later("answered with something that is no JSON".to_owned()),
                (Aggregator::Seventeentrack, Some(body)) => seventeentrack(answer.status, &body),
                (_, Some(_)) => Registration::Done,
            },
            400 | 409 if self == Aggregator::Aftership && body.as_ref().is_some_and(is_known_at_aftership) => {
                Registration::Already
            }
            400 | 409 | 422 if said.as_deref().is_some_and(says_already) => Registration::Already,
            // A key can be mended, a bill be paid, a limit be waited for; Karrio says 424 when the carrier failed it.
            401 | 402 | 403 | 408 | 409 | 424 | 425 | 429 | 500.. => Registration::Later(reason(answer.status, said)),
            _ => Registration::Never(reason(answer.status, said)),
        }
    }
}

fn is_known_at_aftership(body: &Value) -> bool {
    text(body, "meta.code").is_some_and(|code| code == "4003")
}

fn says_already(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    said.contains("already exist") || said.contains("already registered") || said.contains("already been registered")
}

/// Where each API says what is wrong.
fn message(aggregator: Aggregator, body: &Value) -> Option<String> {
    let places: &[&str] = match aggregator {
        Aggregator::Easypost => &["error.message", "error.code"],
        Aggregator::Seventeentrack => &["data.errors.0.message", "message", "code"],
        Aggregator::Aftership => &["meta.message", "meta.type"],
        Aggregator::Shippo => &["detail", "carrier.0", "tracking_number.0", "__all__.0", "messages.0.text"],
        Aggregator::Karrio => &["errors.0.message", "messages.0.message", "detail"],
    };
    places.iter().find_map(|place| text(body, place))
}

/// 17TRACK answers 200 to everything, with codes of its own for the request and for each number.
fn seventeentrack(status: u16, body: &Value) -> Registration {
    if !list(body, "data.accepted").is_empty() {
        return Registration::Done;
    }
    let Some(rejected) = list(body, "data.rejected").first() else {
        return Registration::Later(reason(status, message(Aggregator::Seventeentrack, body)));
    };
    let said = text(rejected, "error.message");
    match text(rejected, "error.code").as_deref() {
        // Registered before.
        Some("-18019901") => Registration::Already,
        // The day's or the account's quota is used up.
        Some("-18019907" | "-18019908") => Registration::Later(reason(status, said)),
        _ => Registration::Never(reason(status, said)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Method;
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn each_aggregator_is_asked_in_its_own_words() {
        let asked = |aggregator: Aggregator, carrier| aggregator.registration("key", "1Z1", carrier).unwrap();
        let cases = [
            (Aggregator::Easypost, "/v2/trackers", r#"{"tracker":{"carrier":"UPS","tracking_code":"1Z1"}}"#),
            (Aggregator::Seventeentrack, "/track/v2.2/register", r#"[{"carrier":100002,"number":"1Z1"}]"#),
            (Aggregator::Aftership, "/tracking/2025-07/trackings", r#"{"slug":"ups","tracking_number":"1Z1"}"#),
            (Aggregator::Shippo, "/tracks/", r#"{"carrier":"ups","tracking_number":"1Z1"}"#),
            (
                Aggregator::Karrio,
                "/v1/trackers?pending_pickup=true",
                r#"{"carrier_name":"ups","tracking_number":"1Z1"}"#,
            ),
        ];
        for (aggregator, path, body) in cases {
            let request = asked(aggregator, Some("ups"));
            assert_eq!((request.method, request.path.as_str()), (Method::Post, path));
            assert_eq!(request.body, Body::Json(serde_json::from_str(body).unwrap()), "{}", aggregator.as_str());
        }
        let header = |aggregator| asked(aggregator, Some("ups")).headers.pop().unwrap();
        assert_eq!(header(Aggregator::Easypost), ("authorization", "Basic a2V5Og==".to_owned()));
        assert_eq!(header(Aggregator::Seventeentrack), ("17token", "key".to_owned()));
        assert_eq!(header(Aggregator::Aftership), ("as-api-key", "key".to_owned()));
        assert_eq!(header(Aggregator::Shippo), ("authorization", "ShippoToken key".to_owned()));
        assert_eq!(header(Aggregator::Karrio), ("authorization", "Token key".to_owned()));
    }

    #[test]
    fn a_carrier_that_an_aggregator_does_not_know_is_left_for_it_to_find_out() {
        let request = Aggregator::Aftership.registration("key", "X1", Some("Bob's Vans")).unwrap();
        assert_eq!(request.body, Body::Json(json!({ "tracking_number": "X1" })));
        assert!(Aggregator::Shippo.registration("key", "X1", Some("Bob's Vans")).unwrap_err().contains("Bob's Vans"));
        assert!(Aggregator::Karrio.registration("key", "X1", None).is_err());
    }

    #[test]
    fn registered_before_is_as_good() {
        let aftership = r#"{"meta":{"code":4003,"message":"Tracking already exists.","type":"BadRequest"},"data":{}}"#;
        assert_eq!(Aggregator::Aftership.read(&answer(400, aftership)), Registration::Already);
        let seventeentrack = r#"{"code":0,"data":{"accepted":[],"rejected":[{"number":"1Z1",
            "error":{"code":-18019901,"message":"The tracking number has been registered."}}]}}"#;
        assert_eq!(Aggregator::Seventeentrack.read(&answer(200, seventeentrack)), Registration::Already);
        assert_eq!(Aggregator::Easypost.read(&answer(201, r#"{"id":"trk_1"}"#)), Registration::Done);
        let accepted = r#"{"code":0,"data":{"accepted":[{"number":"1Z1","carrier":100002}],"rejected":[]}}"#;
        assert_eq!(Aggregator::Seventeentrack.read(&answer(200, accepted)), Registration::Done);
    }

    #[test]
    fn what_may_pass_is_tried_again_and_what_cannot_is_not() {
        let later = |aggregator: Aggregator, status, body: &str| {
            matches!(aggregator.read(&answer(status, body)), Registration::Later(_))
        };
        for status in [401, 402, 403, 429, 500, 503] {
            assert!(later(Aggregator::Shippo, status, "{}"), "{status}");
        }
        assert!(later(Aggregator::Easypost, 200, "<html>"));
        assert!(later(
            Aggregator::Seventeentrack,
            200,
            r#"{"code":-18010002,"data":{"errors":[{"message":"no key"}]}}"#
        ));
        let bad = r#"{"error":{"code":"TRACKER.CREATE.ERROR","message":"Invalid tracking code"}}"#;
        assert_eq!(
            Aggregator::Easypost.read(&answer(422, bad)),
            Registration::Never("answered 422: Invalid tracking code".to_owned())
        );
    }
}
