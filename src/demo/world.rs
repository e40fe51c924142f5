//! What an order of the demo is made of, and how it is told: the very drafts that shops and carriers are read into.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::places;
use crate::sources::{
    AddressDraft, EstimateDraft, Expected, LineItemDraft, OrderDraft, PickupDraft, ProofDraft, ShipmentDraft,
    ShippedItem, sort_events,
};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent, ZoneCertainty};
use crate::tracking::status::{Milestone, Status};

use super::goods::Product;
use super::lanes::{Lane, Stop};
use super::people::Person;
use super::phrases;
use super::story::{self, At, Step};

/// How far the shop is with an order that has no parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Ordered,
    Paid,
    Picked,
    Packed,
    Cancelled,
}

pub struct DemoOrder {
    pub number: &'static str,
    pub person: &'static Person,
    pub items: Vec<(&'static Product, i64)>,
    pub parcels: Vec<DemoParcel>,
    /// Of what is not in a parcel.
    pub stage: Stage,
    pub is_moving: bool,
    currency: &'static str,
}

/// A shop where a parcel can be collected.
pub struct Point {
    pub name: &'static str,
    pub address: &'static str,
    pub hours: &'static str,
    pub code: Option<&'static str>,
}

pub struct DemoParcel {
    pub number: &'static str,
    pub carrier: &'static str,
    pub service: &'static str,
    pub lane: &'static Lane,
    pub status: Status,
    /// How many days ago the last event was.
    pub days_ago: i64,
    /// Positions among the order's items; empty: all of them.
    items: Vec<usize>,
    point: Option<&'static Point>,
    signed_by: Option<&'static str>,
    photo: Option<&'static str>,
    /// Days from today; what is usual for the status where it is not given.
    due: Option<(i64, i64)>,
}

pub fn parcel(number: &'static str, lane: &'static Lane, status: Status, days_ago: i64) -> DemoParcel {
    DemoParcel {
        number,
        carrier: lane.carrier,
        service: lane.service,
        lane,
        status,
        days_ago,
        items: Vec::new(),
        point: None,
        signed_by: None,
        photo: None,
        due: None,
    }
}

impl DemoParcel {
    pub fn with(mut self, items: &[usize]) -> Self {
        self.items = items.to_vec();
        self
    }

    pub fn collect_at(mut self, point: &'static Point) -> Self {
        self.point = Some(point);
        self
    }

    pub fn signed_by(mut self, name: &'static str) -> Self {
        self.signed_by = Some(name);
        self
    }

    pub fn photo(mut self, address: &'static str) -> Self {
        self.photo = Some(address);
        self
    }

    pub fn due(mut self, earliest: i64, latest: i64) -> Self {
        self.due = Some((earliest, latest));
        self
    }

    /// Every step from the label to the door.
    pub fn whole_journey(&self) -> Vec<Step> {
        story::up_to(Status::Delivered, self.lane.border.is_some())
    }

    /// What the carrier has told so far, oldest first.
    pub fn events(&self, person: &Person, now: Timestamp) -> Vec<TrackingEvent> {
        let steps = story::up_to(self.status, self.lane.border.is_some());
        let seed = self.number.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let instants = story::instants(&steps, self.days_ago, &person.time_zone(), seed, now);
        let mut events: Vec<TrackingEvent> =
            steps.iter().zip(instants).map(|(step, instant)| self.event(person, step, instant)).collect();
        sort_events(&mut events);
        events
    }

    pub fn event(&self, person: &Person, step: &Step, instant: Timestamp) -> TrackingEvent {
        let place = self.place(person, step.at);
        let zone = places::time_zone(&place).and_then(|name| TimeZone::get(name).ok());
        told(self.carrier, step.status, place, zone.unwrap_or_else(|| person.time_zone()), instant)
    }

    fn place(&self, person: &Person, at: At) -> EventPlace {
        let lane = self.lane;
        let [leaving, entering] = lane.border.unwrap_or([lane.origin, lane.hub]);
        match at {
            At::Road => EventPlace::default(),
            At::Origin => lane.origin.place(),
            At::Hub => lane.hub.place(),
            At::Leaving => leaving.place(),
            At::Entering => entering.place(),
            At::Depot => EventPlace { facility: Some(lane.depot.replace("{}", person.city)), ..person.place() },
            At::Town => EventPlace { postal_code: Some(person.postal_code.to_owned()), ..person.place() },
        }
    }

    /// Days from today on which the carrier says that it comes.
    fn expected(&self) -> Option<(i64, i64)> {
        let usual = match self.status.milestone() {
            Milestone::InTransit => match self.status {
                Status::Accepted | Status::DepartedFacility | Status::LeftOriginCountry => Some((2, 4)),
                Status::AtLocalFacility | Status::DeliveryScheduled | Status::AddressCorrected => Some((1, 1)),
                _ => Some((1, 3)),
            },
            Milestone::OutForDelivery => match self.status {
                Status::Appointment => Some((2, 2)),
                _ => Some((0, 0)),
            },
            Milestone::AttemptFailed if self.status != Status::AttemptFinal => Some((1, 1)),
            Milestone::Exception => match self.status {
                Status::DelayedCarrier | Status::DelayedExternal | Status::Misrouted => Some((2, 4)),
                Status::Weather => Some((1, 3)),
                _ => None,
            },
            _ => None,
        };
        self.due.or(usual)
    }

    fn draft(&self, order: &DemoOrder, events: Vec<TrackingEvent>, now: Timestamp) -> ShipmentDraft {
        let person = order.person;
        let today = now.to_zoned(person.time_zone()).date();
        let on = |days: i64| Some(Expected::Day(in_days(today, days)));
        let riding = |position: &usize| {
            let (product, quantity) = order.items.get(*position)?;
            Some(ShippedItem { line_item: product.sku.to_owned(), quantity: *quantity })
        };
        let all: Vec<usize> = (0..order.items.len()).collect();
        let items = if self.items.is_empty() { &all } else { &self.items };
        // A tracker that fails, or a carrier that never heard of the number, says so of the whole parcel.
        let status = events.is_empty().then_some(self.status).filter(|status| *status != Status::PendingNoData);
        let proof = (self.signed_by.is_some() || self.photo.is_some())
            .then(|| ProofDraft { signed_by: self.signed_by.map(str::to_owned), photo: self.photo.map(str::to_owned) });
        let pickup = self.point.map(|point| PickupDraft {
            name: Some(point.name.to_owned()),
            address: Some(point.address.to_owned()),
            hours: Some(point.hours.to_owned()),
            until: Some(in_days(today, 7 - self.days_ago)),
            code: point.code.map(str::to_owned),
        });
        ShipmentDraft {
            tracking_number: self.number.to_owned(),
            carrier: Some(self.carrier.to_owned()),
            service: Some(self.service.to_owned()),
            order_number: Some(order.number.to_owned()),
            status,
            estimate: self.expected().map(|(from, to)| EstimateDraft { earliest: on(from), latest: on(to) }),
            proof,
            pickup,
            origin: Some(self.lane.origin.place()),
            destination: Some(EventPlace { postal_code: Some(person.postal_code.to_owned()), ..person.place() }),
            items: items.iter().filter_map(riding).collect(),
            events,
            ..ShipmentDraft::default()
        }
    }
}

/// An event as a carrier tells it, at the wall-clock of the place's `zone`.
pub fn told(carrier: &str, status: Status, place: EventPlace, zone: TimeZone, instant: Timestamp) -> TrackingEvent {
    let zoned = instant.to_zoned(zone);
    let certainty = if place.is_empty() { ZoneCertainty::Assumed } else { ZoneCertainty::Place };
    let time = EventTime { zone: certainty, ..EventTime::with_offset(zoned.datetime(), zoned.offset()) };
    let (code, text) = phrases::said(carrier, status);
    let said = SaidByCarrier {
        vendor_event_id: None,
        code: code.map(str::to_owned),
        text: text.to_owned(),
        time: zoned.datetime().to_string(),
        place: place.to_text(),
    };
    TrackingEvent { said, status, time, place }
}

fn in_days(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

impl Stop {
    pub fn place(&self) -> EventPlace {
        EventPlace {
            city: Some(self.city.to_owned()),
            region: Some(self.region.to_owned()).filter(|region| !region.is_empty()),
            postal_code: None,
            country: Some(self.country.to_owned()),
            facility: Some(self.facility.to_owned()),
        }
    }
}

impl Person {
    pub fn place(&self) -> EventPlace {
        EventPlace {
            city: Some(self.city.to_owned()),
            region: Some(self.region.to_owned()).filter(|region| !region.is_empty()),
            postal_code: None,
            country: Some(self.country.to_owned()),
            facility: None,
        }
    }

    pub fn time_zone(&self) -> TimeZone {
        let name = places::time_zone(&self.place()).unwrap_or("UTC");
        TimeZone::get(name).unwrap_or(TimeZone::UTC)
    }

    fn address(&self) -> AddressDraft {
        AddressDraft {
            name: Some(self.name.to_owned()),
            company: None,
            lines: vec![self.street.to_owned()],
            city: Some(self.city.to_owned()),
            region: Some(self.region.to_owned()).filter(|region| !region.is_empty()),
            postal_code: Some(self.postal_code.to_owned()),
            country: Some(self.country.to_owned()),
        }
    }
}

/// An order in `currency` whose parcels follow.
pub fn order(
    number: &'static str,
    currency: &'static str,
    person: &'static Person,
    items: &[(&'static Product, i64)],
) -> DemoOrder {
    DemoOrder {
        number,
        person,
        items: items.to_vec(),
        parcels: Vec::new(),
        stage: Stage::Paid,
        is_moving: false,
        currency,
    }
}

impl DemoOrder {
    pub fn at(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    pub fn parcel(mut self, parcel: DemoParcel) -> Self {
        self.parcels.push(parcel);
        self
    }

    pub fn moving(mut self) -> Self {
        self.is_moving = true;
        self
    }

    /// When the first parcel was labelled; what was told without an event was so this morning.
    fn labelled_at(&self, now: Timestamp) -> Option<Timestamp> {
        let first =
            |parcel: &DemoParcel| parcel.events(self.person, now).first().map(|event| event.time.sort_instant());
        let first = self.parcels.iter().filter_map(first).min();
        first.or_else(|| (!self.parcels.is_empty()).then_some(now - SignedDuration::from_hours(20)))
    }

    pub fn draft(&self, now: Timestamp) -> OrderDraft {
        let minutes = SignedDuration::from_mins;
        let labelled_at = self.labelled_at(now);
        let (placed_at, done) = match (labelled_at, self.stage) {
            (Some(labelled_at), _) => (labelled_at - minutes(19 * 60 + 12), Stage::Packed),
            (None, Stage::Ordered) => (now - minutes(48), self.stage),
            (None, stage) => (now - minutes(22 * 60 + 6), stage),
        };
        let reached = |stage: Stage, after: i64| {
            let is_done = match done {
                Stage::Ordered => false,
                Stage::Paid | Stage::Cancelled => stage == Stage::Paid,
                Stage::Picked => matches!(stage, Stage::Paid | Stage::Picked),
                Stage::Packed => true,
            };
            is_done.then_some(placed_at + minutes(after))
        };
        let placed_on = placed_at.to_zoned(self.person.time_zone()).date();
        let (fastest, slowest) = match self.parcels.first().is_some_and(|parcel| parcel.lane.border.is_some()) {
            true => (5, 9),
            false => (3, 5),
        };
        let is_cancelled = self.stage == Stage::Cancelled;
        let promised = EstimateDraft {
            earliest: Some(Expected::Day(in_days(placed_on, fastest))),
            latest: Some(Expected::Day(in_days(placed_on, slowest))),
        };
        OrderDraft {
            number: self.number.to_owned(),
            placed_at: Some(placed_at),
            paid_at: reached(Stage::Paid, 2),
            picked_at: reached(Stage::Picked, 14 * 60 + 20),
            packed_at: reached(Stage::Packed, 18 * 60 + 35),
            cancelled_at: is_cancelled.then_some(placed_at + minutes(90)),
            ship_by: (!is_cancelled).then_some(in_days(placed_on, 2)),
            promised: (!is_cancelled).then_some(promised),
            emails: vec![self.person.email.to_owned()],
            phones: vec![self.person.phone.to_owned()],
            locale: Some(self.person.locale.to_owned()),
            currency: Some(self.currency.to_owned()),
            total: Some(self.items.iter().map(|(product, quantity)| product.price * quantity).sum()),
            address: Some(self.person.address()),
            items: self.items.iter().map(|(product, quantity)| product.line(*quantity)).collect(),
            ..OrderDraft::default()
        }
    }

    pub fn shipments(&self, now: Timestamp) -> Vec<ShipmentDraft> {
        self.parcels.iter().map(|parcel| parcel.draft(self, parcel.events(self.person, now), now)).collect()
    }

    /// A parcel of this order with these events alone.
    pub fn shipment_at(&self, parcel: &DemoParcel, events: Vec<TrackingEvent>, now: Timestamp) -> ShipmentDraft {
        parcel.draft(self, events, now)
    }
}

impl Product {
    fn line(&self, quantity: i64) -> LineItemDraft {
        LineItemDraft {
            source_id: self.sku.to_owned(),
            sku: Some(self.sku.to_owned()),
            product_id: None,
            title: self.title.to_owned(),
            variant: Some(self.variant.to_owned()).filter(|variant| !variant.is_empty()),
            quantity,
            unit_price: Some(self.price),
            image: None,
            needs_shipping: true,
        }
    }
}
