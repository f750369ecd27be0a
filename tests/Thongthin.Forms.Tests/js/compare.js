// Computes again what C# computed: node compare.js FILE, one JSON case a line. Prints every difference; exit code 1 if any.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseTyped } from "../../../src/Thongthin/wwwroot/js/forms/answers.js";
import { evaluate } from "../../../src/Thongthin/wwwroot/js/forms/expressions.js";
import { evaluateForm } from "../../../src/Thongthin/wwwroot/js/forms/form.js";
import { matchesWhole } from "../../../src/Thongthin/wwwroot/js/forms/regex.js";
import "../../../src/Thongthin/wwwroot/js/forms/rare.js";
import { read } from "./corpus.js";

const definitions = new Map();

const compute = {
  expression({ tree, answers, context }) {
    const valueOf = (key) => (Object.hasOwn(answers, key) ? read(answers[key]) : "");
    return write(evaluate(tree, context, { current: valueOf("."), valueOf }));
  },
  pattern: ({ text, pattern }) => matchesWhole(text, pattern),
  typed: ({ type, raw, names }) => parseTyped(type, raw, names),
  definition({ definition }) {
    definitions.set(definition.id, definition);
    return true;
  },
  form({ form, answers, context }) {
    const { fields, issues, content, completeness, parts } = evaluateForm(definitions.get(form), answers, context);
    return {
      fields: Object.fromEntries(
        [...fields].map(([path, f]) => [path, [f.relevant, f.required, write(f.value)]]),
      ),
      issues: issues.map(({ code, severity, path, message }) => [code, severity, path, message.th, message.en]),
      content,
      completeness,
      parts: Object.fromEntries(parts),
    };
  },
};

/** A value as JSON can say it. */
function write(value) {
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (typeof value === "object" && "nodes" in value) return { nodes: value.nodes.map(write) };
  return value;
}

let differences = 0;
let cases = 0;
for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter((l) => l !== "")) {
  const c = JSON.parse(line);
  cases++;
  try {
    assert.deepStrictEqual(compute[c.kind](c), c.expected);
  } catch (error) {
    differences++;
    if (differences <= 20) console.log(`${line.slice(0, 2000)}\n${error.message}\n`);
  }
}
console.log(`${cases} cases, ${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;
