// The first screen: the stalls of an event with what was found there before, the bodies
// that look at themselves, and what is still on this phone.
import { $ } from "../gate/screens.js";
import { clockOf, dateOf, dayOf, t } from "../gate/texts.js";
import { button, from, part } from "./dom.js";
import { DONE, DRAFT, REFUSED, WAITING, begin, counts } from "./record.js";

const KEEP = 7 * 86400000; // ms that what was handed in stays on the list

// fold takes marks off letters, so that search finds both.
const fold = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

export class List {
	constructor(app) {
		this.app = app;
		$("find").oninput = () => this.draw();
		$("event").onchange = () => this.draw();
	}

	// read looks at what is on the phone; what was handed in long ago is forgotten.
	async read() {
		const { store } = this.app;
		this.records = await store.records();
		for (const r of this.records) if (r.state === DONE && Date.now() - r.done > KEEP) await store.drop(r);
	}

	async draw() {
		const set = this.app.set;
		await this.read();
		this.events(set);
		const event = set?.events.find((e) => e.id === $("event").value);
		const looked = event ? event.stalls.filter((s) => this.state(event, s).looked).length : 0;
		$("list-title").textContent = event ? t("list.title", event.title, looked, event.stalls.length) : t(set ? "list.none" : "list.empty");
		this.stalls(event);
		this.bodies(set);
		this.queue();
	}

	events(set) {
		const select = $("event"), was = select.value, all = set?.events || [];
		select.parentElement.hidden = all.length < 2;
		select.replaceChildren(...all.map((e) => new Option(`${e.title} · ${dateOf(e.opens_on)}`, e.id)));
		const today = all.find((e) => e.opens_on <= set.today && set.today <= e.closes_on);
		select.value = all.some((e) => e.id === was) ? was : today?.id || all[0]?.id || "";
	}

	// state is what stands beside a stall: the record on this phone first, then what is due,
	// then what the server knew.
	state(event, stall) {
		const own = this.records.filter((r) => r.subject.booth === stall.booth && r.subject.event === event.id).sort((a, b) => b.at - a.at)[0];
		if (own?.state === DRAFT) {
			const c = counts(own);
			return { own, tone: "wait", chip: t("chip.draft"), line: t("line.draft", c.n, c.of, own.photos.length) };
		}
		if (own?.state === DONE) return { own, looked: true, tone: "go", chip: t("chip.done"), line: t("line.done", own.number) };
		if (own) return { own, looked: true, tone: own.state === REFUSED ? "stop" : "wait", chip: t(own.state === REFUSED ? "chip.refused" : "chip.waiting"), line: t("line.waiting") };
		const due = stall.findings[0];
		if (due) return { looked: Boolean(stall.last), tone: "stop", chip: t("chip.recheck"), line: t("line.recheck", due.words, due.due_on ? dateOf(due.due_on) : t("line.at_once")) };
		if (stall.last) return { looked: true, tone: stall.last.bad ? "wait" : "go", chip: t("chip.looked"), line: t("line.last", stall.last.number, dateOf(stall.last.on)) };
		return { tone: "", chip: "", line: stall.held ? t("line.held") : t("line.new", stall.goods.slice(0, 3).join(", ")) };
	}

	stalls(event) {
		const asked = fold($("find").value.trim()), box = $("stalls");
		const all = (event?.stalls || []).filter((s) => !asked || fold([s.code, s.name, ...s.goods].join(" ")).includes(asked));
		box.replaceChildren(...all.map((s) => {
			const now = this.state(event, s);
			return this.row(s.code, s.name, now, () => (now.own?.state === DRAFT ? this.app.open(now.own) : this.choose(event, s, now)));
		}));
		$("none-found").hidden = !asked || all.length > 0;
		$("find").parentElement.hidden = !event?.stalls.length;
	}

	row(code, name, { tone, chip, line }, act) {
		const li = from("row"), b = li.querySelector("button");
		part(li, "code").textContent = code;
		part(li, "code").hidden = !code;
		part(li, "name").textContent = name;
		part(li, "line").textContent = line;
		part(li, "chip").textContent = chip;
		part(li, "chip").className = "chip " + tone;
		part(li, "chip").hidden = !chip;
		b.onclick = act;
		return li;
	}

	// choose asks what kind of record it will be where there is a choice.
	choose(event, stall, now) {
		const rounds = this.app.set.rounds.filter((r) => (!r.event || r.event === event.id) && r.kind !== "self_inspection");
		const open = stall.findings, kinds = [["inspection", t("kind.inspection")]];
		if (event.joint_check) kinds.unshift(["joint_check", t("kind.joint_check")]);
		const go = (kind, recheck) => this.start({ kind, event, stall, recheck, round: rounds.find((r) => r.kind === kind) || rounds[0] });
		if (!open.length && kinds.length === 1 && !now.looked) return go("inspection");
		$("choose-title").textContent = stall.code + " · " + stall.name;
		const acts = kinds.map(([kind, name], i) => button(name, () => go(kind), i || open.length ? "btn full line" : "btn full"));
		if (open.length) acts.unshift(button(t("kind.recheck", open.length), () => go("inspection", { record: open[0].record, findings: open.filter((f) => f.record === open[0].record) }), "btn full"));
		$("choose-note").textContent = now.looked ? t("choose.looked", now.line) : "";
		$("choose-acts").replaceChildren(...acts);
		this.app.net();
		$("choose").showModal();
	}

	async start({ kind, event, stall, body, recheck, round }) {
		if ($("choose").open) $("choose").close();
		const list = this.app.set.checklists[body ? "body" : "booth"];
		if (!list) return;
		const record = begin({ kind, event, stall, body, list, device: this.app.device, round, recheck });
		const team = await this.app.store.get("team"); // who looked last time
		if (!record.people.length && team) record.people = team;
		await this.app.store.put(record);
		this.app.open(record);
	}

	bodies(set) {
		const box = $("bodies"), all = set?.inspects ? [] : set?.bodies || [];
		box.parentElement.hidden = !all.length;
		box.replaceChildren(...all.map((b) => {
			const own = this.records.find((r) => r.subject.body === b.id && r.state === DRAFT);
			return this.row("", b.name, own ? { tone: "wait", chip: t("chip.draft"), line: "" } : { tone: "", chip: "", line: t("kind.self_inspection") },
				() => (own ? this.app.open(own) : this.start({ kind: "self_inspection", body: b })));
		}));
	}

	// queue is what this phone still has, and what the server has taken of it.
	queue() {
		const all = this.records.filter((r) => r.state !== DRAFT).sort((a, b) => b.at - a.at), box = $("queue");
		box.parentElement.hidden = !all.length;
		box.replaceChildren(...all.map((r) => this.row(r.code, r.subject.name, this.queued(r), () => this.app.sending.open(r))));
	}

	queued(r) {
		const c = counts(r), line = t("line.queue", c.of, r.photos.length);
		if (r.state === DONE) return { tone: "go", chip: r.number, line: t("line.done_at", clockOf(r.done), dateOf(dayOf(r.done))) };
		if (r.state === WAITING) return { tone: "wait", chip: t("chip.waiting"), line };
		return { tone: "stop", chip: t("chip.refused"), line: r.reasons[0]?.text || t("photo.bad") };
	}

	// net fills the line of state.
	net({ sender, set, blocked, saved, broken }) {
		const parts = [];
		const waiting = (this.records || []).filter((r) => r.state === WAITING).length;
		if (broken) parts.push(t("net.broken"));
		else if (sender.now) parts.push(t("net.sending"));
		else if (blocked || sender.note) parts.push(t("net." + (sender.note || blocked)));
		if (set && !broken) parts.push(t("net.set", clockOf(set.at), dateOf(dayOf(set.at))));
		if (saved && !broken) parts.push(t("net.saved", clockOf(saved)));
		if (waiting) parts.push(t("net.waiting", waiting));
		const line = parts.join(" · ");
		$("net-text").textContent = line.charAt(0).toUpperCase() + line.slice(1);
		$("net").className = "i-net" + (broken ? " bad" : blocked || sender.note ? " off" : "");
		$("signin").hidden = ![blocked, sender.note].includes("signin");
	}
}

