//! The rules of estimates and their ledger, held on made-up parcels; and the backtest on real ones where they are.

use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;

use super::backtest::{BacktestOrder, backtest, walk};
use super::evidence::Parcel;
use super::lane::{Lane, stable_hash};
use super::ledger::{Ledger, Reason, error_days, ledger, revisions};
use super::*;
use crate::tracking::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use crate::tracking::status::Status;

fn lane() -> Lane {
    Lane { origin: Some("SP".into()), destination: Some("RJ".into()), ..Lane::default() }
}

/// An order a few hours after another, taking two to nine days once handed over.
fn order(number: i32) -> BacktestOrder {
    let purchased_at = date(2018, 1, 2).at(9, 0, 0, 0).saturating_add(jiff::Span::new().hours(number * 7));
    let days = 2 + (number * 7919 % 8);
    BacktestOrder {
        id: format!("order-{number}"),
        lane: lane(),
        country: Some("BR".into()),
        seller: Some(format!("seller-{}", number % 3)),
        freight: Some(12.0),
        is_near: false,
        purchased_at,
        ship_by: None,
        promised: Some(purchased_at.date().saturating_add(jiff::Span::new().days(20))),
        handed_over_at: Some(purchased_at.saturating_add(jiff::Span::new().hours(20))),
        delivered_at: Some(purchased_at.saturating_add(jiff::Span::new().hours(20 + days * 24))),
        stopped_at: None,
        observed_until: date(2019, 1, 1).at(0, 0, 0, 0),
    }
}

fn learnt(orders: i32) -> History {
    walk(&(0..orders).map(order).collect::<Vec<_>>(), |_, _, _| {})
}

fn journey(purchased: DateTime) -> Journey {
    Journey {
        parcel: Parcel {
            hash: stable_hash("mine"),
            lane: lane(),
            country: Some("BR".into()),
            purchased: Some(purchased.into()),
            freight: Some(12.0),
            ..Parcel::default()
        },
        reached: vec![(Stage::Purchase, purchased.into())],
        ..Journey::default()
    }
}

fn event(status: Status, at: DateTime) -> TrackingEvent {
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: Some(status.to_string()),
            text: String::new(),
            time: at.to_string(),
            place: String::new(),
        },
        status,
        time: EventTime::unzoned(at),
        place: EventPlace::default(),
    }
}

fn at(day: Date, hour: i8) -> DateTime {
    day.at(hour, 0, 0, 0)
}

#[test]
fn too_little_history_and_no_other_word_gives_no_estimate() {
    let journey = journey(at(date(2018, 3, 1), 9));
    let now = Moment::from(at(date(2018, 3, 1), 10));
    assert_eq!(estimate(&History::default(), &journey, now, CONFIDENCE), None);
    assert!(estimate(&learnt(200), &journey, now, CONFIDENCE).is_some());
}

#[test]
fn without_history_the_carriers_date_stands_and_else_the_promise() {
    let mut journey = journey(at(date(2018, 3, 1), 9));
    let said = |day: Date| Said { at: at(date(2018, 3, 1), 9).into(), window: Window { earliest: day, latest: day } };
    journey.promise = vec![said(date(2018, 3, 20))];
    let now = Moment::from(at(date(2018, 3, 2), 10));
    let promised = estimate(&History::default(), &journey, now, CONFIDENCE).unwrap();
    assert_eq!((promised.latest, promised.basis), (date(2018, 3, 20), Basis::MerchantPromise));
    journey.carrier = vec![said(date(2018, 3, 9))];
    let carrier = estimate(&History::default(), &journey, now, CONFIDENCE).unwrap();
    assert_eq!((carrier.earliest, carrier.latest, carrier.basis), (date(2018, 3, 9), date(2018, 3, 9), Basis::Carrier));
    let late = estimate(&History::default(), &journey, Moment::from(at(date(2018, 3, 10), 8)), CONFIDENCE).unwrap();
    assert!(late.is_overdue && late.earliest == date(2018, 3, 10) && late.latest > late.earliest);
}

#[test]
fn what_the_carrier_says_later_is_not_known_before() {
    let mut journey = journey(at(date(2018, 3, 1), 9));
    let window = Window { earliest: date(2018, 3, 9), latest: date(2018, 3, 9) };
    journey.carrier = vec![Said { at: at(date(2018, 3, 5), 9).into(), window }];
    let before = Moment::from(at(date(2018, 3, 4), 9));
    assert_eq!(estimate(&History::default(), &journey, before, CONFIDENCE), None);
}

#[test]
fn a_delivered_parcel_has_no_estimate() {
    let journey = Journey { is_over: true, ..journey(at(date(2018, 3, 1), 9)) };
    assert_eq!(estimate(&learnt(200), &journey, Moment::from(at(date(2018, 3, 2), 9)), CONFIDENCE), None);
}

#[test]
fn a_late_parcel_is_said_to_be_overdue_and_gets_a_new_window() {
    let history = learnt(200);
    let journey = journey(at(date(2018, 3, 1), 9));
    for days in 0..120 {
        let now = Moment(Moment::from(at(date(2018, 3, 1), 12)).0 + f64::from(days));
        let estimate = estimate(&history, &journey, now, CONFIDENCE).unwrap();
        assert!(estimate.earliest >= now.date() && estimate.earliest <= estimate.most_likely);
        assert!(estimate.most_likely <= estimate.latest);
        assert_eq!(estimate.is_overdue, days > 40 || estimate.is_overdue);
    }
}

#[test]
fn a_repeated_event_adds_no_revision_and_each_window_has_its_error() {
    let history = learnt(300);
    let journey = Journey { reached: vec![], ..journey(at(date(2018, 4, 2), 9)) };
    let mut events = vec![
        event(Status::Accepted, at(date(2018, 4, 5), 18)),
        event(Status::Weather, at(date(2018, 4, 9), 7)),
        event(Status::Delivered, at(date(2018, 5, 14), 15)),
    ];
    let now = Moment::from(at(date(2018, 5, 20), 0));
    let once = revisions(&history, &journey, &events, now, CONFIDENCE);
    events.extend(events.clone());
    assert_eq!(revisions(&history, &journey, &events, now, CONFIDENCE), once);
    assert_eq!(once[0].reason, Reason::Ordered);
    assert!(once.iter().any(|revision| revision.reason == Reason::HandedOver));
    assert!(once.iter().any(|revision| revision.reason == Reason::Weather), "{once:#?}");
    assert!(once.iter().all(|revision| revision.error_days.is_some()));
    assert!(once.windows(2).all(|pair| pair[0].estimate.window() != pair[1].estimate.window()));
}

#[test]
fn a_stray_scan_after_delivery_foretells_nothing_but_a_lost_parcel_may_turn_up() {
    let history = learnt(300);
    let base = Journey { reached: vec![], ..journey(at(date(2018, 4, 2), 9)) };
    let now = Moment::from(at(date(2018, 5, 20), 0));
    let after = |ending: Status| {
        let events = [
            event(Status::Accepted, at(date(2018, 4, 3), 18)),
            event(ending, at(date(2018, 4, 6), 9)),
            event(Status::ArrivedFacility, at(date(2018, 4, 7), 9)),
        ];
        let revisions = revisions(&history, &base, &events, now, CONFIDENCE);
        revisions.into_iter().filter(|revision| revision.at >= at(date(2018, 4, 7), 9)).count()
    };
    assert_eq!(after(Status::Delivered), 0);
    assert_eq!(after(Status::Returning), 0);
    assert!(after(Status::Lost) > 0);
}

#[test]
fn what_was_said_stays_said_unless_something_late_comes_before_it() {
    let journey = Journey { reached: vec![], ..journey(at(date(2018, 4, 2), 9)) };
    let accepted = event(Status::Accepted, at(date(2018, 4, 5), 18));
    let attempted = event(Status::AttemptNoOneHome, at(date(2018, 4, 9), 10));
    let made = |days: u32, history: &History, events: &[TrackingEvent], said: &Ledger| {
        let now = Moment::from(at(date(2018, 4, 5), 20).saturating_add(jiff::Span::new().days(days)));
        ledger(history, &journey, events, (&said.revisions, &said.walked), now, CONFIDENCE)
    };
    let first = made(0, &learnt(300), std::slice::from_ref(&accepted), &Ledger::default());
    // What was learnt since does not change what was said.
    let events = [attempted.clone(), accepted.clone()];
    let second = made(4, &learnt(200), &events, &first);
    assert_eq!(second.revisions[..first.revisions.len()], first.revisions);
    let other_way = made(4, &learnt(300), std::slice::from_ref(&attempted), &Ledger::default());
    let late = made(4, &learnt(300), &events, &other_way);
    assert_eq!(late, made(4, &learnt(300), &events, &Ledger::default()));
}

#[test]
fn the_error_is_nought_within_the_window() {
    let window = Window { earliest: date(2018, 4, 3), latest: date(2018, 4, 6) };
    for (day, error) in [(1, -2), (3, 0), (6, 0), (9, 3)] {
        assert_eq!(error_days(window, date(2018, 4, day)), error);
    }
}

#[test]
fn history_reads_back_from_its_rows() {
    let mut history = learnt(150);
    assert!(history.take_changed_rows().len() > 3);
    assert!(history.take_changed_rows().is_empty());
    let rows = history.rows();
    let back = History::from_rows(rows.iter().map(|(key, json)| (key.as_str(), json.as_str()))).unwrap();
    let now = at(date(2018, 3, 1), 9);
    let foretold = |history: &History| estimate(history, &journey(now), Moment::from(now), CONFIDENCE);
    assert_eq!(foretold(&back), foretold(&history));
    assert!(History::from_rows([("nonsense", "{}")]).is_err());
}

#[test]
fn a_busy_shop_keeps_reaching_back_in_time() {
    let busy: Vec<BacktestOrder> = (0..4000)
        .map(|number| {
            let mut order = order(number);
            let earlier = jiff::Span::new().minutes(i64::from(number) * 400);
            order.purchased_at = order.purchased_at.saturating_sub(earlier);
            order.handed_over_at = order.handed_over_at.map(|at| at.saturating_sub(earlier));
            order.delivered_at = order.delivered_at.map(|at| at.saturating_sub(earlier));
            order
        })
        .collect();
    let report = backtest(busy.into_iter());
    assert!((0.7..0.95).contains(&report.at_purchase.coverage), "{}", report.at_purchase.coverage);
}

#[test]
fn orders_that_never_arrive_are_judged_only_once_their_window_is_over() {
    let mut orders: Vec<BacktestOrder> = (0..300).map(order).collect();
    let last = orders.len() - 1;
    for lost in [100, 120, 140] {
        orders[lost].delivered_at = None;
    }
    orders[130].delivered_at = None;
    orders[130].handed_over_at = None;
    orders[130].stopped_at = Some(orders[130].purchased_at);
    orders[last].delivered_at = None;
    orders[last].observed_until = orders[last].purchased_at;
    let report = backtest(orders.into_iter());
    assert_eq!(report.at_purchase.not_judged, 1);
    assert!(report.at_purchase.came_late > 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_permutation_and_repetition_of_events_gives_one_ledger(
        picks in prop::collection::vec((0_usize..8, 0_i32..40, 0_i8..24), 0..8),
        order_of_arrival in prop::collection::vec(any::<prop::sample::Index>(), 16),
    ) {
        let statuses = [
            Status::LabelCreated, Status::Accepted, Status::AtLocalFacility, Status::CustomsHold,
            Status::OnVehicle, Status::AttemptNoOneHome, Status::Delivered, Status::AddressIssue,
        ];
        let day = |days: i32| date(2018, 4, 3).saturating_add(jiff::Span::new().days(days));
        let events: Vec<TrackingEvent> =
            picks.iter().map(|(status, days, hour)| event(statuses[*status], at(day(*days), *hour))).collect();
        let mut shuffled = events.clone();
        for index in &order_of_arrival {
            if !events.is_empty() {
                let other = index.index(shuffled.len());
                shuffled.swap(0, other);
                shuffled.push(events[index.index(events.len())].clone());
            }
        }
        let history = learnt(120);
        let base = Journey { reached: vec![], ..journey(at(date(2018, 4, 2), 9)) };
        let now = Moment::from(at(date(2018, 6, 1), 0));
        let one = revisions(&history, &base, &events, now, CONFIDENCE);
        prop_assert_eq!(revisions(&history, &base, &shuffled, now, CONFIDENCE), one.clone());
        for revision in &one {
            prop_assert!(revision.estimate.latest >= revision.at.date());
        }
    }

    #[test]
    fn told_one_by_one_in_any_order_the_ledger_is_the_one_of_the_whole(
        picks in prop::collection::vec((0_usize..7, 0_i32..30, 0_i8..24), 1..7),
        sequence in prop::collection::vec(any::<prop::sample::Index>(), 1..14),
    ) {
        let statuses = [
            Status::Accepted, Status::AtLocalFacility, Status::CustomsHold, Status::OnVehicle,
            Status::AttemptNoOneHome, Status::Weather, Status::Delivered,
        ];
        let day = |days: i32| date(2018, 4, 3).saturating_add(jiff::Span::new().days(days));
        let events: Vec<TrackingEvent> =
            picks.iter().map(|(status, days, hour)| event(statuses[*status], at(day(*days), *hour))).collect();
        let history = learnt(120);
        let mut base = Journey { reached: vec![], ..journey(at(date(2018, 4, 2), 9)) };
        let window = Window { earliest: date(2018, 4, 12), latest: date(2018, 4, 13) };
        base.carrier = vec![Said { at: at(date(2018, 4, 6), 9).into(), window }];
        let now = Moment::from(at(date(2018, 5, 20), 0));
        let mut told: Vec<TrackingEvent> = Vec::new();
        let mut one_by_one = Ledger::default();
        for event in sequence.iter().map(|index| &events[index.index(events.len())]).chain(&events) {
            told.push(event.clone());
            one_by_one = ledger(&history, &base, &told, (&one_by_one.revisions, &one_by_one.walked), now, CONFIDENCE);
        }
        let whole = ledger(&history, &base, &events, (&[], &Default::default()), now, CONFIDENCE);
        prop_assert_eq!(one_by_one, whole);
    }

    #[test]
    fn no_estimate_uses_what_happened_after_its_time(cut in 40_i32..160, change in 1_i32..30) {
        let orders: Vec<BacktestOrder> = (0..200).map(order).collect();
        let moment = orders[cut as usize].purchased_at;
        let changed: Vec<BacktestOrder> = orders
            .iter()
            .cloned()
            .map(|mut order| {
                let later = jiff::Span::new().days(change);
                let is_after = |at: &DateTime| *at >= moment;
                order.delivered_at = order.delivered_at.map(|at| if is_after(&at) { at.saturating_add(later) } else { at });
                order
            })
            .collect();
        let foretold = |orders: &[BacktestOrder]| {
            let mut seen = Vec::new();
            walk(orders, |_, prediction, _| {
                if prediction.forecast.since <= Moment::from(moment) {
                    seen.push(prediction.clone());
                }
            });
            seen
        };
        prop_assert_eq!(foretold(&orders), foretold(&changed));
    }

    #[test]
    fn the_order_of_the_files_lines_does_not_matter(swaps in prop::collection::vec((0_usize..120, 0_usize..120), 1..40)) {
        let orders: Vec<BacktestOrder> = (0..120).map(order).collect();
        let mut shuffled = orders.clone();
        for (one, other) in swaps {
            shuffled.swap(one, other);
        }
        prop_assert_eq!(backtest(orders.into_iter()), backtest(shuffled.into_iter()));
    }
}
