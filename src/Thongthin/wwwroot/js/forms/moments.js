// Moments and times of day in expressions, on Bangkok's clock, the same as Thongthin.Forms/Expressions/Moments.cs.

import { dayNumber, isDate, isNodes, isoOf, trimSpaces, toText } from "./values.js";

const DAY = 86_400_000;
const BANGKOK = 7 * 3_600_000;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(Z|[-+]\d\d:\d\d)?)?$/;
const TIME = /^(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,7})?)?(?:Z|[-+]\d\d:\d\d)?$/;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const FIRST = dayNumber("0001-01-01") * DAY;
const LAST = dayNumber("9999-12-31") * DAY;

/** Milliseconds of Bangkok's clock since 1970-01-01T00:00 on it; null when the value is neither a moment nor a date. */
export function parseMomentValue(value) {
  const single = isNodes(value) ? (value.nodes[0] ?? "") : value;
  if (isDate(single)) return dayNumber(single.date) * DAY;
  if (typeof single === "number") {
    const greenwich = Math.floor(single * DAY + 0.5);
    return greenwich >= FIRST && greenwich < LAST ? greenwich + BANGKOK : null;
  }
  return typeof single === "string" ? parseText(trimSpaces(single)) : null;
}

function parseText(text) {
  const match = MOMENT.exec(text);
  const day = match ? dayNumber(match[1]) : NaN;
  if (Number.isNaN(day)) return null;
  const [hour, minute, second] = match.slice(2, 5).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = Number((match[5] ?? "0").padEnd(3, "0").slice(0, 3));
  const clock = day * DAY + (hour * 3600 + minute * 60 + second) * 1000 + (match[5] ? milliseconds : 0);
  return clock > FIRST + 2 * DAY && clock < LAST - DAY ? clock + BANGKOK - offsetOf(match[6] ?? "") : null;
}

function offsetOf(written) {
  if (written === "") return BANGKOK;
  if (written === "Z") return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(4));
  return (written[0] === "-" ? -minutes : minutes) * 60_000;
}

const digits = (value, least) => String(value).padStart(least, "0");

function partsOf(moment) {
  const day = Math.floor(moment / DAY);
  const [year, month, date] = isoOf(day).split("-").map(Number);
  const of = moment - day * DAY;
  return {
    year,
    month,
    date,
    weekday: (((day + 4) % 7) + 7) % 7,
    hour: Math.floor(of / 3_600_000),
    minute: Math.floor(of / 60_000) % 60,
    second: Math.floor(of / 1000) % 60,
    millisecond: of % 1000,
  };
}

/** ISO text with Bangkok's offset. */
export const momentText = (moment) => `${formatMoment(moment, "%Y-%m-%dT%H:%M:%S")}+07:00`;

/** Days since the beginning of 1970 in Greenwich, with the fraction. */
export const momentDays = (moment) => (moment - BANGKOK) / DAY;

/** The part of the day that has passed, 0 to 1; NaN when the value is neither a moment nor a time. */
export function dayFraction(value) {
  const time = TIME.exec(trimSpaces(toText(value)));
  if (time) {
    const [hour, minute, second] = time.slice(1, 4).map((part) => Number(part ?? 0));
    return hour < 24 && minute < 60 && second < 60 ? ((hour * 3600 + minute * 60 + second) * 1000) / DAY : NaN;
  }
  const moment = parseMomentValue(value);
  return moment === null ? NaN : (moment - Math.floor(moment / DAY) * DAY) / DAY;
}

/** ODK's codes; any other sign after % stays as it is. */
export function formatMoment(moment, format) {
  const at = partsOf(moment);
  const codes = {
    Y: () => digits(at.year, 4),
    y: () => digits(at.year % 100, 2),
    m: () => digits(at.month, 2),
    n: () => digits(at.month, 1),
    b: () => MONTHS[at.month - 1],
    d: () => digits(at.date, 2),
    e: () => digits(at.date, 1),
    H: () => digits(at.hour, 2),
    h: () => digits(at.hour, 1),
    M: () => digits(at.minute, 2),
    S: () => digits(at.second, 2),
    3: () => digits(at.millisecond, 3),
    a: () => WEEKDAYS[at.weekday],
    "%": () => "%",
  };
  return format.replace(/%([^])/g, (written, code) => (Object.hasOwn(codes, code) ? codes[code]() : written));
}
