//! What a shopper typed into the one box.
//!
//! The reading depends on the text alone, never on what the store holds: else the answer would tell who shops here.

use crate::orders::contact::Contact;
use crate::orders::number::{OrderNumber, TrackingNumber};
use crate::sources::detect;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Both at once: "1001 ada@example.com".
    OrderWithProof(OrderNumber, Contact),
    Contact(Contact),
    /// Unmistakably a carrier's number: its shape and check digit fit, and no shop numbers its orders so.
    TrackingNumber(TrackingNumber),
    /// An order number, though it may be a parcel's as well where the text fits both.
    OrderNumber(OrderNumber, Option<TrackingNumber>),
    /// A number of a carrier's length that is too long for an order.
    MaybeTrackingNumber(TrackingNumber),
    /// None of these.
    Nothing,
}

/// The longest text that is looked at.
pub const MOST_CHARACTERS: usize = 300;

/// Reads the box. `region` (ISO 3166-1 alpha-2) is where a phone number without country code is dialled.
pub fn read(text: &str, region: Option<&str>) -> Typed {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MOST_CHARACTERS {
        return Typed::Nothing;
    }
    if text.contains('@') {
        return read_with_email(text);
    }
    let tracking = text.parse::<TrackingNumber>().ok();
    if let Some(number) = tracking.as_ref().filter(|number| is_unmistakable(number)) {
        return Typed::TrackingNumber(number.clone());
    }
    if let Some(phone) = read_phone(text, region) {
        return Typed::Contact(phone);
    }
    match (text.parse(), tracking) {
        (Ok(order), tracking) => Typed::OrderNumber(order, tracking),
        (Err(_), Some(tracking)) => Typed::MaybeTrackingNumber(tracking),
        (Err(_), None) => Typed::Nothing,
    }
}

fn read_with_email(text: &str) -> Typed {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').collect();
    let (emails, others): (Vec<&str>, Vec<&str>) =
        words.into_iter().filter(|word| !word.is_empty()).partition(|word| word.contains('@'));
    let [email] = emails.as_slice() else { return Typed::Nothing };
    let Some(email) = Contact::email(email) else { return Typed::Nothing };
    match others.as_slice() {
        [] => Typed::Contact(email),
        _ => match others.join(" ").parse() {
            Ok(number) => Typed::OrderWithProof(number, email),
            Err(_) => Typed::Contact(email),
        },
    }
}

fn is_unmistakable(number: &TrackingNumber) -> bool {
    let text = number.as_str();
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let long_enough = if has_letter { text.len() >= 11 } else { text.len() >= 18 };
    long_enough && text.len() < 32 && !detect::detect(text).is_empty()
}

/// A bare run of few digits is an order number far more often than a phone number.
fn read_phone(text: &str, region: Option<&str>) -> Option<Contact> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let written_as_phone = text.starts_with(['+', '0', '(']) || text.contains([' ', '(', ')', '.', '-']);
    let fits = if written_as_phone { digits >= 7 } else { digits >= 10 };
    if fits { Contact::phone(text, region) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_tells_apart_what_shoppers_type() {
        let order = |text: &str| text.parse::<OrderNumber>().unwrap();
        for (typed, number) in [("#1001", "1001"), (" 1001 ", "1001"), ("MDW-2041", "MDW2041"), ("1", "1")] {
            let read = read(typed, Some("US"));
            assert!(matches!(&read, Typed::OrderNumber(found, _) if *found == order(number)), "{typed}: {read:?}");
        }
        for typed in ["+1 212 555 0143", "(212) 555-0143", "2125550143", "0012125550143"] {
            assert_eq!(
                read(typed, Some("US")),
                Typed::Contact(Contact::phone("2125550143", Some("US")).unwrap()),
                "{typed}"
            );
        }
        assert_eq!(read("Ada@Example.com", None), Typed::Contact(Contact::email("ada@example.com").unwrap()));
        assert_eq!(
            read("#1001 ada@example.com", None),
            Typed::OrderWithProof(order("1001"), Contact::email("ada@example.com").unwrap())
        );
        assert_eq!(read("1Z5R89390357567127", None), Typed::TrackingNumber("1Z5R89390357567127".parse().unwrap()));
        for typed in ["", "   ", "a@b", "<script>alert(1)</script>", &"9".repeat(400)] {
            assert_eq!(read(typed, Some("US")), Typed::Nothing, "{typed}");
        }
    }
}
