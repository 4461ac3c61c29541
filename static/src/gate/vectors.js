// Runs the cases that Go and the browser share, for the test that does so:
// gateVectors(file) gives a list of what differs.
import { after, decide, repeats } from "./decide.js";
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
			const pass = list.passes.get(code);
			if (pass) list.passes.set(code, after(list, pass, step.scan, got, step.now));
		}
	}
	for (const r of file.repeats) if (repeats(r.before, r.at) !== r.want) faults.push("repeats " + r.before + " " + r.at);
	if (codeOf("1234 5678 9012") && codeOf("123456789013")) faults.push("a code passed with two check digits");
	return faults;
};

// spell writes a value with its fields in order.
function spell(v) {
	return JSON.stringify(v, (_, x) => (x && typeof x === "object" && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort()) : x));
}
