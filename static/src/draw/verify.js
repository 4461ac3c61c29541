// Reads and checks the log of a public draw, step by step as README, "The public draw of booths", describes it.
// It is the twin of internal/draw: verify gives [check, fault, ...args] for each of the five checks.
const FORMAT = "hoicho-draw-1", LEAST = 3, MOST = 9, MOST_NUMBER = 999, MOST_LINES = 20000, MOST_BYTES = 4 << 20, MOST_SOURCE = 20;

const given = { booth: "", entry: "", name: "" };
const shape = { format: "", list: [""], line_codes: [""], list_code: "", commitment: "", calls: [{ name: "", role: "", number: 0 }],
	mends: [{ call: 0, part: "", was: "", now: "", reason: "" }], source: "", secret: "", seed: "", result: [given], waiting: [given], spare: [""], void: "", ended_at: "", record_code: "" };

// read makes a log of the bytes of a file, or null where they are none.
export function read(bytes) {
	try {
		if (bytes.byteLength > MOST_BYTES) return null;
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes), log = JSON.parse(text);
		return fits(log, shape) && log.format === FORMAT && plain(text) === names(shape, log) ? log : null;
	} catch { return null; }
}

// fits reports whether a value has all names of a shape, no other, and values of their kinds.
function fits(v, want) {
	if (Array.isArray(want)) return Array.isArray(v) && v.every((x) => fits(x, want[0]));
	if (typeof want !== "object") return typeof v === typeof want && (typeof v === "string" || Number.isSafeInteger(v));
	const keys = Object.keys(want);
	return v !== null && typeof v === "object" && !Array.isArray(v) && Object.keys(v).length === keys.length && keys.every((k) => Object.hasOwn(v, k) && fits(v[k], want[k]));
}

// plain counts the names that stand in a text, -1 where a number in it is not written as digits: a name that is
// there twice would mean one thing here and another elsewhere.
function plain(text) {
	let count = 0;
	const rest = text.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (_, colon) => { if (colon) count++; return ""; });
	return /[.eE]/.test(rest) ? -1 : count;
}

// names counts the names that a value has.
function names(want, v) {
	if (Array.isArray(want)) return v.reduce((n, x) => n + names(want[0], x), 0);
	return typeof want === "object" ? Object.keys(want).reduce((n, k) => n + 1 + names(want[k], v[k]), 0) : 0;
}

const utf8 = new TextEncoder();
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");
const isHex = (s) => s.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(s);
const bytesOf = (s) => Uint8Array.from(s.match(/../g) || [], (x) => parseInt(x, 16));
const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const codeOf = (lines) => sha256(utf8.encode(lines.map((l) => l + "\n").join("")));
const clean = (s) => s.normalize("NFC") === s && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]|\p{Surrogate}/u.test(s);
const count = (s, least, most) => /^(0|[1-9]\d{0,8})$/.test(s) && Number(s) >= least && Number(s) <= most;
const timeFits = (s) => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+07:00$/.test(s);

const heads = ["draw ", "turn ", "event ", "title ", "place ", "locked ", "callers ", "source ", "again "];

// readList reads the canonical lines; wrong is the number of the first line that is none.
function readList(lines) {
	const l = { callers: 0, source: "", locked: "", entries: [], booths: [], wrong: 1, ok: false };
	if (lines.length > MOST_LINES || lines.length <= heads.length || lines[0] !== FORMAT) return l;
	const values = [];
	for (const [i, word] of heads.entries()) {
		l.wrong = i + 2;
		if (!lines[i + 1].startsWith(word) || !clean(lines[i + 1])) return l;
		values.push(lines[i + 1].slice(word.length));
	}
	l.wrong = 3;
	if (!count(values[1], 1, MOST_LINES) || (values[1] === "1" && values[8])) return l;
	l.wrong = 7;
	if (!timeFits(values[5])) return l;
	l.locked = values[5];
	l.wrong = 8;
	if (!count(values[6], LEAST, MOST)) return l;
	l.callers = Number(values[6]);
	l.source = values[7];
	const seen = new Set();
	for (let i = heads.length + 1; i < lines.length; i++) {
		l.wrong = i + 1;
		const key = readLine(l, lines[i]);
		if (!key || seen.has(key)) return l;
		seen.add(key);
	}
	l.wrong = lines.length;
	l.ok = l.entries.length > 0 && l.booths.length > 0;
	return l;
}

// readLine adds the line of an entry or a booth to a list and returns by what it is there once, "" for none.
function readLine(l, line) {
	if (!clean(line)) return "";
	if (line.startsWith("booth ")) {
		l.booths.push(line.slice(6));
		return line.length > 6 ? line : "";
	}
	const found = /^entry ([^ ]+) (.+)$/s.exec(line);
	if (!found || l.booths.length) return "";
	l.entries.push({ entry: found[1], name: found[2] });
	return "entry " + found[1];
}

const numbers = (g) => g.calls.map((c) => c.number);

async function seedOf(secret, code, called, source) {
	const tail = utf8.encode(called.join(",") + (source ? "\n" + source : "")), head = bytesOf(secret + code), all = new Uint8Array(head.length + tail.length);
	all.set(head);
	all.set(tail, head.length);
	return sha256(all);
}

// stream gives numbers that follow from a seed: below(n) is from 0 to below n, none likelier than another.
async function stream(seed) {
	const key = await crypto.subtle.importKey("raw", bytesOf(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	let words = [], count = 0n;
	const word = async () => {
		if (!words.length) {
			const counter = new DataView(new ArrayBuffer(8));
			counter.setBigUint64(0, count++);
			const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
			for (let i = 0; i < 32; i += 4) words.push(mac.getUint32(i));
		}
		return words.shift();
	};
	return async (n) => {
		const limit = 2 ** 32 - (2 ** 32 % n);
		for (;;) {
			const w = await word();
			if (w < limit) return w % n;
		}
	};
}

// outcome gives the booths, in the order of the list, to the entries in the order drawn.
async function outcome(l, seed) {
	const order = l.entries.map((_, i) => i), below = await stream(seed);
	for (let i = order.length - 1; i > 0; i--) {
		const j = await below(i + 1);
		[order[i], order[j]] = [order[j], order[i]];
	}
	const all = order.map((at, i) => ({ booth: l.booths[i] || "", ...l.entries[at] }));
	return { result: all.slice(0, l.booths.length), waiting: all.slice(l.booths.length), spare: l.booths.slice(all.length) };
}

async function checkList(g, l) {
	for (const [i, line] of g.list.entries()) {
		if (i >= g.line_codes.length || (await codeOf([line])).slice(0, 16) !== g.line_codes[i]) return ["list_line", i + 1, line];
	}
	if (g.line_codes.length !== g.list.length) return ["list_length", g.list.length, g.line_codes.length];
	if (!l.ok) return ["list_form", l.wrong];
	const now = await codeOf(g.list);
	return now === g.list_code ? [""] : ["list_code", g.list_code, now];
}

async function checkSecret(g) {
	if (!g.secret) return ["not_opened"];
	if (!/^[0-9a-f]{64}$/.test(g.secret)) return ["secret_form"];
	const now = await sha256(bytesOf(g.secret));
	return now === g.commitment ? [""] : ["secret_other", g.commitment, now];
}

// samePerson compares names but for capitals and spaces.
function samePerson(x, y) {
	const words = (s) => s.split(/\p{White_Space}+/u).filter(Boolean).join(" ");
	return new RegExp("^" + words(x).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + "$", "iu").test(words(y));
}

const sourceFits = (named, digits) => (named ? /^\d+$/.test(digits) && digits.length <= MOST_SOURCE : digits === "");

function checkNumbers(g, l) {
	if (g.calls.length > l.callers) return ["calls_number", l.callers, g.calls.length];
	for (const [i, c] of g.calls.entries()) {
		if (c.number < 0 || c.number > MOST_NUMBER || !c.name || !clean(c.name) || !clean(c.role)) return ["call_form", i + 1];
		if (g.calls.slice(0, i).some((o) => samePerson(o.name, c.name))) return ["call_twice", c.name];
	}
	const wrong = checkMends(g);
	if (wrong) return wrong;
	if (g.source && !sourceFits(l.source, g.source)) return ["source_form"];
	if (g.calls.length < l.callers) return ["calls_missing", l.callers, g.calls.length];
	return sourceFits(l.source, g.source) ? [""] : ["source_missing"];
}

// checkMends follows each part from mend to mend until what stands now.
function checkMends(g) {
	const last = new Map(), key = (m) => m.call + " " + m.part;
	const now = (m) => (m.part === "source" ? g.source : String(g.calls[m.call - 1][m.part]));
	for (const [i, m] of g.mends.entries()) {
		if (!mendFits(m, g.calls.length) || (last.has(key(m)) && g.mends[last.get(key(m))].now !== m.was)) return ["mend_form", i + 1];
		last.set(key(m), i);
	}
	for (const [i, m] of g.mends.entries()) if (last.get(key(m)) === i && now(m) !== m.now) return ["mend_number", i + 1];
	return null;
}

// mendFits reports whether a mend has a reason, and values that its part can have.
function mendFits(m, calls) {
	if (!m.reason || !clean(m.reason) || m.was === m.now || !clean(m.was) || !clean(m.now)) return false;
	if (m.part === "source") return m.call === 0 && sourceFits("x", m.was) && sourceFits("x", m.now);
	const fits = { number: (v) => count(v, 0, MOST_NUMBER), name: (v) => v !== "", role: () => true };
	return m.call >= 1 && m.call <= calls && Object.hasOwn(fits, m.part) && fits[m.part](m.was) && fits[m.part](m.now);
}

const WAITING = ["not_opened", "calls_missing", "source_missing"];

async function checkSeed(g, l) {
	if (!g.secret || !isHex(g.secret) || (g.void && !g.seed && WAITING.includes(checkNumbers(g, l)[0]))) return ["not_opened"];
	const now = await seedOf(g.secret, await codeOf(g.list), numbers(g), g.source);
	return now === g.seed ? [""] : ["seed_other", g.seed, now];
}

const sameGiven = (a, b) => a && a.booth === b.booth && a.entry === b.entry && a.name === b.name;

// record are the lines of which the code of the whole record is made.
function record(g) {
	return [FORMAT + " record", "list " + g.list_code, "commitment " + g.commitment,
		...g.calls.flatMap((c, i) => ["call " + (i + 1) + " " + c.number, "name " + c.name, "role " + c.role]),
		...g.mends.flatMap((m) => ["mend " + m.call + " " + m.part, "was " + m.was, "now " + m.now, "reason " + m.reason]),
		"source " + g.source, "secret " + g.secret, "seed " + g.seed, "void " + g.void, "ended " + g.ended_at,
		...g.result.map((r) => "result " + r.entry + " " + r.booth), ...g.waiting.map((r) => "waiting " + r.entry), ...g.spare.map((b) => "spare " + b)];
}

async function checkResult(g, l) {
	const drawn = g.result.length + g.waiting.length + g.spare.length > 0;
	if (!g.ended_at) return drawn || g.secret + g.seed + g.void + g.record_code ? ["result_early"] : ["not_opened"];
	if (!l.ok) return ["result_none"];
	if (!timeFits(g.ended_at) || g.ended_at < l.locked || !clean(g.void)) return ["time_form"];
	if (!g.seed && drawn) return ["result_more"];
	const wrong = g.seed ? await compareResult(g, l) : null;
	if (wrong) return wrong;
	const now = await codeOf(record(g));
	if (now !== g.record_code) return ["record_code", g.record_code, now];
	return g.seed ? [""] : ["not_opened"];
}

// compareResult finds the first place that is not as the seed gives it.
async function compareResult(g, l) {
	if (!isHex(g.seed)) return ["result_none"];
	const { result, waiting, spare } = await outcome(l, g.seed);
	for (const [i, r] of result.entries()) if (!sameGiven(g.result[i], r)) return ["result_booth", r.booth, r.name];
	for (const [i, r] of waiting.entries()) if (!sameGiven(g.waiting[i], r)) return ["result_waiting", i + 1, r.name];
	return g.result.length !== result.length || g.waiting.length !== waiting.length || g.spare.join("\n") !== spare.join("\n") ? ["result_more"] : null;
}

// verify computes a log anew.
export async function verify(g) {
	const l = readList(g.list);
	return [["list", ...await checkList(g, l)], ["secret", ...await checkSecret(g)], ["numbers", ...checkNumbers(g, l)], ["seed", ...await checkSeed(g, l)],
		["result", ...await checkResult(g, l)]];
}

// waits reports whether a finding cannot be answered yet, or never will: the draw is not over, or was stopped.
export const waits = (g, found) => (g.void !== "" || g.ended_at === "") && WAITING.includes(found[1]) && !(found[1] === "not_opened" && hidden(g));

// hidden reports whether a draw was stopped after a number had been called and its secret is not open: it has to be.
const hidden = (g) => g.ended_at !== "" && g.calls.length > 0 && g.secret === "";

// verdictOf is the answer to a log as a whole: good, bad, locked (nothing is drawn yet) or stopped.
export function verdictOf(g, all) {
	if (all.some((f) => f[1] && !waits(g, f))) return "bad";
	if (g.void) return "stopped";
	return g.ended_at ? "good" : "locked";
}

// idOf names the draw that a log says it is of.
export const idOf = (g) => (g.list[1] || "").replace(/^draw /, "");

// compare finds the first difference of a log from the one that was published: [line, was, now] of the list,
// [name, was, now] elsewhere, null for none.
export function compare(published, g) {
	for (let i = 0; i < Math.max(published.list.length, g.list.length); i++) {
		const was = published.list[i] || "", now = g.list[i] || "";
		if (was !== now) return [i + 1, was, now];
	}
	for (const name of Object.keys(shape)) {
		const was = said(published[name]), now = said(g[name]);
		if (was !== now) return [name, was, now];
	}
	return null;
}

// continues reports whether a log is a later state of one that was handed out while numbers were called.
export function continues(g, earlier) {
	if (earlier.ended_at || earlier.mends.length > g.mends.length || earlier.calls.length > g.calls.length) return false;
	const then = { ...earlier, list: g.list, line_codes: g.line_codes, list_code: g.list_code, commitment: g.commitment, calls: g.calls.map((c) => ({ ...c })),
		mends: g.mends.slice(0, earlier.mends.length), source: g.source, secret: "", seed: "", result: [], waiting: [], spare: [], void: "", record_code: "" };
	for (const m of g.mends.slice(earlier.mends.length).reverse()) {
		if (m.part === "source") then.source = m.was;
		else if (then.calls[m.call - 1]) then.calls[m.call - 1][m.part] = m.part === "number" ? Number(m.was) : m.was;
	}
	then.calls.length = earlier.calls.length;
	if (!earlier.source) then.source = "";
	return !compare(earlier, then);
}

// said writes a part of a log as people read it.
function said(v) {
	if (!Array.isArray(v)) return String(v);
	return v.map((x) => (typeof x === "object" ? Object.keys(x).sort().map((k) => x[k]).join(" ") : x)).join("; ");
}
