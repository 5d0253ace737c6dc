// Pages open without a network: what was last seen of those in which one reads and writes ideas, and the
// page of a survey that is being answered. Receipts, staff pages and everything else are never kept.
const KEPT = "pages", FILES = "files";
const PAGE = /^\/(sv|nb|nn|en)\/(|phone|programmes\/[\w-]+|ideas\/[\w-]+(\/new)?|surveys\/(S-\w{8}(\/answer\/p\d+)?)?)$/;
const ANSWERED = /\/surveys\/S-\w{8}\/answer\//, SENT = /\/surveys\/receipt\//;
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(self.ASSETS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

// Files of versions that are gone: all but those of this one, and what pages kept here still name.
async function tidy() {
  const files = await caches.open(FILES);
  for (const file of await files.keys()) {
    const { pathname, search } = new URL(file.url);
    if (pathname.startsWith("/static/") && !self.ASSETS.includes(pathname + search)) await files.delete(file);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  // A municipality's own colours are a sheet outside the folder of files.
  if (address.pathname.startsWith("/static/") || request.destination === "style") event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request, address));
});

async function file(request) {
  const cache = await caches.open(FILES);
  const known = await cache.match(request);
  if (known) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (lost) {
    // A page kept from before names a file of before: this version's will do.
    return (await cache.match(request, { ignoreSearch: true })) || Promise.reject(lost);
  }
}

async function page(request, address) {
  const kept = PAGE.test(address.pathname);
  const arriving = fetch(request).then(async (answer) => {
    // What somebody has searched for is not the list.
    if (kept && !address.search) await keep(address.pathname, answer);
    if (answer.ok && SENT.test(address.pathname)) await forgetAnswers();
    return answer;
  });
  const known = await (await caches.open(KEPT)).match(kept ? address.pathname : phone(address.pathname));
  if (!known) return arriving;
  try {
    return await Promise.race(kept ? [arriving, later()] : [arriving]);
  } catch {
    arriving.catch(() => {});
    return known;
  }
}

const phone = (path) => `/${path.split("/")[1]}/phone`;
const later = () => new Promise((_, tooLate) => setTimeout(tooLate, PATIENCE));

// What no browser may store for later the phone may keep where its own page says so, until it is sent.
async function keep(path, answer) {
  const held = answer.headers.get("Cache-Control") || "";
  if (!answer.ok || answer.redirected || (held.includes("no-store") && !answer.headers.has("Phone-Keeps"))) return;
  await (await caches.open(KEPT)).put(path, answer.clone());
}

async function forgetAnswers() {
  const pages = await caches.open(KEPT);
  for (const page of await pages.keys()) if (ANSWERED.test(page.url)) await pages.delete(page);
}

self.addEventListener("message", (event) => {
  if (event.data && event.data.keep) event.waitUntil(fetchAll(event.data.keep));
});

async function fetchAll(paths) {
  const cache = await caches.open(KEPT);
  for (const path of paths) {
    // Told, so that it begins no session beside that of the page which is being opened.
    const told = { headers: { Purpose: "prefetch" } };
    if (PAGE.test(path) && !(await cache.match(path))) await keep(path, await fetch(path, told));
  }
}

self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(self.kept.sendAll());
});
