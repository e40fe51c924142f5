//! When a parcel should come.

use leptos::either::Either;
use leptos::prelude::*;

use crate::portal::pages::PageContext;
use crate::portal::view::{MoveView, WindowView};

pub(in crate::portal) fn window(context: &PageContext, window: &WindowView) -> impl IntoView {
    let label = context.say(if window.overdue { "window-label-overdue" } else { "window-label" });
    // A single day is both ends; the second is for machines only.
    let end = match &window.to_text {
        Some(text) => Either::Left(view! {
            "\u{a0}– "
            <time data-part="eta-to" datetime=window.to.as_str()>{text.as_str()}</time>
        }),
        None => Either::Right(view! { <time data-part="eta-to" datetime=window.to.as_str() hidden=true></time> }),
    };
    view! {
        <p class="eta" data-part="eta" data-overdue=window.overdue.then_some("")>
            <span class="label">{label}</span>
            <strong>
                <time data-part="eta-from" datetime=window.from.as_str()>{window.from_text.as_str()}</time>
                {end}
            </strong>
            {window.basis.as_deref().map(|basis| view! { <span class="basis">{basis}</span> })}
            {window.passed.as_deref().map(|passed| view! { <span class="basis" data-part="eta-passed">{passed}</span> })}
        </p>
    }
}

/// How it moved and why, for those who ask.
pub(in crate::portal) fn moves(context: &PageContext, moves: &[MoveView]) -> Option<impl IntoView> {
    let rows: Vec<_> = moves
        .iter()
        .map(|moved| {
            let args = [("window", moved.window.as_str().into()), ("reason", moved.reason.as_str().into())];
            view! {
                <li>
                    <time datetime=moved.on.datetime.as_str()>{moved.on.text.as_str()}</time>
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
