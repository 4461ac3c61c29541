// A form with data-draft keeps what is typed in this browser until the server has
// taken it, and gives it back after an accident. Passwords and files are never
// kept; signing out clears everything.
const PREFIX = "draft:", DAYS = 7;

export function drafts(root) {
	const forms = [...root.querySelectorAll("form[data-draft]")];
	sweep(new Set(forms.map((f) => PREFIX + f.dataset.draft)));
	for (const form of forms) keep(form, PREFIX + form.dataset.draft);
}

// forgetOnSignOut clears every draft when its writer signs out, from whatever page.
export function forgetOnSignOut(root) {
	for (const out of root.querySelectorAll("form[action='/dang-xuat']")) {
		out.addEventListener("submit", () => { for (const key of keys()) localStorage.removeItem(key); });
	}
}

function keep(form, key) {
	const draft = read(key);
	if (draft && draft.sent && !form.querySelector(".fault")) localStorage.removeItem(key);
	else if (draft && !draft.sent && !form.querySelector(".fault")) restore(form, key, draft);
	let left = false;
	form.addEventListener("input", () => write(key, { at: Date.now(), values: values(form) }));
	form.addEventListener("input", (e) => { left = left || e.target.type === "file"; });
	form.addEventListener("submit", () => {
		left = false;
		const now = read(key);
		if (now) write(key, { ...now, sent: true });
	});
	// files are not kept, so leaving would lose them
	addEventListener("beforeunload", (e) => { if (left) e.preventDefault(); });
}

// sweep drops what was sent and is not asked for again, and what is old. The
// sign-in page stands between a session that ended and its form.
function sweep(here) {
	const entry = location.pathname === "/dang-nhap";
	for (const key of keys()) {
		const draft = read(key);
		if (!draft || Date.now() - draft.at > DAYS * 864e5 || (draft.sent && !here.has(key) && !entry)) localStorage.removeItem(key);
	}
}

function keys() {
	try { return Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)); } catch { return []; }
}

function read(key) {
	try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, draft) {
	try { localStorage.setItem(key, JSON.stringify(draft)); } catch { /* storage is full: the form itself still holds it */ }
}

function fields(form) {
	const never = ["password", "file", "submit", "button"];
	const typed = (f) => f.type !== "hidden" || f.name.endsWith("_ref");
	return [...form.elements].filter((f) => f.name && !f.name.startsWith("_") && !never.includes(f.type) && typed(f) && !f.disabled);
}

const ticked = (f) => f.type === "checkbox" || f.type === "radio";

function values(form) {
	const all = {};
	for (const f of fields(form)) (all[f.name] ||= []).push(ticked(f) ? (f.checked ? f.value : null) : f.value);
	return all;
}

function restore(form, key, draft) {
	if (JSON.stringify(values(form)) === JSON.stringify(draft.values)) return;
	const seen = {};
	for (const f of fields(form)) {
		const i = (seen[f.name] = (seen[f.name] ?? -1) + 1), kept = draft.values[f.name];
		if (!kept || i >= kept.length) continue;
		if (ticked(f)) f.checked = kept[i] !== null;
		else f.value = kept[i];
	}
	const note = form.querySelector("[data-draft-note]");
	if (!note) return;
	note.hidden = false;
	note.querySelector("[data-draft-clear]").addEventListener("click", () => {
		localStorage.removeItem(key);
		form.reset();
		note.hidden = true;
	});
}
