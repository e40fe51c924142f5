//! What recommendations brought: who saw them, who would have, and what either bought within a week.
//!
//! Some shoppers are shown none. What they buy tells what the others would have bought anyway, so the lift is the difference
//! between the two. Everybody counts who opened a page on which recommendations stood or would have stood: whether it was
//! they that were looked at is not asked, so that the two groups differ in nothing else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::satisfaction::wilson;

/// An order this long after a click or a view is credited to it.
pub const CREDITED_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A visit to a page on which recommendations stood, or would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Blind index of the shopper's contact.
    pub shopper: Vec<u8>,
    pub is_held_out: bool,
    pub at: Timestamp,
}

/// A product followed to the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Order on whose page it stood.
    pub from: Uuid,
    pub at: Timestamp,
}

/// An order placed after a visit or a click, by a contact of the order that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Order on whose page the shopper was.
    pub from: Uuid,
    /// Blind index of the contact of that order.
    pub shopper: Vec<u8>,
    pub order: Uuid,
    pub placed_at: Timestamp,
    /// Minor units and currency; `None` where the shop told neither.
    pub total: Option<(i64, String)>,
}

/// All that is known of one brand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub seen: Vec<Seen>,
    pub followed: Vec<Followed>,
    /// Clicks of whomever, also of those without an order.
    pub clicks: u64,
    pub purchases: Vec<Purchase>,
}

/// One of the two groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Group {
    /// A session that opened an order's page on a day is one.
    pub views: u64,
    pub shoppers: u64,
    /// Shoppers who ordered within a week of their first view.
    pub buyers: u64,
    /// Buyers among the shoppers, 0 to 1; `None` without shoppers.
    pub share: Option<f64>,
    /// Their orders of that week.
    pub orders: u64,
    /// Minor units by currency.
    pub revenue: BTreeMap<String, i64>,
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Between {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Lift {
    /// Share of buyers among those who saw recommendations less that of the holdout; `None` while either group is empty.
    pub difference: Option<Between>,
    /// How many times as many bought, less one; `None` while either group has no buyer.
    pub relative: Option<Between>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub brand: String,
    /// Views of those who were shown recommendations.
    pub views: u64,
    pub clicks: u64,
    /// Orders placed within a week after a click, by the same contact.
    pub orders: u64,
    /// What those orders came to, in minor units by currency.
    pub revenue: BTreeMap<String, i64>,
    pub shown: Group,
    pub holdout: Group,
    pub lift: Lift,
}

pub fn report(brand: &str, known: &Known) -> Report {
    let credited = credited(known);
    let shown = group(known, false);
    let holdout = group(known, true);
    Report {
        brand: brand.to_owned(),
        views: shown.views,
        clicks: known.clicks,
        orders: credited.len() as u64,
        revenue: revenue(credited.into_values()),
        lift: Lift {
            difference: newcombe((shown.buyers, shown.shoppers), (holdout.buyers, holdout.shoppers)),
            relative: relative((shown.buyers, shown.shoppers), (holdout.buyers, holdout.shoppers)),
        },
        shown,
        holdout,
    }
}

fn is_credited(from: Timestamp, placed_at: Timestamp) -> bool {
    placed_at > from && placed_at.duration_since(from) <= CREDITED_FOR
}

/// Each order once, however many clicks came before it.
fn credited(known: &Known) -> BTreeMap<Uuid, &Purchase> {
    let mut clicks: BTreeMap<Uuid, Vec<Timestamp>> = BTreeMap::new();
    for followed in &known.followed {
        clicks.entry(followed.from).or_default().push(followed.at);
    }
    let follows_a_click = |purchase: &&Purchase| {
        clicks.get(&purchase.from).is_some_and(|clicks| clicks.iter().any(|at| is_credited(*at, purchase.placed_at)))
    };
    known.purchases.iter().filter(follows_a_click).map(|purchase| (purchase.order, purchase)).collect()
}

fn group(known: &Known, is_held_out: bool) -> Group {
    let mut first: BTreeMap<&[u8], Timestamp> = BTreeMap::new();
    let mut views = 0;
    for seen in known.seen.iter().filter(|seen| seen.is_held_out == is_held_out) {
        views += 1;
        let at = first.entry(&seen.shopper).or_insert(seen.at);
        *at = seen.at.min(*at);
    }
    let mut buyers: BTreeSet<&[u8]> = BTreeSet::new();
    let mut orders: BTreeMap<Uuid, &Purchase> = BTreeMap::new();
    for purchase in &known.purchases {
        if first.get(purchase.shopper.as_slice()).is_some_and(|at| is_credited(*at, purchase.placed_at)) {
            buyers.insert(&purchase.shopper);
            orders.insert(purchase.order, purchase);
        }
    }
    let (shoppers, buyers) = (first.len() as u64, buyers.len() as u64);
    Group {
        views,
        shoppers,
        buyers,
        share: share(buyers, shoppers),
        orders: orders.len() as u64,
        revenue: revenue(orders.into_values()),
    }
}

fn revenue<'a>(purchases: impl Iterator<Item = &'a Purchase>) -> BTreeMap<String, i64> {
    let mut revenue: BTreeMap<String, i64> = BTreeMap::new();
    for (total, currency) in purchases.filter_map(|purchase| purchase.total.as_ref()) {
        let sum = revenue.entry(currency.clone()).or_default();
        *sum = sum.saturating_add(*total);
    }
    revenue
}

fn share(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| part as f64 / all as f64)
}

/// Difference of two shares and its 95 % interval, after Newcombe (1998), "Interval estimation for the difference between
/// independent proportions", method 10: it holds for few buyers and for shares near 0. `None` while a group is empty.
fn newcombe(one: (u64, u64), other: (u64, u64)) -> Option<Between> {
    let (share_one, share_other) = (share(one.0, one.1)?, share(other.0, other.1)?);
    let ((low_one, high_one), (low_other, high_other)) = (wilson(one.0, one.1)?, wilson(other.0, other.1)?);
    let value = share_one - share_other;
    Some(Between {
        value,
        low: value - (share_one - low_one).hypot(high_other - share_other),
        high: value + (high_one - share_one).hypot(share_other - low_other),
    })
}

/// Ratio of two shares less one, its 95 % interval by the delta method on the logarithm, after Katz et al. (1978),
/// "Obtaining confidence intervals for the risk ratio in cohort studies". `None` while a group has no buyer.
fn relative(one: (u64, u64), other: (u64, u64)) -> Option<Between> {
    const Z: f64 = 1.959_963_984_540_054;
    if one.0 == 0 || other.0 == 0 {
        return None;
    }
    let ratio = share(one.0, one.1)? / share(other.0, other.1)?;
    let part = |(part, all): (u64, u64)| 1.0 / part as f64 - 1.0 / all as f64;
    let half = Z * (part(one) + part(other)).max(0.0).sqrt();
    Some(Between { value: ratio - 1.0, low: (ratio.ln() - half).exp() - 1.0, high: (ratio.ln() + half).exp() - 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    fn order(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn seen(shopper: u8, is_held_out: bool, hours: i64) -> Seen {
        Seen { shopper: vec![shopper], is_held_out, at: at(hours) }
    }

    fn purchase(from: u128, shopper: u8, number: u128, hours: i64) -> Purchase {
        let total = Some((1_000, "EUR".to_owned()));
        Purchase { from: order(from), shopper: vec![shopper], order: order(number), placed_at: at(hours), total }
    }

    #[test]
    fn an_order_is_credited_for_a_week_after_a_click_and_once() {
        let followed = |from, hours| Followed { from: order(from), at: at(hours) };
        let known = Known {
            followed: vec![followed(1, 10), followed(1, 12), followed(2, 10)],
            purchases: vec![
                purchase(1, 1, 11, 13),
                purchase(2, 1, 11, 13),
                purchase(1, 1, 12, 12 + 168),
                purchase(1, 1, 13, 12 + 169),
                purchase(1, 1, 14, 9),
                purchase(3, 3, 15, 13),
            ],
            ..Known::default()
        };
        let report = report("meadow", &known);
        assert_eq!((report.orders, report.revenue["EUR"]), (2, 2_000));
    }

    #[test]
    fn either_group_is_told_by_its_shoppers_first_view() {
        let known = Known {
            seen: vec![seen(1, false, 0), seen(1, false, 200), seen(2, false, 0), seen(3, true, 0), seen(4, true, 0)],
            purchases: vec![purchase(1, 1, 11, 5), purchase(1, 1, 12, 210), purchase(3, 3, 13, 5)],
            ..Known::default()
        };
        let report = report("meadow", &known);
        assert_eq!((report.shown.views, report.shown.shoppers, report.shown.buyers, report.shown.orders), (3, 2, 1, 1));
        assert_eq!((report.holdout.views, report.holdout.shoppers, report.holdout.buyers), (2, 2, 1));
        assert_eq!(report.lift.difference.unwrap().value, 0.0);
        assert_eq!(report.orders, 0, "a view alone is no click");
    }

    #[test]
    fn the_difference_is_as_published() {
        // Newcombe (1998), table II, method 10: 56/70 − 48/80, 9/10 − 3/10, 5/56 − 0/29.
        for (one, other, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((5, 56), (0, 29), -0.0381, 0.1926),
        ] {
            let found = newcombe(one, other).unwrap();
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{found:?}");
        }
        assert_eq!(newcombe((0, 0), (1, 2)), None);
    }

    #[test]
    fn the_ratio_needs_buyers_on_both_sides() {
        let found = relative((56, 70), (48, 80)).unwrap();
        assert!((found.value - 0.3333).abs() < 5e-5 && found.low > 0.0 && found.high > found.value, "{found:?}");
        assert_eq!(relative((5, 56), (0, 29)), None);
    }
}
