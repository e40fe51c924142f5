//! The small pattern language in which formats are written.
//!
//! `#` a digit, `@` a letter, `*` either; `[AC-E]` one of a set; a capital or a digit stands for itself; `{n}` and `{n,m}`
//! behind any of these repeat it. A pattern is matched against the whole number.

/// Whether the whole of `number` (plain capitals and digits) has the shape.
pub fn fits(shape: &str, number: &str) -> bool {
    matches(shape.as_bytes(), number.as_bytes())
}

fn matches(shape: &[u8], number: &[u8]) -> bool {
    let Some((element, fewest, most, rest)) = first_element(shape) else { return number.is_empty() };
    let run = number.iter().take(most).take_while(|byte| holds(element, **byte)).count();
    // The longest run first; a shorter one only where the rest of the shape needs it.
    (fewest..=run).rev().any(|length| matches(rest, &number[length..]))
}

/// The first element, how often it may stand, and what follows. `None` at the end of the shape.
fn first_element(shape: &[u8]) -> Option<(&[u8], usize, usize, &[u8])> {
    let first = *shape.first()?;
    let length = match first {
        b'[' => shape.iter().position(|byte| *byte == b']').map_or(shape.len(), |end| end + 1),
        _ => 1,
    };
    let (element, rest) = shape.split_at(length);
    if rest.first() != Some(&b'{') {
        return Some((element, 1, 1, rest));
    }
    let end = rest.iter().position(|byte| *byte == b'}').unwrap_or(rest.len() - 1);
    let mut counts = rest[1..end].split(|byte| *byte == b',').map(number_of);
    let fewest = counts.next().unwrap_or(1);
    Some((element, fewest, counts.next().unwrap_or(fewest), &rest[end + 1..]))
}

fn number_of(digits: &[u8]) -> usize {
    digits.iter().fold(0, |number, digit| number * 10 + usize::from(digit.saturating_sub(b'0')))
}

fn holds(element: &[u8], byte: u8) -> bool {
    match element {
        [b'#'] => byte.is_ascii_digit(),
        [b'@'] => byte.is_ascii_uppercase(),
        [b'*'] => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        [b'[', set @ .., b']'] => {
            let mut set = set;
            loop {
                set = match set {
                    [from, b'-', to, ..] if (*from..=*to).contains(&byte) => return true,
                    [_, b'-', _, rest @ ..] => rest,
                    [one, ..] if *one == byte => return true,
                    [_, rest @ ..] => rest,
                    [] => return false,
                }
            }
        }
        [literal] => *literal == byte,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_matched_against_the_whole_number() {
        for (shape, number, fit) in [
            ("1Z*{15}#", "1Z5R89390357567127", true),
            ("1Z*{15}#", "1Z5R8939035756712", false),
            ("1Z*{15}#", "1Z5R893903575671271", false),
            ("#{12,13}", "123456789012", true),
            ("#{12,13}", "1234567890123", true),
            ("#{12,13}", "12345678901234", false),
            ("TB[ACM]#{2}", "TBC12", true),
            ("TB[ACM]#{2}", "TBB12", false),
            ("[0-8]#", "81", true),
            ("[0-8]#", "91", false),
            ("[0-36-8]#", "61", true),
            ("[0-36-8]#", "51", false),
            ("*{1,5}9", "AB99", true),
            ("@@", "A1", false),
            ("#", "", false),
        ] {
            assert_eq!(fits(shape, number), fit, "{shape} {number}");
        }
    }
}
