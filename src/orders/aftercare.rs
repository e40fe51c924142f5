//! What shoppers ask and turn to the shop with, beside and after a delivery: the causes, the cases that come of them, and
//! the question whether the updates were right.
//!
//! How a delivery is rated is in `feedback`; what all of it teaches in `satisfaction`.

use jiff::civil::Date;

use super::ShipmentId;

/// Characters of what is written to the shop.
pub const MOST_CHARACTERS: usize = 1_000;

macro_rules! texts {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// As forms and the store write it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// `None` for what this version does not know.
            pub fn read(text: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.as_str() == text.trim())
            }
        }
    };
}

texts! {
    /// What somebody wants to know, or to have put right.
    Cause {
        Where = "where",
        When = "when",
        Address = "address",
        NobodyHome = "nobody_home",
        NotReceived = "not_received",
        Damaged = "damaged",
        Missing = "missing",
        Return = "return",
        Other = "other",
        Rating = "rating",
    }
}

impl Cause {
    /// Whether a shopper can choose it; a bad rating opens its case by itself.
    pub const fn is_chosen(self) -> bool {
        !matches!(self, Cause::Rating)
    }

    /// "Where is my order?" in any of its forms: what a page that answers should make rarer.
    pub const fn is_where_is_my_order(self) -> bool {
        matches!(self, Cause::Where | Cause::When | Cause::NotReceived)
    }

    /// Id of its question's message.
    pub const fn message(self) -> &'static str {
        match self {
            Cause::Where => "help-question-where",
            Cause::When => "help-question-when",
            Cause::Address => "help-question-address",
            Cause::NobodyHome => "help-question-nobody-home",
            Cause::NotReceived => "help-question-not-received",
            Cause::Damaged => "help-question-damaged",
            Cause::Missing => "help-question-missing",
            Cause::Return => "help-question-return",
            Cause::Other => "help-question-other",
            Cause::Rating => "help-question-rating",
        }
    }
}

texts! {
    /// How a case stands.
    CaseState {
        Open = "open",
        Done = "done",
        Withdrawn = "withdrawn",
    }
}

/// A case as its page shows it; what was written is not read for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    pub cause: Cause,
    pub state: CaseState,
    pub answer_by: Date,
}

texts! {
    /// Whether a shopper was told too often.
    UpdatesOpinion {
        TooMany = "too_many",
        Right = "right",
        TooFew = "too_few",
    }
}

/// One parcel in five is asked for an opinion on its updates: by its id, so always the same ones.
pub fn is_asked_about_updates(shipment: ShipmentId) -> bool {
    shipment.0.as_u128().is_multiple_of(5)
}

/// What somebody wrote, as it is kept: lines stay, control characters go, too much is cut.
pub fn plain_text(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    kept.trim().chars().take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_text_reads_back() {
        for cause in Cause::ALL {
            assert_eq!(Cause::read(cause.as_str()), Some(*cause));
        }
        for opinion in UpdatesOpinion::ALL {
            assert_eq!(UpdatesOpinion::read(opinion.as_str()), Some(*opinion));
        }
        assert_eq!(Cause::read("soup"), None);
    }

    #[test]
    fn one_parcel_in_five_is_asked_and_always_the_same_one() {
        let asked = (0..1_000).filter(|id| is_asked_about_updates(ShipmentId(Uuid::from_u128(*id)))).count();
        assert_eq!(asked, 200);
    }

    #[test]
    fn what_is_written_keeps_its_lines_and_is_bounded() {
        assert_eq!(plain_text(" a\r\nb\0\t "), "a\nb");
        assert_eq!(plain_text(&"ä".repeat(2_000)).chars().count(), MOST_CHARACTERS);
        assert_eq!(plain_text("<b>&"), "<b>&");
    }
}
