// Lengths and areas on a sphere of the earth's equatorial radius, the same as Thongthin.Forms/Expressions/Places.cs.

import { round, trimSpaces, words } from "./values.js";

const RADIUS = 6_378_100;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)$/;

// In radians; null when something is not a place.
function read(texts) {
  const places = texts
    .flatMap((text) => text.split(";"))
    .filter((text) => trimSpaces(text) !== "")
    .map((text) => words(text).map((word) => (NUMBER.test(word) ? Number(word) : NaN)));
  const right = places.every((place) => place.length > 1 && Number.isFinite(place[0]) && Number.isFinite(place[1]));
  return right ? places.map(([latitude, longitude]) => [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]) : null;
}

function between(a, b) {
  const [down, across] = [Math.sin((b[0] - a[0]) / 2), Math.sin((b[1] - a[1]) / 2)];
  const half = down * down + Math.cos(a[0]) * Math.cos(b[0]) * across * across;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Metres along the places; NaN with fewer than two or with what is no place. */
export function distance(texts) {
  const places = read(texts);
  if (!places || places.length < 2) return NaN;
  return round(places.slice(1).reduce((sum, place, i) => sum + between(places[i], place), 0), 2);
}

/** Whether a place lies inside an area; false for what is none. Degrees are taken as a plane. */
export function isInside(place, area) {
  const [point] = read([place]) ?? [];
  const corners = read([area]);
  if (point === undefined || corners === null || corners.length < 3) return false;
  return corners.reduce((inside, a, i) => {
    const b = corners[(i + corners.length - 1) % corners.length];
    const crosses =
      a[0] > point[0] !== b[0] > point[0] &&
      point[1] < ((b[1] - a[1]) * (point[0] - a[0])) / (b[0] - a[0]) + a[1];
    return crosses ? !inside : inside;
  }, false);
}

/** Square metres inside the places; NaN with fewer than three or with what is no place. */
export function area(texts) {
  const places = read(texts);
  if (!places || places.length < 3) return NaN;
  const sum = places.reduce((total, a, i) => {
    const b = places[(i + 1) % places.length];
    return total + (b[1] - a[1]) * (2 + Math.sin(a[0]) + Math.sin(b[0]));
  }, 0);
  return round(Math.abs((sum * RADIUS * RADIUS) / 2), 2);
}
