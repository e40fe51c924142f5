//! What would have been told of a shop's past parcels, and when: promises kept, silences, windows.
//!
//! Every parcel is walked in time and judged by what was known then. Reading files and printing are the command line's.

pub mod gather;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::calendar::days_between;
use super::estimate::history::{CONFIDENCE, Forecast, History};
use super::estimate::known::moment;
use super::estimate::ledger::{End, ledger};
use super::estimate::lessons::{self, Lesson};
use super::estimate::{Journey, ledger::Walked};
use super::incident::{IncidentKind, Level, Rules, due, next_check};
use super::status::Milestone;
use super::summary::{Basis, Claims, Window, summarise, window};
use gather::AuditParcel;

/// Lanes with fewer parcels than this are counted, not ranked.
const FEWEST_PARCELS: usize = 10;
/// A parcel that never ended is followed for so many days after its last scan, as long as the files reach: no longer is
/// anybody waiting for it.
const FOLLOWED: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Looks at one silence at most; each rule has three.
const MOST_LOOKS: usize = 24;

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Audit {
    pub parcels: usize,
    pub orders_without_parcel: usize,
    pub all: Figures,
    /// Worst first.
    pub lanes: Vec<LaneAudit>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LaneAudit {
    pub lane: String,
    pub figures: Figures,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    pub parcels: usize,
    pub delivered: usize,
    /// The shop's (or the carrier's first) date, on parcels that came.
    pub promises: Kept,
    /// Windows learnt from the parcels that had come before, at the latest stage that had one.
    pub windows: Kept,
    /// Median days by which the last day of the window lay before the promised one.
    pub window_sooner_than_promise: Option<f64>,
    pub gaps: Gaps,
    pub silences: Silences,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Kept {
    pub judged: usize,
    pub kept: usize,
    pub early: usize,
    pub missed: usize,
    /// Of those missed.
    pub median_days_late: Option<f64>,
}

/// The longest time in which a shopper heard nothing, from the order (or first scan) to the end.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Gaps {
    pub longest_hours: f64,
    pub median_hours: f64,
    pub share_over_24_hours: f64,
    pub share_over_72_hours: f64,
}

/// Parcels whose silence the rules would have told the shopper of.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Silences {
    pub found: usize,
    /// Of those that came on time, or whose promise is not known, how many were told of all the same.
    pub found_though_on_time: usize,
    /// Late parcels that were found before they came.
    pub late_found: usize,
    pub late: usize,
    /// Median hours from the finding to the delivery, the return or the end of the export.
    pub median_hours_sooner: Option<f64>,
}

/// Audits parcels with a brand's rules. What had not ended by the newest event of all is taken as still on its way then.
pub fn audit(parcels: &[AuditParcel], orders_without_parcel: usize, rules: &Rules) -> Audit {
    let newest = parcels.iter().flat_map(|parcel| &parcel.events).map(|event| event.sort_instant()).max();
    let until = newest.unwrap_or(Timestamp::UNIX_EPOCH);
    let forecasts = foretell_all(parcels, until);
    let findings: Vec<(String, Finding)> = parcels
        .iter()
        .zip(&forecasts)
        .map(|(parcel, told)| (parcel.journey.parcel.lane.label(), Finding::of(parcel, told, rules, until)))
        .collect();
    let mut by_lane: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for (lane, finding) in &findings {
        by_lane.entry(lane).or_default().push(finding);
    }
    let mut lanes: Vec<LaneAudit> = by_lane
        .into_iter()
        .filter(|(_, findings)| findings.len() >= FEWEST_PARCELS)
        .map(|(lane, findings)| LaneAudit { lane: lane.to_owned(), figures: Figures::of(&findings) })
        .collect();
    lanes.sort_by(|a, b| b.figures.badness().total_cmp(&a.figures.badness()).then_with(|| a.lane.cmp(&b.lane)));
    let all: Vec<&Finding> = findings.iter().map(|(_, finding)| finding).collect();
    Audit { parcels: parcels.len(), orders_without_parcel, all: Figures::of(&all), lanes }
}

/// Of each parcel what was foreseen at each stage, from what had come before only.
fn foretell_all(parcels: &[AuditParcel], until: Timestamp) -> Vec<Told> {
    let mut history = History::default();
    let mut told: Vec<Told> = parcels
        .iter()
        .map(|parcel| {
            let now = moment(until, &parcel.surroundings.zone);
            let read = ledger(&history, &parcel.journey, &parcel.events, (&[], &Walked::default()), now, CONFIDENCE);
            Told { journey: read.journey, end: read.end, forecasts: Vec::new() }
        })
        .collect();
    let next = |told: &Told| lessons::next(&told.journey, told.end, &lessons::told(&told.forecasts));
    let order = |at: usize, told: &Told, lesson: Lesson| {
        (lesson.at().seconds(), matches!(lesson, Lesson::Ended(_)), told.journey.parcel.hash, at)
    };
    let first = told.iter().enumerate().filter_map(|(at, told)| Some(order(at, told, next(told)?)));
    let mut waiting: BTreeSet<_> = first.collect();
    while let Some((.., at)) = waiting.pop_first() {
        let Some(lesson) = next(&told[at]) else { continue };
        let Told { journey, forecasts, .. } = &mut told[at];
        lessons::learn(&mut history, journey, lesson, forecasts);
        if matches!(lesson, Lesson::SetOut(..))
            && let Some(lesson) = next(&told[at])
        {
            waiting.insert(order(at, &told[at], lesson));
        }
    }
    told
}

struct Told {
    journey: Journey,
    end: Option<End>,
    forecasts: Vec<Forecast>,
}

/// What came of one parcel.
struct Finding {
    arrived: Option<Date>,
    promised: Option<Date>,
    window: Option<super::estimate::window::Window>,
    longest_gap: SignedDuration,
    found_at: Option<Timestamp>,
    ended_at: Timestamp,
}

impl Finding {
    fn of(parcel: &AuditParcel, told: &Told, rules: &Rules, until: Timestamp) -> Finding {
        let events = &parcel.events;
        let ends = |milestone| matches!(milestone, Milestone::Delivered | Milestone::Returned | Milestone::Cancelled);
        let ended = events.iter().find(|event| ends(event.status.milestone())).map(|event| event.sort_instant());
        let last = events.last().map_or(until, |event| event.sort_instant());
        let ended_at = ended.or(parcel.order.cancelled_at).unwrap_or(last + FOLLOWED).min(until);
        let promised =
            window(parcel.claims.estimates.first().map(|told| &told.estimate), parcel.order.promised.as_ref());
        let shop = window(None, parcel.order.promised.as_ref()).or(promised);
        let mut heard: Vec<Timestamp> = parcel.order.placed_at.into_iter().collect();
        heard.extend(events.iter().map(|event| event.sort_instant()));
        heard.retain(|at| *at <= ended_at);
        heard.push(ended_at);
        heard.sort_unstable();
        let gaps = heard.windows(2).map(|pair| pair[1].duration_since(pair[0]));
        Finding {
            arrived: told.end.filter(|end| end.arrived).map(|end| end.at.date()),
            promised: shop.map(|window| window.latest),
            window: told.forecasts.iter().rev().find_map(|forecast| forecast.window),
            longest_gap: gaps.max().unwrap_or_default(),
            found_at: found_at(parcel, told, rules, ended_at),
            ended_at,
        }
    }
}

/// When the shopper would first have been told that too little was heard.
fn found_at(parcel: &AuditParcel, told: &Told, rules: &Rules, ended_at: Timestamp) -> Option<Timestamp> {
    let events = &parcel.events;
    for (position, event) in events.iter().enumerate() {
        let since = event.sort_instant();
        let next = events.get(position + 1).map_or(ended_at, |event| event.sort_instant()).min(ended_at);
        if since >= next {
            continue;
        }
        let claims = Claims { estimate: None, estimates: Vec::new(), ..parcel.claims.clone() };
        let so_far = &events[..=position];
        let mut summary = summarise(so_far, &claims, None, &parcel.steps(), since);
        summary.window = window_at(parcel, told, since);
        let mut now = since;
        for _ in 0..MOST_LOOKS {
            match next_check(&summary, &parcel.surroundings, rules, now).filter(|at| *at < next) {
                Some(at) => now = at,
                None => break,
            }
            let is_told = due(&summary, &parcel.surroundings, rules, now)
                .iter()
                .any(|incident| incident.level >= Level::Tell && is_silence(incident.kind));
            if is_told {
                return Some(now);
            }
        }
    }
    None
}

const fn is_silence(kind: IncidentKind) -> bool {
    matches!(
        kind,
        IncidentKind::NoScan | IncidentKind::LabelUnscanned | IncidentKind::Stuck | IncidentKind::WindowMissed
    )
}

/// What the page would have shown: the carrier's own date, else what was learnt by then, else the promise.
fn window_at(parcel: &AuditParcel, told: &Told, now: Timestamp) -> Option<Window> {
    let carrier = parcel.claims.estimates.iter().rev().find(|told| told.at <= now);
    let here = moment(now, &parcel.surroundings.zone);
    let learnt = told.forecasts.iter().rev().filter(|forecast| forecast.since <= here).find_map(|made| made.window);
    let promised = window(None, parcel.order.promised.as_ref());
    carrier.and_then(|told| window(Some(&told.estimate), None)).or_else(|| {
        let learnt = learnt.map(|learnt| Window {
            earliest: learnt.earliest,
            latest: learnt.latest,
            basis: Basis::History,
            moved_later: false,
            confidence: Some((CONFIDENCE * 100.0) as u8),
            promised: promised.map(|promised| promised.latest),
            missed: None,
        });
        learnt.or(promised)
    })
}

impl Figures {
    fn of(findings: &[&Finding]) -> Figures {
        let arrived = |finding: &&&Finding| finding.arrived.is_some();
        let promises = findings.iter().filter_map(|finding| Some((finding.arrived?, finding.promised?)));
        let windows = findings.iter().filter_map(|finding| Some((finding.arrived?, finding.window?)));
        let sooner = findings
            .iter()
            .filter_map(|finding| Some(f64::from(days_between(finding.window?.latest, finding.promised?))));
        let gaps: Vec<f64> = findings.iter().map(|finding| hours(finding.longest_gap)).collect();
        let over = |limit: f64| share(gaps.iter().filter(|gap| **gap > limit).count(), gaps.len());
        Figures {
            parcels: findings.len(),
            delivered: findings.iter().filter(arrived).count(),
            promises: Kept::of(promises.map(|(day, latest)| days_between(latest, day).max(0)).collect()),
            windows: Kept::of(windows.map(|(day, window)| super::estimate::ledger::error_days(window, day)).collect()),
            window_sooner_than_promise: median(sooner.collect()),
            gaps: Gaps {
                longest_hours: gaps.iter().copied().fold(0.0, f64::max),
                share_over_24_hours: over(24.0),
                share_over_72_hours: over(72.0),
                median_hours: median(gaps).unwrap_or(0.0),
            },
            silences: Silences::of(findings),
        }
    }

    /// What ranks lanes: promises missed, then parcels that were silent for long.
    fn badness(&self) -> f64 {
        share(self.promises.missed, self.promises.judged) + self.gaps.share_over_72_hours * 1e-3
    }
}

impl Kept {
    /// By how many days each came early (negative) or late.
    fn of(errors: Vec<i32>) -> Kept {
        let late: Vec<f64> = errors.iter().filter(|days| **days > 0).map(|days| f64::from(*days)).collect();
        let early = errors.iter().filter(|days| **days < 0).count();
        Kept {
            judged: errors.len(),
            kept: errors.len() - late.len() - early,
            early,
            missed: late.len(),
            median_days_late: median(late),
        }
    }
}

impl Silences {
    fn of(findings: &[&Finding]) -> Silences {
        let is_late = |finding: &Finding| match (finding.arrived, finding.promised) {
            (Some(arrived), Some(promised)) => arrived > promised,
            _ => false,
        };
        let found = || findings.iter().filter(|finding| finding.found_at.is_some());
        let sooner = found().filter_map(|finding| Some(hours(finding.ended_at.duration_since(finding.found_at?))));
        let on_time = |finding: &&&Finding| finding.arrived.is_some() && !is_late(finding);
        Silences {
            found: found().count(),
            found_though_on_time: found().filter(on_time).count(),
            late_found: found().filter(|finding| is_late(finding)).count(),
            late: findings.iter().filter(|finding| is_late(finding)).count(),
            median_hours_sooner: median(sooner.collect()),
        }
    }
}

fn hours(duration: SignedDuration) -> f64 {
    (duration.as_secs_f64() / 360.0).round() / 10.0
}

fn share(count: usize, of: usize) -> f64 {
    (count as f64 / of.max(1) as f64 * 10_000.0).round() / 10_000.0
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests;
