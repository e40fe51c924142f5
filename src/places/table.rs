//! The embedded gazetteer and how a name is found in it. What a name means in its context is decided in `mod.rs`.
//!
//! The text stays as it is in the binary; only an index of (hash of the name, where its line starts) is built, on first use.

use std::sync::LazyLock;

use super::words::{key, umlauts_collapsed};

static TEXT: &str = include_str!("gazetteer.tsv");
static COUNTRIES_TEXT: &str = include_str!("countries.tsv");

/// A line of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    pub city: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Code of its state or province; kept for the United States, Canada, Australia and Brazil, else empty.
    pub region: &'static str,
    pub latitude: f32,
    pub longitude: f32,
    pub zone: &'static str,
    /// log2 of its thousands of inhabitants: 10 is a million.
    pub size: u8,
}

struct Country {
    code: &'static str,
    starts_at: usize,
    one_zone: bool,
    zones: Vec<&'static str>,
}

struct Index {
    /// In the order of the file.
    countries: Vec<Country>,
    /// Hash of a name, and where its line starts; sorted.
    names: Vec<(u32, u32)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(build);

/// Hash of a country's name or alpha-3 code, and its alpha-2 code; sorted.
static COUNTRIES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let mut countries = Vec::new();
    for line in COUNTRIES_TEXT.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(code), Some(alpha3), Some(names)) = (fields.next(), fields.next(), fields.next()) else { continue };
        countries.push((code.to_owned(), code));
        countries.push((alpha3.to_owned(), code));
        countries.extend(names.split('|').map(|name| (key(name), code)));
    }
    countries.sort();
    countries.dedup_by(|later, earlier| later.0 == earlier.0);
    countries
});

pub fn prepare() {
    LazyLock::force(&INDEX);
    LazyLock::force(&COUNTRIES);
}

fn build() -> Index {
    let mut index = Index { countries: Vec::new(), names: Vec::with_capacity(70_000) };
    let mut starts_at = 0;
    for line in TEXT.split_inclusive('\n') {
        if let Some(head) = line.strip_prefix('@') {
            let mut fields = head.trim_end().split('\t');
            let code = fields.next().unwrap_or_default();
            let mut zones: Vec<&str> = fields.collect();
            let mut one_zone = false;
            if let Some(first) = zones.first_mut()
                && let Some(zone) = first.strip_prefix('!')
            {
                *first = zone;
                one_zone = true;
            }
            index.countries.push(Country { code, starts_at, one_zone, zones });
        } else if !line.starts_with('#') {
            let names = line.split('\t').next().unwrap_or_default();
            let at = u32::try_from(starts_at).expect("the gazetteer is smaller than 4 GiB");
            index.names.extend(names.split('|').map(|name| (hash(&key(name)), at)));
        }
        starts_at += line.len();
    }
    index.names.sort_unstable();
    index.names.dedup();
    index.names.shrink_to_fit();
    index
}

/// FNV-1a: the index only has to be the same within one run, and every hit is checked against the name itself.
fn hash(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Every place of that name, largest first. `key` is as [`key`] makes it.
pub fn places_named(name_key: &str) -> Vec<Row> {
    let found = exactly_named(name_key);
    if !found.is_empty() {
        return found;
    }
    umlauts_collapsed(name_key).map(|collapsed| exactly_named(&collapsed)).unwrap_or_default()
}

fn exactly_named(name_key: &str) -> Vec<Row> {
    let wanted = hash(name_key);
    let from = INDEX.names.partition_point(|(hash, _)| *hash < wanted);
    let hits = INDEX.names[from..].iter().take_while(|(hash, _)| *hash == wanted);
    let mut rows: Vec<Row> = hits.filter_map(|(_, at)| read(*at as usize, name_key)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.size));
    rows
}

fn read(at: usize, name_key: &str) -> Option<Row> {
    let line = TEXT[at..].lines().next()?;
    let mut fields = line.split('\t');
    let names = fields.next()?;
    if !names.split('|').any(|name| key(name) == name_key) {
        return None;
    }
    let country = &INDEX.countries[INDEX.countries.partition_point(|country| country.starts_at < at).checked_sub(1)?];
    let region = fields.next()?;
    let mut degrees =
        || fields.next().and_then(|text| text.parse::<i16>().ok()).map(|degrees| f32::from(degrees) / 100.0);
    let (latitude, longitude) = (degrees()?, degrees()?);
    let size = u8::from_str_radix(fields.next()?, 16).ok()?;
    let zone = match fields.next() {
        Some(number) => number.parse().ok()?,
        None => 0_usize,
    };
    Some(Row {
        city: names.split('|').next()?,
        country: country.code,
        region,
        latitude,
        longitude,
        zone: country.zones.get(zone)?,
        size,
    })
}

/// The zone of a country that has one for all of it.
pub fn zone_of_country(code: &str) -> Option<&'static str> {
    let country = INDEX.countries.iter().find(|country| country.code == code && country.one_zone)?;
    country.zones.first().copied()
}

/// Alpha-2 code of a country named by its code or by its name in one of seven languages.
pub fn country_named(name_key: &str) -> Option<&'static str> {
    let at = COUNTRIES.binary_search_by(|(key, _)| key.as_str().cmp(name_key)).ok()?;
    Some(COUNTRIES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read_and_its_zone_is_one() {
        let mut places = 0;
        let mut at = 0;
        for line in TEXT.split_inclusive('\n') {
            if !line.starts_with(['#', '@']) {
                let name = line.split(['\t', '|']).next().unwrap();
                let row = read(at, &key(name)).unwrap_or_else(|| panic!("{line}"));
                assert!(row.latitude.abs() <= 90.0 && row.longitude.abs() <= 180.0, "{line}");
                places += 1;
            }
            at += line.len();
        }
        assert!(places > 40_000);
        for zone in INDEX.countries.iter().flat_map(|country| &country.zones) {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn the_embedded_file_stays_small() {
        assert!(TEXT.len() <= 1_500_000, "{}", TEXT.len());
    }

    #[test]
    fn places_of_one_name_come_largest_first() {
        let rows = places_named("PARIS");
        assert_eq!((rows[0].country, rows[0].zone), ("FR", "Europe/Paris"));
        assert!(rows.iter().any(|row| row.region == "TX"));
        assert!(places_named("NOSUCHPLACEANYWHERE").is_empty());
    }
}
