// What an answer of the server must hold to be believed. A network that asks for a
// sign-in, a proxy or a page of maintenance answers too; none of them answers so.

const text = (v) => typeof v === "string";
const word = (v) => text(v) && v !== "";
const whole = (v) => Number.isSafeInteger(v) && v >= 0;
const number = (v) => whole(v) && v > 0; // also an instant in unix ms
const flag = (v) => typeof v === "boolean";
const maybe = (is) => (v) => v === undefined || v === null || is(v);
const list = (of) => (v) => Array.isArray(v) && v.every(of);
const one = (...words) => (v) => words.includes(v);
const has = (fields) => (v) => typeof v === "object" && v !== null && Object.entries(fields).every(([name, is]) => is(v[name]));

const window = has({ from_at: whole, until_at: whole });
const mark = has({ day: word, at: whole, gate: whole });
const event = has({ number, title: text, days: list(has({ day: word, hours: window })) });
const gates = list(has({ number, name: text, kinds: list(word) }));
const pass = has({ code: word, kind: word, state: word, first_day: word, days: whole, inside: maybe(mark), used: maybe(list(mark)) });
const key = has({ id: number, state: word, public: word });
const policy = has({ max_inside: whole, setup_minutes: whole, visitor_rule: text, load_windows: list(window) });
const pin = has({ salt: word, hash: word, rounds: number });
const first = has({ at: whole, gate: whole, booth: maybe(text) });
const pack = has({ number, title: text, value: whole, count: whole, block: whole, first_day: word, days: whole, state: word, booths: maybe(list(word)) });
const vouchers = has({ packs: list(pack), booths: list(has({ code: word, vendor: text })) });
const acks = { server_time: number, acked_seq: whole, backed_up_seq: whole };
const verdict = has({ id: word, verdict: word, code: text, detail: maybe(has({})), first: maybe(first) });

// isDevice reports whether a value is what pairing gives, or what the phone kept of
// it.
export const isDevice = (v) => paired(v) && (v.role === "seller" || v.gates.length > 0); // a seller stands at no gate
const paired = has({ device_id: word, name: word, token: word, role: one("steward", "supervisor", "seller"), event, gates, expires_at: number, server_time: number });

export const isList = has({ epoch: whole, version: whole, cursor: maybe(word), taken_at: number, partial: maybe(flag), event, policy, gates, keys: list(key), pin: maybe(pin), vouchers: maybe(vouchers), passes: list(pass) });

export const isStats = has({ server_time: number, inside: whole, alarm: flag, taken: maybe(has({ n: whole, dong: whole })) });

// areResults and areKept check the answer to a batch: one result for each record
// that was sent, in their order.
export const areResults = (batch) => has({ ...acks, results: eachOf(batch, (r, sent) => verdict(r) && r.id === sent.id) });
export const areKept = (batch) => has({ ...acks, results: eachOf(batch, (id, sent) => id === sent.id) });

const eachOf = (batch, is) => (v) => Array.isArray(v) && v.length === batch.length && v.every((r, i) => is(r, batch[i]));

// isRefusal reports whether a body is what the server says when it refuses.
export const isRefusal = has({ error: word, message: text, request_id: word });
