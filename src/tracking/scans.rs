//! Reading a list of events as scans: in what order they stand, which are one scan told twice, which are noise, and which
//! belong to another parcel that had the same number.
//!
//! What they add up to is the work of `progress`.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::event::{EventPlace, Fingerprint, TrackingEvent};
use super::status::{Milestone, Status};

/// Two sources tell of one scan within this time of each other.
const ONE_SCAN: SignedDuration = SignedDuration::from_mins(5);

/// No two zones are further apart: beyond it, an equal wall-clock is another day's.
const WIDEST_ZONES: SignedDuration = SignedDuration::from_hours(26);

/// A new label this long after the end of a parcel is a new parcel.
const NEW_LABEL_AFTER: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Any scan this long after the end of a parcel is a new parcel: carriers reuse numbers after months.
const NEW_PARCEL_AFTER: SignedDuration = SignedDuration::from_hours(60 * 24);

/// An event as the list of updates shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownEvent<'a> {
    pub event: &'a TrackingEvent,
    /// Noise, shown behind "all updates" only.
    pub folded: bool,
    /// It changes what the shopper expects.
    pub stands_out: bool,
}

/// The events that may be shown at `now`: a clock gone wrong is kept in the store, not on the page.
pub fn visible(events: &[TrackingEvent], now: Timestamp) -> Vec<TrackingEvent> {
    events.iter().filter(|event| !event.time.is_quarantined(now)).cloned().collect()
}

/// Oldest first, verbatim repeats dropped, in the one order that depends on nothing but content.
pub fn in_order(events: &[TrackingEvent]) -> Vec<&TrackingEvent> {
    let mut keyed: Vec<(Timestamp, Status, Fingerprint, &TrackingEvent)> =
        events.iter().map(|event| (event.sort_instant(), event.status, event.fingerprint(), event)).collect();
    keyed.sort_by(|left, right| {
        (left.0, left.1, left.2).cmp(&(right.0, right.1, right.2)).then_with(|| {
            let tail = |event: &TrackingEvent| {
                (
                    event.time.zone,
                    event.time.time_known,
                    event.time.local,
                    event.place.to_text(),
                    event.said.text.clone(),
                )
            };
            tail(left.3).cmp(&tail(right.3))
        })
    });
    let mut seen = HashSet::with_capacity(keyed.len());
    keyed.into_iter().filter(|key| seen.insert(key.2)).map(|key| key.3).collect()
}

/// The scans behind the events, oldest first: one told by several sources is one, in its fullest telling.
pub fn merged(events: &[TrackingEvent]) -> Vec<&TrackingEvent> {
    told_once(&in_order(events)).into_iter().map(|scan| scan.fullest).collect()
}

/// Every event once, oldest first, with what is noise and what stands out.
pub fn shown(events: &[TrackingEvent]) -> Vec<ShownEvent<'_>> {
    let ordered = in_order(events);
    let kept: HashSet<*const TrackingEvent> =
        told_once(&ordered).into_iter().map(|scan| std::ptr::from_ref(scan.fullest)).collect();
    let only_unknown = ordered.iter().all(|event| event.status.milestone() == Milestone::Unknown);

    let mut shown = Vec::with_capacity(ordered.len());
    // The statuses already shown at the place where the parcel is.
    let mut here: Vec<Status> = Vec::new();
    let mut before: Option<&TrackingEvent> = None;
    for event in ordered {
        let is_twin = !kept.contains(&std::ptr::from_ref(event));
        let is_unknown = event.status.milestone() == Milestone::Unknown && !only_unknown;
        if is_twin || is_unknown {
            shown.push(ShownEvent { event, folded: true, stands_out: false });
            continue;
        }
        let has_moved = before.is_some_and(|before| !is_same_building(&before.place, &event.place));
        if has_moved || !is_routine(event.status) {
            here.clear();
        }
        let repeats = before.is_some_and(|before| repeats_the_day(before, event));
        let noise = is_routine(event.status)
            && (here.contains(&event.status) || (event.status == Status::InTransit && !here.is_empty()));
        here.push(event.status);
        before = Some(event);
        let folded = noise || repeats;
        shown.push(ShownEvent { event, folded, stands_out: !folded && changes_an_expectation(event.status) });
    }
    shown
}

/// Whether `event` is the first of a new parcel under a number whose `earlier` events (oldest first) told of another.
pub fn starts_new_shipment(earlier: &[&TrackingEvent], event: &TrackingEvent) -> bool {
    let ended = earlier.iter().rev().find(|event| {
        matches!(
            event.status.milestone(),
            Milestone::Delivered | Milestone::Returned | Milestone::Cancelled | Milestone::Expired
        )
    });
    let Some(ended) = ended else { return false };
    let silence =
        earlier.last().map_or(SignedDuration::ZERO, |last| event.sort_instant().duration_since(last.sort_instant()));
    let since_the_end = event.sort_instant().duration_since(ended.sort_instant());
    match event.status.milestone() {
        Milestone::Pending | Milestone::InfoReceived => since_the_end >= NEW_LABEL_AFTER,
        Milestone::InTransit if event.status == Status::Accepted => since_the_end >= NEW_LABEL_AFTER,
        // A return may set out weeks after a delivery, and belongs to it.
        Milestone::Unknown | Milestone::Returning | Milestone::Returned | Milestone::Expired => false,
        _ => silence >= NEW_PARCEL_AFTER,
    }
}

/// The events of each parcel that had this number, oldest parcel first. The newest answers.
pub fn splits(events: &[TrackingEvent]) -> Vec<Vec<&TrackingEvent>> {
    let mut parcels: Vec<Vec<&TrackingEvent>> = Vec::new();
    for event in in_order(events) {
        match parcels.last_mut() {
            Some(parcel) if !starts_new_shipment(parcel, event) => parcel.push(event),
            _ => parcels.push(vec![event]),
        }
    }
    parcels
}

struct Scan<'a> {
    fullest: &'a TrackingEvent,
    tellings: Vec<&'a TrackingEvent>,
}

fn told_once<'a>(ordered: &[&'a TrackingEvent]) -> Vec<Scan<'a>> {
    let mut scans: Vec<Scan<'a>> = Vec::with_capacity(ordered.len());
    for &event in ordered {
        let known = scans
            .iter_mut()
            .rev()
            .take_while(|scan| event.sort_instant().duration_since(scan.tellings[0].sort_instant()) <= WIDEST_ZONES)
            .find(|scan| {
                is_same_happening(scan.fullest.status, event.status)
                    && scan.tellings.iter().any(|telling| is_same_scan(telling, event))
            });
        match known {
            Some(scan) => {
                scan.tellings.push(event);
                if fullness(event) > fullness(scan.fullest) {
                    scan.fullest = event;
                }
            }
            None => scans.push(Scan { fullest: event, tellings: vec![event] }),
        }
    }
    scans.sort_by_key(|scan| (scan.fullest.sort_instant(), scan.fullest.status, scan.fullest.fingerprint()));
    scans
}

fn is_same_scan(left: &TrackingEvent, right: &TrackingEvent) -> bool {
    if !could_be_one_place(&left.place, &right.place) {
        return false;
    }
    if !(left.time.time_known && right.time.time_known) {
        return left.status == right.status && left.time.local.date() == right.time.local.date();
    }
    let apart = right.sort_instant().duration_since(left.sort_instant()).abs();
    apart <= ONE_SCAN || left.time.local == right.time.local
}

fn is_same_happening(left: Status, right: Status) -> bool {
    left == right || (left.milestone() == right.milestone() && (is_general(left) || is_general(right)))
}

/// A status that only names its milestone, as sources with a short vocabulary tell it.
fn is_general(status: Status) -> bool {
    matches!(
        status,
        Status::PendingNoData | Status::InTransit | Status::AttemptOther | Status::Delivered | Status::ExceptionOther
    )
}

/// How much a telling says; the fullest speaks for the scan.
fn fullness(event: &TrackingEvent) -> (bool, bool, bool, std::cmp::Reverse<super::event::ZoneCertainty>) {
    (!is_general(event.status), event.time.time_known, !event.place.is_empty(), std::cmp::Reverse(event.time.zone))
}

fn could_be_one_place(left: &EventPlace, right: &EventPlace) -> bool {
    if left.is_empty() || right.is_empty() {
        return true;
    }
    let country_differs = matches!((&left.country, &right.country), (Some(left), Some(right)) if !is_same(left, right));
    if country_differs {
        return false;
    }
    match (&left.city, &right.city) {
        (Some(left), Some(right)) => is_same(left, right),
        (Some(city), None) => right.facility.as_ref().is_none_or(|facility| names(facility, city)),
        (None, Some(city)) => left.facility.as_ref().is_none_or(|facility| names(facility, city)),
        (None, None) => match (&left.facility, &right.facility) {
            (Some(left), Some(right)) => is_same(left, right),
            _ => true,
        },
    }
}

fn is_same_building(left: &EventPlace, right: &EventPlace) -> bool {
    let facility_differs =
        matches!((&left.facility, &right.facility), (Some(left), Some(right)) if !is_same(left, right));
    !facility_differs && could_be_one_place(left, right)
}

/// Sources write one place in capitals and another way.
fn is_same(left: &str, right: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    left == right || letters(left) == letters(right)
}

fn names(facility: &str, city: &str) -> bool {
    facility.to_lowercase().contains(&city.to_lowercase())
}

/// Scans that a parcel gets many of at one place.
fn is_routine(status: Status) -> bool {
    matches!(
        status,
        Status::InTransit
            | Status::ArrivedFacility
            | Status::DepartedFacility
            | Status::AtLocalFacility
            | Status::LabelCreated
            | Status::AwaitingHandover
            | Status::PendingNoData
    )
}

/// Put on the vehicle twice in a morning, announced delivered twice in a day: the first said it.
fn repeats_the_day(before: &TrackingEvent, event: &TrackingEvent) -> bool {
    before.status == event.status
        && !is_routine(event.status)
        && before.time.local.date() == event.time.local.date()
        && could_be_one_place(&before.place, &event.place)
}

fn changes_an_expectation(status: Status) -> bool {
    match status.milestone() {
        Milestone::Pending | Milestone::Unknown => false,
        Milestone::InfoReceived => status == Status::PickupFailed,
        Milestone::InTransit => matches!(
            status,
            Status::AddressCorrected | Status::Redirected | Status::DeliveryScheduled | Status::Resolved
        ),
        _ => true,
    }
}
