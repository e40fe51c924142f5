//! The order page: the answer first, then each parcel, what is still to ship, and help.

use leptos::prelude::*;

use super::context::PageContext;
use super::shell::Page;
use crate::portal::components::address::address;
use crate::portal::components::help::help;
use crate::portal::components::items::items;
use crate::portal::components::progress::progress;
use crate::portal::components::recommendations::recommendations;
use crate::portal::components::shipment::{Lead, answer, shipment, status_sheet};
use crate::portal::components::{Part, Written};
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

fn content(context: &PageContext, order: &OrderView) -> Part {
    let lead = Lead {
        name: &order_name(context, order),
        placed: order.placed.as_ref(),
        headline: &order.headline,
        explanation: order.explanation.as_deref(),
        calendar: order.calendar.as_deref(),
    };
    match order.shipments.as_slice() {
        // One parcel is the order: its sentence is the page's, said once.
        [only] if order.unshipped.is_empty() => shipment(context, only, Some(lead), about(context, order, 2)).written(),
        [] => nothing_shipped(context, order, lead).written(),
        several => {
            let parcels: Vec<_> =
                several.iter().map(|parcel| shipment(context, parcel, None, ().written()).written()).collect();
            let window = order.window.as_ref();
            let sheet = window
                .map(|window| status_sheet(context, Some(window), ().written(), lead.calendar, None, None).written());
            view! {
                {answer(lead).written()}
                {sheet}
                {parcels}
                <div class="about">{about(context, order, 2)}</div>
            }
            .written()
        }
    }
}

fn nothing_shipped(context: &PageContext, order: &OrderView, lead: Lead<'_>) -> impl IntoView {
    let bar = progress(context, &order.progress);
    view! {
        {answer(lead).written()}
        {status_sheet(context, order.window.as_ref(), bar, lead.calendar, None, None).written()}
        <div class="about">{about(context, order, 2)}</div>
    }
}

/// What belongs to the order and to no parcel.
fn about(context: &PageContext, order: &OrderView, level: u8) -> Part {
    let summary = order.summary_only.then(|| {
        view! {
            <section class="card">
                <h2>{context.say("summary-title")}</h2>
                <p>{context.say("summary-note")}</p>
                <p class="actions">
                    <a class="button quiet" href=context.home()>{context.say("summary-link")}</a>
                </p>
            </section>
        }
    });
    let unshipped =
        items(context, &order.unshipped, context.say("items-to-ship-heading"), level, "unshipped").written();
    let address = order.address.as_ref().map(|place| address(context, place, &order.order_number, level).written());
    let beside = order.recommendations.as_ref().map(|shown| recommendations(context, shown, level).written());
    (unshipped, address, summary, help(context, order.help.as_ref(), level).written(), beside).written()
}
