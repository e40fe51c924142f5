//! The two numbers a shopper may type, in their normal forms.

use std::fmt;
use std::str::FromStr;

/// The text cannot be a number of that kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANumber;

/// An order number as shoppers type it: `#1001`, `1001` and ` 1001 ` are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// Longer ones are no order number: 32 hexadecimal digits with their hyphens are the longest seen in shops.
    pub const MOST_CHARACTERS: usize = 40;

    /// The normal form: upper case, letters and digits only, no leading `#`. It is also safe in a path.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim();
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '#' | '-' | '_' | '.' | '/' | ' ' | '\u{2011}');
        if text.chars().count() > Self::MOST_CHARACTERS || !text.chars().all(allowed) {
            return Err(NotANumber);
        }
        let key: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if key.is_empty() { Err(NotANumber) } else { Ok(OrderNumber(key)) }
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A carrier's number of a parcel, in its normal form: upper case, without spaces and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackingNumber(String);

impl TrackingNumber {
    pub const MOST_CHARACTERS: usize = 50;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TrackingNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let number: String =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let fits = (4..=Self::MOST_CHARACTERS).contains(&number.len());
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/');
        if fits && number.bytes().all(allowed) { Ok(TrackingNumber(number)) } else { Err(NotANumber) }
    }
}

impl fmt::Display for TrackingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_order_number_has_one_key_however_it_is_typed() {
        for typed in ["#1001", "1001", " 1001 ", "# 1001"] {
            assert_eq!(typed.parse::<OrderNumber>().unwrap().key(), "1001");
        }
        assert_eq!("mdw-2041".parse::<OrderNumber>().unwrap().key(), "MDW2041");
    }

    #[test]
    fn what_cannot_be_a_number_is_refused() {
        for typed in ["", "#", "a@b.c", "<b>", &"9".repeat(41)] {
            assert!(typed.parse::<OrderNumber>().is_err(), "{typed}");
        }
        for typed in ["", "12", "a b@c", &"9".repeat(51)] {
            assert!(typed.parse::<TrackingNumber>().is_err(), "{typed}");
        }
    }

    #[test]
    fn a_tracking_number_is_read_with_spaces_and_hyphens() {
        assert_eq!("1z 999-aa1 0123456784".parse::<TrackingNumber>().unwrap().as_str(), "1Z999AA10123456784");
    }
}
