// The checklist of a record: three answers to each item, and where something is not as it
// should be what was seen, a photo and a day. Every step is kept at once.
import { $, show } from "../gate/screens.js";
import { dateOf, dayOf, t } from "../gate/texts.js";
import { button, from, make, part, shown } from "./dom.js";
import { SIGNATURE, answer, counts, photosOf, say } from "./record.js";
import { shot } from "./sign.js";

const DAY = 86400000;

export class Form {
	constructor(app) {
		this.app = app;
		$("next-item").onclick = () => this.next();
		$("drop").onclick = () => this.drop();
	}

	open(record) {
		this.record = record;
		$("form-title").textContent = [record.code, record.subject.name].filter(Boolean).join(" · ");
		$("form-event").textContent = record.title;
		const open = record.open.map((f) => this.found(f));
		$("rechecks").replaceChildren(...open);
		$("rechecks").parentElement.hidden = !open.length;
		$("items").replaceChildren(...record.list.items.map((item, i) => this.item(item, i)));
		this.progress();
		show("form");
	}

	// keep puts the record on the disk, then says so.
	async keep() {
		this.record.at = Date.now();
		await this.app.store.put(this.record);
		this.app.kept(this.record);
		this.progress();
	}

	progress() {
		const c = counts(this.record);
		$("progress-text").textContent = t("form.progress", c.n, c.of);
		$("progress").max = c.of;
		$("progress").value = c.n;
		$("next-item").textContent = c.n < c.of ? t("form.next") : t("form.review");
	}

	// found is a finding of before that is looked at again.
	found(f) {
		const r = this.record, li = from("recheck"), now = () => r.checked[f.id];
		part(li, "words").textContent = f.words;
		part(li, "due").textContent = t("recheck.due", f.due_on ? dateOf(f.due_on) : t("line.at_once"));
		for (const input of li.querySelectorAll("input[type=radio]")) {
			input.name = "recheck-" + f.id;
			input.checked = now() && now().done === (input.value === "done");
			input.onchange = () => { r.checked[f.id] = { done: input.value === "done", note: now()?.note || "", due_on: "" }; this.keep(); };
		}
		return li;
	}

	item(item, i) {
		const r = this.record, li = from("item"), said = answer(r, item.code);
		li.id = "item-" + item.code;
		part(li, "text").textContent = `${i + 1}. ` + (document.documentElement.lang === "en" ? item.en : item.vi);
		part(li, "law").textContent = item.law || "";
		for (const input of li.querySelectorAll("input[type=radio]")) {
			input.name = "item-" + item.code;
			input.checked = said?.answer === input.value;
			input.onchange = async () => {
				say(r, item.code, { answer: input.value });
				part(li, "bad").hidden = input.value !== "not_ok";
				li.classList.remove("lacking");
				await this.keep();
			};
		}
		this.bad(item, li, said);
		return li;
	}

	// bad is what stands below an item that is not as it should be; a note and photos may
	// stand below every item.
	bad(item, li, said) {
		const r = this.record, code = item.code, mend = () => (r.mend[code] ||= { remedy: "", due_on: "", holds: r.kind === "joint_check" && Boolean(item.safety) });
		part(li, "bad").hidden = said?.answer !== "not_ok";
		const note = part(li, "note"), remedy = part(li, "remedy"), day = part(li, "day"), holds = part(li, "holds"), none = part(li, "no-photo");
		note.value = said?.note || "";
		note.onchange = () => { say(r, code, { note: note.value }); this.keep(); };
		remedy.value = r.mend[code]?.remedy || "";
		remedy.onchange = () => { mend().remedy = remedy.value; this.keep(); };
		none.checked = Boolean(said?.no_photo);
		none.onchange = () => { say(r, code, { no_photo: none.checked }); this.keep(); };
		holds.closest("label").hidden = r.kind !== "joint_check";
		holds.checked = r.mend[code]?.holds ?? Boolean(item.safety);
		holds.onchange = () => { mend().holds = holds.checked; this.keep(); };
		const tomorrow = dayOf(r.began + DAY), picks = li.querySelectorAll("[data-due]");
		for (const p of picks) {
			p.name = "due-" + code;
			const due = r.mend[code]?.due_on ?? "";
			p.checked = p.dataset.due === (due === "" ? "now" : due === tomorrow ? "tomorrow" : "other");
			p.onchange = () => {
				day.hidden = p.dataset.due !== "other";
				mend().due_on = { now: "", tomorrow, other: day.value }[p.dataset.due];
				this.keep();
			};
		}
		part(li, "tomorrow").textContent = dateOf(tomorrow).slice(0, 5);
		day.min = dayOf(r.began);
		day.value = r.mend[code]?.due_on || "";
		day.hidden = !(day.value && day.value !== tomorrow);
		day.onchange = () => { mend().due_on = day.value; this.keep(); };
		const file = li.querySelector("input[type=file]");
		file.onchange = async () => {
			try {
				for (const f of file.files) await this.take(f, code);
			} finally {
				file.value = "";
				this.photos(li, code);
			}
		};
		this.photos(li, code);
	}

	async take(file, item) {
		const { photo, kept } = await shot(file, item), r = this.record;
		if (r.photos.some((p) => p.hash === photo.hash && !p.lost)) return;
		r.photos = [...r.photos.filter((p) => p.hash !== photo.hash), photo];
		await this.app.keepPhoto(r, photo, kept);
	}

	async photos(li, code) {
		const box = part(li, "photos"), all = photosOf(this.record, code);
		const cells = await Promise.all(all.map(async (p, n) => {
			const cell = make("li"), kept = await this.app.store.photo(p.hash);
			if (kept) {
				const img = shown(kept.blob);
				img.alt = t("photo.alt", n + 1);
				cell.append(img);
			}
			cell.append(button(t("photo.drop"), async () => { this.leave(p); await this.keep(); this.photos(li, code); }));
			return cell;
		}));
		box.replaceChildren(...cells);
	}

	// leave takes a photo out of the record; one that the server knows by name is given up.
	leave(p) {
		if (p.named) p.lost = true;
		else this.record.photos = this.record.photos.filter((o) => o !== p);
	}

	// next goes to the first item without an answer, then to the review.
	next() {
		const open = this.record.list.items.find((i) => !answer(this.record, i.code)?.answer);
		if (!open) return this.app.review.open(this.record);
		this.go(open.code);
	}

	go(code) {
		const li = $("item-" + code);
		li.scrollIntoView({ block: "center" });
		li.querySelector("input").focus({ preventScroll: true });
	}

	// drop forgets the record after a question that says what goes with it.
	async drop() {
		const r = this.record, c = counts(r), photos = r.photos.filter((p) => p.item !== SIGNATURE).length;
		if (!confirm(t("drop.sure", c.n, photos))) return;
		await this.app.store.drop(r);
		this.app.home();
	}
}
