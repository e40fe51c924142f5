//! For those who run it: alive, ready, and counted.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::store::{inbox, seal};

use super::app::App;
use super::visit::text;

pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready when the store answers and is at this binary's schema.
pub async fn readyz(State(app): State<Arc<App>>) -> Response {
    match app.store.check().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store cannot be used\n").into_response()
        }
    }
}

/// Prometheus' text format: with the token, or without one from this machine only.
pub async fn metrics(
    State(app): State<Arc<App>>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let is_allowed = match &app.config.metrics_token {
        Some(token) => text(&headers, header::AUTHORIZATION)
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|given| seal::is_same(given.as_bytes(), token.as_bytes())),
        None => {
            let is_local = peer.is_none_or(|axum::Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
            is_local && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded")
        }
    };
    if !is_allowed {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if let Ok(mut conn) = app.store.read().await
        && let Ok((waiting, dead)) = inbox::depth(&mut conn).await
    {
        metrics::gauge!("doorstep_inbox_waiting").set(waiting as f64);
        metrics::gauge!("doorstep_inbox_dead").set(dead as f64);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}
