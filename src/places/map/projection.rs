//! From the globe to the sheet: Mercator's projection, which keeps shapes true at every zoom, and the great circles that
//! aeroplanes follow. Longitudes run on past 180° here, so that a way over the Pacific is one line.

/// Units of the finished map. Everything on it is a whole number of them.
pub const WIDTH: f32 = 1600.0;
pub const HEIGHT: f32 = 1000.0;

/// Nothing narrower is shown, in degrees of longitude: without a coast or a border in sight a map tells nothing.
const NARROWEST: f32 = 11.0;

/// Of the way's own width and height, left free at each side for names.
const MARGIN: f32 = 0.24;

/// Towards the poles the projection runs to infinity.
const FARTHEST_NORTH: f32 = 82.0;

/// A point in degrees: of longitude, and of latitude or [`northing`].
pub type Point = (f32, f32);

/// How far north of the equator a latitude lies on the map, in degrees of longitude.
pub fn northing(latitude: f32) -> f32 {
    let latitude = latitude.clamp(-FARTHEST_NORTH, FARTHEST_NORTH).to_radians();
    (std::f32::consts::FRAC_PI_4 + latitude / 2.0).tan().ln().to_degrees()
}

/// The part of the world that the map shows.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    pub west: f32,
    pub north: f32,
    /// Units a degree.
    scale: f32,
}

impl Sheet {
    /// The smallest sheet that holds all points, with room around them. `points` are projected and not empty.
    pub fn around(points: &[Point]) -> Sheet {
        let (mut west, mut south, mut east, mut north) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        for &(x, y) in points {
            (west, east) = (west.min(x), east.max(x));
            (south, north) = (south.min(y), north.max(y));
        }
        let room = 1.0 + 2.0 * MARGIN;
        let width = ((east - west) * room).max((north - south) * room * WIDTH / HEIGHT).max(NARROWEST);
        let scale = WIDTH / width;
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        Sheet { west: middle.0 - width / 2.0, north: middle.1 + HEIGHT / scale / 2.0, scale }
    }

    pub fn degrees_wide(&self) -> f32 {
        WIDTH / self.scale
    }

    /// West, south, east and north of the sheet and a rim of so many units around it.
    pub fn bounds(&self, rim: f32) -> [f32; 4] {
        let rim = rim / self.scale;
        let (east, south) = (self.west + WIDTH / self.scale, self.north - HEIGHT / self.scale);
        [self.west - rim, south - rim, east + rim, self.north + rim]
    }

    /// Where a projected point lies, in units from the upper left corner.
    pub fn place(&self, (east, north): Point) -> Point {
        ((east - self.west) * self.scale, (self.north - north) * self.scale)
    }
}

/// The shortest way over the globe: both ends and the points that cut it into so many pieces. In degrees of longitude and
/// latitude.
pub fn great_circle(from: Point, to: Point, pieces: u16) -> Vec<Point> {
    let (one, other) = (direction(from), direction(to));
    let angle = angle_between(from, to).to_radians();
    let mut east = from.0;
    (0..=pieces)
        .map(|piece| {
            let share = f32::from(piece) / f32::from(pieces.max(1));
            let (near, far) = match angle.sin() {
                sine if sine.abs() < 1e-4 => (1.0 - share, share),
                sine => (((1.0 - share) * angle).sin() / sine, (share * angle).sin() / sine),
            };
            let [x, y, z] = std::array::from_fn(|axis| near * one[axis] + far * other[axis]);
            east = beside(east, y.atan2(x).to_degrees());
            (east, z.atan2(x.hypot(y)).to_degrees())
        })
        .collect()
}

/// In degrees.
pub fn angle_between(from: Point, to: Point) -> f32 {
    let (one, other) = (direction(from), direction(to));
    let apart: f32 = (0..3).map(|axis| (one[axis] - other[axis]).powi(2)).sum::<f32>().sqrt();
    (2.0 * (apart / 2.0).min(1.0).asin()).to_degrees()
}

/// The same meridian, written so that it lies within half a turn of the other.
pub fn beside(other: f32, longitude: f32) -> f32 {
    other + (longitude - other + 180.0).rem_euclid(360.0) - 180.0
}

fn direction((longitude, latitude): Point) -> [f32; 3] {
    let (longitude, latitude) = (longitude.to_radians(), latitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meridian_is_written_near_the_other() {
        for (other, longitude, written) in
            [(114.0, -118.0, 242.0), (-118.0, 114.0, -246.0), (10.0, 20.0, 20.0), (242.0, -74.0, 286.0)]
        {
            assert_eq!(beside(other, longitude), written);
        }
    }

    #[test]
    fn a_great_circle_runs_from_end_to_end_and_towards_the_pole() {
        let way = great_circle((13.4, 52.5), (-74.0, 40.7), 8);
        assert!((way[0].1 - 52.5).abs() < 0.01 && (way[8].0 + 74.0).abs() < 0.01);
        assert!(way[4].1 > 52.5, "{way:?}");
        let over_the_pacific = great_circle((114.1, 22.5), (-118.2, 34.0), 4);
        assert!((over_the_pacific[4].0 - 241.8).abs() < 0.01, "{over_the_pacific:?}");
    }

    #[test]
    fn the_sheet_holds_what_it_is_drawn_around() {
        for points in [vec![(0.0, 0.0)], vec![(-87.6, 45.0), (-85.8, 42.0)], vec![(114.0, 23.0), (242.0, 36.0)]] {
            let sheet = Sheet::around(&points);
            for point in points {
                let (x, y) = sheet.place(point);
                assert!((100.0..=1500.0).contains(&x) && (100.0..=900.0).contains(&y), "{x} {y}");
            }
        }
    }
}
