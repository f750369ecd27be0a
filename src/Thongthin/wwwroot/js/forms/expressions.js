// Evaluates the trees that Thongthin.Forms writes (ExpressionJson.cs): literals are numbers and strings, everything else is an
// array whose first entry says what it is. Function for function the same as Expressions/Evaluator.cs; one corpus runs on both.

import * as v from "./values.js";
import { chanceOf, nodesOf, positionOf, pullData, questionOf, valueOfNodes } from "./walk.js";

/**
 * @param tree parsed expression
 * @param context {today: "yyyy-mm-dd", fiscalYear: number or null, now: "yyyy-mm-ddThh:mm:ss+07:00", seed, version,
 *   facts: {unit, values: {name: value}}}; all but today may be missing
 * @param source {current: value, valueOf(name): value}, and for paths {here: node, nodesOf(name): nodes, listNamed(name): node,
 *   listOf(question): [[name, label, columns]]}
 * @returns a value as values.js has them; every tree gives one
 */
export function evaluate(tree, context, source) {
  const value = Array.isArray(tree) ? apply(tree, context, source) : tree;
  // There is no negative zero, so that equal values are written alike.
  return value === 0 ? 0 : value;
}

function apply(tree, context, source) {
  const [head, ...operands] = tree;
  const at = (i) => evaluate(operands[i], context, source);
  const operator = operators[head];
  if (operator) return operator(at, operands);
  const call = functions[head];
  if (call) return call(at, operands, context, source);
  switch (head) {
    case ".":
      return source.focus ? source.focus.node.value : source.current;
    case "$":
      return source.valueOf(operands[0]);
    case "/":
    case "|":
    case "instance":
    case "indexed-repeat":
    case "randomize":
      return valueOfNodes(nodesOf(tree, context, source));
    case "neg":
      return -v.toNumber(at(0));
    default:
      throw new RangeError(`Unknown expression: ${head}`);
  }
}

const all = (at, operands, holds) => operands[holds]((_, i) => v.toBoolean(at(i)));
const calculate = (operation) => (at) => operation(v.toNumber(at(0)), v.toNumber(at(1)));
const comparison = (holds) => (at) => v.compare(at(0), at(1), holds);

const operators = {
  or: (at, operands) => all(at, operands, "some"),
  and: (at, operands) => all(at, operands, "every"),
  "=": (at) => v.areEqual(at(0), at(1)),
  "!=": (at) => v.areDifferent(at(0), at(1)),
  "<": comparison((a, b) => a < b),
  "<=": comparison((a, b) => a <= b),
  ">": comparison((a, b) => a > b),
  ">=": comparison((a, b) => a >= b),
  "+": calculate((a, b) => a + b),
  "-": calculate((a, b) => a - b),
  "*": calculate((a, b) => a * b),
  div: calculate((a, b) => a / b),
  mod: calculate((a, b) => a % b),
};

const filled = (value) => (v.toText(value) === "" ? "" : value);
export const text = (at, i) => v.toText(at(i));
const number = (at, i) => v.toNumber(at(i));
export const many = (at, operands) => operands.flatMap((_, i) => v.itemsOf(at(i)));
const extreme = (at, operands, choose) => {
  const numbers = many(at, operands).map(v.toNumber);
  return numbers.length === 0 ? NaN : numbers.reduce((a, b) => choose(a, b));
};

const approximately = (operation) => (at) => v.approximate(operation(number(at, 0)));
const wordAt = (words, place) => (place > -1 ? (words[Math.trunc(place)] ?? "") : "");
const within = (sum, least, most) => (least === -1 || sum >= least) && (most === -1 || sum <= most);
const isWithin = ([least, most, ...items], sumOf) =>
  most !== undefined && within(sumOf(items), v.toNumber(least), v.toNumber(most));

function cut(at, part) {
  const [whole, other] = [text(at, 0), text(at, 1)];
  const place = whole.indexOf(other);
  return place < 0 ? "" : part(whole, place, other);
}

/** Functions that few forms use are in rare.js, which pages load where a form needs them. */
export const addFunctions = (more) => Object.assign(functions, more);

const functions = {
  if: (at) => at(v.toBoolean(at(0)) ? 1 : 2),
  coalesce: (at, operands) => operands.reduce((found, _, i) => (found === "" ? filled(at(i)) : found), ""),
  not: (at) => !v.toBoolean(at(0)),
  true: () => true,
  false: () => false,
  boolean: (at) => v.toBoolean(at(0)),
  string: (at) => text(at, 0),
  number: (at) => number(at, 0),
  int: (at) => Math.trunc(number(at, 0)),
  round: (at, operands) => v.round(number(at, 0), operands.length > 1 ? number(at, 1) : 0),
  abs: (at) => Math.abs(number(at, 0)),
  today: (at, operands, context) => ({ date: context.today }),
  date: (at) => v.toDate(at(0)),
  "fiscal-year": (at, operands, context) => context.fiscalYear ?? "",
  "fiscal-year-start": (at, operands, context) => yearDay(context, 544, "10-01"),
  "fiscal-year-end": (at, operands, context) => yearDay(context, 543, "09-30"),
  selected: (at) => v.words(text(at, 0)).includes(v.trimSpaces(text(at, 1))),
  "count-selected": (at) => v.words(text(at, 0)).length,
  "string-length": (at) => v.lengthOf(text(at, 0)),
  contains: (at) => text(at, 0).includes(text(at, 1)),
  "starts-with": (at) => text(at, 0).startsWith(text(at, 1)),
  "normalize-space": (at) => v.words(text(at, 0)).join(" "),
  "ends-with": (at) => text(at, 0).endsWith(text(at, 1)),
  substr: (at, operands) => v.slice(text(at, 0), number(at, 1), operands.length > 2 ? number(at, 2) : Infinity),
  substring: (at, operands) =>
    v.substring(text(at, 0), number(at, 1), operands.length > 2 ? number(at, 2) : Infinity),
  "substring-before": (at) => cut(at, (whole, place) => whole.slice(0, place)),
  "substring-after": (at) => cut(at, (whole, place, other) => whole.slice(place + other.length)),
  translate: (at) => v.translate(text(at, 0), text(at, 1), text(at, 2)),
  "boolean-from-string": (at) => ["true", "1"].includes(text(at, 0).toLowerCase()),
  "selected-at": (at) => wordAt(v.words(text(at, 0)), number(at, 1)),
  join: (at, operands) => {
    const [separator = "", ...rest] = many(at, operands).map(v.toText);
    return rest.join(separator);
  },
  floor: (at) => Math.floor(number(at, 0)),
  ceiling: (at) => Math.ceil(number(at, 0)),
  sqrt: (at) => Math.sqrt(number(at, 0)),
  pi: () => Math.PI,
  pow: (at) => v.approximate(Math.pow(number(at, 0), number(at, 1))),
  exp: approximately(Math.exp),
  exp10: approximately((value) => Math.pow(10, value)),
  log: approximately(Math.log),
  log10: approximately(Math.log10),
  sin: approximately(Math.sin),
  cos: approximately(Math.cos),
  tan: approximately(Math.tan),
  asin: approximately(Math.asin),
  acos: approximately(Math.acos),
  atan: approximately(Math.atan),
  atan2: (at) => v.approximate(Math.atan2(number(at, 0), number(at, 1))),
  once: (at, operands, context, { current }) => (v.isEmpty(current) ? at(0) : current),
  checklist: (at, operands) => isWithin(many(at, operands), (items) => items.filter(v.toBoolean).length),
  "weighted-checklist": (at, operands) =>
    isWithin(many(at, operands), (items) =>
      items.reduce((sum, item, i) => (i % 2 === 1 && v.toBoolean(items[i - 1]) ? sum + v.toNumber(item) : sum), 0),
    ),
  now: (at, operands, context) => context.now ?? "",
  position: (at, operands, context, source) => positionOf(operands, context, source),
  last: (at, operands, context, { focus }) => focus?.size ?? 1,
  current: (at, operands, context, { current }) => current,
  pulldata: pullData,
  "jr:choice-name": (at, operands, context, { listOf }) => {
    const name = text(at, 0);
    return listOf?.(questionOf(operands[1]))?.find(([choice]) => choice === name)?.[1] ?? "";
  },
  random: (at, operands, context, source) => chanceOf(context, source).next(),
  uuid: (at, operands, context, source) => {
    const length = operands.length > 0 ? number(at, 0) : null;
    const chance = chanceOf(context, source);
    return length === null ? chance.uuid() : chance.text(Math.min(Math.max(Math.trunc(length) || 0, 0), 100));
  },
  version: (at, operands, context) => context.version ?? "",
  concat: (at, operands) => many(at, operands).map(v.toText).join(""),
  count: (at, operands) => many(at, operands).length,
  "count-non-empty": (at, operands) => many(at, operands).filter((value) => !v.isEmpty(value)).length,
  sum: (at, operands) => many(at, operands).reduce((sum, value) => sum + v.toNumber(value), 0),
  min: (at, operands) => extreme(at, operands, Math.min),
  max: (at, operands) => extreme(at, operands, Math.max),
};

function yearDay({ fiscalYear }, offset, day) {
  return fiscalYear == null ? "" : { date: `${String(fiscalYear - offset).padStart(4, "0")}-${day}` };
}
