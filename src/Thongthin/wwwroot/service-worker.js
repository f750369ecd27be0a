// Lets entry pages open again without a network. It keeps two things: our scripts, styles and fonts, the same for
// everybody; and entry pages, each for the membership that the server named when it made the page (Thongthin-Membership).
// Only one membership's pages are here at any time: a page of another one, a sign-in, a change of role or a sign-out
// drops those before. What the network answers always comes first; answers are never changed on the way.

const FILES = "files";
const MEMBERSHIP = "Thongthin-Membership";
const OFFLINE_PAGE = "/offline";
const ENTRY = /^\/submissions\/\d+\/[\w-]+\/\d+\/(answers|records\/(new|[0-9a-f-]{36}))$/;
const DEFINITION = /^\/forms\/[\w-]+\/\d+\/browser\.json$/;
const FILE = /^\/(js|css|lib|img)\//;
const SESSION = /^\/(sign-in|sign-out|account\/role)$/;
const PATIENCE = 10000;

const pagesOf = (membership) => `pages ${membership}`;

async function forgetPages(keeper) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("pages ") && name !== keeper).map((name) => caches.delete(name)));
}

/** The one cache of pages that is here. */
const findPages = async () => (await caches.keys()).find((name) => name.startsWith("pages "));

async function keepPage(address, response) {
  const membership = response.headers.get(MEMBERSHIP);
  if (response.ok && membership) {
    const name = pagesOf(membership);
    await forgetPages(name);
    await (await caches.open(name)).put(address, response);
  } else if (response.status < 500) {
    // It cannot be edited any more, or not by whoever is here now.
    const name = await findPages();
    if (name) await (await caches.open(name)).delete(address);
  }
}

async function keptPage(url) {
  const name = await findPages();
  if (!name) return undefined;
  const pages = await caches.open(name);
  const page = await pages.match(url.pathname);
  // A record that was begun without a network has no page of its own yet: it opens on the register's blank one.
  return page ?? (url.searchParams.has("new") ? pages.match(url.pathname.replace(/[^/]+$/, "new")) : undefined);
}

async function offlinePage() {
  return (await caches.match(OFFLINE_PAGE, { cacheName: FILES })) ?? Response.error();
}

/** The network's answer, or, when it fails or takes very long, the kept page. */
async function entryPage(event, url) {
  const kept = await keptPage(url);
  const fromNetwork = fetch(event.request);
  // Also when the kept page was shown meanwhile; a network that failed has brought nothing to keep.
  event.waitUntil(fromNetwork.then((response) => keepPage(url.pathname, response.clone()), () => {}));
  const patience = new Promise((done) => kept && setTimeout(done, PATIENCE));
  try {
    return (await Promise.race([fromNetwork, patience])) ?? kept;
  } catch {
    return kept ?? offlinePage();
  }
}

/** One version of each file: the one that was fetched last. */
async function keepFile(request, response) {
  if (!response.ok) return;
  const files = await caches.open(FILES);
  await files.delete(request, { ignoreSearch: true });
  await files.put(request, response);
}

async function file(event) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keepFile(event.request, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(event.request, { cacheName: FILES, ignoreSearch: true });
    if (!kept) throw error;
    return kept;
  }
}

async function definition(event) {
  const name = await findPages();
  const kept = name && (await (await caches.open(name)).match(event.request));
  if (kept) return kept;
  const response = await fetch(event.request);
  if (name && response.ok) event.waitUntil(caches.open(name).then((pages) => pages.put(event.request, response.clone())));
  return response;
}

/** A form sent while the network fails: its page comes back, with everything typed from what is kept. */
async function sendForm(event, url) {
  try {
    return await fetch(event.request);
  } catch {
    return (await keptPage(url)) ? Response.redirect(url.pathname + url.search, 303) : offlinePage();
  }
}

async function changeSession(event) {
  await forgetPages(null);
  return fetch(event.request).catch(offlinePage);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((files) => files.add(new Request(OFFLINE_PAGE, { credentials: "omit" }))));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "POST" && SESSION.test(url.pathname)) event.respondWith(changeSession(event));
    else if (request.method === "POST" && ENTRY.test(url.pathname)) event.respondWith(sendForm(event, url));
    else if (request.method === "GET" && ENTRY.test(url.pathname)) event.respondWith(entryPage(event, url));
    // Forms with files go their own way: they are large, and their pages show how far they are.
    else if (!request.headers.get("Content-Type")?.startsWith("multipart/")) event.respondWith(fetch(request).catch(offlinePage));
  } else if (request.method === "GET" && FILE.test(url.pathname)) {
    event.respondWith(file(event));
  } else if (request.method === "GET" && DEFINITION.test(url.pathname)) {
    event.respondWith(definition(event));
  }
});

/** A page that came before this worker names what it needs to open again. */
async function keepAll({ page, blank, files }) {
  if (page) await keepPage(page, await fetch(page, { redirect: "manual" }));
  if (blank && !(await keptPage(new URL(blank, self.location)))) {
    await keepPage(blank, await fetch(blank, { redirect: "manual" }));
  }
  const name = await findPages();
  for (const address of files) {
    const request = new Request(address);
    const { origin, pathname } = new URL(address);
    if (origin !== self.location.origin) continue;
    if (FILE.test(pathname)) await keepFile(request, await fetch(request));
    else if (DEFINITION.test(pathname) && name) await (await caches.open(name)).put(request, await fetch(request));
  }
}

/** The page is told when everything that it named is here. */
self.addEventListener("message", (event) =>
  event.waitUntil(keepAll(event.data).then(() => event.source.postMessage("kept"))),
);
