//! One parcel, whole: as the page itself, or as one of several on an order's page.

use leptos::prelude::*;

use super::facts::{carrier, pickup, proof};
use super::feedback::feedback;
use super::help::not_received;
use super::incident::incident;
use super::items::items;
use super::map::journey;
use super::progress::progress;
use super::updates::updates;
use super::window::{moves, window};
use crate::portal::pages::PageContext;
use crate::portal::view::{ShipmentView, WindowView};

/// The answer of a page: its `h1` and what stands around it.
pub(in crate::portal) struct Lead {
    pub eyebrow: AnyView,
    pub headline: String,
    pub explanation: Option<String>,
    /// Path of the calendar entry.
    pub calendar: Option<String>,
}

pub(in crate::portal) fn answer(lead: Lead) -> impl IntoView {
    view! {
        <div class="answer">
            <p class="eyebrow">{lead.eyebrow}</p>
            <h1 data-part="headline">{lead.headline}</h1>
            {lead.explanation.map(|text| view! { <p class="lead">{text}</p> })}
        </div>
    }
}

/// Window, calendar entry, progress and freshness on one sheet: what a returning shopper looks at.
pub(in crate::portal) fn status_sheet(
    context: &PageContext,
    when: Option<&WindowView>,
    progress: AnyView,
    calendar: Option<String>,
    freshness: Option<String>,
    moved: Option<AnyView>,
) -> impl IntoView + use<> {
    let calendar = when.and(calendar).map(|href| {
        view! { <a class="button quiet" href=href>{context.say("calendar-link")}</a> }
    });
    let freshness = freshness.map(|text| view! { <p class="hint" data-part="freshness">{text}</p> });
    let when = when.map(|when| view! { <div class="when">{window(context, when).into_any()}{calendar}</div> });
    view! { <div class="sheet status">{when}{progress}{freshness}{moved}</div> }
}

/// With a `lead` the parcel is the page and its headline the `h1`; without, it is one of several and has an `h2`.
pub(in crate::portal) fn shipment(
    context: &PageContext,
    parcel: &ShipmentView,
    lead: Option<Lead>,
    about: AnyView,
) -> impl IntoView + use<> {
    let alone = lead.is_some();
    let level = if alone { 2 } else { 3 };
    let calendar = lead.as_ref().and_then(|lead| lead.calendar.clone());
    let bar = progress(context, &parcel.progress).into_any();
    let moved = moves(context, &parcel.moves).map(IntoAny::into_any);
    let head = match lead {
        Some(lead) => answer(lead).into_any(),
        None => view! {
            <div class="name">
                {parcel.position.clone().map(|position| view! { <p class="eyebrow">{position}</p> })}
                <h2 data-part="headline">{parcel.headline.clone()}</h2>
                {parcel.explanation.clone().map(|text| view! { <p>{text}</p> })}
            </div>
        }
        .into_any(),
    };
    view! {
        <article
            class=if alone { "parcel alone" } else { "parcel" }
            data-shipment=parcel.tracking_number.clone()
            data-status=parcel.status.clone()
        >
            {head}
            // Trouble comes before the bar: what happened, the new day and what to do stand on the first screen.
            {parcel.incident.as_ref().map(|trouble| incident(context, trouble, level).into_any())}
            {status_sheet(context, parcel.window.as_ref(), bar, calendar, parcel.freshness.clone(), moved).into_any()}
            <div class="story">
                {parcel.pickup.as_ref().map(|place| pickup(context, place, level).into_any())}
                {parcel.proof.as_ref().map(|given| proof(context, given, level).into_any())}
                {parcel.not_received.as_ref().map(|asked| not_received(context, asked).into_any())}
                {parcel.feedback.as_ref().map(|asked| feedback(context, asked, level).into_any())}
                {updates(context, &parcel.events, level).into_any()}
                {parcel.journey.as_ref().map(|way| journey(context, way, alone, level).into_any())}
            </div>
            <div class="about">
                {items(context, &parcel.items, context.say("items-heading"), level, "items").into_any()}
                {carrier(context, parcel, level).into_any()}
                {about}
            </div>
        </article>
    }
}
