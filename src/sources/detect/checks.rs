//! The arithmetic of check digits. Which number of whom is checked how is in `formats`.
//!
//! Every check takes a number of plain capitals and digits whose shape already fits; the last character is the check digit
//! unless said otherwise.

/// Formats without a published check digit.
pub fn none(_number: &str) -> bool {
    true
}

/// The digits' weighted sum filled up to ten; letters count as their ASCII code less three, in the manner of UPS.
///
/// `even` and `odd` are the weights of the first, third… and of the second, fourth… character.
fn mod_10(serial: &str, check_digit: u8, even: u32, odd: u32) -> bool {
    let sum: u32 = serial
        .bytes()
        .enumerate()
        .map(|(at, byte)| {
            let value = if byte.is_ascii_digit() { u32::from(byte - b'0') } else { u32::from(byte - 3) % 10 };
            value * if at % 2 == 0 { even } else { odd }
        })
        .sum();
    u32::from(check_digit) == (10 - sum % 10) % 10
}

fn split(number: &str) -> Option<(&str, u8)> {
    let (serial, last) = number.split_at_checked(number.len().checked_sub(1)?)?;
    let digit = last.bytes().next().filter(u8::is_ascii_digit)? - b'0';
    Some((serial, digit))
}

/// GS1's: the digit before the check digit weighs three, then one, in turn.
pub fn gs1(number: &str) -> bool {
    split(number).is_some_and(|(serial, digit)| {
        if serial.len() % 2 == 1 { mod_10(serial, digit, 3, 1) } else { mod_10(serial, digit, 1, 3) }
    })
}

/// Weights one and two from the left, behind a prefix of `skipped` characters.
fn one_two(number: &str, skipped: usize) -> bool {
    number.get(skipped..).and_then(split).is_some_and(|(serial, digit)| mod_10(serial, digit, 1, 2))
}

pub fn ups_1z(number: &str) -> bool {
    one_two(number, 2)
}

pub fn ups_waybill(number: &str) -> bool {
    one_two(number, 1)
}

/// The letter C counts as a leading 4.
pub fn ontrac_c(number: &str) -> bool {
    one_two(&number.replacen('C', "4", 1), 0)
}

/// The letter D counts as a leading 5.
pub fn ontrac_d(number: &str) -> bool {
    one_two(&number.replacen('D', "5", 1), 0)
}

fn fedex_weighted(serial: &str, check_digit: u8, weights: [u32; 3]) -> bool {
    let sum: u32 =
        serial.bytes().zip(weights.iter().cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    u32::from(check_digit) == sum % 11 % 10
}

pub fn fedex_express(number: &str) -> bool {
    split(number).is_some_and(|(serial, digit)| fedex_weighted(serial, digit, [3, 1, 7]))
}

/// A number of twelve digits behind the letters DT.
pub fn fedex_door_tag(number: &str) -> bool {
    number.get(2..).is_some_and(fedex_express)
}

/// The last fourteen digits of a barcode of 34.
pub fn fedex_barcode(number: &str) -> bool {
    number.get(20..).and_then(split).is_some_and(|(serial, digit)| fedex_weighted(serial, digit, [1, 7, 3]))
}

/// Twelve digits from the seventeenth on.
pub fn fedex_astra(number: &str) -> bool {
    number.get(16..28).is_some_and(fedex_express)
}

/// The last fifteen digits of twenty-two.
pub fn fedex_ground_96(number: &str) -> bool {
    number.get(7..).is_some_and(gs1)
}

/// Printed without its leading 92.
pub fn fedex_smartpost_92(number: &str) -> bool {
    gs1(&format!("92{number}"))
}

/// Printed without its leading 91.
pub fn leading_91(number: &str) -> bool {
    gs1(&format!("91{number}"))
}

/// The mail piece behind 420, a ZIP code of five or nine digits; the whole number where that is missing.
///
/// Application identifiers 92, 93 and 95 tell the length of the mailer's id: nine digits, which begin with 9, or six.
pub fn usps_mail_piece(number: &str) -> bool {
    pieces(number).any(|piece| {
        let mailer_is_nine = piece.as_bytes().get(5) == Some(&b'9');
        let fits = match piece.get(..2) {
            Some("94") => matches!(piece.len(), 22 | 26) || piece.len() == 30 && mailer_is_nine,
            Some("92") => matches!(piece.len(), 22 | 26) && mailer_is_nine,
            Some("93") => matches!(piece.len(), 22 | 26) && !mailer_is_nine,
            Some("95") => matches!(piece.len(), 22 | 26),
            Some("91") => piece.len() == 22,
            _ => false,
        };
        fits && gs1(piece)
    })
}

/// Twenty digits, printed without their leading 91, behind 420 and a ZIP code.
pub fn usps_legacy_routed(number: &str) -> bool {
    pieces(number).any(|piece| piece.len() == 20 && leading_91(piece))
}

fn pieces(number: &str) -> impl Iterator<Item = &str> {
    let routed = number.strip_prefix("420");
    [Some(number), routed.and_then(|rest| rest.get(9..)), routed.and_then(|rest| rest.get(5..))].into_iter().flatten()
}

/// A mail piece that FedEx, UPS or DHL carried before the postal service did; the mailer's id tells whose it is.
fn injected(number: &str, prefixes: &[&str]) -> bool {
    usps_mail_piece(number) && pieces(number).any(|piece| prefixes.iter().any(|prefix| piece.starts_with(prefix)))
}

pub fn fedex_smartpost(number: &str) -> bool {
    injected(number, &["92612", "927489"])
}

pub fn ups_mail_innovations(number: &str) -> bool {
    injected(number, &["927489"])
}

pub fn dhl_ecommerce_mail_piece(number: &str) -> bool {
    injected(number, &["92612", "92748", "93612", "93748", "94748"]) || number.len() == 34 && usps_mail_piece(number)
}

/// The remainder by seven of all digits before the last.
pub fn mod_7(number: &str) -> bool {
    split(number)
        .is_some_and(|(serial, digit)| serial.parse::<u64>().is_ok_and(|serial| serial % 7 == u64::from(digit)))
}

/// Deutsche Post's Identcode: weights four and nine.
pub fn dhl_identcode(number: &str) -> bool {
    split(number).is_some_and(|(serial, digit)| mod_10(serial, digit, 4, 9))
}

/// GLS Uni-Box: weights three and one, and one more on top. The number begins with its depot, and there is no depot 99.
pub fn gls(number: &str) -> bool {
    !number.starts_with("99") && split(number).is_some_and(|(serial, digit)| mod_10(&format!("{serial}1"), digit, 3, 1))
}

/// Behind two letters that also begin words and other posts' numbers: digits enough, and not UPU S10.
pub fn mostly_digits(number: &str) -> bool {
    number.bytes().filter(u8::is_ascii_digit).count() >= 8 && !super::s10::has_its_shape(number)
}

/// The countries of DHL eCommerce in Asia, none of whose pairs is written otherwise.
pub fn dhl_asia(number: &str) -> bool {
    ["CN", "SG", "TH", "IN", "HK", "MY"].iter().any(|country| number.starts_with(country)) && mostly_digits(number)
}

/// Enough digits not to be a word.
pub fn five_digits(number: &str) -> bool {
    number.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// Letters and digits, both: eight digits are an account, eight letters a word.
pub fn mixed(number: &str) -> bool {
    number.bytes().filter(u8::is_ascii_uppercase).count() >= 2 && number.bytes().any(|byte| byte.is_ascii_digit())
}

/// ISO 7064 Mod 37,36 over all but the last character, as DPD's parcel label specification has it.
pub fn mod_37_36(number: &str) -> bool {
    let Some((serial, check)) = number.split_at_checked(number.len().saturating_sub(1)) else { return false };
    let value = |byte: u8| u32::from(if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' + 10 });
    let left = serial.bytes().fold(36, |left, byte| {
        let sum = match left + value(byte) {
            sum if sum > 36 => sum - 36,
            sum => sum,
        };
        if sum * 2 > 36 { sum * 2 - 37 } else { sum * 2 }
    });
    let expected = match 37 - left {
        36 => 0,
        expected => expected,
    };
    check.bytes().next().map(value) == Some(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Check = fn(&str) -> bool;

    #[test]
    fn a_changed_digit_is_noticed() {
        let checks: [(Check, &str); 12] = [
            (gs1, "000123450000000027"),
            (ups_1z, "1Z5R89390357567127"),
            (ups_waybill, "K1506235620"),
            (ontrac_c, "C11031500001879"),
            (ontrac_d, "D10011354453707"),
            (fedex_express, "986578788855"),
            (fedex_barcode, "1001921334250001000300779017972697"),
            (fedex_astra, "32971514560102447849175802862014"),
            (fedex_ground_96, "9611020987654312345672"),
            (mod_7, "3318810025"),
            (usps_mail_piece, "9400111206206406260787"),
            (usps_mail_piece, "4201002334249200190132607600833457"),
        ];
        for (check, number) in checks {
            assert!(check(number), "{number}");
            let at = if number.len() == 32 { 27 } else { number.len() - 1 };
            let digit = number.as_bytes()[at];
            let changed = format!("{}{}{}", &number[..at], (digit - b'0' + 1) % 10, &number[at + 1..]);
            assert!(!check(&changed), "{changed}");
        }
    }

    #[test]
    fn dpd_check_character_may_be_a_letter() {
        // Worked by hand for 36 over a single character: 'A' leaves 36+10-36=10, doubled 20, and 37-20 is 17, an H.
        assert!(mod_37_36("AH"));
        assert!(!mod_37_36("AG"));
    }
}
