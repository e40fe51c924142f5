//! From a distribution of arrival moments to the whole days that a shopper is told.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::spread::KNOTS;
use crate::tracking::calendar::Moment;

/// Share of the misses that may come after the window. Late hurts more than early, but durations have a long tail to the
/// right, and the shortest window of a given confidence leaves more of it out than of the short left one (the
/// highest-density interval: Hyndman, Computing and graphing highest density regions, 1996).
const LATE_SHARE: f64 = 0.75;
/// Beyond the last quantile the chance to be still on its way falls as a power of the time passed.
const TAIL_POWER: f64 = 3.0;
/// Past this share of the distribution the tail alone speaks: fewer than three earlier parcels in a hundred took longer.
const EXHAUSTED: f64 = 0.97;

/// First and last day, both meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    pub earliest: Date,
    pub latest: Date,
}

/// Moments by which a parcel arrives with 1 %, 2 %, … 99 % certainty, rising.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrival {
    pub since: Moment,
    pub knots: [f64; KNOTS],
}

impl Arrival {
    /// The moment by which it has come with the given certainty (0 to 1).
    pub fn quantile(&self, share: f64) -> Moment {
        let position = share * 100.0 - 1.0;
        if position <= 0.0 {
            let start = self.floor();
            return Moment(start + (self.knots[0] - start) * (position + 1.0).max(0.0));
        }
        let below = position as usize;
        if below + 1 >= KNOTS {
            let taken = self.knots[KNOTS - 1] - self.since.0;
            return Moment(self.since.0 + taken * (0.01 / (1.0 - share).max(1e-4)).max(1.0).powf(1.0 / TAIL_POWER));
        }
        let part = position - below as f64;
        Moment(self.knots[below] + part * (self.knots[below + 1] - self.knots[below]))
    }

    /// How certain it is that it has come before the moment.
    pub fn share_before(&self, moment: Moment) -> f64 {
        let above = self.knots.partition_point(|&knot| knot <= moment.0);
        if above == 0 {
            let start = self.floor();
            return ((moment.0 - start) / (self.knots[0] - start).max(1e-9)).clamp(0.0, 1.0) * 0.01;
        }
        if above == KNOTS {
            let (taken, passed) = (self.knots[KNOTS - 1] - self.since.0, moment.0 - self.since.0);
            return 1.0 - 0.01 * (taken / passed.max(1e-9)).min(1.0).powf(TAIL_POWER);
        }
        let (left, right) = (self.knots[above - 1], self.knots[above]);
        (above as f64 + (moment.0 - left) / (right - left).max(1e-9)) / 100.0
    }

    /// The same, now that it is known not to have come before `now`.
    pub fn still_on_its_way_at(&self, now: Moment) -> Arrival {
        let gone = self.share_before(now);
        if gone <= 0.0 {
            return *self;
        }
        let mut knots = [now.0; KNOTS];
        for (knot, value) in knots.iter_mut().enumerate() {
            let share = (knot + 1) as f64 / 100.0;
            *value = if gone >= EXHAUSTED {
                // A fresh start of the tail: what has lasted long may last as long again.
                let passed = (now.0 - self.since.0).max(1.0);
                self.since.0 + passed / (1.0 - share).powf(1.0 / TAIL_POWER)
            } else {
                self.quantile(gone + share * (1.0 - gone)).0
            }
            .max(now.0);
        }
        Arrival { since: self.since, knots }
    }

    /// The whole days that hold nearest to `mass` of the arrivals, the late share of the rest after them.
    pub fn window(&self, mass: f64) -> Window {
        let late = (1.0 - mass) * LATE_SHARE;
        let ending = |day: f64| self.share_before(Moment(day + 1.0));
        let starting = |day: f64| self.share_before(Moment(day));
        let end = self.quantile(1.0 - late).0.floor();
        let mut best: Option<(f64, f64, f64)> = None;
        for latest in [end, end - 1.0] {
            if latest < self.since.0.floor() {
                continue;
            }
            let by_then = ending(latest);
            let start = self.quantile((by_then - mass).max(0.0)).0.floor();
            for earliest in [start + 1.0, start] {
                if earliest > latest || earliest < self.since.0.floor() {
                    continue;
                }
                let miss = (by_then - starting(earliest) - mass).abs() + 0.3 * (1.0 - late - by_then).abs();
                if best.is_none_or(|(least, _, _)| miss < least) {
                    best = Some((miss, earliest, latest));
                }
            }
        }
        let (_, earliest, latest) = best.unwrap_or((0.0, end, end));
        Window { earliest: Moment(earliest).date(), latest: Moment(latest).date() }
    }

    /// Nothing comes before the parcel set out, nor much before the first quantile.
    fn floor(&self) -> f64 {
        (self.since.0 + 0.7 * (self.knots[0] - self.since.0)).min(self.knots[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(from: f64, to: f64) -> Arrival {
        Arrival {
            since: Moment(17_500.0),
            knots: std::array::from_fn(|knot| 17_500.0 + from + (to - from) * (knot + 1) as f64 / 100.0),
        }
    }

    #[test]
    fn the_window_holds_about_the_mass_asked_for() {
        let arrival = even(2.0, 22.0);
        let window = arrival.window(0.8);
        let share = arrival.share_before(Moment(Moment::start_of(window.latest).0 + 1.0))
            - arrival.share_before(Moment::start_of(window.earliest));
        assert!((share - 0.8).abs() < 0.04, "{share}");
    }

    #[test]
    fn quantile_and_share_are_each_others_inverse() {
        let arrival = even(2.0, 22.0);
        for share in [0.05, 0.1, 0.5, 0.83, 0.97] {
            assert!((arrival.share_before(arrival.quantile(share)) - share).abs() < 1e-6);
        }
    }

    #[test]
    fn a_parcel_that_waits_is_never_expected_in_the_past() {
        let arrival = even(2.0, 22.0);
        for waited in [0.5, 3.0, 12.0, 21.9, 25.0, 60.0, 400.0] {
            let now = Moment(17_500.0 + waited);
            let window = arrival.still_on_its_way_at(now).window(0.8);
            assert!(window.earliest >= now.date(), "{waited}: {window:?}");
            assert!(window.latest >= window.earliest);
        }
    }

    #[test]
    fn one_day_for_sure_is_one_day() {
        let arrival = Arrival { since: Moment(17_500.2), knots: std::array::from_fn(|k| 17_501.4 + k as f64 * 0.003) };
        let window = arrival.window(0.8);
        assert_eq!(window.earliest, window.latest);
        assert_eq!(window.earliest, Moment(17_501.0).date());
    }
}
