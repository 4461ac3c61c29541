// What goes between the phone and the server, and what the steward sees of it.
import { isStats } from "./answers.js";
import { call, endsDevice } from "./api.js";
import { OldList } from "./list.js";
import { $, net, show } from "./screens.js";
import { HELD, REJECTED, WAITING } from "./store.js";
import { t } from "./texts.js";

const SYNC = 10000, CLOCK_OFF = 120000;

export class Link {
	constructor(gate) { Object.assign(this, { gate, up: true, waiting: 0, held: 0, rejected: 0 }); }

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

	send() { return Promise.all([this.gate.scans.send(), this.gate.counts.send()]); }

	async sync() {
		if (this.stopped) return;
		const { gate } = this;
		try {
			await gate.list.sync(() => Promise.all([gate.scans.again(), gate.counts.again()]));
			this.oldList = false;
			const json = await call("stats", { is: isStats, token: gate.device.token });
			$("inside").textContent = t(json.alarm ? "inside.full" : "inside", json.inside);
			if (gate.clock.set(json.server_time)) await gate.store.set("offset", gate.clock.offset);
			await gate.list.confirm(json.server_time);
			this.online(true);
			gate.showSettings();
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

	answered(record, result) { this.gate.answered(record, result); }

	// changed counts what waits. Where that fails the figures stay.
	async changed() {
		const { store } = this.gate;
		const count = async (state) => (await store.count("scans", state)) + (await store.count("counts", state));
		const figures = await Promise.all([WAITING, HELD, REJECTED].map(count)).catch(() => null);
		if (figures) [this.waiting, this.held, this.rejected] = figures;
		this.show();
	}

	show() {
		if (this.stopped) return;
		const { list, clock } = this.gate;
		net({ online: this.up && navigator.onLine, age: list.age(), waiting: this.waiting, held: this.held, rejected: this.rejected, oldList: this.oldList, clockOff: Math.abs(clock.skew()) > CLOCK_OFF });
	}

	// refused is the end of this device: shut out, unknown, or its event is over. Shut
	// out, it forgets everything; else its queue waits for another pairing, and with
	// it what a server had that was restored and does not know the device any more.
	async refused(err) {
		if (this.stopped) return;
		this.gate.end();
		const { store } = this.gate;
		if (err.code === "device_unknown") for (const kind of ["scans", "counts"]) await store.resend(kind);
		if (err.code === "device_revoked") await store.wipe();
		else await store.drop("device");
		$("gone-text").textContent = this.waiting && err.code !== "device_revoked" ? err.message + " " + t("gone.queue", this.waiting) : err.message;
		show("gone");
	}
}
