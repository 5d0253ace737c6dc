// Follows a run without reloading: asks once a second how far it has come.
// Speaks only when the stage changes, not with every per cent.

const box = document.getElementById("run");
const bar = box.querySelector("progress");
const percent = document.getElementById("percent");
const stage = document.getElementById("stage");
const hint = document.getElementById("hint");

function show(told) {
  bar.value = told.percent;
  percent.textContent = told.share;
  if (stage.textContent !== told.stage) stage.textContent = told.stage;
  if (hint.textContent !== told.hint) hint.textContent = told.hint;
  hint.hidden = !told.hint;
}

async function follow() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    // Signed out meanwhile, or the run is gone: the page itself knows what to say.
    if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return location.reload();
    const told = await answer.json();
    show(told);
    if (told.over) return location.reload();
  } catch {
    // The network comes back, or the next try fails as well; the run goes on either way.
  }
  setTimeout(follow, 1000);
}

setTimeout(follow, 1000);
