//! What went wrong with a parcel, as its page tells it: the worst incident, and the one thing to ask for.

use jiff::civil::Date;

use crate::access::grant::Scope;
use crate::orders::aftercare::Cause;
use crate::portal::view::{IncidentFormView, IncidentView, LinkView, RequestView};
use crate::store::orders::{OrderRecord, ShipmentRecord};
use crate::tracking::incident::OpenIncident;
use crate::tracking::summary::Summary;
use crate::tracking::way_out::{self, AnswerState, Request, WayOut};
use crate::tracking::wording::{Arg, Facts, whole_sentence};

use super::Viewer;

/// Without what only the shopper may ask for.
pub(super) fn as_anyone_may_see(incident: IncidentView) -> IncidentView {
    IncidentView { advice: None, action: None, form: None, request: None, ..incident }
}

impl Viewer<'_> {
    pub(super) fn incident(
        &self,
        shipment: &ShipmentRecord,
        order: Option<&OrderRecord>,
        summary: &Summary,
    ) -> Option<IncidentView> {
        let worst = summary.incidents.first()?;
        let today = self.today();
        let on = self.began_on(summary, worst);
        let words = self.with_facts(shipment, |facts| self.words.incident(worst.kind, &Facts { on, ..*facts }, today));
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let offered = way_out::primary(worst.kind, &self.brand.incidents.ways_out)
            .filter(|_| worst.request.is_none() && self.scope >= Scope::Town);
        let form = offered.zip(order).map(|(way, order)| self.request_form(way, order, shipment, worst));
        let link = order.filter(|_| form.is_none() && worst.request.is_none()).and_then(|order| {
            let contact = self.brand.links.contact.as_ref().map(|_| self.contact_path(order, Cause::Where));
            let form = || (self.scope >= Scope::Town).then(|| "#contact".to_owned());
            contact.or_else(form).or_else(|| self.brand.links.help.clone())
        });
        Some(IncidentView {
            kind: worst.kind.as_str().to_owned(),
            level: worst.level.as_str().to_owned(),
            what: words.happened.clone(),
            means: some(&whole_sentence(&words.date)),
            next: some(&words.next),
            usually: worst.usually.map(|usually| {
                let args = [("days", Arg::Number(usually.days)), ("share", Arg::Number(usually.share))];
                self.words.say("incident-usually", &args)
            }),
            advice: some(&words.action).filter(|_| form.is_some() || link.is_some()),
            action: link.map(|href| LinkView { text: self.words.text("action-contact").to_owned(), href }),
            request: worst.request.filter(|_| order.is_some()).map(|request| self.request(request, today)),
            form,
        })
    }

    /// The local day on which an incident began: that of its event, where there is one.
    pub(super) fn began_on(&self, summary: &Summary, incident: &OpenIncident) -> Option<Date> {
        let event = summary.events.iter().rev().find(|shown| shown.update.sort_instant() == incident.began_at);
        Some(match event {
            Some(shown) => self.local(&shown.update).local.date(),
            None => incident.began_at.to_zoned(self.zone()).date(),
        })
    }

    fn request_form(
        &self,
        way: WayOut,
        order: &OrderRecord,
        shipment: &ShipmentRecord,
        incident: &OpenIncident,
    ) -> IncidentFormView {
        IncidentFormView {
            path: format!("{}/api/answer_incident", self.brand.base_path),
            order_number: order.order_key.clone(),
            shipment: shipment.shipment_id.to_string(),
            kind: incident.kind.as_str().to_owned(),
            cause: incident.cause.clone(),
            action: way.as_str().to_owned(),
            label: self.words.text(way.text_message()).to_owned(),
            button: self.words.text(&way.message()).to_owned(),
            text_is_required: way.needs_text(),
        }
    }

    fn request(&self, request: Request, today: Date) -> RequestView {
        let day = self.words.day(request.answer_by, today);
        RequestView {
            action: request.way_out.as_str().to_owned(),
            state: request.state.as_str().to_owned(),
            answer_by: request.answer_by.to_string(),
            text: match request.state {
                AnswerState::Open => self.words.say("action-sent", &[("day", (&day).into())]),
                AnswerState::Done => self.words.text("action-state-done").to_owned(),
                AnswerState::Declined => self.words.text("action-state-declined").to_owned(),
            },
        }
    }
}
