//! What all answers teach: how many are satisfied and how sure that is, by brand, carrier and kept promise; why not; and
//! how many answer at all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::aftercare::{Cause, UpdatesOpinion};
use super::feedback::{Rating, Reason};

/// A parcel that can be rated, and its rating if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The brand's slug.
    pub brand: String,
    pub carrier: Option<String>,
    /// Countries it went between: "DE→FR", each "?" where nobody said.
    pub lane: String,
    /// Whether it came by the last day it was expected; `None` where nobody named one, or it never came.
    pub kept: Option<bool>,
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub rating: Rating,
    pub reasons: Vec<Reason>,
    pub created_at: Timestamp,
    pub updates: Option<UpdatesOpinion>,
}

/// Satisfied (4 or 5) among all answers of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Csat {
    pub group: String,
    pub asked: u64,
    pub answers: u64,
    pub satisfied: u64,
    /// Share of the satisfied among the answers, 0 to 1; `None` without answers.
    pub csat: Option<f64>,
    /// The share's 95 % interval.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Mean of the ratings.
    pub mean: Option<f64>,
    /// Answers among the asked.
    pub response_rate: Option<f64>,
}

/// How often a reason was given for parcels of a carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    pub carrier: String,
    pub reason: Reason,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub all: Csat,
    pub by_brand: Vec<Csat>,
    pub by_carrier: Vec<Csat>,
    pub by_lane: Vec<Csat>,
    /// Groups `kept`, `missed` and `unknown`.
    pub by_window: Vec<Csat>,
    /// Most frequent first within a carrier.
    pub reasons: Vec<ReasonCount>,
    pub updates: UpdatesCount,
}

/// What was thought of the updates, by those who were asked and said it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct UpdatesCount {
    pub too_many: u64,
    pub right: u64,
    pub too_few: u64,
}

/// Questions of one brand: how many answers were opened, and how many shoppers wrote in spite of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inquiries {
    pub brand: String,
    pub orders: u64,
    /// Answers opened on the page. Only browsers with JavaScript tell: the least there were.
    pub openings: u64,
    /// Shoppers who went as far as the contact action.
    pub inquiries: u64,
    /// Those among them who wanted to know where their order is.
    pub where_is_my_order: u64,
    /// The same for each order, 0 to 1 and above; `None` without orders.
    pub where_is_my_order_rate: Option<f64>,
    pub causes: Vec<CauseCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseCount {
    pub cause: &'static str,
    pub openings: u64,
    pub inquiries: u64,
}

/// Of each brand with its number of orders: what was counted of it, as brand, cause, openings, inquiries.
pub fn inquiries(orders: &[(String, u64)], counted: &[(String, Cause, u64, u64)]) -> Vec<Inquiries> {
    let of_brand = |(brand, orders): &(String, u64)| {
        let own: Vec<_> = counted.iter().filter(|(slug, ..)| slug == brand).collect();
        let where_is_my_order =
            own.iter().filter(|(_, cause, ..)| cause.is_where_is_my_order()).map(|(.., inquiries)| inquiries).sum();
        Inquiries {
            brand: brand.clone(),
            orders: *orders,
            openings: own.iter().map(|(_, _, openings, _)| openings).sum(),
            inquiries: own.iter().map(|(.., inquiries)| inquiries).sum(),
            where_is_my_order,
            where_is_my_order_rate: share(where_is_my_order, *orders),
            causes: own
                .iter()
                .map(|(_, cause, openings, inquiries)| CauseCount {
                    cause: cause.as_str(),
                    openings: *openings,
                    inquiries: *inquiries,
                })
                .collect(),
        }
    };
    orders.iter().map(of_brand).collect()
}

const NO_CARRIER: &str = "unknown";

pub fn report(parcels: &[Asked]) -> Report {
    let carrier = |parcel: &Asked| parcel.carrier.clone().unwrap_or_else(|| NO_CARRIER.to_owned());
    let window = |parcel: &Asked| match parcel.kept {
        Some(true) => "kept".to_owned(),
        Some(false) => "missed".to_owned(),
        None => "unknown".to_owned(),
    };
    let mut counts: BTreeMap<(String, Reason), u64> = BTreeMap::new();
    for parcel in parcels {
        for reason in parcel.answer.iter().flat_map(|answer| &answer.reasons) {
            *counts.entry((carrier(parcel), *reason)).or_default() += 1;
        }
    }
    let mut reasons: Vec<ReasonCount> =
        counts.into_iter().map(|((carrier, reason), count)| ReasonCount { carrier, reason, count }).collect();
    reasons.sort_by(|one, other| (&one.carrier, other.count).cmp(&(&other.carrier, one.count)));
    Report {
        all: csat("all".to_owned(), parcels.iter()),
        by_brand: groups(parcels, |parcel| parcel.brand.clone()),
        by_carrier: groups(parcels, carrier),
        by_lane: groups(parcels, |parcel| parcel.lane.clone()),
        by_window: groups(parcels, window),
        reasons,
        updates: updates(parcels),
    }
}

fn updates(parcels: &[Asked]) -> UpdatesCount {
    let mut count = UpdatesCount::default();
    for opinion in parcels.iter().filter_map(|parcel| parcel.answer.as_ref()?.updates) {
        match opinion {
            UpdatesOpinion::TooMany => count.too_many += 1,
            UpdatesOpinion::Right => count.right += 1,
            UpdatesOpinion::TooFew => count.too_few += 1,
        }
    }
    count
}

fn groups(parcels: &[Asked], group_of: impl Fn(&Asked) -> String) -> Vec<Csat> {
    let mut groups: BTreeMap<String, Vec<&Asked>> = BTreeMap::new();
    for parcel in parcels {
        groups.entry(group_of(parcel)).or_default().push(parcel);
    }
    groups.into_iter().map(|(group, parcels)| csat(group, parcels.into_iter())).collect()
}

fn csat<'a>(group: String, parcels: impl Iterator<Item = &'a Asked>) -> Csat {
    let (mut asked, mut answers, mut satisfied, mut stars) = (0, 0, 0, 0);
    for parcel in parcels {
        asked += 1;
        if let Some(answer) = &parcel.answer {
            answers += 1;
            satisfied += u64::from(answer.rating.is_good());
            stars += u64::from(answer.rating.stars());
        }
    }
    let interval = wilson(satisfied, answers);
    Csat {
        group,
        asked,
        answers,
        satisfied,
        csat: share(satisfied, answers),
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        mean: share(stars, answers),
        response_rate: share(answers, asked),
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The 95 % score interval of a share, after Wilson (1927): it holds for few answers and for shares near 0 and 1.
/// `None` without trials.
pub fn wilson(successes: u64, trials: u64) -> Option<(f64, f64)> {
    const Z: f64 = 1.959_963_984_540_054;
    let share = share(successes, trials)?;
    let trials = trials as f64;
    let (z2, per_trial) = (Z * Z, Z * Z / trials);
    let middle = share + z2 / (2.0 * trials);
    let half = Z * (share * (1.0 - share) / trials + z2 / (4.0 * trials * trials)).sqrt();
    let of = |bound: f64| (bound / (1.0 + per_trial)).clamp(0.0, 1.0);
    Some((of(middle - half), of(middle + half)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(carrier: &str, kept: Option<bool>, stars: Option<i64>, reasons: &[Reason]) -> Asked {
        let answer = stars.and_then(Rating::new).map(|rating| Answered {
            rating,
            reasons: reasons.to_vec(),
            created_at: Timestamp::UNIX_EPOCH,
            updates: (stars == Some(4)).then_some(UpdatesOpinion::TooMany),
        });
        let lane = format!("DE→{}", if carrier == "dhl" { "FR" } else { "DE" });
        Asked { brand: "meadow".to_owned(), carrier: Some(carrier.to_owned()), lane, kept, answer }
    }

    #[test]
    fn wilson_is_as_published() {
        // Newcombe (1998), table I, method 3.
        for (successes, trials, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (found_low, found_high) = wilson(successes, trials).unwrap();
            assert!((found_low - low).abs() < 5e-5 && (found_high - high).abs() < 5e-5, "{found_low} {found_high}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn only_who_still_writes_is_an_inquiry_and_only_some_ask_where_it_is() {
        let meadow = || "meadow".to_owned();
        let counted = [
            (meadow(), Cause::Where, 90, 4),
            (meadow(), Cause::NotReceived, 6, 1),
            (meadow(), Cause::Return, 10, 7),
            ("volt".to_owned(), Cause::When, 3, 0),
        ];
        let found = inquiries(&[(meadow(), 100), ("volt".to_owned(), 0)], &counted);
        assert_eq!((found[0].openings, found[0].inquiries, found[0].where_is_my_order), (106, 12, 5));
        assert_eq!(found[0].where_is_my_order_rate, Some(0.05));
        assert_eq!((found[1].openings, found[1].where_is_my_order_rate), (3, None));
    }

    #[test]
    fn satisfied_are_four_and_five_of_all_answers() {
        let parcels = [
            asked("ups", Some(true), Some(5), &[Reason::Quick]),
            asked("ups", Some(true), Some(4), &[Reason::Quick, Reason::Kind]),
            asked("ups", Some(false), Some(3), &[Reason::Late]),
            asked("dhl", Some(false), Some(1), &[Reason::Late]),
            asked("dhl", None, None, &[]),
        ];
        let report = report(&parcels);
        assert_eq!((report.all.asked, report.all.answers, report.all.satisfied), (5, 4, 2));
        assert_eq!((report.all.csat, report.all.response_rate), (Some(0.5), Some(0.8)));
        let of = |groups: &[Csat], name: &str| groups.iter().find(|group| group.group == name).cloned().unwrap();
        assert_eq!(of(&report.by_carrier, "dhl").csat, Some(0.0));
        assert_eq!(of(&report.by_lane, "DE→FR").csat, Some(0.0));
        assert_eq!(report.updates, UpdatesCount { too_many: 1, ..UpdatesCount::default() });
        assert_eq!(of(&report.by_window, "kept").csat, Some(1.0));
        assert_eq!(of(&report.by_window, "unknown").csat, None);
        assert_eq!(
            report.reasons.iter().map(|row| (row.carrier.as_str(), row.reason, row.count)).collect::<Vec<_>>(),
            [("dhl", Reason::Late, 1), ("ups", Reason::Quick, 2), ("ups", Reason::Late, 1), ("ups", Reason::Kind, 1)]
        );
    }
}
