// The screens of the page: which one is shown, and what stands on it.
import { ageOf, kindName, words } from "./words.js";
import { t } from "./texts.js";

export const $ = (id) => document.getElementById(id);

const SHAPES = { admit: "ok", wait: "wait", ask: "ask", refuse: "no" };

// show shows one screen and moves the focus to its heading, for who does not see
// it change.
export function show(name) {
	for (const s of document.querySelectorAll("[data-screen]")) s.hidden = s.dataset.screen !== name;
	document.body.dataset.now = name;
	document.querySelector(`[data-screen="${name}"] [data-focus]`)?.focus({ preventScroll: true });
	scrollTo(0, 0);
}

export const showing = () => document.body.dataset.now;

// fault shows what went wrong on a screen, "" nothing.
export function fault(screen, text) {
	const el = document.querySelector(`[data-screen="${screen}"] [data-fault]`);
	el.textContent = text;
	el.hidden = !text;
}

// signOf is how a verdict looks and sounds: one that the phone let in by itself is
// not the server's, and not a question either.
export const signOf = (v, alone) => (v.group === "admit" && alone ? "wait" : v.group);

// verdict shows a verdict. alone is true for one that the phone gave by itself: what
// that means stands beside the verdict's own words.
export function verdict(v, { gateName, alone, typed, booth }) {
	const voucher = v.spend ? "voucher." : "";
	const sign = signOf(v, alone), w = words(v, gateName);
	$("verdict").className = "verdict " + SHAPES[sign];
	for (const s of $("verdict").querySelectorAll("[data-shape]")) s.toggleAttribute("hidden", s.dataset.shape !== SHAPES[sign]);
	$("v-title").textContent = sign === "wait" ? t("waiting.title", w.title) : w.title;
	$("v-who").textContent = w.who;
	$("v-kind").textContent = [kindName(v.detail?.kind), booth].filter(Boolean).join(" · ");
	$("v-text").textContent = w.text;
	$("v-wait").textContent = sign === "wait" ? t(voucher + (v.code === "forced" ? "waiting.forced" : typed ? "waiting.typed" : "waiting.text")) : "";
	$("v-todo").textContent = v.group === "admit" ? "" : w.todo;
	$("v-late").hidden = true;
	show("verdict");
}

// checking is shown while the server is asked.
export function checking() {
	$("verdict").className = "verdict";
	for (const s of $("verdict").querySelectorAll("[data-shape]")) s.setAttribute("hidden", "");
	$("v-title").textContent = t("checking");
	for (const id of ["v-who", "v-kind", "v-text", "v-wait", "v-todo"]) $(id).textContent = "";
	$("v-late").hidden = true;
	show("verdict");
}

// late tells that the server has answered otherwise after all.
export function late(v, gateName) {
	const w = words(v, gateName);
	$("v-late").textContent = t("late", w.title, w.text);
	$("v-late").hidden = false;
}

// net shows the state of the connection, the age of the data and what waits.
export function net({ online, age, waiting, held, rejected, oldList, clockOff }) {
	$("net").className = "g-net" + (clockOff || oldList || rejected ? " bad" : online ? "" : " off");
	const parts = [t(online ? "net.online" : "net.offline"), ageOf(age), waiting ? t("net.waiting", waiting) : t("net.sent")];
	if (held) parts.push(t("net.held", held));
	if (rejected) parts.push(t("net.rejected", rejected));
	if (oldList) parts.push(t("net.old_list"));
	if (clockOff) parts.push(t("net.clock"));
	$("net-text").textContent = parts.join(" · ");
	$("net-on").toggleAttribute("hidden", !online);
	$("net-off").toggleAttribute("hidden", online);
}

// rows fills a list with lines made of the template in it.
export function rows(list, items, fill) {
	const line = list.querySelector("template").content;
	for (const old of list.querySelectorAll("li")) old.remove();
	for (const item of items) {
		const li = line.cloneNode(true).querySelector("li");
		fill(li, item);
		list.append(li);
	}
}

export const part = (el, name) => el.querySelector(`[data-part="${name}"]`);
