// One sheet as its page knows it, as plain data: what is stored, what stands in the form, the save that waits for its
// answer. It can be kept on the machine, opened again and sent without the page. Pure.
//
// revision: the page's base. known: path → the revision at which the page saw that field last, where that is later: own
// saves that were stored beside those of others. newest: the highest revision that the server has told of.

/** A key that nobody else makes, in the order of time (UUIDv7); randomUUID exists on https and localhost only. */
export function newKey(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What stands in the form and is not stored, the save on its way included: it may not have arrived. */
export function changesOf(state) {
  const fields = {};
  for (const [path, text] of Object.entries(state.fields)) {
    if ((state.shown[path] ?? "") !== text || state.request?.fields[path] !== undefined) fields[path] = text;
  }
  const added = state.rows.filter((row) => !state.shownRows.includes(row));
  const there = [...state.shownRows, ...(state.request?.added ?? [])];
  const removed = there.filter((row) => !state.rows.includes(row));
  return { fields, added, removed };
}

/** Where the sheet opens without a network; a record that the server does not know yet opens on the blank page. */
export const linkOf = (state) => state.address + (state.create ? "?new" : "");

const isNothing = ({ fields, added, removed }) =>
  Object.keys(fields).length === 0 && added.length === 0 && removed.length === 0;

export const isUnsent = (state) => state.request !== null || !isNothing(changesOf(state));

/** The next save of all that is not stored; null when there is nothing. It names the one on its way, if any. */
export function nextSave(state) {
  const changes = changesOf(state);
  if (isNothing(changes)) return null;
  return {
    ...changes,
    key: newKey(),
    follows: state.request?.key ?? state.submitted ?? null,
    revision: state.revision,
    known: { ...state.known },
  };
}

/** The server has answered that this save is stored (or that nothing differed). */
export function accept(state, save, answer) {
  Object.assign(state.shown, save.fields);
  state.shownRows = [...state.shownRows.filter((row) => !save.removed.includes(row)), ...save.added];
  if (answer.stored && answer.revision === state.revision + 1) {
    state.revision = answer.revision;
  } else if (answer.revision > state.revision) {
    for (const path of [...Object.keys(save.fields), ...save.added]) state.known[path] = answer.revision;
  }
  state.newest = Math.max(state.newest, answer.revision);
  state.request = null;
  state.submitted = null;
  state.create = null;
}

/**
 * What the page just opened shows, with what was kept of it on this machine put over it.
 * A page older than what was kept is a kept copy: everything comes from there. A page from the server is right but for
 * what was typed and not sent: that stays on the revision that it started from, so that a conflict is still found.
 * @param page state of the page as it came
 * @param kept state as it was kept
 */
export function merge(page, kept) {
  if (page.newest < kept.newest) return { ...kept, title: page.title };
  const changes = changesOf(kept);
  if (kept.request === null && isNothing(changes)) return page;
  const known = { ...kept.known };
  for (const path of [...Object.keys(page.shown), ...page.shownRows]) {
    if (!(path in changes.fields) && !changes.removed.includes(path)) known[path] = page.newest;
  }
  return {
    ...page,
    known,
    revision: kept.revision,
    request: kept.request,
    submitted: kept.submitted,
    create: page.newest > 0 ? null : kept.create,
    fields: { ...page.fields, ...changes.fields },
    rows: [...page.rows.filter((row) => !changes.removed.includes(row)), ...rowsOf(changes, page.rows)],
  };
}

/** The rows that a field stands in, outermost first. */
const rowsAround = (path) => [...path.matchAll(/\]\./g)].map((match) => path.slice(0, match.index + 1));

/** Rows that were added, and rows that somebody removed while something was typed into them: the server decides of those. */
function rowsOf(changes, there) {
  const typedInto = Object.keys(changes.fields).flatMap((path) => rowsAround(path));
  const wanted = new Set([...changes.added, ...typedInto]);
  return [...wanted].filter((row) => !there.includes(row) && !changes.removed.includes(row));
}
