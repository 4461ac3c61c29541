// A signature drawn on the screen, and photos: both become JPEG files named by the hash
// of their bytes.
import { shrink } from "../js/part/photo.js";

// picture keeps bytes as a photo of an item.
export async function picture(blob, item) {
	const sum = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
	const hash = [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, "0")).join("");
	return { photo: { hash, item, taken_at: Date.now(), size: blob.size }, kept: { hash, blob } };
}

// shot is a photo from the camera or the gallery, made small.
export async function shot(file, item) {
	const small = await shrink(file);
	return picture(small.file, item);
}

// Pad is where somebody signs with a finger.
export class Pad {
	constructor(canvas, changed) {
		Object.assign(this, { canvas, changed, ctx: canvas.getContext("2d"), drawn: 0 });
		canvas.addEventListener("pointerdown", (e) => this.down(e));
		canvas.addEventListener("pointermove", (e) => this.move(e));
		for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.up());
		this.clear();
	}

	clear() {
		const { canvas, ctx } = this;
		ctx.fillStyle = "#fff";
		ctx.fillRect(0, 0, canvas.width, canvas.height);
		Object.assign(ctx, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#14304f" });
		this.drawn = 0;
	}

	at(e) {
		const box = this.canvas.getBoundingClientRect();
		return [((e.clientX - box.left) * this.canvas.width) / box.width, ((e.clientY - box.top) * this.canvas.height) / box.height];
	}

	down(e) {
		e.preventDefault();
		this.canvas.setPointerCapture(e.pointerId);
		this.last = this.at(e);
	}

	move(e) {
		if (!this.last) return;
		const to = this.at(e);
		this.ctx.beginPath();
		this.ctx.moveTo(...this.last);
		this.ctx.lineTo(...to);
		this.ctx.stroke();
		this.drawn += Math.hypot(to[0] - this.last[0], to[1] - this.last[1]);
		this.last = to;
	}

	up() {
		if (!this.last) return;
		this.last = null;
		if (this.drawn > 40) this.changed(); // a dot is no signature
	}

	blob() { return new Promise((done) => this.canvas.toBlob(done, "image/jpeg", 0.9)); }
}
