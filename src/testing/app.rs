//! A whole portal on a fresh store, its clock set by hand.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection};
use tower::ServiceExt;

use crate::brand::{Brand, demo};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::orders::BrandId;
use crate::portal::pages::{Assets, BrowserBuild};
use crate::sources::Parsed;
use crate::store::ingest::{Applied, Teller, apply};
use crate::store::seal::Keys;
use crate::store::{Conn, Store, Urgency, brands};
use crate::web;
use crate::web::app::App;

use super::Browser;

/// When every test begins.
pub const NOW: &str = "2026-11-06T12:00:00Z";

/// The secret that pushed deliveries of Meadow in Doorstep's own format are signed with.
pub const HOOK_SECRET: &str = "whsec_ZG9vcnN0ZXAgdGVzdCBzZWNyZXQgb2YgdGhpcnR5LXR3bw==";
pub const API_KEY: &str = "meadow-api-key-of-the-tests";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A name that no other test of this machine uses.
fn fresh_name() -> String {
    format!("doorstep_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Removed with everything in it when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Folder {
        let path = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for such things.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// The portal under test.
pub struct TestApp {
    app: Arc<App>,
    service: Router,
    url: String,
    keys: String,
    folder: Option<Folder>,
}

impl Deref for TestApp {
    type Target = Arc<App>;

    fn deref(&self) -> &Arc<App> {
        &self.app
    }
}

impl TestApp {
    /// On SQLite, with the demo's two brands.
    pub async fn new() -> TestApp {
        TestApp::with(&[], |_| {}).await
    }

    /// With settings beside the usual ones.
    pub async fn with_settings(settings: &[(&str, &str)]) -> TestApp {
        TestApp::with(settings, |_| {}).await
    }

    /// With every brand changed.
    pub async fn with_brands(change: impl Fn(&mut Brand)) -> TestApp {
        TestApp::with(&[], change).await
    }

    pub async fn with(settings: &[(&str, &str)], change: impl Fn(&mut Brand)) -> TestApp {
        let folder = Folder::fresh();
        let url = format!("sqlite://{}", folder.0.join("doorstep.db").display());
        TestApp::at(url, Some(folder), settings, change).await
    }

    /// On a fresh PostgreSQL database. `None`, said loudly, where no server is given.
    pub async fn on_postgres() -> Option<TestApp> {
        let Some(server) = std::env::var_os("DOORSTEP_TEST_POSTGRES") else {
            eprintln!("SKIPPED: DOORSTEP_TEST_POSTGRES is not set; run scripts/with-postgres cargo test");
            return None;
        };
        let server = server.to_str().expect("an address is text").to_owned();
        let name = fresh_name();
        let mut connection = PgConnection::connect(&server).await.expect("the test's PostgreSQL answers");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(create).await.expect("a fresh database");
        let (address, _) = server.rsplit_once('/').expect("the address names a database");
        Some(TestApp::at(format!("{address}/{name}"), None, &[], |_| {}).await)
    }

    async fn at(
        url: String,
        folder: Option<Folder>,
        settings: &[(&str, &str)],
        change: impl Fn(&mut Brand),
    ) -> TestApp {
        let keys = Keys::fresh_text();
        let config = settings_for(&url, &keys, settings);
        let store = Store::open(&url, Keys::read(&keys).expect("fresh keys")).await.expect("the store opens");
        store.migrate().await.expect("the store is made");
        let now: Timestamp = NOW.parse().expect("an instant");
        let mut conn = store.write(Urgency::Shopper).await.expect("the store can be written");
        for mut brand in demo::brands() {
            change(&mut brand);
            brands::publish(&mut conn, &brand, now).await.expect("a brand is published");
        }
        conn.commit().await.expect("the brands are kept");
        let browser_build = Some(BrowserBuild {
            boot: "boot.test.js".to_owned(),
            glue: "doorstep.test.js".to_owned(),
            wasm: "doorstep.test.wasm".to_owned(),
        });
        let assets = Assets { stylesheet: "doorstep.test.css".to_owned(), browser_build };
        let app = Arc::new(App::new(store, config, Clock::set_to(now), assets, true, recorder()));
        app.load_brands().await.expect("the brands are read");
        TestApp { service: web::service(Arc::clone(&app)), app, url, keys, folder }
    }

    /// Where its store is, for opening it once more.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// As they stand in `DOORSTEP_SECRET_KEYS`.
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// The folder of an embedded store.
    pub fn folder(&self) -> &Path {
        &self.folder.as_ref().expect("only an embedded store has a folder").0
    }

    pub fn shared(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }

    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Meadow, the default brand.
    pub fn brand(&self) -> BrandId {
        self.brand_of("meadow")
    }

    pub fn brand_of(&self, slug: &str) -> BrandId {
        self.brands().by_slug(slug).expect("a brand of the demo").id
    }

    pub async fn reading(&self) -> Conn {
        self.store.read().await.expect("the store can be read")
    }

    pub async fn writing(&self) -> Conn {
        self.store.write(Urgency::Shopper).await.expect("the store can be written")
    }

    /// Tells Meadow something.
    pub async fn tell(&self, told: impl Into<Parsed>) -> Applied {
        self.tell_brand("meadow", told).await
    }

    pub async fn tell_brand(&self, slug: &str, told: impl Into<Parsed>) -> Applied {
        let mut conn = self.writing().await;
        let teller = Teller {
            vault: self.store.vault(),
            brand: self.brand_of(slug),
            region: Some("DE"),
            source: "doorstep",
            now: self.now(),
        };
        let applied = apply(&mut conn, &teller, &told.into()).await.expect("it is written down");
        conn.commit().await.expect("it is kept");
        applied
    }

    /// A statement as another system would send it.
    pub async fn plain_sql(&self, sql: &'static str) {
        let mut conn = self.writing().await;
        crate::store::execute!(conn, sql).expect("the statement is understood");
        conn.commit().await.expect("it is kept");
    }

    /// The number that a query gives.
    pub async fn count(&self, sql: impl sqlx::SqlSafeStr) -> i64 {
        let mut conn = self.reading().await;
        let row = crate::store::fetch_optional!(conn, (i64,), sql).expect("the query is understood");
        row.map_or(0, |(count,)| count)
    }

    /// A browser without cookies at an address of its own, visiting Meadow.
    pub fn browser(&self) -> Browser<'_> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let [.., high, low] = number.to_be_bytes();
        Browser::new(self, format!("10.9.{high}.{low}"))
    }

    pub async fn send(&self, request: Request<Body>) -> Response {
        let Ok(response) = self.service.clone().oneshot(request).await;
        response
    }

    /// Every message sent, newest first.
    pub async fn mail(&self) -> Vec<Mail> {
        let page = self.browser().get("/dev/mail.json").await;
        let listed: Vec<Value> = serde_json::from_str(&page.body).expect("a list");
        let text = |mail: &Value, name: &str| mail[name].as_str().unwrap_or("").to_owned();
        listed.iter().map(|mail| Mail { to: text(mail, "to"), text: text(mail, "text") }).collect()
    }
}

/// A message as the demo's mailbox shows it.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub text: String,
}

impl Mail {
    /// The six digits in it.
    pub fn code(&self) -> String {
        let words = self.text.split(|c: char| !c.is_ascii_digit());
        words.filter(|word| word.len() == 6).map(str::to_owned).next().expect("a code stands in the mail")
    }

    /// Path of the link in it.
    pub fn link(&self) -> String {
        let start = self.text.find("/tracking/l/").expect("a link stands in the mail");
        self.text[start..].split_whitespace().next().unwrap_or("").to_owned()
    }
}

fn settings_for(url: &str, keys: &str, settings: &[(&str, &str)]) -> Config {
    let usual = [
        ("DATABASE_URL", url),
        ("DOORSTEP_SECRET_KEYS", keys),
        ("DOORSTEP_HOOK_SECRET_MEADOW_DOORSTEP", HOOK_SECRET),
        ("DOORSTEP_API_KEY_MEADOW", API_KEY),
    ];
    let raw: BTreeMap<String, String> =
        usual.iter().chain(settings).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    config::check(&raw, ([127, 0, 0, 1], 3000).into(), Path::new("target/site")).expect("the tests' settings hold")
}

/// One recorder counts for all tests of a process: there can be no second.
fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().expect("the first recorder")).clone()
}
