//! How the windows did that were said: by lane and by what they rested on, worst first.
//!
//! Where the ledger is kept, and how this is printed, is not known here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::history::CONFIDENCE;
use crate::tracking::calendar::days_between;

/// One window of a ledger, after the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Tells the parcel from others.
    pub parcel: u128,
    pub lane: String,
    /// What it rested on: a stage of the journey where it was learnt from other parcels, else `carrier` or `promise`.
    pub basis: String,
    pub earliest: Date,
    pub latest: Date,
    /// Days from the window to the day of arrival; 0 within.
    pub error_days: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub lane: String,
    pub basis: String,
    /// Parcels whose window is judged; of each the first that rested on this.
    pub parcels: usize,
    /// Share whose day of arrival lay within.
    pub coverage: f64,
    pub came_early: f64,
    pub came_late: f64,
    /// Mean days from the first to the last day.
    pub width: f64,
    /// Mean days from the window to the day of arrival, 0 within.
    pub error: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Calibration {
    /// What a window learnt from other parcels should hold.
    pub confidence: f64,
    pub all: Vec<Row>,
    pub lanes: Vec<Row>,
}

/// Judges the first window of each parcel and basis. `scored` is in the order of each ledger.
pub fn calibration(scored: impl IntoIterator<Item = Scored>) -> Calibration {
    let mut seen: BTreeSet<(u128, String)> = BTreeSet::new();
    let mut all: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let mut lanes: BTreeMap<(String, String), Tally> = BTreeMap::new();
    for scored in scored {
        if seen.insert((scored.parcel, scored.basis.clone())) {
            all.entry(("all".to_owned(), scored.basis.clone())).or_default().add(&scored);
            lanes.entry((scored.lane.clone(), scored.basis.clone())).or_default().add(&scored);
        }
    }
    let rows = |tallies: BTreeMap<(String, String), Tally>| -> Vec<Row> {
        tallies.into_iter().map(|((lane, basis), tally)| tally.row(lane, basis)).collect()
    };
    let mut lanes = rows(lanes);
    lanes.sort_by(|a, b| b.strays().total_cmp(&a.strays()).then_with(|| (&a.lane, &a.basis).cmp(&(&b.lane, &b.basis))));
    Calibration { confidence: CONFIDENCE, all: rows(all), lanes }
}

impl Row {
    /// How far the coverage lies from what was said, in standard deviations: a few parcels prove little. A promise should
    /// hold always.
    fn strays(&self) -> f64 {
        let is_learnt = !matches!(self.basis.as_str(), "carrier" | "promise");
        let off = if is_learnt { (self.coverage - CONFIDENCE).abs() } else { self.came_late };
        off * (self.parcels as f64 / (CONFIDENCE * (1.0 - CONFIDENCE))).sqrt()
    }
}

#[derive(Default)]
struct Tally {
    parcels: usize,
    early: usize,
    late: usize,
    width: i64,
    error: i64,
}

impl Tally {
    fn add(&mut self, scored: &Scored) {
        self.parcels += 1;
        self.early += usize::from(scored.error_days < 0);
        self.late += usize::from(scored.error_days > 0);
        self.width += i64::from(days_between(scored.earliest, scored.latest));
        self.error += i64::from(scored.error_days.abs());
    }

    fn row(&self, lane: String, basis: String) -> Row {
        let share = |count: usize| rounded(count as f64 / self.parcels.max(1) as f64);
        let mean = |sum: i64| rounded(sum as f64 / self.parcels.max(1) as f64);
        Row {
            lane,
            basis,
            parcels: self.parcels,
            coverage: share(self.parcels - self.early - self.late),
            came_early: share(self.early),
            came_late: share(self.late),
            width: mean(self.width),
            error: mean(self.error),
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn scored(parcel: u128, lane: &str, basis: &str, error_days: i32) -> Scored {
        Scored {
            parcel,
            lane: lane.to_owned(),
            basis: basis.to_owned(),
            earliest: date(2026, 11, 2),
            latest: date(2026, 11, 5),
            error_days,
        }
    }

    #[test]
    fn the_lane_that_strays_most_comes_first_and_a_parcel_counts_once_a_basis() {
        let good = (0..10).map(|parcel| scored(parcel, "DE→DE", "handover", i32::from(parcel < 2)));
        let bad = (20..30).map(|parcel| scored(parcel, "CN→DE", "handover", if parcel < 25 { 4 } else { 0 }));
        let again = [scored(20, "CN→DE", "handover", 0), scored(20, "CN→DE", "purchase", -1)];
        let report = calibration(good.chain(bad).chain(again));
        assert_eq!((report.lanes[0].lane.as_str(), report.lanes[0].parcels), ("CN→DE", 10));
        assert_eq!((report.lanes[0].coverage, report.lanes[0].error, report.lanes[0].width), (0.5, 2.0, 3.0));
        let all = report.all.iter().find(|row| row.basis == "handover").unwrap();
        assert_eq!((all.parcels, all.came_late), (20, 0.35));
        assert_eq!(report.all.iter().find(|row| row.basis == "purchase").unwrap().came_early, 1.0);
    }
}
