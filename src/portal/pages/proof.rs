//! The proof page: the order number is there, now something only its buyer knows.

use leptos::prelude::*;

use super::context::{Notice, PageContext};
use super::shell::Page;
use crate::portal::components::Written;
use crate::portal::components::forms::{Field, field, form_page};

#[derive(Debug, Clone, Default)]
pub struct ProofFormView {
    /// The order number as it was typed; sent again with the proof.
    pub q: String,
    pub notice: Option<Notice>,
}

pub fn render_proof(context: &PageContext, view: &ProofFormView) -> String {
    Page {
        name: "proof",
        title: context.say("proof-title").to_owned(),
        island: false,
        live: None,
        content: content(context, view),
    }
    .document(context)
}

fn content(context: &PageContext, proof: &ProofFormView) -> String {
    let label = if context.brand.policies.postcode_proof { "proof-label-postcode" } else { "proof-label" };
    let box_ = field(Field {
        name: "proof",
        label: context.say(label),
        value: "",
        hint: None,
        failed: proof.notice.as_ref(),
        input_mode: "email",
        autocomplete: "email",
        most: 254,
    });
    let form = view! {
        <form method="post" action=context.path("/api/find_order") novalidate=true>
            <input type="hidden" name="q" value=proof.q.as_str() />
            {box_}
            <button class="button">{context.say("proof-button")}</button>
        </form>
        <p class="more">
            <a href=context.home()>{context.say("proof-another")}</a>
        </p>
    };
    let intro = context.say_with("proof-intro", &[("number", (&proof.q).into())]);
    form_page(context.say("proof-title"), Some(&intro), proof.notice.as_ref(), form).into_text()
}
