// A date is typed, or picked from the calendar of the browser behind a button. When
// the field is left it shows what is read, as vn.ParseDate does: without a year the
// last such day or the next, as the field wants it. Eight or four digits get their
// strokes: some phones' number keys have none.
import { tell } from "./fault.js";

export function dateFields(root) {
	for (const input of root.querySelectorAll("input[data-date]")) {
		input.addEventListener("change", () => settle(input));
		if ("showPicker" in HTMLInputElement.prototype) addCalendar(input);
	}
}

function settle(input) {
	const text = input.value.trim(), read = text ? readDate(text, vietnam(), input.dataset.date === "past") : "";
	if (read) input.value = read;
	tell(input, text && read === "" ? document.body.dataset.tDate : "");
}

// vietnam is today's date there.
const vietnam = () => new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);

// readDate shows a date as it is read, "" where it is none; null for words, which the
// server reads: days of the lunar calendar.
export function readDate(text, today, past) {
	const parts = stroked(text).split(/[/\-. ]+/).filter(Boolean);
	if (parts.some((p) => !/^\d+$/.test(p))) return null;
	if (parts.length === 3 && parts[0].length === 4) parts.reverse();
	if (parts.length === 2) parts.push(yearMeant(parts[0], parts[1], today, past));
	if (parts.length !== 3) return "";
	if (parts[2].length === 2) parts[2] = "20" + parts[2];
	return isDay(...parts) ? two(parts[0]) + "/" + two(parts[1]) + "/" + parts[2] : "";
}

const two = (s) => s.padStart(2, "0");

// yearMeant is the year of the next or the last such day, whether or not it has one.
function yearMeant(day, month, today, past) {
	const order = two(month) + "-" + two(day), now = today.slice(5), year = Number(today.slice(0, 4));
	return String(past && order > now ? year - 1 : !past && order < now ? year + 1 : year);
}

function isDay(day, month, year) {
	if (day.length > 2 || month.length > 2 || year.length !== 4 || year < "1900" || year > "2100") return false;
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
}

function stroked(text) {
	const m = /^(\d\d)(\d\d)(\d{4})?$/.exec(text.trim());
	return m ? m.slice(1).filter(Boolean).join("/") : text;
}

function addCalendar(input) {
	const box = document.createElement("div"), button = document.createElement("button"), native = document.createElement("input");
	box.className = "with-pick";
	button.type = "button";
	button.className = "btn quiet pick";
	button.append(icon("calendar"));
	button.setAttribute("aria-label", document.body.dataset.tPick + ": " + input.labels[0].textContent.trim());
	native.type = "date";
	native.tabIndex = -1;
	native.setAttribute("aria-hidden", "true");
	input.replaceWith(box);
	box.append(input, button, native);
	button.addEventListener("click", () => {
		native.value = iso(input.value);
		native.showPicker();
	});
	native.addEventListener("change", () => {
		input.value = native.value.split("-").reverse().join("/");
		input.dispatchEvent(new Event("input", { bubbles: true }));
		input.dispatchEvent(new Event("change", { bubbles: true }));
		button.focus();
	});
}

// iso turns 5/2/2027 into 2027-02-05; anything else into nothing, which opens the
// calendar at today.
export function iso(text) {
	const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(stroked(text).trim());
	return m ? m[3] + "-" + m[2].padStart(2, "0") + "-" + m[1].padStart(2, "0") : "";
}

// icon draws a symbol of the sprite that an icon of the page names.
function icon(name) {
	const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), use = document.createElementNS(ns, "use");
	svg.setAttribute("class", "i");
	svg.setAttribute("aria-hidden", "true");
	use.setAttribute("href", document.body.dataset.icons + "#" + name);
	svg.append(use);
	return svg;
}
