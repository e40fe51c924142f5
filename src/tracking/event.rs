//! One thing a source said happened to a shipment, and when and where it said so.
//!
//! Nothing here decides what the shopper sees: that is `progress` and `wording`.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use ring::digest;
use serde::{Deserialize, Serialize, Serializer};

use super::status::{Milestone, Status};

/// How sure the zone of an event's time is, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneCertainty {
    /// The source gave the offset, or an instant.
    Offset,
    /// The source gave a local time and a place whose time zone we know.
    Place,
    /// The source's documentation or home country names the zone.
    Assumed,
    /// A local time, nobody knows where.
    None,
}

impl ZoneCertainty {
    pub const fn as_str(self) -> &'static str {
        match self {
            ZoneCertainty::Offset => "offset",
            ZoneCertainty::Place => "place",
            ZoneCertainty::Assumed => "assumed",
            ZoneCertainty::None => "none",
        }
    }
}

/// When a source says something happened: the wall-clock it gave, and the offset as far as known.
///
/// `time_known` is false for a bare date (or a midnight placeholder): the time of `local` is then 00:00 and
/// must not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventTime {
    pub local: DateTime,
    pub time_known: bool,
    /// Seconds east of UTC. `None` exactly when `zone` is [`ZoneCertainty::None`].
    pub offset_seconds: Option<i32>,
    pub zone: ZoneCertainty,
}

impl EventTime {
    /// A local time with the offset that the source itself gave.
    pub fn with_offset(local: DateTime, offset: Offset) -> Self {
        EventTime { local, time_known: true, offset_seconds: Some(offset.seconds()), zone: ZoneCertainty::Offset }
    }

    /// An instant that the source gave as such (an epoch, a `Z` that can be believed).
    pub fn instant_utc(instant: Timestamp) -> Self {
        Self::with_offset(Offset::UTC.to_datetime(instant), Offset::UTC)
    }

    /// A local time in a named IANA zone. An unknown zone name leaves the time without a zone.
    pub fn in_zone(local: DateTime, zone_name: &str, certainty: ZoneCertainty) -> Self {
        match offset_in(zone_name, local) {
            Some(offset) => {
                EventTime { local, time_known: true, offset_seconds: Some(offset.seconds()), zone: certainty }
            }
            None => Self::unzoned(local),
        }
    }

    /// A local time, nobody knows where.
    pub fn unzoned(local: DateTime) -> Self {
        EventTime { local, time_known: true, offset_seconds: None, zone: ZoneCertainty::None }
    }

    /// A bare date.
    pub fn day(date: Date) -> Self {
        EventTime {
            local: date.to_datetime(jiff::civil::Time::midnight()),
            time_known: false,
            offset_seconds: None,
            zone: ZoneCertainty::None,
        }
    }

    /// The instant, or for a time without a zone its wall-clock read as UTC: good for ordering, not for showing.
    pub fn sort_instant(&self) -> Timestamp {
        let offset = self.offset_seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).unwrap_or(Offset::UTC);
        offset.to_timestamp(self.local).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The instant in UTC, where one is known.
    pub fn instant(&self) -> Option<Timestamp> {
        self.offset_seconds.map(|_| self.sort_instant())
    }

    /// As machines read it: RFC 3339 in UTC where the zone is known, else the local time or the bare date.
    pub fn to_text(&self) -> String {
        match (self.instant(), self.time_known) {
            (Some(instant), true) => instant.to_string(),
            (None, true) => self.local.to_string(),
            (_, false) => self.local.date().to_string(),
        }
    }

    /// Over a day ahead of `now`: a clock gone wrong, kept but not shown.
    pub fn is_quarantined(&self, now: Timestamp) -> bool {
        self.sort_instant() > now + SignedDuration::from_hours(24)
    }
}

/// The offset of a local time in a named zone. A thread keeps the zones it asked for: finding one by its name costs more
/// than all else here, and a payload names few.
fn offset_in(zone_name: &str, local: DateTime) -> Option<Offset> {
    thread_local! {
        static ZONES: RefCell<HashMap<String, TimeZone>> = RefCell::default();
    }
    let offset = |zone: &TimeZone| Some(zone.to_offset(zone.to_ambiguous_timestamp(local).compatible().ok()?));
    ZONES.with_borrow_mut(|zones| match zones.get(zone_name) {
        Some(zone) => offset(zone),
        None => {
            let zone = TimeZone::get(zone_name).ok()?;
            let found = offset(&zone);
            // Names are in the hands of whoever writes a payload, and may differ in case.
            if zones.len() < 1_000 {
                zones.insert(zone_name.to_owned(), zone);
            }
            found
        }
    })
}

/// Where a source says something happened. Empty texts are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventPlace {
    pub city: Option<String>,
    /// State, province or county, as the source writes it.
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2, upper case, where it could be told; else as the source writes it.
    pub country: Option<String>,
    /// The building: "Chicago IL Distribution Center".
    pub facility: Option<String>,
}

impl EventPlace {
    pub fn is_empty(&self) -> bool {
        *self == EventPlace::default()
    }

    /// "Chicago, IL, US"; the facility when there is nothing else. Empty when nothing is known.
    pub fn to_text(&self) -> String {
        let parts = || [&self.city, &self.region, &self.country].into_iter().flatten();
        if parts().next().is_none() {
            return self.facility.clone().unwrap_or_default();
        }
        let mut text = String::with_capacity(parts().map(|part| part.len() + 2).sum());
        for (index, part) in parts().enumerate() {
            text.push_str(if index == 0 { "" } else { ", " });
            text.push_str(part);
        }
        text
    }
}

/// What a source said: its identity is here, and only here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidByCarrier {
    /// The vendor's own id of the event, where it has one that is the same at every telling.
    pub vendor_event_id: Option<String>,
    /// The raw code, as the vendor writes it; the raw text stands in where there is no code.
    pub code: Option<String>,
    /// The raw description, as the vendor writes it.
    pub text: String,
    /// The raw time, letter by letter.
    pub time: String,
    /// The raw place, in the vendor's own field order.
    pub place: String,
}

/// One thing a source said happened, and what we made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackingEvent {
    pub said: SaidByCarrier,
    pub status: Status,
    pub time: EventTime,
    pub place: EventPlace,
}

/// What is shown of an event. What the source said letter by letter stays with the event itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub status: Status,
    pub time: EventTime,
    #[serde(serialize_with = "as_far_as_known")]
    pub place: EventPlace,
}

/// A place without the fields that nothing is known of: every page reads the places of its updates.
pub fn as_far_as_known<S: Serializer>(place: &EventPlace, serializer: S) -> Result<S::Ok, S::Error> {
    let EventPlace { city, region, postal_code, country, facility } = place;
    let fields = [
        ("city", city),
        ("region", region),
        ("postal_code", postal_code),
        ("country", country),
        ("facility", facility),
    ];
    serializer.collect_map(fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))))
}

impl Update {
    /// As [`TrackingEvent::sort_instant`].
    pub fn sort_instant(&self) -> Timestamp {
        sort_instant(self.status, &self.time)
    }
}

fn sort_instant(status: Status, time: &EventTime) -> Timestamp {
    let start = time.sort_instant();
    if time.time_known {
        return start;
    }
    let into_the_day = match status.milestone() {
        Milestone::Pending | Milestone::InfoReceived => SignedDuration::ZERO,
        Milestone::Delivered | Milestone::Returned | Milestone::Cancelled | Milestone::Expired => {
            SignedDuration::from_secs(24 * 3600 - 1)
        }
        _ => SignedDuration::from_hours(12),
    };
    start + into_the_day
}

/// What the source said, as far as it tells one event from another: of two events it is the same exactly where their
/// [`Fingerprint`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identity<'a>([&'a str; 4]);

/// SHA-256 over what the source said: a repeat has the same one, whatever parser read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

impl TrackingEvent {
    /// Where the event stands among its shipment's: its time, or for a bare date the part of the day that fits what it
    /// tells, so that "label created" on a day never follows that day's scans, nor "delivered" goes before them.
    pub fn sort_instant(&self) -> Timestamp {
        sort_instant(self.status, &self.time)
    }

    pub fn update(&self) -> Update {
        Update { status: self.status, time: self.time, place: self.place.clone() }
    }

    /// What a repeat of the event has in common with it: the vendor's id, what was said, when and where.
    pub fn identity(&self) -> Identity<'_> {
        let said = &self.said;
        // A source that repeats an event may reword it: text counts only where there is no code.
        let what = said.code.as_deref().unwrap_or(&said.text);
        Identity([said.vendor_event_id.as_deref().unwrap_or(""), what, &said.time, &said.place])
    }

    pub fn fingerprint(&self) -> Fingerprint {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in self.identity().0 {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        Fingerprint(context.finish().as_ref().try_into().expect("SHA-256 is 32 bytes"))
    }
}
