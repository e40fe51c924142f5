//! From what is true of a parcel to a sentence a shopper understands, in the shopper's language.
//!
//! The words themselves are the Fluent files of `locales/`; what is true is decided by `progress`, `estimate` and
//! `incident`.

pub mod dates;
pub mod incident;
pub mod locale;
pub mod money;
pub mod parcels;
mod prepared;
pub mod sentence;
pub mod speaker;

pub use incident::{IncidentKind, IncidentWords};
pub use locale::{Direction, Locale, negotiate};
pub use money::money;
pub use parcels::{Parcel, Standing, whole_sentence};
pub use sentence::{Expectation, Facts, OrderStage, Timing};
pub use speaker::{Arg, BadCopy, Speaker};
