//! The fold: what the shopper sees of a shipment, made from the set of its events and nothing else.
//!
//! Which events are one scan, which are noise and which belong to an earlier parcel of the same number is decided in
//! [`super::scans`]; what it is called in words is the work of `wording`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::{EventTime, TrackingEvent, Update};
use super::scans::merged;
use super::status::{Milestone, Status};

/// The five steps of the bar, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Ordered,
    Processing,
    Shipped,
    OutForDelivery,
    Delivered,
}

impl Step {
    pub const ALL: [Step; 5] = [Step::Ordered, Step::Processing, Step::Shipped, Step::OutForDelivery, Step::Delivered];

    /// As the page's `data-step` writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Step::Ordered => "ordered",
            Step::Processing => "processing",
            Step::Shipped => "shipped",
            Step::OutForDelivery => "out_for_delivery",
            Step::Delivered => "delivered",
        }
    }
}

/// What the shop itself did with the order, before and beside its parcels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSteps {
    pub placed_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    pub picked_at: Option<Timestamp>,
    pub packed_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,
}

impl OrderSteps {
    /// Paying, picking and packing are the shop's inner life: a shopper sees all three as processing.
    pub fn step(&self) -> Step {
        match self.paid_at.or(self.picked_at).or(self.packed_at) {
            Some(_) => Step::Processing,
            None => Step::Ordered,
        }
    }
}

/// What the shopper sees of a shipment now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The furthest step reached. Only a true return takes "delivered" back.
    pub furthest: Step,
    /// The step that the bar marks as the present one: trouble lies over it and does not move it.
    pub current: Step,
    /// What is true now: the trouble while there is one.
    pub status: Status,
    /// Since when `status` holds. A time without a zone is read as UTC: good for comparing days, not for showing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// What is laid over the step: an exception, a failed attempt, a missed collection, a damaged delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Status>,
    /// When the parcel came; `None` again after a true return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// The event that made `status` true: its place and time are those of the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_event: Option<Update>,
    /// The newest event, where it is another: see [`Progress::last_event`].
    #[serde(skip_serializing_if = "Option::is_none", alias = "last_event")]
    pub later_event: Option<Update>,
}

impl Progress {
    /// The newest event, whether or not it changed anything: the carrier's last scan.
    pub fn last_event(&self) -> Option<&Update> {
        self.later_event.as_ref().or(self.status_event.as_ref())
    }

    /// Nothing more is expected to happen.
    pub fn is_final(&self) -> bool {
        matches!(self.status.milestone(), Milestone::Delivered | Milestone::Returned | Milestone::Cancelled)
            || self.status == Status::Disposed
    }
}

/// Folds the events of one shipment. A pure function of their set: order and repetition change nothing.
///
/// Events that must not be shown yet are left out by the caller ([`super::scans::visible`]), as are those of an earlier
/// parcel with the same number ([`super::scans::splits`]).
pub fn progress(events: &[TrackingEvent], order: &OrderSteps) -> Progress {
    let scans = merged(events);
    let mut fold = Fold::new(order);
    for scan in &scans {
        fold.take(scan);
    }
    fold.finish(order, scans.last().copied())
}

/// A claim about the shipment and the event that made it.
#[derive(Clone, Copy)]
struct Claim<'a> {
    status: Status,
    event: &'a TrackingEvent,
}

#[derive(Default)]
struct Fold<'a> {
    /// The furthest step short of delivery.
    reached: Option<Step>,
    /// The last thing that went as it should.
    normal: Option<Claim<'a>>,
    trouble: Option<Claim<'a>>,
    delivered: Option<Claim<'a>>,
    delivered_at: Option<EventTime>,
    /// The parcel is going, or has gone, back.
    back: Option<Claim<'a>>,
    cancelled: Option<Claim<'a>>,
    expired: Option<Claim<'a>>,
    unknown: Option<Claim<'a>>,
    /// Redirected after a delivery: that delivery stands until the parcel is seen moving again.
    redirected_after_delivery: bool,
}

impl<'a> Fold<'a> {
    fn new(order: &OrderSteps) -> Self {
        Fold { reached: Some(order.step()), ..Fold::default() }
    }

    fn take(&mut self, event: &'a TrackingEvent) {
        let status = event.status;
        let claim = Claim { status, event };
        let milestone = status.milestone();
        if milestone == Milestone::Unknown {
            hold(&mut self.unknown, claim);
            return;
        }
        if self.back.is_some() {
            self.take_on_the_way_back(claim);
            return;
        }
        match milestone {
            Milestone::Delivered => self.deliver(claim),
            Milestone::Returning | Milestone::Returned => self.turn_back(claim),
            _ if self.delivered.is_some() => self.take_after_delivery(claim),
            Milestone::Pending => {
                if self.normal.is_none_or(|normal| normal.status.milestone() == Milestone::Pending) {
                    hold(&mut self.normal, claim);
                }
            }
            Milestone::InfoReceived => self.announce(claim),
            Milestone::InTransit => self.move_on(claim, Step::Shipped),
            Milestone::OutForDelivery | Milestone::AvailableForPickup => self.move_on(claim, Step::OutForDelivery),
            Milestone::AttemptFailed => {
                self.reach(Step::OutForDelivery);
                self.lay_over(claim);
            }
            Milestone::Exception => self.lay_over(claim),
            Milestone::Cancelled => hold(&mut self.cancelled, claim),
            Milestone::Expired => hold(&mut self.expired, claim),
            Milestone::Unknown => {}
        }
    }

    /// A label was made. A label told late never takes a moving parcel back to the desk.
    fn announce(&mut self, claim: Claim<'a>) {
        self.reach(Step::Processing);
        if self.reached >= Some(Step::Shipped) {
            return;
        }
        if claim.status == Status::PickupFailed {
            self.lay_over(claim);
            return;
        }
        if self.trouble.is_some_and(|trouble| trouble.status == Status::PickupFailed) {
            self.trouble = None;
        }
        self.expired = None;
        hold(&mut self.normal, claim);
    }

    fn move_on(&mut self, claim: Claim<'a>, step: Step) {
        self.reach(step);
        if self.trouble.is_some_and(|trouble| ends(trouble.status, claim.status)) {
            self.trouble = None;
        }
        if is_movement(claim.status) {
            self.cancelled = None;
        }
        self.expired = None;
        hold(&mut self.normal, claim);
    }

    fn lay_over(&mut self, claim: Claim<'a>) {
        self.expired = None;
        // "Delayed" after "lost" is no good news: only a scan of the parcel itself, or another grave word, is.
        let lost_for_good = self.trouble.is_some_and(|trouble| is_grave(trouble.status));
        if !lost_for_good || is_grave(claim.status) {
            hold(&mut self.trouble, claim);
        }
    }

    fn deliver(&mut self, claim: Claim<'a>) {
        let whole_now = self.delivered.is_some_and(|before| before.status == Status::DeliveredPartial)
            && claim.status != Status::DeliveredPartial;
        if self.delivered_at.is_none() || whole_now {
            self.delivered_at = Some(claim.event.time);
        }
        // A second telling may say more ("signed for"), never less ("delivered").
        if self.delivered.is_none() || whole_now || claim.status != Status::Delivered {
            hold(&mut self.delivered, claim);
        }
        let damaged = self.trouble.filter(|trouble| trouble.status == Status::DeliveredDamaged);
        self.trouble = if claim.status == Status::DeliveredDamaged { Some(claim) } else { damaged };
        self.cancelled = None;
        self.expired = None;
        self.redirected_after_delivery = false;
    }

    /// Scanners are emptied late and depots tidy up: what follows a delivery does not undo it, unless it says outright
    /// that the parcel could not be delivered, or that it was sent elsewhere and moves.
    fn take_after_delivery(&mut self, claim: Claim<'a>) {
        match claim.status {
            Status::Undeliverable => {
                self.undo_delivery();
                self.lay_over(claim);
            }
            Status::Redirected => self.redirected_after_delivery = true,
            Status::Damaged => hold(&mut self.trouble, claim),
            status if self.redirected_after_delivery && is_movement(status) => {
                self.undo_delivery();
                self.take(claim.event);
            }
            _ => {}
        }
    }

    fn undo_delivery(&mut self) {
        self.reach(Step::Shipped);
        self.delivered = None;
        self.delivered_at = None;
        self.redirected_after_delivery = false;
    }

    fn turn_back(&mut self, claim: Claim<'a>) {
        self.undo_delivery();
        self.trouble = None;
        self.cancelled = None;
        self.expired = None;
        self.back = Some(claim);
    }

    /// Scans of a parcel that goes back are the sender's business; its arrival, often told as plain "delivered", ends it.
    fn take_on_the_way_back(&mut self, claim: Claim<'a>) {
        let is_back = self.back.is_some_and(|back| back.status == Status::Returned);
        match claim.status.milestone() {
            _ if is_back => {}
            Milestone::Returned => {
                self.trouble = None;
                self.back = Some(claim);
            }
            Milestone::Delivered => {
                self.trouble = None;
                self.back = Some(Claim { status: Status::Returned, ..claim });
            }
            Milestone::Exception if is_grave(claim.status) && claim.status != Status::Undeliverable => {
                hold(&mut self.trouble, claim);
            }
            _ => {}
        }
    }

    fn reach(&mut self, step: Step) {
        self.reached = self.reached.max(Some(step));
    }

    fn finish(self, order: &OrderSteps, last: Option<&TrackingEvent>) -> Progress {
        let furthest = match self.delivered {
            Some(_) => Step::Delivered,
            None => self.reached.unwrap_or(Step::Ordered),
        };
        let damaged_afterwards = self.trouble.filter(|_| self.delivered.is_some());
        let now = damaged_afterwards
            .filter(|trouble| trouble.status.milestone() == Milestone::Delivered)
            .or(self.delivered)
            .or(self.trouble)
            .or(self.back)
            .or(self.cancelled)
            .or(self.expired)
            .or(self.normal)
            .or(self.unknown);
        let untold = if order.cancelled_at.is_some() { Status::Cancelled } else { Status::PendingNoData };
        let status_event = now.map(|claim| claim.event.update());
        Progress {
            furthest,
            current: furthest,
            status: now.map_or(untold, |claim| claim.status),
            since: match now {
                Some(claim) => Some(claim.event.sort_instant()),
                None => {
                    order.cancelled_at.or(order.packed_at).or(order.picked_at).or(order.paid_at).or(order.placed_at)
                }
            },
            trouble: self.trouble.map(|claim| claim.status),
            delivered_at: self.delivered_at,
            later_event: last.map(TrackingEvent::update).filter(|last| status_event.as_ref() != Some(last)),
            status_event,
        }
    }
}

/// Repeating what already holds does not make it hold later.
fn hold<'a>(slot: &mut Option<Claim<'a>>, claim: Claim<'a>) {
    if slot.is_none_or(|held| held.status != claim.status || has_moved(held.event, claim.event)) {
        *slot = Some(claim);
    }
}

fn has_moved(from: &TrackingEvent, to: &TrackingEvent) -> bool {
    !to.place.is_empty() && from.place != to.place
}

/// Trouble that a word from a computer does not end.
fn is_grave(status: Status) -> bool {
    matches!(status, Status::Lost | Status::Disposed | Status::Damaged | Status::Undeliverable)
}

/// A scan that only a parcel in somebody's hands can cause.
fn is_movement(status: Status) -> bool {
    matches!(status.milestone(), Milestone::OutForDelivery | Milestone::AvailableForPickup)
        || matches!(
            status,
            Status::Accepted
                | Status::DepartedFacility
                | Status::ArrivedFacility
                | Status::LeftOriginCountry
                | Status::ArrivedDestinationCountry
                | Status::HandedToLastMile
                | Status::AtLocalFacility
        )
}

/// Whether a normal scan ends this trouble.
fn ends(trouble: Status, scan: Status) -> bool {
    if scan == Status::Resolved {
        return true;
    }
    if is_grave(trouble) {
        return is_movement(scan);
    }
    // The evening's scan at the depot is part of a failed attempt, not the end of it.
    let at_the_depot = matches!(scan, Status::InTransit | Status::ArrivedFacility | Status::AtLocalFacility);
    !(trouble.milestone() == Milestone::AttemptFailed && at_the_depot)
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
