//! What shops and carriers tell: `an_order("#1001").with_email("ada@example.com").with_shipment(a_shipment(UPS).delivered())`.

use jiff::{SignedDuration, Timestamp};

use crate::sources::{
    AddressDraft, EstimateDraft, Expected, LineItemDraft, OrderDraft, Parsed, ShipmentDraft, ShippedItem,
};
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

/// A number that only UPS can have given.
pub const UPS: &str = "1Z5R89390357567127";

/// When the first thing is said of a shipment; each further one six hours later.
const FIRST_SCAN: &str = "2026-11-05T06:00:00Z";

pub struct OrderBuilder {
    draft: OrderDraft,
    shipments: Vec<ShipmentDraft>,
}

/// An order of one lamp, to Ada in Berlin.
pub fn an_order(number: &str) -> OrderBuilder {
    let text = |text: &str| Some(text.to_owned());
    let lamp = LineItemDraft {
        source_id: "1".to_owned(),
        sku: text("LAMP-1"),
        title: "Reading lamp".to_owned(),
        quantity: 1,
        unit_price: Some(5_990),
        needs_shipping: true,
        ..LineItemDraft::default()
    };
    let address = AddressDraft {
        name: text("Ada Lovelace"),
        lines: vec!["Lindenallee 17".to_owned()],
        city: text("Berlin"),
        postal_code: text("10115"),
        country: text("DE"),
        ..AddressDraft::default()
    };
    let draft = OrderDraft {
        number: number.to_owned(),
        placed_at: Some("2026-11-04T09:00:00Z".parse().expect("an instant")),
        currency: text("EUR"),
        total: Some(5_990),
        address: Some(address),
        items: vec![lamp],
        ..OrderDraft::default()
    };
    OrderBuilder { draft, shipments: Vec::new() }
}

impl OrderBuilder {
    pub fn with_email(mut self, email: &str) -> Self {
        self.draft.emails.push(email.to_owned());
        self
    }

    pub fn with_phone(mut self, phone: &str) -> Self {
        self.draft.phones.push(phone.to_owned());
        self
    }

    pub fn with_title(mut self, title: &str) -> Self {
        for item in &mut self.draft.items {
            title.clone_into(&mut item.title);
        }
        self
    }

    pub fn updated_at(mut self, instant: &str) -> Self {
        self.draft.updated_at = Some(instant.parse().expect("an instant"));
        self
    }

    pub fn promised(mut self, latest: &str) -> Self {
        self.draft.promised = Some(by(latest));
        self
    }

    /// The parcel holds everything.
    pub fn with_shipment(mut self, shipment: ShipmentBuilder) -> Self {
        let mut shipment = shipment.draft;
        shipment.order_number = Some(self.draft.number.clone());
        shipment.items = self
            .draft
            .items
            .iter()
            .map(|item| ShippedItem { line_item: item.source_id.clone(), quantity: item.quantity })
            .collect();
        self.shipments.push(shipment);
        self
    }

    pub fn draft(&mut self) -> &mut OrderDraft {
        &mut self.draft
    }
}

impl From<OrderBuilder> for Parsed {
    fn from(order: OrderBuilder) -> Parsed {
        Parsed { orders: vec![order.draft], shipments: order.shipments, refused: Vec::new() }
    }
}

#[derive(Clone)]
pub struct ShipmentBuilder {
    draft: ShipmentDraft,
}

/// A parcel of which nothing is known but its number.
pub fn a_shipment(tracking_number: &str) -> ShipmentBuilder {
    let draft = ShipmentDraft {
        tracking_number: tracking_number.to_owned(),
        carrier: Some("ups".to_owned()),
        ..ShipmentDraft::default()
    };
    ShipmentBuilder { draft }
}

impl ShipmentBuilder {
    /// Whatever a status says happens six hours after the last.
    pub fn then(mut self, status: Status) -> Self {
        let first: Timestamp = FIRST_SCAN.parse().expect("an instant");
        let last = self.draft.events.last().map(|event| event.sort_instant() + SignedDuration::from_hours(6));
        self.draft.events.push(event_at(status, last.unwrap_or(first)));
        self
    }

    pub fn with(mut self, event: TrackingEvent) -> Self {
        self.draft.events.push(event);
        self
    }

    pub fn labelled(self) -> Self {
        self.then(Status::LabelCreated)
    }

    pub fn in_transit(self) -> Self {
        self.labelled().then(Status::Accepted).then(Status::DepartedFacility)
    }

    pub fn out_for_delivery(self) -> Self {
        self.in_transit().then(Status::OnVehicle)
    }

    pub fn delivered(self) -> Self {
        self.out_for_delivery().then(Status::Delivered)
    }

    pub fn expected(mut self, latest: &str) -> Self {
        self.draft.estimate = Some(by(latest));
        self
    }

    pub fn of_order(mut self, number: &str) -> Self {
        self.draft.order_number = Some(number.to_owned());
        self
    }

    pub fn draft(self) -> ShipmentDraft {
        self.draft
    }
}

impl From<ShipmentBuilder> for Parsed {
    fn from(shipment: ShipmentBuilder) -> Parsed {
        Parsed { shipments: vec![shipment.draft], ..Parsed::default() }
    }
}

fn by(day: &str) -> EstimateDraft {
    EstimateDraft { earliest: None, latest: Some(Expected::Day(day.parse().expect("a day"))) }
}

/// A scan in Leipzig.
pub fn an_event(status: Status, at: &str) -> TrackingEvent {
    event_at(status, at.parse().expect("an instant"))
}

fn event_at(status: Status, at: Timestamp) -> TrackingEvent {
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: Some(status.detail().to_owned()),
            text: format!("carrier says {}", status.detail()),
            time: at.to_string(),
            place: "Leipzig|DE".to_owned(),
        },
        status,
        time: EventTime::instant_utc(at),
        place: EventPlace { city: Some("Leipzig".to_owned()), country: Some("DE".to_owned()), ..EventPlace::default() },
    }
}
