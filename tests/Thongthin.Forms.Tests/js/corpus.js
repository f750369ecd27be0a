// Reads the corpus that the C# tests read too.

import { readFileSync } from "node:fs";

export function corpus(name) {
  return JSON.parse(readFileSync(new URL(`../Corpus/${name}.json`, import.meta.url), "utf8"));
}

/** A value as the corpus writes it, as the modules have it: {number: "NaN"} is NaN. */
export function read(json) {
  if (typeof json === "object" && json !== null) {
    if ("number" in json) return Number(json.number);
    if ("nodes" in json) return { nodes: json.nodes.map(read) };
  }
  return json;
}
