//! The vocabulary: what can be true of a shipment, as `milestone.detail`.
//!
//! Translating a vendor's codes into it is the work of `sources`; saying it in words is the work of `wording`.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The coarse stage of a shipment. Each [`Status`] belongs to exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Milestone {
    Pending,
    InfoReceived,
    InTransit,
    OutForDelivery,
    AvailableForPickup,
    AttemptFailed,
    Delivered,
    Exception,
    Returning,
    Returned,
    Cancelled,
    Expired,
    Unknown,
}

impl Milestone {
    pub const ALL: [Milestone; 13] = [
        Milestone::Pending,
        Milestone::InfoReceived,
        Milestone::InTransit,
        Milestone::OutForDelivery,
        Milestone::AvailableForPickup,
        Milestone::AttemptFailed,
        Milestone::Delivered,
        Milestone::Exception,
        Milestone::Returning,
        Milestone::Returned,
        Milestone::Cancelled,
        Milestone::Expired,
        Milestone::Unknown,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Milestone::Pending => "pending",
            Milestone::InfoReceived => "info_received",
            Milestone::InTransit => "in_transit",
            Milestone::OutForDelivery => "out_for_delivery",
            Milestone::AvailableForPickup => "available_for_pickup",
            Milestone::AttemptFailed => "attempt_failed",
            Milestone::Delivered => "delivered",
            Milestone::Exception => "exception",
            Milestone::Returning => "returning",
            Milestone::Returned => "returned",
            Milestone::Cancelled => "cancelled",
            Milestone::Expired => "expired",
            Milestone::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! statuses {
    ($($name:ident = $milestone:ident . $detail:literal,)*) => {
        /// One thing that can be true of a shipment: a milestone and its detail, written `milestone.detail`.
        ///
        /// A flat enum, so that a detail cannot be paired with a milestone it does not belong to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Status { $($name,)* }

        impl Status {
            pub const ALL: &'static [Status] = &[$(Status::$name,)*];

            pub const fn milestone(self) -> Milestone {
                match self { $(Status::$name => Milestone::$milestone,)* }
            }

            pub const fn detail(self) -> &'static str {
                match self { $(Status::$name => $detail,)* }
            }
        }
    };
}

statuses! {
    PendingNoData = Pending."no_data",
    PendingInvalidNumber = Pending."invalid_number",
    LabelCreated = InfoReceived."label_created",
    AwaitingHandover = InfoReceived."awaiting_handover",
    PickupFailed = InfoReceived."pickup_failed",
    Accepted = InTransit."accepted",
    InTransit = InTransit."in_transit",
    DepartedFacility = InTransit."departed_facility",
    ArrivedFacility = InTransit."arrived_facility",
    LeftOriginCountry = InTransit."left_origin_country",
    ArrivedDestinationCountry = InTransit."arrived_destination_country",
    CustomsStarted = InTransit."customs_started",
    CustomsCleared = InTransit."customs_cleared",
    HandedToLastMile = InTransit."handed_to_last_mile",
    AtLocalFacility = InTransit."at_local_facility",
    AddressCorrected = InTransit."address_corrected",
    Redirected = InTransit."redirected",
    DeliveryScheduled = InTransit."delivery_scheduled",
    Resolved = InTransit."resolved",
    OnVehicle = OutForDelivery."on_vehicle",
    RecipientContacted = OutForDelivery."recipient_contacted",
    Appointment = OutForDelivery."appointment",
    ReadyForPickup = AvailableForPickup."ready",
    AttemptNoOneHome = AttemptFailed."no_one_home",
    AttemptBusinessClosed = AttemptFailed."business_closed",
    AttemptNoAccess = AttemptFailed."no_access",
    AttemptIdFailed = AttemptFailed."id_failed",
    AttemptNoticeLeft = AttemptFailed."notice_left",
    AttemptFinal = AttemptFailed."final",
    AttemptOther = AttemptFailed."other",
    Delivered = Delivered."delivered",
    DeliveredSigned = Delivered."signed",
    DeliveredNeighbour = Delivered."neighbour",
    DeliveredSafePlace = Delivered."safe_place",
    DeliveredMailbox = Delivered."mailbox",
    DeliveredReception = Delivered."reception",
    DeliveredCollected = Delivered."collected",
    DeliveredCodPaid = Delivered."cod_paid",
    DeliveredPartial = Delivered."partial",
    DeliveredDamaged = Delivered."damaged",
    ActionRequired = Exception."action_required",
    AddressIssue = Exception."address_issue",
    CustomsHold = Exception."customs_hold",
    Damaged = Exception."damaged",
    DelayedCarrier = Exception."delayed_carrier",
    DelayedExternal = Exception."delayed_external",
    Disposed = Exception."disposed",
    DocumentsRequired = Exception."documents_required",
    DutiesUnpaid = Exception."duties_unpaid",
    Held = Exception."held",
    Lost = Exception."lost",
    Misrouted = Exception."misrouted",
    ExceptionOther = Exception."other",
    PaymentDue = Exception."payment_due",
    Prohibited = Exception."prohibited",
    RecipientMoved = Exception."recipient_moved",
    Refused = Exception."refused",
    RejectedByCarrier = Exception."rejected_by_carrier",
    Unclaimed = Exception."unclaimed",
    Undeliverable = Exception."undeliverable",
    Weather = Exception."weather",
    Returning = Returning."in_progress",
    Returned = Returned."received",
    Cancelled = Cancelled."cancelled",
    Expired = Expired."expired",
    Unknown = Unknown."unknown",
    TrackerError = Unknown."tracker_error",
}

/// By number.
static TEXTS: LazyLock<Vec<String>> =
    LazyLock::new(|| Status::ALL.iter().map(|status| format!("{}.{}", status.milestone(), status.detail())).collect());

static BY_TEXT: LazyLock<FxHashMap<&'static str, Status>> =
    LazyLock::new(|| Status::ALL.iter().map(|status| (status.as_str(), *status)).collect());

impl Status {
    /// `milestone.detail`.
    pub fn as_str(self) -> &'static str {
        &TEXTS[self as usize]
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no `milestone.detail` of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAStatus(pub String);

impl fmt::Display for NotAStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no status of the vocabulary (milestone.detail)", self.0)
    }
}

impl std::error::Error for NotAStatus {}

impl FromStr for Status {
    type Err = NotAStatus;

    fn from_str(text: &str) -> Result<Self, NotAStatus> {
        BY_TEXT.get(text).copied().ok_or_else(|| NotAStatus(text.to_owned()))
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_reads_back_from_its_own_text() {
        assert_eq!(Status::ALL.len(), 67);
        for status in Status::ALL {
            assert_eq!(status.to_string().parse(), Ok(*status));
        }
    }

    #[test]
    fn a_detail_of_another_milestone_is_no_status() {
        assert!("delivered.weather".parse::<Status>().is_err());
        assert!("delivered".parse::<Status>().is_err());
    }
}
