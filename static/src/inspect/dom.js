// Small parts of pages: everything that people or the server wrote goes in as text.
export function make(tag, text = "", className = "") {
	const el = document.createElement(tag);
	el.textContent = text;
	el.className = className;
	return el;
}

export function button(text, act, className = "btn quiet small-btn") {
	const b = make("button", text, className);
	b.type = "button";
	b.addEventListener("click", act);
	return b;
}

// from is a copy of the content of a template.
export const from = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const part = (el, name) => el.querySelector(`[data-part="${name}"]`);

// shown is an address of a blob for as long as its picture stands.
export function shown(blob) {
	const img = make("img");
	img.src = URL.createObjectURL(blob);
	img.onload = () => URL.revokeObjectURL(img.src);
	return img;
}
