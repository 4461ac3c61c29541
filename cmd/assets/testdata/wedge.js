// Scanners of every make type a pass's link and other things, with pauses anywhere:
// gateWedge() gives what was judged that must not be, or was not.
import { readingOf } from "../../../static/src/gate/token.js";
import { listen } from "../../../static/src/gate/wedge.js";

const CODE = "123456789015"; // any 12 digits; the check digit is looked at later
const GOOD = "123456789018"; // its check digit is right
const LINK = "https://cho.thainguyen.gov.vn/t/" + CODE + "#" + "7".repeat(164) + CODE;

// scanners are how a letter comes from each make.
const scanners = {
	"by place": (c) => ({ code: codeOf(c), key: c, shiftKey: /[A-Z:#]/.test(c) }),
	"shift lock": (c) => { const t = turned(c); return { code: codeOf(c), key: t, shiftKey: /[A-Z:#]/.test(t) }; },
	"built in": (c) => ({ code: "", key: c, shiftKey: false }),
	"built in, turned round": (c) => ({ code: "", key: turned(c), shiftKey: false }),
	"Vietnamese input": (c) => ({ code: codeOf(c), key: "Process", shiftKey: /[A-Z:#]/.test(c) }),
};

const codes = { "/": "Slash", ".": "Period", "-": "Minus", ":": "Semicolon", "#": "Digit3" };
const codeOf = (c) => codes[c] || (/\d/.test(c) ? "Digit" + c : "Key" + c.toUpperCase());
const turned = (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase());

const suffixes = { none: [], Enter: [{ code: "Enter", key: "Enter" }], Tab: [{ code: "", key: "Tab" }] };

// Desk is a page with a scanner: its time is not the machine's.
class Desk {
	constructor({ scanner = "by place", screen = () => true, field = false } = {}) {
		Object.assign(this, { make: scanners[scanner], field, now: 1e6, taken: [], parts: 0, timer: null, prevented: 0 });
		globalThis.setTimeout = (f, ms) => { this.timer = { f, at: this.now + ms }; return 1; };
		globalThis.clearTimeout = () => { this.timer = null; };
		listen({ addEventListener: (_, f) => { this.hear = f; } }, () => screen(this), (text) => this.taken.push(text), () => this.parts++);
	}

	wait(ms) {
		this.now += ms;
		if (this.timer && this.timer.at <= this.now) {
			const { f } = this.timer;
			this.timer = null;
			f();
		}
		return this;
	}

	press(key) {
		this.hear({ ...key, timeStamp: this.now, target: { matches: () => this.field }, preventDefault: () => this.prevented++ });
		return this.wait(2);
	}

	// type types a text with a pause before some letter.
	type(text, { at = -1, pause = 0 } = {}) {
		[...text].forEach((c, i) => { if (i === at) this.wait(pause); this.press(this.make(c)); });
		return this;
	}

	end(suffix) {
		for (const key of suffixes[suffix]) this.press(key);
		return this.wait(1000);
	}
}

globalThis.gateWedge = async () => {
	const { setTimeout, clearTimeout } = globalThis, faults = [];
	const expect = (what, desk, taken, parts) => {
		if (JSON.stringify(desk.taken) !== JSON.stringify(taken) || (parts >= 0 && Boolean(desk.parts) !== Boolean(parts))) faults.push(what + ": " + JSON.stringify(desk.taken) + ", " + desk.parts + " parts");
	};
	for (const suffix of Object.keys(suffixes)) {
		for (const scanner of Object.keys(scanners)) for (let at = 0; at < LINK.length; at += 3) for (const pause of [0, 300]) {
			expect(scanner + ", " + suffix + ", " + pause + " ms before " + at, new Desk({ scanner }).type(LINK, { at, pause }).end(suffix), [LINK], 0);
		}
		for (let at = 1; at < LINK.length; at++) {
			const head = LINK.slice(0, at), tail = LINK.slice(at), how = suffix + " at " + at;
			expect("tail alone, " + how, new Desk({ screen: (d) => d.awake }).type(head).wake().type(tail).end(suffix), [], tail.length >= 12);
			expect("tail after a long pause, " + how, new Desk().type(head).wait(2500).type(tail).end(suffix), []);
			expect("head alone, " + how, new Desk().type(head).end(suffix), [], head.length >= 12);
			expect("begun again, " + how, new Desk().type(head).wait(700).type(LINK).end(suffix), [LINK]);
		}
		expect("a slow link, " + suffix, new Desk().type(LINK, { at: 60, pause: 1500 }).end(suffix), [LINK]);
		expect("two links, " + suffix, new Desk().type(LINK).end(suffix).type(LINK).end(suffix), [LINK, LINK], 0);
		expect("digits, " + suffix, new Desk().type(CODE, { at: 5, pause: 300 }).end(suffix), [CODE], 0);
		expect("digits of goods, " + suffix, new Desk().type("8934563138165").end(suffix), [], 1);
		expect("digits after a part, " + suffix, new Desk().type("https://cho.vn/t/1234").wait(3000).type(CODE).end(suffix), [], 1);
		expect("something else, " + suffix, new Desk().type("https://example.vn/menu").end(suffix), ["https://example.vn/menu"], 0);
		expect("a link in a field, " + suffix, new Desk({ field: true }).type(LINK).end(suffix), [LINK], 0);
		expect("digits in a field, " + suffix, new Desk({ field: true }).type(CODE).end(suffix), [], 0);
	}
	const keys = new Desk().press({ code: "Tab", key: "Tab" }).press({ code: "Enter", key: "Enter" });
	if (keys.prevented) faults.push("a key of the page was taken");
	const pasted = [[LINK, { qr: LINK }], [" " + LINK.toUpperCase() + "\n", { qr: LINK }], ["Thẻ: " + LINK, { qr: LINK }], ["1234 5678 9018", { code: GOOD }], [GOOD + "\n", { code: GOOD }],
		["1234 5678 9012", null], [LINK.slice(0, -1), null], [LINK.slice(9), null], ["", null]];
	for (const [text, want] of pasted) if (JSON.stringify(readingOf(text)) !== JSON.stringify(want)) faults.push("pasted " + text + ": " + JSON.stringify(readingOf(text)));
	Object.assign(globalThis, { setTimeout, clearTimeout });
	return faults.slice(0, 30);
};

Desk.prototype.wake = function () { this.awake = true; return this; };
