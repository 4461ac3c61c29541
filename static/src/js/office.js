// The script of the office pages: batch selection, live figures, jobs.
import { areaPickers } from "./part/area.js";
import { moneyFields } from "./part/money.js";
import { photoFields } from "./part/photo.js";
import { poll } from "./part/poll.js";

areaPickers(document);
moneyFields(document);
photoFields(document);
poll(document);

for (const all of document.querySelectorAll("input[data-all]")) {
	all.addEventListener("change", () => {
		for (const box of all.closest("form").querySelectorAll("input[name='" + all.dataset.all + "']")) box.checked = all.checked;
	});
}
for (const button of document.querySelectorAll("button[data-confirm]")) {
	button.addEventListener("click", (e) => { if (!confirm(button.dataset.confirm)) e.preventDefault(); });
}
for (const button of document.querySelectorAll("button[data-print]")) button.addEventListener("click", () => print());
