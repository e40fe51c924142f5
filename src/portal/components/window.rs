//! When a parcel should come.

use leptos::prelude::*;

use crate::portal::pages::PageContext;
use crate::portal::view::{MoveView, WindowView};

pub(in crate::portal) fn window(context: &PageContext, window: &WindowView) -> impl IntoView + use<> {
    let label = context.say(if window.overdue { "window-label-overdue" } else { "window-label" });
    // A single day is both ends; the second is for machines only.
    let end = match &window.to_text {
        Some(text) => view! {
            "\u{a0}– "
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
            {window.passed.clone().map(|passed| view! { <span class="basis" data-part="eta-passed">{passed}</span> })}
        </p>
    }
}

/// How it moved and why, for those who ask.
pub(in crate::portal) fn moves(context: &PageContext, moves: &[MoveView]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = moves
        .iter()
        .map(|moved| {
            let args = [("window", moved.window.as_str().into()), ("reason", moved.reason.as_str().into())];
            view! {
                <li>
                    <time datetime=moved.on.datetime.clone()>{moved.on.text.clone()}</time>
                    <span>{context.say_with("window-history-row", &args)}</span>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <details class="moves" data-part="eta-moves">
                <summary>{context.say("window-history-heading")}</summary>
                <ol>{rows}</ol>
            </details>
        }
    })
}
