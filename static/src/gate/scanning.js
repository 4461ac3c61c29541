// One scan from what was read to its verdict.
import { after, decide, groupOf, ofPass, repeats } from "./decide.js";
import { showing } from "./screens.js";
import { codeInText, cut } from "./token.js";

const WAIT = 1500; // ms for the server before the phone decides by itself
const SINCE = 200; // scans in which those of one pass in a quarter of an hour are
const AGAIN = 3000; // ms in which a symbol that stays before the camera is one scan

export class Scanning {
	// begin is called when a scan begins to be judged, present with its verdict.
	constructor({ store, device, clock, list, link, scans, settings, begin, present }) {
		Object.assign(this, { store, device, clock, list, link, scans, settings, begin, present, inView: { key: "", at: -AGAIN }, last: null });
	}

	// seen takes what a camera or scanner has read. As long as the same symbol stays
	// before the camera it is one scan.
	seen(read, takenAt) {
		if (this.busy) return;
		const key = (read.qr || read.code) + this.settings.direction + (this.settings.booth || ""), now = performance.now();
		const same = key === this.inView.key && now - this.inView.at < AGAIN;
		this.inView = { key, at: now };
		if (!same && (showing() === "scan" || showing() === "verdict")) this.scan(read, { takenAt });
	}

	// scan judges what was read and shows the verdict. forced names the supervisor who
	// lets in all the same; takenAt is when the frame was taken.
	async scan(read, { forced, takenAt } = {}) {
		if (this.busy) return;
		this.busy = true;
		this.begin();
		try {
			await this.judge(read, forced);
		} catch (err) {
			this.present({ code: "not_kept", group: "refuse", detail: { reason: err?.name === "QuotaExceededError" ? "full" : "" } }, {}, false);
		} finally {
			this.busy = false;
		}
		if (takenAt) performance.measure("frame-to-verdict", { start: takenAt });
	}

	async judge(read, forced) {
		const { settings, scans } = this;
		const text = read.qr ? { qr: cut(read.qr) } : { code: cut(read.code) };
		const place = settings.booth ? { gate: 0, direction: "spend", booth: settings.booth } : { gate: settings.gate, direction: settings.direction };
		const scan = { ...text, ...place, mode: "online", ...(settings.training && { training: true }), ...(forced && { forced_by: forced }) };
		if (this.repeated(scan)) return this.present(this.last.v, this.last.record, this.last.alone);
		if (!navigator.onLine || scans.failing) return this.byItself(scan);
		const record = await scans.add({ ...scan, before: this.before(scan) });
		const result = await scans.answer(record, WAIT);
		if (!result) return this.byItself(scan, record);
		this.shown(await this.fromServer(result, record), record, false);
		this.link.sync();
	}

	// repeated reports whether a scan is the last one once more: the same text in the
	// same direction within three seconds.
	repeated(scan) {
		const before = this.last?.record;
		return Boolean(before) && !scan.forced_by && before.qr === scan.qr && before.code === scan.code && before.direction === scan.direction &&
			before.training === scan.training && repeats(this.last.at, this.clock.mono());
	}

	shown(v, record, alone) {
		this.last = { v, record, alone, at: this.clock.mono() };
		this.present(v, record, alone);
	}

	// before is where the pass of a scan is, kept with the scan so that it can be taken
	// back without the server.
	before(scan) {
		const pass = this.list.pass(codeOfScan(scan));
		return (pass || scan.booth) && { inside: pass?.inside, used: pass?.used };
	}

	// undone is the pass of a scan as it is without it: as before, and then what this
	// phone has let through since. Undefined when the scan moved none.
	async undone(scan) {
		const { list, store } = this, code = codeOfScan(scan), pass = list.pass(code);
		if (!pass || !scan.before || !went(scan)) return undefined;
		const since = (await store.latest("scans", SINCE)).filter((r) => r.seq > scan.seq);
		const voided = new Set(since.map((r) => r.void_of).filter(Boolean));
		return since.reverse().filter((r) => codeOfScan(r) === code && !voided.has(r.id) && went(r))
			.reduce((p, r) => after(list.data, p, r, { group: "admit" }, r.at + (r.skew || 0)), { ...pass, ...scan.before });
	}

	// forget lets the symbol of the last scan be scanned anew at once.
	forget() {
		this.last = null;
		this.inView = { key: "", at: -AGAIN };
	}

	// fromServer is the server's verdict; the list on the phone follows it.
	async fromServer(result, record) {
		const { list, store, clock } = this;
		const v = { code: result.verdict, group: groupOf(result.verdict), detail: { ...result.detail, first: result.first } };
		const pass = list.known(result.code, voucherIn(v));
		if (!pass || !ofPass(v.code)) return v;
		list.put(after(list.data, pass, record, record.forced_by ? { group: "admit" } : v, clock.now()));
		await store.keepPass(list.pass(result.code)).catch(() => {}); // the next list brings it
		return v;
	}

	// byItself is the phone's own verdict. It is kept, with what it does to the pass,
	// before anybody sees it; the server is told later.
	async byItself(scan, record) {
		const { list, clock, device, scans } = this, now = clock.now(), data = list.data;
		const asked = { ...scan, supervisor: Boolean(scan.forced_by) || device.role === "supervisor" };
		const v = (data && (await decide(data, asked, now).catch(() => null))) || { code: "unknown", group: "ask", detail: { reason: "no_list" } };
		if (v.code === "unknown") v.detail.age = list.age();
		const through = v.group === "admit" || (scan.forced_by && ofPass(v.code));
		const voucher = voucherIn(v), pass = through ? list.known(codeOfScan(scan), voucher) : undefined;
		const moved = pass && after(data, pass, scan, { group: "admit" }, now);
		const own = { mode: "offline", verdict: v.code, ...(pass && !scan.training && { admitted: pass.code, voucher }) };
		const kept = record ? await scans.change(record, own, moved) : await scans.add({ ...scan, ...own, before: this.before(scan) }, moved);
		list.put(moved);
		this.shown(v, kept || record, true);
	}
}

// voucherIn is the pack and serial of the voucher that a verdict took, undefined for
// any other.
const voucherIn = (v) => (v.code === "ok" && v.detail?.kind === "voucher" ? v.detail : undefined);

// codeOfScan is the code that a scan claims to be of.
const codeOfScan = (scan) => scan.code || codeInText(scan.qr);

// went reports whether somebody went through the gate by a scan, as the phone knows.
export function went(scan) {
	const code = scan.mode === "offline" && scan.verdict ? scan.verdict : scan.result?.verdict || scan.verdict || "";
	return !scan.training && !scan.void_of && (groupOf(code) === "admit" || Boolean(scan.forced_by && ofPass(code)));
}
