// Asks the browser for messages, after a tap only, and sends where it takes them with the form.
"use strict";

const part = document.querySelector("[data-follow]");
const button = document.querySelector("[data-follow-ask]");
const said = document.querySelector("[data-follow-said]");

if (part && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  part.hidden = false;
  for (const one of document.querySelectorAll("[data-follow-not]")) one.hidden = true;
  button.addEventListener("click", follow);
}

async function follow() {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
    const worker = await navigator.serviceWorker.register("/follow/worker.js", { scope: "/follow/" });
    await started(worker);
    const given = (
      await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: part.dataset.follow })
    ).toJSON();
    const { form } = button;
    form.elements.endpoint.value = given.endpoint;
    form.elements.p256dh.value = given.keys.p256dh;
    form.elements.auth.value = given.keys.auth;
    form.submit();
  } catch {
    said.textContent = button.dataset.refused;
    button.disabled = false;
  }
}

// A page outside the worker's reach never hears that it is ready: it is watched until it is at work.
function started(worker) {
  const coming = worker.installing || worker.waiting;
  if (worker.active || !coming) return Promise.resolve();
  return new Promise((done) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") done();
    });
  });
}
