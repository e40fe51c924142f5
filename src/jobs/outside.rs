//! The one way out of the house over HTTPS: short, bounded, and to public addresses only.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::sources::outgoing::{Answer, Body, Method, Request};

/// Refuses names that lead into private networks, at the moment of connecting: what a name meant before does not count.
struct PublicOnly;

/// Answers longer than this are not read to their end.
const MOST_BYTES: usize = 2 * 1024 * 1024;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.into_iter().filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Neither private, loopback, link-local, shared, documentation nor multicast; mapped addresses count as what they map.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || first == 0
                || first >= 240
                || (first == 100 && (64..128).contains(&second))
                || (first == 198 && (18..20).contains(&second))
                || (first == 192 && second == 0))
        }
        IpAddr::V6(v6) => {
            let [first, second, ..] = v6.segments();
            // Only global unicast, and of that neither documentation nor transition addresses that hide an IPv4 one.
            (first & 0xe000) == 0x2000
                && !(first == 0x2001 && second == 0xdb8)
                && first != 0x2002
                && !(first == 0x2001 && second == 0)
        }
    }
}

/// A client for addresses that a merchant or vendor gave us. IP literals are refused, as the resolver never sees them.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    if let Some(client) = CLIENT.get() {
        return Ok(client.clone());
    }
    install_crypto();
    let client = bounded().https_only(true).dns_resolver(Arc::new(PublicOnly)).build()?;
    Ok(CLIENT.get_or_init(|| client).clone())
}

fn bounded() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(15))
        .user_agent(concat!("doorstep/", env!("CARGO_PKG_VERSION")))
}

/// Whether an address may be asked; with `allows_loopback`, which only tests set, also one on this machine.
pub fn may_ask(url: &str, allows_loopback: bool) -> bool {
    is_askable(url) || (allows_loopback && is_loopback(url))
}

/// A literal address of this machine: a name could come to mean another.
fn is_loopback(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    matches!(url.scheme(), "http" | "https") && host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// How APIs are asked.
pub struct Outside {
    public: reqwest::Client,
    /// Only where a test allows it.
    loopback: Option<reqwest::Client>,
    patience: Duration,
}

/// What came back from an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub answer: Answer,
    /// How long it wants to be left alone.
    pub retry_after: Option<SignedDuration>,
}

impl Outside {
    /// # Errors
    /// Why no client could be made.
    pub fn new(allows_loopback: bool, patience: Duration) -> Result<Outside, String> {
        let public = client().map_err(|error| error.to_string())?;
        let loopback = match allows_loopback {
            true => Some(bounded().no_proxy().build().map_err(|error| error.to_string())?),
            false => None,
        };
        Ok(Outside { public, loopback, patience })
    }

    /// Sends a request to the API at `base`.
    ///
    /// # Errors
    /// Why there was no answer, without address or secret.
    pub async fn ask(&self, base: &str, request: &Request, now: Timestamp) -> Result<Heard, String> {
        let url = format!("{base}{}", request.path);
        let client = match &self.loopback {
            Some(loopback) if is_loopback(&url) => loopback,
            _ if is_askable(&url) => &self.public,
            _ => return Err("its address must be https and a public name".to_owned()),
        };
        let mut asking = match request.method {
            Method::Get => client.get(&url),
            Method::Post => client.post(&url),
        };
        for (name, value) in &request.headers {
            asking = asking.header(*name, value);
        }
        asking = match &request.body {
            Body::Empty => asking,
            Body::Json(body) => asking.json(body),
            Body::Form(fields) => asking.form(fields),
        };
        match tokio::time::timeout(self.patience, hear(asking, now)).await {
            Ok(heard) => heard,
            Err(_) => Err("it took too long to answer".to_owned()),
        }
    }
}

impl Outside {
    /// What lies at an address that a merchant named.
    ///
    /// # Errors
    /// Why it was not to be had, without the address: that may hold a secret.
    pub async fn fetch(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, String> {
        let client = match &self.loopback {
            Some(loopback) if is_loopback(url) => loopback,
            _ if is_askable(url) => &self.public,
            _ => return Err("its address must be https and a public name".to_owned()),
        };
        let fetching = async {
            let response = client.get(url).timeout(self.patience).send().await.map_err(|error| failed(&error))?;
            if !response.status().is_success() {
                return Err(format!("it answered {}", response.status().as_u16()));
            }
            read_up_to(response, most_bytes).await
        };
        match tokio::time::timeout(self.patience, fetching).await {
            Ok(fetched) => fetched,
            Err(_) => Err("it took too long to answer".to_owned()),
        }
    }
}

fn failed(error: &reqwest::Error) -> String {
    match error.is_timeout() {
        true => "it took too long to answer".to_owned(),
        false => "it could not be reached".to_owned(),
    }
}

async fn read_up_to(mut response: reqwest::Response, most_bytes: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + chunk.len() > most_bytes {
            return Err("its answer is too long".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

async fn hear(asking: reqwest::RequestBuilder, now: Timestamp) -> Result<Heard, String> {
    let response = asking.send().await.map_err(|error| failed(&error))?;
    let status = response.status().as_u16();
    let retry_after = response.headers().get(reqwest::header::RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok()).and_then(|text| read_retry_after(text, now));
    let body = read_up_to(response, MOST_BYTES).await?;
    Ok(Heard { answer: Answer { status, body }, retry_after })
}

/// Seconds, or a date of HTTP; at most a day.
fn read_retry_after(text: &str, now: Timestamp) -> Option<SignedDuration> {
    let wait = match text.trim().parse::<i64>() {
        Ok(seconds) => SignedDuration::from_secs(seconds),
        Err(_) => jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp().duration_since(now),
    };
    (!wait.is_negative()).then(|| wait.min(SignedDuration::from_hours(24)))
}

/// TLS by ring. A second call finds it done.
pub fn install_crypto() {
    rustls::crypto::ring::default_provider().install_default().ok();
}

/// Whether an address may be asked at all: https, a name, no IP literal.
pub fn is_askable(url: &str) -> bool {
    match reqwest::Url::parse(url) {
        Ok(url) => {
            url.scheme() == "https"
                && url.host_str().is_some_and(|host| {
                    let bare = host.trim_start_matches('[').trim_end_matches(']');
                    bare.parse::<IpAddr>().is_err() && host.contains('.')
                })
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_any_dress_are_not_public() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fc00::1",
            "2002:7f00:1::",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in ["93.184.216.34", "2606:4700::1111"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn this_machine_is_asked_only_where_a_test_allows_it() {
        for url in ["http://127.0.0.1:9/x", "http://[::1]:9/x"] {
            assert!(may_ask(url, true) && !may_ask(url, false), "{url}");
        }
        for url in ["http://localhost:9/x", "http://10.0.0.1/x", "http://api.example.com/", "https://169.254.169.254/"]
        {
            assert!(!may_ask(url, true), "{url}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-11-06T12:00:00Z".parse().unwrap();
        let read = |text: &str| read_retry_after(text, now).map(|wait| wait.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Fri, 06 Nov 2026 12:05:00 GMT"), Some(300));
        assert_eq!(read("Fri, 06 Nov 2026 11:00:00 GMT"), None);
        assert_eq!(read("999999999"), Some(86_400));
        assert_eq!(read("soon"), None);
    }

    #[test]
    fn only_https_to_a_name_is_asked() {
        assert!(is_askable("https://api.example.com/keys"));
        for url in
            ["http://api.example.com", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "ftp://a.b", "x"]
        {
            assert!(!is_askable(url), "{url}");
        }
    }
}
