// Times, moments and places as people write them, the same as Thongthin.Forms/Answers/TypedTime.cs and TypedPlace.cs.

import { formatNumber } from "./values.js";

const MAXIMUM_PLACES = 1000;
const SPACES = /^[ \u00a0]+|[ \u00a0]+$/g;

/** HH:mm, with :ss where seconds were typed; null when it is no time of day. */
export function parseTime(arabic) {
  const parts = arabic.replaceAll("น.", "").replace(SPACES, "").split(/[:.]/);
  if (parts.length !== 2 && parts.length !== 3) return null;
  const most = [23, 59, 59];
  if (!parts.every((part, i) => /^\d{1,2}$/.test(part) && Number(part) <= most[i])) return null;
  return parts.map((part) => part.padStart(2, "0")).join(":");
}

/** yyyy-MM-ddTHH:mm:ss+07:00; null when it is not a day with a time. */
export function parseMoment(arabic, parseDate) {
  let text = arabic.replace(SPACES, "");
  if (text.endsWith("น.")) text = text.slice(0, -2).replace(/[\s\u00a0]+$/, "");
  const at = Math.max(...["T", "t", " ", "\u00a0"].map((sign) => text.lastIndexOf(sign)));
  const day = at > 0 ? parseDate(text.slice(0, at)) : null;
  if (day === null) return null;
  const [clock, offset] = splitOffset(text.slice(at + 1));
  const time = parseTime(clock);
  if (offset === null || time === null) return null;
  const [hour, minute, second = 0] = time.split(":").map(Number);
  const [year, month, date] = day.split("-").map(Number);
  const local = Date.UTC(year, month - 1, date, hour, minute, second) + (7 * 60 - offset) * 60_000;
  return `${new Date(local).toISOString().slice(0, 19)}+07:00`;
}

// The clock without its fraction, and the offset in minutes: Bangkok's without one, null for one that cannot be.
function splitOffset(text) {
  const sign = text.search(/[-+−Zz]/);
  let clock = sign < 0 ? text : text.slice(0, sign);
  if (/^.{8}\.\d{1,7}$/.test(clock) && clock.split(".").length === 2) clock = clock.slice(0, 8);
  if (sign < 0) return [clock, 7 * 60];
  if (/[Zz]/.test(text[sign])) return [clock, sign === text.length - 1 ? 0 : null];
  const offset = parseTime(text.slice(sign + 1));
  if (offset?.length !== 5 || Number(offset.slice(0, 2)) > 13) return [clock, null];
  const minutes = Number(offset.slice(0, 2)) * 60 + Number(offset.slice(3));
  return [clock, text[sign] === "+" ? minutes : -minutes];
}

/** "latitude longitude altitude accuracy", several joined by ";"; null when it is none, or too few for a line or an area. */
export function parsePlaces(type, arabic) {
  const parts = arabic.replaceAll("−", "-").split(";").filter((part) => /[^ \t\n\u00a0\u200b\ufeff]/.test(part));
  const places = parts.slice(0, MAXIMUM_PLACES + 1).map(parsePlace);
  if (places.includes(null)) return null;
  if (type === "geoshape" && places.length >= 3 && places[0] !== places.at(-1)) places.push(places[0]);
  const enough = { geotrace: places.length >= 2, geoshape: places.length >= 4, geopoint: places.length === 1 }[type];
  return enough && places.length <= MAXIMUM_PLACES ? places.join(";") : null;
}

function parsePlace(text) {
  const numbers = text.split(/[ ,\t\n\u00a0]+/).filter((part) => part !== "").map(numberOf);
  const wrong = numbers.some((number) => !Number.isFinite(number) || Math.abs(number) > 1e9);
  if (numbers.length < 2 || numbers.length > 4 || wrong) return null;
  if (Math.abs(numbers[0]) > 90 || Math.abs(numbers[1]) > 180) return null;
  return [...numbers, 0, 0].slice(0, 4).map((number) => formatNumber(number === 0 ? 0 : number)).join(" ");
}

const numberOf = (text) => (/^-?[\d.]+$/.test(text) ? Number(text) : NaN);
