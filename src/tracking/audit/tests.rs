//! What an audit counts, on made-up exports.

use jiff::SignedDuration;

use super::*;
use crate::sources::Parsed;
use crate::testing::{a_shipment, an_event, an_order};
use crate::tracking::status::Status;

fn at(days: i64, hour: i64) -> Timestamp {
    "2026-09-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(days * 24 + hour)
}

/// Handed over the day after the order, promised within a week, come after `days`.
fn told(number: i64, days: Option<i64>) -> Parsed {
    let mut order = an_order(&format!("#{}", 3000 + number));
    order.draft().placed_at = Some(at(number, 9));
    let promised = at(number + 7, 0).to_string();
    let order = order.promised(&promised[..10]);
    let shipment = a_shipment(&format!("1Z5R89390357{number:06}"))
        .with(an_event(Status::Accepted, &at(number + 1, 17).to_string()));
    let shipment = match days {
        Some(days) => shipment.with(an_event(Status::Delivered, &at(number + days, 14).to_string())),
        None => shipment,
    };
    order.with_shipment(shipment).into()
}

fn audited(days: &[Option<i64>]) -> Audit {
    let mut gathered = gather::Gathered::default();
    for (number, days) in days.iter().enumerate() {
        // Told twice, as exports overlap.
        gathered.add(told(number as i64, *days));
        gathered.add(told(number as i64, *days));
    }
    let (parcels, unsent) = gathered.parcels();
    audit(&parcels, unsent, &Rules::default())
}

#[test]
fn promises_and_gaps_are_counted_once_a_parcel() {
    let audit = audited(&[Some(3), Some(4), Some(12), None]);
    assert_eq!((audit.parcels, audit.orders_without_parcel, audit.all.delivered), (4, 0, 3));
    assert_eq!((audit.all.promises.kept, audit.all.promises.missed), (2, 1));
    assert_eq!(audit.all.promises.median_days_late, Some(5.0));
    assert!(audit.all.gaps.longest_hours > 200.0, "{:?}", audit.all.gaps);
    assert!((audit.all.gaps.share_over_24_hours - 1.0).abs() < 1e-9);
}

#[test]
fn a_silent_parcel_is_found_before_it_comes() {
    let audit = audited(&[Some(3), Some(20)]);
    assert_eq!((audit.all.silences.found, audit.all.silences.late, audit.all.silences.late_found), (1, 1, 1));
    assert!(audit.all.silences.median_hours_sooner.unwrap() > 100.0);
}

#[test]
fn windows_come_from_earlier_parcels_only_and_lanes_are_ranked() {
    let days: Vec<Option<i64>> = (0..40).map(|number| Some(3 + number % 3)).collect();
    let audit = audited(&days);
    let windows = &audit.all.windows;
    assert!(windows.judged > 20 && windows.judged < 40, "{windows:?}");
    assert!(windows.kept * 10 >= windows.judged * 6, "{windows:?}");
    assert_eq!(audit.lanes.len(), 1);
    assert_eq!(audit.lanes[0].figures.promises.missed, 0);
}

#[test]
fn an_order_without_a_parcel_is_only_counted() {
    let mut gathered = gather::Gathered::default();
    gathered.add(an_order("#1001").into());
    let (parcels, unsent) = gathered.parcels();
    assert_eq!((parcels.len(), unsent), (0, 1));
    assert_eq!(audit(&parcels, unsent, &Rules::default()).all, Figures::default());
}
