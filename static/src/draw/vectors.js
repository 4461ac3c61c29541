// Runs logs of draws through the check of the browser, for the test that compares it with Go:
// drawVectors(texts) gives for each its faults, null for what is no log.
import { read, verdictOf, verify } from "./verify.js";

globalThis.drawVectors = async (texts) => {
	const out = [];
	for (const text of texts) {
		const log = read(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
		const found = log && (await verify(log));
		out.push(log && [...found, ["verdict", verdictOf(log, found)]].map((f) => f.map(String)));
	}
	return JSON.stringify(out);
};
