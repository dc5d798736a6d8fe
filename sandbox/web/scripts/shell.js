// An app in the browser: it asks where it stands, and draws that. No form navigates, neither does
// the way in; the address follows by itself.

import { drawn, element, sent } from "./form.js";
import { holdsBack, plant } from "./planted.js";

const place = document.getElementById("place");
const who = document.getElementById("who");
const UNREACHED = "Xchart cannot be reached.";

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { Accept: "application/json" } });
  return answer.json();
}

async function goes(asking) {
  try {
    show(await asking());
  } catch {
    showTrouble(UNREACHED);
  }
}

function show(answer) {
  if (answer.next && !answer.chosen) history.pushState({}, "", answer.next);
  if (answer.chosen) history.pushState({}, "", `/patients/${answer.chosen.id}`);
  if (answer.form) showForm(answer.form);
  else if (answer.email) showSignedIn(answer);
  else showTrouble(answer.trouble);
}

function middle(...inside) {
  who.replaceChildren();
  place.replaceChildren(element("main", { class: "middle" }, ...inside));
}

function showForm(form) {
  const made = drawn(form);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    made.querySelector("button").disabled = true;
    try {
      const answer = await sent(form, new FormData(made));
      if (answer.next) show(answer);
      else showForm({ ...form, trouble: answer.trouble });
    } catch {
      showForm({ ...form, trouble: UNREACHED });
    }
  });
  middle(made);
}

function showTrouble(trouble) {
  const again = element("button", { class: "wide", type: "button" }, "Try again");
  again.addEventListener("click", () => goes(() => ask("/where")));
  middle(element("div", { class: "box" }, element("h1", {}, "Xchart"), element("p", {}, trouble), again));
}

function leads(link, asking) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goes(asking);
  });
  return link;
}

function showSignedIn({ email, leave, patients, chosen, last, notes }) {
  const out = element("button", { class: "small quiet", type: "button" }, leave);
  out.addEventListener("click", () => goes(() => ask("/sign-out", { method: "POST" })));
  who.replaceChildren(element("span", {}, `Signed in as ${email}`), out);
  const rows = patients.map((each) => {
    const path = `/patients/${each.id}`;
    const name = element("a", { class: "name", href: path }, each.name);
    const cells = [each.time, leads(name, () => ask(path)), each.procedure];
    return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
  });
  const back = leads(element("a", { href: "/today" }, "Today"), () => ask("/today"));
  const field = element("textarea", { id: "notes", name: "notes" });
  field.defaultValue = notes;
  const save = element("button", { class: "small quiet" }, "Save notes");
  const form = element("form", {}, element("label", { for: "notes" }, "Notes"), field, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goes(() => ask("/notes", { method: "POST", body: new URLSearchParams({ notes: field.value }) }));
  });
  place.replaceChildren(
    element(
      "main",
      {},
      element("h1", {}, chosen ? chosen.name : "Today"),
      element("p", { class: "sub" }, ...(chosen ? [back] : [last ? `Last opened: ${last}` : ""])),
      chosen ? "" : element("table", {}, ...rows),
      form,
    ),
  );
  if (!chosen) plant(patients.map((each) => each.name));
  holdsBack(field);
}

navigator.serviceWorker.register("/service_worker.js");
const start = location.pathname.startsWith("/patients/") ? location.pathname : "/where";
goes(() => ask(start));
