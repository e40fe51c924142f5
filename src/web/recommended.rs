//! What stands beside an order, and where a click on it leads: only to addresses that the shop is known to have.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use reqwest::Url;

use crate::access::grant::{Scope, Subject};
use crate::brand::Brand;
use crate::orders::OrderId;
use crate::orders::recommendation::{MOST, Reason, choose};
use crate::portal::show::feedback::is_in_trouble;
use crate::portal::view::{ProductView, RecommendationsView};
use crate::store::attribution;
use crate::store::catalogue::{self, ProductRecord};
use crate::store::limits::{self, Limit, Verdict};
use crate::store::orders::OrderRecord;
use crate::store::recommendations::{self, Beside};
use crate::store::{Conn, StoreError, Urgency};
use crate::tracking::status::Milestone;
use crate::tracking::wording::money;

use super::app::{App, Choice};
use super::views::Exposure;
use super::visit::{Visit, form_pairs, is_looked_ahead, limit_subject, percent_encoded};
use super::{answer, load};

/// Clicks of one address that are counted.
const CLICKS: Limit = Limit { bucket: "clicks", burst: 20, every: SignedDuration::from_secs(30) };

/// Up to four products for an order's page, and what whoever sees it is counted as. None while something is wrong with the
/// order, and none for the holdout.
pub async fn beside(
    app: &App,
    visit: &Visit,
    order: &OrderRecord,
    scope: Scope,
) -> Result<(Option<RecommendationsView>, Option<Exposure>), StoreError> {
    let is_cancelled = order.steps().cancelled_at.is_some();
    if scope < Scope::Town || order.items.is_empty() || is_cancelled || is_in_trouble(order) {
        return Ok((None, None));
    }
    let choice = choice(app, visit, order).await?;
    Ok((choice.shown.clone(), choice.exposure))
}

/// What goes with an order, in the shopper's language. Kept for a minute, as catalogues change by the hour, and worked out
/// anew when the order changes.
async fn choice(app: &App, visit: &Visit, order: &OrderRecord) -> Result<Arc<Choice>, StoreError> {
    let (brand, live, now) = (visit.live.id, &visit.live.brand, app.now());
    let key = (brand, order.order_id, visit.live.version, visit.locale);
    let generation = app.kept.generation(order.order_id.0.as_bytes());
    if let Some(kept) = app.kept.choice(&key, generation, now) {
        return Ok(kept);
    }
    let has_arrived = has_arrived(order);
    let asked = Beside {
        order: order.order_id.0,
        items: &order.items,
        has_arrived,
        consumables: &live.catalogue.consumables,
        accessories: &live.catalogue.accessories,
    };
    let mut conn = app.store.read().await?;
    let mut candidates = recommendations::candidates(&mut conn, brand, &asked).await?;
    let mut chosen = choose(&candidates.offered, &candidates.bought);
    if chosen.len() < MOST {
        recommendations::add_by_kind(&mut conn, brand, &mut candidates).await?;
        chosen = choose(&candidates.offered, &candidates.bought);
    }
    let mut products = Vec::with_capacity(chosen.len());
    for chosen in chosen {
        let Some(product) = catalogue::product(&mut conn, brand, &chosen.product).await? else { continue };
        if address(live, &product).is_some() {
            products.push((product, chosen.reason));
        }
    }
    let (shown, exposure) = if products.is_empty() {
        (None, None)
    } else if is_held_out(app, visit, &mut conn, order).await? {
        (None, Some(Exposure::HeldOut))
    } else {
        (Some(shown(visit, order, &products, has_arrived)), Some(Exposure::Shown))
    };
    let choice = Arc::new(Choice { shown, exposure, made_at: now });
    app.kept.keep_choice(key, generation, Arc::clone(&choice));
    Ok(choice)
}

fn shown(
    visit: &Visit,
    order: &OrderRecord,
    products: &[(ProductRecord, Option<Reason>)],
    has_arrived: bool,
) -> RecommendationsView {
    let (words, base) = (visit.words(), &visit.live.brand.base_path);
    let has_pictures = products.iter().any(|(product, _)| product.image.is_some());
    let from = percent_encoded(&order.order_key);
    let show = |(product, reason): &(ProductRecord, Option<Reason>)| {
        let id = percent_encoded(&product.product_id);
        let picture = product.image.as_ref().map(|_| match &product.fingerprint {
            Some(fingerprint) => format!("{base}/i/{id}?v={fingerprint}"),
            None => format!("{base}/i/{id}"),
        });
        ProductView {
            href: format!("{base}/c/{id}?order={from}"),
            picture: has_pictures.then(|| picture.unwrap_or_default()),
            price: product.price.zip(product.currency.as_ref()).map(|(price, currency)| money(&words, price, currency)),
            reason: reason.as_ref().map(|reason| match reason {
                Reason::OftenWith(item) => words.say("recommendations-reason", &[("item", item.into())]),
                Reason::GoesWith(item) => words.say("recommendations-goes-with", &[("item", item.into())]),
                Reason::Again => words.text("recommendations-reorder").to_owned(),
            }),
            id: product.product_id.clone(),
            title: product.title.clone(),
        }
    };
    let heading = if has_arrived { "recommendations-heading-delivered" } else { "recommendations-heading" };
    RecommendationsView { heading: words.text(heading).to_owned(), products: products.iter().map(show).collect() }
}

fn has_arrived(order: &OrderRecord) -> bool {
    let is_delivered = |status: Milestone| status == Milestone::Delivered;
    !order.shipments.is_empty()
        && order.shipments.iter().all(|parcel| {
            let status = parcel.summary.as_ref().map(|summary| summary.progress.status.milestone());
            status.is_some_and(is_delivered)
        })
}

/// Some shoppers see no recommendations, so that what they sell can be told from what would have been bought anyway.
/// By contact, so that a shopper is the same one on every visit and with every order.
async fn is_held_out(app: &App, visit: &Visit, conn: &mut Conn, order: &OrderRecord) -> Result<bool, StoreError> {
    let contact = recommendations::shopper_of(conn, visit.live.id, order.order_id.0).await?;
    let shopper = contact.unwrap_or_else(|| order.order_id.0.as_bytes().to_vec());
    let hash = app.store.vault().blind_index(b"holdout", &shopper);
    let drawn = hash.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) % 100;
    Ok(drawn < u64::from(app.config.holdout_percent))
}

/// Where a product is sold: its own page, else the shop. `None` unless the host is one the brand names.
fn address(brand: &Brand, product: &ProductRecord) -> Option<Url> {
    let links = &brand.links;
    let named = [&links.shop, &links.help, &links.contact, &links.returns, &links.review];
    let host_of = |address: &str| Url::parse(address).ok()?.host_str().map(str::to_owned);
    let known: Vec<String> = named
        .into_iter()
        .flatten()
        .filter_map(|link| host_of(link))
        .chain(brand.hosts.iter().cloned())
        .chain(host_of(&brand.origin))
        .collect();
    let target = Url::parse(product.link.as_ref().or(links.shop.as_ref())?).ok()?;
    let is_known = target.host_str().is_some_and(|host| known.iter().any(|known| known == host));
    (target.scheme() == "https" && is_known && target.username().is_empty()).then_some(target)
}

/// Counts the click and leads to the product.
pub async fn click(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    Path(product): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let from = form_pairs(query.as_bytes()).find(|(name, _)| name == "order").map(|(_, number)| number);
    match follow(&app, &visit, &product, from.as_deref(), !is_looked_ahead(&headers)).await {
        Ok(Some(target)) => match HeaderValue::from_str(target.as_str()) {
            Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
            Err(_) => answer::error(&visit, StatusCode::NOT_FOUND),
        },
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn follow(
    app: &App,
    visit: &Visit,
    product: &str,
    from: Option<&str>,
    is_click: bool,
) -> Result<Option<Url>, StoreError> {
    let (brand, live) = (visit.live.id, &visit.live.brand);
    let mut conn = app.store.read().await?;
    let found = catalogue::product(&mut conn, brand, product).await?;
    drop(conn);
    let Some(product) = found else { return Ok(None) };
    let Some(mut target) = address(live, &product) else { return Ok(None) };
    if is_click {
        let now = app.now();
        let from = order_of(app, visit, from).await?;
        let subject = app.store.vault().blind_index(CLICKS.bucket.as_bytes(), &limit_subject(visit.ip));
        let zone = TimeZone::get(&live.time_zone).unwrap_or(TimeZone::UTC);
        let mut conn = app.store.write(Urgency::Shopper).await?;
        if limits::count(&mut conn, brand, CLICKS, &subject, now).await? == Verdict::Within {
            let day = now.to_zoned(zone).date();
            attribution::keep_click(&mut conn, brand, &product.product_id, from, day, now).await?;
        }
        conn.commit().await?;
    }
    target
        .query_pairs_mut()
        .append_pair("utm_source", "doorstep")
        .append_pair("utm_medium", "order_tracking")
        .append_pair("utm_campaign", "recommendation");
    Ok(Some(target))
}

/// The order on whose page the link stood, if this browser may see it: nobody else's order is credited. Without one named,
/// the order that its grant is for.
async fn order_of(app: &App, visit: &Visit, named: Option<&str>) -> Result<Option<OrderId>, StoreError> {
    if let Some(number) = named {
        return Ok(load::granted(app, visit, number).await?.map(|granted| granted.order));
    }
    let session = load::session(app, visit).await?;
    let now = app.now();
    let own = session.grants.iter().filter(|grant| grant.is_active(now)).find_map(|grant| match grant.subject {
        Subject::Order(order) => Some(order),
        Subject::Contact(_) => None,
    });
    Ok(own)
}
