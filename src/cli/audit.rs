//! `audit`: what would have been told of a shop's past orders, and when.

use std::path::PathBuf;

use clap::Args;

use crate::sources::shop::olist::read_orders;
use crate::sources::source::parse;
use crate::sources::{Parsed, Refusal};
use crate::tracking::audit::gather::Gathered;
use crate::tracking::audit::{self, Figures, Kept};
use crate::tracking::incident::Rules;

use super::import::files::{self, Input};
use super::named::SourceName;
use super::{Problem, say};

/// Lanes that are printed for a person.
const MOST_LANES: usize = 20;

#[derive(Debug, Args)]
pub struct Audit {
    /// Who wrote the files; `auto` tells by their shape
    #[arg(long, default_value = "auto")]
    source: SourceName,
    /// Print every number as JSON
    #[arg(long)]
    json: bool,
    /// Files and folders of orders and trackings
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub fn run(asked: &Audit) -> Result<(), Problem> {
    let mut gathered = Gathered::default();
    for input in files::inputs(&asked.files, asked.source.0)? {
        let (path, parsed) = read(&input, asked)?;
        for Refusal { at, reason } in parsed.refused.iter().filter(|refusal| !refusal.is_ignored()) {
            eprintln!("{}: {at}: refused: {reason}", path.display());
        }
        gathered.add(parsed);
    }
    let (parcels, unsent) = gathered.parcels();
    let audit = audit::audit(&parcels, unsent, &Rules::default());
    if asked.json { say::json(&audit) } else { lines(&audit).iter().try_for_each(say::line) }
}

fn read(input: &Input, asked: &Audit) -> Result<(PathBuf, Parsed), Problem> {
    Ok(match input {
        Input::File(path) => (path.clone(), parse(asked.source.0, &files::read(path)?)),
        Input::Olist(folder) => (folder.clone(), read_orders(files::OlistTables::read(folder)?.as_files())),
    })
}

fn lines(audit: &audit::Audit) -> Vec<String> {
    let all = &audit.all;
    let mut lines = vec![format!(
        "{} parcels, {} delivered; {} orders without a parcel",
        audit.parcels, all.delivered, audit.orders_without_parcel
    )];
    if audit.parcels == 0 {
        return lines;
    }
    lines.extend(told(all));
    if !audit.lanes.is_empty() {
        lines.push("\nlanes, worst first".to_owned());
        lines.push(format!(
            "  {:<24} {:>8} {:>16} {:>13} {:>10} {:>7}",
            "lane", "parcels", "promises missed", "windows held", "over 72 h", "found"
        ));
    }
    lines.extend(audit.lanes.iter().take(MOST_LANES).map(|lane| {
        let figures = &lane.figures;
        format!(
            "  {:<24} {:>8} {:>16} {:>13} {:>10} {:>7}",
            lane.lane,
            figures.parcels,
            percent(figures.promises.missed, figures.promises.judged),
            percent(figures.windows.kept, figures.windows.judged),
            format!("{:.1} %", figures.gaps.share_over_72_hours * 100.0),
            figures.silences.found,
        )
    }));
    lines
}

fn told(all: &Figures) -> Vec<String> {
    let (gaps, silences) = (&all.gaps, &all.silences);
    let mut lines = vec![
        format!("promises   {}", kept(&all.promises)),
        format!("windows    {}, from earlier parcels only", kept(&all.windows)),
    ];
    if let Some(days) = all.window_sooner_than_promise {
        lines.push(format!("           their last day lay {days:.0} days (median) before the promised one"));
    }
    lines.push(format!(
        "unheard    longest time without a word: median {:.1} h, longest {:.1} h; over 24 h {:.1} %, over 72 h {:.1} % of parcels",
        gaps.median_hours,
        gaps.longest_hours,
        gaps.share_over_24_hours * 100.0,
        gaps.share_over_72_hours * 100.0
    ));
    let sooner = silences.median_hours_sooner.map_or_else(String::new, |hours| {
        format!(", {hours:.1} h (median) before they came, went back or the files end")
    });
    lines.push(format!(
        "silent     {} parcels would have been told of{sooner}; {} of {} late ones were among them, {} that came on time",
        silences.found, silences.late_found, silences.late, silences.found_though_on_time
    ));
    lines
}

fn kept(kept: &Kept) -> String {
    let late = kept.median_days_late.map_or_else(String::new, |days| format!(" (by {days:.0} days, median)"));
    let early = if kept.early > 0 { format!(", {} came sooner", kept.early) } else { String::new() };
    format!(
        "{} of {} kept ({}){early}, {} missed{late}",
        kept.kept,
        kept.judged,
        percent(kept.kept, kept.judged),
        kept.missed
    )
}

fn percent(count: usize, of: usize) -> String {
    if of == 0 { "–".to_owned() } else { format!("{:.1} %", count as f64 * 100.0 / of as f64) }
}
