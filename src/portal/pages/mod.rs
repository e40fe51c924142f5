//! The shopper's pages: one file a page, each a function from what it shows to whole HTML.
//!
//! A page decides nothing and loads nothing: it gets a [`PageContext`] and a finished view. Markup that several pages
//! share is in `components`; what surrounds every page is in `shell`.

mod code;
mod context;
mod error;
mod link;
mod lookup;
mod order;
mod orders;
mod parcel;
mod proof;
mod shell;
#[cfg(test)]
mod tests;

pub use code::{CodeView, render_code};
pub use context::{Assets, BrowserBuild, Notice, NoticeKind, PageContext};
pub use error::{ErrorView, render_error, render_error_without_brand};
pub use link::{LinkConfirmView, render_link};
pub use lookup::{LookupView, render_lookup};
pub use order::render_order;
pub use orders::{OrdersView, render_orders};
pub use parcel::render_parcel;
pub use proof::{ProofFormView, render_proof};
