//! `estimate`: how well arrivals would have been foretold.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::sources::shop::olist_history::{FILE_NAMES, OlistFiles, OlistHistory, read};
use crate::sources::source::Source;
use crate::store::{Store, StoreError, estimates};
use crate::tracking::estimate::backtest::{GroupReport, Report, StageReport, backtest};
use crate::tracking::estimate::calibration::{Calibration, Row, Scored, calibration};

use super::named::SourceName;
use super::{Problem, say, settings};

#[derive(Debug, Subcommand)]
pub enum Estimate {
    /// Walk past orders in time, foretell each from what was known before it, and score what was foretold
    Backtest(Backtest),
    /// Say how the windows did that shoppers were told, by lane, worst first
    Report(Asking),
}

#[derive(Debug, Args)]
pub struct Asking {
    /// Print every number as JSON
    #[arg(long)]
    json: bool,
}

/// Parcels whose ledgers are read in one go.
const TOGETHER: i64 = 2_000;

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

pub async fn run(asked: &Estimate) -> Result<(), Problem> {
    match asked {
        Estimate::Backtest(asked) => score_the_past(asked),
        Estimate::Report(asked) => {
            let store = settings::ready_store().await?;
            let report = calibration(scored(&store).await.map_err(|error| error.to_string())?);
            store.close().await;
            if asked.json { say::json(&report) } else { said_text(&report).iter().try_for_each(say::line) }
        }
    }
}

async fn scored(store: &Store) -> Result<Vec<Scored>, StoreError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let mut conn = store.read().await?;
        let (page, mark) = estimates::scored(&mut conn, after, TOGETHER).await?;
        all.extend(page);
        match mark {
            Some(_) => after = mark,
            None => return Ok(all),
        }
    }
}

fn said_text(report: &Calibration) -> Vec<String> {
    if report.all.is_empty() {
        return vec!["no parcel has come yet of which a window was told".to_owned()];
    }
    let head = format!(
        "windows learnt from other parcels should hold {}; of each parcel the first window counts\n  {:<34} {:<17} {:>8} {:>9} {:>8} {:>8} {:>7} {:>7}",
        percent(report.confidence),
        "lane",
        "basis",
        "parcels",
        "held",
        "early",
        "late",
        "width",
        "error"
    );
    let line = |row: &Row| {
        let (held, early, late) = (percent(row.coverage), percent(row.came_early), percent(row.came_late));
        format!(
            "  {:<34} {:<17} {:>8} {held:>9} {early:>8} {late:>8} {:>7.2} {:>7.2}",
            row.lane, row.basis, row.parcels, row.width, row.error
        )
    };
    std::iter::once(head).chain(report.all.iter().chain(&report.lanes).map(line)).collect()
}

fn score_the_past(asked: &Backtest) -> Result<(), Problem> {
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
