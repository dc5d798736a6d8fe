// Against what fills fields in: a password's field says so only once it has the focus.

for (const field of document.querySelectorAll("input[type=password]")) {
  field.type = "text";
  field.removeAttribute("autocomplete");
  field.addEventListener("focus", () => {
    field.type = "password";
  });
  field.addEventListener("blur", () => {
    if (!field.value) field.type = "text";
  });
}
