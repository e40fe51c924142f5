//! Texts as pages write them, made plain: tags, character references, runs of white space.

/// A text without markup: tags dropped, character references read, white space squeezed.
pub fn plain(text: &str) -> String {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return squeezed(text);
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let tag = rest[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match rest[start..].find('>').filter(|_| tag) {
            Some(length) => {
                bare.push_str(&rest[..start]);
                rest = &rest[start + length + 1..];
            }
            None => {
                bare.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
            }
        }
    }
    bare.push_str(rest);
    let read = if bare.contains('&') { character_references(&bare) } else { bare };
    squeezed(&read)
}

/// Runs of white space as one space, none at the ends.
pub fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

fn character_references(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        read.push_str(&rest[..start]);
        let reference = rest[start..].find(';').map(|length| (&rest[start + 1..start + length], start + length + 1));
        match reference.and_then(|(name, end)| Some((character(name)?, end))) {
            Some((character, end)) => {
                read.push(character);
                rest = &rest[end..];
            }
            None => {
                read.push('&');
                rest = &rest[start + 1..];
            }
        }
    }
    read.push_str(rest);
    read
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    });
    match (number, name) {
        // Windows-1252's trade mark, which browsers read into this control character's number.
        (Some(Ok(153)), _) => Some('\u{2122}'),
        (Some(number), _) => number.ok().and_then(char::from_u32),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        (None, "nbsp") => Some(' '),
        (None, "reg") => Some('\u{ae}'),
        (None, "copy") => Some('\u{a9}'),
        (None, "deg") => Some('\u{b0}'),
        (None, "euro") => Some('\u{20ac}'),
        (None, "pound") => Some('\u{a3}'),
        (None, "times") => Some('\u{d7}'),
        (None, "ndash") => Some('\u{2013}'),
        (None, "mdash") => Some('\u{2014}'),
        (None, "lsquo") => Some('\u{2018}'),
        (None, "rsquo") => Some('\u{2019}'),
        (None, "ldquo") => Some('\u{201c}'),
        (None, "rdquo") => Some('\u{201d}'),
        (None, "hellip") => Some('\u{2026}'),
        (None, "trade") => Some('\u{2122}'),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_character_references_leave_no_trace() {
        assert_eq!(plain("USPS Tracking<SUP>&#174;</SUP>"), "USPS Tracking\u{ae}");
        assert_eq!(plain("USPS Tracking<SUP>&#153;</SUP>"), "USPS Tracking\u{2122}");
        assert_eq!(plain("5 < 6 &amp;\n   7 & 8;"), "5 < 6 & 7 & 8;");
    }
}
