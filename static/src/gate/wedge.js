// Scanners that act as a keyboard. Keys are read by where they are (event.code),
// because a Vietnamese input method rewrites letters: DD becomes Đ.

const GAP = 80; // ms: nobody types that fast
const PLAIN = { Slash: "/", Period: ".", Minus: "-", NumpadSubtract: "-", NumpadDecimal: ".", NumpadDivide: "/", BracketLeft: "[", BracketRight: "]" };
const SHIFTED = { Semicolon: ":", Digit3: "#" };

// letterOf is the character of a key on the layout that scanners are set to.
export function letterOf(e) {
	if (e.shiftKey && SHIFTED[e.code]) return SHIFTED[e.code];
	const digit = /^(?:Digit|Numpad)([0-9])$/.exec(e.code);
	if (digit && !e.shiftKey) return digit[1];
	const letter = /^Key([A-Z])$/.exec(e.code);
	if (letter) return e.shiftKey ? letter[1] : letter[1].toLowerCase();
	return PLAIN[e.code] || "";
}

// listen calls take with each text that a scanner types while active() holds.
export function listen(target, active, take) {
	let text = "", last = 0;
	target.addEventListener("keydown", (e) => {
		if (!active() || e.ctrlKey || e.altKey || e.metaKey) return;
		if (e.timeStamp - last > GAP) text = "";
		last = e.timeStamp;
		if ((e.code === "Enter" || e.code === "NumpadEnter" || e.code === "Tab") && text.length >= 12) {
			e.preventDefault();
			take(text);
			text = "";
			return;
		}
		const letter = letterOf(e);
		if (!letter) return;
		text += letter;
		if (text.length > 1) e.preventDefault();
		if (text.length > 512) text = "";
	}, true);
}
