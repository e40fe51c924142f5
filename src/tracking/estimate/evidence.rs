//! What may be known of a parcel before it arrives, and how it is put into numbers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::history::calendar_of;
use super::lane::Lane;
use crate::tracking::calendar::{Calendar, Moment, black_friday, days_between};

pub const FEATURES: usize = 25;
pub const WIDTH_FEATURES: usize = 5;

/// Orders and scans around Black Friday: those from shortly before still travel when the wave comes.
const WAVE_DAYS: std::ops::RangeInclusive<i32> = -9..=18;
/// What the wave is believed to add to a duration (in roots of working days) and to its spread (in logarithms) until it
/// was seen: networks slow by a third or more in peak season.
const WAVE_SLOWS: f64 = 0.65;
const WAVE_SPREADS: f64 = 0.45;

/// From where on the duration is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Purchase,
    Handover,
    AtBorder,
    Cleared,
    Local,
    OutForDelivery,
    Attempted,
}

impl Stage {
    pub const ALL: [Stage; 7] = [
        Stage::Purchase,
        Stage::Handover,
        Stage::AtBorder,
        Stage::Cleared,
        Stage::Local,
        Stage::OutForDelivery,
        Stage::Attempted,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Stage::Purchase => "purchase",
            Stage::Handover => "handover",
            Stage::AtBorder => "at_border",
            Stage::Cleared => "cleared",
            Stage::Local => "local",
            Stage::OutForDelivery => "out_for_delivery",
            Stage::Attempted => "attempted",
        }
    }

    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    pub(super) fn row_key(self) -> String {
        format!("stage:{}", self.as_str())
    }
}

/// What is known of a parcel at the moment of an estimate. All but the hash may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// Of what identifies it within the brand: see [`super::lane::stable_hash`].
    pub hash: u64,
    pub lane: Lane,
    /// ISO 3166-1 alpha-2 of the destination: whose holidays count.
    pub country: Option<String>,
    pub seller: Option<String>,
    pub purchased: Option<Moment>,
    pub handed_over: Option<Moment>,
    /// By when the seller must have handed it over.
    pub ship_by: Option<Moment>,
    /// The merchant's promise.
    pub promised: Option<Date>,
    /// The carrier's own latest word, as far as given by then.
    pub carrier_date: Option<Date>,
    /// What shipping was paid, in whole units of the currency: stands for size, weight and distance.
    pub freight: Option<f64>,
    /// Both ends share the beginning of the postal code.
    pub is_near: bool,
}

impl Parcel {
    pub fn calendar(&self) -> Calendar {
        calendar_of(self.country.as_deref())
    }
}

/// The evidence in numbers, in one fixed order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    pub values: [f64; FEATURES],
}

/// Where the six lane and seller numbers begin.
const LANES_AT: usize = 18;
const WAVE_AT: usize = FEATURES - 1;

impl Features {
    /// `lanes`: mean of all, then what destination, lane and carrier add to it; the seller's handling; what the seller adds.
    pub fn of(parcel: &Parcel, stage: Stage, since: Moment, lanes: [f64; 6]) -> Features {
        let calendar = parcel.calendar();
        let now = calendar.working_time(since);
        let until = |moment: Moment, least: f64| (calendar.working_time(moment) - now).max(least).ln();
        let mut values = [0.0; FEATURES];
        values[0] = 1.0;
        match parcel.promised {
            Some(date) => values[1] = until(Moment::start_of(date), 1.0),
            None => values[2] = 1.0,
        }
        if let Some(date) = parcel.carrier_date {
            values[3] = 1.0;
            values[4] = until(Moment::start_of(date), 1.0);
        }
        if stage == Stage::Purchase {
            values[5] = parcel.ship_by.map_or(0.0, |by| until(by, 0.2));
        } else {
            let waited = parcel.purchased.map(|purchased| now - calendar.working_time(purchased));
            values[6] = waited.map_or(0.0, |days| days.max(0.2).ln());
            let late = parcel.handed_over.zip(parcel.ship_by).map(|(handed_over, by)| handed_over.days_since(by));
            values[7] = late.map_or(0.0, |days| (days / 3.0).clamp(-2.0, 2.0));
        }
        let is_same_region = parcel.lane.origin.is_some() && parcel.lane.origin == parcel.lane.destination;
        values[8] = f64::from(u8::from(is_same_region));
        values[9] = f64::from(u8::from(is_same_region && parcel.is_near));
        values[10] = parcel.freight.map_or(0.0, |freight| freight.max(0.0).ln_1p());
        // Wednesday is the day that the others are measured against.
        match since.weekday() {
            weekday @ 0..=1 => values[11 + weekday] = 1.0,
            weekday @ 3..=6 => values[10 + weekday] = 1.0,
            _ => {}
        }
        values[17] = f64::from(u8::from(parcel.freight.is_none()));
        values[LANES_AT..LANES_AT + 6].copy_from_slice(&lanes);
        let date = since.date();
        let in_wave = WAVE_DAYS.contains(&days_between(black_friday(date.year()), date));
        values[WAVE_AT] = f64::from(u8::from(in_wave));
        Features { values }
    }

    /// Before anything was learnt the lane's mean is believed as it stands.
    pub fn prior() -> [f64; FEATURES] {
        let mut prior = [0.0; FEATURES];
        prior[LANES_AT..LANES_AT + 4].fill(1.0);
        prior[WAVE_AT] = WAVE_SLOWS;
        prior
    }

    /// 1 around Black Friday, else 0.
    pub fn wave(&self) -> f64 {
        self.values[WAVE_AT]
    }

    /// What the spread depends on: how long it should take, how steady the seller is, how far it goes, the season.
    pub fn for_width(&self, middle: f64) -> [f64; WIDTH_FEATURES] {
        [1.0, middle - 2.5, self.values[LANES_AT + 4] - 1.0, self.values[8], self.values[WAVE_AT]]
    }

    pub fn width_prior() -> [f64; WIDTH_FEATURES] {
        [0.0, 0.0, 0.0, 0.0, WAVE_SPREADS]
    }
}
