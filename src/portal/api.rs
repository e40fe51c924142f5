//! The server functions: public endpoints, each of which works as a plain form post and checks the grant itself.
//!
//! A browser without JavaScript is answered by 303 to the page that says what came of it; a program that asks for JSON
//! gets the value. What a page shows is made in `show`.

mod cases;
mod feedback;
mod incident;

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use jiff::SignedDuration;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};

use crate::access::grant::{ProvedBy, Subject, code, typed_code};
use crate::access::lookup::{self, Typed};
use crate::brand::LookupPolicy;
use crate::orders::contact::{Contact, likely_domain};
use crate::orders::number::{OrderNumber, TrackingNumber};
use crate::store::access::CodeAnswer;
use crate::store::limits::{Limit, Verdict};
use crate::store::messages::OutgoingMessage;
use crate::store::{Conn, StoreError, Urgency, access, limits, messages, orders, seal};
use crate::web::app::App;
use crate::web::visit::{Reference, Step, Visit, in_ascii, limit_subject, percent_encoded};

use super::view::{OrderSummaryView, OrderView, ShipmentView};

/// Where the shopper goes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Path under the brand's host.
    pub next: String,
}

/// What a server function works with.
#[derive(Clone)]
pub struct Call {
    pub app: Arc<App>,
    pub visit: Visit,
    pub is_json: bool,
}

/// A guess at an order's proof is cheap, so there are few of them; past that a code goes to the order's own contact.
const ORDER_NUMBER: Limit = Limit { bucket: "order", burst: 10, every: SignedDuration::from_mins(5) };
const ADDRESS_MESSAGES: Limit = Limit { bucket: "address", burst: 3, every: SignedDuration::from_hours(1) };
const IP_MESSAGES: Limit = Limit { bucket: "ip_messages", burst: 5, every: SignedDuration::from_mins(1) };
const BRAND_MESSAGES: Limit = Limit { bucket: "brand_messages", burst: 1_000, every: SignedDuration::from_millis(100) };

pub use cases::{HelpOpened, OpenCase, help_opened, open_case};
pub use feedback::{GiveFeedback, RateUpdates, give_feedback, rate_updates};
pub use incident::{AnswerIncident, answer_incident};

type Failed = ServerFnError;

fn call() -> Result<Call, Failed> {
    use_context::<Call>().ok_or_else(|| Failed::new("called outside a request"))
}

fn failed(error: StoreError) -> Failed {
    tracing::error!(%error, "a server function failed");
    let status = match error {
        StoreError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        StoreError::Schema(_) | StoreError::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    expect_context::<ResponseOptions>().set_status(status);
    Failed::new("the store failed")
}

fn not_found() -> Failed {
    expect_context::<ResponseOptions>().set_status(StatusCode::NOT_FOUND);
    Failed::new("not found")
}

impl Call {
    fn home(&self) -> String {
        let base = &self.visit.live.brand.base_path;
        if base.is_empty() { "/".to_owned() } else { base.clone() }
    }

    fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.visit.live.brand.base_path)
    }

    fn go(&self, next: String, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Result<Answer, Failed> {
        let response = expect_context::<ResponseOptions>();
        for cookie in cookies.into_iter().flatten() {
            response.append_header(header::SET_COOKIE, cookie);
        }
        if !self.is_json {
            let location = HeaderValue::from_str(&in_ascii(&next))
                .map_err(|_| Failed::new("an address that no header can hold"))?;
            response.set_status(StatusCode::SEE_OTHER);
            response.insert_header(header::LOCATION, location);
        }
        Ok(Answer { next })
    }

    fn go_to_step(&self, step: &Step) -> Result<Answer, Failed> {
        let name = match step {
            Step::Lookup { .. } => "lookup",
            Step::Proof { .. } => "proof",
            Step::Code { .. } => "code",
            Step::Feedback { .. } => "feedback",
            Step::Photo { .. } => "photo",
        };
        let home = self.home();
        self.go(format!("{home}?step={name}"), [self.visit.step_cookie(self.app.store.vault(), step)])
    }

    fn keyed(&self, kind: &[u8], text: &[u8]) -> Vec<u8> {
        self.app.store.vault().blind_index(kind, text)
    }

    fn contact_index(&self, contact: &Contact) -> Vec<u8> {
        self.keyed(b"contact", contact.as_str().as_bytes())
    }

    async fn is_within(&self, conn: &mut Conn, limit: Limit, subject: &[u8]) -> Result<bool, StoreError> {
        if self.app.config.relaxed_limits {
            return Ok(true);
        }
        let subject = self.keyed(limit.bucket.as_bytes(), subject);
        let verdict = limits::count(conn, self.visit.live.id, limit, &subject, self.app.now()).await?;
        Ok(verdict == Verdict::Within)
    }

    /// Gives this browser a grant and sends it to `next`.
    async fn grant(
        &self,
        mut conn: Conn,
        subject: Subject,
        proved_by: ProvedBy,
        next: String,
    ) -> Result<Answer, Failed> {
        let fresh = Reference::fresh();
        let old = self.visit.session.as_ref().map(<[u8; 32]>::as_slice);
        let now = self.app.now();
        access::add_grant(&mut conn, self.visit.live.id, old, &fresh.hash, &subject, proved_by, now)
            .await
            .map_err(failed)?;
        conn.commit().await.map_err(failed)?;
        self.go(next, [self.visit.session_cookie(&fresh), self.visit.without_step_cookie()])
    }
}

/// Reads what was typed into the one box, and with `proof` opens the order it proves.
#[server(name = FindOrder, prefix = "/tracking/api", endpoint = "find_order", input = PostUrl)]
pub async fn find_order(#[server(default)] q: String, #[server(default)] proof: String) -> Result<Answer, Failed> {
    let call = call()?;
    let region = call.visit.live.brand.region.clone();
    let words = call.visit.words();
    let back_to_box = |id: &str| Step::Lookup { q: q.clone(), message: words.text(id).to_owned() };
    if q.chars().count() > lookup::MOST_CHARACTERS || proof.chars().count() > lookup::MOST_CHARACTERS {
        let step = Step::Lookup { q: String::new(), message: words.text("lookup-too-long").to_owned() };
        return call.go_to_step(&step);
    }
    if !proof.trim().is_empty() {
        // Whoever proves something means an order, whatever else the number looks like.
        return match q.parse::<OrderNumber>() {
            Ok(number) => prove(&call, &q, number, &proof).await,
            Err(_) => call.go_to_step(&back_to_box("lookup-unreadable")),
        };
    }
    let typed = lookup::read(&q, Some(&region));
    let is_parcel = matches!(typed, Typed::TrackingNumber(_) | Typed::MaybeTrackingNumber(_) | Typed::Nothing);
    if call.visit.live.brand.policies.lookup == LookupPolicy::LinkOnly && !is_parcel {
        return call.go_to_step(&back_to_box("lookup-link-only"));
    }
    match typed {
        Typed::Nothing if q.trim().is_empty() => call.go_to_step(&back_to_box("lookup-empty")),
        Typed::Nothing => call.go_to_step(&back_to_box("lookup-unreadable")),
        Typed::OrderWithProof(number, contact) => prove(&call, number.key(), number.clone(), contact.as_str()).await,
        Typed::Contact(contact) => contact_alone(&call, &q, contact).await,
        Typed::TrackingNumber(number) | Typed::MaybeTrackingNumber(number) => call.go(
            call.path(&format!("/parcels/{}", percent_encoded(number.as_str()))),
            [call.visit.without_step_cookie()],
        ),
        Typed::OrderNumber(order, tracking) => order_number_alone(&call, &q, order, tracking).await,
    }
}

/// An email or phone: a code to it, if it has orders. Some carriers number parcels like phones: a parcel that is there is
/// shown, as knowing its number is enough for that.
async fn contact_alone(call: &Call, q: &str, contact: Contact) -> Result<Answer, Failed> {
    if let (Contact::Phone(_), Ok(number)) = (&contact, q.parse::<TrackingNumber>()) {
        let mut conn = call.app.store.read().await.map_err(failed)?;
        if orders::parcel_exists(&mut conn, call.visit.live.id, number.as_str()).await.map_err(failed)? {
            let next = call.path(&format!("/parcels/{}", percent_encoded(number.as_str())));
            return call.go(next, [call.visit.without_step_cookie()]);
        }
    }
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    let index = call.contact_index(&contact);
    let challenge = call.send_code(&mut conn, &contact, &index).await.map_err(failed)?;
    conn.commit().await.map_err(failed)?;
    call.go_to_step(&Step::Code { contact: q.trim().to_owned(), challenge, message: None })
}

async fn order_number_alone(
    call: &Call,
    q: &str,
    order: OrderNumber,
    tracking: Option<TrackingNumber>,
) -> Result<Answer, Failed> {
    let brand = call.visit.live.id;
    let mut conn = call.app.store.read().await.map_err(failed)?;
    // Parcels are public by design: knowing one's number is enough to see its steps.
    if let Some(number) = tracking {
        let parcel = orders::parcel_exists(&mut conn, brand, number.as_str()).await.map_err(failed)?;
        if parcel {
            return call.go(
                call.path(&format!("/parcels/{}", percent_encoded(number.as_str()))),
                [call.visit.without_step_cookie()],
            );
        }
    }
    if call.visit.live.brand.policies.lookup == LookupPolicy::Summary {
        let known = orders::order_key(&mut conn, brand, order.key()).await.map_err(failed)?;
        drop(conn);
        if let Some((id, _)) = known {
            let conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
            let next = call.path(&format!("/orders/{}", order.key()));
            return call.grant(conn, Subject::Order(id), ProvedBy::Number, next).await;
        }
    }
    call.go_to_step(&Step::Proof { q: q.trim().to_owned(), message: None })
}

/// Order number and proof. A wrong proof and an order that is not there take the same way to the same answer.
async fn prove(call: &Call, q: &str, number: OrderNumber, proof: &str) -> Result<Answer, Failed> {
    let live = &call.visit.live;
    let policies = &live.brand.policies;
    let words = call.visit.words();
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    let guesses_left = call.is_within(&mut conn, ORDER_NUMBER, number.key().as_bytes()).await.map_err(failed)?;
    let contact = Contact::read(proof, Some(&live.brand.region));
    let proved = match &contact {
        Some(contact) => {
            let index = call.contact_index(contact);
            access::order_with_contact(&mut conn, live.id, number.key(), &index).await.map_err(failed)?
        }
        None => None,
    };
    // Some countries' postcodes read like a phone number, so both are tried.
    let proved = if proved.is_none() && policies.postcode_proof {
        let order = orders::order(&mut conn, call.app.store.vault(), live.id, number.key()).await.map_err(failed)?;
        order.filter(|order| is_postcode_of(order, proof)).map(|order| order.order_id)
    } else {
        proved
    };
    if policies.lookup == LookupPolicy::LinkOnly {
        conn.commit().await.map_err(failed)?;
        let message = words.text("lookup-link-only").to_owned();
        return call.go_to_step(&Step::Lookup { q: q.to_owned(), message });
    }
    let needs_code = policies.lookup == LookupPolicy::CodeAlways || !guesses_left;
    match proved {
        Some(order) if !needs_code => {
            let next = call.path(&format!("/orders/{}", number.key()));
            call.grant(conn, Subject::Order(order), ProvedBy::Proof, next).await
        }
        _ if needs_code => {
            let challenge = call.send_code_for_order(&mut conn, &number).await.map_err(failed)?;
            conn.commit().await.map_err(failed)?;
            let message = Some(words.text("proof-code-instead").to_owned());
            call.go_to_step(&Step::Code { contact: String::new(), challenge, message })
        }
        _ => {
            conn.commit().await.map_err(failed)?;
            let message = Some(words.text("proof-no-match").to_owned());
            call.go_to_step(&Step::Proof { q: q.trim().to_owned(), message })
        }
    }
}

fn is_postcode_of(order: &orders::OrderRecord, typed: &str) -> bool {
    let normal =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect() };
    let postcode = order.address.as_ref().and_then(|address| address.postal_code.as_deref());
    postcode.is_some_and(|postcode| !normal(postcode).is_empty() && normal(postcode) == normal(typed))
}

impl Call {
    /// Sends a code and a link to a contact if there are orders of it, and does the same work if there are none.
    async fn send_code(&self, conn: &mut Conn, contact: &Contact, index: &[u8]) -> Result<[u8; 32], StoreError> {
        let known = access::reachable(conn, self.app.store.vault(), self.visit.live.id, index).await?;
        let sends_sms = self.app.is_demo || self.app.config.sms_url.is_some();
        let recipients = match (contact, &known.contact) {
            (_, None) => Vec::new(),
            (Contact::Phone(_), Some(_)) if !sends_sms => known.emails.clone(),
            (contact, Some(_)) => vec![contact.clone()],
        };
        self.send_code_to(conn, contact.as_str(), index, &recipients).await
    }

    /// Sends a code to the contact that the order has.
    async fn send_code_for_order(&self, conn: &mut Conn, number: &OrderNumber) -> Result<[u8; 32], StoreError> {
        let facts = access::link_facts(conn, self.visit.live.id, access::LinkTarget::Key(number.key())).await?;
        // An order that is not there has a contact that nobody has.
        let index = facts
            .and_then(|facts| facts.contacts.into_iter().next())
            .unwrap_or_else(|| self.keyed(b"nobody", number.key().as_bytes()));
        let known = access::reachable(conn, self.app.store.vault(), self.visit.live.id, &index).await?;
        let recipients: Vec<Contact> = known.contact.into_iter().collect();
        self.send_code_to(conn, number.key(), &index, &recipients).await
    }

    async fn send_code_to(
        &self,
        conn: &mut Conn,
        typed: &str,
        index: &[u8],
        recipients: &[Contact],
    ) -> Result<[u8; 32], StoreError> {
        let (app, visit) = (&self.app, &self.visit);
        let (brand, now) = (visit.live.id, app.now());
        let from_here = self.is_within(conn, IP_MESSAGES, &limit_subject(visit.ip)).await?;
        let at_all = self.is_within(conn, BRAND_MESSAGES, b"").await?;
        let challenge = match visit.step(app.store.vault()) {
            // A new code replaces only this browser's own.
            Some(Step::Code { challenge, .. }) => challenge,
            _ => seal::random_bytes::<32>(),
        };
        let digits = code(u64::from_be_bytes(seal::random_bytes::<8>()));
        let token = Reference::fresh();
        let challenge_hash = seal::sha256(&challenge);
        access::add_challenge(conn, brand, &challenge_hash, &code_hash(app, &challenge, &digits), index, now).await?;
        access::add_one_time_link(conn, brand, &token.hash, index, now).await?;
        let is_wanted = !recipients.is_empty() && from_here && at_all;
        let nobody = [Contact::Email(typed.to_owned())];
        let recipients = if recipients.is_empty() { &nobody[..] } else { recipients };
        for contact in recipients {
            // By the address that is written to, however it was asked for.
            let is_real = self.is_within(conn, ADDRESS_MESSAGES, contact.as_str().as_bytes()).await? && is_wanted;
            let message = self.code_message(contact, &digits, &token);
            messages::enqueue(conn, app.store.vault(), brand, &message, is_real, now).await?;
        }
        Ok(challenge)
    }

    fn code_message(&self, contact: &Contact, digits: &str, token: &Reference) -> OutgoingMessage {
        let brand = &self.visit.live.brand;
        let link = format!("{}{}/l/{}", brand.origin, brand.base_path, token.text());
        crate::portal::mail::code_message(&self.visit.words(), &brand.name, contact, digits, &link)
    }
}

fn code_hash(app: &App, challenge: &[u8; 32], digits: &str) -> Vec<u8> {
    app.store.vault().blind_index(b"code", &[challenge.as_slice(), digits.as_bytes()].concat())
}

/// Sends a code to the contact of an order that this browser sees a part of: the code shows the rest.
#[server(name = AskCode, prefix = "/tracking/api", endpoint = "ask_code", input = PostUrl)]
pub async fn ask_code(#[server(default)] order_number: String) -> Result<Answer, Failed> {
    let call = call()?;
    let granted = crate::web::load::granted(&call.app, &call.visit, &order_number).await.map_err(failed)?;
    let Some(granted) = granted else { return Err(not_found()) };
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    let challenge = call.send_code_for_order(&mut conn, &granted.key).await.map_err(failed)?;
    conn.commit().await.map_err(failed)?;
    call.go_to_step(&Step::Code { contact: String::new(), challenge, message: None })
}

/// Opens what the typed code proves: the orders of the contact it was sent to.
#[server(name = EnterCode, prefix = "/tracking/api", endpoint = "enter_code", input = PostUrl)]
pub async fn enter_code(#[server(default)] code: String) -> Result<Answer, Failed> {
    let call = call()?;
    let words = call.visit.words();
    let vault = call.app.store.vault();
    let Some(Step::Code { contact, challenge, .. }) = call.visit.step(vault) else {
        let message = words.text("code-expired").to_owned();
        return call.go_to_step(&Step::Lookup { q: String::new(), message });
    };
    let again = |id: &str| Step::Code { contact: contact.clone(), challenge, message: Some(words.text(id).to_owned()) };
    let Some(digits) = typed_code(&code) else { return call.go_to_step(&again("code-wrong")) };
    let expected = code_hash(&call.app, &challenge, &digits);
    let (brand, now) = (call.visit.live.id, call.app.now());
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    let answer =
        access::try_code(&mut conn, brand, &seal::sha256(&challenge), now, |kept| seal::is_same(kept, &expected))
            .await
            .map_err(failed)?;
    match answer {
        CodeAnswer::Right { contact_index } => {
            call.grant(conn, Subject::Contact(contact_index), ProvedBy::Code, call.path("/orders")).await
        }
        CodeAnswer::Wrong => {
            conn.commit().await.map_err(failed)?;
            call.go_to_step(&again("code-wrong"))
        }
        CodeAnswer::Over => {
            conn.commit().await.map_err(failed)?;
            call.go_to_step(&again("code-tries-over"))
        }
    }
}

/// Uses a one-time link up, and opens the orders of the contact it was sent to.
#[server(name = UseLink, prefix = "/tracking/api", endpoint = "use_link", input = PostUrl)]
pub async fn use_link(#[server(default)] token: String) -> Result<Answer, Failed> {
    let call = call()?;
    let Some(hash) = Reference::hash_of(&token) else { return Err(not_found()) };
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    let opened =
        access::use_one_time_link(&mut conn, call.visit.live.id, &hash, call.app.now()).await.map_err(failed)?;
    match opened {
        Some(contact) => call.grant(conn, Subject::Contact(contact), ProvedBy::OneTimeLink, call.path("/orders")).await,
        None => Err(not_found()),
    }
}

/// Makes this browser forget every order it may see.
#[server(name = Forget, prefix = "/tracking/api", endpoint = "forget", input = PostUrl)]
pub async fn forget() -> Result<Answer, Failed> {
    let call = call()?;
    if let Some(session) = &call.visit.session {
        let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
        access::revoke(&mut conn, call.visit.live.id, session, call.app.now()).await.map_err(failed)?;
        conn.commit().await.map_err(failed)?;
    }
    call.go(call.home(), [call.visit.without_session_cookie(), call.visit.without_step_cookie()])
}

/// The order as this browser may see it.
#[server(name = ReadOrder, prefix = "/tracking/api", endpoint = "read_order", input = PostUrl)]
pub async fn read_order(#[server(default)] order_number: String) -> Result<OrderView, Failed> {
    let call = call()?;
    let found = crate::web::load::order_view(&call.app, &call.visit, &order_number).await.map_err(failed)?;
    found.map(|found| found.shown.view).ok_or_else(not_found)
}

/// The orders of the contacts this browser proved.
#[server(name = ReadOrders, prefix = "/tracking/api", endpoint = "read_orders", input = PostUrl)]
pub async fn read_orders() -> Result<Vec<OrderSummaryView>, Failed> {
    let call = call()?;
    crate::web::load::order_summaries(&call.app, &call.visit).await.map_err(failed)?.ok_or_else(not_found)
}

/// The milestones of a parcel: public, for whoever has its number.
#[server(name = ReadParcel, prefix = "/tracking/api", endpoint = "read_parcel", input = PostUrl)]
pub async fn read_parcel(#[server(default)] tracking_number: String) -> Result<ShipmentView, Failed> {
    let call = call()?;
    let found = crate::web::load::parcel_view(&call.app, &call.visit, &tracking_number).await.map_err(failed)?;
    found.map(|shown| shown.view).ok_or_else(not_found)
}

/// "Did you mean gmail.com?", from the text alone.
pub fn slip_in(contact: &str) -> Option<String> {
    let domain = likely_domain(contact)?;
    let (mailbox, _) = contact.rsplit_once('@')?;
    Some(format!("{}@{domain}", mailbox.trim()))
}
