//! One number for the content of many files: a step whose inputs have the number of last time is not run again,
//! and a file's name carries the number of its content. Not for anything that an attacker could choose.

use std::fs;
use std::path::{Path, PathBuf};

/// FNV-1a, 64 bits.
pub struct Fingerprint(u64);

impl Fingerprint {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn of(bytes: &[u8]) -> Self {
        Self::new().and(bytes)
    }

    /// Lengths go in too, so that `ab` + `c` and `a` + `bc` differ.
    pub fn and(mut self, bytes: &[u8]) -> Self {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    /// Names and contents of these files, in this order.
    pub fn and_files(mut self, files: &[PathBuf]) -> Result<Self, String> {
        for file in files {
            let content = fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            self = self.and(file.as_os_str().as_encoded_bytes()).and(&content);
        }
        Ok(self)
    }

    /// Ten digits in base 36: short in every page, and a clash among a dozen files will not happen.
    pub fn short(&self) -> String {
        let mut rest = self.0;
        let mut digits = String::new();
        for _ in 0..10 {
            let digit = (rest % 36) as u32;
            digits.extend(char::from_digit(digit, 36));
            rest /= 36;
        }
        digits
    }
}

/// All files below a folder whose name ends in one of `endings` (any, when empty), sorted. A missing folder has none.
pub fn files_below(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        let entries = fs::read_dir(&folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("cannot list {}: {error}", folder.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_content_has_another_name() {
        assert_ne!(Fingerprint::of(b"a").short(), Fingerprint::of(b"b").short());
        assert_eq!(Fingerprint::of(b"a").short(), Fingerprint::of(b"a").short());
        assert_eq!(Fingerprint::of(b"a").short().len(), 10);
    }

    #[test]
    fn the_border_between_two_files_counts() {
        let one = Fingerprint::new().and(b"ab").and(b"c").short();
        let other = Fingerprint::new().and(b"a").and(b"bc").short();
        assert_ne!(one, other);
    }
}
