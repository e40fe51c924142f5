//! Tracking events: what was said is kept once and for ever, what was made of it is replaced.

use std::collections::HashMap;

use crate::orders::{BrandId, ShipmentId};
use crate::tracking::event::{EventPlace, EventTime, Fingerprint, SaidByCarrier, TrackingEvent, ZoneCertainty};
use crate::tracking::status::Status;

use super::super::{Conn, Result, execute, fetch_all, instant, micros};
use super::{Counts, PARSER_VERSION, Teller, hex};

pub(super) async fn write_events(
    conn: &mut Conn,
    teller: &Teller<'_>,
    shipment: ShipmentId,
    events: &[TrackingEvent],
) -> Result<Counts> {
    let mut counts = Counts::default();
    for event in events {
        let fingerprint = event.fingerprint();
        let inserted = insert_event(conn, teller, shipment, event, fingerprint).await?;
        counts.count(inserted);
        if !inserted {
            replace_derived(conn, teller.brand, shipment, event, fingerprint).await?;
        }
    }
    Ok(counts)
}

async fn insert_event(
    conn: &mut Conn,
    teller: &Teller<'_>,
    shipment: ShipmentId,
    event: &TrackingEvent,
    fingerprint: Fingerprint,
) -> Result<bool> {
    let (said, time, place) = (&event.said, &event.time, &event.place);
    let touched = execute!(
        conn,
        "INSERT INTO tracking_events (brand_id, shipment_id, fingerprint, source, vendor_event_id, code, text, raw_time, raw_place, status,
            occurred_at, local_time, time_known, offset_seconds, zone, city, region, postal_code, country, facility, parser_version, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
         ON CONFLICT (brand_id, shipment_id, fingerprint) DO NOTHING",
        teller.brand.0,
        shipment.0,
        fingerprint.0.as_slice(),
        teller.source,
        said.vendor_event_id.as_deref(),
        said.code.as_deref(),
        said.text.as_str(),
        said.time.as_str(),
        said.place.as_str(),
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
        micros(teller.now),
    )?;
    Ok(touched == 1)
}

/// What was made of an event is replaced by what today's parser makes of it; what was said stays.
async fn replace_derived(
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
}

/// All events of a shipment, in no order that matters.
pub async fn events_for(conn: &mut Conn, brand: BrandId, shipment: ShipmentId) -> Result<Vec<TrackingEvent>> {
    let rows = fetch_all!(
        conn,
        EventRow,
        "SELECT fingerprint, source, vendor_event_id, code, text, raw_time, raw_place, status, occurred_at, local_time, time_known,
            offset_seconds, zone, city, region, postal_code, country, facility
         FROM tracking_events WHERE brand_id = $1 AND shipment_id = $2",
        brand.0,
        shipment.0,
    )?;
    Ok(rows.into_iter().map(event_from_row).collect())
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
