//! Tells which answers are opened, once a page each: the browser alone sees that. Nothing of whom is told.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AddEventListenerOptions, Document, Element, Event, UrlSearchParams};

use super::page::window;

pub(super) fn start(document: &Document) -> Result<(), JsValue> {
    let Some(help) = document.query_selector("[data-opened]")? else { return Ok(()) };
    let path = help.get_attribute("data-opened").unwrap_or_default();
    let told = std::cell::RefCell::new(Vec::<String>::new());
    let opened = Closure::<dyn Fn(Event) -> Result<(), JsValue>>::new(move |event: Event| {
        let Some(details) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return Ok(()) };
        let Some(cause) = details.get_attribute("data-question").filter(|_| details.has_attribute("open")) else {
            return Ok(());
        };
        if told.borrow().contains(&cause) {
            return Ok(());
        }
        let form = UrlSearchParams::new()?;
        form.append("cause", &cause);
        told.borrow_mut().push(cause);
        window()?.navigator().send_beacon_with_opt_url_search_params(&path, Some(&form))?;
        Ok(())
    });
    // The event stays at its element: only who listens on the way down hears of it.
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    document.add_event_listener_with_callback_and_add_event_listener_options(
        "toggle",
        opened.as_ref().unchecked_ref(),
        &options,
    )?;
    opened.forget();
    Ok(())
}
