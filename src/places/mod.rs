//! Where things are: a place's coordinates and time zone, from an embedded gazetteer.
//!
//! A place that could be two is neither: `None` beats a guess. What may be shown of a place is not decided here.

pub mod map;
mod regions;
mod table;
mod words;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::tracking::event::EventPlace;
use regions::Region;
use table::Row;

/// A place found in the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Located {
    /// Degrees north, to a hundredth.
    pub latitude: f32,
    /// Degrees east, to a hundredth.
    pub longitude: f32,
    /// IANA name.
    pub zone: &'static str,
    pub city: &'static str,
    /// Code of its state or province, in the United States, Canada, Australia and Brazil.
    pub region: Option<&'static str>,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
}

/// Reads the embedded tables, which otherwise whoever asks first waits for.
pub fn prepare() {
    table::prepare();
    map::prepare();
}

/// A town must have so many times the inhabitants of its namesakes, as powers of two, to be the one meant without a state.
const FAMOUS: u8 = 4;

/// No name of a place has more words.
const MOST_WORDS: usize = 5;

/// Words of buildings and of carriers that are also towns somewhere.
const NOT_TOWNS: [&str; 67] = [
    "AIR",
    "AIRPORT",
    "AND",
    "APC",
    "ARRIVED",
    "AT",
    "BASE",
    "BRANCH",
    "BUREAU",
    "CARRIER",
    "CENTER",
    "CENTRAL",
    "CENTRE",
    "CITY",
    "COUNTER",
    "CUSTOMS",
    "DELIVERY",
    "DEPOT",
    "DES",
    "DISTRIBUTION",
    "EAST",
    "EXPRESS",
    "FACILITY",
    "FIRST",
    "GATEWAY",
    "GROUND",
    "HOME",
    "HUB",
    "INTERNATIONAL",
    "IN",
    "LOCAL",
    "LOCKER",
    "MAIL",
    "MAIN",
    "METRO",
    "NATIONAL",
    "NETWORK",
    "NORTH",
    "NORTHWEST",
    "OF",
    "OFFICE",
    "PACKAGE",
    "PARCEL",
    "PARK",
    "PICKUP",
    "PLANT",
    "PLAZA",
    "POINT",
    "POST",
    "POSTAL",
    "PRIORITY",
    "PROCESSING",
    "REGIONAL",
    "SERVICE",
    "SHOP",
    "SORT",
    "SORTING",
    "SOUTH",
    "STATION",
    "STORE",
    "SUNDAY",
    "TERMINAL",
    "THE",
    "TOWN",
    "UNIT",
    "WAREHOUSE",
    "WEST",
];

/// Coordinates and zone of the city that a place names; its facility is read where it names none.
pub fn find(place: &EventPlace) -> Option<Located> {
    let rows = rows_for(place);
    let first = rows.first()?;
    let alone = rows[1..].iter().all(|row| {
        let near = (row.latitude - first.latitude).abs() < 0.4 && (row.longitude - first.longitude).abs() < 0.4;
        near || row.size + if row.country == first.country { 2 } else { FAMOUS } <= first.size
    });
    alone.then_some(Located {
        latitude: first.latitude,
        longitude: first.longitude,
        zone: first.zone,
        city: first.city,
        region: Some(first.region).filter(|region| !region.is_empty()),
        country: first.country,
    })
}

/// True where the whole text is a town's name, as the gazetteer knows it in some language: nothing else is told with it.
pub fn is_town(text: &str) -> bool {
    !table::places_named(&words::key(text)).is_empty()
}

/// The IANA time zone of a place, where its city, region or single-zone country tells it. `None` when unsure.
///
/// A thread keeps the answers of the last places: parcels pass the same facilities over and over.
pub fn time_zone(place: &EventPlace) -> Option<&'static str> {
    const MOST_KEPT: usize = 1_024;
    const LONGEST_KEPT: usize = 300;
    thread_local! {
        static KEPT: RefCell<HashMap<EventPlace, Option<&'static str>>> = RefCell::default();
    }
    KEPT.with_borrow_mut(|kept| {
        if let Some(zone) = kept.get(place) {
            return *zone;
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let zone = zone_of(place);
        let parts = [&place.city, &place.region, &place.postal_code, &place.country, &place.facility];
        if parts.into_iter().flatten().map(String::len).sum::<usize>() <= LONGEST_KEPT {
            kept.insert(place.clone(), zone);
        }
        zone
    })
}

fn zone_of(place: &EventPlace) -> Option<&'static str> {
    let rows = rows_for(place);
    if let Some(first) = rows.first() {
        let same = rows.iter().all(|row| row.zone == first.zone);
        return same.then_some(first.zone).or_else(|| zone_around(place));
    }
    zone_around(place)
}

/// Alpha-2 code of a country written as a code of two or three letters, or as a name in English, German, French, Spanish,
/// Italian, Dutch or Portuguese.
pub fn country_code(text: &str) -> Option<&'static str> {
    table::country_named(&words::key(text))
}

/// What a place says beside its city.
#[derive(Clone, Copy, Default)]
struct Scope {
    country: Option<&'static str>,
    region: Option<&'static Region>,
}

/// The zone that the postal code, the state or the country tells.
fn zone_around(place: &EventPlace) -> Option<&'static str> {
    let scope = scope_of(place).or_else(|| {
        // "LOS ANGELES - USA" and "DALLAS, TX" say their state and country in the city.
        let (scope, _) = ending(place.city.as_deref().or(place.facility.as_deref())?, Scope::default());
        Some(scope)
    })?;
    let scope = Scope { region: scope.region.or_else(|| last_word_as_region(place, scope.country?)), ..scope };
    let by_code = place.postal_code.as_deref().zip(scope.country);
    by_code
        .and_then(|(code, country)| regions::zone_of_postal_code(country, code))
        .or_else(|| scope.region.and_then(|region| region.zone))
        .or_else(|| scope.country.and_then(table::zone_of_country))
}

/// "SUNSHINE WEST VIC": the state behind a suburb that is not in the gazetteer.
fn last_word_as_region(place: &EventPlace, country: &'static str) -> Option<&'static Region> {
    let words = words::words(place.city.as_deref().or(place.facility.as_deref())?);
    let (last, before) = words.split_last()?;
    (!before.is_empty()).then(|| regions::regions_named(last, Some(country)).next())?
}

fn scope_of(place: &EventPlace) -> Option<Scope> {
    let country = place.country.as_deref().and_then(country_code);
    let mut named = place
        .region
        .as_deref()
        .map(words::key)
        .into_iter()
        .flat_map(|key| regions::regions_named(&key, country).collect::<Vec<_>>());
    // Without a country "WA" is two states: the city must tell.
    let region = named.next().filter(|_| named.next().is_none());
    let country = country.or(region.map(|region| region.country));
    let region = region.or_else(|| regions::region_of_postal_code(country?, place.postal_code.as_deref()?));
    (country.is_some() || region.is_some()).then_some(Scope { country, region })
}

/// The towns that may be meant, all but one ruled out where possible; largest first.
fn rows_for(place: &EventPlace) -> Vec<Row> {
    let scope = scope_of(place).unwrap_or_default();
    let region_text = place.region.as_deref();
    for text in [place.city.as_deref(), place.facility.as_deref()].into_iter().flatten() {
        // A state without its country: it is the one that has such a city.
        if scope.country.is_none()
            && let Some(region) = region_text
        {
            let rows = rows_in(&format!("{text}, {region}"), scope);
            if !rows.is_empty() {
                return rows;
            }
        }
        let rows = rows_in(text, scope);
        if !rows.is_empty() {
            return rows;
        }
    }
    Vec::new()
}

fn rows_in(text: &str, scope: Scope) -> Vec<Row> {
    let whole = words::key(text);
    if whole.is_empty() {
        return Vec::new();
    }
    let rows = meant(&whole, scope);
    // The data holds no villages: a small town named alone may have a namesake.
    if rows.first().is_some_and(|first| scope.country.is_some() || first.size >= 5) {
        return rows;
    }
    let (ended, rest) = ending(text, scope);
    let words = words::words(rest);
    let rows = meant(&words.concat(), ended);
    if !rows.is_empty() && ended.country.is_some() {
        return rows;
    }
    within(&words, ended)
}

/// Takes the country, the state and the postal code off the end of "LEIPZIG - GERMANY", "CHICAGO, IL 60610, US".
fn ending(text: &str, scope: Scope) -> (Scope, &str) {
    let (mut scope, mut rest) = (scope, text.trim());
    // "HONG KONG - HONG KONG SAR, CHINA": what stands behind the dash is one country, comma and all.
    if let Some((before, country)) = rest.rsplit_once(" - ")
        && let Some(country) = country_code(country)
    {
        scope.country = scope.country.or(Some(country));
        rest = before.trim();
    }
    for _ in 0..3 {
        let Some((before, last)) = rest.rsplit_once([',', '-', '(', '/']) else { break };
        let last = last.trim_matches([' ', ')']);
        let key = words::key(last);
        let has_city = !words::key(before).is_empty();
        let digits = last.bytes().any(|byte| byte.is_ascii_digit());
        let state =
            regions::regions_named(&words::words(last).first().cloned().unwrap_or_default(), scope.country).next();
        if digits && last.len() <= 10 && !has_letters_first(last) {
            rest = before.trim();
        } else if scope.region.is_none() && has_city && (key.len() <= 3 || digits) && state.is_some() {
            scope = Scope { country: state.map(|state| state.country), region: state };
            rest = before.trim();
        } else if let Some(country) = table::country_named(&key).filter(|_| has_city && scope.country.is_none()) {
            scope.country = Some(country);
            rest = before.trim();
        } else if key.is_empty() || scope.country.is_some() && table::country_named(&key) == scope.country {
            rest = before.trim();
        } else {
            break;
        }
    }
    (scope, rest.trim_end_matches([' ', ',', '-', '(', '/']))
}

fn has_letters_first(text: &str) -> bool {
    text.starts_with(|character: char| character.is_alphabetic())
}

/// Looks for the longest run of words that names a town, the earliest first.
fn within(words: &[String], scope: Scope) -> Vec<Row> {
    let words = &words[..words.len().min(20)];
    for length in (1..=MOST_WORDS.min(words.len())).rev() {
        for start in 0..=words.len() - length {
            let name = &words[start..start + length];
            if length == 1 && (name[0].len() < 3 || NOT_TOWNS.contains(&name[0].as_str())) {
                continue;
            }
            if name
                .iter()
                .all(|word| NOT_TOWNS.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit()))
            {
                continue;
            }
            let key = name.concat();
            let state = words.get(start + length).filter(|word| word.len() == 2 || word.len() == 3);
            if let Some(state) = state {
                for region in regions::regions_named(state, scope.country) {
                    let rows = meant(&key, Scope { country: Some(region.country), region: Some(region) });
                    if !rows.is_empty() {
                        return rows;
                    }
                }
            }
            let rows = meant(&key, scope);
            // A single word in a text of unknown country is believed only where it is a big city.
            if rows.first().is_some_and(|first| scope.country.is_some() || first.size >= 8) {
                return rows;
            }
        }
    }
    Vec::new()
}

/// The towns of that name in scope; where one outshines its namesakes only that one.
fn meant(key: &str, scope: Scope) -> Vec<Row> {
    if key.is_empty() {
        return Vec::new();
    }
    let mut rows = table::places_named(key);
    if let Some(country) = scope.country {
        rows.retain(|row| row.country == country);
    }
    if let Some(region) = scope.region.filter(|region| regions::has_regions(region.country)) {
        let code = if region.code == "PQ" { "QC" } else { region.code };
        rows.retain(|row| row.country == region.country && row.region == code);
    }
    if let [first, second, ..] = rows.as_slice()
        && first.size >= 6
        && first.size >= second.size + FAMOUS
    {
        rows.truncate(1);
    }
    rows
}

#[cfg(test)]
mod tests;
