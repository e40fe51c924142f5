//! What is kept of a shipment's fold, so that a page reads one row: progress, the updates in order, and the window.
//!
//! Words are put on it when it is shown, in the language of whoever looks.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::sources::{EstimateDraft, Expected};

use super::event::{EventPlace, TrackingEvent};
use super::incident::OpenIncident;
use super::progress::{OrderSteps, Progress, progress};
use super::scans::{shown, visible};
use super::status::Status;

/// What sources say of the whole shipment, newest telling each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claims {
    pub status: Option<Status>,
    pub estimate: Option<EstimateDraft>,
    pub origin: Option<EventPlace>,
    pub destination: Option<EventPlace>,
    /// The last day on which it can be collected.
    pub pickup_until: Option<Date>,
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
    #[serde(default)]
    pub moved_later: bool,
}

/// One update and how it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummaryEvent {
    #[serde(flatten)]
    pub event: TrackingEvent,
    pub folded: bool,
    pub stands_out: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub progress: Progress,
    /// Oldest first.
    pub events: Vec<SummaryEvent>,
    pub window: Option<Window>,
    /// Events told over a day ahead of time are kept, not shown, until then.
    pub hidden_until: Option<Timestamp>,
    /// What the shopper is told of, worst first; what only staff watch is not among it.
    #[serde(default)]
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
        .map(|shown| SummaryEvent { event: shown.event.clone(), folded: shown.folded, stands_out: shown.stands_out })
        .collect();
    let window = if progress.is_final() { None } else { window(claims.estimate.as_ref(), promised) };
    Summary { progress, events: shown, window, hidden_until, incidents: Vec::new() }
}

/// The carrier's date before the shop's promise. No date is made up where neither gives one.
pub fn window(carrier: Option<&EstimateDraft>, promised: Option<&EstimateDraft>) -> Option<Window> {
    let promised_latest =
        promised.and_then(|draft| draft.latest.as_ref().or(draft.earliest.as_ref())).map(Expected::day);
    let read = |draft: &EstimateDraft, basis| {
        let earliest = draft.earliest.as_ref().or(draft.latest.as_ref()).map(Expected::day)?;
        let latest = draft.latest.as_ref().or(draft.earliest.as_ref()).map(Expected::day)?;
        let (earliest, latest) = (earliest.min(latest), earliest.max(latest));
        Some(Window { earliest, latest, basis, moved_later: promised_latest.is_some_and(|promised| latest > promised) })
    };
    carrier
        .and_then(|draft| read(draft, Basis::Carrier))
        .or_else(|| promised.and_then(|draft| read(draft, Basis::Promise)))
}
