//! The outside: the whole route table, and what every request passes through before and after its handler.
//!
//! Pages are in `pages`, what they need is loaded in `load`; nothing here knows what an event means.

pub mod answer;
pub mod app;
pub mod assets;
pub mod calendar;
pub mod dev;
pub mod functions;
pub mod hooks;
pub mod inquiries;
pub mod key_sets;
pub mod links;
pub mod live;
pub mod load;
pub mod operations;
pub mod pages;
pub mod photos;
pub mod pictures;
pub mod recommended;
pub mod serve;
pub mod views;
pub mod visit;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::{get, post};
use tower::ServiceExt;

use app::App;
use visit::Visit;

/// A handler that takes longer is answered by 503: a shopper on a bad phone should be told, not left waiting.
const HANDLER_TIMEOUT: Duration = Duration::from_secs(15);

/// A telephone sends a photo for longer than any page takes.
const PHOTO_TIMEOUT: Duration = Duration::from_secs(120);

/// Where a brand's pages live in the route table, whatever its base path is outside.
const INSIDE: &str = "/-";

/// Every route. Those under `/-` are a brand's own, reached under its base path.
fn routes(app: &Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/-/", get(pages::lookup))
        .route("/-/orders", get(pages::orders))
        .route("/-/orders/{order_number}", get(pages::order))
        .route("/-/orders/{order_number}/events", get(live::events))
        .route("/-/orders/{order_number}/contact", get(inquiries::contact))
        .route("/-/photos/{shipment}", post(photos::receive).layer(DefaultBodyLimit::disable()))
        .route("/-/cal/{file}", get(pages::calendar))
        .route("/-/parcels/{tracking_number}", get(pages::parcel))
        .route("/-/l/{token}", get(pages::link))
        .route("/-/c/{product}", get(recommended::click))
        .route("/-/i/{product}", get(pictures::picture))
        .route("/-/api/{function}", post(functions::call))
        .route("/-/assets/{file}", get(assets::asset))
        .route("/-/brand/{file}", get(assets::brand_file))
        .route("/-/{*rest}", get(pages::not_found))
        .method_not_allowed_fallback(pages::wrong_method)
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics))
        .route("/hooks/{source}/{brand}", post(hooks::receive))
        .route("/api/v1/orders/{order_number}/link", post(links::mint));
    if app.is_demo {
        router = router.merge(dev::routes());
    }
    router.route_layer(axum::middleware::from_fn(mark_route)).with_state(Arc::clone(app))
}

/// The portal as one service. `ConnectInfo` of the peer must be in the request's extensions.
pub fn service(app: Arc<App>) -> Router {
    let inside = routes(&app);
    Router::new().fallback(move |request: Request<Body>| {
        let (app, inside) = (Arc::clone(&app), inside.clone());
        async move { enter(&app, inside, request).await }
    })
}

/// Every request's way in and out: brand and visit, origin check, handler, headers, count.
async fn enter(app: &Arc<App>, inside: Router, mut request: Request<Body>) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let is_shared = is_shared(request.uri().path(), app.is_demo);
    let (mut response, is_https) = if is_shared {
        (run(inside, request).await, false)
    } else {
        match visit(app, &request) {
            Ok((visit, path)) => {
                let is_https = !visit.live.is_plain_http();
                let response = if !visit::is_safe(&method) && !visit::is_same_origin(&visit.live, request.headers()) {
                    answer::error(&visit, StatusCode::FORBIDDEN)
                } else {
                    match path {
                        Some(path) => {
                            *request.uri_mut() = path;
                            request.extensions_mut().insert(visit.clone());
                            let answered = run(inside, request).await;
                            dress(&visit, answered)
                        }
                        None => answer::error(&visit, StatusCode::NOT_FOUND),
                    }
                };
                (response, is_https)
            }
            Err(response) => (*response, false),
        }
    };
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    protect(response.headers_mut(), is_https);
    count(&method, &response, began);
    response
}

/// Machines' routes take any Host.
fn is_shared(path: &str, is_demo: bool) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
        || path.starts_with("/hooks/")
        || path.starts_with("/api/v1/")
        || (is_demo && path.starts_with("/dev/"))
}

/// Whose pages these are, and the path inside the route table. `Ok((_, None))`: the brand's host, but not its pages.
fn visit(app: &App, request: &Request<Body>) -> Result<(Visit, Option<Uri>), Box<Response>> {
    let uri = request.uri();
    let host = uri.host().or_else(|| visit::text(request.headers(), header::HOST)).unwrap_or("");
    let Some(live) = app.brands().by_host(host) else {
        let text = "This address does not belong to a shop we know. Please check it.";
        return Err(Box::new(answer::error_without_brand(StatusCode::MISDIRECTED_REQUEST, text)));
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
    let peer = peer.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let ip = visit::client_ip(peer, request.headers(), &app.config.trusted_proxies);
    let base = live.brand.base_path.clone();
    let rest = uri.path().strip_prefix(base.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let inside = rest.and_then(|rest| {
        // A slash at the end is the same page.
        let rest = if rest.len() > 1 { rest.strip_suffix('/').unwrap_or(rest) } else { rest };
        let rest = if rest.is_empty() { "/" } else { rest };
        let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
        format!("{INSIDE}{rest}{query}").parse().ok()
    });
    let visit = Visit::read(live, request.headers(), uri.path(), uri.query(), ip);
    Ok((visit, inside))
}

async fn run(inside: Router, request: Request<Body>) -> Response {
    let most = if request.uri().path().starts_with("/-/photos/") { PHOTO_TIMEOUT } else { HANDLER_TIMEOUT };
    match tokio::time::timeout(most, inside.oneshot(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(never)) => match never {},
        Err(_) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            answer::with_retry(response, 5)
        }
    }
}

/// What a library answered with a bare error gets the brand's page.
fn dress(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    let is_ours =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let wants_value = response.headers().contains_key(functions::ANSWERS_A_PROGRAM);
    if !(status.is_client_error() || status.is_server_error()) || is_ours || wants_value {
        return response;
    }
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut dressed = answer::error(visit, status);
    if let Some(retry) = retry {
        dressed.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    dressed
}

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn protect(headers: &mut HeaderMap, is_https: bool) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https {
        let value = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.remove(functions::ANSWERS_A_PROGRAM);
}

/// Which route a request took, for counts and logs: the template, never the path, which may hold a token.
#[derive(Clone)]
pub struct Route(pub &'static str);

/// How long requests took, and how many there were.
type Meters = (metrics::Histogram, metrics::Counter);

thread_local! {
    /// By route and status class: to look meters up by their labels costs as much as to count.
    static METERS: RefCell<HashMap<(&'static str, &'static str), Meters>> = RefCell::default();
}

fn count(method: &Method, response: &Response, began: Instant) {
    let took = began.elapsed();
    let route = response.extensions().get::<Route>().map_or("other", |Route(route)| route);
    let status = response.status().as_u16();
    let status_class = status_class(status);
    METERS.with_borrow_mut(|meters| {
        let (seconds, requests) = meters.entry((route, status_class)).or_insert_with(|| {
            let seconds = metrics::histogram!("doorstep_request_seconds", "route" => route);
            (seconds, metrics::counter!("doorstep_requests_total", "route" => route, "status" => status_class))
        });
        seconds.record(took.as_secs_f64());
        requests.increment(1);
    });
    tracing::debug!(%method, route, status, took_us = took.as_micros() as u64, "answered");
}

fn status_class(status: u16) -> &'static str {
    match status / 100 {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "other",
    }
}

/// Puts the route's template where [`count`] finds it.
async fn mark_route(path: MatchedPath, request: Request<Body>, next: axum::middleware::Next) -> Response {
    let template = known_template(path.as_str());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Route(template));
    response
}

/// The few templates there are, as texts that live for ever.
fn known_template(template: &str) -> &'static str {
    const TEMPLATES: [&str; 19] = [
        "/-/",
        "/-/orders",
        "/-/orders/{order_number}",
        "/-/orders/{order_number}/events",
        "/-/orders/{order_number}/contact",
        "/-/photos/{shipment}",
        "/-/cal/{file}",
        "/-/parcels/{tracking_number}",
        "/-/l/{token}",
        "/-/c/{product}",
        "/-/i/{product}",
        "/-/api/{function}",
        "/-/assets/{file}",
        "/-/brand/{file}",
        "/healthz",
        "/readyz",
        "/metrics",
        "/hooks/{source}/{brand}",
        "/api/v1/orders/{order_number}/link",
    ];
    TEMPLATES.into_iter().find(|known| *known == template).unwrap_or("other")
}
