// Puts a list of groups in the place of a link: <a data-twaalf href="https://…/embed/…">…</a>.
// It keeps nothing, sends nothing, and hears one thing from the list: how high it is.
"use strict";

(() => {
  const site = new URL(document.currentScript.src).origin;

  function put(link) {
    const address = new URL(link.href);
    if (address.origin !== site || !address.pathname.startsWith("/embed/")) return;
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = link.textContent.trim();
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    frame.width = "100%";
    frame.height = "480";
    frame.style.border = "0";
    window.addEventListener("message", (event) => {
      if (event.origin !== site || event.source !== frame.contentWindow) return;
      const height = Number(event.data && event.data.height);
      if (height > 0) frame.height = String(Math.min(Math.ceil(height), 20000));
    });
    link.replaceWith(frame);
  }

  function all() {
    document.querySelectorAll("a[data-twaalf]").forEach(put);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
