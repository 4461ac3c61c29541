// What the supervisor looks up in the list on the phone, with or without a network:
// the passes of a booth, and who is inside.
import { gateDay } from "./decide.js";
import { $, part, rows, show, showing } from "./screens.js";
import { clockOf, dateOf, dayOf, t } from "./texts.js";
import { kindName, who } from "./words.js";

const MOST = 30;

export class People {
	constructor({ device, clock, list, camera, scanning }) {
		Object.assign(this, { device, clock, list, camera, scanning });
		$("open-search").onclick = () => this.open();
		$("open-inside").onclick = () => this.showInside();
		$("search").onsubmit = (e) => e.preventDefault();
		$("search-text").oninput = () => this.search();
		$("print-inside").onclick = () => print();
	}

	// can reports whether this phone is a supervisor's.
	can() { return this.device.role === "supervisor"; }

	open() {
		this.camera.stop();
		$("search-text").value = "";
		this.search();
		show("search");
	}

	search() {
		const wanted = fold($("search-text").value), found = wanted ? this.find(wanted) : [];
		$("search-none").hidden = !wanted || found.length > 0;
		$("search-more").hidden = found.length <= MOST;
		rows($("found"), found.slice(0, MOST), (li, p) => this.line(li, p));
	}

	// find looks at the booth first, then at vendor, number plate and code.
	find(wanted) {
		const all = [...(this.list.data?.passes.values() || [])].filter((p) => !p.test);
		const digits = wanted.replaceAll(" ", "");
		const fits = (p) => fold(who(p)).includes(wanted) || (digits.length > 3 && p.code.startsWith(digits));
		const rank = (p) => (fold(p.booth || "") === wanted ? 0 : 1);
		return all.filter(fits).sort((a, b) => rank(a) - rank(b) || order(a, b));
	}

	line(li, p) {
		const inside = this.isInside(p);
		part(li, "what").textContent = [kindName(p.kind), who(p)].filter(Boolean).join(": ");
		part(li, "when").textContent = [p.code.replace(/(\d{4})(?=\d)/g, "$1 "), p.state === "valid" ? "" : t("verdict." + p.state), inside && t("search.inside", clockOf(p.inside.at), this.list.gateName(p.inside.gate))].filter(Boolean).join(" · ");
		part(li, "check").onclick = () => { if (showing() === "search") this.scanning.scan({ code: p.code }); };
	}

	isInside(p) { return p.inside?.day === gateDay(this.list.data, this.clock.now()); }

	// showInside is the sheet for clearing the market: who is inside, by booth.
	showInside() {
		const { list, clock } = this, now = clock.now();
		this.camera.stop();
		const inside = [...(list.data?.passes.values() || [])].filter((p) => this.isInside(p) && !p.test);
		$("inside-title").textContent = t("inside.title", inside.length);
		$("inside-of").textContent = [list.data?.event.title, t("inside.as_of", clockOf(list.fetchedAt || now), dateOf(dayOf(now)), clockOf(now))].filter(Boolean).join(" · ");
		$("inside-none").hidden = inside.length > 0;
		rows($("inside-list"), groups(inside), (li, g) => {
			part(li, "booth").textContent = g.name;
			part(li, "n").textContent = String(g.passes.length);
			part(li, "who").textContent = g.passes.map((p) => [kindName(p.kind), p.label, clockOf(p.inside.at)].filter(Boolean).join(" ")).join(" · ");
		});
		show("inside");
	}
}

const order = (a, b) => (a.booth || "~").localeCompare(b.booth || "~", "vi", { numeric: true }) || a.code.localeCompare(b.code);

// groups puts passes together by booth; those of no booth come last, by kind.
function groups(passes) {
	const all = new Map();
	for (const p of passes.sort(order)) {
		const name = p.booth ? [p.booth, p.vendor].filter(Boolean).join(" · ") : kindName(p.kind);
		if (!all.has(name)) all.set(name, { name, passes: [] });
		all.get(name).passes.push(p);
	}
	return [...all.values()];
}

// fold makes texts alike that differ in case and accents only.
function fold(text) {
	return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replace(/\s+/g, " ").trim();
}
