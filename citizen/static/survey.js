// A page of a survey: kept on the phone as it is typed, and sent when there is coverage.
// Without this script, or where the phone keeps nothing, the page is sent as any form. Sending twice is
// harmless: the server keeps a page as it is, however often it comes.
const form = document.getElementById("survey");
const words = form.dataset;
const told = document.getElementById("survey-told");
const draft = `survey ${words.key} ${words.page}`;
const HIDDEN = ["csrf_token", "go"];
let timer, next, pause = 15_000, leaving = false, writing = Promise.resolve(), left;

const typed = () => [...new FormData(form)].filter(
  ([name, value]) => !HIDDEN.includes(name) && (value instanceof Blob ? value.size : value.trim()));
const as = (fields) => JSON.stringify(fields.map(([name, value]) => [name, value instanceof Blob ? value.size : value]));
const before = as(typed());

function say(sentence) {
  told.hidden = !sentence;
  told.firstElementChild.textContent = sentence;
}

function keep() {
  clearTimeout(timer);
  timer = 0;
  if (leaving) return writing;
  const fields = typed();
  writing = writing.then(() => as(fields) === before ? kept.drop("drafts", draft)
    : kept.put("drafts", { form: draft, fields, at: Date.now() })).catch(() => {});
  return writing;
}

function fill(fields) {
  const said = new Map();
  for (const [name, value] of fields) said.set(name, [...(said.get(name) ?? []), value]);
  const files = new DataTransfer();
  for (const field of form.elements) {
    const values = said.get(field.name) ?? [];
    if (HIDDEN.includes(field.name) || ["submit", "image", "button"].includes(field.type) || !field.name) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.type === "file") values.forEach((file) => file instanceof Blob && files.items.add(file));
    else if (!["kept", "kept_alt", "picture_alt"].includes(field.name)) field.value = values[0] ?? "";
  }
  form.dispatchEvent(new Event("filled"));
  if (files.files.length) {
    form.elements.pictures.files = files.files;
    const detail = { told: said.get("picture_alt") ?? [] };
    form.elements.pictures.dispatchEvent(new CustomEvent("change", { bubbles: true, detail }));
  }
}

async function restore() {
  const mine = await kept.get("drafts", draft);
  if (!mine || document.getElementById("problems")) return;
  fill(mine.fields);
  say(words.restored);
}

// What is written beside an option belongs to that option; what is chosen alone stands alone.
function together({ target }) {
  const group = target.closest("fieldset, .ds-field");
  if (target.dataset.beside && target.value.trim()) {
    const option = group.querySelector(`input[value="${target.dataset.beside}"]`);
    if (!option.checked) option.click();
  } else if (target.type === "checkbox" && target.checked && group?.matches("fieldset")) {
    const alone = "alone" in target.dataset;
    for (const other of group.querySelectorAll("input[type=checkbox]:checked")) {
      if (other !== target && (alone || "alone" in other.dataset)) other.checked = false;
    }
  }
}

async function send(go) {
  const data = new FormData(form);
  data.set("go", go);
  const token = await fetch(words.token, { cache: "no-store", headers: { Accept: "application/json" } });
  data.set("csrf_token", (await token.json()).token);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).next : null;
}

async function submit(event) {
  const by = event.submitter;
  // Buttons of a map and of its point are the server's to answer.
  if (by && by.name !== "go") return;
  event.preventDefault();
  await keep();
  left = by?.value ?? "next";
  say("");
  await go();
}

async function go() {
  clearTimeout(next);
  let address;
  try {
    address = await send(left);
  } catch {
    // No network, or it broke: the page stays as it is, and is tried again.
    say(words.waiting);
    next = setTimeout(go, pause);
    pause = Math.min(pause * 2, 240_000);
    return;
  }
  leaving = true;
  await writing;
  if (address) {
    await kept.drop("drafts", draft).catch(() => {});
    // The copy that opens without coverage knows nothing of what has just been saved.
    await self.caches?.open("pages").then((pages) => pages.delete(location.pathname)).catch(() => {});
    return location.assign(address);
  }
  // Refused: the page itself says why.
  const button = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: left });
  form.append(button);
  form.submit();
}

form.addEventListener("input", (event) => { together(event); timer ||= setTimeout(keep, 200); });
form.addEventListener("change", () => { timer ||= setTimeout(keep, 200); });
form.addEventListener("pictures", () => { timer ||= setTimeout(keep, 200); });
form.addEventListener("submit", submit);
document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
addEventListener("online", () => { if (left && !leaving) go(); });
// Whoever goes back finds the page as it was saved, not as it was left.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
restore().catch(() => {});
