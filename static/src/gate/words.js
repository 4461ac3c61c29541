// What the steward reads of a verdict: a word, whom it is about, and what to do.
import { clockOf, dateOf, dayOf, now, t } from "./texts.js";

// words of a verdict {code, group, detail}; gateName names a gate by its number.
export function words(v, gateName) {
	const d = v.detail || {}, at = v.spend || d.kind === "voucher" ? "voucher." : "";
	return { title: titleOf(v.code, d, at), who: who(d), text: sentence(v.code, d, gateName), todo: t(at + "todo." + v.code) || t("todo." + (d.reason || "") + "." + v.code) || t("todo." + v.code) };
}

// titleOf is the word for a verdict; at begins that of one at a booth.
export const titleOf = (code, d, at) => t("verdict." + (d.reason || "") + "." + code) || (at && t(at + "verdict." + code)) || t("verdict." + code);

// money is an amount of đồng as people write it.
export const money = (dong) => dong.toLocaleString("vi-VN") + " ₫";

// who is booth, vendor and what else stands on the pass; of a voucher what it is worth.
export function who(d) {
	if (d.kind === "voucher" && d.pack) return [d.value && money(d.value), d.title, t("voucher.serial", d.pack, d.serial)].filter(Boolean).join(" · ");
	return [d.booth, d.vendor, d.label].filter(Boolean).join(" · ");
}

export const kindName = (kind) => (kind ? t("kind." + kind) : "");

function sentence(code, d, gateName) {
	const first = d.first && [whenOf(d.first.at), d.first.booth ? t("voucher.at", d.first.booth) : gateName(d.first.gate)];
	if (d.reason === "at_booth" || d.reason === "not_voucher") return t("text." + d.reason + "." + code);
	switch (code) {
	case "already_used": case "already_inside": return first ? t((d.kind === "voucher" ? "voucher." : "") + "first." + code, ...first) : "";
	case "wrong_booth": return d.booths?.length ? t("text.wrong_booth", d.booths.join(", ")) : t("text.wrong_booth_none");
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
