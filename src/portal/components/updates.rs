//! Everything that happened, newest first, by day. Noise waits behind "all updates"; nothing is left out.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::EventView;

pub(in crate::portal) fn updates(context: &PageContext, events: &[EventView], level: u8) -> impl IntoView + use<> {
    let (folded, told): (Vec<&EventView>, Vec<&EventView>) = events.iter().partition(|event| event.folded);
    let count = i64::try_from(folded.len()).unwrap_or(i64::MAX);
    let all = (!folded.is_empty()).then(|| {
        view! {
            <details class="all" data-part="all-updates">
                <summary>{context.say_with("updates-folded", &[("count", count.into())])}</summary>
                {days(&folded)}
            </details>
        }
    });
    (!events.is_empty()).then(|| {
        view! {
            <section class="card updates" data-part="updates">
                {heading(level, context.say("updates-heading"))}
                {days(&told)}
                {all}
            </section>
        }
    })
}

fn days(events: &[&EventView]) -> impl IntoView + use<> {
    let days: Vec<_> = events
        .chunk_by(|one, next| one.day == next.day)
        .map(|events| {
            let entries: Vec<_> = events.iter().map(|event| entry(event)).collect();
            view! {
                <li>
                    <p class="day">{events[0].day.clone()}</p>
                    <ol>{entries}</ol>
                </li>
            }
        })
        .collect();
    (!days.is_empty()).then(|| view! { <ol class="days">{days}</ol> })
}

fn entry(event: &EventView) -> impl IntoView + use<> {
    // Where only the day is known there is no time to read, but still one for machines.
    let time = match event.time.text.is_empty() {
        true => view! { <span class="sr-only">{event.day.clone()}</span> }.into_any(),
        false => view! { {event.time.text.clone()} }.into_any(),
    };
    let place = match (&event.place, &event.zone_note) {
        (Some(place), Some(note)) => Some(format!("{place} · {note}")),
        (Some(text), None) | (None, Some(text)) => Some(text.clone()),
        (None, None) => None,
    };
    view! {
        <li data-part="event" data-status=event.status.clone() data-stands-out=event.stands_out.then_some("")>
            <time datetime=event.time.datetime.clone()>{time}</time>
            <p>
                {event.text.clone()}
                {place.map(|place| view! { <span class="detail">{place}</span> })}
            </p>
        </li>
    }
}
