//! Everything that happened, newest first, by day. Noise waits behind "all updates"; nothing is left out.

use std::borrow::Cow;

use leptos::either::Either;
use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::EventView;

pub(in crate::portal) fn updates(context: &PageContext, events: &[EventView], level: u8) -> impl IntoView {
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

fn days<'a>(events: &[&'a EventView]) -> impl IntoView + use<'a> {
    let days: Vec<_> = events
        .chunk_by(|one, next| one.day == next.day)
        .map(|events| {
            let entries: Vec<_> = events.iter().map(|event| entry(event)).collect();
            view! {
                <li>
                    <p class="day">{events[0].day.as_str()}</p>
                    <ol>{entries}</ol>
                </li>
            }
        })
        .collect();
    (!days.is_empty()).then(|| view! { <ol class="days">{days}</ol> })
}

fn entry(event: &EventView) -> impl IntoView {
    // Where only the day is known there is no time to read, but still one for machines.
    let time = match event.time.text.is_empty() {
        true => Either::Left(view! { <span class="sr-only">{event.day.as_str()}</span> }),
        false => Either::Right(event.time.text.as_str()),
    };
    let place = match (&event.place, &event.zone_note) {
        (Some(place), Some(note)) => Some(Cow::from(format!("{place} · {note}"))),
        (Some(text), None) | (None, Some(text)) => Some(text.into()),
        (None, None) => None,
    };
    view! {
        <li data-part="event" data-status=event.status.as_ref() data-stands-out=event.stands_out.then_some("")>
            <time datetime=event.time.datetime.as_str()>{time}</time>
            <p>
                {event.text.as_str()}
                {place.map(|place| view! { <span class="detail">{place}</span> })}
            </p>
        </li>
    }
}
