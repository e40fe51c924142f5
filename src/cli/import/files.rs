//! Which files an import means, and how they are read.

use std::path::{Path, PathBuf};

use crate::sources::reading::{Payload, decode};
use crate::sources::shop::olist::OlistFiles;
use crate::sources::source::{Source, recognise};

use super::Problem;

/// Endings of the files that are read in a folder; a file that is named itself may have any.
const ENDINGS: [&str; 5] = ["json", "ndjson", "jsonl", "csv", "xml"];

#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    File(PathBuf),
    /// A folder of Olist's tables, which are read together.
    Olist(PathBuf),
}

/// What the named files and folders hold. Anything that is missing is said before anything is written.
pub fn inputs(named: &[PathBuf], source: Option<Source>) -> Result<Vec<Input>, Problem> {
    let mut inputs = Vec::new();
    for path in named {
        let is_folder = path.metadata().map_err(|error| unreadable(path, &error))?.is_dir();
        match is_folder {
            true => {
                let before = inputs.len();
                add_folder(&mut inputs, path, source)?;
                if inputs.len() == before {
                    return Err(nothing_in(path, source));
                }
            }
            false => inputs.push(Input::File(path.clone())),
        }
    }
    Ok(inputs)
}

fn add_folder(inputs: &mut Vec<Input>, folder: &Path, source: Option<Source>) -> Result<(), Problem> {
    let may_be_olist = matches!(source, None | Some(Source::Olist));
    if may_be_olist && folder.join(OlistFiles::NAMES[0]).is_file() {
        inputs.push(Input::Olist(folder.to_owned()));
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> =
        entries.map_err(|error| unreadable(folder, &error))?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            add_folder(inputs, &path, source)?;
        } else if source != Some(Source::Olist) && has_known_ending(&path) {
            inputs.push(Input::File(path));
        }
    }
    Ok(())
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn nothing_in(folder: &Path, source: Option<Source>) -> Problem {
    match source {
        Some(Source::Olist) => {
            format!("{} holds no {}: give the folder of Olist's tables", folder.display(), OlistFiles::NAMES[0])
        }
        _ => format!("{} holds no file that ends in {}", folder.display(), ENDINGS.join(", ")),
    }
}

pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    format!("{} cannot be read: {error}", path.display())
}

/// The source by whose shape a payload is read; of lines, that of the first line with one.
pub fn who_wrote(body: &[u8]) -> Option<Source> {
    let text = decode(body);
    match Payload::read(&text) {
        Ok(payload) if !matches!(&payload, Payload::Text(lines) if lines.starts_with(['{', '['])) => {
            recognise(&payload)
        }
        _ => text.lines().find_map(|line| recognise(&Payload::read(line).ok()?)),
    }
}

/// The texts of Olist's tables; an absent one is empty.
pub struct OlistTables([String; 6]);

impl OlistTables {
    pub fn read(folder: &Path) -> Result<OlistTables, Problem> {
        let mut tables: [String; 6] = Default::default();
        for (table, name) in tables.iter_mut().zip(OlistFiles::NAMES) {
            let path = folder.join(name);
            if path.is_file() {
                *table = decode(&read(&path)?).into_owned();
            }
        }
        Ok(OlistTables(tables))
    }

    /// Lines of the orders' table below its header.
    pub fn order_lines(&self) -> u64 {
        (self.0[0].lines().count() as u64).saturating_sub(1)
    }

    pub fn as_files(&self) -> OlistFiles<'_> {
        let [orders, items, customers, sellers, payments, products] = &self.0;
        OlistFiles { orders, items, customers, sellers, payments, products }
    }
}
