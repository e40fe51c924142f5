//! What went wrong, what it means for the date, the one thing the shopper can do, what happens next: in this order, so that
//! the first three stand on a phone's first screen.

use leptos::prelude::*;

use super::Written;
use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::{IncidentFormView, IncidentView, RequestView};

pub(in crate::portal) fn incident(context: &PageContext, incident: &IncidentView, level: u8) -> impl IntoView + use<> {
    let action = incident.action.as_ref().map(|action| {
        view! {
            <p class="actions">
                <a class="button" href=action.href.clone()>{action.text.clone()}</a>
            </p>
        }
    });
    let advice = incident.advice.clone().filter(|_| action.is_some());
    view! {
        <section
            class="incident"
            data-part="incident"
            data-kind=incident.kind.clone()
            data-level=incident.level.clone()
            id=incident.form.as_ref().map(|form| format!("incident-{}", form.shipment))
        >
            {heading(level, incident.what.clone())}
            {incident.means.clone().map(|means| view! { <p class="means">{means}</p> })}
            {action}
            {incident.form.as_ref().map(|form| request_form(context, form, incident.advice.clone()).written())}
            {incident.request.as_ref().map(|request| asked(request).written())}
            {advice.map(|advice| view! { <p>{advice}</p> })}
            {incident.next.clone().map(|next| view! { <p>{next}</p> })}
            {incident.usually.clone().map(|usually| view! { <p class="hint">{usually}</p> })}
        </section>
    }
}

/// The one thing that can be asked for, behind a button that opens it. What is sent names the incident, so that sending it
/// twice is sending it once.
fn request_form(context: &PageContext, form: &IncidentFormView, advice: Option<String>) -> impl IntoView + use<> {
    let id = format!("request-{}", form.shipment);
    view! {
        <details class="way-out" id=format!("way-out-{}", form.shipment)>
        <summary class="button">{form.button.clone()}</summary>
        <form method="post" action=form.path.clone() data-part="incident-answer" data-action=form.action.clone()>
            {advice.map(|advice| view! { <p>{advice}</p> })}
            <input type="hidden" name="order_number" value=form.order_number.clone() />
            <input type="hidden" name="shipment" value=form.shipment.clone() />
            <input type="hidden" name="kind" value=form.kind.clone() />
            <input type="hidden" name="cause" value=form.cause.clone() />
            <input type="hidden" name="action" value=form.action.clone() />
            <label for=id.clone()>{form.label.clone()}</label>
            <textarea id=id name="text" rows="2" maxlength="1000" required=form.text_is_required></textarea>
            <p class="actions">
                <button type="submit" class="button">{context.say("action-submit")}</button>
            </p>
        </form>
        </details>
    }
}

fn asked(request: &RequestView) -> impl IntoView + use<> {
    view! {
        <p role="status" data-part="incident-request" data-state=request.state.clone()>
            <time datetime=request.answer_by.clone()>{request.text.clone()}</time>
        </p>
    }
}
