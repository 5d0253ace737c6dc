// On every page for residents: starts the worker, sends what waits, and tells of it; on the phone's own
// page, lists what it keeps.
const waiting = document.getElementById("waiting");
const box = document.getElementById("kept");
const FIRST_PAUSE = 15_000, LONGEST_PAUSE = 240_000;
let pause = FIRST_PAUSE, next;

async function show() {
  const ideas = (await kept.all("ideas")).sort((a, b) => b.at - a.at);
  if (box) {
    box.querySelector("ul").replaceChildren(...ideas.map(item));
    box.hidden = !ideas.length;
    document.getElementById("none-kept").hidden = ideas.length > 0;
  } else waiting.hidden = ideas.every((idea) => idea.state === "received");
  return ideas.some((idea) => idea.state === "kept" || idea.state === "sending");
}

function item(idea) {
  const made = box.querySelector("template").content.cloneNode(true);
  made.querySelector("strong").textContent = idea.title;
  for (const one of made.querySelectorAll("[data-state]")) one.hidden = !one.dataset.state.includes(idea.state);
  const receipt = made.querySelector("a[data-receipt]");
  if (idea.receipt) receipt.href = idea.receipt;
  const code = made.querySelector(".code");
  if (idea.code) code.textContent = idea.code;
  const open = made.querySelector("a[data-open]");
  if (idea.address) open.href = `${idea.address}?open=${idea.key}`;
  made.querySelector("button[data-now]").addEventListener("click", () => sendNow());
  made.querySelector("button[data-drop]").addEventListener("click", () => {
    if (confirm(box.dataset.sure)) kept.drop("ideas", idea.key).then(show);
  });
  return made;
}

async function sendNow() {
  clearTimeout(next);
  await kept.sendAll();
  if (await show()) {
    next = setTimeout(sendNow, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  } else pause = FIRST_PAUSE;
}

async function begin() {
  kept.heard(show);
  addEventListener("online", () => { pause = FIRST_PAUSE; sendNow(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendNow(); });
  const clearing = document.getElementById("clear");
  if (clearing) clearing.addEventListener("submit", clear);
  await sendNow();
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
  const ready = await navigator.serviceWorker.ready;
  const forms = [...document.querySelectorAll("a[data-keep]")].map((link) => new URL(link.href).pathname);
  ready.active.postMessage({ keep: [location.pathname, waiting.pathname, ...forms] });
}

async function clear(event) {
  event.preventDefault();
  const form = event.target;
  const unsent = (await kept.all("ideas")).some((idea) => idea.state !== "received");
  if ((unsent || (await kept.all("drafts")).length) && !confirm(form.dataset.sure)) return;
  await kept.clear();
  for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
  form.submit();
}

// A browser that keeps nothing (a private window, no room left) still has the plain form.
begin().catch(() => {});
