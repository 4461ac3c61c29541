// The rules at the gate, the same as gate.Decide in Go: both run the same file of
// cases. decide looks at nothing but its arguments and changes none.
//
// A list is a snapshot with passes as a Map by code and keys as made by importKeys.

import { read } from "./token.js";

const CLOCK_SLACK = 120000, MINUTE = 60000, DAY = 86400000, VIETNAM = 7 * 3600000;
const REPEAT = 3000, NAMED = 12;
const GROUPS = { ok: "admit", ok_again: "admit", exit_ok: "admit", checked: "admit", unknown: "ask", needs_supervisor: "ask" };

// repeats reports whether a scan at an instant is the one before once more.
export const repeats = (before, at) => at >= before && at - before < REPEAT;

// groupOf is what the steward does about a verdict: admit, refuse or ask.
export const groupOf = (code) => GROUPS[code] || "refuse";

// ofPass reports whether a verdict is on the pass whose code was read, and not on a
// text that only claims it or on a pass for trying out. Only such a scan, let in by
// a supervisor, says where the pass is.
export const ofPass = (code) => !["forged", "malformed", "unknown", "wrong_event", "test_pass"].includes(code);

// decide answers a scan at an instant (unix ms by the server's clock).
export async function decide(list, scan, now) {
	const reading = await read(scan.qr || scan.code || "", list.ring);
	const [pass, stop] = identify(list, scan, reading, now);
	if (stop) return stop;
	const d = { list, scan, reading, pass, now, day: gateDay(list, now) };
	const lost = misplaced(d);
	if (lost) return lost;
	if (pass.test) return testPass(d);
	for (const rule of bookOf(d)) {
		const v = rule(d);
		if (v) return v;
	}
	return otherwise(d);
}

const verdict = (code, detail = {}) => ({ code, group: groupOf(code), detail: compact(detail) });

// compact leaves out what is empty: such fields do not belong to the verdict.
function compact(detail) {
	return Object.fromEntries(Object.entries(detail).filter(([, v]) => v !== undefined && v !== "" && v !== 0));
}

const seen = (p) => ({ kind: p.kind, booth: p.booth, label: p.label, vendor: p.vendor });
const say = (d, code, more) => verdict(code, { ...seen(d.pass), ...voucherOf(d), ...more });
const since = (d, code, mark) => say(d, code, { first: { at: mark.at, gate: mark.gate, ...(mark.booth && { booth: mark.booth }) } });
const lastDay = (p) => addDays(p.first_day, p.days - 1);

export function addDays(day, n) {
	return new Date(Date.parse(day + "T00:00:00Z") + n * DAY).toISOString().slice(0, 10);
}

// identify finds the pass that was read, or the verdict on what is none.
function identify(list, scan, r, now) {
	if (r.fault === "dead_key") return findDead(list, scan, r.claims, now);
	if (r.fault === "unknown_key" && list.taken_at) return [null, unknown(list, "key_unknown", {}, now)];
	if (r.fault) return [null, notGenuine(r.fault, r.claims ? { kind: r.claims.kind } : {})];
	if (r.claims) return find(list, r.claims, now);
	const p = list.passes.get(r.code);
	return p ? [p, null] : [null, unknown(list, "typed", {}, now)];
}

function notGenuine(fault, detail) {
	switch (fault) {
	case "version": return verdict("malformed", { ...detail, reason: "version" });
	case "dead_key": return verdict("revoked", { ...detail, reason: "key_dead" });
	case "forged": case "unknown_key": return verdict("forged", detail);
	}
	return verdict("malformed", detail);
}

function find(list, c, now) {
	const p = list.passes.get(c.code);
	if (c.test) return [{ code: c.code, kind: c.kind, test: true, booth: p?.booth, label: p?.label, vendor: p?.vendor, pack: c.pack, serial: c.serial }, null];
	if (c.event !== list.event.number) return [null, verdict("wrong_event", { kind: c.kind, event: c.event })];
	if (!p && c.kind === "voucher") return findVoucher(list, c, now);
	if (!p) {
		const days = { kind: c.kind, first_day: c.firstDay, last_day: addDays(c.firstDay, c.days - 1) };
		return [null, unknown(list, "not_listed", days, now)];
	}
	if (p.kind !== c.kind || p.test || p.pack !== c.pack || p.serial !== c.serial) return [null, notGenuine("forged", {})];
	return [p, null];
}

// findDead looks up a pass whose key was killed: one of the list is judged as by its
// typed code, and as revoked, so that whoever is inside by it gets out.
function findDead(list, scan, c, now) {
	const p = list.passes.get(c.code);
	if (p && p.kind === c.kind && Boolean(p.test) === c.test) return [{ ...p, state: "revoked" }, null];
	if (scan.direction === "out" && c.kind !== "booth" && c.kind !== "voucher") {
		const days = { kind: c.kind, first_day: c.firstDay, last_day: addDays(c.firstDay, c.days - 1) };
		return [null, unknown(list, "not_listed", days, now)];
	}
	return [null, notGenuine("dead_key", { kind: c.kind })];
}

function unknown(list, reason, detail, now) {
	return verdict("unknown", { ...detail, reason, age_ms: list.taken_at ? Math.max(0, now - list.taken_at) : 0 });
}

function testPass(d) {
	if (!d.scan.training) return say(d, "test_pass");
	const reason = "training";
	if (d.pass.kind === "booth") return say(d, "checked", { reason });
	return say(d, d.scan.direction === "out" ? "exit_ok" : "ok", { reason });
}

// bookOf lists the rules that may stop a scan, in order.
function bookOf(d) {
	if (d.pass.kind === "booth") return [state, eventStopped, clock, expired];
	if (d.pass.kind === "voucher") return [state, packState, eventStopped, booth, typed, clock, notYet, expired, alreadyUsed];
	if (d.scan.direction !== "out") {
		return [state, eventStopped, gate, typed, clock, notYet, expired, hours, alreadyUsed, alreadyInside, tooManyInside];
	}
	return d.pass.kind === "vehicle" ? [gate, clock, hours] : [];
}

function otherwise(d) {
	if (d.pass.kind === "booth") return say(d, "checked");
	if (d.pass.kind === "voucher") return say(d, "ok");
	if (d.scan.direction === "out") return exits(d);
	const first = usedOn(d.pass, d.day);
	return first ? since(d, "ok_again", first) : say(d, "ok");
}

function exits(d) {
	let reason;
	if (d.pass.state === "blocked") reason = "blocked";
	else if (d.pass.state !== "valid") reason = "revoked";
	else if (!insideOn(d.pass, d.day)) reason = "not_inside";
	return say(d, "exit_ok", { reason });
}

const usedOn = (p, day) => (p.used || []).find((m) => m.day === day);
const insideOn = (p, day) => Boolean(p.inside) && p.inside.day === day;

function state(d) {
	if (d.pass.state === "valid") return null;
	if (d.pass.state === "blocked") return say(d, "blocked");
	return say(d, "revoked", { reason: d.reading.fault === "dead_key" ? "key_dead" : "" });
}

const eventStopped = (d) => (d.list.event.stopped ? say(d, "event_stopped") : null);

function gate(d) {
	const gates = d.list.gates.filter((g) => !g.kinds.length || g.kinds.includes(d.pass.kind)).map((g) => g.number);
	if (gates.includes(d.scan.gate)) return null;
	return say(d, "wrong_gate", { gates: gates.length ? gates : undefined });
}

function typed(d) {
	if (d.scan.qr || !d.list.policy.typed_supervised || d.scan.supervisor) return null;
	return say(d, "needs_supervisor", { reason: "typed" });
}

function clock(d) {
	if (!d.list.taken_at || d.now >= d.list.taken_at - CLOCK_SLACK) return null;
	return say(d, "needs_supervisor", { reason: "clock" });
}

const shift = (d) => (d.pass.kind === "vehicle" ? 1 : 0);
const withDays = (d, code) => say(d, code, { first_day: d.pass.first_day, last_day: lastDay(d.pass) });
const notYet = (d) => (d.day >= addDays(d.pass.first_day, -shift(d)) ? null : withDays(d, "not_yet"));
const expired = (d) => (d.day <= addDays(lastDay(d.pass), shift(d)) ? null : withDays(d, "expired"));

function hours(d) {
	let windows;
	if (d.pass.kind === "staff") windows = d.list.event.days.map((day) => withSetup(d.list, day));
	else if (d.pass.kind === "vehicle") windows = loadWindows(d.list);
	else return null;
	let next = { from_at: 0, until_at: 0 };
	for (const w of windows) {
		if (holds(w, d.now)) return null;
		if (w.from_at > d.now && w.from_at < w.until_at && (!next.from_at || w.from_at < next.from_at)) next = w;
	}
	return say(d, "wrong_hours", { from_at: next.from_at, until_at: next.until_at });
}

function alreadyUsed(d) {
	const voucher = d.pass.kind === "voucher";
	if ((d.pass.kind !== "visitor" && !voucher) || !(d.pass.used || []).length) return null;
	const first = !voucher && d.list.policy.visitor_rule === "daily" ? usedOn(d.pass, d.day) : d.pass.used[0];
	return first ? since(d, "already_used", first) : null;
}

function alreadyInside(d) {
	if (d.pass.kind === "visitor" || !insideOn(d.pass, d.day)) return null;
	return since(d, "already_inside", d.pass.inside);
}

function tooManyInside(d) {
	const limit = d.list.policy.max_inside;
	if (d.pass.kind !== "staff" || !d.pass.booth || !limit) return null;
	const inside = insideOf(d.list, d.pass.booth, d.day);
	return inside < limit ? null : say(d, "too_many_inside", { inside, limit });
}

// insideOf counts the staff of a booth who are inside on a day.
export function insideOf(list, booth, day) {
	let n = 0;
	for (const p of list.passes.values()) if (p.kind === "staff" && p.booth === booth && insideOn(p, day)) n++;
	return n;
}

const holds = (w, at) => w.from_at <= at && at < w.until_at;

function withSetup(list, day) {
	const setup = list.policy.setup_minutes * MINUTE;
	return { from_at: day.hours.from_at - setup, until_at: day.hours.until_at + setup };
}

function loadWindows(list) {
	if (list.policy.load_windows.length) return list.policy.load_windows;
	return list.event.days.flatMap((day) => {
		const wide = withSetup(list, day);
		return [{ from_at: wide.from_at, until_at: day.hours.from_at }, { from_at: day.hours.until_at, until_at: wide.until_at }];
	});
}

// gateDay is the day that a scan counts for: the event day whose opening hours
// hold it, else the one whose set-up time does, else the day in Vietnam, which is of 1970
// or later.
export function gateDay(list, now) {
	for (const d of list.event.days) if (holds(d.hours, now)) return d.day;
	for (const d of list.event.days) if (holds(withSetup(list, d), now)) return d.day;
	return new Date(Math.max(0, now) + VIETNAM).toISOString().slice(0, 10);
}

const packOf = (list, number) => list.vouchers?.packs.find((p) => p.number === number);

// voucherOf is what a verdict shows of a voucher beside its kind.
function voucherOf({ list, pass: p }) {
	if (p.kind !== "voucher") return {};
	const pack = packOf(list, p.pack);
	return { pack: p.pack, serial: p.serial, title: pack?.title, value: pack?.value };
}

// findVoucher finds a voucher that is on no list: one that is neither spent nor blocked
// needs no place on it.
function findVoucher(list, c, now) {
	const pack = packOf(list, c.pack);
	const known = list.taken_at && pack && Boolean(pack.test) === c.test && c.serial <= pack.count && Number(c.code.slice(0, 2)) === pack.block;
	return known ? [unspent(list, c.code, c), null] : [null, unknown(list, "not_listed", { kind: c.kind }, now)];
}

// unspent is a voucher that is on no list, as the list would have it. what has its pack
// and serial: its claims, or the verdict on it.
export function unspent(list, code, { pack, serial }) {
	const of = packOf(list, pack);
	return of && { code, kind: "voucher", state: "valid", pack, serial, first_day: of.first_day, days: of.days };
}

// misplaced stops a voucher at a gate and a pass at a booth.
function misplaced(d) {
	const voucher = d.pass.kind === "voucher", spends = d.scan.direction === "spend";
	if (voucher === spends) return null;
	return say(d, "wrong_gate", { reason: voucher ? "at_booth" : "not_voucher" });
}

function packState(d) {
	const pack = packOf(d.list, d.pass.pack);
	if (!pack || pack.state === "valid") return null;
	return say(d, pack.state === "blocked" ? "blocked" : "revoked");
}

function booth(d) {
	const pack = packOf(d.list, d.pass.pack), all = (pack && d.list.vouchers.booths) || [];
	if (all.some((b) => b.code === d.scan.booth && (!pack.only || (pack.booths || []).includes(b.code)))) return null;
	return say(d, "wrong_booth", { booths: pack?.only && pack.booths?.length ? pack.booths.slice(0, NAMED) : undefined });
}

// after is the pass once an admitted scan has happened.
export function after(list, pass, scan, v, now) {
	const spends = scan.direction === "spend";
	if (v.group !== "admit" || scan.training || pass.kind === "booth" || (pass.kind === "voucher" && !spends)) return pass;
	if (scan.direction === "out") return { ...pass, inside: undefined };
	const mark = { day: gateDay(list, now), at: now, gate: scan.gate || 0, ...(scan.booth && { booth: scan.booth }) };
	const used = usedOn(pass, mark.day) ? pass.used : [...(pass.used || []), mark];
	return spends ? { ...pass, used } : { ...pass, inside: mark, used };
}
