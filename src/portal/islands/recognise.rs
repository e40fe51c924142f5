//! The lookup box says what it takes the text for, while it is typed.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlInputElement};

use super::guess::guess;

pub(super) fn start(document: &Document) -> Result<(), JsValue> {
    let Some(line) = document.query_selector("[data-part=recognised]")? else { return Ok(()) };
    let Some(input) = document.query_selector("input[name=q]")? else { return Ok(()) };
    let input: HtmlInputElement = input.dyn_into()?;
    let typed = input.clone();
    let show = Closure::<dyn Fn()>::new(move || {
        let text = guess(&typed.value()).and_then(|kind| line.get_attribute(kind)).unwrap_or_default();
        // Set only when it changes, or a screen reader would say it at every letter.
        if line.text_content().as_deref() != Some(text.as_str()) {
            line.set_text_content(Some(&text));
        }
    });
    input.add_event_listener_with_callback("input", show.as_ref().unchecked_ref())?;
    show.forget();
    Ok(())
}
