// The script of a vendor's passes: it keeps them on the phone, keeps the screen on while
// one is shown, and sends a picture through the phone's own sheet.
import { PASSES } from "./part/forget.js";

const WORKER = "/gian-hang-sw.js";
const policy = self.trustedTypes?.createPolicy("hoicho-pass", {
	createScriptURL(url) {
		if (url !== WORKER) throw new TypeError("not a script of these pages");
		return url;
	},
});

const FONTS = ["/static/fonts/bvp-400.woff2", "/static/fonts/bvp-700.woff2"];

// keep puts this page, the passes that it leads to and what they are drawn with where the
// service worker finds them.
async function keep() {
	if (!navigator.serviceWorker || !self.caches) return;
	await navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER, { scope: "/gian-hang/" });
	const cache = await caches.open(PASSES);
	const pages = [location.href, ...[...document.querySelectorAll("a[data-keep]")].map((a) => a.href)];
	const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((e) => e.href || e.src);
	const all = await Promise.all([...pages, ...files, document.body.dataset.icons, ...FONTS].map((url) => put(cache, url)));
	for (const note of document.querySelectorAll("[data-kept]")) note.hidden = !all.every(Boolean);
	document.body.dataset.kept = all.every(Boolean);
}

async function put(cache, url) {
	try {
		const answer = await fetch(url, { credentials: "same-origin" });
		if (answer.ok && !answer.redirected) await cache.put(url.split("#")[0], answer);
		return answer.ok;
	} catch {
		return !!(await cache.match(url, { ignoreVary: true }));
	}
}

// awake keeps the screen on where the phone allows it.
async function awake() {
	if (!navigator.wakeLock || !document.querySelector(".pass-symbol") || document.hidden) return;
	try { await navigator.wakeLock.request("screen"); } catch { /* a battery that is low: the hint about brightness stays */ }
}

function shares() {
	for (const button of document.querySelectorAll("[data-share]")) {
		const probe = new File([""], "the.png", { type: "image/png" });
		if (!navigator.canShare || !navigator.canShare({ files: [probe] })) continue; // the picture is saved instead
		button.hidden = false;
		button.addEventListener("click", async () => {
			const answer = await fetch(button.dataset.share, { credentials: "same-origin" });
			if (!answer.ok) return location.reload();
			const file = new File([await answer.blob()], "the.png", { type: "image/png" });
			try { await navigator.share({ files: [file], title: button.dataset.shareTitle }); } catch { /* the sheet was closed */ }
		});
	}
}

shares();
awake();
document.addEventListener("visibilitychange", awake);
keep().catch(() => {}); // a browser that keeps nothing shows them all the same
