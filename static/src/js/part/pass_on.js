// Buttons by which a reader passes a page on: share, listen, print. They are hidden
// until the browser can do what they say; without this script there are none.
export function passOn(root) {
	const bar = root.querySelector("[data-pass-on]");
	if (!bar) return;
	const said = bar.querySelector("[role=status]");
	for (const [mark, act] of [["share", share], ["print", print]]) {
		const button = bar.querySelector(`[data-${mark}]`); // a page offers those that make sense
		if (button) act(button, said, root);
	}
	bar.hidden = false;
}

// share opens the phone's share sheet; where there is none the address is copied.
function share(button, said) {
	if (!navigator.share && !navigator.clipboard) return;
	const link = document.querySelector("link[rel=canonical]"), url = link ? link.href : location.href;
	button.hidden = false;
	button.addEventListener("click", async () => {
		try {
			if (navigator.share) return await navigator.share({ title: document.querySelector("h1").textContent, url });
			await navigator.clipboard.writeText(url);
			said.textContent = button.dataset.share;
		} catch (e) {
			if (e.name !== "AbortError") said.textContent = button.dataset.failed + " " + url;
		}
	});
}

// readAloud is for the pages that may be heard.
export function readAloud(root) {
	const bar = root.querySelector("[data-pass-on]"), button = bar && bar.querySelector("[data-listen]");
	if (button) listen(button, bar.querySelector("[role=status]"), root);
}

function print(button) {
	button.hidden = false;
	button.addEventListener("click", () => window.print());
}

// listen reads the article aloud by a voice of the device, in the language of the
// article; where the device has no such voice there is no button. Browsers fall silent
// in a long text, so each paragraph is a piece of its own.
function listen(button, said, root) {
	const words = root.querySelectorAll("[data-aloud]");
	if (!window.speechSynthesis || !words.length) return;
	const lang = words[0].closest("[lang]").lang, label = button.querySelector("span"), idle = label.textContent;
	const voice = () => speechSynthesis.getVoices().find((v) => v.lang.toLowerCase().startsWith(lang) && v.localService);
	const show = () => { button.hidden = !voice(); };
	const stop = () => { speechSynthesis.cancel(); label.textContent = idle; };
	speechSynthesis.addEventListener("voiceschanged", show);
	show();
	button.addEventListener("click", () => {
		if (label.textContent !== idle) return stop();
		label.textContent = button.dataset.listen;
		const pieces = [...words].flatMap((w) => (w.children.length ? [...w.children] : [w])).map((el) => el.textContent.trim()).filter(Boolean);
		pieces.forEach((piece, i) => {
			const u = new SpeechSynthesisUtterance(piece);
			u.voice = voice();
			u.lang = u.voice.lang;
			if (i === pieces.length - 1) u.onend = () => { label.textContent = idle; };
			speechSynthesis.speak(u);
		});
	});
	addEventListener("pagehide", stop);
}
