// The form lies in a shadow root, open or closed, with the page's style brought in.

import { described, drawn, element } from "./form.js";
import { bring } from "./native.js";

const place = document.getElementById("place");
const mode = place.dataset.signIn === "closed_shadow" ? "closed" : "open";

class SignIn extends HTMLElement {
  connectedCallback() {
    const form = drawn(described());
    form.append(element("input", { type: "hidden", name: "device" }));
    const style = document.querySelector("style").cloneNode(true);
    this.attachShadow({ mode }).append(style, form);
    bring(form);
  }
}

customElements.define("xchart-sign-in", SignIn);
place.append(document.createElement("xchart-sign-in"));
