// A date is typed, or picked from the calendar of the browser behind a button.
// Eight or four digits without strokes get them when the field is left: some
// phones' number keys have no stroke.
export function dateFields(root) {
	for (const input of root.querySelectorAll("input[data-date]")) {
		input.addEventListener("change", () => { input.value = stroked(input.value); });
		if ("showPicker" in HTMLInputElement.prototype) addCalendar(input);
	}
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
