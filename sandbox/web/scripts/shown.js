// Comes last: nobody can type into a form before its scripts have it.

for (const form of document.querySelectorAll("form.box[hidden]")) form.hidden = false;
