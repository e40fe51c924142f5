//! Settings of what we ask for ourselves: carriers' APIs by brand, and each brand's aggregator.

use std::collections::BTreeMap;

use crate::jobs::outside;
use crate::sources::outgoing::Account;
use crate::sources::outgoing::pull::Pull;
use crate::sources::outgoing::register::Aggregator;

use super::{Raw, setting_part};

const POLL: &str = "DOORSTEP_POLL_";
const AGGREGATOR: &str = "DOORSTEP_AGGREGATOR_";

/// Whom parcels of a brand are asked for at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollAccount {
    pub pull: Pull,
    /// Without a slash at its end.
    pub url: String,
    pub account: Account,
    pub per_hour: u32,
}

/// Who follows a brand's parcels and pushes what happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatorAccount {
    pub aggregator: Aggregator,
    /// Without a slash at its end.
    pub url: String,
    pub account: Account,
}

/// By brand, its slug as it stands in the settings' names.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    polls: BTreeMap<String, Vec<PollAccount>>,
    aggregators: BTreeMap<String, AggregatorAccount>,
    /// For tests only: addresses on this machine may be asked, by plain http.
    pub allows_loopback: bool,
}

impl Outgoing {
    /// The accounts that a brand's parcels are asked for with: carriers' own before aggregators.
    pub fn polls(&self, slug: &str) -> &[PollAccount] {
        self.polls.get(&setting_part(slug)).map_or(&[], Vec::as_slice)
    }

    pub fn aggregator(&self, slug: &str) -> Option<&AggregatorAccount> {
        self.aggregators.get(&setting_part(slug))
    }
}

pub(super) fn is_named(name: &str) -> bool {
    name.starts_with(POLL) || name.starts_with(AGGREGATOR)
}

pub(super) fn read(raw: &Raw, allows_loopback: bool, mut fault: impl FnMut(&str, String)) -> Outgoing {
    let mut read = Outgoing { allows_loopback, ..Outgoing::default() };
    let given = |name: &str| raw.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    for name in raw.keys() {
        let Some(text) = given(name) else { continue };
        if let Some(rest) = name.strip_prefix(POLL) {
            match poll(rest, text, allows_loopback) {
                Ok((brand, account)) => read.polls.entry(brand).or_default().push(account),
                Err(what) => fault(name, what),
            }
        } else if let Some(rest) = name.strip_prefix(AGGREGATOR) {
            if let Some(brand) = rest.strip_prefix("KEY_").or_else(|| rest.strip_prefix("URL_")) {
                if given(&format!("{AGGREGATOR}{brand}")).is_none() {
                    fault(name, format!("is of no use without {AGGREGATOR}{brand}"));
                }
                continue;
            }
            let key = given(&format!("{AGGREGATOR}KEY_{rest}"));
            match aggregator(text, key, given(&format!("{AGGREGATOR}URL_{rest}")), allows_loopback) {
                Ok(account) => {
                    read.aggregators.insert(rest.to_owned(), account);
                }
                Err((part, what)) => fault(&format!("{AGGREGATOR}{part}{rest}"), what),
            }
        }
    }
    for accounts in read.polls.values_mut() {
        accounts.sort_by_key(|account| account.pull);
    }
    read
}

fn poll(rest: &str, text: &str, allows_loopback: bool) -> Result<(String, PollAccount), String> {
    // A brand's slug may hold an underscore as well: the source is what the name ends in.
    let named = rest.match_indices('_').find_map(|(at, _)| {
        let pull = Pull::of_source(&rest[at + 1..])?;
        Some((rest[..at].to_owned(), pull))
    });
    let (brand, pull) = named.filter(|(brand, _)| !brand.is_empty()).ok_or_else(|| {
        let names: Vec<&str> = Pull::ALL.iter().map(|pull| pull.as_str()).collect();
        format!("must end in a brand and a source that can be asked: {}", names.join(", ").to_uppercase())
    })?;
    let shape = "must be like https://CLIENT:SECRET@apis.example.com, or https://KEY@… where there is one key only";
    let mut url = reqwest::Url::parse(text).map_err(|_| shape.to_owned())?;
    let account =
        Account { user: percent_decoded(url.username()), secret: percent_decoded(url.password().unwrap_or_default()) };
    let needs_both = pull.token_request(&account).is_some();
    if account.user.is_empty() && account.secret.is_empty() || needs_both && account.secret.is_empty() {
        return Err(shape.to_owned());
    }
    let per_hour = match url.query_pairs().find(|(name, _)| name == "per_hour") {
        None => pull.per_hour(),
        Some((_, count)) => match count.parse() {
            Ok(count @ 1..) => count,
            _ => return Err("has a per_hour that is no number above 0".to_owned()),
        },
    };
    url.set_username("").and_then(|()| url.set_password(None)).map_err(|()| shape.to_owned())?;
    url.set_query(None);
    Ok((brand, PollAccount { pull, url: base(url.as_str(), allows_loopback)?, account, per_hour }))
}

fn aggregator(
    name: &str,
    key: Option<&str>,
    url: Option<&str>,
    allows_loopback: bool,
) -> Result<AggregatorAccount, (&'static str, String)> {
    let aggregator = Aggregator::named(name).ok_or_else(|| {
        let names: Vec<&str> = Aggregator::ALL.iter().map(|aggregator| aggregator.as_str()).collect();
        ("", format!("{name:?} is no aggregator; there are {}", names.join(", ")))
    })?;
    let key = key.ok_or_else(|| ("KEY_", format!("is not set: the key that {} knows you by", aggregator.as_str())))?;
    let url = base(url.unwrap_or(aggregator.default_url()), allows_loopback).map_err(|what| ("URL_", what))?;
    Ok(AggregatorAccount { aggregator, url, account: Account::of_key(key) })
}

fn base(url: &str, allows_loopback: bool) -> Result<String, String> {
    if outside::may_ask(url, allows_loopback) {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err("must lead to a public name over https".to_owned())
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte =
            pair.and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Fault;
    use super::*;

    fn read_pairs(pairs: &[(&str, &str)], allows_loopback: bool) -> (Outgoing, Vec<Fault>) {
        let raw = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut faults = Vec::new();
        let read =
            read(&raw, allows_loopback, |setting, what| faults.push(Fault { setting: setting.to_owned(), what }));
        (read, faults)
    }

    #[test]
    fn an_account_is_read_with_its_address() {
        let settings = [
            ("DOORSTEP_POLL_BIG_SHOP_SEVENTEENTRACK", "https://key@api.17track.net?per_hour=100"),
            ("DOORSTEP_POLL_BIG_SHOP_UPS", "https://client:se%2Fcret@onlinetools.ups.com/"),
            ("DOORSTEP_POLL_BIG_SHOP_DHL", "https://key@api-eu.dhl.com"),
            ("DOORSTEP_AGGREGATOR_BIG_SHOP", "easypost"),
            ("DOORSTEP_AGGREGATOR_KEY_BIG_SHOP", "EZAK"),
        ];
        let (read, faults) = read_pairs(&settings, false);
        assert_eq!(faults, []);
        let polls = read.polls("big-shop");
        let pulls: Vec<Pull> = polls.iter().map(|poll| poll.pull).collect();
        assert_eq!(pulls, [Pull::Ups, Pull::Dhl, Pull::Seventeentrack]);
        assert_eq!(
            (polls[0].url.as_str(), polls[0].account.secret.as_str()),
            ("https://onlinetools.ups.com", "se/cret")
        );
        assert_eq!(polls[2].per_hour, 100);
        assert_eq!(read.aggregator("big-shop").unwrap().url, "https://api.easypost.com");
        assert!(read.polls("volt").is_empty());
        assert!(!format!("{read:?}").contains("cret"), "secrets stay out of logs");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (name, value) in [
            ("DOORSTEP_POLL_MEADOW_SHOPIFY", "https://a:b@shop.example"),
            ("DOORSTEP_POLL_MEADOW_UPS", "https://only-an-id@onlinetools.ups.com"),
            ("DOORSTEP_POLL_MEADOW_UPS", "http://a:b@onlinetools.ups.com"),
            ("DOORSTEP_POLL_MEADOW_UPS", "https://a:b@127.0.0.1"),
            ("DOORSTEP_POLL_MEADOW_UPS", "https://a:b@onlinetools.ups.com?per_hour=0"),
            ("DOORSTEP_AGGREGATOR_MEADOW", "ship24"),
            ("DOORSTEP_AGGREGATOR_MEADOW", "karrio"),
            ("DOORSTEP_AGGREGATOR_KEY_MEADOW", "key"),
        ] {
            assert_eq!(read_pairs(&[(name, value)], false).1.len(), 1, "{name}={value}");
        }
        assert_eq!(read_pairs(&[("DOORSTEP_POLL_MEADOW_UPS", "http://a:b@127.0.0.1:9")], true).1, []);
    }
}
