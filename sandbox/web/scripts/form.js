// Draws a form that the server described, and sends it by fetch.

import { device } from "./device.js";

export function described() {
  return JSON.parse(document.getElementById("form").textContent);
}

export function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export function field({ name, label, kind, autocomplete, value, is_fixed, digits }) {
  const input = element("input", { id: name, name, type: kind });
  if (kind === "checkbox") {
    input.value = "yes";
    return [element("label", { class: "check" }, input, label)];
  }
  if (autocomplete) input.setAttribute("autocomplete", autocomplete);
  if (digits) {
    input.className = "code";
    input.inputMode = "numeric";
    input.maxLength = digits + 1;
  }
  if (is_fixed) input.readOnly = true;
  input.defaultValue = value;
  return [element("label", { for: name }, label), input];
}

export function drawn(form) {
  const made = element("form", { class: "box", method: "post", action: form.action });
  made.dataset.challenge = form.challenge;
  made.append(element("h1", {}, form.title), element("p", { class: "sub" }, form.says));
  if (form.trouble) made.append(element("p", { class: "trouble", role: "alert" }, form.trouble));
  if (form.picture) {
    const picture = { role: "img", "aria-label": "Four letters", class: "key" };
    made.append(element("p", picture, form.picture));
  }
  made.append(...form.fields.flatMap(field));
  if (form.button) made.append(element("button", { class: "wide" }, form.button));
  if (form.fields.some((each) => each.is_fixed)) {
    made.append(element("p", { class: "sub after" }, element("a", { href: "?other=yes" }, "Use another e-mail")));
  }
  return made;
}

export async function sent(form, values) {
  const body = new URLSearchParams(values);
  body.set("device", await device(form.challenge));
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  });
  return answer.json();
}
