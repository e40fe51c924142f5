//! The shopper's pages: each handler checks, loads, shows.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::access::grant::{ProvedBy, Subject};
use crate::access::link::{self, MessageLink};
use crate::orders::feedback::Rating;
use crate::portal::api::slip_in;
use crate::portal::pages::{
    CodeView, LinkConfirmView, LookupView, Notice, NoticeKind, OrdersView, ProofFormView, render_code, render_link,
    render_lookup, render_order, render_orders, render_parcel, render_proof,
};
use crate::portal::show::feedback;
use crate::portal::view::OrderView;
use crate::store::access::LinkTarget;
use crate::store::{StoreError, Urgency, access};

use super::answer;
use super::app::{App, PageKey};
use super::views::Exposure;
use super::visit::{Reference, Step, Visit, form_pairs, in_ascii};
use super::{calendar, load, views, visit};

type Shared = State<Arc<App>>;
type Visiting = Extension<Visit>;

/// Adds what the visit wants remembered.
fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Response {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn show(visit: &Visit, html: String) -> Response {
    with_cookies(answer::page(StatusCode::OK, html, visit.encoding), [visit.language_cookie()])
}

fn alert(text: &str) -> Option<Notice> {
    Some(Notice { kind: NoticeKind::Error, text: text.to_owned() })
}

/// The box; with `?step=` the step that this browser is at.
pub async fn lookup(State(app): Shared, Extension(visit): Visiting, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let value = |name: &str| form_pairs(query.as_bytes()).find(|(found, _)| found == name).map(|(_, value)| value);
    let context = visit.context();
    let step = value("step").and_then(|_| visit.step(app.store.vault()));
    let html = match step {
        Some(Step::Proof { q, message }) => {
            render_proof(&context, &ProofFormView { q, notice: message.as_deref().and_then(alert) })
        }
        Some(Step::Code { contact, message, .. }) => {
            let hint =
                slip_in(&contact).map(|meant| context.say_with("lookup-did-you-mean", &[("address", (&meant).into())]));
            render_code(&context, &CodeView { contact, hint, notice: message.as_deref().and_then(alert) })
        }
        Some(Step::Lookup { q, message }) => render_lookup(&context, &LookupView { q, notice: alert(&message) }),
        Some(Step::Feedback { .. } | Step::Photo { .. }) | None => {
            let q: String = value("q").unwrap_or_default().chars().filter(|c| !c.is_control()).take(300).collect();
            render_lookup(&context, &LookupView { q, notice: None })
        }
    };
    show(&visit, html)
}

pub async fn orders(State(app): Shared, Extension(visit): Visiting) -> Response {
    match load::order_summaries(&app, &visit).await {
        Ok(Some(orders)) => show(&visit, render_orders(&visit.context(), &OrdersView { contact: None, orders })),
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

pub async fn order(
    State(app): Shared,
    Extension(visit): Visiting,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match order_page(&app, &visit, &number, query.as_deref(), &headers).await {
        Ok(Some(response)) => with_cookies(response, [visit.language_cookie()]),
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn order_page(
    app: &App,
    visit: &Visit,
    number: &str,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Option<Response>, StoreError> {
    let Some(granted) = load::granted(app, visit, number).await? else { return Ok(None) };
    let page = granted_order_page(app, visit, &granted, query).await?;
    if let Some((_, Some(exposure))) = page
        && !visit::is_looked_ahead(headers)
    {
        views::note(app, visit, granted.order, exposure);
    }
    Ok(page.map(|(page, _)| match granted.slid {
        true => with_cookies(page, [visit.same_session_cookie()]),
        false => page,
    }))
}

async fn granted_order_page(
    app: &App,
    visit: &Visit,
    granted: &load::Granted,
    query: Option<&str>,
) -> Result<Option<(Response, Option<Exposure>)>, StoreError> {
    let key = PageKey {
        brand: visit.live.id,
        brand_version: visit.live.version,
        order: granted.order,
        scope: granted.scope,
        locale: visit.locale,
    };
    // The language links name the path as it was typed: only the plain one is kept.
    let plain = format!("{}/orders/{}", visit.live.brand.base_path, granted.key.key());
    let is_plain = visit.here == in_ascii(&plain) && visit.picked.is_none();
    if app.kept.enabled
        && is_plain
        && let Some(page) = app.kept.page(&key, app.now())
    {
        return Ok(Some((answer::kept_page(&page, visit.encoding), page.exposure)));
    }
    let loaded_at = app.kept.generation(granted.order.0.as_bytes());
    let Some(mut found) = load::granted_order_view(app, visit, granted).await? else { return Ok(None) };
    if !is_plain {
        fill_in_feedback(app, visit, query, &mut found.shown.view);
    }
    let html = render_order(&visit.context(), &found.shown.view);
    if !app.kept.enabled || !is_plain {
        return Ok(Some((answer::page(StatusCode::OK, html, visit.encoding), found.exposure)));
    }
    let page = Arc::new(answer::kept(html, found.shown.valid_until, found.exposure));
    app.kept.keep_page(key, Arc::clone(&page), loaded_at);
    Ok(Some((answer::kept_page(&page, visit.encoding), page.exposure)))
}

/// What a message's link or a form that was not taken has filled in.
fn fill_in_feedback(app: &App, visit: &Visit, query: Option<&str>, view: &mut OrderView) {
    let step = asked_for(query, "step").and_then(|_| visit.step(app.store.vault()));
    match (step, rating_in(query)) {
        (Some(Step::Feedback { shipment, draft, message }), _) => {
            feedback::fill_in_draft(view, &shipment, &draft, &message);
        }
        (Some(Step::Photo { shipment, message }), _) => feedback::refuse_photo(view, &shipment, &message),
        (_, Some(rating)) => feedback::fill_in_rating(view, rating),
        (_, None) => {}
    }
}

fn asked_for(query: Option<&str>, name: &str) -> Option<String> {
    form_pairs(query.unwrap_or_default().as_bytes()).find(|(found, _)| found == name).map(|(_, value)| value)
}

fn rating_in(query: Option<&str>) -> Option<Rating> {
    asked_for(query, "rating")?.parse().ok()
}

pub async fn parcel(State(app): Shared, Extension(visit): Visiting, Path(number): Path<String>) -> Response {
    match load::parcel_view(&app, &visit, &number).await {
        Ok(Some(shown)) => show(&visit, render_parcel(&visit.context(), &shown.view, None)),
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

pub async fn calendar(State(app): Shared, Extension(visit): Visiting, Path(file): Path<String>) -> Response {
    let Some(token) = file.strip_suffix(".ics") else { return answer::error(&visit, StatusCode::NOT_FOUND) };
    match calendar::entry(&app, &visit, token).await {
        Ok(Some(entry)) => calendar::response(entry),
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

/// A link from a message: a message link opens its order at once, a one-time link asks for a press of its button first,
/// since mail scanners follow whatever they find. Tampered, expired, another brand's: one and the same page.
///
/// `?rating=4` on a message link shows the form of the order's page filled in; only sending it keeps anything.
pub async fn link(
    State(app): Shared,
    Extension(visit): Visiting,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let opened = match Reference::hash_of(&token) {
        Some(hash) => one_time_link(&app, &visit, &token, &hash).await,
        None => message_link(&app, &visit, &token, rating_in(query.as_deref())).await,
    };
    match opened {
        Ok(Some(response)) => response,
        Ok(None) => answer::error(&visit, StatusCode::NOT_FOUND),
        Err(error) => answer::store_failed(&visit, &error),
    }
}

async fn one_time_link(app: &App, visit: &Visit, token: &str, hash: &[u8; 32]) -> Result<Option<Response>, StoreError> {
    let mut conn = app.store.read().await?;
    let open = access::one_time_link_is_open(&mut conn, visit.live.id, hash, app.now()).await?;
    Ok(open.then(|| show(visit, render_link(&visit.context(), &LinkConfirmView { token: token.to_owned() }))))
}

async fn message_link(
    app: &App,
    visit: &Visit,
    token: &str,
    rating: Option<Rating>,
) -> Result<Option<Response>, StoreError> {
    let Some((said, signature)) = MessageLink::read(token) else { return Ok(None) };
    let (brand, now) = (visit.live.id, app.now());
    let is_signed = app.store.vault().verify(said.key_id, link::PURPOSE, &said.message(), &signature);
    if !is_signed || !said.is_current(brand, now) {
        return Ok(None);
    }
    let mut conn = app.store.write(Urgency::Shopper).await?;
    let Some(facts) = access::link_facts(&mut conn, brand, LinkTarget::Id(said.order)).await? else { return Ok(None) };
    let fits = i64::from(said.epoch) == facts.epoch
        && (said.contact == [0; 16] || facts.contacts.iter().any(|index| link::contact_half(index) == said.contact));
    if !fits {
        return Ok(None);
    }
    let fresh = Reference::fresh();
    let old = visit.session.as_ref().map(<[u8; 32]>::as_slice);
    let subject = Subject::Order(facts.order);
    access::add_grant(&mut conn, brand, old, &fresh.hash, &subject, ProvedBy::MessageLink, now).await?;
    conn.commit().await?;
    let form = rating.map_or_else(String::new, |rating| format!("?rating={rating}#feedback"));
    let clean = answer::see_other(&format!("{}/orders/{}{form}", visit.live.brand.base_path, facts.order_key));
    Ok(Some(with_cookies(clean, [visit.session_cookie(&fresh)])))
}

pub async fn not_found(Extension(visit): Visiting) -> Response {
    answer::error(&visit, StatusCode::NOT_FOUND)
}

pub async fn wrong_method(Extension(visit): Visiting) -> Response {
    answer::error(&visit, StatusCode::METHOD_NOT_ALLOWED)
}
