//! What goes with an order: bought together more often than chance would have it, within the merchant's rules.
//!
//! Counting is the work of the store; whether anything is shown at all is decided where the page is loaded.

pub mod evaluate;

use std::collections::{BTreeMap, BTreeSet};

/// Shown at once, at most.
pub const MOST: usize = 4;

/// Orders in which two products must have met: one order is a coincidence and may give its buyer away.
pub const LEAST_TOGETHER: u64 = 2;

/// Orders in which two kinds must have met, before a kind stands in for its products.
pub const LEAST_OF_KIND: u64 = 5;

/// Kinds that a kind is bought with most often, and best sellers of each, that are looked at.
pub const MOST_OTHER_KINDS: usize = 4;
pub const MOST_LEADERS: usize = 5;

/// Used-up products that are offered again at once, so that they leave room.
const MOST_AGAIN: usize = 2;

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

/// Why a product is offered, the surest reason last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Its kind is bought with the kind of a bought product.
    Kind { title: String, counts: Counts, is_same: bool, sold: u64, sold_of_kind: u64 },
    /// The merchant names its kind as what goes with the kind of a bought product.
    Accessory { title: String, sold: u64 },
    /// Bought together with the product of that title.
    Together { title: String, counts: Counts },
    /// It was bought, and is used up at some time.
    Again,
    /// The merchant puts it first.
    Pin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub product: String,
    /// What sort of thing it is, in the merchant's words.
    pub kind: Option<String>,
    pub is_available: bool,
    pub rule: Option<Rule>,
    pub because: Because,
}

/// What stands beside a chosen product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Title of the bought product it is often bought with.
    OftenWith(String),
    /// Title of the bought product it goes with.
    GoesWith(String),
    Again,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub product: String,
    pub reason: Option<Reason>,
}

/// Up to four products, best first and of as many kinds as there are. Never what was bought, unless it is used up; never
/// what has run out or is banned. Where too few rest on the products themselves, their kinds fill up.
pub fn choose(candidates: &[Candidate], bought: &BTreeSet<String>) -> Vec<Chosen> {
    let mut best: BTreeMap<&str, (Rank, &Candidate)> = BTreeMap::new();
    for candidate in candidates {
        let is_had = bought.contains(&candidate.product) && candidate.because != Because::Again;
        if !candidate.is_available || candidate.rule == Some(Rule::Ban) || is_had {
            continue;
        }
        let Some(rank) = rank(candidate) else { continue };
        let known = best.entry(&candidate.product).or_insert((rank, candidate));
        if rank > known.0 {
            *known = (rank, candidate);
        }
    }
    let mut ranked: Vec<(Rank, &Candidate)> = best.into_values().collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut again = 0;
    ranked.retain(|(_, candidate)| {
        again += usize::from(candidate.because == Because::Again);
        candidate.because != Because::Again || again <= MOST_AGAIN
    });
    let (of_itself, by_kind): (Vec<_>, Vec<_>) =
        ranked.into_iter().partition(|(_, candidate)| !matches!(candidate.because, Because::Kind { .. }));
    let mut kinds = BTreeSet::new();
    let chosen = spread(of_itself, &mut kinds).into_iter().chain(spread(by_kind, &mut kinds)).take(MOST);
    chosen.map(|candidate| Chosen { product: candidate.product.clone(), reason: reason(&candidate.because) }).collect()
}

/// The first of each kind before the second of any. What has no kind is like nothing else.
fn spread<'a>(ranked: Vec<(Rank, &'a Candidate)>, kinds: &mut BTreeSet<&'a str>) -> Vec<&'a Candidate> {
    let (fresh, alike): (Vec<_>, Vec<_>) = ranked
        .into_iter()
        .map(|(_, candidate)| candidate)
        .partition(|candidate| candidate.kind.as_deref().is_none_or(|kind| kinds.insert(kind)));
    fresh.into_iter().chain(alike).collect()
}

fn reason(because: &Because) -> Option<Reason> {
    match because {
        Because::Pin => None,
        Because::Again => Some(Reason::Again),
        Because::Together { title, .. } => Some(Reason::OftenWith(title.clone())),
        Because::Accessory { title, .. } | Because::Kind { title, .. } => Some(Reason::GoesWith(title.clone())),
    }
}

/// How sure the reason is, then how strong.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Rank(u8, f64);

impl Rank {
    fn total_cmp(&self, other: &Rank) -> std::cmp::Ordering {
        self.0.cmp(&other.0).then(self.1.total_cmp(&other.1))
    }
}

/// `None` for what rests on too little.
fn rank(candidate: &Candidate) -> Option<Rank> {
    if candidate.rule == Some(Rule::Pin) {
        return Some(Rank(4, 0.0));
    }
    match &candidate.because {
        Because::Pin => Some(Rank(4, 0.0)),
        Because::Again => Some(Rank(3, 0.0)),
        Because::Together { counts, .. } => {
            let ratio = log_likelihood_ratio(*counts);
            (counts.together >= LEAST_TOGETHER && ratio >= LEAST_RATIO).then_some(Rank(2, ratio))
        }
        Because::Accessory { sold, .. } => Some(Rank(1, *sold as f64)),
        Because::Kind { counts, is_same, sold, sold_of_kind, .. } => {
            // Two of one kind are no meeting of two: chance says nothing of it, the floor does.
            let is_sure = *is_same || log_likelihood_ratio(*counts) >= LEAST_RATIO;
            let is_carried = counts.together >= LEAST_OF_KIND && *sold >= LEAST_TOGETHER;
            let meets = counts.together as f64 / counts.with_bought.max(1) as f64;
            let share = *sold as f64 / (*sold_of_kind).max(1) as f64;
            (is_sure && is_carried).then_some(Rank(0, meets * share))
        }
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
            because: with("Lamp", counts(together, 20, 20, 1_000)),
        }
    }

    fn with(title: &str, counts: Counts) -> Because {
        Because::Together { title: title.to_owned(), counts }
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
        let once = Candidate { because: with("Lamp", counts(1, 1, 1, 100_000)), ..candidate("a", "x", 1) };
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
        let pin = Candidate { rule: Some(Rule::Pin), because: Because::Pin, ..candidate("pin", "z", 0) };
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
        let weaker = Candidate { because: with("Rug", counts(3, 20, 20, 1_000)), ..candidate("a", "x", 3) };
        let chosen = choose(&[weaker, candidate("a", "x", 9)], &BTreeSet::new());
        assert_eq!(chosen, [Chosen { product: "a".to_owned(), reason: Some(Reason::OftenWith("Lamp".to_owned())) }]);
    }

    fn of_kind(product: &str, kind: &str, together: u64, is_same: bool) -> Candidate {
        let counts = counts(together, 100, 100, 10_000);
        let because = Because::Kind { title: "Lamp".to_owned(), counts, is_same, sold: 5, sold_of_kind: 100 };
        Candidate { because, ..candidate(product, kind, 0) }
    }

    #[test]
    fn kinds_fill_up_only_above_their_floor() {
        let never_sold = Candidate {
            because: Because::Kind {
                title: "Lamp".to_owned(),
                counts: counts(50, 100, 100, 10_000),
                is_same: true,
                sold: 1,
                sold_of_kind: 100,
            },
            ..candidate("new", "rug", 0)
        };
        let by_chance = Candidate {
            because: Because::Kind {
                title: "Lamp".to_owned(),
                counts: counts(5, 100, 500, 10_000),
                is_same: false,
                sold: 9,
                sold_of_kind: 100,
            },
            ..candidate("chance", "rug", 0)
        };
        assert_eq!(names(&[of_kind("few", "rug", 4, true), never_sold, by_chance], &[]), [""; 0]);
        let offered =
            [of_kind("shade", "shade", 9, false), candidate("lamp-1", "lamp", 9), candidate("lamp-2", "lamp", 8)];
        assert_eq!(names(&offered, &[]), ["lamp-1", "lamp-2", "shade"], "a kind only fills up");
    }

    #[test]
    fn an_accessory_needs_the_merchants_word_alone() {
        let bulb = Candidate {
            because: Because::Accessory { title: "Lamp".to_owned(), sold: 0 },
            ..candidate("bulb", "bulb", 0)
        };
        let chosen = choose(&[bulb, candidate("rug", "rug", 9)], &BTreeSet::new());
        assert_eq!(chosen[1], Chosen { product: "bulb".to_owned(), reason: Some(Reason::GoesWith("Lamp".to_owned())) });
    }

    #[test]
    fn what_is_used_up_is_offered_again_and_leaves_room() {
        let again = |product: &str| Candidate { because: Because::Again, ..candidate(product, "coffee", 0) };
        let offered = [again("a"), again("b"), again("c"), candidate("cup", "cup", 9)];
        assert_eq!(names(&offered, &["a", "b", "c"]), ["a", "cup", "b"]);
        let banned = Candidate { rule: Some(Rule::Ban), ..again("a") };
        assert_eq!(names(&[banned], &["a"]), [""; 0]);
    }
}
