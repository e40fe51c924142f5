//! What the browser build makes better on a page that is already whole: the box that says what it recognised, copying a
//! number, live change, and telling which answers are opened. Plain calls of the browser's own interfaces: nothing reactive, nothing rendered here.

#[cfg(feature = "hydrate")]
mod copy;
#[cfg(any(feature = "hydrate", test))]
mod guess;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod questions;
#[cfg(feature = "hydrate")]
mod recognise;

#[cfg(feature = "hydrate")]
pub use page::start;
