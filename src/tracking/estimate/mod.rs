//! When a parcel will come: a window of whole days at a stated confidence, from what earlier parcels really did.
//!
//! [`history`] is what was learnt and the distribution it gives (methods and their sources are named there and in
//! `spread` and `window`); [`evidence`] is what may be known of a parcel; [`known`] is how that is read off orders and shipments; [`ledger`] keeps every window
//! that was said; [`lessons`] says what is to be learnt from a parcel, and when;
//! [`calibration`] judges what was said; [`backtest`] scores all of it on past orders. Nothing here knows a store, a clock or words for the shopper.
//!
//! All times are local at the destination ([`Moment`]). A date stays a date: it is never an instant.

pub mod backtest;
pub mod calibration;
pub mod evidence;
pub mod history;
pub mod known;
pub mod lane;
pub mod ledger;
pub mod lessons;
mod regression;
mod remembered;
mod spread;
pub mod window;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::evidence::{Parcel, Stage};
use self::history::{CONFIDENCE, History};
use self::lane::{Lane, LaneLevel};
use self::window::{Arrival, Window};
use super::calendar::{Moment, days_between};

/// Days in which something is told to come when nothing is known but that its date has passed.
const BUSINESS_DAYS_AFTER_A_MISSED_DATE: u32 = 2;

/// Window in which a parcel should arrive, in the destination's local days, both ends meant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub earliest: Date,
    pub latest: Date,
    pub most_likely: Date,
    /// 0 to 1; 0 where nobody measured it (a carrier's or merchant's date without history).
    pub confidence: f32,
    pub basis: Basis,
    /// The window first foretold is over: this one is new, given that the parcel has not come so far.
    pub is_overdue: bool,
}

impl Estimate {
    pub fn window(&self) -> Window {
        Window { earliest: self.earliest, latest: self.latest }
    }
}

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Basis {
    /// Earlier parcels: the narrowest lane that has enough of them, counted from a stage, and how many arrived.
    Lane {
        level: LaneLevel,
        stage: Stage,
        samples: usize,
    },
    Carrier,
    MerchantPromise,
}

/// What the carrier or the merchant said, and when: it counts from then on only.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub at: Moment,
    pub window: Window,
}

/// One parcel and all that was known of it by some moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Journey {
    /// What does not change on the way. Its `promised` and `carrier_date` are filled from the two lists here.
    pub parcel: Parcel,
    /// Stages reached, with when; any order.
    pub reached: Vec<(Stage, Moment)>,
    pub carrier: Vec<Said>,
    pub promise: Vec<Said>,
    /// The lane as far as the order alone tells it: carrier and service are known later. `None`: as it is in `parcel`.
    pub lane_at_purchase: Option<Lane>,
    /// Delivered, cancelled, lost or on its way back: nothing is foretold any more.
    pub is_over: bool,
}

/// The window at `now`, from nothing that happened later.
///
/// The carrier's own date stands until it has passed. Else the furthest stage with at least [`history::MIN_SAMPLES`] arrivals
/// on record speaks, given that the parcel has not come by `now`; without one the merchant's promise, or a new day for a
/// date that has passed; else `None`. Never ends before `now`.
pub fn estimate(history: &History, journey: &Journey, now: Moment, confidence: f64) -> Option<Estimate> {
    if journey.is_over {
        return None;
    }
    let mut reached: Vec<(Stage, Moment)> = journey.reached.iter().copied().filter(|(_, at)| *at <= now).collect();
    reached.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.1.0.total_cmp(&a.1.0)));
    if let Some(said) = as_said(journey, &journey.carrier, Basis::Carrier, now).filter(|said| !said.is_overdue) {
        return Some(said);
    }
    reached
        .into_iter()
        .find_map(|(stage, since)| from_history(history, journey, stage, since, now, confidence))
        .or_else(|| as_said(journey, &journey.carrier, Basis::Carrier, now))
        .or_else(|| as_said(journey, &journey.promise, Basis::MerchantPromise, now))
}

fn from_history(
    history: &History,
    journey: &Journey,
    stage: Stage,
    since: Moment,
    now: Moment,
    confidence: f64,
) -> Option<Estimate> {
    if history.is_silent_at(stage) {
        return None;
    }
    let prediction = history.predict(&journey.parcel_at(stage, since), stage, since);
    let first = prediction.arrival?;
    let mass = (confidence + prediction.mass - CONFIDENCE).clamp(0.05, 0.98);
    let arrival = first.still_on_its_way_at(now);
    let today = now.date();
    let mut window = arrival.window(mass);
    window.earliest = window.earliest.max(today);
    window.latest = window.latest.max(window.earliest);
    Some(Estimate {
        earliest: window.earliest,
        latest: window.latest,
        most_likely: most_likely(&arrival, window),
        confidence: confidence as f32,
        basis: Basis::Lane { level: prediction.level, stage, samples: prediction.samples },
        is_overdue: today > first.window(mass).latest,
    })
}

/// The day of the window on which most arrivals fall; the first of several.
fn most_likely(arrival: &Arrival, window: Window) -> Date {
    let first = Moment::start_of(window.earliest).0;
    let days = days_between(window.earliest, window.latest).clamp(0, 366);
    let share = |day: i32| {
        let start = first + f64::from(day);
        arrival.share_before(Moment(start + 1.0)) - arrival.share_before(Moment(start))
    };
    let best = (0..=days).fold((0, f64::MIN), |best, day| if share(day) > best.1 { (day, share(day)) } else { best });
    Moment(first + f64::from(best.0)).date()
}

fn as_said(journey: &Journey, said: &[Said], basis: Basis, now: Moment) -> Option<Estimate> {
    let window = latest_said(said, now)?;
    let today = now.date();
    let is_overdue = today > window.latest;
    let (earliest, latest) = if is_overdue {
        (today, journey.parcel.calendar().add_business_days(today, BUSINESS_DAYS_AFTER_A_MISSED_DATE))
    } else {
        (window.earliest.max(today).min(window.latest), window.latest)
    };
    Some(Estimate { earliest, latest, most_likely: latest, confidence: 0.0, basis, is_overdue })
}

fn latest_said(said: &[Said], now: Moment) -> Option<Window> {
    let known = said.iter().filter(|said| said.at <= now);
    known.max_by(|a, b| (a.at.0.total_cmp(&b.at.0)).then(a.window.latest.cmp(&b.window.latest))).map(|said| said.window)
}

impl Journey {
    /// What was known of the parcel when it reached a stage: for [`History::predict`] and what is learnt from it.
    pub fn parcel_at(&self, stage: Stage, since: Moment) -> Parcel {
        let promised = latest_said(&self.promise, since).map(|window| window.latest);
        let carrier_date = latest_said(&self.carrier, since).map(|window| window.latest);
        let handed_over = self.parcel.handed_over.filter(|at| stage > Stage::Purchase && *at <= since);
        let at_purchase = self.lane_at_purchase.as_ref().filter(|_| stage == Stage::Purchase);
        let lane = at_purchase.unwrap_or(&self.parcel.lane).clone();
        Parcel { promised, carrier_date, handed_over, lane, ..self.parcel.clone() }
    }
}

#[cfg(test)]
mod tests;
