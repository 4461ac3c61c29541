// A row of tabs that is wider than the phone begins where the reader is.
export function tabs(root) {
	for (const list of root.querySelectorAll(".tabs")) {
		const here = list.querySelector("[aria-current]");
		if (here) list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
	}
}
