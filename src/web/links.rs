//! Message links, minted: by the command line, and for other systems over HTTP with the brand's API key.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::access::link::{LinkScope, MessageLink, PURPOSE, contact_half};
use crate::brand::Brand;
use crate::orders::BrandId;
use crate::orders::number::OrderNumber;
use crate::store::access::{LinkTarget, link_facts};
use crate::store::{Store, StoreError, seal};

use super::app::App;
use super::visit::text;

#[derive(Debug, Serialize)]
pub struct Minted {
    pub url: String,
    pub expires_at: String,
}

/// A link that opens the order, for its brand's configured origin. `None` when there is no such order.
pub async fn minted(
    store: &Store,
    brand_id: BrandId,
    brand: &Brand,
    number: &OrderNumber,
    scope: LinkScope,
    now: Timestamp,
) -> Result<Option<Minted>, StoreError> {
    let mut conn = store.read().await?;
    let Some(facts) = link_facts(&mut conn, brand_id, LinkTarget::Key(number.key())).await? else { return Ok(None) };
    let days = i64::from(brand.policies.link_lifetime_days);
    let mut link = MessageLink {
        key_id: 0,
        brand: brand_id,
        order: facts.order,
        contact: facts.contacts.first().map_or([0; 16], |index| contact_half(index)),
        scope,
        issued_at: now,
        expires_at: now + SignedDuration::from_hours(24 * days),
        epoch: u32::try_from(facts.epoch).unwrap_or(u32::MAX),
    };
    // The key's id is part of what is signed.
    link.key_id = store.vault().signing_key_id();
    let (_, signature) = store.vault().sign(PURPOSE, &link.message());
    let url = format!("{}{}/l/{}", brand.origin, brand.base_path, link.token(&signature));
    Ok(Some(Minted { url, expires_at: link.expires_at.to_string() }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// Needed only where one key serves several brands.
    brand: Option<String>,
    /// `read` (default) or `rate`.
    scope: Option<String>,
}

pub async fn mint(
    State(app): State<Arc<App>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let problem = |status: StatusCode, what: &str| (status, Json(serde_json::json!({ "error": what }))).into_response();
    let wanted: Wanted = match body.is_empty() {
        true => Wanted::default(),
        false => match serde_json::from_slice(&body) {
            Ok(wanted) => wanted,
            Err(error) => return problem(StatusCode::BAD_REQUEST, &format!("the body is not as documented: {error}")),
        },
    };
    let given = text(&headers, header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let Some(given) = given.or_else(|| text(&headers, "x-api-key")) else {
        return problem(StatusCode::UNAUTHORIZED, "send the brand's API key as Authorization: Bearer …");
    };
    let brands = app.brands();
    let holds =
        |slug: &str| app.config.api_keys(slug).iter().any(|key| seal::is_same(key.as_bytes(), given.as_bytes()));
    let live = brands
        .all()
        .iter()
        .find(|live| wanted.brand.as_ref().is_none_or(|slug| *slug == live.brand.slug) && holds(&live.brand.slug));
    let Some(live) = live else { return problem(StatusCode::UNAUTHORIZED, "this is no API key of a brand") };
    let scope = match wanted.scope.as_deref() {
        None | Some("read") => LinkScope::Read,
        Some("rate") => LinkScope::Rate,
        Some(_) => return problem(StatusCode::UNPROCESSABLE_ENTITY, "scope must be read or rate"),
    };
    let Ok(number) = number.parse::<OrderNumber>() else {
        return problem(StatusCode::NOT_FOUND, "there is no such order");
    };
    match minted(&app.store, live.id, &live.brand, &number, scope, app.now()).await {
        Ok(Some(minted)) => (StatusCode::CREATED, Json(minted)).into_response(),
        Ok(None) => problem(StatusCode::NOT_FOUND, "there is no such order"),
        Err(error) => {
            tracing::error!(%error, "a link could not be minted");
            problem(StatusCode::SERVICE_UNAVAILABLE, "the store cannot be used right now; try again")
        }
    }
}
