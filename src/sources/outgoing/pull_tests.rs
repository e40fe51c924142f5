use super::super::Method;
use super::*;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec() }
}

fn account() -> Account {
    Account { user: "id".to_owned(), secret: "secret".to_owned() }
}

fn asked(pull: Pull) -> Request {
    let token = Token { text: "t0k".to_owned(), lasts: SignedDuration::from_hours(1) };
    pull.tracking(&account(), Some(&token), "1Z 1", Some("ups"))
}

fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    request.headers.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

#[test]
fn each_api_is_asked_in_its_own_words() {
    let cases = [
        (Pull::Ups, Method::Get, "/api/track/v1/details/1Z%201?locale=en_US"),
        (Pull::Fedex, Method::Post, "/track/v1/trackingnumbers"),
        (Pull::Usps, Method::Get, "/tracking/v3/tracking/1Z%201?expand=DETAIL"),
        (Pull::Dhl, Method::Get, "/track/shipments?trackingNumber=1Z%201&language=en"),
        (Pull::Easypost, Method::Get, "/v2/trackers?tracking_code=1Z%201&carrier=UPS"),
        (Pull::Seventeentrack, Method::Post, "/track/v2.2/gettrackinfo"),
    ];
    for (pull, method, path) in cases {
        assert_eq!((asked(pull).method, asked(pull).path.as_str()), (method, path));
    }
    for pull in [Pull::Ups, Pull::Fedex, Pull::Usps] {
        assert_eq!(header(&asked(pull), "authorization"), "Bearer t0k");
    }
    assert_eq!(header(&asked(Pull::Dhl), "dhl-api-key"), "secret");
    assert_eq!(header(&asked(Pull::Easypost), "authorization"), "Basic c2VjcmV0Og==");
    let body = json!([{ "number": "1Z 1", "carrier": 100_002 }]);
    assert_eq!(asked(Pull::Seventeentrack).body, Body::Json(body));
}

#[test]
fn tokens_are_asked_for_where_the_api_wants_them() {
    let request = Pull::Ups.token_request(&account()).unwrap();
    assert_eq!(request.path, "/security/v1/oauth/token");
    assert_eq!(header(&request, "authorization"), "Basic aWQ6c2VjcmV0");
    let Some(Request { body: Body::Form(fields), .. }) = Pull::Fedex.token_request(&account()) else { panic!() };
    assert!(
        fields.contains(&("client_id", "id".to_owned())) && fields.contains(&("client_secret", "secret".to_owned()))
    );
    assert!(
        [Pull::Dhl, Pull::Easypost, Pull::Seventeentrack].iter().all(|pull| pull.token_request(&account()).is_none())
    );
}

#[test]
fn a_token_lasts_as_long_as_it_says_in_either_type() {
    for body in [r#"{"access_token":"a","expires_in":"14399"}"#, r#"{"access_token":"a","expires_in":14399}"#] {
        let token = read_token(&answer(200, body)).unwrap();
        assert_eq!((token.text.as_str(), token.lasts.as_secs()), ("a", 14_399));
    }
    assert!(read_token(&answer(400, r#"{"access_token":"a"}"#)).is_none());
    assert!(read_token(&answer(200, "<html>")).is_none());
}

#[test]
fn an_answer_that_does_not_name_its_number_is_about_the_one_asked_for() {
    let ups = r#"{"trackResponse":{"shipment":[{"package":[{"activity":[{"date":"20261105","time":"101500",
        "status":{"type":"I","code":"DP","description":"Departed from Facility"}}]}]}]}}"#;
    let fedex = r#"{"output":{"completeTrackResults":[{"trackResults":[{"latestStatusDetail":{"code":"IT"},"scanEvents":[
        {"date":"2026-11-05T10:15:00-05:00","eventType":"DP","eventDescription":"Departed FedEx location"}]}]}]}}"#;
    let usps = r#"{"statusCategory":"In Transit","trackingEvents":[{"eventType":"DEPART USPS REGIONAL FACILITY","eventTimestamp":
        "2026-11-05T10:15:00","eventCode":"T1","eventCity":"CHICAGO","eventState":"IL"}]}"#;
    let dhl = r#"{"shipments":[{"service":"express","events":[{"timestamp":"2026-11-05T10:15:00+01:00","statusCode":"transit",
        "status":"Departed"}]}]}"#;
    for (pull, body) in [(Pull::Ups, ups), (Pull::Fedex, fedex), (Pull::Usps, usps), (Pull::Dhl, dhl)] {
        let told = pull.read("1Z1", &answer(200, body));
        let Told::Parcels(parsed) = told else { panic!("{}: {told:?}", pull.as_str()) };
        let known: Vec<(&str, usize)> = parsed
            .shipments
            .iter()
            .map(|shipment| (shipment.tracking_number.as_str(), shipment.events.len()))
            .collect();
        assert_eq!(known, [("1Z1", 1)], "{}", pull.as_str());
    }
}

#[test]
fn of_several_parcels_only_those_with_the_number_are_taken() {
    let told = |numbers: &[&str]| Parsed {
        shipments: numbers
            .iter()
            .map(|number| crate::sources::ShipmentDraft {
                tracking_number: (*number).to_owned(),
                ..crate::sources::ShipmentDraft::default()
            })
            .collect(),
        ..Parsed::default()
    };
    let kept = |numbers: &[&str]| about("1z 1", told(numbers)).shipments.len();
    assert_eq!((kept(&["1Z1", "1Z2"]), kept(&["1Z1", "1Z1"]), kept(&["1Z2", "1Z3"]), kept(&["OTHER"])), (1, 2, 0, 1));
}

#[test]
fn knowing_nothing_is_no_fault() {
    let cases = [
        (Pull::Ups, 404, r#"{"response":{"errors":[{"code":"TW0001","message":"Tracking Information Not Found"}]}}"#),
        (
            Pull::Ups,
            200,
            r#"{"trackResponse":{"shipment":[{"inquiryNumber":"1Z1","warnings":[{"code":"TW0001","message":"Not Found"}]}]}}"#,
        ),
        (
            Pull::Fedex,
            200,
            r#"{"output":{"completeTrackResults":[{"trackingNumber":"1","trackResults":[{"trackingNumberInfo":{"trackingNumber":"1"},
                "error":{"code":"TRACKING.TRACKINGNUMBER.NOTFOUND","message":"Tracking number cannot be found."}}]}]}}"#,
        ),
        (Pull::Usps, 404, r#"{"error":{"code":"404","message":"not found"}}"#),
        (Pull::Dhl, 404, r#"{"status":404,"title":"No result found"}"#),
        (
            Pull::Seventeentrack,
            200,
            r#"{"code":0,"data":{"accepted":[],"rejected":[{"number":"1","error":{"code":-18019909,"message":"none yet"}}]}}"#,
        ),
    ];
    for (pull, status, body) in cases {
        assert_eq!(pull.read("1", &answer(status, body)), Told::Nothing, "{} {status}", pull.as_str());
    }
}

#[test]
fn a_number_that_was_never_registered_can_be() {
    assert_eq!(Pull::Easypost.read("1", &answer(200, r#"{"trackers":[],"has_more":false}"#)), Told::NotRegistered);
    let rejected = r#"{"code":0,"data":{"accepted":[],"rejected":[{"number":"1","error":{"code":-18019902}}]}}"#;
    assert_eq!(Pull::Seventeentrack.read("1", &answer(200, rejected)), Told::NotRegistered);
    assert!(Pull::Easypost.registration(&account(), "1", None).is_some());
    assert!(Pull::Ups.registration(&account(), "1", None).is_none());
}

#[test]
fn garbage_under_a_status_of_success_is_told_from_a_refusal() {
    for pull in Pull::ALL {
        assert!(matches!(pull.read("1", &answer(200, "<html>busy</html>")), Told::Garbage(_)), "{}", pull.as_str());
        assert!(matches!(pull.read("1", &answer(400, "{}")), Told::Refused(_)), "{}", pull.as_str());
    }
}

#[test]
fn a_carrier_is_asked_for_its_own_parcels_only() {
    assert!(Pull::Ups.follows(Some("United Parcel Service")) && !Pull::Ups.follows(Some("fedex")));
    assert!(Pull::Dhl.follows(Some("dhl_paket")) && Pull::Dhl.follows(Some("DHL")));
    assert!(!Pull::Ups.follows(None) && Pull::Easypost.follows(None));
}

/// The recorded answers of each API in the fixtures, read as if they had just come.
#[test]
fn recorded_answers_are_told_of_the_number_asked_for() {
    let Some(folder) = crate::testing::fixtures::folder() else { return };
    let recorded = folder.join("aggregators/easypost/docs_trackers-retrieve.json");
    let body = std::fs::read(recorded).unwrap();
    let Told::Parcels(parsed) = Pull::Easypost.read("EZ1000000001", &Answer { status: 200, body }) else {
        panic!("it is read")
    };
    assert!(parsed.shipments.iter().all(|shipment| shipment.tracking_number == "EZ1000000001"));
}
