// What was found, to be read out, and who signs: the subject on the screen, or two
// witnesses where it does not want to.
import { $, fault, show } from "../gate/screens.js";
import { dateOf, t } from "../gate/texts.js";
import { button, from, make, part } from "./dom.js";
import { SIGNATURE, WAITING, answer, bad, counts, lacks, signature } from "./record.js";
import { Pad, picture } from "./sign.js";

const TEXTS = ["present", "opinion", "refusal"];

export class Review {
	constructor(app) {
		this.app = app;
		this.pad = new Pad($("pad"), () => { this.signing = this.signed(); });
		$("sign-again").onclick = () => this.unsign();
		for (const id of TEXTS) $(id).onchange = () => this.keep({ [id]: $(id).value });
		for (const n of [0, 1]) $("witness-" + n).onchange = () => this.keep({ witnesses: [$("witness-0").value, $("witness-1").value] });
		$("refusing").onchange = () => { this.keep({ refusing: $("refusing").checked }); this.sides(); };
		$("read").onchange = () => this.keep({ read: $("read").checked });
		$("people").oninput = () => this.people();
		$("add-person").onclick = () => this.person({ name: "", body: "" }).querySelector("input").focus();
		$("hand-in").onclick = () => this.handIn();
		$("back-to-form").onclick = () => this.app.open(this.record);
	}

	open(record) {
		this.record = record;
		const c = counts(record), open = bad(record);
		$("review-title").textContent = open.length ? t("review.bad", open.length) : t("review.good");
		$("count-ok").textContent = t("review.ok", c.ok);
		$("count-bad").textContent = t("review.not_ok", c.bad);
		$("count-none").textContent = t("review.none", c.none);
		$("found").replaceChildren(...open.map((i) => this.finding(i)));
		$("people").replaceChildren();
		for (const p of record.people.length ? record.people : [{ name: "", body: "" }]) this.person(p);
		for (const id of TEXTS) $(id).value = record[id];
		for (const n of [0, 1]) $("witness-" + n).value = record.witnesses[n] || "";
		$("refusing").checked = Boolean(record.refusing);
		$("read").checked = record.read;
		this.sides();
		this.lacking([]);
		show("review");
		this.drawn();
	}

	finding(item) {
		const r = this.record, li = make("li", "", "banner stop"), m = r.mend[item.code] || {};
		const words = [answer(r, item.code).note, m.remedy, m.due_on ? t("review.until", dateOf(m.due_on)) : t("review.at_once")];
		li.append(make("b", document.documentElement.lang === "en" ? item.en : item.vi), make("p", words.filter(Boolean).join(". ")));
		li.append(button(t("review.edit"), () => { this.app.open(r); this.app.form.go(item.code); }));
		return li;
	}

	sides() {
		const self = this.record.kind === "self_inspection";
		$("subject-side").hidden = self;
		$("refused-side").hidden = self || !$("refusing").checked;
		$("signed-side").hidden = self || $("refusing").checked;
		$("read").closest("label").hidden = self;
	}

	person(p) {
		const li = from("person");
		part(li, "name").value = p.name;
		part(li, "body").value = p.body;
		$("people").append(li);
		return li;
	}

	async people() {
		const people = [...$("people").children].map((li) => ({ name: part(li, "name").value, body: part(li, "body").value })).filter((p) => p.name.trim() || p.body.trim());
		await this.keep({ people });
		await this.app.store.set("team", people);
	}

	async keep(change) {
		Object.assign(this.record, change, { at: Date.now() });
		await this.app.store.put(this.record);
		this.app.kept(this.record);
	}

	async signed() {
		const { photo, kept } = await picture(await this.pad.blob(), SIGNATURE), r = this.record;
		this.forget();
		r.photos.push(photo);
		await this.app.keepPhoto(r, photo, kept);
	}

	async unsign() {
		this.pad.clear();
		this.forget();
		await this.keep({});
	}

	// forget takes the signature out of the record.
	forget() {
		for (const p of this.record.photos) if (p.item === SIGNATURE && p.named) p.lost = true;
		this.record.photos = this.record.photos.filter((p) => p.item !== SIGNATURE || p.lost);
	}

	// drawn shows the signature that is kept.
	async drawn() {
		this.pad.clear();
		const p = signature(this.record), kept = p && (await this.app.store.photo(p.hash));
		if (!kept) return;
		const bitmap = await createImageBitmap(kept.blob);
		this.pad.ctx.drawImage(bitmap, 0, 0, this.pad.canvas.width, this.pad.canvas.height);
	}

	lacking(all) {
		const n = (code) => this.record.list.items.findIndex((i) => i.code === code) + 1;
		fault("review", "");
		$("lacking").replaceChildren(...all.map((l) => {
			const li = make("li");
			li.append(l.item ? button(t(l.key, n(l.item)), () => { this.app.open(this.record); this.app.form.go(l.item); }, "link") : t(l.key));
			return li;
		}));
		$("lacking").hidden = !all.length;
		if (all.length) fault("review", t("lack.title", all.length));
	}

	async handIn() {
		await this.signing?.catch(() => {}); // the last stroke may still be on its way to the disk
		const missing = lacks(this.record);
		this.lacking(missing);
		if (missing.length) return $("lacking").scrollIntoView({ block: "center" });
		const { state } = this.record;
		try {
			await this.keep({ state: WAITING, ended: this.record.ended || Date.now(), reasons: [] });
		} catch {
			this.record.state = state; // the line of state says why it is not on its way
			return;
		}
		this.app.sending.open(this.record);
		this.app.sender.run();
	}
}
