// The title of a new event, proposed from its kind and commune while they are chosen, as the
// server would at saving. What a person typed there is never touched.
const unitKind = /^(tỉnh|thành phố|xã|phường|đặc khu|thị trấn|thị xã|quận|huyện)\s+/iu;

export function titles(root) {
	const forms = root.querySelector("[data-titles]");
	if (!forms) return;
	const form = forms.closest("form"), title = form.elements.title, area = form.elements.area, ref = form.elements.area_ref;
	let proposed = "";
	const propose = () => {
		if (title.value !== "" && title.value !== proposed) return;
		const kind = form.elements.kind.value, said = [...forms.children].find((li) => li.dataset.kind === kind);
		const unit = ref.value && area.value.split(",")[0].replace(unitKind, "");
		if (!said || !unit) return;
		proposed = title.value = said.textContent.replace("{0}", unit);
		title.dispatchEvent(new Event("change", { bubbles: true }));
	};
	form.addEventListener("change", (e) => { if (e.target.name === "kind" || e.target === area) propose(); });
}
