// The service worker keeps the app for hours without a network. A new version is
// fetched in the background and waits until the steward lets it in.
import { $ } from "./screens.js";
import { scriptURL } from "./trusted.js";

const CHECK = 30 * 60000;

export class Update {
	// idle reports whether a reload would disturb nobody; leave is called before it.
	// scope is the part of the site that the worker answers, caches how the names of what it
	// keeps begin.
	constructor({ idle, leave, scope = "/cong", caches = "hoicho-gate-" }) { Object.assign(this, { idle, leave, scope, caches }); }

	async start() {
		const workers = navigator.serviceWorker, { offline, build } = $("app").dataset;
		if (!workers || !offline) return;
		await this.remember(document.documentElement.lang);
		workers.addEventListener("message", (e) => { if (e.data?.build && e.data.build !== build) this.reload(); });
		$("update").onclick = () => this.take();
		this.registration = await workers.register(scriptURL(this.scope + "/sw.js"), { scope: this.scope, updateViaCache: "none" });
		this.registration.addEventListener("updatefound", () => this.registration.installing.addEventListener("statechange", () => this.show()));
		this.show();
		setInterval(() => this.check(), CHECK);
	}

	// remember tells the service worker in which language to open the app.
	async remember(lang) {
		const choice = await window.caches?.open(this.caches + "choice").catch(() => null);
		await choice?.put(this.scope + "/lang", new Response(lang)).catch(() => {});
	}

	check() { this.registration?.update().then(() => this.show(), () => {}); }

	// show shows the button while a new version waits.
	show() { $("update").hidden = !(this.registration.waiting && navigator.serviceWorker.controller); }

	take() {
		if (this.idle()) this.registration.waiting?.postMessage("take-over");
	}

	// reload starts the new version as soon as no scan is under way.
	reload() {
		if (!this.idle()) return setTimeout(() => this.reload(), 500);
		this.leave();
		location.reload();
	}
}
