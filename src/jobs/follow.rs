//! Who follows a parcel: decided when it gets its number. Here is what registering and polling share: the way out, tokens,
//! breakers and budgets of each API.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::{Outgoing, PollAccount};
use crate::orders::{BrandId, ShipmentId};
use crate::sources::detect::detect;
use crate::sources::outgoing::pull::Token;
use crate::sources::source::Source;
use crate::store::following::{self, Parcel};
use crate::store::limits::{self, Limit, Verdict};
use crate::store::{Conn, Store, StoreError, Urgency};
use crate::web::app::App;

use super::breaker::Breaker;
use super::outside::Outside;
use super::{pace, poll, register};

/// Parcels decided about in one transaction.
const TOGETHER: i64 = 500;

/// Parcels looked at in one transaction when the settings may have changed.
const PAGE: i64 = 5_000;

/// How long an API may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Parcels without news for longer are not looked at again when the settings may have changed.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(60 * 24);

/// A brand as far as following its parcels goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    pub id: BrandId,
    pub slug: String,
    /// Country in which phone numbers without a prefix are dialled.
    pub region: String,
}

impl Shop {
    pub fn all_of(app: &App) -> Vec<Shop> {
        let shop = |live: &Arc<crate::web::app::LiveBrand>| Shop {
            id: live.id,
            slug: live.brand.slug.clone(),
            region: live.brand.region.clone(),
        };
        app.brands().all().iter().map(shop).collect()
    }
}

/// One API as one brand is known there.
#[derive(Default)]
pub(super) struct Api {
    breaker: Mutex<Breaker>,
    /// With the instant it runs out at. Held while a fresh one is fetched: one request for all that wait.
    pub token: tokio::sync::Mutex<Option<(Token, Timestamp)>>,
}

impl Api {
    pub fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        // A breaker is plain numbers: it is whole whoever panicked.
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks APIs, for as long as a process lives.
pub struct Follower {
    pub(super) outside: Outside,
    pub(super) outgoing: Outgoing,
    pub(super) store: Store,
    pub(super) clock: Clock,
    apis: Mutex<HashMap<(BrandId, &'static str), Arc<Api>>>,
}

impl Follower {
    /// # Errors
    /// Why nothing can be asked.
    pub fn new(outgoing: Outgoing, store: Store, clock: Clock) -> Result<Follower, String> {
        Follower::with_patience(outgoing, store, clock, PATIENCE)
    }

    /// # Errors
    /// Why nothing can be asked.
    pub fn with_patience(
        outgoing: Outgoing,
        store: Store,
        clock: Clock,
        patience: Duration,
    ) -> Result<Follower, String> {
        let outside = Outside::new(outgoing.allows_loopback, patience)?;
        Ok(Follower { outside, outgoing, store, clock, apis: Mutex::default() })
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn api(&self, brand: BrandId, name: &'static str) -> Arc<Api> {
        let mut apis = self.apis.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(apis.entry((brand, name)).or_default())
    }

    /// Lists the parcels of brands that ask anyone: the settings may be others than when their numbers came.
    pub async fn look_back(&self, shops: &[Shop]) -> Result<(), StoreError> {
        for shop in shops {
            if self.outgoing.polls(&shop.slug).is_empty() && self.outgoing.aggregator(&shop.slug).is_none() {
                continue;
            }
            let mut after = Some(ShipmentId(Uuid::nil()));
            while let Some(begin) = after {
                let mut conn = self.store.write(Urgency::Batch).await?;
                after = following::list_page(&mut conn, shop.id, begin, self.now() - LOOKED_BACK, PAGE).await?;
                conn.commit().await?;
            }
        }
        Ok(())
    }

    /// A little of everything that is due. Gives how much was done.
    pub async fn once(self: &Arc<Self>, shops: &[Shop]) -> Result<usize, StoreError> {
        Ok(self.decide(shops).await? + register::once(self, shops).await? + poll::once(self, shops).await?)
    }

    /// Decides who follows parcels that got a number or a carrier. Gives how many.
    async fn decide(&self, shops: &[Shop]) -> Result<usize, StoreError> {
        let mut conn = self.store.read().await?;
        if !following::has_unfollowed(&mut conn).await? {
            return Ok(0);
        }
        drop(conn);
        let mut conn = self.store.write(Urgency::Batch).await?;
        let taken = following::take_unfollowed(&mut conn, TOGETHER).await?;
        for (brand, shipment) in &taken {
            if let Some(shop) = shops.iter().find(|shop| shop.id == *brand) {
                self.decide_on(&mut conn, shop, *shipment).await?;
            }
        }
        conn.commit().await?;
        Ok(taken.len())
    }

    async fn decide_on(&self, conn: &mut Conn, shop: &Shop, shipment: ShipmentId) -> Result<(), StoreError> {
        let polls = self.outgoing.polls(&shop.slug);
        let aggregator = self.outgoing.aggregator(&shop.slug);
        if polls.is_empty() && aggregator.is_none() {
            return Ok(());
        }
        let now = self.now();
        let Some(parcel) = following::parcel(conn, shop.id, shipment).await? else { return Ok(()) };
        if !pace::is_followed(&parcel, now) {
            return Ok(());
        }
        if let Some(account) = aggregator.filter(|_| is_from_a_shop(&parcel.source)) {
            following::want_registered(conn, &parcel, account.aggregator.as_str(), now).await?;
        }
        match asked_at(polls, &parcel) {
            Some(account) => following::want_polled(conn, &parcel, account.pull.as_str(), now).await,
            None => following::end_polls(conn, shop.id, shipment).await,
        }
    }

    /// Counts one request to an API against what its account is good for.
    pub(super) async fn spend(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        name: &'static str,
        per_hour: u32,
    ) -> Result<Verdict, StoreError> {
        // A tenth of an hour's worth at once, the rest spread.
        let burst = i32::try_from(per_hour.div_ceil(10).clamp(1, 50)).unwrap_or(50);
        let every = SignedDuration::from_hours(1) / i32::try_from(per_hour.max(1)).unwrap_or(i32::MAX);
        let limit = Limit { bucket: "asked", burst, every };
        limits::count(conn, brand, limit, name.as_bytes(), self.now()).await
    }
}

/// The carrier of a parcel: as told, else the likeliest by its number.
pub(super) fn carrier_of(parcel: &Parcel) -> Option<String> {
    let told = parcel.carrier.clone().filter(|carrier| !carrier.trim().is_empty());
    told.or_else(|| detect(&parcel.number).first().map(|candidate| candidate.carrier.to_owned()))
}

/// The first account that can be asked for a parcel; carriers' own come first.
pub(super) fn asked_at<'a>(polls: &'a [PollAccount], parcel: &Parcel) -> Option<&'a PollAccount> {
    let carrier = carrier_of(parcel);
    polls.iter().find(|account| account.pull.follows(carrier.as_deref()))
}

/// An aggregator or a carrier that tells of a parcel follows it already, and what was imported from past years is past.
fn is_from_a_shop(source: &str) -> bool {
    match source.parse::<Source>() {
        Ok(source) => matches!(source, Source::Shopify | Source::Woocommerce | Source::Doorstep),
        // Another system wrote it.
        Err(_) => true,
    }
}
