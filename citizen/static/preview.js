// How a text will read without what is marked, while it is being marked. Without this a button asks the server.

const section = document.getElementById("preview");
const { open, close, mark, uneven, changed } = section.dataset;
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
// Of three brackets in a row the inner one is the text's own.
const pieces = new RegExp(`(${escaped(open)}|${escaped(close)}(?!${escaped(close[0])}))`, "u");

// Where marks stand, as [start, end] in the text itself, the way the server reads them.
function stretches(field) {
  const parts = field.value.split(pieces);
  const text = parts.filter((_part, place) => place % 2 === 0).join("");
  if (text !== field.dataset.whole) throw new Error(changed);
  const found = [];
  let at = 0;
  let begun = -1;
  parts.forEach((part, place) => {
    if (place % 2 === 0) {
      at += part.length;
    } else if ((part === open) === begun >= 0) {
      throw new Error(uneven);
    } else if (part === open) {
      begun = at;
    } else {
      found.push([begun, at]);
      begun = -1;
    }
  });
  if (begun >= 0) throw new Error(uneven);
  return joined(text, found);
}

// Without the white space at their ends; those with only a space between are one.
function joined(text, found) {
  const kept = [];
  for (const [start, end] of found) {
    const inside = text.slice(start, end);
    const begin = start + inside.length - inside.trimStart().length;
    const stop = end - inside.length + inside.trimEnd().length;
    if (begin >= stop) continue;
    const last = kept.at(-1);
    if (last && (begin <= last[1] || text.slice(last[1], begin) === " ")) last[1] = Math.max(stop, last[1]);
    else kept.push([begin, stop]);
  }
  return kept;
}

function read(field) {
  let text = field.dataset.whole;
  for (const [start, end] of stretches(field).reverse()) text = text.slice(0, start) + mark + text.slice(end);
  return text;
}

function paragraphs(text) {
  return text.split("\n\n").filter((block) => block.trim()).map((block) => {
    const paragraph = document.createElement("p");
    block.split("\n").forEach((line, number) => paragraph.append(...(number ? [document.createElement("br")] : []), line));
    return paragraph;
  });
}

function show(field, place) {
  let text = "";
  let problem = "";
  try {
    text = read(field);
  } catch (error) {
    problem = error.message;
  }
  place.classList.toggle("ds-validation-message", problem !== "");
  // What is wrong is said in the reader's own language.
  if (problem) place.lang = document.documentElement.lang;
  else place.removeAttribute("lang");
  if (place.localName === "div" && !problem) place.replaceChildren(...paragraphs(text));
  else place.textContent = problem || text;
}

for (const place of section.querySelectorAll("[data-of]")) {
  const field = document.getElementById(place.dataset.of);
  if (place.localName === "canvas") continue;
  field.addEventListener("input", () => show(field, place));
  show(field, place);
}

// ---- photos: cells that touch become one colour, their average

// So much lighter or darker every other cell is, as on the server.
const SHADE = 14;

function groups(cells, columns) {
  const left = new Set(cells);
  const found = [];
  while (left.size) {
    const edge = [left.values().next().value];
    left.delete(edge[0]);
    const group = [];
    while (edge.length) {
      const cell = edge.pop();
      group.push(cell);
      for (const other of [...left]) {
        const rows = Math.abs(Math.floor(other / columns) - Math.floor(cell / columns));
        if (rows <= 1 && Math.abs((other % columns) - (cell % columns)) <= 1) {
          left.delete(other);
          edge.push(other);
        }
      }
    }
    found.push(group);
  }
  return found;
}

function cover(canvas, image, grid) {
  const columns = Number(grid.dataset.cells);
  const boxes = [...grid.querySelectorAll("input")];
  const rows = boxes.length / columns;
  const { width, height } = canvas;
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.drawImage(image, 0, 0, width, height);
  const chosen = boxes.filter((box) => box.checked).map((box) => boxes.indexOf(box));
  for (const group of groups(chosen, columns)) {
    const sides = group.map((cell) => {
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      const [left, top] = [Math.floor((column * width) / columns), Math.floor((row * height) / rows)];
      return [left, top, Math.floor(((column + 1) * width) / columns) - left, Math.floor(((row + 1) * height) / rows) - top];
    });
    const sum = [0, 0, 0, 0];
    for (const box of sides) {
      const { data } = paper.getImageData(...box);
      for (let at = 0; at < data.length; at += 4) {
        for (const part of [0, 1, 2]) sum[part] += data[at + part];
        sum[3] += 1;
      }
    }
    const colour = sum.slice(0, 3).map((part) => Math.round(part / sum[3]));
    sides.forEach((box, place) => {
      const cell = group[place];
      const shade = (Math.floor(cell / columns) + (cell % columns)) % 2 ? SHADE : -SHADE;
      paper.fillStyle = `rgb(${colour.map((part) => Math.min(255, Math.max(0, part + shade))).join(" ")})`;
      paper.fillRect(...box);
    });
  }
}

for (const canvas of section.querySelectorAll("canvas")) {
  const grid = document.getElementById(canvas.dataset.of);
  const image = grid.querySelector("img");
  const description = document.getElementById(canvas.dataset.alt);
  const draw = () => cover(canvas, image, grid);
  const describe = () => {
    try {
      canvas.setAttribute("aria-label", read(description) || canvas.dataset.nameless);
    } catch (error) {
      canvas.setAttribute("aria-label", error.message);
    }
  };
  if (description) description.addEventListener("input", describe);
  if (description) describe();
  grid.addEventListener("change", draw);
  // A drag chooses boxes without a change of each.
  document.addEventListener("pointerup", draw);
  if (image.complete) draw();
  else image.addEventListener("load", draw);
  canvas.hidden = false;
}

for (const picture of section.querySelectorAll("[data-from-server]")) picture.remove();
section.hidden = false;
section.querySelector("[data-live]").hidden = false;
for (const button of document.querySelectorAll("button[name=preview]")) button.hidden = true;
