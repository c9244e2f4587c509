// Tells the page around this one how high it is, and hears from it whether it is light or dark.
"use strict";

function tell() {
  window.parent.postMessage({ height: document.body.getBoundingClientRect().height }, "*");
}

function hear(event) {
  const scheme = event.source === window.parent && event.data && event.data.scheme;
  if (scheme !== "light" && scheme !== "dark") return;
  document.documentElement.dataset.scheme = scheme;
  document.querySelector("meta[name=color-scheme]").content = scheme;
}

if (window.parent !== window) {
  window.addEventListener("message", hear);
  new ResizeObserver(tell).observe(document.body);
  tell();
  // It may have turned light or dark while this page came.
  window.parent.postMessage({ asks: "scheme" }, "*");
}
