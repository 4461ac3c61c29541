// The page of a public draw: computes the published log anew on the reader's machine, and any file that is chosen or
// dropped. Nothing leaves the machine. Without this script the page shows what the server computed and says how to check.
import { compare, continues, idOf, read, verdictOf, verify, waits } from "./verify.js";

const page = document.querySelector("[data-draw]");
if (page) start(page);

function start(page) {
	const texts = JSON.parse(page.dataset.texts), say = (key, ...args) => texts[key].replace(/\{(\d)\}/g, (_, i) => args[i]);
	const ran = page.querySelector("[data-ran]"), again = page.querySelector("[data-again]");
	if (!globalThis.crypto || !crypto.subtle) {
		if (ran) ran.textContent = say("public.no_crypto");
		return;
	}
	if (page.dataset.draw) {
		again.hidden = false;
		again.addEventListener("click", () => published());
		published();
	}
	files();

	async function load(href) {
		const answer = await fetch(href, { cache: "no-cache" });
		if (!answer.ok) throw new Error(answer.status);
		return read(await answer.arrayBuffer());
	}

	// published computes the log of the page.
	async function published() {
		ran.textContent = say("public.running");
		let log;
		try { log = await load(page.dataset.draw); } catch { ran.textContent = say("public.no_log"); return; }
		const found = log ? await verify(log) : null, bad = found ? found.filter((f) => f[1] && !waits(log, f)).length : 1;
		const verdict = found ? verdictOf(log, found) : "bad";
		if (!found) ran.textContent = say("error.no_log");
		else {
			show(page.querySelector("[data-proof]"), found, log);
			ran.textContent = say("public.ran", new Date().toLocaleTimeString(document.documentElement.lang));
		}
		if (verdict === "bad") page.querySelector("[data-verdict]").textContent = say("verdict.bad", bad);
		if (verdict === "good") page.querySelector("[data-verdict]").textContent = say("verdict.good", log.result.length);
		page.dataset.done = verdict !== "bad" ? "right" : "wrong";
	}

	// show writes the answers to the five checks into their lines.
	function show(list, found, log) {
		for (const [check, fault, ...args] of found) {
			const line = list.querySelector(`[data-check=${check}]`), later = waits(log, [check, fault]), said = line.querySelector("[data-said]");
			line.className = later ? "wait" : fault ? "bad" : "";
			const chip = line.querySelector(".chip");
			chip.className = "chip " + (later ? "wait" : fault ? "stop" : "go");
			chip.textContent = say(later ? "public.waits" : fault ? "public.differs" : "public.same");
			if (fault && !later) said.textContent = say("fault." + fault, ...args);
		}
	}

	// files takes a log that is chosen or dropped.
	function files() {
		const box = page.querySelector("[data-file]"), drop = box.querySelector("[data-drop]"), input = box.querySelector("input");
		box.hidden = false;
		input.addEventListener("change", () => { if (input.files[0]) check(input.files[0]); });
		for (const name of ["dragover", "dragleave", "drop"]) {
			drop.addEventListener(name, (e) => {
				e.preventDefault();
				drop.classList.toggle("over", name === "dragover");
				if (name === "drop" && e.dataTransfer.files[0]) check(e.dataTransfer.files[0]);
			});
		}
	}

	// check computes a file anew, and compares it with what was published.
	async function check(file) {
		const out = page.querySelector("[data-found]"), logs = JSON.parse(page.dataset.logs || "[]");
		out.replaceChildren(line("p", say("public.running")));
		const log = read(await file.arrayBuffer());
		if (!log) return tell(out, say("error.no_log"), "stop", []);
		const found = await verify(log), wrong = found.filter((f) => f[1] && !waits(log, f)), same = logs.find((l) => l.id === idOf(log));
		const lines = wrong.map(([, fault, ...args]) => say("fault." + fault, ...args));
		if (!same) return tell(out, say("public.foreign"), "stop", lines);
		let now, first;
		try { now = await load(same.href); first = compare(now, log); } catch { return tell(out, say("public.no_log"), "stop", []); }
		if (first && !wrong.length && continues(now, log)) return tell(out, say("public.earlier"), "go", [say("public.earlier_next")]);
		if (first) lines.unshift(typeof first[0] === "number" ? say("differs.line", ...first) : say("differs.part", ...first));
		if (wrong.length) return tell(out, say("verdict.bad", wrong.length), "stop", lines);
		if (first) return tell(out, say("public.forged"), "stop", lines);
		const verdict = verdictOf(log, found);
		tell(out, say("verdict." + verdict, log.result.length), verdict === "good" ? "go" : "wait", [say("public.as_published")]);
	}

	// tell writes the verdict on a file: the sentence first, then what differs.
	function tell(out, verdict, tone, lines) {
		const box = line("div", ""), list = line("ul", "");
		box.className = "banner " + tone;
		list.append(...lines.map((text) => line("li", text)));
		box.append(line("b", verdict), list);
		out.replaceChildren(box);
		page.dataset.file = tone;
	}

	function line(kind, text) {
		const el = document.createElement(kind);
		el.textContent = text;
		return el;
	}
}
