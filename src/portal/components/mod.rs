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

/// A part of what is written by `write`.
fn on_sheet(write: impl FnOnce(&mut String)) -> Part {
    let mut sheet = SHEET.take();
    sheet.clear();
    write(&mut sheet);
    let part = Part::new(sheet.as_str().to_owned());
    SHEET.set(sheet);
    part
}

/// Writes a part at once. `into_any` forgets the types as well, but copies every text and attribute of the part first.
/// For parts that begin and end with an element: where texts meet, the page has to know.
pub(super) trait Written: IntoView {
    fn written(self) -> Part {
        on_sheet(|sheet| self.write_to(sheet))
    }

    /// Nothing in what is written changes later, so it needs no owner.
    fn write_to(self, html: &mut String) {
        self.to_html_with_buf(html, &mut Position::FirstChild, true, false, Vec::new());
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
pub(super) mod stencil;
pub(super) mod stencils;
pub(super) mod time;
pub(super) mod updates;
pub(super) mod window;
