//! `estimate`: how well arrivals would have been foretold.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::sources::shop::olist_history::{FILE_NAMES, OlistFiles, OlistHistory, read};
use crate::sources::source::Source;
use crate::tracking::estimate::backtest::{GroupReport, Report, StageReport, backtest};

use super::named::SourceName;
use super::{Problem, say};

#[derive(Debug, Subcommand)]
pub enum Estimate {
    /// Walk past orders in time, foretell each from what was known before it, and score what was foretold
    Backtest(Backtest),
}

#[derive(Debug, Args)]
pub struct Backtest {
    /// Who wrote the tables: olist
    #[arg(long, default_value = "olist")]
    source: SourceName,
    /// Print every number as JSON
    #[arg(long)]
    json: bool,
    /// Folder of the tables
    dir: PathBuf,
}

pub fn run(asked: &Estimate) -> Result<(), Problem> {
    let Estimate::Backtest(asked) = asked;
    if let Some(other) = asked.source.0.filter(|source| *source != Source::Olist) {
        return Err(format!(
            "no backtest can be run on files of {other}: give --source olist and the folder of its tables"
        ));
    }
    let history = read_folder(&asked.dir)?;
    for (file, line, reason) in &history.refused {
        eprintln!("{}: line {line}: refused: {reason}", asked.dir.join(file).display());
    }
    let report = backtest(history.orders.into_iter());
    if asked.json { say::json(&report) } else { say::line(to_text(&report)) }
}

fn read_folder(dir: &Path) -> Result<OlistHistory, Problem> {
    let mut tables: [Vec<u8>; 4] = Default::default();
    for (table, name) in tables.iter_mut().zip(FILE_NAMES) {
        let path = dir.join(name);
        *table = std::fs::read(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    }
    let [orders, customers, items, sellers] = &tables;
    read(OlistFiles { orders, customers, items, sellers }).map_err(|error| format!("{}: {error}", dir.display()))
}

fn to_text(report: &Report) -> String {
    [("at purchase", &report.at_purchase), ("at handover", &report.at_handover)]
        .map(|(name, stage)| stage_text(name, stage))
        .join("\n\n")
}

fn stage_text(name: &str, stage: &StageReport) -> String {
    let promised = &stage.promised;
    let mut lines = vec![
        format!("{name}: {} orders judged, {} that cannot be", stage.orders, stage.not_judged),
        format!(
            "  window holds the day of arrival   {} (early {}, late {})",
            percent(stage.coverage),
            percent(stage.came_early),
            percent(stage.came_late)
        ),
        format!("  width of the window               {:.2} days", stage.width),
        format!("  pinball loss                      {:.3} days", stage.pinball),
        format!("  arrivals between 10 % and 90 %    {}", percent(stage.quantile_coverage)),
        format!("  error of the middle               {:.2} days", stage.error),
        format!("  last day sooner than promised     {:.1} days", stage.latest_sooner_than_promised),
        format!(
            "  the shop's promise, {} orders: kept {}, error {:.2} days, {:.1} days too long",
            promised.orders,
            percent(promised.kept),
            promised.error,
            promised.days_early
        ),
    ];
    lines.extend(stage.by_quarter.iter().map(|(quarter, group)| group_text(quarter, group)));
    lines.extend(
        stage.by_lane.iter().filter(|(_, group)| group.band.is_some()).map(|(lane, group)| group_text(lane, group)),
    );
    lines.join("\n")
}

fn group_text(name: &str, group: &GroupReport) -> String {
    let band = match (group.band, group.is_within_band) {
        (Some([low, high]), Some(true)) => format!(" within {}–{}", percent(low), percent(high)),
        (Some([low, high]), _) => format!(" OUTSIDE {}–{}", percent(low), percent(high)),
        (None, _) => String::new(),
    };
    let coverage = percent(group.coverage);
    format!("  {name:<24} {:>6} orders  {coverage:>7}  pinball {:.3}{band}", group.orders, group.pinball)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
