//! What time it is: the system's clock, or in tests one that is set by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Microseconds since the epoch.
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn set_to(instant: Timestamp) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(instant.as_microsecond())))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Set(micros) => {
                Timestamp::from_microsecond(micros.load(Ordering::SeqCst)).expect("it was set from a timestamp")
            }
        }
    }

    /// Moves a clock that is set by hand; the system's clock moves by itself.
    pub fn advance(&self, by: SignedDuration) {
        if let Clock::Set(micros) = self {
            let by = i64::try_from(by.as_micros()).expect("tests advance by less than 292,000 years");
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }
}
