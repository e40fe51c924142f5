//! An email address or phone number in its normal form, in which alone two are compared.

use std::fmt;

/// An email address or a phone number, normalised.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Contact {
    /// Lower case as a whole: shops do, and no mailbox in practice tells upper from lower.
    Email(String),
    /// E.164: "+15551234567".
    Phone(String),
}

impl Contact {
    /// Reads an email address. `None` when the text cannot be one.
    pub fn email(text: &str) -> Option<Contact> {
        let text = text.trim();
        let (mailbox, domain) = text.rsplit_once('@')?;
        let domain_fits = domain.split('.').count() >= 2
            && domain
                .split('.')
                .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
        let mailbox_fits = !mailbox.is_empty()
            && !mailbox
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '@'));
        (text.len() <= 254 && domain_fits && mailbox_fits).then(|| Contact::Email(text.to_lowercase()))
    }

    /// Reads a phone number as one dials it from `region` (ISO 3166-1 alpha-2). `None` when the text cannot be one.
    pub fn phone(text: &str, region: Option<&str>) -> Option<Contact> {
        let text = text.trim();
        let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}');
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if text.len() > 40 || !(6..=17).contains(&digits) || !text.chars().all(allowed) {
            return None;
        }
        let dialled = match text.strip_prefix("00") {
            Some(international) => format!("+{international}"),
            None => text.to_owned(),
        };
        let region = region.and_then(|region| region.parse().ok());
        let number = phonenumber::parse(region, &dialled).ok()?;
        let written = number.format().mode(phonenumber::Mode::E164).to_string();
        // With its country code a number is one as soon as its length fits: new ranges are dialled before libraries know
        // them. Without, only what the country's plan knows is told from an order number.
        let fits = dialled.starts_with('+') && (9..=16).contains(&written.len());
        (fits || phonenumber::is_valid(&number)).then_some(Contact::Phone(written))
    }

    /// Reads either.
    pub fn read(text: &str, region: Option<&str>) -> Option<Contact> {
        if text.contains('@') { Contact::email(text) } else { Contact::phone(text, region) }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Contact::Email(_) => "email",
            Contact::Phone(_) => "phone",
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Contact::Email(text) | Contact::Phone(text) => text,
        }
    }

    /// From the normal form, as the store keeps it.
    pub fn from_normal(kind: &str, text: String) -> Option<Contact> {
        match kind {
            "email" => Some(Contact::Email(text)),
            "phone" => Some(Contact::Phone(text)),
            _ => None,
        }
    }
}

/// A contact never reaches a log by accident.
impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact::{}(…)", self.kind())
    }
}

/// The domain that was probably meant by a mistyped one ("gmial.com" → "gmail.com"), from the text alone.
pub fn likely_domain(email: &str) -> Option<&'static str> {
    const COMMON: [&str; 17] = [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "icloud.com",
        "aol.com",
        "live.com",
        "msn.com",
        "comcast.net",
        "gmx.de",
        "web.de",
        "t-online.de",
        "gmx.net",
        "proton.me",
        "orange.fr",
        "hotmail.co.uk",
    ];
    let domain = email.rsplit_once('@')?.1.trim().to_lowercase();
    if COMMON.contains(&domain.as_str()) {
        return None;
    }
    COMMON.into_iter().find(|common| is_one_slip_away(&domain, common))
}

/// One letter missing, added, changed, or two neighbours swapped.
fn is_one_slip_away(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let start = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (rest_typed, rest_meant) = (&typed[start..], &meant[start..]);
    match (rest_typed, rest_meant) {
        ([_, typed @ ..], [_, meant @ ..]) if typed == meant => true,
        ([_, typed @ ..], meant) if typed == meant => true,
        (typed, [_, meant @ ..]) if typed == meant => true,
        ([a, b, typed @ ..], [c, d, meant @ ..]) => a == d && b == c && typed == meant,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_form() {
        assert_eq!(Contact::email(" Ada@Example.COM "), Contact::email("ada@example.com"));
        for text in ["", "a@b", "a b@c.de", "<a@b.c>", "a@b..c", "@b.c"] {
            assert_eq!(Contact::email(text), None, "{text}");
        }
    }

    #[test]
    fn one_phone_has_one_form_however_it_is_dialled() {
        let dialled = ["+1 212-555-0143", "(212) 555-0143", "212.555.0143", "0012125550143"];
        for text in dialled {
            let phone = Contact::phone(text, Some("US")).expect(text);
            assert_eq!(phone.as_str(), "+12125550143", "{text}");
        }
        assert_eq!(Contact::phone("030 901820", Some("DE")).unwrap().as_str(), "+4930901820");
        assert_eq!(Contact::phone("1001", Some("US")), None);
        assert_eq!(Contact::phone("+44 7700 900142", None).unwrap().as_str(), "+447700900142");
    }

    #[test]
    fn a_slip_in_a_common_domain_is_noticed() {
        assert_eq!(likely_domain("a@gmial.com"), Some("gmail.com"));
        assert_eq!(likely_domain("a@gmai.com"), Some("gmail.com"));
        assert_eq!(likely_domain("a@gmail.com"), None);
        assert_eq!(likely_domain("a@meadow.shop"), None);
    }

    #[test]
    fn a_contact_is_not_printed_by_debug() {
        assert!(!format!("{:?}", Contact::email("ada@example.com")).contains("ada"));
    }
}
