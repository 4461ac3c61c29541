// Takes the place of the service worker of an app of phones and ends it: the phone gets
// the app from the server again. The queue stays, it is not kept here. appCaches, written
// in front of it by the server, is how the names of what it kept begin.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(end()));

async function end() {
	for (const name of await caches.keys()) if (name.startsWith(self.appCaches)) await caches.delete(name);
	await self.registration.unregister();
}
