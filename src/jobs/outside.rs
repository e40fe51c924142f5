//! The one way out of the house over HTTPS: short, bounded, and to public addresses only.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Refuses names that lead into private networks, at the moment of connecting: what a name meant before does not count.
struct PublicOnly;

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
    let client = reqwest::Client::builder()
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(15))
        .dns_resolver(Arc::new(PublicOnly))
        .user_agent(concat!("doorstep/", env!("CARGO_PKG_VERSION")))
        .build()?;
    Ok(CLIENT.get_or_init(|| client).clone())
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
    fn only_https_to_a_name_is_asked() {
        assert!(is_askable("https://api.example.com/keys"));
        for url in
            ["http://api.example.com", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "ftp://a.b", "x"]
        {
            assert!(!is_askable(url), "{url}");
        }
    }
}
