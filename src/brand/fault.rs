//! What is wrong with a brand folder, where, and what to do about it.

use std::cell::RefCell;
use std::fmt;

/// One thing to mend in a brand folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key or file: `theme.light.text`, `logo.svg`.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Fault {}

/// Collects faults while reading goes on, so that one run names them all.
#[derive(Debug, Default)]
pub(super) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub(super) fn add(&self, place: impl Into<String>, message: impl Into<String>) {
        self.0.borrow_mut().push(Fault { place: place.into(), message: message.into() });
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.0.into_inner()
    }
}
