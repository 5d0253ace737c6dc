// Shows colours while they are chosen. What they look like, and whether they pass, the server says:
// the same page is asked for with other colours, and the part that tells of them takes its place.

const form = document.getElementById("colours");
const PAUSE = 200;
let waiting = 0;
let latest = 0;

function ready() {
  for (const chooser of form.querySelectorAll("[data-writes]")) {
    const field = document.getElementById(chooser.dataset.writes);
    chooser.hidden = false;
    if (/^#[0-9a-f]{6}$/i.test(field.value)) chooser.value = field.value;
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
}

async function show() {
  const number = ++latest;
  const address = new URL(form.action);
  for (const field of form.querySelectorAll("input[name$=_colour]")) {
    address.searchParams.set(field.name, field.value);
  }
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number === latest) await wear(page);
  } catch {
    // Without the network the boxes stay as they are; saving tells the rest.
  }
}

// The new sheet first, so that the boxes never stand there undressed.
async function wear(page) {
  const before = document.querySelector("link[rel=stylesheet]");
  const after = before.cloneNode();
  after.href = page.querySelector("link[rel=stylesheet]").getAttribute("href");
  if (after.href !== before.href) {
    await new Promise((done) => {
      after.onload = after.onerror = done;
      before.after(after);
    });
    before.remove();
  }
  document.getElementById("tried").replaceWith(page.getElementById("tried"));
  for (const told of form.querySelectorAll("[data-told]")) {
    const now = page.querySelector(`[data-told=${told.dataset.told}]`).innerHTML;
    // What is said again unchanged would be read aloud again.
    if (told.innerHTML !== now) told.innerHTML = now;
    document.getElementById(told.dataset.told).setAttribute("aria-invalid", String(now.includes("-error")));
  }
}

form.addEventListener("input", (event) => {
  const chooser = event.target;
  if (chooser.dataset.writes) document.getElementById(chooser.dataset.writes).value = chooser.value;
  else ready();
  soon();
});

form.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-offers]");
  if (offer === null) return;
  event.preventDefault();
  const field = document.getElementById(offer.dataset.offers);
  field.value = offer.value;
  field.focus();
  ready();
  show();
});

document.getElementById("look").hidden = true;
ready();
