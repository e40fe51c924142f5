//! What the browser build makes better on a page that is already whole: the box that says what it recognised, copying a
//! number, live change, and telling which answers are opened.
//!
//! [`Recognised`] is a Leptos island: rendered by the server, woken here, reactive. The others render nothing of their
//! own: plain calls of the browser's interfaces, which together weigh no more than what the island brings along.

#[cfg(feature = "hydrate")]
mod copy;
mod guess;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod questions;
mod recognise;

#[cfg(feature = "hydrate")]
pub use page::start;
pub use recognise::Recognised;
