//! What is kept of a shipment's fold, so that a page reads one row: progress, the updates in order, and the window.
//!
//! Words are put on it when it is shown, in the language of whoever looks.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::sources::{EstimateDraft, Expected};

use super::estimate::ledger::{Ledger, Reason, Revision};
use super::estimate::{self, Estimate};
use super::event::{EventPlace, EventTime, TrackingEvent, Update};
use super::incident::OpenIncident;
use super::progress::{OrderSteps, Progress, progress};
use super::scans::{shown, visible};
use super::status::Status;

/// What sources say of the whole shipment, newest telling each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claims {
    pub status: Option<Status>,
    /// The newest of `estimates`.
    pub estimate: Option<EstimateDraft>,
    /// Each time the carrier told another day, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub estimates: Vec<ToldEstimate>,
    pub origin: Option<EventPlace>,
    pub destination: Option<EventPlace>,
    /// The last day on which it can be collected.
    pub pickup_until: Option<Date>,
}

/// A day that the carrier gave, and as of when: that of the newest event told with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldEstimate {
    pub at: Timestamp,
    pub estimate: EstimateDraft,
}

/// A carrier that changes its mind more often says nothing by it.
const MOST_ESTIMATES: usize = 20;

impl Claims {
    /// Takes note of a day that was told as of `at`. What is told of an earlier time stays the earlier, whenever it is told.
    pub fn hear(&mut self, estimate: &EstimateDraft, at: Timestamp) {
        if self.estimates.is_empty()
            && let Some(known) = &self.estimate
        {
            let before = at - jiff::SignedDuration::from_secs(1);
            self.estimates.push(ToldEstimate { at: before, estimate: known.clone() });
        }
        let told = ToldEstimate { at, estimate: estimate.clone() };
        match self.estimates.binary_search_by_key(&at, |told| told.at) {
            Ok(same_time) => self.estimates[same_time] = told,
            Err(place) => self.estimates.insert(place, told),
        }
        // Of each run of one answer the first and the last: another may still be told of in between.
        let answers: Vec<&EstimateDraft> = self.estimates.iter().map(|told| &told.estimate).collect();
        let within = |at: usize| at > 0 && answers.get(at + 1) == Some(&answers[at]) && answers[at - 1] == answers[at];
        let mut is_kept: Vec<bool> = (0..answers.len()).map(|at| !within(at)).collect();
        let too_many = is_kept.iter().filter(|kept| **kept).count().saturating_sub(MOST_ESTIMATES);
        is_kept.iter_mut().filter(|kept| **kept).take(too_many).for_each(|kept| *kept = false);
        let mut kept = is_kept.into_iter();
        self.estimates.retain(|_| kept.next().unwrap_or(true));
        self.estimate = self.estimates.last().map(|told| told.estimate.clone());
    }
}

/// Who says when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The carrier's own date.
    Carrier,
    /// What the shop promised at checkout.
    Promise,
    /// Learnt from parcels on the same way.
    History,
}

/// The window in which the parcel should come: days of the destination, never instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub earliest: Date,
    pub latest: Date,
    pub basis: Basis,
    /// It is later than what the shop promised.
    #[serde(default, skip_serializing_if = "is_false")]
    pub moved_later: bool,
    /// Of a hundred parcels so many come within it, where that was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// What the shop promised, where the window is learnt from other parcels: that stays its word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Date>,
    /// The window whose place it took when that passed without the parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Missed>,
}

/// A day that passed without the parcel, and who had said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    pub latest: Date,
    pub basis: Basis,
}

/// One line of how the window moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub on: Date,
    pub earliest: Date,
    pub latest: Date,
    pub basis: Basis,
    pub reason: Reason,
}

/// One update and how it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "KeptEvent")]
pub struct SummaryEvent {
    #[serde(flatten)]
    pub update: Update,
    pub folded: bool,
    pub stands_out: bool,
}

/// The same as it is kept. Read by itself: a flattened part is read twice as slowly, and every page reads its updates.
#[derive(Deserialize)]
struct KeptEvent {
    status: Status,
    time: EventTime,
    place: EventPlace,
    folded: bool,
    stands_out: bool,
}

// The signature is serde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}

impl From<KeptEvent> for SummaryEvent {
    fn from(kept: KeptEvent) -> SummaryEvent {
        let KeptEvent { status, time, place, folded, stands_out } = kept;
        SummaryEvent { update: Update { status, time, place }, folded, stands_out }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub progress: Progress,
    /// Oldest first.
    pub events: Vec<SummaryEvent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// How it came to be the present one, oldest first: the end of the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Moved>,
    /// Events told over a day ahead of time are kept, not shown, until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_until: Option<Timestamp>,
    /// What the shopper is told of, worst first; what only staff watch is not among it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<OpenIncident>,
}

/// Folds a shipment. Depends on the set of events, not on their order or number of tellings.
pub fn summarise(
    events: &[TrackingEvent],
    claims: &Claims,
    promised: Option<&EstimateDraft>,
    order: &OrderSteps,
    now: Timestamp,
) -> Summary {
    let hidden_until = events
        .iter()
        .filter(|event| event.time.is_quarantined(now))
        .map(|event| event.time.sort_instant() - jiff::SignedDuration::from_hours(24))
        .min();
    let events = visible(events, now);
    let mut progress = progress(&events, order);
    if events.is_empty()
        && let Some(claimed) = claims.status
    {
        progress.status = claimed;
    }
    let shown = shown(&events)
        .into_iter()
        .map(|shown| SummaryEvent { update: shown.event.update(), folded: shown.folded, stands_out: shown.stands_out })
        .collect();
    let window = if progress.is_final() { None } else { window(claims.estimate.as_ref(), promised) };
    Summary { progress, events: shown, window, moves: Vec::new(), hidden_until, incidents: Vec::new() }
}

/// The carrier's date before the shop's promise. No date is made up where neither gives one.
pub fn window(carrier: Option<&EstimateDraft>, promised: Option<&EstimateDraft>) -> Option<Window> {
    let promised_latest =
        promised.and_then(|draft| draft.latest.as_ref().or(draft.earliest.as_ref())).map(Expected::day);
    let read = |draft: &EstimateDraft, basis| {
        let earliest = draft.earliest.as_ref().or(draft.latest.as_ref()).map(Expected::day)?;
        let latest = draft.latest.as_ref().or(draft.earliest.as_ref()).map(Expected::day)?;
        let (earliest, latest) = (earliest.min(latest), earliest.max(latest));
        let moved_later = promised_latest.is_some_and(|promised| latest > promised);
        Some(Window { earliest, latest, basis, moved_later, confidence: None, promised: None, missed: None })
    };
    carrier
        .and_then(|draft| read(draft, Basis::Carrier))
        .or_else(|| promised.and_then(|draft| read(draft, Basis::Promise)))
}

/// Lines of the ledger that a page tells.
const MOST_MOVES: usize = 8;

impl From<estimate::Basis> for Basis {
    fn from(basis: estimate::Basis) -> Basis {
        match basis {
            estimate::Basis::Carrier => Basis::Carrier,
            estimate::Basis::MerchantPromise => Basis::Promise,
            estimate::Basis::Lane { .. } => Basis::History,
        }
    }
}

impl Window {
    /// An estimate as the page tells it, beside what the shop promised.
    pub fn of(estimate: &Estimate, promised: Option<&EstimateDraft>) -> Window {
        let basis = Basis::from(estimate.basis);
        let promised = promised.and_then(|draft| window(None, Some(draft))).map(|window| window.latest);
        // Of a window learnt from others the last day alone breaks no promise: most come before it.
        let told = if basis == Basis::History { estimate.most_likely } else { estimate.latest };
        Window {
            earliest: estimate.earliest,
            latest: estimate.latest,
            basis,
            moved_later: promised.is_some_and(|promised| told > promised),
            confidence: (basis == Basis::History).then(|| (estimate.confidence * 100.0).round() as u8),
            promised: promised.filter(|_| basis == Basis::History),
            missed: None,
        }
    }
}

impl Summary {
    /// Shows what a ledger says: its present window and how that came to be.
    pub fn foretell(&mut self, ledger: &Ledger, promised: Option<&EstimateDraft>) {
        let missed = ledger.missed().map(Missed::of);
        let present = ledger.present().filter(|_| !self.progress.is_final());
        self.window = present.map(|present| Window { missed, ..Window::of(&present.estimate, promised) });
        let moves = ledger.revisions.iter().map(Moved::of);
        self.moves = moves.skip(ledger.revisions.len().saturating_sub(MOST_MOVES)).collect();
    }
}

impl Missed {
    pub fn of(revision: &Revision) -> Missed {
        Missed { latest: revision.estimate.latest, basis: revision.estimate.basis.into() }
    }
}

impl Moved {
    fn of(revision: &Revision) -> Moved {
        let Estimate { earliest, latest, basis, .. } = revision.estimate;
        Moved { on: revision.at.date(), earliest, latest, basis: basis.into(), reason: revision.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCANNED: &str = r#"{"status":"in_transit.accepted","time":{"local":"2026-11-22T06:23:00","time_known":true,"offset_seconds":3600,"zone":"place"},"place":{"city":"Berlin","country":"DE"}"#;

    /// As it was kept before what is unknown was left out.
    fn older(later: &str) -> String {
        format!(
            r#"{{"progress":{{"furthest":"shipped","current":"shipped","status":"in_transit.accepted","since":"2026-11-22T05:23:00Z","trouble":null,"delivered_at":null,"status_event":{SCANNED}}},"last_event":{later}}},"events":[{SCANNED},"folded":false,"stands_out":true}}],"window":null,"moves":[],"hidden_until":null,"incidents":[]}}"#
        )
    }

    #[test]
    fn what_an_older_version_kept_is_read_and_kept_shorter() {
        let summary: Summary = serde_json::from_str(&older(&format!("{SCANNED}}}"))).unwrap();
        assert_eq!(summary.progress.last_event(), summary.progress.status_event.as_ref());
        assert!(summary.events[0].stands_out && !summary.events[0].folded);
        let kept = serde_json::to_string(&summary).unwrap();
        assert_eq!(serde_json::from_str::<Summary>(&kept).unwrap(), summary);
        assert!(!kept.contains("null"), "{kept}");
    }

    #[test]
    fn the_newest_event_is_the_one_that_made_the_status_unless_another_came_after() {
        let rescanned = SCANNED.replace("06:23", "09:40") + "}";
        let summary: Summary = serde_json::from_str(&older(&rescanned)).unwrap();
        let last = summary.progress.last_event().unwrap();
        assert_eq!(last.time.local.to_string(), "2026-11-22T09:40:00");
        assert_eq!(summary.progress.status_event.as_ref().unwrap().time.local.to_string(), "2026-11-22T06:23:00");
    }
}
