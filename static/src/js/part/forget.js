// The passes that a phone keeps belong to whoever is signed in. They go before somebody
// signs out or in, and on any page that nobody is signed in on.
export const PASSES = "hoicho-pass";

export function forget(root) {
	if (!self.caches) return;
	const drop = () => { caches.delete(PASSES); };
	if (!root.querySelector("form[action='/dang-xuat']")) drop();
	for (const form of root.querySelectorAll("form[action='/dang-xuat'], form[action='/dang-nhap'], form[action='/dang-ky']")) {
		form.addEventListener("submit", drop);
	}
}
