//! What a shopper asks for when something is wrong with a parcel.

use axum::http::StatusCode;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos_axum::ResponseOptions;

use crate::access::grant::Scope;
use crate::orders::contact::Contact;
use crate::portal::mail::request_message;
use crate::store::incidents::{self, About};
use crate::store::orders::{OrderRecord, ShipmentRecord};
use crate::store::{Urgency, ingest, messages, orders};
use crate::tracking::calendar::Calendar;
use crate::tracking::incident::OpenIncident;
use crate::tracking::way_out::{self, AnswerState, Request, WayOut};
use crate::web::load;

use super::{Answer, Call, Failed, call, failed, not_found};

/// Characters of a request; the form allows no more.
const MOST_CHARACTERS: usize = 1_000;

/// Keeps what the shopper asks for because of one incident, and tells the shop. Asking again is the same request.
#[server(name = AnswerIncident, prefix = "/tracking/api", endpoint = "answer_incident", input = PostUrl)]
pub async fn answer_incident(
    #[server(default)] order_number: String,
    #[server(default)] shipment: String,
    #[server(default)] kind: String,
    #[server(default)] cause: String,
    #[server(default)] action: String,
    #[server(default)] text: String,
) -> Result<Answer, Failed> {
    let call = call()?;
    let granted = load::granted(&call.app, &call.visit, &order_number).await.map_err(failed)?;
    let Some(granted) = granted.filter(|granted| granted.scope >= Scope::Town) else { return Err(not_found()) };
    let page = call.path(&format!("/orders/{}", granted.key.key()));
    let text: String = text.trim().chars().take(MOST_CHARACTERS).collect();
    let (store, brand, now) = (&call.app.store, call.visit.live.id, call.app.now());
    let mut conn = store.write(Urgency::Shopper).await.map_err(failed)?;
    let order = orders::order(&mut conn, store.vault(), brand, granted.key.key()).await.map_err(failed)?;
    let Some(order) = order else { return Err(not_found()) };
    let Some((parcel, incident)) = find(&order, &shipment, &kind, &cause) else {
        // It was solved while the form stood open: the page says how it is now.
        return call.go(page, []);
    };
    let offered = way_out::primary(incident.kind, &call.visit.live.brand.incidents.ways_out);
    let Some(way) = WayOut::read(&action).filter(|way| Some(*way) == offered) else { return Err(not_found()) };
    if way.needs_text() && text.is_empty() {
        if call.is_json {
            expect_context::<ResponseOptions>().set_status(StatusCode::UNPROCESSABLE_ENTITY);
        }
        return call.go(format!("{page}#request-{}", parcel.shipment_id), []);
    }
    let request = call.request(way);
    let about = About { brand, shipment: parcel.shipment_id, kind: incident.kind, cause: &incident.cause };
    let is_first =
        incidents::keep_request(&mut conn, store.vault(), about, &request, &text, now).await.map_err(failed)?;
    if is_first {
        if let Some(message) = call.message_to_the_shop(&order, parcel, &request, &text) {
            messages::enqueue(&mut conn, store.vault(), brand, &message, true, now).await.map_err(failed)?;
        }
        ingest::refold(&mut conn, brand, &[parcel.shipment_id], now).await.map_err(failed)?;
    }
    conn.commit().await.map_err(failed)?;
    // The page that the answer leads to shows it: nothing that was kept before it may stand in its way.
    call.app.kept.heed(&crate::store::changes::Change::Order(brand, order.order_id));
    call.go(page, [])
}

/// The incident of one of the order's parcels, if the shopper is told of it.
fn find<'a>(
    order: &'a OrderRecord,
    shipment: &str,
    kind: &str,
    cause: &str,
) -> Option<(&'a ShipmentRecord, &'a OpenIncident)> {
    let parcel = order.shipments.iter().find(|parcel| parcel.shipment_id.to_string() == shipment)?;
    let told = &parcel.summary.as_ref()?.incidents;
    let incident = told.iter().find(|incident| incident.kind.as_str() == kind && incident.cause == cause)?;
    Some((parcel, incident))
}

impl Call {
    fn request(&self, way_out: WayOut) -> Request {
        let brand = &self.visit.live.brand;
        let zone = TimeZone::get(&brand.time_zone).unwrap_or(TimeZone::UTC);
        let today = self.app.now().to_zoned(zone).date();
        // The shop answers on its own working days.
        let calendar = Calendar::of_country(&brand.region);
        let answer_by = way_out::answer_by(calendar, today, brand.incidents.answer_within_days);
        Request { way_out, state: AnswerState::Open, answer_by }
    }

    fn message_to_the_shop(
        &self,
        order: &OrderRecord,
        parcel: &ShipmentRecord,
        request: &Request,
        text: &str,
    ) -> Option<messages::OutgoingMessage> {
        let live = &self.visit.live;
        let mailbox = Contact::email(live.brand.links.email.as_deref()?)?;
        // The shop's own language, not the shopper's.
        let words = live.speaker(*live.locales.first()?);
        Some(request_message(&words, &mailbox, &order.order_number, &parcel.tracking_number, request, text))
    }
}

#[cfg(test)]
mod tests;
