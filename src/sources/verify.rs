//! Whether a pushed delivery is from whom it says: each source's signing rule, on the raw bytes, in constant time.
//!
//! Pure: keys and the time of day are arguments. Which secrets a brand has, and where a key set is fetched, is known
//! elsewhere.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};
use jiff::{SignedDuration, Timestamp};
use ring::{digest, hmac, signature};
use unicode_normalization::UnicodeNormalization;

use crate::sources::json::Value;

use super::reading::{list, text};
use super::source::Source;

/// How far a signed time may lie from ours, either way.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// A request as it came in.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// Names in lower case.
    pub headers: &'a [(String, String)],
    pub query: Option<&'a str>,
    pub body: &'a [u8],
}

/// What a brand has agreed on with a source.
#[derive(Clone, Default)]
pub struct Keys {
    /// Two while a secret is being changed; either verifies. None refuses everything.
    pub secrets: Vec<String>,
    /// The key set of a source that signs with a private key (ShipEngine), as far as it has been fetched.
    pub public_keys: Vec<PublicKey>,
}

/// Secrets never reach a log.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys {{ {} secrets, {} public keys }}", self.secrets.len(), self.public_keys.len())
    }
}

/// An RSA key of a JSON Web Key Set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub id: String,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl PublicKey {
    /// The RSA keys of a key set; others, and broken ones, are left out.
    pub fn of_key_set(key_set: &Value<'_>) -> Vec<PublicKey> {
        let number = |key: &Value<'_>, name: &str| {
            general_purpose::URL_SAFE_NO_PAD.decode(text(key, name)?.trim_end_matches('=')).ok()
        };
        list(key_set, "keys")
            .iter()
            .filter(|key| text(key, "kty").as_deref() == Some("RSA"))
            .filter_map(|key| {
                Some(PublicKey { id: text(key, "kid")?, modulus: number(key, "n")?, exponent: number(key, "e")? })
            })
            .collect()
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = signature::RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is theirs. `delivery_id` is the same at every attempt to deliver it, where the source has one.
    Verified {
        delivery_id: Option<String>,
    },
    Refused(Reason),
    /// Signed with a key of that id that is not among ours: fetch the key set, then verify again.
    NeedsKey(String),
}

/// Why a delivery is refused: for counts and logs, never for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The source pushes nothing: it is only read from files or polled.
    NotPushed,
    /// The brand has no secret for this source.
    NoSecret,
    /// The signature, or what is needed to check it, is not there or cannot be read.
    Missing,
    WrongSignature,
    /// Rightly signed, but for a time too far from ours.
    Stale,
}

impl Reason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::NotPushed => "not_pushed",
            Reason::NoSecret => "no_secret",
            Reason::Missing => "missing",
            Reason::WrongSignature => "wrong_signature",
            Reason::Stale => "stale",
        }
    }
}

/// Checks a delivery by its source's rule.
pub fn verify(source: Source, delivery: &Delivery<'_>, keys: &Keys, now: Timestamp) -> Verdict {
    let checked = match source {
        Source::Shipengine => return shipengine(delivery, keys, now),
        _ if keys.secrets.is_empty() && is_pushed(source) => Err(Reason::NoSecret),
        Source::Shopify => base64_hmac(delivery, "x-shopify-hmac-sha256", keys),
        Source::Woocommerce => base64_hmac(delivery, "x-wc-webhook-signature", keys),
        Source::Aftership => base64_hmac(delivery, "aftership-hmac-sha256", keys),
        Source::Easypost => easypost(delivery, keys),
        Source::Shippo => shippo(delivery, keys, now),
        Source::Seventeentrack => seventeentrack(delivery, keys),
        Source::Karrio => shared_secret(delivery.header("x-event-id"), keys),
        Source::Ups => shared_secret(delivery.header("authorization").or_else(|| delivery.header("credential")), keys),
        Source::Doorstep => standard_webhooks(delivery, keys, now),
        _ => Err(Reason::NotPushed),
    };
    match checked {
        Ok(()) => Verdict::Verified { delivery_id: delivery_id(source, delivery) },
        Err(reason) => Verdict::Refused(reason),
    }
}

/// Whether the source pushes deliveries that can be verified.
pub fn is_pushed(source: Source) -> bool {
    matches!(
        source,
        Source::Shopify
            | Source::Woocommerce
            | Source::Easypost
            | Source::Aftership
            | Source::Shippo
            | Source::Shipengine
            | Source::Seventeentrack
            | Source::Karrio
            | Source::Ups
            | Source::Doorstep
    )
}

fn delivery_id(source: Source, delivery: &Delivery<'_>) -> Option<String> {
    let name = match source {
        Source::Shopify => "x-shopify-webhook-id",
        Source::Woocommerce => "x-wc-webhook-delivery-id",
        Source::Doorstep => "webhook-id",
        _ => return None,
    };
    delivery.header(name).map(str::to_owned)
}

impl<'a> Delivery<'a> {
    /// The first header of that name (lower case), trimmed, unless it is empty.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let found = self.headers.iter().find(|(header, _)| header == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    fn query_value(&self, name: &str) -> Option<String> {
        let pairs = self.query?.trim_start_matches('?').split('&');
        let value = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?.1;
        Some(percent_decoded(value)).filter(|value| !value.is_empty())
    }
}

fn percent_decoded(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.first_chunk::<2>().copied().and_then(byte_of);
        rest = match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                &tail[2..]
            }
            (b'+', _) => {
                bytes.push(b' ');
                tail
            }
            (byte, _) => {
                bytes.push(*byte);
                tail
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Base64 of HMAC-SHA256 of the body: Shopify, WooCommerce, AfterShip.
fn base64_hmac(delivery: &Delivery<'_>, header: &str, keys: &Keys) -> Result<(), Reason> {
    let given = delivery.header(header).and_then(decoded).ok_or(Reason::Missing)?;
    any_secret(keys, |secret| is_signature(secret.as_bytes(), &[delivery.body], &given))
}

/// `hmac-sha256-hex=…` over the body; the secret is normalised to NFKD first.
fn easypost(delivery: &Delivery<'_>, keys: &Keys) -> Result<(), Reason> {
    let header = delivery.header("x-hmac-signature").ok_or(Reason::Missing)?;
    let given = header.strip_prefix("hmac-sha256-hex=").and_then(unhex).ok_or(Reason::Missing)?;
    any_secret(keys, |secret| is_signature(nfkd(secret).as_bytes(), &[delivery.body], &given))
}

/// `t=seconds,v1=hex` over `t.body`; without that header, the token that stands in the hook's own address.
fn shippo(delivery: &Delivery<'_>, keys: &Keys, now: Timestamp) -> Result<(), Reason> {
    let Some(header) = delivery.header("shippo-auth-signature") else {
        return shared_secret(delivery.query_value("token").as_deref(), keys);
    };
    let fields = || header.split(',').filter_map(|field| field.trim().split_once('='));
    let time = fields().find(|(name, _)| *name == "t").ok_or(Reason::Missing)?.1;
    let signatures: Vec<Vec<u8>> =
        fields().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| unhex(hex)).collect();
    if signatures.is_empty() {
        return Err(Reason::Missing);
    }
    any_secret(keys, |secret| {
        signatures.iter().any(|given| is_signature(secret.as_bytes(), &[time.as_bytes(), b".", delivery.body], given))
    })?;
    fresh(seconds(time), now)
}

/// Hexadecimal SHA-256 of the body, a slash and the key.
fn seventeentrack(delivery: &Delivery<'_>, keys: &Keys) -> Result<(), Reason> {
    let given = delivery.header("sign").and_then(unhex).ok_or(Reason::Missing)?;
    any_secret(keys, |secret| same(seventeentrack_digest(secret, delivery.body).as_ref(), &given))
}

fn seventeentrack_digest(secret: &str, body: &[u8]) -> digest::Digest {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in [body, b"/", secret.as_bytes()] {
        context.update(part);
    }
    context.finish()
}

/// The secret itself is sent: Karrio, UPS (as a bearer credential), Shippo's token.
fn shared_secret(given: Option<&str>, keys: &Keys) -> Result<(), Reason> {
    let given = given.ok_or(Reason::Missing)?;
    let bearer = given.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("bearer "));
    let given = bearer.map_or(given, |_| given[7..].trim());
    any_secret(keys, |secret| same(secret.as_bytes(), given.as_bytes()))
}

/// Standard Webhooks: `v1,base64` of HMAC-SHA256 over `id.timestamp.body`, several apart by spaces.
fn standard_webhooks(delivery: &Delivery<'_>, keys: &Keys, now: Timestamp) -> Result<(), Reason> {
    let header = |name| delivery.header(name).ok_or(Reason::Missing);
    let (id, time, listed) = (header("webhook-id")?, header("webhook-timestamp")?, header("webhook-signature")?);
    let signatures: Vec<Vec<u8>> =
        listed.split(' ').filter_map(|signature| signature.strip_prefix("v1,")).filter_map(decoded).collect();
    if signatures.is_empty() {
        return Err(Reason::Missing);
    }
    let message = [id.as_bytes(), b".", time.as_bytes(), b".", delivery.body];
    any_secret(keys, |secret| {
        let key = standard_webhooks_key(secret);
        signatures.iter().any(|given| is_signature(&key, &message, given))
    })?;
    fresh(seconds(time), now)
}

/// `whsec_` and base64; what is no base64 counts as it stands.
fn standard_webhooks_key(secret: &str) -> Vec<u8> {
    let secret = secret.strip_prefix("whsec_").unwrap_or(secret);
    decoded(secret).unwrap_or_else(|| secret.as_bytes().to_vec())
}

/// RSA-SHA256 over `timestamp.body`, by a key of ShipEngine's key set.
fn shipengine(delivery: &Delivery<'_>, keys: &Keys, now: Timestamp) -> Verdict {
    let header = |name| delivery.header(name);
    let given = header("x-shipengine-rsa-sha256-signature").and_then(decoded);
    let (Some(key_id), Some(time), Some(given)) =
        (header("x-shipengine-rsa-sha256-key-id"), header("x-shipengine-timestamp"), given)
    else {
        return Verdict::Refused(Reason::Missing);
    };
    let Some(key) = keys.public_keys.iter().find(|key| key.id == key_id) else {
        return Verdict::NeedsKey(key_id.to_owned());
    };
    let message = [time.as_bytes(), b".", delivery.body].concat();
    if !key.verifies(&message, &given) {
        return Verdict::Refused(Reason::WrongSignature);
    }
    let signed_at = time.parse().ok().or_else(|| seconds(time));
    match fresh(signed_at, now) {
        Ok(()) => Verdict::Verified { delivery_id: None },
        Err(reason) => Verdict::Refused(reason),
    }
}

fn seconds(time: &str) -> Option<Timestamp> {
    Timestamp::from_second(time.parse().ok()?).ok()
}

fn fresh(signed_at: Option<Timestamp>, now: Timestamp) -> Result<(), Reason> {
    let signed_at = signed_at.ok_or(Reason::Missing)?;
    if now.duration_since(signed_at).abs() > TOLERANCE { Err(Reason::Stale) } else { Ok(()) }
}

/// Whether any secret fits. An empty one never does: it would be a secret that everybody knows.
fn any_secret(keys: &Keys, fits: impl Fn(&str) -> bool) -> Result<(), Reason> {
    let fitting = keys.secrets.iter().filter(|secret| !secret.is_empty()).any(|secret| fits(secret));
    if fitting { Ok(()) } else { Err(Reason::WrongSignature) }
}

fn is_signature(secret: &[u8], message: &[&[u8]], given: &[u8]) -> bool {
    // ring's `hmac::verify` is constant-time and wants the message in one piece; a body alone is not copied.
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    match message {
        [body] => hmac::verify(&key, body, given).is_ok(),
        parts => hmac::verify(&key, &parts.concat(), given).is_ok(),
    }
}

/// Equality in constant time, whatever the lengths: the tags of both under one key are compared.
fn same(expected: &[u8], given: &[u8]) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"doorstep: compare");
    hmac::verify(&key, given, hmac::sign(&key, expected).as_ref()).is_ok()
}

fn nfkd(secret: &str) -> String {
    secret.nfkd().collect()
}

fn decoded(base64: &str) -> Option<Vec<u8>> {
    const FORGIVING: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&alphabet::STANDARD, FORGIVING).decode(base64.trim()).ok()
}

fn unhex(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.trim().as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => byte_of([*high, *low]),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>().filter(|bytes| !bytes.is_empty())
}

fn byte_of(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The headers with which the source itself would send this body; `delivery_id` goes where the source has one.
///
/// `None` where we cannot sign for it: ShipEngine's private key is its own, and the rest pushes nothing.
pub fn sign(
    source: Source,
    secret: &str,
    delivery_id: &str,
    now: Timestamp,
    body: &[u8],
) -> Option<Vec<(String, String)>> {
    let tag = |key: &[u8], message: &[&[u8]]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &message.concat());
    let base64 = |tag: hmac::Tag| general_purpose::STANDARD.encode(tag);
    let time = now.as_second().to_string();
    let headers = match source {
        Source::Shopify => vec![
            ("x-shopify-hmac-sha256", base64(tag(secret.as_bytes(), &[body]))),
            ("x-shopify-webhook-id", delivery_id.to_owned()),
        ],
        Source::Woocommerce => vec![
            ("x-wc-webhook-signature", base64(tag(secret.as_bytes(), &[body]))),
            ("x-wc-webhook-delivery-id", delivery_id.to_owned()),
        ],
        Source::Aftership => vec![("aftership-hmac-sha256", base64(tag(secret.as_bytes(), &[body])))],
        Source::Easypost => {
            let tag = tag(nfkd(secret).as_bytes(), &[body]);
            vec![("x-hmac-signature", format!("hmac-sha256-hex={}", hex(tag.as_ref())))]
        }
        Source::Shippo => {
            let tag = tag(secret.as_bytes(), &[time.as_bytes(), b".", body]);
            vec![("shippo-auth-signature", format!("t={time},v1={}", hex(tag.as_ref())))]
        }
        Source::Seventeentrack => vec![("sign", hex(seventeentrack_digest(secret, body).as_ref()))],
        Source::Karrio => vec![("x-event-id", secret.to_owned())],
        Source::Ups => vec![("authorization", format!("Bearer {secret}"))],
        Source::Doorstep => {
            let message: [&[u8]; 5] = [delivery_id.as_bytes(), b".", time.as_bytes(), b".", body];
            let signature = format!("v1,{}", base64(tag(&standard_webhooks_key(secret), &message)));
            vec![("webhook-id", delivery_id.to_owned()), ("webhook-timestamp", time), ("webhook-signature", signature)]
        }
        _ => return None,
    };
    Some(headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
