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

	get(key) { return this.db.get("meta", key); }
	set(key, value) { return this.db.put("meta", value, key); }

	// add gives a record the next number of its kind and keeps it, in one step: a
	// number is never given twice, whatever happens to the page.
	async add(kind, record) {
		const tx = this.db.transaction(["meta", kind], "readwrite", { durability: "strict" });
		const seq = ((await tx.objectStore("meta").get(kind + "_seq")) || 0) + 1;
		tx.objectStore("meta").put(seq, kind + "_seq");
		const full = { ...record, seq, waiting: 1 };
		tx.objectStore(kind).put(full);
		await tx.done;
		return full;
	}

	// change lays fields over a record and returns it, or undefined when it is gone.
	async change(kind, seq, fields) {
		const tx = this.db.transaction(kind, "readwrite");
		const old = await tx.store.get(seq);
		const fresh = old && { ...old, ...(typeof fields === "function" ? fields(old) : fields) };
		if (fresh) tx.store.put(fresh);
		await tx.done;
		return fresh;
	}

	// waiting returns what has not been answered, in the order of its numbers.
	async waiting(kind, most) { return (await this.db.getAllFromIndex(kind, "waiting", 1)).sort((a, b) => a.seq - b.seq).slice(0, most); }
	countWaiting(kind) { return this.db.countFromIndex(kind, "waiting", 1); }

	// firstSeq is the smallest number still kept, 0 when nothing is.
	async firstSeq(kind) { return (await this.db.transaction(kind).store.openKeyCursor())?.key || 0; }
	async latest(kind, most) {
		const out = [];
		for (let c = await this.db.transaction(kind).store.openCursor(null, "prev"); c && out.length < most; c = await c.continue()) out.push(c.value);
		return out;
	}

	// forget drops what the server holds for good: what is in a backup, or was
	// answered a week ago.
	async forget(kind, backedUp, before) {
		const tx = this.db.transaction(kind, "readwrite");
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
		const tx = this.db.transaction(kind, "readwrite");
		for (let c = await tx.store.openCursor(); c; c = await c.continue()) c.update({ ...c.value, waiting: 1 });
		await tx.done;
	}

	// wipe forgets everything.
	async wipe() {
		this.db.close();
		await deleteDB(NAME);
	}
}
