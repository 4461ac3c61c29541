// A paired phone at its gate.
import { call, Clock } from "./api.js";
import { Camera } from "./camera.js";
import { Chief } from "./chief.js";
import { Clicker } from "./clicker.js";
import { after, decide, gateDay, groupOf, insideOf } from "./decide.js";
import { List } from "./list.js";
import { Menu } from "./menu.js";
import { Queue } from "./queue.js";
import * as screens from "./screens.js";
import { Sound } from "./sound.js";
import { codeOf } from "./token.js";
import { setClock, t } from "./texts.js";
import { listen } from "./wedge.js";

const { $, show, showing } = screens;

const WAIT = 1500; // ms for the server before the phone decides by itself
const AGAIN = 3000; // ms in which the same code is the same scan
const NEXT = 2500; // ms that a plain welcome stands
const SYNC = 10000;

export class Gate {
	constructor(store, device) {
		Object.assign(this, { store, device, clock: new Clock(), sound: new Sound(), online: true, wentOnAt: -Infinity, last: { key: "", at: -AGAIN } });
		this.boot = crypto.randomUUID();
		setClock(this.clock);
		this.list = new List(this);
		const hear = { answered: (r, result) => this.answered(r, result), online: (on) => this.setOnline(on), refused: (err) => this.refused(err), changed: () => this.showNet() };
		this.scans = new Queue({ ...this, kind: "scans", path: "scans", hear });
		this.counts = new Queue({ ...this, kind: "counts", path: "counts", hear });
	}

	async start() {
		this.settings = { gate: this.device.gates[0].number, direction: "in", sound: true, training: false, ...(await this.store.get("settings")) };
		if (!this.device.gates.some((g) => g.number === this.settings.gate)) this.settings.gate = this.device.gates[0].number;
		this.camera = new Camera($("video"), $("app").dataset.worker, (text) => this.seen({ qr: text }));
		this.clicker = new Clicker(this);
		this.menu = new Menu(this);
		this.chief = new Chief(this);
		this.wire();
		$("head").hidden = false;
		this.showSettings();
		await this.list.load().catch(() => {});
		this.scanning();
		this.scans.send();
		this.counts.send();
		await this.round();
	}

	// wire connects the buttons of the scanning screens.
	wire() {
		addEventListener("pointerdown", () => this.sound.wake());
		addEventListener("online", () => { this.scans.send(); this.counts.send(); this.sync(); });
		addEventListener("offline", () => this.setOnline(false));
		document.addEventListener("visibilitychange", () => this.visible());
		addEventListener("beforeunload", (e) => { if (this.waiting) e.preventDefault(); });
		$("dir-in").onclick = () => this.set({ direction: "in" });
		$("dir-out").onclick = () => this.set({ direction: "out" });
		$("next").onclick = () => this.scanning();
		$("cam-again").onclick = () => this.scanning();
		$("open-type").onclick = () => { this.camera.stop(); screens.fault("type", ""); $("type-code").value = ""; show("type"); };
		$("type").onsubmit = (e) => { e.preventDefault(); this.typed($("type-code").value); };
		$("torch").onclick = () => this.torch();
		for (const b of document.querySelectorAll("[data-back]")) b.onclick = () => this.scanning();
		$("pair-again").onclick = () => location.reload();
		listen(window, () => showing() === "scan" || showing() === "verdict", (text) => this.seen(codeOf(text) ? { code: codeOf(text) } : { qr: text }));
	}

	// set keeps a setting and shows it.
	async set(change) {
		Object.assign(this.settings, change);
		this.showSettings();
		await this.store.set("settings", this.settings);
	}

	showSettings() {
		const { gate, direction, training, sound } = this.settings;
		this.sound.on = sound;
		$("where").textContent = t("where", this.list.data ? this.list.gateName(gate) : this.gateName(gate), t(direction).toUpperCase());
		$("dir-in").setAttribute("aria-pressed", String(direction === "in"));
		$("dir-out").setAttribute("aria-pressed", String(direction === "out"));
		$("training").hidden = !training;
	}

	gateName(number) { return this.device.gates.find((g) => g.number === number)?.name || String(number); }

	// scanning shows the camera and reads.
	async scanning() {
		clearTimeout(this.next);
		show("scan");
		$("nocam").hidden = true;
		try {
			await this.camera.start();
			if (showing() !== "scan") return this.camera.stop();
			this.showTorch(this.camera.hasTorch());
			this.stayAwake();
		} catch {
			$("nocam").hidden = false;
			this.showTorch(false);
		}
	}

	showTorch(has) {
		$("torch").hidden = !has;
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
		if (showing() === "scan") this.scanning();
		this.sync();
	}

	// seen takes what a camera or scanner has read. As long as the same symbol stays
	// before the camera it is one scan.
	seen(read) {
		if (this.busy) return;
		const key = (read.qr || read.code) + this.settings.direction, now = performance.now();
		const same = key === this.last.key && now - this.last.at < AGAIN;
		this.last = { key, at: now };
		if (!same && showing() !== "menu") this.scan(read);
	}

	typed(text) {
		const code = codeOf(text);
		if (!code) return screens.fault("type", t("type.wrong"));
		this.scan({ code });
	}

	// scan is one scan from the queue to the verdict. forced names the supervisor
	// who lets in all the same.
	async scan(read, forced) {
		if (this.busy) return;
		this.busy = true;
		this.camera.stop();
		screens.checking();
		try {
			const { gate, direction, training } = this.settings;
			const text = read.qr ? { qr: read.qr.slice(0, 500) } : { code: read.code };
			const record = await this.scans.add({ ...text, gate, direction, mode: "online", ...(training && { training }), ...(forced && { forced_by: forced }) });
			const result = await this.scans.answer(record, WAIT);
			const v = result ? this.fromServer(result, record) : await this.byItself(record);
			this.present(v, record, !result);
			if (result) this.sync();
		} finally {
			this.busy = false;
		}
	}

	// fromServer is the server's verdict; the list on the phone follows it.
	fromServer(result, record) {
		const v = { code: result.verdict, group: groupOf(result.verdict), detail: { ...result.detail, first: result.first } };
		const pass = this.list.pass(result.code);
		if (pass) this.list.put(after(this.list.data, pass, record, record.forced_by ? { group: "admit" } : v, this.clock.now()));
		return v;
	}

	// byItself is the phone's own verdict, which the server is told.
	async byItself(record) {
		const now = this.clock.now(), data = this.list.data;
		const scan = { ...record, supervisor: Boolean(record.forced_by) || this.device.role === "supervisor" };
		const v = data ? await decide(data, scan, now) : { code: "unknown", group: "ask", detail: { reason: "no_list" } };
		const pass = v.group === "admit" || record.forced_by ? this.list.pass(record.code || codeInText(record.qr)) : null;
		if (pass) this.list.put(after(data, pass, record, { group: "admit" }, now));
		await this.scans.change(record, { mode: "offline", verdict: v.code });
		return v;
	}

	present(v, record, waiting) {
		this.shown = { record, v };
		if (record.forced_by) v = { code: "forced", group: "admit", detail: v.detail };
		const d = v.detail || {};
		let booth = "";
		if (v.group === "admit" && d.kind === "staff" && d.booth && this.list.data?.policy.max_inside) {
			booth = t("inside_of", insideOf(this.list.data, d.booth, gateDay(this.list.data, this.clock.now())), this.list.data.policy.max_inside);
		}
		screens.verdict(v, { gateName: (n) => this.list.gateName(n), waiting, typed: Boolean(record.code), booth });
		$("call-chief").hidden = v.group === "admit" || !this.chief.can();
		$("next").classList.toggle("wide", $("call-chief").hidden);
		this.sound.play(v.group === "admit" && waiting ? "ask" : v.group);
		if (v.group === "admit" && !waiting) this.next = setTimeout(() => this.goOn(), NEXT);
	}

	// goOn scans on by itself after a welcome. Another button now lies where the thumb
	// was about to press, so presses of that instant do not count.
	goOn() {
		if (showing() !== "verdict") return;
		this.wentOnAt = performance.now();
		this.scanning();
	}

	// answered hears every answer of the server. One that came too late and differs
	// is told as long as its verdict stands.
	answered(record, result) {
		if (!record.verdict || record.void_of) return;
		const v = { code: result.verdict, group: groupOf(result.verdict), detail: { ...result.detail, first: result.first } };
		const same = groupOf(record.verdict) === v.group;
		if (!same && showing() === "verdict" && this.shown?.record.id === record.id) screens.late(v, (n) => this.list.gateName(n));
	}

	setOnline(on) {
		this.online = on;
		this.showNet();
	}

	async showNet() {
		if (this.ended) return;
		this.waiting = (await this.store.countWaiting("scans")) + (await this.store.countWaiting("counts"));
		const age = this.list.fetchedAt ? Math.floor((Date.now() - this.list.fetchedAt) / 60000) : 0;
		screens.net({ online: this.online && navigator.onLine, age, waiting: this.waiting, clockOff: Math.abs(Date.now() - this.clock.now()) > 120000 });
	}

	// round keeps list and figures fresh for as long as the page lives.
	async round() {
		if (!document.hidden) await this.sync();
		if (!this.ended) this.timer = setTimeout(() => this.round(), SYNC);
	}

	async sync() {
		if (this.ended) return;
		try {
			const { restored } = await this.list.sync();
			if (restored) for (const q of [this.scans, this.counts]) { await this.store.resend(q.kind); q.send(); }
			const { json } = await call("stats", { token: this.device.token });
			$("inside").textContent = t(json.alarm ? "inside.full" : "inside", json.inside);
			this.setOnline(true);
			this.showSettings();
		} catch (err) {
			if (err.status === 401) this.refused(err);
			else this.setOnline(false);
		}
	}

	// refused is the end of this device: shut out, or its event is over.
	async refused(err) {
		if (this.ended) return;
		this.ended = true;
		for (const timer of [this.timer, this.next]) clearTimeout(timer);
		for (const q of [this.scans, this.counts]) q.stop();
		this.camera.stop();
		$("head").hidden = true;
		if (err.code === "device_revoked") await this.store.wipe();
		else await this.store.drop("device");
		$("gone-text").textContent = err.message;
		show("gone");
	}
}

// codeInText is the code of a pass in the text of its symbol.
function codeInText(text) { return /\/t\/(\d{12})#/.exec(text || "")?.[1] || ""; }
