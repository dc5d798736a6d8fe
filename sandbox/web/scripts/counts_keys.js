// What stands in a field counts only if as many keys were pressed in it; else it is empty again.

for (const form of document.querySelectorAll("form.box")) {
  const keys = new Map();
  form.addEventListener("keydown", (event) => {
    if (event.isTrusted) keys.set(event.target, (keys.get(event.target) ?? 0) + 1);
  });
  form.addEventListener("submit", (event) => {
    const typed = [...form.querySelectorAll("input[required]:not([type=checkbox])")];
    const filled = typed.filter((each) => (keys.get(each) ?? 0) < each.value.length);
    if (filled.length) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    for (const each of filled) each.value = "";
  });
}
