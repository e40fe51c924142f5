//! Everything that happened, newest first, by day. Noise waits behind "all updates"; nothing is left out.

use std::borrow::Cow;

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::EventView;

pub(in crate::portal) fn updates(context: &PageContext, events: &[EventView], level: u8) -> impl IntoView {
    let (folded, told): (Vec<&EventView>, Vec<&EventView>) = events.iter().partition(|event| event.folded);
    let count = i64::try_from(folded.len()).unwrap_or(i64::MAX);
    let all = (!folded.is_empty()).then(|| {
        view! {
            <details class="all" data-part="all-updates">
                <summary>{context.say_with("updates-folded", &[("count", count.into())])}</summary>
                {days(context, &folded)}
            </details>
        }
    });
    (!events.is_empty()).then(|| {
        view! {
            <section class="card updates" data-part="updates">
                {heading(level, context.say("updates-heading"))}
                {days(context, &told)}
                {all}
            </section>
        }
    })
}

fn days(context: &PageContext, events: &[&EventView]) -> Option<Part> {
    let stencils = &context.stencils.updates;
    let days: Vec<&[&EventView]> = events.chunk_by(|one, next| one.day == next.day).collect();
    let days = (!days.is_empty()).then_some(days)?;
    let days = Each(&days, |events, html| {
        let entries = Each(events, |event, html| entry(context, event, html));
        stencils.day.with([&events[0].day, &entries]).fill(html);
    });
    Some(stencils.days.with([&days]).part())
}

fn entry(context: &PageContext, event: &EventView, html: &mut String) {
    let stencils = &context.stencils.updates;
    // Where only the day is known there is no time to read, but still one for machines.
    let day = stencils.only_day.with([&event.day]);
    let time: &dyn Filling = if event.time.text.is_empty() { &day } else { &event.time.text };
    let place = match (&event.place, &event.zone_note) {
        (Some(place), Some(note)) => Some(Cow::from(format!("{place} · {note}"))),
        (Some(text), None) | (None, Some(text)) => Some(text.into()),
        (None, None) => None,
    };
    let place = place.as_ref().map(|place| context.stencils.detail.with([place]));
    let event_stencil = &stencils.event[usize::from(event.stands_out)];
    event_stencil.with([&event.status, &event.time.datetime, time, &event.text, &place]).fill(html);
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    days: Stencil<1>,
    day: Stencil<2>,
    /// An ordinary one, and one that stands out.
    event: [Stencil<5>; 2],
    only_day: Stencil<1>,
}

impl Stencils {
    pub(super) fn new() -> Stencils {
        Stencils {
            days: Stencil::of(|[days]| view! { <ol class="days">{days}</ol> }),
            day: Stencil::of(|[day, entries]| {
                view! {
                    <li>
                        <p class="day">{day}</p>
                        <ol>{entries}</ol>
                    </li>
                }
            }),
            event: [false, true].map(|stands_out| {
                Stencil::of(|[status, datetime, time, text, place]| {
                    view! {
                        <li data-part="event" data-status=status data-stands-out=stands_out.then_some("")>
                            <time datetime=datetime>{time}</time>
                            <p>{text} {Part::new(place)}</p>
                        </li>
                    }
                })
            }),
            only_day: Stencil::of(|[day]| view! { <span class="sr-only">{day}</span> }),
        }
    }
}
