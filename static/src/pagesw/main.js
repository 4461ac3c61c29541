// The service worker of the public pages. It keeps the pages of an event that was opened,
// as everybody gets them, and gives them back when there is no network, with the hour at
// which they were kept. It never keeps a page of whoever is signed in: it asks without
// cookies, and keeps what the server marks as the same for everybody. Nothing waits for it:
// while there is a network every page comes from there. self.site, written in front of it
// by the server, has the version, the files of the look and what is said.

const { caches: PREFIX, build, files, texts } = self.site;
const LOOK = PREFIX + "look-" + build, PAGES = PREFIX + "pages";
const KINDS = /^\/(su-kien\/[^/]+(\/so-do)?|doanh-nghiep\/[^/]+|t\/[^/]+)$/;
const MOST = 60, DAYS = 10;

self.addEventListener("install", (e) => { self.skipWaiting(); e.waitUntil(caches.open(LOOK).then((c) => c.addAll(files))); });
self.addEventListener("activate", (e) => e.waitUntil(takeOver()));
self.addEventListener("message", (e) => { if (Array.isArray(e.data.keep)) e.waitUntil(keep(e.data.keep)); });
self.addEventListener("fetch", (e) => {
	const { request } = e, url = new URL(request.url);
	if (request.method !== "GET" || url.origin !== location.origin) return;
	if (request.mode === "navigate" && (KINDS.test(url.pathname) || url.pathname === "/")) e.respondWith(page(request, url));
	else if (url.pathname.startsWith("/static/")) e.respondWith(look(request, url));
});

async function takeOver() {
	for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== LOOK && name !== PAGES) await caches.delete(name);
	await sweep();
	await self.clients.claim();
}

// keep fetches pages one after another, as a reader without a name.
async function keep(paths) {
	const cache = await caches.open(PAGES);
	for (const path of paths.filter((p) => KINDS.test(p)).slice(0, MOST / 2)) {
		try { await put(cache, path, await fetch(path, { credentials: "omit" })); } catch { return; } // no network: another time
	}
	await sweep();
}

// put keeps an answer that is the same for everybody: such have a tag and may be asked for again.
async function put(cache, path, answer) {
	if (!answer.ok || answer.redirected || !answer.headers.has("ETag") || answer.headers.get("Cache-Control") !== "no-cache") return;
	const headers = new Headers(answer.headers);
	headers.set("Kept-At", Date.now());
	await cache.delete(path); // the newest stand last
	await cache.put(path, new Response(await answer.blob(), { headers }));
}

async function sweep() {
	const cache = await caches.open(PAGES), keys = await cache.keys();
	for (const [i, key] of keys.entries()) {
		const at = Number((await cache.match(key)).headers.get("Kept-At"));
		if (i < keys.length - MOST || Date.now() - at > DAYS * 864e5) await cache.delete(key);
	}
}

async function page(request, url) {
	try { return await fetch(request); } catch { return (await kept(url)) || list(); }
}

// kept is a page that was kept, with a line that says so.
async function kept(url) {
	const answer = await (await caches.open(PAGES)).match(url.pathname);
	if (!answer) return null;
	const at = new Date(Number(answer.headers.get("Kept-At"))), two = (n) => String(n).padStart(2, "0");
	const when = two(at.getHours()) + ":" + two(at.getMinutes()) + " " + two(at.getDate()) + "/" + two(at.getMonth() + 1);
	const html = (await answer.text()).replace(/<main id="main">/, (m) => m + note(texts.kept.replace("{at}", when)));
	return new Response(html, { headers: answer.headers });
}

const note = (text) => '<div class="wrap"><p class="banner wait" role="status">' + text + "</p></div>";

// list stands for a page that was not kept, and leads to those that were.
async function list() {
	const cache = await caches.open(PAGES), style = files.find((f) => f.includes("app.css"));
	let items = "", policy = "default-src 'none'; style-src 'self'; font-src 'self'";
	for (const key of await cache.keys()) {
		const answer = await cache.match(key), html = await answer.text(), path = new URL(key.url).pathname;
		policy = answer.headers.get("Content-Security-Policy") || policy;
		const title = /<title>([^<]*)<\/title>/.exec(html);
		if (title) items += '<li class="item"><a href="' + path + '">' + title[1] + "</a></li>";
	}
	const head = '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>' + texts.offline + "</title>";
	const body = '<link rel="stylesheet" href="' + style + '"><main id="main" class="wrap page"><h1>' + texts.offline + "</h1><p>" + (items ? texts.some : texts.none) + "</p>";
	return new Response(head + body + '<ul class="card list">' + items + "</ul></main>", { status: 503,
		headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy } });
}

// look answers with a file of the look: from the network, else the kept one, be it of a later version.
async function look(request, url) {
	const cache = await caches.open(LOOK), same = await cache.match(request, { ignoreVary: true });
	if (same) return same;
	try { return await fetch(request); } catch { return (await cache.match(url.pathname, { ignoreSearch: true, ignoreVary: true })) || Response.error(); }
}
