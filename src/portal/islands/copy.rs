//! Buttons that copy a number: `<button data-copy="1Z…" data-copied="Copied">`.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event};

use super::page::{announce, window};

/// How long the button says that it worked.
const SAID_FOR_MS: i32 = 3000;

/// One listener for all buttons, so that those which a live change brings work as well.
pub(super) fn start(document: &Document) -> Result<(), JsValue> {
    let pressed = Closure::<dyn Fn(Event) -> Result<(), JsValue>>::new(|event: Event| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[data-copy]").transpose())
            .transpose()?;
        button.map_or(Ok(()), |button| copy(&button))
    });
    document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref())?;
    pressed.forget();
    Ok(())
}

fn copy(button: &Element) -> Result<(), JsValue> {
    let number = button.get_attribute("data-copy").unwrap_or_default();
    let written = window()?.navigator().clipboard().write_text(&number);
    let button = button.clone();
    let say = Closure::once_into_js(move || say_copied(&button));
    // Nothing is said where the browser refuses: the number can still be marked by hand.
    let then = js_sys::Reflect::get(&written, &JsValue::from_str("then"))?.dyn_into::<Function>()?;
    then.call2(&written, &say, &JsValue::UNDEFINED.into())?;
    Ok(())
}

fn say_copied(button: &Element) -> Result<(), JsValue> {
    let copied = button.get_attribute("data-copied").unwrap_or_default();
    let label = button.text_content();
    if label.as_deref() == Some(copied.as_str()) {
        return Ok(());
    }
    button.set_text_content(Some(&copied));
    announce(&copied)?;
    let button = button.clone();
    let restore = Closure::once_into_js(move || button.set_text_content(label.as_deref()));
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(restore.unchecked_ref(), SAID_FOR_MS)?;
    Ok(())
}
