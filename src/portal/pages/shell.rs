//! What surrounds every page: document head, header, footer. No page writes these itself.

use leptos::prelude::*;
use leptos::tachys::view::Position;

use super::context::PageContext;
use crate::brand::{Colour, Picture};
use crate::portal::components::{Part, Written};

/// One page, ready to be put into the document.
pub(super) struct Page {
    /// `data-page` of `main`: a fixed hook.
    pub name: &'static str,
    pub title: String,
    /// The page has something that the browser build makes better.
    pub island: bool,
    /// Path of the live updates.
    pub live: Option<String>,
    pub content: Part,
}

/// Bytes that most pages fit into.
const ROOM: usize = 24 * 1024;

/// The whole document as text. `page` is called where views may be made.
pub(super) fn document(context: &PageContext, page: impl FnOnce() -> Page) -> String {
    let owner = Owner::new_root(None);
    let mut html = String::with_capacity(ROOM);
    html.push_str("<!DOCTYPE html>");
    owner.with(|| {
        let page = page();
        let theme = &context.brand.theme;
        view! {
            <html
                lang=context.locale().tag()
                dir=context.locale().direction().as_str()
                data-layout=theme.layout.as_str()
                data-header=theme.header.as_str()
                data-progress=theme.progress.as_str()
            >
                {head(context, &page).written()}
                <body>
                    <a class="skip" href="#main">
                        {context.say("skip-to-content")}
                    </a>
                    {header(context).written()}
                    <main id="main" tabindex="-1" data-page=page.name data-live=page.live data-wake=page.island.then_some("")>
                        {page.content}
                    </main>
                    {footer(context).written()}
                    <p class="sr-only" data-part="announcement" role="status"></p>
                </body>
            </html>
        }
        .to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, Vec::new());
    });
    owner.cleanup();
    html
}

fn head(context: &PageContext, page: &Page) -> impl IntoView + use<> {
    let brand = &context.brand;
    let browser_build = page.island.then(|| context.assets.browser_build.clone()).flatten();
    let title = context.say_with("page-title", &[("title", (&page.title).into()), ("brand", (&brand.name).into())]);
    let asset = |name: &str| context.path(&format!("/assets/{name}"));
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{title}</title>
            <meta name="robots" content="noindex" />
            // A phone number is shown on purpose where it is one; order numbers are not to be turned into links.
            <meta name="format-detection" content="telephone=no, date=no, address=no" />
            <meta name="color-scheme" content="light dark" />
            {theme_colour("light", brand.theme.light.band)}
            {theme_colour("dark", brand.theme.dark.band)}
            <link rel="stylesheet" href=asset(&context.assets.stylesheet) />
            <link rel="stylesheet" href=context.path(&format!("/brand/{}", context.brand_stylesheet)) />
            {brand.logo.favicon.as_ref().map(|icon| {
                view! { <link rel="icon" type="image/svg+xml" href=picture_path(context, icon) /> }
            })}
            {browser_build.map(|build| {
                view! {
                    <script
                        src=asset(&build.boot)
                        data-glue=asset(&build.glue)
                        data-wasm=asset(&build.wasm)
                        defer=true
                    ></script>
                }
            })}
        </head>
    }
}

fn theme_colour(scheme: &str, colour: Colour) -> impl IntoView + use<> {
    // `view!` does not know the `media` of a `meta`.
    leptos::html::meta()
        .name("theme-color")
        .content(colour.to_string())
        .attr("media", format!("(prefers-color-scheme: {scheme})"))
}

fn picture_path(context: &PageContext, picture: &Picture) -> String {
    context.path(&format!("/brand/{}", picture.file_name()))
}

fn header(context: &PageContext) -> impl IntoView + use<> {
    let links = &context.brand.links;
    let entries = [("site-shop", &links.shop), ("site-help", &links.help)];
    let entries: Vec<_> = entries
        .into_iter()
        .filter_map(|(id, href)| {
            let href = href.clone()?;
            Some(view! { <li><a href=href>{context.say(id)}</a></li> })
        })
        .collect();
    view! {
        <header class="top">
            <a class="logo" href=context.home()>
                {logo(context)}
            </a>
            {(!entries.is_empty())
                .then(|| view! { <nav aria-label=context.say("site-nav")><ul>{entries}</ul></nav> })}
        </header>
    }
}

fn logo(context: &PageContext) -> impl IntoView + use<> {
    let logo = &context.brand.logo;
    let alt = if logo.show_text { String::new() } else { logo.text.clone() };
    let picture = logo.picture.as_ref().map(|picture| {
        let dark = logo.picture_dark.as_ref().map(|dark| {
            view! { <source srcset=picture_path(context, dark) media="(prefers-color-scheme: dark)" /> }
        });
        view! {
            <picture>
                {dark}
                <img
                    src=picture_path(context, picture)
                    alt=alt
                    width=picture.width.to_string()
                    height=picture.height.to_string()
                />
            </picture>
        }
    });
    let text = logo.show_text.then(|| view! { <span>{logo.text.clone()}</span> });
    (picture, text)
}

fn footer(context: &PageContext) -> impl IntoView + use<> {
    let links = &context.brand.links;
    let entries = [
        ("site-returns", &links.returns),
        ("site-contact", &links.contact),
        ("site-imprint", &links.imprint),
        ("site-privacy", &links.privacy),
    ];
    let entries: Vec<_> = entries
        .into_iter()
        .filter_map(|(id, href)| {
            let href = href.clone()?;
            Some(view! { <li><a href=href>{context.say(id)}</a></li> })
        })
        .collect();
    let forget = context.has_grant.then(|| {
        view! {
            <form method="post" action=context.path("/api/forget")>
                <button class="plain">{context.say("site-sign-out")}</button>
            </form>
        }
    });
    view! {
        <footer class="foot">
            {(context.brand.locales.len() > 1).then(|| languages(context))}
            {(!entries.is_empty()).then(|| view! { <ul>{entries}</ul> })}
            {forget}
        </footer>
    }
}

fn languages(context: &PageContext) -> impl IntoView + use<> {
    let entries: Vec<_> = context
        .brand
        .locales
        .iter()
        .map(|locale| {
            let current = (locale == context.locale().tag()).then_some("true");
            let href = context.here_in(locale);
            view! {
                <li>
                    <a href=href hreflang=locale.clone() lang=locale.clone() aria-current=current>
                        {own_name(locale)}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav aria-label=context.say("language-label")><ul>{entries}</ul></nav> }
}

/// A language as its speakers call it, so that it is found by whoever cannot read the page.
fn own_name(locale: &str) -> String {
    let name = match locale.split('-').next().unwrap_or(locale) {
        "ar" => "العربية",
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "fi" => "Suomi",
        "fr" => "Français",
        "he" => "עברית",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nb" | "no" => "Norsk",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "sv" => "Svenska",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "zh" => "中文",
        _ => return locale.to_owned(),
    };
    match locale.split_once('-') {
        Some((_, region)) => format!("{name} ({region})"),
        None => name.to_owned(),
    }
}
