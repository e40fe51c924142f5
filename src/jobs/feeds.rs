//! Brands' product feeds: fetched on their schedule and taken over whole. A feed that cannot be had or read changes nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::sources::catalogue::{Assumed, ParsedCatalogue, parse};
use crate::store::catalogue::{self, CameBy, Imported};
use crate::store::{StoreError, Urgency};
use crate::web::app::{App, LiveBrand};

use super::outside::Outside;

/// The longest feed that is read, and how long it may take to come.
const MOST_BYTES: usize = 64 * 1024 * 1024;
pub const PATIENCE: Duration = Duration::from_secs(120);

/// How long others leave a feed alone that somebody fetches: longer than fetching and writing it down takes.
const TURN: SignedDuration = SignedDuration::from_mins(15);

/// The first wait after a failure; it doubles up to the feed's own pace.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Products written in one transaction.
const TOGETHER: usize = 200;

/// Fetches the feeds that are due. Gives how many were fetched, taken over or not.
pub async fn once(app: &App, outside: &Outside) -> Result<usize, StoreError> {
    let mut fetched = 0;
    for live in app.brands().all() {
        let Some(address) = &live.brand.catalogue.feed else { continue };
        let now = app.now();
        let mut conn = app.store.read().await?;
        let is_due = catalogue::is_feed_due(&mut conn, live.id, address, now).await?;
        drop(conn);
        if !is_due {
            continue;
        }
        let mut conn = app.store.write(Urgency::Batch).await?;
        let is_ours = catalogue::claim_feed(&mut conn, live.id, address, now, now + TURN).await?;
        conn.commit().await?;
        if is_ours {
            one(app, outside, live, address, now).await?;
            fetched += 1;
        }
    }
    Ok(fetched)
}

async fn one(app: &App, outside: &Outside, live: &LiveBrand, address: &str, now: Timestamp) -> Result<(), StoreError> {
    let every = SignedDuration::from_hours(i64::from(live.brand.catalogue.every_hours));
    let slug = live.brand.slug.clone();
    match fetch(outside, live, address).await {
        Ok(parsed) => {
            let refused = parsed.refused.len();
            let (imported, gone) = take_over(app, live, parsed, now).await?;
            let mut conn = app.store.write(Urgency::Batch).await?;
            catalogue::feed_taken(&mut conn, live.id, now, now + every).await?;
            conn.commit().await?;
            metrics::counter!("doorstep_catalogue_feeds_total", "brand" => slug.clone(), "result" => "taken")
                .increment(1);
            tracing::info!(
                brand = slug,
                new = imported.new,
                known = imported.known,
                refused,
                gone,
                "the product feed was taken over"
            );
        }
        Err(cause) => {
            let mut conn = app.store.write(Urgency::Batch).await?;
            let failures = catalogue::feed_failed(&mut conn, live.id).await?;
            let doublings = u32::try_from(failures - 1).unwrap_or(0).min(16);
            let wait = FIRST_WAIT.checked_mul(1 << doublings).unwrap_or(every).min(every);
            catalogue::put_off_feed(&mut conn, live.id, now + wait).await?;
            conn.commit().await?;
            metrics::counter!("doorstep_catalogue_feeds_total", "brand" => slug.clone(), "result" => "failed")
                .increment(1);
            tracing::warn!(
                brand = slug,
                cause,
                failures,
                "the product feed could not be taken over; what was known stays"
            );
        }
    }
    Ok(())
}

/// The feed's products. One that holds none is broken, not empty: a shop that sells nothing needs no feed.
async fn fetch(outside: &Outside, live: &LiveBrand, address: &str) -> Result<ParsedCatalogue, String> {
    let body = outside.fetch(address, MOST_BYTES).await?;
    let shop = live.brand.links.shop.as_deref().map(|shop| shop.trim_end_matches('/').to_owned());
    let assumed = Assumed { currency: live.brand.catalogue.currency.clone(), shop };
    let parsed = tokio::task::spawn_blocking(move || parse(&body, &assumed)).await;
    let parsed = parsed.map_err(|_| "it could not be read".to_owned())?;
    if parsed.products.is_empty() {
        let first = parsed.refused.first().map(|refusal| format!("{}: {}", refusal.at, refusal.reason));
        return Err(first.unwrap_or_else(|| "it holds no products".to_owned()));
    }
    Ok(parsed)
}

async fn take_over(
    app: &App,
    live: &LiveBrand,
    parsed: ParsedCatalogue,
    now: Timestamp,
) -> Result<(Imported, u64), StoreError> {
    let mut imported = Imported::default();
    for products in parsed.products.chunks(TOGETHER) {
        let mut conn = app.store.write(Urgency::Batch).await?;
        let done = catalogue::import(&mut conn, live.id, products, CameBy::Feed, now).await?;
        conn.commit().await?;
        imported.new += done.new;
        imported.known += done.known;
    }
    let mut conn = app.store.write(Urgency::Batch).await?;
    let gone = catalogue::end_absent(&mut conn, live.id, now).await?;
    conn.commit().await?;
    Ok((imported, gone))
}
