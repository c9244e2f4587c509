// Puts a list of groups in the place of a link or of an element, in the colours of the page around it:
//   <a data-twaalf href="https://…/embed/…">…</a>      <twaalf-groups src="https://…/embed/…"></twaalf-groups>
// By a script tag, bundled, late, or as a module. It keeps nothing; it hears how high the list is, and tells it light or dark.
"use strict";

(() => {
  if (typeof document === "undefined" || window.twaalfIsHere) return;
  window.twaalfIsHere = true;
  const shown = new Set();
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

  function rgba(colour) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const brush = canvas.getContext("2d");
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data;
  }

  // What lies behind the list: the nearest background that can be seen, else the page's own canvas.
  function schemeAround(element) {
    for (let one = element; one; one = one.parentElement || one.getRootNode().host) {
      const [red, green, blue, alpha] = rgba(getComputedStyle(one).backgroundColor);
      if (alpha > 127) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
    }
    const said = getComputedStyle(document.documentElement).colorScheme;
    if (said.includes("dark")) return !said.includes("light") || prefersDark.matches ? "dark" : "light";
    return "light";
  }

  function schemeOf(one) {
    const wanted = one.asks.dataset.scheme || one.asks.getAttribute("scheme") || "";
    return ["light", "dark"].includes(wanted) ? wanted : schemeAround(one.frame.isConnected ? one.frame : one.asks);
  }

  function frameFor(asks, href) {
    const address = new URL(href, document.baseURI);
    if (!/^https?:$/.test(address.protocol) || !address.pathname.startsWith("/embed/")) return null;
    const frame = document.createElement("iframe");
    const one = { asks, frame, origin: address.origin };
    one.scheme = schemeOf(one);
    address.searchParams.set("scheme", one.scheme);
    address.searchParams.set("background", "none");
    frame.src = address.href;
    frame.title = asks.getAttribute("label") || asks.textContent.trim() || "Twaalf";
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    frame.width = "100%";
    frame.height = "480";
    frame.style.border = "0";
    frame.style.colorScheme = one.scheme;
    shown.add(one);
    return frame;
  }

  function putOneFor(link) {
    const frame = frameFor(link, link.href);
    if (frame) link.replaceWith(frame);
  }

  function putAll() {
    document.querySelectorAll("a[data-twaalf]").forEach(putOneFor);
  }

  function renew() {
    for (const one of shown) {
      if (!one.frame.isConnected) continue;
      const scheme = schemeOf(one);
      if (scheme === one.scheme) continue;
      one.scheme = scheme;
      one.frame.style.colorScheme = scheme;
      one.frame.contentWindow.postMessage({ scheme }, one.origin);
    }
  }

  window.addEventListener("message", (event) => {
    for (const one of shown) {
      if (event.origin !== one.origin || event.source !== one.frame.contentWindow) continue;
      const height = Number(event.data && event.data.height);
      if (height > 0) one.frame.height = String(Math.min(Math.ceil(height), 20000));
      if (event.data && event.data.asks === "scheme") one.frame.contentWindow.postMessage({ scheme: one.scheme }, one.origin);
    }
  });

  if (!customElements.get("twaalf-groups")) {
    customElements.define("twaalf-groups", class extends HTMLElement {
      static observedAttributes = ["src"];

      connectedCallback() {
        this.show();
      }

      attributeChangedCallback() {
        if (this.isConnected) this.show();
      }

      disconnectedCallback() {
        for (const one of shown) if (one.asks === this) shown.delete(one);
      }

      show() {
        this.disconnectedCallback();
        const link = this.querySelector("a[href]");
        const href = this.getAttribute("src") || (link && link.href);
        const frame = href && frameFor(this, href);
        this.style.display = "block";
        if (frame) (this.shadowRoot || this.attachShadow({ mode: "open" })).replaceChildren(frame);
      }
    });
  }

  const added = (change) => [...change.addedNodes].some((one) => one.nodeType === Node.ELEMENT_NODE);
  new MutationObserver((changes) => {
    if (changes.some(added)) putAll();
    if (changes.some((change) => change.type === "attributes")) renew();
  }).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "data-theme", "data-scheme"],
  });
  prefersDark.addEventListener("change", renew);
  document.addEventListener("transitionend", renew);
  putAll();
})();
