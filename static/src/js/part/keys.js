// Keys of a page of work: an element with data-key is done by its key – a link is
// followed, a choice chosen, a button pressed, a sheet opened. Ctrl with Enter
// presses the button with data-ctrl-enter. Nothing while somebody is typing.
export function keys(root) {
	const found = root.querySelectorAll("[data-key]");
	if (!found.length) return;
	for (const el of found) if (el.localName === "details") el.hidden = false;
	root.addEventListener("keydown", (e) => {
		if (e.defaultPrevented || e.isComposing || e.altKey || e.metaKey) return;
		const write = root.querySelector("[data-ctrl-enter]");
		if (e.ctrlKey) {
			if (e.key === "Enter" && write && (write.form.contains(e.target) || !typing(e.target))) {
				e.preventDefault();
				write.click();
			}
			return;
		}
		if (typing(e.target)) return;
		const el = [...found].find((el) => el.dataset.key === e.key);
		if (el) {
			e.preventDefault();
			act(el);
		}
	});
}

// typing reports whether a key belongs to the field that has the focus.
export function typing(el) {
	if (el.isContentEditable || el.localName === "textarea" || el.localName === "select") return true;
	return el.localName === "input" && !["checkbox", "radio", "button", "submit"].includes(el.type);
}

function act(el) {
	if (el.localName === "details") {
		el.open = !el.open;
		el.querySelector("summary").focus();
	} else el.click();
	if (el.type === "radio") el.focus();
}
