// The queue is the only way out: a scan is stored first, and a sender of its own
// uploads what waits. Nothing leaves the queue before the server has answered it.
import { call, Refused } from "./api.js";

const BATCH = 500, WEEK = 7 * 86400000;
const PAUSES = [1000, 2000, 5000, 10000, 15000];

export class Queue {
	// hear is told of what happens: answered(record, result), online(bool),
	// refused(error), changed().
	constructor({ kind, path, store, device, clock, boot, hear }) {
		Object.assign(this, { kind, path, store, device, clock, boot, hear, failures: 0, waiters: new Map() });
	}

	// add stores a record and sends it. The record comes back as soon as it is safe
	// on the phone.
	async add(fields) {
		const record = await this.store.add(this.kind, { id: newID(), at: Date.now(), mono_ms: Math.round(performance.now()), ...fields });
		this.hear.changed();
		this.send();
		return record;
	}

	// answer waits for the server's result to a record, at most so long; null when
	// it has not come by then.
	answer(record, ms) {
		return new Promise((resolve) => {
			const timer = setTimeout(() => { this.waiters.delete(record.id); resolve(null); }, ms);
			this.waiters.set(record.id, (result) => { clearTimeout(timer); resolve(result); });
		});
	}

	// change lays fields over a record that may have to be sent again.
	async change(record, fields) {
		const fresh = await this.store.change(this.kind, record.seq, { ...fields, waiting: 1 });
		this.hear.changed();
		this.send();
		return fresh;
	}

	// send uploads what waits. While one upload is under way another is not begun.
	async send() {
		if (this.stopped) return;
		if (this.sending) {
			this.again = true;
			return;
		}
		this.sending = true;
		clearTimeout(this.timer);
		try {
			do {
				this.again = false;
				await this.upload();
			} while (this.again);
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
		for (let batch = await this.store.waiting(this.kind, BATCH); batch.length; batch = await this.store.waiting(this.kind, BATCH)) {
			const { json } = await call(this.path, { token: this.device.token, method: "POST", body: await this.body(batch) });
			this.clock.set(json.server_time);
			for (const [i, sent] of batch.entries()) await this.settle(sent, json.results[i]);
			await this.store.forget(this.kind, json.backed_up_seq, Date.now() - WEEK);
			this.hear.online(true);
			this.hear.changed();
		}
	}

	async body(batch) {
		const common = { boot: this.boot, sent_at: Date.now() };
		const wire = batch.map(({ waiting, result, ...record }) => record); // the rest is the protocol's
		if (this.kind === "counts") return { ...common, counts: wire };
		return { ...common, device_seq_from: (await this.store.firstSeq(this.kind)) || batch[0].seq, scans: wire };
	}

	// settle takes in the answer to a record. One that changed while it was under
	// way waits on, so that the server learns of it.
	async settle(sent, result) {
		const fresh = await this.store.change(this.kind, sent.seq, (now) => ({ result, waiting: now.verdict === sent.verdict && now.mode === sent.mode ? 0 : 1 }));
		this.waiters.get(sent.id)?.(result);
		this.waiters.delete(sent.id);
		if (fresh) this.hear.answered(fresh, result);
	}

	failed(err) {
		if (this.stopped) return;
		if (err instanceof Refused && err.status === 401) {
			this.hear.refused(err);
			return;
		}
		this.hear.online(false, err);
		const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
		this.timer = setTimeout(() => this.send(), pause);
	}
}

// newID is a UUIDv7: random, and in the order of time.
function newID() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	for (let i = 0, ms = Date.now(); i < 6; i++, ms = Math.floor(ms / 256)) bytes[5 - i] = ms % 256;
	bytes[6] = 0x70 | (bytes[6] & 0x0f);
	bytes[8] = 0x80 | (bytes[8] & 0x3f);
	const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
