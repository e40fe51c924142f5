//! What a shopper turns to the shop with: a case with order, parcel and last update in it, so that nobody asks for them.

use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos_axum::ResponseOptions;

use crate::access::grant::Scope;
use crate::orders::aftercare::{Cause, plain_text};
use crate::orders::contact::Contact;
use crate::portal::mail::case_message;
use crate::portal::show::Viewer;
use crate::portal::show::help::{is_delivered, last_update};
use crate::store::cases::{self, About, Asked, Opened};
use crate::store::limits::Limit;
use crate::store::orders::{OrderRecord, ShipmentRecord};
use crate::store::{Urgency, messages, orders};
use crate::tracking::calendar::Calendar;
use crate::tracking::way_out;
use crate::web::inquiries;
use crate::web::load;

use super::{Answer, Call, Failed, call, failed, not_found};

/// Messages to the shop about one order: past these the case is kept and nobody is woken for it.
const ORDER_CASES: Limit = Limit { bucket: "case_messages", burst: 10, every: SignedDuration::from_mins(30) };

/// Opens a case, tells the shop, and leads back to the page that shows it. The same again is the same case.
#[server(name = OpenCase, prefix = "/tracking/api", endpoint = "open_case", input = PostUrl)]
pub async fn open_case(
    #[server(default)] order_number: String,
    #[server(default)] shipment: String,
    #[server(default)] cause: String,
    #[server(default)] text: String,
) -> Result<Answer, Failed> {
    let call = call()?;
    let granted = load::granted(&call.app, &call.visit, &order_number).await.map_err(failed)?;
    let Some(granted) = granted.filter(|granted| granted.scope >= Scope::Town) else { return Err(not_found()) };
    let Some(cause) = Cause::read(&cause).filter(|cause| cause.is_chosen()) else { return Err(not_found()) };
    let text = plain_text(&text);
    let (store, brand, now) = (&call.app.store, call.visit.live.id, call.app.now());
    let mut conn = store.write(Urgency::Shopper).await.map_err(failed)?;
    let order = orders::order(&mut conn, store.vault(), brand, granted.key.key()).await.map_err(failed)?;
    let Some(order) = order else { return Err(not_found()) };
    let Some(parcel) = parcel_of(&order, &shipment, cause) else { return Err(not_found()) };
    let about = About { brand, order: order.order_id, shipment: parcel.map(|parcel| parcel.shipment_id), cause };
    let answer_by = call.answer_by();
    let opened = cases::open(&mut conn, store.vault(), &about, &text, answer_by, now).await.map_err(failed)?;
    if opened == Opened::Anew {
        cases::count(&mut conn, brand, call.today(), cause, Asked::Inquired).await.map_err(failed)?;
    }
    if opened != Opened::AsBefore
        && call.is_within(&mut conn, ORDER_CASES, order.order_id.0.as_bytes()).await.map_err(failed)?
        && let Some(message) = call.case_for_the_shop(&order, parcel, cause, &text, answer_by)
    {
        messages::enqueue(&mut conn, store.vault(), brand, &message, true, now).await.map_err(failed)?;
    }
    conn.commit().await.map_err(failed)?;
    if opened == Opened::Anew {
        inquiries::counted(Asked::Inquired, cause);
    }
    // The page that the answer leads to shows it: nothing that was kept before it may stand in its way.
    call.app.kept.heed(&crate::store::changes::Change::Order(brand, order.order_id));
    let place = match (cause, parcel) {
        (Cause::NotReceived, Some(parcel)) => format!("not-received-{}", parcel.shipment_id),
        _ => "contact".to_owned(),
    };
    call.go(call.path(&format!("/orders/{}#{place}", order.order_key)), [])
}

/// Counts that an answer on the page was opened. Told by the browser part; nothing of whom is kept.
#[server(name = HelpOpened, prefix = "/tracking/api", endpoint = "help_opened", input = PostUrl)]
pub async fn help_opened(#[server(default)] cause: String) -> Result<(), Failed> {
    let call = call()?;
    let Some(cause) = Cause::read(&cause).filter(|cause| cause.is_chosen()) else { return Err(not_found()) };
    // Only who may see an order has such answers before them.
    let session = load::session(&call.app, &call.visit).await.map_err(failed)?;
    if !session.grants.iter().any(|grant| grant.is_active(call.app.now())) {
        return Err(not_found());
    }
    let mut conn = call.app.store.write(Urgency::Shopper).await.map_err(failed)?;
    cases::count(&mut conn, call.visit.live.id, call.today(), cause, Asked::Opened).await.map_err(failed)?;
    conn.commit().await.map_err(failed)?;
    inquiries::counted(Asked::Opened, cause);
    expect_context::<ResponseOptions>().set_status(StatusCode::NO_CONTENT);
    Ok(())
}

/// The parcel that a case names: `Some(None)` for the order as a whole, `None` for what cannot be.
fn parcel_of<'a>(order: &'a OrderRecord, named: &str, cause: Cause) -> Option<Option<&'a ShipmentRecord>> {
    if named.is_empty() {
        return (cause != Cause::NotReceived).then_some(None);
    }
    let parcel = order.shipments.iter().find(|parcel| parcel.shipment_id.to_string() == named)?;
    (cause != Cause::NotReceived || is_delivered(parcel)).then_some(Some(parcel))
}

impl Call {
    pub(super) fn today(&self) -> Date {
        let zone = TimeZone::get(&self.visit.live.brand.time_zone).unwrap_or(TimeZone::UTC);
        self.app.now().to_zoned(zone).date()
    }

    /// The shop answers on its own working days.
    pub(super) fn answer_by(&self) -> Date {
        let brand = &self.visit.live.brand;
        way_out::answer_by(Calendar::of_country(&brand.region), self.today(), brand.incidents.answer_within_days)
    }

    fn case_for_the_shop(
        &self,
        order: &OrderRecord,
        parcel: Option<&ShipmentRecord>,
        cause: Cause,
        text: &str,
        answer_by: Date,
    ) -> Option<messages::OutgoingMessage> {
        let live = &self.visit.live;
        let mailbox = Contact::email(live.brand.links.email.as_deref()?)?;
        // The shop's own language, not the shopper's.
        let words = live.speaker(*live.locales.first()?);
        let viewer = Viewer::new(&live.brand, &words, Scope::Town, self.app.now());
        // Of the parcel it is about, where it is about one.
        let mut meant = order.clone();
        if let Some(parcel) = parcel {
            meant.shipments.retain(|other| other.shipment_id == parcel.shipment_id);
        }
        let shown = viewer.order(&meant, None, None).view;
        let update = last_update(&shown).unwrap_or(shown.headline);
        let number = parcel.map_or("–", |parcel| parcel.tracking_number.as_str());
        Some(case_message(&words, &mailbox, &order.order_number, number, cause, &update, text, answer_by))
    }
}

#[cfg(test)]
mod tests;
