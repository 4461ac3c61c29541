// The gate app. It pairs, then scans: every scan goes into the queue first, and
// what the steward sees is the server's answer, or the phone's own after 1.5 s.
import { pairing } from "./pair.js";
import { Gate } from "./gate.js";
import { $, show } from "./screens.js";
import { Store } from "./store.js";
import { setTexts, t } from "./texts.js";

async function begin() {
	setTexts($("app").dataset.texts);
	let store;
	try {
		store = await Store.open();
	} catch {
		$("gone-text").textContent = t("gone.store");
		$("pair-again").hidden = true;
		show("gone");
		return;
	}
	const device = await store.get("device");
	if (device) await new Gate(store, device).start();
	else pairing(store, (paired) => new Gate(store, paired).start());
}

begin();
