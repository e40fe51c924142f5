//! Everything that happened, newest first, by day. Noise waits behind "all updates"; nothing is left out.

use std::borrow::Cow;

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{By, ByLevel, Each, Filling, Stencil};
use crate::portal::pages::PageContext;
use crate::portal::view::EventView;

pub(in crate::portal) fn updates(context: &PageContext, events: &[EventView], level: u8, html: &mut String) {
    if events.is_empty() {
        return;
    }
    let stencils = &context.stencils.updates;
    let (folded, told): (Vec<&EventView>, Vec<&EventView>) = events.iter().partition(|event| event.folded);
    let count = i64::try_from(folded.len()).unwrap_or(i64::MAX);
    let count = (count > 0).then(|| context.say_with("updates-folded", &[("count", count.into())]));
    let (told, folded) = (By(|html| days(context, &told, html)), By(|html| days(context, &folded, html)));
    let all = count.as_ref().map(|count| stencils.all.with([count, &folded]));
    stencils.card.at(level).with([&told, &all]).fill(html);
}

fn days(context: &PageContext, events: &[&EventView], html: &mut String) {
    let stencils = &context.stencils.updates;
    let days: Vec<&[&EventView]> = events.chunk_by(|one, next| one.day == next.day).collect();
    let entries = Each(&days, |events, html| {
        let entries = Each(events, |event, html| entry(context, event, html));
        stencils.day.with([&events[0].day, &entries]).fill(html);
    });
    if !days.is_empty() {
        stencils.days.with([&entries]).fill(html);
    }
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
    card: ByLevel<2>,
    all: Stencil<2>,
    days: Stencil<1>,
    day: Stencil<2>,
    /// An ordinary one, and one that stands out.
    event: [Stencil<5>; 2],
    only_day: Stencil<1>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            card: ByLevel::of(|level, [told, all]| {
                view! {
                    <section class="card updates" data-part="updates">
                        {heading(level, context.say("updates-heading"))}
                        {Part::new(told)}
                        {Part::new(all)}
                    </section>
                }
            }),
            all: Stencil::of(|[count, days]| {
                view! {
                    <details class="all" data-part="all-updates">
                        <summary>{count}</summary>
                        {Part::new(days)}
                    </details>
                }
            }),
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
