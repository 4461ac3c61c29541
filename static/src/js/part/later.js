// Pictures of lists stand in noscript: a browser with scripts makes each one when
// it is about to be seen, far later than its own lazy loading would.
export function later(root) {
	const size = matchMedia("(max-width: 35em)").matches ? "/tem" : "/nho";
	const show = (box) => {
		const img = document.createElement("img");
		img.alt = "";
		img.src = box.dataset.later + size;
		box.replaceChildren(img);
	};
	const near = new IntersectionObserver((seen) => {
		for (const { isIntersecting, target } of seen) {
			if (!isIntersecting) continue;
			near.unobserve(target);
			show(target);
		}
	}, { rootMargin: "120px 0px" });
	const boxes = root.querySelectorAll("[data-later]");
	boxes.forEach((box) => near.observe(box));
	addEventListener("beforeprint", () => boxes.forEach(show));
}
