//! What we ask aggregators and carriers, as values: a request out, an answer read. Sending them is the work of `jobs`.
//!
//! What a tracking answer says is read by the source's own parser, beside.

pub mod names;
pub mod pull;
pub mod register;

use std::fmt;

use super::json::Value;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A request to an API whose address is set elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub method: Method,
    /// With its query, beginning with a slash.
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Empty,
    Json(serde_json::Value),
    Form(Vec<(&'static str, String)>),
}

impl Request {
    fn get(path: String) -> Request {
        Request {
            method: Method::Get,
            path,
            headers: vec![("accept", "application/json".to_owned())],
            body: Body::Empty,
        }
    }

    fn post(path: &str, body: Body) -> Request {
        Request { method: Method::Post, body, ..Request::get(path.to_owned()) }
    }

    fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Request {
        self.headers.push((name, value.into()));
        self
    }
}

/// Who we are at an API: the client id and its secret, or one key in either place.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub user: String,
    pub secret: String,
}

impl Account {
    pub fn of_key(key: &str) -> Account {
        Account { user: key.to_owned(), secret: String::new() }
    }

    /// The one key of an API that knows no client id.
    fn key(&self) -> &str {
        if self.secret.is_empty() { &self.user } else { &self.secret }
    }

    fn basic(&self) -> String {
        basic(&self.user, &self.secret)
    }
}

/// A secret never reaches a log by accident.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(…)")
    }
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// What came back, as far as its meaning depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn json(&self) -> Option<Value<'_>> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The API's own reason, cut short: it is kept with the attempt, for a person.
fn reason(status: u16, said: Option<String>) -> String {
    match said.map(|said| said.trim().to_owned()).filter(|said| !said.is_empty()) {
        Some(said) => format!("answered {status}: {}", said.chars().take(200).collect::<String>()),
        None => format!("answered {status}"),
    }
}
