//! `[incidents]` of `brand.toml`: when trouble is noticed, for whom, and what a shopper may then ask for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::tracking::incident::{IncidentKind, Level, Rules, Setting, Silence};
use crate::tracking::way_out::WayOut;

use super::section::Section;

/// How a brand deals with trouble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidentOptions {
    pub rules: Rules,
    /// What a shopper may ask for. A request goes to `links.email`: without one nothing is offered.
    pub ways_out: Vec<WayOut>,
    /// Business days within which a request is answered.
    pub answer_within_days: u16,
}

impl Default for IncidentOptions {
    fn default() -> Self {
        IncidentOptions { rules: Rules::default(), ways_out: Vec::new(), answer_within_days: 2 }
    }
}

/// A year of silence: what is longer is no rule.
const MOST_HOURS: u16 = 24 * 365;

const SETTINGS: &[(&str, Option<Setting>)] = &[
    ("off", Some(Setting::Off)),
    ("watch", Some(Setting::At(Level::Watch))),
    ("tell", Some(Setting::At(Level::Tell))),
    ("act", Some(Setting::At(Level::Act))),
];

pub(super) fn incidents(section: Section, has_mailbox: bool) -> IncidentOptions {
    let otherwise = IncidentOptions::default();
    let rules = &otherwise.rules;
    let options = IncidentOptions {
        rules: Rules {
            no_scan: silence(section.section("no_scan"), rules.no_scan),
            label_unscanned: silence(section.section("label_unscanned"), rules.label_unscanned),
            stuck: silence(section.section("stuck"), rules.stuck),
            customs: silence(section.section("customs"), rules.customs),
            pickup_days_before: section.number("pickup_days_before", 0..=30, rules.pickup_days_before),
            pickup_waits_days: section.number("pickup_waits_days", 1..=90, rules.pickup_waits_days),
            window_missed_act_after_hours: section.number(
                "window_missed_act_after_hours",
                0..=MOST_HOURS,
                rules.window_missed_act_after_hours,
            ),
            levels: levels(section.section("levels")),
        },
        ways_out: ways_out(&section, has_mailbox),
        answer_within_days: section.number("answer_within_days", 1..=30, otherwise.answer_within_days),
    };
    section.done();
    options
}

fn silence(section: Section, otherwise: Silence) -> Silence {
    let hours = |key: &'static str, otherwise| section.number(key, 1..=MOST_HOURS, otherwise);
    let silence = Silence {
        watch_after_hours: hours("watch_after_hours", otherwise.watch_after_hours),
        tell_after_hours: hours("tell_after_hours", otherwise.tell_after_hours),
        tell_at_latest_after_hours: hours("tell_at_latest_after_hours", otherwise.tell_at_latest_after_hours),
    };
    if silence.tell_at_latest_after_hours < silence.tell_after_hours {
        section.fault("tell_at_latest_after_hours", "is less than tell_after_hours; make it the longer one");
    }
    section.done();
    silence
}

fn levels(section: Section) -> BTreeMap<IncidentKind, Setting> {
    let mut levels = BTreeMap::new();
    for kind in IncidentKind::ALL {
        if let Some(setting) = section.choice(kind.as_str(), SETTINGS, None) {
            levels.insert(kind, setting);
        }
    }
    section.done();
    levels
}

fn ways_out(section: &Section, has_mailbox: bool) -> Vec<WayOut> {
    let named = section.texts("actions");
    if !section.has("actions") {
        return if has_mailbox { WayOut::ALL.to_vec() } else { Vec::new() };
    }
    let mut ways = Vec::with_capacity(named.len());
    for name in &named {
        match WayOut::read(name) {
            Some(way) if !ways.contains(&way) => ways.push(way),
            Some(_) => section.fault("actions", format!("names {name:?} twice; remove one")),
            None => {
                let known: Vec<_> = WayOut::ALL.iter().map(|way| way.as_str()).collect();
                section.fault("actions", format!("holds {name:?}; choose from {}", known.join(", ")));
            }
        }
    }
    if !ways.is_empty() && !has_mailbox {
        section.fault("actions", "are sent to links.email, which is missing; add it, or write actions = []");
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const LEAST: &str = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\n";

    fn places(more: &str) -> Vec<String> {
        let faults = read(&format!("{LEAST}{more}")).expect_err("should be refused");
        faults.into_iter().map(|fault| fault.place).collect()
    }

    #[test]
    fn a_brand_that_says_nothing_has_sound_rules_and_offers_nothing_nobody_reads() {
        assert_eq!(read(LEAST).unwrap().incidents, IncidentOptions::default());
        let reachable = read(&format!("{LEAST}[links]\nemail = \"help@shop.example\"\n")).unwrap();
        assert_eq!(reachable.incidents.ways_out, WayOut::ALL);
    }

    #[test]
    fn rules_levels_and_actions_are_read() {
        let text = format!(
            "{LEAST}[links]\nemail = \"help@shop.example\"\n[incidents]\nactions = [\"refund\"]\npickup_days_before = 3\n\
             [incidents.no_scan]\nwatch_after_hours = 12\n[incidents.levels]\nweather = \"off\"\nlost = \"tell\"\n"
        );
        let read = read(&text).unwrap().incidents;
        assert_eq!((read.rules.pickup_days_before, read.rules.no_scan.watch_after_hours), (3, 12));
        assert_eq!(read.rules.no_scan.tell_after_hours, Rules::default().no_scan.tell_after_hours);
        assert_eq!(read.rules.levels[&IncidentKind::Weather], Setting::Off);
        assert_eq!(read.rules.levels[&IncidentKind::Lost], Setting::At(Level::Tell));
        assert_eq!(read.ways_out, [WayOut::Refund]);
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<IncidentOptions>(&json).unwrap(), read);
    }

    #[test]
    fn what_cannot_be_is_named() {
        assert_eq!(places("[incidents]\nactions = [\"refund\"]\n"), ["incidents.actions"]);
        assert_eq!(places("[incidents.levels]\nweather = \"loud\"\n"), ["incidents.levels.weather"]);
        assert_eq!(places("[incidents.levels]\nmood = \"tell\"\n"), ["incidents.levels.mood"]);
        let short = "[incidents.stuck]\ntell_at_latest_after_hours = 10\n";
        assert_eq!(places(short), ["incidents.stuck.tell_at_latest_after_hours"]);
    }
}
