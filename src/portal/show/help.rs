//! Answers to what shoppers ask, from what is known of this very order; and the way to the shop, with all it would ask for.

use crate::access::grant::Scope;
use crate::orders::aftercare::{Case, CaseState, Cause};
use crate::portal::view::{
    CaseFormView, ContactView, EventView, HelpView, LinkView, NotReceivedView, OrderView, QuestionView, ShipmentView,
};
use crate::store::orders::{OrderRecord, ShipmentRecord};
use crate::tracking::status::{Milestone, Status};
use crate::web::visit::percent_encoded;

use super::Viewer;

impl Viewer<'_> {
    /// `None` for who sees a summary only.
    pub(super) fn help(&self, order: &OrderRecord, view: &OrderView) -> Option<HelpView> {
        if self.scope < Scope::Town {
            return None;
        }
        let questions =
            Cause::ALL.iter().filter_map(|cause| self.question(*cause, order, view)).collect::<Vec<QuestionView>>();
        Some(HelpView { questions, contact: self.contact(order, view) })
    }

    /// `None` where an order is past the question.
    fn question(&self, cause: Cause, order: &OrderRecord, view: &OrderView) -> Option<QuestionView> {
        let has_arrived = !order.shipments.is_empty() && order.shipments.iter().all(is_delivered);
        let any_arrived = order.shipments.iter().any(is_delivered);
        let is_cancelled = order.steps().cancelled_at.is_some();
        let answers = match cause {
            Cause::Where => self.where_it_is(view),
            Cause::When if !has_arrived && !is_cancelled => self.when_it_comes(view),
            Cause::Address if !has_arrived && !is_cancelled => self.whether_the_address_changes(order, view),
            Cause::NobodyHome if !has_arrived && !is_cancelled => self.nobody_home(view),
            Cause::Damaged if any_arrived => vec![self.text("help-answer-damaged")],
            Cause::Missing if any_arrived => self.what_is_missing(order, view, has_arrived),
            Cause::Return if any_arrived => vec![self.text("help-answer-return")],
            _ => return None,
        };
        let returns = self.brand.links.returns.clone().filter(|_| cause == Cause::Return);
        Some(QuestionView {
            cause: cause.as_str().into(),
            question: self.text(cause.message()),
            answers,
            link: returns.map(|href| LinkView { text: self.text("help-policy"), href }),
            more: match self.brand.links.contact {
                Some(_) => self.contact_path(order, cause),
                None => "#contact".to_owned(),
            },
        })
    }

    fn text(&self, id: &str) -> String {
        self.words.text(id).to_owned()
    }

    fn where_it_is(&self, view: &OrderView) -> Vec<String> {
        let mut answers = vec![view.headline.clone()];
        answers.extend(
            last_update(view).map(|update| self.words.say("help-last-update", &[("update", (&update).into())])),
        );
        answers.extend(view.shipments.first().and_then(|parcel| parcel.freshness.clone()));
        answers
    }

    fn when_it_comes(&self, view: &OrderView) -> Vec<String> {
        let windows = view.shipments.iter().filter_map(|parcel| parcel.window.as_ref()).chain(&view.window);
        let mut answers: Vec<String> = windows
            .map(|window| {
                let days = [Some(window.text.as_str()), window.basis.as_deref()];
                let days = days.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                self.words.say("help-answer-when", &[("window", (&days).into())])
            })
            .collect();
        answers.dedup();
        if answers.is_empty() {
            answers.push(self.text("help-answer-when-unknown"));
        }
        answers
    }

    fn whether_the_address_changes(&self, order: &OrderRecord, view: &OrderView) -> Vec<String> {
        let is_too_late = order.shipments.iter().any(|parcel| milestone_of(parcel) == Some(Milestone::OutForDelivery));
        let place = view.address.as_ref().map(|address| address.lines.join(", ")).filter(|place| !place.is_empty());
        let mut answers: Vec<String> = place
            .map(|place| self.words.say("help-answer-goes-to", &[("place", (&place).into())]))
            .into_iter()
            .collect();
        answers.push(self.text(if is_too_late { "help-answer-address-late" } else { "help-answer-address" }));
        answers
    }

    fn nobody_home(&self, view: &OrderView) -> Vec<String> {
        let pickup = view.shipments.iter().find_map(|parcel| parcel.pickup.as_ref());
        let waits = pickup.and_then(|pickup| {
            let place = [pickup.name.as_deref(), pickup.address.as_deref()];
            let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
            (!place.is_empty()).then(|| self.words.say("help-answer-pickup", &[("place", (&place).into())]))
        });
        let until = pickup.and_then(|pickup| pickup.until.clone());
        match waits {
            Some(waits) => std::iter::once(waits).chain(until).collect(),
            None => vec![self.text("help-answer-nobody-home")],
        }
    }

    fn what_is_missing(&self, order: &OrderRecord, view: &OrderView, has_arrived: bool) -> Vec<String> {
        let waiting = order.shipments.iter().filter(|parcel| !is_delivered(parcel));
        let riding = waiting.flat_map(|parcel| {
            let own = |id: &String| order.items.iter().find(|item| item.line_item_id == *id);
            parcel.items.iter().filter_map(move |(id, _)| own(id)).map(|item| item.title.clone())
        });
        let mut to_come: Vec<String> = riding.chain(view.unshipped.iter().map(|item| item.title.clone())).collect();
        to_come.dedup();
        let mut answers = Vec::new();
        if !to_come.is_empty() {
            let items = to_come.join(", ");
            answers.push(self.words.say("help-answer-still-to-come", &[("items", (&items).into())]));
        } else if has_arrived {
            answers.push(self.text("help-answer-all-here"));
        }
        answers.push(self.text("help-answer-missing"));
        answers
    }

    pub(super) fn contact_path(&self, order: &OrderRecord, cause: Cause) -> String {
        format!("{}/orders/{}/contact?about={}", self.brand.base_path, order.order_key, cause.as_str())
    }

    fn contact(&self, order: &OrderRecord, view: &OrderView) -> ContactView {
        let links = &self.brand.links;
        let page = links
            .contact
            .as_ref()
            .map(|_| LinkView { text: self.text("help-contact"), href: self.contact_path(order, Cause::Other) });
        let told = order.shipments.iter().flat_map(|parcel| &parcel.cases).chain(&order.cases);
        // What is said where it belongs is not said twice.
        let told = told.filter(|case| !matches!(case.cause, Cause::NotReceived | Cause::Rating));
        ContactView {
            handover: self.words.say("help-handover", &[("number", (&order.order_number).into())]),
            form: page.is_none().then(|| self.case_form(order, view)),
            page,
            mail: links.email.as_ref().map(|email| LinkView {
                text: self.words.say("help-email", &[("email", email.into())]),
                href: self.mail_with_handover(email, order, view),
            }),
            told: told.filter_map(|case| self.case(case)).collect(),
        }
    }

    fn case_form(&self, order: &OrderRecord, view: &OrderView) -> CaseFormView {
        let whole = (String::new(), self.text("help-contact-whole"));
        let parcels = view.shipments.iter().filter_map(|shown| {
            let kept = order.shipments.iter().find(|kept| kept.tracking_number == shown.tracking_number)?;
            let name = shown.position.as_ref().map(|position| format!("{position}: {}", shown.headline));
            Some((kept.shipment_id.to_string(), name.unwrap_or_else(|| shown.headline.clone())))
        });
        let mut parcels: Vec<(String, String)> = parcels.collect();
        if parcels.len() != 1 {
            parcels.push(whole);
        }
        CaseFormView {
            path: format!("{}/api/open_case", self.brand.base_path),
            order_number: order.order_key.clone(),
            parcels,
            has_delivered: order.shipments.iter().any(is_delivered),
        }
    }

    fn mail_with_handover(&self, email: &str, order: &OrderRecord, view: &OrderView) -> String {
        let subject = self.words.say("help-mail-subject", &[("number", (&order.order_number).into())]);
        let mut lines = vec![String::new(), String::new(), "--".to_owned(), subject.clone()];
        for parcel in view.shipments.iter().filter(|parcel| !parcel.tracking_number.is_empty()) {
            lines.push(self.words.say("help-mail-parcel", &[("number", (&parcel.tracking_number).into())]));
        }
        let update = last_update(view).unwrap_or_else(|| view.headline.clone());
        lines.push(self.words.say("help-last-update", &[("update", (&update).into())]));
        let body = plain(&lines.join("\r\n"));
        format!("mailto:{email}?subject={}&body={}", percent_encoded(&plain(&subject)), percent_encoded(&body))
    }

    /// How a case stands. `None` for one that was taken back.
    pub(super) fn case(&self, case: &Case) -> Option<String> {
        let cause = self.text(case.cause.message());
        let day = self.words.day(case.answer_by, self.today());
        match (case.state, case.cause) {
            (CaseState::Withdrawn, _) => None,
            (CaseState::Open, Cause::Rating) => Some(self.words.say("feedback-case", &[("day", (&day).into())])),
            (CaseState::Open, _) => {
                Some(self.words.say("case-open", &[("cause", (&cause).into()), ("day", (&day).into())]))
            }
            (CaseState::Done, _) => Some(self.words.say("case-done", &[("cause", (&cause).into())])),
        }
    }

    /// Only of a parcel that is said to be delivered.
    pub(super) fn not_received(
        &self,
        order: &OrderRecord,
        shipment: &ShipmentRecord,
        view: &ShipmentView,
    ) -> Option<NotReceivedView> {
        if self.scope < Scope::Town || !is_delivered(shipment) {
            return None;
        }
        let scan = view.events.iter().find(|event| is_delivery(event));
        let signed_by = view.proof.as_ref().and_then(|proof| proof.signed_by.clone());
        let told = shipment.cases.iter().find(|case| case.cause == Cause::NotReceived);
        Some(NotReceivedView {
            facts: scan.map(said).into_iter().chain(signed_by).collect(),
            photo: view.proof.as_ref().and_then(|proof| proof.photo.clone()),
            path: format!("{}/api/open_case", self.brand.base_path),
            order_number: order.order_key.clone(),
            shipment: shipment.shipment_id.to_string(),
            told: told.and_then(|case| self.case(case)),
        })
    }
}

fn milestone_of(parcel: &ShipmentRecord) -> Option<Milestone> {
    parcel.summary.as_ref().map(|summary| summary.progress.status.milestone())
}

pub fn is_delivered(parcel: &ShipmentRecord) -> bool {
    milestone_of(parcel) == Some(Milestone::Delivered)
}

fn is_delivery(event: &EventView) -> bool {
    event.status.parse().is_ok_and(|status: Status| status.milestone() == Milestone::Delivered)
}

/// The newest thing said of the parcel that needs the shopper most.
pub fn last_update(view: &OrderView) -> Option<String> {
    view.shipments.iter().find_map(|parcel| parcel.events.first()).map(said)
}

fn said(event: &EventView) -> String {
    let when = [event.day.as_str(), event.time.text.as_str()];
    let when = when.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let parts = [Some(event.text.as_str()), event.place.as_deref(), Some(when.as_str())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Without the marks that keep a value's direction on a page: a mail program shows them as boxes.
fn plain(text: &str) -> String {
    text.replace(|c| matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'), "")
}
