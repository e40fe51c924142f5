//! The way to the shop's own contact page: with order, parcel and last update in the address, and counted.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::tz::TimeZone;
use reqwest::Url;

use crate::access::grant::Scope;
use crate::orders::aftercare::Cause;
use crate::portal::show::help::last_update;
use crate::store::cases::{self, Asked};
use crate::store::{StoreError, Urgency};

use super::app::App;
use super::visit::{Visit, form_pairs, text};
use super::{answer, load};

/// Counts for `/metrics`, by cause and by nothing of whom.
pub fn counted(asked: Asked, cause: Cause) {
    let name = match asked {
        Asked::Opened => "doorstep_help_opened_total",
        Asked::Inquired => "doorstep_inquiries_total",
    };
    metrics::counter!(name, "cause" => cause.as_str()).increment(1);
}

/// Leads to the shop's contact page. Not there where the shop names none.
pub async fn contact(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let asked = form_pairs(query.as_bytes()).find(|(name, _)| name == "about").map(|(_, value)| value);
    let cause = asked.and_then(|cause| Cause::read(&cause)).unwrap_or(Cause::Other);
    // A browser that looks ahead is nobody who asks.
    let is_asked = text(&headers, "sec-purpose").is_none_or(|purpose| !purpose.contains("prefetch"));
    match handed_over(&app, &visit, &number, cause, is_asked).await {
        Ok(Some(target)) => answer::see_other(target.as_str()),
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn handed_over(
    app: &App,
    visit: &Visit,
    number: &str,
    cause: Cause,
    is_asked: bool,
) -> Result<Option<Url>, StoreError> {
    let brand = &visit.live.brand;
    let Some(mut target) = brand.links.contact.as_deref().and_then(|link| Url::parse(link).ok()) else {
        return Ok(None);
    };
    let granted = load::granted(app, visit, number).await?.filter(|granted| granted.scope >= Scope::Town);
    let Some(granted) = granted else { return Ok(None) };
    let Some(found) = load::granted_order_view(app, visit, &granted).await? else { return Ok(None) };
    let order = &found.shown.view;
    let parcel = order.shipments.first().map(|parcel| parcel.tracking_number.as_str());
    let update = last_update(order).unwrap_or_else(|| order.headline.clone());
    target.query_pairs_mut().append_pair("order", &order.order_number);
    if let Some(parcel) = parcel.filter(|parcel| !parcel.is_empty()) {
        target.query_pairs_mut().append_pair("parcel", parcel);
    }
    target.query_pairs_mut().append_pair("about", cause.as_str()).append_pair("update", &update);
    if is_asked {
        let zone = TimeZone::get(&brand.time_zone).unwrap_or(TimeZone::UTC);
        let mut conn = app.store.write(Urgency::Shopper).await?;
        cases::count(&mut conn, visit.live.id, app.now().to_zoned(zone).date(), cause, Asked::Inquired).await?;
        conn.commit().await?;
        counted(Asked::Inquired, cause);
    }
    Ok(Some(target))
}
