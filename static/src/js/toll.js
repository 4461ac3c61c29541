// Pays the toll of a tip from a network that sends very many: looks for a number with which
// the SHA-256 of "token:number" begins with so many zero bits, a slice at a time so that the
// page stays alive, and sends the form. Whoever has no script waits instead.
import { first } from "./part/sha256.js";

const box = document.getElementById("toll"), SLICE = 40;

if (box) {
	const { token, bits, auto, work, done } = box.dataset, form = document.querySelector("input[name=proof]").form;
	const say = (text) => { box.querySelector("[data-say]").textContent = text; };
	let n = 0;
	say(work);
	setTimeout(function search() {
		for (const until = Date.now() + SLICE; Date.now() < until;) {
			for (const stop = n + 200; n < stop; n++) if (Math.clz32(first(token + ":" + n)) >= bits) return pay();
		}
		setTimeout(search);
	});

	function pay() {
		form.elements.proof.value = n;
		say(done);
		if (auto) form.requestSubmit();
	}
}
