// Files of the entry page, sent as soon as they are chosen: announced with their size and SHA-256, then piece by piece,
// each with its own. A break costs one piece: the server is asked how far it got, and sending goes on there, when the
// network returns, after a reload (the same file chosen again) or on another day. What the server makes of the file
// comes back as the answer's text and is put into the form; from there autosave takes it like anything typed.
// Without this script the file fields travel with the form.

const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];
const THUMBNAIL_PIXELS = 240;
const THUMBNAIL_BYTES = 40 * 1024;

/** The person is told this; sending again would not help. */
class Refused extends Error {}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));

/** A small JPEG of a picture, made here because here it is decoded anyway; null where it cannot be. */
async function thumbnailOf(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type)) return null;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, THUMBNAIL_PIXELS / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.8, 0.6, 0.4]) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= THUMBNAIL_BYTES) return blob;
    }
  } catch {
    // not a picture that this browser can draw: the server says what it is
  }
  return null;
}

function startAttachments(form, settings) {
  const words = JSON.parse(settings.dataset.words);
  const { uploads, record } = settings.dataset;
  const limit = Number(settings.dataset.limit);
  const digits = form.dataset.digits;
  const sending = new Set();
  // the button that was pressed while files were on their way
  let waiting = null;
  const fill = (text, ...values) => text.replace(/\{([0-9๐-๙])\}/g, (_, digit) => values["๐๑๒๓๔๕๖๗๘๙".indexOf(digit)] ?? values[digit]);
  const inDigits = (text) =>
    digits === "thai" ? String(text).replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit))) : String(text);
  const megabytes = (bytes) => inDigits((bytes / 1048576).toFixed(1));

  /** An answer of the server; throws Refused with its words, or a TypeError as fetch does where trying again may help. */
  async function call(method, address, options = {}) {
    const response = await fetch(address, {
      method,
      credentials: "same-origin",
      ...options,
      headers: {
        "X-Requested-With": "fetch",
        Accept: "application/json",
        RequestVerificationToken: form.elements.namedItem("_token").value,
        ...options.headers,
      },
    });
    const body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (response.ok || response.status === 409) return { status: response.status, ...body };
    if (response.status === 401) throw new Refused(words.session);
    if (response.status === 404) throw new Refused(body.message ?? words.gone);
    if (response.status === 422 || response.status === 403) throw new Refused(body.message ?? words.refused);
    throw new TypeError(`${method} ${address}: ${response.status}`);
  }

  function parts(field) {
    const find = (name) => field.querySelector(`[data-file-${name}]`);
    return { input: field.querySelector("input[type=file]"), current: find("current"), state: find("state") };
  }

  /**
   * What goes on, beside the field: words, a bar, buttons. It changes in place, so that a button keeps the focus; the words
   * are announced when the state changes, not with every piece.
   */
  function show(field, { state, text, value, max, buttons = [] }) {
    let place = parts(field).state;
    if (!place) {
      place = document.createElement("div");
      place.className = "file-state";
      place.dataset.fileState = "";
      place.innerHTML =
        '<progress hidden></progress><p></p><p class="visually-hidden" role="status"></p><div class="actions"></div>';
      parts(field).input.after(place);
    }
    const [bar, line, announced, actions] = place.children;
    line.textContent = text;
    if (place.dataset.state !== state) announced.textContent = text;
    place.dataset.state = state;
    bar.hidden = max === undefined;
    if (max !== undefined) {
      bar.max = max;
      bar.value = value;
      bar.setAttribute("aria-label", text);
    }
    while (actions.children.length > buttons.length) actions.lastElementChild.remove();
    buttons.forEach(({ text: caption, run }, index) => {
      const button = actions.children[index] ?? actions.appendChild(document.createElement("button"));
      Object.assign(button, { type: "button", className: "btn btn-sm btn-outline-primary", textContent: caption, onclick: run });
    });
  }

  function fail(field, message) {
    show(field, { state: "error", text: message });
    parts(field).input.setAttribute("aria-invalid", "true");
  }

  /** Resolves after a while, or at once when the network is back or somebody asks. */
  function pause(upload, attempt) {
    return new Promise((done) => {
      const timer = setTimeout(finish, RETRIES[Math.min(attempt, RETRIES.length - 1)]);
      function finish() {
        clearTimeout(timer);
        window.removeEventListener("online", finish);
        upload.hurry = null;
        done();
      }
      window.addEventListener("online", finish);
      upload.hurry = finish;
    });
  }

  /** Repeats what a break of the network interrupted, until it went through, was refused or was given up. */
  async function persist(upload, step) {
    for (let attempt = 0; ; attempt += 1) {
      if (upload.cancelled) throw new Refused("");
      try {
        return await step();
      } catch (problem) {
        if (problem instanceof Refused || upload.cancelled) throw problem;
        show(upload.field, {
          state: "waiting",
          text: fill(words.waiting, upload.file.name),
          value: upload.offset,
          max: upload.file.size,
          buttons: [
            { text: words.retry, run: () => upload.hurry?.() },
            { text: words.cancel, run: () => cancel(upload) },
          ],
        });
        await pause(upload, attempt);
      }
    }
  }

  function report(upload) {
    const { file, offset } = upload;
    const percent = inDigits(Math.floor((offset / file.size) * 100));
    show(upload.field, {
      state: waiting ? "form-waits" : "sending",
      text: fill(waiting ? words.formWaits : words.sending, file.name, percent, megabytes(offset), megabytes(file.size)),
      value: offset,
      max: file.size,
      buttons: [{ text: words.cancel, run: () => cancel(upload) }],
    });
  }

  async function sendPieces(upload, pieceBytes) {
    while (upload.offset < upload.file.size) {
      report(upload);
      const piece = await upload.file.slice(upload.offset, upload.offset + pieceBytes).arrayBuffer();
      const digest = await sha256(piece);
      let broken = false;
      const answer = await persist(upload, async () => {
        // after a break the server may have more than it could say
        if (broken) {
          const { offset } = await call("GET", `${uploads}/${upload.id}`);
          if (offset !== upload.offset) return { offset };
        }
        broken = true;
        return call("PUT", `${uploads}/${upload.id}?offset=${upload.offset}`, {
          body: piece,
          headers: { "Content-Type": "application/octet-stream", "Piece-SHA256": digest },
          signal: upload.abort.signal,
        });
      });
      upload.offset = answer.offset;
    }
    report(upload);
  }

  async function send(field, file) {
    const upload = { field, file, offset: 0, id: null, cancelled: false, abort: new AbortController(), hurry: null };
    for (const other of sending) if (other.field === field) await cancel(other);
    sending.add(upload);
    parts(field).input.removeAttribute("aria-invalid");
    try {
      if (file.size > limit) throw new Refused(fill(words.tooLarge, file.name, inDigits(limit / 1048576)));
      show(field, { state: "preparing", text: fill(words.preparing, file.name), value: 0, max: file.size });
      const announced = new URLSearchParams({
        path: field.closest("[data-path]").dataset.path,
        record: record ?? "",
        name: file.name,
        size: String(file.size),
        sha256: await sha256(await file.arrayBuffer()),
      });
      const started = await persist(upload, () => call("POST", uploads, { body: announced }));
      Object.assign(upload, { id: started.id, offset: started.offset });
      await sendPieces(upload, started.piece);
      const thumbnail = await thumbnailOf(file);
      const attached = await persist(upload, () => call("POST", `${uploads}/${upload.id}`, {
        body: thumbnail,
        headers: thumbnail ? { "Content-Type": "image/jpeg" } : {},
      }));
      attach(field, attached);
      show(field, { state: "attached", text: fill(words.attached, file.name) });
    } catch (problem) {
      if (!upload.cancelled) fail(field, problem instanceof Refused ? problem.message : words.refused);
    } finally {
      sending.delete(upload);
      release();
    }
  }

  async function cancel(upload) {
    upload.cancelled = true;
    upload.abort.abort();
    upload.hurry?.();
    sending.delete(upload);
    show(upload.field, { state: "cancelled", text: fill(words.cancelled, upload.file?.name ?? upload.name) });
    release();
    // left lying it is cleared by itself
    if (upload.id) await call("DELETE", `${uploads}/${upload.id}`).catch(() => {});
  }

  /** The file answers the question: in the form's own field, so that it is saved, kept and compared like any answer. */
  function attach(field, { text, html }) {
    const { current } = parts(field);
    const path = field.closest("[data-path]").dataset.path;
    current.innerHTML = html;
    const box = document.createElement("div");
    box.className = "form-check";
    box.innerHTML = '<input type="checkbox" class="form-check-input" checked><label class="form-check-label"></label>';
    const [input, label] = box.children;
    Object.assign(input, { id: `${path}-keep`, name: `f.${path}`, value: text });
    Object.assign(label, { htmlFor: input.id, textContent: words.keep });
    current.prepend(box);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The form waits for files on their way: leaving the page would cut them. Nobody else hears of it before.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || sending.size === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = event.submitter;
    for (const upload of sending) report(upload);
  }, { capture: true });

  function release() {
    if (sending.size > 0 || !waiting) return;
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  }

  window.addEventListener("beforeunload", (event) => {
    if (sending.size > 0) event.preventDefault();
  });

  form.addEventListener("change", (event) => {
    const field = event.target.closest("[data-file-field]");
    if (!field || event.target.type !== "file") return;
    const [file] = event.target.files;
    // it is on its way by itself, not with the form
    event.target.value = "";
    if (file) send(field, file);
  });

  /** Uploads of an earlier visit: what is missing is sent when the same file is chosen again. */
  async function tellUnfinished() {
    const unfinished = await fetch(uploads, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
      .then((response) => (response.ok ? response.json() : []))
      .catch(() => []);
    for (const { id, path, record: of, name, size, offset } of unfinished) {
      const element = form.querySelector(`[data-path="${CSS.escape(path)}"] [data-file-field]`);
      if (!element || (of ?? "") !== (record ?? "") || [...sending].some((upload) => upload.field === element)) continue;
      const upload = { id, name, field: element, abort: new AbortController() };
      show(element, {
        state: "unfinished",
        text: fill(words.unfinished, name, inDigits(Math.floor((offset / size) * 100))),
        value: offset,
        max: size,
        buttons: [{ text: words.discard, run: () => cancel(upload) }],
      });
    }
  }
  tellUnfinished();
}

const form = document.getElementById("entry");
const settings = document.getElementById("attachments");
// Without a secure page there are no hashes: the files then travel with the form.
if (form && settings && crypto.subtle) startAttachments(form, settings);
