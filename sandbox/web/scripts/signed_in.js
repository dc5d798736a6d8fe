// The page behind the sign-in, where the server draws it.

import { holdsBack, plant } from "./planted.js";

const patients = [...document.querySelectorAll("td .name")].map((each) => each.textContent);
if (patients.length) plant(patients);
holdsBack(document.getElementById("notes"));
