//! The lookup page: one box that takes whatever the shopper has at hand.

use leptos::prelude::*;

use super::context::{Notice, PageContext};
use super::shell::Page;
use crate::brand::LookupPolicy;
use crate::portal::components::Written;
use crate::portal::components::forms::{Field, field, form_page};
use crate::portal::islands::Recognised;

#[derive(Debug, Clone, Default)]
pub struct LookupView {
    /// What stands in the box already: from `?q=`, or as it was sent.
    pub q: String,
    pub notice: Option<Notice>,
}

pub fn render_lookup(context: &PageContext, view: &LookupView) -> String {
    Page {
        name: "lookup",
        title: context.say("lookup-title").to_owned(),
        island: true,
        live: None,
        content: content(context, view),
    }
    .document(context)
}

fn content(context: &PageContext, lookup: &LookupView) -> String {
    let intro = match context.brand.policies.lookup {
        LookupPolicy::LinkOnly => context.say("lookup-link-only"),
        _ => context.say("lookup-intro"),
    };
    let where_it_is = context.say_with("lookup-where", &[("example", (&context.brand.order_number.example).into())]);
    let box_ = field(Field {
        name: "q",
        label: context.say("lookup-label"),
        value: &lookup.q,
        hint: Some(context.say("lookup-hint")),
        failed: lookup.notice.as_ref(),
        input_mode: "text",
        autocomplete: "on",
        most: 254,
    });
    let form = view! {
        <form method="post" action=context.path("/api/find_order") novalidate=true>
            {box_}
            // Filled by the browser build while typing; it then takes the hint's place, so nothing moves.
            <p
                class="recognised"
                data-part="recognised"
                data-order=context.say("lookup-recognised-order")
                data-email=context.say("lookup-recognised-email")
                data-phone=context.say("lookup-recognised-phone")
                data-tracking=context.say("lookup-recognised-tracking")
                role="status"
            >
                <Recognised />
            </p>
            <button class="button">{context.say("lookup-button")}</button>
        </form>
        <details class="more">
            <summary>{context.say("lookup-where-heading")}</summary>
            <p>{where_it_is}</p>
            <p>{context.say("code-wait-address")}</p>
        </details>
        <p class="hint">{context.say("lookup-privacy")}</p>
    };
    form_page(context.say("lookup-title"), Some(intro), lookup.notice.as_ref(), form).into_text()
}
