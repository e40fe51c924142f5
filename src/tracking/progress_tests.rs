//! The rules of the fold, as tables and properties.

use jiff::civil::{DateTime, date};
use jiff::tz::Offset;
use proptest::prelude::*;

use super::super::event::{EventPlace, EventTime, SaidByCarrier};
use super::super::scans::{shown, splits, visible};
use super::*;

/// An event `minutes` after the first of June.
fn at(minutes: i64, status: Status) -> TrackingEvent {
    let local = date(2026, 6, 1).at(0, 0, 0, 0) + jiff::SignedDuration::from_mins(minutes);
    told(local, status, "")
}

fn told(local: DateTime, status: Status, city: &str) -> TrackingEvent {
    TrackingEvent {
        said: SaidByCarrier {
            vendor_event_id: None,
            code: Some(status.to_string()),
            text: String::new(),
            time: local.to_string(),
            place: city.to_owned(),
        },
        status,
        time: EventTime::with_offset(local, Offset::UTC),
        place: EventPlace { city: (!city.is_empty()).then(|| city.to_owned()), ..EventPlace::default() },
    }
}

fn fold(statuses: &[Status]) -> Progress {
    let events: Vec<_> = statuses.iter().enumerate().map(|(hour, status)| at(hour as i64 * 60, *status)).collect();
    progress(&events, &OrderSteps::default())
}

#[test]
fn each_milestone_reaches_its_step() {
    let table = [
        (Status::PendingNoData, Step::Ordered),
        (Status::LabelCreated, Step::Processing),
        (Status::Accepted, Step::Shipped),
        (Status::CustomsStarted, Step::Shipped),
        (Status::OnVehicle, Step::OutForDelivery),
        (Status::ReadyForPickup, Step::OutForDelivery),
        (Status::AttemptNoOneHome, Step::OutForDelivery),
        (Status::DeliveredNeighbour, Step::Delivered),
    ];
    for (status, step) in table {
        let progress = fold(&[status]);
        assert_eq!((progress.furthest, progress.status), (step, status));
    }
}

#[test]
fn every_status_alone_is_what_is_true_now() {
    for status in Status::ALL {
        assert_eq!(fold(&[*status]).status, *status);
    }
}

#[test]
fn paying_picking_and_packing_show_as_processing() {
    let moment = Some(Timestamp::UNIX_EPOCH);
    let placed = OrderSteps { placed_at: moment, ..OrderSteps::default() };
    assert_eq!(progress(&[], &placed).furthest, Step::Ordered);
    for order in [
        OrderSteps { paid_at: moment, ..placed },
        OrderSteps { picked_at: moment, ..placed },
        OrderSteps { packed_at: moment, ..placed },
    ] {
        assert_eq!(progress(&[], &order).furthest, Step::Processing);
    }
    let cancelled = OrderSteps { cancelled_at: moment, ..placed };
    assert_eq!(progress(&[], &cancelled).status, Status::Cancelled);
}

#[test]
fn trouble_lies_over_the_furthest_step_and_never_resets_it() {
    for status in Status::ALL.iter().filter(|status| status.milestone() == Milestone::Exception) {
        let progress = fold(&[Status::Accepted, Status::OnVehicle, *status]);
        assert_eq!(progress.current, Step::OutForDelivery);
        assert_eq!((progress.status, progress.trouble), (*status, Some(*status)));
    }
}

#[test]
fn a_normal_scan_ends_trouble() {
    let progress = fold(&[Status::Accepted, Status::Weather, Status::DepartedFacility]);
    assert_eq!((progress.status, progress.trouble), (Status::DepartedFacility, None));
    let progress = fold(&[Status::Accepted, Status::AddressIssue, Status::Resolved]);
    assert_eq!((progress.status, progress.trouble), (Status::Resolved, None));
}

#[test]
fn grave_trouble_ends_only_when_the_parcel_itself_is_seen() {
    for grave in [Status::Lost, Status::Disposed, Status::Damaged, Status::Undeliverable] {
        assert_eq!(fold(&[Status::Accepted, grave, Status::InTransit]).trouble, Some(grave));
        assert_eq!(fold(&[Status::Accepted, grave, Status::DelayedCarrier]).trouble, Some(grave));
        assert_eq!(fold(&[Status::Accepted, grave, Status::ArrivedFacility]).trouble, None);
        assert_eq!(fold(&[Status::Accepted, grave, Status::Delivered]).trouble, None);
    }
}

#[test]
fn a_failed_attempt_survives_the_evening_scan_at_the_depot() {
    let missed = fold(&[Status::OnVehicle, Status::AttemptNoOneHome, Status::AtLocalFacility]);
    assert_eq!((missed.status, missed.current), (Status::AttemptNoOneHome, Step::OutForDelivery));
    let again = fold(&[Status::OnVehicle, Status::AttemptNoOneHome, Status::AtLocalFacility, Status::OnVehicle]);
    assert_eq!((again.status, again.trouble), (Status::OnVehicle, None));
}

#[test]
fn nothing_but_a_true_return_undoes_a_delivery() {
    for late in Status::ALL {
        let progress = fold(&[Status::OnVehicle, Status::DeliveredSigned, *late]);
        match late {
            Status::Returning | Status::Returned | Status::Undeliverable => {
                assert_eq!((progress.status, progress.furthest), (*late, Step::OutForDelivery));
                assert_eq!(progress.delivered_at, None);
            }
            _ => {
                assert_eq!(progress.furthest, Step::Delivered, "after {late}");
                assert_eq!(progress.status.milestone(), Milestone::Delivered, "after {late}");
            }
        }
    }
}

#[test]
fn a_redirect_undoes_a_delivery_once_the_parcel_moves() {
    let progress = fold(&[Status::OnVehicle, Status::Delivered, Status::Redirected, Status::OnVehicle]);
    assert_eq!((progress.status, progress.furthest), (Status::OnVehicle, Step::OutForDelivery));
}

#[test]
fn a_label_told_late_changes_nothing() {
    assert_eq!(fold(&[Status::Accepted, Status::LabelCreated]).status, Status::Accepted);
    assert_eq!(fold(&[Status::Accepted, Status::PendingNoData]).status, Status::Accepted);
}

#[test]
fn unknown_never_changes_what_was_known() {
    for known in Status::ALL.iter().filter(|status| status.milestone() != Milestone::Unknown) {
        for unknown in [Status::Unknown, Status::TrackerError] {
            assert_eq!(fold(&[*known, unknown]).status, *known);
        }
    }
}

#[test]
fn what_goes_back_is_returning_until_it_is_there() {
    let on_its_way = fold(&[Status::OnVehicle, Status::Refused, Status::Returning, Status::ArrivedFacility]);
    assert_eq!((on_its_way.status, on_its_way.trouble), (Status::Returning, None));
    let there = fold(&[Status::OnVehicle, Status::Refused, Status::Returning, Status::OnVehicle, Status::Delivered]);
    assert_eq!((there.status, there.furthest), (Status::Returned, Step::OutForDelivery));
}

#[test]
fn a_cancelled_parcel_that_moves_is_not_cancelled() {
    assert_eq!(fold(&[Status::LabelCreated, Status::Cancelled]).status, Status::Cancelled);
    assert_eq!(fold(&[Status::LabelCreated, Status::Cancelled, Status::Accepted]).status, Status::Accepted);
}

#[test]
fn a_scan_ends_expiry_and_delivery_outlives_it() {
    assert_eq!(fold(&[Status::Accepted, Status::Expired]).status, Status::Expired);
    assert_eq!(fold(&[Status::Accepted, Status::Expired, Status::ArrivedFacility]).status, Status::ArrivedFacility);
    assert_eq!(fold(&[Status::Delivered, Status::Expired]).status, Status::Delivered);
}

#[test]
fn a_delivery_told_again_keeps_its_time_and_the_fuller_word() {
    let progress = fold(&[Status::Delivered, Status::DeliveredSigned, Status::Delivered]);
    assert_eq!(progress.status, Status::DeliveredSigned);
    assert_eq!(progress.delivered_at, Some(at(0, Status::Delivered).time));
}

#[test]
fn a_damaged_delivery_is_delivered_and_trouble() {
    let progress = fold(&[Status::DeliveredDamaged]);
    assert_eq!((progress.furthest, progress.trouble), (Step::Delivered, Some(Status::DeliveredDamaged)));
}

#[test]
fn one_scan_told_by_two_sources_is_one() {
    let morning = date(2026, 6, 1).at(8, 0, 0, 0);
    let three_minutes = jiff::SignedDuration::from_mins(3);
    let twins = [
        told(morning, Status::DepartedFacility, "Chicago"),
        told(morning + three_minutes, Status::InTransit, "CHICAGO"),
        told(morning + three_minutes, Status::DepartedFacility, ""),
    ];
    assert_eq!(merged(&twins), [&twins[0]]);
    let apart = [told(morning, Status::DepartedFacility, "Chicago"), told(morning, Status::DepartedFacility, "Gary")];
    assert_eq!(merged(&apart).len(), 2);
}

#[test]
fn one_wall_clock_in_two_zones_at_one_place_is_one_scan() {
    let noon = date(2026, 6, 1).at(12, 0, 0, 0);
    let there = told(noon, Status::Delivered, "Austin");
    let mut unzoned = there.clone();
    unzoned.time = EventTime::with_offset(noon, jiff::tz::offset(-5));
    unzoned.said.place = "austin".to_owned();
    assert_eq!(merged(&[there, unzoned]).len(), 1);
}

#[test]
fn every_event_is_shown_once_and_repeated_scans_of_a_place_are_folded() {
    let hour = |hour| date(2026, 6, 1).at(hour, 0, 0, 0);
    let events = [
        told(hour(1), Status::ArrivedFacility, "Chicago"),
        told(hour(3), Status::InTransit, "Chicago"),
        told(hour(5), Status::ArrivedFacility, "Chicago"),
        told(hour(7), Status::DepartedFacility, "Chicago"),
        told(hour(9), Status::ArrivedFacility, "Gary"),
        told(hour(10), Status::Unknown, ""),
        told(hour(11), Status::Weather, "Gary"),
    ];
    let shown = shown(&events);
    let folded: Vec<bool> = shown.iter().map(|shown| shown.folded).collect();
    assert_eq!(folded, [false, true, true, false, false, true, false]);
    let stands_out: Vec<bool> = shown.iter().map(|shown| shown.stands_out).collect();
    assert_eq!(stands_out, [false, false, false, false, false, false, true]);
}

#[test]
fn a_reused_number_is_a_new_parcel() {
    let day = |day: i64, status| at(day * 24 * 60, status);
    let events = [
        day(0, Status::LabelCreated),
        day(2, Status::Delivered),
        day(3, Status::ArrivedFacility),
        day(40, Status::LabelCreated),
        day(41, Status::Accepted),
    ];
    let parcels: Vec<usize> = splits(&events).iter().map(Vec::len).collect();
    assert_eq!(parcels, [3, 2]);
    assert_eq!(splits(&[day(0, Status::Delivered), day(20, Status::Returning)]).len(), 1);
    assert_eq!(splits(&[day(0, Status::Delivered), day(90, Status::OnVehicle)]).len(), 2);
}

#[test]
fn an_event_over_a_day_ahead_is_not_visible() {
    let events = [at(0, Status::Accepted), at(3 * 24 * 60, Status::Delivered)];
    assert_eq!(visible(&events, events[0].sort_instant()).len(), 1);
}

prop_compose! {
    fn an_event()(
        minutes in 0i64..600,
        status in proptest::sample::select(Status::ALL.to_vec()),
        city in proptest::sample::select(vec!["", "Chicago", "Gary"]),
        precision in 0u8..3,
    ) -> TrackingEvent {
        let mut event = at(minutes, status);
        event.place.city = (!city.is_empty()).then(|| city.to_owned());
        event.said.place = city.to_owned();
        match precision {
            0 => event.time = EventTime::day(event.time.local.date()),
            1 => event.time = EventTime::unzoned(event.time.local),
            _ => {}
        }
        event.said.time = format!("{:?}", event.time);
        event
    }
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        (events, shuffled) in proptest::collection::vec(an_event(), 0..14).prop_flat_map(|events| {
            let doubled: Vec<_> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(doubled).prop_shuffle())
        }),
    ) {
        let order = OrderSteps::default();
        prop_assert_eq!(progress(&events, &order), progress(&shuffled, &order));
        prop_assert_eq!(shown(&events), shown(&shuffled));
        prop_assert_eq!(splits(&events), splits(&shuffled));
    }

    #[test]
    fn trouble_never_takes_a_step_back(events in proptest::collection::vec(an_event(), 0..10)) {
        let order = OrderSteps::default();
        let before = progress(&events, &order);
        for status in Status::ALL.iter().filter(|status| status.milestone() == Milestone::Exception) {
            if *status == Status::Undeliverable {
                continue;
            }
            let after: Vec<_> = events.iter().cloned().chain([at(2000, *status)]).collect();
            prop_assert!(progress(&after, &order).furthest >= before.furthest);
        }
    }
}
