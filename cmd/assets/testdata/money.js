// Types amounts into a money field as the pages have it: typedMoney(cases) gives where
// the field shows another amount than the server reads, or hides what it refuses.
import { moneyFields } from "../../../static/src/js/part/money.js";

globalThis.typedMoney = async (cases) => {
	const field = document.createElement("div"), input = document.createElement("input"), faults = [];
	field.className = "field";
	Object.assign(input, { id: "f-price" }).dataset.money = "";
	field.append(input);
	document.body.replaceChildren(field);
	Object.assign(document.body.dataset, { tMoney: "not understood", tNegative: "negative" });
	withPointer("fine", () => moneyFields(document));
	for (const { typed, shown } of cases) {
		input.value = "";
		for (const c of typed) {
			input.value += c;
			input.dispatchEvent(new Event("input", { bubbles: true }));
		}
		input.dispatchEvent(new Event("change", { bubbles: true }));
		if (input.value !== (shown || typed)) faults.push(typed + " is shown as " + input.value + ", want " + (shown || typed));
		const told = Boolean(document.querySelector(".fault")), invalid = input.getAttribute("aria-invalid") === "true";
		if (told !== !shown || invalid !== told) faults.push(typed + ": told " + told + ", marked " + invalid);
	}
	return faults.concat(sizeButtons(input)).slice(0, 30);
};

// sizeButtons presses thousand and million, as on a phone whose number keys have no
// letters.
function sizeButtons(input) {
	const faults = [];
	if (input.parentElement.querySelector("button")) faults.push("buttons where letters can be typed");
	Object.assign(document.body.dataset, { tThousand: "nghìn", tMillion: "triệu" });
	withPointer("coarse", () => moneyFields(document));
	const [thousand, million] = input.parentElement.querySelectorAll("button");
	for (const [typed, button, want] of [["45", thousand, "45.000"], ["1,5", million, "1.500.000"], ["", million, ""], ["5tr", thousand, "5.000.000"], ["x", million, "x"]]) {
		input.value = typed;
		button.click();
		if (input.value !== want) faults.push(typed + " and " + button.textContent + " give " + input.value + ", want " + want);
	}
	return faults;
}

// withPointer does something on a device with a pointer of that kind.
function withPointer(kind, what) {
	const real = globalThis.matchMedia;
	globalThis.matchMedia = (query) => ({ matches: query.includes(kind) });
	what();
	globalThis.matchMedia = real;
}
