//! What goes with an order: bought together more often than chance would have it, within the merchant's rules.
//!
//! Counting is the work of the store; whether anything is shown at all is decided where the page is loaded.

use std::collections::{BTreeMap, BTreeSet};

/// Shown at once, at most.
pub const MOST: usize = 4;

/// Orders in which two products must have met: one order is a coincidence and may give its buyer away.
pub const LEAST_TOGETHER: u64 = 2;

/// Below this the two may well have met by chance (5 % of a χ² with one degree of freedom).
const LEAST_RATIO: f64 = 3.841;

/// Orders that hold a bought product and a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub together: u64,
    pub with_bought: u64,
    pub with_candidate: u64,
    pub all: u64,
}

/// What the merchant says of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Comes first, bought together or not.
    Pin,
    /// Is never shown.
    Ban,
}

impl Rule {
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::Pin => "pin",
            Rule::Ban => "ban",
        }
    }

    pub fn read(text: &str) -> Option<Rule> {
        [Rule::Pin, Rule::Ban].into_iter().find(|rule| rule.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub product: String,
    /// What sort of thing it is, in the merchant's words.
    pub kind: Option<String>,
    pub is_available: bool,
    pub rule: Option<Rule>,
    /// Title of the bought product it goes with, and how often; `None` for a pin.
    pub because: Option<(String, Counts)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub product: String,
    /// Title of the bought product it goes with.
    pub because: Option<String>,
}

/// Up to four products, best first and of as many kinds as there are. Never what was bought, has run out or is banned.
pub fn choose(candidates: &[Candidate], bought: &BTreeSet<String>) -> Vec<Chosen> {
    let mut best: BTreeMap<&str, (f64, &Candidate)> = BTreeMap::new();
    for candidate in candidates {
        if !candidate.is_available || candidate.rule == Some(Rule::Ban) || bought.contains(&candidate.product) {
            continue;
        }
        let Some(score) = score(candidate) else { continue };
        let known = best.entry(&candidate.product).or_insert((score, candidate));
        if score > known.0 {
            *known = (score, candidate);
        }
    }
    let mut ranked: Vec<(f64, &Candidate)> = best.into_values().collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut kinds = BTreeSet::new();
    // What has no kind is like nothing else.
    let (fresh, alike): (Vec<_>, Vec<_>) =
        ranked.into_iter().partition(|(_, candidate)| candidate.kind.as_ref().is_none_or(|kind| kinds.insert(kind)));
    let chosen = fresh.into_iter().chain(alike).take(MOST);
    chosen
        .map(|(_, candidate)| Chosen {
            product: candidate.product.clone(),
            because: candidate.because.as_ref().map(|(title, _)| title.clone()),
        })
        .collect()
}

/// `None` for what rests on too little.
fn score(candidate: &Candidate) -> Option<f64> {
    let ratio = candidate
        .because
        .as_ref()
        .filter(|(_, counts)| counts.together >= LEAST_TOGETHER)
        .map(|(_, counts)| log_likelihood_ratio(*counts))
        .filter(|ratio| *ratio >= LEAST_RATIO);
    match candidate.rule {
        Some(Rule::Pin) => Some(f64::INFINITY),
        _ => ratio,
    }
}

/// How surely two products meet more often than chance would have it, after Dunning (1993), "Accurate methods for the
/// statistics of surprise and coincidence"; 0 where they meet no more often than that.
pub fn log_likelihood_ratio(counts: Counts) -> f64 {
    let Counts { together, with_bought, with_candidate, all } = counts;
    let only_bought = with_bought.saturating_sub(together);
    let only_candidate = with_candidate.saturating_sub(together);
    let neither = all.saturating_sub(together + only_bought + only_candidate);
    let total = (together + only_bought + only_candidate + neither) as f64;
    if together == 0 || (together as f64) * total <= (with_bought as f64) * (with_candidate as f64) {
        return 0.0;
    }
    let cells = entropy(&[together, only_bought, only_candidate, neither]);
    let rows = entropy(&[together + only_bought, only_candidate + neither]);
    let columns = entropy(&[together + only_candidate, only_bought + neither]);
    (2.0 * (cells - rows - columns)).max(0.0)
}

/// Sum of k·ln(k/n): the negative of n times Shannon's entropy.
fn entropy(counts: &[u64]) -> f64 {
    let total = counts.iter().sum::<u64>() as f64;
    counts.iter().filter(|count| **count > 0).map(|count| *count as f64 * (*count as f64 / total).ln()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(together: u64, with_bought: u64, with_candidate: u64, all: u64) -> Counts {
        Counts { together, with_bought, with_candidate, all }
    }

    fn candidate(product: &str, kind: &str, together: u64) -> Candidate {
        Candidate {
            product: product.to_owned(),
            kind: Some(kind.to_owned()),
            is_available: true,
            rule: None,
            because: Some(("Lamp".to_owned(), counts(together, 20, 20, 1_000))),
        }
    }

    fn names(candidates: &[Candidate], bought: &[&str]) -> Vec<String> {
        let bought = bought.iter().map(|product| (*product).to_owned()).collect();
        choose(candidates, &bought).into_iter().map(|chosen| chosen.product).collect()
    }

    #[test]
    fn the_ratio_is_as_published() {
        // Dunning (1993), table 2: "the swiss" 110, 2442, 111, 29114.
        let ratio = log_likelihood_ratio(counts(110, 110 + 2_442, 110 + 111, 110 + 2_442 + 111 + 29_114));
        assert!((ratio - 270.72).abs() < 0.01, "{ratio}");
        assert_eq!(log_likelihood_ratio(counts(1, 100, 100, 1_000)), 0.0, "less than chance");
        assert_eq!(log_likelihood_ratio(counts(0, 5, 5, 100)), 0.0);
    }

    #[test]
    fn one_order_makes_no_pair() {
        let once = Candidate { because: Some(("Lamp".to_owned(), counts(1, 1, 1, 100_000))), ..candidate("a", "x", 1) };
        assert_eq!(names(&[once], &[]), [""; 0]);
    }

    #[test]
    fn what_was_bought_has_run_out_or_is_banned_is_never_shown() {
        let gone = Candidate { is_available: false, ..candidate("gone", "a", 9) };
        let banned = Candidate { rule: Some(Rule::Ban), ..candidate("banned", "b", 9) };
        let pinned_and_gone = Candidate { is_available: false, rule: Some(Rule::Pin), ..candidate("pin", "c", 9) };
        assert_eq!(names(&[gone, banned, pinned_and_gone, candidate("had", "d", 9)], &["had"]), [""; 0]);
    }

    #[test]
    fn pins_come_first_and_kinds_are_spread() {
        let pin = Candidate { rule: Some(Rule::Pin), because: None, ..candidate("pin", "z", 0) };
        let offered = [
            candidate("lamp-1", "lamp", 9),
            candidate("lamp-2", "lamp", 8),
            candidate("rug", "rug", 3),
            pin,
            candidate("lamp-3", "lamp", 7),
        ];
        assert_eq!(names(&offered, &[]), ["pin", "lamp-1", "rug", "lamp-2"]);
    }

    #[test]
    fn a_product_stands_once_with_its_best_reason() {
        let weaker =
            Candidate { because: Some(("Rug".to_owned(), counts(3, 20, 20, 1_000))), ..candidate("a", "x", 3) };
        let chosen = choose(&[weaker, candidate("a", "x", 9)], &BTreeSet::new());
        assert_eq!(chosen, [Chosen { product: "a".to_owned(), because: Some("Lamp".to_owned()) }]);
    }
}
