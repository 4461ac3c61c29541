// Asks to be installed: a browser forgets what an installed page keeps much later,
// if ever.
import { insideApp, installed, isApple } from "./place.js";
import { t } from "./texts.js";

let prompt = null;

// offerInstall shows how to install where it is of use. It is called once.
export function offerInstall() {
	navigator.storage?.persist?.().catch(() => {});
	addEventListener("beforeinstallprompt", (e) => { e.preventDefault(); prompt = e; show(); });
	addEventListener("appinstalled", () => { prompt = null; show(); });
	for (const button of document.querySelectorAll("[data-install]")) button.onclick = install;
	show();
}

async function install() {
	const asked = prompt;
	prompt = null;
	await asked?.prompt();
	show();
}

function show() {
	const app = insideApp();
	for (const button of document.querySelectorAll("[data-install]")) button.hidden = !prompt;
	for (const line of document.querySelectorAll("[data-install-apple]")) line.hidden = !isApple() || installed() || Boolean(app);
	for (const line of document.querySelectorAll("[data-inside]")) {
		line.hidden = !app;
		line.textContent = app && t("inside_app", app);
	}
}
