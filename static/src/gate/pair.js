// Pairing: the gate chief's symbol, or its digits, make this phone a device of an
// event.
import { isDevice } from "./answers.js";
import { call, Refused } from "./api.js";
import { Camera } from "./camera.js";
import { takePhotos } from "./photo.js";
import { $, fault, show } from "./screens.js";
import { t } from "./texts.js";

// pairing shows the screen and calls done with the device. What waits in the store
// from an earlier pairing stays there.
export function pairing(store, done) {
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
}

function pairSymbol(text) {
	try {
		const s = JSON.parse(text);
		return s && typeof s.token === "string" && URL.canParse?.(s.url) !== false ? s : null;
	} catch {
		return null;
	}
}
