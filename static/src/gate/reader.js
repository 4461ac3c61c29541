// What reads a QR symbol from a canvas: the browser's own reader if it passes a
// test, else one in a worker.
import selfTest from "./selftest.js";
import { scriptURL } from "./trusted.js";

let reader;

// newReader gives the page's reader: async (canvas, its context) => text, "" when
// there is no symbol. One serves camera and photos.
export function newReader(workerURL) {
	reader ||= nativeReader().catch(() => null).then((native) => native || workerReader(workerURL));
	return reader;
}

async function nativeReader() {
	if (!window.BarcodeDetector || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
	const detector = new BarcodeDetector({ formats: ["qr_code"] });
	const read = async (canvas) => (await detector.detect(canvas))[0]?.rawValue || "";
	return (await read(selfTest.draw())) === selfTest.text ? read : null;
}

function workerReader(url) {
	const worker = new Worker(scriptURL(url));
	return (canvas, g) => new Promise((resolve) => {
		const image = g.getImageData(0, 0, canvas.width, canvas.height);
		worker.onmessage = (e) => resolve(e.data);
		worker.onerror = () => resolve("");
		worker.postMessage({ width: image.width, height: image.height, data: image.data }, [image.data.buffer]);
	});
}
