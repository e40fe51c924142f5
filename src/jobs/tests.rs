//! Registering and polling against a server on this machine that answers as recorded, fails, or says nothing at all.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::jobs::follow::{Follower, Shop};
use crate::jobs::poll::{Polled, Refresh, Refreshed};
use crate::sources::{Parsed, ShipmentDraft};
use crate::store::following::{Looked, ask_now, is_stale};
use crate::store::ingest::{Teller, apply};
use crate::store::{fetch_all, fetch_optional, orders};
use crate::testing::builders::UPS;
use crate::testing::{TestApp, a_shipment, in_time, on_both_databases};

/// What the server does with a request.
#[derive(Debug, Clone)]
enum Act {
    Say(u16, String),
    /// 429 or 503 with `Retry-After`.
    SayWait(u16, u32),
    /// Takes the request and never answers.
    Hang,
}

fn say(body: &str) -> Act {
    Act::Say(200, body.to_owned())
}

/// Someone else's API: what it was asked, and what it does next. When nothing is left, it does the last thing again.
struct Api {
    acts: Mutex<VecDeque<Act>>,
    asked: Mutex<Vec<(String, String)>>,
    base: String,
}

impl Api {
    async fn new(acts: impl IntoIterator<Item = Act>) -> Arc<Api> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = listener.local_addr().unwrap().to_string();
        let acts = Mutex::new(acts.into_iter().collect());
        let api = Arc::new(Api { acts, asked: Mutex::default(), base });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&api));
        tokio::spawn(async move { axum::serve(listener, router).await });
        api
    }

    fn then(&self, acts: impl IntoIterator<Item = Act>) {
        *self.acts.lock().unwrap() = acts.into_iter().collect();
    }

    /// Paths and bodies, tokens left out.
    fn asked(&self) -> Vec<(String, String)> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(path, _)| !path.contains("oauth")).cloned().collect()
    }

    fn tokens(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|(path, _)| path.contains("oauth")).count()
    }
}

async fn answer(State(api): State<Arc<Api>>, request: Request) -> Response {
    let path = request.uri().path_and_query().unwrap().to_string();
    let is_token = path.contains("oauth");
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap();
    api.asked.lock().unwrap().push((path, String::from_utf8(body.to_vec()).unwrap()));
    if is_token {
        let number = api.tokens();
        return format!(r#"{{"access_token":"token-{number}","expires_in":"3600"}}"#).into_response();
    }
    let act = {
        let mut acts = api.acts.lock().unwrap();
        if acts.len() > 1 { acts.pop_front().unwrap() } else { acts.front().cloned().unwrap() }
    };
    match act {
        Act::Say(status, body) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Act::SayWait(status, seconds) => {
            Response::builder().status(status).header("retry-after", seconds.to_string()).body(Body::empty()).unwrap()
        }
        Act::Hang => std::future::pending().await,
    }
}

fn shops(app: &TestApp) -> Vec<Shop> {
    Shop::all_of(app)
}

/// Asks in Meadow's name, as the settings say.
fn follower(app: &TestApp, settings: &[(&str, String)]) -> Arc<Follower> {
    let allows = ("DOORSTEP_OUTSIDE_ALLOWS_LOOPBACK".to_owned(), "1".to_owned());
    let given = settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    let raw = given.chain([allows]).collect();
    let config: Config =
        crate::config::check(&raw, ([127, 0, 0, 1], 3000).into(), "target/site".as_ref()).expect("the settings hold");
    let patience = Duration::from_millis(300);
    Arc::new(Follower::with_patience(config.outgoing, app.store.clone(), app.clock.clone(), patience).unwrap())
}

fn polling(app: &TestApp, source: &str, api: &Api) -> Arc<Follower> {
    let name = format!("DOORSTEP_POLL_MEADOW_{source}");
    follower(app, &[(name.as_str(), format!("http://client:secret@{}", api.base))])
}

fn registering(app: &TestApp, aggregator: &str, api: &Api) -> Arc<Follower> {
    let settings = [
        ("DOORSTEP_AGGREGATOR_MEADOW", aggregator.to_owned()),
        ("DOORSTEP_AGGREGATOR_KEY_MEADOW", "key".to_owned()),
        ("DOORSTEP_AGGREGATOR_URL_MEADOW", format!("http://{}", api.base)),
    ];
    follower(app, &settings)
}

/// Does everything that is due now.
async fn work(app: &TestApp, follower: &Arc<Follower>) {
    in_time("the work", async { while follower.once(&shops(app)).await.unwrap() > 0 {} }).await;
}

async fn tell_from(app: &TestApp, source: &str, draft: ShipmentDraft) {
    let mut conn = app.writing().await;
    let teller = Teller { vault: app.store.vault(), brand: app.brand(), region: None, source, now: app.now() };
    apply(&mut conn, &teller, &Parsed { shipments: vec![draft], ..Parsed::default() }).await.unwrap();
    conn.commit().await.unwrap();
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// UPS' answer, which does not say which number it is about.
fn ups_says(kind: &str, code: &str, text: &str, time: &str) -> String {
    format!(
        r#"{{"trackResponse":{{"shipment":[{{"package":[{{"activity":[{{"location":{{"address":{{"city":"BERLIN","countryCode":"DE"}}}},
            "date":"20261106","time":"{time}","gmtDate":"20261106","gmtTime":"{time}","gmtOffset":"+00:00",
            "status":{{"type":"{kind}","code":"{code}","description":"{text}"}}}}]}}]}}]}}}}"#
    )
}

fn departed() -> String {
    ups_says("I", "DP", "Departed from Facility", "100000")
}

fn delivered() -> String {
    ups_says("D", "FS", "DELIVERED", "115900")
}

async fn status(app: &TestApp, number: &str) -> String {
    let mut conn = app.reading().await;
    let parcel = orders::shipment_by_number(&mut conn, app.store.vault(), app.brand(), number).await.unwrap().unwrap();
    parcel.summary.unwrap().progress.status.to_string()
}

/// State, attempts and error of each registration.
async fn registrations(app: &TestApp) -> Vec<(String, i64, Option<String>)> {
    let mut conn = app.reading().await;
    let sql = "SELECT state, attempts, error FROM registrations ORDER BY number";
    fetch_all!(conn, (String, i64, Option<String>), sql).unwrap()
}

async fn next_poll_in(app: &TestApp) -> Option<SignedDuration> {
    let mut conn = app.reading().await;
    let row = fetch_optional!(conn, (Option<i64>,), "SELECT next_poll_at FROM polls").unwrap().unwrap();
    row.0.map(|at| crate::store::instant(at).duration_since(app.now()))
}

on_both_databases!(
    a_moving_parcel_is_asked_for_until_it_is_delivered,
    a_number_from_a_shop_is_registered_once_and_again_when_it_changes,
    a_registration_that_fails_waits_longer_each_time_and_is_set_aside_after_eight,
    a_stale_page_has_its_parcel_asked_for_at_most_every_five_minutes,
    what_is_forgotten_is_followed_no_longer,
);

async fn a_moving_parcel_is_asked_for_until_it_is_delivered(app: TestApp) {
    let api = Api::new([say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    assert_eq!(status(&app, UPS).await, "in_transit.departed_facility");
    assert_eq!(api.asked()[0].0, format!("/api/track/v1/details/{UPS}?locale=en_US"));
    let next = next_poll_in(&app).await.unwrap();
    assert!((minutes(15)..=minutes(30)).contains(&next), "{next:?}");

    app.advance(minutes(14));
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 1, "not before its time");

    api.then([say(&delivered())]);
    app.advance(minutes(17));
    work(&app, &follower).await;
    assert_eq!(status(&app, UPS).await.split('.').next(), Some("delivered"));
    let mut conn = app.reading().await;
    let parcel = orders::shipment_by_number(&mut conn, app.store.vault(), app.brand(), UPS).await.unwrap().unwrap();
    drop(conn);
    assert_eq!(parcel.checked_at, Some(app.now()));
    assert_eq!(next_poll_in(&app).await, None);

    app.advance(minutes(24 * 60));
    work(&app, &follower).await;
    assert_eq!((api.asked().len(), api.tokens()), (2, 1), "one token served both");
}

async fn a_number_from_a_shop_is_registered_once_and_again_when_it_changes(app: TestApp) {
    let api = Api::new([Act::Say(201, r#"{"id":"trk_1","object":"Tracker"}"#.to_owned())]).await;
    let follower = registering(&app, "easypost", &api);
    for _ in 0..3 {
        app.tell(a_shipment(UPS).in_transit()).await;
        work(&app, &follower).await;
    }
    let asked = ("/v2/trackers".to_owned(), format!(r#"{{"tracker":{{"carrier":"UPS","tracking_code":"{UPS}"}}}}"#));
    assert_eq!(api.asked(), [asked]);
    assert_eq!(registrations(&app).await, [("registered".to_owned(), 1, None)]);

    app.plain_sql("UPDATE shipments SET tracking_number = '1Z999AA10123456784'").await;
    work(&app, &follower).await;
    assert!(api.asked()[1].1.contains("1Z999AA10123456784"), "{:?}", api.asked());
    follower.look_back(&shops(&app)).await.unwrap();
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 2, "looking back registers nothing twice");
}

async fn a_registration_that_fails_waits_longer_each_time_and_is_set_aside_after_eight(app: TestApp) {
    let api = Api::new([Act::Say(503, String::new()), Act::Say(429, String::new())]).await;
    let follower = registering(&app, "shippo", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    work(&app, &follower).await;
    assert_eq!(registrations(&app).await, [("waiting".to_owned(), 1, Some("answered 503".to_owned()))]);
    for _ in 0..400 {
        app.advance(minutes(1));
        work(&app, &follower).await;
    }
    assert_eq!(registrations(&app).await, [("dead".to_owned(), 8, Some("answered 429".to_owned()))]);
    assert_eq!(api.asked().len(), 8);
}

async fn a_stale_page_has_its_parcel_asked_for_at_most_every_five_minutes(app: TestApp) {
    let api = Api::new([say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    let mut conn = app.reading().await;
    let parcel = orders::shipment_by_number(&mut conn, app.store.vault(), app.brand(), UPS).await.unwrap().unwrap();
    let looked = Looked::Parcel(parcel.shipment_id);
    assert!(!is_stale(&mut conn, app.brand(), looked, app.now()).await.unwrap(), "it was asked for just now");
    drop(conn);

    // Far from its next turn, and no longer fresh.
    app.plain_sql("UPDATE polls SET next_poll_at = next_poll_at + 36000000000").await;
    app.advance(minutes(16));
    let mut conn = app.writing().await;
    assert!(is_stale(&mut conn, app.brand(), looked, app.now()).await.unwrap());
    assert_eq!(ask_now(&mut conn, app.brand(), looked, app.now()).await.unwrap(), 1);
    conn.commit().await.unwrap();
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 2);

    app.plain_sql("UPDATE shipments SET checked_at = NULL").await;
    let mut conn = app.reading().await;
    app.advance(minutes(4));
    assert!(!is_stale(&mut conn, app.brand(), looked, app.now()).await.unwrap());
    app.advance(minutes(1));
    assert!(is_stale(&mut conn, app.brand(), looked, app.now()).await.unwrap());
}

async fn what_is_forgotten_is_followed_no_longer(app: TestApp) {
    let api = Api::new([say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    app.plain_sql("DELETE FROM shipments").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM polls").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM unfollowed").await, 0);
}

#[tokio::test]
async fn what_an_aggregator_tells_of_is_not_registered_there() {
    let app = TestApp::new().await;
    let api = Api::new([say("{}")]).await;
    let follower = registering(&app, "easypost", &api);
    tell_from(&app, "easypost", a_shipment(UPS).in_transit().draft()).await;
    app.tell(a_shipment("1Z999AA10123456784").delivered()).await;
    work(&app, &follower).await;
    assert_eq!(api.asked(), []);
}

#[tokio::test]
async fn five_failures_in_a_row_leave_an_api_alone_until_a_probe_succeeds() {
    let app = TestApp::new().await;
    let api = Api::new([Act::Say(500, String::new())]).await;
    let follower = polling(&app, "FEDEX", &api);
    for number in 0..12 {
        let mut draft = a_shipment(&format!("4493910{number:05}")).draft();
        draft.carrier = Some("fedex".to_owned());
        tell_from(&app, "shopify", draft).await;
    }
    work(&app, &follower).await;
    let failed = api.asked().len();
    // Those that were on their way when the fifth failed.
    assert!((5..=8).contains(&failed), "{failed}");
    app.advance(minutes(1));
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), failed);

    let nothing = r#"{"output":{"completeTrackResults":[{"trackResults":[{"error":{"code":"TRACKING.TRACKINGNUMBER.NOTFOUND"}}]}]}}"#;
    api.then([say(nothing)]);
    app.advance(minutes(2));
    assert_eq!(follower.once(&shops(&app)).await.unwrap(), 1, "one probe");
    app.advance(minutes(60));
    work(&app, &follower).await;
    assert!(api.asked().len() >= failed + 12);
}

#[tokio::test]
async fn retry_after_is_honoured_even_when_a_shopper_looks() {
    let app = TestApp::new().await;
    let api = Api::new([Act::SayWait(429, 3_600), say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    app.plain_sql("UPDATE shipments SET checked_at = NULL").await;
    let mut conn = app.writing().await;
    let parcel = orders::shipment_by_number(&mut conn, app.store.vault(), app.brand(), UPS).await.unwrap().unwrap();
    ask_now(&mut conn, app.brand(), Looked::Parcel(parcel.shipment_id), app.now()).await.unwrap();
    conn.commit().await.unwrap();
    app.advance(minutes(59));
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 1);
    app.advance(minutes(2));
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 2);
    assert_eq!(status(&app, UPS).await, "in_transit.departed_facility");
}

#[tokio::test]
async fn garbage_and_silence_change_nothing_and_are_tried_again_later() {
    let app = TestApp::new().await;
    let api = Api::new([say("<html>maintenance</html>"), Act::Hang, say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS).labelled()).await;
    work(&app, &follower).await;
    assert_eq!(status(&app, UPS).await, "info_received.label_created");
    let waits = next_poll_in(&app).await.unwrap();
    assert!((minutes(15)..minutes(19)).contains(&waits), "{waits:?}");
    app.advance(minutes(20));
    work(&app, &follower).await;
    let error = "SELECT failures FROM polls WHERE error = 'it took too long to answer'";
    assert_eq!(app.count(error).await, 2);
    app.advance(minutes(40));
    work(&app, &follower).await;
    assert_eq!(status(&app, UPS).await, "in_transit.departed_facility");
    assert_eq!(app.count("SELECT failures FROM polls").await, 0);
}

#[tokio::test]
async fn a_token_that_is_refused_is_fetched_anew_once() {
    let app = TestApp::new().await;
    let api = Api::new([Act::Say(401, String::new()), say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    assert_eq!((api.tokens(), api.asked().len()), (2, 2));
    assert_eq!(status(&app, UPS).await, "in_transit.departed_facility");
}

#[tokio::test]
async fn a_budget_is_spread_over_the_hour() {
    let app = TestApp::new().await;
    let api = Api::new([Act::Say(404, "{}".to_owned())]).await;
    let account = format!("http://client:secret@{}?per_hour=60", api.base);
    let follower = follower(&app, &[("DOORSTEP_POLL_MEADOW_USPS", account)]);
    for number in 0..10 {
        let mut draft = a_shipment(&format!("94001112068355555000{number:02}")).draft();
        draft.carrier = Some("usps".to_owned());
        tell_from(&app, "shopify", draft).await;
    }
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 6, "a tenth of the hour's at once");
    app.advance(minutes(1));
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 7);
}

#[tokio::test]
async fn what_easypost_was_never_told_of_is_registered_and_read_at_once() {
    let app = TestApp::new().await;
    let tracker = format!(
        r#"{{"id":"trk_1","object":"Tracker","tracking_code":"{UPS}","carrier":"UPS","status":"in_transit",
            "tracking_details":[{{"object":"TrackingDetail","message":"Departed","status":"in_transit",
            "status_detail":"departed_facility","datetime":"2026-11-06T08:00:00Z"}}]}}"#
    );
    let api = Api::new([say(r#"{"trackers":[],"has_more":false}"#), Act::Say(201, tracker)]).await;
    let follower = polling(&app, "EASYPOST", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    let paths: Vec<String> = api.asked().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, [format!("/v2/trackers?tracking_code={UPS}&carrier=UPS"), "/v2/trackers".to_owned()]);
    assert_eq!(status(&app, UPS).await.split('.').next(), Some("in_transit"));
}

#[tokio::test]
async fn what_17track_was_never_told_of_is_registered_and_asked_for_at_its_next_turn() {
    let app = TestApp::new().await;
    let unknown = r#"{"code":0,"data":{"accepted":[],"rejected":[{"number":"1","error":{"code":-18019902,"message":"Register first."}}]}}"#;
    let accepted = r#"{"code":0,"data":{"accepted":[{"origin":1,"number":"1","carrier":100002}],"rejected":[]}}"#;
    let told = format!(
        r#"{{"code":0,"data":{{"accepted":[{{"number":"{UPS}","carrier":100002,"track_info":{{"latest_status":{{"status":"InTransit"}},
            "tracking":{{"providers":[{{"provider":{{"key":100002,"name":"UPS"}},"events":[{{"time_iso":"2026-11-06T09:00:00+01:00",
            "description":"Departed from Facility","stage":"Departure","sub_status":"InTransit_Departure"}}]}}]}}}}}}],"rejected":[]}}}}"#
    );
    let api = Api::new([say(unknown), say(accepted), say(&told)]).await;
    let follower = polling(&app, "17TRACK", &api);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    assert_eq!(api.asked().len(), 2);
    app.advance(minutes(31));
    work(&app, &follower).await;
    assert_eq!(status(&app, UPS).await.split('.').next(), Some("in_transit"));
}

#[tokio::test]
async fn refresh_asks_at_once_whatever_the_pace() {
    let app = TestApp::new().await;
    let api = Api::new([say(&departed())]).await;
    let follower = polling(&app, "UPS", &api);
    let shop = shops(&app).into_iter().find(|shop| shop.slug == "meadow").unwrap();
    assert_eq!(follower.refresh(&shop, UPS).await.unwrap(), Refresh::NoSuchParcel);
    app.tell(a_shipment(UPS)).await;
    work(&app, &follower).await;
    api.then([say(&delivered())]);
    let refreshed = follower.refresh(&shop, UPS).await.unwrap();
    let Refresh::Asked(Refreshed { source, polled, status }) = refreshed else { panic!("{refreshed:?}") };
    assert_eq!((source, polled), ("ups", Polled::Told { new_events: 1 }));
    assert!(status.unwrap().starts_with("delivered."));
    let mut draft = a_shipment("4493910111111").draft();
    draft.carrier = Some("fedex".to_owned());
    tell_from(&app, "shopify", draft).await;
    let nobody = follower.refresh(&shop, "4493910111111").await.unwrap();
    assert_eq!(nobody, Refresh::NobodyToAsk(Some("fedex".to_owned())));
}

/// The page itself says that it is looked at, and waits for nobody.
#[tokio::test]
async fn opening_a_stale_parcel_page_has_it_asked_for() {
    let api = Api::new([Act::Hang]).await;
    let account = format!("http://client:secret@{}", api.base);
    let settings = [("DOORSTEP_OUTSIDE_ALLOWS_LOOPBACK", "1"), ("DOORSTEP_POLL_MEADOW_UPS", account.as_str())];
    let app = TestApp::with_settings(&settings).await;
    app.tell(a_shipment(UPS).in_transit()).await;
    app.plain_sql("INSERT INTO polls (brand_id, shipment_id, source, next_poll_at) SELECT brand_id, shipment_id, 'ups', 9000000000000000 FROM shipments").await;
    app.advance(minutes(20));
    assert_eq!(app.browser().get(&format!("/tracking/parcels/{UPS}")).await.status, StatusCode::OK);
    in_time("the note", async {
        while app.count("SELECT COUNT(*) FROM polls WHERE next_poll_at = 0").await == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(api.asked(), [], "the page itself asks nobody");
}
