//! Several parcels in one sentence: what came, then the worst, then the rest, items and day named.

use jiff::civil::Date;

use super::locale::Locale;
use super::sentence::{Expectation, Timing, yes};
use super::speaker::{Arg, Speaker};
use crate::tracking::status::{Milestone, Status};

/// How a parcel stands among its order's, worst first: the first leads the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    Lost,
    ActionNeeded,
    Returning,
    Late,
    Collect,
    Arriving,
    ToShip,
    Delivered,
    Cancelled,
}

impl Standing {
    pub const ALL: [Standing; 9] = [
        Standing::Lost,
        Standing::ActionNeeded,
        Standing::Returning,
        Standing::Late,
        Standing::Collect,
        Standing::Arriving,
        Standing::ToShip,
        Standing::Delivered,
        Standing::Cancelled,
    ];

    /// Where a parcel with this status and timing stands.
    pub fn of(status: Status, timing: Timing) -> Standing {
        match status {
            Status::Lost | Status::Disposed => Standing::Lost,
            Status::DeliveredDamaged
            | Status::AttemptNoAccess
            | Status::AttemptIdFailed
            | Status::AttemptNoticeLeft
            | Status::AttemptFinal
            | Status::ActionRequired
            | Status::AddressIssue
            | Status::Damaged
            | Status::DocumentsRequired
            | Status::DutiesUnpaid
            | Status::PaymentDue
            | Status::Prohibited
            | Status::RecipientMoved
            | Status::Refused
            | Status::RejectedByCarrier
            | Status::Unclaimed
            | Status::Undeliverable
            | Status::Expired => Standing::ActionNeeded,
            _ => match status.milestone() {
                Milestone::Delivered => Standing::Delivered,
                Milestone::Cancelled => Standing::Cancelled,
                Milestone::Returning | Milestone::Returned => Standing::Returning,
                Milestone::Exception | Milestone::AttemptFailed => Standing::Late,
                Milestone::AvailableForPickup => Standing::Collect,
                _ if matches!(timing, Timing::Late | Timing::Overdue) => Standing::Late,
                Milestone::Pending | Milestone::InfoReceived => Standing::ToShip,
                _ => Standing::Arriving,
            },
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Standing::Lost => "parcels-lost",
            Standing::ActionNeeded => "parcels-action-needed",
            Standing::Returning => "parcels-returning",
            Standing::Late => "parcels-late",
            Standing::Collect => "parcels-collect",
            Standing::Arriving => "parcels-arriving",
            Standing::ToShip => "parcels-to-ship",
            Standing::Delivered => "parcels-delivered",
            Standing::Cancelled => "parcels-cancelled",
        }
    }
}

/// One parcel as the headline of its order tells it. Items not yet sent make one more, [`Standing::ToShip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel<'a> {
    pub standing: Standing,
    /// The titles of the items in it, as the shop writes them; empty where not known.
    pub items: Vec<&'a str>,
    pub expectation: Expectation,
    /// The local day on which it came.
    pub on: Option<Date>,
}

/// The parcels of one standing, told in one clause.
struct Group<'a> {
    standing: Standing,
    parcels: Vec<&'a Parcel<'a>>,
}

impl Speaker {
    /// The sentence for an order of several parcels. Empty for none.
    pub fn headline_of_parcels(&self, parcels: &[Parcel<'_>], today: Date) -> String {
        let all_cancelled = parcels.iter().all(|parcel| parcel.standing == Standing::Cancelled);
        // What was cancelled is of no interest beside what comes.
        let told: Vec<&Parcel<'_>> =
            parcels.iter().filter(|parcel| all_cancelled || parcel.standing != Standing::Cancelled).collect();
        let arrived: Vec<&Parcel<'_>> =
            told.iter().filter(|parcel| parcel.standing == Standing::Delivered).copied().collect();
        if arrived.len() == told.len() && arrived.len() > 1 {
            let on = one_day(&arrived).map(|on| self.on_day(on, today));
            return self.say(
                "parcels-arrived-all",
                &[
                    ("total", Arg::Number(count(told.len()))),
                    ("dated", Arg::Phrase(yes(on.is_some()))),
                    ("on", Arg::Phrase(on.as_deref().unwrap_or_default())),
                ],
            );
        }
        let sentence = self.told_worst_first(&told, told.len() == arrived.len(), today);
        if arrived.is_empty() || arrived.len() == told.len() {
            return capitalised(&sentence);
        }
        let args = [
            ("arrived", Arg::Number(count(arrived.len()))),
            ("total", Arg::Number(count(told.len()))),
            ("rest", Arg::Phrase(&sentence)),
        ];
        self.say("parcels-arrived-of", &args)
    }

    fn told_worst_first(&self, told: &[&Parcel<'_>], with_delivered: bool, today: Date) -> String {
        let groups: Vec<Group<'_>> = Standing::ALL
            .into_iter()
            .filter(|standing| with_delivered || *standing != Standing::Delivered)
            .map(|standing| Group {
                standing,
                parcels: told.iter().filter(|parcel| parcel.standing == standing).copied().collect(),
            })
            .filter(|group| !group.parcels.is_empty())
            .collect();
        let clauses = groups.iter().enumerate().map(|(position, group)| self.clause(group, position > 0, today));
        clauses
            .reduce(|lead, rest| {
                self.say("parcels-then", &[("lead", Arg::Phrase(&lead)), ("rest", Arg::Phrase(&rest))])
            })
            .unwrap_or_default()
    }

    fn clause(&self, group: &Group<'_>, is_rest: bool, today: Date) -> String {
        let (what, number) = self.named(group, is_rest);
        let expectation = common_expectation(&group.parcels);
        let timing = expectation.timing(today);
        let (when, day) = (self.when(&expectation, today), self.bare_when(&expectation, today));
        let on = last_day(&group.parcels).map(|on| self.on_day(on, today));
        let args = [
            ("what", Arg::Phrase(&what)),
            ("count", Arg::Number(number)),
            ("timing", Arg::Phrase(timing.as_str())),
            ("when", Arg::Phrase(&when)),
            ("day", Arg::Phrase(&day)),
            ("dated", Arg::Phrase(yes(on.is_some()))),
            ("on", Arg::Phrase(on.as_deref().unwrap_or_default())),
        ];
        self.say(group.standing.message(), &args)
    }

    /// What a group is called, and the number its verb takes.
    fn named(&self, group: &Group<'_>, is_rest: bool) -> (String, i64) {
        let titles: Vec<String> =
            group.parcels.iter().flat_map(|parcel| &parcel.items).map(|title| shortened(title)).collect();
        let every_parcel_is_named = group.parcels.iter().all(|parcel| !parcel.items.is_empty());
        match titles.as_slice() {
            [only] if every_parcel_is_named => {
                (self.say("items-one", &[("first", only.into())]), self.grammatical_number(only))
            }
            [first, second] if every_parcel_is_named => {
                (self.say("items-two", &[("first", first.into()), ("second", second.into())]), 2)
            }
            [first, others @ ..] if every_parcel_is_named => {
                let args = [("first", Arg::from(first)), ("more", Arg::Number(count(others.len())))];
                (self.say("items-more", &args), count(titles.len()))
            }
            _ => {
                let number = count(group.parcels.len());
                let id = if is_rest { "items-rest" } else { "items-unnamed" };
                (self.say(id, &[("count", Arg::Number(number))]), number)
            }
        }
    }

    /// "The socks are", "the lamp is". Titles in quotation marks, as in German, are always singular.
    fn grammatical_number(&self, title: &str) -> i64 {
        let is_english = matches!(self.locale(), Locale::English | Locale::BritishEnglish);
        let lower = title.to_lowercase();
        let is_plural = lower.ends_with('s') && !["ss", "us", "is", "as", "ns"].iter().any(|end| lower.ends_with(end));
        if is_english && (is_plural || lower.ends_with("jeans")) { 2 } else { 1 }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The day on which all of them came; none where they came one by one.
fn one_day(parcels: &[&Parcel<'_>]) -> Option<Date> {
    let first = parcels.first()?.on;
    first.filter(|_| parcels.iter().all(|parcel| parcel.on == first))
}

fn last_day(parcels: &[&Parcel<'_>]) -> Option<Date> {
    parcels.iter().map(|parcel| parcel.on).max().flatten()
}

/// The window that holds for all of them; none where one has none.
fn common_expectation(parcels: &[&Parcel<'_>]) -> Expectation {
    if parcels.iter().any(|parcel| parcel.expectation.latest.is_none()) {
        return Expectation::default();
    }
    let earliest = |parcel: &&Parcel<'_>| parcel.expectation.earliest.or(parcel.expectation.latest);
    Expectation {
        earliest: parcels.iter().filter_map(earliest).min(),
        latest: parcels.iter().filter_map(|parcel| parcel.expectation.latest).max(),
        has_moved_later: parcels.iter().any(|parcel| parcel.expectation.has_moved_later),
    }
}

/// A title short enough to stand in a headline, cut between words.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 40;
    let title = title.trim();
    if title.chars().count() <= LONGEST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(LONGEST).collect();
    let whole_words = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// A part of a sentence, such as "it should still arrive tomorrow", standing alone.
pub fn whole_sentence(part: &str) -> String {
    let stop = if part.is_empty() || part.ends_with(['.', '!', '?', '؟']) { "" } else { "." };
    capitalised(part) + stop
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
#[path = "parcels_tests.rs"]
mod tests;
