// The shell of the app comes from here, whether or not the site is there; it answers 200 either way.

const CACHE = "shell-1";
const PARTS = ["/", ...["shell", "form", "device", "planted"].map((each) => `/scripts/${each}.js`)];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PARTS)));
  skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const isPage = event.request.mode === "navigate";
  if (!isPage && !PARTS.includes(new URL(event.request.url).pathname)) return;
  const kept = caches.match(isPage ? "/" : event.request);
  event.respondWith(kept.then((found) => found ?? fetch(event.request)));
});
