//! When a parcel should come.

use leptos::prelude::*;

use super::Part;
use super::stencil::{Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::{MoveView, WindowView};

pub(in crate::portal) fn window(context: &PageContext, window: &WindowView, html: &mut String) {
    let stencils = &context.stencils.window;
    // A single day is both ends; the second is for machines only.
    let range = window.to_text.as_ref().map(|text| stencils.until.with([&window.to, text]));
    let day = range.is_none().then(|| stencils.same_day.with([&window.to]));
    let end: &dyn Filling = if range.is_some() { &range } else { &day };
    let basis = window.basis.as_ref().map(|basis| stencils.basis.with([basis]));
    let passed = window.passed.as_ref().map(|passed| stencils.passed.with([passed]));
    let eta = &stencils.eta[usize::from(window.overdue)];
    eta.with([&window.from, &window.from_text, end, &basis, &passed]).fill(html);
}

/// How it moved and why, for those who ask.
pub(in crate::portal) fn moves(context: &PageContext, moves: &[MoveView], html: &mut String) {
    let stencils = &context.stencils.window;
    let rows = Each(moves, |moved, html| {
        let args = [("window", moved.window.as_str().into()), ("reason", moved.reason.as_str().into())];
        let told = context.say_with("window-history-row", &args);
        stencils.moved.with([&moved.on.datetime, &moved.on.text, &told]).fill(html);
    });
    if !moves.is_empty() {
        stencils.moves.with([&rows]).fill(html);
    }
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    /// Still to come, and overdue.
    eta: [Stencil<5>; 2],
    until: Stencil<2>,
    same_day: Stencil<1>,
    basis: Stencil<1>,
    passed: Stencil<1>,
    moves: Stencil<1>,
    moved: Stencil<3>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            eta: [false, true].map(|overdue| {
                let label = context.say(if overdue { "window-label-overdue" } else { "window-label" });
                Stencil::of(|[from, from_text, end, basis, passed]| {
                    view! {
                        <p class="eta" data-part="eta" data-overdue=overdue.then_some("")>
                            <span class="label">{label}</span>
                            <strong>
                                <time data-part="eta-from" datetime=from>{from_text}</time>
                                {Part::new(end)}
                            </strong>
                            {Part::new(basis)}
                            {Part::new(passed)}
                        </p>
                    }
                })
            }),
            until: Stencil::of(|[to, text]| {
                view! {
                    "\u{a0}– "
                    <time data-part="eta-to" datetime=to>{text}</time>
                }
            }),
            same_day: Stencil::of(|[to]| view! { <time data-part="eta-to" datetime=to hidden=true></time> }),
            basis: Stencil::of(|[basis]| view! { <span class="basis">{basis}</span> }),
            passed: Stencil::of(|[passed]| {
                view! { <span class="basis" data-part="eta-passed">{passed}</span> }
            }),
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
