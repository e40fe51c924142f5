//! A shopper's browser: cookies, origin headers, and what can be read off a page.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;

use super::TestApp;
use crate::web::visit::percent_encoded;

pub struct Browser<'a> {
    app: &'a TestApp,
    host: String,
    ip: IpAddr,
    cookies: BTreeMap<String, String>,
    /// Sent with every request.
    headers: Vec<(String, String)>,
}

/// An answer, its body read to the end.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl<'a> Browser<'a> {
    pub(super) fn new(app: &'a TestApp, ip: String) -> Browser<'a> {
        Browser {
            app,
            host: "localhost:3000".to_owned(),
            ip: ip.parse().expect("an address"),
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    pub fn at(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    pub fn from_ip(mut self, ip: &str) -> Self {
        self.ip = ip.parse().expect("an address");
        self
    }

    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .extension(ConnectInfo(SocketAddr::new(self.ip, 40_000)));
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    /// Sends a request as it is; what it sets is remembered.
    pub async fn send(&mut self, request: Request<Body>) -> Page {
        let response = self.app.send(request).await;
        self.remember(response.headers());
        Page::read(response).await
    }

    fn remember(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie is text");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("name=value");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// An open answer, its body not read.
    pub async fn open(&mut self, path: &str) -> Response {
        self.app.send(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form of our own pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form(fields)))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a form and goes where it leads.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.post(path, fields).await;
        match answer.location() {
            Some(next) => self.get(&next).await,
            None => answer,
        }
    }

    /// Types into the one box and presses the button.
    pub async fn find(&mut self, q: &str) -> Page {
        self.submit("/tracking/api/find_order", &[("q", q)]).await
    }

    pub async fn prove(&mut self, q: &str, proof: &str) -> Page {
        self.submit("/tracking/api/find_order", &[("q", q), ("proof", proof)]).await
    }

    pub async fn enter_code(&mut self, code: &str) -> Page {
        self.submit("/tracking/api/enter_code", &[("code", code)]).await
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value))).collect();
    pairs.join("&")
}

impl Page {
    pub async fn read(response: Response) -> Page {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body comes whole").to_bytes();
        Page { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a header is text"))
    }

    pub fn location(&self) -> Option<String> {
        self.header("location").map(str::to_owned)
    }

    /// `lookup`, `proof`, `code`, `orders`, `order`, `parcel` or `error`; empty when it is no page.
    pub fn kind(&self) -> &str {
        between(&self.body, "data-page=\"", "\"").unwrap_or("")
    }

    pub fn h1(&self) -> String {
        let heading = between(&self.body, "<h1", "</h1>").unwrap_or("");
        text_of(heading.split_once('>').map_or("", |(_, text)| text))
    }

    /// What is said at once to whoever cannot see the page.
    pub fn alert(&self) -> Option<String> {
        let text = between(&self.body, "role=\"alert\"", "</p>")?;
        text.split_once('>').map(|(_, text)| text_of(text))
    }

    pub fn count(&self, part: &str) -> usize {
        self.body.matches(part).count()
    }

    /// The headers without what tells one browser from another: of a cookie its name, length and attributes stay.
    pub fn plain_headers(&self) -> Vec<(String, String)> {
        let plain = |name: &str, value: &HeaderValue| {
            let value = value.to_str().expect("a header is text");
            match (name, value.split_once('=').and_then(|(cookie, rest)| Some((cookie, rest.split_once(';')?)))) {
                ("set-cookie", Some((cookie, (secret, attributes)))) => {
                    format!("{cookie}=({} characters);{attributes}", secret.len())
                }
                _ => value.to_owned(),
            }
        };
        let mut headers: Vec<(String, String)> =
            self.headers.iter().map(|(name, value)| (name.to_string(), plain(name.as_str(), value))).collect();
        headers.sort();
        headers
    }

    /// All that anybody but this browser could tell it by.
    pub fn plain(&self) -> (StatusCode, Vec<(String, String)>, String) {
        (self.status, self.plain_headers(), self.body.clone())
    }
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(start)?;
    after.split_once(end).map(|(inside, _)| inside)
}

/// The words of a piece of HTML.
pub fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let words: String = parts
        .map(|(position, part)| match (position, part.split_once('>')) {
            (0, _) => part,
            (_, Some((_, text))) => text,
            (_, None) => "",
        })
        .collect();
    words.trim().to_owned()
}
