//! What the back room's buttons tell of a parcel: the event that would make it so.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::places;
use crate::sources::{EstimateDraft, Expected, ShipmentDraft};
use crate::store::orders::ShipmentRecord;
use crate::tracking::event::EventPlace;
use crate::tracking::status::{Milestone, Status};
use crate::tracking::summary::{Claims, Summary};

use super::world;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    Advance,
    Delay,
    Lose,
    Deliver,
    Return,
    Damage,
    Mend,
}

impl Button {
    pub const ALL: [Button; 7] =
        [Button::Advance, Button::Delay, Button::Lose, Button::Deliver, Button::Return, Button::Damage, Button::Mend];

    /// As the path and the button write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Button::Advance => "advance",
            Button::Delay => "delay",
            Button::Lose => "lose",
            Button::Deliver => "deliver",
            Button::Return => "return",
            Button::Damage => "damage",
            Button::Mend => "mend",
        }
    }

    pub fn read(text: &str) -> Option<Button> {
        Button::ALL.into_iter().find(|button| button.as_str() == text)
    }

    /// What becomes true of a parcel of that status. `None`: nothing more can.
    fn status_after(self, now: Status) -> Option<Status> {
        match self {
            Button::Advance => next(now),
            Button::Delay => Some(Status::DelayedCarrier),
            Button::Lose => Some(Status::Lost),
            Button::Deliver => Some(Status::Delivered),
            Button::Return => Some(Status::Returning),
            Button::Damage => Some(Status::Damaged),
            Button::Mend => Some(Status::Resolved),
        }
    }
}

/// The next thing that happens to a parcel when all goes well.
fn next(status: Status) -> Option<Status> {
    Some(match status.milestone() {
        Milestone::Pending | Milestone::Unknown => Status::LabelCreated,
        Milestone::InfoReceived | Milestone::Cancelled | Milestone::Expired => Status::Accepted,
        Milestone::InTransit => match status {
            Status::Accepted => Status::DepartedFacility,
            Status::LeftOriginCountry => Status::ArrivedDestinationCountry,
            Status::ArrivedDestinationCountry => Status::CustomsStarted,
            Status::CustomsStarted => Status::CustomsCleared,
            Status::InTransit | Status::DepartedFacility | Status::CustomsCleared => Status::ArrivedFacility,
            Status::ArrivedFacility | Status::Resolved => Status::AtLocalFacility,
            _ => Status::OnVehicle,
        },
        Milestone::OutForDelivery => Status::Delivered,
        Milestone::AvailableForPickup => Status::DeliveredCollected,
        Milestone::AttemptFailed => Status::OnVehicle,
        Milestone::Exception => Status::Resolved,
        Milestone::Returning => Status::Returned,
        Milestone::Delivered | Milestone::Returned => return None,
    })
}

/// Two tellings of one thing within five minutes are one scan to the fold.
const APART: SignedDuration = SignedDuration::from_secs(5 * 60 + 1);

/// When the event is said to have been: never before what was told already, and never so soon after the same that both
/// would be one. Whoever loses and mends a parcel three times in a minute has its clock run ahead.
fn occurred_at(summary: Option<&Summary>, status: Status, now: Timestamp) -> Timestamp {
    let events = summary.into_iter().flat_map(|summary| &summary.events);
    let after = events.map(|shown| {
        let wait = if shown.update.status == status { APART } else { SignedDuration::from_secs(1) };
        shown.update.time.sort_instant() + wait
    });
    after.fold(now, Timestamp::max)
}

/// What the carrier tells when the button is pressed at `now`.
pub fn telling(known: &ShipmentRecord, claims: &Claims, button: Button, now: Timestamp) -> Option<ShipmentDraft> {
    let summary = known.summary.as_ref();
    let status = button.status_after(summary.map_or(Status::PendingNoData, |summary| summary.progress.status))?;
    let destination = claims.destination.clone().unwrap_or_default();
    let seen_last =
        summary.and_then(|summary| summary.events.iter().rev().find(|shown| !shown.update.place.is_empty()));
    let is_there = matches!(status.milestone(), Milestone::Delivered | Milestone::OutForDelivery)
        || matches!(status, Status::AtLocalFacility | Status::ArrivedDestinationCountry);
    let place = match seen_last {
        Some(seen) if !is_there => seen.update.place.clone(),
        _ if status == Status::LabelCreated => claims.origin.clone().unwrap_or_default(),
        _ => EventPlace { facility: None, ..destination.clone() },
    };
    let zone = |place: &EventPlace| places::time_zone(place).and_then(|name| TimeZone::get(name).ok());
    let there = zone(&destination).unwrap_or(TimeZone::UTC);
    let carrier = known.carrier.as_deref().unwrap_or_default();
    let zone_there = zone(&place).unwrap_or_else(|| there.clone());
    let event = world::told(carrier, status, place, zone_there, occurred_at(summary, status, now));
    let today = now.to_zoned(there).date();
    let on = |days: i64| Some(Expected::Day(today.saturating_add(days.days())));
    let estimate = match status.milestone() {
        Milestone::OutForDelivery => Some((0, 0)),
        Milestone::Exception if button == Button::Delay => Some((3, 5)),
        _ => None,
    };
    Some(ShipmentDraft {
        tracking_number: known.tracking_number.clone(),
        carrier: known.carrier.clone(),
        estimate: estimate.map(|(from, to)| EstimateDraft { earliest: on(from), latest: on(to) }),
        events: vec![event],
        ..ShipmentDraft::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advancing_ends_every_journey_at_a_final_status() {
        for status in Status::ALL {
            let mut now = *status;
            let mut steps = 0;
            while let Some(after) = next(now) {
                now = after;
                steps += 1;
                assert!(steps < 12, "{status} goes round in circles");
            }
            assert!(matches!(now.milestone(), Milestone::Delivered | Milestone::Returned), "{status}");
        }
    }

    #[test]
    fn every_button_reads_back_from_its_own_text() {
        for button in Button::ALL {
            assert_eq!(Button::read(button.as_str()), Some(button));
        }
        assert_eq!(Button::read("explode"), None);
    }
}
