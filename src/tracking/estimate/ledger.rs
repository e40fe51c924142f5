//! Every window that was said of a parcel, why it changed, and how it did.
//!
//! A function of the set of events: repeats and their order of arrival change nothing. Keeping the rows is the store's.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::evidence::Stage;
use super::history::History;
use super::window::Window;
use super::{Basis, Estimate, Journey, estimate};
use crate::tracking::calendar::{Moment, days_between};
use crate::tracking::event::{Fingerprint, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

/// More new windows than this for a parcel that never comes say nothing new.
const MOST_OVERDUE_REVISIONS: usize = 12;
/// How the cause of a window begins that took the place of one that had passed.
const OVERDUE: &str = "overdue:";
/// And of one that the merchant promised in place of another.
const PROMISED: &str = "promised:";

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
    /// The carrier told another day.
    CarrierDate,
    /// The merchant promised another day.
    PromiseChanged,
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
    /// What it answers to, the same at every fold: "ordered", an event's fingerprint, "carrier:" with what it said and when,
    /// "promised:" or "overdue:" and the day.
    pub cause: String,
    pub reason: Reason,
    pub estimate: Estimate,
    /// After delivery: days from the window to the day of arrival; 0 within, negative before, positive after.
    pub error_days: Option<i32>,
}

/// How a parcel ended: it arrived, or was cancelled or sent back. One that was given up may still turn up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct End {
    pub at: Moment,
    pub arrived: bool,
}

/// What a ledger was made from, so that the next fold can tell whether it only has to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walked {
    pub steps: usize,
    /// Over the causes of those steps, in order.
    pub digest: String,
}

/// All that was said of a parcel, and what was known of it at the end of that.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    pub revisions: Vec<Revision>,
    pub walked: Walked,
    pub journey: Journey,
    pub end: Option<End>,
}

impl Ledger {
    /// What holds now. `None` for a parcel that is over, or of which too little is known.
    pub fn present(&self) -> Option<&Revision> {
        self.revisions.last().filter(|_| !self.journey.is_over)
    }

    /// The last window that ended without the parcel, while the present one is only its replacement.
    pub fn missed(&self) -> Option<&Revision> {
        self.present().filter(|present| present.is_late())?;
        self.revisions.iter().rev().find(|revision| !revision.is_late())
    }
}

impl Revision {
    fn is_late(&self) -> bool {
        self.estimate.is_overdue || self.cause.starts_with(OVERDUE)
    }
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
    ledger(history, base, events, (&[], &Walked::default()), now, confidence).revisions
}

/// The ledger up to `now`. What was `said` before is kept where everything new comes after it; where something late comes
/// in between, the whole is walked anew, so that one set of events has one ledger, in whatever order it was told.
pub fn ledger(
    history: &History,
    base: &Journey,
    events: &[TrackingEvent],
    said: (&[Revision], &Walked),
    now: Moment,
    confidence: f64,
) -> Ledger {
    let steps = steps(base, events, now);
    let (kept, walked) = said;
    let goes_on = walked.steps <= steps.len()
        && digest(&steps[..walked.steps]) == walked.digest
        && kept.last().is_none_or(|last| steps[walked.steps..].iter().all(|step| step.at.local() >= last.at));
    let known = if goes_on { walked.steps } else { 0 };
    let mut walk = Walk {
        history,
        journey: Journey { reached: Vec::new(), ..base.clone() },
        confidence,
        trouble: None,
        has_ended: base.is_over,
        end: None,
        revisions: if goes_on { kept.to_vec() } else { Vec::new() },
    };
    let mut recalled = 0;
    for step in &steps[..known] {
        recalled = walk.recall(recalled, None);
        walk.take(step);
        recalled = walk.recall(recalled, Some(&step.cause));
    }
    walk.recall(recalled, None);
    for step in &steps[known..] {
        walk.overdue_until(step.at);
        let reason = walk.take(step);
        walk.say(step.at, step.cause.clone(), reason);
    }
    walk.promise_changed(now);
    walk.overdue_until(now);
    if let Some(arrived) = walk.end.filter(|end| end.arrived) {
        score(&mut walk.revisions, arrived.at.date());
    }
    Ledger {
        revisions: walk.revisions,
        walked: Walked { steps: steps.len(), digest: digest(&steps) },
        journey: walk.journey,
        end: walk.end,
    }
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

/// One thing that became known.
struct Step<'a> {
    at: Moment,
    cause: String,
    what: What<'a>,
}

enum What<'a> {
    Ordered,
    Promised,
    CarrierSaid,
    Event(&'a TrackingEvent),
}

/// Everything known by `now`, in the one order that depends on nothing but content.
fn steps<'a>(base: &Journey, events: &'a [TrackingEvent], now: Moment) -> Vec<Step<'a>> {
    let purchased = base.parcel.purchased;
    let mut steps = Vec::with_capacity(events.len() + 2);
    steps.extend(purchased.map(|at| Step { at, cause: "ordered".to_owned(), what: What::Ordered }));
    let mut at = purchased.unwrap_or(Moment(f64::MIN));
    for (event, fingerprint) in in_order(events) {
        // Clocks of several places: time does not run backwards in one journey.
        at = Moment(moment_of(event).0.max(at.0));
        // A scan of today whose hour is unknown, or a clock that is fast.
        let told = if at.date() == now.date() { Moment(at.0.min(now.0)) } else { at };
        if told > now {
            break;
        }
        steps.push(Step { at: told, cause: hex(&fingerprint.0), what: What::Event(event) });
    }
    let mut insert = |at: Moment, cause: String, what: What<'a>| {
        let at = Moment(purchased.map_or(at.0, |purchased| at.0.max(purchased.0)));
        if at <= now {
            let place = steps.partition_point(|step| step.at <= at);
            steps.insert(place, Step { at, cause, what });
        }
    };
    for said in &base.carrier {
        let cause = format!("carrier:{}:{}:{}", said.at.seconds(), said.window.earliest, said.window.latest);
        insert(said.at, cause, What::CarrierSaid);
    }
    if let (None, Some(said)) = (purchased, base.promise.first()) {
        insert(said.at, "promised".to_owned(), What::Promised);
    }
    steps
}

fn digest(steps: &[Step<'_>]) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for step in steps {
        context.update(step.cause.as_bytes());
        context.update(b"\n");
    }
    hex(&context.finish().as_ref()[..16])
}

struct Walk<'a> {
    history: &'a History,
    journey: Journey,
    confidence: f64,
    /// Trouble told since the window last moved: it is the reason when the window moves by time alone.
    trouble: Option<Reason>,
    has_ended: bool,
    end: Option<End>,
    revisions: Vec<Revision>,
}

impl Walk<'_> {
    fn take(&mut self, step: &Step<'_>) -> Reason {
        match step.what {
            What::Ordered => {
                self.journey.reached.push((Stage::Purchase, step.at));
                Reason::Ordered
            }
            What::Promised => Reason::Ordered,
            What::CarrierSaid => Reason::CarrierDate,
            What::Event(event) => self.take_event(event, step.at),
        }
    }

    fn take_event(&mut self, event: &TrackingEvent, at: Moment) -> Reason {
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
        let ends = status == Status::Disposed
            || matches!(
                milestone,
                Milestone::Delivered | Milestone::Returning | Milestone::Returned | Milestone::Cancelled
            );
        let is_given_up = status == Status::Lost || milestone == Milestone::Expired;
        // What waits for its owner comes no further by itself.
        let waits = milestone == Milestone::AvailableForPickup;
        let is_still_over = self.journey.is_over && stage_of(status).is_none();
        if milestone == Milestone::Delivered && self.end.is_none_or(|end| !end.arrived) {
            self.end = Some(End { at, arrived: true });
        } else if ends && self.end.is_none() {
            self.end = Some(End { at, arrived: false });
        }
        self.has_ended |= ends;
        self.journey.is_over = self.has_ended || is_given_up || waits || is_still_over;
        if matches!(status.milestone(), Milestone::Exception | Milestone::AttemptFailed) || reason == Reason::Customs {
            self.trouble = Some(reason);
        }
        reason
    }

    /// Goes over what was said already, from `position` on: by a step, or by time alone before the next step.
    fn recall(&mut self, position: usize, step: Option<&str>) -> usize {
        let mut at = position;
        while let Some(said) = self.revisions.get(at) {
            let is_meant = match step {
                Some(cause) => said.cause == cause,
                None => said.cause.starts_with(OVERDUE) || said.cause.starts_with(PROMISED),
            };
            if !is_meant {
                break;
            }
            self.trouble = self.trouble.filter(|trouble| *trouble != said.reason);
            at += 1;
        }
        at
    }

    /// The merchant promised another day than the one that stands, and nobody knows better.
    fn promise_changed(&mut self, now: Moment) {
        let stands = self.revisions.last().filter(|last| {
            last.estimate.basis == Basis::MerchantPromise && !last.is_late() && last.estimate.latest >= now.date()
        });
        let promised = super::latest_said(&self.journey.promise, now).map(|window| window.latest);
        if let (Some(last), Some(promised)) = (stands, promised)
            && last.estimate.latest != promised
        {
            self.say(now, format!("{PROMISED}{promised}"), Reason::PromiseChanged);
        }
    }

    /// New windows for those that ended before `until` without the parcel.
    fn overdue_until(&mut self, until: Moment) {
        let mut said = self.revisions.iter().filter(|revision| revision.cause.starts_with(OVERDUE)).count();
        while let Some(last) = self.revisions.last().filter(|_| !self.journey.is_over) {
            let Ok(day) = last.estimate.latest.tomorrow() else { return };
            if Moment::start_of(day) > until || said >= MOST_OVERDUE_REVISIONS {
                return;
            }
            let before = self.revisions.len();
            self.say(Moment::start_of(day), format!("{OVERDUE}{day}"), self.trouble.unwrap_or(Reason::Overdue));
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
        // The carrier's first own date, where it is no later, is its word and not what the scan told.
        let is_its_word = estimate.basis == Basis::Carrier
            && self
                .revisions
                .last()
                .is_some_and(|last| last.estimate.basis != Basis::Carrier && estimate.latest <= last.estimate.latest);
        let reason = if is_its_word { Reason::CarrierDate } else { reason };
        if !is_same && !is_the_rest {
            self.trouble = self.trouble.filter(|trouble| *trouble != reason);
            self.revisions.push(Revision { at: at.local(), cause, reason, estimate, error_days: None });
        }
    }
}

/// The one order that depends on nothing but content; each event once.
fn in_order(events: &[TrackingEvent]) -> Vec<(&TrackingEvent, Fingerprint)> {
    let mut events: Vec<(&TrackingEvent, Fingerprint)> =
        events.iter().map(|event| (event, event.fingerprint())).collect();
    events.sort_by_key(|(event, fingerprint)| (event.sort_instant(), event.status, *fingerprint));
    let mut seen = HashSet::with_capacity(events.len());
    events.retain(|(_, fingerprint)| seen.insert(*fingerprint));
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
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}
