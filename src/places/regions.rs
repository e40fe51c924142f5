//! States and provinces of the countries where they tell the time zone, and what a postal code says of them.

/// A state or province: its country, its code, its name as `words::key` makes it, and its zone where it has one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub country: &'static str,
    pub code: &'static str,
    name: &'static str,
    pub zone: Option<&'static str>,
}

const fn one(country: &'static str, code: &'static str, name: &'static str, zone: &'static str) -> Region {
    Region { country, code, name, zone: Some(zone) }
}

const fn several(country: &'static str, code: &'static str, name: &'static str) -> Region {
    Region { country, code, name, zone: None }
}

const NEW_YORK: &str = "America/New_York";
const CHICAGO: &str = "America/Chicago";
const DENVER: &str = "America/Denver";
const LOS_ANGELES: &str = "America/Los_Angeles";
const SAO_PAULO: &str = "America/Sao_Paulo";
const FORTALEZA: &str = "America/Fortaleza";

static REGIONS: [Region; 109] = [
    one("US", "AL", "ALABAMA", CHICAGO),
    one("US", "AK", "ALASKA", "America/Anchorage"),
    one("US", "AZ", "ARIZONA", "America/Phoenix"),
    one("US", "AR", "ARKANSAS", CHICAGO),
    one("US", "CA", "CALIFORNIA", LOS_ANGELES),
    one("US", "CO", "COLORADO", DENVER),
    one("US", "CT", "CONNECTICUT", NEW_YORK),
    one("US", "DE", "DELAWARE", NEW_YORK),
    one("US", "DC", "DISTRICTOFCOLUMBIA", NEW_YORK),
    several("US", "FL", "FLORIDA"),
    one("US", "GA", "GEORGIA", NEW_YORK),
    one("US", "HI", "HAWAII", "Pacific/Honolulu"),
    several("US", "ID", "IDAHO"),
    one("US", "IL", "ILLINOIS", CHICAGO),
    several("US", "IN", "INDIANA"),
    one("US", "IA", "IOWA", CHICAGO),
    several("US", "KS", "KANSAS"),
    several("US", "KY", "KENTUCKY"),
    one("US", "LA", "LOUISIANA", CHICAGO),
    one("US", "ME", "MAINE", NEW_YORK),
    one("US", "MD", "MARYLAND", NEW_YORK),
    one("US", "MA", "MASSACHUSETTS", NEW_YORK),
    several("US", "MI", "MICHIGAN"),
    one("US", "MN", "MINNESOTA", CHICAGO),
    one("US", "MS", "MISSISSIPPI", CHICAGO),
    one("US", "MO", "MISSOURI", CHICAGO),
    one("US", "MT", "MONTANA", DENVER),
    several("US", "NE", "NEBRASKA"),
    one("US", "NV", "NEVADA", LOS_ANGELES),
    one("US", "NH", "NEWHAMPSHIRE", NEW_YORK),
    one("US", "NJ", "NEWJERSEY", NEW_YORK),
    one("US", "NM", "NEWMEXICO", DENVER),
    one("US", "NY", "NEWYORK", NEW_YORK),
    one("US", "NC", "NORTHCAROLINA", NEW_YORK),
    several("US", "ND", "NORTHDAKOTA"),
    one("US", "OH", "OHIO", NEW_YORK),
    one("US", "OK", "OKLAHOMA", CHICAGO),
    several("US", "OR", "OREGON"),
    one("US", "PA", "PENNSYLVANIA", NEW_YORK),
    one("US", "PR", "PUERTORICO", "America/Puerto_Rico"),
    one("US", "RI", "RHODEISLAND", NEW_YORK),
    one("US", "SC", "SOUTHCAROLINA", NEW_YORK),
    several("US", "SD", "SOUTHDAKOTA"),
    several("US", "TN", "TENNESSEE"),
    several("US", "TX", "TEXAS"),
    one("US", "UT", "UTAH", DENVER),
    one("US", "VT", "VERMONT", NEW_YORK),
    one("US", "VA", "VIRGINIA", NEW_YORK),
    one("US", "WA", "WASHINGTON", LOS_ANGELES),
    one("US", "WV", "WESTVIRGINIA", NEW_YORK),
    one("US", "WI", "WISCONSIN", CHICAGO),
    one("US", "WY", "WYOMING", DENVER),
    one("US", "GU", "GUAM", "Pacific/Guam"),
    one("US", "VI", "VIRGINISLANDS", "America/St_Thomas"),
    one("CA", "AB", "ALBERTA", "America/Edmonton"),
    several("CA", "BC", "BRITISHCOLUMBIA"),
    one("CA", "MB", "MANITOBA", "America/Winnipeg"),
    one("CA", "NB", "NEWBRUNSWICK", "America/Moncton"),
    several("CA", "NL", "NEWFOUNDLANDANDLABRADOR"),
    one("CA", "NT", "NORTHWESTTERRITORIES", "America/Inuvik"),
    one("CA", "NS", "NOVASCOTIA", "America/Halifax"),
    several("CA", "NU", "NUNAVUT"),
    several("CA", "ON", "ONTARIO"),
    one("CA", "PE", "PRINCEEDWARDISLAND", "America/Halifax"),
    one("CA", "QC", "QUEBEC", "America/Toronto"),
    one("CA", "PQ", "QUEBEC", "America/Toronto"),
    one("CA", "SK", "SASKATCHEWAN", "America/Regina"),
    one("CA", "YT", "YUKON", "America/Whitehorse"),
    one("AU", "ACT", "AUSTRALIANCAPITALTERRITORY", "Australia/Sydney"),
    one("AU", "NSW", "NEWSOUTHWALES", "Australia/Sydney"),
    one("AU", "NT", "NORTHERNTERRITORY", "Australia/Darwin"),
    one("AU", "QLD", "QUEENSLAND", "Australia/Brisbane"),
    one("AU", "SA", "SOUTHAUSTRALIA", "Australia/Adelaide"),
    one("AU", "TAS", "TASMANIA", "Australia/Hobart"),
    one("AU", "VIC", "VICTORIA", "Australia/Melbourne"),
    one("AU", "WA", "WESTERNAUSTRALIA", "Australia/Perth"),
    one("BR", "AC", "ACRE", "America/Rio_Branco"),
    one("BR", "AL", "ALAGOAS", "America/Maceio"),
    one("BR", "AP", "AMAPA", "America/Belem"),
    several("BR", "AM", "AMAZONAS"),
    one("BR", "BA", "BAHIA", "America/Bahia"),
    one("BR", "CE", "CEARA", FORTALEZA),
    one("BR", "DF", "DISTRITOFEDERAL", SAO_PAULO),
    one("BR", "ES", "ESPIRITOSANTO", SAO_PAULO),
    one("BR", "GO", "GOIAS", SAO_PAULO),
    one("BR", "MA", "MARANHAO", FORTALEZA),
    one("BR", "MT", "MATOGROSSO", "America/Cuiaba"),
    one("BR", "MS", "MATOGROSSODOSUL", "America/Campo_Grande"),
    one("BR", "MG", "MINASGERAIS", SAO_PAULO),
    one("BR", "PA", "PARA", "America/Belem"),
    one("BR", "PB", "PARAIBA", FORTALEZA),
    one("BR", "PR", "PARANA", SAO_PAULO),
    one("BR", "PE", "PERNAMBUCO", "America/Recife"),
    one("BR", "PI", "PIAUI", FORTALEZA),
    one("BR", "RJ", "RIODEJANEIRO", SAO_PAULO),
    one("BR", "RN", "RIOGRANDEDONORTE", FORTALEZA),
    one("BR", "RS", "RIOGRANDEDOSUL", SAO_PAULO),
    one("BR", "RO", "RONDONIA", "America/Porto_Velho"),
    one("BR", "RR", "RORAIMA", "America/Boa_Vista"),
    one("BR", "SC", "SANTACATARINA", SAO_PAULO),
    one("BR", "SP", "SAOPAULO", SAO_PAULO),
    one("BR", "SE", "SERGIPE", "America/Maceio"),
    one("BR", "TO", "TOCANTINS", "America/Araguaina"),
    one("ES", "TF", "SANTACRUZDETENERIFE", "Atlantic/Canary"),
    one("ES", "GC", "LASPALMAS", "Atlantic/Canary"),
    one("ES", "CN", "CANARIAS", "Atlantic/Canary"),
    one("ES", "M", "MADRID", "Europe/Madrid"),
    one("ES", "B", "BARCELONA", "Europe/Madrid"),
    one("PT", "11", "LISBOA", "Europe/Lisbon"),
];

/// Every state or province of that code or name, in `country` where that is known.
pub fn regions_named(key: &str, country: Option<&str>) -> impl Iterator<Item = &'static Region> {
    let key = key.to_owned();
    let country = country.map(str::to_owned);
    REGIONS.iter().filter(move |region| {
        // Elsewhere than in its own country a code of one letter or of digits says nothing.
        let in_country = match &country {
            Some(country) => region.country == country,
            None => matches!(region.country, "US" | "CA" | "AU" | "BR"),
        };
        in_country && (region.code == key || region.name == key)
    })
}

pub fn has_regions(country: &str) -> bool {
    matches!(country, "US" | "CA" | "AU" | "BR")
}

fn region_of(country: &str, code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.country == country && region.code == code)
}

/// The state or province of a postal code.
pub fn region_of_postal_code(country: &str, postal_code: &str) -> Option<&'static Region> {
    let code = match country {
        "US" => state_of_zip(prefix(postal_code, 3)?)?,
        "CA" => match postal_code.trim_start().chars().next()?.to_ascii_uppercase() {
            'A' => "NL",
            'B' => "NS",
            'C' => "PE",
            'E' => "NB",
            'G' | 'H' | 'J' => "QC",
            'K' | 'L' | 'M' | 'N' | 'P' => "ON",
            'R' => "MB",
            'S' => "SK",
            'T' => "AB",
            'V' => "BC",
            'Y' => "YT",
            _ => return None,
        },
        "AU" => match prefix(postal_code, 2)? {
            26 => return None,
            10..=25 | 27 | 28 => "NSW",
            30..=39 | 80..=89 => "VIC",
            40..=49 | 90..=99 => "QLD",
            50..=58 => "SA",
            60..=69 => "WA",
            70..=79 => "TAS",
            8 | 9 => "NT",
            _ => return None,
        },
        _ => return None,
    };
    region_of(country, code)
}

/// The zone that a postal code tells, where the country or its state has several.
pub fn zone_of_postal_code(country: &str, postal_code: &str) -> Option<&'static str> {
    if country == "US" {
        // States cut by a zone line: only areas that lie wholly on one side.
        match prefix(postal_code, 3)? {
            798 | 799 | 885 => return Some(DENVER),
            750..=797 => return Some(CHICAGO),
            324 => return None,
            325 => return Some(CHICAGO),
            320..=323 | 326..=349 => return Some(NEW_YORK),
            370..=372 | 380..=384 => return Some(CHICAGO),
            374 | 376..=379 => return Some(NEW_YORK),
            400..=402 => return Some("America/Kentucky/Louisville"),
            403..=418 => return Some(NEW_YORK),
            420..=424 => return Some(CHICAGO),
            460..=462 | 465..=474 => return Some("America/Indiana/Indianapolis"),
            463 | 464 => return Some(CHICAGO),
            480..=497 => return Some("America/Detroit"),
            660..=676 => return Some(CHICAGO),
            680..=689 => return Some(CHICAGO),
            970..=978 => return Some(LOS_ANGELES),
            836 | 837 => return Some("America/Boise"),
            838 => return Some(LOS_ANGELES),
            570..=575 => return Some(CHICAGO),
            580..=584 => return Some(CHICAGO),
            _ => {}
        }
    }
    match (country, prefix(postal_code, 2)) {
        ("ES", Some(35 | 38)) => Some("Atlantic/Canary"),
        ("ES", Some(1..=50)) => Some("Europe/Madrid"),
        ("PT", Some(90..=94)) => Some("Atlantic/Madeira"),
        ("PT", Some(95..=99)) => Some("Atlantic/Azores"),
        ("PT", Some(10..=89)) => Some("Europe/Lisbon"),
        _ => region_of_postal_code(country, postal_code)?.zone,
    }
}

fn prefix(postal_code: &str, digits: usize) -> Option<u16> {
    let code = postal_code.trim();
    let whole = code.bytes().take_while(u8::is_ascii_digit).count();
    (whole >= 4).then(|| code[..digits].parse().ok()).flatten()
}

fn state_of_zip(zip3: u16) -> Option<&'static str> {
    Some(match zip3 {
        5 | 63 => "NY",
        6 | 7 | 9 => "PR",
        8 => "VI",
        10..=27 | 55 => "MA",
        28 | 29 => "RI",
        30..=38 => "NH",
        39..=49 => "ME",
        50..=54 | 56..=59 => "VT",
        60..=62 | 64..=69 => "CT",
        70..=89 => "NJ",
        100..=149 => "NY",
        150..=196 => "PA",
        197..=199 => "DE",
        200 | 202..=205 | 569 => "DC",
        201 | 220..=246 => "VA",
        206..=219 => "MD",
        247..=268 => "WV",
        270..=289 => "NC",
        290..=299 => "SC",
        300..=319 | 398 | 399 => "GA",
        320..=349 => "FL",
        350..=369 => "AL",
        370..=385 => "TN",
        386..=397 => "MS",
        400..=427 => "KY",
        430..=459 => "OH",
        460..=479 => "IN",
        480..=499 => "MI",
        500..=528 => "IA",
        530..=549 => "WI",
        550..=567 => "MN",
        570..=577 => "SD",
        580..=588 => "ND",
        590..=599 => "MT",
        600..=629 => "IL",
        630..=658 => "MO",
        660..=679 => "KS",
        680..=693 => "NE",
        700..=714 => "LA",
        716..=729 => "AR",
        730 | 731 | 734..=749 => "OK",
        733 | 750..=799 | 885 => "TX",
        800..=816 => "CO",
        820..=831 => "WY",
        832..=838 => "ID",
        840..=847 => "UT",
        850..=865 => "AZ",
        870..=884 => "NM",
        889..=898 => "NV",
        900..=961 => "CA",
        967 | 968 => "HI",
        969 => "GU",
        970..=979 => "OR",
        980..=994 => "WA",
        995..=999 => "AK",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_a_region_is_one() {
        for region in &REGIONS {
            if let Some(zone) = region.zone {
                assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
            }
        }
    }

    #[test]
    fn a_postal_code_tells_its_state() {
        for (country, code, region) in [
            ("US", "60610", "IL"),
            ("US", "40213-1234", "KY"),
            ("US", "02134", "MA"),
            ("CA", "M5V 2T6", "ON"),
            ("CA", "h2x 1y4", "QC"),
            ("AU", "3000", "VIC"),
            ("AU", "0800", "NT"),
        ] {
            assert_eq!(region_of_postal_code(country, code).map(|region| region.code), Some(region), "{code}");
        }
        for (country, code) in [("US", "12"), ("US", "ABCDE"), ("DE", "50667"), ("CA", ""), ("US", "é0610")] {
            assert_eq!(region_of_postal_code(country, code), None, "{code}");
        }
    }

    #[test]
    fn a_postal_code_tells_the_zone_where_its_state_has_two() {
        for (country, code, zone) in [
            ("US", "79936", Some(DENVER)),
            ("US", "75201", Some(CHICAGO)),
            ("US", "33101", Some(NEW_YORK)),
            ("US", "32401", None),
            ("ES", "35001", Some("Atlantic/Canary")),
            ("ES", "28001", Some("Europe/Madrid")),
            ("PT", "9500-150", Some("Atlantic/Azores")),
            ("PT", "1000-001", Some("Europe/Lisbon")),
            ("CA", "V6B 1A1", None),
        ] {
            assert_eq!(zone_of_postal_code(country, code), zone, "{code}");
        }
    }
}
