//! What the pages show, as serialisable values: every text is already in the shopper's words and language.
//!
//! Server functions return these; components lay them out and decide nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A name of the vocabulary, for machines: of a status, a step, a cause.
pub type Name = Cow<'static, str>;

/// An order as one browser may see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderView {
    /// As the shopper reads it in the mail: "#1001".
    pub order_number: String,
    /// The answer, in one sentence, over all parcels.
    pub headline: String,
    /// What it means and what to do, where there is more to say.
    pub explanation: Option<String>,
    /// "Placed on 3 November".
    pub placed: Option<TimeView>,
    /// Parcels, what needs the shopper first.
    pub shipments: Vec<ShipmentView>,
    /// Progress of the order as a whole, shown while nothing has shipped.
    pub progress: Vec<StepView>,
    /// The window promised for what has not shipped yet.
    pub window: Option<WindowView>,
    /// What is still to ship.
    pub unshipped: Vec<ItemView>,
    pub address: Option<AddressView>,
    /// True when the grant covers a summary only: stage and day, nothing else.
    pub summary_only: bool,
    /// Path of the calendar entry.
    pub calendar: Option<String>,
    /// Path of the live updates.
    pub live: Option<String>,
    /// What goes with it; nothing while anything is wrong.
    pub recommendations: Option<RecommendationsView>,
    /// Answers from this order's own facts, and the way to the shop. `None` for a summary.
    pub help: Option<HelpView>,
}

/// Help with one order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HelpView {
    pub questions: Vec<QuestionView>,
    pub contact: ContactView,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// `where`, `when`, `address`, …: what its openings are counted as.
    pub cause: Name,
    pub question: String,
    pub answers: Vec<String>,
    /// Of the shop's own pages, where one fits.
    pub link: Option<LinkView>,
    /// Where to write about it, when that was no answer.
    pub more: String,
}

/// The way to the shop, with everything it would ask for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactView {
    /// "Your message carries order #1001 and the last update …"
    pub handover: String,
    /// The shop's own contact page, over a path that counts; else there is the form.
    pub page: Option<LinkView>,
    pub form: Option<CaseFormView>,
    /// A mail with order, parcel and last update in it.
    pub mail: Option<LinkView>,
    /// Cases so far, and how they stand.
    pub told: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseFormView {
    /// Path the form is posted to.
    pub path: String,
    pub order_number: String,
    /// Ids of parcels and what they are called; the first stands for the order where there is none.
    pub parcels: Vec<(String, String)>,
    /// Something of the order has come, and can be damaged or missing.
    pub has_delivered: bool,
}

/// "It says delivered, but I do not have it."
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NotReceivedView {
    /// What the carrier says of the delivery: when, where, to whom.
    pub facts: Vec<String>,
    /// The carrier's picture, as a link: never loaded by the page.
    pub photo: Option<String>,
    pub path: String,
    pub order_number: String,
    pub shipment: String,
    /// It was said, and this is how it stands.
    pub told: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecommendationsView {
    pub heading: String,
    pub products: Vec<ProductView>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductView {
    pub id: String,
    pub title: String,
    /// Path that counts the click and leads to the shop.
    pub href: String,
    /// Path of its picture; empty where it has none but others do, `None` where none has one.
    pub picture: Option<String>,
    pub price: Option<String>,
    /// "Often bought with Reading lamp".
    pub reason: Option<String>,
}

/// One parcel, on the order page or on its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ShipmentView {
    pub tracking_number: String,
    /// `milestone.detail`.
    pub status: Name,
    /// "Parcel 1 of 2"; `None` when it is the only one.
    pub position: Option<String>,
    pub headline: String,
    pub explanation: Option<String>,
    pub window: Option<WindowView>,
    /// How the window moved and why, oldest first; empty where it never did.
    pub moves: Vec<MoveView>,
    pub progress: Vec<StepView>,
    pub incident: Option<IncidentView>,
    /// Newest first; folded ones included.
    pub events: Vec<EventView>,
    /// Where it has been; only with two known places or more.
    pub journey: Option<JourneyView>,
    pub carrier: String,
    /// The carrier's own page for this number.
    pub carrier_link: Option<String>,
    pub carrier_phone: Option<String>,
    /// "UPS scanned 2 h ago · checked 4 min ago".
    pub freshness: Option<String>,
    pub pickup: Option<PickupView>,
    pub proof: Option<ProofView>,
    pub items: Vec<ItemView>,
    /// How it went; only of a parcel that has arrived, or will not come.
    pub feedback: Option<FeedbackView>,
    pub not_received: Option<NotReceivedView>,
}

/// The question how a delivery went, and the answer so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FeedbackView {
    /// Id of the parcel.
    pub shipment: String,
    pub heading: String,
    /// The one of the page's forms that a message's link means.
    pub leads: bool,
    /// What the form is filled in with.
    pub rating: Option<u8>,
    pub reasons: Vec<String>,
    pub comment: String,
    /// `link` when a message's link filled the rating in.
    pub via: Option<String>,
    /// What was wrong with what was sent.
    pub notice: Option<String>,
    pub answered: Option<FeedbackAnsweredView>,
}

/// What is said to an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FeedbackAnsweredView {
    pub thanks: String,
    /// It may still be changed.
    pub is_open: bool,
    pub words: Option<String>,
    /// The brand's review page, or its help.
    pub action: Option<LinkView>,
    /// The case that a bad rating opened.
    pub case: Option<String>,
    pub photo: Option<PhotoFormView>,
    pub updates: Option<UpdatesQuestionView>,
}

/// The form for a photo of the damage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PhotoFormView {
    /// Path the form is posted to.
    pub path: String,
    /// One is there already.
    pub is_kept: bool,
    /// Why the last one was not taken.
    pub notice: Option<String>,
}

/// Whether the updates were right, asked with one tap.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdatesQuestionView {
    /// What was answered.
    pub answered: Option<String>,
}

/// When a parcel should come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WindowView {
    /// "Thursday 8 – Friday 9 October".
    pub text: String,
    /// ISO dates (or RFC 3339 where an hour is known), for `<time datetime>`.
    pub from: String,
    pub to: String,
    /// The two ends in words; `to_text` is `None` for a single day.
    pub from_text: String,
    pub to_text: Option<String>,
    /// Who says so: "from UPS", "promised by the shop".
    pub basis: Option<String>,
    /// The day that was said before and has passed: "It should have come on Tuesday."
    pub passed: Option<String>,
    /// The day has passed: it is late.
    pub overdue: bool,
}

/// One window that was said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveView {
    pub on: TimeView,
    pub window: String,
    /// "held at customs".
    pub reason: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Current,
    #[default]
    Ahead,
}

/// One of the five steps of the progress indicator.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// `ordered`, `processing`, `shipped`, `out_for_delivery` or `delivered`.
    pub step: Name,
    pub label: String,
    pub state: StepState,
    /// When it was reached, where known.
    pub reached: Option<TimeView>,
    /// Something is wrong at this step.
    pub trouble: bool,
}

/// A time, for machines and in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeView {
    /// For `<time datetime>`: RFC 3339 with offset, a local time, or a date: as precise as it is known.
    pub datetime: String,
    pub text: String,
}

/// One update, in plain words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EventView {
    pub status: Name,
    pub text: String,
    /// "Thursday 8 October"; events are grouped by it.
    pub day: String,
    /// The time of day; empty text when only the day is known.
    pub time: TimeView,
    /// Says so when nobody knows the zone of the time.
    pub zone_note: Option<String>,
    pub place: Option<String>,
    /// Noise, behind "all updates".
    pub folded: bool,
    /// It changed what to expect.
    pub stands_out: bool,
}

/// A map and the same in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct JourneyView {
    /// "From Louisville to Chicago, where it was last seen."
    pub caption: String,
    /// The places in the order in which it came by.
    pub names: Vec<String>,
    /// A finished SVG, put into the page as it stands.
    pub drawing: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentView {
    /// `customs_hold`, `weather`, …: for support scripts and styles.
    pub kind: String,
    /// `watch`, `tell` or `act`.
    pub level: String,
    pub what: String,
    pub means: Option<String>,
    pub next: Option<String>,
    /// How it usually ends, where history tells.
    pub usually: Option<String>,
    /// What the shopper can do, as a sentence.
    pub advice: Option<String>,
    /// The way to the brand's help.
    pub action: Option<LinkView>,
    /// What the shopper can ask for right here.
    pub form: Option<IncidentFormView>,
    /// What the shopper asked for, and how that stands.
    pub request: Option<RequestView>,
}

/// One request, sent by a plain form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentFormView {
    /// Path the form is posted to.
    pub path: String,
    pub order_number: String,
    pub shipment: String,
    pub kind: String,
    /// Tells this incident from others of its kind.
    pub cause: String,
    /// `correct_address`, `leave_at`, `choose_pickup`, `reship`, `refund` or `credit`.
    pub action: String,
    pub label: String,
    pub button: String,
    pub text_is_required: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RequestView {
    pub action: String,
    /// `open`, `done` or `declined`.
    pub state: String,
    /// ISO date by which it is answered.
    pub answer_by: String,
    pub text: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkView {
    pub text: String,
    pub href: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PickupView {
    pub name: Option<String>,
    pub address: Option<String>,
    pub hours: Option<String>,
    /// "Please collect it by Friday 9 October".
    pub until: Option<String>,
    pub code: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ProofView {
    /// "Signed for by M. Rossi".
    pub signed_by: Option<String>,
    /// The carrier's picture, as a link: never loaded by the page.
    pub photo: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemView {
    pub sku: String,
    pub title: String,
    pub variant: Option<String>,
    pub quantity: i64,
    /// "€ 39.00", for the line.
    pub price: Option<String>,
    /// "ships by Friday 9 October", for what is still to ship.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AddressView {
    pub lines: Vec<String>,
    /// Only the town and the end of the postcode are shown; says how to see the rest.
    pub hidden_note: Option<String>,
}

/// One of a contact's orders.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderSummaryView {
    pub order_number: String,
    pub href: String,
    pub headline: String,
    pub placed: Option<TimeView>,
    pub items: String,
    /// `milestone.detail` of what leads.
    pub status: Name,
}
