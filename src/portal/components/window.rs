//! When a parcel should come.

use leptos::prelude::*;

use crate::portal::pages::PageContext;
use crate::portal::view::WindowView;

pub(in crate::portal) fn window(context: &PageContext, window: &WindowView) -> impl IntoView + use<> {
    let label = context.say(if window.overdue { "window-label-overdue" } else { "window-label" });
    // A single day is both ends; the second is for machines only.
    let end = match &window.to_text {
        Some(text) => view! {
            " – "
            <time data-part="eta-to" datetime=window.to.clone()>{text.clone()}</time>
        }
        .into_any(),
        None => view! { <time data-part="eta-to" datetime=window.to.clone() hidden=true></time> }.into_any(),
    };
    view! {
        <p class="eta" data-part="eta" data-overdue=window.overdue.then_some("")>
            <span class="label">{label}</span>
            <strong>
                <time data-part="eta-from" datetime=window.from.clone()>{window.from_text.clone()}</time>
                {end}
            </strong>
            {window.basis.clone().map(|basis| view! { <span class="basis">{basis}</span> })}
        </p>
    }
}
