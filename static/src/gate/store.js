// What the phone keeps, in IndexedDB: who it is, the list it decides with, and
// every scan and press until the server has them for good. Nothing in it is
// personal.
import { deleteDB, openDB } from "../vendor/idb/index.js";

const NAME = "hoicho-gate", VERSION = 2;

// What a record waits for: nothing, its upload, another pairing with its event, or
// somebody to look at it because the server took it for a mistake.
export const SENT = 0, WAITING = 1, HELD = 2, REJECTED = 3;

// A connection that the system closed, as iOS does to a page in the background,
// fails with one of these names. It is opened again after so many ms.
const LOST = ["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError"], PAUSES = [0, 150, 600];

export class Store {
	static async open() {
		const s = new Store();
		await s.connect();
		return s;
	}

	// connect is the open connection; a new one where there is none.
	connect() {
		if (!this.db) {
			const drop = () => this.disconnect(db);
			const db = openDB(NAME, VERSION, { upgrade: build, blocking: drop, terminated: drop });
			this.db = db;
			db.catch(drop);
		}
		return this.db;
	}

	// disconnect lets go of a connection; the next use opens another one.
	disconnect(db = this.db) {
		if (!db || db !== this.db) return;
		this.db = null;
		db.then((open) => open.close(), () => {});
	}

	// run does all of work in one transaction or nothing, and returns once a change is
	// on the disk. A store that was closed answers nothing more: who still asks waits
	// for ever.
	async run(names, mode, work, durability = "strict") {
		for (let lost = 0; ; lost++) {
			if (this.closed) await new Promise(() => {});
			const db = this.connect();
			try {
				return await once((await db).transaction(names, mode, { durability }), work);
			} catch (err) {
				if (!LOST.includes(err?.name) || lost === PAUSES.length) throw err;
				this.disconnect(db);
				await new Promise((done) => setTimeout(done, PAUSES[lost]));
			}
		}
	}

	read(name, work) { return this.run(name, "readonly", (tx) => work(tx.store)); }
	write(names, work, durability) { return this.run(names, "readwrite", work, durability); }

	get(key) { return this.read("meta", (meta) => meta.get(key)); }
	set(key, value) { return this.write("meta", (tx) => tx.store.put(value, key)); }
	drop(key) { return this.write("meta", (tx) => tx.store.delete(key)); }

	// add gives a record the next number of its kind and keeps it, with the pass that
	// it changed, in one step: a number is never given twice or left out, whatever
	// happens to the page. One that is kept already, because only the word of it was
	// lost, is not kept twice.
	add(kind, record, pass) {
		return this.write(["meta", "passes", kind], async (tx) => {
			const meta = tx.objectStore("meta");
			const last = (await meta.get(kind + "_seq")) || 0, kept = await tx.objectStore(kind).get(last);
			if (kept?.id === record.id) return kept;
			const full = { ...record, seq: last + 1, waiting: WAITING };
			await meta.put(full.seq, kind + "_seq");
			await tx.objectStore(kind).put(full);
			if (pass) await tx.objectStore("passes").put(pass);
			return full;
		});
	}

	// change lays fields over a record, which then waits again, and keeps the pass
	// that it changed.
	change(kind, seq, fields, pass) {
		return this.write(["passes", kind], async (tx) => {
			const old = await tx.objectStore(kind).get(seq);
			const fresh = old && { ...old, ...fields, waiting: WAITING };
			if (fresh) await tx.objectStore(kind).put(fresh);
			if (pass) await tx.objectStore("passes").put(pass);
			return fresh;
		});
	}

	// settle keeps the answers to a batch. A record that changed while it was under
	// way waits on, so that the server learns of it.
	settle(kind, batch, results) {
		return this.write(kind, async (tx) => {
			const settled = [];
			for (const [i, sent] of batch.entries()) {
				const { again, ...now } = (await tx.store.get(sent.seq)) || {};
				if (!now.seq) continue;
				const told = now.verdict === sent.verdict && now.mode === sent.mode;
				settled.push({ ...now, result: results[i], waiting: told ? SENT : WAITING });
				await tx.store.put(settled.at(-1));
			}
			return settled;
		});
	}

	// reject sets a record aside that the server takes for a mistake of this app.
	reject(kind, seq, fault) {
		return this.write(kind, async (tx) => tx.store.put({ ...(await tx.store.get(seq)), waiting: REJECTED, fault }));
	}

	// waiting returns what has not been answered, in the order of its numbers.
	waiting(kind, most) { return this.read(kind, (records) => records.index("waiting").getAll(WAITING, most)); }

	count(kind, state) { return this.read(kind, (records) => records.index("waiting").count(state)); }

	// firstSeq is the smallest number of this pairing that the server still has to
	// wait for, or 0: what it refused will never come.
	firstSeq(kind) {
		return this.read(kind, async (records) => {
			for (let c = await records.openCursor(); c; c = await c.continue()) if (c.value.waiting !== HELD && c.value.waiting !== REJECTED) return c.key;
			return 0;
		});
	}

	latest(kind, most) {
		return this.read(kind, async (records) => {
			const out = [];
			for (let c = await records.openCursor(null, "prev"); c && out.length < most; c = await c.continue()) out.push(c.value);
			return out;
		});
	}

	// forget drops what the server holds for good: what is durable there, and also in
	// a backup or a week old.
	forget(kind, acked, backedUp, before) {
		if (!acked) return null;
		return this.write(kind, async (tx) => {
			for (let c = await tx.store.openCursor(IDBKeyRange.upperBound(acked)); c; c = await c.continue()) {
				if (c.value.waiting) continue;
				if (c.key > backedUp && c.value.at > before) break;
				await c.delete();
			}
		});
	}

	// resend makes everything wait again: the server was restored from a backup.
	resend(kind) {
		return this.write(kind, async (tx) => {
			for (let c = await tx.store.index("waiting").openCursor(SENT); c; c = await c.continue()) await c.update({ ...c.value, waiting: WAITING, again: true });
		});
	}

	// spare takes back resend for what the restored server has after all.
	spare(kind, acked) {
		return this.write(kind, async (tx) => {
			for (let c = await tx.store.index("waiting").openCursor(WAITING); c; c = await c.continue()) {
				const { again, ...r } = c.value;
				if (again && r.seq <= acked) await c.update({ ...r, waiting: SENT });
			}
		});
	}

	// adopt takes over what an earlier pairing left. A new device counts from 1: what
	// its event still waits for gets new numbers without a gap, what is of another
	// event is held for it, below them.
	adopt(kind, device) {
		return this.write(["meta", kind], async (tx) => {
			const meta = tx.objectStore("meta"), records = tx.objectStore(kind);
			if ((await meta.get(kind + "_of")) === device.device_id) return;
			const left = await records.getAll();
			await records.clear();
			const ours = left.filter((r) => r.waiting && r.event === device.event.number);
			const held = left.filter((r) => r.waiting && r.event !== device.event.number);
			for (const [i, r] of ours.entries()) await records.put({ ...r, seq: i + 1, device: device.device_id, waiting: WAITING });
			for (const [i, r] of held.entries()) await records.put({ ...r, seq: i - held.length, waiting: HELD });
			await meta.put(ours.length, kind + "_seq");
			await meta.put(device.device_id, kind + "_of");
		});
	}

	passes() { return this.read("passes", (passes) => passes.getAll()); }

	// keepList keeps a list, or what changed of it.
	keepList(list, passes, whole) {
		return this.write(["meta", "passes"], async (tx) => {
			const kept = tx.objectStore("passes");
			if (whole) await kept.clear();
			await tx.objectStore("meta").put(list, "list");
			await Promise.all(passes.map((p) => kept.put(p)));
		});
	}

	keepPass(pass) { return this.write("passes", (tx) => tx.store.put(pass), "default"); }

	close() {
		this.closed = true;
		this.disconnect();
	}

	// wipe forgets everything.
	async wipe() {
		this.close();
		await deleteDB(NAME);
	}
}

// once does work in a transaction.
async function once(tx, work) {
	tx.done.catch(() => {}); // told below
	try {
		const out = await work(tx);
		await tx.done;
		return out;
	} catch (err) {
		try { tx.abort(); } catch { /* it is over */ }
		throw tx.error || err;
	}
}

function build(db) {
	const missing = (name) => !db.objectStoreNames.contains(name);
	if (missing("meta")) db.createObjectStore("meta");
	if (missing("passes")) db.createObjectStore("passes", { keyPath: "code" });
	for (const name of ["scans", "counts"]) {
		if (missing(name)) db.createObjectStore(name, { keyPath: "seq" }).createIndex("waiting", "waiting");
	}
}
