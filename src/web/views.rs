//! Who looks at recommendations, or would: noted in memory while the page goes out, written down in batches.
//!
//! Nothing is set in the browser for it: a visit is known by the session that its grant has anyway.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::orders::{BrandId, OrderId};
use crate::store::attribution::{self, View};
use crate::store::{StoreError, Urgency};

use super::app::App;
use super::visit::Visit;

/// What whoever sees a page is counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    Shown,
    /// There was something to show, and the shopper is one of those who see none.
    HeldOut,
}

/// How often what was noted is written down.
const FLUSH_EVERY: Duration = Duration::from_secs(2);

/// The same session on the same page is noted again after this long: the store keeps one a day.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(15);

/// Views kept in memory at once; what comes beyond is not counted, in either group.
const MOST_NOTED: usize = 50_000;

/// Written in one transaction.
const TOGETHER: usize = 500;

type Key = (BrandId, OrderId, [u8; 32]);

#[derive(Default)]
struct Noted {
    seen: HashMap<Key, Timestamp>,
    waiting: Vec<(Key, Exposure, Timestamp)>,
}

/// Views that are yet to be written down.
#[derive(Default)]
pub struct Views(Mutex<Noted>);

impl Views {
    fn note(&self, key: Key, exposure: Exposure, now: Timestamp) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |at: &Timestamp| now.duration_since(*at) < NOTED_EVERY;
        if noted.seen.get(&key).is_some_and(is_fresh) {
            return;
        }
        if noted.seen.len() >= MOST_NOTED {
            noted.seen.retain(|_, at| is_fresh(at));
        }
        if noted.seen.len() < MOST_NOTED && noted.waiting.len() < MOST_NOTED {
            noted.seen.insert(key, now);
            noted.waiting.push((key, exposure, now));
        }
    }

    fn take(&self) -> Vec<(Key, Exposure, Timestamp)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).waiting)
    }

    fn put_back(&self, unwritten: &[(Key, Exposure, Timestamp)]) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST_NOTED.saturating_sub(noted.waiting.len());
        noted.waiting.extend(unwritten.iter().take(room).copied());
    }
}

/// Notes a visit. Returns at once.
pub fn note(app: &App, visit: &Visit, order: OrderId, exposure: Exposure) {
    if let Some(session) = visit.session {
        app.views.note((visit.live.id, order, session), exposure, app.now());
    }
}

/// Writes down what was noted until `stop` says so, and what is left then.
pub async fn keep(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(FLUSH_EVERY) => {}
            _ = stop.changed() => {}
        }
        if let Err(error) = flush(&app).await {
            tracing::warn!(%error, "views of recommendations could not be written down; they wait");
        }
    }
}

/// Writes down what was noted. What cannot be written waits for the next time.
pub async fn flush(app: &App) -> Result<(), StoreError> {
    let noted = app.views.take();
    for (position, together) in noted.chunks(TOGETHER).enumerate() {
        if let Err(error) = write(app, together).await {
            app.views.put_back(&noted[position * TOGETHER..]);
            return Err(error);
        }
    }
    Ok(())
}

async fn write(app: &App, noted: &[(Key, Exposure, Timestamp)]) -> Result<(), StoreError> {
    let brands = app.brands();
    let zone = |brand: BrandId| {
        let live = brands.all().iter().find(|live| live.id == brand);
        live.and_then(|live| TimeZone::get(&live.brand.time_zone).ok()).unwrap_or(TimeZone::UTC)
    };
    let views: Vec<View> = noted
        .iter()
        .map(|((brand, order, session), exposure, at)| View {
            brand: *brand,
            order: *order,
            session: app.store.vault().blind_index(b"view", session),
            day: at.to_zoned(zone(*brand)).date(),
            is_held_out: *exposure == Exposure::HeldOut,
            at: *at,
        })
        .collect();
    let mut conn = app.store.write(Urgency::Batch).await?;
    attribution::keep_views(&mut conn, &views).await?;
    conn.commit().await
}
