// One record on its way: what the server has of it and what it has not. It says "handed
// in" only when the server has everything.
import { $, show } from "../gate/screens.js";
import { clockOf, dateOf, dayOf, t } from "../gate/texts.js";
import { button, make } from "./dom.js";
import { DONE, DRAFT, REFUSED, SIGNATURE, WAITING, counts, uuid } from "./record.js";

export class Sending {
	constructor(app) {
		this.app = app;
		$("send-now").onclick = () => app.sender.run();
		$("next-stall").onclick = () => app.home();
	}

	async open(record) {
		this.client = record.client;
		await this.draw();
		show("sending");
		this.app.net();
	}

	async draw() {
		const r = await this.app.store.record(this.client);
		if (!r) return;
		const done = r.state === DONE;
		$("sending-box").className = "i-done" + (done ? " go" : r.state === REFUSED ? " stop" : "");
		$("sending-title").textContent = done ? t("done.title", r.number) : t(r.state === REFUSED ? "refused.title" : "sending.title");
		$("sending-text").textContent = done ? t("done.text", clockOf(r.done), dateOf(dayOf(r.done)), counts(r).of, r.photos.filter((p) => !p.lost).length) : t("sending.text");
		$("sending-list").replaceChildren(...(done ? [] : this.lines(r)));
		$("sending-notes").replaceChildren(...this.notes(r).map((n) => make("p", n, "banner wait")));
		$("sending-acts").replaceChildren(...this.acts(r));
		$("send-now").hidden = r.state !== WAITING;
	}

	// lines say of each part whether the server has it.
	lines(r) {
		const now = this.app.sender.now?.client === r.client ? this.app.sender.now : null;
		const text = this.line(t("part.text", counts(r).of), r.photos.some((p) => p.named) || r.photos.length === 0 && now && now.what !== "text", now?.what === "text");
		let n = 0;
		return [text, ...r.photos.filter((p) => !p.lost).map((p) => {
			const name = p.item === SIGNATURE ? t("part.signature") : t("part.photo", ++n);
			const line = this.line(name, p.came, now?.what === p.hash);
			if (now?.what === p.hash && now.of) {
				const bar = make("progress");
				bar.max = now.of;
				bar.value = now.n;
				bar.setAttribute("aria-label", name);
				line.append(bar, make("span", t("part.bytes", Math.round(now.n / 1024), Math.round(now.of / 1024)), "num"));
			}
			if (p.bad) line.append(make("span", p.bad === "gone" ? t("photo.bad") : p.bad, "chip stop"));
			return line;
		})];
	}

	line(name, came, going) {
		const li = make("li");
		li.append(make("span", name), make("span", t(came ? "part.came" : going ? "part.going" : "part.waits"), "chip " + (came ? "go" : "wait")));
		return li;
	}

	notes(r) {
		const notes = r.reasons.map((x) => x.text).filter(Boolean);
		for (const twin of r.twins || []) notes.push(t("done.twin", twin.by, clockOf(twin.received_at)));
		for (const m of r.remarks || []) notes.push(t("remark." + m) || m);
		return notes;
	}

	acts(r) {
		const acts = [];
		if (r.state === DONE) acts.push(this.link(t("done.open"), "/quan-ly/kiem-tra/" + r.id), this.link("PDF", `/quan-ly/kiem-tra/${r.id}/bien-ban.pdf`), button(t("done.forget"), () => this.forget(r)));
		if (r.state === REFUSED) {
			const photo = r.photos.find((p) => p.bad && !p.lost);
			if (photo) acts.push(button(t("photo.give_up"), () => this.again(r, () => { photo.lost = true; }), "btn"));
			acts.push(button(t("refused.edit"), () => this.edit(r)), button(t("refused.again"), () => this.again(r), "btn line small-btn"));
			if (r.reasons[0]?.code === "inspection.error.other_text") acts.push(button(t("refused.anew"), () => this.anew(r)));
			acts.push(button(t("refused.drop"), () => this.drop(r), "btn danger small-btn"));
		}
		return acts;
	}

	link(text, href) {
		const a = make("a", text, "btn quiet small-btn");
		a.href = href;
		return a;
	}

	async again(r, change = () => {}) {
		change();
		await this.app.store.put(Object.assign(r, { state: WAITING, reasons: [] }));
		await this.draw();
		this.app.sender.run();
	}

	async edit(r) {
		await this.app.store.put(Object.assign(r, { state: DRAFT, reasons: [] }));
		this.app.open(r);
	}

	// anew makes a second record of one whose id came in with another text: both are kept.
	async anew(r) {
		const { client, ...rest } = r, second = { ...rest, client: uuid(), photos: r.photos.map(({ named, ...p }) => p) };
		await this.app.store.put(second);
		await this.app.store.drop(r);
		this.client = second.client;
		await this.again(second);
	}

	async drop(r) {
		if (!confirm(t("drop.sure", counts(r).n, r.photos.length))) return;
		await this.app.store.drop(r);
		this.app.home();
	}

	async forget(r) {
		await this.app.store.drop(r);
		this.app.home();
	}
}
