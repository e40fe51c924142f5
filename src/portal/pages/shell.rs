//! What surrounds every page: document head, header, footer. No page writes these itself.

use leptos::prelude::*;

use super::context::{Assets, BrowserBuild, PageContext};
use crate::brand::{Colour, Picture};
use crate::portal::components::stencil::{Filling, Markup, Stencil};
use crate::portal::components::{Part, ROOM};

/// One page, ready to be put into the document.
pub(super) struct Page {
    /// `data-page` of `main`: a fixed hook.
    pub name: &'static str,
    pub title: String,
    /// The page has something that the browser build makes better.
    pub island: bool,
    /// Path of the live updates.
    pub live: Option<String>,
    pub content: String,
}

/// What surrounds every page of a brand in one language: title, script, page, languages and the way to be forgotten are
/// its holes.
#[derive(Debug, Default)]
pub(super) struct Frame {
    around: Stencil<5>,
    /// A page that the browser has nothing to do on, one with an island, and one that also follows what changes: its name,
    /// where it hears of changes, and what is on it.
    still: Stencil<3>,
    island: Stencil<3>,
    live: Stencil<3>,
    /// For pages that have an island.
    script: Stencil<0>,
    /// Where the brand speaks several. Its hole is the page's address, up to the language.
    languages: Option<Stencil<1>>,
    /// For browsers that hold a grant.
    forget: Stencil<0>,
}

impl Frame {
    pub(super) fn of(context: &PageContext, assets: &Assets, brand_stylesheet: &str) -> Frame {
        let build = assets.browser_build.as_ref();
        Frame {
            around: Stencil::of(|holes| frame(context, assets, brand_stylesheet, holes)),
            still: Stencil::of(|[name, _, content]| main(name, None, false, content)),
            island: Stencil::of(|[name, _, content]| main(name, None, true, content)),
            live: Stencil::of(|[name, live, content]| main(name, Some(live), true, content)),
            script: Stencil::of(|[]| build.map(|build| script(context, build))),
            languages: (context.brand.locales.len() > 1).then(|| Stencil::of(|[here]| languages(context, here))),
            forget: Stencil::of(|[]| forget(context)),
        }
    }
}

impl Page {
    /// The whole document as text.
    pub(super) fn document(self, context: &PageContext) -> String {
        let frame = &context.frame;
        let title =
            context.say_with("page-title", &[("title", (&self.title).into()), ("brand", (&context.brand.name).into())]);
        let content = Markup(&self.content);
        let live = self.live.as_deref().unwrap_or_default();
        let main = match (self.island, &self.live) {
            (_, Some(_)) => &frame.live,
            (true, None) => &frame.island,
            (false, None) => &frame.still,
        };
        let main = main.with([&self.name, &live, &content]);
        let script = self.island.then(|| frame.script.with([]));
        let here = context.here_up_to_language();
        let languages = frame.languages.as_ref().map(|languages| languages.with([&here]));
        let forget = context.has_grant.then(|| frame.forget.with([]));
        let mut html = String::with_capacity(ROOM);
        html.push_str("<!DOCTYPE html>");
        frame.around.with([&title, &script, &main, &languages, &forget]).fill(&mut html);
        html
    }
}

fn frame(
    context: &PageContext,
    assets: &Assets,
    brand_stylesheet: &str,
    [title, script, main, languages, forget]: [&'static str; 5],
) -> impl IntoView {
    let theme = &context.brand.theme;
    view! {
        <html
            lang=context.locale().tag()
            dir=context.locale().direction().as_str()
            data-layout=theme.layout.as_str()
            data-header=theme.header.as_str()
            data-progress=theme.progress.as_str()
        >
            <head>{head(context, assets, brand_stylesheet)} <title>{title}</title> {Part::new(script)}</head>
            <body>
                <a class="skip" href="#main">
                    {context.say("skip-to-content")}
                </a>
                {header(context)} {Part::new(main)}
                <footer class="foot">{Part::new(languages)} {links(context)} {Part::new(forget)}</footer>
                <p class="sr-only" data-part="announcement" role="status"></p>
            </body>
        </html>
    }
}

fn main(name: &'static str, live: Option<&'static str>, wakes: bool, content: &'static str) -> impl IntoView {
    view! {
        <main id="main" tabindex="-1" data-page=name data-live=live data-wake=wakes.then_some("")>
            {Part::new(content)}
        </main>
    }
}

fn head(context: &PageContext, assets: &Assets, brand_stylesheet: &str) -> impl IntoView {
    let brand = &context.brand;
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        // A phone number is shown on purpose where it is one; order numbers are not to be turned into links.
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <meta name="color-scheme" content="light dark" />
        {theme_colour("light", brand.theme.light.band)}
        {theme_colour("dark", brand.theme.dark.band)}
        <link rel="stylesheet" href=asset(context, &assets.stylesheet) />
        <link rel="stylesheet" href=context.path(&format!("/brand/{brand_stylesheet}")) />
        {brand.logo.favicon.as_ref().map(|icon| {
            view! { <link rel="icon" type="image/svg+xml" href=picture_path(context, icon) /> }
        })}
    }
}

fn script(context: &PageContext, build: &BrowserBuild) -> impl IntoView {
    view! {
        <script
            src=asset(context, &build.boot)
            data-glue=asset(context, &build.glue)
            data-wasm=asset(context, &build.wasm)
            defer=true
        ></script>
    }
}

fn asset(context: &PageContext, name: &str) -> String {
    context.path(&format!("/assets/{name}"))
}

fn theme_colour(scheme: &str, colour: Colour) -> impl IntoView {
    // `view!` does not know the `media` of a `meta`.
    leptos::html::meta()
        .name("theme-color")
        .content(colour.to_string())
        .attr("media", format!("(prefers-color-scheme: {scheme})"))
}

fn picture_path(context: &PageContext, picture: &Picture) -> String {
    context.path(&format!("/brand/{}", picture.file_name()))
}

fn header(context: &PageContext) -> impl IntoView {
    let links = &context.brand.links;
    let entries = [("site-shop", &links.shop), ("site-help", &links.help)];
    let entries = listed(context, entries);
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

/// The links that the brand has, each under its words.
fn listed<'a, const N: usize>(
    context: &'a PageContext,
    links: [(&'static str, &'a Option<String>); N],
) -> Vec<impl IntoView + use<'a, N>> {
    let known = links.into_iter().filter_map(|(id, href)| Some((id, href.as_deref()?)));
    known.map(|(id, href)| view! { <li><a href=href>{context.say(id)}</a></li> }).collect()
}

fn logo(context: &PageContext) -> impl IntoView {
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
    let text = logo.show_text.then(|| view! { <span>{logo.text.as_str()}</span> });
    (picture, text)
}

fn forget(context: &PageContext) -> impl IntoView {
    view! {
        <form method="post" action=context.path("/api/forget")>
            <button class="plain">{context.say("site-sign-out")}</button>
        </form>
    }
}

fn links(context: &PageContext) -> impl IntoView {
    let links = &context.brand.links;
    let entries = [
        ("site-returns", &links.returns),
        ("site-contact", &links.contact),
        ("site-imprint", &links.imprint),
        ("site-privacy", &links.privacy),
    ];
    let entries = listed(context, entries);
    (!entries.is_empty()).then(|| view! { <ul>{entries}</ul> })
}

fn languages(context: &PageContext, here: &str) -> impl IntoView {
    let entries: Vec<_> = context
        .brand
        .locales
        .iter()
        .map(|locale| {
            let current = (locale == context.locale().tag()).then_some("true");
            let href = format!("{here}lang={locale}");
            view! {
                <li>
                    <a href=href hreflang=locale.as_str() lang=locale.as_str() aria-current=current>
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
