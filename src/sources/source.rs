//! The sources by name: which there are, which one a payload is of, and its parser.

use std::fmt;
use std::str::FromStr;

use super::aggregator::{aftership, easypost, karrio, seventeentrack, shipengine, shippo};
use super::carrier;
use super::reading::{Payload, decode};
use super::shop::{doorstep, olist, shopify, woocommerce};
use super::{Parsed, Refusal};

/// Both of UPS' ways: what it pushes (Track Alert) and what it answers.
mod ups {
    use super::{Parsed, Payload, carrier};
    use crate::sources::aggregator::ups_alert;

    pub fn recognises(payload: &Payload<'_>) -> bool {
        ups_alert::recognises(payload) || carrier::ups::recognises(payload)
    }

    pub fn parse(payload: &Payload<'_>) -> Parsed {
        match ups_alert::recognises(payload) {
            true => ups_alert::parse(payload),
            false => carrier::ups::parse(payload),
        }
    }
}

macro_rules! sources {
    ($($variant:ident = $name:literal $(| $alias:literal)* by $($parser:ident)::+,)*) => {
        /// Who wrote a payload, and so how it is read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Source { $($variant,)* }

        impl Source {
            /// In the order in which payloads are tried on them: the surest signs first.
            pub const ALL: &'static [Source] = &[$(Source::$variant,)*];

            /// As it stands in `--source`, in routes and in the store.
            pub const fn as_str(self) -> &'static str {
                match self { $(Source::$variant => $name,)* }
            }

            /// Whether the payload looks like one of this source.
            pub fn recognises(self, payload: &Payload<'_>) -> bool {
                match self { $(Source::$variant => $($parser)::+::recognises(payload),)* }
            }

            /// Reads a payload as this source writes it.
            pub fn parse(self, payload: &Payload<'_>) -> Parsed {
                match self { $(Source::$variant => $($parser)::+::parse(payload),)* }
            }

            fn named(name: &str) -> Option<Source> {
                match name {
                    $($name $(| $alias)* => Some(Source::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

sources! {
    Shopify = "shopify" by shopify,
    Woocommerce = "woocommerce" | "woo" by woocommerce,
    Easypost = "easypost" by easypost,
    Aftership = "aftership" by aftership,
    Shippo = "shippo" by shippo,
    Shipengine = "shipengine" | "shipstation" by shipengine,
    Seventeentrack = "seventeentrack" | "17track" by seventeentrack,
    Karrio = "karrio" by karrio,
    Ups = "ups" | "ups_track_alert" by ups,
    Amazon = "amazon" | "amazon_shipping" by carrier::amazon,
    Aramex = "aramex" by carrier::aramex,
    Asendia = "asendia" by carrier::asendia,
    AustraliaPost = "australia_post" | "auspost" by carrier::australia_post,
    Bpost = "bpost" by carrier::bpost,
    CanadaPost = "canada_post" | "canadapost" by carrier::canada_post,
    Chronopost = "chronopost" by carrier::chronopost,
    Colissimo = "colissimo" by carrier::colissimo,
    DhlExpress = "dhl_express" by carrier::dhl_express,
    DhlPaket = "dhl_paket" by carrier::dhl_paket,
    DhlUnified = "dhl_unified" | "dhl" | "dhl_ecommerce" by carrier::dhl_unified,
    Dpd = "dpd" by carrier::dpd,
    DpdFr = "dpd_fr" by carrier::dpd_fr,
    DpdUk = "dpd_uk" by carrier::dpd_uk,
    Evri = "evri" | "hermes" by carrier::evri,
    Fedex = "fedex" by carrier::fedex,
    Gls = "gls" by carrier::gls,
    Inpost = "inpost" by carrier::inpost,
    LaPoste = "la_poste" | "laposte" by carrier::la_poste,
    Landmark = "landmark" | "landmark_global" by carrier::landmark,
    Lasership = "lasership" by carrier::lasership,
    Ontrac = "ontrac" by carrier::ontrac,
    PitneyBowes = "pitney_bowes" | "pitneybowes" by carrier::pitney_bowes,
    Postnl = "postnl" by carrier::postnl,
    Postnord = "postnord" by carrier::postnord,
    Purolator = "purolator" by carrier::purolator,
    RoyalMail = "royal_mail" | "royalmail" by carrier::royal_mail,
    Usps = "usps" by carrier::usps,
    Olist = "olist" by olist,
    Doorstep = "doorstep" by doorstep,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No source has that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotASource(pub String);

impl fmt::Display for NotASource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Source::ALL.iter().map(|source| source.as_str()).collect();
        write!(f, "{:?} is no source; there are auto, {}", self.0, names.join(", "))
    }
}

impl std::error::Error for NotASource {}

impl FromStr for Source {
    type Err = NotASource;

    /// Case, hyphens and spaces do not matter.
    fn from_str(name: &str) -> Result<Self, NotASource> {
        let plain = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        Source::named(&plain).ok_or_else(|| NotASource(name.to_owned()))
    }
}

/// The source that a payload is of, told by its shape. `None` when no source knows it.
pub fn recognise(payload: &Payload<'_>) -> Option<Source> {
    Source::ALL.iter().copied().find(|source| source.recognises(payload))
}

/// Reads a payload; without a source, by the one that recognises it.
///
/// Lines of JSON are read one by one, each as a payload, whatever the source. What cannot be read is in
/// [`Parsed::refused`]; nothing fails as a whole.
pub fn parse(source: Option<Source>, body: &[u8]) -> Parsed {
    let text = decode(body);
    match Payload::read(&text) {
        Ok(Payload::Text(lines)) if lines.starts_with(['{', '[']) => parse_lines(source, lines),
        Ok(payload) => parse_payload(source, &payload),
        // A broken line among whole ones spoils itself, not the file.
        Err(_) if is_lines(&text) => parse_lines(source, text.trim()),
        Err(refusal) => refused(refusal),
    }
}

fn parse_payload(source: Option<Source>, payload: &Payload<'_>) -> Parsed {
    match source.or_else(|| recognise(payload)) {
        Some(source) => source.parse(payload),
        None => {
            let names: Vec<&str> = Source::ALL.iter().map(|source| source.as_str()).collect();
            let reason = format!(
                "no source is known by this shape; name the one that wrote it (--source), one of: {}; \
                 or write it in Doorstep's own format",
                names.join(", ")
            );
            refused(Refusal { at: "payload".to_owned(), reason })
        }
    }
}

fn parse_lines(source: Option<Source>, lines: &str) -> Parsed {
    let mut parsed = Parsed::default();
    for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = match Payload::read(line) {
            Ok(payload) => parse_payload(source, &payload),
            Err(refusal) => refused(refusal),
        };
        parsed.orders.extend(read.orders);
        parsed.shipments.extend(read.shipments);
        parsed.refused.extend(read.refused.into_iter().map(|refusal| Refusal {
            at: match refusal.at.as_str() {
                at if at.is_empty() || at == "payload" || at.starts_with("line 1 ") => format!("line {}", index + 1),
                at => format!("line {}: {at}", index + 1),
            },
            reason: refusal.reason,
        }));
    }
    parsed
}

/// Several lines, most of which are a JSON object of their own.
fn is_lines(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(20);
    let whole = lines().filter(|line| line.starts_with('{') && line.ends_with('}')).count();
    lines().count() > 1 && whole * 2 >= lines().count()
}

fn refused(refusal: Refusal) -> Parsed {
    Parsed { refused: vec![refusal], ..Parsed::default() }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
