//! What one page costs in the process: the fold, the words, the rendering.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use doorstep::portal::pages::{Assets, PageContext, render_order};
use doorstep::portal::view::{EventView, OrderView, ShipmentView, StepView, TimeView, WindowView};
use doorstep::tracking::calendar::Moment;
use doorstep::tracking::estimate::backtest::{BacktestOrder, walk};
use doorstep::tracking::estimate::evidence::{Parcel, Stage};
use doorstep::tracking::estimate::history::CONFIDENCE;
use doorstep::tracking::estimate::known::{at_destination, moment};
use doorstep::tracking::estimate::lane::Lane;
use doorstep::tracking::estimate::ledger::{Revision, Walked, ledger};
use doorstep::tracking::estimate::{Journey, estimate};
use doorstep::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent, Update};
use doorstep::tracking::progress::{OrderSteps, Step};
use doorstep::tracking::scans::visible;
use doorstep::tracking::status::Status;
use doorstep::tracking::summary::{Claims, summarise};
use doorstep::tracking::wording::{Facts, Locale, Speaker};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};

const JOURNEY: [Status; 12] = [
    Status::LabelCreated,
    Status::Accepted,
    Status::DepartedFacility,
    Status::ArrivedFacility,
    Status::DepartedFacility,
    Status::CustomsStarted,
    Status::CustomsCleared,
    Status::ArrivedFacility,
    Status::HandedToLastMile,
    Status::AtLocalFacility,
    Status::OnVehicle,
    Status::Delivered,
];

fn journey() -> Vec<TrackingEvent> {
    journey_of(date(2026, 11, 3))
}

fn journey_of(day: Date) -> Vec<TrackingEvent> {
    JOURNEY
        .into_iter()
        .enumerate()
        .map(|(position, status)| {
            let hour = i8::try_from(position).expect("a short journey") + 6;
            TrackingEvent {
                said: SaidByCarrier {
                    vendor_event_id: None,
                    code: Some(status.to_string()),
                    text: status.to_string(),
                    time: format!("{hour}"),
                    place: "Chicago".to_owned(),
                },
                status,
                time: EventTime::with_offset(day.at(hour, 0, 0, 0), Offset::constant(-6)),
                place: EventPlace {
                    city: Some("Chicago".to_owned()),
                    country: Some("US".to_owned()),
                    ..EventPlace::default()
                },
            }
        })
        .collect()
}

fn fold(criterion: &mut Criterion) {
    let events = journey();
    let now = "2026-11-04T00:00:00Z".parse().expect("an instant");
    criterion.bench_function("fold of 12 events", |bencher| {
        bencher.iter(|| summarise(black_box(&events), &Claims::default(), None, &OrderSteps::default(), now));
    });
}

fn words(criterion: &mut Criterion) {
    let events: Vec<Update> = journey().iter().map(TrackingEvent::update).collect();
    let words = Speaker::of(Locale::English);
    let today = date(2026, 11, 4);
    criterion.bench_function("headline", |bencher| {
        bencher.iter(|| words.headline(black_box(&Facts::of(Status::CustomsStarted)), today));
    });
    criterion.bench_function("12 event lines", |bencher| {
        bencher
            .iter(|| events.iter().map(|event| words.event_line(black_box(event), Some("UPS")).len()).sum::<usize>());
    });
}

fn rendering(criterion: &mut Criterion) {
    let brand = doorstep::brand::demo::brands().into_iter().next().expect("two demo brands");
    let words = Speaker::with_overrides(Locale::English, &Default::default()).expect("no copy, no fault");
    let context = PageContext::new(Arc::new(brand), Arc::new(words), &Assets::default(), "0.css");
    let context = context.at("/tracking/orders/1001", true);
    let time = |text: &str| TimeView { datetime: "2026-11-03T10:00:00-06:00".to_owned(), text: text.to_owned() };
    let steps = Step::ALL.into_iter().map(|step| StepView {
        step: step.as_str().into(),
        label: step.as_str().to_owned(),
        reached: Some(time("Tuesday")),
        ..StepView::default()
    });
    let events = JOURNEY.into_iter().map(|status| EventView {
        status: status.as_str().into(),
        text: "Your package left the Chicago facility and is on its way".to_owned(),
        day: "Tuesday, November 3".to_owned(),
        time: time("10:00 AM"),
        place: Some("Chicago, US".to_owned()),
        ..EventView::default()
    });
    let window = WindowView {
        text: "Thu, Nov 5".to_owned(),
        from: "2026-11-05".to_owned(),
        to: "2026-11-05".to_owned(),
        ..WindowView::default()
    };
    let view = OrderView {
        order_number: "#1001".to_owned(),
        headline: "Your package is on its way and should arrive by Thursday".to_owned(),
        shipments: vec![ShipmentView {
            tracking_number: "1Z5R89390357567127".to_owned(),
            status: "in_transit.in_transit".into(),
            headline: "Your package is on its way".to_owned(),
            window: Some(window),
            progress: steps.collect(),
            events: events.collect(),
            carrier: "UPS".to_owned(),
            ..ShipmentView::default()
        }],
        ..OrderView::default()
    };
    criterion.bench_function("order page", |bencher| bencher.iter(|| render_order(&context, black_box(&view)).len()));
}

/// A year of parcels on one lane, learnt from.
fn past() -> Vec<BacktestOrder> {
    let order = |number: i32| {
        let purchased_at = date(2026, 1, 2).at(9, 0, 0, 0) + (i64::from(number) * 3).hours();
        let handed_over_at = purchased_at + 20.hours();
        BacktestOrder {
            id: format!("order-{number}"),
            lane: Lane { origin: Some("US-IL".into()), destination: Some("US-NY".into()), ..Lane::default() },
            country: Some("US".to_owned()),
            seller: None,
            freight: None,
            is_near: false,
            purchased_at,
            ship_by: None,
            promised: None,
            handed_over_at: Some(handed_over_at),
            delivered_at: Some(handed_over_at + i64::from(48 + number * 7919 % 120).hours()),
            stopped_at: None,
            observed_until: date(2027, 1, 1).at(0, 0, 0, 0),
        }
    };
    (0..2_400).map(order).collect()
}

fn foretell(criterion: &mut Criterion) {
    let history = walk(&past(), |_, _, _| {});
    let purchased = Moment::from(date(2026, 10, 20).at(9, 0, 0, 0));
    let base = Journey {
        parcel: Parcel {
            hash: 7,
            lane: Lane { origin: Some("US-IL".into()), destination: Some("US-NY".into()), ..Lane::default() },
            country: Some("US".to_owned()),
            purchased: Some(purchased),
            ..Parcel::default()
        },
        ..Journey::default()
    };
    let handed_over = Moment(purchased.0 + 0.8);
    let reached = vec![(Stage::Purchase, purchased), (Stage::Handover, handed_over)];
    let journey = Journey { reached, ..base.clone() };
    let now = Moment(handed_over.0 + 0.5);
    criterion.bench_function("estimate of a parcel on its way", |bencher| {
        bencher.iter(|| estimate(black_box(&history), black_box(&journey), now, CONFIDENCE));
    });
    // What the fold does when a parcel with ten scans and a kept ledger is told of one more: it goes out for delivery.
    let mut events = journey_of(date(2026, 10, 21));
    events.truncate(11);
    let zone = TimeZone::get("America/New_York").expect("a zone");
    let now = "2026-10-22T12:00:00Z".parse().expect("an instant");
    let up_to = |events: &[TrackingEvent], said: (&[Revision], &Walked)| {
        ledger(&history, &base, &at_destination(&visible(events, now), &zone), said, moment(now, &zone), CONFIDENCE)
    };
    let known = up_to(&events[..10], (&[], &Walked::default()));
    assert!(known.present().is_some(), "something is foretold of it");
    criterion.bench_function("fold foretells one new event of 11", |bencher| {
        bencher.iter(|| up_to(black_box(&events), (&known.revisions, &known.walked)));
    });
}

criterion_group!(benches, foretell, fold, words, rendering);
criterion_main!(benches);
