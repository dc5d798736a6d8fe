// What this browser is known by, where no cookie says it: it makes its own name or key up.

const way = document.body.dataset.rememberedBy;

function stored() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("xchart-device", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("device");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function held(make) {
  const database = await stored();
  const found = await new Promise((resolve, reject) => {
    const asked = database.transaction("device").objectStore("device").get("own");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  if (found) return found;
  const made = await make();
  await new Promise((resolve, reject) => {
    const change = database.transaction("device", "readwrite");
    change.objectStore("device").put(made, "own");
    change.oncomplete = resolve;
    change.onerror = () => reject(change.error);
  });
  return made;
}

function written(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

async function signed(challenge) {
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await held(() => crypto.subtle.generateKey(kind, false, ["sign", "verify"]));
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    pair.privateKey,
    new TextEncoder().encode(challenge),
  );
  return JSON.stringify({ x, y, challenge, signature: written(signature) });
}

export async function device(challenge) {
  if (way === "local_storage") {
    const name = localStorage.getItem("xchart.device") ?? crypto.randomUUID();
    localStorage.setItem("xchart.device", name);
    return name;
  }
  if (way === "indexed_db") return held(async () => crypto.randomUUID());
  if (way === "bound_key") return signed(challenge);
  return "";
}
