//! The languages Doorstep speaks, and which one a shopper gets.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language, with the region's habits of date and number where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Locale {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "en-GB")]
    BritishEnglish,
    #[serde(rename = "de")]
    German,
    #[serde(rename = "ar")]
    Arabic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// As the page's `dir` attribute writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

impl Locale {
    pub const ALL: [Locale; 4] = [Locale::English, Locale::BritishEnglish, Locale::German, Locale::Arabic];

    /// As `lang`, `hreflang` and brand files write it.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::BritishEnglish => "en-GB",
            Locale::German => "de",
            Locale::Arabic => "ar",
        }
    }

    /// The language's own name for itself, for the picker.
    pub const fn own_name(self) -> &'static str {
        match self {
            Locale::English => "English",
            Locale::BritishEnglish => "English (UK)",
            Locale::German => "Deutsch",
            Locale::Arabic => "العربية",
        }
    }

    pub const fn direction(self) -> Direction {
        match self {
            Locale::Arabic => Direction::RightToLeft,
            Locale::English | Locale::BritishEnglish | Locale::German => Direction::LeftToRight,
        }
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// The language part of the tag.
    pub(super) fn language(self) -> &'static str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// The nearest locale for a BCP 47 tag in any spelling (`de_AT`, `EN-gb`). `None` for a language we do not speak.
    pub fn nearest(tag: &str) -> Option<Locale> {
        let mut parts = tag.trim().split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        match language.as_str() {
            // Only North America writes the month before the day.
            "en" => Some(match region.as_deref() {
                None | Some("US" | "CA" | "PH") => Locale::English,
                Some(_) => Locale::BritishEnglish,
            }),
            "de" => Some(Locale::German),
            "ar" => Some(Locale::Arabic),
            _ => None,
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The locale of a page: what the shopper picked, else what the browser asks for, else the brand's first.
///
/// `brand_locales` is what the brand speaks, its own first; nothing else is ever chosen. Byte soup in either text counts
/// as nothing said.
pub fn negotiate(brand_locales: &[Locale], picker: Option<&str>, accept_language: Option<&str>) -> Locale {
    let spoken = |tag: &str| Locale::nearest(tag).and_then(|wanted| closest(brand_locales, wanted));
    let asked_for = || accepted(accept_language?).into_iter().find_map(spoken);
    picker.and_then(spoken).or_else(asked_for).or_else(|| brand_locales.first().copied()).unwrap_or(Locale::English)
}

fn closest(brand_locales: &[Locale], wanted: Locale) -> Option<Locale> {
    let exactly = brand_locales.iter().find(|locale| **locale == wanted);
    exactly.or_else(|| brand_locales.iter().find(|locale| locale.language() == wanted.language())).copied()
}

/// The tags of an `Accept-Language` header, most wanted first; those refused (`q=0`) and `*` are left out.
fn accepted(header: &str) -> Vec<&str> {
    // A header may be as long as the server allows: nobody reads thirty languages.
    let mut tags: Vec<(&str, f32)> = header
        .split(',')
        .take(30)
        .filter_map(|part| {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let quality = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
            let quality = quality.map_or(Some(1.0), |text| text.trim().parse::<f32>().ok())?;
            let tag = tag.trim();
            (quality > 0.0 && !tag.is_empty() && tag != "*").then_some((tag, quality))
        })
        .collect();
    tags.sort_by(|left, right| right.1.total_cmp(&left.1));
    tags.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picker_beats_the_browser_and_the_browser_the_brand() {
        let brand = [Locale::English, Locale::German];
        assert_eq!(negotiate(&brand, Some("de"), Some("en")), Locale::German);
        assert_eq!(negotiate(&brand, None, Some("fr, de-AT;q=0.8, en;q=0.7")), Locale::German);
        assert_eq!(negotiate(&brand, None, Some("en;q=0.1, de;q=0.9")), Locale::German);
        assert_eq!(negotiate(&brand, None, Some("fr")), Locale::English);
        assert_eq!(negotiate(&brand, None, Some("de;q=0, *")), Locale::English);
        assert_eq!(negotiate(&[Locale::German], None, None), Locale::German);
        assert_eq!(negotiate(&[], None, None), Locale::English);
    }

    #[test]
    fn a_language_the_brand_does_not_speak_is_never_chosen() {
        assert_eq!(negotiate(&[Locale::German], Some("ar"), Some("en")), Locale::German);
    }

    #[test]
    fn another_region_of_a_spoken_language_is_good_enough() {
        assert_eq!(negotiate(&[Locale::German, Locale::English], None, Some("en-GB")), Locale::English);
        assert_eq!(negotiate(&[Locale::German, Locale::BritishEnglish], None, Some("en-US")), Locale::BritishEnglish);
        assert_eq!(Locale::nearest("en_AU"), Some(Locale::BritishEnglish));
    }

    #[test]
    fn byte_soup_is_nothing_said() {
        for soup in ["", ";;;,,,q=", "\u{0}\u{ffff}", "de;q=NaN", "-", "_"] {
            assert_eq!(negotiate(&[Locale::English], Some(soup), Some(soup)), Locale::English);
        }
    }
}
