// Reads QR symbols off the page's own thread. An image comes in, its text goes
// back, "" when there is none.
import decodeQR from "../vendor/qr/decode.js";

self.onmessage = (e) => {
	let text = "";
	try {
		text = decodeQR(e.data);
	} catch {
		text = ""; // no symbol in the picture
	}
	self.postMessage(text);
};
