// Whether somebody has typed here what the page has not sent yet: that, and never what. It runs in the
// kiosk's own world, beside sign_in.js. A form that was sent is no proof: its page may have refused it,
// or its site been away. What came of it brings another document, or takes its field away.
globalThis.kioskTyping = (() => {
  "use strict";

  const FIELDS = ["input", "textarea", "select"];
  const typed = new Set();
  // Into what we cannot look: hosts of closed shadows, and frames of another origin.
  const closed = new Set();
  const isSecret = (field) => field.localName === "input" && field.type === "password";
  const isField = (node) => FIELDS.includes(node.localName) || node.isContentEditable;
  const isConnected = Object.getOwnPropertyDescriptor(Node.prototype, "isConnected").get;
  // The document of a frame that was taken out has no window any more.
  const isThere = (node) => isConnected.call(node) && node.ownerDocument.defaultView !== null;
  const words = (field) => String((FIELDS.includes(field.localName) ? field.value : field.textContent) || "");

  // What a program puts in is not trusted.
  function hear(event) {
    const target = event.composedPath()[0];
    if (!event.isTrusted || isSecret(target)) return;
    (isField(target) ? typed : closed).add(target);
  }
  // In the capture phase, before the page could keep it from us. Added once more it is the same one: an
  // editor that writes its document anew takes it off, and that loads its frame once more.
  function listen(view) {
    view.addEventListener("input", hear, true);
    view.addEventListener("blur", leave, true);
    view.document.addEventListener("load", load, true);
  }
  const isFrame = (node) => node !== null && (node.localName === "iframe" || node.localName === "frame");
  const load = (event) => { if (isFrame(event.target)) open(event.target); };
  function open(frame) {
    if (frame.contentDocument !== null) listen(frame.contentWindow);
  }
  // Whoever leaves a document may have gone into a frame of it. In another origin's nobody hears whether
  // they type.
  function leave(event) {
    let node = event.currentTarget.document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    if (!isFrame(node)) return;
    open(node);
    if (node.contentDocument === null) closed.add(node);
  }

  // A field that went, or was emptied, was sent as far as anybody can see.
  function unsent() {
    for (const field of typed) if (!isThere(field) || !words(field).trim()) typed.delete(field);
    for (const node of closed) if (!isThere(node)) closed.delete(node);
    return JSON.stringify({ unsent: typed.size + closed.size > 0 });
  }
  listen(globalThis);
  return Object.freeze({ unsent });
})();
