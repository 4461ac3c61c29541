CREATE TABLE tips (
	id TEXT PRIMARY KEY NOT NULL,
	code TEXT NOT NULL UNIQUE,
	same_key TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('counterfeit', 'imitation', 'poor_quality', 'wrong_origin', 'price')),
	state TEXT NOT NULL CHECK (state IN ('received', 'sorted', 'handed_over', 'checked', 'closed')),
	place TEXT NOT NULL,
	text TEXT NOT NULL,
	event_id TEXT REFERENCES events (id),
	booth_id TEXT REFERENCES booths (id),
	vendor_id TEXT REFERENCES vendors (id),
	product_id TEXT REFERENCES products (id),
	pass_code TEXT NOT NULL,
	sent_n {{int}} NOT NULL CHECK (sent_n >= 1),
	received_at {{int}} NOT NULL,
	state_at {{int}} NOT NULL,
	wiped_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX tips_state ON tips (state, id);

CREATE INDEX tips_event ON tips (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE tip_areas (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	code TEXT NOT NULL,
	PRIMARY KEY (tip_id, code)
) {{strict}};

CREATE INDEX tip_areas_code ON tip_areas (code);

CREATE TABLE tip_steps (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	state TEXT NOT NULL CHECK (state IN ('sorted', 'handed_over', 'checked', 'closed')),
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	body TEXT NOT NULL,
	told TEXT NOT NULL,
	note TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (tip_id, state)
) {{strict}};

CREATE TABLE tip_photos (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	file_id TEXT NOT NULL REFERENCES files (id),
	PRIMARY KEY (tip_id, file_id)
) {{strict}};

CREATE TABLE tip_contacts (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	position {{int}} NOT NULL CHECK (position BETWEEN 1 AND 20),
	sealed {{blob}} NOT NULL,
	at {{int}} NOT NULL,
	PRIMARY KEY (tip_id, position)
) {{strict}};
