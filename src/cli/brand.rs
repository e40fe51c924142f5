//! `brand`: a folder checked, or published.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::brand::{Brand, Fault, Files, read_folder};
use crate::clock::Clock;
use crate::store::{Urgency, brands};
use crate::tracking::wording::{Locale, Speaker};

use super::{Problem, say, settings};

/// A brand folder holds texts and small pictures; what is larger was put there by mistake.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

#[derive(Debug, Subcommand)]
pub enum BrandCommand {
    /// Name everything that is wrong with a brand folder
    Check {
        /// Folder with brand.toml and the pictures it names
        dir: PathBuf,
    },
    /// Publish a brand folder as a new version if it differs from the published one
    Import {
        /// Folder with brand.toml and the pictures it names
        dir: PathBuf,
    },
}

pub async fn run(asked: BrandCommand) -> Result<(), Problem> {
    match asked {
        BrandCommand::Check { dir } => match read(&dir)? {
            Ok(brand) => say::line(format!("{} ({}) can be published", brand.slug, dir.display())),
            Err(faults) => {
                faults.iter().try_for_each(|fault| say::line(fault.to_string()))?;
                Err(format!("{} has {} to mend", dir.display(), count(&faults)))
            }
        },
        BrandCommand::Import { dir } => match read(&dir)? {
            Ok(brand) => publish(&brand).await,
            Err(faults) => {
                let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
                Err(format!(
                    "{} has {} to mend, and is not published:{}",
                    dir.display(),
                    count(&faults),
                    lines.concat()
                ))
            }
        },
    }
}

fn count(faults: &[Fault]) -> String {
    if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) }
}

/// The brand, or all that is wrong with it.
fn read(dir: &Path) -> Result<Result<Brand, Vec<Fault>>, Problem> {
    Ok(read_folder(&read_files(dir)?).and_then(|brand| {
        let faults = copy_faults(&brand);
        if faults.is_empty() { Ok(brand) } else { Err(faults) }
    }))
}

fn read_files(dir: &Path) -> Result<Files, Problem> {
    let wrong = |path: &Path, error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let mut files = Files::new();
    for entry in std::fs::read_dir(dir).map_err(|error| wrong(dir, error))? {
        let path = entry.map_err(|error| wrong(dir, error))?.path();
        let about = path.metadata().map_err(|error| wrong(&path, error))?;
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if !about.is_file() || name.starts_with('.') {
            continue;
        }
        if about.len() > MOST_BYTES {
            return Err(format!("{} is larger than {} MB: it does not belong here", path.display(), MOST_BYTES >> 20));
        }
        let bytes = std::fs::read(&path).map_err(|error| wrong(&path, error))?;
        files.insert(name.to_owned(), bytes);
    }
    Ok(files)
}

/// Copy that the pages could not speak.
fn copy_faults(brand: &Brand) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (tag, copy) in &brand.copy {
        let Some(locale) = Locale::nearest(tag) else {
            let spoken: Vec<&str> = Locale::ALL.iter().map(|locale| locale.tag()).collect();
            let message = format!("is no language that Doorstep speaks ({})", spoken.join(", "));
            faults.push(Fault { place: format!("copy.{tag}"), message });
            continue;
        };
        let overrides: HashMap<String, String> = copy.clone().into_iter().collect();
        if let Err(bad) = Speaker::with_overrides(locale, &overrides) {
            faults.extend(bad.into_iter().map(|bad| Fault {
                place: format!("copy.{tag}.{}", bad.id),
                message: format!("{bad}; mend the text or remove its line"),
            }));
        }
    }
    faults
}

async fn publish(brand: &Brand) -> Result<(), Problem> {
    let store = settings::ready_store().await?;
    let wrong = |error: crate::store::StoreError| error.to_string();
    let mut conn = store.write(Urgency::Shopper).await.map_err(wrong)?;
    for other in brands::all(&mut conn).await.map_err(wrong)? {
        let shared = brand.hosts.iter().find(|host| other.brand.hosts.contains(host));
        if let (true, Some(host)) = (other.brand.slug != brand.slug, shared) {
            return Err(format!(
                "hosts: {host} is answered as brand {:?} already; take it out of one of the two folders",
                other.brand.slug
            ));
        }
    }
    let (_, version, is_new) = brands::publish(&mut conn, brand, Clock::System.now()).await.map_err(wrong)?;
    conn.commit().await.map_err(wrong)?;
    store.close().await;
    match is_new {
        true => say::line(format!("{} version={version} published", brand.slug)),
        false => say::line(format!("{} version={version} unchanged", brand.slug)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_that_no_page_can_speak_is_a_fault() {
        let toml = "slug = \"shop\"\nname = \"Shop\"\nhosts = [\"shop.example\"]\n[copy.en]\nno-such-message = \"x\"\n";
        let files = Files::from([("brand.toml".to_owned(), toml.as_bytes().to_vec())]);
        let faults = match read_folder(&files) {
            Ok(brand) => copy_faults(&brand),
            Err(faults) => faults,
        };
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].place, "copy.en.no-such-message");
    }
}
