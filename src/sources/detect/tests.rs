use std::fs;

use serde_json::Value;

use super::*;
use crate::testing::fixtures;

fn carriers(number: &str) -> Vec<&'static str> {
    detect(number).into_iter().map(|candidate| candidate.carrier).collect()
}

/// The ids of ours that a courier of the fixtures stands for.
fn ours(courier: &str) -> Vec<&'static str> {
    match courier {
        "dhl" => vec!["dhl_express", "dhl_ecommerce", "dhl_paket"],
        "upsmi" => vec!["ups"],
        "dhlgm" => vec!["dhl_ecommerce"],
        other => vec![super::super::carriers::canonical(other).unwrap_or_else(|| panic!("{other}"))],
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn every_valid_number_of_the_fixtures_finds_its_carrier_first_and_every_invalid_one_is_refused() {
    let Some(folder) = fixtures::folder() else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("detection/tracking_number_data")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let courier: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let (Some(code), Some(formats)) = (courier["courier_code"].as_str(), courier["tracking_numbers"].as_array())
        else {
            continue;
        };
        for format in formats {
            for number in strings(&format["test_numbers"]["valid"]) {
                seen += 1;
                let found = carriers(number);
                match code {
                    "s10" => assert_eq!(found.len(), 1, "{number}: {found:?}"),
                    _ => assert!(
                        found.first().is_some_and(|first| ours(code).contains(first)),
                        "{code} {number}: {found:?}"
                    ),
                }
                assert!(detect(number).iter().all(|candidate| candidate.valid));
            }
            for number in strings(&format["test_numbers"]["invalid"]) {
                seen += 1;
                // Twenty digits that are no mail piece, but by their check digit a SmartPost number.
                match number {
                    "61299998820821171811" => assert_eq!(carriers(number), ["fedex"]),
                    _ => assert_eq!(detect(number), [], "{code} {number}"),
                }
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn every_case_of_the_guesser_is_included_or_excluded() {
    let Some(folder) = fixtures::folder() else { return };
    let cases = fs::read_to_string(folder.join("detection/shipit_guess_carrier/guess_carrier_cases.tsv")).unwrap();
    for case in cases.lines().skip(1) {
        let fields: Vec<&str> = case.split('\t').collect();
        let [number, expect, carrier, ..] = fields.as_slice() else { panic!("{case}") };
        let found = carriers(number);
        let included = ours(carrier).iter().any(|id| found.contains(id));
        assert_eq!(included, *expect == "include", "{case}: {found:?}");
    }
}

#[test]
fn each_further_format_takes_its_numbers_and_refuses_others() {
    for (carrier, valid, invalid) in [
        ("amazon", "TBA619632698000", "TBD619632698000"),
        ("ontrac", "1LS724505321754", "1LS924505321754"),
        ("lasership", "1LS72264319420039910", "1LS722643194200399101"),
        ("speedee", "SP012345678901234567", "SP01234567890123456"),
        ("old_dominion", "07209562763", "0720956276"),
        ("landmark", "LTN64365934N1", "LTN64365934"),
        ("canada_post", "7035114477138472", "7035114477138471"),
        ("purolator", "329014521622", "3290145216221"),
        ("purolator", "JFV123456789", "JFV12345678"),
        ("canpar", "D420352470000001071001", "D42035247000000107100"),
        ("royal_mail", "FQ087430672GB", "FQ087430673GB"),
        ("royal_mail", "090367574000000FE1E1B", "090367574000000FE1E1"),
        ("evri", "T00ABA0123456789", "T00ABA012345678"),
        ("evri", "H1001234567890123456", "H100123456789012345"),
        ("dpd", "15501234567890", "1550123456789"),
        ("dpd", "250012345678901", "25001234567890123"),
        ("gls", "50346007538", "5034600753"),
        ("gls", "503460075384", "503460075385"),
        ("gls", "ZK5NSA1Z", "AK5NSA1Z"),
        ("dhl_express", "3318810025", "3318810010"),
        ("dhl_express", "JD014600003828392837", "JD0146000038"),
        ("dhl_paket", "JJD000390007827263829", "JJD000390"),
        ("dhl_paket", "00340434161094042557", "00340434161094042558"),
        ("dhl_ecommerce", "GM2951173225174494", "GMABCDEFGHIJKLMN1"),
        ("postnl", "3SABCD123456789", "4SABCD123456789"),
        ("bpost", "323212345600000012345678", "3232123456000000123456789"),
        ("la_poste", "1A01234567890", "1A0123456789"),
        ("colissimo", "6A12345678901", "6A123456789012"),
        ("colissimo", "CB123456785FR", "CB123456784FR"),
        ("chronopost", "XA123456785FR", "XA123456784FR"),
        ("chronopost", "XX123456789JB", "XX123456789JC"),
        ("correos", "PQ43B30409450840137208S", "PQ43B30409450840137208"),
        ("poste_italiane", "1UW1X1P123456", "1UW1X1P12345"),
        ("poste_italiane", "RB123456785IT", "RB123456784IT"),
        ("postnord", "373500123456789012", "373500123456789013"),
        ("postnord", "RB123456785SE", "RB123456784SE"),
        ("inpost", "620999567230117017653824", "62099956723011701765382"),
        ("australia_post", "7XX1000634011427", "7XX100063401142"),
        ("australia_post", "33ABC012345601000935", "33ABC"),
        ("startrack", "FPPV00062700", "FPPV0006270"),
        ("japan_post", "RB123456785JP", "RB123456784JP"),
        ("yamato", "123456789013", "123456789015"),
        ("sagawa", "123456789013", "123456789015"),
        ("sf_express", "SF1234567890123", "SF123456789"),
        ("china_post", "EE123456785CN", "EE123456784CN"),
        ("china_post", "9876543210123", "98765432101"),
        ("yanwen", "UA123456785YP", "UA123456784YP"),
        ("aramex", "34567890125", "245678901261"),
        ("blue_dart", "69122113764", "6912211376"),
        ("delhivery", "2814810000123", "281481000012"),
        ("correios", "AA123456785BR", "AA123456784BR"),
        ("gofo", "GFUS01011884214464", "GFUS0101188421446"),
        ("yodel", "JD0002123456789012", "JD000212345678901"),
        ("pitney_bowes", "UPAAB000000251299100", "UPAAB0000"),
    ] {
        assert!(carriers(valid).contains(&carrier), "{carrier} {valid}: {:?}", carriers(valid));
        assert!(!carriers(invalid).contains(&carrier), "{carrier} {invalid}: {:?}", carriers(invalid));
    }
}

#[test]
fn spaces_hyphens_and_case_do_not_matter() {
    for number in
        ["1z5r89390357567127", " 1Z 5R8 939 03 5756 7127 ", "1Z-5R8-939-03-5756-7127", "1Z\u{a0}5R89390357567127\n"]
    {
        assert_eq!(carriers(number), ["ups"], "{number}");
    }
}

#[test]
fn what_is_no_number_has_no_candidates() {
    let long = "9".repeat(1_000_000);
    for text in [
        "",
        " ",
        "-",
        "#1001",
        "hello world",
        "0",
        "0000000000",
        "1234",
        "ABCDEFGHIJKL",
        "１２３４５６７８９０",
        "1Z<script>",
        "🦀🦀🦀",
        &long,
    ] {
        assert_eq!(detect(text), [], "{}", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn every_carrier_of_a_format_is_in_the_registry() {
    for format in FORMATS {
        assert!(super::super::carriers::carrier(format.carrier).is_some(), "{}", format.carrier);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}") {
        detect(&text);
    }

    #[test]
    fn no_number_breaks_it(number in "[0-9A-Z]{0,46}") {
        let found = detect(&number);
        proptest::prop_assert!(found.len() < 12);
    }
}
