import assert from "node:assert/strict";
import { test } from "node:test";
import { accept, changesOf, isUnsent, merge, newKey, nextSave } from "../../../src/Thongthin/wwwroot/js/offline/state.js";

const sheet = (changes = {}) => ({
  address: "/a",
  title: "t",
  revision: 1,
  newest: 1,
  known: {},
  shown: { roads: "1", bridges: "" },
  shownRows: [],
  fields: { roads: "1", bridges: "" },
  rows: [],
  request: null,
  submitted: null,
  create: null,
  ...changes,
});

const typing = (state, fields) => ({ ...state, fields: { ...state.fields, ...fields } });

/** The save goes out, and something comes back for it. */
function sent(state, answer) {
  state.request = nextSave(state);
  accept(state, state.request, answer);
  return state;
}

test("a key is a UUID of version 7 and keeps the order of time", () => {
  const [early, late] = [newKey(1_000_000), newKey(2_000_000)];
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(early < late);
});

test("what was not touched is not sent", () => {
  assert.equal(nextSave(sheet()), null);
  assert.deepEqual(nextSave(typing(sheet(), { bridges: "4" })).fields, { bridges: "4" });
});

test("rows that came and went are sent, one that came and went unsent is not", () => {
  const state = sheet({ shownRows: ["road[a]"], rows: ["road[b]"] });
  assert.deepEqual(changesOf(state), { fields: {}, added: ["road[b]"], removed: ["road[a]"] });
  assert.ok(!isUnsent({ ...state, rows: ["road[a]"] }));
});

test("a row removed while its adding is on the way is removed by the next save", () => {
  const state = sheet({ rows: ["road[b]"] });
  state.request = nextSave(state);
  state.rows = [];
  assert.deepEqual(changesOf(state).removed, ["road[b]"]);
});

test("a field put back while its save is on the way is sent again, naming that save", () => {
  const state = typing(sheet(), { roads: "2" });
  state.request = nextSave(state);
  const next = nextSave(typing(state, { roads: "1" }));
  assert.deepEqual(next.fields, { roads: "1" });
  assert.equal(next.follows, state.request.key);
});

test("stored alone: the base moves on", () => {
  const state = sent(typing(sheet(), { roads: "2" }), { stored: true, revision: 2 });
  assert.deepEqual([state.revision, state.known, isUnsent(state)], [2, {}, false]);
});

test("stored beside another's save: the base stays, only the own field is known", () => {
  const state = sent(typing(sheet(), { roads: "2" }), { stored: true, revision: 3 });
  assert.deepEqual([state.revision, state.newest, state.known], [1, 3, { roads: 3 }]);
});

test("nothing differed from what another stored meanwhile: that is known", () => {
  const state = sent(typing(sheet(), { roads: "2" }), { stored: false, revision: 2 });
  assert.deepEqual([state.revision, state.known], [1, { roads: 2 }]);
});

test("a kept copy of the page, older than what was stored since, shows what was stored", () => {
  const kept = sheet({ newest: 4, revision: 4, shown: { roads: "9" }, fields: { roads: "9", bridges: "" } });
  assert.equal(merge(sheet(), kept).fields.roads, "9");
});

test("the server's page with nothing unsent is right as it is", () => {
  const page = sheet({ newest: 5, revision: 5, shown: { roads: "5" }, fields: { roads: "5" } });
  assert.equal(merge(page, sheet()), page);
});

test("what was typed stays over the server's page, on the revision that it started from", () => {
  const kept = typing(sheet(), { roads: "7" });
  const page = sheet({ newest: 5, revision: 5, shown: { roads: "5", bridges: "3" }, fields: { roads: "5", bridges: "3" } });
  const merged = merge(page, kept);
  assert.deepEqual(merged.fields, { roads: "7", bridges: "3" });
  assert.deepEqual([merged.revision, merged.known], [1, { bridges: 5 }]);
  assert.deepEqual(nextSave(merged).fields, { roads: "7" });
});

test("a row that somebody removed comes back with what was typed into it, for the server to decide", () => {
  const path = "road[a].road_name";
  const kept = typing(sheet({ shown: { [path]: "x" }, fields: { [path]: "x" }, shownRows: ["road[a]"], rows: ["road[a]"] }), { [path]: "y" });
  const merged = merge(sheet({ newest: 2, revision: 2 }), kept);
  assert.deepEqual([merged.rows, changesOf(merged).added], [["road[a]"], ["road[a]"]]);
});

test("a save that was tried before is kept with its key", () => {
  const kept = typing(sheet(), { roads: "7" });
  kept.request = nextSave(kept);
  assert.equal(merge(sheet({ newest: 2, revision: 2 }), kept).request.key, kept.request.key);
});
