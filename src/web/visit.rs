//! One request to a brand's pages: whose host, which language, which browser, from where.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, Method, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::config::Network;
use crate::portal::pages::PageContext;
use crate::store::seal::{Vault, random_bytes, sha256};
use crate::tracking::wording::{self, Locale, Speaker};

use super::app::LiveBrand;

const SESSION: &str = "doorstep";
const STEP: &str = "doorstep_step";
const LANGUAGE: &str = "doorstep_lang";

const STEP_LASTS_SECONDS: u32 = 15 * 60;
const SESSION_LASTS_SECONDS: u32 = 30 * 24 * 3600;
const LANGUAGE_LASTS_SECONDS: u32 = 365 * 24 * 3600;

/// A request to a brand's pages.
#[derive(Clone)]
pub struct Visit {
    pub live: Arc<LiveBrand>,
    pub locale: Locale,
    /// The language the shopper just picked, to be remembered.
    pub picked: Option<Locale>,
    pub ip: IpAddr,
    pub session: Option<[u8; 32]>,
    /// The same as the cookie holds it, to be set again when the grant slides.
    session_text: Option<String>,
    step: Option<String>,
    /// Path as the browser sees it, without `lang`.
    pub here: String,
    pub encoding: Encoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    pub fn accepted(headers: &HeaderMap) -> Encoding {
        let accepts = text(headers, header::ACCEPT_ENCODING).unwrap_or("");
        let takes = |name: &str| {
            accepts.split(',').any(|part| {
                let mut part = part.split(';');
                part.next().is_some_and(|coding| coding.trim() == name)
                    && !part.any(|parameter| matches!(parameter.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match (takes("br"), takes("gzip")) {
            (true, _) => Encoding::Brotli,
            (_, true) => Encoding::Gzip,
            _ => Encoding::Identity,
        }
    }
}

/// Where a shopper is between the box and the order: sealed in a cookie for a quarter of an hour, so that no address
/// bar, log or history learns what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Step {
    /// Back at the box: what was typed could not be used.
    Lookup {
        q: String,
        message: String,
    },
    Proof {
        q: String,
        message: Option<String>,
    },
    /// A code was asked for. `challenge` binds it to this browser.
    Code {
        contact: String,
        #[serde(with = "as_text")]
        challenge: [u8; 32],
        message: Option<String>,
    },
    /// Feedback that could not be taken: what was filled in, and why.
    Feedback {
        shipment: String,
        draft: FeedbackDraft,
        message: String,
    },
    /// A photo that was not taken, and why.
    Photo {
        shipment: String,
        message: String,
    },
}

/// Bytes as text of one length: numbers would make the cookie longer for one browser than for another.
mod as_text {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| serde::de::Error::custom("these are not 32 bytes"))
    }
}

/// A feedback form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackDraft {
    pub rating: String,
    pub reasons: Vec<String>,
    pub comment: String,
}

pub fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A browser that looks ahead is no shopper who looks.
pub fn is_looked_ahead(headers: &HeaderMap) -> bool {
    text(headers, "sec-purpose").is_some_and(|purpose| purpose.contains("prefetch"))
}

impl Visit {
    pub fn read(live: Arc<LiveBrand>, headers: &HeaderMap, path: &str, query: Option<&str>, ip: IpAddr) -> Visit {
        let cookie = |name: &str| cookie(headers, &cookie_name(&live, name));
        let pairs = || form_pairs(query.unwrap_or("").as_bytes());
        let asked = pairs().find(|(name, _)| name == "lang").map(|(_, value)| value);
        let picked = asked.as_deref().and_then(Locale::nearest).filter(|locale| live.locales.contains(locale));
        let remembered = cookie(LANGUAGE);
        let picker = picked.map(Locale::tag).or(remembered);
        let locale = wording::negotiate(&live.locales, picker, text(headers, header::ACCEPT_LANGUAGE));
        let rest: Vec<String> = pairs()
            .filter(|(name, _)| matches!(name.as_str(), "q" | "step" | "rating"))
            .map(|(name, value)| format!("{name}={}", percent_encoded(&value)))
            .collect();
        let here = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
        Visit {
            locale,
            picked,
            ip,
            session: cookie(SESSION).and_then(reference_hash),
            session_text: cookie(SESSION).filter(|text| reference_hash(text).is_some()).map(str::to_owned),
            step: cookie(STEP).map(str::to_owned),
            here,
            encoding: Encoding::accepted(headers),
            live,
        }
    }

    pub fn words(&self) -> Arc<Speaker> {
        self.live.speaker(self.locale)
    }

    pub fn context(&self) -> PageContext {
        self.live.pages(self.locale).at(&self.here, self.session.is_some())
    }

    /// Where the shopper is, if this browser's cookie says so and is ours.
    pub fn step(&self, vault: &Vault) -> Option<Step> {
        let sealed = URL_SAFE_NO_PAD.decode(self.step.as_deref()?).ok()?;
        let plain = vault.open(b"step", self.live.id.0.as_bytes(), &sealed)?;
        serde_json::from_slice(&plain).ok()
    }

    pub fn step_cookie(&self, vault: &Vault, step: &Step) -> Option<HeaderValue> {
        let plain = serde_json::to_vec(step).expect("a step is plain data");
        let sealed = vault.seal(b"step", self.live.id.0.as_bytes(), &plain);
        self.set_cookie(STEP, &URL_SAFE_NO_PAD.encode(sealed), STEP_LASTS_SECONDS)
    }

    pub fn without_step_cookie(&self) -> Option<HeaderValue> {
        self.step.as_ref().and_then(|_| self.set_cookie(STEP, "", 0))
    }

    pub fn session_cookie(&self, reference: &Reference) -> Option<HeaderValue> {
        self.set_cookie(SESSION, &reference.text, SESSION_LASTS_SECONDS)
    }

    /// The present session's cookie once more: it lasts from now on.
    pub fn same_session_cookie(&self) -> Option<HeaderValue> {
        self.session_text.as_deref().and_then(|text| self.set_cookie(SESSION, text, SESSION_LASTS_SECONDS))
    }

    pub fn without_session_cookie(&self) -> Option<HeaderValue> {
        self.set_cookie(SESSION, "", 0)
    }

    pub fn language_cookie(&self) -> Option<HeaderValue> {
        self.picked.and_then(|locale| self.set_cookie(LANGUAGE, locale.tag(), LANGUAGE_LASTS_SECONDS))
    }

    fn set_cookie(&self, name: &str, value: &str, lasts_seconds: u32) -> Option<HeaderValue> {
        let live = &self.live;
        let path = match (live.brand.own_host, live.brand.base_path.as_str()) {
            (true, _) | (_, "") => "/",
            (false, base) => base,
        };
        let secure = if live.is_plain_http() { "" } else { "; Secure" };
        let name = cookie_name(live, name);
        let cookie = format!("{name}={value}; Path={path}; Max-Age={lasts_seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}

/// The prefix makes the browser refuse the cookie from anybody but this very host (or, under a path, anything but https).
fn cookie_name(live: &LiveBrand, name: &str) -> String {
    match (live.is_plain_http(), live.brand.own_host) {
        (true, _) => name.to_owned(),
        (false, true) => format!("__Host-{name}"),
        (false, false) => format!("__Secure-{name}"),
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// A browser's reference: its text goes into the cookie, its hash into the store.
pub struct Reference {
    text: String,
    pub hash: [u8; 32],
}

impl Reference {
    pub fn fresh() -> Reference {
        let bytes = random_bytes::<32>();
        Reference { text: URL_SAFE_NO_PAD.encode(bytes), hash: sha256(&bytes) }
    }

    /// For a cookie or a message, and nowhere else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash that a reference is kept under. `None` when the text is none.
    pub fn hash_of(text: &str) -> Option<[u8; 32]> {
        reference_hash(text)
    }
}

fn reference_hash(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
    (length == 32).then(|| sha256(&bytes))
}

/// Whether an unsafe request comes from our own pages.
pub fn is_same_origin(live: &LiveBrand, headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(headers, header::ORIGIN) else { return false };
    let own_host = text(headers, header::HOST).unwrap_or("");
    let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
    origin == live.brand.origin || (!authority.is_empty() && authority == own_host)
}

pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// The shopper's own address: what a trusted proxy says, else the peer's.
pub fn client_ip(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.contains(ip));
    let mut client = peer.ip().to_canonical();
    if !is_trusted(client) {
        return client;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    for hop in forwarded.iter().rev() {
        let Ok(ip) = hop.parse::<IpAddr>() else { return client };
        client = ip.to_canonical();
        if !is_trusted(client) {
            return client;
        }
    }
    client
}

/// What a limit counts by: an IPv4 address, or the /64 that one household has of IPv6.
pub fn limit_subject(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// The pairs of a query or form. Broken percent signs stand for themselves, broken UTF-8 for its replacement.
pub fn form_pairs(text: &[u8]) -> impl Iterator<Item = (String, String)> {
    let pairs: Vec<(String, String)> = text
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            (percent_decoded(name), percent_decoded(value))
        })
        .collect();
    pairs.into_iter()
}

pub fn percent_decoded(text: &[u8]) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (*first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, others @ ..]) if digit(*high).is_some() && digit(*low).is_some() => {
                let value = digit(*high).unwrap_or(0) << 4 | digit(*low).unwrap_or(0);
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
                rest = others;
            }
            (byte, _) => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An address as a header can hold it: letters beyond ASCII as percent signs, all else as it stands.
pub fn in_ascii(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for character in address.chars() {
        match character.is_ascii() {
            true => written.push(character),
            false => written.push_str(&percent_encoded(character.encode_utf8(&mut [0; 4]))),
        }
    }
    written
}

pub fn percent_encoded(text: &str) -> String {
    let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (header::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let peer: SocketAddr = "10.0.0.1:4000".parse().unwrap();
        let forwarded = headers(&[("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2")]);
        let trusted = [Network::read("10.0.0.0/8").unwrap()];
        assert_eq!(client_ip(peer, &forwarded, &[]).to_string(), "10.0.0.1");
        assert_eq!(client_ip(peer, &forwarded, &trusted).to_string(), "203.0.113.9");
        assert_eq!(client_ip(peer, &headers(&[("x-forwarded-for", "soup")]), &trusted).to_string(), "10.0.0.1");
    }

    #[test]
    fn a_household_counts_as_one() {
        let of = |text: &str| limit_subject(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:3::1"), of("2001:db8:1:2::1"));
    }

    #[test]
    fn the_smallest_accepted_encoding_is_chosen() {
        let of = |accepts: &str| Encoding::accepted(&headers(&[("accept-encoding", accepts)]));
        assert_eq!(of("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(of("gzip, br;q=0"), Encoding::Gzip);
        assert_eq!(of("identity"), Encoding::Identity);
    }

    #[test]
    fn byte_soup_in_a_form_is_read_as_something() {
        let read: Vec<_> = form_pairs(b"q=%31%zz+%ff&%=&x").collect();
        assert_eq!(read[0], ("q".to_owned(), "1%zz \u{fffd}".to_owned()));
        assert_eq!(percent_decoded(percent_encoded("ä&=%").as_bytes()), "ä&=%");
    }
}
