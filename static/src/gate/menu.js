// The menu: gate, training, sound, the last scans, and leaving.
import { groupOf } from "./decide.js";
import { $, fault, part, rows, show, showing } from "./screens.js";
import { WAITING } from "./store.js";
import { clockOf, t } from "./texts.js";
import { cut } from "./token.js";
import { titleOf, who } from "./words.js";

const RECENT = 20, VOID = 15 * 60000, WAIT = 1500, MAX_REASON = 200;

export class Menu {
	constructor({ store, device, list, link, scans, camera, settings, scanning, people, hold, set, end }) {
		Object.assign(this, { store, device, list, link, scans, camera, settings, scanning, people, hold, set, end });
		$("open-menu").onclick = () => this.open();
		$("set-training").onchange = (e) => set({ training: e.target.checked });
		$("set-sound").onchange = (e) => set({ sound: e.target.checked });
		$("send-now").onclick = () => this.refresh();
		$("leave").onclick = () => this.leave();
		$("set-booth").onchange = (e) => set({ booth: e.target.value || undefined });
		$("set-look").onchange = (e) => set({ look: e.target.value });
	}

	async open() {
		this.hold();
		this.camera.stop();
		fault("menu", "");
		show("menu");
		await this.fill();
	}

	async fill() {
		const { settings, device, list, set } = this;
		for (const id of ["open-search", "open-inside"]) $(id).hidden = !this.people.can();
		$("set-look").value = settings.look || "";
		$("event").textContent = list.data?.event.title || device.event.title;
		$("set-training").checked = settings.training;
		$("set-sound").checked = settings.sound;
		rows($("gates"), device.gates, (li, g) => {
			const radio = li.querySelector("input");
			part(li, "name").textContent = list.data ? list.gateName(g.number) : g.name;
			radio.checked = g.number === settings.gate;
			radio.onchange = () => set({ gate: g.number });
		});
		$("gates-of").hidden = !device.gates.length;
		this.booths();
		$("about").textContent = t("menu.about", device.name || "", t("role." + device.role), list.data?.passes.size || 0, $("app").dataset.build);
		await this.recent();
	}

	// booths offers to take vouchers at a booth, where the event has any.
	booths() {
		const { list, settings, device } = this, select = $("set-booth"), none = device.role === "seller" ? [] : [new Option(t("voucher.none"), "")];
		select.parentElement.hidden = !list.booths.length;
		select.replaceChildren(...none, ...list.booths.map((b) => new Option([b.code, b.vendor].filter(Boolean).join(" · "), b.code)));
		select.value = settings.booth || "";
	}

	async refresh() {
		await Promise.all([this.link.send(), this.link.sync()]);
		if (showing() === "menu") await this.fill();
	}

	async recent() {
		const scans = await this.store.latest("scans", RECENT);
		const voided = new Set(scans.map((s) => s.void_of).filter(Boolean));
		const shown = scans.filter((s) => !s.void_of);
		$("none-recent").hidden = shown.length > 0;
		rows($("recent"), shown, (li, s) => this.line(li, s, voided.has(s.id)));
	}

	line(li, s, voided) {
		const code = s.result?.verdict || s.verdict || "";
		const detail = s.result?.detail || this.list.pass(s.code) || s.voucher || {}, about = who(detail);
		part(li, "what").textContent = (code ? titleOf(code, detail, s.booth ? "voucher." : "") : t("menu.unanswered")) + (about ? ": " + about : "");
		part(li, "when").textContent = [clockOf(s.at), t(s.direction), voided && t("menu.voided"), s.waiting === WAITING && t("menu.queued")].filter(Boolean).join(" · ");
		const can = !voided && !s.training && (!late(s) || this.device.role === "supervisor") && (s.forced_by || groupOf(s.mode === "offline" && s.verdict ? s.verdict : code) === "admit");
		const button = part(li, "void");
		button.hidden = !can;
		button.onclick = () => this.void(s);
	}

	// void takes a scan back, on the phone at once. After a quarter of an hour it takes
	// a supervisor and a reason.
	async void(s) {
		const { list, scans, scanning, store, link } = this;
		const reason = late(s) ? cut((prompt(t("menu.void_reason")) || "").trim(), MAX_REASON) : "";
		if (late(s) && !reason) return;
		const undone = await scanning.undone(s), was = undone && list.pass(undone.code);
		const record = await scans.add({ direction: s.direction, gate: s.gate, ...(s.booth && { booth: s.booth }), mode: "online", void_of: s.id, ...(reason && { void_reason: reason }) }, undone);
		list.put(undone);
		scanning.forget();
		const result = await scans.answer(record, WAIT);
		if (was && result && groupOf(result.verdict) !== "admit") {
			list.put(was);
			await store.keepPass(was);
		}
		await this.recent();
		link.sync();
	}

	// leave unpairs the phone, once everything has been sent.
	async leave() {
		const { link } = this;
		await link.changed();
		const unsent = link.waiting + link.held + link.rejected;
		if (unsent) return fault("menu", t("menu.leave_waiting", unsent));
		if (!confirm(t("menu.leave_sure"))) return;
		this.end();
		await this.store.wipe();
		location.reload();
	}
}

// late reports whether a scan can no longer be taken back by a steward.
const late = (s) => Date.now() - s.at >= VOID;
