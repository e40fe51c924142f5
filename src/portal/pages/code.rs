//! The code page: says the same whether or not there is anything to find, and what to do when nothing arrives.

use leptos::prelude::*;

use super::context::{Notice, PageContext};
use super::shell::Page;
use crate::portal::components::Written;
use crate::portal::components::forms::{Field, field, form_page};

#[derive(Debug, Clone, Default)]
pub struct CodeView {
    /// The contact as it was typed, so that a slip is seen; sent again when a new code is asked for. Empty when the
    /// shopper gave an order number only: the code goes to the contact that we have.
    pub contact: String,
    /// "Did you mean gmail.com?", from the text alone.
    pub hint: Option<String>,
    pub notice: Option<Notice>,
}

pub fn render_code(context: &PageContext, view: &CodeView) -> String {
    Page {
        name: "code",
        title: context.say("code-title").to_owned(),
        island: false,
        live: None,
        content: content(context, view),
    }
    .document(context)
}

/// How long a code is good for.
const CODE_MINUTES: i64 = 10;

fn content(context: &PageContext, code: &CodeView) -> String {
    // Where texts cannot be sent, a phone's code goes to the mailbox of its orders: only an address is named as such.
    let intro = if code.contact.contains('@') { context.say("code-sent") } else { context.say("code-sent-contact") };
    let hint = context.say_with("code-hint", &[("minutes", CODE_MINUTES.into())]);
    let box_ = field(Field {
        name: "code",
        label: context.say("code-label"),
        value: "",
        hint: Some(&hint),
        failed: code.notice.as_ref(),
        input_mode: "numeric",
        autocomplete: "one-time-code",
        most: 16,
    });
    let again = (!code.contact.is_empty()).then(|| {
        view! {
            <form method="post" action=context.path("/api/find_order")>
                <input type="hidden" name="q" value=code.contact.as_str() />
                <button class="plain">{context.say("code-again")}</button>
            </form>
        }
    });
    let typed = (!code.contact.is_empty())
        .then(|| view! { <p>{context.say_with("code-wait-typo", &[("address", (&code.contact).into())])}</p> });
    let form = view! {
        {code.hint.as_deref().map(|hint| view! { <p class="notice" role="status">{hint}</p> })}
        <form method="post" action=context.path("/api/enter_code") novalidate=true>
            {box_}
            <button class="button">{context.say("code-button")}</button>
        </form>
        <details class="more">
            <summary>{context.say("code-wait-heading")}</summary>
            {typed}
            <p>{context.say("code-wait-spam")}</p>
            <p>{context.say("code-wait-address")}</p>
            <p>{context.say("code-wait-order-number")}</p>
            <p>{context.say("code-how-often")}</p>
            {again}
        </details>
        <p class="more">
            <a href=context.home()>{context.say("site-track-another")}</a>
        </p>
    };
    form_page(context.say("code-title"), Some(intro), code.notice.as_ref(), form).into_text()
}
