// The box at the head of the office: "/" leads to it from anywhere but a field.
export function search(root) {
	const box = root.querySelector(".office-search input");
	if (!box) return;
	const key = root.querySelector(".office-search kbd");
	if (key) key.hidden = false;
	root.addEventListener("keydown", (e) => {
		if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented) return;
		if (e.target.closest("input, textarea, select, [contenteditable], dialog[open]") || !box.offsetParent) return;
		e.preventDefault();
		box.focus();
		box.select();
	});
}
