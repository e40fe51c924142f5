//! Pieces of markup that pages share. They lay out views and decide nothing; the HTML hooks of the public contract
//! (`data-part`, `data-shipment`, …) are written here.

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
