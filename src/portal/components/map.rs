//! The journey on a map: an SVG in the page, coloured by the style sheet, and the same in words.

use leptos::prelude::*;

use super::heading::heading;
use crate::portal::pages::PageContext;
use crate::portal::view::{JourneyView, StopView};

/// Open where the parcel is the page; one of several keeps its map closed.
pub(in crate::portal) fn journey(
    context: &PageContext,
    journey: &JourneyView,
    alone: bool,
    level: u8,
) -> impl IntoView + use<> {
    let drawn = figure(journey).into_any();
    if alone {
        return view! {
            <section class="card map" data-part="map">
                {heading(level, context.say("journey-heading"))}
                {drawn}
            </section>
        }
        .into_any();
    }
    view! {
        <details class="card map" data-part="map">
            <summary>{context.say("journey-show")}</summary>
            {drawn}
        </details>
    }
    .into_any()
}

fn figure(journey: &JourneyView) -> impl IntoView + use<> {
    let names: Vec<_> = journey.names.iter().map(|name| view! { <li>{name.clone()}</li> }).collect();
    // Dots over dots, names over all.
    let (present, passed): (Vec<&StopView>, Vec<&StopView>) = journey.stops.iter().partition(|stop| stop.is_present);
    let dots: String = passed.iter().map(|stop| dot(stop)).collect();
    let present: String = present.iter().map(|stop| dot(stop)).collect();
    let labels: Vec<_> = journey.stops.iter().filter_map(label).collect();
    view! {
        <figure>
            <svg viewBox="0 0 1600 1000" aria-hidden="true" focusable="false">
                <path class="land" d=journey.land.clone()></path>
                {line("states", &journey.states)}
                {line("borders", &journey.borders)}
                {line("lakes", &journey.lakes)}
                <path class="way" d=journey.route.clone()></path>
                {line("stop rim", &dots)}
                {line("stop", &dots)}
                <path class="here halo" d=present.clone()></path>
                <path class="here rim" d=present.clone()></path>
                <path class="here" d=present></path>
                {labels}
            </svg>
            <figcaption class="hint">{journey.caption.clone()}</figcaption>
            <ol class="sr-only">{names}</ol>
        </figure>
    }
}

/// A line of no length: its round ends make a dot that is as large on every screen.
fn dot(stop: &StopView) -> String {
    format!("M{} {}h0", stop.x, stop.y)
}

fn line(class: &'static str, path: &str) -> Option<impl IntoView + use<>> {
    (!path.is_empty()).then(|| view! { <path class=class d=path.to_owned()></path> })
}

fn label(stop: &StopView) -> Option<impl IntoView + use<>> {
    let name = stop.name.clone()?;
    let class = match (stop.is_present, stop.is_major) {
        (true, _) => "now",
        (false, true) => "end",
        (false, false) => "between",
    };
    Some(view! {
        <text
            class=class
            x=stop.x
            y=stop.y
            dx=format!("{}em", stop.dx)
            dy=format!("{}em", stop.dy)
            text-anchor=stop.anchor.clone()
        >
            {name}
        </text>
    })
}
