//! What went wrong, what it means, what happens next, what the shopper can do: in this order, one action.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::view::IncidentView;

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
        >
            {heading(level, incident.what.clone())}
            {incident.means.clone().map(|means| view! { <p>{means}</p> })}
            {incident.next.clone().map(|next| view! { <p>{next}</p> })}
            {action}
        </section>
    }
}
