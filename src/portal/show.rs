//! From what is kept to what is shown: records of the store into views, in the words of one brand and language.
//!
//! Pure but for its arguments: who may see it was decided before, how it looks is decided after.

mod address;
mod estimate;
pub mod feedback;
pub mod help;
mod incident;
mod map;
mod place;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::access::grant::Scope;
use crate::brand::Brand;
use crate::sources::carriers;
use crate::store::orders::{LineItemRecord, OrderRecord, ShipmentRecord};
use crate::tracking::event::{EventTime, Update, ZoneCertainty};
use crate::tracking::progress::{OrderSteps, Progress, Step, progress};
use crate::tracking::status::{Milestone, Status};
use crate::tracking::summary::Window;
use crate::tracking::wording::{
    Arg, Expectation, Facts, IncidentKind, OrderStage, Parcel, Speaker, Standing, Timing, money,
};

use super::view::{
    EventView, ItemView, OrderSummaryView, OrderView, PickupView, ProofView, ShipmentView, StepState, StepView,
    TimeView,
};

/// Who looks, in which language, when.
pub struct Viewer<'a> {
    pub brand: &'a Brand,
    pub words: &'a Speaker,
    pub scope: Scope,
    pub now: Timestamp,
    /// The shop's own zone, and the day it is there.
    zone: TimeZone,
    today: Date,
}

/// A view and until when it is true: texts such as "2 h ago" and "tomorrow" run out.
pub struct Shown<T> {
    pub view: T,
    pub valid_until: Timestamp,
}

/// When the words on a page have to be said anew.
struct Validity(Timestamp);

impl Validity {
    fn until(&mut self, instant: Timestamp) {
        self.0 = self.0.min(instant);
    }

    /// "4 min ago" runs out by the minute, "2 h ago" by the hour, "3 days ago" by the day.
    fn ago(&mut self, then: Timestamp, now: Timestamp) {
        let elapsed = now.duration_since(then);
        let step = match elapsed.as_mins() {
            ..60 => 60,
            60..1440 => 3600,
            _ => 86_400,
        };
        let into_step = elapsed.as_secs().rem_euclid(step);
        self.until(now + SignedDuration::from_secs(step - into_step));
    }
}

impl<'a> Viewer<'a> {
    pub fn new(brand: &'a Brand, words: &'a Speaker, scope: Scope, now: Timestamp) -> Viewer<'a> {
        let zone = TimeZone::get(&brand.time_zone).unwrap_or(TimeZone::UTC);
        let today = now.to_zoned(zone.clone()).date();
        Viewer { brand, words, scope, now, zone, today }
    }
}

/// The name of a step. At a counter, the last one before the end is another.
fn label_of(step: Step, progress: &Progress) -> &'static str {
    match (step, progress.status.milestone()) {
        (Step::Ordered, _) => "step-ordered",
        (Step::Processing, _) => "step-processing",
        (Step::Shipped, _) => "step-shipped",
        (Step::OutForDelivery, Milestone::AvailableForPickup) => "step-pickup",
        (Step::OutForDelivery, _) => "step-out-for-delivery",
        (Step::Delivered, _) => "step-delivered",
    }
}

impl Viewer<'_> {
    fn zone(&self) -> TimeZone {
        self.zone.clone()
    }

    fn today(&self) -> Date {
        self.today
    }

    fn validity(&self) -> Validity {
        let tomorrow = self.now.to_zoned(self.zone()).tomorrow().and_then(|day| day.start_of_day());
        Validity(tomorrow.map_or(self.now + SignedDuration::from_hours(1), |day| day.timestamp()))
    }

    /// The order's page.
    pub fn order(&self, order: &OrderRecord, calendar: Option<String>, live: Option<String>) -> Shown<OrderView> {
        let mut validity = self.validity();
        let today = self.today();
        let shipments: Vec<&ShipmentRecord> = order.shipments.iter().collect();
        let unshipped = unshipped(order);
        let mut shown: Vec<(Standing, ShipmentView)> = shipments
            .iter()
            .map(|shipment| {
                let (standing, mut view) = self.parcel(shipment, Some(order), &mut validity);
                view.items = self.riding(order, shipment);
                view.feedback = self.feedback(order, shipment, &mut validity);
                view.not_received = self.not_received(order, shipment, &view);
                (standing, view)
            })
            .collect();
        // What needs the shopper first: trouble and its way out must not stand below a parcel that goes well.
        shown.sort_by_key(|(standing, view)| (view.incident.is_none(), *standing));
        let total = shown.len();
        if total > 1 {
            for (position, (_, view)) in shown.iter_mut().enumerate() {
                let args = [("number", Arg::Number(position as i64 + 1)), ("total", Arg::Number(total as i64))];
                view.position = Some(self.words.say("parcel-heading", &args));
            }
        }
        let promise = order.expected();
        let headline = match (shown.as_slice(), unshipped.as_slice()) {
            ([(_, only)], []) => only.headline.clone(),
            _ => self.order_headline(order, &shipments, &unshipped, promise.as_ref(), today),
        };
        let nothing_sent = shown.is_empty();
        let is_summary = self.scope == Scope::Summary;
        let mut order_view = OrderView {
            order_number: order.order_number.clone(),
            headline,
            explanation: None,
            placed: order.steps().placed_at.map(|placed| {
                let day = self.day_of(placed);
                TimeView { text: self.words.say("order-placed", &[("day", (&day.text).into())]), ..day }
            }),
            progress: if nothing_sent {
                self.steps(&progress(&[], order.steps()), order.steps(), &[])
            } else {
                Vec::new()
            },
            window: if nothing_sent && order.steps().cancelled_at.is_none() {
                promise.map(|promise| self.window(&promise, None, today))
            } else {
                None
            },
            unshipped: if is_summary || order.steps().cancelled_at.is_some() {
                Vec::new()
            } else {
                unshipped.iter().map(|(item, count)| self.item(order, item, *count, order.ship_by())).collect()
            },
            address: if is_summary { None } else { order.address.as_ref().map(|address| self.address(address)) },
            summary_only: is_summary,
            calendar: if is_summary { None } else { calendar },
            live,
            recommendations: None,
            help: None,
            shipments: shown
                .into_iter()
                .map(|(_, view)| if is_summary { self.reduced_to_summary(view) } else { view })
                .collect(),
        };
        feedback::choose_leading(&mut order_view);
        order_view.help = self.help(order, &order_view);
        Shown { view: order_view, valid_until: validity.0 }
    }

    /// A parcel's own page: milestones, and nothing of the order or the person.
    pub fn parcel_page(&self, shipment: &ShipmentRecord) -> Shown<ShipmentView> {
        let mut validity = self.validity();
        // Nor the pickup point, which is close to somebody's home.
        let shipment = ShipmentRecord { proof: None, pickup: None, ..shipment.clone() };
        let (_, mut view) = self.parcel(&shipment, None, &mut validity);
        view.incident = view.incident.map(incident::as_anyone_may_see);
        for event in &mut view.events {
            event.place = None;
        }
        Shown { view, valid_until: validity.0 }
    }

    /// One line of "my orders".
    pub fn order_summary(&self, order: &OrderRecord) -> OrderSummaryView {
        let shipments: Vec<&ShipmentRecord> = order.shipments.iter().collect();
        let promise = order.expected();
        let today = self.today();
        let leading =
            shipments.iter().map(|shipment| self.standing(shipment, today)).min_by_key(|(standing, _)| *standing);
        let titles: Vec<&str> = order.items.iter().map(|item| item.title.as_str()).collect();
        let items = titles.join(", ");
        OrderSummaryView {
            order_number: order.order_number.clone(),
            href: format!("{}/orders/{}", self.brand.base_path, order.order_key),
            headline: self.order_headline(order, &shipments, &unshipped(order), promise.as_ref(), today),
            placed: order.steps().placed_at.map(|placed| self.day_of(placed)),
            items,
            status: leading.map_or(Status::PendingNoData, |(_, status)| status).as_str().into(),
        }
    }

    fn reduced_to_summary(&self, view: ShipmentView) -> ShipmentView {
        ShipmentView {
            tracking_number: view.tracking_number,
            status: view.status,
            position: view.position,
            headline: view.headline,
            window: view.window,
            moves: view.moves,
            progress: view.progress,
            carrier: view.carrier,
            ..ShipmentView::default()
        }
    }

    fn order_headline(
        &self,
        order: &OrderRecord,
        shipments: &[&ShipmentRecord],
        unshipped: &[(&LineItemRecord, i64)],
        promise: Option<&Window>,
        today: Date,
    ) -> String {
        let expectation = promise.map_or_else(Expectation::default, expectation_of);
        if shipments.is_empty() || (order.steps().cancelled_at.is_some() && shipments.is_empty()) {
            return self.words.order_headline(stage(order.steps()), &expectation, order.ship_by(), today);
        }
        if let ([only], []) = (shipments, unshipped) {
            return self.parcel_headline(only, today);
        }
        let mut parcels: Vec<Parcel<'_>> = shipments
            .iter()
            .map(|shipment| {
                let window = shipment.summary.as_ref().and_then(|summary| summary.window.as_ref());
                let titles = order
                    .items
                    .iter()
                    .filter(|item| shipment.items.iter().any(|(id, _)| *id == item.line_item_id))
                    .map(|item| item.title.as_str());
                Parcel {
                    standing: self.standing(shipment, today).0,
                    items: titles.collect(),
                    expectation: window.map_or_else(Expectation::default, expectation_of),
                    on: shipment.summary.as_ref().and_then(|summary| self.since(&summary.progress)),
                }
            })
            .collect();
        if !unshipped.is_empty() {
            parcels.push(Parcel {
                standing: Standing::ToShip,
                items: unshipped.iter().map(|(item, _)| item.title.as_str()).collect(),
                expectation,
                on: None,
            });
        }
        self.words.headline_of_parcels(&parcels, today)
    }

    fn standing(&self, shipment: &ShipmentRecord, today: Date) -> (Standing, Status) {
        let Some(summary) = &shipment.summary else { return (Standing::ToShip, Status::PendingNoData) };
        let timing = summary.window.as_ref().map_or(Timing::None, |window| expectation_of(window).timing(today));
        (Standing::of(summary.progress.status, timing), summary.progress.status)
    }

    fn parcel_headline(&self, shipment: &ShipmentRecord, today: Date) -> String {
        let worst = shipment.summary.as_ref().and_then(|summary| Some((summary, summary.incidents.first()?)));
        self.with_facts(shipment, |facts| match worst {
            Some((summary, worst)) => {
                let silent = Facts { on: self.began_on(summary, worst), ..*facts };
                let is_silence = IncidentKind::of(facts.status).is_none();
                self.words.headline_with_worst(if is_silence { &silent } else { facts }, worst.kind, today)
            }
            None => self.words.headline(facts, today),
        })
    }

    fn with_facts<T>(&self, shipment: &ShipmentRecord, tell: impl FnOnce(&Facts<'_>) -> T) -> T {
        let status = shipment.summary.as_ref().map_or(Status::PendingNoData, |summary| summary.progress.status);
        let mut facts = Facts::of(status);
        let carrier = self.carrier_name(shipment);
        facts.carrier = carrier.as_deref();
        if let Some(summary) = &shipment.summary {
            // A summary tells stage and day, not where.
            let place = summary.progress.status_event.as_ref().map(|event| &event.place);
            facts.place = place.filter(|_| self.scope > Scope::Summary);
            facts.expectation = summary.window.as_ref().map_or_else(Expectation::default, expectation_of);
            facts.on = self.since(&summary.progress);
        }
        if let Some(pickup) = shipment.pickup.as_ref().filter(|_| self.scope > Scope::Summary) {
            facts.pickup = pickup.name.as_deref();
            facts.until = pickup.until;
        }
        tell(&facts)
    }

    /// The local day on which what is true became true.
    fn since(&self, progress: &Progress) -> Option<Date> {
        progress.status_event.as_ref().map(|event| self.local(event).local.date())
    }

    fn parcel(
        &self,
        shipment: &ShipmentRecord,
        order: Option<&OrderRecord>,
        validity: &mut Validity,
    ) -> (Standing, ShipmentView) {
        let today = self.today();
        let (standing, status) = self.standing(shipment, today);
        let carrier = self.carrier_name(shipment);
        let steps = order.map(|order| *order.steps()).unwrap_or_default();
        let summary = shipment.summary.as_ref();
        let events = summary.map_or(&[][..], |summary| summary.events.as_slice());
        let view = ShipmentView {
            tracking_number: shipment.tracking_number.clone(),
            status: status.as_str().into(),
            position: None,
            headline: self.parcel_headline(shipment, today),
            explanation: None,
            window: summary
                .and_then(|summary| summary.window.as_ref())
                .map(|window| self.window(window, carrier.as_deref(), today)),
            progress: match summary {
                Some(summary) => {
                    let told: Vec<&Update> = events.iter().map(|shown| &shown.update).collect();
                    self.steps(&summary.progress, &steps, &told)
                }
                None => self.steps(&progress(&[], &steps), &steps, &[]),
            },
            moves: summary.map_or_else(Vec::new, |summary| self.moves(summary)),
            incident: summary.and_then(|summary| self.incident(shipment, order, summary)),
            journey: summary.and_then(|summary| self.journey(summary, order.map_or(1, |order| order.shipments.len()))),
            events: events
                .iter()
                .rev()
                .map(|shown| EventView {
                    folded: shown.folded,
                    stands_out: shown.stands_out,
                    ..self.event(&shown.update, carrier.as_deref(), today)
                })
                .collect(),
            carrier_link: match (&shipment.carrier, shipment.tracking_number.is_empty()) {
                (Some(carrier), false) if self.brand.carriers.link_out => {
                    carriers::link(carrier, &shipment.tracking_number)
                }
                _ => None,
            },
            carrier_phone: shipment
                .carrier
                .as_deref()
                .and_then(carriers::carrier)
                .and_then(|carrier| carrier.phone)
                .map(str::to_owned),
            freshness: self.freshness(shipment, carrier.as_deref(), validity),
            pickup: shipment.pickup.as_ref().filter(|_| !is_over(status)).map(|pickup| PickupView {
                name: pickup.name.clone(),
                address: pickup.address.clone(),
                hours: pickup.hours.clone(),
                until: pickup.until.map(|until| {
                    let day = self.words.day(until, today);
                    self.words.say("pickup-until", &[("day", (&day).into())])
                }),
                code: pickup.code.clone(),
            }),
            proof: shipment.proof.as_ref().map(|proof| ProofView {
                signed_by: proof
                    .signed_by
                    .as_ref()
                    .map(|name| self.words.say("proof-signed-by", &[("name", name.into())])),
                photo: proof.photo.clone().filter(|photo| photo.starts_with("https://")),
            }),
            items: Vec::new(),
            feedback: None,
            not_received: None,
            carrier: carrier.unwrap_or_default(),
        };
        (standing, view)
    }

    fn carrier_name(&self, shipment: &ShipmentRecord) -> Option<String> {
        let carrier = shipment.carrier.as_deref()?;
        let own = self.brand.carriers.names.get(carrier);
        Some(own.map_or_else(|| carriers::display_name(carrier).to_owned(), Clone::clone))
    }

    /// An event's time as the people at its place would read it. What was told as a bare instant takes the place's zone,
    /// else the shop's own.
    fn local(&self, event: &Update) -> EventTime {
        let time = event.time;
        if time.zone != ZoneCertainty::Offset || time.offset_seconds != Some(0) || !time.time_known {
            return time;
        }
        let zone = place::time_zone(&event.place).unwrap_or(&self.brand.time_zone);
        match TimeZone::get(zone) {
            Ok(zone) => {
                let there = time.sort_instant().to_zoned(zone);
                EventTime {
                    local: there.datetime(),
                    offset_seconds: Some(there.offset().seconds()),
                    zone: ZoneCertainty::Place,
                    ..time
                }
            }
            Err(_) => time,
        }
    }

    fn event(&self, event: &Update, carrier: Option<&str>, today: Date) -> EventView {
        let time = self.local(event);
        let place = self.words.place(&event.place);
        EventView {
            status: event.status.as_str().into(),
            text: self.words.event_line(event, carrier),
            day: self.words.day_heading(time.local.date(), today),
            time: TimeView { datetime: machine_time(&time), text: self.words.clock_of(&time) },
            zone_note: None,
            place: (!place.is_empty()).then_some(place),
            folded: false,
            stands_out: false,
        }
    }

    fn freshness(&self, shipment: &ShipmentRecord, carrier: Option<&str>, validity: &mut Validity) -> Option<String> {
        let last = shipment.summary.as_ref().and_then(|summary| summary.progress.last_event());
        let scanned = last.map(|event| {
            // Only an instant can be told as "2 h ago"; a time without a zone is told as the day it names.
            match event.time.instant().filter(|_| event.time.time_known) {
                Some(instant) => {
                    validity.ago(instant, self.now);
                    self.words.ago_since(instant, self.now)
                }
                None => self.words.on_day(event.time.local.date(), self.today()),
            }
        });
        let checked = shipment.checked_at.map(|checked| {
            validity.ago(checked, self.now);
            self.words.ago_since(checked, self.now)
        });
        let carrier_or_we = carrier.map_or_else(|| self.words.text("freshness-carrier").to_owned(), str::to_owned);
        match (scanned, checked) {
            (Some(scanned), Some(checked)) => Some(self.words.say(
                "freshness",
                &[("carrier", (&carrier_or_we).into()), ("scanned", (&scanned).into()), ("checked", (&checked).into())],
            )),
            (Some(scanned), None) => Some(self.words.say(
                "freshness-never-checked",
                &[("carrier", (&carrier_or_we).into()), ("scanned", (&scanned).into())],
            )),
            (None, Some(checked)) => Some(self.words.say("freshness-unscanned", &[("checked", (&checked).into())])),
            (None, None) => None,
        }
    }

    fn steps(&self, progress: &Progress, order: &OrderSteps, events: &[&Update]) -> Vec<StepView> {
        let today = self.today();
        Step::ALL
            .into_iter()
            .map(|step| {
                let state = match step.cmp(&progress.current) {
                    std::cmp::Ordering::Less => StepState::Done,
                    std::cmp::Ordering::Equal => StepState::Current,
                    std::cmp::Ordering::Greater => StepState::Ahead,
                };
                let reached = match step {
                    _ if state == StepState::Ahead => None,
                    Step::Ordered => order.placed_at.map(|at| self.day_of(at)),
                    Step::Processing => order.paid_at.or(order.picked_at).or(order.packed_at).map(|at| self.day_of(at)),
                    _ => events.iter().find(|event| step_of(event.status) == Some(step)).map(|event| {
                        let time = self.local(event);
                        TimeView { datetime: machine_time(&time), text: self.words.day(time.local.date(), today) }
                    }),
                };
                StepView {
                    step: step.as_str().into(),
                    label: self.words.text(label_of(step, progress)).to_owned(),
                    state,
                    reached,
                    trouble: state == StepState::Current && progress.trouble.is_some(),
                }
            })
            .collect()
    }

    fn day_of(&self, instant: Timestamp) -> TimeView {
        let there: Zoned = instant.to_zoned(self.zone());
        TimeView { datetime: there.date().to_string(), text: self.words.day(there.date(), self.today()) }
    }

    fn riding(&self, order: &OrderRecord, shipment: &ShipmentRecord) -> Vec<ItemView> {
        let mut items = Vec::new();
        for (line_item, count) in &shipment.items {
            if let Some(item) = order.items.iter().find(|item| item.line_item_id == *line_item) {
                items.push(self.item(order, item, *count, None));
            }
        }
        // One parcel and no word on what rides in it: then everything that needs shipping does.
        if shipment.items.is_empty() && order.shipments.len() == 1 {
            let all = order.items.iter().filter(|item| item.needs_shipping);
            items.extend(all.map(|item| self.item(order, item, item.quantity, None)));
        }
        items
    }

    fn item(&self, order: &OrderRecord, item: &LineItemRecord, count: i64, ship_by: Option<Date>) -> ItemView {
        let price = item
            .unit_price
            .zip(order.currency.as_deref())
            .map(|(price, currency)| money(self.words, price.saturating_mul(count), currency));
        let today = self.today();
        ItemView {
            sku: item.sku.clone().unwrap_or_else(|| item.line_item_id.clone()),
            title: item.title.clone(),
            variant: item.variant.clone(),
            quantity: count,
            price,
            note: ship_by.filter(|day| *day >= today).map(|day| {
                let by = self.words.by_day(day, today);
                self.words.say("items-to-ship-by", &[("when", (&by).into())])
            }),
        }
    }
}

fn expectation_of(window: &Window) -> Expectation {
    let has_moved_later = window.moved_later || window.missed.is_some();
    Expectation { earliest: Some(window.earliest), latest: Some(window.latest), has_moved_later }
}

fn stage(steps: &OrderSteps) -> OrderStage {
    match (steps.cancelled_at, steps.packed_at, steps.picked_at, steps.paid_at) {
        (Some(_), ..) => OrderStage::Cancelled,
        (_, Some(_), ..) => OrderStage::Packed,
        (_, _, Some(_), _) => OrderStage::Picked,
        (_, _, _, Some(_)) => OrderStage::Paid,
        _ => OrderStage::Ordered,
    }
}

fn step_of(status: Status) -> Option<Step> {
    match status.milestone() {
        Milestone::InTransit => Some(Step::Shipped),
        Milestone::OutForDelivery | Milestone::AvailableForPickup => Some(Step::OutForDelivery),
        Milestone::Delivered => Some(Step::Delivered),
        _ => None,
    }
}

fn is_over(status: Status) -> bool {
    matches!(status.milestone(), Milestone::Delivered | Milestone::Returned | Milestone::Cancelled)
}

/// What no parcel holds yet, and how many of each.
fn unshipped(order: &OrderRecord) -> Vec<(&LineItemRecord, i64)> {
    // A parcel that does not say what it holds may hold anything: nothing is then claimed to be missing.
    if order.shipments.iter().any(|shipment| shipment.items.is_empty()) {
        return Vec::new();
    }
    let sent = |item: &LineItemRecord| -> i64 {
        let riding = order.shipments.iter().flat_map(|shipment| &shipment.items);
        riding.filter(|(id, _)| *id == item.line_item_id).map(|(_, count)| count).sum()
    };
    let waiting = order.items.iter().filter(|item| item.needs_shipping).map(|item| (item, item.quantity - sent(item)));
    waiting.filter(|(_, left)| *left > 0).collect()
}

/// For `<time datetime>`: with its offset where that is known, a bare local time or date where not.
fn machine_time(time: &EventTime) -> String {
    if !time.time_known {
        return time.local.date().to_string();
    }
    match time.offset_seconds.and_then(|seconds| jiff::tz::Offset::from_seconds(seconds).ok()) {
        Some(offset) => {
            // A page has room for whole seconds.
            let instant = Timestamp::from_second(time.sort_instant().as_second()).unwrap_or_default();
            instant.display_with_offset(offset).to_string()
        }
        None => time.local.to_string(),
    }
}
