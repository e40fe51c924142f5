//! What a shopper can ask for when something is wrong: one request an incident, as the brand allows.
//!
//! When an incident opens is decided by `incident`; keeping a request is the work of the store.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::incident::IncidentKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    CorrectAddress,
    LeaveAt,
    ChoosePickup,
    Reship,
    Refund,
    Credit,
}

impl WayOut {
    pub const ALL: [WayOut; 6] =
        [WayOut::CorrectAddress, WayOut::LeaveAt, WayOut::ChoosePickup, WayOut::Reship, WayOut::Refund, WayOut::Credit];

    pub const fn as_str(self) -> &'static str {
        match self {
            WayOut::CorrectAddress => "correct_address",
            WayOut::LeaveAt => "leave_at",
            WayOut::ChoosePickup => "choose_pickup",
            WayOut::Reship => "reship",
            WayOut::Refund => "refund",
            WayOut::Credit => "credit",
        }
    }

    pub fn read(text: &str) -> Option<WayOut> {
        WayOut::ALL.into_iter().find(|way| way.as_str() == text)
    }

    /// Asked for with a text (an address, a place), without which it says nothing.
    pub const fn needs_text(self) -> bool {
        matches!(self, WayOut::CorrectAddress | WayOut::LeaveAt | WayOut::ChoosePickup)
    }

    /// The id of the words on its button.
    pub fn message(self) -> String {
        format!("action-{}", self.as_str().replace('_', "-"))
    }

    /// The id of the words over its text.
    pub const fn text_message(self) -> &'static str {
        match self {
            WayOut::CorrectAddress => "action-text-address",
            WayOut::LeaveAt => "action-text-leave-at",
            WayOut::ChoosePickup => "action-text-pickup",
            WayOut::Reship | WayOut::Refund | WayOut::Credit => "action-text-remark",
        }
    }
}

/// The one thing that a shopper with such an incident is offered: the best that the brand allows.
pub fn primary(kind: IncidentKind, allowed: &[WayOut]) -> Option<WayOut> {
    let fitting: &[WayOut] = match kind {
        IncidentKind::Address => &[WayOut::CorrectAddress],
        IncidentKind::FailedAttempt => &[WayOut::LeaveAt, WayOut::ChoosePickup],
        IncidentKind::Damaged | IncidentKind::Lost | IncidentKind::Returned | IncidentKind::Expired => {
            &[WayOut::Reship, WayOut::Refund, WayOut::Credit]
        }
        IncidentKind::WindowMissed | IncidentKind::Stuck => &[WayOut::Refund, WayOut::Credit, WayOut::Reship],
        IncidentKind::NoScan
        | IncidentKind::LabelUnscanned
        | IncidentKind::Customs
        | IncidentKind::Weather
        | IncidentKind::PickupExpiring
        | IncidentKind::ActionNeeded
        | IncidentKind::Delayed => &[],
    };
    fitting.iter().copied().find(|way| allowed.contains(way))
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    Open,
    Done,
    Declined,
}

impl AnswerState {
    pub const fn as_str(self) -> &'static str {
        match self {
            AnswerState::Open => "open",
            AnswerState::Done => "done",
            AnswerState::Declined => "declined",
        }
    }

    pub fn read(text: &str) -> Option<AnswerState> {
        [AnswerState::Open, AnswerState::Done, AnswerState::Declined].into_iter().find(|state| state.as_str() == text)
    }
}

/// A request as the page tells it; what was written stays sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub way_out: WayOut,
    pub state: AnswerState,
    /// The day by which the brand has answered.
    pub answer_by: Date,
}

/// So many business days from `today`.
pub fn answer_by(calendar: Calendar, today: Date, days: u16) -> Date {
    calendar.add_business_days(today, u32::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_way_out_that_the_brand_allows_is_offered() {
        assert_eq!(primary(IncidentKind::Lost, &WayOut::ALL), Some(WayOut::Reship));
        assert_eq!(primary(IncidentKind::Lost, &[WayOut::Credit, WayOut::Refund]), Some(WayOut::Refund));
        assert_eq!(primary(IncidentKind::Lost, &[]), None);
        assert_eq!(primary(IncidentKind::Weather, &WayOut::ALL), None);
    }

    #[test]
    fn every_way_out_reads_back_from_its_text() {
        for way in WayOut::ALL {
            assert_eq!(WayOut::read(way.as_str()), Some(way));
        }
    }

    #[test]
    fn an_answer_is_promised_for_a_business_day() {
        let friday = jiff::civil::date(2026, 3, 13);
        assert_eq!(answer_by(Calendar::Germany, friday, 2), jiff::civil::date(2026, 3, 17));
    }
}
