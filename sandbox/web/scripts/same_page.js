// What is asked next is drawn on the same page, after a fetch; only the signed-in page is another.

import { described, drawn, sent } from "./form.js";

const place = document.getElementById("place");

function show(form) {
  const made = drawn(form);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = made.querySelector("button");
    button.disabled = true;
    try {
      const answer = await sent(form, new FormData(made));
      if (answer.form) show(answer.form);
      else if (answer.next) location.assign(answer.next);
      else show({ ...form, trouble: answer.trouble });
    } catch {
      show({ ...form, trouble: "Xchart cannot be reached." });
    }
  });
  place.replaceChildren(made);
}

show(described());
