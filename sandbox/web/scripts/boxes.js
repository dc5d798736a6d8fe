// Six boxes of one digit: the focus goes along, and the last digit sends them.

const boxes = [...document.querySelectorAll(".boxes input")];
const form = boxes[0]?.form;

function whole() {
  const code = boxes.map((box) => box.value).join("");
  if (code.length < boxes.length) return;
  form.querySelector("input[type=hidden]").value = code;
  form.requestSubmit();
}

boxes.forEach((box, at) => {
  box.addEventListener("input", () => {
    box.value = box.value.replace(/\D/g, "");
    if (box.value) boxes[at + 1]?.focus();
    whole();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !box.value) boxes[at - 1]?.focus();
  });
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    const digits = event.clipboardData.getData("text").replace(/\D/g, "");
    boxes.slice(at).forEach((each, by) => {
      each.value = digits[by] ?? each.value;
    });
    whole();
  });
});
