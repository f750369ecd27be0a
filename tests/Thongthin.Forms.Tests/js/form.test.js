import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateForm } from "../../../src/Thongthin/wwwroot/js/forms/form.js";
import "../../../src/Thongthin/wwwroot/js/forms/rare.js";
import { corpus, read } from "./corpus.js";

function actual(part, expected, result) {
  const facts = (fact) => Object.fromEntries(Object.keys(expected).map((path) => [path, fact(result.fields.get(path))]));
  switch (part) {
    case "issues":
      return result.issues.map(({ code, severity, path }) => [code, severity, path]);
    case "content":
      return result.content;
    case "completeness":
      return result.completeness;
    case "relevant":
      return facts((field) => field.relevant);
    case "required":
      return facts((field) => field.required);
    default:
      return facts((field) => field.value);
  }
}

for (const form of corpus("forms")) {
  for (const c of form.cases) {
    test(`${form.name}: ${JSON.stringify(c.answers)}`, () => {
      const facts = c.facts && { unit: "1234567890", values: c.facts };
      const context = { today: c.today ?? "2026-06-11", fiscalYear: c.fiscalYear ?? 2569, facts };
      const result = evaluateForm(form.browser, c.answers, context);
      for (const [part, expected] of Object.entries(c)) {
        if (["answers", "today", "fiscalYear", "facts"].includes(part)) continue;
        const wanted = part === "values" ? Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, read(v)])) : expected;
        assert.deepStrictEqual(actual(part, expected, result), wanted, part);
      }
    });
  }
}

test("issues carry the messages of the definition", () => {
  const form = corpus("forms").find((f) => f.name === "rules");
  const { issues } = evaluateForm(form.browser, { all: -1 }, { today: "2026-06-11", fiscalYear: 2569 });
  assert.deepStrictEqual(issues[0].message, { th: "ไม่ติดลบ", en: "Not negative" });
});
