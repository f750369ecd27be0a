// The sheets that open without a network: those whose page the browser keeps, with what is kept of their answers.

import { linkOf } from "./state.js";
import { keptAddresses, keyOf, readKept, unsentAddresses } from "./store.js";

/** Fills the list; its last paragraph says so where there is none. */
export async function listSheets(list, membership) {
  if (!membership) return;
  const key = await keyOf(membership);
  const unsent = new Set(await unsentAddresses(membership));
  const titles = new Map();
  for (const address of await keptAddresses(membership)) {
    const state = await readKept(key, membership, address);
    if (state) titles.set(address, { link: linkOf(state), title: state.title });
  }
  const cache = await caches.open(`pages ${membership}`);
  for (const page of await cache.keys()) {
    const address = new URL(page.url).pathname;
    if (address.endsWith("/records/new") || !address.startsWith("/submissions/") || titles.has(address)) continue;
    const document = new DOMParser().parseFromString(await (await cache.match(page)).text(), "text/html");
    titles.set(address, { link: address, title: document.getElementById("entry")?.dataset.title ?? document.title });
  }
  for (const [address, { link: target, title }] of titles) {
    const link = document.createElement("a");
    link.href = target;
    link.textContent = title;
    const line = document.createElement("li");
    line.append(link, unsent.has(address) ? ` · ${list.dataset.unsent}` : "");
    list.append(line);
  }
  list.nextElementSibling.hidden = titles.size > 0;
}
