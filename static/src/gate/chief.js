// The supervisor lets in all the same, on a steward's phone with the event's PIN.
import { $, fault, show } from "./screens.js";
import { t } from "./texts.js";

export class Chief {
	// refused is the record of the scan that is shown.
	constructor({ device, list, scanning, hold, refused }) {
		Object.assign(this, { device, list, scanning, hold, refused });
		$("call-chief").onclick = () => this.ask();
		$("chief").onsubmit = (e) => { e.preventDefault(); this.force(); };
	}

	// can reports whether a supervisor could let in here: with a PIN, or on a phone
	// of their own.
	can() { return Boolean(this.pin()) || this.device.role === "supervisor"; }

	pin() { return this.list.data?.pin; }

	ask() {
		this.hold();
		fault("chief", "");
		$("chief-pin").value = "";
		$("chief-pin-field").hidden = !this.pin();
		show("chief");
	}

	async force() {
		if (this.pin() && !crypto.subtle) return fault("chief", t("chief.insecure"));
		if (this.pin() && !(await fits($("chief-pin").value, this.pin()))) {
			$("chief-pin").value = "";
			return fault("chief", t("chief.wrong"));
		}
		await this.scanning.scan(this.refused(), { forced: t("chief.name", this.device.name || "") });
	}
}

// fits checks a PIN without the phone holding it.
async function fits(typed, check) {
	const bytes = (b64) => Uint8Array.from(atob(b64), (c) => c.charCodeAt(0));
	const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed), "PBKDF2", false, ["deriveBits"]);
	const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(check.salt), iterations: check.rounds }, key, 256);
	const want = bytes(check.hash);
	return new Uint8Array(bits).every((b, i) => b === want[i]);
}
