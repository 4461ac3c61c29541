// An element with data-poll is replaced every few seconds by the element with the
// same id of the page at that address. Unchanged answers (304) cost nothing.
export function poll(root) {
	for (const el of root.querySelectorAll("[data-poll]")) follow(el);
}

function follow(el) {
	const url = el.dataset.poll, every = Number(el.dataset.every || 5) * 1000;
	let etag = "";
	const round = async () => {
		if (!document.hidden) {
			const res = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" }).catch(() => null);
			if (res && res.ok) {
				etag = res.headers.get("ETag") || "";
				const fresh = parse(await res.text()).getElementById(el.id);
				if (fresh) el.replaceChildren(...fresh.childNodes);
			}
		}
		setTimeout(round, every);
	};
	setTimeout(round, every);
}

const policy = window.trustedTypes ? window.trustedTypes.createPolicy("hoicho", { createHTML: (s) => s }) : { createHTML: (s) => s };

// parse reads a page of this server; its scripts never run.
function parse(text) { return new DOMParser().parseFromString(policy.createHTML(text), "text/html"); }
