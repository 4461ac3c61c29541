CREATE TABLE gates (
	event_id TEXT NOT NULL REFERENCES events (id),
	number {{int}} NOT NULL CHECK (number >= 1),
	name TEXT NOT NULL,
	code TEXT NOT NULL UNIQUE,
	kinds TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	PRIMARY KEY (event_id, number)
) {{strict}};

CREATE TABLE gate_policies (
	event_id TEXT PRIMARY KEY NOT NULL REFERENCES events (id),
	policy TEXT NOT NULL,
	pin TEXT NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE TABLE pair_tokens (
	hash TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	gates TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('steward', 'supervisor', 'relay', 'seller')),
	vendor_id TEXT NOT NULL CHECK ((role = 'seller') = (vendor_id <> '')),
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	expires_at {{int}} NOT NULL,
	spent_at {{int}} NOT NULL,
	device_id TEXT NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE TABLE devices (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL REFERENCES events (id),
	relay_id TEXT NOT NULL,
	waiting_n {{int}} NOT NULL CHECK (waiting_n >= 0),
	name TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('steward', 'supervisor', 'relay', 'seller')),
	vendor_id TEXT NOT NULL CHECK ((role = 'seller') = (vendor_id <> '')),
	gates TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
	token_hash TEXT NOT NULL UNIQUE,
	paired_at {{int}} NOT NULL,
	revoked_at {{int}} NOT NULL,
	seen_at {{int}} NOT NULL,
	acked_seq {{int}} NOT NULL,
	backed_up_seq {{int}} NOT NULL,
	count_acked_seq {{int}} NOT NULL,
	count_backed_up_seq {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX devices_event ON devices (event_id, id);

CREATE INDEX devices_relay ON devices (relay_id) WHERE relay_id <> '';

CREATE TABLE phone_clocks (
	device_id TEXT NOT NULL REFERENCES devices (id),
	boot TEXT NOT NULL,
	base {{int}} NOT NULL,
	zero_at {{int}} NOT NULL,
	moves {{int}} NOT NULL,
	PRIMARY KEY (device_id, boot, base)
) {{strict}};

CREATE TABLE scans (
	id TEXT NOT NULL,
	device_id TEXT NOT NULL REFERENCES devices (id),
	event_id TEXT NOT NULL REFERENCES events (id),
	pass_id TEXT REFERENCES passes (id),
	code TEXT NOT NULL,
	direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'spend')),
	gate_n {{int}} NOT NULL,
	booth TEXT NOT NULL CHECK ((direction = 'spend') = (booth <> '')),
	vendor_id TEXT NOT NULL,
	boot TEXT NOT NULL,
	seq {{int}} NOT NULL,
	at {{int}} NOT NULL,
	corrected_at {{int}} NOT NULL,
	mono_ms {{int}} NOT NULL,
	received_at {{int}} NOT NULL,
	mode TEXT NOT NULL CHECK (mode IN ('online', 'offline', 'paper')),
	training {{int}} NOT NULL CHECK (training IN (0, 1)),
	device_verdict TEXT NOT NULL,
	relay_verdict TEXT NOT NULL,
	verdict TEXT NOT NULL,
	answer TEXT NOT NULL,
	forced_by TEXT NOT NULL,
	void_of TEXT NOT NULL,
	void_reason TEXT NOT NULL,
	day TEXT NOT NULL,
	moves {{int}} NOT NULL CHECK (moves IN (0, 1)),
	mark {{blob}},
	PRIMARY KEY (id, device_id)
) {{strict}};

CREATE INDEX scans_device ON scans (device_id, seq);

CREATE INDEX scans_pass ON scans (pass_id, moves, corrected_at) WHERE pass_id IS NOT NULL;

CREATE INDEX scans_spend ON scans (event_id, pass_id) WHERE direction = 'spend';

CREATE INDEX scans_void ON scans (void_of) WHERE void_of <> '';

CREATE TABLE presences (
	pass_id TEXT PRIMARY KEY NOT NULL REFERENCES passes (id),
	event_id TEXT NOT NULL REFERENCES events (id),
	kind TEXT NOT NULL,
	scan_id TEXT NOT NULL,
	device_id TEXT NOT NULL,
	seq {{int}} NOT NULL,
	direction TEXT NOT NULL,
	gate_n {{int}} NOT NULL,
	day TEXT NOT NULL,
	at {{int}} NOT NULL,
	corrected_at {{int}} NOT NULL,
	answer TEXT NOT NULL,
	used TEXT NOT NULL,
	change_no {{int}} NOT NULL,
	version {{int}} NOT NULL
) {{strict}};

CREATE INDEX presences_change ON presences (event_id, change_no);

CREATE INDEX presences_inside ON presences (event_id, day) WHERE direction = 'in';

CREATE TABLE gate_hours (
	event_id TEXT NOT NULL REFERENCES events (id),
	hour_at {{int}} NOT NULL,
	gate_n {{int}} NOT NULL,
	figure TEXT NOT NULL CHECK (figure IN ('in', 'out', 'scan', 'tap', 'clicker', 'paper', 'estimated')),
	n {{int}} NOT NULL,
	PRIMARY KEY (event_id, hour_at, gate_n, figure)
) {{strict}};
