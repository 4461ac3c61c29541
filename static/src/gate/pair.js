// Pairing: the gate chief's symbol, or its digits, make this phone a device of an
// event.
import { isDevice } from "./answers.js";
import { call, Refused } from "./api.js";
import { Camera } from "./camera.js";
import { takePhotos } from "./photo.js";
import { $, fault, show } from "./screens.js";
import { t } from "./texts.js";

// invitation reads a token that a page of this server has handed over, with the number of
// its event, and takes it out of the address; null for none.
export function invitation() {
	const found = /^#ghep=(\d{12})\.(\d+)$/.exec(location.hash);
	if (!found) return null;
	history.replaceState(null, "", location.pathname + location.search);
	return { token: found[1], event: Number(found[2]) };
}

// pairing shows the screen and calls done with the device; a token that is there already
// is spent at once. What waits in the store from an earlier pairing stays there.
export function pairing(store, done, token) {
	show("pair");
	const camera = new Camera($("pair-video"), $("app").dataset.worker, (text) => scanned(text));
	let asking = false;

	const pair = async (token) => {
		if (asking) return;
		asking = true;
		fault("pair", "");
		try {
			const json = await call("pair", { is: isDevice, method: "POST", body: { token, name: $("pair-name").value.trim() } });
			camera.stop();
			navigator.storage?.persist?.().catch(() => {});
			await store.set("offset", json.server_time - Date.now());
			await store.set("device", json);
			done(json);
		} catch (err) {
			fault("pair", err instanceof Refused ? err.message : t("pair.no_network"));
		} finally {
			asking = false;
		}
	};

	const scanned = (text) => {
		const symbol = pairSymbol(text);
		if (!symbol) return fault("pair", t("pair.not_symbol"));
		if (symbol.v !== 1) return fault("pair", t("pair.version"));
		if (new URL(symbol.url).origin !== location.origin) return fault("pair", t("pair.other_server", symbol.url));
		$("pair-token").value = symbol.token;
		pair(symbol.token);
	};

	takePhotos($("pair-photo"), $("app").dataset.worker, scanned, () => fault("pair", t("photo.none")));
	$("pair-scan").onclick = async () => {
		$("pair-cam").hidden = false;
		await camera.start().catch(() => { $("pair-cam").hidden = true; fault("pair", t("camera.none")); });
	};
	$("pair").onsubmit = (e) => {
		e.preventDefault();
		const typed = $("pair-token").value;
		if (pairSymbol(typed)) return scanned(typed);
		const digits = typed.replace(/[\s.-]/g, "");
		if (!/^\d{12}$/.test(digits)) return fault("pair", t("pair.digits"));
		pair(digits);
	};
	if (token) {
		$("pair-token").value = token;
		pair(token);
	}
}

function pairSymbol(text) {
	try {
		const s = JSON.parse(text);
		return s && typeof s.token === "string" && URL.canParse?.(s.url) !== false ? s : null;
	} catch {
		return null;
	}
}
