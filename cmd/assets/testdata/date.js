// Types dates into the two kinds of date fields: typedDates(cases) gives where the
// field shows another day than the server reads, or hides what it refuses.
import { dateFields, readDate } from "../../../static/src/js/part/date.js";

globalThis.typedDates = async (cases) => {
	const faults = [];
	for (const { typed, past, today, shown } of cases) {
		const got = readDate(typed, today, past);
		if (got === null ? !/\p{L}/u.test(typed) : got !== shown) faults.push(typed + " on " + today + (past ? ", past" : "") + " is shown as " + got + ", want " + shown);
	}
	const field = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input");
	field.className = "field";
	Object.assign(input, { id: "f-on" }).dataset.date = "past";
	label.htmlFor = "f-on";
	field.append(label, input);
	document.body.replaceChildren(field);
	Object.assign(document.body.dataset, { tDate: "no date", icons: "" });
	dateFields(document);
	const type = (text) => { input.value = text; input.dispatchEvent(new Event("change")); return [input.value, document.querySelector(".fault")?.textContent || ""].join("|"); };
	for (const [text, want] of [["31/4", "31/4|no date"], ["1/2/2026", "01/02/2026|"], ["01022026", "01/02/2026|"], ["rằm tháng 7", "rằm tháng 7|"], ["", "|"], ["45", "45|no date"]]) {
		if (type(text) !== want) faults.push(text + " leaves " + type(text) + ", want " + want);
	}
	return faults.slice(0, 30);
};
