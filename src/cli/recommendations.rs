//! `recommendations`: what they brought, and how often they would have been right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::orders::attribution::{Between, Group, Report, report};
use crate::orders::recommendation::evaluate::{HitRate, hit_rate};
use crate::store::{attribution, brands};

use super::{Problem, named, say, settings};

#[derive(Debug, Subcommand)]
pub enum Recommendations {
    /// Print views, clicks, orders and revenue, and the lift over the shoppers who were shown none
    Report(Asking),
    /// Hide one item of each order of several, and print how often it is among the four recommended
    Evaluate(Trying),
}

#[derive(Debug, Args)]
pub struct Asking {
    /// Only this brand, by its slug
    #[arg(long, value_name = "SLUG")]
    brand: Option<String>,
    /// How far back views and clicks count
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: u16,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct Trying {
    /// Table of items, with the columns order_id and product_id
    #[arg(value_name = "ITEMS.csv")]
    items: PathBuf,
    /// Table of products, with the columns product_id and product_category_name (or kind)
    #[arg(long, value_name = "PRODUCTS.csv")]
    products: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

pub async fn run(asked: Recommendations) -> Result<(), Problem> {
    match asked {
        Recommendations::Report(asked) => tell(asked).await,
        Recommendations::Evaluate(asked) => evaluate(&asked),
    }
}

async fn tell(asked: Asking) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let asked_for = match &asked.brand {
        Some(slug) => vec![named::brand(&store, slug).await?],
        None => {
            let mut conn = store.read().await.map_err(|error| error.to_string())?;
            brands::all(&mut conn).await.map_err(|error| error.to_string())?
        }
    };
    let since = Clock::System.now() - SignedDuration::from_hours(24 * i64::from(asked.days));
    let mut reports = Vec::with_capacity(asked_for.len());
    for published in asked_for {
        let zone = TimeZone::get(&published.brand.time_zone).unwrap_or(TimeZone::UTC);
        let day = since.to_zoned(zone).date();
        let mut conn = store.read().await.map_err(|error| error.to_string())?;
        let known = attribution::known(&mut conn, published.brand_id, since, day).await;
        reports.push(report(&published.brand.slug, &known.map_err(|error| error.to_string())?));
    }
    if asked.json {
        return say::json(&reports);
    }
    say::line(format!(
        "of the last {} days; an order counts for 7 days after a click, and in the comparison after a shopper's first view",
        asked.days
    ))?;
    reports.iter().flat_map(lines).try_for_each(say::line)
}

fn lines(report: &Report) -> Vec<String> {
    let percent = |share: f64| format!("{:.2} %", share * 100.0);
    let between = |found: &Option<Between>, unit: &dyn Fn(f64) -> String| match found {
        Some(Between { value, low, high }) => format!("{} ({} – {})", unit(*value), unit(*low), unit(*high)),
        None => "not to be told yet".to_owned(),
    };
    let group = |name: &str, group: &Group| {
        format!(
            "  {name:<18} views {} · shoppers {} · buyers {} ({}) · orders {} · revenue {}",
            group.views,
            group.shoppers,
            group.buyers,
            group.share.map_or_else(|| "–".to_owned(), percent),
            group.orders,
            money(&group.revenue)
        )
    };
    vec![
        String::new(),
        format!(
            "{}: views {} · clicks {} · orders {} · revenue {}",
            report.brand,
            report.views,
            report.clicks,
            report.orders,
            money(&report.revenue)
        ),
        group("shown", &report.shown),
        group("holdout", &report.holdout),
        format!(
            "  lift in the share of buyers, with the 95 % interval (Newcombe): {}",
            between(&report.lift.difference, &|value| format!("{:+.2} points", value * 100.0))
        ),
        format!(
            "  as many times more, with the 95 % interval (Katz): {}",
            between(&report.lift.relative, &|value| format!("{:+.1} %", value * 100.0))
        ),
    ]
}

/// "129.90 EUR, 20.00 USD".
fn money(revenue: &BTreeMap<String, i64>) -> String {
    if revenue.is_empty() {
        return "0".to_owned();
    }
    let amount = |(currency, minor): (&String, &i64)| {
        let digits = iso_currency::Currency::from_code(currency).and_then(|known| known.exponent()).unwrap_or(2);
        let digits = usize::from(digits);
        format!("{:.digits$} {currency}", *minor as f64 / 10_f64.powi(i32::try_from(digits).unwrap_or(2)))
    };
    revenue.iter().map(amount).collect::<Vec<_>>().join(", ")
}

fn evaluate(asked: &Trying) -> Result<(), Problem> {
    let mut baskets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (order, product) in columns(&asked.items, "order_id", &["product_id"])? {
        baskets.entry(order).or_default().insert(product);
    }
    let kinds: BTreeMap<String, String> = match &asked.products {
        Some(path) => columns(path, "product_id", &["product_category_name", "kind"])?.into_iter().collect(),
        None => BTreeMap::new(),
    };
    let baskets: Vec<BTreeSet<String>> = baskets.into_values().collect();
    let rate = hit_rate(&baskets, &kinds);
    if asked.json { say::json(&rate) } else { told(&rate).iter().try_for_each(say::line) }
}

fn told(rate: &HitRate) -> Vec<String> {
    let percent = |share: f64| format!("{:.2} %", share * 100.0);
    let times = rate.rate() / rate.rate_of_popularity().max(f64::EPSILON);
    vec![
        format!(
            "orders {} · of several products {} · hidden items {} · something shown for {}",
            rate.orders, rate.orders_of_several, rate.hidden, rate.shown
        ),
        format!("hit rate@4 {} ({} of {})", percent(rate.rate()), rate.hits, rate.hidden),
        format!(
            "popularity {} ({} of {}) · {times:.2} times as often",
            percent(rate.rate_of_popularity()),
            rate.hits_of_popularity,
            rate.hidden
        ),
    ]
}

/// Two columns of a table, by their names; rows in which either is empty are left out.
fn columns(path: &PathBuf, first: &str, second: &[&str]) -> Result<Vec<(String, String)>, Problem> {
    let broken = |error: csv::Error| format!("{} cannot be read: {error}", path.display());
    let mut table = csv::Reader::from_path(path).map_err(broken)?;
    let names = table.headers().map_err(broken)?.clone();
    let position = |wanted: &[&str]| {
        let found = names.iter().position(|name| wanted.contains(&name.trim_start_matches('\u{feff}')));
        found.ok_or_else(|| format!("{} has no column {}", path.display(), wanted.join(" or ")))
    };
    let (first, second) = (position(&[first])?, position(second)?);
    let mut rows = Vec::new();
    for row in table.records() {
        let row = row.map_err(broken)?;
        let field = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let (one, other) = (field(first), field(second));
        if !one.is_empty() && !other.is_empty() {
            rows.push((one, other));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_names_everything_that_was_asked_for() {
        let report = Report {
            brand: "meadow".to_owned(),
            views: 12,
            clicks: 3,
            orders: 1,
            revenue: BTreeMap::from([("EUR".to_owned(), 12_990), ("JPY".to_owned(), 500)]),
            ..Report::default()
        };
        let said = lines(&report).join("\n");
        assert!(said.contains("meadow: views 12 · clicks 3 · orders 1 · revenue 129.90 EUR, 500 JPY"), "{said}");
        assert!(said.contains("not to be told yet"), "{said}");
    }

    #[test]
    fn on_olists_orders_the_rules_are_right_more_often_than_the_best_sellers() {
        let Some(folder) = crate::testing::fixtures::folder() else { return };
        let olist = folder.join("datasets/olist");
        let mut baskets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (order, product) in
            columns(&olist.join("olist_order_items_dataset.csv"), "order_id", &["product_id"]).unwrap()
        {
            baskets.entry(order).or_default().insert(product);
        }
        let products = olist.join("olist_products_dataset.csv");
        let kinds = columns(&products, "product_id", &["product_category_name"]).unwrap().into_iter().collect();
        let rate = hit_rate(&baskets.into_values().collect::<Vec<_>>(), &kinds);
        eprintln!("{}", told(&rate).join("\n"));
        assert!(rate.hidden > 100 && rate.hits >= rate.hits_of_popularity, "{rate:?}");
    }
}
