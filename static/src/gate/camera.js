// The camera: frames of its middle go to the browser's own reader if that passes a
// test, else to a worker, one at a time.
import selfTest from "./selftest.js";

const EVERY = 110; // ms between frames
const SIDE = 560; // pixels of the square that is read

const policy = window.trustedTypes?.createPolicy("hoicho-gate", {
	createScriptURL(url) {
		if (!url.startsWith("/static/js/")) throw new TypeError("not a script of this server");
		return url;
	},
});

export class Camera {
	// take is called with each text that is read.
	constructor(video, workerURL, take) { Object.assign(this, { video, workerURL, take, reader: null }); }

	// start shows the camera and reads until stop. It throws what getUserMedia throws.
	async start() {
		if (this.stream) return;
		const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
		const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
		this.stream = stream;
		this.video.srcObject = stream;
		await this.video.play();
		this.reader ||= await newReader(this.workerURL);
		this.loop();
	}

	stop() {
		clearTimeout(this.timer);
		for (const track of this.stream?.getTracks() || []) track.stop();
		this.stream = null;
		this.video.srcObject = null;
	}

	// hasTorch reports whether the camera has a light.
	hasTorch() { return Boolean(this.stream?.getVideoTracks()[0]?.getCapabilities?.().torch); }
	torch(on) { return this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] }); }

	loop() {
		const stream = this.stream;
		this.timer = setTimeout(async () => {
			const text = await this.frame().catch(() => "");
			if (stream !== this.stream) return;
			if (text) this.take(text);
			this.loop();
		}, EVERY);
	}

	// frame reads the middle of the picture.
	async frame() {
		const w = this.video.videoWidth, h = this.video.videoHeight;
		if (!w || this.video.readyState < 2) return "";
		const side = Math.min(w, h), size = Math.min(side, SIDE);
		this.canvas ||= document.createElement("canvas");
		this.canvas.width = this.canvas.height = size;
		const g = this.canvas.getContext("2d", { willReadFrequently: true });
		g.drawImage(this.video, (w - side) / 2, (h - side) / 2, side, side, 0, 0, size, size);
		return this.reader(this.canvas, g);
	}
}

// newReader is the browser's own reader of QR symbols if it reads the test
// symbol, else one in a worker.
async function newReader(workerURL) {
	const native = await nativeReader().catch(() => null);
	return native || workerReader(workerURL);
}

async function nativeReader() {
	if (!window.BarcodeDetector || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
	const detector = new BarcodeDetector({ formats: ["qr_code"] });
	const read = async (canvas) => (await detector.detect(canvas))[0]?.rawValue || "";
	return (await read(selfTest.draw())) === selfTest.text ? read : null;
}

function workerReader(url) {
	const worker = new Worker(policy ? policy.createScriptURL(url) : url);
	return (canvas, g) => new Promise((resolve) => {
		const image = g.getImageData(0, 0, canvas.width, canvas.height);
		worker.onmessage = (e) => resolve(e.data);
		worker.onerror = () => resolve("");
		worker.postMessage({ width: image.width, height: image.height, data: image.data }, [image.data.buffer]);
	});
}
