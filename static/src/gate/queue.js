// The queue is the only way out: a scan is stored first, and a sender of its own
// uploads what waits. Nothing leaves the queue before the server has answered it.
import { areKept, areResults } from "./answers.js";
import { call, endsDevice, Refused } from "./api.js";

const BATCH = 500, WEEK = 7 * 86400000;
const ONE_CLOCK = 1000; // ms by which the clocks of one batch may differ
const IS = { scans: areResults, counts: areKept };
const PAUSES = [1000, 2000, 5000, 10000, 15000];

export class Queue {
	// hear is told of what happens: answered(record, result), online(bool),
	// refused(error), changed().
	constructor({ kind, store, device, clock, boot, hear }) {
		Object.assign(this, { kind, store, device, clock, boot, hear, failures: 0, typedAt: 0, most: BATCH, waiters: new Map() });
	}

	// failing is true as long as the server does not answer.
	get failing() { return this.failures > 0; }

	// add stores a record and sends it. The record comes back as soon as it is safe
	// on the phone, with the pass that it changed.
	async add(fields, pass) {
		const { boot, device, clock } = this;
		const stamp = { id: newID(), at: Date.now(), mono_ms: clock.mono(), skew: clock.skew(), boot, device: device.device_id, event: device.event.number };
		const record = await this.store.add(this.kind, { ...stamp, ...fields }, pass);
		this.hear.changed();
		this.send();
		return record;
	}

	// answer waits for the server's result to a record, at most so long; null when
	// it has not come by then, or the server does not answer.
	answer(record, ms) {
		return new Promise((resolve) => {
			const done = (result) => { clearTimeout(timer); this.waiters.delete(record.id); resolve(result); };
			const timer = setTimeout(() => done(null), ms);
			this.waiters.set(record.id, done);
		});
	}

	// change lays fields over a record that may have to be sent again.
	async change(record, fields, pass) {
		const fresh = await this.store.change(this.kind, record.seq, fields, pass);
		this.hear.changed();
		this.send();
		return fresh;
	}

	// again makes everything wait again that a restored server may not have: its first
	// answer tells up to where it has.
	async again() {
		await this.store.resend(this.kind);
		this.most = 1;
		this.send();
	}

	// send uploads what waits. While one upload is under way another is not begun.
	async send() {
		if (this.stopped) return;
		if (this.sending) {
			this.more = true;
			return;
		}
		this.sending = true;
		clearTimeout(this.timer);
		try {
			do {
				this.more = false;
				await this.upload();
			} while (this.more);
			this.failures = 0;
		} catch (err) {
			this.failed(err);
		} finally {
			this.sending = false;
		}
	}

	// stop ends all sending.
	stop() {
		this.stopped = true;
		clearTimeout(this.timer);
	}

	async upload() {
		for (let batch = await this.next(); batch.length && !this.stopped; batch = await this.next()) {
			const json = await this.post(batch);
			if (!json) continue;
			this.failures = 0;
			if (this.clock.set(json.server_time)) await this.store.set("offset", this.clock.offset);
			await this.settle(batch, json);
			this.hear.online(true);
			this.hear.changed();
		}
	}

	// next is what is sent next: the oldest records of one run of the app by one
	// clock.
	async next() {
		const all = await this.oldest(), first = all[0];
		if (!first) return [];
		const sentAt = this.clock.sentAt(first, this.boot);
		const other = all.findIndex((r) => r.boot !== first.boot || Math.abs(this.clock.sentAt(r, this.boot) - sentAt) > ONE_CLOCK);
		return other < 0 ? all : all.slice(0, other);
	}

	// oldest is the oldest records that may be sent now. While the server takes no typed
	// codes of this phone, symbols pass them by.
	async oldest() {
		const wait = this.typedAt - performance.now();
		if (!(wait > 0)) return this.store.waiting(this.kind, this.most);
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.send(), wait);
		return (await this.store.waiting(this.kind)).filter((r) => !r.code).slice(0, this.most);
	}

	// post uploads a batch; null when the server refused it as it is. Then smaller
	// ones are tried, until the one record is found that is at fault. A proxy in
	// between may find a batch too large, but sets no record aside.
	async post(batch) {
		try {
			const json = await call(this.kind, { is: IS[this.kind](batch), token: this.device.token, method: "POST", body: await this.body(batch), timeout: 20000 });
			this.most = Math.min(BATCH, this.most * 2);
			return json;
		} catch (err) {
			if (err instanceof Refused && err.status === 429 && batch.some((r) => r.code)) {
				this.typedAt = performance.now() + err.retryAfter;
				return null;
			}
			const ours = err instanceof Refused;
			if (!(err.status === 413 || (ours && err.status === 400)) || (!ours && batch.length === 1)) throw err;
			if (batch.length === 1) await this.store.reject(this.kind, batch[0].seq, err.message);
			this.most = Math.max(1, Math.floor(batch.length / 2));
			this.hear.changed();
			return null;
		}
	}

	async body(batch) {
		return {
			boot: batch[0].boot, sent_at: this.clock.sentAt(batch[0], this.boot),
			device_seq_from: (await this.store.firstSeq(this.kind)) || batch[0].seq, [this.kind]: batch.map(wire),
		};
	}

	// settle takes in the answer to a batch.
	async settle(batch, json) {
		const settled = await this.store.settle(this.kind, batch, json.results);
		if (batch.some((r) => r.again)) await this.store.spare(this.kind, json.acked_seq);
		await this.store.forget(this.kind, json.acked_seq, json.backed_up_seq, this.clock.now() - WEEK);
		for (const r of settled) {
			this.waiters.get(r.id)?.(r.result);
			this.hear.answered(r, r.result);
		}
	}

	failed(err) {
		if (this.stopped) return;
		if (endsDevice(err)) return this.hear.refused(err);
		const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
		for (const done of [...this.waiters.values()]) done(null);
		this.hear.online(false);
		this.timer = setTimeout(() => this.send(), pause);
	}
}

// wire is a record as the protocol has it: what the phone notes for itself stays.
// A server that was restored is told what it had answered, and what was done.
function wire({ waiting, result, again, fault, boot, skew, device, event, admitted, voucher, before, ...record }) {
	return again && record.mode === "online" && !record.void_of ? { verdict: result?.verdict, ...record } : record;
}

// newID is a UUIDv7: random, and in the order of time.
export function newID() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	for (let i = 0, ms = Date.now(); i < 6; i++, ms = Math.floor(ms / 256)) bytes[5 - i] = ms % 256;
	bytes[6] = 0x70 | (bytes[6] & 0x0f);
	bytes[8] = 0x80 | (bytes[8] & 0x3f);
	const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
