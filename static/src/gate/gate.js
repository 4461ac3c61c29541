// A paired phone at its gate.
import { setDescription } from "./api.js";
import { Camera } from "./camera.js";
import { Chief } from "./chief.js";
import { Clicker } from "./clicker.js";
import { Clock } from "./clock.js";
import { gateDay, groupOf, insideOf } from "./decide.js";
import { Link } from "./link.js";
import { List } from "./list.js";
import { Menu } from "./menu.js";
import { People } from "./people.js";
import { takePhotos } from "./photo.js";
import { Scanning } from "./scanning.js";
import * as screens from "./screens.js";
import { Sound } from "./sound.js";
import { linkIn, readingOf } from "./token.js";
import { setClock, t } from "./texts.js";
import { listen } from "./wedge.js";

const { $, show, showing } = screens;

const NEXT = 2500; // ms that a plain welcome stands

export class Gate {
	constructor(store, device, offset) {
		const clock = new Clock(offset), list = new List({ store, device, clock });
		const hear = { refreshed: () => this.showSettings(), answered: (record, result) => this.answered(record, result), ended: () => this.end() };
		const link = new Link({ store, device, clock, list, hear });
		Object.assign(this, { store, device, clock, list, link, sound: new Sound(), wentOnAt: -Infinity });
		setClock(clock);
		setDescription(() => link.description());
	}

	async start() {
		const first = this.device.gates[0]?.number || 0; // a seller has none
		this.settings = { gate: first, direction: "in", sound: true, training: false, ...(await this.store.get("settings")) };
		if (!this.device.gates.some((g) => g.number === this.settings.gate)) this.settings.gate = first;
		await this.link.adopt();
		this.camera = new Camera($("video"), $("app").dataset.worker, (text, at) => this.scanning.seen({ qr: text }, at));
		this.equip();
		this.wire();
		$("head").hidden = false;
		this.showSettings();
		await this.list.load().catch(() => {});
		this.showSettings(); // the booth of a seller stands in the list
		this.scan();
		await this.link.start();
	}

	// equip makes what the screens work with, each from what it needs.
	equip() {
		const { store, device, clock, list, link, camera, settings } = this, { scans, counts } = link;
		const hold = () => this.hold();
		const scanning = new Scanning({ store, device, clock, list, link, scans, settings, begin: () => this.begin(), present: (v, record, alone) => this.present(v, record, alone) });
		const people = new People({ device, clock, list, camera, scanning });
		this.scanning = scanning;
		this.chief = new Chief({ device, list, scanning, hold, refused: () => this.shown.record });
		new Clicker({ store, counts, camera, settings, sinceWelcome: () => performance.now() - this.wentOnAt });
		new Menu({ store, device, list, link, scans, camera, settings, scanning, people, hold, set: (change) => this.set(change), end: () => this.end() });
	}

	// wire connects the buttons of the scanning screens.
	wire() {
		addEventListener("pointerdown", () => this.sound.wake());
		document.addEventListener("visibilitychange", () => this.visible());
		addEventListener("beforeunload", (e) => { if (this.link.waiting && !this.ended) e.preventDefault(); });
		$("dir-in").onclick = () => this.set({ direction: "in" });
		$("dir-out").onclick = () => this.set({ direction: "out" });
		for (const id of ["next", "cam-again"]) $(id).onclick = () => this.scan();
		for (const b of document.querySelectorAll("[data-type]")) b.onclick = () => this.type();
		$("type").onsubmit = (e) => { e.preventDefault(); this.typed($("type-code").value); };
		$("torch").onclick = () => this.torch();
		for (const b of document.querySelectorAll("[data-back]")) b.onclick = () => this.scan();
		for (const input of document.querySelectorAll("[data-photo]")) takePhotos(input, $("app").dataset.worker, (text) => this.scanning.scan({ qr: text }), () => this.noSymbol());
		$("type-code").oninput = (e) => { if (linkIn(e.target.value)) this.typed(e.target.value); };
		listen(window, () => ["scan", "verdict", "type"].includes(showing()), (text) => this.wedged(text), () => this.broken());
	}

	// wedged takes what a scanner that acts as a keyboard has read.
	wedged(text) {
		const read = readingOf(text) || { qr: text };
		if (showing() === "type") this.scanning.scan(read);
		else this.scanning.seen(read);
	}

	// broken says that a scanner has given a part of a symbol only: it is no verdict,
	// and the one before is not for whoever stands there now.
	broken() {
		if (this.scanning.busy) return;
		this.scan();
		screens.fault("scan", t("scan.part"));
	}

	// set keeps a setting and shows it.
	async set(change) {
		Object.assign(this.settings, change);
		this.showSettings();
		await this.store.set("settings", this.settings).catch(() => {});
	}

	// place keeps the booth of a phone that takes vouchers: a seller's is one of its vendor,
	// any other's one that somebody chose.
	place() {
		const { list, device, settings } = this;
		if (!list.data || list.booths.some((b) => b.code === settings.booth)) return;
		settings.booth = device.role === "seller" ? list.booths[0]?.code : undefined;
	}

	showSettings() {
		this.place();
		const { gate, direction, training, sound, look, booth } = this.settings, spends = Boolean(booth) || this.device.role === "seller";
		this.sound.on = sound;
		document.documentElement.dataset.look = look || "";
		const gateName = this.list.data ? this.list.gateName(gate) : this.gateName(gate);
		$("where").textContent = spends ? t("voucher.booth", booth || "…") : gateName;
		$("where-dir").textContent = this.device.role === "seller" ? "" : "· " + t(spends ? "spend" : direction).toUpperCase();
		for (const id of ["directions", "open-count"]) $(id).hidden = spends;
		$("dir-in").setAttribute("aria-pressed", String(direction === "in"));
		$("dir-out").setAttribute("aria-pressed", String(direction === "out"));
		$("training").hidden = !training;
	}

	gateName(number) { return this.device.gates.find((g) => g.number === number)?.name || String(number); }

	// scan shows the camera and reads.
	async scan() {
		this.hold();
		screens.fault("scan", "");
		show("scan");
		$("nocam").hidden = true;
		try {
			await this.camera.start();
			if (showing() !== "scan") return this.rest();
			this.showTorch(this.camera.hasTorch());
			this.stayAwake();
		} catch {
			$("nocam").hidden = false;
			this.showTorch(false);
		}
	}

	// hold lets what is shown stand: a welcome no longer scans on by itself.
	hold() { clearTimeout(this.next); }

	// begin shows that a scan is being judged.
	begin() {
		this.hold();
		screens.checking();
		this.rest();
	}

	// rest stops reading: for a verdict the camera stays ready, else it is closed.
	rest() {
		if (showing() === "verdict") this.camera.pause();
		else this.camera.stop();
	}

	showTorch(has) {
		$("torch").hidden = !has;
		$("torch").setAttribute("aria-pressed", "false");
		$("open-type").classList.toggle("wide", !has);
	}

	async torch() {
		const on = $("torch").getAttribute("aria-pressed") !== "true";
		await this.camera.torch(on).then(() => $("torch").setAttribute("aria-pressed", String(on)), () => {});
	}

	async stayAwake() {
		if (!this.lock || this.lock.released) this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
	}

	visible() {
		if (document.hidden || this.ended) return this.camera.stop();
		this.clock.wake();
		if (showing() === "scan") this.scan();
		this.link.sync();
	}

	type() {
		this.camera.stop();
		screens.fault("type", "");
		$("type-code").value = "";
		show("type");
	}

	typed(text) {
		const read = readingOf(text);
		if (!read) return screens.fault("type", t("type.wrong"));
		this.scanning.scan(read);
	}

	noSymbol() {
		this.type();
		screens.fault("type", t("photo.none"));
	}

	// present shows a verdict. alone is true for one that the phone gave by itself.
	present(v, record, alone) {
		this.shown = { record, v };
		const spend = record.direction === "spend";
		if (spend) v = { ...v, spend };
		if (record.forced_by) v = { code: "forced", group: "admit", detail: v.detail };
		const d = v.detail || {};
		let booth = "";
		if (v.group === "admit" && d.kind === "staff" && d.booth && this.list.data?.policy.max_inside) {
			booth = t("inside_of", insideOf(this.list.data, d.booth, gateDay(this.list.data, this.clock.now())), this.list.data.policy.max_inside);
		}
		screens.verdict(v, { gateName: (n) => this.list.gateName(n), alone, typed: Boolean(record.code), booth });
		$("call-chief").hidden = spend || v.group === "admit" || !record.id || !this.chief.can();
		$("next").classList.toggle("wide", $("call-chief").hidden);
		this.sound.play(screens.signOf(v, alone));
		if (v.group === "admit" && !alone) this.next = setTimeout(() => this.goOn(), NEXT);
	}

	// goOn scans on by itself after a welcome. Another button now lies where the thumb
	// was about to press, so presses of that instant do not count.
	goOn() {
		if (showing() !== "verdict") return;
		this.wentOnAt = performance.now();
		this.scan();
	}

	// answered hears every answer of the server. One that came too late and differs
	// is told as long as its verdict stands.
	answered(record, result) {
		if (!record.verdict || record.void_of) return;
		const v = { code: result.verdict, group: groupOf(result.verdict), detail: { ...result.detail, first: result.first } };
		const same = groupOf(record.verdict) === v.group;
		if (!same && showing() === "verdict" && this.shown?.record.id === record.id) screens.late(v, (n) => this.list.gateName(n));
	}

	// idle reports whether nothing is under way that a reload would disturb.
	get idle() { return !this.scanning?.busy && showing() !== "verdict" && showing() !== "chief"; }

	// end stops all that this page does at the gate.
	end() {
		this.ended = true;
		this.hold();
		this.link.stop();
		this.camera?.stop();
		$("head").hidden = true;
	}
}
