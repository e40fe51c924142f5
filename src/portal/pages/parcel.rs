//! One parcel by its tracking number: public by design, so milestones only and nothing personal.

use leptos::prelude::*;

use super::context::PageContext;
use super::shell::Page;
use crate::portal::components::help::help;
use crate::portal::components::shipment::{Lead, shipment};
use crate::portal::components::stencil::By;
use crate::portal::components::{ROOM, Written};
use crate::portal::view::ShipmentView;

pub fn render_parcel(context: &PageContext, view: &ShipmentView, live: Option<&str>) -> String {
    Page {
        name: "parcel",
        title: context.say_with("parcel-title", &[("number", (&view.tracking_number).into())]),
        island: true,
        live: live.map(str::to_owned),
        content: content(context, view),
    }
    .document(context)
}

fn content(context: &PageContext, view: &ShipmentView) -> String {
    // Whatever the caller filled in: who gets it, where it goes and what is in it are the order's business.
    let public = ShipmentView { items: Vec::new(), proof: None, pickup: None, feedback: None, ..view.clone() };
    let lead = Lead {
        name: &context.say_with("parcel-title", &[("number", (&view.tracking_number).into())]),
        placed: None,
        headline: &public.headline,
        explanation: public.explanation.as_deref(),
        calendar: None,
    };
    let note = view! {
        <section class="card">
            <h2>{context.say("site-track-another")}</h2>
            <p>{context.say("parcel-public-hint")}</p>
            <p class="actions">
                <a class="button quiet" href=context.home()>{context.say("lookup-button")}</a>
            </p>
        </section>
    };
    let note = note.into_text();
    let about = By(|html: &mut String| {
        html.push_str(&note);
        help(context, None, 2, html);
    });
    let mut html = String::with_capacity(ROOM);
    shipment(context, &public, Some(lead), &about, &mut html);
    html
}
