// Money and counts get their dots while typing; the cursor stays behind the same
// digit.
export function moneyFields(root) {
	for (const input of root.querySelectorAll("input[data-money]")) {
		format(input);
		input.addEventListener("input", () => format(input));
	}
}

function format(input) {
	const before = input.value.slice(0, input.selectionStart ?? input.value.length).replace(/\D/g, "").length;
	const digits = input.value.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
	const text = digits.replace(/\B(?=(\d{3})+$)/g, ".");
	if (text === input.value) return;
	input.value = text;
	let at = 0;
	for (let seen = 0; at < text.length && seen < before; at++) if (text[at] !== ".") seen++;
	if (document.activeElement === input) input.setSelectionRange(at, at);
}
