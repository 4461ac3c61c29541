// The calls of the gate protocol, and the one place where an answer is believed or
// not. Every answer tells the server's clock.
import { isRefusal } from "./answers.js";

const MOST_WAIT = 600000; // ms that the phone waits at most where it is asked to

// Refused is what our own server refuses, in its own words.
export class Refused extends Error {
	constructor(res, body) {
		super(body.message);
		this.status = res.status;
		this.code = body.error;
		this.retryAfter = Math.min(MOST_WAIT, 1000 * (Number(res.headers.get("Retry-After")) || 60)); // ms
	}
}

// Foreign is an answer that is not our server's: to the phone, no network.
export class Foreign extends Error {
	constructor(status) {
		super("foreign answer " + status);
		this.status = status;
	}
}

const ENDS = ["device_unknown", "device_revoked", "device_expired"];

// endsDevice reports whether the server has said that this device is none any more.
export const endsDevice = (err) => err instanceof Refused && err.status === 401 && ENDS.includes(err.code);

// describe says what the phone tells of itself with each call: its app, its queue
// and its battery.
let describe = () => "";
export function setDescription(f) { describe = f; }

// call asks the server and returns what it says, null where nothing changed since.
// is tells whether an answer is complete. It throws Refused for what the server
// refuses, Foreign for any other answer, and whatever fetch throws when there is
// none within the time.
export async function call(path, { is, token, method = "GET", body, timeout = 8000 }) {
	const stop = new AbortController(), timer = setTimeout(() => stop.abort(), timeout);
	try {
		const res = await fetch("/api/v1/gate/" + path, {
			method, cache: "no-store", credentials: "omit", redirect: "error", signal: stop.signal,
			headers: { ...(token && { Authorization: "Bearer " + token, "Hoicho-Device": describe() }), ...(body && { "Content-Type": "application/json" }) },
			body: body && JSON.stringify(body),
		});
		if (res.status === 304 && path.includes("?since=")) return null;
		return believed(res, await jsonOf(res), is);
	} finally {
		clearTimeout(timer);
	}
}

// jsonOf is the body of an answer in JSON; undefined when it is none. A body that
// stops on the way throws: there is no answer then.
async function jsonOf(res) {
	const raw = await res.text();
	if (!/^application\/json\b/i.test(res.headers.get("Content-Type") || "")) return undefined;
	try {
		return JSON.parse(raw);
	} catch {
		return undefined;
	}
}

function believed(res, json, is) {
	if (res.status === 200 && is(json)) return json;
	if (res.status >= 400 && isRefusal(json)) throw new Refused(res, json);
	throw new Foreign(res.status);
}
