// Functions that few forms use: moments, places, patterns, digests. Loaded before a form that needs one of them.

import { digest, fromBase64 } from "./digest.js";
import { addFunctions, many, text } from "./expressions.js";
import { dayFraction, formatMoment, momentDays, momentText, parseMomentValue } from "./moments.js";
import { area, distance, isInside } from "./places.js";
import { matchesWhole } from "./regex.js";
import { toText } from "./values.js";

function ofMoment(at, use, otherwise) {
  const moment = parseMomentValue(at(0));
  return moment === null ? otherwise : use(moment);
}

const format = (at) => ofMoment(at, (moment) => formatMoment(moment, text(at, 1)), "");

addFunctions({
  "date-time": (at) => ofMoment(at, momentText, ""),
  "decimal-date-time": (at) => ofMoment(at, momentDays, NaN),
  "decimal-time": (at) => dayFraction(at(0)),
  "format-date": format,
  "format-date-time": format,
  distance: (at, operands) => distance(many(at, operands).map(toText)),
  area: (at, operands) => area(many(at, operands).map(toText)),
  geofence: (at) => isInside(text(at, 0), text(at, 1)),
  digest: (at, operands) => digest(text(at, 0), text(at, 1), operands.length > 2 ? text(at, 2) : "base64"),
  "base64-decode": (at) => fromBase64(text(at, 0)),
  regex: (at) => matchesWhole(text(at, 0), text(at, 1)),
});
