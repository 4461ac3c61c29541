// Photos are shrunk in the browser before they are sent, because the server takes
// one megabyte at most and phones have slow lines. A small picture shows what will
// be sent.
const SIDE = 1600, LIMIT = 900 * 1024;

export function photoFields(root) {
	for (const input of root.querySelectorAll("input[type=file][data-photo]")) {
		let busy = null;
		input.addEventListener("change", () => { busy = shrinkAll(input).finally(() => { busy = null; }); });
		input.form.addEventListener("submit", async (e) => {
			if (!busy) return;
			e.preventDefault();
			e.stopImmediatePropagation();
			await busy;
			input.form.requestSubmit(e.submitter);
		}, true);
	}
}

async function shrinkAll(input) {
	const status = document.createElement("p"), bar = document.createElement("progress"), thumbs = thumbsOf(input);
	status.className = "hint";
	status.setAttribute("role", "status");
	bar.max = input.files.length;
	bar.value = 0;
	bar.setAttribute("aria-label", document.body.dataset.tShrinking);
	status.append(document.body.dataset.tShrinking, bar);
	input.after(status);
	thumbs.replaceChildren();
	const out = new DataTransfer(), limit = LIMIT / input.files.length;
	for (const file of input.files) {
		const small = await shrink(file, limit);
		out.items.add(small.file);
		if (small.canvas) thumbs.append(thumb(small.canvas));
		bar.value++;
	}
	input.files = out.files;
	status.remove();
}

function thumbsOf(input) {
	let box = input.parentElement.querySelector(".thumbs");
	if (!box) {
		box = document.createElement("div");
		box.className = "thumbs";
		box.setAttribute("aria-hidden", "true");
		input.after(box);
	}
	return box;
}

// shrink makes a photo at most so many bytes large; what is none stays as it is.
export async function shrink(file, limit = LIMIT) {
	if (!/^image\//.test(file.type)) return { file };
	try {
		const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
		let scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
		for (let quality = 0.85; ; quality -= 0.1, scale *= 0.9) {
			const canvas = draw(bitmap, scale);
			const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
			if (blob && (blob.size <= limit || quality < 0.4)) return { file: new File([blob], "anh.jpg", { type: "image/jpeg" }), canvas };
		}
	} catch {
		return { file }; // the server says what is wrong with it
	}
}

function draw(bitmap, scale) {
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	return canvas;
}

const thumb = (canvas) => draw(canvas, Math.min(1, 176 / canvas.height));
