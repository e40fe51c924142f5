//! `feedback report`: what shoppers say of their deliveries, all answers together.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use serde::Serialize;

use crate::orders::aftercare::{Cause, UpdatesOpinion};
use crate::orders::satisfaction::{Asked, Csat, Inquiries, Report, inquiries, report};
use crate::store::{Store, StoreError, cases, feedback};

use super::{Problem, say, settings};

#[derive(Debug, Subcommand)]
pub enum Feedback {
    /// Print the share of satisfied shoppers by brand, carrier and kept promise, and the reasons they give
    Report(Asking),
}

#[derive(Debug, Args)]
pub struct Asking {
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    /// Write every answer into this file as well, one a line; without comments and names
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Parcels read in one go.
const TOGETHER: i64 = 1_000;

pub async fn run(asked: Feedback) -> Result<(), Problem> {
    let Feedback::Report(asked) = asked;
    let store = settings::ready_store().await?;
    let parcels = parcels(&store).await?;
    if let Some(path) = &asked.csv {
        let table = csv(&parcels).map_err(|error| format!("the answers cannot be put as CSV: {error}"))?;
        std::fs::write(path, table).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    let help = help(&store).await?;
    let report = Whole { report: report(&parcels), help };
    if asked.json { say::json(&report) } else { lines(&report).iter().try_for_each(say::line) }
}

/// What shoppers say, and what they ask.
#[derive(Debug, Serialize)]
struct Whole {
    #[serde(flatten)]
    report: Report,
    help: Vec<Inquiries>,
}

async fn help(store: &Store) -> Result<Vec<Inquiries>, Problem> {
    let read = async {
        let mut conn = store.read().await?;
        let counted = cases::counts(&mut conn).await?;
        let orders = cases::orders_by_brand(&mut conn).await?;
        Ok::<_, StoreError>((counted, orders))
    };
    let (counted, orders) = read.await.map_err(|error| error.to_string())?;
    let known = counted.into_iter().filter_map(|(brand, cause, openings, inquiries)| {
        let number = |count: i64| u64::try_from(count).unwrap_or(0);
        Some((brand, Cause::read(&cause)?, number(openings), number(inquiries)))
    });
    let orders: Vec<(String, u64)> =
        orders.into_iter().map(|(brand, count)| (brand, u64::try_from(count).unwrap_or(0))).collect();
    Ok(inquiries(&orders, &known.collect::<Vec<_>>()))
}

async fn parcels(store: &Store) -> Result<Vec<Asked>, Problem> {
    let mut parcels = Vec::new();
    let mut after = None;
    loop {
        let mut conn = store.read().await.map_err(|error| error.to_string())?;
        let (page, next) = feedback::asked(&mut conn, after, TOGETHER).await.map_err(|error| error.to_string())?;
        parcels.extend(page);
        match next {
            Some(_) => after = next,
            None => return Ok(parcels),
        }
    }
}

fn lines(whole: &Whole) -> Vec<String> {
    let report = &whole.report;
    let mut lines = vec![
        "satisfied: ratings of 4 and 5 among all answers, with the 95 % interval (Wilson)".to_owned(),
        line(&report.all),
    ];
    for (title, groups) in [
        ("by brand", &report.by_brand),
        ("by carrier", &report.by_carrier),
        ("by lane", &report.by_lane),
        ("by window", &report.by_window),
    ] {
        lines.push(format!("\n{title}"));
        lines.extend(groups.iter().map(line));
    }
    if !report.reasons.is_empty() {
        lines.push("\nreasons by carrier".to_owned());
        lines.extend(
            report
                .reasons
                .iter()
                .map(|row| format!("  {:<20} {:<14} {:>6}", row.carrier, row.reason.as_str(), row.count)),
        );
    }
    let updates = report.updates;
    lines.push(format!(
        "\nupdates: {} too many, {} right, {} too few",
        updates.too_many, updates.right, updates.too_few
    ));
    lines.push(
        "\nquestions: answers opened (seen by browsers with JavaScript only), and shoppers who still wrote".to_owned(),
    );
    for brand in &whole.help {
        lines.push(format!(
            "  {:<20} {} orders · opened {} · wrote {} · where is my order: {} ({:.2} of 100 orders)",
            brand.brand,
            brand.orders,
            brand.openings,
            brand.inquiries,
            brand.where_is_my_order,
            brand.where_is_my_order_rate.unwrap_or(0.0) * 100.0,
        ));
        let causes = brand.causes.iter();
        lines.extend(
            causes.map(|row| format!("    {:<18} opened {:>6} · wrote {:>6}", row.cause, row.openings, row.inquiries)),
        );
    }
    lines
}

fn line(csat: &Csat) -> String {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let rate = csat.response_rate.map_or_else(|| "–".to_owned(), percent);
    let head = format!("  {:<20} answers {} of {} ({rate})", csat.group, csat.answers, csat.asked);
    match (csat.csat, csat.low, csat.high, csat.mean) {
        (Some(share), Some(low), Some(high), Some(mean)) => {
            format!("{head} · satisfied {} ({} – {}) · mean {mean:.2}", percent(share), percent(low), percent(high))
        }
        _ => head,
    }
}

fn csv(parcels: &[Asked]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["brand", "carrier", "lane", "window", "rating", "reasons", "updates", "answered_at"])?;
    for parcel in parcels {
        let Some(answer) = &parcel.answer else { continue };
        let window = parcel.kept.map_or("", |kept| if kept { "kept" } else { "missed" });
        let reasons: Vec<&str> = answer.reasons.iter().map(|reason| reason.as_str()).collect();
        table.write_record([
            parcel.brand.as_str(),
            &inert(parcel.carrier.as_deref().unwrap_or_default()),
            &inert(&parcel.lane),
            window,
            &answer.rating.to_string(),
            &reasons.join(" "),
            answer.updates.map_or("", UpdatesOpinion::as_str),
            &answer.created_at.to_string(),
        ])?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

/// A spreadsheet takes a text that begins like a formula for one.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::feedback::{Rating, Reason};
    use crate::orders::satisfaction::Answered;
    use jiff::Timestamp;

    fn answered(carrier: &str) -> Asked {
        let answer = Answered {
            rating: Rating::new(2).unwrap(),
            reasons: vec![Reason::Late, Reason::Rude],
            created_at: Timestamp::UNIX_EPOCH,
            updates: Some(UpdatesOpinion::TooFew),
        };
        Asked {
            brand: "meadow".to_owned(),
            carrier: Some(carrier.to_owned()),
            lane: "DE→FR".to_owned(),
            kept: Some(false),
            answer: Some(answer),
        }
    }

    #[test]
    fn answers_stand_one_a_line_and_no_formula_among_them() {
        let unanswered = Asked { answer: None, ..answered("ups") };
        let table = String::from_utf8(csv(&[answered("=cmd()"), unanswered]).unwrap()).unwrap();
        assert_eq!(
            table,
            "brand,carrier,lane,window,rating,reasons,updates,answered_at\nmeadow,'=cmd(),DE→FR,missed,2,late rude,too_few,1970-01-01T00:00:00Z\n"
        );
    }

    #[test]
    fn the_report_names_share_interval_and_answers() {
        let help = inquiries(&[("meadow".to_owned(), 200)], &[("meadow".to_owned(), Cause::Where, 40, 3)]);
        let said = lines(&Whole { report: report(&[answered("ups")]), help }).join("\n");
        assert!(
            said.contains("200 orders · opened 40 · wrote 3 · where is my order: 3 (1.50 of 100 orders)"),
            "{said}"
        );
        assert!(said.contains("updates: 0 too many, 0 right, 1 too few"));
        assert!(said.contains("answers 1 of 1 (100.0 %) · satisfied 0.0 % (0.0 % – 79.3 %) · mean 2.00"), "{said}");
        assert!(said.contains("late"));
    }
}
