//! Where the recorded payloads lie. They are read in place and never copied into the project.

use std::path::{Path, PathBuf};

/// The folder of recorded payloads: `DOORSTEP_FIXTURES`, else `../shared/fixtures` beside the project.
///
/// `None` when it is missing, said loudly: the tests that need it are then skipped.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("DOORSTEP_FIXTURES").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    let folder = named.unwrap_or(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no fixtures folder at {} (set DOORSTEP_FIXTURES)", folder.display());
    None
}
