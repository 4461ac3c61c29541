// Handing in: the record first, then each photo that the server lacks. A record is done
// when the server has named every photo, and not before.
import { DONE, REFUSED, WAITING, sentOf } from "./record.js";

const API = "/api/v1/inspections/", PAUSE = 30000, PATIENCE = 60000;

// Fault is what the server says against a record or a photo, in its own words.
class Fault extends Error {
	constructor(status, body) {
		super(body.message);
		Object.assign(this, { status, code: body.error, field: body.field || "" });
	}
}

// call asks the server. It throws Fault for what the server refuses and whatever else for
// no answer of it. told hears of the bytes that have gone.
export function call(method, path, { body, type, told } = {}) {
	return new Promise((done, fail) => {
		const x = new XMLHttpRequest();
		x.open(method, API + path);
		x.timeout = PATIENCE;
		if (type) x.setRequestHeader("Content-Type", type);
		x.setRequestHeader("Accept", "application/json");
		if (told) x.upload.onprogress = (e) => told(e.loaded, e.total);
		x.onload = () => {
			const json = /^application\/json\b/i.test(x.getResponseHeader("Content-Type") || "") ? parse(x.responseText) : null;
			if (x.status === 200 && json) done(json);
			else if (x.status >= 400 && json?.message) fail(new Fault(x.status, json));
			else fail(new Error("no answer of ours"));
		};
		x.onerror = x.ontimeout = x.onabort = () => fail(new Error("no network"));
		x.send(body);
	});
}

function parse(text) {
	try { return JSON.parse(text); } catch { return null; }
}

export class Sender {
	// changed hears of every step, sent that nothing waits any more.
	constructor({ store, changed, sent }) {
		Object.assign(this, { store, changed, sent, note: "", now: null });
		addEventListener("online", () => this.run());
		document.addEventListener("visibilitychange", () => { if (!document.hidden) this.run(); });
		setInterval(() => this.run(), PAUSE);
	}

	// run sends what waits, one record after the other. One that is refused does not hold
	// the others.
	async run() {
		if (this.busy) {
			this.again = true;
			return;
		}
		this.busy = true;
		this.note = "";
		try {
			const waiting = (await this.store.records()).filter((r) => r.state === WAITING);
			for (const r of waiting) await this.send(r);
			if (waiting.length) this.sent();
		} catch (err) {
			this.note = err.status === 401 ? "signin" : "offline";
		}
		this.busy = false;
		this.now = null;
		this.changed();
		if (this.again) {
			this.again = false;
			this.run();
		}
	}

	// send hands one record in. It throws where nothing can be sent now.
	async send(r) {
		try {
			this.step(r, "text");
			let got = await call("POST", "records", { body: JSON.stringify(sentOf(r)), type: "application/json" });
			for (const p of r.photos) Object.assign(p, { named: true, came: !got.missing.includes(p.hash) });
			await this.store.put(r);
			for (const hash of got.missing) got = (await this.photo(r, hash)) || got;
			if (got.state === "handed_in") await this.done(r, got);
		} catch (err) {
			if (!(err instanceof Fault) || [401, 429, 503].includes(err.status) || err.status >= 500) throw err;
			await this.store.put(Object.assign(r, { state: REFUSED, reasons: [{ field: err.field, text: err.message, code: err.code }] }));
		}
		this.changed();
	}

	// photo sends one photo. One that is damaged is set aside with its reason; the others go
	// on.
	async photo(r, hash) {
		const named = r.photos.find((p) => p.hash === hash), kept = await this.store.photo(hash);
		this.step(r, hash, 0, kept?.blob.size);
		if (kept) {
			try {
				const got = await call("PUT", `records/${r.client}/photos/${hash}`, { body: kept.blob, type: "image/jpeg", told: (n, of) => this.step(r, hash, n, of) });
				named.came = true;
				await this.store.put(r);
				return got;
			} catch (err) {
				if (!(err instanceof Fault) || ![413, 415, 422].includes(err.status)) throw err;
				named.bad = err.message;
			}
		} else if (named) named.bad = "gone";
		await this.store.put(Object.assign(r, { state: REFUSED, reasons: [{ photo: hash, text: named?.bad === "gone" ? "" : named?.bad || "" }] }));
		return null;
	}

	step(r, what, n = 0, of = 0) {
		this.now = { client: r.client, what, n, of };
		this.changed();
	}

	async done(r, got) {
		Object.assign(r, { state: DONE, id: got.id, number: got.number, done: Date.now(), remarks: got.remarks || [], twins: got.twins || [], reasons: [] });
		await this.store.sent(r);
	}
}
