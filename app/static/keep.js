// Keeping pages on this phone: only after a tap, and gone after another.
"use strict";

const KEPT = "pages";
const canKeep = "serviceWorker" in navigator && "caches" in window;

async function isKeeping() {
  return canKeep && Boolean(await navigator.serviceWorker.getRegistration("/"));
}

async function keep() {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  const kept = await caches.open(KEPT);
  const groups = [...document.querySelectorAll("main .meeting .name a[href^='/groups/']")].slice(0, 20);
  const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const ours = files.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"));
  const pages = [location.pathname + location.search, "/kept"];
  if (location.pathname === "/my-groups") pages.push(...groups.map((link) => link.getAttribute("href")));
  await Promise.all([...new Set([...pages, ...ours.map((url) => url.href)])].map((one) => put(kept, one)));
}

async function put(kept, address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && !(answer.headers.get("Cache-Control") || "").includes("no-store")) await kept.put(address, answer);
}

async function forget() {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}

async function show() {
  const keeps = await isKeeping();
  const here = keeps && (await caches.match(location.href, { ignoreVary: true }));
  for (const one of document.querySelectorAll("[data-keep]")) one.hidden = !canKeep || Boolean(here);
  for (const one of document.querySelectorAll("[data-forget]")) one.hidden = !keeps;
}

function say(text) {
  for (const one of document.querySelectorAll("[data-keep-said]")) one.textContent = text;
}

async function list(place) {
  const kept = await caches.open(KEPT);
  for (const request of await kept.keys()) {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith("/static/") || pathname === "/kept") continue;
    const html = await (await kept.match(request)).text();
    const heading = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
    const link = document.createElement("a");
    link.href = pathname + search;
    link.textContent = heading ? heading.textContent.trim() : pathname;
    const item = document.createElement("li");
    item.append(link);
    place.append(item);
  }
  sayNothingKept(place);
}

function sayNothingKept(place) {
  for (const one of document.querySelectorAll("[data-kept-nothing]")) one.hidden = place.childElementCount > 0;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-keep], [data-forget]");
  if (!button) return;
  button.disabled = true;
  try {
    if ("keep" in button.dataset) await keep();
    else {
      await forget();
      document.querySelectorAll("[data-kept-list]").forEach((one) => {
        one.replaceChildren();
        sayNothingKept(one);
      });
    }
    say(button.dataset.said);
  } catch {
    say(button.dataset.failed || "");
  }
  button.disabled = false;
  show();
});

if (canKeep) {
  show();
  document.querySelectorAll("[data-kept-list]").forEach(list);
}

// A page out of the store says from when it is.
const { kept: since } = document.documentElement.dataset;
const note = document.querySelector("[data-kept-note]");
if (since && note) {
  const moment = new Date(since).toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" });
  note.querySelector("p").textContent = note.dataset.keptNote.replace("{moment}", moment);
  note.hidden = false;
}
