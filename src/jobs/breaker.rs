//! When an API is left alone: after failures in a row, or because it said so. Pure: the time is an argument.

use jiff::{SignedDuration, Timestamp};

/// Failures in a row after which it is left alone.
const MOST_FAILURES: u32 = 5;
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(2);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// A probe that nobody heard of again counts as none after this long.
const PROBE_LASTS: SignedDuration = SignedDuration::from_mins(2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed,
    /// Nothing is asked until then, then one probe.
    Open(Timestamp),
    /// One probe is on its way since then.
    Probing(Timestamp),
}

/// Of one API and one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breaker {
    state: State,
    failures: u32,
    pauses: u32,
}

impl Default for Breaker {
    fn default() -> Self {
        Breaker { state: State::Closed, failures: 0, pauses: 0 }
    }
}

impl Breaker {
    /// How many requests may begin now, of `most` that wait. Those that are let through are to be told of by
    /// [`Breaker::succeeded`], [`Breaker::failed`] or [`Breaker::hold`].
    pub fn admit(&mut self, most: usize, now: Timestamp) -> usize {
        match self.state {
            State::Closed => most,
            State::Open(until) if now < until => 0,
            State::Probing(since) if now < since + PROBE_LASTS => 0,
            State::Open(_) | State::Probing(_) if most == 0 => 0,
            State::Open(_) | State::Probing(_) => {
                self.state = State::Probing(now);
                1
            }
        }
    }

    /// Until when nothing is asked; asked again by those that were let through before it opened.
    pub fn open_until(&self, now: Timestamp) -> Option<Timestamp> {
        match self.state {
            State::Open(until) if now < until => Some(until),
            State::Closed | State::Open(_) | State::Probing(_) => None,
        }
    }

    /// What was let through asked nothing after all.
    pub fn unused(&mut self) {
        if let State::Probing(since) = self.state {
            self.state = State::Open(since);
        }
    }

    pub fn succeeded(&mut self) {
        // One that was on its way when it said "leave me alone" does not end that.
        if !matches!(self.state, State::Open(_)) {
            *self = Breaker::default();
        }
    }

    pub fn failed(&mut self, now: Timestamp) {
        self.failures += 1;
        let is_probe = matches!(self.state, State::Probing(_));
        if is_probe || (self.state == State::Closed && self.failures >= MOST_FAILURES) {
            let pause = FIRST_PAUSE * (1 << self.pauses.min(5));
            self.state = State::Open(now + pause.min(LONGEST_PAUSE));
            self.pauses += 1;
        }
    }

    /// It wants to be left alone until then: no failure.
    pub fn hold(&mut self, until: Timestamp) {
        let until = match self.state {
            State::Open(longer) => longer.max(until),
            State::Closed | State::Probing(_) => until,
        };
        self.state = State::Open(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn opened() -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            assert_eq!(breaker.admit(16, at(0)), 16);
            breaker.failed(at(0));
        }
        breaker
    }

    #[test]
    fn five_failures_in_a_row_open_it_and_then_one_probe_is_let_through() {
        let mut breaker = opened();
        assert_eq!((breaker.admit(16, at(1)), breaker.open_until(at(1))), (0, Some(at(2))));
        assert_eq!((breaker.admit(16, at(2)), breaker.admit(16, at(2))), (1, 0));
        breaker.succeeded();
        assert_eq!(breaker.admit(16, at(2)), 16);
    }

    #[test]
    fn a_success_between_failures_starts_the_count_anew() {
        let mut breaker = Breaker::default();
        for round in 0..20 {
            if round % 5 == 4 { breaker.succeeded() } else { breaker.failed(at(0)) }
        }
        assert_eq!(breaker.admit(16, at(0)), 16);
    }

    #[test]
    fn each_failed_probe_doubles_the_pause_up_to_an_hour() {
        let mut breaker = opened();
        let mut now = at(2);
        for pause in [4, 8, 16, 32, 60, 60] {
            assert_eq!(breaker.admit(1, now), 1);
            breaker.failed(now);
            assert_eq!(breaker.open_until(now), Some(now + SignedDuration::from_mins(pause)));
            now += SignedDuration::from_mins(pause);
        }
    }

    #[test]
    fn a_probe_that_was_lost_is_sent_again() {
        let mut breaker = opened();
        assert_eq!((breaker.admit(1, at(2)), breaker.admit(1, at(3)), breaker.admit(1, at(4))), (1, 0, 1));
    }

    #[test]
    fn what_asks_to_be_left_alone_is_left_alone() {
        let mut breaker = Breaker::default();
        breaker.hold(at(10));
        breaker.succeeded();
        assert_eq!((breaker.admit(16, at(9)), breaker.admit(16, at(10))), (0, 1));
    }
}
