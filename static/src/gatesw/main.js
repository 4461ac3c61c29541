// The service worker of an app of phones. It keeps one version of the app, whole, and
// nothing else: no page of anybody, no answer of the server. appShell, written in front
// of it by the server, names the app and its version, and its files with their hashes.

const { scope, caches: PREFIX, build, files } = self.appShell;
const CACHE = PREFIX + build, CHOICE = PREFIX + "choice";
const kept = new Set(files.map((f) => f.url));

self.addEventListener("install", (e) => e.waitUntil(fill()));
self.addEventListener("activate", (e) => e.waitUntil(takeOver()));
self.addEventListener("message", (e) => { if (e.data === "take-over") self.skipWaiting(); });
self.addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);
	if (e.request.method !== "GET" || url.origin !== self.location.origin) return;
	if (e.request.mode === "navigate" && url.pathname === scope) e.respondWith(page(e.request, url));
	else if (kept.has(url.pathname + url.search)) e.respondWith(file(e.request));
});

// fill fetches every file; one that is not what the server named fails it all, and
// the version before goes on.
async function fill() {
	const cache = await caches.open(CACHE);
	await Promise.all(files.map(async ({ url, integrity }) => {
		const answer = await fetch(url, { integrity, credentials: "omit", cache: url.startsWith("/static/") ? "default" : "no-cache" });
		if (!answer.ok) throw new Error(url + ": " + answer.status);
		await cache.put(url, answer);
	}));
}

async function takeOver() {
	for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE && name !== CHOICE) await caches.delete(name);
	await self.clients.claim();
	for (const client of await self.clients.matchAll()) client.postMessage({ build });
}

// page answers with the app in the language asked for, or last used.
async function page(request, url) {
	const asked = url.searchParams.get("lang");
	return (asked && (await app(asked))) || (await app(await chosen())) || (await app("vi")) || fetch(request);
}

async function app(lang) { return (await caches.open(CACHE)).match(scope + "?lang=" + lang, { ignoreVary: true }); }

async function chosen() {
	const answer = await (await caches.open(CHOICE)).match(scope + "/lang");
	return answer ? answer.text() : "vi";
}

async function file(request) {
	return (await (await caches.open(CACHE)).match(request, { ignoreVary: true })) || fetch(request);
}
