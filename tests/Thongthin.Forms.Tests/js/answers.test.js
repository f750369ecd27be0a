import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTyped, toRaw } from "../../../src/Thongthin/wwwroot/js/forms/answers.js";
import { corpus } from "./corpus.js";

for (const c of corpus("typed-answers")) {
  test(`${c.type} ${JSON.stringify(c.raw)}`, () => {
    assert.deepStrictEqual(parseTyped(c.type, c.raw, c.names), c.stored);
    assert.deepStrictEqual(parseTyped(c.type, toRaw(c.stored), c.names), c.stored);
  });
}
