// The server's time on this phone. It goes by the monotonic clock from the last
// answer of the server on, so that setting the phone's clock changes nothing.

const NOTABLE = 1500; // ms

export class Clock {
	// last is how far the phone's clock was behind the server's when the app ran
	// before; what is no number counts as none.
	constructor(last) {
		const offset = Number.isFinite(last) ? last : 0;
		Object.assign(this, { offset, synced: false, slept: 0 });
		this.at = Date.now() + offset - this.mono();
	}

	// mono counts milliseconds from the start of the app, sleep included.
	mono() { return Math.max(0, Math.round(performance.now() + this.slept)); }
	now() { return Math.round(this.at + this.mono()); }

	// skew is how far the phone's clock is behind the server's.
	skew() { return this.now() - Date.now(); }

	// set takes in the server's clock. It reports whether the offset has changed.
	set(serverTime) {
		const error = serverTime - this.now();
		if (this.synced && Math.abs(error) > NOTABLE) this.slept += error;
		else this.at += error;
		this.synced = true;
		const changed = Math.abs(this.skew() - this.offset) > NOTABLE;
		if (changed) this.offset = this.skew();
		return changed;
	}

	// wake is called when the page is seen again: the monotonic clock of many phones
	// stands still while they sleep, and only then is the phone's clock ahead of it.
	wake() {
		const ahead = Date.now() + this.offset - this.now();
		if (ahead > NOTABLE) this.slept += ahead;
	}

	// sentAt is what the phone's clock would show now, had it gone on as it went when
	// a record was made: at - sentAt is then the record's true age. Within one run of
	// the app the monotonic clock tells, else how far the clock was off.
	sentAt(record, boot) {
		if (record.boot === boot) return record.at + this.mono() - record.mono_ms;
		return Math.max(0, Math.round(this.now() - (record.skew || 0)));
	}
}
