//! Pieces of markup that pages share. They lay out views and decide nothing; the HTML hooks of the public contract
//! (`data-part`, `data-shipment`, …) are written here.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::tachys::view::Position;

/// A part of a page as finished text: what it was made of is forgotten.
pub(super) use leptos::tachys::html::InertElement as Part;

thread_local! {
    /// What parts are written in, one after the other: it has grown to the largest, and is not made anew for each.
    static SHEET: Cell<String> = const { Cell::new(String::new()) };
}

/// Writes a part at once. `into_any` forgets the types as well, but copies every text and attribute of the part first.
/// For parts that begin and end with an element: where texts meet, the page has to know.
pub(super) trait Written: IntoView {
    fn written(self) -> Part {
        let mut sheet = SHEET.take();
        sheet.clear();
        self.to_html_with_buf(&mut sheet, &mut Position::FirstChild, true, false, Vec::new());
        let part = Part::new(sheet.as_str().to_owned());
        SHEET.set(sheet);
        part
    }
}

impl<V: IntoView> Written for V {}

pub(super) mod address;
pub(super) mod facts;
pub(super) mod feedback;
pub(super) mod forms;
pub(super) mod heading;
pub(super) mod help;
pub(super) mod incident;
pub(super) mod items;
pub(super) mod map;
pub(super) mod progress;
pub(super) mod recommendations;
pub(super) mod shipment;
pub(super) mod time;
pub(super) mod updates;
pub(super) mod window;
