// A button behind each new password shows what was typed: on a phone a slip of the
// thumb is not seen otherwise. data-show holds its label.
export function passwordFields(root) {
	for (const input of root.querySelectorAll("input[data-show]")) {
		const button = document.createElement("button");
		button.type = "button";
		button.className = "link reveal";
		button.textContent = input.dataset.show;
		button.setAttribute("aria-pressed", "false");
		button.setAttribute("aria-controls", input.id);
		button.addEventListener("click", () => {
			const shown = input.type === "password";
			input.type = shown ? "text" : "password";
			button.setAttribute("aria-pressed", String(shown));
		});
		input.form.addEventListener("submit", () => { input.type = "password"; });
		input.after(button);
	}
}
