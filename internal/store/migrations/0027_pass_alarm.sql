CREATE TABLE pass_alarms (
	pass_id TEXT NOT NULL REFERENCES passes (id),
	kind TEXT NOT NULL CHECK (kind IN ('often', 'elsewhere', 'two_gates', 'two_events')),
	day TEXT NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	at {{int}} NOT NULL,
	n {{int}} NOT NULL CHECK (n >= 0),
	other_n {{int}} NOT NULL CHECK (other_n >= 0),
	place TEXT NOT NULL,
	other_place TEXT NOT NULL,
	word TEXT NOT NULL CHECK (word IN ('', 'normal', 'copied')),
	note TEXT NOT NULL,
	seen_at {{int}} NOT NULL,
	seen_by TEXT NOT NULL,
	seen_as TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (pass_id, kind, day),
	CHECK ((seen_at = 0) = (word = ''))
) {{strict}};

CREATE INDEX pass_alarms_event ON pass_alarms (event_id, seen_at);
