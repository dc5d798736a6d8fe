// Fields and a button that lie in no form: the button's click sends them, or Enter in a field.

import { described, drawn, element, sent } from "./form.js";

const place = document.getElementById("place");

function show(form) {
  const made = element("div", { class: "box" }, ...drawn(form).childNodes);
  const button = made.querySelector("button");
  const go = async () => {
    const fields = [...made.querySelectorAll("input")];
    const filled = fields.filter((each) => each.type !== "checkbox" || each.checked);
    button.disabled = true;
    try {
      const answer = await sent(form, filled.map((each) => [each.name, each.value]));
      if (answer.trouble) show(answer.form ?? { ...form, trouble: answer.trouble });
      else location.assign(answer.next);
    } catch {
      show({ ...form, trouble: "Xchart cannot be reached." });
    }
  };
  if (button) button.type = "button";
  button?.addEventListener("click", go);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) go();
  });
  place.replaceChildren(made);
}

show(described());
