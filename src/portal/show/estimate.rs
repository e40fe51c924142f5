//! When a parcel should come, on what that rests, and how it moved, as its page tells it.

use jiff::civil::Date;

use crate::portal::view::{MoveView, TimeView, WindowView};
use crate::tracking::estimate::ledger::Reason;
use crate::tracking::summary::{Basis, Summary, Window};
use crate::tracking::wording::Arg;

use super::Viewer;

impl Viewer<'_> {
    pub(super) fn window(&self, window: &Window, carrier: Option<&str>, today: Date) -> WindowView {
        let overdue = window.latest < today;
        let earliest = if overdue { window.earliest } else { window.earliest.max(today.min(window.latest)) };
        let one_day = earliest == window.latest;
        WindowView {
            text: self.words.window(earliest, window.latest, today),
            from: earliest.to_string(),
            to: window.latest.to_string(),
            from_text: self.words.dates(|dates| dates.short_day(earliest)),
            to_text: (!one_day).then(|| self.words.dates(|dates| dates.short_day(window.latest))),
            basis: self.basis(window, carrier),
            passed: window.missed.filter(|missed| missed.basis != Basis::History).map(|missed| {
                let day = self.words.on_day(missed.latest, today);
                self.words.say("window-passed", &[("day", (&day).into())])
            }),
            overdue,
        }
    }

    /// Who says so. A new day in place of one that has passed is nobody's word but ours.
    fn basis(&self, window: &Window, carrier: Option<&str>) -> Option<String> {
        match (window.basis, carrier) {
            (Basis::Carrier | Basis::Promise, _) if window.missed.is_some() => {
                Some(self.words.text("window-basis-anew").to_owned())
            }
            (Basis::Carrier, Some(carrier)) => {
                Some(self.words.say("window-basis-carrier", &[("carrier", carrier.into())]))
            }
            (Basis::Carrier, None) => None,
            (Basis::Promise, _) => Some(self.words.text("window-basis-merchant").to_owned()),
            (Basis::History, _) => {
                let share = i64::from(window.confidence.unwrap_or(80));
                Some(if share % 10 == 0 {
                    self.words.say("window-basis-history", &[("share", Arg::Number(share / 10))])
                } else {
                    self.words.say("window-confidence", &[("percent", Arg::Number(share))])
                })
            }
        }
    }

    /// The ledger's end, oldest first; nothing where the window never moved.
    pub(super) fn moves(&self, summary: &Summary) -> Vec<MoveView> {
        let today = self.today();
        let told = |moved: &crate::tracking::summary::Moved| MoveView {
            on: TimeView { datetime: moved.on.to_string(), text: self.words.day(moved.on, today) },
            window: self.words.window(moved.earliest, moved.latest, today),
            reason: self.words.text(reason(moved.reason)).to_owned(),
        };
        if summary.moves.len() < 2 { Vec::new() } else { summary.moves.iter().map(told).collect() }
    }
}

const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Ordered => "window-reason-first",
        Reason::HandedOver => "window-reason-handed-over",
        Reason::Progress => "window-reason-scan",
        Reason::OutForDelivery => "window-reason-out-for-delivery",
        Reason::Customs => "window-reason-customs",
        Reason::Weather => "window-reason-weather",
        Reason::Address => "window-reason-address",
        Reason::AttemptFailed => "window-reason-attempt",
        Reason::CarrierDelay => "window-reason-delay",
        Reason::Misrouted => "window-reason-misrouted",
        Reason::Redirected => "window-reason-redirected",
        Reason::Held => "window-reason-held",
        Reason::Damaged => "window-reason-damaged",
        Reason::ActionRequired => "window-reason-action",
        Reason::CarrierDate => "window-reason-carrier",
        Reason::PromiseChanged => "window-reason-promise",
        Reason::Trouble => "window-reason-trouble",
        Reason::Overdue => "window-reason-overdue",
    }
}
