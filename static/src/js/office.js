// The script of the office pages: forms, batch selection, live figures.
import { batches } from "./part/batch.js";
import { books } from "./part/book.js";
import { common } from "./part/common.js";
import { keys } from "./part/keys.js";
import { poll } from "./part/poll.js";
import { search } from "./part/search.js";
import { titles } from "./part/title.js";

common(document);
batches(document);
books(document);
keys(document);
poll(document);
search(document);
titles(document);

for (const button of document.querySelectorAll("button[data-confirm]")) {
	button.addEventListener("click", (e) => { if (!confirm(button.dataset.confirm)) e.preventDefault(); });
}
for (const button of document.querySelectorAll("button[data-print]")) button.addEventListener("click", () => print());
for (const button of document.querySelectorAll("button[data-copies]")) {
	button.hidden = false;
	button.addEventListener("click", async () => {
		const text = document.getElementById(button.dataset.copies);
		text.select();
		try {
			await navigator.clipboard.writeText(text.value);
			button.textContent = button.dataset.copied;
		} catch { document.execCommand("copy"); }
	});
}
