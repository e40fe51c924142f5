//! What a text in the lookup box seems to be. A hint only: the server reads it again, better.

/// The attribute that holds the words for what the text seems to be; `None` while it could be anything.
pub(super) fn guess(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if let Some((user, domain)) = text.split_once('@') {
        return (!user.is_empty() && domain.contains('.')).then_some("data-email");
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if is_tracking_number(text) {
        return Some("data-tracking");
    }
    let dialled = text.chars().all(|c| c.is_ascii_digit() || " +-()/.".contains(c));
    if dialled && (7..=15).contains(&digits) && (text.starts_with(['+', '0', '(']) || digits >= 10) {
        return Some("data-phone");
    }
    (digits >= 3 && digits + letters <= 20).then_some("data-order")
}

/// The shapes most carriers use; anything rarer is left to the server.
fn is_tracking_number(text: &str) -> bool {
    let squeezed: Vec<u8> = text.bytes().filter(|byte| !b" -".contains(byte)).collect();
    let digits = squeezed.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_letter = |at: usize| squeezed.get(at).is_some_and(u8::is_ascii_alphabetic);
    // DHL
    if (16..=24).contains(&squeezed.len()) && (squeezed.starts_with(b"JD") || squeezed.starts_with(b"JJD")) {
        return true;
    }
    match squeezed.len() {
        // UPS
        18 if squeezed[..2].eq_ignore_ascii_case(b"1Z") => true,
        // The postal unions' S10: RR123456785DE
        13 if digits == 9 => is_letter(0) && is_letter(1) && is_letter(11) && is_letter(12),
        // FedEx, USPS, DPD; twelve digits without a leading zero are longer than a dialled number.
        12 if digits == 12 => squeezed[0] != b'0' && !text.contains('+'),
        14 | 15 | 20 | 22 | 26 | 30 | 34 => digits == squeezed.len(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn each_way_to_find_an_order_is_recognised() {
        for (text, kind) in [
            ("ann@example.com", Some("data-email")),
            ("ann@", None),
            ("#1001", Some("data-order")),
            ("VX-20481", Some("data-order")),
            ("+49 30 5550 1234", Some("data-phone")),
            ("(312) 555-0134", Some("data-phone")),
            ("1Z999AA10123456784", Some("data-tracking")),
            ("RR123456785DE", Some("data-tracking")),
            ("9400 1000 0000 0000 0000 00", Some("data-tracking")),
            ("JD014600003828012345", Some("data-tracking")),
            ("", None),
            ("wh", None),
        ] {
            assert_eq!(guess(text), kind, "{text}");
        }
    }
}
