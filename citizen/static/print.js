// Shows the buttons that print: without script the browser's own does.

for (const button of document.querySelectorAll("[data-print]")) {
  button.parentElement.classList.add("ready");
  button.addEventListener("click", () => window.print());
}
