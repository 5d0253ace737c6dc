// A device that many people write on: what one has left is gone before the next comes.
// Nobody is hurried: both clocks can be stopped by one button (WCAG 2.2.1).

const SECOND = 1000;
const leave = (address) => location.replace(address);

// Counts down to zero, told every second; gives back how to stop it.
function countDown(seconds, tell, ended) {
  const end = Date.now() + seconds * SECOND;
  const left = () => Math.max(0, Math.ceil((end - Date.now()) / SECOND));
  tell(left());
  const beat = setInterval(() => {
    tell(left());
    if (left() > 0) return;
    clearInterval(beat);
    ended();
  }, SECOND / 4);
  return () => clearInterval(beat);
}

function watchReceipt(box) {
  const left = box.querySelector("[data-left]");
  const shown = Number(box.dataset.shown);
  let stop = () => {};

  function begin() {
    stop = countDown(shown, (n) => { left.textContent = n; }, () => leave(box.dataset.again));
    box.hidden = false;
  }

  // Not for ever: the one who asked may walk away as well. Then it is told of once more.
  box.querySelector("[data-stay]").addEventListener("click", () => {
    stop();
    box.hidden = true;
    stop = countDown(4 * shown, () => {}, begin);
  });
  begin();
}

function watchForm(dialog) {
  const left = dialog.querySelector("[data-left]");
  let stop = () => {};
  const fields = () => [...document.querySelectorAll("main form:not([method=dialog]) :is(input, textarea)")];
  const isTyped = (field) => !["hidden", "radio", "checkbox"].includes(field.type) && field.value !== "";

  function ask() {
    // Where every page is kept, something is left even if nothing is typed on this one.
    if (!("kept" in dialog.dataset) && !fields().some(isTyped)) return wait();
    dialog.showModal();
    stop = countDown(Number(dialog.dataset.grace), (n) => { left.textContent = n; }, () => leave(dialog.dataset.again));
  }

  function wait() {
    stop();
    stop = countDown(Number(dialog.dataset.idle), () => {}, ask);
  }

  for (const touch of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(touch, () => { if (!dialog.open) wait(); }, { passive: true });
  }
  dialog.addEventListener("close", wait);
  wait();
}

const receipt = document.querySelector("[data-kiosk-receipt]");
const form = document.querySelector("[data-kiosk-form]");
if (receipt) watchReceipt(receipt);
if (form) watchForm(form);
// A page that comes back from the browser's memory is one of somebody before.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
