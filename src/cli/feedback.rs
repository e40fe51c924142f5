//! `feedback report`: what shoppers say of their deliveries, all answers together.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::orders::satisfaction::{Asked, Csat, Report, report};
use crate::store::{Store, feedback};

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
    let report = report(&parcels);
    if asked.json { say::json(&report) } else { lines(&report).iter().try_for_each(say::line) }
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

fn lines(report: &Report) -> Vec<String> {
    let mut lines = vec![
        "satisfied: ratings of 4 and 5 among all answers, with the 95 % interval (Wilson)".to_owned(),
        line(&report.all),
    ];
    for (title, groups) in
        [("by brand", &report.by_brand), ("by carrier", &report.by_carrier), ("by window", &report.by_window)]
    {
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
    table.write_record(["brand", "carrier", "window", "rating", "reasons", "answered_at"])?;
    for parcel in parcels {
        let Some(answer) = &parcel.answer else { continue };
        let window = parcel.kept.map_or("", |kept| if kept { "kept" } else { "missed" });
        let reasons: Vec<&str> = answer.reasons.iter().map(|reason| reason.as_str()).collect();
        table.write_record([
            parcel.brand.as_str(),
            &inert(parcel.carrier.as_deref().unwrap_or_default()),
            window,
            &answer.rating.to_string(),
            &reasons.join(" "),
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
        };
        Asked { brand: "meadow".to_owned(), carrier: Some(carrier.to_owned()), kept: Some(false), answer: Some(answer) }
    }

    #[test]
    fn answers_stand_one_a_line_and_no_formula_among_them() {
        let unanswered = Asked { answer: None, ..answered("ups") };
        let table = String::from_utf8(csv(&[answered("=cmd()"), unanswered]).unwrap()).unwrap();
        assert_eq!(
            table,
            "brand,carrier,window,rating,reasons,answered_at\nmeadow,'=cmd(),missed,2,late rude,1970-01-01T00:00:00Z\n"
        );
    }

    #[test]
    fn the_report_names_share_interval_and_answers() {
        let said = lines(&report(&[answered("ups")])).join("\n");
        assert!(said.contains("answers 1 of 1 (100.0 %) · satisfied 0.0 % (0.0 % – 79.3 %) · mean 2.00"), "{said}");
        assert!(said.contains("late"));
    }
}
