//! Tracking events: what was said is kept once and for ever, what was made of it is replaced.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::orders::{BrandId, ShipmentId};
use crate::tracking::event::{EventPlace, EventTime, Fingerprint, SaidByCarrier, TrackingEvent, ZoneCertainty};
use crate::tracking::status::Status;

use super::super::rows::{fetch_among, insert_rows};
use super::super::{Conn, Result, execute, fetch_all, instant, micros};
use super::{PARSER_VERSION, hex};

/// The key of an event's row, and which parser made of it what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub key: Vec<u8>,
    pub parser_version: i64,
}

/// An event to be written.
pub(super) struct NewEvent<'a> {
    pub shipment: ShipmentId,
    pub source: &'a str,
    pub event: &'a TrackingEvent,
    pub fingerprint: Fingerprint,
}

pub(super) async fn insert(conn: &mut Conn, brand: BrandId, events: &[NewEvent<'_>], now: Timestamp) -> Result<()> {
    insert_rows!(
        conn,
        "INSERT INTO tracking_events (brand_id, shipment_id, fingerprint, source, vendor_event_id, code, text, raw_time, raw_place, status,
            occurred_at, local_time, time_known, offset_seconds, zone, city, region, postal_code, country, facility, parser_version, received_at)",
        events,
        |new| [
            brand.0,
            new.shipment.0,
            new.fingerprint.0.as_slice(),
            new.source,
            new.event.said.vendor_event_id.as_deref(),
            new.event.said.code.as_deref(),
            new.event.said.text.as_str(),
            new.event.said.time.as_str(),
            new.event.said.place.as_str(),
            new.event.status.to_string(),
            micros(new.event.time.sort_instant()),
            new.event.time.local.to_string(),
            new.event.time.time_known,
            new.event.time.offset_seconds.map(i64::from),
            new.event.time.zone.as_str(),
            new.event.place.city.as_deref(),
            new.event.place.region.as_deref(),
            new.event.place.postal_code.as_deref(),
            new.event.place.country.as_deref(),
            new.event.place.facility.as_deref(),
            PARSER_VERSION,
            micros(now),
        ],
        "ON CONFLICT (brand_id, shipment_id, fingerprint) DO NOTHING"
    );
    Ok(())
}

/// What was made of an event is replaced by what this parser makes of it; what was said stays.
pub(super) async fn replace_derived(
    conn: &mut Conn,
    brand: BrandId,
    shipment: ShipmentId,
    event: &TrackingEvent,
    fingerprint: Fingerprint,
) -> Result<()> {
    let (time, place) = (&event.time, &event.place);
    execute!(
        conn,
        "UPDATE tracking_events SET status = $4, occurred_at = $5, local_time = $6, time_known = $7, offset_seconds = $8, zone = $9,
            city = $10, region = $11, postal_code = $12, country = $13, facility = $14, parser_version = $15
         WHERE brand_id = $1 AND shipment_id = $2 AND fingerprint = $3 AND parser_version < $15",
        brand.0,
        shipment.0,
        fingerprint.0.as_slice(),
        event.status.to_string(),
        micros(time.sort_instant()),
        time.local.to_string(),
        time.time_known,
        time.offset_seconds.map(i64::from),
        time.zone.as_str(),
        place.city.as_deref(),
        place.region.as_deref(),
        place.postal_code.as_deref(),
        place.country.as_deref(),
        place.facility.as_deref(),
        PARSER_VERSION,
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct EventRow {
    shipment_id: Uuid,
    fingerprint: Vec<u8>,
    source: String,
    vendor_event_id: Option<String>,
    code: Option<String>,
    text: String,
    raw_time: String,
    raw_place: String,
    status: String,
    occurred_at: i64,
    local_time: Option<String>,
    time_known: bool,
    offset_seconds: Option<i64>,
    zone: String,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    facility: Option<String>,
    parser_version: i64,
}

/// All that is kept of these parcels' events.
pub(super) async fn events_among(
    conn: &mut Conn,
    brand: BrandId,
    shipments: &[Uuid],
) -> Result<Vec<(ShipmentId, Kept, TrackingEvent)>> {
    let rows = fetch_among!(
        conn,
        EventRow,
        "SELECT shipment_id, fingerprint, source, vendor_event_id, code, text, raw_time, raw_place, status, occurred_at, local_time,
            time_known, offset_seconds, zone, city, region, postal_code, country, facility, parser_version
         FROM tracking_events WHERE brand_id = $1 AND shipment_id IN ",
        [brand.0],
        shipments,
        ""
    );
    let read = |row: EventRow| {
        let kept = Kept { key: row.fingerprint.clone(), parser_version: row.parser_version };
        (ShipmentId(row.shipment_id), kept, event_from_row(row))
    };
    Ok(rows.into_iter().map(read).collect())
}

/// All events of a parcel, in no order that matters.
pub async fn events_for(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Vec<TrackingEvent>> {
    let events = events_among(conn, brand, &[shipment.0]).await?;
    Ok(events.into_iter().map(|(_, _, event)| event).collect())
}

fn event_from_row(row: EventRow) -> TrackingEvent {
    let told = instant(row.occurred_at);
    let offset_seconds = row.offset_seconds.and_then(|seconds| i32::try_from(seconds).ok());
    // Another system's row may give the instant alone.
    let time = match row.local_time.as_deref().map(str::parse) {
        Some(Ok(local)) => EventTime { local, time_known: row.time_known, offset_seconds, zone: zone(&row.zone) },
        _ => EventTime::instant_utc(told),
    };
    // Rows that another system wrote are told apart by the key it (or the default) gave them.
    let vendor_event_id = match row.source.as_str() {
        "external" => row.vendor_event_id.or_else(|| Some(hex(&row.fingerprint))),
        _ => row.vendor_event_id,
    };
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id,
            code: row.code,
            text: row.text,
            time: row.raw_time,
            place: row.raw_place,
        },
        // A status outside the vocabulary is what another system wrote: not guessed at.
        status: row.status.parse().unwrap_or(Status::Unknown),
        time,
        place: EventPlace {
            city: row.city,
            region: row.region,
            postal_code: row.postal_code,
            country: row.country,
            facility: row.facility,
        },
    }
}

fn zone(text: &str) -> ZoneCertainty {
    match text {
        "offset" => ZoneCertainty::Offset,
        "place" => ZoneCertainty::Place,
        "assumed" => ZoneCertainty::Assumed,
        _ => ZoneCertainty::None,
    }
}

/// How often each raw code was met that no parser could name, most frequent first.
pub async fn unknown_codes(conn: &mut Conn, brand: BrandId) -> Result<HashMap<(String, String), i64>> {
    let rows = fetch_all!(
        conn,
        (String, String, i64),
        "SELECT source, COALESCE(code, text), COUNT(*) FROM tracking_events WHERE brand_id = $1 AND status = 'unknown.unknown'
         GROUP BY source, COALESCE(code, text)",
        brand.0,
    )?;
    Ok(rows.into_iter().map(|(source, code, count)| ((source, code), count)).collect())
}
