//! The shopper's side: what a page shows (`view`), how it looks (`pages`, `components`), what the browser runs (`islands`).

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod components;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod show;
pub mod view;
