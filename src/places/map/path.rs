//! Lines on the sheet: cut to it, made simpler, and written as an SVG path in whole numbers.

use std::fmt::Write;

use super::projection::Point;

/// The part of a ring within bounds (west, south, east, north), after Sutherland and Hodgman: along the bounds its
/// edges may lie on each other, which a fill does not show.
pub fn ring_within(ring: impl Iterator<Item = Point>, bounds: [f32; 4]) -> Vec<Point> {
    let mut points: Vec<Point> = ring.collect();
    let mut cut = Vec::with_capacity(points.len());
    for (side, &limit) in bounds.iter().enumerate() {
        let Some(&last) = points.last() else { break };
        let mut before = last;
        for &point in &points {
            match (is_inside(before, side, limit), is_inside(point, side, limit)) {
                (true, true) => cut.push(point),
                (true, false) => cut.push(crossing(before, point, side, limit)),
                (false, true) => cut.extend([crossing(before, point, side, limit), point]),
                (false, false) => {}
            }
            before = point;
        }
        std::mem::swap(&mut points, &mut cut);
        cut.clear();
    }
    points
}

/// The parts of a line within bounds.
pub fn line_within(mut line: impl Iterator<Item = Point>, bounds: [f32; 4]) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let Some(mut before) = line.next() else { return parts };
    let mut is_open = false;
    for point in line {
        match piece_within(before, point, bounds) {
            Some((from, to)) => {
                match parts.last_mut().filter(|_| is_open && from == before) {
                    Some(part) => part.push(to),
                    None => parts.push(vec![from, to]),
                }
                is_open = to == point;
            }
            None => is_open = false,
        }
        before = point;
    }
    parts
}

fn piece_within(mut from: Point, mut to: Point, bounds: [f32; 4]) -> Option<(Point, Point)> {
    for (side, &limit) in bounds.iter().enumerate() {
        match (is_inside(from, side, limit), is_inside(to, side, limit)) {
            (true, true) => {}
            (true, false) => to = crossing(from, to, side, limit),
            (false, true) => from = crossing(from, to, side, limit),
            (false, false) => return None,
        }
    }
    Some((from, to))
}

/// Sides in the order of bounds: west, south, east, north.
fn is_inside(point: Point, side: usize, limit: f32) -> bool {
    match side {
        0 => point.0 >= limit,
        1 => point.1 >= limit,
        2 => point.0 <= limit,
        _ => point.1 <= limit,
    }
}

fn crossing(from: Point, to: Point, side: usize, limit: f32) -> Point {
    if side.is_multiple_of(2) {
        let share = (limit - from.0) / (to.0 - from.0);
        (limit, from.1 + share * (to.1 - from.1))
    } else {
        let share = (limit - from.1) / (to.1 - from.1);
        (from.0 + share * (to.0 - from.0), limit)
    }
}

/// Without the points that are closer than so much to the one before; the last stays.
pub fn thinned(points: impl Iterator<Item = Point>, closest: f32) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut left_out = None;
    for point in points {
        match kept.last() {
            Some(last) if (point.0 - last.0).hypot(point.1 - last.1) < closest => left_out = Some(point),
            _ => {
                kept.push(point);
                left_out = None;
            }
        }
    }
    kept.extend(left_out);
    kept
}

/// The points that a line needs so as not to stray farther than so much, after Douglas and Peucker.
pub fn simplified(points: &[Point], stray: f32) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    (keep[0], keep[points.len() - 1]) = (true, true);
    let mut open = vec![(0, points.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let (start, end) = (points[from], points[to]);
        let (dx, dy) = (end.0 - start.0, end.1 - start.1);
        let length = dx * dx + dy * dy;
        let (mut far, mut at) = (stray * stray, None);
        for (index, point) in points.iter().enumerate().take(to).skip(from + 1) {
            let (px, py) = (point.0 - start.0, point.1 - start.1);
            let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let off = (px - along * dx).powi(2) + (py - along * dy).powi(2);
            if off > far {
                (far, at) = (off, Some(index));
            }
        }
        if let Some(at) = at {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// The same for a ring, which has no ends: it is halved at the point farthest from its first.
pub fn simplified_ring(ring: &[Point], stray: f32) -> Vec<Point> {
    let Some(&first) = ring.first() else { return Vec::new() };
    let away = |point: &Point| (point.0 - first.0).powi(2) + (point.1 - first.1).powi(2);
    let half = (0..ring.len()).max_by(|one, other| away(&ring[*one]).total_cmp(&away(&ring[*other]))).unwrap_or(0);
    let mut there = simplified(&ring[..=half], stray);
    let mut back: Vec<Point> = ring[half..].to_vec();
    back.push(first);
    let back = simplified(&back, stray);
    there.extend(back.iter().skip(1).take(back.len().saturating_sub(2)));
    there
}

/// Writes points as a move and lines from each to the next. Fewer than two whole ones draw nothing.
pub fn write_line(path: &mut String, points: &[Point], is_ring: bool) {
    let mut whole = points.iter().map(|point| whole(*point));
    let Some(start) = whole.next() else { return };
    let before = path.len();
    write_move(path, start);
    let mut at = start;
    let mut lines = 0;
    for point in whole {
        if point != at {
            write_step(path, if lines == 0 { "l" } else { "" }, (point.0 - at.0, point.1 - at.1));
            at = point;
            lines += 1;
        }
    }
    if lines == 0 || is_ring && lines < 2 {
        path.truncate(before);
    } else if is_ring {
        path.push('z');
    }
}

pub fn write_move(path: &mut String, (x, y): (i32, i32)) {
    write!(path, "M{x} {y}").expect("writing to a String cannot fail");
}

/// A curve from the point before, bent towards `control`; both relative to it.
pub fn write_curve(path: &mut String, control: (i32, i32), to: (i32, i32)) {
    write_step(path, "q", control);
    write_step(path, "", to);
}

/// A number needs no space before it where a letter or its own sign sets it apart.
fn write_step(path: &mut String, command: &str, (dx, dy): (i32, i32)) {
    let apart = |number: i32| if number < 0 { "" } else { " " };
    let first = if command.is_empty() { apart(dx) } else { command };
    write!(path, "{first}{dx}{}{dy}", apart(dy)).expect("writing to a String cannot fail");
}

pub fn whole((x, y): Point) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [f32; 4] = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn a_ring_around_everything_becomes_the_bounds() {
        let around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)];
        let cut = ring_within(around.into_iter(), SQUARE);
        assert_eq!(cut.len(), 4);
        assert!(cut.iter().all(|(x, y)| [0.0, 10.0].contains(x) && [0.0, 10.0].contains(y)), "{cut:?}");
        assert!(ring_within([(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)].into_iter(), SQUARE).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (7.0, 15.0), (7.0, 5.0)];
        let parts = line_within(line.into_iter(), SQUARE);
        assert_eq!(parts, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(7.0, 10.0), (7.0, 5.0)]]);
    }

    #[test]
    fn what_strays_little_is_left_out() {
        let line = [(0.0, 0.0), (5.0, 0.4), (10.0, 0.0), (10.0, 8.0)];
        assert_eq!(simplified(&line, 1.0), [(0.0, 0.0), (10.0, 0.0), (10.0, 8.0)]);
        assert_eq!(simplified(&line, 0.1).len(), 4);
    }

    #[test]
    fn a_path_is_written_without_needless_spaces() {
        let mut path = String::new();
        write_line(&mut path, &[(10.0, 20.2), (13.0, 24.0), (13.1, 24.1), (8.0, 30.0)], true);
        assert_eq!(path, "M10 20l3 4-5 6z");
        write_line(&mut path, &[(1.0, 1.0), (1.2, 1.1)], false);
        assert_eq!(path, "M10 20l3 4-5 6z");
    }
}
