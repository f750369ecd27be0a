// Sends one save to the address that the page's own button posts to. A network that fails is an outcome, not an error.

const asScript = { "X-Requested-With": "fetch", Accept: "application/json, text/html" };

function bodyOf(state, save, token) {
  const data = new URLSearchParams();
  data.set("_token", token);
  data.set("_revision", String(save.revision));
  data.set("_known", JSON.stringify(save.known));
  data.set("_key", save.key);
  if (save.follows) data.set("_follows", save.follows);
  data.set("_partial", "true");
  for (const row of save.added) data.append("_added", row);
  for (const row of save.removed) data.append("_removed", row);
  for (const [path, text] of Object.entries(save.fields)) data.set(`f.${path}`, text);
  data.set("_end", "1");
  return data;
}

export const sizeOf = (state, save) => bodyOf(state, save, "").toString().length;

async function post(address, body, options) {
  return fetch(address, { method: "POST", headers: asScript, body, credentials: "same-origin", ...options });
}

/** Who is signed in in this browser, their key and a fresh token; null when nobody is. Throws when the network fails. */
export async function whoIsSignedIn() {
  const response = await fetch("/account/kept-key", { headers: asScript, credentials: "same-origin" });
  return response.ok && response.headers.get("Content-Type")?.includes("json") ? response.json() : null;
}

/** A record that was begun without a network is added to its register first; the same id twice is one record. */
async function create(state, token) {
  const body = new URLSearchParams({ _token: token, recordId: state.create.recordId });
  const response = await post(state.create.address, body, { redirect: "manual" });
  return response.type === "opaqueredirect" ? null : outcomeOf(response);
}

async function outcomeOf(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  if (response.ok && isJson) return { kind: "stored", answer: await response.json() };
  if (response.status === 401) return { kind: "signed_out" };
  if (response.status === 400) return { kind: "token" };
  if (response.status === 409) return { kind: "conflict", html: await response.text() };
  if (response.status === 422 && isJson) return { kind: "refused", message: (await response.json()).message };
  if (response.status === 429 || response.status >= 500) return { kind: "offline" };
  return { kind: "refused" };
}

/** @returns {Promise<{kind: "stored"|"offline"|"signed_out"|"token"|"conflict"|"refused", answer?, html?, message?}>} */
export async function send(state, save, token, options = {}) {
  try {
    const refused = state.create ? await create(state, token) : null;
    return refused ?? (await outcomeOf(await post(state.address, bodyOf(state, save, token), options)));
  } catch (error) {
    // fetch fails with a TypeError, an answer that breaks off with a SyntaxError; anything else is a fault of ours.
    if (error instanceof TypeError || error instanceof SyntaxError) return { kind: "offline" };
    throw error;
  }
}
