// What a site keeps of patients in the browser: text in three places, and in IndexedDB also what is
// no text. Typing that was not sent holds the page back.

export function plant(patients) {
  localStorage.setItem("xchart.patients", JSON.stringify(patients));
  sessionStorage.setItem("xchart.day", patients.join(", "));
  const asked = indexedDB.open("xchart-cache", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("records", { keyPath: "name" });
  asked.onsuccess = () => {
    const change = asked.result.transaction("records", "readwrite");
    change.oncomplete = () => {
      document.body.dataset.planted = "yes";
    };
    const records = change.objectStore("records");
    for (const name of patients) {
      const trace = new Uint8Array([98, 97, 99]);
      const letter = new Blob([`Referral of ${name}`], { type: "text/plain" });
      records.put({ name, seen: new Date(), trace, letter });
    }
  };
}

export function holdsBack(notes) {
  let isSent = false;
  notes.form.addEventListener("submit", () => {
    isSent = true;
  });
  addEventListener("beforeunload", (event) => {
    const isOpen = notes.isConnected && notes.value !== notes.defaultValue;
    if (isOpen && !isSent) event.preventDefault();
  });
}
