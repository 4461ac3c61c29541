// Unit picker: an input with data-area becomes a combobox over /api/v1/areas.
// The hidden input named in data-area takes the reference of the unit; without
// this script the server finds the unit by the text typed.
import { iso } from "./date.js";

export function areaPickers(root) {
	for (const input of root.querySelectorAll("input[data-area]")) new Picker(input);
}

class Picker {
	constructor(input) {
		this.input = input;
		this.ref = input.form.elements[input.dataset.area];
		this.list = document.createElement("ul");
		this.list.id = input.id + "-list";
		this.list.hidden = true;
		this.list.setAttribute("role", "listbox");
		this.list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent.trim() : input.name);
		const box = document.createElement("div");
		box.className = "combo";
		input.replaceWith(box);
		this.none = document.createElement("p");
		this.none.className = "hint";
		this.none.setAttribute("role", "status");
		box.append(input, this.list, this.none);
		for (const [k, v] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" })) input.setAttribute(k, v);
		input.addEventListener("input", (e) => { if (e.detail !== "picked") this.typed(); });
		input.addEventListener("keydown", (e) => this.key(e));
		input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) this.close(); }, 150));
	}
	typed() {
		if (this.ref) this.ref.value = "";
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.ask(), 120);
	}
	async ask() {
		const q = this.input.value.trim();
		if (q.length < 2) return this.close();
		const day = iso(this.input.form.elements[this.input.dataset.day]?.value || "");
		const res = await fetch("/api/v1/areas?q=" + encodeURIComponent(q) + "&on=" + encodeURIComponent(day)).catch(() => null);
		if (!res || !res.ok || q !== this.input.value.trim() || document.activeElement !== this.input) return;
		this.show((await res.json()).areas);
	}
	show(areas) {
		this.at = -1;
		this.none.textContent = areas.length ? "" : document.body.dataset.tNone;
		this.list.replaceChildren(...areas.map((a, i) => this.option(a, i)));
		this.list.hidden = areas.length === 0;
		this.input.setAttribute("aria-expanded", String(areas.length > 0));
		this.input.removeAttribute("aria-activedescendant");
	}
	option(a, i) {
		const li = document.createElement("li");
		li.id = this.list.id + "-" + i;
		li.setAttribute("role", "option");
		li.textContent = a.name;
		const said = [a.parent, a.was && document.body.dataset.tWas + " " + a.was].filter(Boolean).join(" · ");
		if (said) {
			const small = document.createElement("small");
			small.textContent = said;
			li.append(small);
		}
		li.area = a;
		li.addEventListener("mousedown", (e) => { e.preventDefault(); this.pick(li); });
		return li;
	}
	key(e) {
		const n = this.list.children.length;
		if (this.list.hidden || !n) return;
		if (e.key === "ArrowDown" || e.key === "ArrowUp") {
			e.preventDefault();
			this.at = (this.at + (e.key === "ArrowDown" ? 1 : n - 1) + (this.at < 0 && e.key === "ArrowUp" ? 1 : 0)) % n;
			[...this.list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === this.at)));
			this.input.setAttribute("aria-activedescendant", this.list.children[this.at].id);
			this.list.children[this.at].scrollIntoView({ block: "nearest" });
		} else if (e.key === "Enter") {
			e.preventDefault();
			this.pick(this.list.children[Math.max(this.at, 0)]);
		} else if (e.key === "Escape") this.close();
	}
	pick(li) {
		this.input.value = li.area.parent ? li.area.name + ", " + li.area.parent : li.area.name;
		if (this.ref) this.ref.value = li.area.ref;
		this.close();
		for (const kind of ["input", "change"]) this.input.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail: "picked" }));
	}
	close() {
		clearTimeout(this.timer);
		this.none.textContent = "";
		this.list.hidden = true;
		this.input.setAttribute("aria-expanded", "false");
		this.input.removeAttribute("aria-activedescendant");
	}
}
