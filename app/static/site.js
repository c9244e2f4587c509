// Small comforts on pages that work without them: leaving quickly, choosing, copying, ticking all, sending once.
"use strict";

// Leaving quickly, as GOV.UK's research has it: a button, the first stop of the Tab key, or Shift three times within
// five seconds. Not Escape: that closes things, and leaves by accident. The page goes blank at once, stays out of the
// browser's history, and who was logged in is logged out.
const exits = document.querySelectorAll("a[data-leave]");
let shifts = [];

function leave() {
  document.body.hidden = true;
  const logout = document.querySelector("form[action$='/logout']");
  if (logout) fetch(logout.action, { method: "POST", body: new FormData(logout), keepalive: true });
  window.location.replace(exits[0].href);
}

for (const exit of exits)
  exit.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") return void (shifts = []);
  if (event.repeat || !exits.length) return;
  shifts = [...shifts, event.timeStamp].filter((moment) => event.timeStamp - moment < 5000);
  if (shifts.length >= 3) leave();
});

// Copying: <button type="button" data-copy="#id" data-copied="Gekopieerd" hidden>Kopieer</button>
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source) continue;
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await copy(source);
    said.textContent = button.textContent = button.dataset.copied || words;
    setTimeout(() => {
      button.textContent = words;
      said.textContent = "";
    }, 4000);
  });
}

async function copy(source) {
  const text = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http and older phones have no clipboard of their own; a selection they can copy.
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}

// Sharing, where the device can: <button type="button" data-share="address" hidden>Deel</button>
for (const button of document.querySelectorAll("button[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ url: button.dataset.share }).catch(() => {}));
}

// Ticking all boxes of a list, or none when all are: <button type="button" data-tick-all hidden>
for (const button of document.querySelectorAll("button[data-tick-all]")) {
  const boxes = button.closest("fieldset").querySelectorAll("input[type=checkbox]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const wanted = [...boxes].some((box) => !box.checked);
    for (const box of boxes) box.checked = wanted;
  });
}

// Sending once: a second tap within five seconds is a trembling thumb, not a second wish.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), 5000);
});

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// Choosing changes the list at once; without script the button asks. A box of one kind takes the place of another.
const seek = document.querySelector("form[data-live]");
if (seek) {
  let latest = 0;
  seek.addEventListener("change", async ({ target }) => {
    if (target.type === "checkbox" && target.checked)
      for (const other of seek.querySelectorAll(`input[name="${target.name}"]`)) other.checked = other === target;
    const number = ++latest;
    const asked = new URLSearchParams([...new FormData(seek)].filter(([, value]) => value));
    const address = asked.size ? `${seek.action}?${asked}` : seek.action;
    const answer = await fetch(address).catch(() => null);
    if (!answer || !answer.ok || number !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["asked", "found", "chosen", "more"]) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here && there) here.replaceWith(there);
      else if (here && id === "chosen") here.replaceChildren();
    }
    history.replaceState(null, "", answer.url);
    const total = page.getElementById("total") || page.querySelector("#found h2");
    document.querySelector("[data-told]").textContent = total ? total.textContent : "";
  });
}

// "Use my location": asked only on a tap, and rounded to about a kilometre before it leaves the phone.
for (const button of document.querySelectorAll("button[data-locate]")) {
  const field = document.querySelector(button.dataset.locate);
  if (!field || !navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        button.disabled = false;
        field.form.requestSubmit();
      },
      () => {
        button.disabled = false;
        const told = document.querySelector("[data-told]");
        told.classList.remove("unseen");
        told.textContent = button.dataset.denied;
        field.focus();
      },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}
