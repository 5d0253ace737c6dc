// What this phone keeps, and how it is sent: drafts, ideas on their way, receipts.
// Used by pages and by the service worker, so that an idea leaves even when no page is open.
// A key made here goes with every idea: whatever is lost on the way, it arrives once.
self.kept = (() => {
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("citizen") : null;
  let opened;

  function database() {
    opened ||= new Promise((done, failed) => {
      const asked = indexedDB.open("citizen", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("drafts", { keyPath: "form" });
        asked.result.createObjectStore("ideas", { keyPath: "key" });
      };
      asked.onsuccess = () => {
        // Another page clears the phone: let it.
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        done(asked.result);
      };
      asked.onerror = () => failed(asked.error);
    });
    return opened;
  }

  async function within(store, mode, work) {
    const transaction = (await database()).transaction(store, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(store));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  }

  const get = (store, key) => within(store, "readonly", (s) => s.get(key));
  const all = (store) => within(store, "readonly", (s) => s.getAll());
  const drop = async (store, key) => { await within(store, "readwrite", (s) => s.delete(key)); told(); };
  const put = async (store, what) => { await within(store, "readwrite", (s) => s.put(what)); told(); };
  const told = () => channel && channel.postMessage("changed");

  // One sender at a time, be it a page or the worker.
  const alone = (key, work) => navigator.locks
    ? navigator.locks.request("idea-" + key, { ifAvailable: true }, (lock) => lock && work()) : work();

  const send = (key) => alone(key, async () => {
    const idea = await get("ideas", key);
    if (!idea || idea.state === "received" || idea.state === "refused") return;
    await put("ideas", { ...idea, state: "sending" });
    let now = { ...idea, state: "kept" };
    try {
      now = await answered(idea);
    } catch {
      // No network, or it broke: the idea stays here and is tried again.
    }
    await put("ideas", now);
  });

  async function answered(idea) {
    const asked = await fetch(idea.token, { cache: "no-store", headers: { Accept: "application/json" } });
    const body = new FormData();
    for (const [name, value] of idea.fields) body.append(name, value, ...(value instanceof Blob ? [value.name] : []));
    body.set("csrf_token", (await asked.json()).token);
    const answer = await fetch(idea.address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 422) return { ...idea, state: "refused", problems: (await answer.json()).problems };
    if (!answer.ok) return { ...idea, state: "kept" };
    const { receipt, code } = await answer.json();
    return { key: idea.key, title: idea.title, at: idea.at, state: "received", receipt, code };
  }

  async function sendAll() {
    for (const idea of await all("ideas")) await send(idea.key);
  }

  async function clear() {
    const open = await database();
    open.close();
    opened = null;
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase("citizen");
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    });
    if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
    told();
  }

  const heard = (work) => { if (channel) channel.addEventListener("message", work); };
  return { get, all, put, drop, send, sendAll, clear, heard };
})();
