//! Headings whose level depends on what stands above: the outline has no holes.

use leptos::prelude::*;

pub(in crate::portal) fn heading(level: u8, text: String) -> AnyView {
    match level {
        2 => view! { <h2>{text}</h2> }.into_any(),
        _ => view! { <h3>{text}</h3> }.into_any(),
    }
}
