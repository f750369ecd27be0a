// Saves what is typed within two seconds of a pause, by the same address that the button posts to. A save names the
// revision it started from, the fields it changes and a key made for it alone; it is repeated with that same key until
// the server has answered, so that a lost answer never stores it twice. What the server refuses, or what somebody else
// changed meanwhile, is never decided here: the form is then sent as a whole and the server's page shows it.

const PAUSE = 1500;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const PREFIX = "f.";
const KEEPALIVE_BYTES = 60000;

/** What stands in the form now: path → raw text, several choices joined by a space. */
export function typed(form) {
  const values = new Map();
  for (const control of form.elements) {
    if (!control.name?.startsWith(PREFIX)) continue;
    const path = control.name.slice(PREFIX.length);
    if (control.type === "radio" || control.type === "checkbox") {
      const before = values.get(path) ?? "";
      values.set(path, control.checked ? `${before} ${control.value}`.trim() : before);
    } else {
      // Line breaks as the server stores them: a text area is sent with \r\n and read back with \n.
      values.set(path, control.value.replace(/\r\n?/g, "\n"));
    }
  }
  return values;
}

/** A key that nobody else makes; randomUUID exists on https and localhost only. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function startAutosave(form) {
  const words = JSON.parse(form.dataset.words);
  const status = document.getElementById("save-state");
  const field = (name) => form.elements.namedItem(name);
  const shown = new Map(Object.entries(JSON.parse(field("_shown").value)));
  let request = null;
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let waiting = Promise.resolve();

  function say(state, text, action) {
    status.dataset.state = state;
    status.replaceChildren(text);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-outline-primary";
      button.textContent = action.text;
      button.addEventListener("click", action.run);
      status.append(" ", button);
    }
  }

  function changed() {
    const fields = {};
    for (const [path, value] of typed(form)) {
      if ((shown.get(path) ?? "") !== value) fields[path] = value;
    }
    return fields;
  }

  const isDirty = () => request !== null || Object.keys(changed()).length > 0;

  function body(save) {
    const data = new URLSearchParams();
    data.set("_token", field("_token").value);
    data.set("_sheet", field("_sheet").value);
    data.set("_revision", String(save.revision));
    data.set("_key", save.key);
    if (save.follows) data.set("_follows", save.follows);
    data.set("_partial", "true");
    for (const [path, value] of Object.entries(save.fields)) data.set(PREFIX + path, value);
    data.set("_end", "1");
    return data;
  }

  function post(save, extra = {}) {
    return fetch(form.dataset.autosave, {
      method: "POST",
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      body: body(save),
      credentials: "same-origin",
      ...extra,
    });
  }

  function accept(save, answer) {
    for (const [path, value] of Object.entries(save.fields)) shown.set(path, value);
    field("_revision").value = String(answer.revision);
    if (answer.sheet) field("_sheet").value = answer.sheet;
    field("_shown").value = JSON.stringify(Object.fromEntries(shown));
    request = null;
    failures = 0;
    form.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    if (Object.keys(changed()).length > 0) schedule();
    else say("saved", words.saved.replace("{0}", answer.savedAt));
  }

  /** The server's own page decides what cannot be decided here; it gets everything that was typed. */
  function handOver(text) {
    stopped = true;
    say("stopped", text, { text: words.send, run: () => form.requestSubmit(form.querySelector("[data-save]")) });
  }

  function retry() {
    failures += 1;
    say("offline", words.offline, { text: words.retry, run: () => { clearTimeout(timer); attempt(); } });
    timer = setTimeout(attempt, RETRIES[Math.min(failures, RETRIES.length) - 1]);
  }

  async function attempt() {
    clearTimeout(timer);
    const save = request;
    if (!save || stopped) return;
    say("saving", words.saving);
    let response;
    try {
      response = await post(save);
    } catch {
      if (request === save) retry();
      return;
    }
    if (request !== save) return;
    if (response.ok && response.headers.get("Content-Type")?.includes("json")) {
      accept(save, await response.json());
    } else if (response.status === 401) {
      handOver(words.session);
    } else if (response.status === 409) {
      handOver(words.conflict);
    } else if (response.status === 422) {
      handOver((await response.json()).message);
    } else if (response.status === 429 || response.status >= 500) {
      retry();
    } else {
      handOver(words.refused);
    }
  }

  function send() {
    clearTimeout(timer);
    if (stopped || request) return;
    const fields = changed();
    if (Object.keys(fields).length === 0) return;
    request = { key: newKey(), revision: Number(field("_revision").value), fields };
    waiting = attempt();
  }

  function schedule() {
    if (stopped) return;
    if (request) return;
    say("typing", words.typing);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  /**
   * Leaving: the last words go out while the page closes; the browser delivers them after it. A save still on its way
   * is contained in this one and named by it, so that the two do not count as two people's changes.
   */
  function leave() {
    if (stopped) return;
    const fields = changed();
    if (Object.keys(fields).length === 0) return;
    const save = { key: newKey(), follows: request?.key, revision: Number(field("_revision").value), fields };
    if (body(save).toString().length > KEEPALIVE_BYTES) return;
    request = save;
    post(save, { keepalive: true })
      .then(async (response) => {
        if (response.ok && request === save) accept(save, await response.json());
      })
      .catch(() => {});
  }

  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);
  window.addEventListener("online", () => request && attempt());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else if (request) attempt();
  });
  window.addEventListener("pagehide", leave);

  let submitting = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (request && !stopped) {
      // A save is on its way: the form follows it, so that it does not meet its own change.
      event.preventDefault();
      const button = event.submitter;
      Promise.race([waiting, new Promise((done) => setTimeout(done, 3000))]).then(() => {
        stopped = true;
        form.requestSubmit(button);
      });
      return;
    }
    stopped = true;
    submitting = true;
  }, { capture: true });

  window.addEventListener("beforeunload", (event) => {
    // Only where leaving would really lose something: the server was not reached, or it refused.
    if (!submitting && (failures > 0 || stopped) && isDirty()) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    if (submitting) {
      submitting = false;
      stopped = false;
    }
  });
}
