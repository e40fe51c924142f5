//! Trouble noticed: which rules fire for a parcel, since when, for whose eyes, and when to look again.
//!
//! Every rule is a line on the parcel's own timetable ([`Course`]), made from its summary alone; the present only picks what
//! has begun. So what is due and when the answer next changes can never disagree. What is said about it is the work of
//! `wording`, what is kept of it that of the store.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Moment};
use super::event::Update;
use super::status::{Milestone, Status};
use super::summary::{Basis, Summary, SummaryEvent};
use super::way_out::Request;
pub use super::wording::IncidentKind;

/// For whose eyes an incident is, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Staff.
    Watch,
    /// The shopper.
    Tell,
    /// The shopper, who can do something about it.
    Act,
}

impl Level {
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Watch => "watch",
            Level::Tell => "tell",
            Level::Act => "act",
        }
    }

    pub fn read(text: &str) -> Option<Level> {
        [Level::Watch, Level::Tell, Level::Act].into_iter().find(|level| level.as_str() == text)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a brand says of one kind in place of what holds otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The rule never fires.
    Off,
    /// Trouble that a carrier tells has this level; silence never rises above it.
    At(Level),
}

/// How long nothing may be heard, in hours of the carrier's working time: 24 are one business day of the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    pub watch_after_hours: u16,
    /// The shopper is told where the parcel should be there by tomorrow, or nobody knows when it should.
    pub tell_after_hours: u16,
    /// The shopper is told however far the window is.
    pub tell_at_latest_after_hours: u16,
}

/// The rules of one brand, as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    pub no_scan: Silence,
    pub label_unscanned: Silence,
    /// On its way and scanned, yet no further.
    pub stuck: Silence,
    /// How long a clearance may take before it counts as held.
    pub customs: Silence,
    /// A parcel at a pickup point is spoken of so many days before it goes back.
    pub pickup_days_before: u16,
    /// Days after which it is spoken of where nobody says how long it is kept.
    pub pickup_waits_days: u16,
    /// A missed window becomes the shopper's to act on after so many hours of working time.
    pub window_missed_act_after_hours: u16,
    pub levels: BTreeMap<IncidentKind, Setting>,
}

impl Default for Rules {
    fn default() -> Self {
        let silence = |watch_after_hours, tell_after_hours, tell_at_latest_after_hours| Silence {
            watch_after_hours,
            tell_after_hours,
            tell_at_latest_after_hours,
        };
        Rules {
            no_scan: silence(24, 48, 480),
            label_unscanned: silence(24, 48, 192),
            stuck: silence(72, 72, 480),
            customs: silence(24, 48, 120),
            pickup_days_before: 2,
            pickup_waits_days: 5,
            window_missed_act_after_hours: 72,
            levels: BTreeMap::new(),
        }
    }
}

/// What the rules need to know beyond the parcel's summary.
#[derive(Debug, Clone)]
pub struct IncidentFacts {
    /// Whose weekends and holidays count: the destination's.
    pub calendar: Calendar,
    /// Where days begin and end: the destination's zone.
    pub zone: TimeZone,
    /// The last day on which the parcel can be collected.
    pub pickup_until: Option<Date>,
    /// When the parcel was first heard of, for one that no scan has told of.
    pub told_at: Option<Timestamp>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub kind: IncidentKind,
    pub level: Level,
    /// Tells this cause from every other of the same kind and parcel: the day it began. Late and doubled tellings of the
    /// same scan do not change it.
    pub cause: String,
    /// The last scan before the silence, or the event that told of the trouble.
    pub began_at: Timestamp,
}

/// An incident that the shopper is told of, as the summary keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIncident {
    pub kind: IncidentKind,
    pub level: Level,
    pub cause: String,
    pub began_at: Timestamp,
    pub opened_at: Timestamp,
    /// How such a silence usually ends; nothing where history is thin.
    #[serde(default)]
    pub usually: Option<Usually>,
    /// What the shopper asked for because of it.
    #[serde(default)]
    pub request: Option<Request>,
}

/// "Packages silent here usually move again within 2 days: 83 %".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usually {
    pub days: i64,
    /// Of a hundred.
    pub share: i64,
}

/// A silence of the past: when it was noticed, and when the parcel moved again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastSilence {
    pub opened_at: Timestamp,
    pub moved_at: Option<Timestamp>,
}

/// Fewer silences than this tell nothing.
const FEWEST_SILENCES: usize = 30;
/// "Usually" is three times in four, or more.
const USUAL_SHARE: i64 = 75;

/// Within how many days most parcels moved again that had been silent for as long (`waited`, since it was noticed). Only
/// silences that could be followed so far count: counting younger ones would count the quick ones alone, and leaving the
/// open ones out would do the same.
pub fn usually(past: &[PastSilence], waited: SignedDuration, now: Timestamp) -> Option<Usually> {
    let as_long = || past.iter().filter(|silence| silence.moved_at.is_none_or(|at| at >= silence.opened_at + waited));
    [1_i64, 2, 3, 5, 7].into_iter().find_map(|days| {
        let within = waited + SignedDuration::from_hours(24 * days);
        let followed: Vec<&PastSilence> = as_long().filter(|silence| silence.opened_at + within <= now).collect();
        if followed.len() < FEWEST_SILENCES {
            return None;
        }
        let has_moved = |silence: &&&PastSilence| silence.moved_at.is_some_and(|at| at <= silence.opened_at + within);
        // Rounded down: hope is not rounded up.
        let share = i64::try_from(followed.iter().filter(has_moved).count() * 100 / followed.len()).unwrap_or(0);
        (share >= USUAL_SHARE).then_some(Usually { days, share })
    })
}

/// Where a silence began, as history is searched by it: the carrier and the town of the last scan. `None` for what is no
/// silence, or began nowhere.
pub fn spot_of(kind: IncidentKind, summary: &Summary, carrier: Option<&str>) -> Option<String> {
    if !matches!(kind, IncidentKind::NoScan | IncidentKind::Stuck) {
        return None;
    }
    let place = &summary.progress.last_event()?.place;
    let town = place.city.as_ref().or(place.facility.as_ref())?;
    let country = place.country.as_deref().unwrap_or_default();
    Some(format!("{}|{}|{}", carrier?, country, town.trim().to_lowercase()))
}

/// The parcel is under way again (or has come): what a silence is hoped to end with.
pub fn goes_well(summary: &Summary) -> bool {
    summary.progress.trouble.is_none() && has_moved_on(summary.progress.status)
}

/// The incidents that hold at `now`, worst first.
pub fn due(summary: &Summary, facts: &IncidentFacts, rules: &Rules, now: Timestamp) -> Vec<Incident> {
    let mut due: Vec<Incident> = courses(summary, facts, rules)
        .into_iter()
        .filter_map(|course| {
            let level = course.steps.iter().filter(|(at, _)| *at <= now).map(|(_, level)| *level).max()?;
            Some(Incident { kind: course.kind, level, cause: course.cause, began_at: course.began_at })
        })
        .collect();
    due.sort_by(|left, right| (right.level, rank(left.kind)).cmp(&(left.level, rank(right.kind))));
    due
}

/// The earliest instant after `now` at which [`due`] could answer otherwise without a new event. `None`: only an event can.
pub fn next_check(summary: &Summary, facts: &IncidentFacts, rules: &Rules, now: Timestamp) -> Option<Timestamp> {
    let courses = courses(summary, facts, rules);
    courses.iter().flat_map(|course| &course.steps).map(|(at, _)| *at).filter(|at| *at > now).min()
}

/// What leads where several are open at one level: what is known to be wrong before what is only feared.
const fn rank(kind: IncidentKind) -> u8 {
    match kind {
        IncidentKind::Lost => 0,
        IncidentKind::Damaged => 1,
        IncidentKind::Returned => 2,
        IncidentKind::Address => 3,
        IncidentKind::ActionNeeded => 4,
        IncidentKind::Expired => 5,
        IncidentKind::PickupExpiring => 6,
        IncidentKind::FailedAttempt => 7,
        IncidentKind::Customs => 8,
        IncidentKind::Weather => 9,
        IncidentKind::Delayed => 10,
        IncidentKind::WindowMissed => 11,
        IncidentKind::Stuck => 12,
        IncidentKind::LabelUnscanned => 13,
        IncidentKind::NoScan => 14,
    }
}

/// What a kind counts for where its brand says nothing.
const fn usual_level(kind: IncidentKind) -> Level {
    match kind {
        IncidentKind::Address
        | IncidentKind::FailedAttempt
        | IncidentKind::Damaged
        | IncidentKind::Lost
        | IncidentKind::Returned
        | IncidentKind::PickupExpiring
        | IncidentKind::ActionNeeded
        | IncidentKind::Expired => Level::Act,
        IncidentKind::NoScan
        | IncidentKind::LabelUnscanned
        | IncidentKind::Stuck
        | IncidentKind::Customs
        | IncidentKind::Weather
        | IncidentKind::WindowMissed
        | IncidentKind::Delayed => Level::Tell,
    }
}

/// One possible incident: when it begins, and when it grows.
struct Course {
    kind: IncidentKind,
    cause: String,
    began_at: Timestamp,
    steps: Vec<(Timestamp, Level)>,
}

/// All incidents that this parcel has or will have if nothing more is heard of it.
fn courses(summary: &Summary, facts: &IncidentFacts, rules: &Rules) -> Vec<Course> {
    let timetable = Timetable { summary, facts, rules };
    let possible = [
        timetable.trouble(),
        timetable.no_scan(),
        timetable.label_unscanned(),
        timetable.stuck(),
        timetable.clearance(),
        timetable.pickup_expiring(),
        timetable.window_missed(),
    ];
    possible.into_iter().flatten().filter_map(|course| rules.allow(course)).collect()
}

impl Rules {
    fn allow(&self, mut course: Course) -> Option<Course> {
        match self.levels.get(&course.kind) {
            None => {}
            Some(Setting::Off) => return None,
            Some(Setting::At(level)) if is_told(course.kind) => {
                for step in &mut course.steps {
                    step.1 = *level;
                }
            }
            Some(Setting::At(most)) => {
                for step in &mut course.steps {
                    step.1 = step.1.min(*most);
                }
            }
        }
        Some(course)
    }
}

/// A carrier said so; nothing was inferred from time.
const fn is_told(kind: IncidentKind) -> bool {
    !matches!(
        kind,
        IncidentKind::NoScan | IncidentKind::LabelUnscanned | IncidentKind::Stuck | IncidentKind::WindowMissed
    )
}

struct Timetable<'a> {
    summary: &'a Summary,
    facts: &'a IncidentFacts,
    rules: &'a Rules,
}

impl Timetable<'_> {
    fn status(&self) -> Status {
        self.summary.progress.status
    }

    fn milestone(&self) -> Milestone {
        self.status().milestone()
    }

    /// What the carrier itself calls trouble.
    fn trouble(&self) -> Option<Course> {
        let progress = &self.summary.progress;
        let status = progress.trouble.unwrap_or(progress.status);
        let kind = IncidentKind::of(status)?;
        if self.milestone() == Milestone::Delivered && kind != IncidentKind::Damaged {
            return None;
        }
        let level = if asks_the_shopper(status) { Level::Act } else { usual_level(kind) };
        let (began_at, cause) = match self.beginning(kind) {
            Some(event) => (event.sort_instant(), event.time.local.date().to_string()),
            // Only the source's word on the whole parcel says so.
            None => (progress.since.or(self.facts.told_at).unwrap_or(Timestamp::UNIX_EPOCH), "claimed".to_owned()),
        };
        Some(Course { kind, cause, began_at, steps: vec![(Timestamp::MIN, level)] })
    }

    /// The event with which the present trouble began: repeats of it are the same trouble until the parcel moves on. Each
    /// failed attempt is one of its own.
    fn beginning(&self, kind: IncidentKind) -> Option<&Update> {
        let mut beginning = None;
        for SummaryEvent { update: event, .. } in self.summary.events.iter().rev() {
            match IncidentKind::of(event.status) {
                Some(found) if found == kind => {
                    let same_day = |known: &Update| known.time.local.date() == event.time.local.date();
                    if kind == IncidentKind::FailedAttempt && !beginning.is_none_or(same_day) {
                        break;
                    }
                    beginning = Some(event);
                }
                // What returns goes through the network again.
                None if beginning.is_some() && kind != IncidentKind::Returned && has_moved_on(event.status) => break,
                _ => {}
            }
        }
        beginning
    }

    /// On its way, and no scan at all.
    fn no_scan(&self) -> Option<Course> {
        let under_way =
            matches!(self.milestone(), Milestone::InTransit | Milestone::OutForDelivery | Milestone::Unknown);
        let last = self.summary.progress.last_event()?;
        (under_way && self.status() != Status::CustomsStarted)
            .then(|| self.silence(IncidentKind::NoScan, self.rules.no_scan, last))
    }

    /// A label, and nobody has seen the parcel.
    fn label_unscanned(&self) -> Option<Course> {
        if !matches!(self.milestone(), Milestone::Pending | Milestone::InfoReceived)
            || self.status() == Status::PickupFailed
        {
            return None;
        }
        let label = self.summary.events.iter().find(|shown| shown.update.status.milestone() == Milestone::InfoReceived);
        let kind = IncidentKind::LabelUnscanned;
        match (label, self.facts.told_at) {
            (Some(label), _) => Some(self.silence(kind, self.rules.label_unscanned, &label.update)),
            (None, Some(told_at)) => {
                let cause = self.local(told_at).date().to_string();
                Some(self.silence_since(kind, self.rules.label_unscanned, told_at, cause))
            }
            (None, None) => None,
        }
    }

    /// Scanned, maybe again and again, yet no further.
    fn stuck(&self) -> Option<Course> {
        let is_held_up = matches!(self.status(), Status::Weather)
            || IncidentKind::of(self.status()) == Some(IncidentKind::Delayed) && self.status() != Status::PickupFailed;
        let under_way = matches!(self.milestone(), Milestone::InTransit | Milestone::OutForDelivery);
        if self.status() == Status::CustomsStarted || !(under_way || is_held_up) {
            return None;
        }
        // Repeated scans at one place are folded; trouble and a label are no progress.
        let further = self.summary.events.iter().rev().find(|shown| {
            !shown.folded && IncidentKind::of(shown.update.status).is_none() && has_moved_on(shown.update.status)
        })?;
        Some(self.silence(IncidentKind::Stuck, self.rules.stuck, &further.update))
    }

    /// Handed to customs and not given back.
    fn clearance(&self) -> Option<Course> {
        let event = self.summary.progress.status_event.as_ref().filter(|_| self.status() == Status::CustomsStarted)?;
        Some(self.silence(IncidentKind::Customs, self.rules.customs, event))
    }

    fn pickup_expiring(&self) -> Option<Course> {
        if self.milestone() != Milestone::AvailableForPickup {
            return None;
        }
        let event = self.summary.progress.status_event.as_ref()?;
        let arrived = event.time.local.date();
        let speak_on = match self.facts.pickup_until {
            Some(until) => until.saturating_sub(i64::from(self.rules.pickup_days_before).days()),
            None => arrived.saturating_add(i64::from(self.rules.pickup_waits_days).days()),
        };
        Some(Course {
            kind: IncidentKind::PickupExpiring,
            cause: self.facts.pickup_until.unwrap_or(arrived).to_string(),
            began_at: event.sort_instant(),
            steps: vec![(self.start_of(speak_on.max(arrived)), usual_level(IncidentKind::PickupExpiring))],
        })
    }

    /// The day that was told has passed. One learnt from other parcels is nobody's promise: it is watched.
    fn window_missed(&self) -> Option<Course> {
        let window = self.summary.window.as_ref()?;
        let is_over = self.summary.progress.is_final()
            || matches!(self.milestone(), Milestone::AvailableForPickup | Milestone::Returning | Milestone::Cancelled);
        if is_over {
            return None;
        }
        // A window that took the place of one that passed does not undo that.
        let (latest, basis) =
            window.missed.map_or((window.latest, window.basis), |missed| (missed.latest, missed.basis));
        let passed = self.start_of(latest.tomorrow().ok()?);
        let (promised, watched) = match (basis, window.promised) {
            (Basis::Carrier | Basis::Promise, _) => (Some(latest), None),
            (Basis::History, promised) => (promised, Some((passed, Level::Watch))),
        };
        let broken = promised.and_then(|day| day.tomorrow().ok()).map(|day| self.start_of(day));
        let told = broken.map(|broken| {
            let act_at = self.after_working(broken, self.rules.window_missed_act_after_hours);
            [(broken, usual_level(IncidentKind::WindowMissed)), (act_at, Level::Act)]
        });
        Some(Course {
            kind: IncidentKind::WindowMissed,
            cause: promised.unwrap_or(latest).to_string(),
            began_at: broken.unwrap_or(passed),
            steps: watched.into_iter().chain(told.into_iter().flatten()).collect(),
        })
    }

    /// The last day on which it may still come as it was told. One learnt from others is passed by some in ten, and a silence
    /// says little before that: with a promise that counts.
    fn told_by(&self) -> Option<Date> {
        let window = self.summary.window.as_ref()?;
        let (latest, basis) =
            window.missed.map_or((window.latest, window.basis), |missed| (missed.latest, missed.basis));
        match basis {
            Basis::Carrier | Basis::Promise => latest.yesterday().ok(),
            Basis::History => match window.promised {
                Some(promised) => promised.max(latest).yesterday().ok(),
                None => latest.tomorrow().ok(),
            },
        }
    }

    fn silence(&self, kind: IncidentKind, limits: Silence, last: &Update) -> Course {
        self.silence_since(kind, limits, last.sort_instant(), last.time.local.date().to_string())
    }

    fn silence_since(&self, kind: IncidentKind, limits: Silence, since: Timestamp, cause: String) -> Course {
        let told = self.after_working(since, limits.tell_after_hours);
        // With days to spare a shopper needs no word of a silence that most parcels break in time.
        let near = self.told_by();
        let told = near.map_or(told, |near| told.max(self.start_of(near)));
        let at_latest = self.after_working(since, limits.tell_at_latest_after_hours);
        Course {
            kind,
            cause,
            began_at: since,
            steps: vec![
                (self.after_working(since, limits.watch_after_hours), Level::Watch),
                (told.min(at_latest), usual_level(kind)),
            ],
        }
    }

    fn local(&self, instant: Timestamp) -> DateTime {
        instant.to_zoned(self.facts.zone.clone()).datetime()
    }

    fn start_of(&self, day: Date) -> Timestamp {
        self.instant(day.to_datetime(jiff::civil::Time::midnight()))
    }

    fn instant(&self, local: DateTime) -> Timestamp {
        // Beyond the years that can be written nothing is ever due.
        self.facts.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
    }

    /// The instant by which the carrier has had so many hours of working time since `since`.
    fn after_working(&self, since: Timestamp, hours: u16) -> Timestamp {
        let calendar = self.facts.calendar;
        let start = Moment::from(self.local(since));
        let end = calendar.moment_at(calendar.working_time(start) + f64::from(hours) / 24.0);
        let day = end.date();
        let into_the_day = (end.days_since(Moment::start_of(day)) * 86_400.0).ceil().clamp(0.0, 86_400.0);
        let local = day.to_datetime(jiff::civil::Time::midnight());
        // Whole seconds, rounded up: an instant found this way is never before the one it was found from.
        let local = local.saturating_add(SignedDuration::from_secs(into_the_day as i64));
        self.instant(local).max(since)
    }
}

/// The carrier waits for the shopper's word, whatever the kind is otherwise worth.
const fn asks_the_shopper(status: Status) -> bool {
    matches!(status, Status::DutiesUnpaid | Status::DocumentsRequired | Status::PaymentDue | Status::ActionRequired)
}

/// A normal scan on the way. A label or a word from a computer moves nothing.
const fn has_moved_on(status: Status) -> bool {
    matches!(
        status.milestone(),
        Milestone::InTransit | Milestone::OutForDelivery | Milestone::AvailableForPickup | Milestone::Delivered
    )
}

#[cfg(test)]
#[path = "incident_tests.rs"]
mod tests;
