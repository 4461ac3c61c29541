// What a QR text or a typed code says, the same as the Go package pass: code,
// proof, claims. Nothing of it is believed before the signature is checked.

const MAX_TEXT = 256, MAX_SENT = 512, PROOF_DIGITS = 176, PROOF_BYTES = 73, HEAD_BYTES = 9, CODE_DIGITS = 12, MAX_KEYS = 15;
const KINDS = ["booth", "staff", "vehicle", "official", "visitor", "voucher"], SERIAL_BITS = 14;
const FIRST_OF_ALL = Date.UTC(2020, 0, 1);

const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

// codeOf reads a pass code as typed, with spaces anywhere; "" when it is none or
// its check digit says that it was mistyped.
export function codeOf(typed) {
	const code = typed.replace(/[ \t\u00a0\u2009\u202f]/g, "");
	if (code.length !== CODE_DIGITS || !/^[0-9]+$/.test(code)) return "";
	let check = 0;
	for (const digit of code) check = Number(DAMM[check][Number(digit)]);
	return check === 0 ? code : "";
}

// cut is as much of a text as the server takes, in whole letters of so many bytes. A
// symbol longer than MAX_TEXT is malformed all the same.
export function cut(text, most = MAX_SENT) {
	const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
	return text.slice(0, read);
}

// linkIn is the whole link of a pass in a text, "" where there is none. Keyboards turn
// the case of its letters round, which means nothing in it.
export function linkIn(text) { return (/https?:\/\/[a-z0-9.\-:[\]]+\/t\/\d{12}#\d{176}/i.exec(text)?.[0] || "").toLowerCase(); }

// readingOf is what a text that was typed or pasted says of a pass: its whole link, or
// its code; null where it is neither.
export function readingOf(text) {
	const qr = linkIn(text), code = codeOf(text.trim());
	return qr ? { qr } : code ? { code } : null;
}

// codeInText is the code of a pass in the text of its symbol.
export function codeInText(text) { return /\/t\/(\d{12})#/.exec(text || "")?.[1] || ""; }

// parse reads a text: {code}, {code, proof} or {fault}.
export function parse(text) {
	if (new TextEncoder().encode(text).length > MAX_TEXT) return { fault: "malformed" };
	text = trim(text);
	const link = /^https?:\/\/([A-Za-z0-9.\-:[\]]+)\/t\/([^#]*)#(.*)$/s.exec(text);
	if (!link) {
		const code = /^https?:\/\//.test(text) ? "" : codeOf(text);
		return code ? { code } : { fault: "malformed" };
	}
	const [, , code, digits] = link;
	if (code.length !== CODE_DIGITS || !codeOf(code)) return { fault: "malformed" };
	const proof = proofOf(digits);
	if (!proof) return { fault: "malformed" };
	if (proof[0] >> 4 !== 1) return { fault: "version" };
	return { code, proof };
}

// trim takes off what scanners put around a text: white space as Unicode has it, and
// the byte order mark.
function trim(text) { return text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, ""); }

// proofOf turns the digits of a proof into its bytes; there is one way to write
// them.
function proofOf(digits) {
	if (digits.length !== PROOF_DIGITS || !/^[0-9]+$/.test(digits)) return null;
	let n = BigInt(digits);
	if (n >> BigInt(8 * PROOF_BYTES)) return null;
	const bytes = new Uint8Array(PROOF_BYTES);
	for (let i = PROOF_BYTES - 1; i >= 0; i--) {
		bytes[i] = Number(n & 0xffn);
		n >>= 8n;
	}
	return bytes;
}

// importKeys makes the snapshot's public keys ready for verifying, by their numbers in
// the token, which a key has from a dead one. A page
// without https has no WebCrypto: it knows no key, and asks where the server does
// not answer.
export async function importKeys(keys) {
	const ring = new Map();
	if (!crypto.subtle) return ring;
	for (const k of keys) {
		const raw = Uint8Array.from(atob(k.public), (c) => c.charCodeAt(0));
		const key = await crypto.subtle.importKey("raw", raw, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
		const number = (k.id - 1) % MAX_KEYS + 1;
		ring.set(number, [...(ring.get(number) || []), { key, state: k.state }]);
	}
	return ring;
}

// read is what the text of a scan says with these keys: {code}, {code, claims} or
// {fault, code, claims}.
export async function read(text, ring) {
	const token = parse(text);
	if (token.fault || !token.proof) return token;
	const keys = ring.get(token.proof[0] & 0x0f);
	if (!keys) return { code: token.code, fault: "unknown_key" };
	const signed = new Uint8Array([...new TextEncoder().encode("hoicho/pass/1\n" + token.code), ...token.proof.slice(0, HEAD_BYTES)]);
	const key = await signer(keys, token.proof.slice(HEAD_BYTES), signed);
	if (!key) return { code: token.code, fault: "forged" };
	const claims = claimsOf(token);
	if (!claims) return { code: token.code, fault: "malformed" };
	if (key.state === "dead") return { code: token.code, claims, fault: "dead_key" };
	return { code: token.code, claims };
}

// signer finds which of the keys of one number made a signature: one at most is not
// dead.
async function signer(keys, signature, signed) {
	for (const k of keys) {
		if (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, k.key, signature, signed)) return k;
	}
	return null;
}

// claimsOf reads bytes 0 to 8 of a proof that has been verified. A voucher names its
// pack and serial in the place of days.
function claimsOf({ code, proof }) {
	const view = new DataView(proof.buffer);
	const kind = KINDS[(proof[1] >> 4) - 1], flags = proof[1] & 0x0f, days = proof[8];
	if (!kind || flags > 1 || (proof[0] & 0x0f) === 0) return null;
	if (kind === "voucher") {
		const tail = (view.getUint16(6) << 8) | days, pack = tail >> SERIAL_BITS, serial = tail & ((1 << SERIAL_BITS) - 1);
		return pack && serial ? { code, kind, test: flags === 1, event: view.getUint32(2), pack, serial } : null;
	}
	if (days === 0) return null;
	const firstDay = new Date(FIRST_OF_ALL + view.getUint16(6) * 86400000).toISOString().slice(0, 10);
	return { code, kind, test: flags === 1, event: view.getUint32(2), firstDay, days };
}
