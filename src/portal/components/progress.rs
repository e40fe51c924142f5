//! The five steps: a list that is heard as a list, drawn by the style sheet as the brand draws it.

use leptos::prelude::*;

use super::Part;
use super::stencil::{Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::{StepState, StepView};

pub(in crate::portal) fn progress(context: &PageContext, steps: &[StepView], html: &mut String) {
    let entries = Each(steps, |step, html| entry(context, step, html));
    if !steps.is_empty() {
        context.stencils.progress.steps.with([&entries]).fill(html);
    }
}

fn entry(context: &PageContext, step: &StepView, html: &mut String) {
    let stencils = &context.stencils.progress;
    let time = step.reached.as_ref().map(|time| context.stencils.time.with([&time.datetime, &time.text]));
    let in_state = match step.state {
        StepState::Done => &stencils.done,
        StepState::Current => &stencils.current,
        StepState::Ahead => &stencils.ahead,
    };
    in_state[usize::from(step.trouble)].with([&step.step, &step.label, &time]).fill(html);
}

/// A step in one state: one that goes well, and one in trouble.
type StepStencil = [Stencil<3>; 2];

#[derive(Debug, Default)]
pub(super) struct Stencils {
    steps: Stencil<1>,
    done: StepStencil,
    current: StepStencil,
    ahead: StepStencil,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            steps: Stencil::of(|[steps]| {
                view! {
                    <ol class="steps" data-part="progress" aria-label=context.say("progress-label")>
                        {steps}
                    </ol>
                }
            }),
            done: step(context, StepState::Done),
            current: step(context, StepState::Current),
            ahead: step(context, StepState::Ahead),
        }
    }
}

fn step(context: &PageContext, state: StepState) -> StepStencil {
    let (name, spoken) = match state {
        StepState::Done => ("done", "progress-done"),
        StepState::Current => ("current", "progress-current"),
        StepState::Ahead => ("ahead", "progress-ahead"),
    };
    [false, true].map(|in_trouble| {
        let trouble = in_trouble.then(|| context.say("progress-trouble"));
        Stencil::of(|[step, label, time]| {
            view! {
                <li
                    data-step=step
                    data-state=name
                    data-trouble=in_trouble.then_some("")
                    aria-current=(state == StepState::Current).then_some("step")
                >
                    <span>{label}</span>
                    <span class="sr-only">", " {context.say(spoken)} {trouble.map(|trouble| view! { ", " {trouble} })}</span>
                    {Part::new(time)}
                </li>
            }
        })
    })
}
