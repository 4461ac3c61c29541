// A verdict can be heard and felt: two rising notes to come in, one to ask, a low
// pair to stop.

const NOTES = { admit: [[660, 0, 0.09], [990, 0.1, 0.16]], ask: [[520, 0, 0.28]], refuse: [[196, 0, 0.16], [147, 0.2, 0.3]] };
const SHAKES = { admit: [60], ask: [90, 60, 90], refuse: [350] };

export class Sound {
	constructor() { this.on = true; }

	// wake is called from a touch: browsers play nothing before.
	wake() {
		const Context = window.AudioContext || window.webkitAudioContext;
		if (Context && !this.audio) this.audio = new Context();
		if (this.audio?.state === "suspended") this.audio.resume().catch(() => {});
	}

	// play tells a verdict by its group: admit, ask or refuse.
	play(group) {
		shake(SHAKES[group]);
		if (!this.on || this.audio?.state !== "running") return;
		for (const [pitch, from, length] of NOTES[group]) this.note(pitch, this.audio.currentTime + from, length);
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
