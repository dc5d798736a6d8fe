// A form that the browser sends itself: what the browser is known by goes with it.

import { device } from "./device.js";

export function bring(form) {
  const field = form.elements.namedItem("device");
  if (!field) return;
  let isReady = false;
  const ready = device(form.dataset.challenge).then((known) => {
    field.value = known;
    isReady = true;
  });
  form.addEventListener("submit", (event) => {
    if (isReady) return;
    // Whoever is faster than the database waits for it.
    event.preventDefault();
    ready.then(() => form.requestSubmit());
  });
}

for (const form of document.querySelectorAll("form[data-challenge]")) bring(form);
