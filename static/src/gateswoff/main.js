// Takes the place of the gate app's service worker and ends it: the phone gets the
// app from the server again. The queue stays, it is not kept here.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(end()));

async function end() {
	for (const name of await caches.keys()) if (name.startsWith("hoicho-gate-")) await caches.delete(name);
	await self.registration.unregister();
}
