// The calls of the gate protocol. Every answer tells the server's clock.

export class Refused extends Error {
	constructor(res, body) {
		super(body.message || String(res.status));
		this.status = res.status;
		this.code = body.error || "";
		this.retryAfter = 1000 * (Number(res.headers.get("Retry-After")) || 60); // ms
	}
}

// describe says what the phone tells of itself with each call: its app, its queue
// and its battery.
let describe = () => "";
export function setDescription(f) { describe = f; }

// call asks the server. It throws Refused for an answer that is no success, and
// whatever fetch throws when there is none within the time.
export async function call(path, { token, method = "GET", body, headers = {}, timeout = 8000 } = {}) {
	const stop = new AbortController(), timer = setTimeout(() => stop.abort(), timeout);
	try {
		const res = await fetch("/api/v1/gate/" + path, {
			method, cache: "no-store", credentials: "omit", signal: stop.signal,
			headers: { ...(token && { Authorization: "Bearer " + token, "Hoicho-Device": describe() }), ...(body && { "Content-Type": "application/json" }), ...headers },
			body: body && JSON.stringify(body),
		});
		if (res.status === 304) return { res };
		const json = await res.json().catch(() => ({}));
		if (!res.ok) throw new Refused(res, json);
		return { res, json };
	} finally {
		clearTimeout(timer);
	}
}
