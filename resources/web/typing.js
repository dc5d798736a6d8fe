// Whether somebody has typed here what the page has not sent yet: that, and never what. It runs in the
// kiosk's own world, beside sign_in.js.
globalThis.kioskTyping = (() => {
  "use strict";

  const typed = new Set();
  const target = (event) => event.composedPath()[0];
  const isSecret = (field) => field instanceof HTMLInputElement && field.type === "password";
  const isThere = (field) => Object.getOwnPropertyDescriptor(Node.prototype, "isConnected").get.call(field);
  function words(field) {
    const has = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    return String((has ? field.value : field.textContent) || "");
  }

  // In the capture phase, before the page could keep it from us. What a program puts in is not trusted.
  addEventListener("input", (event) => { if (event.isTrusted && !isSecret(target(event))) typed.add(target(event)); }, true);
  addEventListener("submit", (event) => { for (const field of typed) if (field.form === target(event)) typed.delete(field); }, true);

  // A field that went, or was emptied, was sent as far as anybody can see.
  function unsent() {
    for (const field of typed) if (!isThere(field) || !words(field).trim()) typed.delete(field);
    return JSON.stringify({ unsent: typed.size > 0 });
  }
  return Object.freeze({ unsent });
})();
