//! Error pages: our words and a next step, never a cause.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::portal::components::Written;

use super::context::PageContext;
use super::shell::Page;

#[derive(Debug, Clone, Copy, Default)]
pub struct ErrorView {
    /// 400–599; a status without words of its own is spoken of as its class.
    pub status: u16,
    /// How long to wait before trying again, in minutes; for 429.
    pub wait_minutes: i64,
}

pub fn render_error(context: &PageContext, view: &ErrorView) -> String {
    let (title, text) = message_ids(view.status);
    Page {
        name: "error",
        title: context.say(title).to_owned(),
        island: false,
        live: None,
        content: content(context, *view, title, text).into_text(),
    }
    .document(context)
}

/// For a Host that belongs to no brand: no look to show it in, and no language but the web's.
pub fn render_error_without_brand(status: u16, text: &str) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    <title>{status.to_string()}</title>
                </head>
                <body>
                    <main data-page="error">
                        <h1>{status.to_string()}</h1>
                        <p>{text.to_owned()}</p>
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{html}")
}

fn message_ids(status: u16) -> (&'static str, &'static str) {
    match status {
        403 => ("error-403-title", "error-403"),
        404 => ("error-404-title", "error-404"),
        405 => ("error-405-title", "error-405"),
        410 => ("error-410-title", "error-410"),
        413 => ("error-413-title", "error-413"),
        421 => ("error-421-title", "error-421"),
        422 => ("error-422-title", "error-422"),
        429 => ("error-429-title", "error-429"),
        503 => ("error-503-title", "error-503"),
        500.. => ("error-500-title", "error-500"),
        _ => ("error-400-title", "error-400"),
    }
}

fn content(context: &PageContext, view: ErrorView, title: &'static str, text: &'static str) -> impl IntoView {
    // Only the message for 429 names the wait.
    let text = match view.status {
        429 => context.say_with(text, &[("wait", view.wait_minutes.max(1).into())]).into(),
        _ => Cow::from(context.say(text)),
    };
    let help = context.brand.links.help.as_deref().map(|href| {
        view! { <a class="button quiet" href=href>{context.say("site-help")}</a> }
    });
    view! {
        <div class="answer">
            <p class="eyebrow">{context.say_with("error-number", &[("status", i64::from(view.status).into())])}</p>
            <h1>{context.say(title)}</h1>
            <p class="lead">{text}</p>
        </div>
        <div class="sheet actions">
            <a class="button" href=context.home()>{context.say("error-to-lookup")}</a>
            {help}
        </div>
    }
}
