//! Who may see what: what was typed, what proves it, and what a browser may then do. Pure: time and randomness are given.

pub mod grant;
pub mod link;
pub mod lookup;
