// Shares an idea's address through the phone, or copies it. Nobody else hears of it.

const button = document.getElementById("share");
const field = document.getElementById("address");
const said = document.getElementById("shared");

async function copy() {
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = button.dataset.done;
  } catch {
    field.select();
    said.textContent = button.dataset.failed;
  }
}

async function share() {
  try {
    await navigator.share({ title: button.dataset.title, url: field.value });
  } catch (error) {
    // Whoever closes the phone's own list has changed their mind.
    if (error.name !== "AbortError") await copy();
  }
}

if (!navigator.share) button.textContent = button.dataset.copy;
button.hidden = false;
button.addEventListener("click", () => (navigator.share ? share() : copy()));
