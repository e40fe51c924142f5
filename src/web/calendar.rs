//! The delivery window as a calendar entry that moves with it. Its address is a capability: it shows the window and
//! nothing else.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::orders::{BrandId, OrderId};
use crate::store::orders::OrderRecord;
use crate::store::{StoreError, orders};
use crate::tracking::summary::Window;

use super::app::App;
use super::visit::Visit;

const PURPOSE: &[u8] = b"calendar";

/// Order id and half a signature: the same at every visit, so that the entry keeps its address.
pub fn token(app: &App, brand: BrandId, order: &OrderRecord) -> String {
    let mut bytes = order.order_id.0.as_bytes().to_vec();
    bytes.extend_from_slice(&signature(app, brand, order.order_id, order.link_epoch)[..16]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Stable over rotations of keys, as calendars cannot be told of a new address; revoked with the order's links.
fn signature(app: &App, brand: BrandId, order: OrderId, epoch: i64) -> Vec<u8> {
    let message = [brand.0.as_bytes().as_slice(), order.0.as_bytes(), &epoch.to_be_bytes()].concat();
    app.store.vault().blind_index(PURPOSE, &message)
}

/// The window over all that is still to come: what moves last counts.
fn window_of(order: &OrderRecord) -> Option<Window> {
    if order.steps().cancelled_at.is_some() {
        return None;
    }
    let of_parcels = order.shipments.iter().filter_map(|shipment| shipment.summary.as_ref()?.window);
    let expected = || order.expected().filter(|_| order.shipments.is_empty());
    of_parcels.max_by_key(|window| (window.latest, window.earliest)).or_else(expected)
}

pub fn has_window(order: &OrderRecord) -> bool {
    window_of(order).is_some()
}

/// The entry of a token. `None` for a token that is none, and where no window is known.
pub async fn entry(app: &App, visit: &Visit, token: &str) -> Result<Option<String>, StoreError> {
    let Some(bytes) = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == 32) else { return Ok(None) };
    let (id, signed) = bytes.split_at(16);
    let Ok(id) = Uuid::from_slice(id) else { return Ok(None) };
    let brand = visit.live.id;
    let mut conn = app.store.read().await?;
    let Some(key) = orders::key_of(&mut conn, brand, OrderId(id)).await? else { return Ok(None) };
    let Some(order) = orders::order(&mut conn, app.store.vault(), brand, &key).await? else { return Ok(None) };
    let expected = signature(app, brand, order.order_id, order.link_epoch);
    if !crate::store::seal::is_same(&expected[..16], signed) {
        return Ok(None);
    }
    Ok(window_of(&order).map(|window| written(visit, &order, &window, app.now())))
}

fn written(visit: &Visit, order: &OrderRecord, window: &Window, now: jiff::Timestamp) -> String {
    let brand = &visit.live.brand;
    let summary = visit.words().say("calendar-summary", &[("brand", (&brand.name).into())]);
    // The end of an all-day entry is the day after its last.
    let end = window.latest.tomorrow().unwrap_or(window.latest);
    let day = |day: jiff::civil::Date| day.strftime("%Y%m%d").to_string();
    let host = brand.origin.split_once("://").map_or("doorstep", |(_, host)| host);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Doorstep//Delivery window//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!(
            "UID:{}@{}",
            crate::store::ingest::hex(&crate::store::seal::sha256(order.order_id.0.as_bytes())[..16]),
            escaped(host)
        ),
        format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")),
        format!("SEQUENCE:{}", order.version),
        format!("DTSTART;VALUE=DATE:{}", day(window.earliest)),
        format!("DTEND;VALUE=DATE:{}", day(end)),
        format!("SUMMARY:{}", escaped(&summary)),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// Lines of at most 75 bytes, as RFC 5545 wants them.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 4);
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > 73 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(character);
        width += character.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

pub fn response(entry: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"delivery.ics\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::OK, headers, entry).into_response()
}
