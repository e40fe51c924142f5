//! How far outcomes lie from what was foreseen: weighted quantiles in which parcels still on their way count.
//!
//! Kaplan & Meier (1958) with weights: a parcel that has not arrived is known to take longer than it has, and its weight
//! passes to those that took longer still. Leaving it out would make every window too short (Candès, Lei & Ren,
//! Conformalized survival analysis, 2023). Weights fade with age and with the distance of the lane: localised conformal
//! prediction (Guan, 2023).

use std::cmp::Ordering;

/// One earlier forecast's deviation, in units of its own spread: final, or so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deviation {
    pub value: f64,
    pub weight: f64,
    /// False while the parcel is on its way: the true deviation is at least `value`.
    pub is_final: bool,
}

/// How many quantiles a distribution is kept as: 1 %, 2 %, … 99 %.
pub const KNOTS: usize = 99;

/// The deviations at 1 %, 2 %, … 99 %. `None` when none is final.
///
/// Where the largest are all still open the last final one stands for what lies beyond.
pub fn quantiles(deviations: &mut [Deviation]) -> Option<[f64; KNOTS]> {
    deviations.sort_unstable_by(order);
    let last = deviations.iter().rev().find(|deviation| deviation.is_final)?.value;
    let mut at_risk: f64 = deviations.iter().map(|deviation| deviation.weight).sum();
    let mut surviving = 1.0;
    let mut knots = [last; KNOTS];
    let mut knot = 0;
    for deviation in deviations.iter() {
        if deviation.is_final && at_risk > 0.0 {
            surviving *= 1.0 - (deviation.weight / at_risk).min(1.0);
        }
        at_risk -= deviation.weight;
        while knot < KNOTS && 1.0 - surviving >= (knot + 1) as f64 / 100.0 - 1e-12 {
            knots[knot] = deviation.value;
            knot += 1;
        }
    }
    Some(knots)
}

/// At a tie the final one comes first: the open one is known to last longer. Weights make the order total.
fn order(a: &Deviation, b: &Deviation) -> Ordering {
    a.value.total_cmp(&b.value).then_with(|| b.is_final.cmp(&a.is_final)).then_with(|| a.weight.total_cmp(&b.weight))
}

/// Those that stand in order (but for ties) and some in none, as one list in order: what is sorted already is quickly sorted.
pub fn merged(ordered: impl Iterator<Item = Deviation>, mut others: Vec<Deviation>) -> Vec<Deviation> {
    others.sort_unstable_by(order);
    let mut others = others.into_iter().peekable();
    let mut merged = Vec::with_capacity(ordered.size_hint().1.unwrap_or_default() + others.len());
    for deviation in ordered {
        while let Some(other) = others.next_if(|other| order(other, &deviation).is_lt()) {
            merged.push(other);
        }
        merged.push(deviation);
    }
    merged.extend(others);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(value: f64) -> Deviation {
        Deviation { value, weight: 1.0, is_final: true }
    }

    fn open(value: f64) -> Deviation {
        Deviation { value, weight: 1.0, is_final: false }
    }

    #[test]
    fn without_open_ones_they_are_plain_quantiles() {
        let mut deviations: Vec<Deviation> = (1..=100).map(|value| done(f64::from(value))).collect();
        let knots = quantiles(&mut deviations).unwrap();
        assert_eq!((knots[9], knots[49], knots[89]), (10.0, 50.0, 90.0));
    }

    #[test]
    fn parcels_on_their_way_push_the_quantiles_up() {
        let mut few: Vec<Deviation> = (1..=20).map(|value| done(f64::from(value))).collect();
        let plain = quantiles(&mut few).unwrap();
        few.extend((0..10).map(|_| open(10.0)));
        let counted = quantiles(&mut few).unwrap();
        assert!(counted[49] > plain[49]);
        assert_eq!(counted[9], 3.0);
    }

    #[test]
    fn nothing_final_says_nothing() {
        assert_eq!(quantiles(&mut [open(1.0), open(2.0)]), None);
    }

    #[test]
    fn the_order_they_come_in_does_not_matter() {
        let mut one = vec![done(3.0), open(2.0), done(1.0), open(3.0), done(2.0)];
        let mut other: Vec<Deviation> = one.iter().rev().copied().collect();
        assert_eq!(quantiles(&mut one), quantiles(&mut other));
    }
}
