// The texts of the page, in its language: the server writes them into the page.

let texts = {}, stem = "";

// setTexts takes the texts; how their keys begin is left out where they are used.
export function setTexts(json, begin = "gate.app.") {
	texts = JSON.parse(json);
	stem = begin;
}

// t is a text with its arguments filled in; "" where there is none.
export function t(key, ...args) {
	return (texts[stem + key] || "").replace(/\{\{\.A(\d)\}\}/g, (_, i) => String(args[i] ?? ""));
}

// now is the server's time once the phone knows it.
let clock = { now: () => Date.now() };
export function setClock(c) { clock = c; }
export const now = () => clock.now();

const two = (n) => String(n).padStart(2, "0");

// clockOf and dateOf show an instant in Vietnam, whatever the phone's zone.
function local(at) { return new Date(at + 7 * 3600000); }
export function clockOf(at) { const d = local(at); return two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()); }
export function dateOf(day) { const [y, m, d] = day.split("-"); return d + "/" + m + "/" + y; }
export function dayOf(at) { return local(at).toISOString().slice(0, 10); }
