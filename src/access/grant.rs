//! What one browser may see, for how long.

use jiff::{SignedDuration, Timestamp};

use crate::orders::OrderId;

/// How much of an order a grant shows, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Stage and day of arrival.
    Summary,
    /// The order, with the town and the last two of the postcode.
    Town,
    /// The order with the full address.
    Full,
}

impl Scope {
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Summary => "summary",
            Scope::Town => "town",
            Scope::Full => "full",
        }
    }

    pub fn read(text: &str) -> Option<Scope> {
        [Scope::Summary, Scope::Town, Scope::Full].into_iter().find(|scope| scope.as_str() == text)
    }
}

/// What a grant is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Order(OrderId),
    /// All orders of a contact, by its blind index.
    Contact(Vec<u8>),
}

/// How a browser proved that it may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvedBy {
    /// Order number and a matching email, phone or postcode.
    Proof,
    /// The order number alone, where the brand allows it.
    Number,
    Code,
    OneTimeLink,
    MessageLink,
}

impl ProvedBy {
    pub const fn as_str(self) -> &'static str {
        match self {
            ProvedBy::Proof => "proof",
            ProvedBy::Number => "number",
            ProvedBy::Code => "code",
            ProvedBy::OneTimeLink => "one_time_link",
            ProvedBy::MessageLink => "message_link",
        }
    }

    /// Knowing a number and an address shows the town; holding the mailbox shows everything.
    pub const fn scope(self) -> Scope {
        match self {
            ProvedBy::Number => Scope::Summary,
            ProvedBy::Proof | ProvedBy::MessageLink => Scope::Town,
            ProvedBy::Code | ProvedBy::OneTimeLink => Scope::Full,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub subject: Subject,
    pub scope: Scope,
    pub expires_at: Timestamp,
}

impl Grant {
    pub fn is_active(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// An order grant slides: it lasts so long from the last visit.
pub const ORDER_GRANT_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A contact grant opens many orders and does not slide.
pub const CONTACT_GRANT_LASTS: SignedDuration = SignedDuration::from_hours(24);
pub const CODE_LASTS: SignedDuration = SignedDuration::from_mins(10);
pub const CODE_TRIES: i64 = 5;

/// How long a fresh grant for `subject` lasts.
pub fn lasts(subject: &Subject) -> SignedDuration {
    match subject {
        Subject::Order(_) => ORDER_GRANT_LASTS,
        Subject::Contact(_) => CONTACT_GRANT_LASTS,
    }
}

/// A grant slides once a day at most: a page view must not be a write.
pub fn should_slide(grant: &Grant, now: Timestamp) -> bool {
    matches!(grant.subject, Subject::Order(_))
        && grant.is_active(now)
        && grant.expires_at.duration_since(now) < ORDER_GRANT_LASTS - SignedDuration::from_hours(24)
}

/// A one-time code: six digits out of 64 random bits.
pub fn code(random: u64) -> String {
    format!("{:06}", random % 1_000_000)
}

/// What was typed as a code, without the spaces and hyphens people put in. `None` when it cannot be one.
pub fn typed_code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_is_read_as_people_type_it() {
        assert_eq!(code(7), "000007");
        assert_eq!(code(u64::MAX).len(), 6);
        assert_eq!(typed_code(" 123 456 "), Some("123456".to_owned()));
        assert_eq!(typed_code("12345"), None);
        assert_eq!(typed_code("12345x"), None);
    }

    #[test]
    fn an_order_grant_slides_at_most_once_a_day() {
        let now = Timestamp::UNIX_EPOCH;
        let grant = |left: SignedDuration| Grant {
            subject: Subject::Order(OrderId(uuid::Uuid::nil())),
            scope: Scope::Town,
            expires_at: now + left,
        };
        assert!(!should_slide(&grant(ORDER_GRANT_LASTS), now));
        assert!(should_slide(&grant(ORDER_GRANT_LASTS - SignedDuration::from_hours(25)), now));
        assert!(!should_slide(&grant(SignedDuration::ZERO), now));
    }
}
