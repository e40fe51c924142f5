//! The rules as a table, their timetable as a property, and what they do to years of real parcels.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::event::{EventPlace, EventTime, SaidByCarrier, TrackingEvent};
use super::super::progress::OrderSteps;
use super::super::summary::{Claims, summarise};
use super::*;
use crate::sources::{EstimateDraft, Expected};
use crate::testing::fixtures;

fn at(text: &str) -> Timestamp {
    format!("{text}:00Z").parse().unwrap()
}

fn event(status: Status, time: &str, city: &str) -> TrackingEvent {
    event_at(status, at(time), city)
}

fn event_at(status: Status, instant: Timestamp, city: &str) -> TrackingEvent {
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: Some(status.to_string()),
            text: status.to_string(),
            time: instant.to_string(),
            place: city.to_owned(),
        },
        status,
        time: EventTime::instant_utc(instant),
        place: EventPlace { city: Some(city.to_owned()).filter(|city| !city.is_empty()), ..EventPlace::default() },
    }
}

fn facts() -> IncidentFacts {
    IncidentFacts { calendar: Calendar::UnitedStates, zone: TimeZone::UTC, pickup_until: None, told_at: None }
}

fn promise(latest: Option<Date>) -> Option<EstimateDraft> {
    latest.map(|day| EstimateDraft { earliest: None, latest: Some(Expected::Day(day)) })
}

fn summary(events: &[TrackingEvent], latest: Option<Date>, now: Timestamp) -> Summary {
    summarise(events, &Claims::default(), promise(latest).as_ref(), &OrderSteps::default(), now)
}

fn fired(events: &[TrackingEvent], latest: Option<Date>, now: &str) -> Vec<(IncidentKind, Level)> {
    let summary = summary(events, latest, at(now));
    due(&summary, &facts(), &Rules::default(), at(now)).into_iter().map(|found| (found.kind, found.level)).collect()
}

// A Tuesday in a week without holidays.
const TUESDAY: &str = "2026-03-10T09:00";

#[test]
fn silence_is_watched_after_a_working_day_and_told_when_the_day_is_near() {
    let scan = [event(Status::ArrivedFacility, TUESDAY, "Chicago")];
    let far = Some(date(2026, 3, 31));
    assert_eq!(fired(&scan, far, "2026-03-11T08:59"), []);
    assert_eq!(fired(&scan, far, "2026-03-11T09:01"), [(IncidentKind::NoScan, Level::Watch)]);
    assert_eq!(fired(&scan, far, "2026-03-12T09:01"), [(IncidentKind::NoScan, Level::Watch)]);
    let near = Some(date(2026, 3, 13));
    assert_eq!(fired(&scan, near, "2026-03-11T09:01"), [(IncidentKind::NoScan, Level::Watch)]);
    assert_eq!(fired(&scan, near, "2026-03-12T09:01"), [(IncidentKind::NoScan, Level::Tell)]);
    assert_eq!(fired(&scan, None, "2026-03-12T09:01"), [(IncidentKind::NoScan, Level::Tell)]);
}

#[test]
fn a_weekend_is_no_silence() {
    let friday = [event(Status::DepartedFacility, "2026-03-13T17:00", "Chicago")];
    assert_eq!(fired(&friday, None, "2026-03-15T17:00"), []);
    assert_eq!(fired(&friday, None, "2026-03-16T17:00"), [(IncidentKind::NoScan, Level::Watch)]);
    // Labour Day makes the weekend a day longer.
    let before_labour_day = [event(Status::DepartedFacility, "2026-09-04T17:00", "Chicago")];
    assert_eq!(fired(&before_labour_day, None, "2026-09-07T17:00"), []);
    assert_eq!(fired(&before_labour_day, None, "2026-09-08T17:00"), [(IncidentKind::NoScan, Level::Watch)]);
}

#[test]
fn a_label_that_nobody_scans_is_noticed_with_and_without_an_event() {
    let label = [event(Status::LabelCreated, TUESDAY, "")];
    assert_eq!(fired(&label, None, "2026-03-11T09:01"), [(IncidentKind::LabelUnscanned, Level::Watch)]);
    let empty = summary(&[], None, at(TUESDAY));
    let told = IncidentFacts { told_at: Some(at(TUESDAY)), ..facts() };
    let found = due(&empty, &told, &Rules::default(), at("2026-03-12T09:01"));
    assert_eq!((found[0].kind, found[0].level), (IncidentKind::LabelUnscanned, Level::Tell));
    let scanned = [label[0].clone(), event(Status::Accepted, "2026-03-11T12:00", "Chicago")];
    assert_eq!(fired(&scanned, None, "2026-03-11T13:00"), []);
}

#[test]
fn scans_at_one_place_are_no_progress() {
    let mut events = vec![event(Status::ArrivedFacility, TUESDAY, "Memphis")];
    for day in 11..=13 {
        events.push(event(Status::ArrivedFacility, &format!("2026-03-{day}T10:00"), "Memphis"));
    }
    assert_eq!(fired(&events, None, "2026-03-13T11:00"), [(IncidentKind::Stuck, Level::Tell)]);
    events.push(event(Status::ArrivedFacility, "2026-03-13T12:00", "Nashville"));
    assert_eq!(fired(&events, None, "2026-03-13T13:00"), []);
}

#[test]
fn what_the_carrier_calls_trouble_has_its_own_level() {
    use IncidentKind as Kind;
    for (status, kind, level) in [
        (Status::CustomsHold, Kind::Customs, Level::Tell),
        (Status::DutiesUnpaid, Kind::Customs, Level::Act),
        (Status::Weather, Kind::Weather, Level::Tell),
        (Status::DelayedCarrier, Kind::Delayed, Level::Tell),
        (Status::AddressIssue, Kind::Address, Level::Act),
        (Status::AttemptNoOneHome, Kind::FailedAttempt, Level::Act),
        (Status::Damaged, Kind::Damaged, Level::Act),
        (Status::DeliveredDamaged, Kind::Damaged, Level::Act),
        (Status::Lost, Kind::Lost, Level::Act),
        (Status::Returning, Kind::Returned, Level::Act),
        (Status::Returned, Kind::Returned, Level::Act),
        (Status::Unclaimed, Kind::ActionNeeded, Level::Act),
        (Status::Expired, Kind::Expired, Level::Act),
    ] {
        let events = [event(Status::Accepted, "2026-03-10T08:00", "Chicago"), event(status, TUESDAY, "Chicago")];
        assert_eq!(fired(&events, None, "2026-03-10T10:00"), [(kind, level)], "{status}");
    }
}

#[test]
fn delivery_ends_all_trouble_but_damage() {
    let delivered = event(Status::Delivered, "2026-03-12T09:00", "Boston");
    for status in [Status::Weather, Status::CustomsHold, Status::AttemptNoOneHome, Status::AddressIssue] {
        let events = [event(status, TUESDAY, "Chicago"), delivered.clone()];
        assert_eq!(fired(&events, Some(date(2026, 3, 9)), "2026-03-20T09:00"), [], "{status}");
    }
    let damaged = [delivered, event(Status::Damaged, "2026-03-12T12:00", "Boston")];
    assert_eq!(fired(&damaged, None, "2026-03-12T13:00"), [(IncidentKind::Damaged, Level::Act)]);
}

#[test]
fn a_clearance_is_held_only_when_it_takes_long() {
    let events = [event(Status::CustomsStarted, TUESDAY, "Liège")];
    assert_eq!(fired(&events, None, "2026-03-11T08:00"), []);
    assert_eq!(fired(&events, None, "2026-03-12T09:01"), [(IncidentKind::Customs, Level::Tell)]);
    let cleared = [events[0].clone(), event(Status::CustomsCleared, "2026-03-12T08:00", "Liège")];
    assert_eq!(fired(&cleared, None, "2026-03-12T09:01"), []);
}

#[test]
fn a_parcel_at_a_pickup_point_is_spoken_of_before_it_goes_back() {
    let ready = summary(&[event(Status::ReadyForPickup, TUESDAY, "Chicago")], None, at(TUESDAY));
    let until = IncidentFacts { pickup_until: Some(date(2026, 3, 20)), ..facts() };
    let rules = Rules::default();
    assert!(due(&ready, &until, &rules, at("2026-03-17T23:59")).is_empty());
    let found = due(&ready, &until, &rules, at("2026-03-18T00:00"));
    assert_eq!((found[0].kind, found[0].level), (IncidentKind::PickupExpiring, Level::Act));
    assert_eq!(next_check(&ready, &until, &rules, at(TUESDAY)), Some(at("2026-03-18T00:00")));
    assert!(due(&ready, &facts(), &rules, at("2026-03-14T23:59")).is_empty());
    assert_eq!(due(&ready, &facts(), &rules, at("2026-03-15T00:00")).len(), 1);
}

#[test]
fn a_missed_day_is_told_and_later_acted_on() {
    let scans = |day: u8| {
        let first = event(Status::DepartedFacility, TUESDAY, "Chicago");
        vec![first, event(Status::ArrivedFacility, &format!("2026-03-{day}T08:00"), &format!("Town {day}"))]
    };
    let latest = Some(date(2026, 3, 11));
    assert_eq!(fired(&scans(11), latest, "2026-03-11T23:59"), []);
    assert_eq!(fired(&scans(11), latest, "2026-03-12T00:00"), [(IncidentKind::WindowMissed, Level::Tell)]);
    assert_eq!(fired(&scans(17), latest, "2026-03-17T09:00"), [(IncidentKind::WindowMissed, Level::Act)]);
}

#[test]
fn a_day_learnt_from_other_parcels_is_nobodys_promise() {
    let mut learnt =
        summary(&[event(Status::OnVehicle, "2026-03-12T08:00", "Chicago")], Some(date(2026, 3, 11)), at(TUESDAY));
    learnt.window.as_mut().unwrap().basis = Basis::History;
    let found = due(&learnt, &facts(), &Rules::default(), at("2026-03-12T09:00"));
    assert_eq!((found[0].kind, found[0].level), (IncidentKind::WindowMissed, Level::Watch));
}

#[test]
fn a_window_learnt_from_others_neither_hides_a_broken_promise_nor_hastens_the_word_of_a_silence() {
    let scanned = [event(Status::DepartedFacility, TUESDAY, "Chicago")];
    let mut learnt = summary(&scanned, Some(date(2026, 3, 11)), at(TUESDAY));
    let window = learnt.window.as_mut().unwrap();
    (window.basis, window.promised) = (Basis::History, Some(date(2026, 3, 20)));
    let levels = |now: &str| {
        let found = due(&learnt, &facts(), &Rules::default(), at(now));
        found.into_iter().map(|incident| (incident.kind, incident.level)).collect::<Vec<_>>()
    };
    assert!(levels("2026-03-13T12:00").iter().all(|(_, level)| *level == Level::Watch));
    assert!(levels("2026-03-19T12:00").contains(&(IncidentKind::NoScan, Level::Tell)));
    assert!(levels("2026-03-21T12:00").contains(&(IncidentKind::WindowMissed, Level::Tell)));
}

#[test]
fn a_brand_can_quieten_a_rule() {
    let weather = summary(&[event(Status::Weather, TUESDAY, "Chicago")], None, at(TUESDAY));
    let told = |setting| {
        let rules = Rules { levels: BTreeMap::from([(IncidentKind::Weather, setting)]), ..Rules::default() };
        due(&weather, &facts(), &rules, at("2026-03-10T10:00")).first().map(|found| found.level)
    };
    assert_eq!(told(Setting::Off), None);
    assert_eq!(told(Setting::At(Level::Watch)), Some(Level::Watch));
    assert_eq!(told(Setting::At(Level::Act)), Some(Level::Act));
}

#[test]
fn the_worst_leads() {
    let events = [
        event(Status::Accepted, "2026-03-02T08:00", "Chicago"),
        event(Status::CustomsHold, "2026-03-03T08:00", "Chicago"),
    ];
    let found = fired(&events, Some(date(2026, 3, 4)), "2026-03-05T08:00");
    assert_eq!(found, [(IncidentKind::Customs, Level::Tell), (IncidentKind::WindowMissed, Level::Tell)]);
}

#[test]
fn trouble_told_again_is_one_cause_until_the_parcel_moves() {
    let causes = |events: &[TrackingEvent], now: &str| -> Vec<String> {
        let summary = summary(events, None, at(now));
        due(&summary, &facts(), &Rules::default(), at(now)).into_iter().map(|found| found.cause).collect()
    };
    let mut events = vec![
        event(Status::Accepted, "2026-03-10T08:00", "Chicago"),
        event(Status::Weather, TUESDAY, "Chicago"),
        event(Status::Weather, "2026-03-11T09:00", "Memphis"),
    ];
    assert_eq!(causes(&events, "2026-03-11T10:00"), ["2026-03-10"]);
    events.push(event(Status::DepartedFacility, "2026-03-12T08:00", "Memphis"));
    events.push(event(Status::Weather, "2026-03-12T20:00", "Dallas"));
    assert_eq!(causes(&events, "2026-03-12T21:00"), ["2026-03-12"]);
    // Each knock at the door is one of its own.
    let attempts = [
        event(Status::AttemptNoOneHome, TUESDAY, "Chicago"),
        event(Status::AttemptNoOneHome, "2026-03-11T09:00", "Chicago"),
    ];
    assert_eq!(causes(&attempts, "2026-03-11T10:00"), ["2026-03-11"]);
}

/// So many silences of ten days ago, `moved` of them ended after a day and a half.
fn history(all: usize, moved: usize) -> Vec<PastSilence> {
    let opened_at = at(TUESDAY) - SignedDuration::from_hours(240);
    let end = |index| (index < moved).then(|| opened_at + SignedDuration::from_hours(36));
    (0..all).map(|index| PastSilence { opened_at, moved_at: end(index) }).collect()
}

#[test]
fn the_usual_end_of_a_silence_is_told_and_thin_history_is_not() {
    let usual = |past: &[PastSilence], waited| usually(past, SignedDuration::from_hours(waited), at(TUESDAY));
    assert_eq!(usual(&history(100, 83), 0), Some(Usually { days: 2, share: 83 }));
    assert_eq!(usual(&history(100, 83), 24), Some(Usually { days: 1, share: 83 }));
    assert_eq!(usual(&history(100, 60), 0), None);
    assert_eq!(usual(&history(29, 29), 0), None);
    // After two days only those are alike that had not moved by then.
    assert_eq!(usual(&history(100, 83), 48), None);
    // Silences still too young to have ended late say nothing.
    let young = PastSilence { opened_at: at(TUESDAY), moved_at: Some(at(TUESDAY)) };
    assert_eq!(usual(&[history(29, 0), vec![young; 100]].concat(), 0), None);
}

fn any_event() -> impl Strategy<Value = TrackingEvent> {
    let status = prop::sample::select(Status::ALL.to_vec());
    let city = prop::sample::select(vec!["Chicago", "Memphis", "Boston", ""]);
    (status, 0_i64..40 * 24, city).prop_map(|(status, hour, city)| {
        event_at(status, at("2026-02-20T00:00") + SignedDuration::from_hours(hour), city)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_permutation_and_repetition_of_events_gives_the_same_incidents(
        events in prop::collection::vec(any_event(), 0..8),
        shuffled in any::<prop::sample::Index>(),
        hour in 0_i64..80 * 24,
        latest in prop::option::of(0_i32..60),
    ) {
        let now = at("2026-02-20T00:00") + SignedDuration::from_hours(hour);
        let latest = latest.map(|day| date(2026, 2, 20).saturating_add(day.days()));
        let mut other = events.clone();
        if !events.is_empty() {
            other.rotate_left(shuffled.index(events.len()));
            other.push(events[shuffled.index(events.len())].clone());
            other.reverse();
        }
        let rules = Rules::default();
        let (one, two) = (summary(&events, latest, now), summary(&other, latest, now));
        prop_assert_eq!(due(&one, &facts(), &rules, now), due(&two, &facts(), &rules, now));
        prop_assert_eq!(next_check(&one, &facts(), &rules, now), next_check(&two, &facts(), &rules, now));
    }

    #[test]
    fn nothing_changes_before_the_next_check_and_everything_is_checked_in_the_end(
        events in prop::collection::vec(any_event(), 0..6),
        hour in 0_i64..60 * 24,
        latest in prop::option::of(0_i32..60),
    ) {
        let mut now = at("2026-02-20T00:00") + SignedDuration::from_hours(hour);
        let latest = latest.map(|day| date(2026, 2, 20).saturating_add(day.days()));
        let (summary, rules) = (summary(&events, latest, now), Rules::default());
        let mut checks = 0;
        while let Some(next) = next_check(&summary, &facts(), &rules, now) {
            prop_assert!(next > now);
            let just_before = next - SignedDuration::from_micros(1);
            prop_assert_eq!(due(&summary, &facts(), &rules, now), due(&summary, &facts(), &rules, just_before));
            now = next;
            checks += 1;
            prop_assert!(checks < 30);
        }
        let much_later = now + SignedDuration::from_hours(24 * 400);
        prop_assert_eq!(due(&summary, &facts(), &rules, now), due(&summary, &facts(), &rules, much_later));
    }
}

#[derive(serde::Deserialize)]
struct OlistOrder {
    order_approved_at: Option<String>,
    order_purchase_timestamp: String,
    order_delivered_carrier_date: Option<String>,
    order_delivered_customer_date: Option<String>,
    order_estimated_delivery_date: String,
}

/// Olist's times are those of its home; the zone is one for all.
fn olist_time(text: &str) -> DateTime {
    text.replace(' ', "T").parse().unwrap()
}

/// The shares of parcels that came on time and of which the shopper (or staff) would have been told something.
#[test]
fn few_parcels_that_come_on_time_alarm_their_shopper() {
    let Some(folder) = fixtures::folder() else { return };
    let path = folder.join("datasets/olist/olist_orders_dataset.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let zone = TimeZone::get("America/Sao_Paulo").unwrap();
    let facts = IncidentFacts { calendar: Calendar::Brazil, zone: zone.clone(), pickup_until: None, told_at: None };
    let (mut on_time, mut late) = ([0_u32; 2], [0_u32; 2]);
    let given = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(olist_time);
    for order in reader.deserialize::<OlistOrder>().map(Result::unwrap) {
        let handed_over = given(&order.order_delivered_carrier_date);
        let (Some(handed_over), Some(delivered)) = (handed_over, given(&order.order_delivered_customer_date)) else {
            continue;
        };
        let labelled = given(&order.order_approved_at).unwrap_or_else(|| olist_time(&order.order_purchase_timestamp));
        let promised = olist_time(&order.order_estimated_delivery_date).date();
        let instant = |local: DateTime| zone.to_ambiguous_timestamp(local).compatible().unwrap();
        let delivered_at = instant(delivered);
        let label = event_at(Status::LabelCreated, instant(labelled), "");
        let scan = event_at(Status::Accepted, instant(handed_over), "");
        let (mut worst, mut now) = (None, label.sort_instant());
        // From one check to the next, as the job does it, with what is known at each.
        loop {
            let known: Vec<TrackingEvent> =
                [&label, &scan].into_iter().filter(|event| event.sort_instant() <= now).cloned().collect();
            let summary = summary(&known, Some(promised), now);
            worst = worst.max(due(&summary, &facts, &Rules::default(), now).first().map(|found| found.level));
            let next_scan = Some(scan.sort_instant()).filter(|scan| *scan > now);
            let next = next_check(&summary, &facts, &Rules::default(), now).into_iter().chain(next_scan).min();
            match next {
                Some(next) if next < delivered_at => now = next,
                _ => break,
            }
        }
        let count = if delivered.date() <= promised { &mut on_time } else { &mut late };
        count[0] += 1;
        count[1] += u32::from(worst >= Some(Level::Tell));
    }
    let share = |[all, told]: [u32; 2]| f64::from(told) / f64::from(all);
    eprintln!("told of: {:.1} % of those on time, {:.1} % of those late", 100.0 * share(on_time), 100.0 * share(late));
    assert!(on_time[0] > 1_000, "{on_time:?}");
    assert!(share(on_time) <= 0.10, "{:.3} of the parcels on time", share(on_time));
    assert!(share(late) >= 0.90, "{:.3} of the late parcels", share(late));
}
