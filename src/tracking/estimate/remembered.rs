//! Parcels remembered one by one, and how they are written down.
//!
//! What they mean for the next forecast is the work of `history`.

use serde::{Deserialize, Serialize};

use super::window::Window;
use crate::tracking::calendar::{Calendar, Moment};

/// One parcel that set out, its forecast, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "Written", from = "Written")]
pub struct Remembered {
    pub parcel: u64,
    pub since: Moment,
    /// Working time of `since`.
    pub working: f64,
    pub middle: f32,
    pub width: f32,
    pub lane: u32,
    pub destination: u32,
    pub calendar: Calendar,
    pub window: Option<Window>,
    /// Its window counted for or against the calibration, or never will.
    pub judged: bool,
    pub end: Option<Ended>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ended {
    pub at: Moment,
    /// False for a parcel that was cancelled, lost or sent back: it is only known not to have come by then.
    pub arrived: bool,
}

impl Remembered {
    /// How far it strayed from its forecast, in units of its own spread, after so many working days.
    pub fn strayed(&self, passed: f64, is_final: bool) -> f64 {
        let least = if is_final { 0.05 } else { 0.01 };
        (passed.max(least).sqrt() - f64::from(self.middle)) / f64::from(self.width)
    }
}

/// Hundreds of parcels make one row: positions instead of names, seconds instead of fractions of days.
#[derive(Serialize, Deserialize)]
struct Written(u64, i64, f32, f32, u32, u32, u8, Option<(i32, i32)>, u8, Option<i64>);

const JUDGED: u8 = 1;
const ARRIVED: u8 = 2;

impl From<Remembered> for Written {
    fn from(past: Remembered) -> Written {
        let day = |date| Moment::start_of(date).0 as i32;
        let arrived = past.end.is_some_and(|end| end.arrived);
        Written(
            past.parcel,
            past.since.seconds(),
            past.middle,
            past.width,
            past.lane,
            past.destination,
            past.calendar as u8,
            past.window.map(|window| (day(window.earliest), day(window.latest))),
            u8::from(past.judged) * JUDGED + u8::from(arrived) * ARRIVED,
            past.end.map(|end| end.at.seconds()),
        )
    }
}

impl From<Written> for Remembered {
    fn from(written: Written) -> Remembered {
        let Written(parcel, since, middle, width, lane, destination, calendar, window, flags, end) = written;
        let since = Moment::from_seconds(since);
        let calendar = Calendar::ALL.get(usize::from(calendar)).copied().unwrap_or(Calendar::Elsewhere);
        let date = |day: i32| Moment(f64::from(day)).date();
        Remembered {
            parcel,
            since,
            working: calendar.working_time(since),
            middle,
            width,
            lane,
            destination,
            calendar,
            window: window.map(|(earliest, latest)| Window { earliest: date(earliest), latest: date(latest) }),
            judged: flags & JUDGED != 0,
            end: end.map(|at| Ended { at: Moment::from_seconds(at), arrived: flags & ARRIVED != 0 }),
        }
    }
}
