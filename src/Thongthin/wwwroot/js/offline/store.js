// Answers kept on this machine, in IndexedDB: one entry for each membership and entry page. What is kept is encrypted
// (AES-GCM) with a key that only the server gives, and only to that membership's session. While somebody works here the
// key is here too, in a form that scripts can use but not read; it goes when they sign out or somebody else signs in.
// Answers not sent yet stay, unreadable, until their own membership is back.

const request = (made) =>
  new Promise((done, fail) => {
    made.onsuccess = () => done(made.result);
    made.onerror = () => fail(made.error);
  });

/** The promise of a transaction's end: only then is it on the disk. */
const finished = (transaction) =>
  new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error);
  });

let opened = null;

function database() {
  if (!opened) {
    const made = indexedDB.open("thongthin", 1);
    made.onupgradeneeded = () => {
      made.result.createObjectStore("keys", { keyPath: "membership" });
      made.result.createObjectStore("sheets", { keyPath: ["membership", "address"] });
    };
    opened = request(made);
  }
  return opened;
}

const read = async (store, act) => request(act((await database()).transaction(store).objectStore(store)));

async function write(store, act) {
  const transaction = (await database()).transaction(store, "readwrite", { durability: "strict" });
  act(transaction.objectStore(store));
  await finished(transaction);
}

/** Without these (plain http, old browsers) nothing is kept: the page then works as it does with a network. */
export const canKeep = () =>
  Boolean(window.indexedDB && window.crypto?.subtle && navigator.locks && navigator.serviceWorker);

/** Whoever has a sheet open holds its lock; so nothing is sent twice at once. */
export const lockOf = (membership, address) => `sheet ${membership} ${address}`;

export async function keyOf(membership) {
  return (await read("keys", (keys) => keys.get(membership)))?.key ?? null;
}

export async function adoptKey(membership, base64) {
  const raw = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  await write("keys", (keys) => keys.put({ membership, key }));
  return key;
}

/** Whose answers this machine can open now: who works here, or who did when the network went. */
export const keptMemberships = () => read("keys", (keys) => keys.getAllKeys());

export async function keep(key, state, unsent) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(state));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text);
  const { membership, address } = state;
  await write("sheets", (sheets) => sheets.put({ membership, address, unsent, iv, data }));
}

async function open(key, entry) {
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: entry.iv }, key, entry.data);
    return JSON.parse(new TextDecoder().decode(text));
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    console.warn("kept with another key, not readable:", entry.address);
    return null;
  }
}

/** The kept state of a sheet; null when there is none, or none that this key opens. */
export async function readKept(key, membership, address) {
  const entry = await read("sheets", (sheets) => sheets.get([membership, address]));
  return entry ? open(key, entry) : null;
}

/** Addresses of the membership's sheets that are not sent. They can be counted without the key. */
export async function unsentAddresses(membership) {
  const entries = await read("sheets", (sheets) => sheets.getAll());
  return entries.filter((entry) => entry.membership === membership && entry.unsent).map((entry) => entry.address);
}

/** Addresses of all that is kept of a membership. */
export async function keptAddresses(membership) {
  const entries = await read("sheets", (sheets) => sheets.getAllKeys());
  return entries.filter(([owner]) => owner === membership).map(([, address]) => address);
}

export const forgetSheet = (membership, address) => write("sheets", (sheets) => sheets.delete([membership, address]));

/** Nobody but this membership (null: nobody at all) can read anything here any more; what was sent goes altogether. */
export async function forgetOthers(membership) {
  for (const other of await keptMemberships()) {
    if (other !== membership) await write("keys", (keys) => keys.delete(other));
  }
  const entries = await read("sheets", (sheets) => sheets.getAll());
  for (const entry of entries) {
    if (entry.membership !== membership && !entry.unsent) await forgetSheet(entry.membership, entry.address);
  }
}
