//! Waking a page's interactive parts, and what they share.

use wasm_bindgen::JsValue;
use web_sys::{Document, Window};

use super::{copy, live, questions, recognise};

/// Wakes whatever the page has. The page stays as it was where the browser refuses something.
pub fn start() {
    if let Err(refusal) = wake() {
        web_sys::console::warn_1(&refusal);
    }
}

fn wake() -> Result<(), JsValue> {
    let window = window()?;
    let document = document()?;
    recognise::start(&document)?;
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
