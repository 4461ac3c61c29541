// Shows every verdict on the gate app's own page: gateSigns(codes) gives where the
// phone's own word and the server's look or sound alike, or where a sentence is lost.
import { groupOf } from "../../../static/src/gate/decide.js";
import { $, net, signOf, verdict } from "../../../static/src/gate/screens.js";
import { NOTES, SHAKES } from "../../../static/src/gate/sound.js";
import { setTexts, t } from "../../../static/src/gate/texts.js";
import { ageOf, words } from "../../../static/src/gate/words.js";

const ADMITTED = ["ok", "ok_again", "exit_ok", "checked", "forced"];
const REASONS = [undefined, "blocked", "revoked", "not_inside", "training", "typed", "clock", "not_listed"];
const gateName = (n) => "Cổng " + n;

globalThis.gateSigns = async (codes) => {
	setTexts($("app").dataset.texts);
	const faults = [], looks = {};
	for (const code of [...codes, "forced"]) for (const reason of REASONS) for (const alone of [false, true]) for (const typed of [false, true]) {
		const v = { code, group: ADMITTED.includes(code) ? "admit" : groupOf(code), detail: { reason, kind: "staff", booth: "A05", first: { at: 1e12, gate: 1 } } };
		const w = words(v, gateName), sign = signOf(v, alone), how = [code, reason, alone, typed].join(" ");
		verdict(v, { gateName, alone, typed });
		if ((sign === "wait") !== (alone && v.group === "admit")) faults.push(how + ": the sign is " + sign);
		if ($("v-text").textContent !== w.text) faults.push(how + ": says " + $("v-text").textContent + ", not " + w.text);
		if ($("v-title").textContent !== (sign === "wait" ? w.title + " · chờ đồng bộ" : w.title)) faults.push(how + ": title " + $("v-title").textContent);
		if (Boolean($("v-wait").textContent) !== (sign === "wait")) faults.push(how + ": waits " + $("v-wait").textContent);
		if (code === "forced" && $("v-wait").textContent.includes("Chữ ký")) faults.push(how + ": of a signature that nobody has checked");
		const shapes = [...$("verdict").querySelectorAll("[data-shape]:not([hidden])")];
		if (shapes.length !== 1) faults.push(how + ": " + shapes.length + " shapes");
		const style = getComputedStyle($("verdict"));
		looks[sign] = { shape: shapes[0]?.innerHTML, colour: style.backgroundColor + style.boxShadow, notes: JSON.stringify(NOTES[sign]), shake: JSON.stringify(SHAKES[sign]) };
	}
	for (const what of ["shape", "colour", "notes", "shake"]) {
		if (new Set(Object.values(looks).map((l) => l[what])).size !== 4) faults.push("two signs have one " + what + ": " + JSON.stringify(looks));
	}
	return [...faults, ...ages(), ...head()].slice(0, 30);
};

// ages checks how old the list is said to be.
function ages() {
	const at = Date.UTC(2026, 10, 22, 1, 12);
	const said = [[{ at: 0 }, "chưa có danh sách"], [{ at }, "dữ liệu lúc 08:12 ngày 22/11/2026"], [{ at, minutes: 0.9 }, "dữ liệu mới"],
		[{ at, minutes: 12.9 }, "dữ liệu 12 phút trước"], [{ at, minutes: 26 * 60 }, "dữ liệu 26 giờ trước"]];
	return said.filter(([age, want]) => ageOf(age) !== want).map(([age, want]) => ageOf(age) + ", want " + want);
}

// head checks that the head of the page stays one line, the direction and the figure
// whole, with a crowd inside and a long name of a gate.
function head() {
	const faults = [];
	$("head").hidden = false;
	net({ online: false, age: { at: 1, minutes: 12 }, waiting: 37 });
	for (const name of ["Cổng A", "Cổng phía đường Bắc Kạn, gần bãi xe máy"]) for (const inside of [t("inside", 9), t("inside", 100), t("inside", 12345), t("inside.full", 12345)]) {
		[$("where").textContent, $("where-dir").textContent, $("inside").textContent] = [name, "· VÀO", inside];
		const bar = document.querySelector(".g-bar"), cut = (e) => e.scrollWidth > e.clientWidth + 1;
		if (bar.clientHeight > 64 || cut(bar) || $("inside").offsetHeight > 40 || $("where-dir").getBoundingClientRect().right > $("inside").getBoundingClientRect().left) faults.push("the head with " + name + ", " + inside + ": " + bar.clientHeight + " px high");
		if (name === "Cổng A" && inside === t("inside", 100) && cut($("where"))) faults.push("a short name is cut at 100 inside: " + $("where").scrollWidth + " px in " + $("where").clientWidth);
	}
	return faults;
}
