//! What is to be learnt from a parcel: that it set out at each of its stages, and how it ended. Each once, in time.
//!
//! The end is learnt a day later only. Until then a scan told late may still change what is known of the way there; then
//! the ledger is closed, and nothing that is said of a parcel rests on its own arrival.

use super::Journey;
use super::evidence::Stage;
use super::history::{Forecast, History};
use super::ledger::End;
use crate::tracking::calendar::Moment;

/// Days from a parcel's end until its ledger is closed and its end is learnt.
pub const CLOSES_AFTER: f64 = 1.0;

/// One thing to learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lesson {
    SetOut(Stage, Moment),
    Ended(End),
}

impl Lesson {
    /// When it happened.
    pub fn at(self) -> Moment {
        match self {
            Lesson::SetOut(_, since) => since,
            Lesson::Ended(end) => end.at,
        }
    }

    /// From when on it may be learnt; `None`: as soon as it is known.
    pub fn ripe_at(self) -> Option<Moment> {
        match self {
            Lesson::SetOut(..) => None,
            Lesson::Ended(end) => Some(Moment(end.at.0 + CLOSES_AFTER)),
        }
    }
}

/// What is to be learnt next of a parcel that set out `told` already; an end is the last.
pub fn next(journey: &Journey, end: Option<End>, told: &[(Stage, Moment)]) -> Option<Lesson> {
    let is_told = |stage: Stage, since: Moment| {
        // A late scan may show a stage to have been reached sooner: it was learnt all the same.
        told.iter().any(|(known, at)| *known == stage && (stage != Stage::Attempted || *at == since))
    };
    let untold = journey.reached.iter().filter(|(stage, since)| !is_told(*stage, *since));
    let in_time = untold.filter(|(_, since)| end.is_none_or(|end| *since < end.at));
    let first = in_time.min_by(|a, b| a.1.0.total_cmp(&b.1.0).then(a.0.cmp(&b.0)));
    first.map(|(stage, since)| Lesson::SetOut(*stage, *since)).or(end.map(Lesson::Ended))
}

/// Learns one thing. `forecasts` are those made of the parcel so far; a new one is added.
pub fn learn(history: &mut History, journey: &Journey, lesson: Lesson, forecasts: &mut Vec<Forecast>) {
    match lesson {
        Lesson::SetOut(stage, since) => {
            let parcel = journey.parcel_at(stage, since);
            let forecast = history.predict(&parcel, stage, since).forecast;
            history.set_out(&forecast);
            let is_handed_over = stage >= Stage::Handover && forecasts.iter().all(|made| made.stage < Stage::Handover);
            if let Some(purchased) = parcel.purchased.filter(|_| is_handed_over) {
                history.handed_over(parcel.seller.as_deref(), parcel.calendar(), purchased, since);
            }
            forecasts.push(forecast);
        }
        Lesson::Ended(end) if end.arrived => history.arrived(forecasts, end.at),
        Lesson::Ended(end) => history.stopped(forecasts, end.at),
    }
}

/// Stages that forecasts were made at.
pub fn told(forecasts: &[Forecast]) -> Vec<(Stage, Moment)> {
    forecasts.iter().map(|forecast| (forecast.stage, forecast.since)).collect()
}
