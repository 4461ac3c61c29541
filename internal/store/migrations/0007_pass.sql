CREATE TABLE pass_keys (
	id {{int}} PRIMARY KEY NOT NULL CHECK (id >= 1),
	state TEXT NOT NULL CHECK (state IN ('next', 'active', 'verify_only', 'dead')),
	public {{blob}} NOT NULL,
	sealed {{blob}} NOT NULL,
	created_at {{int}} NOT NULL,
	activated_at {{int}} NOT NULL,
	retired_at {{int}} NOT NULL,
	killed_at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE UNIQUE INDEX pass_keys_active ON pass_keys (state) WHERE state = 'active';

-- n counts the changes of an event's passes and their presences, turn those who held them:
-- the writers of its scans, and who changed one of its phones.
CREATE TABLE event_changes (
	event_id TEXT PRIMARY KEY NOT NULL REFERENCES events (id),
	n {{int}} NOT NULL,
	turn {{int}} NOT NULL
) {{strict}};

-- n is the pass's key inside the database: rows that come by the million name it in three
-- bytes. id is its name outside. bearer_n is the n of the bearer's first pass, which is what
-- scans and presences name; see 0009_gate.sql.
CREATE TABLE passes (
	n {{int}} PRIMARY KEY NOT NULL,
	id TEXT NOT NULL UNIQUE,
	code TEXT NOT NULL UNIQUE,
	event_id TEXT NOT NULL REFERENCES events (id),
	kind TEXT NOT NULL CHECK (kind IN ('booth', 'staff', 'vehicle', 'official', 'visitor', 'voucher')),
	booth_id TEXT REFERENCES booths (id),
	vendor_id TEXT REFERENCES vendors (id),
	application_id TEXT REFERENCES applications (id),
	label TEXT NOT NULL,
	ordinal {{int}} NOT NULL,
	ordinal_of {{int}} NOT NULL,
	pack_n {{int}} NOT NULL CHECK ((kind = 'voucher') = (pack_n > 0)),
	first_day TEXT NOT NULL,
	days {{int}} NOT NULL CHECK (days BETWEEN 1 AND 255),
	test {{int}} NOT NULL CHECK (test IN (0, 1)),
	key_id {{int}} NOT NULL REFERENCES pass_keys (id),
	proof TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('valid', 'blocked', 'revoked')),
	state_reason TEXT NOT NULL,
	replaced_by TEXT NOT NULL,
	bearer_id TEXT NOT NULL,
	bearer_n {{int}} NOT NULL,
	sort_key TEXT NOT NULL,
	search_fold TEXT NOT NULL,
	printed_at {{int}} NOT NULL,
	issued_by TEXT NOT NULL,
	issued_at {{int}} NOT NULL,
	blocked_at {{int}} NOT NULL,
	revoked_at {{int}} NOT NULL,
	change_no {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX passes_event ON passes (event_id, change_no);

-- Holds all that the counts of an event's passes ask for.
--
CREATE INDEX passes_stand ON passes (event_id, pack_n, state, printed_at, bearer_n, n);

CREATE INDEX passes_list ON passes (event_id, sort_key, id);

CREATE INDEX passes_bearer ON passes (bearer_id);

CREATE INDEX passes_bearer_n ON passes (bearer_n);

CREATE INDEX passes_booth ON passes (booth_id) WHERE booth_id IS NOT NULL;

CREATE INDEX passes_application ON passes (application_id) WHERE application_id IS NOT NULL;

CREATE INDEX passes_vendor ON passes (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE INDEX passes_key ON passes (key_id, event_id, pack_n, state);

CREATE INDEX passes_pack ON passes (event_id, pack_n, ordinal) WHERE pack_n > 0;
