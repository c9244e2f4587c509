// Passkeys: a form with data-passkey asks the device first, and then sends what it answered.
"use strict";

const able =
  window.PublicKeyCredential &&
  PublicKeyCredential.parseCreationOptionsFromJSON &&
  PublicKeyCredential.parseRequestOptionsFromJSON;

const deeds = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!able || location.origin !== form.dataset.origin) continue;
  form.hidden = false;
  document.querySelectorAll("[data-unable]").forEach((note) => (note.hidden = true));
  form.addEventListener("submit", (event) => {
    if (form.elements.passkey_answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    answer(form);
  });
}

// A page that comes back from the browser's memory asks anew.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-passkey]")) form.elements.passkey_answer.value = "";
});

async function answer(form) {
  const said = form.querySelector("[data-failed]");
  said.textContent = "";
  try {
    const credential = await deeds[form.dataset.passkey](JSON.parse(form.dataset.options));
    const asked = document.querySelector("#remember");
    if (form.elements.remember && asked) form.elements.remember.value = asked.checked ? "y" : "";
    form.elements.passkey_answer.value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  } catch (wrong) {
    said.textContent = wrong.name === "InvalidStateError" ? said.dataset.known : said.dataset.failed;
  }
}
