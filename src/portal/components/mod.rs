//! Pieces of markup that pages share. They lay out views and decide nothing; the HTML hooks of the public contract
//! (`data-part`, `data-shipment`, …) are written here.

use leptos::prelude::*;
use leptos::tachys::view::Position;

/// A part of a page as finished text: what it was made of is forgotten.
pub(super) use leptos::tachys::html::InertElement as Part;

/// Bytes that most parts fit into.
const ROOM: usize = 1024;

/// Writes a part at once. `into_any` forgets the types as well, but copies every text and attribute of the part first.
/// For parts that begin and end with an element: where texts meet, the page has to know.
pub(super) trait Written: IntoView {
    fn written(self) -> Part {
        let mut html = String::with_capacity(ROOM);
        self.to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, Vec::new());
        Part::new(html)
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
