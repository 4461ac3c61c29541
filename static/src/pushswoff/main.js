// Takes the place of the service worker of notifications where they are switched off:
// the browser forgets its address at the push service, and the worker.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(end()));

async function end() {
	const s = await self.registration.pushManager.getSubscription();
	if (s) await s.unsubscribe();
	await self.registration.unregister();
}
