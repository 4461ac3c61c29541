// A verdict can be heard and felt: two rising notes to come in, three quick ones to
// come in as far as the phone knows, a long one to ask, a low pair to stop.

export const NOTES = { admit: [[660, 0, 0.09], [990, 0.1, 0.16]], wait: [[660, 0, 0.07], [830, 0.11, 0.07], [660, 0.22, 0.12]], ask: [[520, 0, 0.28]], refuse: [[196, 0, 0.16], [147, 0.2, 0.3]] };
export const SHAKES = { admit: [60], wait: [40, 50, 40, 50, 40], ask: [90, 60, 90], refuse: [350] };

export class Sound {
	constructor() { this.on = true; }

	// wake is called from a touch: browsers play nothing before.
	wake() {
		const Context = window.AudioContext || window.webkitAudioContext;
		if (Context && !this.audio) this.audio = new Context();
		if (this.audio?.state === "suspended") this.audio.resume().catch(() => {});
	}

	// play tells a verdict by its sign: admit, wait, ask or refuse.
	play(sign) {
		shake(SHAKES[sign]);
		if (!this.on || this.audio?.state !== "running") return;
		for (const [pitch, from, length] of NOTES[sign]) this.note(pitch, this.audio.currentTime + from, length);
	}

	note(pitch, from, length) {
		const tone = this.audio.createOscillator(), gain = this.audio.createGain();
		tone.type = "triangle";
		tone.frequency.value = pitch;
		gain.gain.setValueAtTime(0.5, from);
		gain.gain.exponentialRampToValueAtTime(0.01, from + length);
		tone.connect(gain).connect(this.audio.destination);
		tone.start(from);
		tone.stop(from + length);
	}
}

// shake lets the phone be felt. Browsers allow it after the first touch.
export function shake(pattern) {
	if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}
