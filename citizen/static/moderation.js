// Shortcuts of one key. An element says itself which it has: data-key="j n".
// They rest while somebody types, and can be switched off (WCAG 2.1.4).

const KEPT = "citizen.shortcuts";
const list = document.getElementById("shortcuts");
const opener = document.getElementById("show-shortcuts");
const use = document.getElementById("use-shortcuts");
const chooseAll = document.getElementById("choose-all");
let leaving = false;

function areOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function keep(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // Without storage the choice lasts for this page.
  }
}

function tell() {
  for (const element of document.querySelectorAll("[data-key]")) {
    if (use.checked) element.setAttribute("aria-keyshortcuts", element.dataset.key.toUpperCase());
    else element.removeAttribute("aria-keyshortcuts");
  }
}

function act(element) {
  if (element instanceof HTMLDetailsElement) {
    element.open = true;
    element.querySelector("select, textarea").focus();
  } else {
    element.click();
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

// Out of a form that a shortcut has opened, back to where shortcuts work.
function leave(event) {
  const form = event.target instanceof Element ? event.target.closest("details[data-key]") : null;
  if (form === null || !isTyping(event.target)) return false;
  form.open = false;
  form.querySelector("summary").focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && use.checked && leave(event)) return;
  if (!use.checked || list.open || leaving || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const element = document.querySelector(`[data-key~="${CSS.escape(event.key.toLowerCase())}"]`);
  if (element === null) return;
  event.preventDefault();
  act(element);
});

// A second press while the first one is on its way would be a second decision.
document.addEventListener("submit", (event) => {
  // What comes as a file leaves the page where it is.
  if (event.target.method !== "post" || "stays" in event.target.dataset) return;
  if (leaving) event.preventDefault();
  leaving = true;
  // Where the network failed and the page stayed, it may be tried again.
  setTimeout(() => { leaving = false; }, 5000);
});
window.addEventListener("pageshow", () => {
  leaving = false;
});

// Whoever opens what waits has it in hand: the others see it, and nothing stops them.
const claim = document.getElementById("claim");
async function take(form) {
  const body = new FormData(form);
  body.set("by_itself", "1");
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) return;
  const { mine, says } = await answer.json();
  form.hidden = mine;
  document.getElementById("claimed").hidden = !mine;
  document.getElementById("claim-said").textContent = says;
}
if (claim) take(claim).catch(() => {});

use.checked = areOn();
use.addEventListener("change", () => {
  keep(use.checked);
  tell();
});
opener.hidden = false;
opener.addEventListener("click", () => list.showModal());
tell();

if (chooseAll) {
  chooseAll.hidden = false;
  chooseAll.addEventListener("click", () => {
    for (const box of document.querySelectorAll("input[name=chosen]")) box.checked = true;
  });
}
