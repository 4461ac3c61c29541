// A second tap on a button that sends is not a second sending; a form with files
// shows that it is on its way.
const AGAIN = 4000;

export function sending(root) {
	for (const form of root.querySelectorAll("form[method=post]")) {
		let sentAt = -AGAIN;
		form.addEventListener("submit", (e) => {
			if (e.defaultPrevented) return;
			if (e.timeStamp - sentAt < AGAIN) return e.preventDefault();
			sentAt = e.timeStamp;
			if (form.enctype === "multipart/form-data") showBar(form);
		});
	}
	// back from the next page by the browser's button: the bar is out of date
	addEventListener("pageshow", () => { for (const bar of root.querySelectorAll("[data-sending]")) bar.remove(); });
}

function showBar(form) {
	const box = document.createElement("p"), bar = document.createElement("progress");
	box.dataset.sending = "";
	box.setAttribute("role", "status");
	bar.setAttribute("aria-label", document.body.dataset.tSending);
	box.append(document.body.dataset.tSending, bar);
	form.append(box);
}
