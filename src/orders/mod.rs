//! Orders, parcels and the people they are for: pure values and their normal forms.

pub mod aftercare;
pub mod attribution;
pub mod contact;
pub mod feedback;
pub mod number;
pub mod recommendation;
pub mod satisfaction;

use std::fmt;

use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// One storefront, for good: its slug may change, this does not.
    BrandId
);
id!(OrderId);
id!(ShipmentId);
