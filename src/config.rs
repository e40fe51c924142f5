//! Settings: `doorstep.toml` if present, overridden by `DOORSTEP_*`, checked once at start with every fault named.

mod outgoing;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::store::seal::Keys;

pub use outgoing::{AggregatorAccount, Outgoing, PollAccount};

/// What the environment and the file say, before it is checked: name → text.
pub type Raw = BTreeMap<String, String>;

#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: String,
    pub address: SocketAddr,
    pub site_root: PathBuf,
    /// `None` when unset: an embedded store then keeps its own beside itself.
    pub keys: Option<Keys>,
    pub trusted_proxies: Vec<Network>,
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub sms_url: Option<String>,
    pub relaxed_limits: bool,
    pub holdout_percent: u8,
    pub page_cache: bool,
    pub log_json: bool,
    /// Bearer token for `/metrics`; unset, it answers loopback only.
    pub metrics_token: Option<String>,
    /// Whom we ask ourselves, and who follows parcels for us.
    pub outgoing: Outgoing,
    /// Everything of the form `DOORSTEP_HOOK_SECRET_<BRAND>_<SOURCE>` and `DOORSTEP_API_KEY_<BRAND>`.
    secrets: BTreeMap<String, String>,
}

/// One setting that cannot be used: its name, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub setting: String,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.what)
    }
}

/// A range of addresses in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    pub fn read(text: &str) -> Option<Network> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse().ok()?, prefix.parse().ok()?),
            None => {
                let address: IpAddr = text.parse().ok()?;
                (address, if address.is_ipv4() { 32 } else { 128 })
            }
        };
        let longest = if matches!(address, IpAddr::V4(_)) { 32 } else { 128 };
        (prefix <= longest).then_some(Network { address, prefix })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let bits = |address: IpAddr| match address {
            IpAddr::V4(v4) => u128::from(v4.to_bits()) << 96,
            IpAddr::V6(v6) => v6.to_bits(),
        };
        if self.address.is_ipv4() != address.is_ipv4() {
            return false;
        }
        let mask = match self.prefix {
            0 => 0,
            prefix => u128::MAX << (128 - u32::from(prefix)),
        };
        bits(self.address) & mask == bits(address) & mask
    }
}

/// Settings named in `doorstep.toml` by these names, in the environment with `DOORSTEP_` before them and in capitals.
const NAMES: [&str; 13] = [
    "secret_keys",
    "trusted_proxies",
    "smtp_url",
    "mail_from",
    "sms_url",
    "limits",
    "holdout_percent",
    "page_cache",
    "log_format",
    "metrics_token",
    "outside_allows_loopback",
    "database_url",
    "site_addr",
];

/// Gathers the file's settings and those of the environment, which win.
pub fn gather(file: Option<&str>, environment: impl Iterator<Item = (String, String)>) -> Result<Raw, Fault> {
    let mut raw = Raw::new();
    if let Some(text) = file {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| Fault { setting: "doorstep.toml".to_owned(), what: error.to_string() })?;
        for (name, value) in table {
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(flag) => flag.to_string(),
                _ => {
                    let what = "must be a text, a number or true/false".to_owned();
                    return Err(Fault { setting: format!("doorstep.toml: {name}"), what });
                }
            };
            raw.insert(env_name(&name), text);
        }
    }
    for (name, value) in environment {
        if name.starts_with("DOORSTEP_") || matches!(name.as_str(), "DATABASE_URL" | "LEPTOS_SITE_ADDR") {
            raw.insert(name, value);
        }
    }
    Ok(raw)
}

fn env_name(name: &str) -> String {
    match name {
        "database_url" => "DATABASE_URL".to_owned(),
        "site_addr" => "LEPTOS_SITE_ADDR".to_owned(),
        _ => format!("DOORSTEP_{}", name.to_uppercase()),
    }
}

/// Checks the settings. Every fault is named, not just the first.
pub fn check(raw: &Raw, default_address: SocketAddr, site_root: &Path) -> Result<Config, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut fault = |setting: &str, what: String| faults.push(Fault { setting: setting.to_owned(), what });
    let text = |name: &str| raw.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());

    for name in raw.keys() {
        let known = NAMES.iter().any(|known| env_name(known) == *name)
            || name.starts_with("DOORSTEP_HOOK_SECRET_")
            || name.starts_with("DOORSTEP_API_KEY_")
            || outgoing::is_named(name)
            || matches!(name.as_str(), "DOORSTEP_FIXTURES" | "DOORSTEP_TEST_POSTGRES");
        if !known {
            fault(name, "is no setting of Doorstep; README.md lists them".to_owned());
        }
    }
    let database_url = text("DATABASE_URL").unwrap_or("sqlite://doorstep.db").to_owned();
    if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
        fault("DATABASE_URL", "must begin with sqlite:// or postgres://".to_owned());
    }
    let address = match text("LEPTOS_SITE_ADDR").map(str::parse) {
        None => default_address,
        Some(Ok(address)) => address,
        Some(Err(_)) => {
            fault("LEPTOS_SITE_ADDR", "must be an address and port, as in 127.0.0.1:3000".to_owned());
            default_address
        }
    };
    let keys = text("DOORSTEP_SECRET_KEYS").and_then(|keys| match Keys::read(keys) {
        Ok(keys) => Some(keys),
        Err(error) => {
            fault("DOORSTEP_SECRET_KEYS", error.to_string());
            None
        }
    });
    let mut trusted_proxies = Vec::new();
    for entry in text("DOORSTEP_TRUSTED_PROXIES").unwrap_or("").split(',').map(str::trim).filter(|e| !e.is_empty()) {
        match Network::read(entry) {
            Some(network) => trusted_proxies.push(network),
            None => fault("DOORSTEP_TRUSTED_PROXIES", format!("{entry:?} is no address range, as in 10.0.0.0/8")),
        }
    }
    let smtp_url = text("DOORSTEP_SMTP_URL").map(str::to_owned);
    if let Some(url) = &smtp_url
        && !(url.starts_with("smtp://") || url.starts_with("smtps://"))
    {
        fault(
            "DOORSTEP_SMTP_URL",
            "must begin with smtp:// or smtps://, as in smtps://user:pass@mail.example".to_owned(),
        );
    }
    let sms_url = text("DOORSTEP_SMS_URL").map(str::to_owned);
    if let Some(url) = &sms_url
        && !(url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost"))
    {
        fault("DOORSTEP_SMS_URL", "must begin with https://".to_owned());
    }
    let holdout_percent = match text("DOORSTEP_HOLDOUT_PERCENT").map(str::parse) {
        None => 10,
        Some(Ok(percent @ 0..=100)) => percent,
        Some(_) => {
            fault("DOORSTEP_HOLDOUT_PERCENT", "must be a number from 0 to 100".to_owned());
            10
        }
    };
    // For tests: what we ask may then be on this machine.
    let allows_loopback = match text("DOORSTEP_OUTSIDE_ALLOWS_LOOPBACK") {
        None | Some("0" | "false") => false,
        Some("1" | "true") => true,
        Some(_) => {
            fault("DOORSTEP_OUTSIDE_ALLOWS_LOOPBACK", "must be 1 or 0; it is for tests only".to_owned());
            false
        }
    };
    let outgoing = outgoing::read(raw, allows_loopback, &mut fault);
    let mut one_of = |name: &str, choices: [&str; 2], default: &str| {
        let chosen = text(name).unwrap_or(default);
        if !choices.contains(&chosen) {
            fault(name, format!("must be {} or {}", choices[0], choices[1]));
        }
        chosen == choices[0]
    };
    let relaxed_limits = one_of("DOORSTEP_LIMITS", ["relaxed", "normal"], "normal");
    let page_cache = one_of("DOORSTEP_PAGE_CACHE", ["on", "off"], "on");
    let log_json = one_of("DOORSTEP_LOG_FORMAT", ["json", "pretty"], "pretty");
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Config {
        database_url,
        address,
        site_root: site_root.to_owned(),
        keys,
        trusted_proxies,
        smtp_url,
        mail_from: text("DOORSTEP_MAIL_FROM").map(str::to_owned),
        sms_url,
        relaxed_limits,
        holdout_percent,
        page_cache,
        log_json,
        metrics_token: text("DOORSTEP_METRICS_TOKEN").map(str::to_owned),
        outgoing,
        secrets: raw
            .iter()
            .filter(|(name, _)| name.starts_with("DOORSTEP_HOOK_SECRET_") || name.starts_with("DOORSTEP_API_KEY_"))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    })
}

impl Config {
    /// The secrets a source of a brand signs with: two while they are rotated, none when it is not set up.
    pub fn hook_secrets(&self, slug: &str, source: &str) -> Vec<String> {
        self.secret(&format!("DOORSTEP_HOOK_SECRET_{}_{}", setting_part(slug), setting_part(source)))
    }

    /// The keys other systems call the brand's API with.
    pub fn api_keys(&self, slug: &str) -> Vec<String> {
        self.secret(&format!("DOORSTEP_API_KEY_{}", setting_part(slug)))
    }

    fn secret(&self, name: &str) -> Vec<String> {
        let text = self.secrets.get(name).map_or("", String::as_str);
        text.split(',').map(str::trim).filter(|secret| !secret.is_empty()).map(str::to_owned).collect()
    }
}

fn setting_part(text: &str) -> String {
    text.to_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pairs(pairs: &[(&str, &str)]) -> Result<Config, Vec<Fault>> {
        let environment = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let raw = gather(None, environment).unwrap();
        check(&raw, "127.0.0.1:3000".parse().unwrap(), Path::new("target/site"))
    }

    #[test]
    fn every_fault_is_named_in_one_go() {
        let faults = check_pairs(&[
            ("DATABASE_URL", "mysql://x"),
            ("LEPTOS_SITE_ADDR", "here"),
            ("DOORSTEP_LIMITS", "none"),
            ("DOORSTEP_SMPT_URL", "smtp://x"),
        ]);
        let named: Vec<String> = faults.unwrap_err().into_iter().map(|fault| fault.setting).collect();
        assert_eq!(named, ["DOORSTEP_SMPT_URL", "DATABASE_URL", "LEPTOS_SITE_ADDR", "DOORSTEP_LIMITS"]);
    }

    #[test]
    fn two_secrets_hold_while_they_are_rotated() {
        let config = check_pairs(&[("DOORSTEP_HOOK_SECRET_MEADOW_SHOPIFY", "new, old")]).unwrap();
        assert_eq!(config.hook_secrets("meadow", "shopify"), ["new", "old"]);
        assert!(config.hook_secrets("volt", "shopify").is_empty());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let environment = [("DATABASE_URL".to_owned(), "sqlite://b.db".to_owned())];
        let raw =
            gather(Some("database_url = \"sqlite://a.db\"\nholdout_percent = 20"), environment.into_iter()).unwrap();
        assert_eq!(raw["DATABASE_URL"], "sqlite://b.db");
        assert_eq!(raw["DOORSTEP_HOLDOUT_PERCENT"], "20");
    }

    #[test]
    fn a_network_holds_its_own_addresses_only() {
        let network = Network::read("10.1.0.0/16").unwrap();
        assert!(network.contains("10.1.2.3".parse().unwrap()));
        assert!(network.contains("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!network.contains("10.2.0.1".parse().unwrap()));
        assert!(Network::read("fd00::/8").unwrap().contains("fd12::1".parse().unwrap()));
        assert_eq!(Network::read("10.0.0.0/33"), None);
    }

    #[test]
    fn leptos_toml_says_what_cargo_toml_says() {
        let table = |text: &str| text.parse::<toml::Table>().unwrap()["package"]["metadata"]["leptos"].clone();
        assert_eq!(table(include_str!("../Leptos.toml")), table(include_str!("../Cargo.toml")));
    }
}
