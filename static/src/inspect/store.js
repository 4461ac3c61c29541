// What an inspecting phone keeps, in IndexedDB: the list that it took along, every
// record until the server has all of it, and the photos by the hash of their bytes. A
// step is answered for once it is on the disk.
import { deleteDB, openDB } from "../vendor/idb/index.js";

const NAME = "hoicho-inspect", VERSION = 1;

// told hears of every step whether the disk took it.
export class Store {
	static async open() {
		const s = new Store();
		s.told = () => {};
		s.db = await openDB(NAME, VERSION, { upgrade: build });
		return s;
	}

	get(key) { return this.db.get("meta", key); }
	set(key, value) { return this.all("meta", (tx) => tx.objectStore("meta").put(value, key)); }

	// put keeps a record as it is now.
	put(record) { return this.all("records", (tx) => tx.objectStore("records").put(record)); }

	record(client) { return this.db.get("records", client); }
	records() { return this.db.getAll("records"); }

	// addPhoto keeps a photo with the record that names it, in one step.
	addPhoto(record, photo) {
		return this.all(["records", "photos"], async (tx) => {
			await tx.objectStore("photos").put(photo);
			await tx.objectStore("records").put(record);
		});
	}

	photo(hash) { return this.db.get("photos", hash); }

	// drop forgets a record and the photos that no other one names.
	drop(record) {
		return this.all(["records", "photos"], async (tx) => {
			await tx.objectStore("records").delete(record.client);
			await forget(tx, record.photos);
		});
	}

	// sent keeps of a record that the server has whole what a person wants to read.
	sent(record) {
		return this.all(["records", "photos"], async (tx) => {
			await tx.objectStore("records").put(record);
			await forget(tx, record.photos);
		});
	}

	// all does work in one transaction that is on the disk when it returns.
	async all(names, work) {
		try {
			const tx = this.db.transaction(names, "readwrite", { durability: "strict" });
			await Promise.all([work(tx), tx.done]);
			this.told(true);
		} catch (err) {
			this.told(false);
			throw err;
		}
	}

	// wipe forgets everything.
	async wipe() {
		this.db.close();
		await deleteDB(NAME);
	}
}

async function forget(tx, photos) {
	const others = await tx.objectStore("records").getAll();
	const named = new Set(others.filter((r) => r.state !== "done").flatMap((r) => r.photos.map((p) => p.hash)));
	for (const p of photos) if (!named.has(p.hash)) await tx.objectStore("photos").delete(p.hash);
}

function build(db) {
	db.createObjectStore("meta");
	db.createObjectStore("records", { keyPath: "client" });
	db.createObjectStore("photos", { keyPath: "hash" });
}
