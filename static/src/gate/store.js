// What the phone keeps, in IndexedDB: who it is, the list it decides with, and
// every scan and press until the server has them for good. Nothing in it is
// personal.
import { deleteDB, openDB } from "../vendor/idb/index.js";

const NAME = "hoicho-gate";

export class Store {
	static async open() {
		const db = await openDB(NAME, 1, {
			upgrade(db) {
				db.createObjectStore("meta");
				for (const name of ["scans", "counts"]) {
					const s = db.createObjectStore(name, { keyPath: "seq" });
					s.createIndex("waiting", "waiting");
				}
			},
		});
		const s = new Store();
		s.db = db;
		return s;
	}

	// begin opens a transaction. A store that was wiped answers nothing more: who
	// still asks waits for ever.
	async begin(names, mode, options) {
		if (this.wiped) await new Promise(() => {});
		return this.db.transaction(names, mode, options);
	}

	async get(key) { return (await this.begin("meta")).store.get(key); }
	async set(key, value) { return (await this.begin("meta", "readwrite")).store.put(value, key); }
	async drop(key) { return (await this.begin("meta", "readwrite")).store.delete(key); }

	// add gives a record the next number of its kind and keeps it, in one step: a
	// number is never given twice, whatever happens to the page.
	async add(kind, record) {
		const tx = await this.begin(["meta", kind], "readwrite", { durability: "strict" });
		const seq = ((await tx.objectStore("meta").get(kind + "_seq")) || 0) + 1;
		tx.objectStore("meta").put(seq, kind + "_seq");
		const full = { ...record, seq, waiting: 1 };
		tx.objectStore(kind).put(full);
		await tx.done;
		return full;
	}

	// change lays fields over a record and returns it, or undefined when it is gone.
	async change(kind, seq, fields) {
		const tx = await this.begin(kind, "readwrite");
		const old = await tx.store.get(seq);
		const fresh = old && { ...old, ...(typeof fields === "function" ? fields(old) : fields) };
		if (fresh) tx.store.put(fresh);
		await tx.done;
		return fresh;
	}

	// waiting returns what has not been answered, in the order of its numbers.
	async waiting(kind, most) {
		const all = await (await this.begin(kind)).store.index("waiting").getAll(1);
		return all.sort((a, b) => a.seq - b.seq).slice(0, most);
	}
	async countWaiting(kind) { return (await this.begin(kind)).store.index("waiting").count(1); }

	// firstSeq is the smallest number still kept, 0 when nothing is.
	async firstSeq(kind) { return (await (await this.begin(kind)).store.openKeyCursor())?.key || 0; }
	async latest(kind, most) {
		const out = [];
		for (let c = await (await this.begin(kind)).store.openCursor(null, "prev"); c && out.length < most; c = await c.continue()) out.push(c.value);
		return out;
	}

	// forget drops what the server holds for good: what is in a backup, or was
	// answered a week ago.
	async forget(kind, backedUp, before) {
		const tx = await this.begin(kind, "readwrite");
		for (let c = await tx.store.openCursor(); c; c = await c.continue()) {
			const r = c.value;
			if (r.waiting) continue;
			if (r.seq > backedUp && r.at > before) break;
			c.delete();
		}
		await tx.done;
	}

	// resend makes everything wait again: the server was restored from a backup.
	async resend(kind) {
		const tx = await this.begin(kind, "readwrite");
		for (let c = await tx.store.openCursor(); c; c = await c.continue()) c.update({ ...c.value, waiting: 1 });
		await tx.done;
	}

	// wipe forgets everything.
	async wipe() {
		this.wiped = true;
		this.db.close();
		await deleteDB(NAME);
	}
}
