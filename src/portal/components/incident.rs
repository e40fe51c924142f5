//! What went wrong, what it means, what happens next, what the shopper can do: in this order, one action.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::view::{IncidentFormView, IncidentView, RequestView};

pub(in crate::portal) fn incident(incident: &IncidentView, level: u8) -> impl IntoView + use<> {
    let action = incident.action.as_ref().map(|action| {
        view! {
            <p class="actions">
                <a class="button" href=action.href.clone()>{action.text.clone()}</a>
            </p>
        }
    });
    view! {
        <section
            class="incident"
            data-part="incident"
            data-kind=incident.kind.clone()
            data-level=incident.level.clone()
            id=incident.form.as_ref().map(|form| format!("incident-{}", form.shipment))
        >
            {heading(level, incident.what.clone())}
            {incident.means.clone().map(|means| view! { <p>{means}</p> })}
            {incident.next.clone().map(|next| view! { <p>{next}</p> })}
            {incident.usually.clone().map(|usually| view! { <p class="hint">{usually}</p> })}
            {action}
            {incident.form.as_ref().map(|form| request_form(form).into_any())}
            {incident.request.as_ref().map(|request| asked(request).into_any())}
        </section>
    }
}

/// The one thing that can be asked for. What is sent names the incident, so that sending it twice is sending it once.
fn request_form(form: &IncidentFormView) -> impl IntoView + use<> {
    let id = format!("request-{}", form.shipment);
    view! {
        <form method="post" action=form.path.clone() data-part="incident-answer" data-action=form.action.clone()>
            {form.advice.clone().map(|advice| view! { <p>{advice}</p> })}
            <input type="hidden" name="order_number" value=form.order_number.clone() />
            <input type="hidden" name="shipment" value=form.shipment.clone() />
            <input type="hidden" name="kind" value=form.kind.clone() />
            <input type="hidden" name="cause" value=form.cause.clone() />
            <input type="hidden" name="action" value=form.action.clone() />
            <label for=id.clone()>{form.label.clone()}</label>
            <textarea id=id name="text" rows="2" maxlength="1000" required=form.text_is_required></textarea>
            <p class="actions">
                <button type="submit" class="button">{form.button.clone()}</button>
            </p>
        </form>
    }
}

fn asked(request: &RequestView) -> impl IntoView + use<> {
    view! {
        <p role="status" data-part="incident-request" data-state=request.state.clone()>
            <time datetime=request.answer_by.clone()>{request.text.clone()}</time>
        </p>
    }
}
