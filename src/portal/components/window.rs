//! When a parcel should come.

use leptos::either::Either;
use leptos::prelude::*;

use super::Part;
use super::stencil::{Each, Filling, Stencil};
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
pub(in crate::portal) fn moves(context: &PageContext, moves: &[MoveView]) -> Option<Part> {
    let stencils = &context.stencils.window;
    let moves = (!moves.is_empty()).then_some(moves)?;
    let rows = Each(moves, |moved, html| {
        let args = [("window", moved.window.as_str().into()), ("reason", moved.reason.as_str().into())];
        let told = context.say_with("window-history-row", &args);
        stencils.moved.with([&moved.on.datetime, &moved.on.text, &told]).fill(html);
    });
    Some(stencils.moves.with([&rows]).part())
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    moves: Stencil<1>,
    moved: Stencil<3>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            moves: Stencil::of(|[rows]| {
                view! {
                    <details class="moves" data-part="eta-moves">
                        <summary>{context.say("window-history-heading")}</summary>
                        <ol>{rows}</ol>
                    </details>
                }
            }),
            moved: Stencil::of(|[datetime, day, told]| {
                view! {
                    <li>
                        <time datetime=datetime>{day}</time>
                        <span>{told}</span>
                    </li>
                }
            }),
        }
    }
}
