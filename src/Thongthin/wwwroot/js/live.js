// While typing: what applies appears and disappears, calculations follow, and a broken rule is said when the field is left.
// The rules are the form's own, evaluated by js/forms as the server evaluates them; the server decides again at every save.
// A complaint that is settled goes at once; a new one waits until the field is left. What is missing is said only after a
// check, so that a form just opened is not full of errors.

import { toRaw, parseTyped } from "./forms/answers.js";
import { evaluateForm } from "./forms/form.js";
import { toText, isDate } from "./forms/values.js";
import { typed } from "./sheet.js";

const PATH = /^(?:([\w-]+)\[([0-9a-f-]{36})\]\.)?([\w-]+)$/i;
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
  const isCheck = form.dataset.check === "true";
  const response = await fetch(form.dataset.form, { credentials: "same-origin" });
  if (!response.ok) return;
  const definition = await response.json();
  const byName = new Map(definition.nodes.map((node) => [node.name, node]));
  const namesOf = (node) => definition.lists[node.list];

  const stored = (node, raw) => parseTyped(node.type, raw, namesOf(node));

  /** The answers that stand in the form now, as they would be stored. */
  function answers() {
    const sheet = {};
    const rows = new Map();
    for (const element of form.querySelectorAll("[data-row]")) {
      const [, repeat, id] = /^([\w-]+)\[(.+)\]$/.exec(element.dataset.row);
      const row = { _id: id };
      rows.set(id, row);
      (sheet[repeat] ??= []).push(row);
    }
    for (const [path, raw] of typed(form)) {
      const [, , id, name] = PATH.exec(path) ?? [];
      const node = byName.get(name);
      const value = node && stored(node, raw);
      if (value !== null && value !== undefined) (id ? rows.get(id) : sheet)[name] = value;
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

  /** @param left whether the field was left: new complaints are said */
  function showMessages(element, issues, left) {
    const path = element.dataset.path;
    for (const [kind, severity] of [["error", "block"], ["warning", "warn"]]) {
      const place = element.querySelector(`[data-${kind}]`);
      if (!place) continue;
      const messages = issues.filter((issue) => issue.severity === severity).map((issue) => issue.message[language]);
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

  function refresh() {
    const result = evaluateForm(definition, answers(), context);
    showRelevance(result);
    showCalculated(result);
    showParts(result);
    return result;
  }

  const pathOf = (control) => control.closest("[data-question]")?.dataset.path;

  form.addEventListener("input", (event) => {
    if (pathOf(event.target)) touched.add(pathOf(event.target));
    showIssues(refresh(), false);
  });
  form.addEventListener("change", (event) => {
    const control = event.target;
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
