// A record on the phone: it only grows while it is filled in, belongs to this phone
// until the server has it, and becomes what the server is sent.
import { dayOf } from "../gate/texts.js";

// How far a record has come.
export const DRAFT = "draft", WAITING = "waiting", REFUSED = "refused", DONE = "done";

export const SIGNATURE = "signature";

// begin is a new record of a stall of an event, or of a body that looks at itself.
export function begin({ kind, event, stall, body, list, device, round, recheck }) {
	const subject = body ? { kind: "body", name: body.name, body: body.id } : { kind: "booth", name: stall.name, event: event.id, booth: stall.booth, vendor: stall.vendor };
	return {
		client: uuid(), state: DRAFT, at: Date.now(), began: Date.now(), ended: 0, device, kind, subject, list, round: round?.id || "", recheck: recheck?.record || "",
		code: stall?.code || "", title: event?.title || "", place: [stall?.code, event?.venue].filter(Boolean).join(", "), answers: [], mend: {}, checked: {}, open: recheck?.findings || [], photos: [],
		people: round?.team.length ? round.team : [], present: "", opinion: "", refusal: "", witnesses: ["", ""], read: false, reasons: [],
	};
}

// answer is the last answer to an item, undefined before the first.
export const answer = (r, item) => r.answers.findLast((a) => a.item === item);

// say adds an answer; the ones before stay.
export function say(r, item, change) {
	const was = answer(r, item) || { item, answer: "", note: "" };
	r.answers.push({ ...was, ...change, at: Date.now() });
}

const answered = (r) => r.list.items.map((i) => answer(r, i.code)).filter((a) => a?.answer);

// counts are how many items were answered, and how.
export function counts(r) {
	const all = answered(r), n = (what) => all.filter((a) => a.answer === what).length;
	return { n: all.length, of: r.list.items.length, ok: n("ok"), bad: n("not_ok"), none: n("not_applicable") };
}

// bad are the items that are not as they should be, with what was said.
export const bad = (r) => r.list.items.filter((i) => answer(r, i.code)?.answer === "not_ok");

export const photosOf = (r, item) => r.photos.filter((p) => p.item === item && !p.lost);
export const signature = (r) => r.photos.findLast((p) => p.item === SIGNATURE && !p.lost);

// lacks names what is missing before the record can be handed in: keys of texts with the
// item, if it is about one.
export function lacks(r) {
	const out = [];
	for (const i of r.list.items) {
		const a = answer(r, i.code);
		if (!a?.answer) out.push({ key: "lack.answer", item: i.code });
		else if (a.answer === "not_ok" && !a.note.trim()) out.push({ key: "lack.note", item: i.code });
		else if (a.answer === "not_ok" && !photosOf(r, i.code).length && !a.no_photo) out.push({ key: "lack.photo", item: i.code });
	}
	if (!r.people[0]?.name.trim()) out.push({ key: "lack.people" });
	if (r.kind === "self_inspection") return out;
	const refused = r.refusing;
	if (refused && !r.refusal.trim()) out.push({ key: "lack.refusal" });
	if (refused && r.witnesses.filter((w) => w.trim()).length < 2) out.push({ key: "lack.witness" });
	if (!refused && !r.present.trim()) out.push({ key: "lack.present" });
	if (!refused && !signature(r)) out.push({ key: "lack.signature" });
	if (!r.read) out.push({ key: "lack.read" });
	return out;
}

// sentOf is the record as the server takes it.
export function sentOf(r) {
	const said = r.answers.filter((a) => a.answer).map(({ item, answer, note, at }) => ({ item, answer, note, at }));
	const findings = bad(r).map((i) => ({ item: i.code, words: "", remedy: "", due_on: "", safety: i.safety || false, holds: false, ...r.mend[i.code] }));
	return {
		client: r.client, device: r.device, kind: r.kind, subject: r.subject, round: r.round, recheck: r.recheck, checklist: r.list.id,
		on: dayOf(r.began), began_at: r.began, ended_at: r.ended, place: r.place, people: r.people.filter((p) => p.name.trim()), present: r.refusing ? "" : r.present,
		opinion: r.opinion, refusal: r.refusing ? r.refusal : "", witnesses: r.refusing ? r.witnesses.filter((w) => w.trim()) : [],
		answers: said, findings, rechecked: Object.entries(r.checked).map(([finding, c]) => ({ finding, ...c })),
		photos: r.photos.filter((p) => !p.lost).map(({ hash, item, taken_at }) => ({ hash, item, taken_at })), lost: r.photos.filter((p) => p.lost && p.named).map((p) => p.hash),
	};
}

export function uuid() {
	if (crypto.randomUUID) return crypto.randomUUID();
	const b = crypto.getRandomValues(new Uint8Array(16));
	b[6] = (b[6] & 15) | 64;
	b[8] = (b[8] & 63) | 128;
	return [...b].map((x, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
}
