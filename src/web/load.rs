//! What a page needs, read from the store for one visit and put into words: the one place where a grant is checked.

use std::sync::Arc;

use crate::access::grant::{Scope, Subject, should_slide};
use crate::jobs::poll::looked_at;
use crate::orders::OrderId;
use crate::orders::feedback::ended;
use crate::orders::number::{OrderNumber, TrackingNumber};
use crate::portal::show::{Shown, Viewer};
use crate::portal::view::{OrderSummaryView, OrderView, ShipmentView};
use crate::store::feedback::{self, Rated};
use crate::store::following::Looked;
use crate::store::{StoreError, Urgency, access, orders};
use crate::tracking::wording::Speaker;

use super::app::{App, Session};
use super::views::Exposure;
use super::visit::Visit;
use super::{calendar, recommended};

/// An order that this browser may see.
pub struct Granted {
    pub key: OrderNumber,
    pub order: OrderId,
    pub scope: Scope,
    /// The grant lasts from now on again, and so should its cookie.
    pub slid: bool,
}

pub struct OrderFound {
    pub shown: Shown<OrderView>,
    pub exposure: Option<Exposure>,
}

/// What this browser may see at all.
pub async fn session(app: &App, visit: &Visit) -> Result<Arc<Session>, StoreError> {
    match &visit.session {
        Some(hash) => app.session(visit.live.id, hash).await,
        None => Ok(Arc::default()),
    }
}

/// Whether this browser may see the order of that number. What is not there and what is not its own are one: `None`.
pub async fn granted(app: &App, visit: &Visit, number: &str) -> Result<Option<Granted>, StoreError> {
    let Ok(key) = number.parse::<OrderNumber>() else { return Ok(None) };
    if visit.session.is_none() {
        return Ok(None);
    }
    let brand = visit.live.id;
    let order = match app.kept.order_id(brand, key.key()) {
        Some(order) => order,
        None => {
            let mut conn = app.store.read().await?;
            let Some((order, _)) = orders::order_key(&mut conn, brand, key.key()).await? else { return Ok(None) };
            app.kept.keep_order_id(brand, key.key(), order);
            order
        }
    };
    let session = session(app, visit).await?;
    let now = app.now();
    let Some(scope) = session.scope_for(order, now) else { return Ok(None) };
    let own = session.grants.iter().find(|grant| grant.subject == Subject::Order(order));
    let slid = own.is_some_and(|grant| should_slide(grant, now));
    if let Some(hash) = &visit.session
        && slid
    {
        let mut conn = app.store.write(Urgency::Shopper).await?;
        access::slide(&mut conn, brand, hash, order, now).await?;
        conn.commit().await?;
    }
    looked_at(app, &visit.live.brand.slug, brand, Looked::Order(order));
    Ok(Some(Granted { key, order, scope, slid }))
}

/// The parcel of that id or tracking number, if this browser may see it and it can be rated. All else is not there.
pub async fn rateable(app: &App, visit: &Visit, named: &str) -> Result<Option<Rated>, StoreError> {
    let mut conn = app.store.read().await?;
    let found = feedback::rated(&mut conn, visit.live.id, named).await?;
    drop(conn);
    let Some(rated) = found else { return Ok(None) };
    let session = session(app, visit).await?;
    let sees_it = session.scope_for(rated.order, app.now()).is_some_and(|scope| scope >= Scope::Town);
    let has_ended = rated.status.is_some_and(|status| ended(status).is_some());
    Ok((sees_it && has_ended).then_some(rated))
}

/// The order as this browser may see it.
pub async fn order_view(app: &App, visit: &Visit, number: &str) -> Result<Option<OrderFound>, StoreError> {
    match granted(app, visit, number).await? {
        Some(granted) => granted_order_view(app, visit, &granted).await,
        None => Ok(None),
    }
}

/// The same, where the grant was checked already.
pub async fn granted_order_view(app: &App, visit: &Visit, granted: &Granted) -> Result<Option<OrderFound>, StoreError> {
    let mut conn = app.store.read().await?;
    let record = orders::order(&mut conn, app.store.vault(), visit.live.id, granted.key.key()).await?;
    drop(conn);
    let Some(record) = record else { return Ok(None) };
    let base = &visit.live.brand.base_path;
    let token = calendar::token(app, visit.live.id, &record);
    let live = format!("{base}/orders/{}/events", record.order_key);
    let words = visit.words();
    let mut shown = viewer(app, visit, &words, granted.scope).order(
        &record,
        calendar::has_window(&record).then(|| format!("{base}/cal/{token}.ics")),
        Some(live),
    );
    if granted.scope == Scope::Summary {
        // An order's number is guessed easily, and a parcel's number opens the parcel's page.
        for shipment in &mut shown.view.shipments {
            shipment.tracking_number.clear();
        }
    }
    let (recommendations, exposure) = recommended::beside(app, visit, &record, granted.scope).await?;
    shown.view.recommendations = recommendations;
    Ok(Some(OrderFound { shown, exposure }))
}

fn viewer<'a>(app: &App, visit: &'a Visit, words: &'a Speaker, scope: Scope) -> Viewer<'a> {
    Viewer::new(&visit.live.brand, words, scope, app.now())
}

/// Orders shown on one page of "my orders".
const MOST_ORDERS: i64 = 50;

/// The orders of the contacts this browser proved. `None` when it proved none.
pub async fn order_summaries(app: &App, visit: &Visit) -> Result<Option<Vec<OrderSummaryView>>, StoreError> {
    let session = session(app, visit).await?;
    let contacts: Vec<&Vec<u8>> = session.contacts(app.now()).collect();
    if contacts.is_empty() {
        return Ok(None);
    }
    let brand = visit.live.id;
    let mut conn = app.store.read().await?;
    let mut keys: Vec<String> = Vec::new();
    for contact in contacts {
        for key in orders::order_keys_of_contact(&mut conn, brand, contact, MOST_ORDERS).await? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    let words = visit.words();
    let viewer = viewer(app, visit, &words, Scope::Town);
    let mut summaries = Vec::with_capacity(keys.len());
    for key in keys {
        if let Some(record) = orders::order(&mut conn, app.store.vault(), brand, &key).await? {
            summaries.push((record.steps().placed_at, viewer.order_summary(&record)));
        }
    }
    summaries.sort_by_key(|(placed, _)| std::cmp::Reverse(*placed));
    Ok(Some(summaries.into_iter().map(|(_, summary)| summary).collect()))
}

/// A parcel's milestones, for whoever has its number.
pub async fn parcel_view(app: &App, visit: &Visit, number: &str) -> Result<Option<Shown<ShipmentView>>, StoreError> {
    let Ok(number) = number.parse::<TrackingNumber>() else { return Ok(None) };
    let mut conn = app.store.read().await?;
    let record = orders::shipment_by_number(&mut conn, app.store.vault(), visit.live.id, number.as_str()).await?;
    if let Some(record) = &record {
        looked_at(app, &visit.live.brand.slug, visit.live.id, Looked::Parcel(record.shipment_id));
    }
    let words = visit.words();
    Ok(record.map(|record| viewer(app, visit, &words, Scope::Town).parcel_page(&record)))
}
