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
	moneyFields(document);
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
	return faults.slice(0, 30);
};
