// The gate list on the phone: fetched whole once, then what changed. A list of the
// same epoch is never taken for an older one, and what is revoked stays so.
import { call } from "./api.js";
import { importKeys } from "./token.js";

export class List {
	constructor({ store, device, clock }) { Object.assign(this, { store, device, clock, data: null, fetchedAt: 0 }); }

	// load reads what the phone kept.
	async load() {
		const kept = await this.store.get("list");
		if (kept) await this.take(kept.snapshot, kept.passes, kept.fetchedAt);
	}

	// sync asks for what changed. restored is true when the server was restored from
	// a backup since the last time.
	async sync() {
		const held = this.data;
		const since = held ? "?since=" + held.epoch + "." + held.version : "";
		const { res, json } = await call("snapshot" + since, { token: this.device.token, headers: this.etag && held ? { "If-None-Match": this.etag } : {}, timeout: 20000 });
		if (!json) {
			this.fetchedAt = Date.now();
			return { restored: false };
		}
		if (held && json.epoch === held.epoch && json.version < held.version) throw new Error("the list is older than the one held");
		this.clock.set(json.taken_at);
		await this.take(json, merge(held, json), Date.now());
		this.etag = res.headers.get("ETag") || "";
		await this.store.set("list", { snapshot: { ...json, passes: undefined, keys: json.keys }, passes: [...this.data.passes.values()], fetchedAt: this.fetchedAt });
		return { restored: Boolean(held) && held.epoch !== json.epoch };
	}

	async take(snapshot, passes, fetchedAt) {
		const ring = await importKeys(snapshot.keys);
		this.data = { ...snapshot, ring, passes: new Map(passes.map((p) => [p.code, p])) };
		this.fetchedAt = fetchedAt;
	}

	// pass returns a pass by its code, or undefined.
	pass(code) { return this.data?.passes.get(code); }

	// put changes a pass until the next list says otherwise.
	put(pass) { this.data?.passes.set(pass.code, pass); }

	gateName(number) { return this.data?.gates.find((g) => g.number === number)?.name || String(number); }
}

// merge lays the changes of a partial list over the passes held.
export function merge(held, json) {
	if (!json.partial || !held) return json.passes.map((p) => keepRevoked(held, p));
	const passes = new Map(held.passes);
	for (const p of json.passes) passes.set(p.code, keepRevoked(held, p));
	return [...passes.values()];
}

function keepRevoked(held, p) {
	return held?.passes.get(p.code)?.state === "revoked" ? { ...p, state: "revoked" } : p;
}
