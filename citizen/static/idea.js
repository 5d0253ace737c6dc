// The idea form, kept on the phone as it is typed and sent when there is coverage.
// Without this script, or where the phone keeps nothing, the form is sent as any form.
const form = document.getElementById("idea");
const status = document.getElementById("idea-status");
const words = form.dataset;
const page = location.pathname;
const HIDDEN = ["csrf_token", "client_key"];
let key = crypto.randomUUID(), writing = Promise.resolve(), timer, leaving = false;

const typed = () => [...new FormData(form)].filter(
  ([name, value]) => !HIDDEN.includes(name) && (value instanceof Blob ? value.size : value.trim()));

function say(sentence) {
  document.getElementById("start-again").hidden = true;
  status.parentElement.hidden = !sentence;
  status.textContent = sentence;
}

// Five times a second while somebody types: a battery may die in the middle of a sentence.
function keepSoon() {
  timer ||= setTimeout(keep, 200);
}

// Where nothing of one's own is in the form, there is nothing to keep.
const own = () => ["title", "body", "place", "email", "latitude"].some((name) => form.elements[name]?.value.trim())
  || typed().some(([, value]) => value instanceof Blob);

function keep() {
  clearTimeout(timer);
  timer = 0;
  if (leaving) return writing;
  const draft = { form: page, key, fields: typed(), at: Date.now() };
  writing = writing.then(() => own() ? kept.put("drafts", draft) : kept.drop("drafts", page)).catch(() => {});
  return writing;
}

function fill(fields) {
  const files = new DataTransfer();
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (value instanceof Blob) files.items.add(value);
    else if (field && name !== "picture_alt") field.value = value;
  }
  form.dispatchEvent(new Event("filled"));
  const pictures = form.elements.pictures;
  if (pictures && files.files.length) {
    pictures.files = files.files;
    // Whoever shows pictures needs their texts with them.
    const told = fields.filter(([name]) => name === "picture_alt").map(([, value]) => value);
    pictures.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { told } }));
  }
}

async function restore() {
  const refused = await kept.get("ideas", new URLSearchParams(location.search).get("open") || "-");
  const draft = await kept.get("drafts", page);
  if (refused && refused.state !== "received") {
    key = refused.key;
    fill(refused.fields);
    await kept.drop("ideas", key);
    if (refused.problems) return showProblems(refused.problems);
  } else if (draft && !document.getElementById("problems")) {
    key = draft.key;
    fill(draft.fields);
    say(words.restored);
    const again = document.getElementById("start-again");
    again.hidden = false;
    again.addEventListener("click", startAgain);
  }
}

async function startAgain() {
  if (!confirm(words.sure)) return;
  leaving = true;
  await kept.drop("drafts", page);
  location.replace(page);
}

// What the phone itself can see is missing; the rest is the server's to say.
const missing = () => [...form.querySelectorAll("[data-missing]")]
  .filter((field) => !typed().some(([name]) => name === field.dataset.name))
  .map((field) => [field.dataset.name, field.dataset.missing]);

function showProblems(problems) {
  for (const old of form.parentElement.querySelectorAll("#problems, .ds-validation-message")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const summary = document.getElementById("problems-then").content.firstElementChild.cloneNode(true);
  summary.id = "problems";
  const list = summary.querySelector("ul");
  for (const [id, sentence] of problems) {
    const entry = document.createElement("li");
    const field = document.getElementById(id);
    entry.append(field ? Object.assign(document.createElement("a"), { href: "#" + id, textContent: sentence }) : sentence);
    list.append(entry);
    if (field) mark(field, id, sentence);
  }
  form.before(summary);
  if (!document.title.startsWith(words.error)) document.title = `${words.error} ${document.title}`;
  say("");
  summary.focus();
}

function mark(field, id, sentence) {
  const before = document.getElementById(id + "-error");
  if (before) {
    before.textContent += " " + sentence;
    return;
  }
  const error = Object.assign(document.createElement("p"), { className: "ds-validation-message", id: id + "-error", textContent: sentence });
  if (field.matches("fieldset")) field.querySelector("legend").after(error);
  else (field.closest("label.choice") ?? field).before(error);
  // What is asked only now and then.
  field.closest("[hidden]")?.removeAttribute("hidden");
  field.setAttribute("aria-invalid", "true");
  const hint = document.getElementById(id + "-hint");
  field.setAttribute("aria-describedby", `${hint ? hint.id + " " : ""}${error.id}`);
}

async function submit(event) {
  event.preventDefault();
  if (leaving) return;
  const lacking = missing();
  if (lacking.length) return showProblems(lacking);
  await keep();
  leaving = true;
  const fields = typed();
  try {
    await kept.put("ideas", {
      key, address: page, token: words.token, title: form.elements.title.value.trim(), at: Date.now(),
      state: "kept", fields: [...fields, ["client_key", key]],
    });
  } catch {
    return form.submit();
  }
  await kept.drop("drafts", page);
  say(words.sending);
  await kept.send(key);
  const now = await kept.get("ideas", key);
  if (now.state === "received") return location.assign(now.receipt);
  if (now.state === "refused") {
    await kept.drop("ideas", key);
    leaving = false;
    keep();
    return showProblems(now.problems);
  }
  // Where the phone can, it sends also when this page is gone.
  navigator.serviceWorker?.getRegistration().then((worker) => worker?.sync?.register("send")).catch(() => {});
  location.assign(words.phone);
}

form.addEventListener("input", keepSoon);
form.addEventListener("change", keepSoon);
form.addEventListener("pictures", keepSoon);
document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
form.addEventListener("submit", submit);
// Whoever goes back finds the form as it is now, not as it was left.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
restore().catch(() => {});
