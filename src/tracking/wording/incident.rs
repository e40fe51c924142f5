//! Trouble in words: what happened, what it means for the date, what happens next, what the shopper can do.
//!
//! When an incident opens and closes is decided by its rules, not here.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::sentence::{Expectation, Facts, yes};
use super::speaker::{Arg, Speaker};
use crate::tracking::status::{Milestone, Status};

/// What went wrong, as the page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    NoScan,
    LabelUnscanned,
    Stuck,
    Customs,
    Weather,
    Address,
    FailedAttempt,
    Damaged,
    Lost,
    Returned,
    PickupExpiring,
    WindowMissed,
    ActionNeeded,
    /// The carrier has closed its tracking and never said how it ended.
    Expired,
    Delayed,
}

impl IncidentKind {
    pub const ALL: [IncidentKind; 15] = [
        IncidentKind::NoScan,
        IncidentKind::LabelUnscanned,
        IncidentKind::Stuck,
        IncidentKind::Customs,
        IncidentKind::Weather,
        IncidentKind::Address,
        IncidentKind::FailedAttempt,
        IncidentKind::Damaged,
        IncidentKind::Lost,
        IncidentKind::Returned,
        IncidentKind::PickupExpiring,
        IncidentKind::WindowMissed,
        IncidentKind::ActionNeeded,
        IncidentKind::Expired,
        IncidentKind::Delayed,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            IncidentKind::NoScan => "no_scan",
            IncidentKind::LabelUnscanned => "label_unscanned",
            IncidentKind::Stuck => "stuck",
            IncidentKind::Customs => "customs",
            IncidentKind::Weather => "weather",
            IncidentKind::Address => "address",
            IncidentKind::FailedAttempt => "failed_attempt",
            IncidentKind::Damaged => "damaged",
            IncidentKind::Lost => "lost",
            IncidentKind::Returned => "returned",
            IncidentKind::PickupExpiring => "pickup_expiring",
            IncidentKind::WindowMissed => "window_missed",
            IncidentKind::ActionNeeded => "action_needed",
            IncidentKind::Expired => "expired",
            IncidentKind::Delayed => "delayed",
        }
    }

    /// The trouble that a status is by itself. `None` where all is well, or only time can tell.
    pub const fn of(status: Status) -> Option<IncidentKind> {
        Some(match status {
            Status::CustomsHold | Status::DutiesUnpaid | Status::DocumentsRequired => IncidentKind::Customs,
            Status::Weather => IncidentKind::Weather,
            Status::AddressIssue | Status::RecipientMoved => IncidentKind::Address,
            Status::Damaged | Status::DeliveredDamaged => IncidentKind::Damaged,
            Status::Lost | Status::Disposed => IncidentKind::Lost,
            Status::DelayedCarrier
            | Status::DelayedExternal
            | Status::Misrouted
            | Status::Held
            | Status::ExceptionOther
            | Status::PickupFailed => IncidentKind::Delayed,
            _ => match status.milestone() {
                Milestone::AttemptFailed => IncidentKind::FailedAttempt,
                Milestone::Exception => IncidentKind::ActionNeeded,
                Milestone::Expired => IncidentKind::Expired,
                Milestone::Returning | Milestone::Returned => IncidentKind::Returned,
                _ => return None,
            },
        })
    }

    fn message(self, part: &str) -> String {
        format!("incident-{}-{part}", self.as_str().replace('_', "-"))
    }

    /// Nothing was told, so that no status says it.
    const fn is_silence(self) -> bool {
        matches!(
            self,
            IncidentKind::NoScan | IncidentKind::LabelUnscanned | IncidentKind::Stuck | IncidentKind::WindowMissed
        )
    }
}

impl fmt::Display for IncidentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The four things a shopper wants to know of trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentWords {
    pub title: String,
    pub happened: String,
    pub date: String,
    pub next: String,
    pub action: String,
}

impl Speaker {
    /// What happened, what it means for the date, what happens next and what the shopper can do.
    pub fn incident(&self, kind: IncidentKind, facts: &Facts<'_>, today: Date) -> IncidentWords {
        let when = self.when(&facts.expectation, today);
        let on = facts.on.map(|on| self.on_day(on, today));
        let since = facts.on.map(|on| self.day(on, today));
        let until = facts.until.map(|until| self.day(until, today));
        let args = [
            ("carrier", Arg::Text(facts.carrier.unwrap_or_default())),
            ("carried", Arg::Phrase(yes(facts.carrier.is_some()))),
            ("timing", Arg::Phrase(facts.expectation.timing(today).as_str())),
            ("when", Arg::Phrase(&when)),
            ("dated", Arg::Phrase(yes(since.is_some()))),
            ("on", Arg::Phrase(on.as_deref().unwrap_or_default())),
            ("since", Arg::Phrase(since.as_deref().unwrap_or_default())),
            ("limited", Arg::Phrase(yes(until.is_some()))),
            ("until", Arg::Phrase(until.as_deref().unwrap_or_default())),
        ];
        let say = |part| self.say(&kind.message(part), &args);
        IncidentWords {
            title: say("title"),
            happened: say("happened"),
            date: say("date"),
            next: say("next"),
            action: say("action"),
        }
    }

    /// The headline of a parcel with its worst incident: silence is told by the incident, all else by the status.
    pub fn headline_with(&self, facts: &Facts<'_>, incidents: &BTreeSet<IncidentKind>, today: Date) -> String {
        let silence = incidents.iter().find(|kind| kind.is_silence());
        match silence {
            Some(kind) if IncidentKind::of(facts.status).is_none() => {
                let words = self.incident(*kind, facts, today);
                let args = [("happened", Arg::Phrase(&words.title)), ("date", Arg::Phrase(&words.date))];
                self.say("incident-headline", &args)
            }
            _ => self.headline(facts, today),
        }
    }

    /// The same, where one incident leads: `facts` are those of it.
    pub fn headline_with_worst(&self, facts: &Facts<'_>, worst: IncidentKind, today: Date) -> String {
        self.headline_with(facts, &BTreeSet::from([worst]), today)
    }

    /// A window as a sentence of its own, for the place under the headline.
    pub fn expectation(&self, expectation: &Expectation, today: Date) -> String {
        let when = self.when(expectation, today);
        let timing = expectation.timing(today).as_str();
        self.say("window-sentence", &[("timing", Arg::Phrase(timing)), ("when", Arg::Phrase(&when))])
    }
}

#[cfg(test)]
mod tests {
    use super::super::locale::Locale;
    use super::*;

    #[test]
    fn every_incident_is_told_whole_in_every_language() {
        let today = jiff::civil::date(2026, 10, 5);
        for locale in Locale::ALL {
            for kind in IncidentKind::ALL {
                for carrier in [None, Some("UPS")] {
                    for latest in [None, Some(today.tomorrow().unwrap()), Some(today.yesterday().unwrap())] {
                        let expectation = Expectation { latest, ..Expectation::default() };
                        let facts = Facts { carrier, expectation, until: latest, ..Facts::of(Status::InTransit) };
                        let words = Speaker::of(locale).incident(kind, &facts, today);
                        for said in [words.title, words.happened, words.date, words.next, words.action] {
                            assert!(said.len() > 5 && !said.contains(['{', '}', '$']), "{kind} in {locale}: {said}");
                            assert!(!said.starts_with("incident-"), "{said}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn silence_takes_the_headline_and_other_trouble_leaves_it_to_the_status() {
        let today = jiff::civil::date(2026, 10, 5);
        let speaker = Speaker::of(Locale::English);
        let facts = Facts { carrier: Some("UPS"), on: today.yesterday().ok(), ..Facts::of(Status::InTransit) };
        let silent = BTreeSet::from([IncidentKind::NoScan]);
        let said = speaker.headline_with(&facts, &silent, today);
        assert!(said.starts_with("UPS has not scanned your package since yesterday"), "{said}");
        let weather = Facts { status: Status::Weather, ..facts };
        assert_eq!(speaker.headline_with(&weather, &silent, today), speaker.headline(&weather, today));
    }
}
