CREATE TABLE counts (
	id TEXT NOT NULL,
	device_id TEXT NOT NULL REFERENCES devices (id),
	event_id TEXT NOT NULL REFERENCES events (id),
	gate_n {{int}} NOT NULL,
	n {{int}} NOT NULL CHECK (n BETWEEN 0 AND 500),
	who TEXT NOT NULL CHECK (who IN ('person', 'child', 'group')),
	boot TEXT NOT NULL,
	seq {{int}} NOT NULL,
	at {{int}} NOT NULL,
	corrected_at {{int}} NOT NULL,
	mono_ms {{int}} NOT NULL,
	received_at {{int}} NOT NULL,
	void_of TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (id, device_id)
) {{strict}};

CREATE INDEX counts_device ON counts (device_id, seq);

CREATE INDEX counts_void ON counts (void_of, device_id) WHERE void_of <> '';

CREATE TABLE taps (
	event_id TEXT NOT NULL REFERENCES events (id),
	day TEXT NOT NULL,
	phone TEXT NOT NULL,
	gate_n {{int}} NOT NULL,
	hour_at {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, day, phone)
) {{strict}};

CREATE TABLE event_secrets (
	event_id TEXT PRIMARY KEY NOT NULL REFERENCES events (id),
	secret {{blob}} NOT NULL,
	created_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE tallies (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	method TEXT NOT NULL CHECK (method IN ('paper', 'estimated')),
	gate_n {{int}} NOT NULL,
	hour_at {{int}} NOT NULL,
	n {{int}} NOT NULL CHECK (n BETWEEN 1 AND 100000),
	children {{int}} NOT NULL CHECK (children BETWEEN 0 AND n),
	note TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	entered_at {{int}} NOT NULL,
	dropped_by TEXT NOT NULL,
	dropped_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX tallies_event ON tallies (event_id, hour_at);
