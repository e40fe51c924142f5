//! The orders of a proved contact.

use std::borrow::Cow;

use leptos::prelude::*;

use super::context::PageContext;
use super::shell::Page;
use crate::portal::components::Written;
use crate::portal::components::time::time;
use crate::portal::view::OrderSummaryView;

#[derive(Debug, Clone, Default)]
pub struct OrdersView {
    /// The proved contact, as far as it may be shown: "a…@example.com".
    pub contact: Option<String>,
    /// Newest first.
    pub orders: Vec<OrderSummaryView>,
}

pub fn render_orders(context: &PageContext, view: &OrdersView) -> String {
    Page {
        name: "orders",
        title: context.say("orders-title").to_owned(),
        island: false,
        live: None,
        content: content(context, view).into_text(),
    }
    .document(context)
}

fn content(context: &PageContext, view: &OrdersView) -> impl IntoView {
    let intro: Option<Cow<str>> = match (&view.contact, view.orders.is_empty()) {
        (_, true) => Some(context.say("orders-none").into()),
        (Some(contact), false) => Some(context.say_with("orders-intro", &[("contact", contact.into())]).into()),
        (None, false) => None,
    };
    let orders: Vec<_> = view.orders.iter().map(|order| entry(context, order)).collect();
    let list = if orders.is_empty() { None } else { Some(view! { <ul class="sheet orders">{orders}</ul> }) };
    let empty = list.is_none().then(|| {
        view! {
            <div class="sheet actions">
                <a class="button" href=context.home()>{context.say("error-to-lookup")}</a>
            </div>
        }
    });
    view! {
        <div class="answer">
            <h1>{context.say("orders-title")}</h1>
            {intro.map(|intro| view! { <p class="lead">{intro}</p> })}
        </div>
        {list}
        {empty}
    }
}

fn entry(context: &PageContext, order: &OrderSummaryView) -> impl IntoView {
    let placed = order.placed.as_ref().map(|placed| view! { " · " {time(placed)} });
    let number = context.say_with("order-title", &[("number", (&order.order_number).into())]);
    view! {
        <li data-status=order.status.as_ref()>
            <a href=order.href.as_str()>
                <span class="eyebrow">{number}{placed}</span>
                <strong>{order.headline.as_str()}</strong>
                <span class="text-muted">{order.items.as_str()}</span>
            </a>
        </li>
    }
}
