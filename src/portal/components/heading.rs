//! Headings whose level depends on what stands above: the outline has no holes.

use leptos::prelude::*;

use super::{Part, Written};

pub(in crate::portal) fn heading(level: u8, text: &str) -> Part {
    match level {
        2 => view! { <h2>{text}</h2> }.written(),
        _ => view! { <h3>{text}</h3> }.written(),
    }
}
