//! What stands beside an order, and where a click on it leads: only to addresses that the shop is known to have.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use reqwest::Url;

use crate::access::grant::Scope;
use crate::brand::Brand;
use crate::orders::recommendation::choose;
use crate::portal::show::feedback::is_in_trouble;
use crate::portal::view::{ProductView, RecommendationsView};
use crate::store::catalogue::{self, ProductRecord};
use crate::store::limits::{self, Limit, Verdict};
use crate::store::orders::OrderRecord;
use crate::store::{Conn, StoreError, Urgency};
use crate::tracking::status::Milestone;
use crate::tracking::wording::money;

use super::answer;
use super::app::App;
use super::visit::{Visit, limit_subject, percent_encoded, text};

/// Clicks of one address that are counted.
const CLICKS: Limit = Limit { bucket: "clicks", burst: 20, every: SignedDuration::from_secs(30) };

/// Up to four products for an order's page. None while something is wrong with the order, and none for the holdout.
pub async fn beside(
    app: &App,
    visit: &Visit,
    order: &OrderRecord,
    scope: Scope,
) -> Result<Option<RecommendationsView>, StoreError> {
    let is_cancelled = order.steps().cancelled_at.is_some();
    if scope < Scope::Town || order.items.is_empty() || is_cancelled || is_in_trouble(order) {
        return Ok(None);
    }
    let brand = visit.live.id;
    let mut conn = app.store.read().await?;
    let candidates = catalogue::candidates(&mut conn, brand, &order.items).await?;
    let chosen = choose(&candidates.offered, &candidates.bought);
    if chosen.is_empty() || is_held_out(app, visit, &mut conn, order).await? {
        return Ok(None);
    }
    let words = visit.words();
    let live = &visit.live.brand;
    let mut products = Vec::with_capacity(chosen.len());
    for chosen in chosen {
        let Some(product) = catalogue::product(&mut conn, brand, &chosen.product).await? else { continue };
        if address(live, &product).is_none() {
            continue;
        }
        products.push(ProductView {
            href: format!("{}/c/{}", live.base_path, percent_encoded(&product.product_id)),
            price: product.price.zip(product.currency).map(|(price, currency)| money(&words, price, &currency)),
            reason: chosen.because.map(|item| words.say("recommendations-reason", &[("item", (&item).into())])),
            id: product.product_id,
            title: product.title,
        });
    }
    let has_arrived = !order.shipments.is_empty()
        && order.shipments.iter().all(|parcel| {
            let status = parcel.summary.as_ref().map(|summary| summary.progress.status.milestone());
            status == Some(Milestone::Delivered)
        });
    let heading = if has_arrived { "recommendations-heading-delivered" } else { "recommendations-heading" };
    let heading = words.text(heading).into_owned();
    Ok((!products.is_empty()).then_some(RecommendationsView { heading, products }))
}

/// Some shoppers see no recommendations, so that what they sell can be told from what would have been bought anyway.
/// By contact, so that a shopper is the same one on every visit and with every order.
async fn is_held_out(app: &App, visit: &Visit, conn: &mut Conn, order: &OrderRecord) -> Result<bool, StoreError> {
    let contact = catalogue::shopper_of(conn, visit.live.id, order.order_id.0).await?;
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
) -> Response {
    // A browser that looks ahead is no shopper who clicks.
    let is_click = text(&headers, "sec-purpose").is_none_or(|purpose| !purpose.contains("prefetch"));
    match follow(&app, &visit, &product, is_click).await {
        Ok(Some(target)) => match HeaderValue::from_str(target.as_str()) {
            Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
            Err(_) => answer::error(&app, &visit, StatusCode::NOT_FOUND),
        },
        Ok(None) => answer::error(&app, &visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&app, &visit, &error),
    }
}

async fn follow(app: &App, visit: &Visit, product: &str, is_click: bool) -> Result<Option<Url>, StoreError> {
    let (brand, live) = (visit.live.id, &visit.live.brand);
    let mut conn = app.store.read().await?;
    let found = catalogue::product(&mut conn, brand, product).await?;
    drop(conn);
    let Some(product) = found else { return Ok(None) };
    let Some(mut target) = address(live, &product) else { return Ok(None) };
    if is_click {
        let now = app.now();
        let subject = app.store.vault().blind_index(CLICKS.bucket.as_bytes(), &limit_subject(visit.ip));
        let zone = TimeZone::get(&live.time_zone).unwrap_or(TimeZone::UTC);
        let mut conn = app.store.write(Urgency::Shopper).await?;
        if limits::count(&mut conn, brand, CLICKS, &subject, now).await? == Verdict::Within {
            catalogue::count_click(&mut conn, brand, &product.product_id, now.to_zoned(zone).date()).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::recommendation::Rule;
    use crate::sources::catalogue::ProductDraft;
    use crate::testing::builders::UPS;
    use crate::testing::{Browser, TestApp, a_shipment, an_order};
    use crate::tracking::status::Status;

    const PART: &str = "data-part=\"recommendations\"";

    fn product(id: &str, link: Option<&str>) -> ProductDraft {
        ProductDraft {
            id: id.to_owned(),
            title: format!("<b>{id}</b>"),
            link: link.map(str::to_owned),
            price: Some((1_250, "EUR".to_owned())),
            is_available: true,
            ..ProductDraft::default()
        }
    }

    /// The lamp was bought with the shade in two of five orders, with the rug in one.
    async fn shop(holdout: &str) -> TestApp {
        let app = TestApp::with_settings(&[("DOORSTEP_HOLDOUT_PERCENT", holdout)]).await;
        let shade = ProductDraft { keys: vec!["SHADE-1".to_owned()], ..product("shade/1", None) };
        let lamp = ProductDraft { keys: vec!["LAMP-1".to_owned()], ..product("lamp", None) };
        let rug = product("RUG-1", Some("https://meadow.example/rug?x=1"));
        let elsewhere = product("elsewhere", Some("https://evil.example/"));
        let mut conn = app.writing().await;
        catalogue::import(&mut conn, app.brand(), &[shade, lamp, rug, elsewhere], app.now()).await.unwrap();
        conn.commit().await.unwrap();
        for (number, skus) in [
            ("1", &["LAMP-1", "SHADE-1"][..]),
            ("2", &["LAMP-1", "SHADE-1", "RUG-1"]),
            ("3", &["CUP"]),
            ("4", &["CUP"]),
            ("5", &["CUP"]),
            ("6", &["CUP"]),
        ] {
            let mut order = an_order(number);
            let lamp = order.draft().items.remove(0);
            for sku in skus {
                let item = crate::sources::LineItemDraft {
                    source_id: (*sku).to_owned(),
                    sku: Some((*sku).to_owned()),
                    ..lamp.clone()
                };
                order.draft().items.push(item);
            }
            app.tell(order).await;
        }
        app.advance(SignedDuration::from_mins(2));
        assert_eq!(crate::jobs::count::once(&app).await.unwrap(), 6);
        assert_eq!(crate::jobs::count::once(&app).await.unwrap(), 0);
        app
    }

    async fn ada_with<'a>(app: &'a TestApp, parcel: crate::testing::builders::ShipmentBuilder) -> Browser<'a> {
        app.tell(an_order("#1001").with_email("ada@example.com").with_shipment(parcel)).await;
        let mut browser = app.browser();
        browser.prove("1001", "ada@example.com").await;
        browser
    }

    #[tokio::test]
    async fn what_was_bought_together_twice_is_shown_and_clicks_are_counted() {
        let app = shop("0").await;
        let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
        let page = browser.get("/tracking/orders/1001").await;
        assert_eq!((page.count(PART), page.count("data-product=")), (1, 1));
        assert!(page.body.contains("&lt;b&gt;shade/1"), "a feed's markup is inert");
        assert!(page.body.contains("href=\"/tracking/c/shade%2F1\""));
        let clicked = browser.get("/tracking/c/shade%2F1").await;
        assert_eq!(clicked.status, StatusCode::FOUND);
        let location = clicked.location().unwrap();
        assert!(location.starts_with("https://meadow.example/?utm_source=doorstep&"), "{location}");
        assert_eq!(app.count("SELECT clicks FROM recommendation_clicks").await, 1);
    }

    #[tokio::test]
    async fn a_click_leads_nowhere_but_to_the_shop() {
        let app = shop("0").await;
        let mut browser = app.browser();
        let rug = browser.get("/tracking/c/RUG-1?url=https://evil.example/").await.location().unwrap();
        assert!(rug.starts_with("https://meadow.example/rug?x=1&utm_source="));
        for gone in ["elsewhere", "soup", "https%3A%2F%2Fevil.example"] {
            assert_eq!(browser.get(&format!("/tracking/c/{gone}")).await.status, StatusCode::NOT_FOUND, "{gone}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM recommendation_clicks").await, 1);
    }

    #[tokio::test]
    async fn trouble_silences_them_and_its_end_brings_them_back() {
        let app = shop("0").await;
        let held = a_shipment(UPS).in_transit().then(Status::CustomsHold);
        let mut browser = ada_with(&app, held.clone()).await;
        assert_eq!(browser.get("/tracking/orders/1001").await.count(PART), 0);
        app.tell(held.then(Status::CustomsCleared).then(Status::OnVehicle).then(Status::Delivered).of_order("1001"))
            .await;
        assert_eq!(browser.get("/tracking/orders/1001?rating=9").await.count(PART), 1);
    }

    #[tokio::test]
    async fn the_holdout_sees_none() {
        let app = shop("100").await;
        let mut browser = ada_with(&app, a_shipment(UPS).delivered()).await;
        assert_eq!(browser.get("/tracking/orders/1001").await.count(PART), 0);
    }

    #[tokio::test]
    async fn the_merchants_word_comes_first() {
        let app = shop("0").await;
        let mut conn = app.writing().await;
        let brand = app.brand();
        assert!(catalogue::set_rule(&mut conn, brand, "shade/1", Some(Rule::Ban)).await.unwrap());
        assert!(catalogue::set_rule(&mut conn, brand, "RUG-1", Some(Rule::Pin)).await.unwrap());
        assert!(!catalogue::set_rule(&mut conn, brand, "soup", Some(Rule::Pin)).await.unwrap());
        conn.commit().await.unwrap();
        let page = ada_with(&app, a_shipment(UPS).delivered()).await.get("/tracking/orders/1001").await;
        assert!(page.body.contains("data-product=\"RUG-1\""));
        assert_eq!(page.count("data-product="), 1);
    }
}
