//! What shops, carriers and aggregators say, read into one form. One file a source; pure: bytes in, values out.
//!
//! A parser never fails as a whole where part can be read: what cannot is in [`Parsed::refused`], with where and why.

pub mod aggregator;
pub mod carrier;
pub mod carriers;
pub mod catalogue;
pub mod country;
pub mod detect;
mod format;
pub mod json;
mod markup;
pub mod outgoing;
pub mod reading;
#[cfg(test)]
mod samples;
pub mod shop;
pub mod source;
#[cfg(test)]
mod told;
pub mod verify;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer, Serialize};

use crate::tracking::event::{EventPlace, TrackingEvent};
use crate::tracking::status::{Milestone, Status};

/// Everything one payload says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Parsed {
    pub orders: Vec<OrderDraft>,
    pub shipments: Vec<ShipmentDraft>,
    pub refused: Vec<Refusal>,
}

/// A part of a payload that could not be read: where it stands, and why, for a person to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A line ("line 17") or a path ("shipments[0].events[3].date").
    pub at: String,
    pub reason: String,
}

impl Refusal {
    /// How the reason of a part begins that was understood and has nothing for us (a refund, a product): no fault.
    pub const IGNORED: &'static str = "ignored: ";

    /// Whether the part was understood and has nothing for us: no one needs to mend it.
    pub fn is_ignored(&self) -> bool {
        self.reason.starts_with(Self::IGNORED)
    }
}

/// A shipment as one source tells it. Nothing in it is guessed: what the source does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShipmentDraft {
    /// As the source writes it, without surrounding white space.
    pub tracking_number: String,
    /// Canonical id of `sources::carriers` where the name is known there, else the name as the source writes it.
    pub carrier: Option<String>,
    pub service: Option<String>,
    /// The source's own id of this very shipment, where numbers can be shared (FedEx' unique id).
    pub unique_id: Option<String>,
    /// The shop's order it belongs to, where the source says so.
    pub order_number: Option<String>,
    /// The shop's own id of that order (see [`OrderDraft::source_id`]), where the source says it.
    pub order_source_id: Option<String>,
    /// The shop's own id of the fulfilment the parcel belongs to. With an empty `tracking_number` it alone names the
    /// shipment: what is said then holds for every parcel of that fulfilment.
    pub fulfilment_id: Option<String>,
    /// What the source says of the whole shipment now; `None` where only its events speak.
    pub status: Option<Status>,
    /// The raw code behind `status`.
    pub status_code: Option<String>,
    pub estimate: Option<EstimateDraft>,
    pub proof: Option<ProofDraft>,
    pub pickup: Option<PickupDraft>,
    pub origin: Option<EventPlace>,
    pub destination: Option<EventPlace>,
    /// Which line items ride in it; empty where the source does not say.
    pub items: Vec<ShippedItem>,
    /// Oldest first; ties broken by content (see [`sort_events`]), verbatim repeats dropped.
    pub events: Vec<TrackingEvent>,
}

/// When a source says the parcel should come. A date stays a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateDraft {
    pub earliest: Option<Expected>,
    pub latest: Option<Expected>,
}

/// A day, a local time at the destination, or an instant: as precise as the source was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Expected {
    Instant(Timestamp),
    Local(DateTime),
    Day(Date),
}

/// By how it is written: to try one after the other would make a text of each failure, for every page that is shown.
impl FromStr for Expected {
    type Err = jiff::Error;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        match written {
            day if !day.contains('T') => day.parse().map(Expected::Day),
            instant if instant.ends_with('Z') => instant.parse().map(Expected::Instant),
            local => local.parse().map(Expected::Local),
        }
    }
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = <Cow<'de, str>>::deserialize(deserializer)?;
        written.parse().map_err(serde::de::Error::custom)
    }
}

impl Expected {
    /// The day meant, in the destination's own calendar as far as the source let us know it.
    pub fn day(&self) -> Date {
        match self {
            Expected::Instant(instant) => instant.to_zoned(jiff::tz::TimeZone::UTC).date(),
            Expected::Local(local) => local.date(),
            Expected::Day(day) => *day,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofDraft {
    pub signed_by: Option<String>,
    /// An https address of a photo or signature picture.
    pub photo: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupDraft {
    pub name: Option<String>,
    pub address: Option<String>,
    pub hours: Option<String>,
    pub until: Option<Date>,
    pub code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShippedItem {
    /// The source's id of the line item (or its SKU where it has none).
    pub line_item: String,
    pub quantity: i64,
}

/// An order as a shop tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OrderDraft {
    /// As the shopper reads it in the mail ("#1001").
    pub number: String,
    /// The shop's own id of the order.
    pub source_id: Option<String>,
    pub placed_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    pub picked_at: Option<Timestamp>,
    pub packed_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,
    /// When the shop last changed it: an older telling never overwrites a newer one.
    pub updated_at: Option<Timestamp>,
    pub ship_by: Option<Date>,
    pub promised: Option<EstimateDraft>,
    pub fulfilment_centre: Option<String>,
    /// As typed by the shopper at checkout; several where the shop gives several.
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    /// BCP 47, as the shop gives it.
    pub locale: Option<String>,
    pub currency: Option<String>,
    /// Minor units of `currency`.
    pub total: Option<i64>,
    pub address: Option<AddressDraft>,
    pub items: Vec<LineItemDraft>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressDraft {
    pub name: Option<String>,
    pub company: Option<String>,
    pub lines: Vec<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2, upper case, where it could be told.
    pub country: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineItemDraft {
    /// The shop's id of the line; the SKU, or the position ("1"), where it has none.
    pub source_id: String,
    pub sku: Option<String>,
    pub product_id: Option<String>,
    pub title: String,
    pub variant: Option<String>,
    pub quantity: i64,
    /// Minor units of the order's currency, each.
    pub unit_price: Option<i64>,
    pub image: Option<String>,
    /// False for gift cards, downloads, services.
    pub needs_shipping: bool,
}

/// Puts events in the one order that depends on nothing but their content, and drops verbatim repeats.
pub fn sort_events(events: &mut Vec<TrackingEvent>) {
    let key = |event: &TrackingEvent| (event.sort_instant(), event.status);
    // Few events share second and status: only they are worth their fingerprints.
    events.sort_by(|one, other| {
        key(one).cmp(&key(other)).then_with(|| match one.identity() == other.identity() {
            true => Ordering::Equal,
            false => one.fingerprint().cmp(&other.fingerprint()),
        })
    });
    events.dedup_by(|one, other| one.identity() == other.identity());
    dated_scans_after_the_label(events);
}

/// A scan told with its day alone never goes before the label that was made at a known time of that day.
fn dated_scans_after_the_label(events: &mut [TrackingEvent]) {
    let is_label = |event: &TrackingEvent| event.status.milestone() == Milestone::InfoReceived;
    let Some(mut label) = events.iter().rposition(|event| event.time.time_known && is_label(event)) else { return };
    let day = events[label].time.local.date();
    for index in (0..label).rev() {
        let event = &events[index];
        if !event.time.time_known && !is_label(event) && event.time.local.date() == day {
            events[index..=label].rotate_left(1);
            label -= 1;
        }
    }
}

/// The canonical id of a carrier as a shop or aggregator names it; the name as written where it is not known.
pub(crate) fn carrier_id(name: &str) -> String {
    carriers::canonical(name).map_or_else(|| name.trim().to_owned(), str::to_owned)
}
