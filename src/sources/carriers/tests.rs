use std::collections::HashMap;

use super::*;

#[test]
fn all_names_of_a_carrier_are_one() {
    for (id, names) in [
        (
            "ups",
            &[
                "UPS®",
                "ups_mi",
                "United Parcel Service",
                "UPSMailInnovations",
                "ups-mi",
                "upsmi",
                "100002",
                "UPS™",
                "u.p.s.",
            ][..],
        ),
        ("fedex", &["FedEx", "FEDEX", "FedEx®", "FedexSmartPost", "Federal Express", "fedex_ground", "100003"]),
        ("usps", &["USPS", "usps", "United States Postal Service", "U.S. Postal Service", "stamps_com", "21051"]),
        ("dhl_express", &["DHL Express", "DHLExpress", "dhl_express", "dhl-express", "100001"]),
        ("dhl_ecommerce", &["DHL eCommerce", "dhl-global-mail", "DhlEcs", "DHL Global Mail"]),
        ("dhl_paket", &["DHL Paket", "dhl-germany", "dhl_parcel_de", "7041"]),
        ("dhl", &["DHL", "dhl"]),
        ("canada_post", &["Canada Post", "CanadaPost", "canada-post", "canadapost", "3041", "Postes Canada"]),
        ("royal_mail", &["Royal Mail", "RoyalMail", "royal-mail", "11031"]),
        ("australia_post", &["Australia Post", "AusPost", "australia-post"]),
        ("startrack", &["StarTrack", "star-track", "star_track"]),
        ("evri", &["Evri", "Hermes", "hermes_uk", "Evri (formerly Hermes)"]),
        ("dpd", &["DPD", "DPD UK", "dpd-uk", "dpd_de", "DPD Local"]),
        ("yamato", &["Yamato (JA)", "taqbin-jp", "Kuroneko Yamato"]),
        ("purolator", &["Purolator", "purolator_ca"]),
        ("india_post", &["India Post", "india-post-int"]),
        ("poste_italiane", &["Poste Italiane", "italy-sda"]),
        ("bpost", &["Bpost", "bpost-international"]),
        ("swiss_post", &["Swiss Post", "Die Schweizerische Post"]),
        ("colissimo", &["Colissimo", "la-poste-colissimo"]),
        ("chronopost", &["Chronopost", "chronopost-france"]),
        ("amazon", &["Amazon Logistics", "AMZL", "AmazonMws", "amazon_shipping"]),
        ("ontrac", &["OnTrac", "OnTracV3"]),
        ("lasership", &["LaserShip", "LaserShipV2"]),
        ("pitney_bowes", &["Pitney Bowes", "Newgistics"]),
        ("speedee", &["Spee-Dee", "SpeeDee", "speedee"]),
        ("old_dominion", &["Old Dominion", "ODFL"]),
    ] {
        for name in names {
            assert_eq!(canonical(name), Some(id), "{name}");
        }
    }
}

#[test]
fn an_unknown_carrier_keeps_its_name() {
    for name in ["Bob's Bikes", "null-company", "", "®", "1234567", "ups of america inc"] {
        assert_eq!(canonical(name), None, "{name}");
        assert_eq!(display_name(name), name.trim());
        assert_eq!(link(name, "123"), None);
    }
    assert_eq!(display_name(" Bob's Bikes "), "Bob's Bikes");
    assert_eq!(display_name("ups_mi"), "UPS");
    assert_eq!(display_name("dhl_paket"), "DHL Paket");
}

#[test]
fn no_id_is_taken_twice_and_no_name_means_two_carriers() {
    let mut owners: HashMap<String, &str> = HashMap::new();
    let mut ids = Vec::new();
    for carrier in all() {
        assert!(!ids.contains(&carrier.id), "{}", carrier.id);
        ids.push(carrier.id);
        assert!(carrier.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
        for name in [carrier.id, carrier.name].iter().chain(carrier.aliases) {
            let owner = *owners.entry(key(name)).or_insert(carrier.id);
            assert_eq!(owner, carrier.id, "{name}");
        }
    }
}

#[test]
fn every_link_is_https_and_holds_the_number() {
    for carrier in all() {
        if let Some(template) = carrier.tracking_link {
            assert!(template.starts_with("https://") && template.matches("{number}").count() == 1, "{}", carrier.id);
        }
        if let Some(zone) = carrier.home_zone {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
        }
    }
}

#[test]
fn a_number_cannot_leave_its_place_in_the_link() {
    assert_eq!(link("ups", " 1Z999 "), Some("https://www.ups.com/track?tracknum=1Z999".to_owned()));
    assert_eq!(link("UPS®", "1&x=\"<é"), Some("https://www.ups.com/track?tracknum=1%26x%3D%22%3C%C3%A9".to_owned()));
    assert_eq!(link("ups", "  "), None);
    assert_eq!(link("s10", "RB123456785NU"), None);
}

#[test]
fn every_post_is_in_the_registry() {
    for country in [
        "US", "GB", "CA", "AU", "DE", "FR", "NL", "BE", "ES", "IT", "JP", "CN", "BR", "SE", "DK", "NO", "CH", "AT",
        "IE",
    ] {
        assert!(postal_operator(country).and_then(carrier).is_some(), "{country}");
    }
    assert_eq!(postal_operator("CV"), Some("correios_de_cabo_verde"));
    assert_eq!(postal_operator("NU"), None);
    assert_eq!(postal_operator("XX"), None);
}
