// Where: "near me" in the list; in the form "where I am", and a point on the municipality's own map.
// The phone is asked on a press and never before. What leaves it is rounded to about 100 metres.
const [SOUTH, NORTH, WEST, EAST] = [54, 72, 4, 32];
const VAGUE = 1000;

// Asks the phone; tells in words why not, and then nothing else happens.
function whereabouts(words, say, found) {
  say(words.asking);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const { latitude, longitude, accuracy } = coords;
    if (latitude < SOUTH || latitude > NORTH || longitude < WEST || longitude > EAST) return say(words.far);
    if (accuracy > VAGUE) return say(words.vague);
    found(latitude.toFixed(3), longitude.toFixed(3), accuracy);
  }, ({ code }) => say(code === 1 ? words.denied : words.lost), { timeout: 15_000, maximumAge: 60_000 });
}

function offer(button, press) {
  if (!button || !isSecureContext || !navigator.geolocation) return;
  button.parentElement.classList.add("ready");
  button.addEventListener("click", press);
}

const near = document.getElementById("near");
if (near) {
  const told = document.getElementById("near-told");
  const say = (sentence) => { told.hidden = false; told.textContent = sentence; };
  offer(document.getElementById("near-me"), () => whereabouts(near.dataset, say, (latitude, longitude) => {
    location.assign(`${near.dataset.list}?near=${latitude},${longitude}`);
  }));
}

const box = document.getElementById("point");
if (box) point(box);

function point(box) {
  const form = box.closest("form"), words = box.dataset;
  const told = document.getElementById("point-told"), gone = document.getElementById("point-gone");
  const fields = ["latitude", "longitude"].map((name) => form.elements[name]);
  const faces = [];
  const spoken = (degrees) => degrees.replace(".", words.mark);
  const now = () => fields.map((field) => field.value);
  const say = (sentence) => { told.textContent = sentence; };

  function show() {
    gone.hidden = !now()[0];
    for (const draw of faces) draw();
  }

  function set(latitude, longitude, sentence) {
    [fields[0].value, fields[1].value] = [latitude, longitude];
    say(sentence);
    show();
    // Whoever keeps the draft wants to know.
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  const kept = ([latitude, longitude]) => words.kept
    .replace("{latitude}", spoken(latitude)).replace("{longitude}", spoken(longitude));
  const put = (latitude, longitude) => {
    const rounded = [latitude.toFixed(3), longitude.toFixed(3)];
    set(...rounded, kept(rounded));
  };

  offer(document.getElementById("where"), () => whereabouts(words, say, (latitude, longitude, accuracy) => {
    const metres = Math.max(100, Math.ceil(accuracy / 100) * 100);
    set(latitude, longitude, words.here.replace("{metres}", metres));
  }));
  gone.type = "button";
  gone.addEventListener("click", () => {
    set("", "", words.gone);
    (box.querySelector(".ready > #where") || form.elements.place).focus();
  });

  for (const sheet of box.querySelectorAll("details[data-edges]")) {
    sheet.querySelector(".plainly").remove();
    const lay = () => { if (sheet.open && !sheet.querySelector(".face")) faces.push(laid(sheet, now, put)); show(); };
    sheet.addEventListener("toggle", lay);
    lay();
  }

  // A draft that was kept has been filled in.
  form.addEventListener("filled", () => { if (now()[0]) say(kept(now())); show(); });
  show();
}

const up = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const down = (height) => ((Math.atan(Math.exp(height)) * 2 - Math.PI / 2) * 180) / Math.PI;

// Lays the picture in its place, fetched only now. Gives what draws the point on it.
function laid(sheet, now, put) {
  const [north, south, west, east] = sheet.dataset.edges.split(" ").map(Number);
  sheet.append(sheet.querySelector("template").content.cloneNode(true));
  const face = sheet.querySelector(".face"), dot = face.querySelector("circle");
  const [, , wide, high] = face.querySelector("svg").getAttribute("viewBox").split(" ").map(Number);
  const within = (low, value, top) => Math.min(top, Math.max(low, value));
  const at = (x, y) => put(down(up(north) - y * (up(north) - up(south))), west + x * (east - west));

  face.querySelector("img").addEventListener("error", () => {
    face.hidden = true;
    sheet.querySelector(".lost").hidden = false;
  });
  face.addEventListener("click", (event) => {
    const { left, top, width, height } = face.getBoundingClientRect();
    at(within(0, (event.clientX - left) / width, 1), within(0, (event.clientY - top) / height, 1));
  });
  face.addEventListener("keydown", (event) => {
    const [latitude, longitude] = now().map(Number);
    const step = (degrees) => Math.max(0.001, event.shiftKey ? 0 : degrees / 40);
    const [y, x] = {
      ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [0, 0], " ": [0, 0],
    }[event.key] || [];
    if (x === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const isHere = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
    if (!isHere) return at(0.5, 0.5);
    put(within(south, latitude + y * step(north - south), north), within(west, longitude + x * step(east - west), east));
  });

  return () => {
    const [latitude, longitude] = now().map(Number);
    dot.toggleAttribute("hidden", !(latitude >= south && latitude <= north && longitude >= west && longitude <= east));
    dot.setAttribute("cx", Math.round((wide * (longitude - west)) / (east - west)));
    dot.setAttribute("cy", Math.round((high * (up(north) - up(latitude))) / (up(north) - up(south))));
  };
}
