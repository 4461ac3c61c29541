CREATE INDEX scans_differing ON scans (device_n, corrected_at) WHERE differs = 1;

-- Entries that a phone or a relay let in by itself.
CREATE INDEX scans_alone ON scans (device_n, pass_n)
WHERE moves = 1 AND (device_verdict > 0 OR relay_verdict > 0) AND direction = 0;

CREATE INDEX scans_skewed ON scans (device_n, day, corrected_at, ahead_ms) WHERE ahead_ms > 120000 OR ahead_ms < -120000;

CREATE TABLE difference_closings (
	event_id TEXT NOT NULL REFERENCES events (id),
	line TEXT NOT NULL,
	open {{int}} NOT NULL CHECK (open IN (0, 1)),
	word TEXT NOT NULL CHECK (word IN ('right_person', 'wrongly_let_in', 'wrongly_kept_out', 'handled', 'wrong_clock', 'phone_lost', 'other')),
	note TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, line)
) {{strict}};

CREATE TABLE device_tellings (
	device_id TEXT PRIMARY KEY NOT NULL REFERENCES devices (id),
	app TEXT NOT NULL,
	queue_n {{int}} NOT NULL,
	battery {{int}} NOT NULL CHECK (battery BETWEEN -1 AND 100),
	at {{int}} NOT NULL
) {{strict}};
