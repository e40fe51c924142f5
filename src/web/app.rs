//! What one process of the portal holds: the store, the brands as published, and what is kept to answer quickly.
//!
//! Nothing here is the truth: every kept thing is dropped as soon as the store says that it changed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::{Notify, broadcast};

use crate::access::grant::{Grant, Scope, Subject};
use crate::brand::{Brand, Picture, theme_css};
use crate::clock::Clock;
use crate::config::Config;
use crate::jobs::poll::LookedAt;
use crate::orders::{BrandId, OrderId};
use crate::portal::pages::{Assets, PageContext};
use crate::portal::view::RecommendationsView;
use crate::store::changes::Change;
use crate::store::ingest::hex;
use crate::store::{Store, StoreError, access, brands, orders, seal};
use crate::tracking::wording::{Locale, Speaker};

use super::hooks::Doorman;
use super::key_sets::KeySets;
use super::views::{Exposure, Views};

/// A brand ready to answer: parsed, worded, its style sheet made.
pub struct LiveBrand {
    pub id: BrandId,
    pub version: i64,
    pub brand: Arc<Brand>,
    /// The brand's own language first.
    pub locales: Vec<Locale>,
    pages: HashMap<Locale, PageContext>,
    pub stylesheet: String,
    pub stylesheet_name: String,
}

impl LiveBrand {
    fn new(published: brands::Published, assets: &Assets) -> Result<LiveBrand, StoreError> {
        let brand = published.brand;
        let mut locales: Vec<Locale> = Vec::new();
        for tag in std::iter::once(&brand.locale).chain(&brand.locales) {
            if let Some(locale) = Locale::nearest(tag)
                && !locales.contains(&locale)
            {
                locales.push(locale);
            }
        }
        if locales.is_empty() {
            locales.push(Locale::English);
        }
        let stylesheet = theme_css(&brand);
        let stylesheet_name = format!("{}.css", hex(&seal::sha256(stylesheet.as_bytes())[..8]));
        let brand = Arc::new(brand);
        let mut pages = HashMap::new();
        for locale in &locales {
            let copy = brand.copy.iter().find(|(tag, _)| Locale::nearest(tag) == Some(*locale));
            let overrides = copy.map(|(_, copy)| copy.clone().into_iter().collect()).unwrap_or_default();
            let speaker = Speaker::with_overrides(*locale, &overrides).map_err(|faults| {
                let named: Vec<String> = faults.iter().map(ToString::to_string).collect();
                StoreError::Broken(format!("brand {}: {}", brand.slug, named.join("; ")))
            })?;
            let context = PageContext::new(Arc::clone(&brand), Arc::new(speaker), assets, &stylesheet_name);
            pages.insert(*locale, context);
        }
        Ok(LiveBrand {
            id: published.brand_id,
            version: published.version,
            locales,
            pages,
            stylesheet,
            stylesheet_name,
            brand,
        })
    }

    /// The brand's pages in a language, of whoever has no grant.
    pub fn pages(&self, locale: Locale) -> &PageContext {
        let pages = self.pages.get(&locale).or_else(|| self.pages.values().next());
        pages.expect("a brand speaks at least one language")
    }

    pub fn speaker(&self, locale: Locale) -> Arc<Speaker> {
        Arc::clone(&self.pages(locale).words)
    }

    pub fn picture(&self, file_name: &str) -> Option<&Picture> {
        let logo = &self.brand.logo;
        [&logo.picture, &logo.picture_dark, &logo.favicon]
            .into_iter()
            .flatten()
            .find(|picture| picture.file_name() == file_name)
    }

    /// True on a host that serves over plain http: only a developer's own machine does.
    pub fn is_plain_http(&self) -> bool {
        self.brand.origin.starts_with("http://")
    }
}

/// All brands by the hosts they answer.
#[derive(Default)]
pub struct Brands {
    by_host: HashMap<String, Arc<LiveBrand>>,
    all: Vec<Arc<LiveBrand>>,
}

impl Brands {
    /// The brand of a `Host` header, its port ignored.
    pub fn by_host(&self, host: &str) -> Option<Arc<LiveBrand>> {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        match self.by_host.get(name) {
            Some(found) => Some(Arc::clone(found)),
            None => self.by_host.get(name.trim_end_matches('.').to_ascii_lowercase().as_str()).cloned(),
        }
    }

    pub fn by_slug(&self, slug: &str) -> Option<Arc<LiveBrand>> {
        self.all.iter().find(|live| live.brand.slug == slug).cloned()
    }

    pub fn all(&self) -> &[Arc<LiveBrand>] {
        &self.all
    }
}

/// What a browser may see, with the orders that its contact grants open already looked up.
#[derive(Debug, Clone, Default)]
pub struct Session {
    pub grants: Vec<Grant>,
    orders_of_contacts: Vec<OrderId>,
    loaded_at: Timestamp,
}

impl Session {
    /// How much of an order this browser may see. `None`: nothing, and it must not learn that the order exists.
    pub fn scope_for(&self, order: OrderId, now: Timestamp) -> Option<Scope> {
        let active = self.grants.iter().filter(|grant| grant.is_active(now));
        let scopes = active.filter_map(|grant| match &grant.subject {
            Subject::Order(own) => (*own == order).then_some(grant.scope),
            Subject::Contact(_) => self.orders_of_contacts.contains(&order).then_some(grant.scope),
        });
        scopes.max()
    }

    pub fn contacts(&self, now: Timestamp) -> impl Iterator<Item = &Vec<u8>> {
        self.grants.iter().filter(move |grant| grant.is_active(now)).filter_map(|grant| match &grant.subject {
            Subject::Contact(index) => Some(index),
            Subject::Order(_) => None,
        })
    }
}

/// Orders of a contact that came in meanwhile are seen after this long.
const SESSION_IS_FRESH_FOR: SignedDuration = SignedDuration::from_secs(30);

/// A page as it goes out, in every encoding that a browser may ask for.
pub struct KeptPage {
    pub html: Bytes,
    pub gzip: Bytes,
    pub brotli: Bytes,
    pub valid_until: Timestamp,
    /// What whoever sees it is counted as.
    pub exposure: Option<Exposure>,
}

/// All that an order page's bytes depend on, but the order's own version: that is what drops it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    pub brand: BrandId,
    pub brand_version: i64,
    pub order: OrderId,
    pub scope: Scope,
    pub locale: Locale,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<PageKey, (u64, Arc<KeptPage>)> for ByBytes {
    fn weight(&self, _key: &PageKey, (_, page): &(u64, Arc<KeptPage>)) -> u64 {
        (page.html.len() + page.gzip.len() + page.brotli.len() + 200) as u64
    }
}

/// What goes with an order, as its page says it, and what whoever sees that page is counted as.
pub struct Choice {
    pub shown: Option<RecommendationsView>,
    pub exposure: Option<Exposure>,
    pub made_at: Timestamp,
}

const CHOICE_IS_FRESH_FOR: SignedDuration = SignedDuration::from_secs(60);

/// An order, the version of its brand, the language.
type ChoiceKey = (BrandId, OrderId, i64, Locale);

const PAGE_CACHE_BYTES: u64 = 24 * 1024 * 1024;

type SessionKey = (BrandId, [u8; 32]);

/// Pages and sessions, kept in process.
pub struct Kept {
    /// Each with the generation it was loaded in: an older one answers nobody.
    pages: Cache<PageKey, (u64, Arc<KeptPage>), ByBytes>,
    order_ids: Cache<(BrandId, String), OrderId>,
    sessions: Cache<SessionKey, Arc<Session>>,
    choices: Cache<ChoiceKey, (u64, Arc<Choice>)>,
    /// Raised with every change to a subject (many share a slot): what was loaded before it is not kept after it.
    generations: Vec<AtomicU64>,
    pub enabled: bool,
}

/// So many that thousands of changes a second to other orders do not drop a page that is asked for again and again.
const GENERATION_SLOTS: usize = 1 << 16;

fn slot(subject: &[u8]) -> usize {
    // Ids and hashes are random at their end.
    subject.iter().rev().take(4).fold(0, |slot, byte| (slot * 31 + usize::from(*byte)) % GENERATION_SLOTS)
}

impl Kept {
    pub fn new(enabled: bool) -> Kept {
        Kept {
            pages: Cache::with_weighter(2_000, PAGE_CACHE_BYTES, ByBytes),
            order_ids: Cache::new(20_000),
            sessions: Cache::new(20_000),
            choices: Cache::new(5_000),
            generations: (0..GENERATION_SLOTS).map(|_| AtomicU64::new(0)).collect(),
            enabled,
        }
    }

    /// Taken before loading; given back with what was made of it.
    pub fn generation(&self, subject: &[u8]) -> u64 {
        self.generations[slot(subject)].load(Ordering::Acquire)
    }

    fn raise(&self, subject: &[u8]) {
        self.generations[slot(subject)].fetch_add(1, Ordering::AcqRel);
    }

    pub fn page(&self, key: &PageKey, now: Timestamp) -> Option<Arc<KeptPage>> {
        let generation = self.generation(key.order.0.as_bytes());
        let (loaded_at, page) = self.pages.get(key)?;
        (loaded_at == generation && now < page.valid_until).then_some(page)
    }

    pub fn keep_page(&self, key: PageKey, page: Arc<KeptPage>, loaded_at: u64) {
        if !self.enabled || self.generation(key.order.0.as_bytes()) != loaded_at {
            return;
        }
        self.pages.insert(key, (loaded_at, page));
    }

    pub fn order_id(&self, brand: BrandId, key: &str) -> Option<OrderId> {
        self.order_ids.get(&(brand, key.to_owned()))
    }

    pub fn keep_order_id(&self, brand: BrandId, key: &str, order: OrderId) {
        self.order_ids.insert((brand, key.to_owned()), order);
    }

    pub fn choice(&self, key: &ChoiceKey, generation: u64, now: Timestamp) -> Option<Arc<Choice>> {
        let (made_in, choice) = self.choices.get(key)?;
        (made_in == generation && now.duration_since(choice.made_at) < CHOICE_IS_FRESH_FOR).then_some(choice)
    }

    pub fn keep_choice(&self, key: ChoiceKey, generation: u64, choice: Arc<Choice>) {
        self.choices.insert(key, (generation, choice));
    }

    fn drop_everything(&self) {
        for generation in &self.generations {
            generation.fetch_add(1, Ordering::AcqRel);
        }
        self.pages.clear();
        self.order_ids.clear();
        self.sessions.clear();
        self.choices.clear();
    }

    /// Drops whatever the change touched.
    pub fn heed(&self, change: &Change) {
        match change {
            Change::Order(_, order) => self.raise(order.0.as_bytes()),
            Change::Grants(brand, hash) => {
                self.raise(hash);
                if let Ok(hash) = hash.as_slice().try_into() {
                    self.sessions.remove(&(*brand, hash));
                }
            }
            // A brand's words and its catalogue stand on all its pages, and change by the day.
            Change::Brand(_) | Change::Everything => self.drop_everything(),
            Change::Shipment(..) | Change::Job => {}
        }
    }
}

pub struct App {
    pub store: Store,
    pub config: Config,
    pub clock: Clock,
    pub assets: Arc<Assets>,
    brands: RwLock<Arc<Brands>>,
    pub kept: Kept,
    pub changes: broadcast::Sender<Change>,
    pub is_demo: bool,
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
    pub doorman: Doorman,
    pub key_sets: KeySets,
    pub looked_at: LookedAt,
    pub views: Views,
    /// Rings when there is something for the jobs to do.
    pub work: Notify,
}

impl App {
    pub fn new(
        store: Store,
        config: Config,
        clock: Clock,
        assets: Assets,
        is_demo: bool,
        metrics: metrics_exporter_prometheus::PrometheusHandle,
    ) -> App {
        let (changes, _) = broadcast::channel(4_096);
        let kept = Kept::new(config.page_cache);
        App {
            doorman: Doorman::start(store.clone(), clock.clone()),
            key_sets: KeySets::default(),
            looked_at: LookedAt::default(),
            views: Views::default(),
            work: Notify::new(),
            store,
            clock,
            assets: Arc::new(assets),
            brands: RwLock::default(),
            kept,
            changes,
            is_demo,
            metrics,
            config,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn brands(&self) -> Arc<Brands> {
        Arc::clone(&self.brands.read().expect("nobody panics while holding the brands"))
    }

    /// Reads all brands anew. A brand that cannot be used is left out and said so: the others still answer.
    pub async fn load_brands(&self) -> Result<(), StoreError> {
        let mut conn = self.store.read().await?;
        let mut brands = Brands::default();
        for published in brands::all(&mut conn).await? {
            match LiveBrand::new(published, &self.assets) {
                Ok(live) => {
                    let live = Arc::new(live);
                    for host in &live.brand.hosts {
                        brands.by_host.insert(host.clone(), Arc::clone(&live));
                    }
                    brands.all.push(live);
                }
                Err(error) => tracing::error!(%error, "a brand cannot be used"),
            }
        }
        *self.brands.write().expect("nobody panics while holding the brands") = Arc::new(brands);
        Ok(())
    }

    /// What the browser with this reference may see.
    pub async fn session(&self, brand: BrandId, session_hash: &[u8; 32]) -> Result<Arc<Session>, StoreError> {
        let now = self.now();
        let key = (brand, *session_hash);
        if let Some(session) = self.kept.sessions.get(&key)
            && now.duration_since(session.loaded_at) < SESSION_IS_FRESH_FOR
        {
            return Ok(session);
        }
        let generation = self.kept.generation(session_hash);
        let mut conn = self.store.read().await?;
        let grants = access::grants_for(&mut conn, brand, session_hash, now).await?;
        let mut session = Session { grants, orders_of_contacts: Vec::new(), loaded_at: now };
        let contacts: Vec<Vec<u8>> = session.contacts(now).cloned().collect();
        for contact in contacts {
            session.orders_of_contacts.extend(orders::order_ids_of_contact(&mut conn, brand, &contact).await?);
        }
        let session = Arc::new(session);
        // Kept first and looked at again: a change in between is not slept through.
        self.kept.sessions.insert(key, Arc::clone(&session));
        if self.kept.generation(session_hash) != generation {
            self.kept.sessions.remove(&key);
        }
        Ok(session)
    }
}
