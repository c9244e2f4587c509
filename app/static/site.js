// Small comforts on pages that work without them: leaving quickly, copying, ticking all, sending once.
"use strict";

// Leaving quickly: the page goes blank at once and stays out of the browser's history.
// Escape leaves too; inside a field it closes the picker first, so there it takes two.
const exit = document.querySelector("a.exit");
let escapedAt = -Infinity;

function leave() {
  document.body.hidden = true;
  window.location.replace(exit.href);
}

if (exit) {
  exit.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const again = event.timeStamp - escapedAt < 1500;
    escapedAt = event.timeStamp;
    if (again || !event.target.closest("input, select, textarea")) leave();
  });
}

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
        button.textContent = button.dataset.denied;
        field.focus();
      },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}
