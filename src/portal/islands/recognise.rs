//! What the lookup box takes its text for, said while it is typed: a Leptos island, empty until the browser wakes it.

#[cfg(feature = "hydrate")]
use leptos::ev;
use leptos::prelude::*;

use super::guess::guess;

/// The words stand in `data-` attributes of the line around it: as properties of the island they would bring a reader of
/// JSON along, a quarter of the browser build.
#[island]
pub fn Recognised() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    // The text changes with the kind alone, or a screen reader would say it at every letter.
    let kind = Memo::new(move |_| typed.with(|text| guess(text)));
    // The page has one box, outside of the island; nobody types on the server.
    #[cfg(feature = "hydrate")]
    let _ = window_event_listener(ev::input, move |event| typed.set(event_target_value(&event)));
    move || kind.get().and_then(words)
}

fn words(kind: &str) -> Option<String> {
    document().query_selector("[data-part=recognised]").ok()??.get_attribute(kind)
}
