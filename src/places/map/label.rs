//! Where a name stands beside its dot: on the sheet, off other names and dots, and off the way where there is room.
//!
//! How wide a name is can only be guessed here: for letters somewhat wider than most, at the size that a narrow screen
//! needs. On a wide screen names are smaller, and so further apart.

use super::projection::{HEIGHT, Point, WIDTH};

/// Height of the letters in units of the sheet, at their largest: of the first and the last place, and of those between,
/// which only a wide screen shows.
const LARGE: f32 = 66.0;
const SMALL: f32 = 42.0;

/// Of a letter's height.
const LETTER_WIDTH: f32 = 0.6;

/// A dot and the air around it.
const DOT: f32 = 26.0;

/// Free along the edges of the sheet.
const EDGE: f32 = 12.0;

/// Longer names are cut.
const MOST_LETTERS: usize = 22;

/// Where a name stands, as SVG says it: the end of the text that is at the dot, and the way from there in letter heights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// `start`, `middle` or `end`, read from left to right.
    pub anchor: &'static str,
    pub right: f32,
    pub down: f32,
}

/// Best first.
const SIDES: [Side; 8] = [
    Side { anchor: "start", right: 0.7, down: 0.35 },
    Side { anchor: "end", right: -0.7, down: 0.35 },
    Side { anchor: "middle", right: 0.0, down: -0.7 },
    Side { anchor: "middle", right: 0.0, down: 1.4 },
    Side { anchor: "start", right: 0.4, down: -0.45 },
    Side { anchor: "start", right: 0.4, down: 1.15 },
    Side { anchor: "end", right: -0.4, down: -0.45 },
    Side { anchor: "end", right: -0.4, down: 1.15 },
];

/// Left, top, right, bottom.
type Area = [f32; 4];

/// A name to be set.
pub struct Name<'a> {
    pub at: Point,
    pub text: &'a str,
    /// It is shown on every screen.
    pub is_major: bool,
}

/// A side for each name, in order of importance; `None` where there is no room. `way` are points along the journey.
pub fn place(names: &[Name<'_>], dots: &[Point], way: &[Point]) -> Vec<Option<Side>> {
    let mut taken: Vec<Area> = Vec::new();
    let mut placed = Vec::with_capacity(names.len());
    for name in names {
        let free = SIDES.iter().enumerate().filter_map(|(rank, side)| {
            let area = area(name, side);
            let is_free = is_on_sheet(area) && !taken.iter().any(|other| overlap(area, *other));
            let others = dots.iter().filter(|dot| **dot != name.at && is_near(area, **dot, DOT)).count();
            let under = way.iter().filter(|point| is_near(area, **point, 0.0)).count();
            // Between two places only a name that hides nothing is worth its room.
            (is_free && (name.is_major || others == 0)).then_some((others * 30 + under * 3 + rank, *side, area))
        });
        let best = free.min_by_key(|(cost, ..)| *cost);
        taken.extend(best.map(|(_, _, area)| area));
        placed.push(best.map(|(_, side, _)| side));
    }
    placed
}

/// The name as it is set.
pub fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_LETTERS {
        return name.to_owned();
    }
    let start: String = name.chars().take(MOST_LETTERS - 1).collect();
    format!("{}…", start.trim_end())
}

fn area(name: &Name<'_>, side: &Side) -> Area {
    let size = if name.is_major { LARGE } else { SMALL };
    let letters: f32 = name.text.chars().map(|letter| if letter >= '\u{1100}' { 1.0 } else { LETTER_WIDTH }).sum();
    let width = letters * size;
    let x = name.at.0 + side.right * size;
    let left = match side.anchor {
        "start" => x,
        "end" => x - width,
        _ => x - width / 2.0,
    };
    let baseline = name.at.1 + side.down * size;
    [left, baseline - size * 0.8, left + width, baseline + size * 0.25]
}

fn is_on_sheet([left, top, right, bottom]: Area) -> bool {
    left >= EDGE && top >= EDGE && right <= WIDTH - EDGE && bottom <= HEIGHT - EDGE
}

fn overlap(one: Area, other: Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

fn is_near([left, top, right, bottom]: Area, (x, y): Point, room: f32) -> bool {
    x > left - room && x < right + room && y > top - room && y < bottom + room
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(shortened("Frankfurt am Main"), "Frankfurt am Main");
        assert_eq!(shortened("Llanfairpwllgwyngyllgogerychwyrn"), "Llanfairpwllgwyngyllg…");
    }

    proptest! {
        #[test]
        fn names_are_on_the_sheet_and_off_each_other(
            spots in prop::collection::vec(((200.0_f32..1400.0, 150.0_f32..850.0), "[A-Za-z ]{1,22}", any::<bool>()), 1..9)
        ) {
            let names: Vec<Name<'_>> =
                spots.iter().map(|(at, text, is_major)| Name { at: *at, text, is_major: *is_major }).collect();
            let dots: Vec<Point> = names.iter().map(|name| name.at).collect();
            let sides = place(&names, &dots, &dots);
            prop_assert!(sides[0].is_some() || names[0].text.len() > 14 || !names[0].is_major);
            let areas: Vec<Area> =
                names.iter().zip(&sides).filter_map(|(name, side)| Some(area(name, side.as_ref()?))).collect();
            for (index, one) in areas.iter().enumerate() {
                prop_assert!(is_on_sheet(*one));
                prop_assert!(!areas[index + 1..].iter().any(|other| overlap(*one, *other)));
            }
        }
    }
}
