CREATE TABLE notices (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL,
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	topic TEXT NOT NULL,
	key TEXT NOT NULL,
	args TEXT NOT NULL,
	at {{int}} NOT NULL,
	mailed {{int}} NOT NULL CHECK (mailed IN (0, 1)),
	sent_at {{int}} NOT NULL,
	fault TEXT NOT NULL,
	call_id TEXT NOT NULL,
	pushes_n {{int}} NOT NULL,
	pushed_at {{int}} NOT NULL,
	opened_at {{int}} NOT NULL,
	replaced {{int}} NOT NULL CHECK (replaced IN (0, 1))
) {{strict}};

CREATE INDEX notices_event ON notices (event_id, vendor_id) WHERE replaced = 0;

CREATE INDEX notices_vendor ON notices (vendor_id);

CREATE TABLE calls (
	id TEXT PRIMARY KEY NOT NULL,
	event_id TEXT NOT NULL,
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	outcome TEXT NOT NULL CHECK (outcome IN ('spoken', 'texted', 'passed_on', 'no_answer', 'bad_phone')),
	at {{int}} NOT NULL,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL
) {{strict}};

CREATE INDEX calls_event ON calls (event_id, vendor_id);

CREATE INDEX calls_vendor ON calls (vendor_id);
