//! Countries as sources write them, read as ISO 3166-1 alpha-2.
//!
//! Three-letter codes and two-letter codes are read; names are not, but for the few that shops and carriers write where
//! they owe a code.

/// The two-letter code of a country written as a code ("US", "usa") or by one of its usual English names.
///
/// What is no country is given back as it was written, trimmed.
pub fn country_code(written: &str) -> String {
    let written = written.trim();
    // What nearly every source writes.
    if written.len() == 2 && written != "UK" && written.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return written.to_owned();
    }
    let upper = written.to_ascii_uppercase();
    let code = match upper.as_str() {
        "UK" | "GREAT BRITAIN" | "UNITED KINGDOM" | "ENGLAND" | "SCOTLAND" | "WALES" => Some("GB"),
        "UNITED STATES" | "UNITED STATES OF AMERICA" | "U.S.A." => Some("US"),
        two if two.len() == 2 => return upper,
        three if three.len() == 3 => alpha2_of(three),
        name => name_of(name),
    };
    code.map_or_else(|| written.to_owned(), str::to_owned)
}

fn name_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "AUSTRIA" => "AT",
        "AUSTRALIA" => "AU",
        "BELGIUM" => "BE",
        "BRAZIL" => "BR",
        "CANADA" => "CA",
        "SWITZERLAND" => "CH",
        "CHINA" => "CN",
        "CZECH REPUBLIC" | "CZECHIA" => "CZ",
        "GERMANY" => "DE",
        "DENMARK" => "DK",
        "SPAIN" => "ES",
        "FINLAND" => "FI",
        "FRANCE" => "FR",
        "HONG KONG" => "HK",
        "IRELAND" => "IE",
        "INDIA" => "IN",
        "ITALY" => "IT",
        "JAPAN" => "JP",
        "SOUTH KOREA" | "KOREA" => "KR",
        "LUXEMBOURG" => "LU",
        "MEXICO" => "MX",
        "NETHERLANDS" | "THE NETHERLANDS" => "NL",
        "NORWAY" => "NO",
        "NEW ZEALAND" => "NZ",
        "POLAND" => "PL",
        "PORTUGAL" => "PT",
        "SWEDEN" => "SE",
        "SINGAPORE" => "SG",
        "TURKEY" => "TR",
        "TAIWAN" => "TW",
        _ => return None,
    })
}

fn alpha2_of(alpha3: &str) -> Option<&'static str> {
    let at = ALPHA3.binary_search_by_key(&alpha3, |pair| pair.0).ok()?;
    Some(ALPHA3[at].1)
}

/// Sorted by the three-letter code. Kosovo's user-assigned codes are in use by carriers.
#[rustfmt::skip]
const ALPHA3: [(&str, &str); 250] = [
    ("ABW", "AW"), ("AFG", "AF"), ("AGO", "AO"), ("AIA", "AI"), ("ALA", "AX"), ("ALB", "AL"), ("AND", "AD"), ("ARE", "AE"),
    ("ARG", "AR"), ("ARM", "AM"), ("ASM", "AS"), ("ATA", "AQ"), ("ATF", "TF"), ("ATG", "AG"), ("AUS", "AU"), ("AUT", "AT"),
    ("AZE", "AZ"), ("BDI", "BI"), ("BEL", "BE"), ("BEN", "BJ"), ("BES", "BQ"), ("BFA", "BF"), ("BGD", "BD"), ("BGR", "BG"),
    ("BHR", "BH"), ("BHS", "BS"), ("BIH", "BA"), ("BLM", "BL"), ("BLR", "BY"), ("BLZ", "BZ"), ("BMU", "BM"), ("BOL", "BO"),
    ("BRA", "BR"), ("BRB", "BB"), ("BRN", "BN"), ("BTN", "BT"), ("BVT", "BV"), ("BWA", "BW"), ("CAF", "CF"), ("CAN", "CA"),
    ("CCK", "CC"), ("CHE", "CH"), ("CHL", "CL"), ("CHN", "CN"), ("CIV", "CI"), ("CMR", "CM"), ("COD", "CD"), ("COG", "CG"),
    ("COK", "CK"), ("COL", "CO"), ("COM", "KM"), ("CPV", "CV"), ("CRI", "CR"), ("CUB", "CU"), ("CUW", "CW"), ("CXR", "CX"),
    ("CYM", "KY"), ("CYP", "CY"), ("CZE", "CZ"), ("DEU", "DE"), ("DJI", "DJ"), ("DMA", "DM"), ("DNK", "DK"), ("DOM", "DO"),
    ("DZA", "DZ"), ("ECU", "EC"), ("EGY", "EG"), ("ERI", "ER"), ("ESH", "EH"), ("ESP", "ES"), ("EST", "EE"), ("ETH", "ET"),
    ("FIN", "FI"), ("FJI", "FJ"), ("FLK", "FK"), ("FRA", "FR"), ("FRO", "FO"), ("FSM", "FM"), ("GAB", "GA"), ("GBR", "GB"),
    ("GEO", "GE"), ("GGY", "GG"), ("GHA", "GH"), ("GIB", "GI"), ("GIN", "GN"), ("GLP", "GP"), ("GMB", "GM"), ("GNB", "GW"),
    ("GNQ", "GQ"), ("GRC", "GR"), ("GRD", "GD"), ("GRL", "GL"), ("GTM", "GT"), ("GUF", "GF"), ("GUM", "GU"), ("GUY", "GY"),
    ("HKG", "HK"), ("HMD", "HM"), ("HND", "HN"), ("HRV", "HR"), ("HTI", "HT"), ("HUN", "HU"), ("IDN", "ID"), ("IMN", "IM"),
    ("IND", "IN"), ("IOT", "IO"), ("IRL", "IE"), ("IRN", "IR"), ("IRQ", "IQ"), ("ISL", "IS"), ("ISR", "IL"), ("ITA", "IT"),
    ("JAM", "JM"), ("JEY", "JE"), ("JOR", "JO"), ("JPN", "JP"), ("KAZ", "KZ"), ("KEN", "KE"), ("KGZ", "KG"), ("KHM", "KH"),
    ("KIR", "KI"), ("KNA", "KN"), ("KOR", "KR"), ("KWT", "KW"), ("LAO", "LA"), ("LBN", "LB"), ("LBR", "LR"), ("LBY", "LY"),
    ("LCA", "LC"), ("LIE", "LI"), ("LKA", "LK"), ("LSO", "LS"), ("LTU", "LT"), ("LUX", "LU"), ("LVA", "LV"), ("MAC", "MO"),
    ("MAF", "MF"), ("MAR", "MA"), ("MCO", "MC"), ("MDA", "MD"), ("MDG", "MG"), ("MDV", "MV"), ("MEX", "MX"), ("MHL", "MH"),
    ("MKD", "MK"), ("MLI", "ML"), ("MLT", "MT"), ("MMR", "MM"), ("MNE", "ME"), ("MNG", "MN"), ("MNP", "MP"), ("MOZ", "MZ"),
    ("MRT", "MR"), ("MSR", "MS"), ("MTQ", "MQ"), ("MUS", "MU"), ("MWI", "MW"), ("MYS", "MY"), ("MYT", "YT"), ("NAM", "NA"),
    ("NCL", "NC"), ("NER", "NE"), ("NFK", "NF"), ("NGA", "NG"), ("NIC", "NI"), ("NIU", "NU"), ("NLD", "NL"), ("NOR", "NO"),
    ("NPL", "NP"), ("NRU", "NR"), ("NZL", "NZ"), ("OMN", "OM"), ("PAK", "PK"), ("PAN", "PA"), ("PCN", "PN"), ("PER", "PE"),
    ("PHL", "PH"), ("PLW", "PW"), ("PNG", "PG"), ("POL", "PL"), ("PRI", "PR"), ("PRK", "KP"), ("PRT", "PT"), ("PRY", "PY"),
    ("PSE", "PS"), ("PYF", "PF"), ("QAT", "QA"), ("REU", "RE"), ("ROU", "RO"), ("RUS", "RU"), ("RWA", "RW"), ("SAU", "SA"),
    ("SDN", "SD"), ("SEN", "SN"), ("SGP", "SG"), ("SGS", "GS"), ("SHN", "SH"), ("SJM", "SJ"), ("SLB", "SB"), ("SLE", "SL"),
    ("SLV", "SV"), ("SMR", "SM"), ("SOM", "SO"), ("SPM", "PM"), ("SRB", "RS"), ("SSD", "SS"), ("STP", "ST"), ("SUR", "SR"),
    ("SVK", "SK"), ("SVN", "SI"), ("SWE", "SE"), ("SWZ", "SZ"), ("SXM", "SX"), ("SYC", "SC"), ("SYR", "SY"), ("TCA", "TC"),
    ("TCD", "TD"), ("TGO", "TG"), ("THA", "TH"), ("TJK", "TJ"), ("TKL", "TK"), ("TKM", "TM"), ("TLS", "TL"), ("TON", "TO"),
    ("TTO", "TT"), ("TUN", "TN"), ("TUR", "TR"), ("TUV", "TV"), ("TWN", "TW"), ("TZA", "TZ"), ("UGA", "UG"), ("UKR", "UA"),
    ("UMI", "UM"), ("URY", "UY"), ("USA", "US"), ("UZB", "UZ"), ("VAT", "VA"), ("VCT", "VC"), ("VEN", "VE"), ("VGB", "VG"),
    ("VIR", "VI"), ("VNM", "VN"), ("VUT", "VU"), ("WLF", "WF"), ("WSM", "WS"), ("XKX", "XK"), ("YEM", "YE"), ("ZAF", "ZA"),
    ("ZMB", "ZM"), ("ZWE", "ZW"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_usual_names_become_two_letters() {
        for (written, code) in [
            ("USA", "US"),
            ("jpn", "JP"),
            ("gb", "GB"),
            ("UK", "GB"),
            (" Germany ", "DE"),
            ("XKX", "XK"),
            ("Narnia", "Narnia"),
            ("ZZZ", "ZZZ"),
        ] {
            assert_eq!(country_code(written), code);
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(ALPHA3.is_sorted_by_key(|pair| pair.0));
    }
}
