// What pages with forms get. Every page works without it.
import { areaPickers } from "./area.js";
import { autosave } from "./autosave.js";
import { dateFields } from "./date.js";
import { drafts, forgetOnSignOut } from "./draft.js";
import { forget } from "./forget.js";
import { sending } from "./send.js";
import { moneyFields } from "./money.js";
import { passwordFields } from "./password.js";
import { photoFields } from "./photo.js";
import { tabs } from "./tabs.js";

// common is what forms of vendors and of the office get.
export function common(root) {
	dateFields(root);
	moneyFields(root);
	autosave(root);
	areaPickers(root);
	passwordFields(root);
	photoFields(root);
	drafts(root);
	tabs(root);
	light(root);
}

// light is what public pages get, which have no long form.
export function light(root) {
	forgetOnSignOut(root);
	sending(root);
	menus(root);
	forget(root);
	const faults = root.getElementById("faults");
	if (faults) faults.focus();
}

// menus closes open menus with Escape and by a tap beside them.
function menus(root) {
	const open = () => root.querySelectorAll("details.me[open], details.menu[open]");
	root.addEventListener("click", (e) => {
		for (const menu of open()) if (!menu.contains(e.target)) menu.open = false;
	});
	root.addEventListener("keydown", (e) => {
		if (e.key !== "Escape") return;
		for (const menu of open()) {
			menu.open = false;
			menu.querySelector("summary").focus();
		}
	});
}
