//! One parcel, whole: as the page itself, or as one of several on an order's page.

use leptos::prelude::*;

use super::facts::{carrier, pickup, proof};
use super::feedback::feedback;
use super::help::not_received;
use super::incident::incident;
use super::items::items;
use super::map::journey;
use super::progress::progress;
use super::stencil::{By, Filling, Stencil};
use super::updates::updates;
use super::window::{moves, window};
use super::{Part, Written};
use crate::portal::pages::PageContext;
use crate::portal::view::{MoveView, ShipmentView, StepView, TimeView, WindowView};

/// The answer of a page: its `h1` and what stands around it.
#[derive(Clone, Copy)]
pub(in crate::portal) struct Lead<'a> {
    /// Of the order or the parcel.
    pub name: &'a str,
    pub placed: Option<&'a TimeView>,
    pub headline: &'a str,
    pub explanation: Option<&'a str>,
    /// Path of the calendar entry.
    pub calendar: Option<&'a str>,
}

pub(in crate::portal) fn answer(context: &PageContext, lead: Lead<'_>, html: &mut String) {
    let stencils = &context.stencils.shipment;
    let placed = lead.placed.map(|placed| stencils.placed.with([&placed.datetime, &placed.text]));
    let explanation = lead.explanation.as_ref().map(|text| stencils.lead.with([text]));
    stencils.answer.with([&lead.name, &placed, &lead.headline, &explanation]).fill(html);
}

/// What a returning shopper looks at, on one sheet.
#[derive(Clone, Copy, Default)]
pub(in crate::portal) struct Sheet<'a> {
    pub window: Option<&'a WindowView>,
    /// Path of the calendar entry for the window.
    pub calendar: Option<&'a str>,
    pub progress: &'a [StepView],
    pub freshness: Option<&'a str>,
    pub moves: &'a [MoveView],
}

pub(in crate::portal) fn status_sheet(context: &PageContext, sheet: Sheet<'_>, html: &mut String) {
    let stencils = &context.stencils.shipment;
    let window = sheet.window.map(|shown| By(|html| window(context, shown, html)));
    let calendar = sheet.calendar.as_ref().map(|href| stencils.calendar.with([href]));
    let when = window.as_ref().map(|window| stencils.when.with([window, &calendar]));
    let progress = By(|html| progress(context, sheet.progress, html));
    let freshness = sheet.freshness.as_ref().map(|text| stencils.freshness.with([text]));
    let moves = By(|html| moves(context, sheet.moves, html));
    stencils.sheet.with([&when, &progress, &freshness, &moves]).fill(html);
}

/// With a `lead` the parcel is the page and its headline the `h1`; without, it is one of several and has an `h2`. `about` is
/// what belongs to no parcel.
pub(in crate::portal) fn shipment(
    context: &PageContext,
    parcel: &ShipmentView,
    lead: Option<Lead<'_>>,
    about: &dyn Filling,
    html: &mut String,
) {
    let stencils = &context.stencils.shipment;
    let alone = lead.is_some();
    let level = if alone { 2 } else { 3 };
    let head = By(|html| match lead {
        Some(lead) => answer(context, lead, html),
        None => name(context, parcel, html),
    });
    let trouble = parcel.incident.as_ref().map(|trouble| By(|html| incident(context, trouble, level).write_to(html)));
    let sheet = Sheet {
        window: parcel.window.as_ref(),
        calendar: lead.and_then(|lead| lead.calendar),
        progress: &parcel.progress,
        freshness: parcel.freshness.as_deref(),
        moves: &parcel.moves,
    };
    let sheet = By(|html| status_sheet(context, sheet, html));
    let story = By(|html| story(context, parcel, alone, level, html));
    let about = By(|html| {
        items(context, &parcel.items, context.say("items-heading"), level, "items", html);
        carrier(context, parcel, level, html);
        about.fill(html);
    });
    let article = if alone { &stencils.alone } else { &stencils.one_of_several };
    article.with([&parcel.tracking_number, &parcel.status, &head, &trouble, &sheet, &story, &about]).fill(html);
}

/// The head of one of several.
fn name(context: &PageContext, parcel: &ShipmentView, html: &mut String) {
    let stencils = &context.stencils.shipment;
    let position = parcel.position.as_ref().map(|position| stencils.position.with([position]));
    let explanation = parcel.explanation.as_ref().map(|text| stencils.explanation.with([text]));
    stencils.name.with([&position, &parcel.headline, &explanation]).fill(html);
}

/// What happened, and what to do about it.
fn story(context: &PageContext, parcel: &ShipmentView, alone: bool, level: u8, html: &mut String) {
    if let Some(place) = &parcel.pickup {
        pickup(context, place, level).write_to(html);
    }
    if let Some(given) = &parcel.proof {
        proof(context, given, level).write_to(html);
    }
    if let Some(asked) = &parcel.not_received {
        not_received(context, asked).write_to(html);
    }
    if let Some(asked) = &parcel.feedback {
        feedback(context, asked, level).write_to(html);
    }
    updates(context, &parcel.events, level, html);
    if let Some(way) = &parcel.journey {
        journey(context, way, alone, level, html);
    }
}

#[derive(Debug, Default)]
pub(super) struct Stencils {
    answer: Stencil<4>,
    placed: Stencil<2>,
    lead: Stencil<1>,
    sheet: Stencil<4>,
    when: Stencil<2>,
    calendar: Stencil<1>,
    freshness: Stencil<1>,
    alone: Stencil<7>,
    one_of_several: Stencil<7>,
    name: Stencil<3>,
    position: Stencil<1>,
    explanation: Stencil<1>,
}

impl Stencils {
    pub(super) fn of(context: &PageContext) -> Stencils {
        Stencils {
            answer: Stencil::of(|[name, placed, headline, explanation]| {
                view! {
                    <div class="answer">
                        <p class="eyebrow">{name} {Part::new(placed)}</p>
                        <h1 data-part="headline">{headline}</h1>
                        {Part::new(explanation)}
                    </div>
                }
            }),
            placed: Stencil::of(|[datetime, text]| view! { " · " <time datetime=datetime>{text}</time> }),
            lead: Stencil::of(|[text]| view! { <p class="lead">{text}</p> }),
            sheet: Stencil::of(|[when, progress, freshness, moves]| {
                view! {
                    <div class="sheet status">
                        {Part::new(when)} {Part::new(progress)} {Part::new(freshness)} {Part::new(moves)}
                    </div>
                }
            }),
            when: Stencil::of(|[window, calendar]| {
                view! { <div class="when">{Part::new(window)} {Part::new(calendar)}</div> }
            }),
            calendar: Stencil::of(|[href]| {
                view! { <a class="button quiet" href=href>{context.say("calendar-link")}</a> }
            }),
            freshness: Stencil::of(|[text]| view! { <p class="hint" data-part="freshness">{text}</p> }),
            alone: Stencil::of(|holes| article("parcel alone", holes)),
            one_of_several: Stencil::of(|holes| article("parcel", holes)),
            name: Stencil::of(|[position, headline, explanation]| {
                view! {
                    <div class="name">
                        {Part::new(position)}
                        <h2 data-part="headline">{headline}</h2>
                        {Part::new(explanation)}
                    </div>
                }
            }),
            position: Stencil::of(|[position]| view! { <p class="eyebrow">{position}</p> }),
            explanation: Stencil::of(|[text]| view! { <p>{text}</p> }),
        }
    }
}

/// Trouble comes before the sheet: what happened, the new day and what to do stand on the first screen.
fn article(
    class: &'static str,
    [number, status, head, trouble, sheet, story, about]: [&'static str; 7],
) -> impl IntoView {
    view! {
        <article class=class data-shipment=number data-status=status>
            {Part::new(head)}
            {Part::new(trouble)}
            {Part::new(sheet)}
            <div class="story">{Part::new(story)}</div>
            <div class="about">{Part::new(about)}</div>
        </article>
    }
}
