// Controlled fields, as React has them: the script's state is what counts, and it is drawn again and
// again. Like React it notes what a script sets on the element itself, and then takes the event for
// one that changes nothing.

import { described, drawn, sent } from "./form.js";

const place = document.getElementById("place");
const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
let state = {};
let redraw = () => {};

function control(input) {
  let tracked = own.get.call(input);
  state[input.name] = tracked;
  Object.defineProperty(input, "value", {
    configurable: true,
    get: () => own.get.call(input),
    set: (value) => {
      tracked = String(value);
      own.set.call(input, value);
    },
  });
  input.addEventListener("input", () => {
    const now = own.get.call(input);
    if (now !== tracked) {
      tracked = now;
      state[input.name] = now;
    }
    redraw();
  });
  return () => {
    if (own.get.call(input) === state[input.name]) return;
    tracked = state[input.name];
    own.set.call(input, tracked);
  };
}

function show(form) {
  const made = drawn(form);
  state = {};
  const kept = [...made.querySelectorAll("input:not([type=checkbox])")].map(control);
  redraw = () => kept.forEach((each) => each());
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    redraw();
    const ticked = [...made.querySelectorAll("input:checked")].map((each) => [each.name, "yes"]);
    try {
      const answer = await sent(form, { ...state, ...Object.fromEntries(ticked) });
      if (!answer.next) show({ ...form, trouble: answer.trouble });
      else if (answer.trouble) show(answer.form);
      else location.assign(answer.next);
    } catch {
      show({ ...form, trouble: "Xchart cannot be reached." });
    }
  });
  place.replaceChildren(made);
}

show(described());
setInterval(() => redraw(), 100);
