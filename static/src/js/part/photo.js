// Photos are shrunk in the browser before they are sent, because the server takes
// one megabyte at most and phones have slow lines.
const SIDE = 1600, LIMIT = 900 * 1024;

export function photoFields(root) {
	for (const input of root.querySelectorAll("input[type=file][data-photo]")) input.addEventListener("change", () => shrinkAll(input));
}

async function shrinkAll(input) {
	const bar = document.createElement("progress");
	bar.max = input.files.length;
	bar.value = 0;
	bar.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent.trim() : "");
	input.after(bar);
	const out = new DataTransfer();
	for (const file of input.files) {
		out.items.add(await shrink(file));
		bar.value++;
	}
	input.files = out.files;
	bar.remove();
}

async function shrink(file) {
	if (!/^image\//.test(file.type)) return file;
	try {
		const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
		let scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
		for (let quality = 0.85; ; quality -= 0.1, scale *= 0.9) {
			const canvas = document.createElement("canvas");
			canvas.width = Math.max(1, Math.round(bitmap.width * scale));
			canvas.height = Math.max(1, Math.round(bitmap.height * scale));
			canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
			const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
			if (blob && (blob.size <= LIMIT || quality < 0.4)) return new File([blob], "anh.jpg", { type: "image/jpeg" });
		}
	} catch {
		return file; // the server says what is wrong with it
	}
}
