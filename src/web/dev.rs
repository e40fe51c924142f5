//! The demo's back room: every message it sent, buttons that break and mend parcels, and bytes to measure the server by.
//! Only `doorstep demo` has these routes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use leptos::prelude::*;
use serde_json::json;

use crate::demo::{self, Button, Listed};
use crate::store::StoreError;
use crate::store::messages::{self, OutgoingMessage};

use super::answer;
use super::app::{App, LiveBrand};
use super::visit::{self, Encoding};

const MOST_MESSAGES: i64 = 200;
const MOST_BYTES: usize = 4 * 1024 * 1024;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/dev/mail.json", get(mail_json))
        .route("/dev/mail", get(mail))
        .route("/dev/parcels", get(parcels))
        .route("/dev/parcels/{tracking_number}/{action}", post(press))
        .route("/dev/bytes/{count}", get(bytes))
}

type Sent = Vec<(jiff::Timestamp, OutgoingMessage)>;

async fn sent(app: &App) -> Result<Sent, StoreError> {
    let mut conn = app.store.read().await?;
    messages::recent(&mut conn, app.store.vault(), MOST_MESSAGES).await
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(%error, "the demo's back room could not use the store");
    answer::error_without_brand(StatusCode::SERVICE_UNAVAILABLE, "The store cannot be used right now.")
}

/// Every message sent, newest first.
async fn mail_json(State(app): State<Arc<App>>) -> Response {
    match sent(&app).await {
        Ok(messages) => {
            let listed: Vec<_> = messages
                .into_iter()
                .map(|(at, message)| {
                    json!({
                        "at": at.to_string(), "channel": message.channel, "to": message.to,
                        "subject": message.subject, "text": message.text, "html": message.html,
                    })
                })
                .collect();
            Json(listed).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// The same for a person.
async fn mail(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match sent(&app).await {
        Ok(messages) => page(&app, &headers, "Messages sent", || messages_view(messages).into_any()),
        Err(error) => failed(&error),
    }
}

fn messages_view(messages: Sent) -> impl IntoView {
    let none =
        messages.is_empty().then(|| view! { <p class="lead">"None yet: ask for a code, and it arrives here."</p> });
    let listed: Vec<_> = messages
        .into_iter()
        .map(|(at, message)| {
            let subject = if message.subject.is_empty() { "Text message".to_owned() } else { message.subject };
            view! {
                <article class="sheet">
                    <h2>{subject}</h2>
                    <p>
                        {message.channel} " to " <strong>{message.to}</strong> ", "
                        <time datetime=at.to_string()>{at.strftime("%d %b %Y, %H:%M:%S UTC").to_string()}</time>
                    </p>
                    {message.text.split("\n\n").map(paragraph).collect_view()}
                </article>
            }
        })
        .collect();
    view! {
        {none}
        {listed}
    }
}

/// A paragraph with its line breaks, its links to be followed.
fn paragraph(text: &str) -> impl IntoView + use<> {
    let lines: Vec<_> = text
        .lines()
        .map(|line| {
            let words: Vec<_> = line
                .split(' ')
                .map(|word| match word.starts_with("http://") || word.starts_with("https://") {
                    true => view! { <a href=word.to_owned()>{word.to_owned()}</a> " " }.into_any(),
                    false => format!("{word} ").into_any(),
                })
                .collect();
            view! { {words} <br /> }
        })
        .collect();
    view! { <p>{lines}</p> }
}

/// Every parcel, with buttons that tell an event of it.
async fn parcels(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let mut brands = Vec::new();
    for live in app.brands().all() {
        match demo::parcels(&app.store, live.id).await {
            Ok(listed) => brands.push((Arc::clone(live), listed)),
            Err(error) => return failed(&error),
        }
    }
    page(&app, &headers, "Parcels", || {
        let sections: Vec<_> = brands.into_iter().map(|(live, listed)| parcels_view(&live, listed)).collect();
        view! {
            <p class="lead">
                "Each button tells one event, as a carrier would. Keep an order open in another window: it follows by itself."
            </p>
            {sections}
        }
        .into_any()
    })
}

fn parcels_view(live: &LiveBrand, listed: Vec<Listed>) -> impl IntoView + use<> {
    let home = format!("{}{}", live.brand.origin, live.brand.base_path);
    let rows: Vec<_> = listed
        .into_iter()
        .map(|parcel| {
            let order = parcel.order_number.zip(parcel.order_key).map(|(number, key)| {
                view! { <a href=format!("{home}/orders/{key}")>{number}</a> }
            });
            let number = parcel.tracking_number;
            let buttons: Vec<_> = Button::ALL
                .into_iter()
                .map(|button| {
                    let action = format!("/dev/parcels/{}/{}", visit::percent_encoded(&number), button.as_str());
                    view! { <button class="plain" formaction=action>{button.as_str()}</button> " " }
                })
                .collect();
            view! {
                <li id=number.clone()>
                    <form method="post">
                        {order} " " {parcel.carrier} " "
                        <a href=format!("{home}/parcels/{number}")>{number.clone()}</a> " "
                        <strong data-shipment=number.clone() data-status=parcel.status.clone()>{parcel.status.clone()}</strong>
                        <br />
                        {buttons}
                    </form>
                </li>
            }
        })
        .collect();
    view! {
        <section class="sheet">
            <h2>{live.brand.name.clone()}</h2>
            <ul>{rows}</ul>
        </section>
    }
}

async fn press(
    State(app): State<Arc<App>>,
    Path((tracking_number, action)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let is_ours = of_host(&app, &headers).is_some_and(|live| visit::is_same_origin(&live, &headers));
    if !is_ours {
        return answer::error_without_brand(StatusCode::FORBIDDEN, "This button works from its own page only.");
    }
    let Some(button) = Button::read(&action) else {
        return answer::error_without_brand(StatusCode::NOT_FOUND, "There is no such button.");
    };
    match demo::press(&app, &tracking_number, button).await {
        Ok(true) => answer::see_other(&format!("/dev/parcels#{}", visit::percent_encoded(&tracking_number))),
        Ok(false) => answer::error_without_brand(StatusCode::NOT_FOUND, "There is no such parcel."),
        Err(error) => failed(&error),
    }
}

/// The back room takes any Host, and looks like the brand of it, or like the first.
fn of_host(app: &App, headers: &HeaderMap) -> Option<Arc<LiveBrand>> {
    let brands = app.brands();
    let named = visit::text(headers, header::HOST).and_then(|host| brands.by_host(host));
    named.or_else(|| brands.all().first().cloned())
}

fn page(app: &App, headers: &HeaderMap, title: &'static str, content: impl FnOnce() -> AnyView) -> Response {
    let sheets: Vec<String> = of_host(app, headers)
        .map(|live| {
            let base = &live.brand.base_path;
            vec![format!("{base}/assets/{}", app.assets.stylesheet), format!("{base}/brand/{}", live.stylesheet_name)]
        })
        .unwrap_or_default();
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let links: Vec<_> = sheets.into_iter().map(|href| view! { <link rel="stylesheet" href=href /> }).collect();
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    <title>{format!("{title} · Doorstep demo")}</title>
                    {links}
                </head>
                <body>
                    <header class="top">
                        <nav aria-label="Demo">
                            <ul>
                                <li><a href="/dev/parcels">"Parcels"</a></li>
                                <li><a href="/dev/mail">"Messages"</a></li>
                            </ul>
                        </nav>
                    </header>
                    <main data-page="dev">
                        <div class="answer">
                            <h1>{title}</h1>
                        </div>
                        {content()}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    answer::page(StatusCode::OK, format!("<!DOCTYPE html>{html}"), Encoding::accepted(headers))
}

/// So many static bytes through the same layers as a page: what the server could do at most.
async fn bytes(Path(count): Path<usize>) -> Response {
    use std::sync::OnceLock;
    static BYTES: OnceLock<Bytes> = OnceLock::new();
    let all = BYTES.get_or_init(|| Bytes::from(vec![b'x'; MOST_BYTES]));
    if count > MOST_BYTES {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], all.slice(..count)).into_response()
}
