//! The order page: the answer first, then each parcel, what is still to ship, and help.

use leptos::prelude::*;

use super::context::PageContext;
use super::shell::Page;
use crate::portal::components::address::address;
use crate::portal::components::help::help;
use crate::portal::components::items::items;
use crate::portal::components::recommendations::recommendations;
use crate::portal::components::shipment::{Lead, Sheet, answer, shipment, status_sheet};
use crate::portal::components::stencil::{By, Filling};
use crate::portal::components::{ROOM, Written};
use crate::portal::view::OrderView;

pub fn render_order(context: &PageContext, view: &OrderView) -> String {
    Page {
        name: "order",
        title: order_name(context, view),
        island: true,
        live: view.live.clone(),
        content: content(context, view),
    }
    .document(context)
}

fn order_name(context: &PageContext, order: &OrderView) -> String {
    context.say_with("order-title", &[("number", (&order.order_number).into())])
}

fn content(context: &PageContext, order: &OrderView) -> String {
    let lead = Lead {
        name: &order_name(context, order),
        placed: order.placed.as_ref(),
        headline: &order.headline,
        explanation: order.explanation.as_deref(),
        calendar: order.calendar.as_deref(),
    };
    let about = By(|html| about(context, order, 2, html));
    let mut html = String::with_capacity(ROOM);
    match order.shipments.as_slice() {
        // One parcel is the order: its sentence is the page's, said once.
        [only] if order.unshipped.is_empty() => shipment(context, only, Some(lead), &about, &mut html),
        parcels => {
            answer(context, lead, &mut html);
            let sheet = Sheet {
                window: order.window.as_ref(),
                calendar: lead.calendar,
                progress: if parcels.is_empty() { &order.progress } else { &[] },
                ..Sheet::default()
            };
            if parcels.is_empty() || order.window.is_some() {
                status_sheet(context, sheet, &mut html);
            }
            for parcel in parcels {
                shipment(context, parcel, None, &None::<&str>, &mut html);
            }
            context.stencils.about.with([&about]).fill(&mut html);
        }
    }
    html
}

/// What belongs to the order and to no parcel.
fn about(context: &PageContext, order: &OrderView, level: u8, html: &mut String) {
    items(context, &order.unshipped, context.say("items-to-ship-heading"), level, "unshipped", html);
    if let Some(place) = &order.address {
        address(context, place, &order.order_number, level, html);
    }
    if order.summary_only {
        let summary = view! {
            <section class="card">
                <h2>{context.say("summary-title")}</h2>
                <p>{context.say("summary-note")}</p>
                <p class="actions">
                    <a class="button quiet" href=context.home()>{context.say("summary-link")}</a>
                </p>
            </section>
        };
        summary.write_to(html);
    }
    help(context, order.help.as_ref(), level, html);
    if let Some(shown) = &order.recommendations {
        recommendations(context, shown, level, html);
    }
}
