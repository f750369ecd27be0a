// What a person typed and what is stored, the same as Thongthin.Forms/Answers/TypedAnswer.cs and TypedDate.cs.

import { parseMoment, parsePlaces, parseTime } from "./typed.js";
import { dayNumber, daysInMonth, formatNumber, isDate, toDate, toNumber, toText, words } from "./values.js";

const LARGEST_WHOLE = 9007199254740991;

/** Thai digits become Arabic ones. */
export const arabicDigits = (text) =>
  text.replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0e50 + 0x30));

/**
 * The stored value of what was typed; null when nothing is left: no answer. What cannot be read is {_raw: text}.
 * @param type of the question, as XLSForm names it
 * @param names of the choices of its list, null where any is one, else undefined
 * @param texts of a long list: what a person reads → name
 */
export function parseTyped(type, typed, names, texts) {
  const text = clean(typed);
  if (text === "") return null;
  switch (type) {
    case "integer":
      return parseNumber(text, true) ?? { _raw: text };
    case "decimal":
    case "range":
      return parseNumber(text, false) ?? { _raw: text };
    case "date":
      return parseDate(text) ?? { _raw: text };
    case "time":
      return parseTime(arabicDigits(text)) ?? { _raw: text };
    case "dateTime":
      return parseMoment(arabicDigits(text), parseDate) ?? { _raw: text };
    case "select_one":
      if (isChoice(text, names)) return text;
      return texts && Object.hasOwn(texts, text) ? texts[text] : { _raw: text };
    case "select_multiple":
    case "rank":
      return parseChoices(type, text, names);
    case "geopoint":
    case "geotrace":
    case "geoshape":
      return parsePlaces(type, arabicDigits(text)) ?? { _raw: text };
    case "acknowledge":
      return /^(ok|yes|true|on|1)$/i.test(text) ? "OK" : { _raw: text };
    case "image":
    case "audio":
    case "video":
    case "file":
      return parseFile(text) ?? { _raw: text };
    default:
      return text;
  }
}

/** The file that the page put into its field: the stored value as text. */
function parseFile(text) {
  try {
    const file = text.startsWith("{") ? JSON.parse(text) : null;
    if (!isFile(file)) return null;
    return { _file: file._file.toLowerCase(), name: file.name, size: file.size ?? 0, type: file.type ?? "" };
  } catch {
    return null;
  }
}

/** The text of a form field for a stored value. */
export function toRaw(stored) {
  if (stored === null || stored === undefined) return "";
  if (Array.isArray(stored)) return stored.join(" ");
  if (typeof stored === "object") return isFile(stored) ? stored.name : (stored._raw ?? "");
  return typeof stored === "number" ? formatNumber(stored) : String(stored);
}

function clean(typed) {
  const text = typed
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  return text.replace(/^[ \t\n\u00a0\u200b\ufeff]+/, "").replace(/[ \t\n\u00a0\u200b\ufeff]+$/, "");
}

function parseNumber(text, wholeOnly) {
  const body = arabicDigits(text).replace(/−/g, "-").replace(/[\u00a0 ]/g, "");
  if (!/^[-+]?(\d*|\d{1,3}(,\d{3})+)(\.\d*)?$/.test(body) || !/\d/.test(body)) return null;
  const plain = body.replace(/,/g, "");
  const value = Number(plain);
  const digits = plain.replace(/[-+.]/g, "").replace(/^0+/, "");
  const significant = (plain.includes(".") ? digits.replace(/0+$/, "") : digits).length;
  if (Math.abs(value) > LARGEST_WHOLE || significant > 16 || (wholeOnly && !Number.isInteger(value))) return null;
  return value === 0 ? 0 : value;
}

const isChoice = (name, names) => names === null || (names !== undefined && names.includes(name));

// In the list's order, so that the same choices are the same value. The order of a rank is the answer.
function parseChoices(type, text, names) {
  const chosen = [...new Set(text.split(/[ \t\n]+/).filter((name) => name !== ""))];
  if (chosen.some((name) => !isChoice(name, names))) return { _raw: text };
  return type === "rank" || !names ? chosen : chosen.sort((a, b) => names.indexOf(a) - names.indexOf(b));
}

const MONTHS = new Map(
  [
    "มกราคม มค january jan",
    "กุมภาพันธ์ กพ february feb",
    "มีนาคม มีค march mar",
    "เมษายน เมย april apr",
    "พฤษภาคม พค may",
    "มิถุนายน มิย june jun",
    "กรกฎาคม กค july jul",
    "สิงหาคม สค august aug",
    "กันยายน กย september sep sept",
    "ตุลาคม ตค october oct",
    "พฤศจิกายน พย november nov",
    "ธันวาคม ธค december dec",
  ].flatMap((names, i) => names.split(" ").map((name) => [name, i + 1])),
);

/** ISO day of a date as people write it, years over 2400 being Buddhist; null when it is none. */
export function parseDate(typed) {
  let text = arabicDigits(typed).toLowerCase();
  for (const noise of ["พ.ศ.", "พศ.", "ค.ศ.", "วันที่", ","]) text = text.replaceAll(noise, " ");
  let parts = text.split(/[ /\-\u00a0\t\n]+/).filter((part) => part !== "");
  if (parts.length === 1) parts = parts[0].split(".").filter((part) => part !== "");
  if (parts.length !== 3) return null;
  const [year, month, day] = parts[0].length === 4 ? parts : [parts[2], parts[1], parts[0]];
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(day)) return null;
  return isoDay(Number(year), monthOf(month), Number(day));
}

function monthOf(text) {
  return MONTHS.get(text.replaceAll(".", "")) ?? (/^\d{1,2}$/.test(text) ? Number(text) : NaN);
}

function isoDay(year, month, day) {
  const gregorian = year > 2400 ? year - 543 : year;
  const exists =
    gregorian >= 1800 && gregorian <= 2300 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(gregorian, month);
  return exists ? `${gregorian}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` : null;
}

// Stored values as expressions see them, the same as Validation/AnswerValue.cs.

/** Whether a stored value says which attached file it is. */
export const isFile = (stored) =>
  typeof stored === "object" &&
  stored !== null &&
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(stored._file) &&
  typeof stored.name === "string" &&
  stored.name !== "";

const namesIn = (stored) => (Array.isArray(stored) ? stored.filter((name) => typeof name === "string") : []);

/** Empty when there is no answer or it is not readable. */
export function valueOf(type, stored) {
  switch (type) {
    case "integer":
    case "decimal":
    case "range":
      return Number.isFinite(stored) ? stored : "";
    case "date":
      return typeof stored === "string" && !Number.isNaN(dayNumber(stored)) ? { date: stored } : "";
    case "select_multiple":
    case "rank":
      return namesIn(stored).join(" ");
    case "image":
    case "audio":
    case "video":
    case "file":
      return isFile(stored) ? stored.name : "";
    default:
      return typeof stored === "string" ? stored : "";
  }
}

const PROBLEMS = {
  time: "not_a_time",
  dateTime: "not_a_moment",
  geopoint: "not_a_place",
  geotrace: "not_a_place",
  geoshape: "not_a_place",
  acknowledge: "not_a_choice",
};

/** The code of what is wrong with a stored value; null when it is readable or missing. */
export function problemOf(type, stored, names) {
  if (stored === null || stored === undefined) return null;
  switch (type) {
    case "integer":
      if (Number.isInteger(stored)) return null;
      return Number.isFinite(stored) || typeof parseTyped("decimal", String(stored._raw ?? "")) === "number"
        ? "not_whole"
        : "not_a_number";
    case "decimal":
    case "range":
      return Number.isFinite(stored) ? null : "not_a_number";
    case "date":
      return typeof stored === "string" && !Number.isNaN(dayNumber(stored)) ? null : "not_a_date";
    case "select_one":
      return typeof stored === "string" && isChoice(stored, names) ? null : "not_a_choice";
    case "select_multiple":
    case "rank":
      return Array.isArray(stored) && stored.every((name) => typeof name === "string" && isChoice(name, names))
        ? null
        : "not_a_choice";
    case "image":
    case "audio":
    case "video":
    case "file":
      return isFile(stored) ? null : "not_a_file";
    case "time":
    case "dateTime":
    case "geopoint":
    case "geotrace":
    case "geoshape":
    case "acknowledge":
      return typeof stored === "string" && typeof parseTyped(type, stored) === "string" ? null : PROBLEMS[type];
    default:
      return typeof stored === "string" ? null : "constraint";
  }
}

/** The result of a calculation as the question's type keeps it; empty where it cannot. */
export function calculated(type, value, names) {
  const single = typeof value === "object" && "nodes" in value ? (value.nodes[0] ?? "") : value;
  const finite = (number) => (Number.isFinite(number) ? number : "");
  switch (type) {
    case "calculate":
      return typeof single === "number" ? finite(single) : single;
    case "decimal":
    case "range":
      return finite(toNumber(single));
    case "integer":
      return Number.isInteger(toNumber(single)) ? toNumber(single) : "";
    case "date":
      return toDate(single);
    default:
      return valueOf(type, parseTyped(type, toText(single), names));
  }
}

/**
 * A value as it stands in certified content; undefined when it is empty.
 * @param stored the answer that it came from: a file is kept whole
 */
export function contentOf(type, value, names, stored) {
  if (value === "" || (typeof value === "number" && !Number.isFinite(value))) return undefined;
  if (isFile(stored)) return stored;
  if (type === "rank") return words(value);
  if (type === "select_multiple") {
    return words(value).sort((a, b) => (names ?? []).indexOf(a) - (names ?? []).indexOf(b));
  }
  return isDate(value) ? value.date : value;
}
