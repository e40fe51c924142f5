//! What a map must be wherever a parcel goes.

use std::io::Write;

use proptest::prelude::*;

use super::*;

const MOST: usize = 5200;

fn stops(way: &[(f32, f32, &str)]) -> Vec<Stop> {
    way.iter()
        .map(|(latitude, longitude, name)| Stop {
            latitude: *latitude,
            longitude: *longitude,
            name: (*name).to_owned(),
        })
        .collect()
}

type Way = &'static [(f32, f32, &'static str)];

const ACROSS_AMERICA: Way =
    &[(34.05, -118.24, "Los Angeles"), (38.25, -85.76, "Louisville"), (40.71, -74.01, "New York")];
const IN_BRAZIL: Way = &[(-23.55, -46.64, "São Paulo"), (-15.78, -47.93, "Brasília"), (-3.1, -60.02, "Manaus")];
const OVER_THE_ATLANTIC: Way = &[
    (41.85, -87.65, "Chicago"),
    (38.25, -85.76, "Louisville"),
    (50.93, 6.95, "Köln"),
    (51.2, 6.69, "Neuss"),
    (53.55, 9.99, "Hamburg"),
];
const OVER_THE_PACIFIC: Way =
    &[(22.55, 114.07, "Shenzhen"), (61.22, -149.9, "Anchorage"), (34.05, -118.24, "Los Angeles")];
const TO_AUSTRALIA: Way = &[(41.85, -87.65, "Chicago"), (-33.87, 151.21, "Sydney")];
const IN_GERMANY: Way = &[(52.52, 13.41, "Berlin"), (52.37, 9.73, "Hannover"), (53.55, 9.99, "Hamburg")];
const NEXT_TOWN: Way = &[(52.52, 13.41, "Berlin"), (52.4, 13.06, "Potsdam")];

const JOURNEYS: [(&str, Way); 7] = [
    ("across America", ACROSS_AMERICA),
    ("in Brazil", IN_BRAZIL),
    ("over the Atlantic", OVER_THE_ATLANTIC),
    ("over the Pacific", OVER_THE_PACIFIC),
    ("to Australia", TO_AUSTRALIA),
    ("in Germany", IN_GERMANY),
    ("to the next town", NEXT_TOWN),
];

/// Every number of a path.
fn numbers(path: &str) -> Vec<i32> {
    let spaced = path.replace('-', " -").replace(|letter: char| letter.is_ascii_alphabetic(), " ");
    spaced.split_whitespace().map(|number| number.parse().expect("a whole number")).collect()
}

fn compressed(map: &JourneyMap) -> usize {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
    for path in [&map.land, &map.lakes, &map.borders, &map.states, &map.route] {
        writer.write_all(path.as_bytes()).expect("memory takes it all");
    }
    writer.into_inner().len()
}

#[test]
fn a_map_is_small_wherever_the_parcel_goes() {
    for (name, way) in JOURNEYS {
        let map = draw(&stops(way), MOST).expect(name);
        let size = compressed(&map);
        println!("{name}: {size} bytes");
        assert!(size <= 3500, "{name}: {size}");
        assert!(map.land.len() > 100, "{name}: {}", map.land);
    }
}

#[test]
fn a_way_over_the_pacific_does_not_cross_the_rest_of_the_world() {
    let map = draw(&stops(OVER_THE_PACIFIC), MOST).expect("a map");
    let [shenzhen, anchorage, los_angeles] = map.dots.as_slice() else { panic!("{:?}", map.dots) };
    assert!(shenzhen.x < anchorage.x && anchorage.x < los_angeles.x, "{:?}", map.dots);
    assert_eq!(shenzhen.x + los_angeles.x, WIDTH as i32);
}

#[test]
fn one_place_or_one_town_is_no_journey() {
    let berlin = (52.52, 13.41, "Berlin");
    for way in [vec![], vec![berlin], vec![berlin, berlin], vec![berlin, (52.56, 13.3, "Berlin-Tegel")]] {
        assert_eq!(draw(&stops(&way), MOST), None, "{way:?}");
    }
}

#[test]
fn a_way_around_the_world_has_no_map() {
    let around = [(0.0, 0.0, "A"), (0.0, 120.0, "B"), (0.0, -120.0, "C"), (0.0, -1.0, "D")];
    assert_eq!(draw(&stops(&around), MOST), None);
}

#[test]
fn the_first_and_the_present_place_are_named() {
    for (name, way) in JOURNEYS {
        let map = draw(&stops(way), MOST).expect(name);
        let [first, .., last] = map.dots.as_slice() else { panic!("{name}: {:?}", map.dots) };
        assert_eq!(first.label.as_ref().expect(name).text, way[0].2);
        assert_eq!(last.label.as_ref().expect(name).text, way[way.len() - 1].2);
        assert!(last.is_present && map.dots.iter().filter(|dot| dot.is_present).count() == 1);
    }
}

#[test]
fn a_place_passed_twice_has_one_dot() {
    let mut way = IN_GERMANY.to_vec();
    way.push(IN_GERMANY[1]);
    let map = draw(&stops(&way), MOST).expect("a map");
    assert_eq!(map.dots.len(), 3);
    assert_eq!(map.dots[2].label.as_ref().map(|label| label.text.as_str()), Some("Hannover"));
    assert!(map.dots[2].is_present);
}

#[test]
fn states_are_drawn_within_a_country_and_not_over_an_ocean() {
    let states = |way| !draw(&stops(way), MOST).expect("a map").states.is_empty();
    assert!(states(ACROSS_AMERICA) && states(IN_BRAZIL));
    assert!(!states(OVER_THE_ATLANTIC));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn paths_hold_only_numbers_of_the_sheet(
        way in prop::collection::vec((-90.0_f32..=90.0, -180.0_f32..=180.0), 0..7),
        near in any::<bool>(),
        most in 600_usize..6000,
    ) {
        // Half of them within a region, as most journeys are.
        let shrunk = if near { 0.04 } else { 1.0 };
        let way: Vec<Stop> = way
            .iter()
            .map(|(north, east)| Stop { latitude: north * shrunk + 0.1, longitude: east * shrunk, name: "Town".to_owned() })
            .collect();
        if let Some(map) = draw(&way, most) {
            let ground = [&map.land, &map.lakes, &map.borders, &map.states];
            prop_assert!(ground.iter().map(|path| path.len()).sum::<usize>() <= most);
            for path in ground.into_iter().chain([&map.route]) {
                prop_assert!(path.chars().all(|letter| letter.is_ascii_digit() || " -Mlqz".contains(letter)), "{}", path);
                prop_assert!(numbers(path).iter().all(|number| number.abs() < 20_000), "{}", path);
            }
            for dot in &map.dots {
                prop_assert!((0..=WIDTH as i32).contains(&dot.x) && (0..=HEIGHT as i32).contains(&dot.y), "{:?}", dot);
            }
        }
    }
}
