// The kiosk's eyes and hands on a site's sign-in page. It runs in a world of its own: the page sees
// none of its names, and nothing that the page patched is used here. No word of the page leaves it,
// since a page may name patients: answers are made of the words below and of numbers. Whoever carries
// the page (the embedded view, another browser) calls look, fill, press, clear and signOut.
globalThis.kioskSignIn = (() => {
  "use strict";

  // Which document this is: a new one brings this file anew, so an old look never meets a new page.
  const DOC = crypto.getRandomValues(new Uint32Array(1))[0];
  const TYPED = new Set(["text", "email", "password", "tel", "number"]);
  const SAID = new Set(["on", "off", "nope", "webauthn"]);
  const LEAST_PIXELS = 8, LEAST_OPACITY = 0.2, FEWEST_BOXES = 4, WIDEST_BOX = 90;
  const POINTS = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]];
  const WORD = {
    email: /e ?mail|user ?(name|id)\b|\blogin\b|benutzer|anmeldename|courriel|identifiant|correo|usuario/,
    password: /passwor|kennwort|mot de passe|contraseñ/,
    sure: /\botp\b|one ?time|2fa|mfa|totp|verif|two ?factor|authenticat|einmal|bestätigungs|sicherheitscode/,
    code: /\bcode\b|passcode|\bpin\b|\btoken\b|código/,
    notCode: /zip|postal|post ?code|promo|coupon|country|area|gift|voucher|discount|referr|procedure|bar ?code|tax|billing/,
    fresh: /\bnew\b|confirm|repeat|again|retype|neues|wiederhol|nouveau|confirme|nuev|repet/,
    signIn: /sign ?in|log ?in|log ?on|anmelden|einloggen|connexion|connecter|iniciar|acceder|entrar/,
    other: /forgot|reset|recover|\blost\b|newsletter|subscri|vergessen|zurücksetzen|abonn|oubli|réinit|olvid|restablec|suscri/,
    join: /register|sign ?up|create|\bjoin\b|invite|contact|wait ?list|registr|erstellen|inscri|créer|crear/,
    aside: /\bback\b|cancel|resend|another|different|help|skip|google|apple|microsoft|facebook|okta|\bsso\b|passkey|zurück|abbrechen|erneut|retour|annuler|renvoyer|volver|cancelar|reenviar/,
    peek: /show|hide|reveal|toggle|anzeigen|verbergen|afficher|masquer|mostrar|ocultar/,
    device: /device|computer|browser|machine|gerät|rechner|appareil|ordinateur|navigateur|dispositivo|equipo|ordenador|navegador/,
    keep: /remember|trust|ask (me )?again|merken|vertrau|nicht (mehr|erneut) fragen|souvenir|mémoris|confiance|recordar|recuerd|confiar|no (volver|preguntar)/,
    notKeep: /(not|never|don'?t) (remember|trust)|public|shared|nicht (merken|vertrau)|öffentlich|partagé|compartid/,
    terms: /terms|privacy|agree|accept|consent|licen[cs]e|\bagb\b|nutzungsbed|datenschutz|zustimm|conditions|accepte|términos|acepto|condiciones/,
    accept: /accept|agree|akzept|zustimm|accepter|aceptar/,
    send: /(send|text|mail|call|get).*\bcode\b|code (an)?fordern|code senden|envoyer.*code|enviar.*código/,
    human: /just a moment|(are|re) (you )?(a )?(human|robot)|human check|not a robot|security check|mensch|robot/,
    captcha: /captcha|turnstile|challenges\.cloudflare|arkose|funcaptcha|geetest/,
    out: /^(sign|log) ?(me )?(out|off)( now)?$|^abmelden$|^ausloggen$|^(se )?déconnecter$|^(me )?déconnexion$|^cerrar sesión$/,
    error: /(^|[-_\s])(error|errors|invalid|danger|alert)([-_\s]|$)/,
  };

  // A form and the document answer to the names of what they hold: their own are asked for by hand.
  const own = (proto, name) => (node) => Object.getOwnPropertyDescriptor(proto, name).get.call(node);
  const does = (proto, name) => (node, ...given) => proto[name].apply(node, given);
  const attr = does(Element.prototype, "getAttribute"), has = does(Element.prototype, "hasAttribute");
  const boxOf = does(Element.prototype, "getBoundingClientRect");
  const fits = does(Element.prototype, "matches"), scroll = does(Element.prototype, "scrollIntoView");
  const shadowOf = own(Element.prototype, "shadowRoot"), slotOf = own(Element.prototype, "assignedSlot");
  const parentOf = own(Node.prototype, "parentNode"), textOf = own(Node.prototype, "textContent");
  const isThere = own(Node.prototype, "isConnected"), tagOf = own(Element.prototype, "localName");
  const rootOf = does(Node.prototype, "getRootNode");
  const actionOf = own(HTMLFormElement.prototype, "action"), methodOf = own(HTMLFormElement.prototype, "method");
  const tap = does(HTMLElement.prototype, "click");
  const within = (root) => (root instanceof Document ? Document : DocumentFragment).prototype.querySelectorAll.call(root, "*");

  const same = (one, other) => String(one || "").trim().toLowerCase() === String(other || "").trim().toLowerCase();
  const plain = (text) => String(text || "").replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_.[\]\s]+/g, " ").trim().toLowerCase();
  const above = (node) => {
    const up = (node instanceof Element && slotOf(node)) || parentOf(node);
    return up instanceof ShadowRoot ? up.host : up;
  };
  const upFrom = function* (node) { for (let at = node; at instanceof Element; at = above(at)) yield at; };
  const inside = (node, box) => [...upFrom(node)].includes(box);
  const chosen = (node, selector) => { try { return Boolean(selector) && fits(node, selector); } catch { return false; } };
  function* everything(root) {
    for (const node of within(root)) {
      yield node;
      const shadow = shadowOf(node);
      if (shadow) yield* everything(shadow);
    }
  }

  // ---- what a person can see
  // A size, a spot that can be scrolled to, and nothing that says that it is not there.
  function hasPlace(node) {
    const box = boxOf(node), middle = box.left + box.width / 2;
    const isOn = middle >= 0 && middle <= innerWidth && box.bottom + scrollY > 0;
    return isOn && Math.min(box.width, box.height) >= LEAST_PIXELS && getComputedStyle(node).visibility === "visible"
      && ![...upFrom(node)].some((at) => fits(at, "[inert], [aria-hidden=true]"));
  }
  function isDrawn(node) {
    const styles = hasPlace(node) ? [...upFrom(node)].map((at) => getComputedStyle(at)) : [{ opacity: 0, filter: "" }];
    const left = ({ opacity, filter }) => Number(opacity) * Number((/opacity\(([\d.]+)\)/.exec(filter) || [0, 1])[1]);
    return styles.reduce((so, style) => so * left(style), 1) >= LEAST_OPACITY;
  }
  function topmost(x, y, root = document) {
    const at = (root === document ? Document : ShadowRoot).prototype.elementFromPoint.call(root, x, y);
    const shadow = at && rootOf(at) === root && shadowOf(at);
    return (shadow && topmost(x, y, shadow)) || at;
  }

  // A label may lie over its own field; anything else over it is a cover.
  const isOf = (hit, node) => [...upFrom(hit)].some((at) => at === node || (at instanceof HTMLLabelElement && at.control === node));

  function isHit(node) {
    const box = boxOf(node);
    const hits = POINTS.filter(([x, y]) => isOf(topmost(box.left + box.width * x, box.top + box.height * y), node)).length;
    return hits * 2 > POINTS.length;
  }
  function isSeen(node) {
    const box = boxOf(node), middle = box.top + box.height / 2;
    // A look never scrolls under a person's hands: what lies below is tried when it is filled.
    return isDrawn(node) && (middle < 0 || middle > innerHeight || isHit(node));
  }
  const isOff = (node) => fits(node, ":disabled") || attr(node, "aria-disabled") === "true";
  const isFillable = (input) => !isOff(input) && !input.readOnly && attr(input, "aria-readonly") !== "true";

  // ---- what it is
  function wordsOf(node) {
    const labels = node.labels ? [...node.labels].map(textOf) : [];
    const named = (attr(node, "aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const root = rootOf(node), kind = root instanceof Document ? Document : DocumentFragment;
    for (const each of named.map((id) => kind.prototype.getElementById.call(root, id))) if (each) labels.push(textOf(each));
    return plain([...["name", "id", "placeholder", "aria-label"].map((name) => attr(node, name)), ...labels].join(" "));
  }
  function captionOf(button) {
    const shown = button instanceof HTMLInputElement ? button.value || attr(button, "alt") : textOf(button);
    return plain(shown) || plain(attr(button, "aria-label")) || plain(attr(button, "title"));
  }
  function roleOf(input, marks) {
    if (!TYPED.has(input.type)) return "";
    const secret = input.type === "password";
    const tokens = (attr(input, "autocomplete") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const told = (...names) => names.some((each) => tokens.includes(each));
    if (secret && chosen(input, marks.password)) return "password";
    if (chosen(input, marks.code)) return "code";
    if (!secret && chosen(input, marks.email)) return "email";
    const words = wordsOf(input), isCode = WORD.sure.test(words) || WORD.code.test(words);
    if (told("one-time-code")) return "code";
    if (secret && told("current-password")) return "password";
    if (secret && (told("new-password") || WORD.fresh.test(words))) return "new";
    if (secret) return isCode && !WORD.password.test(words) ? "code" : "password";
    if (told("username", "email")) return "email";
    // Some show what is typed until the field is reached: `fill` asks the type then, not the name.
    if (told("current-password") || (input.type === "text" && WORD.password.test(words))) return "password";
    if (tokens.some((each) => !SAID.has(each)) || WORD.captcha.test(words)) return "";
    if (isCode && !WORD.notCode.test(words) && input.type !== "email") return "code";
    return input.type === "email" || WORD.email.test(words) ? "email" : "";
  }
  const PRESSED = 'button, input[type=submit], input[type=image], input[type=button], [role=button]';
  const isButton = (node) => fits(node, PRESSED);
  const isDialog = (node) => tagOf(node) === "dialog" || ["dialog", "alertdialog"].includes(attr(node, "role"));
  const isModal = (node) => isDialog(node) && (attr(node, "aria-modal") === "true" || chosen(node, ":modal"));

  // ``holding``: whatever holds a button that does more than show what is typed.
  const groupOf = (input, holding) => input.form || [...upFrom(above(input))].find((at) => isDialog(at) || holding.has(at)) || document.documentElement;
  const isPlaced = (config) => {
    const loopback = /^(localhost|\[::1\]|127(\.\d+){3})$/.test(location.hostname);
    const scheme = location.protocol === "https:" || (location.protocol === "http:" && loopback);
    return window.top === window && scheme && config.origins.includes(location.origin);
  };

  const isAside = (caption) => WORD.other.test(caption) || WORD.join.test(caption);

  // The button that takes this group further; what resets, cancels or signs in by other means is none.
  function buttonOf(group, page, marks) {
    const isForm = group instanceof HTMLFormElement;
    const mine = page.buttons.filter((each) => (isForm && "form" in each ? each.form === group : inside(each, group)));
    const marked = mine.find((each) => chosen(each, marks.button));
    if (marked) return marked;
    const says = (pattern) => (each) => pattern.test(captionOf(each)), sends = (each) => each.type === "submit";
    const going = mine.filter((each) => isDrawn(each) && each.type !== "reset" && !says(WORD.aside)(each) && !says(WORD.peek)(each));
    const straight = going.filter((each) => !isAside(captionOf(each)));
    const found = [going.filter(sends).find(says(WORD.signIn)), straight.find(sends), going.find(sends), straight.find(says(WORD.signIn))];
    return found.find(Boolean) || (straight.length === 1 ? straight[0] : null);
  }

  // Sign-up, newsletter, forgotten password: a form is what its button, name and heading say.
  function isOther(group, field, button, page) {
    const caption = button ? captionOf(button) : "";
    if (isAside(caption) || WORD.signIn.test(caption)) return isAside(caption);
    const before = page.headings.filter((each) => each.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
    const path = group instanceof HTMLFormElement && has(group, "action") ? attr(group, "action") : "";
    const heading = before.length ? textOf(before[before.length - 1]) : "";
    const words = plain([...["id", "name", "class"].map((name) => attr(group, name)), path, heading].join(" "));
    return WORD.other.test(words) || (WORD.join.test(words) && !WORD.signIn.test(words));
  }
  const isAmong = (box, group) => (box.form || group) === group && inside(box, group);
  // A box is often drawn by its label alone.
  const isTicked = (box) => isDrawn(box) || [...(box.labels || [])].some(isDrawn);
  const isOfDevice = (words) => WORD.device.test(words) && WORD.keep.test(words) && !WORD.notKeep.test(words);
  const wantsConsent = (box) => !box.checked && isTicked(box) && !isOfDevice(wordsOf(box)) && (box.required || WORD.terms.test(wordsOf(box)));

  const COMPLAINS = "[role=alert], [aria-live=assertive], [aria-invalid=true]";
  function survey({ marks }) {
    const page = { inputs: [], buttons: [], boxes: [], headings: [], outs: [], marks: [], guards: [], modals: [], alerts: [] };
    for (const node of everything(document)) {
      const tag = tagOf(node), role = attr(node, "role");
      if (node instanceof HTMLInputElement && node.type === "checkbox") page.boxes.push(node);
      else if (node instanceof HTMLInputElement && TYPED.has(node.type)) page.inputs.push(node);
      if (isButton(node)) page.buttons.push(node);
      if (/^(h[1-3]|legend)$/.test(tag) || role === "heading") page.headings.push(node);
      const controls = isButton(node) || tag === "a" || role === "menuitem";
      if (marks.sign_out ? chosen(node, marks.sign_out) : controls && WORD.out.test(captionOf(node))) page.outs.push(node);
      if (chosen(node, marks.signed_in)) page.marks.push(node);
      const named = tag === "iframe" ? attr(node, "src") : tag === "input" ? wordsOf(node) : "";
      if (has(node, "data-sitekey") || WORD.captcha.test(named || "")) page.guards.push(node);
      if (isModal(node)) page.modals.push(node);
      if (fits(node, COMPLAINS) || WORD.error.test(attr(node, "class") || "")) page.alerts.push(node);
    }
    return page;
  }

  // ---- what the page wants
  function read(config) {
    if (!isPlaced(config)) return { state: "elsewhere" };
    const page = survey(config), marks = config.marks, sight = { page };
    const groups = new Map();
    const holding = new Set(page.buttons.filter((each) => captionOf(each) && !WORD.peek.test(captionOf(each))).flatMap((each) => [...upFrom(each)]));
    const isSure = (input) => fits(input, "[autocomplete~=one-time-code]") || chosen(input, marks.code) || WORD.sure.test(wordsOf(input));
    const shown = (marks.signed_in ? page.marks : page.outs).some(isSeen);
    for (const input of page.inputs) {
      const role = roleOf(input, marks), box = attr(input, "maxlength") === "1" && boxOf(input).width <= WIDEST_BOX;
      // Behind the sign-in there may be a thousand fields: only what asks to sign in is looked at.
      if ((!role && !box) || (shown && (role === "email" || (role === "code" && !isSure(input) && !box)))) continue;
      const group = groupOf(input, holding), isVeiled = !isSeen(input);
      if (!groups.has(group)) groups.set(group, { group, email: [], password: [], new: [], code: [], boxes: [], fixed: [], veiled: [] });
      const held = groups.get(group);
      // What has its place and is not seen is no form's way to ask.
      const kind = isVeiled ? "veiled" : box && input.type !== "email" ? "boxes" : role;
      if (isVeiled ? role === "password" && hasPlace(input) : isFillable(input)) held[kind].push(input);
      else if (!isVeiled && role === "email" && input.value) held.fixed.push(input);
    }
    for (const held of groups.values()) {
      // The first of six boxes often takes more than one digit: what the system suggests goes there.
      const boxes = [...held.code.filter((each) => boxOf(each).width <= WIDEST_BOX), ...held.boxes];
      if (held.boxes.length && boxes.length >= FEWEST_BOXES) held.code = boxes, held.split = true;
    }
    const all = [...groups.values()];
    const wantsNew = (held) => held.new.length > 0 || held.password.length > 1;
    const sure = all.some((held) => held.split || held.code.some(isSure));
    if (shown && !sure) {
      if (all.some(wantsNew)) return { ...sight, state: "change_wanted" };
      if (all.some((held) => held.password.length)) return { ...sight, state: "person_wanted" };
      return { ...sight, state: page.modals.some(isDrawn) ? "unknown" : "in" };
    }
    const person = { ...sight, state: "person_wanted" };
    // The badge of a check that asks nobody anything is none.
    if (page.guards.some((each) => isDrawn(each) && ![...upFrom(each)].some((at) => fits(at, ".grecaptcha-badge")))) return person;
    const found = { new: [], password: [], code: [], email: [] };
    let others = 0;
    for (const held of all) {
      const kind = wantsNew(held) ? "new" : ["password", "code", "email"].find((each) => held[each].length);
      if (!kind) continue;
      held.kind = kind;
      held.button = buttonOf(held.group, page, marks);
      const [field] = held[kind], asks = kind !== "code" && !chosen(field, marks[kind]);
      // A new password beside an e-mail is somebody's sign-up; alone it is a change.
      const other = kind === "new" ? held.email.length : asks && isOther(held.group, field, held.button, page);
      if (other) others += 1;
      else found[kind].push(held);
    }
    if (found.new.length) return { ...sight, state: "change_wanted" };
    const held = found.password.length ? found.password : found.code.length ? found.code : found.email;
    if (held.length === 1) {
      const [only] = held, theirs = only.fixed.some((each) => !same(each.value, config.email));
      const consent = page.boxes.some((each) => isAmong(each, only.group) && wantsConsent(each));
      // A password, an e-mail or a code is given to one origin only, of those that a page may be at.
      if (theirs || consent || (only.kind === "email" && only.veiled.length) || location.origin !== config.sign_in || (only.code.length > 1 && !only.split)) return person;
      return { ...sight, held: only, state: `asks_${only.kind}`, both: only.kind === "password" && only.email.length > 0 };
    }
    const says = (pattern) => page.headings.some((each) => pattern.test(plain(textOf(each))) && isDrawn(each));
    const offers = (pattern) => page.buttons.some((each) => pattern.test(captionOf(each)) && isDrawn(each));
    const consents = (says(WORD.terms) && offers(WORD.accept)) || page.boxes.some(wantsConsent);
    if (held.length > 1 || others || consents || offers(WORD.send) || says(WORD.human) || WORD.human.test(plain(document.title))) return person;
    return { ...sight, state: "unknown" };
  }

  // A complaint counts when it was not there as the button was pressed, or has been away since.
  let stale = new Map();
  function complaintOf(node) {
    if (!isDrawn(node)) return "";
    if (TYPED.has(node.type)) return attr(node, "aria-invalid") === "true" ? "invalid" : "";
    // What holds the fields is no sentence, whatever it is called.
    return [...Element.prototype.querySelectorAll.call(node, "input, button")].length ? "" : textOf(node).trim();
  }
  function listen(page) {
    stale = new Map(page.alerts.map((each) => [each, complaintOf(each)]).filter(([, said]) => said));
  }
  function complains(page) {
    for (const [node, said] of stale) if (!isThere(node) || complaintOf(node) !== said) stale.delete(node);
    return page.alerts.some((each) => complaintOf(each) && !stale.has(each));
  }
  function look(config) {
    const { state, both = false, held, page } = read(config), empty = Boolean(held && !held[held.kind][0].value);
    return JSON.stringify({ doc: DOC, state, both, error: Boolean(page && complains(page)), empty });
  }

  // ---- the hands
  const answer = (end) => JSON.stringify({ end });
  // What was filled in and is not pressed yet; nothing of it outlives the press.
  let pending = null;

  // A site may write an e-mail small, and a code in groups.
  const bare = (part, value) => (part === "password" ? value : value.toLowerCase().replace(part === "code" ? /[^a-z0-9]/g : /\s/g, ""));
  const holds = ({ part, input, value }) => bare(part, input.value) === bare(part, value);
  const isStill = ({ input, type }) => isThere(input) && input.type === type;
  const isKept = () => pending.puts.every((each) => isStill(each) && holds(each) && isFillable(each.input));
  const isSecret = (put) => put.part !== "email";

  // Where the form would go natively: to our own origin, and with a secret never into an address. A
  // form that says nothing of its method is usually sent by the page's script: `guard` sees to it.
  function isSafe(config, group, button, puts) {
    if (!(group instanceof HTMLFormElement)) return true;
    const goes = button && has(button, "formaction") ? button.formAction : actionOf(group);
    const how = button && has(button, "formmethod") ? attr(button, "formmethod") : attr(group, "method");
    if (plain(how) === "get" && puts.some(isSecret)) return false;
    try { return new URL(goes).origin === config.sign_in && goes.startsWith("http"); } catch { return false; }
  }
  const far = { bubbles: true, composed: true };
  function put(input, value) {
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { ...far, inputType: "insertText", data: value }));
    input.dispatchEvent(new Event("change", far));
  }

  // A page behind another window is not told that it has the focus.
  function reach(input) {
    input.focus();
    if (document.hasFocus()) return;
    input.dispatchEvent(new FocusEvent("focus"));
    input.dispatchEvent(new FocusEvent("focusin", far));
  }

  // As if it were typed: for a page that takes only what the browser itself put in.
  function insert(input, value) {
    reach(input);
    input.select();
    Document.prototype.execCommand.call(document, "insertText", false, value);
    input.dispatchEvent(new Event("change", far));
  }
  function clear() {
    const puts = pending ? pending.puts : [];
    pending = null;
    for (const each of puts) {
      if (each.part !== "email" && isThere(each.input) && each.input.value) put(each.input, "");
      each.value = "";
    }
    return answer("cleared");
  }
  // Nothing was sent: nothing of a secret stays.
  const end = (what) => {
    clear();
    return answer(what);
  };

  // By its name nothing is a password: what is typed must not be shown.
  const typeFor = (part, input) => (part === "password" ? "password" : input.type);
  function planned(held, values) {
    const puts = [];
    for (const part of ["email", "password", "code"]) {
      if (!(part in values)) continue;
      const inputs = held[part];
      if (!inputs.length) return null;
      const pieces = part === "code" && held.split ? [...values[part]] : [values[part]];
      if (pieces.length !== (held.split && part === "code" ? inputs.length : 1)) return null;
      pieces.forEach((value, at) => puts.push({ part, input: inputs[at], value, type: typeFor(part, inputs[at]) }));
    }
    return puts.length ? puts : null;
  }

  // Fill in what is given, if this is still the document that was looked at and it still asks.
  function fill(config, values, doc) {
    clear();
    if (doc !== DOC) return end("gone");
    const { held, page } = read({ ...config, email: values.email || config.email });
    const puts = held && planned(held, values);
    if (!puts) return end("gone");
    // Their e-mail may stand there already, and is not given then: ours or nobody's.
    const [email] = held.kind === "password" && !values.email ? held.email : [];
    if (email && !same(email.value, config.email)) return end("gone");
    pending = { held, puts, kept: false, tried: false, left: false };
    for (const each of puts) {
      scroll(each.input, { block: "center", behavior: "instant" });
      // Only what a person would see and could type into: nothing lies over it, nothing turned it.
      if (!isDrawn(each.input) || !isHit(each.input)) return end("not_taken");
      reach(each.input);
      if (each.input.type !== each.type || !isFillable(each.input)) return end("not_taken");
      // A page may answer the first letter by another address for the second.
      if (!isSafe(config, held.group, held.button, puts)) return end("unsafe");
      put(each.input, each.value);
      // The last of some boxes sends them all, and may be empty by now.
      if (each === puts[puts.length - 1]) continue;
      if (!held.split || !isThere(each.input) || holds(each)) continue;
      insert(each.input, each.value);
      if (isThere(each.input) && !holds(each)) return end("not_taken");
    }
    pending.kept = isKept();
    listen(page);
    return answer("filled");
  }

  // Only that this device is remembered: nothing else is anybody's to tick for a person.
  function remember(group, page) {
    for (const box of page.boxes) {
      if (isAmong(box, group) && !box.checked && !isOff(box) && isTicked(box) && isOfDevice(wordsOf(box))) tap(box);
    }
  }

  // Sent: which fields they were is kept, to be able to empty them.
  function left() {
    for (const each of pending.puts) each.value = "";
    pending.left = true;
    return answer("pressed");
  }

  // Press, if everything still is what was filled in; "wait" while the button is disabled.
  function press(config) {
    if (!pending || pending.left) return answer("gone");
    const { held, puts } = pending, codes = puts.every((each) => each.part === "code");
    if (!isPlaced(config)) return end("gone");
    // A code that is whole is often sent by the page itself: pressed too, it would be sent twice.
    if (codes && (held.split || pending.kept || !puts.every(isStill)) && !isKept()) return left();
    if (!isKept()) {
      if (pending.tried || !puts.every(isStill)) return end("not_taken");
      pending.tried = true;
      for (const each of puts) if (!holds(each)) insert(each.input, each.value);
      return answer("wait");
    }
    const page = survey(config), button = buttonOf(held.group, page, config.marks);
    if (!isSafe(config, held.group, button, puts)) return end("unsafe");
    if (!button || isOff(button)) return answer("wait");
    scroll(button, { block: "nearest", behavior: "instant" });
    if (!isDrawn(button) || !isHit(button)) return answer("wait");
    if (held.kind !== "email") remember(held.group, page);
    listen(page);
    // The last word: what the page's own script did not take is sent by the browser, as it stands now.
    let stopped = false;
    const guard = (event) => {
      const secret = puts.some(isSecret), form = event.target, by = event.submitter;
      const how = by && has(by, "formmethod") ? by.formMethod : methodOf(form);
      if (event.defaultPrevented || (isSafe(config, form, by, puts) && !(secret && how === "get"))) return;
      event.preventDefault();
      stopped = true;
    };
    // Said of a form within a shadow root, it goes no further than that.
    const top = rootOf(held.group) instanceof ShadowRoot ? rootOf(held.group) : window;
    top.addEventListener("submit", guard);
    tap(button);
    top.removeEventListener("submit", guard);
    if (stopped || (isThere(held.group) && !isSafe(config, held.group, button, puts))) return end("unsafe");
    return left();
  }
  function signOut(config, doc) {
    if (doc !== DOC || !isPlaced(config)) return end("gone");
    const out = survey(config).outs.find((each) => isDrawn(each) && !isOff(each));
    if (!out) return end("gone");
    scroll(out, { block: "nearest", behavior: "instant" });
    if (!isHit(out)) return end("not_taken");
    tap(out);
    return answer("pressed");
  }
  // Whether the page of whoever is in names that e-mail; which others it names is not told.
  function isOurs(config) {
    const words = own(HTMLElement.prototype, "innerText")(own(Document.prototype, "documentElement")(document));
    const named = String(words || "").toLowerCase().match(/[^\s@<>(),;:"']+@[^\s@<>(),;:"']+/g) || [];
    return JSON.stringify({ ours: Boolean(config.email) && named.some((each) => same(each.replace(/\.$/, ""), config.email)) });
  }
  return Object.freeze({ look, fill, press, clear, signOut, isOurs });
})();
