// What the steward reads of a verdict: a word, whom it is about, and what to do.
import { clockOf, dateOf, dayOf, now, t } from "./texts.js";

// words of a verdict {code, group, detail}; gateName names a gate by its number.
export function words(v, gateName) {
	const d = v.detail || {};
	return { title: t("verdict." + v.code), who: who(d), text: sentence(v.code, d, gateName), todo: t("todo." + (d.reason || "") + "." + v.code) || t("todo." + v.code) };
}

// who is booth, vendor and what else stands on the pass.
export function who(d) { return [d.booth, d.vendor, d.label].filter(Boolean).join(" · "); }

export const kindName = (kind) => (kind ? t("kind." + kind) : "");

function sentence(code, d, gateName) {
	const first = d.first && [whenOf(d.first.at), gateName(d.first.gate)];
	switch (code) {
	case "already_used": case "already_inside": return first ? t("first." + code, ...first) : "";
	case "ok_again": return first ? t("first.ok_again", ...first) : "";
	case "too_many_inside": return t("text.too_many_inside", d.inside, d.limit);
	case "not_yet": return d.first_day ? t("text.not_yet", dateOf(d.first_day)) : "";
	case "expired": return d.last_day ? t("text.expired", dateOf(d.last_day)) : "";
	case "wrong_hours": return d.from_at ? t("text.wrong_hours", whenOf(d.from_at), clockOf(d.until_at)) : t("text.wrong_hours_over");
	case "wrong_gate": return d.gates?.length ? t("text.wrong_gate", d.gates.map(gateName).join(", ")) : t("text.wrong_gate_none");
	case "unknown": return t("text.unknown." + (d.reason || "typed"), ageOf(d.age || { at: 1, minutes: (d.age_ms || 0) / 60000 }));
	}
	return (d.reason && t("text." + d.reason + "." + code)) || t("text." + code);
}

// ageOf says how old a list is, as a steward reads it: new, 12 minutes, 3 hours. Where
// that is not known it says when the list was the server's.
export function ageOf({ at, minutes }) {
	if (!at) return t("net.none");
	if (minutes === undefined) return t("net.as_of", clockOf(at), dateOf(dayOf(at)));
	const n = Math.floor(minutes);
	return n < 1 ? t("net.fresh") : t("net.age", n < 120 ? t("minutes", n) : t("hours", Math.floor(n / 60)));
}

// whenOf is the clock, with the date when it is another day.
function whenOf(at) {
	const day = dayOf(at);
	return day === dayOf(now()) ? clockOf(at) : clockOf(at) + " " + dateOf(day);
}
