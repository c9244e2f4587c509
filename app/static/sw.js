// Shows what the reader chose to keep when there is no network. It answers for public lists and groups alone:
// no other page passes through here, and nothing that says "no-store" is ever kept.
"use strict";

const KEPT = "pages";
const LISTS = ["/", "/my-groups"];
const FILES = 60;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && mayBeKept(url)) event.respondWith(page(request, url));
});

function mayBeKept(url) {
  return [...LISTS, "/kept"].includes(url.pathname) || /^\/groups\/[a-z0-9-]+$/.test(url.pathname);
}

async function file(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  const files = (await kept.keys()).filter((one) => new URL(one.url).pathname.startsWith("/static/"));
  if (answer.ok && files.length < FILES) await kept.put(request, answer.clone());
  return answer;
}

async function page(request, url) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    await refresh(kept, request, url, answer);
    return answer;
  } catch {
    const found = (await kept.match(request, { ignoreVary: true })) || (await kept.match("/kept", { ignoreVary: true }));
    return found ? asKept(found) : Response.error();
  }
}

// The last list seen takes the place of the one before; a group is renewed only when it was kept already.
async function refresh(kept, request, url, answer) {
  if (!answer.ok || answer.redirected || (answer.headers.get("Cache-Control") || "").includes("no-store")) return;
  if (LISTS.includes(url.pathname)) {
    for (const one of await kept.keys()) {
      if (new URL(one.url).pathname === url.pathname) await kept.delete(one);
    }
  } else if (!(await kept.match(request, { ignoreVary: true }))) return;
  await kept.put(request, answer.clone());
}

// A kept page says so, and when it was true: "tonight" on it may have been yesterday.
async function asKept(answer) {
  const since = new Date(answer.headers.get("Date") || Date.now()).toISOString();
  const html = (await answer.text()).replace("<html ", `<html data-kept="${since}" `);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(html, { status: 200, headers });
}
