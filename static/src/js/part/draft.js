// A form with data-draft keeps what is typed in this browser until it is sent, and
// gives it back after an accident. Passwords and files are never kept.
export function drafts(root) {
	for (const form of root.querySelectorAll("form[data-draft]")) {
		const key = "draft:" + form.dataset.draft;
		if (!form.querySelector(".fault")) restore(form, key);
		form.addEventListener("input", () => save(form, key));
		form.addEventListener("submit", () => localStorage.removeItem(key));
	}
}

function fields(form) {
	return [...form.elements].filter((f) => f.name && !f.name.startsWith("_") && !["password", "file", "hidden", "submit", "button"].includes(f.type));
}

function save(form, key) {
	const kept = fields(form).map((f) => (f.type === "checkbox" || f.type === "radio" ? f.checked : f.value));
	try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* storage is full: the form itself still holds it */ }
}

function restore(form, key) {
	let kept;
	try { kept = JSON.parse(localStorage.getItem(key)); } catch { return; }
	const all = fields(form);
	if (!Array.isArray(kept) || kept.length !== all.length) return;
	all.forEach((f, i) => {
		if (f.type === "checkbox" || f.type === "radio") f.checked = kept[i];
		else if (!f.value && f.tagName !== "SELECT") f.value = kept[i];
	});
}
