// Saves what is typed within two seconds of a pause, by the same address that the button posts to. A save names the
// revision it started from, the fields it changes and a key made for it alone; it is repeated with that same key until
// the server has answered, so that a lost answer never stores it twice. Before it goes out it is kept on this machine
// (offline/store.js), where it stays until it is stored: the page can be closed and opened again without a network.
// What the server refuses is never decided here: the form is then sent as a whole and the server's page shows it. Where
// somebody else changed a field meanwhile, the server's own choice between both values is shown in the page.

import { accept, changesOf, isUnsent, merge, newKey, nextSave } from "./offline/state.js";
import { send, sizeOf, whoIsSignedIn } from "./offline/send.js";
import { addRow, fill, labelsOf, removeRow, rowsIn, startRows, typed } from "./sheet.js";

const PAUSE = 1500;
const KEEP_PAUSE = 300;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_BYTES = 60000;

/**
 * @param form the entry form
 * @param kept where the sheet is kept on this machine: {read(), write(state, unsent)}, both promises; null: nowhere
 */
export function startAutosave(form, kept, place) {
  const words = JSON.parse(form.dataset.words);
  const status = document.getElementById("save-state");
  const field = (name) => form.elements.namedItem(name);
  const offlineNotice = document.getElementById("offline");
  let state = pageState();
  let timer = 0;
  let keepTimer = 0;
  let failures = 0;
  let stopped = false;
  let isKept = false;
  let waiting = Promise.resolve();
  let writing = Promise.resolve();
  // What was said before anything was typed that is not stored.
  let settled = { name: status.dataset.state, text: status.textContent.trim() };
  let submitting = false;

  function pageState() {
    const revision = Number(field("_revision").value);
    const shown = JSON.parse(field("_shown").value);
    // A form that was refused shows rows that are not stored.
    const isStored = (row) => !form.dataset.unsaved || Object.keys(shown).some((path) => path.startsWith(`${row}.`));
    return {
      ...place,
      title: form.dataset.title,
      revision,
      newest: revision,
      known: {},
      shown,
      shownRows: rowsIn(form).filter(isStored),
      fields: Object.fromEntries(typed(form)),
      rows: rowsIn(form),
      request: null,
      submitted: null,
    };
  }

  function look() {
    state.fields = Object.fromEntries(typed(form));
    state.rows = rowsIn(form);
    return state;
  }

  function say(name, text, action) {
    status.dataset.state = name;
    status.replaceChildren(text);
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-primary";
    button.textContent = action.text;
    button.addEventListener("click", action.run);
    status.append(" ", button);
  }

  const showOffline = (isOffline) => (offlineNotice.hidden = !isOffline);

  /** One after the other: the last one written is the newest. @returns {Promise<boolean>} whether it is on the disk */
  function keepNow() {
    clearTimeout(keepTimer);
    return (writing = writing.then(writeKept));
  }

  async function writeKept() {
    if (!kept) return false;
    const unsent = isUnsent(look());
    state.labels = labelsOf(form, Object.keys(changesOf(state).fields));
    try {
      await kept.write(state, unsent);
      isKept = true;
    } catch (error) {
      // A full disk does not keep answers from being sent.
      console.warn("not kept on this machine:", error);
      isKept = false;
    }
    return isKept;
  }

  /** Puts what was kept into the page as it came. */
  async function restore() {
    const isTouched = "touched" in form.dataset;
    const before = form.dataset.unsaved ? null : await kept?.read();
    if (before) putBack(before);
    if (state.request) waiting = attempt();
    else if (isUnsent(state) && (before || isTouched)) schedule();
  }

  function putBack(before) {
    state = merge(look(), before);
    for (const row of rowsIn(form)) if (!state.rows.includes(row)) removeRow(form, row);
    for (const row of state.rows) if (!document.getElementById(row)) addRow(form, row);
    for (const [path, text] of Object.entries(state.fields)) fill(form, path, text);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function stored(save, answer) {
    accept(state, save, answer);
    failures = 0;
    showOffline(false);
    form.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    await keepNow();
    if (isUnsent(look())) schedule();
    else say("saved", (settled = { name: "saved", text: words.saved.replace("%", answer.savedAt) }).text);
  }

  /** The server's own page decides what cannot be decided here; it gets everything that was typed. */
  function handOver(text) {
    stopped = true;
    say("stopped", text, { text: words.send, run: () => form.requestSubmit(form.querySelector("[data-save]")) });
  }

  function chooseBetween(html) {
    stopped = true;
    const template = document.createElement("template");
    template.innerHTML = html;
    const choice = template.content.querySelector(".conflicts");
    Object.assign(state.known, JSON.parse(choice.dataset.known));
    form.prepend(choice);
    for (const button of form.querySelectorAll(".save-bar [name=_do]:not([data-save])")) button.hidden = true;
    choice.focus();
    say("stopped", words.conflict);
  }

  async function retry() {
    failures += 1;
    const again = { text: words.retry, run: () => attempt() };
    timer = setTimeout(attempt, RETRIES[Math.min(failures, RETRIES.length) - 1]);
    showOffline(isKept);
    if (isKept) say("kept", words.kept, again);
    else say("offline", words.offline, again);
  }

  /** Another tab signed in again: the same membership goes on with a fresh token, another one's session gets nothing. */
  async function renewToken() {
    const signedIn = await whoIsSignedIn().catch(() => null);
    if (signedIn?.membership !== state.membership || signedIn.token === field("_token").value) return false;
    field("_token").value = signedIn.token;
    return true;
  }

  async function attempt() {
    clearTimeout(timer);
    const save = state.request;
    if (!save || stopped) return;
    if (failures === 0) say("saving", words.saving);
    let outcome = await send(state, save, field("_token").value);
    if (outcome.kind === "token" && (await renewToken())) outcome = await send(state, save, field("_token").value);
    if (state.request !== save || stopped) return;
    if (outcome.kind === "stored") await stored(save, outcome.answer);
    else if (outcome.kind === "offline") await retry();
    else if (outcome.kind === "conflict") chooseBetween(outcome.html);
    else if (outcome.kind === "refused") handOver(outcome.message ?? words.refused);
    else handOver(words.session);
  }

  function begin() {
    clearTimeout(timer);
    if (stopped || state.request) return;
    const save = nextSave(look());
    if (!save) {
      say(settled.name, settled.text);
      return;
    }
    state.request = save;
    waiting = keepNow().then(attempt);
  }

  function schedule() {
    clearTimeout(keepTimer);
    keepTimer = setTimeout(keepNow, KEEP_PAUSE);
    if (stopped || state.request) return;
    say("typing", words.typing);
    clearTimeout(timer);
    timer = setTimeout(begin, PAUSE);
  }

  /**
   * Leaving: the last words are kept, and go out while the page closes; the browser delivers them after it. A save still
   * on its way is contained in this one and named by it, so that the two do not count as two people's changes.
   */
  function leave() {
    if (stopped || submitting) return;
    const save = isUnsent(look()) && nextSave(state);
    if (!save) return;
    state.request = save;
    keepNow();
    if (!navigator.onLine || sizeOf(state, save) > KEEPALIVE_BYTES) return;
    send(state, save, field("_token").value, { keepalive: true }).then((outcome) => {
      if (outcome.kind === "stored" && state.request === save) stored(save, outcome.answer);
    });
  }

  /** Before signing out: whatever can still be sent. */
  async function sendNow() {
    if (state.request) waiting = attempt();
    else begin();
    await waiting;
  }

  /** What the whole form says of itself besides its fields: where it starts from, and which rows came and went. */
  function writeHidden() {
    const changes = nextSave(look());
    field("_key").value = newKey();
    field("_follows").value = changes?.follows ?? "";
    field("_revision").value = String(state.revision);
    field("_known").value = JSON.stringify(state.known);
    field("_shown").value = JSON.stringify(state.shown);
    for (const old of form.querySelectorAll("[data-row-change]")) old.remove();
    for (const [name, rows] of [["_added", changes?.added ?? []], ["_removed", changes?.removed ?? []]]) {
      for (const row of rows) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name, value: row });
        input.dataset.rowChange = "";
        form.append(input);
      }
    }
    state.submitted = field("_key").value;
  }

  async function submit(button) {
    clearTimeout(timer);
    if (state.request && !stopped) {
      // A save is on its way: the form follows it, so that it does not meet its own change.
      if (failures > 0) waiting = attempt();
      await Promise.race([waiting, new Promise((done) => setTimeout(done, 3000))]);
    }
    if (!navigator.onLine || (failures > 0 && !stopped)) {
      await keepNow();
      showOffline(true);
      offlineNotice.focus();
      return;
    }
    writeHidden();
    await keepNow();
    [stopped, submitting] = [true, true];
    form.requestSubmit(button);
  }

  form.addEventListener("submit", (event) => {
    if (submitting) return;
    event.preventDefault();
    submit(event.submitter);
  }, { capture: true });

  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);
  document.addEventListener("thongthin:send", (event) => event.detail.push(sendNow()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else if (state.request) attempt();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => {
    showOffline(false);
    if (state.request) attempt();
    else begin();
  });
  window.addEventListener("offline", () => kept && showOffline(true));
  window.addEventListener("beforeunload", (event) => {
    // Only where leaving would really lose something: it is neither stored nor kept.
    if (!submitting && !isKept && (failures > 0 || stopped) && isUnsent(look())) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    if (submitting) [submitting, stopped] = [false, false];
  });

  startRows(form, newKey);
  if (!navigator.onLine && kept) {
    showOffline(true);
    say("offline", words.disconnected);
  }
  return restore();
}
