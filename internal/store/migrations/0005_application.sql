CREATE TABLE applications (
	id TEXT PRIMARY KEY NOT NULL,
	number {{int}} NOT NULL UNIQUE,
	event_id TEXT NOT NULL REFERENCES events (id),
	vendor_id TEXT NOT NULL REFERENCES vendors (id),
	state TEXT NOT NULL,
	booths_n {{int}} NOT NULL CHECK (booths_n BETWEEN 1 AND 4),
	granted_n {{int}} NOT NULL CHECK (granted_n BETWEEN 0 AND booths_n),
	zone TEXT NOT NULL,
	needs_power {{int}} NOT NULL CHECK (needs_power IN (0, 1)),
	note TEXT NOT NULL,
	promo_percent {{int}} NOT NULL CHECK (promo_percent BETWEEN 0 AND 100),
	promo_basis TEXT NOT NULL,
	staff_n {{int}} NOT NULL CHECK (staff_n BETWEEN 0 AND 100),
	vehicles TEXT NOT NULL,
	pledge_version TEXT NOT NULL,
	pledged_at {{int}} NOT NULL,
	on_paper {{int}} NOT NULL CHECK (on_paper IN (0, 1)),
	submitted_at {{int}} NOT NULL,
	decided_at {{int}} NOT NULL,
	decided_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	asks TEXT NOT NULL,
	offer_until {{int}} NOT NULL,
	wait_since {{int}} NOT NULL,
	created_by TEXT NOT NULL,
	created_at {{int}} NOT NULL,
	updated_at {{int}} NOT NULL,
	version {{int}} NOT NULL,
	mark {{blob}},
	UNIQUE (event_id, vendor_id),
	CHECK (state NOT IN ('approved', 'offered') OR granted_n >= 1)
) {{strict}};

CREATE INDEX applications_event ON applications (event_id, state, submitted_at);

CREATE INDEX applications_vendor ON applications (vendor_id);

CREATE INDEX applications_offer ON applications (offer_until) WHERE state = 'offered';

CREATE TABLE application_days (
	application_id TEXT NOT NULL REFERENCES applications (id),
	day TEXT NOT NULL,
	mark {{blob}},
	PRIMARY KEY (application_id, day)
) {{strict}};

CREATE TABLE application_products (
	application_id TEXT NOT NULL REFERENCES applications (id),
	product_id TEXT NOT NULL REFERENCES products (id),
	PRIMARY KEY (application_id, product_id)
) {{strict}};

CREATE TABLE application_notes (
	id TEXT PRIMARY KEY NOT NULL,
	application_id TEXT NOT NULL REFERENCES applications (id),
	at {{int}} NOT NULL,
	author_id TEXT NOT NULL,
	author TEXT NOT NULL,
	state TEXT NOT NULL,
	internal {{int}} NOT NULL CHECK (internal IN (0, 1)),
	text TEXT NOT NULL,
	asks TEXT NOT NULL
) {{strict}};

CREATE INDEX application_notes_of ON application_notes (application_id, at);
