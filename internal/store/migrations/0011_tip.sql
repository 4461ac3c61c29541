CREATE TABLE tips (
	id TEXT PRIMARY KEY NOT NULL,
	n {{int}} NOT NULL UNIQUE CHECK (n >= 1),
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
	lead_id TEXT REFERENCES tips (id) CHECK (lead_id <> id),
	version {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX tips_state ON tips (state, id);

CREATE INDEX tips_event ON tips (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX tips_lead ON tips (lead_id) WHERE lead_id IS NOT NULL;

CREATE INDEX tips_product ON tips (product_id) WHERE product_id IS NOT NULL;

CREATE INDEX tips_pass ON tips (pass_code) WHERE pass_code <> '';

CREATE TABLE tip_codes (
	hash TEXT PRIMARY KEY NOT NULL,
	tip_id TEXT NOT NULL REFERENCES tips (id),
	at {{int}} NOT NULL,
	mark {{blob}}
) {{strict}};

CREATE INDEX tip_codes_tip ON tip_codes (tip_id);

CREATE TABLE tip_areas (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	code TEXT NOT NULL,
	PRIMARY KEY (tip_id, code)
) {{strict}};

CREATE INDEX tip_areas_code ON tip_areas (code);

CREATE TABLE tip_steps (
	tip_id TEXT NOT NULL REFERENCES tips (id),
	n {{int}} NOT NULL CHECK (n >= 2),
	act TEXT NOT NULL CHECK (act IN ('step', 'note', 'joined', 'split')),
	state TEXT NOT NULL CHECK (state IN ('received', 'sorted', 'handed_over', 'checked', 'closed')),
	at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	body TEXT NOT NULL,
	told TEXT NOT NULL,
	note TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (tip_id, n)
) {{strict}};

CREATE TABLE tip_slips (
	tip_id TEXT PRIMARY KEY NOT NULL REFERENCES tips (id),
	year {{int}} NOT NULL CHECK (year BETWEEN 2009 AND 2199),
	n {{int}} NOT NULL CHECK (n >= 1),
	body TEXT NOT NULL,
	ask TEXT NOT NULL,
	due_on TEXT NOT NULL,
	issued_at {{int}} NOT NULL,
	by_id TEXT NOT NULL,
	by_name TEXT NOT NULL,
	answered_on TEXT NOT NULL,
	answer_paper TEXT NOT NULL,
	reminded TEXT NOT NULL CHECK (reminded IN ('', '3', '0')),
	mark {{blob}},
	UNIQUE (year, n)
) {{strict}};

CREATE INDEX tip_slips_open ON tip_slips (due_on) WHERE answered_on = '';

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
