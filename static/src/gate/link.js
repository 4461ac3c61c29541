// What goes between the phone and the server, and what the steward sees of it.
import { isStats } from "./answers.js";
import { call, endsDevice } from "./api.js";
import { OldList } from "./list.js";
import { newID, Queue } from "./queue.js";
import { $, net, show } from "./screens.js";
import { HELD, REJECTED, WAITING } from "./store.js";
import { t } from "./texts.js";
import { money } from "./words.js";

const SYNC = 10000, CLOCK_OFF = 120000;

export class Link {
	// hear is told of what happens: refreshed(), answered(record, result), ended().
	constructor({ store, device, clock, list, hear }) {
		Object.assign(this, { store, device, clock, list, hear, up: true, waiting: 0, held: 0, rejected: 0 });
		const boot = newID();
		this.scans = new Queue({ kind: "scans", store, device, clock, boot, hear: this });
		this.counts = new Queue({ kind: "counts", store, device, clock, boot, hear: this });
	}

	get queues() { return [this.scans, this.counts]; }

	// adopt takes over what waits from an earlier pairing.
	async adopt() {
		for (const q of this.queues) await this.store.adopt(q.kind, this.device);
	}

	async start() {
		addEventListener("online", () => { this.send(); this.sync(); });
		addEventListener("offline", () => this.online(false));
		navigator.getBattery?.().then((b) => { this.battery = b; }, () => {});
		await this.changed();
		this.send();
		await this.round();
	}

	stop() {
		this.stopped = true;
		clearTimeout(this.timer);
		for (const q of this.queues) q.stop();
	}

	// description is the header that goes with each call.
	description() {
		const battery = this.battery ? Math.round(100 * this.battery.level) : "";
		return `app=${$("app").dataset.build}; queue=${this.waiting}; battery=${battery}`;
	}

	// round keeps list and figures fresh for as long as the page lives.
	async round() {
		if (!document.hidden) await this.sync();
		if (!this.stopped) this.timer = setTimeout(() => this.round(), SYNC);
	}

	send() { return Promise.all(this.queues.map((q) => q.send())); }

	async sync() {
		if (this.stopped) return;
		const { store, device, clock, list } = this;
		try {
			await list.sync(() => Promise.all(this.queues.map((q) => q.again())));
			this.oldList = false;
			const json = await call("stats", { is: isStats, token: device.token });
			$("inside").textContent = json.taken ? t("voucher.taken", json.taken.n, money(json.taken.dong)) : t(json.alarm ? "inside.full" : "inside", json.inside);
			if (clock.set(json.server_time)) await store.set("offset", clock.offset);
			await list.confirm(json.server_time);
			this.online(true);
			this.hear.refreshed();
		} catch (err) {
			this.failed(err);
		}
	}

	failed(err) {
		if (endsDevice(err)) return this.refused(err);
		this.oldList = err instanceof OldList;
		this.online(this.oldList);
	}

	// online notes whether the server answers.
	online(up) {
		this.up = up;
		this.show();
	}

	answered(record, result) { this.hear.answered(record, result); }

	// changed counts what waits. Where that fails the figures stay.
	async changed() {
		const { store } = this;
		const count = async (state) => (await store.count("scans", state)) + (await store.count("counts", state));
		const figures = await Promise.all([WAITING, HELD, REJECTED].map(count)).catch(() => null);
		if (figures) [this.waiting, this.held, this.rejected] = figures;
		this.show();
	}

	show() {
		if (this.stopped) return;
		const { list, clock } = this;
		net({ online: this.up && navigator.onLine, age: list.age(), waiting: this.waiting, held: this.held, rejected: this.rejected, oldList: this.oldList, clockOff: Math.abs(clock.skew()) > CLOCK_OFF });
	}

	// refused is the end of this device: shut out, unknown, or its event is over. Shut
	// out, it forgets everything; else its queue waits for another pairing, and with
	// it what a server had that was restored and does not know the device any more.
	async refused(err) {
		if (this.stopped) return;
		this.hear.ended();
		const { store } = this;
		if (err.code === "device_unknown") for (const q of this.queues) await store.resend(q.kind);
		if (err.code === "device_revoked") await store.wipe();
		else await store.drop("device");
		$("gone-text").textContent = this.waiting && err.code !== "device_revoked" ? err.message + " " + t("gone.queue", this.waiting) : err.message;
		show("gone");
	}
}
