// The gate list on the phone: fetched whole once, then what changed. A list of the
// same epoch is never taken for an older one, and what is revoked stays so.
import { isList } from "./answers.js";
import { call } from "./api.js";
import { after, unspent } from "./decide.js";
import { lay, layVouchers } from "./lay.js";
import { importKeys } from "./token.js";

const NOTED = 60000; // ms between two notes of how old the list is

export class OldList extends Error {}

export class List {
	constructor({ store, device, clock }) { Object.assign(this, { store, device, clock, data: null, fetchedAt: 0, confirmedAt: 0 }); }

	// load reads what the phone kept; what cannot be used is fetched anew.
	async load() {
		const kept = await this.store.get("list"), passes = await this.store.passes();
		if (!isList({ ...kept?.snapshot, passes }) || kept.snapshot.event.number !== this.device.event.number) return;
		const at = Math.max(Number(kept.fetchedAt) || 0, Number(await this.store.get("confirmed")) || 0);
		await this.take({ ...kept.snapshot, taken_at: at }, passes, at);
		await this.overlay();
	}

	// sync asks for what changed. restored is called, before anything is taken, when
	// the server was restored from a backup since the last time.
	async sync(restored) {
		const held = this.data;
		const since = held ? "?since=" + encodeURIComponent(held.cursor || held.epoch + "." + held.version) : "";
		const json = await call("snapshot" + since, { is: isList, token: this.device.token, timeout: 20000 });
		if (!json) return;
		const passes = lay(held, json);
		if (!passes) throw new OldList("the list is older than the one held");
		if (this.clock.set(json.taken_at)) await this.store.set("offset", this.clock.offset);
		if (held && held.epoch !== json.epoch) await restored();
		await this.keep(held, json, passes);
	}

	// confirm notes that the list was the server's at an instant.
	async confirm(at) {
		this.fetchedAt = this.data.taken_at = at;
		this.heardAt = this.clock.mono();
		if (at - this.confirmedAt < NOTED) return;
		this.confirmedAt = at;
		await this.store.set("confirmed", at);
	}

	// keep takes a list and stores what is new of it.
	async keep(held, json, passes) {
		const { passes: sent, partial, ...rest } = json, fetchedAt = this.clock.now();
		const snapshot = { ...rest, vouchers: layVouchers(held?.vouchers, json) };
		await this.take(snapshot, passes, fetchedAt);
		this.heardAt = this.clock.mono();
		const changed = partial && held ? sent.map((p) => this.pass(p.code)) : passes;
		await this.store.keepList({ snapshot, fetchedAt }, changed, !(partial && held));
		await this.overlay();
	}

	// overlay lets hold on what this phone let through and the server does not know
	// yet.
	async overlay() {
		const waiting = await this.store.waiting("scans"), voided = new Set(waiting.map((r) => r.void_of).filter(Boolean));
		for (const r of waiting) {
			const pass = !voided.has(r.id) && this.known(r.admitted, r.voucher);
			if (pass) this.put(after(this.data, pass, r, { group: "admit" }, r.at + (r.skew || 0)));
		}
	}

	async take(snapshot, passes, fetchedAt) {
		const ring = await importKeys(snapshot.keys);
		this.data = { ...snapshot, ring, passes: new Map(passes.map((p) => [p.code, p])) };
		this.fetchedAt = fetchedAt;
	}

	// age is when the list was the server's, and how many minutes ago. Only since the
	// server was heard in this run of the app is that known: the phone's clock may have
	// been set while the app was closed.
	age() { return { at: this.fetchedAt, minutes: this.heardAt === undefined ? undefined : Math.max(0, (this.clock.mono() - this.heardAt) / 60000) }; }

	// pass returns a pass by its code, or undefined.
	pass(code) { return this.data?.passes.get(code); }

	// known is a pass by its code, also a voucher that is on no list: voucher has its pack
	// and serial then.
	known(code, voucher) { return this.pass(code) || (code && voucher && this.data && unspent(this.data, code, voucher)) || undefined; }

	// booths are those that take vouchers, as far as this phone may; none where the event
	// has no vouchers.
	get booths() { return this.data?.vouchers?.booths || []; }

	// put changes a pass until the next list says otherwise.
	put(pass) { if (pass) this.data?.passes.set(pass.code, pass); }

	gateName(number) { return this.data?.gates.find((g) => g.number === number)?.name || String(number); }
}
