// A chosen reason brings its standard words into the field, as long as nobody has written there.
// Without this script the same words are sent where nothing is written.

const standard = new Map(
  [...document.querySelectorAll("[data-reason]")].map((element) => [element.dataset.reason, element.textContent]),
);
const ours = new Set(["", ...standard.values()]);

for (const choice of document.querySelectorAll("select[name=reason]")) {
  const field = choice.form.elements.words;
  choice.addEventListener("change", () => {
    if (ours.has(field.value.trim())) field.value = standard.get(choice.value) || "";
  });
  // Whoever comes by keyboard replaces the words by typing, and keeps them by going on.
  field.addEventListener("focus", () => {
    if (field.value !== "" && ours.has(field.value.trim())) field.select();
  });
}
