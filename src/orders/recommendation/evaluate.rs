//! How often the rules would have been right: one item of each order of several is hidden, and must stand among the four
//! that the others bring up. Beside it, how often the four best sellers would have hit.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Because, Candidate, Counts, LEAST_OF_KIND, LEAST_TOGETHER, MOST, MOST_LEADERS, MOST_OTHER_KINDS, choose};

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HitRate {
    pub orders: u64,
    /// Orders of two products and more.
    pub orders_of_several: u64,
    /// Hidden items: every product of those orders once.
    pub hidden: u64,
    pub hits: u64,
    /// Hidden items that the four best sellers hold.
    pub hits_of_popularity: u64,
    /// Hidden items for which anything was recommended at all.
    pub shown: u64,
}

impl HitRate {
    pub fn rate(&self) -> f64 {
        self.hits as f64 / self.hidden.max(1) as f64
    }

    pub fn rate_of_popularity(&self) -> f64 {
        self.hits_of_popularity as f64 / self.hidden.max(1) as f64
    }
}

type Basket = BTreeSet<String>;

/// What the store's tables hold, counted over all baskets.
struct Counted<'a> {
    kinds: &'a BTreeMap<String, String>,
    orders: u64,
    products: BTreeMap<&'a str, u64>,
    pairs: BTreeMap<&'a str, BTreeMap<&'a str, u64>>,
    of_kind: BTreeMap<&'a str, u64>,
    kind_pairs: BTreeMap<&'a str, BTreeMap<&'a str, u64>>,
    leaders: BTreeMap<&'a str, Vec<&'a str>>,
    best_sellers: Vec<&'a str>,
}

/// Leaves each order of several products out whole, hides one of its products after the other, and asks for four.
pub fn hit_rate(baskets: &[Basket], kinds: &BTreeMap<String, String>) -> HitRate {
    let counted = Counted::new(baskets, kinds);
    let mut rate = HitRate {
        orders: baskets.len() as u64,
        orders_of_several: 0,
        hidden: 0,
        hits: 0,
        hits_of_popularity: 0,
        shown: 0,
    };
    for basket in baskets.iter().filter(|basket| basket.len() > 1) {
        rate.orders_of_several += 1;
        for hidden in basket {
            let mut rest = basket.clone();
            rest.remove(hidden);
            let chosen = choose(&counted.candidates(&rest, basket), &rest);
            rate.hidden += 1;
            rate.shown += u64::from(!chosen.is_empty());
            rate.hits += u64::from(chosen.iter().any(|chosen| chosen.product == *hidden));
            rate.hits_of_popularity += u64::from(counted.most_popular(&rest, basket).contains(&hidden.as_str()));
        }
    }
    rate
}

impl<'a> Counted<'a> {
    fn new(baskets: &'a [Basket], kinds: &'a BTreeMap<String, String>) -> Counted<'a> {
        let mut counted = Counted {
            kinds,
            orders: baskets.len() as u64,
            products: BTreeMap::new(),
            pairs: BTreeMap::new(),
            of_kind: BTreeMap::new(),
            kind_pairs: BTreeMap::new(),
            leaders: BTreeMap::new(),
            best_sellers: Vec::new(),
        };
        for basket in baskets {
            for product in basket {
                *counted.products.entry(product).or_default() += 1;
                for other in basket.iter().filter(|other| *other != product) {
                    *counted.pairs.entry(product).or_default().entry(other).or_default() += 1;
                }
            }
            for kind in kinds_of(basket, kinds) {
                *counted.of_kind.entry(kind).or_default() += 1;
            }
            for (kind, other) in kind_pairs_of(basket, kinds) {
                *counted.kind_pairs.entry(kind).or_default().entry(other).or_default() += 1;
            }
        }
        let mut ranked: Vec<(&str, u64)> = counted.products.iter().map(|(product, sold)| (*product, *sold)).collect();
        ranked.sort_by_key(|(product, sold)| (std::cmp::Reverse(*sold), *product));
        for (product, _) in &ranked {
            if let Some(kind) = kinds.get(*product) {
                counted.leaders.entry(kind).or_default().push(product);
            }
        }
        // A few more than are asked for: what the order left out holds itself may fall behind.
        counted.best_sellers = ranked.iter().take(100).map(|(product, _)| *product).collect();
        counted
    }

    fn kind(&self, product: &str) -> Option<&'a str> {
        self.kinds.get(product).map(String::as_str)
    }

    fn sold(&self, product: &str, without: &Basket) -> u64 {
        self.products.get(product).copied().unwrap_or(0) - u64::from(without.contains(product))
    }

    fn most_popular(&self, rest: &Basket, without: &Basket) -> Vec<&'a str> {
        let mut ranked: Vec<&str> =
            self.best_sellers.iter().copied().filter(|product| !rest.contains(*product)).collect();
        ranked.sort_by_key(|product| std::cmp::Reverse(self.sold(product, without)));
        ranked.truncate(MOST);
        ranked
    }

    fn candidates(&self, rest: &Basket, without: &Basket) -> Vec<Candidate> {
        let own_kinds = kinds_of(without, self.kinds);
        let own_pairs = kind_pairs_of(without, self.kinds);
        let mut candidates = Vec::new();
        for product in rest {
            let offer = |other: &str, because| Candidate {
                product: other.to_owned(),
                kind: self.kind(other).map(str::to_owned),
                is_available: true,
                rule: None,
                because,
            };
            for (other, together) in self.pairs.get(product.as_str()).into_iter().flatten() {
                let together = together - u64::from(without.contains(*other));
                let counts = Counts {
                    together,
                    with_bought: self.sold(product, without),
                    with_candidate: self.sold(other, without),
                    all: self.orders - 1,
                };
                if together >= LEAST_TOGETHER {
                    candidates.push(offer(other, Because::Together { title: product.clone(), counts }));
                }
            }
            let Some(kind) = self.kind(product) else { continue };
            let of_kind =
                |kind: &str| self.of_kind.get(kind).copied().unwrap_or(0) - u64::from(own_kinds.contains(kind));
            let mut others: Vec<(u64, &str)> = self
                .kind_pairs
                .get(kind)
                .into_iter()
                .flatten()
                .map(|(other, together)| (together - u64::from(own_pairs.contains(&(kind, *other))), *other))
                .filter(|(together, _)| *together >= LEAST_OF_KIND)
                .collect();
            others.sort_by_key(|(together, other)| (std::cmp::Reverse(*together), *other));
            for (together, other_kind) in others.into_iter().take(MOST_OTHER_KINDS) {
                let counts = Counts {
                    together,
                    with_bought: of_kind(kind),
                    with_candidate: of_kind(other_kind),
                    all: self.orders - 1,
                };
                for other in self.leaders.get(other_kind).into_iter().flatten().take(MOST_LEADERS) {
                    let because = Because::Kind {
                        title: product.clone(),
                        counts,
                        is_same: kind == other_kind,
                        sold: self.sold(other, without),
                        sold_of_kind: counts.with_candidate,
                    };
                    candidates.push(offer(other, because));
                }
            }
        }
        candidates
    }
}

fn kinds_of<'a>(basket: &Basket, kinds: &'a BTreeMap<String, String>) -> BTreeSet<&'a str> {
    basket.iter().filter_map(|product| kinds.get(product)).map(String::as_str).collect()
}

/// Pairs of kinds that an order holds two products of, from either side.
fn kind_pairs_of<'a>(basket: &Basket, kinds: &'a BTreeMap<String, String>) -> BTreeSet<(&'a str, &'a str)> {
    let named: Vec<&str> = basket.iter().filter_map(|product| kinds.get(product)).map(String::as_str).collect();
    let pair = |(at, one): (usize, &&'a str)| {
        let one = *one;
        let others: Vec<&'a str> =
            named.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, kind)| *kind).collect();
        others.into_iter().map(move |other| (one, other))
    };
    named.iter().enumerate().flat_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basket(products: &[&str]) -> Basket {
        products.iter().map(|product| (*product).to_owned()).collect()
    }

    #[test]
    fn an_order_does_not_foresee_itself() {
        let mut baskets = vec![basket(&["lamp", "shade"])];
        baskets.extend((0..20).map(|_| basket(&["cup"])));
        let rate = hit_rate(&baskets, &BTreeMap::new());
        assert_eq!((rate.hidden, rate.hits, rate.shown), (2, 0, 0));
    }

    #[test]
    fn what_is_often_bought_together_is_found_again() {
        let mut baskets: Vec<Basket> = (0..5).map(|_| basket(&["lamp", "shade"])).collect();
        baskets.extend((0..40).map(|at| basket(&[["a", "b", "c", "d"][at % 4]])));
        let rate = hit_rate(&baskets, &BTreeMap::new());
        assert_eq!((rate.orders_of_several, rate.hidden, rate.hits), (5, 10, 10));
        assert_eq!(rate.hits_of_popularity, 0);
    }

    #[test]
    fn kinds_know_what_products_do_not() {
        let kinds = |product: &str| (product.to_owned(), product[..1].to_owned());
        let names = ["l1", "l2", "l3", "s1", "s2", "s3", "x1"];
        let kinds: BTreeMap<String, String> = names.iter().map(|name| kinds(name)).collect();
        let mut baskets: Vec<Basket> = Vec::new();
        for lamp in ["l1", "l2", "l3"] {
            baskets.extend(["s1", "s2", "s3"].map(|shade| basket(&[lamp, shade])));
        }
        baskets.extend((0..40).map(|_| basket(&["x1"])));
        let rate = hit_rate(&baskets, &kinds);
        assert_eq!((rate.hidden, rate.hits), (18, 18));
    }
}
