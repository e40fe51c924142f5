//! One parcel: the headline that answers "where is it?", and one line for each update.
//!
//! Several parcels of an order are told together by [`super::parcels`].

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::speaker::{Arg, Speaker};
use crate::tracking::event::{EventPlace, Update};
use crate::tracking::status::Status;

/// How the expected day stands to what the shopper was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Timing {
    /// No day is known.
    #[default]
    None,
    OnTime,
    /// The day has moved to a later one.
    Late,
    /// The day has passed.
    Overdue,
}

impl Timing {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Timing::None => "none",
            Timing::OnTime => "on-time",
            Timing::Late => "late",
            Timing::Overdue => "overdue",
        }
    }
}

/// When the parcel should come. Without a latest day nothing is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expectation {
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    /// The day said before, when it has moved to a later one.
    pub has_moved_later: bool,
}

impl Expectation {
    pub fn timing(&self, today: Date) -> Timing {
        match self.latest {
            None => Timing::None,
            Some(latest) if latest < today => Timing::Overdue,
            Some(_) if self.has_moved_later => Timing::Late,
            Some(_) => Timing::OnTime,
        }
    }

    /// The window from `today` on: a day that has passed is no longer to come.
    fn ahead(&self, today: Date) -> Option<(Date, Date)> {
        let latest = self.latest.filter(|latest| *latest >= today)?;
        Some((self.earliest.unwrap_or(latest).clamp(today.min(latest), latest), latest))
    }
}

/// What is true of one parcel, as far as its headline tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    pub status: Status,
    /// Where `status` became true.
    pub place: Option<&'a EventPlace>,
    /// The carrier's display name.
    pub carrier: Option<&'a str>,
    pub expectation: Expectation,
    /// The local day on which `status` became true.
    pub on: Option<Date>,
    /// The name of the pickup point.
    pub pickup: Option<&'a str>,
    /// The last day to collect it.
    pub until: Option<Date>,
}

impl<'a> Facts<'a> {
    pub fn of(status: Status) -> Facts<'a> {
        Facts {
            status,
            place: None,
            carrier: None,
            expectation: Expectation::default(),
            on: None,
            pickup: None,
            until: None,
        }
    }
}

/// How far the shop is with an order of which no parcel exists yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderStage {
    Ordered,
    Paid,
    Picked,
    Packed,
    Cancelled,
}

impl OrderStage {
    pub const ALL: [OrderStage; 5] =
        [OrderStage::Ordered, OrderStage::Paid, OrderStage::Picked, OrderStage::Packed, OrderStage::Cancelled];

    pub const fn message(self) -> &'static str {
        match self {
            OrderStage::Ordered => "order-ordered",
            OrderStage::Paid => "order-paid",
            OrderStage::Picked => "order-picked",
            OrderStage::Packed => "order-packed",
            OrderStage::Cancelled => "order-cancelled",
        }
    }
}

/// The ids of a status' two messages.
struct StatusMessages {
    event: String,
    headline: String,
}

fn messages(status: Status) -> &'static StatusMessages {
    static MESSAGES: LazyLock<Vec<StatusMessages>> = LazyLock::new(|| {
        let ids = |status: &Status| {
            let id = format!("{}-{}", status.milestone(), status.detail()).replace('_', "-");
            StatusMessages { event: format!("event-{id}"), headline: format!("headline-{id}") }
        };
        Status::ALL.iter().map(ids).collect()
    });
    &MESSAGES[status as usize]
}

impl Speaker {
    /// The sentence that answers where a parcel is and what that means for its day. `today` is the recipient's.
    pub fn headline(&self, facts: &Facts<'_>, today: Date) -> String {
        let at_pickup = facts.pickup.filter(|_| facts.status == Status::ReadyForPickup);
        let place = match at_pickup {
            Some(name) => Spot::Facility(Cow::Borrowed(name)),
            None => Spot::of(facts.place),
        };
        let when = self.when(&facts.expectation, today);
        let on = facts.on.map(|on| self.on_day(on, today));
        let until = facts.until.map(|until| self.day(until, today));
        let args = [
            ("place", Arg::Text(place.name())),
            ("placed", Arg::Phrase(place.kind())),
            ("carrier", Arg::Text(facts.carrier.unwrap_or_default())),
            ("carried", Arg::Phrase(yes(facts.carrier.is_some()))),
            ("timing", Arg::Phrase(facts.expectation.timing(today).as_str())),
            ("when", Arg::Phrase(&when)),
            ("dated", Arg::Phrase(yes(on.is_some()))),
            ("on", Arg::Phrase(on.as_deref().unwrap_or_default())),
            ("limited", Arg::Phrase(yes(until.is_some()))),
            ("until", Arg::Phrase(until.as_deref().unwrap_or_default())),
        ];
        self.say(&messages(facts.status).headline, &args)
    }

    /// One update in plain words.
    pub fn event_line(&self, event: &Update, carrier: Option<&str>) -> String {
        let place = Spot::of(Some(&event.place));
        let args = [
            ("place", Arg::Text(place.name())),
            ("placed", Arg::Phrase(place.kind())),
            ("carrier", Arg::Text(carrier.unwrap_or_default())),
            ("carried", Arg::Phrase(yes(carrier.is_some()))),
        ];
        self.say(&messages(event.status).event, &args)
    }

    /// The headline of an order of which no parcel exists yet. `ship_by` is the day on which the shop means to send it.
    pub fn order_headline(
        &self,
        stage: OrderStage,
        expectation: &Expectation,
        ship_by: Option<Date>,
        today: Date,
    ) -> String {
        let timing = expectation.timing(today);
        let sent_by = ship_by.filter(|day| stage != OrderStage::Cancelled && timing == Timing::None && *day >= today);
        if let Some(day) = sent_by {
            let when = self.by_day(day, today);
            return self.say("order-ship-by", &[("when", Arg::Phrase(&when))]);
        }
        let when = self.when(expectation, today);
        let args = [
            ("timing", Arg::Phrase(timing.as_str())),
            ("when", Arg::Phrase(&when)),
            ("carrier", Arg::Text("")),
            ("carried", Arg::Phrase(yes(false))),
        ];
        self.say(stage.message(), &args)
    }

    /// "by Friday", "between Thu, Oct 8 and Fri, Oct 9"; empty where no day lies ahead.
    pub fn when(&self, expectation: &Expectation, today: Date) -> String {
        match expectation.ahead(today) {
            None => String::new(),
            Some((earliest, latest)) if earliest == latest => self.by_day(latest, today),
            Some((earliest, latest)) => {
                let (from, to) = (self.day(earliest, today), self.day(latest, today));
                self.say("range-between", &[("from", Arg::Phrase(&from)), ("to", Arg::Phrase(&to))])
            }
        }
    }

    /// "Friday", "Thu, Oct 8 – Fri, Oct 9"; empty where no day lies ahead.
    pub(super) fn bare_when(&self, expectation: &Expectation, today: Date) -> String {
        match expectation.ahead(today) {
            None => String::new(),
            Some((earliest, latest)) if earliest == latest => self.day(latest, today),
            Some((earliest, latest)) => self.window(earliest, latest, today),
        }
    }

    /// A place as the list of updates shows it beside the line: "Chicago, IL". Empty where none is known.
    pub fn place(&self, place: &EventPlace) -> String {
        let tidied = EventPlace {
            city: place.city.as_deref().map(|city| tidy(city).into_owned()),
            facility: place.facility.as_deref().map(|facility| tidy(facility).into_owned()),
            ..place.clone()
        };
        tidied.to_text()
    }
}

pub(super) const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// A place as a sentence can name it.
enum Spot<'a> {
    City(Cow<'a, str>),
    Facility(Cow<'a, str>),
    Nowhere,
}

impl<'a> Spot<'a> {
    fn of(place: Option<&'a EventPlace>) -> Spot<'a> {
        let text = |text: &'a Option<String>| text.as_deref().map(str::trim).filter(|text| is_a_name(text)).map(tidy);
        match place {
            Some(place) => match (text(&place.city), text(&place.facility)) {
                (Some(city), _) => Spot::City(city),
                (None, Some(facility)) => Spot::Facility(facility),
                (None, None) => Spot::Nowhere,
            },
            None => Spot::Nowhere,
        }
    }

    fn name(&self) -> &str {
        match self {
            Spot::City(name) | Spot::Facility(name) => name,
            Spot::Nowhere => "",
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Spot::City(_) => "city",
            Spot::Facility(_) => "facility",
            Spot::Nowhere => "none",
        }
    }
}

/// "ORD04" and "0217" are codes of depots, which tell a shopper nothing.
fn is_a_name(text: &str) -> bool {
    let is_code = text.chars().any(|c| c.is_ascii_digit()) && !text.contains(char::is_whitespace);
    text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !is_code
}

/// Carriers shout: "SAN FRANCISCO" is "San Francisco". What is written with care stays as it is.
fn tidy(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_lowercase) || !text.chars().any(char::is_uppercase) {
        return Cow::Borrowed(text);
    }
    let mut tidied = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins {
            tidied.push(c);
        } else {
            tidied.extend(c.to_lowercase());
        }
        begins = !c.is_alphanumeric() && c != '\'';
    }
    Cow::Owned(tidied)
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;
