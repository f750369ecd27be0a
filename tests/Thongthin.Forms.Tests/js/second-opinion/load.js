// Loads XForms with ODK's engine and prints, a line of JSON each, what it made of them: node load.js DIRECTORY
// {"file", "status", "error", "values": {path: text}}; values are of the calculations.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";

// The engine is made for browsers: it finds a document, and the place of a script that it does not read.
const { window } = new JSDOM("<html/>");
for (const name of ["DOMParser", "XMLSerializer", "XMLDocument", "Document", "Element", "Node", "Attr", "Text", "Comment",
  "CharacterData", "CDATASection", "XPathResult", "File", "Blob", "HTMLElement", "Event"]) globalThis[name] ??= window[name];
Object.assign(globalThis, { document: window.document, window, __dirname: "/", __filename: "/engine.js" });

const { loadForm } = await import("@getodk/xforms-engine");

function collect(node, values) {
  const { currentState: state } = node;
  if (typeof state?.value === "string") values[node.currentState.reference ?? node.definition?.nodeset] = state.value.toWellFormed();
  for (const child of state?.children ?? []) collect(child, values);
  return values;
}

const directory = process.argv[2];
for (const file of readdirSync(directory).filter((name) => name.endsWith(".xml")).sort()) {
  const answer = { file, status: "", error: null, values: {} };
  try {
    const form = await loadForm(readFileSync(join(directory, file), "utf8"));
    answer.status = form.status;
    answer.error = form.error?.message ?? null;
    if (form.status === "success") answer.values = collect(form.createInstance().root, {});
  } catch (error) {
    answer.status = "threw";
    answer.error = String(error?.message ?? error);
  }
  console.log(JSON.stringify(answer));
}
