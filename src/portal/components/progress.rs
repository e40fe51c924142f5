//! The five steps: a list that is heard as a list, drawn by the style sheet as the brand draws it.

use leptos::prelude::*;

use super::time::time;
use crate::portal::pages::PageContext;
use crate::portal::view::{StepState, StepView};

pub(in crate::portal) fn progress(context: &PageContext, steps: &[StepView]) -> impl IntoView {
    let entries: Vec<_> = steps.iter().map(|step| entry(context, step)).collect();
    (!steps.is_empty()).then(|| {
        view! {
            <ol class="steps" data-part="progress" aria-label=context.say("progress-label")>
                {entries}
            </ol>
        }
    })
}

fn entry(context: &PageContext, step: &StepView) -> impl IntoView {
    let (state, spoken) = match step.state {
        StepState::Done => ("done", context.say("progress-done")),
        StepState::Current => ("current", context.say("progress-current")),
        StepState::Ahead => ("ahead", context.say("progress-ahead")),
    };
    let trouble = step.trouble.then(|| context.say("progress-trouble"));
    view! {
        <li
            data-step=step.step.as_ref()
            data-state=state
            data-trouble=step.trouble.then_some("")
            aria-current=(step.state == StepState::Current).then_some("step")
        >
            <span>{step.label.as_str()}</span>
            <span class="sr-only">", " {spoken} {trouble.map(|trouble| view! { ", " {trouble} })}</span>
            {step.reached.as_ref().map(time)}
        </li>
    }
}
