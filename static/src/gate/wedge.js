// Scanners that act as a keyboard. Keys are read by where they are (event.code),
// because a Vietnamese input method rewrites letters: DD becomes Đ. Scanners built
// into a phone leave that out: then the letter itself is read. Many pause in the
// middle of a symbol, some press no key at its end, and a shift lock turns the case
// round.
import { linkIn } from "./token.js";

const PAUSE = 400; // ms within a symbol; scanners pause up to 300
const LONG = 2000; // ms that a link is waited for once it has begun
const REST = 10000; // ms after a part of a symbol in which its rest may still come
const WORTH = 12; // letters from which on it is worth a word
const MOST = 512;

const PLAIN = { Slash: "/", Period: ".", Minus: "-", NumpadSubtract: "-", NumpadDecimal: ".", NumpadDivide: "/", BracketLeft: "[", BracketRight: "]" };
const SHIFTED = { Semicolon: ":", Digit3: "#" };

// letterOf is the character of a key on the layout that scanners are set to.
export function letterOf(e) {
	if (!e.code) return /^[\x21-\x7e]$/.test(e.key) ? e.key : "";
	if (e.shiftKey && SHIFTED[e.code]) return SHIFTED[e.code];
	const digit = /^(?:Digit|Numpad)([0-9])$/.exec(e.code);
	if (digit && !e.shiftKey) return digit[1];
	const letter = /^Key([A-Z])$/.exec(e.code);
	if (letter) return e.shiftKey ? letter[1] : letter[1].toLowerCase();
	return PLAIN[e.code] || "";
}

const ends = (e) => ["Enter", "NumpadEnter", "Tab"].includes(e.code || e.key);

// piece reports whether a text may be a part of a pass's link whose rest was lost.
const piece = (text) => /^[a-z0-9.:\-[\]]*\/{0,2}[a-z0-9.:\-[\]]*(\/t?\/?)?\d*#?\d*$/i.test(text);

// listen calls take with each text that a scanner types while active() holds, and
// broken where only a part of a symbol came: that is never judged. In a field it
// takes links alone, the rest is somebody's typing.
export function listen(target, active, take, broken) {
	new Wedge(active, take, broken).listen(target);
}

class Wedge {
	constructor(active, take, broken) { Object.assign(this, { active, take, broken, text: "", last: -REST, rest: false, taken: false }); }

	listen(target) { target.addEventListener("keydown", (e) => this.key(e), true); }

	key(e) {
		if (e.ctrlKey || e.altKey || e.metaKey) return;
		clearTimeout(this.timer);
		this.begin(e.timeStamp - this.last);
		this.last = e.timeStamp;
		const field = Boolean(e.target.matches?.("input, textarea, select"));
		if (!this.active()) return this.away(e);
		if (ends(e)) return this.suffix(e, field);
		this.letter(e, field);
	}

	// begin drops what a symbol after a pause does not go on with. rest says that what
	// comes may be the rest of something. A link is waited for longer: nobody types the
	// beginning of one.
	begin(pause) {
		if (pause <= PAUSE || (pause <= LONG && !this.taken && /^https?:/i.test(this.text))) return;
		this.rest = pause <= REST && (this.rest || (this.text !== "" && !this.taken));
		this.text = "";
		this.taken = false;
	}

	letter(e, field) {
		const letter = letterOf(e);
		if (this.text.length < MOST) this.text += letter;
		if (letter && !field && this.text.length > 1) e.preventDefault();
		if (this.taken || !this.text) return;
		const link = letter && linkIn(this.text);
		if (link) this.done(link);
		else if (!field) this.timer = setTimeout(() => this.end(), PAUSE);
	}

	// suffix is the key that many scanners press at the end of a symbol.
	suffix(e, field) {
		const whole = !field && this.text.length >= WORTH;
		if (whole || this.taken) e.preventDefault();
		if (whole) this.end();
		Object.assign(this, { text: "", rest: false, taken: false });
	}

	// away is a key on another screen: what comes after it may be its rest.
	away(e) { Object.assign(this, { text: "", rest: !ends(e), taken: false }); }

	// end judges what came when no more comes.
	end() {
		const { text, rest } = this;
		if (text.length < WORTH || this.taken) return;
		if (/^\d{12}$/.test(text) && !rest) this.done(text);
		else if (piece(text)) this.broken();
		else this.done(text);
	}

	done(text) {
		this.taken = true;
		this.rest = false;
		this.take(text);
	}
}
