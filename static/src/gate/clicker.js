// The clicker counts visitors who carry nothing. Each press goes through the queue
// like a scan.
import { $, fault, show } from "./screens.js";
import { shake } from "./sound.js";
import { dayOf, now, t } from "./texts.js";

const SLIP = 700; // ms after the screen changed by itself

export class Clicker {
	// sinceWelcome is how many ms ago the scanning screen came by itself.
	constructor({ store, counts, camera, settings, sinceWelcome }) {
		Object.assign(this, { store, counts, camera, settings, sinceWelcome, presses: [] });
		$("open-count").onclick = () => this.open();
		for (const b of document.querySelectorAll("[data-count]")) b.onclick = () => this.add(Number(b.dataset.count), b.dataset.who);
		$("count").onsubmit = (e) => { e.preventDefault(); this.typed(); };
		$("undo").onclick = () => this.undo();
	}

	// open counts one: that is what the button on the scanning screen says.
	async open() {
		if (this.sinceWelcome() < SLIP) return;
		this.camera.stop();
		fault("count", "");
		await this.load(); // before anything can be pressed
		show("count");
		await this.add(1, "person");
	}

	async load() {
		const kept = await this.store.get("clicked");
		this.day = dayOf(now());
		this.total = kept?.day === this.day ? kept.n : 0;
		this.show();
	}

	typed() {
		const n = Number($("count-n").value);
		if (!Number.isInteger(n) || n < 1 || n > 500) return fault("count", t("count.wrong"));
		$("count-n").value = "";
		this.add(n, n > 1 ? "group" : "person");
	}

	async add(n, who) {
		const press = await this.keep({ gate: this.settings.gate, n, who });
		if (!press) return;
		this.presses.push(press);
		shake(30);
		await this.sum(n);
	}

	async undo() {
		const press = this.presses.at(-1);
		if (!press || !(await this.keep({ gate: press.gate, n: 0, who: press.who, void_of: press.id }))) return;
		this.presses.pop();
		await this.sum(-press.n);
	}

	// keep stores a press; null, and said plainly, when the phone has no room.
	async keep(press) {
		fault("count", "");
		try {
			return await this.counts.add(press);
		} catch {
			fault("count", t("count.not_kept"));
			return null;
		}
	}

	async sum(n) {
		this.total += n;
		this.show();
		await this.store.set("clicked", { day: this.day, n: this.total });
	}

	show() {
		const last = this.presses.at(-1);
		$("clicked").textContent = String(this.total);
		$("undo").disabled = !last;
		$("undo-text").textContent = last ? t("count.undo_n", last.n) : t("count.undo");
	}
}
