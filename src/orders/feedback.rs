//! What a shopper says of a delivery: a rating, reasons that fit it, a comment. One a parcel, editable for two weeks.
//!
//! What merchants learn from all answers together is in `satisfaction`.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::aftercare::UpdatesOpinion;
use crate::tracking::status::{Milestone, Status};

/// Characters of a comment.
pub const MOST_CHARACTERS: usize = 1_000;

/// Bytes of a photo of the damage.
pub const MOST_PHOTO_BYTES: usize = 12_000_000;

/// How long after the first answer it may be changed.
pub const EDITABLE_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// From 1 (very bad) to 5 (very good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

/// The text is no number from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotARating;

impl Rating {
    pub const ALL: [Rating; 5] = [Rating(1), Rating(2), Rating(3), Rating(4), Rating(5)];

    pub fn new(stars: i64) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| i64::from(rating.0) == stars)
    }

    pub const fn stars(self) -> u8 {
        self.0
    }

    /// Counts as a satisfied customer: 4 or 5.
    pub const fn is_good(self) -> bool {
        self.0 >= 4
    }

    /// Calls for an excuse: 1 or 2.
    pub const fn is_bad(self) -> bool {
        self.0 <= 2
    }
}

impl FromStr for Rating {
    type Err = NotARating;

    fn from_str(text: &str) -> Result<Self, NotARating> {
        text.trim().parse().ok().and_then(Rating::new).ok_or(NotARating)
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a reason speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Bad,
    Good,
}

macro_rules! reasons {
    ($($name:ident = $mood:ident $text:literal,)*) => {
        /// Why it went well or badly.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Reason { $($name,)* }

        impl Reason {
            pub const ALL: &'static [Reason] = &[$(Reason::$name,)*];

            /// As forms and the store write it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $text,)* }
            }

            pub const fn mood(self) -> Mood {
                match self { $(Reason::$name => Mood::$mood,)* }
            }
        }
    };
}

reasons! {
    Late = Bad "late",
    Damaged = Bad "damaged",
    WrongPlace = Bad "wrong_place",
    Missing = Bad "missing",
    Rude = Bad "rude",
    NoUpdate = Bad "no_update",
    Packaging = Bad "packaging",
    Quick = Good "quick",
    OnTime = Good "on_time",
    Kind = Good "kind",
    Careful = Good "careful",
    Informed = Good "informed",
}

impl Reason {
    /// `None` for a reason that this version does not know.
    pub fn read(text: &str) -> Option<Reason> {
        let plain = text.trim().replace('-', "_");
        Reason::ALL.iter().copied().find(|reason| reason.as_str() == plain)
    }

    /// The middle takes both kinds: something was right and something was not.
    pub const fn fits(self, rating: Rating) -> bool {
        match self.mood() {
            Mood::Bad => !rating.is_good(),
            Mood::Good => !rating.is_bad(),
        }
    }
}

/// An answer, as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    pub rating: Rating,
    /// In the order of [`Reason::ALL`], each once.
    pub reasons: Vec<Reason>,
    pub comment: Option<String>,
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    NoRating,
    CommentTooLong,
}

impl Feedback {
    /// Reads a form. Reasons that do not fit the rating are left out: they were ticked before it was changed.
    pub fn read<'a>(
        rating: &str,
        reasons: impl IntoIterator<Item = &'a str>,
        comment: &str,
    ) -> Result<Feedback, Unanswered> {
        let rating: Rating = rating.parse().map_err(|NotARating| Unanswered::NoRating)?;
        let mut reasons: Vec<Reason> =
            reasons.into_iter().filter_map(Reason::read).filter(|reason| reason.fits(rating)).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let comment = plain_comment(comment);
        if comment.chars().count() > MOST_CHARACTERS {
            return Err(Unanswered::CommentTooLong);
        }
        Ok(Feedback { rating, reasons, comment: (!comment.is_empty()).then_some(comment) })
    }
}

/// A browser sends every line break as two characters and counts it as one.
fn plain_comment(typed: &str) -> String {
    let typed = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = typed.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    kept.trim().to_owned()
}

/// An answer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackGiven {
    pub feedback: Feedback,
    /// Of the first answer.
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    /// Whether the updates were right, where that was asked and answered.
    pub updates: Option<UpdatesOpinion>,
    /// When a photo of the damage came.
    pub photo_at: Option<Timestamp>,
}

impl FeedbackGiven {
    /// Up to when it may be changed.
    pub fn open_until(&self) -> Timestamp {
        self.created_at.checked_add(EDITABLE_FOR).unwrap_or(Timestamp::MAX)
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.open_until()
    }

    /// A photo is asked for where there may be damage to see.
    pub fn wants_photo(&self) -> bool {
        self.feedback.rating.is_bad() || self.feedback.reasons.contains(&Reason::Damaged)
    }
}

/// How a delivery ended, as far as it can be rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Delivered,
    Failed,
}

/// A parcel is rated when it is there, or will not come any more. `None` while it is under way.
pub fn ended(status: Status) -> Option<Ended> {
    match status {
        Status::Lost
        | Status::Disposed
        | Status::Damaged
        | Status::Refused
        | Status::Unclaimed
        | Status::Undeliverable
        | Status::AttemptFinal => Some(Ended::Failed),
        _ => match status.milestone() {
            Milestone::Delivered => Some(Ended::Delivered),
            Milestone::Returning | Milestone::Returned => Some(Ended::Failed),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rating: &str, reasons: &[&str], comment: &str) -> Result<Feedback, Unanswered> {
        Feedback::read(rating, reasons.iter().copied(), comment)
    }

    #[test]
    fn a_rating_is_one_to_five_and_nothing_else() {
        for (text, stars) in [("1", 1), (" 5 ", 5), ("03", 3)] {
            assert_eq!(text.parse::<Rating>().map(Rating::stars), Ok(stars));
        }
        for text in ["", "0", "6", "-1", "4.5", "five", "5; DROP TABLE feedback", "99999999999999999999"] {
            assert_eq!(text.parse::<Rating>(), Err(NotARating), "{text}");
            assert_eq!(read(text, &[], "a comment"), Err(Unanswered::NoRating));
        }
    }

    #[test]
    fn reasons_fit_the_rating_and_stand_once() {
        let of = |rating| read(rating, &["quick", "late", "wrong-place", "late", "soup"], "").unwrap().reasons;
        assert_eq!(of("1"), [Reason::Late, Reason::WrongPlace]);
        assert_eq!(of("3"), [Reason::Late, Reason::WrongPlace, Reason::Quick]);
        assert_eq!(of("5"), [Reason::Quick]);
    }

    #[test]
    fn every_reason_reads_back_from_its_own_text() {
        for reason in Reason::ALL {
            assert_eq!(Reason::read(reason.as_str()), Some(*reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }

    #[test]
    fn a_comment_of_a_thousand_characters_is_taken_and_one_more_is_not() {
        let long = "ä".repeat(MOST_CHARACTERS);
        assert_eq!(read("4", &[], &long).unwrap().comment, Some(long.clone()));
        assert_eq!(read("4", &[], &format!("{long}!")), Err(Unanswered::CommentTooLong));
        let lines = "\r\n".repeat(10) + &"x".repeat(985) + &"\r\n".repeat(7) + "12345678";
        assert_eq!(read("4", &[], &lines).unwrap().comment.unwrap().chars().count(), 1_000);
        assert_eq!(read("4", &[], " \r\n\t\0 ").unwrap().comment, None);
    }

    #[test]
    fn markup_in_a_comment_is_kept_as_it_was_typed() {
        let typed = "<script>alert(1)</script>";
        assert_eq!(read("2", &[], typed).unwrap().comment.as_deref(), Some(typed));
    }

    #[test]
    fn an_answer_may_be_changed_for_two_weeks_from_the_first() {
        let created_at: Timestamp = "2026-11-01T10:00:00Z".parse().unwrap();
        let changed_at = created_at + SignedDuration::from_hours(13 * 24);
        let given = FeedbackGiven {
            feedback: read("4", &[], "").unwrap(),
            created_at,
            changed_at,
            updates: None,
            photo_at: None,
        };
        assert!(given.is_open("2026-11-15T09:59:59Z".parse().unwrap()));
        assert!(!given.is_open("2026-11-15T10:00:00Z".parse().unwrap()));
    }

    #[test]
    fn only_what_has_ended_is_rated() {
        assert_eq!(ended(Status::DeliveredNeighbour), Some(Ended::Delivered));
        assert_eq!(ended(Status::Returned), Some(Ended::Failed));
        assert_eq!(ended(Status::Lost), Some(Ended::Failed));
        for under_way in [Status::OnVehicle, Status::AttemptNoOneHome, Status::Weather, Status::PendingNoData] {
            assert_eq!(ended(under_way), None, "{under_way}");
        }
    }
}
