//! Waking a page's interactive parts, and what they share.

use any_spawner::Executor;
use leptos::prelude::Owner;
use wasm_bindgen::JsValue;
use web_sys::{Document, Window};

use super::{copy, live, questions};

/// Wakes whatever the page has. The page stays as it was where the browser refuses something.
pub fn start() {
    if let Err(refusal) = wake() {
        web_sys::console::warn_1(&refusal);
    }
}

fn wake() -> Result<(), JsValue> {
    ready_for_islands();
    let window = window()?;
    let document = document()?;
    live::start(&document)?;
    questions::start(&document)?;
    // Only pages from a safe origin may write to the clipboard; the buttons stay hidden elsewhere.
    if window.is_secure_context() {
        copy::start(&document)?;
        if let Some(root) = document.document_element() {
            root.class_list().add_1("awake")?;
        }
    }
    Ok(())
}

/// What Leptos' islands live in; boot.js then wakes each by its element. As `leptos::mount::hydrate_islands`, but without
/// the context in which a server sends data along: an eighth of the browser build, and no island here is sent any.
fn ready_for_islands() {
    // It can fail only where it is ready already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new_root(None);
    owner.set();
    std::mem::forget(owner);
}

pub(super) fn window() -> Result<Window, JsValue> {
    web_sys::window().ok_or_else(|| JsValue::from_str("no window"))
}

pub(super) fn document() -> Result<Document, JsValue> {
    window()?.document().ok_or_else(|| JsValue::from_str("no document"))
}

/// Says something to who cannot see it, when the screen reader has a moment.
pub(super) fn announce(text: &str) -> Result<(), JsValue> {
    if let Some(line) = document()?.query_selector("[data-part=announcement]")? {
        line.set_text_content(Some(text));
    }
    Ok(())
}
