// Runs the cases that Go and the browser share, for the test that does so:
// gateVectors(file) gives a list of what differs.
import { after, decide, repeats, unspent } from "./decide.js";
import { lay, layVouchers } from "./lay.js";
import { codeOf, importKeys, parse } from "./token.js";

globalThis.gateVectors = async (file) => {
	const faults = [];
	for (const c of file.cases) {
		const snapshot = file.snapshots[c.snapshot];
		const list = { ...snapshot, ring: await importKeys(snapshot.keys), passes: new Map(snapshot.passes.map((p) => [p.code, p])) };
		for (const [i, step] of c.steps.entries()) {
			const got = await decide(list, step.scan, step.now);
			if (spell(got) !== spell(step.want)) faults.push(c.name + ", step " + (i + 1) + ": " + spell(got) + ", want " + spell(step.want));
			const code = parse(step.scan.qr || step.scan.code || "").code;
			const pass = list.passes.get(code) || (got.code === "ok" && got.detail.kind === "voucher" && unspent(list, code, got.detail));
			if (pass) list.passes.set(code, after(list, pass, step.scan, got, step.now));
		}
	}
	for (const c of file.lists) {
		const got = laid(c), want = c.taken ? c.want : null;
		if (spell(got) !== spell(want)) faults.push(c.name + ": " + spell(got) + ", want " + spell(want));
	}
	for (const c of file.packs) {
		const got = layVouchers(c.held || undefined, { partial: c.partial, vouchers: c.answer || undefined }) || null;
		if (spell(got) !== spell(c.want)) faults.push(c.name + ": " + spell(got) + ", want " + spell(c.want));
	}
	for (const r of file.repeats) if (repeats(r.before, r.at) !== r.want) faults.push("repeats " + r.before + " " + r.at);
	if (codeOf("1234 5678 9012") && codeOf("123456789013")) faults.push("a code passed with two check digits");
	return faults;
};

// laid is the state of each pass once the answer of a case was laid over the list
// held, null where the answer was refused.
function laid(c) {
	const passes = (l) => Object.entries(l.passes).map(([code, state]) => ({ code, state }));
	const held = c.held && { ...c.held, passes: new Map(passes(c.held).map((p) => [p.code, p])) };
	const after = lay(held, { ...c.answer, passes: passes(c.answer) });
	return after && Object.fromEntries(after.map((p) => [p.code, p.state]));
}

// spell writes a value with its fields in order.
function spell(v) {
	return JSON.stringify(v, (_, x) => (x && typeof x === "object" && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort()) : x));
}
