// The form lies in an open shadow root, with the page's style brought in.

import { described, drawn, element } from "./form.js";
import { bring } from "./native.js";

class SignIn extends HTMLElement {
  connectedCallback() {
    const form = drawn(described());
    form.append(element("input", { type: "hidden", name: "device" }));
    const style = document.querySelector("style").cloneNode(true);
    this.attachShadow({ mode: "open" }).append(style, form);
    bring(form);
  }
}

customElements.define("xchart-sign-in", SignIn);
document.getElementById("place").append(document.createElement("xchart-sign-in"));
