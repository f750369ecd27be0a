// Where an entry page's answers are kept on this machine, and what makes the page open again without a network: the
// service worker keeps the page itself, and its scripts and styles. A record begun without a network gets its id here.

import { adoptKey, canKeep, keep, keyOf, lockOf, readKept } from "./store.js";
import { newKey } from "./state.js";
import { whoIsSignedIn } from "./send.js";
import { ready } from "./membership.js";

const LOCK_WAIT = 3000;

// What pages load only where they need it: without a network it must be there all the same.
const LATER = [
  "./waiting.js",
  "./kept-list.js",
  "../locate.js",
  ...["rare", "digest", "moments", "places", "regex"].map((name) => `../forms/${name}.js`),
];

/** A page opened twice in one browser is kept by the first: true for as long as this page lives. */
function isFirst(name) {
  return new Promise((answer) => {
    const held = navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_WAIT) }, () => {
      answer(true);
      return new Promise(() => {});
    });
    held.catch((error) => {
      if (error.name !== "AbortError" && error.name !== "TimeoutError") throw error;
      answer(false);
    });
  });
}

async function findKey(membership) {
  const key = await keyOf(membership);
  if (key) return key;
  const signedIn = await whoIsSignedIn().catch(() => null);
  return signedIn?.membership === membership ? adoptKey(membership, signedIn.key) : null;
}

/** The blank page becomes the page of a record with an id of its own, the one in the address if it has one already. */
function beginRecord(form) {
  const overview = form.dataset.overview;
  const recordId = /\/records\/([0-9a-f-]{36})$/.exec(location.pathname)?.[1] ?? newKey();
  const address = `${overview}/records/${recordId}`;
  history.replaceState(null, "", `${address}?new`);
  form.action = address;
  form.hidden = false;
  document.querySelector("form[data-online]")?.remove();
  return { address, create: { address: `${overview}?handler=Add`, recordId } };
}

/** Once everything is kept, the form is marked: from then on the page opens again without a network. */
async function startWorker(form) {
  const isNew = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("message", () => (form.dataset.reopens = "true"), { once: true });
  await navigator.serviceWorker.register("/service-worker.js");
  navigator.serviceWorker.ready.then(({ active }) => {
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const later = LATER.map((name) => new URL(name, import.meta.url).href);
    const files = isNew ? [...loaded, ...later] : [];
    active.postMessage({ page: isNew ? location.pathname : null, blank: form.dataset.blank || null, files });
  });
}

/** @returns {Promise<{place: {membership, address, create}, kept: {read, write} | null}>} */
export async function openPlace(form) {
  const { membership } = document.body.dataset;
  const { address, create } = form.dataset.new
    ? beginRecord(form)
    : { address: form.getAttribute("action"), create: null };
  const place = { membership, address, create };
  return { place, kept: membership && canKeep() ? await openKept(form, place) : null };
}

async function openKept(form, { membership, address }) {
  try {
    await ready;
    if (!(await isFirst(lockOf(membership, address)))) return null;
    const key = await findKey(membership);
    if (!key) return null;
    if (navigator.onLine) startWorker(form).catch((error) => console.warn("pages are not kept:", error));
    return {
      read: () => readKept(key, membership, address),
      write: (state, unsent) => keep(key, state, unsent),
    };
  } catch (error) {
    // The browser refuses storage (a private window, a full disk): the page works as long as there is a network.
    console.warn("nothing is kept on this machine:", error);
    return null;
  }
}
