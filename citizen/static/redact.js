// Marks words and covers parts of photos. Without it the marks are written, and the boxes chosen one by one.

const WORD = /[\p{L}\p{N}@.+_-]/u;

// What is selected; without a selection, the word that the caret stands in.
function stretch(field) {
  let { selectionStart: start, selectionEnd: end } = field;
  if (start === end) {
    while (start > 0 && WORD.test(field.value[start - 1])) start -= 1;
    while (end < field.value.length && WORD.test(field.value[end])) end += 1;
  }
  while (start < end && /\s/u.test(field.value[start])) start += 1;
  while (end > start && /\s/u.test(field.value[end - 1])) end -= 1;
  return [start, end];
}

for (const button of document.querySelectorAll("[data-marks] [data-open]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const { open, close } = button.dataset;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    const [start, end] = stretch(field);
    const inside = field.value.slice(start, end);
    if (start !== end && !inside.includes(open) && !inside.includes(close)) {
      field.setRangeText(open + inside + close, start, end, "end");
    }
    field.focus();
  });
}

// Arrows go from box to box; the way by Tab is one stop for each photo.
for (const grid of document.querySelectorAll("[data-cells]")) {
  const columns = Number(grid.dataset.cells);
  const boxes = [...grid.querySelectorAll("input")];
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  let begun = null;
  let before = [];

  const reach = (box) => {
    for (const one of boxes) one.tabIndex = one === box ? 0 : -1;
  };
  reach(boxes.find((box) => box.checked) ?? boxes[0]);

  grid.addEventListener("focusin", (event) => {
    if (boxes.includes(event.target)) reach(event.target);
  });
  grid.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target);
    const to = at + (steps[event.key] ?? NaN);
    const isWithin = to >= 0 && to < boxes.length
      && (Math.abs(steps[event.key]) > 1 || Math.floor(to / columns) === Math.floor(at / columns));
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    if (isWithin) boxes[to].focus();
  });

  // A drag chooses the rectangle from where it began; one that begins on a chosen box clears it instead.
  const cover = (at) => {
    const rows = [Math.floor(begun / columns), Math.floor(at / columns)].sort((a, b) => a - b);
    const sides = [begun % columns, at % columns].sort((a, b) => a - b);
    boxes.forEach((box, place) => {
      const row = Math.floor(place / columns);
      const side = place % columns;
      const isIn = row >= rows[0] && row <= rows[1] && side >= sides[0] && side <= sides[1];
      box.checked = isIn ? !before[begun] : before[place];
    });
  };
  grid.addEventListener("pointerdown", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || event.button !== 0) return;
    event.target.releasePointerCapture?.(event.pointerId);
    begun = at;
    before = boxes.map((box) => box.checked);
  });
  grid.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const at = boxes.indexOf(document.elementFromPoint(event.clientX, event.clientY));
    if (at >= 0 && (at !== begun || grid.dataset.dragged)) {
      grid.dataset.dragged = "yes";
      cover(at);
    }
  });
  document.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    begun = null;
    // The click that ends a drag on the box where it began would turn that box again.
    if (grid.dataset.dragged) setTimeout(() => { delete grid.dataset.dragged; });
  });
  grid.addEventListener("click", (event) => {
    if (grid.dataset.dragged && boxes.includes(event.target)) event.preventDefault();
  });
}
