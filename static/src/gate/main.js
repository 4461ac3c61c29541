// The gate app. It pairs, then scans: every scan goes into the queue first, and
// what the steward sees is the server's answer, or the phone's own after 1.5 s.
import { alone } from "./alone.js";
import { isDevice } from "./answers.js";
import { Gate } from "./gate.js";
import { offerInstall } from "./install.js";
import { invitation, pairing } from "./pair.js";
import { $, show, showing } from "./screens.js";
import { Store } from "./store.js";
import { setTexts, t } from "./texts.js";
import { Update } from "./update.js";

let gate, store;

async function begin() {
	setTexts($("app").dataset.texts);
	show("wait");
	new Update({ idle: () => (gate ? gate.idle : showing() !== "pair"), leave: () => gate?.end() }).start().catch(() => {});
	offerInstall();
	for (const id of ["pair-again", "open-again"]) $(id).onclick = () => location.reload();
	await alone(lost);
	try {
		store = await Store.open();
		const device = await store.get("device"), invited = invitation();
		const stays = isDevice(device) && (!invited || (device.event.number === invited.event && device.expires_at > Date.now()));
		if (stays) await open(device);
		else pairing(store, open, invited?.token);
	} catch {
		unusable();
	}
}

// unusable says that this browser keeps nothing for the page.
function unusable() {
	$("gone-text").textContent = t("gone.store");
	$("pair-again").hidden = true;
	show("gone");
}

async function open(device) {
	gate = new Gate(store, device, await store.get("offset"));
	await gate.start();
}

// lost is called when the steward goes on in another page.
function lost() {
	gate?.end();
	store?.close();
	show("lost");
}

begin();
