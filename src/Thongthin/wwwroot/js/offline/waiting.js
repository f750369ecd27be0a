// Sends what is kept and not sent, of sheets that no page has open: when a page of their membership is opened, and when
// the network comes back. What the server does not take (somebody changed the same field, the round closed) is not decided
// here: the page says so and leads to the sheet, where everything typed stands.

import { accept, isUnsent, linkOf, nextSave } from "./state.js";
import { adoptKey, keep, keyOf, lockOf, readKept, unsentAddresses } from "./store.js";
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
    if (outcome.kind !== "stored") return { address: linkOf(state), title: state.title, kind: outcome.kind };
    accept(state, save, outcome.answer);
  }
  await keep(key, state, isUnsent(state));
  return { address, title: state.title, kind: "stored" };
}

/** @returns {Promise<Array<{address, title, kind}>>} what became of each */
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

/** Says on any page what was sent and what still waits, with links to the sheets. */
export function tell(outcomes) {
  document.getElementById("kept-notice")?.remove();
  const template = document.querySelector("template[data-kept-notice]");
  if (!template || outcomes.length === 0) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  for (const [kind, matches] of [
    ["sent", (outcome) => outcome.kind === "stored"],
    ["waiting", (outcome) => ["offline", "signed_out", "token"].includes(outcome.kind)],
    ["decide", (outcome) => ["conflict", "refused"].includes(outcome.kind)],
  ]) {
    const part = notice.querySelector(`[data-kept="${kind}"]`);
    const items = outcomes.filter(matches).map(({ address, title }) => item(address, title));
    if (items.length > 0) part.querySelector("ul").append(...items);
    else part.remove();
  }
  document.getElementById("main").prepend(notice);
}
