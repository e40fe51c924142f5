//! One parcel, whole: as the page itself, or as one of several on an order's page.

use leptos::prelude::*;

use super::facts::{carrier, pickup, proof};
use super::feedback::feedback;
use super::help::not_received;
use super::incident::incident;
use super::items::items;
use super::map::journey;
use super::progress::progress;
use super::time::time;
use super::updates::updates;
use super::window::{moves, window};
use super::{Part, Written};
use crate::portal::pages::PageContext;
use crate::portal::view::{ShipmentView, TimeView, WindowView};

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

pub(in crate::portal) fn answer(lead: Lead<'_>) -> impl IntoView {
    view! {
        <div class="answer">
            <p class="eyebrow">{lead.name} {lead.placed.map(|placed| view! { " · " {time(placed)} })}</p>
            <h1 data-part="headline">{lead.headline}</h1>
            {lead.explanation.map(|text| view! { <p class="lead">{text}</p> })}
        </div>
    }
}

/// Window, calendar entry, progress and freshness on one sheet: what a returning shopper looks at.
pub(in crate::portal) fn status_sheet(
    context: &PageContext,
    when: Option<&WindowView>,
    progress: Part,
    calendar: Option<&str>,
    freshness: Option<&str>,
    moved: Option<Part>,
) -> impl IntoView {
    let calendar = when.and(calendar).map(|href| {
        view! { <a class="button quiet" href=href>{context.say("calendar-link")}</a> }
    });
    let freshness = freshness.map(|text| view! { <p class="hint" data-part="freshness">{text}</p> });
    let when = when.map(|when| view! { <div class="when">{window(context, when).written()}{calendar}</div> });
    view! { <div class="sheet status">{when}{progress}{freshness}{moved}</div> }
}

/// With a `lead` the parcel is the page and its headline the `h1`; without, it is one of several and has an `h2`.
pub(in crate::portal) fn shipment(
    context: &PageContext,
    parcel: &ShipmentView,
    lead: Option<Lead<'_>>,
    about: Part,
) -> impl IntoView {
    let alone = lead.is_some();
    let level = if alone { 2 } else { 3 };
    let calendar = lead.and_then(|lead| lead.calendar);
    let bar = progress(context, &parcel.progress);
    let moved = moves(context, &parcel.moves);
    let head = match lead {
        Some(lead) => answer(lead).written(),
        None => view! {
            <div class="name">
                {parcel.position.as_deref().map(|position| view! { <p class="eyebrow">{position}</p> })}
                <h2 data-part="headline">{parcel.headline.as_str()}</h2>
                {parcel.explanation.as_deref().map(|text| view! { <p>{text}</p> })}
            </div>
        }
        .written(),
    };
    view! {
        <article
            class=if alone { "parcel alone" } else { "parcel" }
            data-shipment=parcel.tracking_number.as_str()
            data-status=parcel.status.as_ref()
        >
            {head}
            // Trouble comes before the bar: what happened, the new day and what to do stand on the first screen.
            {parcel.incident.as_ref().map(|trouble| incident(context, trouble, level).written())}
            {status_sheet(context, parcel.window.as_ref(), bar, calendar, parcel.freshness.as_deref(), moved).written()}
            <div class="story">
                {parcel.pickup.as_ref().map(|place| pickup(context, place, level).written())}
                {parcel.proof.as_ref().map(|given| proof(context, given, level).written())}
                {parcel.not_received.as_ref().map(|asked| not_received(context, asked).written())}
                {parcel.feedback.as_ref().map(|asked| feedback(context, asked, level).written())}
                {updates(context, &parcel.events, level).written()}
                {parcel.journey.as_ref().map(|way| journey(context, way, alone, level).written())}
            </div>
            <div class="about">
                {items(context, &parcel.items, context.say("items-heading"), level, "items").written()}
                {carrier(context, parcel, level).written()}
                {about}
            </div>
        </article>
    }
}
