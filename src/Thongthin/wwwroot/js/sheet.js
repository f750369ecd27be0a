// What stands in the entry form: its texts by path, its rows, and how to put others there. A row that a script adds is a
// copy of the blank one that the server wrote beside each repeat; its id is permanent, so no server is asked for it.

const PREFIX = "f.";
// The ids of blank rows by level: f…, e… inside it, d… inside that.
const BLANK_ROWS = [..."fed"].map((digit) => "ffffffff-ffff-ffff-ffff-ffffffffffff".replaceAll("f", digit));
const MOST_ROWS = 500;

/** path → raw text, several choices joined by a space. */
export function typed(form) {
  const values = new Map();
  for (const control of form.elements) {
    if (!control.name?.startsWith(PREFIX)) continue;
    const path = control.name.slice(PREFIX.length);
    if (control.type === "radio" || control.type === "checkbox") {
      const before = values.get(path) ?? "";
      values.set(path, control.checked ? `${before} ${control.value}`.trim() : before);
    } else if (control.localName === "select" && values.has(path)) {
      // A rank: one list for every place.
      values.set(path, `${values.get(path)} ${control.value}`.trim());
    } else {
      // Line breaks as the server stores them: a text area is sent with \r\n and read back with \n.
      values.set(path, control.value.replace(/\r\n?/g, "\n"));
    }
  }
  return values;
}

/** Paths of the rows, in order. */
export const rowsIn = (form) => Array.from(form.querySelectorAll("[data-row]"), (row) => row.dataset.row);

/** Puts a text where it belongs; whether there is such a field. */
export function fill(form, path, text) {
  const controls = Array.from(form.elements).filter((control) => control.name === PREFIX + path);
  const names = text.split(" ");
  for (const [i, control] of controls.entries()) {
    if (control.type === "checkbox") control.checked = names.includes(control.value);
    else if (control.type === "radio") control.checked = control.value === text;
    else if (control.localName === "select") setChoice(control, controls.length > 1 ? (names[i] ?? "") : text);
    else control.value = text;
  }
  return controls.length > 0;
}

// A filtered list may not have the choice yet: it comes with the answers that the filter reads.
function setChoice(select, name) {
  if (name !== "" && ![...select.options].some((option) => option.value === name)) select.add(new Option(name, name));
  select.value = name;
}

/** What the fields are called on the page: for the day when their page cannot be opened for typing any more. */
export function labelsOf(form, paths) {
  const labelOf = (path) => form.querySelector(`[data-path="${CSS.escape(path)}"] :is(label, legend)`)?.firstChild;
  return Object.fromEntries(paths.map((path) => [path, labelOf(path)?.textContent.trim() ?? path]));
}

const templateOf = (form, repeat) => form.querySelector(`template[data-rows="${CSS.escape(repeat)}"]`);

/** The new row, without its focus; null when this repeat gets its rows from the server. */
export function addRow(form, path) {
  const ids = [...path.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]);
  const place = path.slice(0, path.lastIndexOf("["));
  const repeat = place.split(".").at(-1);
  const template = templateOf(form, repeat);
  const list = document.getElementById(place);
  if (!template || !list) return null;
  const copy = document.createElement("template");
  copy.innerHTML = ids.reduce((html, id, level) => html.replaceAll(BLANK_ROWS[level], id), template.innerHTML);
  list.querySelector(":scope > p.muted")?.setAttribute("hidden", "");
  list.append(copy.content);
  const row = list.lastElementChild;
  number(form, place);
  row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  return row;
}

export function removeRow(form, path) {
  const row = document.getElementById(path);
  const list = row?.parentElement;
  row?.remove();
  if (!list) return;
  if (!list.querySelector("[data-row]")) list.querySelector(":scope > p.muted")?.removeAttribute("hidden");
  number(form, list.id);
}

/** Positions are never part of an answer: they are written again whenever a row comes or goes. */
function number(form, place) {
  const blank = templateOf(form, place.split(".").at(-1))?.content.firstElementChild;
  if (!blank) return;
  const rows = document.getElementById(place).querySelectorAll(":scope > [data-row]");
  const inDigits = (n) =>
    form.dataset.digits === "thai" ? String(n).replace(/\d/g, (d) => String.fromCharCode(0x0e50 + Number(d))) : String(n);
  rows.forEach((row, index) => {
    const write = (selector, set) => {
      const [from, to] = [blank.querySelector(selector), row.querySelector(selector)];
      if (from && to) set(from, to);
    };
    const numbered = (text) => text.replace("%", inDigits(index + 1));
    write(":scope > legend", (from, to) => (to.textContent = numbered(from.textContent)));
    write(":scope > .row-remove > button", (from, to) => {
      to.textContent = numbered(from.textContent);
      to.dataset.confirm = numbered(from.dataset.confirm);
    });
  });
}

/** Adds and removes rows here instead of asking the server for the whole page; it hears of them with the next save. */
export function startRows(form, newId) {
  const changed = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_add], button[name=_remove]");
    if (!button || event.defaultPrevented) return;
    if (button.name === "_remove") {
      event.preventDefault();
      const list = document.getElementById(button.value)?.parentElement;
      removeRow(form, button.value);
      list?.focus({ preventScroll: true });
      changed();
      return;
    }
    const own = (path) => path.startsWith(`${button.value}[`) && path.indexOf("]", button.value.length) === path.length - 1;
    if (rowsIn(form).filter(own).length >= MOST_ROWS) return;
    const row = addRow(form, `${button.value}[${newId()}]`);
    if (!row) return;
    event.preventDefault();
    (row.querySelector("input, select, textarea") ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    changed();
  });
}
