//! How a text may say more than its code, and how scans that only look alike are told apart. No carrier's words are here.

use std::collections::HashMap;

use crate::tracking::event::{Fingerprint, TrackingEvent};
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
    phrases.iter().find(|(phrase, _)| text.contains(phrase)).map(|(_, status)| *status)
}

/// Scans of one code, second and place whose other codes differ are several scans: those codes then join the first.
pub(super) fn told_apart(scans: Vec<(TrackingEvent, String)>) -> Vec<TrackingEvent> {
    let mut alike: HashMap<Fingerprint, (String, bool)> = HashMap::new();
    for (event, beside) in &scans {
        let (first, differ) = alike.entry(event.fingerprint()).or_insert_with(|| (beside.clone(), false));
        *differ |= first != beside;
    }
    let differ = |event: &TrackingEvent| alike.get(&event.fingerprint()).is_some_and(|(_, differ)| *differ);
    let told = |(mut event, beside): (TrackingEvent, String)| {
        if differ(&event) && !beside.is_empty() {
            event.said.code = Some(match event.said.code.take() {
                Some(code) => format!("{code}/{beside}"),
                None => beside,
            });
        }
        event
    };
    scans.into_iter().map(told).collect()
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
