// While an idea is written: published ones that say the same, quietly below the field.
// Nothing here is needed to send, and nothing above what somebody types on ever moves.

const WAIT = 400;
const LONGEST = 500;
const CLOSED = "citizen.alike.closed";

const box = document.getElementById("alike");
const idea = box?.closest("form");

if (idea) {
  const { title, body } = idea.elements;
  const said = box.querySelector(".said");
  const found = box.querySelector(".found");
  const close = box.querySelector("button");
  const forms = document.createElement("div");
  forms.hidden = true;
  document.querySelector("main").append(forms);

  let rests = kept() === idea.elements.client_key.value;
  let asked = "";
  let foundFor = "";
  let timer;
  let controller;

  // The same form is known again after it has come back with something to fix.
  function kept() {
    try {
      return sessionStorage.getItem(CLOSED);
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      sessionStorage.setItem(CLOSED, idea.elements.client_key.value);
    } catch {
      // Without storage it stays away as long as the page.
    }
  }

  function typed() {
    const words = `${title.value}\n${body.value}`.trim().slice(0, LONGEST);
    return words.split(/\s+/).length > 1 ? words : "";
  }

  // A form may not lie within the idea's own: forms go beside, their buttons and fields name them.
  function put(place, html) {
    const piece = document.createElement("template");
    piece.innerHTML = html;
    for (const form of piece.content.querySelectorAll("form")) {
      forms.querySelector(`#${CSS.escape(form.id)}`)?.remove();
      forms.append(form);
    }
    place.replaceChildren(piece.content);
  }

  function isAbove(field) {
    return Boolean(box.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function show(html, words) {
    const field = document.activeElement;
    if (rests || box.contains(field)) return;
    // Who goes on writing may still mean the same: what was found for the beginning does not flicker.
    if (html === "" && foundFor !== "" && words.startsWith(foundFor)) return;
    const isTyping = field === title || field === body;
    if (!isTyping && field !== document.body) {
      asked = "";
      return;
    }
    if (isTyping && isAbove(field)) {
      // What is there stays; what comes now comes below.
      if (!close.hidden || html === "") return;
      field.closest(".ds-field").after(box);
    }
    foundFor = html === "" ? "" : words;
    put(found, html);
    const sentence = found.querySelector(".said");
    sentence?.remove();
    close.hidden = html === "";
    // A moment later, so that it is heard where the box has just been moved.
    const told = sentence?.textContent ?? "";
    setTimeout(() => {
      if (said.textContent !== told) said.textContent = told;
    }, 50);
  }

  async function ask() {
    const words = typed();
    const field = document.activeElement;
    if (rests || words === asked || (!close.hidden && field === body && isAbove(body))) return;
    asked = words;
    controller?.abort();
    controller = new AbortController();
    if (words === "") {
      show("", words);
      return;
    }
    const { signal } = controller;
    try {
      const sent = new URLSearchParams({ words, csrf_token: idea.elements.csrf_token.value });
      const answer = await fetch(box.dataset.address, { method: "POST", body: sent, signal });
      const html = answer.status === 200 ? await answer.text() : "";
      if (!signal.aborted) show(html, words);
    } catch {
      // No coverage: the idea can be written and sent all the same.
      if (!signal.aborted) asked = "";
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  async function add(form) {
    const place = found.querySelector(`[data-of="${CSS.escape(form.id)}"]`);
    if (place === null || place.ariaBusy === "true") return;
    place.ariaBusy = "true";
    // Whoever has joined somebody has found what they looked for; what is there stays.
    rests = true;
    const sent = new URLSearchParams(new FormData(form));
    sent.set("in_place", "1");
    sent.set("written_in", idea.elements.written_in.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.statusText);
      put(place, await answer.text());
      (place.querySelector("[aria-invalid]") ?? place.querySelector(".given")).focus();
    } catch {
      place.querySelector(".failed")?.remove();
      const sorry = document.createElement("p");
      sorry.className = "failed ds-validation-message";
      sorry.setAttribute("role", "alert");
      sorry.textContent = box.dataset.failed;
      place.append(sorry);
    }
    place.ariaBusy = "false";
  }

  title.addEventListener("input", soon);
  body.addEventListener("input", soon);
  close.addEventListener("click", () => {
    rests = true;
    keep();
    title.focus({ preventScroll: true });
    box.remove();
  });
  forms.addEventListener("submit", (event) => {
    event.preventDefault();
    add(event.target);
  });
}
