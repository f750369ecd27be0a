// On every page: whose answers may this machine open? The page says under which membership it was made. Another one's, or
// the sign-in page, ends what the one before could read here. Signing out with answers not sent asks first.

import { canKeep, forgetOthers, forgetSheet, keptMemberships, keyOf, readKept, unsentAddresses } from "./store.js";

const { membership, stored } = document.body.dataset;

/** Tells the service worker to drop the pages of everybody but this membership. */
async function forgetPages(keepers) {
  for (const name of await caches.keys()) {
    if (name.startsWith("pages ") && name !== `pages ${keepers}`) await caches.delete(name);
  }
}

async function forgetAllBut(keeper) {
  await forgetPages(keeper);
  await forgetOthers(keeper);
}

/** A whole form was stored as the page before this one said: what was kept for the case that it was not can go. */
async function settle() {
  const key = stored && (await keyOf(membership));
  if (!key) return;
  for (const address of await unsentAddresses(membership)) {
    if ((await readKept(key, membership, address))?.submitted === stored) await forgetSheet(membership, address);
  }
}

async function sendAndTell() {
  if ((await unsentAddresses(membership)).length === 0) return;
  const { sendWaiting, tell } = await import("./waiting.js");
  tell(await sendWaiting(membership));
}

/** Signing out: first whatever can still be sent, then the question, then nothing here is readable any more. */
function guardSignOut(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.guarded === "done") return;
    event.preventDefault();
    const sending = [sendAndTell()];
    document.dispatchEvent(new CustomEvent("thongthin:send", { detail: sending }));
    await Promise.race([Promise.all(sending), new Promise((done) => setTimeout(done, 3000))]);
    try {
      const unsent = await unsentAddresses(membership);
      if (unsent.length > 0 && !window.confirm(form.dataset.unsent.replace("%", unsent.length))) return;
      await forgetAllBut(null);
    } catch (error) {
      console.warn("the store of kept answers failed:", error);
    }
    form.dataset.guarded = "done";
    form.requestSubmit();
  });
}

/** The page that stands in for all others while there is no network lists the sheets that open nevertheless. */
async function listKept(list) {
  const { listSheets } = await import("./kept-list.js");
  await listSheets(list, (await keptMemberships())[0]);
}

async function start() {
  const list = document.querySelector("[data-kept-list]");
  if (list) return listKept(list);
  if (location.pathname === "/sign-in") return forgetAllBut(null);
  if (!membership) return;
  await forgetAllBut(membership);
  for (const form of document.querySelectorAll('form[action="/sign-out"]')) guardSignOut(form);
  await settle();
  window.addEventListener("online", sendAndTell);
}

/** Before a sheet is opened again. */
export const ready = canKeep() ? start() : Promise.resolve();

if (canKeep() && membership) ready.then(sendAndTell);
