//! What happened to a parcel and what it means: pure rules over what sources said.

pub mod audit;
pub mod calendar;
pub mod estimate;
pub mod event;
pub mod incident;
pub mod progress;
pub mod scans;
pub mod status;
pub mod summary;
pub mod way_out;
pub mod wording;
