// Money is shown as it was read when a field is left: 45k becomes 45.000. What is not
// understood, or may be meant in two ways, stays as it was typed, with a word beside
// it. It is read as by vn.ParseDong, which has the last word. The number keys of phones
// have no letters, so there thousand and million are buttons.
import { tell } from "./fault.js";

const SIGNS = ["₫", "đồng", "vnđ", "vnd", "đ", "d"];
const ZEROS = { k: 3, "nghìn": 3, "ngàn": 3, nghin: 3, ngan: 3, tr: 6, "triệu": 6, trieu: 6, "tỷ": 9, "tỉ": 9, ty: 9, ti: 9 };
const TENTHS = /^([1-9]|[0-9][1-9]|[0-9]{3})$/; // "1tr50" may be 1.500.000 or 1.050.000
const MOST = 9223372036854775807n, FIRST = 19;

export function moneyFields(root) {
	for (const input of root.querySelectorAll("input[data-money]")) {
		input.addEventListener("change", () => settle(input));
		if (matchMedia("(pointer: coarse)").matches) addSizes(input);
	}
}

function addSizes(input) {
	const { tThousand, tMillion } = document.body.dataset, box = document.createElement("span");
	box.className = "sizes";
	for (const [word, text] of [["k", tThousand], ["tr", tMillion]]) {
		const button = document.createElement("button");
		button.type = "button";
		button.className = "btn quiet small-btn";
		button.textContent = text;
		button.setAttribute("aria-label", text + ": " + (input.labels[0]?.textContent.trim() || ""));
		button.addEventListener("pointerdown", (e) => e.preventDefault()); // what was typed is not settled before
		button.addEventListener("click", () => {
			input.value = sized(input.value, word);
			for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
		});
		box.append(button);
	}
	const next = input.nextElementSibling;
	(next?.ariaHidden === "true" ? next : input).after(box);
}

// sized is an amount with a word of size behind it, as it was where that means nothing.
export const sized = (text, word) => readDong(text.trim() + word) === null ? text : text.trim() + word;

function settle(input) {
	const text = input.value.trim(), { tMoney, tNegative } = document.body.dataset;
	const amount = text ? readDong(text) : null;
	if (amount !== null) input.value = grouped(amount);
	tell(input, !text || amount !== null ? "" : /^[-−]/.test(text) ? tNegative : tMoney);
}

const grouped = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, ".");

// readDong is an amount as a BigInt, null where it is none.
export function readDong(typed) {
	let text = typed.trim().normalize("NFC").toLowerCase().split(/[ \t\u00a0\u2009\u202f]+/).join(" ").trim();
	if (/^[-−]/.test(text)) return null;
	const sign = SIGNS.find((s) => text.endsWith(s));
	if (sign) text = text.slice(0, -sign.length).trim();
	const amount = whole(text) ?? spoken(text);
	return amount !== null && amount <= MOST ? amount : null;
}

// whole is an amount in figures alone; zeros behind the decimal mark are let go.
function whole(text) {
	const [, head, mark] = /^(.+)([.,])00?$/s.exec(text) || [];
	if (mark && head.includes(mark)) return null;
	return ungrouped(mark ? head : text);
}

// spoken is numbers with words of size behind them, the larger first.
function spoken(text) {
	let total = 0n, above = FIRST;
	for (let rest = text; rest;) {
		let [, number, word] = /^([0-9., ]*)(\p{L}*)/u.exec(rest);
		rest = rest.slice(number.length + word.length);
		let zeros = Object.hasOwn(ZEROS, word) ? ZEROS[word] : -1;
		if (!word && above < FIRST && TENTHS.test(number)) [zeros, number] = [above, "0," + number];
		const part = zeros < 0 ? null : scaled(number.trim(), zeros);
		if (part === null || (word && zeros >= above) || (above < FIRST && String(part).length > above)) return null;
		total += part;
		[above, rest] = [zeros, rest.trim()];
	}
	return above < FIRST ? total : null;
}

// scaled is a number with at most so many decimals, times ten to their power.
function scaled(number, zeros) {
	let at = Math.max(number.lastIndexOf(","), number.lastIndexOf(".")), decimals = "";
	if (at > 0 && (number[at] === "," || number.length - at - 1 !== 3)) {
		decimals = number.slice(at + 1);
		number = number.slice(0, at);
		if (!/^\d+$/.test(decimals) || (decimals.length === 3 && number !== "0")) return null;
	}
	const head = ungrouped(number);
	if (head === null || decimals.length > zeros) return null;
	return BigInt(head + decimals + "0".repeat(zeros - decimals.length));
}

// ungrouped takes the marks out of thousands; null where the groups are not of three.
function ungrouped(text) {
	const mark = /[^0-9]/.exec(text)?.[0];
	if (!mark) return /^\d+$/.test(text) ? BigInt(text) : null;
	const groups = text.split(mark);
	if (![".", ",", " "].includes(mark) || !/^[1-9]\d{0,2}$/.test(groups[0]) || groups.slice(1).some((g) => !/^\d{3}$/.test(g))) return null;
	return BigInt(groups.join(""));
}
