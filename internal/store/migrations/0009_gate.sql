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

-- n is the device's key inside the database, id its name outside, as of passes.
CREATE TABLE devices (
	n {{int}} PRIMARY KEY NOT NULL,
	id TEXT NOT NULL UNIQUE,
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

-- The starts of a phone's app, numbered from 1 for each phone. A scan's monotonic clock
-- counts from its start.
CREATE TABLE phone_starts (
	device_n {{int}} NOT NULL REFERENCES devices (n),
	n {{int}} NOT NULL CHECK (n >= 1),
	boot TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (device_n, n),
	UNIQUE (device_n, boot)
) {{strict}};

-- Scans come by the million, so a row names others by their short keys and says each word
-- as a small number, and small numbers are what an engine stores in few bytes or in none.
-- Whose key is whose:
--
--   n          this database's own, in the order in which rows came. Nobody outside knows it.
--   id         the phone's: 16 bytes of the UUID that it made. (id, device_n) is what makes
--              an upload that comes twice one scan.
--   device_n   devices.n; by it the event, which a device never changes.
--   pass_n     passes.n of the bearer's first pass, NULL for what is not on the list.
--   code       of the pass that was shown: NULL where it is pass_n's own, or none was read.
--   start_n    phone_starts.n of the device.
--
-- direction, mode and the verdicts are numbers of the lists in scan_word.go: direction 0 in,
-- 1 out, 2 spend; verdict 0 none. Instants are unix ms: corrected_at by our clock, and from
-- it ahead_ms to the phone's clock and wait_ms to when we had it. day is in days since
-- 1970-01-01. kept is what the answer said beyond verdict and names. differs says that the
-- reconciliation has to look at the row.
CREATE TABLE scans (
	n {{counted}},
	id {{blob}} NOT NULL CHECK (length(id) = 16),
	device_n {{int}} NOT NULL REFERENCES devices (n),
	pass_n {{int}} REFERENCES passes (n),
	code {{int}} CHECK (code >= 0),
	direction {{int}} NOT NULL CHECK (direction BETWEEN 0 AND 2),
	gate_n {{int}} NOT NULL,
	booth TEXT NOT NULL CHECK ((direction = 2) = (booth <> '')),
	vendor_id TEXT NOT NULL,
	start_n {{int}} NOT NULL,
	seq {{int}} NOT NULL,
	corrected_at {{int}} NOT NULL,
	ahead_ms {{int}} NOT NULL,
	wait_ms {{int}} NOT NULL,
	mono_ms {{int}} NOT NULL,
	mode {{int}} NOT NULL CHECK (mode BETWEEN 0 AND 2),
	training {{int}} NOT NULL CHECK (training IN (0, 1)),
	device_verdict {{int}} NOT NULL CHECK (device_verdict BETWEEN 0 AND 63),
	relay_verdict {{int}} NOT NULL CHECK (relay_verdict BETWEEN 0 AND 63),
	verdict {{int}} NOT NULL CHECK (verdict BETWEEN 1 AND 63),
	kept TEXT NOT NULL,
	forced_by TEXT NOT NULL,
	void_of {{blob}},
	void_reason TEXT NOT NULL,
	day {{int}} NOT NULL CHECK (day >= 0),
	moves {{int}} NOT NULL CHECK (moves IN (0, 1)),
	differs {{int}} NOT NULL CHECK (differs IN (0, 1)),
	mark {{blob}},
	FOREIGN KEY (device_n, start_n) REFERENCES phone_starts (device_n, n)
) {{strict}};

CREATE UNIQUE INDEX scans_id ON scans (id, device_n);

-- Not for the writer, which remembers how far phones are: for what a phone did in one start,
-- its newest scans, its gaps, and for servers that take turns at an event.
CREATE INDEX scans_device ON scans (device_n, seq);

CREATE INDEX scans_pass ON scans (pass_n, moves, corrected_at) WHERE pass_n IS NOT NULL;

CREATE INDEX scans_spend ON scans (device_n, pass_n) WHERE direction = 2;

CREATE INDEX scans_void ON scans (void_of) WHERE void_of IS NOT NULL;

-- Where each bearer is: one row, by the key of its first pass. used is the first entry of
-- each day, see presence.go; the other columns are those of the newest scan that counts,
-- which a relay may know of a phone that it has no row of.
CREATE TABLE presences (
	pass_n {{int}} PRIMARY KEY NOT NULL REFERENCES passes (n),
	event_n {{int}} NOT NULL REFERENCES events (number),
	vehicle {{int}} NOT NULL CHECK (vehicle IN (0, 1)),
	scan_id {{blob}},
	device_id {{blob}},
	seq {{int}} NOT NULL,
	direction {{int}} NOT NULL CHECK (direction BETWEEN 0 AND 2),
	gate_n {{int}} NOT NULL,
	day {{int}} NOT NULL CHECK (day >= 0),
	corrected_at {{int}} NOT NULL,
	ahead_ms {{int}} NOT NULL,
	verdict {{int}} NOT NULL,
	kept TEXT NOT NULL,
	used TEXT NOT NULL,
	change_no {{int}} NOT NULL,
	version {{int}} NOT NULL
) {{strict}};

CREATE INDEX presences_change ON presences (event_n, change_no);

CREATE INDEX presences_inside ON presences (event_n, day) WHERE direction = 0;

CREATE TABLE gate_hours (
	event_n {{int}} NOT NULL REFERENCES events (number),
	hour_at {{int}} NOT NULL,
	gate_n {{int}} NOT NULL,
	figure TEXT NOT NULL CHECK (figure IN ('in', 'out', 'scan', 'tap', 'clicker', 'paper', 'estimated')),
	n {{int}} NOT NULL,
	PRIMARY KEY (event_n, hour_at, gate_n, figure)
) {{clustered}};
