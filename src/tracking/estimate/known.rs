//! What is known of a parcel, read off its order, its shipment and its events, as an estimate takes it.
//!
//! Where these are kept, or whether at all, is not known here.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::evidence::Parcel;
use super::lane::{Lane, stable_hash};
use super::window::Window;
use super::{Journey, Said};
use crate::sources::EstimateDraft;
use crate::tracking::calendar::Moment;
use crate::tracking::event::{EventPlace, EventTime, TrackingEvent};
use crate::tracking::summary::{Claims, window};

/// What an order and a shipment tell besides the events.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Identifies the parcel within the brand.
    pub id: &'a str,
    pub carrier: Option<&'a str>,
    pub service: Option<&'a str>,
    pub claims: &'a Claims,
    /// Where the shop sends from, as it calls it, where the carrier does not say.
    pub sent_from: Option<&'a str>,
    pub country: Option<&'a str>,
    pub region: Option<&'a str>,
    /// The destination's.
    pub zone: &'a TimeZone,
    pub placed_at: Option<Timestamp>,
    pub ship_by: Option<Date>,
    pub promised: Option<&'a EstimateDraft>,
    /// When the parcel was first heard of: a promise counts from then on, where nobody knows when the order was placed.
    pub told_at: Timestamp,
}

/// The clock on the wall at the destination.
pub fn moment(instant: Timestamp, zone: &TimeZone) -> Moment {
    instant.to_zoned(zone.clone()).datetime().into()
}

impl Known<'_> {
    /// All but the events.
    pub fn journey(&self) -> Journey {
        let purchased = self.placed_at.map(|at| moment(at, self.zone));
        let told_at = moment(self.told_at, self.zone);
        let said =
            |draft: &EstimateDraft, at| window(Some(draft), None).map(|window| Said { at, window: days(&window) });
        let mut carrier: Vec<Said> = match (self.claims.estimates.as_slice(), &self.claims.estimate) {
            ([], Some(only)) => said(only, told_at).into_iter().collect(),
            (told, _) => told.iter().filter_map(|told| said(&told.estimate, moment(told.at, self.zone))).collect(),
        };
        carrier.dedup_by_key(|said| said.window);
        Journey {
            parcel: Parcel {
                hash: stable_hash(self.id),
                lane: self.lane(),
                country: self.country.map(str::to_owned),
                purchased,
                ship_by: self.ship_by.and_then(|day| day.tomorrow().ok()).map(Moment::start_of),
                ..Parcel::default()
            },
            carrier,
            lane_at_purchase: Some(Lane {
                origin: self.sent_from.map(str::to_owned),
                destination: region_of(self.country, self.region),
                ..Lane::default()
            }),
            promise: self.promised.and_then(|draft| said(draft, purchased.unwrap_or(told_at))).into_iter().collect(),
            ..Journey::default()
        }
    }

    fn lane(&self) -> Lane {
        let claimed = |place: &Option<EventPlace>| {
            place.as_ref().and_then(|place| region_of(place.country.as_deref(), place.region.as_deref()))
        };
        Lane {
            carrier: self.carrier.map(str::to_owned),
            service: self.service.map(str::to_owned),
            origin: claimed(&self.claims.origin).or_else(|| self.sent_from.map(str::to_owned)),
            destination: region_of(self.country, self.region).or_else(|| claimed(&self.claims.destination)),
        }
    }
}

/// "US-CA", or "US" where that is all.
fn region_of(country: Option<&str>, region: Option<&str>) -> Option<String> {
    let tidy = |text: &str| text.trim().to_ascii_uppercase();
    match (country.map(tidy), region.map(tidy).filter(|region| !region.is_empty())) {
        // Some sources write the country in front themselves.
        (Some(country), Some(region)) if region.starts_with(&format!("{country}-")) => Some(region),
        (Some(country), Some(region)) => Some(format!("{country}-{region}")),
        (country, region) => country.or(region),
    }
}

/// The days of a window, whoever names them.
pub fn days(window: &crate::tracking::summary::Window) -> Window {
    Window { earliest: window.earliest, latest: window.latest }
}

/// The events by the destination's clock, where their instant is known.
pub fn at_destination(events: &[TrackingEvent], zone: &TimeZone) -> Vec<TrackingEvent> {
    let there = |event: &TrackingEvent| {
        let mut event = event.clone();
        if event.time.time_known
            && let Some(instant) = event.time.instant()
        {
            let local = instant.to_zoned(zone.clone());
            let offset_seconds = Some(local.offset().seconds());
            event.time = EventTime { local: local.datetime(), offset_seconds, ..event.time };
        }
        event
    };
    events.iter().map(there).collect()
}

/// The instant at which a moment comes at the destination. Beyond the years that can be written: never.
pub fn instant(moment: Moment, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(moment.local()).compatible().unwrap_or(Timestamp::MAX)
}

/// The instant at which a day begins there.
pub fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(day.to_datetime(Time::midnight())).compatible().unwrap_or(Timestamp::MAX)
}

/// The next full five minutes: what is to be learnt waits for them, so that it is learnt together.
pub fn learnt_at(now: Timestamp) -> Timestamp {
    let seconds = 300 - now.as_second().rem_euclid(300);
    let into_the_second = i64::from(now.subsec_nanosecond());
    now.saturating_add(SignedDuration::from_secs(seconds) - SignedDuration::from_nanos(into_the_second))
        .unwrap_or(Timestamp::MAX)
}
