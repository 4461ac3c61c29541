// The list of passes by booth: how many are ticked and how many sheets they take, and keys: / finds, the
// arrows go from booth to booth and open or shut it, P prints what has the focus.
export function books(root) {
	for (const form of root.querySelectorAll("form[data-dock]")) dock(root, form);
	for (const book of root.querySelectorAll("[data-book]")) keys(root, book);
}

function dock(root, form) {
	const boxes = [...root.querySelectorAll("input[type=checkbox][form='" + form.id + "']")];
	const said = form.querySelector("[data-picked-n]"), list = form.querySelector("[data-picked-list]"), sheet = form.querySelector("select");
	const none = said.textContent, all = list.textContent, button = form.querySelector("button:not([type])");
	let last;
	const show = () => {
		const n = boxes.filter((b) => b.checked).length, chosen = sheet.selectedOptions[0];
		said.textContent = n ? said.dataset.pickedN.replace("%n", n) : none;
		list.textContent = n ? "· " + chosen.dataset.much.replace("%s", Math.ceil(n / chosen.dataset.per)) : all;
		button.disabled = n === 0;
		form.classList.toggle("idle", n === 0);
		for (const b of boxes) b.closest("tr").classList.toggle("picked", b.checked);
	};
	said.setAttribute("aria-live", "polite");
	boxes.forEach((box, i) => box.addEventListener("click", (e) => {
		if (e.shiftKey && last !== undefined) for (const b of boxes.slice(Math.min(i, last), Math.max(i, last) + 1)) b.checked = box.checked;
		last = i;
		show();
	}));
	sheet.addEventListener("change", show);
	form.addEventListener("reset", () => setTimeout(show));
	addEventListener("pageshow", show);
	show();
}

function keys(root, book) {
	const heads = [...book.querySelectorAll("summary")].filter((s) => s.parentElement.parentElement.classList.contains("pg"));
	root.addEventListener("keydown", (e) => {
		if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
		const group = e.target.closest?.(".pg"), at = heads.findIndex((h) => group && h.closest(".pg") === group);
		if (e.key === "/") return take(e, () => book.querySelector("input[type=search]").focus());
		if (at < 0) return;
		const details = heads[at].parentElement;
		if (e.key === "ArrowDown") take(e, () => heads[Math.min(at + 1, heads.length - 1)].focus());
		else if (e.key === "ArrowUp") take(e, () => heads[Math.max(at - 1, 0)].focus());
		else if (e.key === "ArrowRight") take(e, () => { details.open = true; });
		else if (e.key === "ArrowLeft") take(e, () => { details.open = false; heads[at].focus(); });
		else if (e.key === "p" || e.key === "P") take(e, () => (e.target.closest("tr")?.querySelector("td.do form button") ?? group.querySelector(".pr button"))?.click());
	}, true); // before the keys of the whole office: here / finds a pass
}

function take(e, does) {
	e.preventDefault();
	e.stopPropagation();
	does();
}
