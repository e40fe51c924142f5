use super::*;

fn place(city: &str, region: &str, postal_code: &str, country: &str, facility: &str) -> EventPlace {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    EventPlace {
        city: given(city),
        region: given(region),
        postal_code: given(postal_code),
        country: given(country),
        facility: given(facility),
    }
}

#[test]
fn a_city_tells_its_time_zone() {
    for (city, region, country, zone) in [
        ("CHICAGO", "IL", "US", "America/Chicago"),
        ("Louisville", "KY", "US", "America/Kentucky/Louisville"),
        ("Louisville", "Kentucky", "USA", "America/Kentucky/Louisville"),
        ("Memphis", "TN", "US", "America/Chicago"),
        ("KNOXVILLE", "TN", "US", "America/New_York"),
        ("El Paso", "TX", "US", "America/Denver"),
        ("PENSACOLA", "FL", "US", "America/Chicago"),
        ("Bell", "CA", "US", "America/Los_Angeles"),
        ("Hodgkins", "IL", "US", "America/Chicago"),
        ("Carol Stream", "IL", "US", "America/Chicago"),
        ("SAINT LOUIS", "MO", "US", "America/Chicago"),
        ("ST. LOUIS", "MO", "US", "America/Chicago"),
        ("New York", "NY", "US", "America/New_York"),
        ("Portland", "ME", "US", "America/New_York"),
        ("Portland", "OR", "US", "America/Los_Angeles"),
        ("Portland", "Oregon", "", "America/Los_Angeles"),
        ("Perth", "WA", "", "Australia/Perth"),
        ("Seattle", "WA", "", "America/Los_Angeles"),
        ("Toronto", "ON", "CA", "America/Toronto"),
        ("MISSISSAUGA", "ON", "CA", "America/Toronto"),
        ("Montréal", "QC", "CA", "America/Toronto"),
        ("MONTREAL", "PQ", "CA", "America/Toronto"),
        ("MAPLE", "ON", "", "America/Toronto"),
        ("VANCOUVER", "BC", "CA", "America/Vancouver"),
        ("Vancouver", "WA", "US", "America/Los_Angeles"),
        ("St. John's", "NL", "CA", "America/St_Johns"),
        ("Köln", "", "DE", "Europe/Berlin"),
        ("KOELN", "", "DE", "Europe/Berlin"),
        ("Cologne", "", "", "Europe/Berlin"),
        ("Leipzig", "", "Germany", "Europe/Berlin"),
        ("LEIPZIG - GERMANY", "", "", "Europe/Berlin"),
        ("EAST MIDLANDS - UK", "", "", "Europe/London"),
        ("CINCINNATI HUB, OH - USA", "", "", "America/New_York"),
        ("HONG KONG - HONG KONG SAR, CHINA", "", "", "Asia/Hong_Kong"),
        ("Chicago, IL, United States", "", "", "America/Chicago"),
        ("CHICAGO IL 60610", "", "", "America/Chicago"),
        ("Luik", "", "BE", "Europe/Brussels"),
        ("LIEGE", "", "BE", "Europe/Brussels"),
        ("PARIS CEDEX 15", "", "FR", "Europe/Paris"),
        ("Roissy", "", "", "Europe/Paris"),
        ("Sydney", "NSW", "AU", "Australia/Sydney"),
        ("São Paulo", "SP", "BR", "America/Sao_Paulo"),
        ("MANAUS", "AM", "BR", "America/Manaus"),
        ("Moscow", "", "RU", "Europe/Moscow"),
        ("NOVOSIBIRSK", "", "Russia", "Asia/Novosibirsk"),
        ("Las Palmas de Gran Canaria", "", "ES", "Atlantic/Canary"),
        ("Madrid", "", "ES", "Europe/Madrid"),
        ("Shenzhen", "", "CN", "Asia/Shanghai"),
        ("Urumqi", "", "CN", "Asia/Shanghai"),
        ("Tijuana", "", "MX", "America/Tijuana"),
        ("Anchorage", "AK", "US", "America/Anchorage"),
        ("Honolulu", "HI", "US", "Pacific/Honolulu"),
        ("PHOENIX", "AZ", "US", "America/Phoenix"),
    ] {
        assert_eq!(time_zone(&place(city, region, "", country, "")), Some(zone), "{city}, {region}, {country}");
    }
}

#[test]
fn a_state_a_country_or_a_postal_code_tells_the_zone_where_it_has_only_one() {
    for (city, region, postal_code, country, zone) in [
        ("", "", "", "DE", Some("Europe/Berlin")),
        ("", "", "", "Deutschland", Some("Europe/Berlin")),
        ("Nowhere-am-Bach", "", "", "DEU", Some("Europe/Berlin")),
        ("", "", "", "CN", Some("Asia/Shanghai")),
        ("", "IL", "", "US", Some("America/Chicago")),
        ("", "Illinois", "", "US", Some("America/Chicago")),
        ("Nosuchtown", "CA", "", "US", Some("America/Los_Angeles")),
        ("", "", "60610", "US", Some("America/Chicago")),
        ("", "", "79936", "US", Some("America/Denver")),
        ("", "QC", "", "CA", Some("America/Toronto")),
        ("", "", "T2P 1J9", "CA", Some("America/Edmonton")),
        ("NOSUCHBURB WEST VIC", "", "", "AU", Some("Australia/Melbourne")),
        ("Nosuchtown TX", "", "", "US", None),
        ("", "VIC", "", "AU", Some("Australia/Melbourne")),
        ("", "RJ", "", "BR", Some("America/Sao_Paulo")),
        ("", "", "35001", "ES", Some("Atlantic/Canary")),
        ("", "", "", "US", None),
        ("", "TX", "", "US", None),
        ("", "WA", "", "", None),
        ("", "", "", "ES", None),
        ("", "", "", "RU", None),
        ("", "", "", "Atlantis", None),
        ("", "", "", "", None),
        ("Springfield", "", "", "US", None),
        ("Portland", "", "", "US", None),
        ("Nosuchtown", "", "", "US", None),
    ] {
        let place = place(city, region, postal_code, country, "");
        assert_eq!(time_zone(&place), zone, "{}", place.to_text());
    }
}

#[test]
fn a_facility_tells_its_city_where_none_is_given() {
    for (facility, country, zone) in [
        ("CHICAGO IL DISTRIBUTION CENTER", "", "America/Chicago"),
        ("Chicago IL Distribution Center", "US", "America/Chicago"),
        ("LOS ANGELES CA NETWORK DISTRIBUTION CENTER", "", "America/Los_Angeles"),
        ("ISC NEW YORK NY(USPS)", "", "America/New_York"),
        ("NASHVILLE TN PROCESSING CENTER", "", "America/Chicago"),
        ("SALT LAKE CITY UT DISTRIBUTION CENTER", "US", "America/Denver"),
        ("DEPOT 0150 KÖLN", "DE", "Europe/Berlin"),
        ("Paketzentrum Leipzig", "DE", "Europe/Berlin"),
        ("PLATEFORME COLIS LYON", "FR", "Europe/Paris"),
        ("Perth Parcel Facility", "AU", "Australia/Perth"),
        ("SYDNEY GATEWAY FACILITY", "AU", "Australia/Sydney"),
    ] {
        assert_eq!(time_zone(&place("", "", "", country, facility)), Some(zone), "{facility}");
    }
    for facility in
        ["DISTRIBUTION CENTER", "Local Post Office", "Parcel Locker 12", "In transit to next facility", "-", "東京"]
    {
        assert_eq!(time_zone(&place("", "", "", "US", facility)), None, "{facility}");
        assert_eq!(time_zone(&place("", "", "", "", facility)), None, "{facility}");
    }
}

#[test]
fn a_city_has_coordinates() {
    let found = |city, region, country| find(&place(city, region, "", country, ""));
    let chicago = found("CHICAGO", "IL", "US").unwrap();
    assert_eq!((chicago.city, chicago.region, chicago.country), ("Chicago", Some("IL"), "US"));
    assert!((chicago.latitude - 41.85).abs() < 0.1 && (chicago.longitude + 87.65).abs() < 0.1);
    for (city, country, name) in [
        ("Munich", "DE", "Munich"),
        ("München", "DE", "Munich"),
        ("MUENCHEN", "DE", "Munich"),
        ("Cologne", "DE", "Köln"),
        ("Köln", "", "Köln"),
        ("Luik", "BE", "Liège"),
        ("Lüttich", "BE", "Liège"),
        ("Frankfurt", "DE", "Frankfurt am Main"),
        ("Den Haag", "NL", "The Hague"),
        ("Antwerpen", "BE", "Antwerp"),
        ("Anvers", "Belgique", "Antwerp"),
        ("Mechelen", "BE", "Mechelen"),
        ("Bobigny", "FR", "Bobigny"),
        ("Roissy-en-France", "FR", "Roissy-en-France"),
        ("Genève", "CH", "Geneva"),
        ("Wien", "Österreich", "Vienna"),
        ("Milano", "IT", "Milan"),
        ("Praha", "CZ", "Prague"),
        ("Warszawa", "PL", "Warsaw"),
        ("KØBENHAVN", "DK", "Copenhagen"),
        ("Lisboa", "PT", "Lisbon"),
        ("Mexico City", "MX", "Mexico City"),
        ("Castle Donington", "GB", "Castle Donington"),
    ] {
        assert_eq!(found(city, "", country).map(|located| located.city), Some(name), "{city}");
    }
    assert_eq!(found("Springfield", "", "US"), None);
    assert_eq!(found("", "IL", "US"), None);
    assert_eq!(found("Nosuchtown", "", ""), None);
}

#[test]
fn a_country_is_known_by_code_and_by_name() {
    for (text, code) in [
        ("US", "US"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("United States", "US"),
        ("DEU", "DE"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Royaume-Uni", "GB"),
        ("Österreich", "AT"),
        ("The Netherlands", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("Russian Federation", "RU"),
        ("Hong Kong SAR", "HK"),
        ("Suisse", "CH"),
        ("Brésil", "BR"),
    ] {
        assert_eq!(country_code(text), Some(code), "{text}");
    }
    for text in ["", "  ", "XX", "Q1", "Neverland", "U"] {
        assert_eq!(country_code(text), None, "{text}");
    }
}

#[test]
fn odd_texts_are_nowhere_and_break_nothing() {
    let long = "ab ".repeat(50_000);
    for text in ["\u{0}", "ﬁ", "İ", "'''", "-,-,-,-", "(((", "é-", &long, "１２３", "- GERMANY", ", IL"] {
        let odd = place(text, text, text, text, text);
        assert_eq!(find(&odd), None, "{}", &text.chars().take(10).collect::<String>());
        let _zone = time_zone(&odd);
    }
}
