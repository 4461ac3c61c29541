// Has the pages of an event kept, so that they are there at a market without a network:
// those that the page names in data-keep. Nothing is kept of whoever is signed in, nor
// where the phone asks to save data.
const policy = window.trustedTypes ? window.trustedTypes.createPolicy("hoicho-pages", { createScriptURL: () => "/sw.js" }) : { createScriptURL: () => "/sw.js" };

export function offline() {
	const workers = navigator.serviceWorker, box = document.querySelector("[data-keep]");
	if (!workers || !box || document.querySelector("form[action='/dang-xuat']") || (navigator.connection && navigator.connection.saveData)) return;
	addEventListener("load", () => setTimeout(async () => {
		try {
			await workers.register(policy.createScriptURL(""), { scope: "/" });
			const { active } = await workers.ready;
			active.postMessage({ keep: [location.pathname, ...box.dataset.keep.split(" ").filter(Boolean)] });
		} catch { /* a browser that keeps nothing: the pages come from the network as ever */ }
	}, 1500));
}
