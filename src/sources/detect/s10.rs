//! The UPU's S10 standard: two letters, eight digits and a check digit, and the country of the post that issued the number.

use super::super::carriers::postal_operator;
use super::shape;

const SHAPE: &str = "@@#{9}@@";

pub fn has_its_shape(number: &str) -> bool {
    shape::fits(SHAPE, number)
}

/// The posts whose number this is: several where a country's parcels and letters go by different names.
pub fn candidates(number: &str) -> Vec<(&'static str, &'static str)> {
    if !has_its_shape(number) || !check_digit_fits(&number[2..11]) {
        return Vec::new();
    }
    let (service, country) = (&number[..2], &number[11..]);
    match (country, &service[..1]) {
        ("FR", "C") => vec![("colissimo", "s10"), ("la_poste", "s10")],
        ("FR", "E" | "X") => vec![("chronopost", "s10"), ("la_poste", "s10")],
        ("DE", "C") => vec![("dhl_paket", "s10"), ("deutsche_post", "s10")],
        // Yanwen issues numbers under a code that is no country's.
        ("YP" | "YW", _) => vec![("yanwen", "s10")],
        _ if !is_country(country) => Vec::new(),
        _ => vec![(postal_operator(country).unwrap_or("s10"), "s10")],
    }
}

fn check_digit_fits(digits: &str) -> bool {
    let weights = [8, 6, 4, 2, 3, 5, 9, 7];
    let values: Vec<u32> = digits.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let sum: u32 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let expected = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        expected => expected,
    };
    values.last() == Some(&expected)
}

/// Codes that a post may put behind its numbers: ISO 3166-1's, without those of places whose mail another post numbers.
fn is_country(code: &str) -> bool {
    const CODES: &str = "AD AE AF AG AI AL AM AN AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF \
        CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH \
        GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY \
        KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL \
        NO NP NR NU NZ OM PA PE PF PG PH PK PL PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR \
        SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE ZA ZM ZW";
    CODES.split(' ').any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_names_the_post() {
        for (number, carriers) in [
            ("RB123456785GB", vec!["royal_mail"]),
            ("RB123456785US", vec!["usps"]),
            ("EC207920162US", vec!["usps"]),
            ("CP123456785FR", vec!["colissimo", "la_poste"]),
            ("XA123456785FR", vec!["chronopost", "la_poste"]),
            ("RR123456785FR", vec!["la_poste"]),
            ("CY123456785DE", vec!["dhl_paket", "deutsche_post"]),
            ("UA123456785YP", vec!["yanwen"]),
            ("RB123456785NU", vec!["s10"]),
            ("RB123456786US", vec![]),
            ("RB123456785XX", vec![]),
            ("R1123456785US", vec![]),
        ] {
            let found: Vec<&str> = candidates(number).into_iter().map(|(carrier, _)| carrier).collect();
            assert_eq!(found, carriers, "{number}");
        }
    }
}
