import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../../../src/Thongthin/wwwroot/js/forms/expressions.js";
import "../../../src/Thongthin/wwwroot/js/forms/rare.js";
import { corpus, read } from "./corpus.js";

for (const name of ["operators-and-functions", "functions-of-odk", "nodes-and-digests", "references", "patterns", "writing"]) {
  for (const c of corpus(name)) {
    test(`${name}: ${c.expression.slice(0, 100)} with ${JSON.stringify(c.answers ?? {})}`, () => {
      const answers = c.answers ?? {};
      const valueOf = (key) => (Object.hasOwn(answers, key) ? read(answers[key]) : "");
      const fiscalYear = "fiscalYear" in c ? c.fiscalYear : 2569;
      const context = { today: c.today ?? "2026-06-11", fiscalYear, now: "2026-06-11T10:30:00+07:00" };
      const value = evaluate(c.tree, context, { current: valueOf("."), valueOf });
      assert.deepStrictEqual(value, read(c.value));
    });
  }
}

test("an unknown function is an error, not an answer", () => {
  assert.throws(() => evaluate(["nothing-like-it", 1], {}, {}), RangeError);
});
