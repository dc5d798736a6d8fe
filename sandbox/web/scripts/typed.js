// The button is disabled until every field heard that it was typed into; what stands there is not read.

for (const form of document.querySelectorAll("form.box")) {
  const button = form.querySelector("button");
  const fields = [...form.querySelectorAll("input[required]:not([readonly]):not([type=checkbox])")];
  const typed = new Set();
  if (!button || !fields.length) continue;
  button.disabled = true;
  for (const field of fields) {
    field.addEventListener("input", () => {
      if (field.value) typed.add(field);
      else typed.delete(field);
      button.disabled = typed.size < fields.length;
    });
  }
}
