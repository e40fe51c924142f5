//! Written forms of dates and times, tried one after the other without trying those that cannot fit.
//!
//! Which forms there are is the business of who reads them.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::Offset;

/// One form in `strptime`'s words, and what it asks of a text: a failed attempt costs far more than a look at the letters.
pub(super) struct Format {
    form: &'static str,
    /// The ASCII characters that must stand in the text, a bit each.
    needed: u128,
    may_have_letters: bool,
    must_have_letters: bool,
    begins_with_letter: bool,
}

impl Format {
    pub(super) const fn new(form: &'static str) -> Format {
        let bytes = form.as_bytes();
        let mut format =
            Format { form, needed: 0, may_have_letters: false, must_have_letters: false, begins_with_letter: false };
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte == b'%' {
                at += 1;
                // "%:z" and "%.f" are one directive each.
                if bytes[at] == b':' || bytes[at] == b'.' {
                    at += 1;
                }
                match bytes[at] {
                    b'A' | b'a' | b'B' | b'b' => {
                        format.must_have_letters = true;
                        format.begins_with_letter |= at == 1;
                    }
                    b'p' => format.must_have_letters = true,
                    b'z' => format.may_have_letters = true,
                    _ => {}
                }
            } else if byte != b' ' {
                format.needed |= 1 << byte;
                format.may_have_letters |= byte.is_ascii_alphabetic();
            }
            at += 1;
        }
        format.may_have_letters |= format.must_have_letters;
        format
    }

    /// Nobody knows what white space a text beyond ASCII has: it may be any.
    fn may_be(&self, text: Option<&Look>) -> bool {
        text.is_none_or(|text| self.fits(text))
    }

    fn fits(&self, text: &Look) -> bool {
        self.needed & !text.characters == 0
            && (self.may_have_letters || !text.has_letters)
            && (text.has_letters || !self.must_have_letters)
            && self.begins_with_letter == text.begins_with_letter
    }
}

/// What a text looks like.
struct Look {
    characters: u128,
    has_letters: bool,
    begins_with_letter: bool,
}

impl Look {
    /// `None` for a text with more than ASCII in it.
    fn at(text: &str) -> Option<Look> {
        const LETTERS: u128 = 0x07ff_fffe_07ff_fffe << 64;
        if !text.is_ascii() {
            return None;
        }
        let characters = text.bytes().fold(0, |seen, byte| seen | 1_u128 << byte);
        let begins_with_letter = text.trim_start().starts_with(|first: char| first.is_ascii_alphabetic());
        Some(Look { characters, has_letters: characters & LETTERS != 0, begins_with_letter })
    }
}

/// The first of the forms that reads the text.
fn first<T>(formats: &[Format], text: &str, read: impl Fn(&'static str) -> Option<T>) -> Option<T> {
    let look = Look::at(text);
    formats.iter().filter(|format| format.may_be(look.as_ref())).find_map(|format| read(format.form))
}

pub(super) fn local(formats: &[Format], text: &str) -> Option<DateTime> {
    first(formats, text, |form| DateTime::strptime(form, text).ok())
}

pub(super) fn day(formats: &[Format], text: &str) -> Option<Date> {
    first(formats, text, |form| Date::strptime(form, text).ok())
}

pub(super) fn instant(formats: &[Format], text: &str) -> Option<(DateTime, Offset)> {
    first(formats, text, |form| {
        let parsed = strtime::parse(form, text).ok()?;
        Some((parsed.to_datetime().ok()?, parsed.offset()?))
    })
}
