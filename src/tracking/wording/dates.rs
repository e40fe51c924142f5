//! Days, times, windows and numbers as a language writes them, by ICU's data.
//!
//! Formatters are built once a locale and thread: ICU's are not made to be shared. What they wrote is kept: all pages of a
//! week name the same days. Words around a day ("tomorrow", "by Friday") are messages of `locales/`.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{self, DE, E, MDE, T, YMDE};
use icu_datetime::input::{Date as IcuDate, Time as IcuTime};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::locale::Locale;
use super::speaker::{Arg, Speaker};
use crate::tracking::event::{EventTime, ZoneCertainty};

/// The formatters of one locale.
#[derive(Debug)]
pub struct Dates {
    weekday: FixedCalendarDateTimeFormatter<Gregorian, E>,
    short_day: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    long_day: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    day_with_year: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
    day_of_a_month: FixedCalendarDateTimeFormatter<Gregorian, DE>,
    clock: NoCalendarFormatter<T>,
    number: DecimalFormatter,
    /// "Thu 8 – Fri 9 Oct": languages that put the day first say the month once.
    day_comes_first: bool,
    days: RefCell<HashMap<(DayStyle, Date), String>>,
    times: RefCell<HashMap<Time, String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum DayStyle {
    Weekday,
    Short,
    Long,
    WithYear,
    BeforeTheMonth,
}

/// Days kept in each way of writing them, and minutes of a day. Who asks for more begins anew.
const MOST_KEPT: usize = 2000;

fn kept<K: Eq + std::hash::Hash>(kept: &RefCell<HashMap<K, String>>, key: K, write: impl FnOnce() -> String) -> String {
    if let Some(written) = kept.borrow().get(&key) {
        return written.clone();
    }
    let written = write();
    let mut kept = kept.borrow_mut();
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(key, written.clone());
    written
}

impl Dates {
    /// Asks the formatters of a locale.
    pub fn with<R>(locale: Locale, ask: impl FnOnce(&Dates) -> R) -> R {
        thread_local! {
            static DATES: [OnceCell<Dates>; Locale::ALL.len()] = const { [const { OnceCell::new() }; Locale::ALL.len()] };
        }
        DATES.with(|dates| ask(dates[locale.index()].get_or_init(|| Dates::build(locale))))
    }

    fn build(locale: Locale) -> Dates {
        const COMPILED_IN: &str = "the data of every locale is compiled in";
        let tag: icu_locale_core::Locale = locale.tag().parse().expect("our own tags are well-formed");
        let preferences = DateTimeFormatterPreferences::from(&tag);
        Dates {
            weekday: FixedCalendarDateTimeFormatter::try_new(preferences, E::long()).expect(COMPILED_IN),
            short_day: FixedCalendarDateTimeFormatter::try_new(preferences, MDE::medium()).expect(COMPILED_IN),
            long_day: FixedCalendarDateTimeFormatter::try_new(preferences, MDE::long()).expect(COMPILED_IN),
            day_with_year: FixedCalendarDateTimeFormatter::try_new(preferences, YMDE::medium()).expect(COMPILED_IN),
            day_of_a_month: FixedCalendarDateTimeFormatter::try_new(preferences, DE::short()).expect(COMPILED_IN),
            clock: NoCalendarFormatter::try_new(preferences, fieldsets::T::hm()).expect(COMPILED_IN),
            number: DecimalFormatter::try_new((&tag).into(), Default::default()).expect(COMPILED_IN),
            day_comes_first: locale != Locale::English,
            days: RefCell::default(),
            times: RefCell::default(),
        }
    }

    /// A day, or ISO's way where ICU knows none: such years do not come from a carrier in its right mind.
    fn write_day(&self, style: DayStyle, date: Date) -> String {
        kept(&self.days, (style, date), || {
            let Some(day) = gregorian(date) else { return date.to_string() };
            match style {
                DayStyle::Weekday => self.weekday.format(&day).to_string(),
                DayStyle::Short => self.short_day.format(&day).to_string(),
                DayStyle::Long => self.long_day.format(&day).to_string(),
                DayStyle::WithYear => self.day_with_year.format(&day).to_string(),
                DayStyle::BeforeTheMonth => self.day_of_a_month.format(&day).to_string(),
            }
        })
    }

    /// "Thursday".
    pub fn weekday(&self, date: Date) -> String {
        self.write_day(DayStyle::Weekday, date)
    }

    /// "Thu, Oct 8".
    pub fn short_day(&self, date: Date) -> String {
        self.write_day(DayStyle::Short, date)
    }

    /// "Thursday, October 8".
    pub fn long_day(&self, date: Date) -> String {
        self.write_day(DayStyle::Long, date)
    }

    /// "Thu, Oct 8, 2026".
    pub fn day_with_year(&self, date: Date) -> String {
        self.write_day(DayStyle::WithYear, date)
    }

    /// "2:30 PM" or "14:30".
    pub fn clock(&self, time: Time) -> String {
        let (Ok(hour), Ok(minute)) = (u8::try_from(time.hour()), u8::try_from(time.minute())) else {
            return time.to_string();
        };
        kept(&self.times, jiff::civil::time(time.hour(), time.minute(), 0, 0), || {
            IcuTime::try_new(hour, minute, 0, 0)
                .map_or_else(|_| time.to_string(), |time| self.clock.format(&time).to_string())
        })
    }

    /// "1,234" or "1.234".
    pub fn number(&self, number: i64) -> String {
        self.number.format(&Decimal::from(number)).to_string()
    }

    fn day_before_the_month(&self, date: Date) -> String {
        self.write_day(DayStyle::BeforeTheMonth, date)
    }
}

fn gregorian(date: Date) -> Option<IcuDate<Gregorian>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    IcuDate::try_new_gregorian(i32::from(date.year()), month, day).ok()
}

/// Days from `today` to `date`.
fn days_ahead(date: Date, today: Date) -> i32 {
    today.until(date).map_or(i32::MAX, |span| span.get_days())
}

impl Speaker {
    /// Asks this language's formatters.
    pub fn dates<R>(&self, ask: impl FnOnce(&Dates) -> R) -> R {
        Dates::with(self.locale(), ask)
    }

    /// A day as one says it in a sentence: "today", "tomorrow", "Friday", "Thu, Oct 8".
    pub fn day(&self, date: Date, today: Date) -> String {
        match days_ahead(date, today) {
            -1 => self.text("day-yesterday").to_owned(),
            0 => self.text("day-today").to_owned(),
            1 => self.text("day-tomorrow").to_owned(),
            2..=6 => self.dates(|dates| dates.weekday(date)),
            -300..=300 => self.dates(|dates| dates.short_day(date)),
            _ => self.dates(|dates| dates.day_with_year(date)),
        }
    }

    /// "today", "on Friday".
    pub fn on_day(&self, date: Date, today: Date) -> String {
        let day = self.day(date, today);
        match days_ahead(date, today) {
            -1..=1 => day,
            _ => self.say("day-on", &[("day", Arg::Phrase(&day))]),
        }
    }

    /// "by Friday"; "today" where the day is today.
    pub fn by_day(&self, date: Date, today: Date) -> String {
        let day = self.day(date, today);
        match days_ahead(date, today) {
            -1 | 0 => day,
            _ => self.say("day-by", &[("day", Arg::Phrase(&day))]),
        }
    }

    /// The heading over a day's updates: "Today", "Yesterday", "Thursday, October 8". What happened where it is already
    /// tomorrow did not happen tomorrow.
    pub fn day_heading(&self, date: Date, today: Date) -> String {
        match days_ahead(date, today) {
            -1 => self.text("heading-yesterday").to_owned(),
            0 => self.text("heading-today").to_owned(),
            -300..=300 => self.dates(|dates| dates.long_day(date)),
            _ => self.dates(|dates| dates.day_with_year(date)),
        }
    }

    /// A delivery window with its weekdays: "Thu, Oct 8 – Fri, Oct 9"; one day is said in full.
    ///
    /// Ends told the wrong way round are put right.
    pub fn window(&self, earliest: Date, latest: Date, today: Date) -> String {
        let (from, to) = (earliest.min(latest), earliest.max(latest));
        if from == to {
            return match days_ahead(from, today) {
                -300..=300 => self.dates(|dates| dates.long_day(from)),
                _ => self.dates(|dates| dates.day_with_year(from)),
            };
        }
        let far = !(-300..=300).contains(&days_ahead(to, today));
        let (from, to) = self.dates(|dates| match (from.first_of_month() == to.first_of_month(), far) {
            (_, true) => (dates.day_with_year(from), dates.day_with_year(to)),
            (true, false) if dates.day_comes_first => (dates.day_before_the_month(from), dates.short_day(to)),
            _ => (dates.short_day(from), dates.short_day(to)),
        });
        self.say("range", &[("from", Arg::Phrase(&from)), ("to", Arg::Phrase(&to))])
    }

    /// "2:30 PM – 4:30 PM".
    pub fn clock_window(&self, from: Time, to: Time) -> String {
        let (from, to) = self.dates(|dates| (dates.clock(from), dates.clock(to)));
        self.say("range", &[("from", Arg::Phrase(&from)), ("to", Arg::Phrase(&to))])
    }

    /// The time of day of an event: "2:30 PM", with "local time" where nobody could say which zone. Empty where only the
    /// day is known.
    pub fn clock_of(&self, time: &EventTime) -> String {
        if !time.time_known {
            return String::new();
        }
        let clock = self.dates(|dates| dates.clock(time.local.time()));
        match time.zone {
            ZoneCertainty::Place => clock,
            // An instant told in UTC is no wall-clock anywhere near the parcel.
            ZoneCertainty::Offset if time.offset_seconds == Some(0) => {
                self.say("clock-utc", &[("time", Arg::Phrase(&clock))])
            }
            ZoneCertainty::Offset => clock,
            ZoneCertainty::Assumed | ZoneCertainty::None => self.say("clock-local", &[("time", Arg::Phrase(&clock))]),
        }
    }

    /// Day and time of an event in a sentence: "Thu, Oct 8, 2:30 PM".
    pub fn moment(&self, time: &EventTime, today: Date) -> String {
        let day = self.day(time.local.date(), today);
        match self.clock_of(time) {
            clock if clock.is_empty() => day,
            clock => self.say("moment", &[("day", Arg::Phrase(&day)), ("time", Arg::Phrase(&clock))]),
        }
    }

    /// "just now", "4 min ago", "2 h ago", "3 days ago". A time in the future is now: clocks differ.
    pub fn ago(&self, elapsed: SignedDuration) -> String {
        let minutes = elapsed.as_mins();
        let (id, count) = match minutes {
            ..=0 => ("ago-now", 0),
            1..60 => ("ago-minutes", minutes),
            60..1440 => ("ago-hours", minutes / 60),
            _ => ("ago-days", minutes / 1440),
        };
        self.say(id, &[("count", count.into())])
    }

    /// [`Speaker::ago`] of an instant.
    pub fn ago_since(&self, then: Timestamp, now: Timestamp) -> String {
        self.ago(now.duration_since(then))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    const TODAY: Date = date(2026, 10, 5);

    #[test]
    fn days_near_by_have_names() {
        let english = Speaker::of(Locale::English);
        let said = |day| english.day(date(2026, 10, day), TODAY);
        assert_eq!([4, 5, 6, 8].map(said), ["yesterday", "today", "tomorrow", "Thursday"]);
        assert_eq!(said(20), "Tue, Oct 20");
        assert_eq!(english.on_day(date(2026, 10, 8), TODAY), "on Thursday");
        assert_eq!(english.by_day(date(2026, 10, 6), TODAY), "by tomorrow");
        let german = Speaker::of(Locale::German);
        assert_eq!(german.on_day(date(2026, 10, 8), TODAY), "am Donnerstag");
        assert_eq!(german.by_day(date(2026, 10, 20), TODAY), "bis Di., 20. Okt.");
    }

    #[test]
    fn a_window_names_its_weekdays() {
        let said = |locale: Locale, from: i8, to: i8| {
            Speaker::of(locale).window(date(2026, 10, from), date(2026, 10, to), TODAY)
        };
        assert_eq!(said(Locale::English, 8, 9), "Thu, Oct 8 – Fri, Oct 9");
        assert_eq!(said(Locale::BritishEnglish, 9, 8), "Thu 8 – Fri 9 Oct");
        assert_eq!(said(Locale::German, 8, 9), "Do., 8. – Fr., 9. Okt.");
        assert_eq!(said(Locale::English, 8, 8), "Thursday, October 8");
        let months = Speaker::of(Locale::German).window(date(2026, 10, 30), date(2026, 11, 2), TODAY);
        assert_eq!(months, "Fr., 30. Okt. – Mo., 2. Nov.");
    }

    #[test]
    fn a_clock_says_how_sure_its_zone_is() {
        let local = TODAY.at(14, 30, 0, 0);
        let british = Speaker::of(Locale::BritishEnglish);
        assert_eq!(british.clock_of(&EventTime::with_offset(local, jiff::tz::offset(-5))), "14:30");
        assert_eq!(british.clock_of(&EventTime::with_offset(local, jiff::tz::offset(0))), "14:30 UTC");
        assert_eq!(british.clock_of(&EventTime::unzoned(local)), "14:30 local time");
        assert_eq!(british.clock_of(&EventTime::day(TODAY)), "");
        assert_eq!(british.moment(&EventTime::day(TODAY), TODAY), "today");
        assert_eq!(Speaker::of(Locale::English).dates(|dates| dates.clock(time(14, 30, 0, 0))), "2:30\u{202f}PM");
    }

    #[test]
    fn ago_counts_in_the_largest_unit() {
        let ago = |minutes| Speaker::of(Locale::English).ago(SignedDuration::from_mins(minutes));
        let table = [(-5, "just now"), (4, "4 min ago"), (125, "2 h ago"), (1500, "1 day ago"), (4400, "3 days ago")];
        for (minutes, said) in table {
            assert_eq!(ago(minutes), said);
        }
        assert_eq!(Speaker::of(Locale::German).ago(SignedDuration::from_mins(4400)), "vor 3 Tagen");
    }

    #[test]
    fn years_far_away_are_named_and_none_is_too_far() {
        let english = Speaker::of(Locale::English);
        assert_eq!(english.day(date(2028, 10, 8), TODAY), "Sun, Oct 8, 2028");
        for extreme in [Date::MIN, Date::MAX] {
            assert!(!english.day(extreme, TODAY).is_empty());
            assert!(!english.window(extreme, TODAY, TODAY).is_empty());
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(Speaker::of(Locale::English).dates(|dates| dates.number(12345)), "12,345");
        assert_eq!(Speaker::of(Locale::German).dates(|dates| dates.number(12345)), "12.345");
    }
}
