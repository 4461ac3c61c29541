// The first 32 bits of the SHA-256 of a short text of ASCII. The browser's own is to be had on
// secure pages alone, and too slow for many short texts.
const K = [], H = [];
for (let n = 2, c = 0; c < 64; n++) {
	let prime = true;
	for (let i = 2; i * i <= n; i++) if (n % i === 0) prime = false;
	if (!prime) continue;
	if (c < 8) H[c] = (n ** 0.5 * 2 ** 32) | 0;
	K[c++] = (n ** (1 / 3) * 2 ** 32) | 0;
}
const W = new Int32Array(64);

export function first(text) {
	const blocks = ((text.length + 8) >> 6) + 1, words = new Int32Array(blocks * 16), h = H.slice();
	for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
	words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
	words[blocks * 16 - 1] = text.length * 8;
	for (let at = 0; at < words.length; at += 16) block(words.subarray(at, at + 16), h);
	return h[0];
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));

function block(words, h) {
	W.set(words);
	for (let i = 16; i < 64; i++) {
		const a = W[i - 15], b = W[i - 2];
		W[i] = W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
	}
	let [a, b, c, d, e, f, g, k] = h;
	for (let i = 0; i < 64; i++) {
		const t = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
		const u = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		k = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
	}
	[a, b, c, d, e, f, g, k].forEach((v, i) => { h[i] = (h[i] + v) | 0; });
}
