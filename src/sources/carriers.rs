//! Who carries parcels: one id a carrier, its names, where its site follows a number, whom to call.
//!
//! A carrier that is not here still works, under the name that its source gives. Formats of numbers live in `detect`.

mod names;
mod post;

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use names::CARRIERS;
use post::POSTS;

/// A carrier as we know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Carrier {
    pub id: &'static str,
    /// As a shopper reads it.
    pub name: &'static str,
    /// What shops and aggregators call it: Shopify, EasyPost, AfterShip, 17TRACK (numbers), Shippo, ShipEngine, Karrio.
    ///
    /// Case, spaces and punctuation do not matter.
    pub aliases: &'static [&'static str],
    /// The page of its site that follows a number; `{number}` stands for it.
    pub tracking_link: Option<&'static str>,
    /// Its customer service, as dialled at home.
    pub phone: Option<&'static str>,
    /// The IANA zone of its home country, where that has one only.
    pub home_zone: Option<&'static str>,
}

/// Key of a name, and the id it stands for.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let named = all().flat_map(|carrier| {
        let own = [carrier.id, carrier.name];
        own.into_iter().chain(carrier.aliases.iter().copied()).map(|name| (key(name), carrier.id))
    });
    named.collect()
});

static BY_ID: LazyLock<HashMap<&'static str, &'static Carrier, FxBuildHasher>> =
    LazyLock::new(|| all().map(|carrier| (carrier.id, carrier)).collect());

fn all() -> impl Iterator<Item = &'static Carrier> {
    CARRIERS.into_iter().flatten().chain(POSTS.iter().map(|(_, carrier)| carrier))
}

/// Letters and digits of a name, in lower case: "UPS®" and "ups" are one.
fn key(name: &str) -> String {
    const LONGEST: usize = 80;
    let mut key = String::with_capacity(name.len().min(LONGEST));
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric).take(LONGEST);
        key.extend(letters.map(|letter| char::from(letter.to_ascii_lowercase())));
    } else {
        key.extend(name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).take(LONGEST));
    }
    key
}

/// The id of a carrier, by any of its names; `None` for a carrier that is not in the registry.
pub fn canonical(name: &str) -> Option<&'static str> {
    // Most often it is the id already.
    carrier(name).map(|known| known.id).or_else(|| by_key(&key(name))).or_else(|| {
        // "Yamato (JA)", "Evri (formerly Hermes)", "FedEx - Ground Home Delivery".
        let (before, _) = name.split_once(['(', '–', ',']).or_else(|| name.split_once(" - "))?;
        by_key(&key(before))
    })
}

fn by_key(key: &str) -> Option<&'static str> {
    NAMES.get(key).copied()
}

/// The carrier of an id.
pub fn carrier(id: &str) -> Option<&'static Carrier> {
    BY_ID.get(id).copied()
}

/// How a shopper reads a carrier: its own name where we know it, else the name given, without surrounding space.
pub fn display_name(id_or_name: &str) -> &str {
    canonical(id_or_name).and_then(carrier).map_or_else(|| id_or_name.trim(), |carrier| carrier.name)
}

/// The address at the carrier's own site that follows a number.
pub fn link(id: &str, number: &str) -> Option<String> {
    let template = carrier(canonical(id)?)?.tracking_link?;
    let number = number.trim();
    (!number.is_empty()).then(|| template.replace("{number}", &percent_encoded(number)))
}

/// Everything but the unreserved characters of RFC 3986, so that a number cannot leave its place in the address.
pub(in crate::sources) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The carrier whose numbers bear a country's code under UPU S10. `None` where we know no post of that country by name.
pub fn postal_operator(country: &str) -> Option<&'static str> {
    let named = match country {
        "US" | "PR" | "GU" | "VI" | "AS" | "MP" => "usps",
        "GB" | "GG" | "IM" | "JE" => "royal_mail",
        "CA" => "canada_post",
        "AU" => "australia_post",
        "NL" => "postnl",
        "BE" => "bpost",
        "SE" | "DK" => "postnord",
        "FR" | "GP" | "MQ" | "RE" | "GF" | "YT" | "PM" => "la_poste",
        "ES" => "correos",
        "IT" => "poste_italiane",
        "JP" => "japan_post",
        "CN" => "china_post",
        "BR" => "correios",
        _ => return POSTS.iter().find(|(code, _)| *code == country).map(|(_, carrier)| carrier.id),
    };
    Some(named)
}

#[cfg(test)]
mod tests;
