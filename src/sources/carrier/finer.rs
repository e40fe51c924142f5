//! How a text may say more than its code, and how scans that only look alike are told apart. No carrier's words are here.

use std::collections::HashMap;

use crate::tracking::event::{Identity, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

use super::scan::wording;

/// The code's status, or the text's where the code is generic and the text stays within what the code says.
///
/// A code that says something of its own always wins: texts are reworded, translated and truncated.
pub(super) fn finer(by_code: Status, by_text: Option<Status>) -> Status {
    let Some(by_text) = by_text else { return by_code };
    let same = by_text.milestone() == by_code.milestone();
    let allowed = match by_code {
        Status::Unknown => true,
        Status::InTransit => by_text.milestone() != Milestone::Delivered,
        Status::ExceptionOther | Status::Undeliverable | Status::AttemptOther => {
            same || matches!(
                by_text.milestone(),
                Milestone::AttemptFailed | Milestone::Exception | Milestone::Returning
            )
        }
        // "Delivered, To Original Sender" is no delivery to the one who waits.
        Status::Delivered => same || by_text == Status::Returned,
        Status::Returning => same,
        _ => false,
    };
    if allowed { by_text } else { by_code }
}

/// The status of the first phrase that stands in the text. Phrases are lower case, the more telling ones first.
pub(super) fn by_phrase(phrases: &[(&str, Status)], text: &str) -> Option<Status> {
    let text = wording(text);
    let pairs = Pairs::of(&text);
    phrases.iter().find(|(phrase, _)| pairs.may_have(phrase) && text.contains(phrase)).map(|(_, status)| *status)
}

/// The pairs of letters that stand in a text, by a hash of few bits: most of the phrases it lacks show in their first ones.
struct Pairs([u64; 16]);

impl Pairs {
    fn of(text: &str) -> Pairs {
        let mut pairs = Pairs([0; 16]);
        for pair in text.as_bytes().windows(2) {
            let at = Self::place(pair);
            pairs.0[at / 64] |= 1 << (at % 64);
        }
        pairs
    }

    fn may_have(&self, phrase: &str) -> bool {
        phrase.as_bytes().windows(2).all(|pair| {
            let at = Self::place(pair);
            self.0[at / 64] & 1 << (at % 64) != 0
        })
    }

    fn place(pair: &[u8]) -> usize {
        (usize::from(pair[0]) * 31 + usize::from(pair[1])) % 1024
    }
}

/// Scans of one code, second and place whose other codes differ are several scans: those codes then join the first.
pub(super) fn told_apart(scans: Vec<(TrackingEvent, String)>) -> Vec<TrackingEvent> {
    let mut alike: HashMap<Identity<'_>, (&str, bool)> = HashMap::with_capacity(scans.len());
    for (event, beside) in &scans {
        let (first, differ) = alike.entry(event.identity()).or_insert((beside, false));
        *differ |= first != beside;
    }
    let differ: Vec<bool> = scans.iter().map(|(event, _)| alike[&event.identity()].1).collect();
    let told = |((mut event, beside), differ): ((TrackingEvent, String), bool)| {
        if differ && !beside.is_empty() {
            event.said.code = Some(match event.said.code.take() {
                Some(code) => format!("{code}/{beside}"),
                None => beside,
            });
        }
        event
    };
    scans.into_iter().zip(differ).map(told).collect()
}

/// The names that stand where a signer's would, and are none.
pub(super) fn signer(name: Option<String>) -> Option<String> {
    let name = name?;
    let nobody = matches!(
        wording(&name).as_str(),
        "signature not required"
            | "signature not req"
            | "no signature required"
            | "signature release on file"
            | "signature release"
            | "sig not required"
            | "no signature"
            | "not required"
            | "n/a"
            | "string"
    );
    (!nobody).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_wins_over_its_text_unless_it_is_generic() {
        assert_eq!(finer(Status::Held, Some(Status::Delivered)), Status::Held);
        assert_eq!(finer(Status::InTransit, Some(Status::Delivered)), Status::InTransit);
        assert_eq!(finer(Status::InTransit, Some(Status::ReadyForPickup)), Status::ReadyForPickup);
        assert_eq!(finer(Status::Delivered, Some(Status::DeliveredMailbox)), Status::DeliveredMailbox);
        assert_eq!(finer(Status::Delivered, Some(Status::Weather)), Status::Delivered);
        assert_eq!(finer(Status::ExceptionOther, Some(Status::AttemptNoOneHome)), Status::AttemptNoOneHome);
        assert_eq!(finer(Status::Unknown, Some(Status::OnVehicle)), Status::OnVehicle);
    }
}
