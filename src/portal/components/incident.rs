//! What went wrong, what it means for the date, the one thing the shopper can do, what happens next: in this order, so that
//! the first three stand on a phone's first screen.

use leptos::prelude::*;

use super::Written;
use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::{IncidentFormView, IncidentView, RequestView};

pub(in crate::portal) fn incident(context: &PageContext, incident: &IncidentView, level: u8) -> impl IntoView {
    let action = incident.action.as_ref().map(|action| {
        view! {
            <p class="actions">
                <a class="button" href=action.href.as_str()>{action.text.as_str()}</a>
            </p>
        }
    });
    let advice = incident.advice.as_deref().filter(|_| action.is_some());
    view! {
        <section
            class="incident"
            data-part="incident"
            data-kind=incident.kind.as_str()
            data-level=incident.level.as_str()
            id=incident.form.as_ref().map(|form| format!("incident-{}", form.shipment))
        >
            {heading(level, &incident.what)}
            {incident.means.as_deref().map(|means| view! { <p class="means">{means}</p> })}
            {action}
            {incident.form.as_ref().map(|form| request_form(context, form, incident.advice.as_deref()).written())}
            {incident.request.as_ref().map(|request| asked(request).written())}
            {advice.map(|advice| view! { <p>{advice}</p> })}
            {incident.next.as_deref().map(|next| view! { <p>{next}</p> })}
            {incident.usually.as_deref().map(|usually| view! { <p class="hint">{usually}</p> })}
        </section>
    }
}

/// The one thing that can be asked for, behind a button that opens it. What is sent names the incident, so that sending it
/// twice is sending it once.
fn request_form(context: &PageContext, form: &IncidentFormView, advice: Option<&str>) -> impl IntoView {
    let id = format!("request-{}", form.shipment);
    view! {
        <details class="way-out" id=format!("way-out-{}", form.shipment)>
        <summary class="button">{form.button.as_str()}</summary>
        <form method="post" action=form.path.as_str() data-part="incident-answer" data-action=form.action.as_str()>
            {advice.map(|advice| view! { <p>{advice}</p> })}
            <input type="hidden" name="order_number" value=form.order_number.as_str() />
            <input type="hidden" name="shipment" value=form.shipment.as_str() />
            <input type="hidden" name="kind" value=form.kind.as_str() />
            <input type="hidden" name="cause" value=form.cause.as_str() />
            <input type="hidden" name="action" value=form.action.as_str() />
            <label for=id.clone()>{form.label.as_str()}</label>
            <textarea id=id name="text" rows="2" maxlength="1000" required=form.text_is_required></textarea>
            <p class="actions">
                <button type="submit" class="button">{context.say("action-submit")}</button>
            </p>
        </form>
        </details>
    }
}

fn asked(request: &RequestView) -> impl IntoView {
    view! {
        <p role="status" data-part="incident-request" data-state=request.state.as_str()>
            <time datetime=request.answer_by.as_str()>{request.text.as_str()}</time>
        </p>
    }
}
