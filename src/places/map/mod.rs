//! The map of a journey: the coast around it, the way from place to place, a dot for each and names where there is room.
//!
//! Geometry only: which places may be shown is decided by who calls, and how the map looks by the style sheet.

mod coastline;
mod label;
mod path;
mod projection;

use coastline::Layer;
use label::Name;
use projection::{Point, Sheet, angle_between, beside, great_circle, northing};

pub(super) use coastline::prepare;
pub use label::Side;
pub use projection::{HEIGHT, WIDTH};

/// A place on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Degrees north and east.
    pub latitude: f32,
    pub longitude: f32,
    pub name: String,
}

/// A finished map: SVG paths in whole units, [`WIDTH`] by [`HEIGHT`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JourneyMap {
    pub land: String,
    pub lakes: String,
    /// Between countries.
    pub borders: String,
    /// Between states; only on a map of about one country.
    pub states: String,
    pub route: String,
    /// In the order in which the parcel came by, each once.
    pub dots: Vec<Dot>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    pub x: i32,
    pub y: i32,
    /// The parcel was last seen here.
    pub is_present: bool,
    pub label: Option<Label>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub text: String,
    pub side: Side,
    /// It is shown on every screen; others only on a wide one.
    pub is_major: bool,
}

/// Land is drawn so far over the sheet's edge, in units, that its cut edges are not seen.
const RIM: f32 = 12.0;

/// A journey within one town is none, in degrees: about 20 km.
const SHORTEST: f32 = 0.18;

/// A way around the whole world has no map.
const LONGEST: f32 = 300.0;

/// States are drawn on sheets up to so many degrees wide.
const WIDEST_WITH_STATES: f32 = 75.0;

/// How far a coast may stray at first, in units, and how much farther at least at each try to make the map small enough.
const STRAY: f32 = 3.0;
const STRAY_MORE: f32 = 1.4;

/// An island or a line shorter than this many strays is left out.
const LEAST_SEEN: f32 = 4.0;

/// A leg up to so many degrees long is one curve.
const ONE_CURVE: f32 = 24.0;

/// How far a leg bends at least, of its length: so that it reads as a flight of the parcel, not as a road.
const LEAST_BEND: f32 = 0.1;

/// A place closer to one that is drawn, in units, has no dot of its own.
const CLOSEST: f32 = 26.0;

/// Draws the places in the order in which the parcel came by; it was last seen at the last. `most_bytes` bounds what the
/// coast may take, about twice what it takes compressed. `None` where there is no journey to show.
pub fn draw(stops: &[Stop], most_bytes: usize) -> Option<JourneyMap> {
    let legs = legs(stops)?;
    let sheet = Sheet::around(&legs.iter().flatten().copied().collect::<Vec<_>>());
    let on_sheet: Vec<Vec<Point>> =
        legs.iter().map(|leg| leg.iter().map(|point| sheet.place(*point)).collect()).collect();
    let [land, lakes, borders, states] = ground(&sheet, most_bytes);
    Some(JourneyMap { land, lakes, borders, states, route: route(&on_sheet), dots: dots(stops, &on_sheet) })
}

/// Each way from a place to the next: an odd number of projected points, every second one where a curve ends.
fn legs(stops: &[Stop]) -> Option<Vec<Vec<Point>>> {
    let first = stops.first()?;
    let is_far = |stop: &Stop| angle_between((first.longitude, first.latitude), (stop.longitude, stop.latitude));
    if stops.iter().map(is_far).fold(0.0, f32::max) < SHORTEST {
        return None;
    }
    let mut east = first.longitude;
    let mut legs = Vec::with_capacity(stops.len() - 1);
    let (mut west_most, mut east_most) = (east, east);
    for pair in stops.windows(2) {
        let from = (east, pair[0].latitude);
        let to = (beside(east, pair[1].longitude), pair[1].latitude);
        east = to.0;
        (west_most, east_most) = (west_most.min(east), east_most.max(east));
        legs.push(leg(from, to));
    }
    (east_most - west_most < LONGEST).then_some(legs)
}

fn leg(from: Point, to: Point) -> Vec<Point> {
    let curves = (angle_between(from, to) / ONE_CURVE).ceil().clamp(1.0, 8.0) as u16;
    let way = great_circle(from, to, curves * 2);
    let mut way: Vec<Point> = way.into_iter().map(|(east, north)| (east, northing(north))).collect();
    if curves == 1 {
        way[1] = bent(way[0], way[1], way[2]);
    }
    way
}

/// The middle of a leg, moved north where the leg would be as good as straight.
fn bent(from: Point, middle: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length == 0.0 {
        return middle;
    }
    let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let (across, up) = if dx < 0.0 { (dy / length, -dx / length) } else { (-dy / length, dx / length) };
    let bend = (middle.0 - half.0) * across + (middle.1 - half.1) * up;
    if bend.abs() >= LEAST_BEND * length {
        return middle;
    }
    (half.0 + across * LEAST_BEND * length, half.1 + up * LEAST_BEND * length)
}

/// The path of each layer, as fine as `most_bytes` allow.
fn ground(sheet: &Sheet, most_bytes: usize) -> [String; 4] {
    let mut pieces = Layer::ALL.map(|layer| pieces(layer, sheet));
    let mut stray = STRAY;
    loop {
        // Each try goes on from what the last has left, which is far less.
        for (layer, pieces) in Layer::ALL.into_iter().zip(&mut pieces) {
            simplify(layer, pieces, stray);
        }
        let paths: [String; 4] = std::array::from_fn(|index| write(Layer::ALL[index], &pieces[index]));
        let bytes = paths.iter().map(String::len).sum::<usize>();
        if bytes <= most_bytes {
            return paths;
        }
        stray *= STRAY_MORE.max(bytes as f32 / most_bytes.max(1) as f32 * 0.8).min(4.0);
    }
}

/// What of a layer lies on the sheet, in its units.
fn pieces(layer: Layer, sheet: &Sheet) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    if layer == Layer::State && sheet.degrees_wide() > WIDEST_WITH_STATES {
        return pieces;
    }
    let bounds = sheet.bounds(RIM);
    for line in coastline::lines(layer, sheet) {
        // The sheet may lie past 180°, where the world goes on.
        for turn in [-360.0, 0.0, 360.0] {
            let [west, south, east, north] = line.around;
            if west + turn > bounds[2] || east + turn < bounds[0] || south > bounds[3] || north < bounds[1] {
                continue;
            }
            let points = line.points.iter().map(|(east, north)| (east + turn, *north));
            let cut = if layer.is_ring() {
                vec![path::ring_within(points, bounds)]
            } else {
                path::line_within(points, bounds)
            };
            let on_sheet = cut.into_iter().filter(|piece| piece.len() >= 2);
            pieces.extend(
                on_sheet.map(|piece| path::thinned(piece.into_iter().map(|point| sheet.place(point)), STRAY / 2.0)),
            );
        }
    }
    pieces
}

/// What is too small goes, islands and lines: so at some stray any sheet fits.
fn simplify(layer: Layer, pieces: &mut Vec<Vec<Point>>, stray: f32) {
    pieces.retain(|piece| extent(piece) >= LEAST_SEEN * stray);
    for piece in pieces {
        *piece = if layer.is_ring() { path::simplified_ring(piece, stray) } else { path::simplified(piece, stray) };
    }
}

fn write(layer: Layer, pieces: &[Vec<Point>]) -> String {
    let mut written = String::new();
    for piece in pieces {
        path::write_line(&mut written, piece, layer.is_ring());
    }
    written
}

/// The longer side of the box around some points.
fn extent(points: &[Point]) -> f32 {
    let mut around = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for (x, y) in points {
        around = [around[0].min(*x), around[1].min(*y), around[2].max(*x), around[3].max(*y)];
    }
    (around[2] - around[0]).max(around[3] - around[1])
}

fn route(legs: &[Vec<Point>]) -> String {
    let mut written = String::new();
    let Some(start) = legs.first().and_then(|leg| leg.first()) else { return written };
    let mut at = path::whole(*start);
    path::write_move(&mut written, at);
    for leg in legs {
        for curve in leg.windows(3).step_by(2) {
            let [from, middle, to] = [curve[0], curve[1], curve[2]];
            // The curve whose half is the middle.
            let control = (2.0 * middle.0 - (from.0 + to.0) / 2.0, 2.0 * middle.1 - (from.1 + to.1) / 2.0);
            let (control, to) = (path::whole(control), path::whole(to));
            path::write_curve(&mut written, (control.0 - at.0, control.1 - at.1), (to.0 - at.0, to.1 - at.1));
            at = to;
        }
    }
    written
}

fn dots(stops: &[Stop], legs: &[Vec<Point>]) -> Vec<Dot> {
    let ends: Vec<Point> = legs
        .first()
        .and_then(|leg| leg.first())
        .into_iter()
        .chain(legs.iter().filter_map(|leg| leg.last()))
        .copied()
        .collect();
    let last = ends.len() - 1;
    // Where it is now and where it came from come before what lies between.
    let by_weight: Vec<usize> = [last, 0].into_iter().chain(1..last).collect();
    let mut shown: Vec<usize> = Vec::new();
    for index in by_weight {
        let far = |other: &usize| (ends[index].0 - ends[*other].0).hypot(ends[index].1 - ends[*other].1) >= CLOSEST;
        if shown.iter().all(far) {
            shown.push(index);
        }
    }
    let texts: Vec<String> = shown.iter().map(|index| label::shortened(&stops[*index].name)).collect();
    let is_major = |index: usize| index == 0 || index == last;
    let names: Vec<Name<'_>> = shown
        .iter()
        .zip(&texts)
        .map(|(index, text)| Name { at: ends[*index], text, is_major: is_major(*index) })
        .collect();
    let spots: Vec<Point> = names.iter().map(|name| name.at).collect();
    let sides = label::place(&names, &spots, &along(legs));
    let mut dots: Vec<(usize, Dot)> = shown
        .iter()
        .zip(sides)
        .zip(&texts)
        .map(|((index, side), text)| {
            let (x, y) = path::whole(ends[*index]);
            let label = side.map(|side| Label { text: text.clone(), side, is_major: is_major(*index) });
            (*index, Dot { x, y, is_present: *index == last, label })
        })
        .collect();
    dots.sort_by_key(|(index, _)| *index);
    dots.into_iter().map(|(_, dot)| dot).collect()
}

/// Points along the way, close enough to tell what lies on it.
fn along(legs: &[Vec<Point>]) -> Vec<Point> {
    let between = |pair: &[Point]| {
        let [from, to] = [pair[0], pair[1]];
        (0..12).map(move |step| {
            let share = step as f32 / 12.0;
            (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1))
        })
    };
    legs.iter().flat_map(|leg| leg.windows(2).flat_map(between)).collect()
}

#[cfg(test)]
mod tests;
