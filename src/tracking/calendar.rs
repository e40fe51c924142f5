//! Business days and public holidays of a destination, and the working time between two moments.
//!
//! Holidays are rules (fixed days, nth weekdays, days counted from Easter), never tables of dates. Only days on which
//! parcel carriers stand still nation-wide are listed; regional holidays are left out. What a duration means for a
//! parcel is the work of `estimate`.

use std::sync::OnceLock;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{ToSpan, civil};

/// Share of a working day that carriers get done on a Saturday.
const SATURDAY: f64 = 0.3;
/// Sundays and holidays: nearly nothing, but not nothing, so that every moment has one working time and back.
const REST_DAY: f64 = 0.05;
/// From Black Friday to just before Christmas the networks are full and a day brings a parcel less far.
const PEAK_SEASON: f64 = 0.75;
const PEAK_SEASON_DAYS: i32 = 28;
const FIRST_YEAR: i16 = 2000;
const LAST_YEAR: i16 = 2099;

/// Whose holidays count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Calendar {
    UnitedStates,
    Canada,
    Brazil,
    UnitedKingdom,
    Germany,
    France,
    Netherlands,
    Belgium,
    Austria,
    Switzerland,
    Italy,
    Spain,
    Australia,
    /// Weekends, New Year and Christmas only.
    Elsewhere,
}

impl Calendar {
    pub const ALL: [Calendar; 14] = [
        Calendar::UnitedStates,
        Calendar::Canada,
        Calendar::Brazil,
        Calendar::UnitedKingdom,
        Calendar::Germany,
        Calendar::France,
        Calendar::Netherlands,
        Calendar::Belgium,
        Calendar::Austria,
        Calendar::Switzerland,
        Calendar::Italy,
        Calendar::Spain,
        Calendar::Australia,
        Calendar::Elsewhere,
    ];

    /// By ISO 3166-1 alpha-2, in either case.
    pub fn of_country(code: &str) -> Calendar {
        match code.trim().to_ascii_uppercase().as_str() {
            "US" | "PR" => Calendar::UnitedStates,
            "CA" => Calendar::Canada,
            "BR" => Calendar::Brazil,
            "GB" | "UK" => Calendar::UnitedKingdom,
            "DE" => Calendar::Germany,
            "FR" => Calendar::France,
            "NL" => Calendar::Netherlands,
            "BE" => Calendar::Belgium,
            "AT" => Calendar::Austria,
            "CH" | "LI" => Calendar::Switzerland,
            "IT" => Calendar::Italy,
            "ES" => Calendar::Spain,
            "AU" => Calendar::Australia,
            _ => Calendar::Elsewhere,
        }
    }

    pub fn is_holiday(self, date: Date) -> bool {
        let (month, day, year) = (date.month(), date.day(), date.year());
        // Days since Easter Sunday of the same year.
        let easter = days_between(easter_sunday(year), date);
        let nth = |weekday: Weekday, month_wanted: i8, nth: i8| {
            month == month_wanted && date.weekday() == weekday && (day - 1) / 7 + 1 == nth
        };
        let last_monday = |month_wanted: i8| {
            month == month_wanted && date.weekday() == Weekday::Monday && day + 7 > date.days_in_month()
        };
        let on = |days: &[(i8, i8)]| days.contains(&(month, day));
        match self {
            Calendar::UnitedStates => {
                observed_nearest(date, &[(1, 1), (7, 4), (11, 11), (12, 25)])
                    || (year >= 2021 && observed_nearest(date, &[(6, 19)]))
                    || nth(Weekday::Monday, 1, 3)
                    || nth(Weekday::Monday, 2, 3)
                    || last_monday(5)
                    || nth(Weekday::Monday, 9, 1)
                    || nth(Weekday::Monday, 10, 2)
                    || nth(Weekday::Thursday, 11, 4)
            }
            Calendar::Canada => {
                observed_after(date, &[(1, 1), (7, 1), (11, 11), (12, 25), (12, 26)])
                    || (year >= 2021 && observed_after(date, &[(9, 30)]))
                    || easter == -2
                    // Victoria Day: the Monday before 25 May.
                    || (month == 5 && date.weekday() == Weekday::Monday && (18..=24).contains(&day))
                    || nth(Weekday::Monday, 9, 1)
                    || nth(Weekday::Monday, 10, 2)
            }
            Calendar::Brazil => {
                on(&[(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)])
                    || (year >= 2024 && on(&[(11, 20)]))
                    || matches!(easter, -48 | -47 | -2 | 60)
            }
            Calendar::UnitedKingdom => {
                observed_after(date, &[(1, 1), (12, 25), (12, 26)])
                    || matches!(easter, -2 | 1)
                    || nth(Weekday::Monday, 5, 1)
                    || last_monday(5)
                    || last_monday(8)
            }
            Calendar::Germany => {
                on(&[(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)]) || matches!(easter, -2 | 1 | 39 | 50)
            }
            Calendar::France => {
                on(&[(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)])
                    || matches!(easter, 1 | 39 | 50)
            }
            Calendar::Netherlands => {
                // King's Day moves to the Saturday when 27 April is a Sunday.
                let kings_day = (month, day) == (4, 27) && date.weekday() != Weekday::Sunday
                    || (month, day) == (4, 26) && date.weekday() == Weekday::Saturday;
                on(&[(1, 1), (12, 25), (12, 26)])
                    || kings_day
                    || (year % 5 == 0 && on(&[(5, 5)]))
                    || matches!(easter, 1 | 39 | 50)
            }
            Calendar::Belgium => {
                on(&[(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)]) || matches!(easter, 1 | 39 | 50)
            }
            Calendar::Austria => {
                on(&[(1, 1), (1, 6), (5, 1), (8, 15), (10, 26), (11, 1), (12, 8), (12, 25), (12, 26)])
                    || matches!(easter, 1 | 39 | 50 | 60)
            }
            Calendar::Switzerland => on(&[(1, 1), (8, 1), (12, 25), (12, 26)]) || matches!(easter, -2 | 1 | 39 | 50),
            Calendar::Italy => {
                on(&[(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)])
                    || easter == 1
            }
            Calendar::Spain => {
                on(&[(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)]) || easter == -2
            }
            Calendar::Australia => {
                observed_after(date, &[(1, 1), (1, 26), (12, 25), (12, 26)])
                    || on(&[(4, 25)])
                    || matches!(easter, -2 | -1 | 1)
            }
            Calendar::Elsewhere => on(&[(1, 1), (12, 25)]),
        }
    }

    pub fn is_business_day(self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.is_holiday(date)
    }

    /// The day `days` business days after `date`; `date` itself, or the next business day, for 0.
    pub fn add_business_days(self, date: Date, days: u32) -> Date {
        let mut left = days;
        let mut at = date;
        loop {
            if self.is_business_day(at) {
                if left == 0 {
                    return at;
                }
                left -= 1;
            }
            match at.tomorrow() {
                Ok(next) => at = next,
                Err(_) => return at,
            }
        }
    }

    /// Working days since the calendar's first day: grows by about 1 on a business day, little on others.
    pub fn working_time(self, moment: Moment) -> f64 {
        let table = self.table();
        let days = moment.0 - first_day();
        let last = table.len() - 1;
        if days <= 0.0 {
            return days * MEAN_DAY;
        }
        if days >= last as f64 {
            return table[last] + (days - last as f64) * MEAN_DAY;
        }
        let whole = days as usize;
        table[whole] + (days - whole as f64) * (table[whole + 1] - table[whole])
    }

    /// The moment at which so much working time has passed: the inverse of [`Calendar::working_time`].
    pub fn moment_at(self, working: f64) -> Moment {
        let table = self.table();
        let last = table.len() - 1;
        let days = if working <= 0.0 {
            working / MEAN_DAY
        } else if working >= table[last] {
            last as f64 + (working - table[last]) / MEAN_DAY
        } else {
            let whole = table.partition_point(|&passed| passed <= working) - 1;
            whole as f64 + (working - table[whole]) / (table[whole + 1] - table[whole])
        };
        Moment(first_day() + days)
    }

    /// [`Calendar::moment_at`] of several, quickly where they rise by little.
    pub fn moments_at<const N: usize>(self, working: [f64; N]) -> [f64; N] {
        let table = self.table();
        let last = table.len() - 1;
        let mut day = 0;
        working.map(|working| {
            if working <= 0.0 || working >= table[last] {
                return self.moment_at(working).0;
            }
            // Mostly the day of the one before, or the next.
            while table[day] > working || table[day + 1] <= working {
                let is_near = table[day] <= working && table[(day + 8).min(last)] > working;
                day = if is_near { day + 1 } else { table.partition_point(|&passed| passed <= working) - 1 };
            }
            first_day() + (day as f64 + (working - table[day]) / (table[day + 1] - table[day]))
        })
    }

    fn weight(self, date: Date) -> f64 {
        let plain = match date.weekday() {
            Weekday::Sunday => REST_DAY,
            _ if self.is_holiday(date) => REST_DAY,
            Weekday::Saturday => SATURDAY,
            _ => 1.0,
        };
        let since_black_friday = days_between(black_friday(date.year()), date);
        if (0..=PEAK_SEASON_DAYS).contains(&since_black_friday) { plain * PEAK_SEASON } else { plain }
    }

    /// Working time passed at the start of each day, computed once for a calendar.
    fn table(self) -> &'static [f64] {
        static TABLES: [OnceLock<Vec<f64>>; Calendar::ALL.len()] = [const { OnceLock::new() }; Calendar::ALL.len()];
        TABLES[self as usize].get_or_init(|| {
            let mut passed = vec![0.0];
            let mut sum = 0.0;
            for day in civil::date(FIRST_YEAR, 1, 1).series(1.day()).take_while(|day| day.year() <= LAST_YEAR) {
                sum += self.weight(day);
                passed.push(sum);
            }
            passed
        })
    }
}

/// Beyond the table a day counts as an average one.
const MEAN_DAY: f64 = (5.0 + SATURDAY + REST_DAY) / 7.0;

/// A local moment at the destination, in days and their fractions since 1970-01-01 00:00.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Moment(pub f64);

impl Moment {
    pub fn start_of(date: Date) -> Moment {
        Moment(f64::from(days_between(civil::date(1970, 1, 1), date)))
    }

    /// The day it falls on; the first or last day there is for a moment outside the years that can be written.
    pub fn date(self) -> Date {
        let days = self.0.floor().clamp(-4_000_000.0, 4_000_000.0) as i64;
        civil::date(1970, 1, 1).checked_add(days.days()).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
    }

    /// The second it falls in, by the clock at the destination.
    pub fn local(self) -> DateTime {
        let seconds = ((self.0 - self.0.floor()) * 86_400.0).round() as i64;
        self.date().to_datetime(civil::Time::midnight()).saturating_add(seconds.seconds())
    }

    /// Whole seconds since 1970-01-01 00:00 by the local clock.
    pub fn seconds(self) -> i64 {
        (self.0 * 86_400.0).round() as i64
    }

    pub fn from_seconds(seconds: i64) -> Moment {
        // As from a date and a time of day, so that both ways give the very same number.
        Moment(seconds.div_euclid(86_400) as f64 + seconds.rem_euclid(86_400) as f64 / 86_400.0)
    }

    pub fn days_since(self, earlier: Moment) -> f64 {
        self.0 - earlier.0
    }

    /// Monday is 0.
    pub fn weekday(self) -> usize {
        (self.0.floor() as i64 + 3).rem_euclid(7) as usize
    }
}

impl From<DateTime> for Moment {
    fn from(local: DateTime) -> Moment {
        let time = local.time();
        let seconds = f64::from(time.hour()) * 3600.0 + f64::from(time.minute()) * 60.0 + f64::from(time.second());
        Moment(Moment::start_of(local.date()).0 + seconds / 86_400.0)
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, ch. 8).
pub fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    // Easter falls between 22 March and 25 April; a year outside the Gregorian ones has none that matters.
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).unwrap_or_else(|_| civil::date(2000, 4, 23))
}

/// The day after the fourth Thursday of November, on which the shopping season opens wherever parcels are sent.
pub fn black_friday(year: i16) -> Date {
    let first = civil::date(year.clamp(1, 9998), 11, 1);
    let to_thursday = (3 - i32::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
    first.saturating_add((to_thursday + 21 + 1).days())
}

/// Days from `earlier` to `later`, negative when it lies before.
pub fn days_between(earlier: Date, later: Date) -> i32 {
    later.since(earlier).map_or(0, |span| span.get_days())
}

fn first_day() -> f64 {
    // 2000-01-01.
    10_957.0
}

/// A fixed day, moved to Friday from a Saturday and to Monday from a Sunday.
fn observed_nearest(date: Date, fixed: &[(i8, i8)]) -> bool {
    let is_fixed = |date: Date| fixed.contains(&(date.month(), date.day()));
    match date.weekday() {
        Weekday::Saturday | Weekday::Sunday => is_fixed(date),
        Weekday::Friday => is_fixed(date) || date.tomorrow().is_ok_and(is_fixed),
        Weekday::Monday => is_fixed(date) || date.yesterday().is_ok_and(is_fixed),
        _ => is_fixed(date),
    }
}

/// A fixed day, moved to the next weekday that is no holiday itself when it falls on a weekend.
fn observed_after(date: Date, fixed: &[(i8, i8)]) -> bool {
    let is_fixed = |date: Date| fixed.contains(&(date.month(), date.day()));
    if is_fixed(date) {
        return true;
    }
    if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return false;
    }
    // Weekend holidays still waiting for a weekday when `date` comes; two of them (Christmas) take two weekdays.
    let mut waiting = 0_u32;
    let start = date.saturating_sub(5.days());
    for day in start.series(1.day()).take_while(|day| *day < date) {
        match day.weekday() {
            Weekday::Saturday | Weekday::Sunday => waiting += u32::from(is_fixed(day)),
            _ if is_fixed(day) => {}
            _ => waiting = waiting.saturating_sub(1),
        }
    }
    waiting > 0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, month, day) in
            [(2016, 3, 27), (2017, 4, 16), (2018, 4, 1), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn holidays_of_each_country_are_kept() {
        let kept = [
            ("US", date(2026, 11, 26)),
            ("US", date(2026, 7, 3)),
            ("US", date(2026, 1, 19)),
            ("US", date(2026, 5, 25)),
            ("CA", date(2026, 5, 18)),
            ("CA", date(2026, 10, 12)),
            ("BR", date(2018, 2, 13)),
            ("BR", date(2018, 5, 31)),
            ("GB", date(2027, 12, 27)),
            ("GB", date(2027, 12, 28)),
            ("GB", date(2026, 8, 31)),
            ("DE", date(2026, 5, 14)),
            ("DE", date(2026, 10, 3)),
            ("FR", date(2026, 7, 14)),
            ("NL", date(2026, 4, 27)),
            ("NL", date(2025, 4, 26)),
            ("BE", date(2026, 7, 21)),
            ("AT", date(2026, 6, 4)),
            ("CH", date(2026, 8, 1)),
            ("IT", date(2026, 6, 2)),
            ("ES", date(2026, 4, 3)),
            ("AU", date(2027, 12, 27)),
            ("AU", date(2026, 4, 25)),
        ];
        for (country, day) in kept {
            assert!(Calendar::of_country(country).is_holiday(day), "{country} {day}");
        }
    }

    #[test]
    fn ordinary_days_are_no_holidays() {
        for (country, day) in [
            ("US", date(2026, 11, 27)),
            ("NL", date(2025, 4, 27)),
            ("GB", date(2027, 12, 29)),
            ("DE", date(2026, 6, 4)),
            ("FR", date(2026, 4, 3)),
            ("CA", date(2026, 5, 25)),
        ] {
            assert!(!Calendar::of_country(country).is_holiday(day), "{country} {day}");
        }
    }

    #[test]
    fn business_days_step_over_weekends_and_holidays() {
        // Good Friday, a weekend and Easter Monday lie between.
        assert_eq!(Calendar::Germany.add_business_days(date(2026, 4, 2), 1), date(2026, 4, 7));
        assert_eq!(Calendar::Brazil.add_business_days(date(2018, 2, 10), 0), date(2018, 2, 14));
    }

    #[test]
    fn working_time_and_back_is_the_same_moment() {
        for calendar in Calendar::ALL {
            for moment in [9_000.3, 10_957.0, 17_500.75, 17_503.1, 20_000.999, 60_000.5] {
                let back = calendar.moment_at(calendar.working_time(Moment(moment)));
                assert!((back.0 - moment).abs() < 1e-6, "{calendar:?} {moment} {}", back.0);
            }
        }
    }

    #[test]
    fn black_friday_follows_thanksgiving() {
        assert_eq!(black_friday(2017), date(2017, 11, 24));
        assert_eq!(black_friday(2024), date(2024, 11, 29));
    }

    #[test]
    fn a_moment_knows_its_day() {
        let moment = Moment::from(date(2018, 2, 13).at(18, 0, 0, 0));
        assert_eq!((moment.date(), moment.weekday()), (date(2018, 2, 13), 1));
        assert_eq!(moment.days_since(Moment::start_of(date(2018, 2, 13))), 0.75);
    }
}
