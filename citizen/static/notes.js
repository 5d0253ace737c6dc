// Ctrl+Enter sends a note from any field; a second press while the first is on its way does nothing.

const form = document.getElementById("note");
let leaving = false;

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  if (leaving) event.preventDefault();
  leaving = true;
  setTimeout(() => { leaving = false; }, 5000);
});
window.addEventListener("pageshow", () => { leaving = false; });
