// Evaluates the trees that Thongthin.Forms writes (ExpressionJson.cs): literals are numbers and strings, everything else is an
// array whose first entry says what it is. Function for function the same as Expressions/Evaluator.cs; one corpus runs on both.

import * as v from "./values.js";
import { matchesWhole } from "./regex.js";

/**
 * @param tree parsed expression
 * @param context {today: "yyyy-mm-dd", fiscalYear: number or null}
 * @param source {current: value, valueOf(name): value}
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
  if (call) return call(at, operands, context);
  switch (head) {
    case ".":
      return source.current;
    case "$":
      return source.valueOf(operands[0]);
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
const text = (at, i) => v.toText(at(i));
const number = (at, i) => v.toNumber(at(i));
const many = (at, operands) => operands.flatMap((_, i) => v.itemsOf(at(i)));
const extreme = (at, operands, choose) => {
  const numbers = many(at, operands).map(v.toNumber);
  return numbers.length === 0 ? NaN : numbers.reduce((a, b) => choose(a, b));
};

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
  regex: (at) => matchesWhole(text(at, 0), text(at, 1)),
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
