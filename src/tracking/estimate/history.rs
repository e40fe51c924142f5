//! What earlier parcels of a brand did, kept up parcel by parcel, and the distribution it gives for a new one.
//!
//! Durations are square roots of working days at the destination: that makes their spread nearly the same for long and
//! short ones. The middle comes from a fading ridge regression on the evidence, one part of which are the shrunken means
//! of the lane, each wider lane and the seller. How far parcels stray from their forecast, those still on their way
//! counted, gives the distribution (split conformal prediction: Vovk et al., Algorithmic Learning in a Random World,
//! 2005; Lei et al., 2018; localised and censored, see `spread`). What share of it the window holds is steered by the
//! windows that came true (adaptive conformal inference: Gibbs & Candès, 2021; bounded and leaking, since an outcome is
//! known only weeks later: Angelopoulos, Candès & Tibshirani, Conformal PID control, 2023).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::evidence::{FEATURES, Features, Parcel, Stage, WIDTH_FEATURES};
use super::lane::{Fading, Lane, LaneLevel, LaneStatistics, stable_hash};
use super::regression::{Regression, fixed};
use super::remembered::{Ended, Remembered};
use super::spread::{Deviation, KNOTS, merged, quantiles};
use super::window::{Arrival, Window};
use crate::tracking::calendar::{Calendar, Moment};

/// Below so many earlier parcels that arrived, nothing is said from history.
pub const MIN_SAMPLES: usize = 8;
/// Share of arrivals a window should hold unless asked otherwise.
pub const CONFIDENCE: f64 = 0.8;

/// Parcels remembered one by one at each stage, and after how many newer ones one counts half.
const REMEMBERED: usize = 600;
const HALF_LIFE: f64 = 120.0;
/// The parcels remembered should reach back at least so many days, else one in two is passed over.
const REACH_DAYS: f64 = 25.0;
/// Weight of a parcel to the same destination from elsewhere, and to anywhere else, against one on the same lane.
const SAME_DESTINATION: f64 = 0.2;
const ELSEWHERE: f64 = 0.08;
/// How much of what was learnt stays at each new arrival.
const KEEP_EVIDENCE: f64 = 0.9995;
const KEEP_LANE: f64 = 0.99;
const KEEP_SELLER: f64 = 0.98;
/// Steering of the window's share: step, leak and bounds, for all parcels and for one lane.
const STEP: f64 = 0.025;
const LEAK: f64 = 0.99;
const BOUND: f64 = 0.12;
const LANE_STEP: f64 = 0.015;
const LANE_BOUND: f64 = 0.07;
/// In peak season the unforeseen is likelier than what was seen before it: the window then holds more.
const WAVE_HOLDS_MORE: f64 = 0.08;
/// Typical deviation (in roots of working days) before any was seen, and when enough were.
const TYPICAL_WIDTH: f64 = 0.5;
const WIDTH_AFTER: u64 = 60;

/// Everything learnt at one stage (at purchase, at handover, …): one row of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageModel {
    middle: Regression<FEATURES>,
    width: Regression<WIDTH_FEATURES>,
    remembered: VecDeque<Remembered>,
    #[serde(skip)]
    strayed: Strayed,
    /// Only parcels whose hash is a multiple of 2^thinning are remembered.
    thinning: u32,
    arrived: u64,
    lean: f64,
    lane_lean: BTreeMap<u32, f64>,
}

/// What was foreseen for one parcel at one stage, and what is needed to learn from how it ends. Kept with the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    pub parcel: u64,
    pub stage: Stage,
    pub since: Moment,
    pub lane: Lane,
    pub seller: Option<String>,
    pub country: Option<String>,
    #[serde(with = "fixed")]
    pub features: [f64; FEATURES],
    #[serde(with = "fixed")]
    pub width_features: [f64; WIDTH_FEATURES],
    pub middle: f64,
    pub width: f64,
    pub window: Option<Window>,
}

/// A forecast with its whole distribution, where enough parcels arrived before.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    pub forecast: Forecast,
    pub arrival: Option<Arrival>,
    /// Share of the distribution that a window of 80 % should hold, as steered by those that came true.
    pub mass: f64,
    pub samples: usize,
    pub level: LaneLevel,
}

/// All that a brand learnt. Serialises by rows: one a stage, one a lane or seller.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    stages: BTreeMap<Stage, StageModel>,
    lanes: BTreeMap<String, LaneStatistics>,
    handling: BTreeMap<String, Fading>,
    touched: BTreeSet<String>,
}

/// A stored row could not be read: history is then rebuilt from the parcels.
#[derive(Debug)]
pub enum RowError {
    UnknownKey(String),
    Json(serde_json::Error),
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RowError::UnknownKey(key) => write!(f, "{key:?} is no key of a row of history"),
            RowError::Json(error) => write!(f, "a row of history is no JSON of ours: {error}"),
        }
    }
}

impl std::error::Error for RowError {}

impl History {
    /// Whether so few parcels are remembered at a stage that nothing can be said from it.
    pub fn is_silent_at(&self, stage: Stage) -> bool {
        self.stages.get(&stage).is_none_or(|model| model.remembered.len() < MIN_SAMPLES)
    }

    /// What to expect of a parcel that reached `stage` at `since`, as far as known by then.
    pub fn predict(&self, parcel: &Parcel, stage: Stage, since: Moment) -> Prediction {
        let (features, level) = self.features(parcel, stage, since);
        let calendar = parcel.calendar();
        let model = self.stages.get(&stage);
        let fresh;
        let model = match model {
            Some(model) => model,
            None => {
                fresh = StageModel::default();
                &fresh
            }
        };
        let middle = model.middle.predict(&features.values).max(0.1);
        let width_features = features.for_width(middle);
        let width = model.width_at(&width_features);
        let lane = parcel.lane.key(LaneLevel::OriginDestination).map_or(0, |key| short_hash(&key));
        let destination = parcel.lane.key(LaneLevel::Destination).map_or(0, |key| short_hash(&key));
        let (knots, samples) = model.deviations(parcel.hash, lane, destination, since);
        let working = calendar.working_time(since);
        let arrival = knots.filter(|_| samples >= MIN_SAMPLES).map(|knots| Arrival {
            since,
            knots: calendar.moments_at(knots.map(|deviation| {
                let root = (middle + width * deviation).max(0.05_f64.sqrt());
                working + root * root
            })),
        });
        let mass = CONFIDENCE
            + WAVE_HOLDS_MORE * features.wave()
            + (model.lean + model.lane_lean.get(&lane).copied().unwrap_or_default()).clamp(-BOUND, BOUND);
        Prediction {
            forecast: Forecast {
                parcel: parcel.hash,
                stage,
                since,
                lane: parcel.lane.clone(),
                seller: parcel.seller.clone(),
                country: parcel.country.clone(),
                features: features.values,
                width_features,
                middle,
                width,
                window: arrival.map(|arrival| arrival.window(mass)),
            },
            arrival,
            mass,
            samples,
            level,
        }
    }

    /// Takes note that a parcel set out, so that it counts while it is on its way. Telling it twice changes nothing.
    pub fn set_out(&mut self, forecast: &Forecast) {
        let model = self.stages.entry(forecast.stage).or_default();
        model.judge_those_overdue(forecast.since);
        model.remember(forecast);
        self.touched.insert(forecast.stage.row_key());
    }

    /// Takes note of how long a seller took from purchase to handover.
    pub fn handed_over(&mut self, seller: Option<&str>, calendar: Calendar, purchased: Moment, handed_over: Moment) {
        let days = (calendar.working_time(handed_over) - calendar.working_time(purchased)).max(0.0).sqrt();
        self.handling.entry("all".to_owned()).or_default().learn(days, 0.995);
        self.touched.insert("handling:all".to_owned());
        if let Some(seller) = seller {
            self.handling.entry(format!("seller:{seller}")).or_default().learn(days, 0.97);
            self.touched.insert(format!("handling:seller:{seller}"));
        }
    }

    /// Learns from a parcel's arrival, by the forecasts made at each of its stages. To be told once a parcel, in time:
    /// the store does so in the transaction that first folds it to delivered; a rebuild walks the parcels from the first.
    pub fn arrived(&mut self, forecasts: &[Forecast], at: Moment) {
        for forecast in forecasts {
            let calendar = calendar_of(forecast.country.as_deref());
            let days = calendar.working_time(at) - calendar.working_time(forecast.since);
            let root = days.max(0.05).sqrt();
            let model = self.stages.entry(forecast.stage).or_default();
            model.judge_those_overdue(at);
            model.end(forecast.parcel, Ended { at, arrived: true });
            model.learn(forecast, root);
            self.touched.insert(forecast.stage.row_key());
            for (key, keep) in lane_keys(forecast.stage, &forecast.lane, forecast.seller.as_deref()) {
                let statistics = self.lanes.entry(key.clone()).or_default();
                statistics.duration.learn(root, keep);
                statistics.arrived += 1;
                if let Some(window) = forecast.window {
                    let day = at.date();
                    statistics.judged += 1;
                    statistics.kept += u64::from(window.earliest <= day && day <= window.latest);
                    statistics.came_early += u64::from(day < window.earliest);
                    statistics.came_late += u64::from(day > window.latest);
                }
                self.touched.insert(key);
            }
        }
    }

    /// Takes note that a parcel will not arrive any more (cancelled, lost, sent back): it counts as not come by `at`.
    pub fn stopped(&mut self, forecasts: &[Forecast], at: Moment) {
        for forecast in forecasts {
            let model = self.stages.entry(forecast.stage).or_default();
            model.judge_those_overdue(at);
            model.end(forecast.parcel, Ended { at, arrived: false });
            self.touched.insert(forecast.stage.row_key());
        }
    }

    /// Statistics of each lane at a stage, for `estimate report`: key without its stage, and what is kept.
    pub fn lanes_at(&self, stage: Stage) -> impl Iterator<Item = (&str, &LaneStatistics)> {
        let prefix = format!("{}|", stage.as_str());
        self.lanes.iter().filter_map(move |(key, statistics)| Some((key.strip_prefix(&prefix)?, statistics)))
    }

    /// The rows changed since the last call: key and JSON, to be stored under the brand.
    pub fn take_changed_rows(&mut self) -> Vec<(String, String)> {
        let touched = std::mem::take(&mut self.touched);
        touched.into_iter().filter_map(|key| self.row(&key).map(|json| (key, json))).collect()
    }

    /// Every row, in the order of its keys.
    pub fn rows(&self) -> Vec<(String, String)> {
        let stages = self.stages.keys().map(|stage| stage.row_key());
        let handling = self.handling.keys().map(|key| format!("handling:{key}"));
        let keys = stages.chain(handling).chain(self.lanes.keys().cloned());
        keys.filter_map(|key| self.row(&key).map(|json| (key, json))).collect()
    }

    /// # Errors
    /// A key or a JSON that is not of this version: rebuild from the parcels then.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<History, RowError> {
        let mut history = History::default();
        for (key, json) in rows {
            if let Some(name) = key.strip_prefix("stage:") {
                let stage = Stage::named(name).ok_or_else(|| RowError::UnknownKey(key.to_owned()))?;
                history.stages.insert(stage, serde_json::from_str(json).map_err(RowError::Json)?);
            } else if let Some(name) = key.strip_prefix("handling:") {
                history.handling.insert(name.to_owned(), serde_json::from_str(json).map_err(RowError::Json)?);
            } else if key.contains('|') {
                history.lanes.insert(key.to_owned(), serde_json::from_str(json).map_err(RowError::Json)?);
            } else {
                return Err(RowError::UnknownKey(key.to_owned()));
            }
        }
        Ok(history)
    }

    fn row(&self, key: &str) -> Option<String> {
        let json = if let Some(name) = key.strip_prefix("stage:") {
            serde_json::to_string(self.stages.get(&Stage::named(name)?)?)
        } else if let Some(name) = key.strip_prefix("handling:") {
            serde_json::to_string(self.handling.get(name)?)
        } else {
            serde_json::to_string(self.lanes.get(key)?)
        };
        Some(json.expect("numbers, texts and lists always have a JSON"))
    }

    fn features(&self, parcel: &Parcel, stage: Stage, since: Moment) -> (Features, LaneLevel) {
        let mean = |key: Option<String>, wider: f64, trust: f64| {
            let statistics = key.and_then(|key| self.lanes.get(&key));
            (statistics.map_or(wider, |lane| lane.duration.mean_drawn_to(wider, trust)), statistics)
        };
        let at = |level: LaneLevel| parcel.lane.key(level).map(|key| format!("{}|{key}", stage.as_str()));
        let (all, _) = mean(at(LaneLevel::All), 7.0_f64.sqrt(), 3.0);
        let (to, to_kept) = mean(at(LaneLevel::Destination), all, 10.0);
        let (lane, lane_kept) = mean(at(LaneLevel::OriginDestination), to, 10.0);
        let (via, via_kept) = mean(at(LaneLevel::CarrierOriginDestination), lane, 5.0);
        let seller_key = parcel.seller.as_ref().map(|seller| format!("{}|seller:{seller}", stage.as_str()));
        let (seller, _) = mean(seller_key, via, 5.0);
        let everyone = self.handling.get("all").copied().unwrap_or_default().mean_drawn_to(1.0, 1.0);
        let own = parcel.seller.as_ref().and_then(|seller| self.handling.get(&format!("seller:{seller}")));
        let handling = own.copied().unwrap_or_default().mean_drawn_to(everyone, 3.0);
        let enough = |kept: Option<&LaneStatistics>| kept.is_some_and(|lane| lane.arrived >= MIN_SAMPLES as u64);
        let level = if enough(via_kept) {
            LaneLevel::CarrierOriginDestination
        } else if enough(lane_kept) {
            LaneLevel::OriginDestination
        } else if enough(to_kept) {
            LaneLevel::Destination
        } else {
            LaneLevel::All
        };
        (Features::of(parcel, stage, since, [all, to - all, lane - to, via - lane, handling, seller - via]), level)
    }
}

impl Default for StageModel {
    fn default() -> Self {
        StageModel {
            middle: Regression::believing(Features::prior(), 30.0),
            width: Regression::believing(Features::width_prior(), 20.0),
            remembered: VecDeque::new(),
            strayed: Strayed::default(),
            thinning: 0,
            arrived: 0,
            lean: 0.0,
            lane_lean: BTreeMap::new(),
        }
    }
}

impl StageModel {
    fn width_at(&self, features: &[f64; WIDTH_FEATURES]) -> f64 {
        TYPICAL_WIDTH * self.width.predict(features).clamp(-1.5, 1.5).exp()
    }

    /// Quantiles of the deviations as known at `now`, and how many of them are final. A parcel says nothing of itself: its
    /// estimate is the same whether it was taken note of already or not.
    fn deviations(&self, parcel: u64, lane: u32, destination: u32, now: Moment) -> (Option<[f64; KNOTS]>, usize) {
        let fade = 0.5_f64.powf(1.0 / HALF_LIFE);
        let mut weight = 1.0;
        let mut samples = 0;
        // Of those that ended; `None` for the others.
        let mut weights: Vec<Option<f64>> = vec![None; self.remembered.len()];
        let mut open = Vec::new();
        // Parcels of one country share the working time of `now`.
        let mut working_now: Option<(Calendar, f64)> = None;
        for (position, past) in self.remembered.iter().enumerate().rev() {
            if past.since >= now || past.parcel == parcel {
                continue;
            }
            let nearness = match (past.lane == lane, past.destination == destination) {
                (true, _) => 1.0,
                (false, true) => SAME_DESTINATION,
                (false, false) => ELSEWHERE,
            };
            match past.end.filter(|end| end.at < now) {
                Some(end) => {
                    weights[position] = Some(weight * nearness);
                    samples += usize::from(end.arrived);
                }
                None => {
                    let working = match working_now {
                        Some((calendar, working)) if calendar == past.calendar => working,
                        _ => past.calendar.working_time(now),
                    };
                    working_now = Some((past.calendar, working));
                    let value = past.strayed(working - past.working, false);
                    open.push(Deviation { value, weight: weight * nearness, is_final: false });
                }
            }
            weight *= fade;
        }
        let ended = self.strayed.in_order(&self.remembered).iter().filter_map(|&(position, value)| {
            let is_final = self.remembered[position].end.is_some_and(|end| end.arrived);
            Some(Deviation { value, weight: weights[position]?, is_final })
        });
        (quantiles(&mut merged(ended, open)), samples)
    }

    fn remember(&mut self, forecast: &Forecast) {
        let thinned_out = |parcel: u64, thinning: u32| (parcel >> 7) & ((1_u64 << thinning) - 1) != 0;
        if thinned_out(forecast.parcel, self.thinning)
            || self.remembered.iter().any(|past| past.parcel == forecast.parcel && past.since == forecast.since)
        {
            return;
        }
        let calendar = calendar_of(forecast.country.as_deref());
        let key_hash = |level| forecast.lane.key(level).map_or(0, |key| short_hash(&key));
        let past = Remembered {
            parcel: forecast.parcel,
            since: forecast.since,
            working: calendar.working_time(forecast.since),
            middle: forecast.middle as f32,
            width: forecast.width as f32,
            lane: key_hash(LaneLevel::OriginDestination),
            destination: key_hash(LaneLevel::Destination),
            calendar,
            window: forecast.window,
            judged: forecast.window.is_none(),
            end: None,
        };
        // Nearly always the newest; a late one finds its place by time, ties by parcel, whatever order they come in.
        let at = self.remembered.partition_point(|other| (other.since, other.parcel) <= (past.since, past.parcel));
        self.remembered.insert(at, past);
        self.strayed = Strayed::default();
        while self.remembered.len() > REMEMBERED {
            let reach = self.remembered.back().zip(self.remembered.front());
            let reach = reach.map_or(0.0, |(newest, oldest)| newest.since.days_since(oldest.since));
            if reach < REACH_DAYS && self.thinning < 30 {
                self.thinning += 1;
                self.remembered.retain(|past| !thinned_out(past.parcel, self.thinning));
            } else {
                self.remembered.pop_front();
                // Trade has calmed down: all parcels that come may be remembered again.
                if reach > 3.0 * REACH_DAYS {
                    self.thinning = self.thinning.saturating_sub(1);
                }
            }
        }
    }

    /// Windows whose last day is over while the parcel is still on its way were missed: that is known now, not later.
    fn judge_those_overdue(&mut self, now: Moment) {
        for at in 0..self.remembered.len() {
            let past = &mut self.remembered[at];
            let Some(window) = past.window.filter(|_| !past.judged && past.end.is_none()) else { continue };
            if now.0 >= Moment::start_of(window.latest).0 + 1.0 {
                past.judged = true;
                let lane = past.lane;
                self.steer(lane, false);
            }
        }
    }

    fn end(&mut self, parcel: u64, end: Ended) {
        let Some(past) = self.remembered.iter_mut().find(|past| past.parcel == parcel && past.end.is_none()) else {
            return;
        };
        past.end = Some(end);
        self.strayed = Strayed::default();
        let day = end.at.date();
        let verdict = past.window.filter(|_| !past.judged && end.arrived);
        past.judged = true;
        let lane = past.lane;
        if let Some(window) = verdict {
            self.steer(lane, window.earliest <= day && day <= window.latest);
        }
    }

    fn steer(&mut self, lane: u32, kept: bool) {
        let error = CONFIDENCE - f64::from(u8::from(kept));
        self.lean = (self.lean * LEAK + STEP * error).clamp(-BOUND, BOUND);
        let lean = self.lane_lean.entry(lane).or_default();
        *lean = (*lean * LEAK + LANE_STEP * error).clamp(-LANE_BOUND, LANE_BOUND);
    }

    fn learn(&mut self, forecast: &Forecast, root: f64) {
        self.arrived += 1;
        self.middle.learn(&forecast.features, root, KEEP_EVIDENCE);
        if self.arrived > WIDTH_AFTER {
            // The median of |deviation| is about half of its typical size: hence the 0.7 on the scale of logarithms.
            let strayed = ((root - forecast.middle).abs() + 0.02).ln() + 0.7 - TYPICAL_WIDTH.ln();
            self.width.learn(&forecast.width_features, strayed, KEEP_EVIDENCE);
        }
    }
}

/// Positions of the parcels that ended, with how far each strayed, least first: the same for every estimate until something
/// is learnt, so that only those on their way are put in order anew.
#[derive(Debug, Default)]
struct Strayed(OnceLock<Vec<(usize, f64)>>);

impl Strayed {
    fn in_order(&self, remembered: &VecDeque<Remembered>) -> &[(usize, f64)] {
        self.0.get_or_init(|| {
            let ended = remembered.iter().enumerate().filter_map(|(position, past)| {
                let end = past.end?;
                let passed = past.calendar.working_time(end.at) - past.working;
                Some((position, past.strayed(passed, end.arrived), end.arrived))
            });
            let mut ended: Vec<(usize, f64, bool)> = ended.collect();
            ended.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.2.cmp(&a.2)));
            ended.into_iter().map(|(position, value, _)| (position, value)).collect()
        })
    }
}

/// A copy puts them in order when it first needs to.
impl Clone for Strayed {
    fn clone(&self) -> Strayed {
        Strayed::default()
    }
}

/// It follows from what is remembered: two models differ there or not at all.
impl PartialEq for Strayed {
    fn eq(&self, _: &Strayed) -> bool {
        true
    }
}

pub(super) fn calendar_of(country: Option<&str>) -> Calendar {
    country.map_or(Calendar::Elsewhere, Calendar::of_country)
}

fn lane_keys(stage: Stage, lane: &Lane, seller: Option<&str>) -> Vec<(String, f64)> {
    let levels =
        [LaneLevel::All, LaneLevel::Destination, LaneLevel::OriginDestination, LaneLevel::CarrierOriginDestination];
    let lanes = levels.into_iter().filter_map(|level| lane.key(level)).map(|key| (key, KEEP_LANE));
    let seller = seller.map(|seller| (format!("seller:{seller}"), KEEP_SELLER));
    lanes.chain(seller).map(|(key, keep)| (format!("{}|{key}", stage.as_str()), keep)).collect()
}

fn short_hash(key: &str) -> u32 {
    (stable_hash(key) >> 32) as u32
}
