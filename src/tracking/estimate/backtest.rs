//! Walks past orders in time, foretells each from what was known before it, and scores what was foretold.
//!
//! Reading a dataset is the work of `sources`; printing the report that of the command line.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::evidence::{Parcel, Stage};
use super::history::{CONFIDENCE, Forecast, History, Prediction};
use super::lane::{Lane, stable_hash};
use crate::tracking::calendar::{Moment, days_between};

/// Parcels that must have arrived before scoring begins; estimates themselves begin with fewer.
const WARM_UP: usize = 60;
/// A quarter or lane is held to the binomial band from so many orders on.
const BAND_ORDERS: usize = 300;
/// Two-sided 99 % quantile of the normal distribution.
const BAND_SIGMAS: f64 = 2.5758;

/// One past order. Times are local at the destination.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestOrder {
    pub id: String,
    pub lane: Lane,
    /// ISO 3166-1 alpha-2 of the destination.
    pub country: Option<String>,
    pub seller: Option<String>,
    pub freight: Option<f64>,
    pub is_near: bool,
    pub purchased_at: DateTime,
    pub ship_by: Option<DateTime>,
    pub promised: Option<Date>,
    pub handed_over_at: Option<DateTime>,
    pub delivered_at: Option<DateTime>,
    /// When it became known that it will never arrive (cancelled, lost, sent back).
    pub stopped_at: Option<DateTime>,
    /// Until when the order was watched: later than that nothing is known.
    pub observed_until: DateTime,
}

/// How the estimates did, at both moments.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub at_purchase: StageReport,
    pub at_handover: StageReport,
}

/// An order that was never delivered counts as still on its way for as long as it was watched. Its window is judged only
/// when its last day passed meanwhile: then it was missed. It has no pinball loss, since the loss needs an arrival.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StageReport {
    /// Orders whose window could be judged.
    pub orders: usize,
    /// Orders foretold that can not be judged: never delivered, and no longer watched when the window ended.
    pub not_judged: usize,
    /// Share of windows, in whole days, that held the day of arrival.
    pub coverage: f64,
    pub came_early: f64,
    pub came_late: f64,
    /// Mean days from the first to the last day of the window.
    pub width: f64,
    /// Mean over orders and over the quantiles 0.1, 0.5 and 0.9, in days and their fractions.
    pub pinball: f64,
    /// Share of arrivals between the quantiles 0.1 and 0.9, in days and their fractions.
    pub quantile_coverage: f64,
    /// Mean distance in days between the arrival and the median foretold.
    pub error: f64,
    /// Median of promised day less last day of the window.
    pub latest_sooner_than_promised: f64,
    /// The merchant's promise on the same orders.
    pub promised: PromiseReport,
    pub by_quarter: BTreeMap<String, GroupReport>,
    pub by_lane: BTreeMap<String, GroupReport>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PromiseReport {
    pub orders: usize,
    /// Share that arrived on the promised day or before.
    pub kept: f64,
    /// Mean distance in days between arrival and promise.
    pub error: f64,
    /// Median days from arrival to the promised day.
    pub days_early: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GroupReport {
    pub orders: usize,
    pub coverage: f64,
    pub pinball: f64,
    /// The 99 % binomial band of the confidence; for groups of 300 orders or more.
    pub band: Option<[f64; 2]>,
    pub is_within_band: Option<bool>,
}

/// Foretells every order from its past only and scores it.
pub fn backtest(orders: impl Iterator<Item = BacktestOrder>) -> Report {
    let orders: Vec<BacktestOrder> = orders.collect();
    let mut scores: BTreeMap<Stage, Vec<Score>> = BTreeMap::new();
    walk(&orders, |order, prediction, arrived_before| {
        if arrived_before >= WARM_UP {
            scores.entry(prediction.forecast.stage).or_default().extend(Score::of(order, prediction));
        }
    });
    let mut report = |stage| StageReport::of(&scores.remove(&stage).unwrap_or_default());
    Report { at_purchase: report(Stage::Purchase), at_handover: report(Stage::Handover) }
}

/// Calls `see` with each order and what was foretold of it, in time, and with how many parcels had arrived by then.
/// Returns what was learnt by the end.
pub fn walk<'a>(orders: &'a [BacktestOrder], mut see: impl FnMut(&'a BacktestOrder, &Prediction, usize)) -> History {
    let mut history = History::default();
    let mut forecasts: BTreeMap<&str, Vec<Forecast>> = BTreeMap::new();
    let mut arrived = 0;
    for (at, step, order) in steps(orders) {
        let mut foretell = |stage: Stage, history: &mut History| {
            let prediction = history.predict(&order.parcel_at(stage), stage, at);
            history.set_out(&prediction.forecast);
            see(order, &prediction, arrived);
            forecasts.entry(&order.id).or_default().push(prediction.forecast);
        };
        match step {
            Step::Purchased => foretell(Stage::Purchase, &mut history),
            Step::HandedOver => {
                foretell(Stage::Handover, &mut history);
                let calendar = order.parcel_at(Stage::Handover).calendar();
                history.handed_over(order.seller.as_deref(), calendar, order.purchased_at.into(), at);
            }
            Step::Delivered => {
                arrived += 1;
                history.arrived(&forecasts.remove(order.id.as_str()).unwrap_or_default(), at);
            }
            Step::Stopped => history.stopped(&forecasts.remove(order.id.as_str()).unwrap_or_default(), at),
        }
    }
    history
}

/// At one moment what is foretold comes before what is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Purchased,
    HandedOver,
    Delivered,
    Stopped,
}

fn steps(orders: &[BacktestOrder]) -> Vec<(Moment, Step, &BacktestOrder)> {
    let mut steps = Vec::with_capacity(orders.len() * 3);
    for order in orders {
        let purchased = order.purchased_at;
        steps.push((purchased, Step::Purchased, order));
        // Some shops enter the handover before the purchase: it was there from the start.
        let handed_over = order.handed_over_at.map(|at| at.max(purchased));
        let delivered = order.delivered_at.map(|at| at.max(purchased));
        steps.extend(
            handed_over
                .filter(|at| delivered.is_none_or(|delivered| *at < delivered))
                .map(|at| (at, Step::HandedOver, order)),
        );
        match (delivered, order.stopped_at) {
            (Some(at), _) => steps.push((at, Step::Delivered, order)),
            (None, Some(at)) => steps.push((at.max(purchased), Step::Stopped, order)),
            (None, None) => {}
        }
    }
    steps.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    steps.into_iter().map(|(at, step, order)| (at.into(), step, order)).collect()
}

impl BacktestOrder {
    /// What was known of it at a stage, and nothing later.
    fn parcel_at(&self, stage: Stage) -> Parcel {
        let handed_over = self.handed_over_at.filter(|_| stage > Stage::Purchase);
        Parcel {
            hash: stable_hash(&self.id),
            lane: self.lane.clone(),
            country: self.country.clone(),
            seller: self.seller.clone(),
            purchased: Some(self.purchased_at.into()),
            handed_over: handed_over.map(|at| at.max(self.purchased_at).into()),
            ship_by: self.ship_by.map(Moment::from),
            promised: self.promised,
            carrier_date: None,
            freight: self.freight,
            is_near: self.is_near,
        }
    }
}

struct Score {
    quarter: String,
    lane: String,
    /// `None` when the window can not be judged.
    kept: Option<bool>,
    came_early: bool,
    width: f64,
    sooner: Option<f64>,
    arrival: Option<ArrivalScore>,
}

struct ArrivalScore {
    pinball: f64,
    is_between: bool,
    error: f64,
    promised_days_early: Option<f64>,
}

impl Score {
    fn of(order: &BacktestOrder, prediction: &Prediction) -> Option<Score> {
        let (arrival, window) = (prediction.arrival?, prediction.forecast.window?);
        let purchased = order.purchased_at.date();
        let day = order.delivered_at.map(|at| at.date());
        let kept = match day {
            Some(day) => Some(window.earliest <= day && day <= window.latest),
            None => (order.observed_until.date() > window.latest).then_some(false),
        };
        let scored = order.delivered_at.map(|at| {
            let arrived = Moment::from(at).0;
            let quantile = |share: f64| arrival.quantile(share).0;
            let loss = |share: f64| {
                let over = arrived - quantile(share);
                (share * over).max((share - 1.0) * over)
            };
            ArrivalScore {
                pinball: (loss(0.1) + loss(0.5) + loss(0.9)) / 3.0,
                is_between: quantile(0.1) <= arrived && arrived <= quantile(0.9),
                error: (arrived - quantile(0.5)).abs(),
                promised_days_early: order.promised.map(|promised| f64::from(days_between(at.date(), promised))),
            }
        });
        Some(Score {
            quarter: format!("{}Q{}", purchased.year(), (purchased.month() + 2) / 3),
            lane: order.lane.label(),
            kept,
            came_early: day.is_some_and(|day| day < window.earliest),
            width: f64::from(days_between(window.earliest, window.latest)),
            sooner: order.promised.map(|promised| f64::from(days_between(window.latest, promised))),
            arrival: scored,
        })
    }
}

impl StageReport {
    fn of(scores: &[Score]) -> StageReport {
        let judged: Vec<&Score> = scores.iter().filter(|score| score.kept.is_some()).collect();
        let arrivals: Vec<&ArrivalScore> = scores.iter().filter_map(|score| score.arrival.as_ref()).collect();
        let promises: Vec<f64> = arrivals.iter().filter_map(|arrival| arrival.promised_days_early).collect();
        let share = |count: usize| count as f64 / judged.len().max(1) as f64;
        let coverage = share(judged.iter().filter(|score| score.kept == Some(true)).count());
        let came_early = share(judged.iter().filter(|score| score.came_early).count());
        StageReport {
            orders: judged.len(),
            not_judged: scores.len() - judged.len(),
            coverage: rounded(coverage),
            came_early: rounded(came_early),
            came_late: rounded(if judged.is_empty() { 0.0 } else { 1.0 - coverage - came_early }),
            width: rounded(mean(judged.iter().map(|score| score.width))),
            pinball: rounded(mean(arrivals.iter().map(|arrival| arrival.pinball))),
            quantile_coverage: rounded(mean(arrivals.iter().map(|arrival| f64::from(u8::from(arrival.is_between))))),
            error: rounded(mean(arrivals.iter().map(|arrival| arrival.error))),
            latest_sooner_than_promised: median(scores.iter().filter_map(|score| score.sooner).collect()),
            promised: PromiseReport {
                orders: promises.len(),
                kept: rounded(mean(promises.iter().map(|days| f64::from(u8::from(*days >= 0.0))))),
                error: rounded(mean(promises.iter().map(|days| days.abs()))),
                days_early: median(promises.clone()),
            },
            by_quarter: grouped(&judged, |score| &score.quarter),
            by_lane: grouped(&judged, |score| &score.lane),
        }
    }
}

fn grouped<'a>(judged: &[&'a Score], key: impl Fn(&'a Score) -> &'a String) -> BTreeMap<String, GroupReport> {
    let mut groups: BTreeMap<String, Vec<&Score>> = BTreeMap::new();
    for &score in judged {
        groups.entry(key(score).clone()).or_default().push(score);
    }
    let report = |scores: Vec<&Score>| {
        let orders = scores.len();
        let coverage = mean(scores.iter().map(|score| f64::from(u8::from(score.kept == Some(true)))));
        let half = BAND_SIGMAS * (CONFIDENCE * (1.0 - CONFIDENCE) / orders as f64).sqrt();
        let is_held = orders >= BAND_ORDERS;
        GroupReport {
            orders,
            coverage: rounded(coverage),
            pinball: rounded(mean(scores.iter().filter_map(|score| score.arrival.as_ref()).map(|a| a.pinball))),
            band: is_held.then_some([rounded(CONFIDENCE - half), rounded(CONFIDENCE + half)]),
            is_within_band: is_held.then_some((coverage - CONFIDENCE).abs() <= half),
        }
    };
    groups.into_iter().map(|(key, scores)| (key, report(scores))).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

/// Four decimals: more would be noise.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
