//! The journey on a map: an SVG in the page, coloured by the style sheet, and the same in words.

use leptos::prelude::*;

use super::Part;
use super::heading::heading;
use super::stencil::{ByLevel, Each, Filling, Markup, Stencil};
use crate::places::map::{Dot, JourneyMap, Label};
use crate::portal::pages::PageContext;
use crate::portal::view::JourneyView;

/// Open where the parcel is the page; one of several keeps its map closed.
pub(in crate::portal) fn journey(
    context: &PageContext,
    journey: &JourneyView,
    alone: bool,
    level: u8,
    html: &mut String,
) {
    let stencils = &context.stencils.map;
    let names = Each(&journey.names, |name, html| stencils.name.with([name]).fill(html));
    let drawing = Markup(&journey.drawing);
    let figure = stencils.figure.with([&drawing, &journey.caption, &names]);
    if alone { stencils.open.at(level).with([&figure]).fill(html) } else { stencils.closed.with([&figure]).fill(html) }
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    open: ByLevel<1>,
    closed: Stencil<1>,
    figure: Stencil<3>,
    name: Stencil<1>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            open: ByLevel::of(|level, [figure]| {
                view! {
                    <section class="card map" data-part="map">
                        {heading(level, context.say("journey-heading"))}
                        {Part::new(figure)}
                    </section>
                }
            }),
            closed: Stencil::of(|[figure]| {
                view! {
                    <details class="card map" data-part="map">
                        <summary>{context.say("journey-show")}</summary>
                        {Part::new(figure)}
                    </details>
                }
            }),
            figure: Stencil::of(|[drawing, caption, names]| {
                view! {
                    <figure>
                        {Part::new(drawing)}
                        <figcaption class="hint">{caption}</figcaption>
                        <ol class="sr-only">{names}</ol>
                    </figure>
                }
            }),
            name: Stencil::of(|[name]| view! { <li>{name}</li> }),
        }
    }
}

/// The SVG of a map, every name in it escaped: made once for all pages that show it.
pub(in crate::portal) fn drawing(map: &JourneyMap) -> String {
    // Dots over dots, names over all.
    let (present, passed): (Vec<&Dot>, Vec<&Dot>) = map.dots.iter().partition(|stop| stop.is_present);
    let dots: String = passed.iter().map(|stop| dot(stop)).collect();
    let present: String = present.iter().map(|stop| dot(stop)).collect();
    let labels: Vec<_> = map.dots.iter().filter_map(|dot| Some(label(dot, dot.label.as_ref()?))).collect();
    let drawn = view! {
        <svg viewBox="0 0 1600 1000" aria-hidden="true" focusable="false">
            <path class="land" d=map.land.as_str()></path>
            {line("states", &map.states)}
            {line("borders", &map.borders)}
            {line("lakes", &map.lakes)}
            <path class="way" d=map.route.as_str()></path>
            {line("stop rim", &dots)}
            {line("stop", &dots)}
            <path class="here halo" d=present.clone()></path>
            <path class="here rim" d=present.clone()></path>
            <path class="here" d=present></path>
            {labels}
        </svg>
    };
    drawn.to_html()
}

/// A line of no length: its round ends make a dot that is as large on every screen.
fn dot(dot: &Dot) -> String {
    format!("M{} {}h0", dot.x, dot.y)
}

fn line(class: &'static str, path: &str) -> Option<impl IntoView> {
    (!path.is_empty()).then(|| view! { <path class=class d=path.to_owned()></path> })
}

fn label(dot: &Dot, label: &Label) -> impl IntoView {
    let class = match (dot.is_present, label.is_major) {
        (true, _) => "now",
        (false, true) => "end",
        (false, false) => "between",
    };
    view! {
        <text
            class=class
            x=dot.x
            y=dot.y
            dx=format!("{}em", label.side.right)
            dy=format!("{}em", label.side.down)
            text-anchor=label.side.anchor
        >
            {label.text.as_str()}
        </text>
    }
}
