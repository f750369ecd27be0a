// Values of the form language with XPath 1.0's coercions, the same as Thongthin.Forms/Expressions/FormValue.cs.
// Texts are strings, numbers numbers, booleans booleans; a date is {date: "yyyy-mm-dd"}, several values are {nodes: [...]}.

const DAYS_TO_EPOCH = 719468;

/** Days since 1970-01-01 of an ISO day; NaN when the text is not an existing day of the years 1 to 9999. */
export function dayNumber(iso) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return NaN;
  const [year, month, day] = match.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - DAYS_TO_EPOCH;
}

/** Days in a month of the Gregorian calendar. */
export function daysInMonth(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The ISO day of a number of days since 1970-01-01. */
export function isoOf(dayNumberSinceEpoch) {
  const z = dayNumberSinceEpoch + DAYS_TO_EPOCH;
  const era = Math.floor(z / 146097);
  const ofEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

const FIRST_DAY = dayNumber("0001-01-01");
const LAST_DAY = dayNumber("9999-12-31");

export const isDate = (value) => typeof value === "object" && value !== null && "date" in value;
export const isNodes = (value) => typeof value === "object" && value !== null && "nodes" in value;
export const itemsOf = (value) => (isNodes(value) ? value.nodes : [value]);

/** No answer: an empty text, no values, or the NaN of a calculation. */
export function isEmpty(value) {
  if (typeof value === "number") return Number.isNaN(value);
  if (isNodes(value)) return value.nodes.length === 0;
  return value === "";
}

/** A number in its shortest digits, never with an exponent. */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const [mantissa, exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const unsigned = mantissa.replace("-", "");
  const digits = unsigned.replace(".", "");
  const point = (unsigned.includes(".") ? unsigned.indexOf(".") : digits.length) + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return point >= digits.length
    ? sign + digits.padEnd(point, "0")
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function toText(value) {
  if (typeof value === "number") return formatNumber(value);
  if (isDate(value)) return value.date;
  if (isNodes(value)) return value.nodes.length === 0 ? "" : toText(value.nodes[0]);
  return String(value);
}

/** NaN when the text is neither a number nor an ISO day. */
export function toNumber(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (isDate(value)) return dayNumber(value.date);
  if (isNodes(value)) return value.nodes.length === 0 ? NaN : toNumber(value.nodes[0]);
  const text = trimSpaces(value);
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : dayNumber(text);
}

export function toBoolean(value) {
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  if (typeof value === "boolean") return value;
  return isDate(value) || !isEmpty(value);
}

/** A date from a date, an ISO text (its time is dropped) or a number of days; otherwise no answer. */
export function toDate(value) {
  if (isDate(value)) return value;
  if (isNodes(value)) return value.nodes.length === 0 ? "" : toDate(value.nodes[0]);
  if (typeof value === "number") {
    const day = Math.floor(value);
    return day >= FIRST_DAY && day <= LAST_DAY ? { date: isoOf(day) } : "";
  }
  const written = typeof value === "string" ? trimSpaces(value) : "";
  const day = written.length > 10 && written[10] === "T" ? written.slice(0, 10) : written;
  return Number.isNaN(dayNumber(day)) ? "" : { date: day };
}

function sameOrNull(a, b) {
  if (typeof a === "boolean" || typeof b === "boolean") return toBoolean(a) === toBoolean(b);
  return typeof a === "string" && typeof b === "string" ? a === b : null;
}

function any(left, right, holds) {
  if (typeof left === "boolean" || typeof right === "boolean") {
    const single = (value) => (isNodes(value) ? toBoolean(value) : value);
    return holds(single(left), single(right));
  }
  return itemsOf(left).some((a) => itemsOf(right).some((b) => holds(a, b)));
}

const equal = (a, b) => sameOrNull(a, b) ?? toNumber(a) === toNumber(b);

export const areEqual = (left, right) => any(left, right, equal);
export const areDifferent = (left, right) => any(left, right, (a, b) => !equal(a, b));
export const compare = (left, right, holds) => any(left, right, (a, b) => holds(toNumber(a), toNumber(b)));

/** Rounds the number as it is written in digits, halves towards positive infinity: 1.005 to two places is 1.01. */
export function round(value, places) {
  if (Number.isNaN(places)) return NaN;
  if (!Number.isFinite(value)) return value;
  const shiftBy = Math.min(Math.max(Math.trunc(places), -400), 400);
  return shift(roundToWhole(shift(value, shiftBy)), -shiftBy);
}

function roundToWhole(value) {
  const floor = Math.floor(value);
  return value - floor >= 0.5 ? floor + 1 : floor;
}

function shift(value, places) {
  if (places === 0 || !Number.isFinite(value)) return value;
  const [mantissa, exponent = "0"] = String(value).split("e");
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

/** Without the spaces, tabs and line ends around it. */
export const trimSpaces = (text) => text.replace(/^[ \t\r\n]+/, "").replace(/[ \t\r\n]+$/, "");

/** The words of a text, cut at spaces, tabs and line ends. */
export const words = (text) => text.split(/[ \t\r\n]+/).filter((word) => word.length > 0);

/** To 12 digits, where engines compute the last ones differently; whole numbers stay as they are. */
export const approximate = (value) =>
  !Number.isFinite(value) || Number.isSafeInteger(value) ? value : Number(value.toExponential(11));

/** From one place, counted from 0, up to another; negative ones count from the end. */
export const slice = (text, start, end) => [...text].slice(start, end).join("");

/** XPath's: from a position, counted from 1, so many signs. */
export function substring(text, position, length) {
  const first = round(position, 0);
  const last = first + round(length, 0);
  return [...text].filter((_, i) => i + 1 >= first && i + 1 < last).join("");
}

/** Every sign of one text becomes the one at its place in another, or nothing. */
export function translate(text, from, to) {
  const [old, replacing] = [[...from], [...to]];
  return [...text].map((sign) => (old.includes(sign) ? (replacing[old.indexOf(sign)] ?? "") : sign)).join("");
}

/** Number of Unicode code points. */
export const lengthOf = (text) => [...text].length;
