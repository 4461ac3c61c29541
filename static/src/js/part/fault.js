// tell puts a word of what is wrong beside a field, or takes it away: before the form
// is sent, and never instead of what the server says.
export function tell(input, text) {
	const id = "s-" + input.id, box = input.closest(".field") || input.parentElement;
	const described = (input.getAttribute("aria-describedby") || "").split(" ").filter((d) => d && d !== id);
	document.getElementById(id)?.remove();
	if (text) {
		const word = document.createElement("p");
		Object.assign(word, { id, className: "fault", textContent: text });
		word.setAttribute("role", "alert");
		(input.closest(".with-pick, .sales-row") || input).before(word);
		described.push(id);
	}
	if (box.querySelector(".fault")) input.setAttribute("aria-invalid", "true");
	else input.removeAttribute("aria-invalid");
	if (described.length) input.setAttribute("aria-describedby", described.join(" "));
	else input.removeAttribute("aria-describedby");
}
