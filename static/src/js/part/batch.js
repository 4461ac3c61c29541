// Choosing several rows of a table: all at once, a range with Shift, or from the
// keyboard (j and k or the arrows go from row to row, x chooses) while the focus is in
// the table. In a table with data-keys that works from anywhere on the page, Enter
// opens the row, and the key of a button takes the row while none is chosen. Buttons
// with data-picked say how many are chosen and rest while none is.
import { typing } from "./keys.js";

export function batches(root) {
	for (const table of root.querySelectorAll("table:has(input[data-all])")) new Batch(table);
}

class Batch {
	constructor(table) {
		this.table = table;
		this.all = table.querySelector("input[data-all]");
		this.boxes = [...table.querySelectorAll("input[type=checkbox][name='" + this.all.dataset.all + "']")];
		this.buttons = [...(this.all.form || document).querySelectorAll("button[data-picked]")].map((el) => ({ el, text: el.textContent.trim(), n: el.appendChild(document.createElement("span")) }));
		this.all.addEventListener("change", () => { for (const box of this.boxes) box.checked = this.all.checked; this.show(); });
		const every = (this.all.form || document).querySelector("button[data-tick-all]"); // where the head of the table is not seen
		if (every) {
			every.hidden = false;
			every.addEventListener("click", () => this.all.click());
		}
		this.boxes.forEach((box, i) => box.addEventListener("click", (e) => this.pick(i, e.shiftKey)));
		(this.wide() ? document : table).addEventListener("keydown", (e) => this.key(e));
		addEventListener("pageshow", () => this.show());
		this.show();
	}
	pick(i, range) {
		if (range && this.last !== undefined) {
			const [from, to] = [Math.min(i, this.last), Math.max(i, this.last)];
			for (const box of this.boxes.slice(from, to + 1)) box.checked = this.boxes[i].checked;
		}
		this.last = i;
		this.show();
	}
	show() {
		const n = this.boxes.filter((b) => b.checked).length;
		for (const box of this.boxes) box.closest("tr").classList.toggle("picked", box.checked);
		this.all.checked = n > 0 && n === this.boxes.length;
		this.all.indeterminate = n > 0 && n < this.boxes.length;
		for (const b of this.buttons) {
			b.n.textContent = n ? " (" + n + ")" : "";
			b.el.disabled = n === 0;
		}
	}
	wide() { return "keys" in this.table.dataset; }
	key(e) {
		if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
		const rows = this.boxes.map((b) => b.closest("tr")), at = rows.indexOf(e.target.closest("tr"));
		if (e.key === "j" || e.key === "ArrowDown") this.go(Math.min(at + 1, rows.length - 1), e);
		else if (e.key === "k" || e.key === "ArrowUp") this.go(Math.max(at - 1, 0), e);
		else if (e.key === "x" && at >= 0) this.boxes[at].click();
		else if (this.wide() && at >= 0) this.take(e, at);
	}
	take(e, at) {
		if (e.key === "Enter" && e.target === this.boxes[at]) {
			e.preventDefault();
			this.boxes[at].closest("tr").querySelector("a").click();
		} else if (!this.boxes.some((b) => b.checked) && this.buttons.some((b) => b.el.dataset.key === e.key)) this.boxes[at].click();
	}
	go(i, e) {
		e.preventDefault();
		this.boxes[i].focus();
	}
}
