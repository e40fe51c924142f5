//! The folder that the server answers assets from: `target/site/pkg/` with a hash of the content in each name (so a
//! browser may keep a file for ever), brotli and gzip beside what shrinks, and `target/site/assets.json`, the names.

use crate::fingerprint::{Fingerprint, files_below};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// `site-pkg-dir` of the Leptos package.
const PACKAGE_FOLDER: &str = "pkg";
/// What shrinks. Pictures and fonts are compressed already.
const SHRINKING: [&str; 9] = ["css", "ico", "js", "json", "mjs", "svg", "txt", "wasm", "webmanifest"];
/// Below one packet's worth the header that names the encoding costs more than it saves.
const TINY: usize = 400;

pub struct Asset {
    /// Path below the folder, without hash: `doorstep.css`, `photo/tent.webp`.
    pub name: String,
    pub content: Vec<u8>,
}

pub struct Site {
    folder: PathBuf,
    /// Name without hash → name with hash.
    names: BTreeMap<String, String>,
    kept: BTreeSet<PathBuf>,
}

impl Site {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, names: BTreeMap::new(), kept: BTreeSet::new() }
    }

    /// Lays the asset down, unless it lies there since last time. Returns its name with the hash.
    pub fn add(&mut self, asset: Asset) -> Result<String, String> {
        let Asset { name, content } = asset;
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte)) {
            return Err(format!("{name}: only letters, digits, dot, dash and underscore in the name of an asset"));
        }
        let path = Path::new(&name);
        let (Some(stem), Some(ending)) = (path.file_stem(), path.extension()) else {
            return Err(format!("{name}: an asset needs an ending that tells its type, such as .svg"));
        };
        let (stem, ending) = (stem.to_string_lossy(), ending.to_string_lossy());
        let hash = Fingerprint::of(&content).short();
        let hashed = path.with_file_name(format!("{stem}.{hash}.{ending}")).to_string_lossy().into_owned();
        let place = self.folder.join(PACKAGE_FOLDER).join(&hashed);

        let is_new = !place.exists();
        let shrinks = content.len() >= TINY && SHRINKING.contains(&ending.as_ref());
        let mut sizes = format!("{:.1} KB", kilobytes(content.len()));
        for (suffix, compress) in [("br", brotli as fn(&[u8]) -> Vec<u8>), ("gz", gzip)] {
            if !shrinks {
                continue;
            }
            let beside = PathBuf::from(format!("{}.{suffix}", place.display()));
            if is_new || !beside.exists() {
                let small = compress(&content);
                sizes.push_str(&format!(", {suffix} {:.1} KB", kilobytes(small.len())));
                write(&beside, &small)?;
            }
            self.kept.insert(beside);
        }
        if is_new {
            // Last, so that a build that was cut short is seen as not done.
            write(&place, &content)?;
            println!("{hashed}: {sizes}");
        }
        self.kept.insert(place);
        self.names.insert(name, hashed.clone());
        Ok(hashed)
    }

    /// Writes the names down and clears away what an earlier build left.
    pub fn finish(self) -> Result<(), String> {
        let lines: Vec<String> =
            self.names.iter().map(|(name, hashed)| format!("  \"{name}\": \"{hashed}\"")).collect();
        write(&self.folder.join("assets.json"), format!("{{\n{}\n}}\n", lines.join(",\n")).as_bytes())?;
        for file in files_below(&self.folder.join(PACKAGE_FOLDER), &[])? {
            if !self.kept.contains(&file) {
                fs::remove_file(&file).map_err(|error| format!("cannot remove {}: {error}", file.display()))?;
            }
        }
        Ok(())
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut small, &best).expect("memory to memory does not fail");
    small
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory to memory does not fail");
    encoder.finish().expect("memory to memory does not fail")
}

/// By way of a neighbour, so that a server that runs never reads half a file.
fn write(file: &Path, content: &[u8]) -> Result<(), String> {
    let explain = |error: std::io::Error| format!("cannot write {}: {error}", file.display());
    let folder = file.parent().expect("every asset lies in the site's folder");
    fs::create_dir_all(folder).map_err(explain)?;
    let neighbour = folder.join(format!(".{}.part", file.file_name().unwrap_or_default().to_string_lossy()));
    fs::write(&neighbour, content).map_err(explain)?;
    fs::rename(&neighbour, file).map_err(explain)
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(test: &str) -> Site {
        let folder = std::env::temp_dir().join(format!("doorstep-site-{test}-{}", std::process::id()));
        Site::new(folder)
    }

    fn asset(name: &str, content: &str) -> Asset {
        Asset { name: name.to_owned(), content: content.as_bytes().to_vec() }
    }

    #[test]
    fn assets_of_an_earlier_build_are_cleared_away() {
        let mut first = site("cleared");
        let folder = first.folder.clone();
        let old = first.add(asset("a/boot.js", &"old ".repeat(200))).unwrap();
        first.finish().unwrap();
        assert!(folder.join("pkg").join(format!("{old}.br")).exists());

        let mut second = Site::new(folder.clone());
        let new = second.add(asset("a/boot.js", "new")).unwrap();
        second.finish().unwrap();
        assert_eq!(files_below(&folder.join("pkg"), &[]).unwrap(), [folder.join("pkg").join(&new)]);
        let names = fs::read_to_string(folder.join("assets.json")).unwrap();
        assert_eq!(names, format!("{{\n  \"a/boot.js\": \"{new}\"\n}}\n"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn names_that_would_need_escaping_are_refused() {
        assert!(site("refused").add(asset("my photo.svg", "")).is_err());
        assert!(site("refused").add(asset("LICENSE", "")).is_err());
    }
}
