//! Messages out of the house: mail by SMTP, texts by a Twilio-compatible HTTP API. In the demo both stay in its mailbox.

use std::time::Duration;

use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;
use crate::store::messages::{self, DueMessage, OutgoingMessage};
use crate::store::{StoreError, Urgency};
use crate::web::app::App;

const TOGETHER: i64 = 20;

/// What a message is sent with.
pub enum Sender {
    /// The demo: sending is keeping.
    Mailbox,
    Outside {
        smtp: Option<Box<Smtp>>,
        sms: Option<Sms>,
    },
}

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// `https://SID:TOKEN@host/path?From=+15551234567`, posted to with `From`, `To` and `Body`.
pub struct Sms {
    url: reqwest::Url,
    user: String,
    password: String,
    from: String,
    client: reqwest::Client,
}

/// Why a message did not go out.
#[derive(Debug, PartialEq, Eq)]
enum NotSent {
    /// It may work later.
    Later(String),
    /// It never will.
    Never(String),
}

impl Sender {
    pub fn new(config: &Config, is_demo: bool) -> Sender {
        if is_demo {
            return Sender::Mailbox;
        }
        Sender::Outside {
            smtp: config.smtp_url.as_deref().and_then(|url| {
                Smtp::new(url, config.mail_from.as_deref())
                    .map(Box::new)
                    .map_err(|cause| tracing::error!(%cause, "mail cannot be sent"))
                    .ok()
            }),
            sms: config
                .sms_url
                .as_deref()
                .and_then(|url| Sms::new(url).map_err(|cause| tracing::error!(%cause, "texts cannot be sent")).ok()),
        }
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<(), NotSent> {
        match (self, message.channel.as_str()) {
            (Sender::Mailbox, _) => Ok(()),
            (Sender::Outside { smtp: Some(smtp), .. }, "email") => smtp.send(message).await,
            (Sender::Outside { sms: Some(sms), .. }, "sms") => sms.send(message).await,
            (Sender::Outside { .. }, channel) => Err(NotSent::Never(format!("no way to send {channel} is set up"))),
        }
    }
}

impl Smtp {
    /// # Errors
    /// What is wrong with the settings, without the password in them.
    pub fn new(url: &str, from: Option<&str>) -> Result<Smtp, String> {
        crate::jobs::outside::install_crypto();
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "DOORSTEP_SMTP_URL cannot be read; expected smtps://user:password@host".to_owned())?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        let from = from.ok_or_else(|| "DOORSTEP_MAIL_FROM is not set: the address that mail comes from".to_owned())?;
        let from = from
            .parse()
            .map_err(|_| "DOORSTEP_MAIL_FROM is no address, as in Shop <orders@shop.example>".to_owned())?;
        Ok(Smtp { transport, from })
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<(), NotSent> {
        let never = |what: &str| NotSent::Never(what.to_owned());
        let to = message.to.parse().map_err(|_| never("the address is none that mail can go to"))?;
        let mail = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(message.subject.clone())
            .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
            .map_err(|_| never("the mail could not be built"))?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            // The server's own words may hold the address: its class alone is kept.
            Err(error) if error.is_permanent() => Err(never("the mail server refused it for good")),
            Err(error) if error.is_timeout() => Err(NotSent::Later("the mail server took too long".to_owned())),
            Err(_) => Err(NotSent::Later("the mail server could not take it now".to_owned())),
        }
    }
}

impl Sms {
    /// # Errors
    /// What is wrong with the setting, without the password in it.
    pub fn new(url: &str) -> Result<Sms, String> {
        crate::jobs::outside::install_crypto();
        let wrong =
            |what: &str| format!("DOORSTEP_SMS_URL {what}; expected https://SID:TOKEN@host/path?From=+15551234567");
        let mut url = reqwest::Url::parse(url).map_err(|_| wrong("cannot be read"))?;
        let from = url.query_pairs().find(|(name, _)| name == "From").map(|(_, value)| value.into_owned());
        // A plus sign in a query reads as a space.
        let from = from.ok_or_else(|| wrong("has no From"))?.trim().to_owned();
        let from = if from.starts_with(|c: char| c.is_ascii_digit()) { format!("+{from}") } else { from };
        let (user, password) = (url.username().to_owned(), url.password().unwrap_or("").to_owned());
        let cleared = url.set_username("").and_then(|()| url.set_password(None));
        cleared.map_err(|()| wrong("cannot hold a user"))?;
        url.set_query(None);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(15))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Sms { url, user, password, from, client })
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<(), NotSent> {
        let form = [("From", &self.from), ("To", &message.to), ("Body", &message.text)];
        let request = self.client.post(self.url.clone()).basic_auth(&self.user, Some(&self.password)).form(&form);
        match request.send().await {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) if response.status().is_client_error() && response.status() != 429 => {
                Err(NotSent::Never(format!("the SMS service answered {}", response.status())))
            }
            Ok(response) => Err(NotSent::Later(format!("the SMS service answered {}", response.status()))),
            Err(_) => Err(NotSent::Later("the SMS service could not be reached".to_owned())),
        }
    }
}

/// Sends what is due. Gives how many were tried.
pub async fn once(app: &App, sender: &Sender) -> Result<usize, StoreError> {
    let mut conn = app.store.read().await?;
    if !messages::has_due(&mut conn, app.now()).await? {
        return Ok(0);
    }
    drop(conn);
    let mut conn = app.store.write(Urgency::Batch).await?;
    let due = messages::claim(&mut conn, app.store.vault(), app.now(), TOGETHER).await?;
    conn.commit().await?;
    for message in &due {
        let outcome = sender.send(&message.message).await;
        note(app, message, outcome).await?;
    }
    Ok(due.len())
}

async fn note(app: &App, due: &DueMessage, outcome: Result<(), NotSent>) -> Result<(), StoreError> {
    let now = app.now();
    let mut conn = app.store.write(Urgency::Batch).await?;
    match outcome {
        Ok(()) => messages::finish(&mut conn, due.brand, due.message_id, Ok(()), now).await?,
        Err(NotSent::Never(cause)) => {
            tracing::warn!(message = %due.message_id, %cause, "a message is set aside");
            messages::finish(&mut conn, due.brand, due.message_id, Err(&cause), now).await?;
        }
        Err(NotSent::Later(cause)) => {
            tracing::warn!(message = %due.message_id, attempt = due.attempts, %cause, "a message has to wait");
            messages::put_off(&mut conn, due, &cause, now).await?;
        }
    }
    conn.commit().await
}
