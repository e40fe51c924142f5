//! Pieces of markup that pages share. They lay out views and decide nothing; the HTML hooks of the public contract
//! (`data-part`, `data-shipment`, …) are written here.

use leptos::prelude::*;
use leptos::tachys::view::Position;

/// A part of a page as finished text: what it was made of is forgotten.
pub(super) use leptos::tachys::html::InertElement as Part;

/// Bytes that most pages fit into.
pub(super) const ROOM: usize = 24 * 1024;

/// Writes a part at once. `into_any` forgets the types as well, but copies every text and attribute of the part first.
/// For parts that begin and end with an element: where texts meet, the page has to know.
pub(super) trait Written: IntoView {
    fn written(self) -> Part {
        let mut html = String::new();
        self.write_to(&mut html);
        Part::new(html)
    }

    /// The same as a text, for all that is on a page.
    fn into_text(self) -> String {
        let mut html = String::with_capacity(ROOM);
        self.write_to(&mut html);
        html
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
