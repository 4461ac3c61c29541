// The script of public pages, kept small: it is part of a first visit.
import { light } from "./part/common.js";
import { later } from "./part/later.js";
import { near } from "./part/near.js";
import { passOn } from "./part/pass_on.js";
import { offline } from "./part/offline.js";

// It is loaded async, so that it runs while the style sheet is still on its way and the first
// paint need not wait for it; from a cache it may come before the page is whole.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();

function start() {
	light(document);
	later(document);
	passOn(document);
	near(document);
	offline();
}
