//! Every window that was said of a parcel, why it changed, and how it did.
//!
//! A function of the set of events: repeats and their order of arrival change nothing. Keeping the rows is the store's.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::evidence::Stage;
use super::history::History;
use super::window::Window;
use super::{Estimate, Journey, estimate};
use crate::tracking::calendar::{Moment, days_between};
use crate::tracking::event::TrackingEvent;
use crate::tracking::status::{Milestone, Status};

/// More new windows than this for a parcel that never comes say nothing new.
const MOST_OVERDUE_REVISIONS: usize = 12;

/// Why the window moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Ordered,
    HandedOver,
    Progress,
    OutForDelivery,
    Customs,
    Weather,
    Address,
    AttemptFailed,
    CarrierDelay,
    Misrouted,
    Redirected,
    Held,
    Damaged,
    /// Something to be done by the shopper: documents, duties, a payment.
    ActionRequired,
    /// Any other trouble.
    Trouble,
    /// The window ended and the parcel has not come.
    Overdue,
}

/// One window that was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Local at the destination.
    pub at: DateTime,
    /// What it answers to, the same at every fold: "ordered", an event's fingerprint, "overdue:" and the day.
    pub cause: String,
    pub reason: Reason,
    pub estimate: Estimate,
    /// After delivery: days from the window to the day of arrival; 0 within, negative before, positive after.
    pub error_days: Option<i32>,
}

/// All windows from the order to `now`, oldest first, each differing from the one before.
///
/// `base` holds what is known besides the events (purchase, promise, lane); the stages are read off the events.
pub fn revisions(
    history: &History,
    base: &Journey,
    events: &[TrackingEvent],
    now: Moment,
    confidence: f64,
) -> Vec<Revision> {
    let mut walk = Walk {
        history,
        journey: base.clone(),
        confidence,
        trouble: None,
        has_ended: base.is_over,
        revisions: Vec::new(),
    };
    if let Some(purchased) = base.parcel.purchased {
        walk.journey.reached.push((Stage::Purchase, purchased));
        walk.say(purchased, "ordered".to_owned(), Reason::Ordered);
    }
    let mut at = base.parcel.purchased.unwrap_or(Moment(f64::MIN));
    for event in in_order(events) {
        // Clocks of several places: time does not run backwards in one journey.
        at = Moment(moment_of(event).0.max(at.0));
        if at > now {
            break;
        }
        walk.overdue_until(at);
        walk.take(event, at);
    }
    walk.overdue_until(now);
    let mut revisions = walk.revisions;
    if let Some(day) = arrived_on(events, now) {
        score(&mut revisions, day);
    }
    revisions
}

/// What was said stays said: stored revisions are kept as they are, folded ones added where their cause is new and the
/// window differs from the one before. `arrived` scores them all.
pub fn merged(stored: &[Revision], folded: Vec<Revision>, arrived: Option<Date>) -> Vec<Revision> {
    let is_new = |revision: &Revision| stored.iter().all(|kept| kept.cause != revision.cause);
    let mut all: Vec<(bool, Revision)> = stored.iter().map(|revision| (true, revision.clone())).collect();
    all.extend(folded.into_iter().filter(is_new).map(|revision| (false, revision)));
    all.sort_by(|a, b| (a.1.at, &a.1.cause).cmp(&(b.1.at, &b.1.cause)));
    let mut merged: Vec<Revision> = Vec::with_capacity(all.len());
    for (was_said, revision) in all {
        let is_same = merged.last().is_some_and(|last| last.estimate.window() == revision.estimate.window());
        if was_said || !is_same {
            merged.push(revision);
        }
    }
    if let Some(day) = arrived {
        score(&mut merged, day);
    }
    merged
}

/// The day of the first delivery among the events, as far as told by `now`.
pub fn arrived_on(events: &[TrackingEvent], now: Moment) -> Option<Date> {
    let delivered = in_order(events).into_iter().filter(|event| event.status.milestone() == Milestone::Delivered);
    delivered.map(moment_of).find(|at| *at <= now).map(Moment::date)
}

/// Enters the error of each window, once the day of arrival is known.
pub fn score(revisions: &mut [Revision], arrived: Date) {
    for revision in revisions {
        revision.error_days = Some(error_days(revision.estimate.window(), arrived));
    }
}

/// Days from the window to the day of arrival: 0 within, negative before, positive after.
pub fn error_days(window: Window, arrived: Date) -> i32 {
    if arrived < window.earliest {
        days_between(window.earliest, arrived)
    } else {
        days_between(window.latest, arrived).max(0)
    }
}

/// The stage an event shows to be reached, if it shows one.
pub fn stage_of(status: Status) -> Option<Stage> {
    match status {
        Status::CustomsStarted | Status::ArrivedDestinationCountry => Some(Stage::AtBorder),
        Status::CustomsCleared => Some(Stage::Cleared),
        Status::AtLocalFacility | Status::HandedToLastMile => Some(Stage::Local),
        // Told of a parcel that may not have moved at all.
        Status::AddressCorrected | Status::Redirected | Status::DeliveryScheduled | Status::Resolved => None,
        _ => match status.milestone() {
            Milestone::InTransit => Some(Stage::Handover),
            Milestone::OutForDelivery => Some(Stage::OutForDelivery),
            Milestone::AttemptFailed => Some(Stage::Attempted),
            _ => None,
        },
    }
}

/// Why a window would move at such an event.
pub fn reason_of(status: Status) -> Reason {
    match status {
        Status::CustomsStarted | Status::CustomsHold | Status::CustomsCleared => Reason::Customs,
        Status::DocumentsRequired | Status::DutiesUnpaid | Status::PaymentDue | Status::ActionRequired => {
            Reason::ActionRequired
        }
        Status::Weather => Reason::Weather,
        Status::AddressIssue | Status::AddressCorrected | Status::RecipientMoved => Reason::Address,
        Status::DelayedCarrier | Status::DelayedExternal | Status::PickupFailed => Reason::CarrierDelay,
        Status::Misrouted => Reason::Misrouted,
        Status::Redirected => Reason::Redirected,
        Status::Held => Reason::Held,
        Status::Damaged => Reason::Damaged,
        Status::Accepted => Reason::HandedOver,
        _ => match status.milestone() {
            Milestone::OutForDelivery => Reason::OutForDelivery,
            Milestone::AttemptFailed => Reason::AttemptFailed,
            Milestone::Exception => Reason::Trouble,
            _ => Reason::Progress,
        },
    }
}

struct Walk<'a> {
    history: &'a History,
    journey: Journey,
    confidence: f64,
    /// Trouble told since the window last moved: it is the reason when the window moves by time alone.
    trouble: Option<Reason>,
    has_ended: bool,
    revisions: Vec<Revision>,
}

impl Walk<'_> {
    fn take(&mut self, event: &TrackingEvent, at: Moment) {
        let status = event.status;
        let mut reason = reason_of(status);
        if let Some(stage) = stage_of(status) {
            let is_first_scan = self.journey.reached.iter().all(|(reached, _)| *reached < Stage::Handover);
            if is_first_scan && stage >= Stage::Handover && reason == Reason::Progress {
                reason = Reason::HandedOver;
            }
            if is_first_scan {
                self.journey.parcel.handed_over.get_or_insert(at);
            }
            // Each failed attempt starts anew; other stages count from their first scan.
            let is_new = self.journey.reached.iter().all(|(reached, _)| *reached != stage);
            if is_new || stage == Stage::Attempted {
                self.journey.reached.push((stage, at));
            }
        }
        let milestone = status.milestone();
        // A stray scan after the delivery or on the way back foretells nothing; a lost parcel may turn up again.
        self.has_ended |= status == Status::Disposed
            || matches!(
                milestone,
                Milestone::Delivered | Milestone::Returning | Milestone::Returned | Milestone::Cancelled
            );
        let is_given_up = status == Status::Lost || milestone == Milestone::Expired;
        let is_still_given_up = self.journey.is_over && stage_of(status).is_none();
        self.journey.is_over = self.has_ended || is_given_up || is_still_given_up;
        if matches!(status.milestone(), Milestone::Exception | Milestone::AttemptFailed) || reason == Reason::Customs {
            self.trouble = Some(reason);
        }
        self.say(at, hex(&event.fingerprint().0), reason);
    }

    /// New windows for those that ended before `until` without the parcel.
    fn overdue_until(&mut self, until: Moment) {
        let mut said = self.revisions.iter().filter(|revision| revision.cause.starts_with("overdue:")).count();
        while let Some(last) = self.revisions.last().filter(|_| !self.journey.is_over) {
            let Ok(day) = last.estimate.latest.tomorrow() else { return };
            if Moment::start_of(day) > until || said >= MOST_OVERDUE_REVISIONS {
                return;
            }
            let before = self.revisions.len();
            self.say(Moment::start_of(day), format!("overdue:{day}"), self.trouble.unwrap_or(Reason::Overdue));
            if self.revisions.len() == before {
                return;
            }
            said += 1;
        }
    }

    fn say(&mut self, at: Moment, cause: String, reason: Reason) {
        let Some(estimate) = estimate(self.history, &self.journey, at, self.confidence) else { return };
        let is_same = self.revisions.last().is_some_and(|last| last.estimate.window() == estimate.window());
        // A window that only lost days that are over has not been revised.
        let is_the_rest = self.revisions.last().is_some_and(|last| {
            last.estimate.latest == estimate.latest
                && estimate.earliest >= last.estimate.earliest
                && estimate.earliest <= at.date()
        });
        if !is_same && !is_the_rest {
            self.trouble = self.trouble.filter(|trouble| *trouble != reason);
            self.revisions.push(Revision { at: at.local(), cause, reason, estimate, error_days: None });
        }
    }
}

/// The one order that depends on nothing but content; each event once.
fn in_order(events: &[TrackingEvent]) -> Vec<&TrackingEvent> {
    let mut events: Vec<&TrackingEvent> = events.iter().collect();
    events.sort_by_cached_key(|event| (event.sort_instant(), event.status, event.fingerprint()));
    let mut seen = std::collections::HashSet::new();
    events.retain(|event| seen.insert(event.fingerprint()));
    events
}

/// The wall-clock of the scan; noon, or the end of the day for a delivery, where only the day is known.
fn moment_of(event: &TrackingEvent) -> Moment {
    if event.time.time_known {
        return event.time.local.into();
    }
    let into_the_day = match event.status.milestone() {
        Milestone::Pending | Milestone::InfoReceived => 0.0,
        Milestone::Delivered => 0.99,
        _ => 0.5,
    };
    Moment(Moment::start_of(event.time.local.date()).0 + into_the_day)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
