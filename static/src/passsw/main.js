// The service worker of a vendor's passes. The network comes first; without it, or when it
// takes too long, what the pages kept is shown. It keeps nothing by itself, and lets go of
// what the server no longer gives to whoever asks.
import { PASSES } from "../js/part/forget.js";

const PATIENCE = 4000; // ms until a kept page is shown in the place of one that is still coming

const pass = (path) => /^\/gian-hang\/[^/]+\/the(\/[^/]+\/[^/]+(\/anh\.png)?)?$/.test(path);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);
	if (e.request.method !== "GET" || url.origin !== self.location.origin) return;
	if (pass(url.pathname) || (e.request.mode !== "navigate" && url.pathname.startsWith("/static/"))) e.respondWith(answer(e.request));
});

async function answer(request) {
	const fresh = fetch(request).then((got) => letGo(request, got));
	const kept = await (await caches.open(PASSES)).match(request, { ignoreVary: true });
	if (!kept) return fresh;
	const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
	return Promise.race([fresh.catch(() => kept), late]);
}

async function letGo(request, got) {
	if (got.status === 401) await caches.delete(PASSES);
	else if (got.status === 403 || got.status === 404) await (await caches.open(PASSES)).delete(request, { ignoreVary: true });
	return got;
}
