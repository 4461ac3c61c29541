// Loses the connection to the store of the gate app in every way before every use of
// it: gateStore() gives what was not kept, or kept twice.
import { Store, SENT } from "../../../static/src/gate/store.js";

globalThis.gateStore = async () => {
	const faults = [], expect = (what, got, want) => { if (JSON.stringify(got) !== JSON.stringify(want)) faults.push(what + ": " + JSON.stringify(got) + ", want " + JSON.stringify(want)); };
	const store = await Store.open(), device = { device_id: "d", event: { number: 1 } };
	const lose = {
		"closed": async () => (await store.connect()).close(),
		"broken off": async () => breakOff(IDBObjectStore.prototype, ["put", "get", "getAll", "openCursor", "delete"]),
		"word lost": async () => loseWord(store),
	};
	for (const [how, now] of Object.entries(lose)) for (const [what, use, want] of uses(store, device, how)) {
		await now();
		try {
			expect(what + ", " + how, await use(), want);
		} catch (e) {
			faults.push(what + ", " + how + ": " + e.name + " " + e.message);
		}
		mend();
	}
	expect("scans kept", (await store.latest("scans", 99)).map((r) => r.seq), [3, 2, 1]);
	await full(store, faults);
	await store.wipe();
	return faults;
};

// uses is every use of the store, with what it gives.
function uses(store, device, how) {
	const n = { "closed": 1, "broken off": 2, "word lost": 3 }[how], id = "scan " + n;
	return [
		["adopt", () => store.adopt("scans", device).then(() => n), n],
		["settings", () => store.set("settings", { gate: n }).then(() => store.get("settings")), { gate: n }],
		["add", () => store.add("scans", { id, at: n }, { code: "c" + n }).then((r) => r.seq), n],
		["change", () => store.change("scans", n, { verdict: "ok" }).then((r) => r.verdict), "ok"],
		["waiting", () => store.waiting("scans").then((all) => all.length), 1],
		["count", () => store.count("scans", 1), 1],
		["first", () => store.firstSeq("scans"), 1],
		["settle", () => store.settle("scans", [{ seq: n, verdict: "ok" }], ["r"]).then(([r]) => r.waiting), SENT],
		["resend", () => store.resend("scans").then(() => store.count("scans", 1)), n],
		["spare", () => store.spare("scans", 99).then(() => store.count("scans", 1)), 0],
		["list", () => store.keepList({ fetchedAt: n }, [{ code: "c" + n }], true).then(() => store.get("list")), { fetchedAt: n }],
		["pass", () => store.keepPass({ code: "x" }).then(() => store.passes()).then((all) => all.length), 2],
		["count press", () => store.add("counts", { id }).then((r) => r.seq), n],
		["forget", () => store.forget("counts", 99, 0, 0).then(() => store.latest("counts", 9)).then((all) => all.length), n],
		["drop", () => store.set("x", 1).then(() => store.drop("x")).then(() => store.get("x")), undefined],
	];
}

let mend = () => {};

// breakOff aborts the next transaction in the middle of it.
function breakOff(proto, names) {
	const real = names.map((name) => proto[name]);
	mend = () => names.forEach((name, i) => { proto[name] = real[i]; });
	for (const [i, name] of names.entries()) proto[name] = function (...args) {
		mend();
		const request = real[i].apply(this, args);
		this.transaction.abort();
		return request;
	};
}

// loseWord lets the next transaction be done, and the page hear that it failed.
function loseWord(store) {
	const real = store.connect;
	mend = () => { store.connect = real; };
	store.connect = () => {
		mend();
		return real.call(store).then((db) => ({ transaction: (...args) => forgetful(db.transaction(...args)) }));
	};
}

function forgetful(tx) {
	const lost = tx.done.then(() => { throw new DOMException("connection lost", "UnknownError"); });
	lost.catch(() => {});
	return new Proxy(tx, { get: (t, name) => (name === "done" ? lost : typeof t[name] === "function" ? t[name].bind(t) : t[name]) });
}

// full checks that a phone without room is not asked again and again.
async function full(store, faults) {
	const put = IDBObjectStore.prototype.put;
	let tries = 0;
	IDBObjectStore.prototype.put = () => { tries++; throw new DOMException("full", "QuotaExceededError"); };
	const told = await store.add("scans", { id: "no room" }).then(() => "", (e) => e.name);
	IDBObjectStore.prototype.put = put;
	if (told !== "QuotaExceededError" || tries !== 1) faults.push("a full phone: " + told + " after " + tries + " tries");
}
