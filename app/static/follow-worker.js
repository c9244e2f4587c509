// Shows that something changed, and no more: the message is sealed for this browser, and says nothing of a group.
// It reaches the pages below /follow/ alone, and keeps none of them.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { words, page } = event.data ? event.data.json() : { words: "Twaalf", page: "/" };
  const shown = { icon: "/icon-192.png", tag: page, data: page };
  event.waitUntil(self.registration.showNotification(words, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
