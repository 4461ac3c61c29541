// An element with data-poll and an id is renewed every few seconds (data-every) by
// the element with the same id of the page at that address. Unchanged answers (304)
// cost nothing; a page in the background rests, a server in trouble is asked less
// and less; when the element is gone from the page, the page is loaded anew.
export function poll(root) {
	for (const el of root.querySelectorAll("[data-poll]")) follow(el);
}

const SLOWEST = 60_000;

function follow(el) {
	const url = el.dataset.poll || location.href, every = Number(el.dataset.every || 5) * 1000;
	let etag = "", wait = every;
	const round = async () => {
		if (!document.hidden) {
			const res = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" }).catch(() => null);
			wait = res && (res.ok || res.status === 304) ? every : Math.min(wait * 2, SLOWEST);
			if (res && res.ok) {
				etag = res.headers.get("ETag") || "";
				const fresh = parse(await res.text()).getElementById(el.id);
				if (!fresh) return location.reload();
				if (fresh.innerHTML !== el.innerHTML) el.replaceChildren(...fresh.childNodes);
			}
		}
		setTimeout(round, wait);
	};
	setTimeout(round, wait);
}

const policy = window.trustedTypes ? window.trustedTypes.createPolicy("hoicho", { createHTML: (s) => s }) : { createHTML: (s) => s };

// parse reads a page of this server; its scripts never run.
function parse(text) { return new DOMParser().parseFromString(policy.createHTML(text), "text/html"); }
