// Whether the page has changed by itself: that, and never what. It runs in the kiosk's own world, beside
// sign_in.js where that is. It sleeps until it is asked, is asked every few seconds, and has no clock: the
// time comes with the question, and what changed since the last one changed then.
//
// What it sees: text that came or changed, and words that an attribute or a field shows, in the document, in
// open shadows and in frames of the same origin. What it does not: canvas, video, pictures whose address stays,
// what style sheets write or move, closed shadows, frames of another origin.
globalThis.kioskAlive = (() => {
  "use strict";

  const SHOWN = ["value", "aria-label", "aria-valuenow", "aria-valuetext", "d", "points"];
  const WATCHED = { subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributeFilter: SHOWN, attributeOldValue: true };
  const SILENT = "head, script, style, template, noscript, [type=hidden], [type=password]";
  const FIELDS = "input, textarea, select";
  // How far apart the parts of one clock are, and how it reads: digits and their signs, and no word.
  const NEAR = 3, CLOCK = /^[\d\s:.,'′·h-]*([ap]\.?\s?m\.?)?$/i, MOST_DIGITS = 6;
  // A page that changes more than this while nobody asks is forgotten, and watched anew when somebody does.
  const MOST_HEARD = 5000, FIND_EVERY_MS = 30_000;
  const ELEMENT = 1, TEXT = 3, DOCUMENT = 9, FRAGMENT = 11;

  // A form and the document answer to the names of what they hold: their own are asked for by hand.
  function own(proto, name) {
    const { get } = Object.getOwnPropertyDescriptor(proto, name);
    return (node) => get.call(node);
  }
  const kindOf = own(Node.prototype, "nodeType"), parentOf = own(Node.prototype, "parentNode");
  const textOf = own(Node.prototype, "textContent"), isThere = own(Node.prototype, "isConnected");
  const shadowOf = own(Element.prototype, "shadowRoot"), viewOf = own(Document.prototype, "defaultView");
  const fits = (node, selector) => Element.prototype.matches.call(node, selector);
  const attr = (node, name) => Element.prototype.getAttribute.call(node, name);
  const isDrawn = (node) => Element.prototype.checkVisibility.call(node);
  const PROTOS = { [ELEMENT]: Element, [DOCUMENT]: Document, [FRAGMENT]: DocumentFragment };
  const within = (root, selector) => PROTOS[kindOf(root)].prototype.querySelectorAll.call(root, selector);

  // Also out of a shadow and out of a frame: both are in what holds them.
  function above(node) {
    if (kindOf(node) === DOCUMENT) return viewOf(node)?.frameElement ?? null;
    return kindOf(node) === FRAGMENT ? node.host ?? null : parentOf(node);
  }
  const upFrom = function* (node) { for (let at = node; at; at = above(at)) yield at; };
  const elementsFrom = (node) => [...upFrom(node)].filter((at) => kindOf(at) === ELEMENT);
  const isAmong = (node, selector) => {
    try { return elementsFrom(node).some((at) => fits(at, selector)); } catch { return false; }
  };
  const isSilent = (node) => isAmong(node, SILENT);
  const plain = (words) => String(words || "").replace(/\s+/g, " ").trim();
  const isSaid = (node) => kindOf(node) === TEXT || (kindOf(node) === ELEMENT && !fits(node, SILENT));
  const said = (nodes) => plain(nodes.filter(isSaid).map(textOf).join(" "));
  // What a field shows, as a number: of its words nothing is kept.
  function sumOf(words) {
    let sum = words.length;
    for (let at = 0; at < words.length; at++) sum = (sum * 31 + words.charCodeAt(at)) | 0;
    return sum;
  }

  let rule = null, isAlive = false;
  // When it was asked last, and when it is to look for roots again.
  let now = 0, findAt;
  // Since when a root is watched, when a part changed last, and what its field showed.
  let watched, last, shows;
  // What changed since, each with what changed in the same moment; and what has changed after a long rest:
  // nobody knows yet whether it goes on.
  let heard, waiting;
  function forget() {
    watcher.disconnect();
    rule = null, isAlive = false, findAt = 0;
    watched = new Map(), last = new WeakMap(), shows = new WeakMap();
    heard = new Map(), waiting = new Map();
  }

  // ---- what changes
  // Where the record is named, a change in it counts at once, and none elsewhere does.
  const records = (nodes) => nodes.filter((node) => kindOf(node) === ELEMENT).flatMap((node) => {
    try { return fits(node, rule.record) ? [node] : [...within(node, rule.record)]; } catch { return []; }
  });
  function hasChanged({ type, target, oldValue, attributeName, addedNodes, removedNodes }) {
    const isIn = !rule.record || isAmong(target, rule.record);
    if (type === "childList") {
      const [before, after] = [removedNodes, addedNodes].map((nodes) => said(isIn ? [...nodes] : records([...nodes])));
      return before !== after && (isIn || after !== "");
    }
    return isIn && plain(oldValue) !== plain(type === "attributes" ? attr(target, attributeName) : target.data);
  }
  function hear(mutations) {
    if (rule === null) return;
    if (heard.size > MOST_HEARD) return forget();
    const moment = new Set();
    for (const each of mutations) {
      const { type, target } = each;
      if (!isSilent(target) && hasChanged(each)) note(type === "characterData" ? parentOf(target) ?? target : target, moment);
    }
  }
  function note(part, moment) {
    if (rule.record) {
      isAlive = true;
      return;
    }
    moment.add(part);
    if (!heard.has(part)) heard.set(part, moment);
  }
  const watcher = new MutationObserver(hear);

  // A shadow and a frame come without a word: they are looked for now and then, which takes a while.
  function find(root) {
    if (!watched.has(root)) {
      watched.set(root, now);
      watcher.observe(root, WATCHED);
    }
    for (const node of within(root, "*")) {
      const shadow = shadowOf(node);
      if (shadow) find(shadow);
    }
    for (const { contentDocument } of within(root, "iframe")) if (contentDocument) find(contentDocument);
  }
  const isGone = (root) => (kindOf(root) === DOCUMENT ? viewOf(root) === null : !isThere(root));
  // What a program puts into a field comes without a word, too.
  function read(root) {
    const moment = new Set();
    for (const field of within(root, FIELDS)) {
      const sum = sumOf(field.value || ""), before = shows.get(field);
      shows.set(field, sum);
      if (before === undefined || before === sum || isSilent(field)) continue;
      if (!rule.record || isAmong(field, rule.record)) note(field, moment);
    }
  }

  // ---- what it means where no record is named
  // Where a part has not changed yet, it rests since it is watched.
  function restedSince(part) {
    if (last.has(part)) return last.get(part);
    for (const at of upFrom(part)) if (watched.has(at)) return watched.get(at);
    return now;
  }
  // Vitals come one after the other, into the same table: together they are one change.
  function weigh(part, moment) {
    const rested = restedSince(part), wait = waiting.get(part);
    last.set(part, now);
    if (wait === undefined) {
      if (now - rested > rule.quiet) waiting.set(part, { since: now, moment });
    } else if (now - wait.since > rule.longest) {
      waiting.delete(part);
    }
  }
  // The hour of a clock changes once an hour; but with the minutes beside it, and they go on.
  const near = (part) => [...upFrom(part)].slice(0, NEAR + 1);
  function isOfClock(part, moment) {
    const digits = plain(textOf(part));
    if (!/\d/.test(digits)) return false;
    const goesOn = (other) => last.get(other) > last.get(part), around = near(part);
    return [...moment].filter(goesOn).some((other) => {
      const shared = near(other).find((each) => around.includes(each)), words = shared ? plain(textOf(shared)) : "?";
      return CLOCK.test(words) && words.includes(digits) && words.replace(/\D/g, "").length <= MOST_DIGITS;
    });
  }
  function judge() {
    for (const [part, wait] of waiting) {
      if (now - last.get(part) <= rule.quiet) continue;
      waiting.delete(part);
      const [at] = elementsFrom(part);
      if (isThere(part) && at && isDrawn(at) && !isOfClock(part, wait.moment)) isAlive = true;
    }
  }

  // Whether it has changed by itself since it was asked last, as far as that can be known by now. `asked`:
  // `now`, in milliseconds; `record`, a selector or empty; `quiet`, so long a part has to rest before and
  // after; `longest`, so long it may go on as one change.
  function seen(asked) {
    rule = asked;
    now = asked.now;
    hear(watcher.takeRecords());
    if (rule === null) rule = asked;
    if (now >= findAt) {
      findAt = now + FIND_EVERY_MS;
      find(document);
    }
    for (const root of watched.keys()) {
      if (isGone(root)) watched.delete(root);
      else read(root);
    }
    for (const [part, moment] of heard) weigh(part, moment);
    heard = new Map();
    judge();
    const alive = isAlive;
    isAlive = false;
    return JSON.stringify({ alive });
  }
  forget();
  return Object.freeze({ seen, rest: () => (forget(), "") });
})();
