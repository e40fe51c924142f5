//! Raw bytes and texts of payloads into values, with the oddities that all vendors share.
//!
//! What one vendor alone does stands in that vendor's file.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::places;
use crate::sources::json::{Fields, Value};
use crate::tracking::event::{EventPlace, EventTime, ZoneCertainty};

use super::Refusal;
use super::format::{self, Format};
pub use super::markup::{plain, squeezed};

/// A payload's syntax, read once and handed to every parser that might know it.
pub enum Payload<'a> {
    Json(Value<'a>),
    Xml(roxmltree::Document<'a>),
    /// CSV, NDJSON and the like.
    Text(&'a str),
}

/// Bytes as text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252's common part (ISO 8859-1).
pub fn decode(body: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match body {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(body.iter().copied().map(char::from).collect()),
        },
    }
}

impl<'a> Payload<'a> {
    /// Reads the syntax. White space before an XML declaration is forgiven.
    pub fn read(text: &'a str) -> Result<Payload<'a>, Refusal> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        match trimmed.chars().next() {
            Some('{' | '[') => match Value::read(trimmed) {
                Ok(value) => Ok(Payload::Json(value)),
                // One JSON value a line: the second line makes it no single value.
                Err(_) if trimmed.lines().count() > 1 && trimmed.lines().next().is_some_and(is_json) => {
                    Ok(Payload::Text(trimmed))
                }
                Err(error) => Err(Refusal {
                    at: format!("line {} column {}", error.line(), error.column()),
                    reason: format!("broken JSON: {error}"),
                }),
            },
            Some('<') => roxmltree::Document::parse(trimmed).map(Payload::Xml).map_err(|error| Refusal {
                at: format!("line {} column {}", error.pos().row, error.pos().col),
                reason: format!("broken XML: {error}"),
            }),
            Some(_) => Ok(Payload::Text(trimmed)),
            None => Err(Refusal { at: "line 1".to_owned(), reason: "the payload is empty".to_owned() }),
        }
    }
}

fn is_json(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line.trim()).is_ok()
}

/// The value at a dotted path (`"shipment.events.0.date"`); JSON `null`, `{}`, `[]`, `""` and `"null"` count as absent.
pub fn at<'v, 'a>(value: &'v Value<'a>, path: &str) -> Option<&'v Value<'a>> {
    let mut found = value;
    let mut rest = path;
    loop {
        let end = rest.bytes().position(|byte| byte == b'.');
        let step = &rest[..end.unwrap_or(rest.len())];
        found = match found {
            Value::Object(fields) => fields.get(step)?,
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
        let Some(end) = end else { break };
        rest = &rest[end + 1..];
    }
    let absent = match found {
        Value::Null => true,
        Value::String(text) => is_absent(text),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    (!absent).then_some(found)
}

/// The text at a path, trimmed; numbers as they are written. `None` for what [`at`] calls absent.
pub fn text(value: &Value<'_>, path: &str) -> Option<String> {
    match at(value, path)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The items at a path. A lone object stands for a list of one, as converters from XML write it.
pub fn list<'v, 'a>(value: &'v Value<'a>, path: &str) -> &'v [Value<'a>] {
    match at(value, path) {
        Some(Value::Array(items)) => items,
        Some(object @ Value::Object(_)) => std::slice::from_ref(object),
        _ => &[],
    }
}

/// The first descendant element of that local name, whatever its namespace.
pub fn element<'a, 'i>(node: roxmltree::Node<'a, 'i>, name: &str) -> Option<roxmltree::Node<'a, 'i>> {
    node.descendants().find(|node| node.is_element() && node.tag_name().name() == name)
}

/// The direct children of that local name, whatever their namespace.
pub fn children<'a, 'i: 'a>(
    node: roxmltree::Node<'a, 'i>,
    name: &'a str,
) -> impl Iterator<Item = roxmltree::Node<'a, 'i>> + 'a {
    node.children().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The text of the element at a path of direct children (`"Status/Code"`), trimmed. `None` when absent or empty.
pub fn xml_text(node: roxmltree::Node<'_, '_>, path: &str) -> Option<String> {
    let found = path.split('/').try_fold(node, |node, step| {
        node.children().find(|node| node.is_element() && node.tag_name().name() == step)
    })?;
    let text: String = found.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    let text = text.trim();
    (!is_absent(text)).then(|| text.to_owned())
}

fn is_absent(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.eq_ignore_ascii_case("null") || text == "{}"
}

/// An element as JSON: children by local name (a list where one repeats), a leaf as its text, an empty one as `{}`.
/// For vendors that tell the same tree in both syntaxes; attributes are left out.
pub fn xml_value<'a>(node: roxmltree::Node<'a, '_>) -> Value<'a> {
    let mut fields = Fields::default();
    for child in node.children().filter(roxmltree::Node::is_element) {
        let value = xml_value(child);
        let name = child.tag_name().name();
        match fields.get_mut(name) {
            None => fields.insert(name, value),
            Some(Value::Array(items)) => items.push(value),
            Some(first) => *first = Value::Array(vec![std::mem::take(first), value]),
        }
    }
    match (fields.is_empty(), node.text()) {
        (true, Some(text)) if !is_absent(text) => Value::String(Cow::Borrowed(text.trim())),
        _ => Value::Object(fields),
    }
}

/// A time of day as written: `19:08:38`, `19:08`, `190838`, `1908`, `74700` (a lost leading zero), `9:01 am`, `7:03 PM`.
pub fn clock(text: &str) -> Option<Time> {
    let written = text.trim();
    let half = ["am", "a.m.", "pm", "p.m."].into_iter().find(|half| without_end(written, half).is_some());
    let mut bare = written;
    while let Some(before) = half.and_then(|half| without_end(bare, half)) {
        bare = before;
    }
    let bare = bare.trim();
    let bare = bare.split_once('.').map_or(bare, |(seconds, _)| seconds);
    let number = |text: &str| text.parse::<i8>().ok().filter(|number| *number >= 0);
    let mut parts = bare.split(':');
    let (hour, minute, second) = match (parts.next()?, parts.next(), parts.next(), parts.next()) {
        (hour, Some(minute), None, _) => (number(hour)?, number(minute)?, 0),
        (hour, Some(minute), Some(second), None) => (number(hour)?, number(minute)?, number(second)?),
        (digits, None, ..) if digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.len() {
            3 | 4 => (number(&digits[..digits.len() - 2])?, number(&digits[digits.len() - 2..])?, 0),
            5 | 6 => {
                let cut = digits.len() - 4;
                (number(&digits[..cut])?, number(&digits[cut..cut + 2])?, number(&digits[cut + 2..])?)
            }
            _ => return None,
        },
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) if half.starts_with('p') => hour % 12 + 12,
        Some(_) => hour % 12,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// A text without its end, in whichever case that is written.
fn without_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (before, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(before)
}

/// A date and a time of day that stand in two fields. A missing or unreadable time leaves the day.
pub fn date_and_clock(date: Option<&str>, time: Option<&str>) -> Option<WrittenTime> {
    let day = match written_time(date?)? {
        WrittenTime::Instant(local, _) | WrittenTime::Local(local) => local.date(),
        WrittenTime::Day(day) => day,
    };
    Some(match time.and_then(clock) {
        Some(time) => WrittenTime::Local(day.to_datetime(time)),
        None => WrittenTime::Day(day),
    })
}

/// An offset as written: `+08:00`, `-0500`, `GMT-08:00`, `Z`, `-5`.
pub fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    let text = text.strip_prefix("GMT").or_else(|| text.strip_prefix("UTC")).unwrap_or(text).trim();
    if matches!(text, "" | "Z" | "z") {
        return (!text.is_empty()).then_some(Offset::UTC);
    }
    let (sign, digits) = match text.as_bytes()[0] {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let digits = digits.replace(':', "");
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) =
        if digits.len() <= 2 { (digits.as_str(), "0") } else { digits.split_at(digits.len().min(4) - 2) };
    let minutes = &minutes[..minutes.len().min(2)];
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    (seconds <= 14 * 3600).then(|| Offset::from_seconds(sign * seconds).ok()).flatten()
}

/// A time as written, with whatever the text itself says of its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenTime {
    /// With an offset, `Z`, or as an epoch.
    Instant(DateTime, Offset),
    Local(DateTime),
    Day(Date),
}

/// Reads the forms of time that vendors write: ISO 8601 with any number of fraction digits and with or without offset
/// and separator, `20240131`, `20240131 235959`, `01/31/2024` (month first), `January 31, 2024 11:59 pm`,
/// `31 Jan 2024 23:59`, `/Date(1706745599000+0100)/`, epoch seconds and milliseconds.
///
/// `None` for what stands for "no time" (`0001-01-01`, years outside 1990–2100) and for what cannot be read.
pub fn written_time(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    if is_absent(text) {
        return None;
    }
    let read = match text.starts_with('/') {
        true => dotnet_time(text)?,
        false => epoch_time(text).or_else(|| iso_time(text)).or_else(|| formatted_time(text))?,
    };
    let year = match read {
        WrittenTime::Instant(local, _) | WrittenTime::Local(local) => local.year(),
        WrittenTime::Day(date) => date.year(),
    };
    (1990..=2100).contains(&year).then_some(read)
}

fn dotnet_time(text: &str) -> Option<WrittenTime> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let sign_at = inner.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-')).map(|(index, _)| index);
    let millis: i64 = inner[..sign_at.unwrap_or(inner.len())].parse().ok()?;
    let instant = Timestamp::from_millisecond(millis).ok()?;
    Some(WrittenTime::Instant(Offset::UTC.to_datetime(instant), Offset::UTC))
}

fn epoch_time(text: &str) -> Option<WrittenTime> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let instant = match text.len() {
        10 => Timestamp::from_second(number),
        _ => Timestamp::from_millisecond(number),
    };
    let instant = instant.ok()?;
    Some(WrittenTime::Instant(Offset::UTC.to_datetime(instant), Offset::UTC))
}

fn iso_time(text: &str) -> Option<WrittenTime> {
    // Every form of it begins with four digits or with a sign.
    let begins = text.as_bytes().first_chunk::<4>()?;
    if begins[0].is_ascii() && !matches!(begins[0], b'+' | b'-') && !begins.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if let Ok(parsed) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text) {
        return Some(match (parsed.time(), parsed.offset()) {
            (Some(time), Some(offset)) => {
                let offset = match offset {
                    jiff::fmt::temporal::PiecesOffset::Numeric(numeric) => numeric.offset(),
                    _ => Offset::UTC,
                };
                WrittenTime::Instant(parsed.date().to_datetime(time), offset)
            }
            (Some(time), None) => WrittenTime::Local(parsed.date().to_datetime(time)),
            (None, _) => WrittenTime::Day(parsed.date()),
        });
    }
    None
}

fn formatted_time(text: &str) -> Option<WrittenTime> {
    static INSTANTS: [Format; 8] = [
        Format::new("%Y-%m-%dT%H:%M:%S%.f%z"),
        Format::new("%Y-%m-%dT%H:%M:%S%.f %z"),
        Format::new("%Y-%m-%d %H:%M:%S GMT%:z"),
        Format::new("%Y-%m-%d %H:%M:%S%.f %z"),
        Format::new("%Y-%m-%d %H:%M:%S%.f%:z"),
        Format::new("%Y-%m-%dT%H:%M%:z"),
        Format::new("%a, %d %b %Y %H:%M:%S %z"),
        Format::new("%Y%m%dT%H%M%S%z"),
    ];
    static LOCALS: [Format; 22] = [
        Format::new("%Y-%m-%d %H:%M:%S%.f"),
        Format::new("%Y-%m-%d %H:%M"),
        Format::new("%Y/%m/%d %H:%M:%S"),
        Format::new("%Y/%m/%d %H:%M"),
        Format::new("%Y%m%d %H%M%S"),
        Format::new("%Y%m%d%H%M%S"),
        Format::new("%Y%m%dT%H%M%S"),
        Format::new("%Y%m%d %H:%M:%S"),
        Format::new("%Y%m%d %H:%M"),
        Format::new("%m/%d/%Y %I:%M:%S %p"),
        Format::new("%m/%d/%Y %I:%M %p"),
        Format::new("%m/%d/%Y %H:%M:%S"),
        Format::new("%m/%d/%Y %H:%M"),
        Format::new("%B %d, %Y %I:%M %p"),
        Format::new("%B %d, %Y, %I:%M %p"),
        Format::new("%b %d, %Y %I:%M %p"),
        Format::new("%d %b %Y %H:%M:%S"),
        Format::new("%d %b %Y %H:%M"),
        Format::new("%d %B %Y %H:%M"),
        Format::new("%d %b %Y %I:%M %p"),
        Format::new("%d.%m.%Y %H:%M:%S"),
        Format::new("%d.%m.%Y %H:%M"),
    ];
    static DAYS: [Format; 9] = [
        Format::new("%Y%m%d"),
        Format::new("%m/%d/%Y"),
        Format::new("%B %d, %Y"),
        Format::new("%b %d, %Y"),
        Format::new("%d %b %Y"),
        Format::new("%d %B %Y"),
        Format::new("%d.%m.%Y"),
        Format::new("%Y/%m/%d"),
        Format::new("%A, %B %d, %Y"),
    ];
    format::instant(&INSTANTS, text)
        .map(|(local, offset)| WrittenTime::Instant(local, offset))
        .or_else(|| format::local(&LOCALS, text).map(WrittenTime::Local))
        .or_else(|| format::day(&DAYS, text).map(WrittenTime::Day))
}

impl WrittenTime {
    /// As an event's time. A local time takes the zone of `place` where that is known, else `assumed` (an IANA name that
    /// the vendor's documentation or home country gives), else none.
    pub fn event_time(self, place: &EventPlace, assumed: Option<&str>) -> EventTime {
        match self {
            WrittenTime::Instant(local, offset) => EventTime::with_offset(local, offset),
            WrittenTime::Day(date) => EventTime::day(date),
            WrittenTime::Local(local) => match (places::time_zone(place), assumed) {
                (Some(zone), _) => EventTime::in_zone(local, zone, ZoneCertainty::Place),
                (None, Some(zone)) => EventTime::in_zone(local, zone, ZoneCertainty::Assumed),
                (None, None) => EventTime::unzoned(local),
            },
        }
    }

    /// A midnight without an offset is a date in the shape of a time, as vendors fill it up.
    pub fn without_placeholder(self) -> Self {
        match self {
            WrittenTime::Local(local) if local.time() == Time::midnight() => WrittenTime::Day(local.date()),
            read => read,
        }
    }

    /// The same wall-clock with the offset that stands beside it.
    pub fn with_offset(self, offset: Option<Offset>) -> Self {
        match (self, offset) {
            (WrittenTime::Local(local), Some(offset)) => WrittenTime::Instant(local, offset),
            (read, _) => read,
        }
    }

    pub fn date(self) -> Date {
        match self {
            WrittenTime::Instant(local, _) | WrittenTime::Local(local) => local.date(),
            WrittenTime::Day(date) => date,
        }
    }

    /// As an expected arrival: an offset makes it an instant, a bare date stays a day.
    pub fn expected(self) -> super::Expected {
        match self {
            WrittenTime::Instant(local, offset) => match offset.to_timestamp(local) {
                Ok(instant) => super::Expected::Instant(instant),
                Err(_) => super::Expected::Local(local),
            },
            WrittenTime::Local(local) => super::Expected::Local(local),
            WrittenTime::Day(date) => super::Expected::Day(date),
        }
    }

    /// The instant, only where the text itself gave an offset.
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            WrittenTime::Instant(local, offset) => offset.to_timestamp(local).ok(),
            _ => None,
        }
    }

    /// The same wall-clock, told to stand at `minutes` east of UTC.
    pub fn at_offset(self, minutes: i32) -> Option<EventTime> {
        let offset = Offset::from_seconds(minutes.checked_mul(60)?).ok()?;
        match self {
            WrittenTime::Instant(local, _) | WrittenTime::Local(local) => Some(EventTime::with_offset(local, offset)),
            WrittenTime::Day(_) => None,
        }
    }
}

/// Amount as written ("1,234.50", "12.5", "12") in minor units of the currency; `None` when it cannot be read exactly.
pub fn minor_units(amount: &str, currency: &str) -> Option<i64> {
    let digits = match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
        | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    };
    let amount = amount.trim();
    let amount = if amount.contains(',') { Cow::Owned(amount.replace(',', "")) } else { Cow::Borrowed(amount) };
    let (negative, amount) = match amount.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, &*amount),
    };
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || fraction.len() > digits || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let padding = std::iter::repeat_n(b'0', digits - fraction.len());
    let mut written = whole.bytes().chain(fraction.bytes()).chain(padding);
    let value: i64 =
        written.try_fold(0_i64, |value, digit| value.checked_mul(10)?.checked_add((digit - b'0').into()))?;
    Some(if negative { -value } else { value })
}

/// How far `time` lies from `other`; for telling a wrong zone from a right one.
pub fn distance(time: Timestamp, other: Timestamp) -> SignedDuration {
    time.duration_since(other).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn the_forms_of_time_that_vendors_write_are_read() {
        let local = datetime(2024, 1, 31, 23, 59, 0, 0);
        for text in [
            "2024-01-31T23:59:00",
            "2024-01-31 23:59:00",
            "2024-01-31T23:59",
            "20240131 235900",
            "01/31/2024 11:59 PM",
            "01/31/2024 11:59 pm",
            "January 31, 2024 11:59 pm",
            "31 Jan 2024 23:59",
            "2024-01-31T23:59:00.0000000",
        ] {
            assert_eq!(written_time(text), Some(WrittenTime::Local(local)), "{text}");
        }
        for text in ["2024-01-31", "20240131", "01/31/2024", "January 31, 2024", "31.01.2024"] {
            assert_eq!(written_time(text), Some(WrittenTime::Day(date(2024, 1, 31))), "{text}");
        }
        for text in ["2024-01-31T23:59:00+01:00", "2024-01-31T23:59:00+0100", "2024-01-31T23:59:00.1234567+01:00"] {
            let read = written_time(text).and_then(WrittenTime::instant);
            assert_eq!(read.map(|instant| instant.as_second()), Some(1_706_741_940), "{text}");
        }
    }

    #[test]
    fn placeholders_for_no_time_are_no_time() {
        for text in ["", "null", "0001-01-01T00:00:00", "0001-01-01", "/Date(-62135596800000)/", "1900-01-01", "x"] {
            assert_eq!(written_time(text), None, "{text}");
        }
    }

    #[test]
    fn the_forms_of_a_time_of_day_are_read() {
        let read = |text: &str| clock(text).map(|time| (time.hour(), time.minute(), time.second()));
        assert_eq!(read("190838"), Some((19, 8, 38)));
        assert_eq!(read("74700"), Some((7, 47, 0)));
        assert_eq!(read("12:18 am"), Some((0, 18, 0)));
        assert_eq!(read("7:03 PM"), Some((19, 3, 0)));
        assert_eq!(read("11:59:59.1234567"), Some((11, 59, 59)));
        for text in ["", "null", "25:00", "13:00 pm", "string", "::", "\u{e9}"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn the_forms_of_an_offset_are_read() {
        let read = |text: &str| offset(text).map(Offset::seconds);
        assert_eq!(read("+08:00"), Some(8 * 3600));
        assert_eq!(read("-0530"), Some(-(5 * 3600 + 1800)));
        assert_eq!(read("GMT-08:00"), Some(-8 * 3600));
        assert_eq!(read("-5"), Some(-5 * 3600));
        for text in ["", "EST", "+99:00", "+", "string"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_keep_every_minor_unit() {
        assert_eq!(minor_units("1,234.5", "USD"), Some(123_450));
        assert_eq!(minor_units("100", "JPY"), Some(100));
        assert_eq!(minor_units("1.234", "KWD"), Some(1_234));
        assert_eq!(minor_units("-0.05", "EUR"), Some(-5));
        assert_eq!(minor_units("1.005", "EUR"), None);
    }
}
