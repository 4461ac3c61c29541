// The camera: frames of its middle go to the reader, one at a time.
import { newReader } from "./reader.js";

const EVERY = 110; // ms between frames
const SIDE = 560; // pixels of the square that is read

export class Camera {
	// take is called with each text that is read, and when its frame was taken.
	constructor(video, workerURL, take) { Object.assign(this, { video, workerURL, take, paused: true }); }

	// start shows the camera and reads until stop or pause. It throws what
	// getUserMedia throws.
	async start() {
		if (!this.stream) await this.open();
		this.reader ||= await newReader(this.workerURL);
		if (!this.stream || !this.paused) return;
		this.paused = false;
		this.loop();
	}

	async open() {
		const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
		if (!navigator.mediaDevices) throw new Error("no camera");
		const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
		this.stream = stream;
		this.video.srcObject = stream;
		await this.video.play();
	}

	// pause reads no more; the camera stays on, so that it is ready at once.
	pause() {
		clearTimeout(this.timer);
		this.paused = true;
	}

	stop() {
		this.pause();
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
			const at = performance.now();
			const text = await this.frame().catch(() => "");
			if (stream !== this.stream || this.paused) return;
			if (text) this.take(text, at);
			if (!this.paused) this.loop();
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
