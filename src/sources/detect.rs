//! Which carriers' formats and check digits a tracking number fits. What a carrier is called lives in `carriers`.

mod checks;
mod formats;
mod s10;
mod shape;

use formats::FORMATS;

/// A carrier whose number this may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Candidate {
    /// An id of `carriers`.
    pub carrier: &'static str,
    pub format: &'static str,
    /// Always true: a number that fails the check digit of a format is no candidate for it.
    pub valid: bool,
}

/// How much a format tells of the carrier, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A prefix of its own and a check digit.
    PrefixAndCheck,
    /// A prefix of its own.
    Prefix,
    /// A check digit over digits that others use as well.
    Check,
    /// Nothing but a number of digits.
    Length,
}

const LONGEST: usize = 45;
const SHORTEST: usize = 7;

/// Formats that a tracking number fits, best first; one candidate a carrier.
///
/// Spaces, hyphens and lower case do not matter. A number that fits nothing has no candidates.
pub fn detect(number: &str) -> Vec<Candidate> {
    let Some(number) = normalised(number) else { return Vec::new() };
    let mut found: Vec<(Strength, Candidate)> = s10::candidates(&number)
        .into_iter()
        .map(|(carrier, format)| (Strength::PrefixAndCheck, Candidate { carrier, format, valid: true }))
        .collect();
    found.extend(
        FORMATS
            .iter()
            .filter(|format| shape::fits(format.shape, &number) && (format.check)(&number))
            .map(|format| (format.strength, Candidate { carrier: format.carrier, format: format.name, valid: true })),
    );
    found.sort_by_key(|(strength, _)| *strength);
    let mut candidates: Vec<Candidate> = Vec::new();
    for (_, candidate) in found {
        if candidates.iter().all(|earlier| earlier.carrier != candidate.carrier) {
            candidates.push(candidate);
        }
    }
    candidates
}

/// Capitals without spaces and hyphens. `None` for what cannot be a number of any carrier.
fn normalised(number: &str) -> Option<String> {
    // Room for a space behind every character.
    if number.len() > 4 * LONGEST {
        return None;
    }
    let mut kept = String::with_capacity(LONGEST);
    for character in number.chars() {
        match character {
            space if space.is_whitespace() => {}
            '-' | '\u{2010}'..='\u{2015}' => {}
            ':' => kept.push(':'),
            letter if letter.is_ascii_alphanumeric() => kept.push(letter.to_ascii_uppercase()),
            _ => return None,
        }
    }
    // "TBA000000000000" is a number, "000000000000" a form left empty, "ABCDEFGH" a word.
    let lettered = kept.starts_with(|first: char| first.is_ascii_alphabetic());
    let counted = kept.bytes().any(|byte| if lettered { byte.is_ascii_digit() } else { (b'1'..=b'9').contains(&byte) });
    ((SHORTEST..=LONGEST).contains(&kept.len()) && counted).then_some(kept)
}

#[cfg(test)]
mod tests;
