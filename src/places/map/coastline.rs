//! The embedded coastline: land, lakes, borders and states, at three levels of detail, already on the map's projection.
//!
//! The file holds, for each level and each [`Layer`] in turn: how many lines, then each line as how many points and the
//! way from point to point in hundredths of a degree, east then north; what crosses 180° goes on past it. Numbers are LEB128, those with a sign zigzag.
//! Where it comes from is said in `src/places/README.md`.

use std::sync::LazyLock;

use super::projection::{Sheet, northing};

static BYTES: &[u8] = include_bytes!("coastline.bin");

/// What a line is; in the order of the file. Land and lakes are rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Land,
    Lake,
    Border,
    /// Between the states of Australia, Brazil, Canada and the United States.
    State,
}

impl Layer {
    pub const ALL: [Layer; 4] = [Layer::Land, Layer::Lake, Layer::Border, Layer::State];

    pub const fn is_ring(self) -> bool {
        matches!(self, Layer::Land | Layer::Lake)
    }
}

/// A ring or a line, with the box around it: west, south, east, north.
pub struct Line {
    pub points: Vec<(f32, f32)>,
    pub around: [f32; 4],
}

type Level = [Vec<Line>; 4];

static LEVELS: LazyLock<[Level; 3]> = LazyLock::new(|| {
    let mut file = BYTES;
    std::array::from_fn(|_| std::array::from_fn(|_| (0..number(&mut file)).map(|_| line(&mut file)).collect()))
});

pub fn prepare() {
    LazyLock::force(&LEVELS);
}

/// The lines of a layer, as fine as a sheet of that size can show.
pub fn lines(layer: Layer, sheet: &Sheet) -> &'static [Line] {
    let level = match sheet.degrees_wide() {
        ..24.0 => 0,
        ..75.0 => 1,
        _ => 2,
    };
    &LEVELS[level][layer as usize]
}

fn line(file: &mut &[u8]) -> Line {
    let (mut east, mut north) = (0, 0);
    let mut around = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let points = (0..number(file)).map(|_| {
        east += signed(file);
        north += signed(file);
        let point = (east as f32 / 100.0, northing(north as f32 / 100.0));
        around[0] = around[0].min(point.0);
        around[1] = around[1].min(point.1);
        around[2] = around[2].max(point.0);
        around[3] = around[3].max(point.1);
        point
    });
    let points = points.collect();
    Line { points, around }
}

fn number(file: &mut &[u8]) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = file.split_first() {
        *file = rest;
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            break;
        }
    }
    value
}

fn signed(file: &mut &[u8]) -> i32 {
    let value = number(file);
    (value >> 1) as i32 ^ -((value & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_to_its_end_and_lies_on_the_globe() {
        let mut file = BYTES;
        for _ in 0..LEVELS.len() * Layer::ALL.len() {
            for _ in 0..number(&mut file) {
                line(&mut file);
            }
        }
        assert!(file.is_empty());
        for line in LEVELS.iter().flatten().flatten() {
            assert!(line.points.len() >= 2);
            assert!(line.points.iter().all(|(east, north)| east.abs() <= 360.0 && north.is_finite()));
        }
    }

    #[test]
    fn the_embedded_file_stays_small() {
        assert!(BYTES.len() <= 260_000, "{}", BYTES.len());
    }

    #[test]
    fn a_wider_sheet_is_drawn_with_fewer_points() {
        let count = |level: &Level| level.iter().flatten().map(|line| line.points.len()).sum::<usize>();
        assert!(count(&LEVELS[0]) > 2 * count(&LEVELS[1]) && count(&LEVELS[1]) > 2 * count(&LEVELS[2]));
    }
}
