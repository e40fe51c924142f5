//! A one-time link asks to be confirmed: mail scanners follow links, people press buttons.

use leptos::prelude::*;

use super::context::PageContext;
use super::shell::Page;
use crate::portal::components::Written;
use crate::portal::components::forms::form_page;

#[derive(Debug, Clone, Default)]
pub struct LinkConfirmView {
    pub token: String,
}

pub fn render_link(context: &PageContext, view: &LinkConfirmView) -> String {
    Page {
        // The same step as the code, reached by the other way of the same message.
        name: "code",
        title: context.say("link-title").to_owned(),
        island: false,
        live: None,
        content: content(context, view).into_text(),
    }
    .document(context)
}

fn content(context: &PageContext, link: &LinkConfirmView) -> impl IntoView {
    let form = view! {
        <form method="post" action=context.path("/api/use_link")>
            <input type="hidden" name="token" value=link.token.as_str() />
            <button class="button">{context.say("link-button")}</button>
        </form>
    };
    form_page(context.say("link-title"), Some(context.say("link-intro")), None, form)
}
