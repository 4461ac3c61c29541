// A form with data-autosave saves itself while it is filled in: shortly after the
// last change, and at once when the page is left. The server answers with the new
// version, which the next saving names, so that two places never overwrite each
// other. Without a network it says so and tries again.
const REST = 1500, AGAIN = 8000;

export function autosave(root) {
	for (const form of root.querySelectorAll("form[data-autosave]")) watch(form);
}

function watch(form) {
	const note = form.querySelector("[data-autosave-note]");
	let timer = 0, busy = null, dirty = false, over = false;
	const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
	const changed = () => { if (!over) { dirty = true; later(REST); } };

	async function send() {
		dirty = false;
		const body = new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string"));
		body.set("next", "auto");
		try {
			const answer = await fetch(form.action, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
			const told = await answer.json();
			if (answer.ok && Number.isFinite(told.version)) {
				form.elements.version.value = told.version;
				note.textContent = form.dataset.saved + " " + told.at;
				return;
			}
			note.textContent = form.dataset.unsaved + " " + (told.fault ?? "");
			over = answer.status === 409;
		} catch {
			note.textContent = form.dataset.unsaved;
			dirty = true;
			later(AGAIN);
		}
	}

	function save() {
		clearTimeout(timer);
		if (!dirty || busy || over) return busy;
		busy = send().finally(() => { busy = null; if (dirty && !over) later(REST); });
		return busy;
	}

	form.addEventListener("input", changed);
	form.addEventListener("change", changed);
	document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
	// A press on a button waits for a saving under way: its version would be old.
	form.addEventListener("submit", (e) => {
		clearTimeout(timer);
		if (!busy) { over = true; return; }
		e.preventDefault();
		e.stopImmediatePropagation();
		busy.finally(() => { over = true; form.requestSubmit(e.submitter); });
	}, true);
}
