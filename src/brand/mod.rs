//! One storefront, read from its folder: who it is, how it looks, how it talks, what it allows.
//!
//! A folder holds `brand.toml` and the pictures it names. Reading names every fault at once, each with its place and
//! what to do. The result is a plain value that the store keeps as one immutable version; nothing here knows a store,
//! a request or a file system.

mod catalogue;
mod contrast;
pub mod demo;
mod fault;
mod folder;
mod incidents;
mod picture;
mod read;
mod section;
mod theme;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use catalogue::CatalogueOptions;
pub use fault::Fault;
pub use folder::{Files, check, read_folder};
pub use incidents::IncidentOptions;
pub use picture::Picture;
pub use read::read;
pub use theme::{Colour, Colours, Density, FontStack, Header, Layout, ProgressStyle, Theme, theme_css};

/// One storefront: its hosts, theme, copy, locales and policies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brand {
    /// Short name in commands and settings: `meadow`.
    pub slug: String,
    /// As a shopper knows it: "Meadow".
    pub name: String,
    /// Host names that are answered as this brand, lower case, without port.
    pub hosts: Vec<String>,
    /// Where links in messages point: `https://shop.example`, without a path and never taken from a request.
    pub origin: String,
    /// Path under which the pages live: `/tracking`; empty on the root of a host of its own.
    pub base_path: String,
    /// The host serves nothing but this portal, so cookies may claim all of it.
    pub own_host: bool,
    pub locale: String,
    /// Languages the picker offers, `locale` among them.
    pub locales: Vec<String>,
    /// ISO 3166 country that a phone number without country code belongs to: `DE`.
    pub region: String,
    /// IANA time zone for dates of which only the shop's day is known.
    pub time_zone: String,
    pub theme: Theme,
    pub logo: Logo,
    /// Locale → Fluent message id → text that replaces the message.
    pub copy: BTreeMap<String, BTreeMap<String, String>>,
    pub links: Links,
    pub policies: Policies,
    pub order_number: OrderNumberFormat,
    pub carriers: CarrierOptions,
    #[serde(default)]
    pub incidents: IncidentOptions,
    #[serde(default)]
    pub catalogue: CatalogueOptions,
}

impl Brand {
    /// The same brand, its origin on another port: the demo listens where it is told to.
    pub fn on_port(mut self, port: u16) -> Brand {
        let (scheme, rest) = self.origin.split_once("://").unwrap_or(("https", &self.origin));
        let host = rest.split(':').next().unwrap_or(rest);
        self.origin = format!("{scheme}://{host}:{port}");
        self
    }
}

/// A name in type, a picture, or both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Logo {
    /// The wordmark; also what a screen reader says for the picture.
    pub text: String,
    /// Write the wordmark beside the picture; a picture that already spells the name needs none.
    pub show_text: bool,
    pub picture: Option<Picture>,
    /// Shown instead on dark backgrounds.
    pub picture_dark: Option<Picture>,
    pub favicon: Option<Picture>,
}

/// Where the page sends a shopper who wants something else.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Links {
    pub shop: Option<String>,
    pub help: Option<String>,
    /// A page with a contact form.
    pub contact: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub returns: Option<String>,
    pub review: Option<String>,
    pub imprint: Option<String>,
    pub privacy: Option<String>,
}

/// What a shopper must show before seeing an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupPolicy {
    /// Order number and the email or phone it was placed with.
    #[default]
    Proof,
    /// Always a one-time code.
    CodeAlways,
    /// The number alone shows stage and day.
    Summary,
    /// Only links from messages open an order.
    LinkOnly,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policies {
    pub lookup: LookupPolicy,
    /// The postcode of the delivery is accepted in place of email or phone.
    pub postcode_proof: bool,
    /// How long a link in a message opens the order: 1–60.
    pub link_lifetime_days: u16,
    /// How long an order is kept after its last news.
    pub retention_days: u16,
}

impl Default for Policies {
    fn default() -> Self {
        Policies { lookup: LookupPolicy::Proof, postcode_proof: false, link_lifetime_days: 21, retention_days: 365 }
    }
}

/// How the shop writes its order numbers: prefix, number, suffix.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderNumberFormat {
    pub prefix: String,
    pub suffix: String,
    /// Shown as a hint in the lookup: "#1001".
    pub example: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CarrierOptions {
    /// Offer the carrier's own page.
    pub link_out: bool,
    /// Carrier ids that win when a number fits several, best first.
    pub preferred: Vec<String>,
    /// Carrier id → the name this shop uses for it.
    pub names: BTreeMap<String, String>,
}

impl Default for CarrierOptions {
    fn default() -> Self {
        CarrierOptions { link_out: true, preferred: Vec::new(), names: BTreeMap::new() }
    }
}
