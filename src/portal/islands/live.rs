//! Live change: told that the page would differ, fetches it again and puts its `main` in place, without a reload.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, EventSource, HtmlElement, Response, SupportedType};

use super::page::{announce, document, window};

thread_local! {
    /// A fetch is on its way; a change that comes meanwhile asks for another.
    static FETCHING: Cell<bool> = const { Cell::new(false) };
    static CHANGED_AGAIN: Cell<bool> = const { Cell::new(false) };
    /// Parcel and milestone of all that was on the page so far: each is announced once.
    static SEEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn start(document: &Document) -> Result<(), JsValue> {
    let Some(main) = document.query_selector("main[data-live]")? else { return Ok(()) };
    let path = main.get_attribute("data-live").unwrap_or_default();
    note_new_milestones(&main)?;
    // The browser connects again by itself when the line breaks.
    let source = EventSource::new(&path)?;
    let changed = Closure::<dyn Fn() -> Result<(), JsValue>>::new(fetch_page);
    source.add_event_listener_with_callback("changed", changed.as_ref().unchecked_ref())?;
    changed.forget();
    Ok(())
}

fn fetch_page() -> Result<(), JsValue> {
    if FETCHING.replace(true) {
        CHANGED_AGAIN.set(true);
        return Ok(());
    }
    let answer = window()?.fetch_with_str(&window()?.location().href()?);
    let read = Closure::once_into_js(|answer: Response| -> Result<Promise, JsValue> {
        // Not found or signed out meanwhile: a full load shows the page that says so.
        if !answer.ok() {
            window()?.location().reload()?;
        }
        answer.text()
    });
    let text = then(&answer, &read, &JsValue::UNDEFINED)?;
    let show = Closure::once_into_js(|text: String| -> Result<(), JsValue> {
        let shown = show(&text);
        finished()?;
        shown
    });
    // Offline: the page keeps what it has, and the next change tries again.
    let failed = Closure::once_into_js(finished);
    then(&text, &show, &failed)?;
    Ok(())
}

fn then(promise: &JsValue, kept: &JsValue, broken: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(promise, &JsValue::from_str("then"))?.dyn_into::<Function>()?.call2(promise, kept, broken)
}

fn finished() -> Result<(), JsValue> {
    FETCHING.set(false);
    if CHANGED_AGAIN.replace(false) { fetch_page() } else { Ok(()) }
}

fn show(html: &str) -> Result<(), JsValue> {
    let document = document()?;
    let fetched = DomParser::new()?.parse_from_string(html, SupportedType::TextHtml)?;
    let (Some(old), Some(new)) = (document.query_selector("main")?, fetched.query_selector("main")?) else {
        return window()?.location().reload();
    };
    // A grant that ended sends to another page, which has its own address and needs.
    if old.get_attribute("data-page") != new.get_attribute("data-page") {
        return window()?.location().reload();
    }
    let open = opened(&old)?;
    let focus = focused(&document, &old)?;
    let unsent = unsent(&old);
    old.set_inner_html(&new.inner_html());
    keep_unsent(&old, unsent)?;
    document.set_title(&fetched.title());
    reopen(&old, &open)?;
    refocus(&old, focus)?;
    if note_new_milestones(&old)?
        && let Some(headline) = old.query_selector("h1")?
    {
        announce(&headline.text_content().unwrap_or_default())?;
    }
    Ok(())
}

/// A form that the shopper has begun to fill in.
const UNSENT: &str = "form:is([data-part=feedback], [data-part=case-form], [data-part=photo]):is(:focus-within, :has(input:checked:not([checked]), textarea:user-valid, [type=file]:user-valid))";

/// Such forms, with where they stand: what they are, in which part with an id. A browser that does not know the selector
/// has none.
fn unsent(main: &Element) -> Vec<(String, Element)> {
    let forms = all(main, UNSENT).unwrap_or_default();
    let place = |form: &Element| {
        let around = form.parent_element()?.closest("[id]").ok()??.id();
        Some(format!("[id='{around}'] form[data-part='{}']", form.get_attribute("data-part")?))
    };
    forms.into_iter().filter_map(|form| Some((place(&form)?, form))).collect()
}

/// Puts them back where the new page still has such a form: what was typed is not lost to a scan.
fn keep_unsent(main: &Element, unsent: Vec<(String, Element)>) -> Result<(), JsValue> {
    for (place, form) in unsent {
        if let Some(fresh) = main.query_selector(&place)? {
            fresh.replace_with_with_node_1(&form)?;
        }
    }
    Ok(())
}

/// Whether a parcel on the page is at a milestone that it was not seen at before.
fn note_new_milestones(main: &Element) -> Result<bool, JsValue> {
    let mut any = false;
    for parcel in all(main, "[data-shipment]")? {
        let status = parcel.get_attribute("data-status").unwrap_or_default();
        let milestone = status.split('.').next().unwrap_or_default();
        let key = format!("{} {milestone}", parcel.get_attribute("data-shipment").unwrap_or_default());
        SEEN.with_borrow_mut(|seen| {
            if !seen.contains(&key) {
                seen.push(key);
                any = true;
            }
        });
    }
    Ok(any)
}

fn all(main: &Element, selector: &str) -> Result<Vec<Element>, JsValue> {
    let found = main.query_selector_all(selector)?;
    Ok((0..found.length()).filter_map(|at| found.get(at)).filter_map(|node| node.dyn_into().ok()).collect())
}

/// What the shopper has opened: answers by their ids, folded updates by their place among each other.
fn opened(main: &Element) -> Result<Vec<String>, JsValue> {
    let open = disclosures(main)?.into_iter().filter(|(_, details)| details.has_attribute("open"));
    Ok(open.map(|(name, _)| name).collect())
}

fn reopen(main: &Element, open: &[String]) -> Result<(), JsValue> {
    for (name, details) in disclosures(main)? {
        if open.contains(&name) {
            details.set_attribute("open", "")?;
        }
    }
    Ok(())
}

fn disclosures(main: &Element) -> Result<Vec<(String, Element)>, JsValue> {
    let named = |(place, details): (usize, Element)| (place.to_string(), details);
    let with_ids = all(main, "details[id]")?.into_iter().map(|details| (details.id(), details));
    Ok(all(main, "details:not([id])")?.into_iter().enumerate().map(named).chain(with_ids).collect())
}

const FOCUSABLE: &str = "a, button, summary, input, select, textarea";

/// What has the focus: what it is and says, and how many like it stand before it. Its place alone would not do, since
/// a change may bring or take others.
struct Focus {
    likeness: String,
    before: usize,
}

fn likeness(element: &Element) -> String {
    format!("{} {}", element.tag_name(), element.text_content().unwrap_or_default())
}

fn focused(document: &Document, main: &Element) -> Result<Option<Focus>, JsValue> {
    let Some(active) = document.active_element() else { return Ok(None) };
    let elements = all(main, FOCUSABLE)?;
    let likeness = likeness(&active);
    Ok(elements.iter().position(|element| *element == active).map(|at| {
        let before = elements[..at].iter().filter(|element| self::likeness(element) == likeness).count();
        Focus { likeness, before }
    }))
}

fn refocus(main: &Element, focus: Option<Focus>) -> Result<(), JsValue> {
    let Some(focus) = focus else { return Ok(()) };
    let again =
        all(main, FOCUSABLE)?.into_iter().filter(|element| likeness(element) == focus.likeness).nth(focus.before);
    match again.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        Some(element) => element.focus(),
        None => Ok(()),
    }
}
