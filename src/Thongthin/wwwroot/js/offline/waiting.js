// Sends what is kept and not sent, of sheets that no page has open: when a page of their membership is opened, and when
// the network comes back. What the server does not take (somebody changed the same field, the round closed) is not decided
// here: the page says so and leads to the sheet, where everything typed stands.

import { accept, changesOf, isUnsent, linkOf, nextSave } from "./state.js";
import { adoptKey, forgetSheet, keep, keyOf, lockOf, readKept, unsentAddresses } from "./store.js";
import { send, whoIsSignedIn } from "./send.js";

async function sendSheet(key, membership, address, token) {
  const state = await readKept(key, membership, address);
  if (!state) return null;
  for (;;) {
    // A save that was tried before goes again as it was, with its own key.
    const save = state.request ?? nextSave(state);
    if (!save) break;
    state.request = save;
    await keep(key, state, true);
    const outcome = await send(state, save, token);
    if (outcome.kind !== "stored") return { ...outcome, address: linkOf(state), title: state.title, state };
    accept(state, save, outcome.answer);
  }
  await keep(key, state, isUnsent(state));
  return { address, title: state.title, kind: "stored" };
}

/** @returns {Promise<Array<{address, title, kind, message?, state?}>>} what became of each */
export async function sendWaiting(membership) {
  const addresses = await unsentAddresses(membership);
  if (addresses.length === 0) return [];
  const signedIn = await whoIsSignedIn().catch(() => null);
  if (signedIn?.membership !== membership) return [];
  const key = (await keyOf(membership)) ?? (await adoptKey(membership, signedIn.key));
  const outcomes = [];
  for (const address of addresses) {
    const outcome = await navigator.locks.request(lockOf(membership, address), { ifAvailable: true }, (lock) =>
      lock ? sendSheet(key, membership, address, signedIn.token) : null,
    );
    if (outcome) outcomes.push(outcome);
  }
  return outcomes;
}

function item(address, title) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  const line = document.createElement("li");
  line.append(link);
  return line;
}

/** A sheet that the server does not take any more: why, what was typed, and a way to let it go. */
function refused(template, { address, title, message, state }) {
  const line = template.content.firstElementChild.cloneNode(true);
  const place = (name) => line.querySelector(`[data-kept-${name}]`);
  line.querySelector("a").href = address;
  line.querySelector("a").textContent = title;
  place("reason").textContent = message ?? place("reason").textContent;
  for (const [path, text] of Object.entries(changesOf(state).fields)) {
    const [name, value] = [document.createElement("dt"), document.createElement("dd")];
    name.textContent = state.labels?.[path] ?? path;
    value.textContent = text;
    place("answers").append(name, value);
  }
  place("discard").addEventListener("click", async (event) => {
    if (!window.confirm(event.target.dataset.sure)) return;
    await forgetSheet(state.membership, state.address);
    line.remove();
  });
  return line;
}

/** Says on any page what was sent and what still waits, with links to the sheets. */
export function tell(outcomes) {
  document.getElementById("kept-notice")?.remove();
  const template = document.querySelector("template[data-kept-notice]");
  if (!template || outcomes.length === 0) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  for (const [kind, matches] of [
    ["sent", (outcome) => outcome.kind === "stored"],
    ["waiting", (outcome) => ["offline", "signed_out", "token"].includes(outcome.kind)],
    ["decide", (outcome) => outcome.kind === "conflict"],
    ["refused", (outcome) => outcome.kind === "refused"],
  ]) {
    const part = notice.querySelector(`[data-kept="${kind}"]`);
    const line = part.querySelector("template");
    const items = outcomes
      .filter(matches)
      .map((outcome) => (line ? refused(line, outcome) : item(outcome.address, outcome.title)));
    if (items.length > 0) part.querySelector("ul").append(...items);
    else part.remove();
  }
  document.getElementById("main").prepend(notice);
}
