// A photo of a symbol, for phones whose browser gives no camera to the page.
import { newReader } from "./reader.js";

const SIDES = [1100, 700, 1600]; // pixels of the longer side, tried in this order

// readPhoto returns the text of the symbol on a photo, "" when none is found.
export async function readPhoto(file, workerURL) {
	const picture = await createImageBitmap(file).catch(() => null);
	if (!picture) return "";
	const read = await newReader(workerURL), canvas = document.createElement("canvas");
	const g = canvas.getContext("2d", { willReadFrequently: true });
	for (const side of SIDES) {
		const scale = Math.min(1, side / Math.max(picture.width, picture.height));
		canvas.width = Math.max(1, Math.round(picture.width * scale));
		canvas.height = Math.max(1, Math.round(picture.height * scale));
		g.drawImage(picture, 0, 0, canvas.width, canvas.height);
		const text = await read(canvas, g);
		if (text) return text;
	}
	return "";
}

// takePhotos calls take with the text of each photo that an input is given, and
// none where a photo shows no symbol.
export function takePhotos(input, workerURL, take, none) {
	input.onchange = async () => {
		const [file] = input.files;
		input.value = "";
		const text = file && (await readPhoto(file, workerURL));
		if (text) take(text);
		else if (file) none();
	};
}
