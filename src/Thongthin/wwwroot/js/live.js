// While typing: what applies appears and disappears, calculations follow, and a broken rule is said when the field is left.
// The rules are the form's own, evaluated by js/forms as the server evaluates them; the server decides again at every save.
// A complaint that is settled goes at once; a new one waits until the field is left. What is missing is said only after a
// check, so that a form just opened is not full of errors.

import { toRaw, parseTyped } from "./forms/answers.js";
import { evaluateForm } from "./forms/form.js";
import { toText, isDate } from "./forms/values.js";
import { typed } from "./sheet.js";

const GROUPED = 1000;
const GROUPED_WITHOUT_UNIT = 10000;

const MONTHS = {
  th: "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

/** A number as the page writes it: grouped where it has a unit; without one only large ones, so that a year stays a year. */
function group(raw, hasUnit) {
  if (!/^-?\d+(\.\d+)?$/.test(raw) || Math.abs(Number(raw)) < (hasUnit ? GROUPED : GROUPED_WITHOUT_UNIT)) return raw;
  const [whole, fraction] = raw.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}

export async function startLive(form) {
  const { language, digits } = form.dataset;
  const context = { today: form.dataset.today, fiscalYear: Number(form.dataset.fiscalYear), now: form.dataset.now };
  if (form.dataset.facts) context.facts = JSON.parse(form.dataset.facts);
  const isCheck = form.dataset.check === "true";
  const response = await fetch(form.dataset.form, { credentials: "same-origin" });
  if (!response.ok) return;
  const definition = await response.json();
  if (definition.rare) await import("./forms/rare.js");
  const byName = new Map(definition.nodes.map((node) => [node.name, node]));
  const namesOf = (node) => definition.lists[node.list];

  const stored = (node, raw) =>
    parseTyped(node.type, raw, node.choicesFrom === undefined ? namesOf(node) : null, definition.texts?.[node.list]);

  /** The answers that stand in the form now, as they would be stored. */
  function answers() {
    const sheet = {};
    const rows = new Map([["", sheet]]);
    for (const element of form.querySelectorAll("[data-row]")) {
      const path = element.dataset.row;
      const [, outer, repeat, id] = /^(?:(.*)\.)?([\w-]+)\[([^\]]+)\]$/.exec(path);
      const row = { _id: id };
      rows.set(path, row);
      (rows.get(outer ?? "")[repeat] ??= []).push(row);
    }
    for (const [path, raw] of typed(form)) {
      const dot = path.lastIndexOf(".");
      const name = path.slice(dot + 1);
      const node = byName.get(name);
      const value = node && stored(node, raw);
      if (value !== null && value !== undefined) rows.get(path.slice(0, Math.max(dot, 0)))[name] = value;
    }
    return sheet;
  }

  function words(value, hasUnit) {
    if (isDate(value)) {
      const [year, month, day] = value.date.split("-").map(Number);
      return `${day} ${MONTHS[language][month - 1]} ${language === "th" ? year + 543 : year}`;
    }
    return group(toText(value), hasUnit);
  }

  const inDigits = (text) =>
    digits === "thai" ? text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit))) : text;

  function showCalculated(result) {
    for (const output of form.querySelectorAll("output[data-calculated]")) {
      const field = result.fields.get(output.id);
      if (!field) continue;
      const text = words(field.value, Boolean(output.dataset.unit));
      output.textContent = text === "" ? "" : `${inDigits(text)} ${output.dataset.unit ?? ""}`.trim();
    }
  }

  function showRelevance(result) {
    for (const element of form.querySelectorAll("[data-path], [data-node]")) {
      const field = result.fields.get(element.dataset.path ?? element.dataset.node);
      if (!field) continue;
      element.hidden = !field.relevant;
      const mark = element.dataset.path && element.querySelector("[data-required]");
      if (mark) mark.hidden = !field.required;
    }
  }

  function describe(control, id, applies) {
    const ids = new Set((control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    if (applies) ids.add(id);
    else ids.delete(id);
    if (ids.size > 0) control.setAttribute("aria-describedby", [...ids].join(" "));
    else control.removeAttribute("aria-describedby");
  }

  // The server writes a place for messages only where it has one to say.
  function placeFor(element, kind) {
    const place = document.createElement("span");
    place.className = `field-${kind}`;
    place.dataset[kind] = "";
    place.id = `${element.dataset.path}-${kind}`;
    place.hidden = true;
    element.querySelector(":scope > :is(label, legend)").after(place);
    return place;
  }

  /** @param left whether the field was left: new complaints are said */
  function showMessages(element, issues, left) {
    const path = element.dataset.path;
    for (const [kind, severity] of [["error", "block"], ["warning", "warn"]]) {
      const messages = issues.filter((issue) => issue.severity === severity).map((issue) => issue.message[language]);
      const place = element.querySelector(`:scope > [data-${kind}]`) ?? (messages.length > 0 ? placeFor(element, kind) : null);
      if (!place) continue;
      if (messages.length > 0 && place.hidden && !left) continue;
      place.hidden = messages.length === 0;
      place.textContent = messages.join(" · ");
      for (const control of element.querySelectorAll("input, select, textarea")) {
        describe(control, `${path}-${kind}`, messages.length > 0);
        if (kind !== "error") continue;
        if (messages.length > 0) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
      if (kind === "error") element.classList.toggle("field-invalid", messages.length > 0);
    }
  }

  const touched = new Set();

  function showIssues(result, left) {
    const issues = Map.groupBy
      ? Map.groupBy(result.issues, (issue) => issue.path)
      : result.issues.reduce((map, issue) => map.set(issue.path, [...(map.get(issue.path) ?? []), issue]), new Map());
    for (const element of form.querySelectorAll("[data-question]")) {
      const path = element.dataset.path;
      const shown = (issues.get(path) ?? []).filter(
        (issue) => isCheck || !["required", "no_rows"].includes(issue.code));
      if (touched.has(path)) showMessages(element, shown, left);
    }
  }

  function showParts(result) {
    for (const place of document.querySelectorAll("[data-part]")) {
      const part = result.parts.get(place.dataset.part);
      if (!part) continue;
      place.hidden = part.required === 0;
      place.textContent = inDigits(
        place.dataset.template.replace("%a", part.requiredAnswered).replace("%b", part.required));
    }
  }

  /** Choices that go with the other answers: lists are written anew, boxes come and go. */
  function showChoices(result) {
    const filtered = form.querySelectorAll("[data-filtered], [data-box]");
    if (filtered.length === 0) return;
    const choices = result.choices();
    for (const element of filtered) {
      const field = element.closest("[data-question]");
      const names = choices.get(field?.dataset.path);
      if (!names) continue;
      if (element.hasAttribute("data-box")) {
        const box = element.querySelector("input");
        element.hidden = !box.checked && !names.includes(box.value);
      } else {
        writeOptions(element, names, byName.get(field.dataset.question));
      }
    }
  }

  function writeOptions(select, names, node) {
    const now = [...select.options].slice(1).map((option) => option.value);
    const wanted = select.value === "" || names.includes(select.value) ? names : [select.value, ...names];
    if (now.join(" ") === wanted.join(" ")) return;
    const labels = new Map((definition.items?.[node.list] ?? []).map(([name, th, , en]) => [name, language === "en" ? en : th]));
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...wanted.map((name) => new Option(labels.get(name) ?? name, name)));
    select.value = chosen;
  }

  const rawOf = (node, text) => toRaw(stored(node, text));

  /** Whether a number moved further from last year's than its bound: the same as Schema/YearBound.cs. */
  function isBeyond(bound, before, now) {
    const [, sign, amount, percent] = /^([-+±])([\d.]+)(%?)$/.exec(bound);
    const change = now - before;
    if (!Number.isFinite(change) || change === 0 || (change < 0 && sign === "+") || (change > 0 && sign === "-")) return false;
    return Math.abs(change) > (percent ? (Math.abs(before) * Number(amount)) / 100 : Number(amount)) * (1 + 1e-12);
  }

  /** What may be said about last year's value: that nothing changed, or why so much did. */
  function showRemarks(result) {
    const texts = typed(form);
    for (const previous of form.querySelectorAll("[data-previous]")) {
      const field = previous.closest("[data-path]");
      const node = byName.get(field.dataset.question ?? field.dataset.path.split(".").at(-1));
      if (!node) continue;
      const before = rawOf(node, previous.dataset.previous);
      const same = previous.querySelector("[data-same]");
      if (same) same.hidden = rawOf(node, texts.get(field.dataset.path) ?? "") !== before;
      const reason = field.querySelector("[data-reason]");
      if (!reason) continue;
      const now = result.fields.get(field.dataset.path)?.value;
      const asks = typeof now === "number" && isBeyond(reason.dataset.bound, parseTyped("decimal", before), now);
      reason.hidden = !asks && reason.querySelector("input").value === "";
    }
    for (const place of document.querySelectorAll("[data-unconfirmed]")) {
      const part = form.querySelector(`[data-node="${CSS.escape(place.dataset.unconfirmed)}"]`);
      const open = [...(part?.querySelectorAll("[data-same]:not([hidden]) input:not(:checked)") ?? [])];
      const count = open.filter((box) => !box.closest("[data-path][hidden], [data-node][hidden]")).length;
      place.hidden = count === 0;
      place.textContent = inDigits(place.dataset.template.replace("%", count));
    }
  }

  // "All of this part as last year": its boxes are ticked here instead of asking the server for the page.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_same]");
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    for (const box of button.closest("[data-node]").querySelectorAll("[data-same]:not([hidden]) input")) box.checked = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  function refresh() {
    const result = evaluateForm(definition, answers(), context);
    showRelevance(result);
    showCalculated(result);
    showParts(result);
    showChoices(result);
    showRemarks(result);
    return result;
  }

  const pathOf = (control) => control.closest("[data-question]")?.dataset.path;

  form.addEventListener("input", (event) => {
    if (pathOf(event.target)) touched.add(pathOf(event.target));
    showIssues(refresh(), false);
  });
  form.addEventListener("change", (event) => {
    const control = event.target;
    if (control === form) {
      refresh();
      return;
    }
    if (pathOf(control)) touched.add(pathOf(control));
    if (control.hasAttribute("data-number")) {
      const node = byName.get(control.closest("[data-question]").dataset.question);
      const value = stored(node, control.value);
      if (typeof value === "number") control.value = group(toRaw(value), control.parentElement.querySelector(".input-group-text") !== null);
    }
    showIssues(refresh(), true);
  });
  refresh();
}
